//! Dollars as AWS's files write them, and the bounds beyond which no price is believed.

use std::path::Path;

use berth_model::money::{PER_USD, Rate, Usd};
use rust_decimal::prelude::ToPrimitive as _;
use rust_decimal::{Decimal, RoundingStrategy};

use super::refused::{Place, Problem, Refused};

/// The most that an hour of an instance may cost, in dollars. The dearest on any list costs a fifth.
pub(super) const MOST_INSTANCE_HOUR: u64 = 2_000;

/// The most that an hour of a vCPU or GB of Fargate may cost, in dollars: some hundred times the price.
pub(super) const MOST_FARGATE_HOUR: u64 = 10;

/// The most that may be paid upfront for a reserved instance, in dollars.
const MOST_UPFRONT: u64 = 100_000_000;

/// How many times the on-demand price a Spot or committed price may be at most.
const MOST_TIMES_ON_DEMAND: u64 = 3;

/// An hourly price above zero.
pub(super) fn hourly(place: &Place, field: &str, text: &str, most: u64) -> Result<Rate, Problem> {
    let rate = hourly_or_zero(place, field, text, most)?;
    if rate.ten_billionths() == 0 {
        let expected = "a price above 0: this cannot be free";
        return Err(Problem::value(place, field, text, expected));
    }
    Ok(rate)
}

/// An hourly price that may be zero: what recurs after all was paid upfront.
pub(super) fn hourly_or_zero(
    place: &Place,
    field: &str,
    text: &str,
    most: u64,
) -> Result<Rate, Problem> {
    Rate::parse(text)
        .filter(|rate| rate.ten_billionths() <= most * PER_USD)
        .ok_or_else(|| {
            let expected =
                format!("a price from 0 to {most} dollars an hour, with at most ten decimals");
            Problem::value(place, field, text, &expected)
        })
}

/// An hourly price that may be written with an exponent, such as `9.0E-4`.
pub(super) fn scientific(
    place: &Place,
    field: &str,
    text: &str,
    most: u64,
) -> Result<Rate, Problem> {
    let plain = Decimal::from_scientific(text).map_or_else(
        |_| text.to_owned(),
        |decimal| decimal.normalize().to_string(),
    );
    hourly(place, field, &plain, most).map_err(|_| {
        let expected =
            format!("a price above 0, at most {most} dollars an hour, with at most ten decimals");
        Problem::value(place, field, text, &expected)
    })
}

/// What is paid upfront, in dollars.
pub(super) fn upfront(place: &Place, field: &str, text: &str) -> Result<Usd, Problem> {
    let limits = Decimal::ZERO..=Decimal::from(MOST_UPFRONT);
    Usd::parse(text)
        .filter(|usd| limits.contains(&usd.decimal()))
        .ok_or_else(|| {
            let expected = format!("an upfront fee from 0 to {MOST_UPFRONT} dollars");
            Problem::value(place, field, text, &expected)
        })
}

/// What recurs plus the upfront fee over the hours of the term, rounded to ten decimals, half to even.
pub(super) fn effective(recurring: Rate, upfront: Usd, hours: u32) -> Option<Rate> {
    let each = upfront.decimal().checked_div(Decimal::from(hours))?;
    let sum = recurring.usd().decimal().checked_add(each)?;
    let rounded = sum.round_dp_with_strategy(10, RoundingStrategy::MidpointNearestEven);
    let count = rounded.checked_mul(Decimal::from(PER_USD))?.to_u64()?;
    Rate::from_ten_billionths(count)
}

/// Refuses a Spot or committed price that is far above the on-demand one.
pub(super) fn beside_on_demand(
    file: &Path,
    place: &Place,
    what: &str,
    price: Rate,
    on_demand: Rate,
) -> Result<(), Refused> {
    let most = on_demand
        .ten_billionths()
        .saturating_mul(MOST_TIMES_ON_DEMAND);
    if price.ten_billionths() > most {
        let expected =
            format!("a price of at most {MOST_TIMES_ON_DEMAND} times the on-demand {on_demand}");
        let problem = Problem::value(place, what, &price.to_string(), &expected);
        return Err(problem.in_file(file));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line() -> Place {
        Place::Line(7)
    }

    #[test]
    fn prices_have_bounds_and_zero_is_named() {
        let read = |text| {
            hourly(&line(), "PricePerUnit", text, 10)
                .map(|rate| rate.to_string())
                .map_err(|problem| problem.to_string())
        };
        assert_eq!(read("0.0404800000"), Ok("0.04048".to_owned()));
        assert_eq!(read("10"), Ok("10".to_owned()));
        let bound = "is not a price from 0 to 10 dollars an hour, with at most ten decimals";
        for text in ["-0.04", "10.01", "", "x", "0.00000000001", "9.0E-4"] {
            assert_eq!(
                read(text),
                Err(format!("line 7, PricePerUnit: `{text}` {bound}"))
            );
        }
        assert_eq!(
            read("0.0000000000"),
            Err(
                "line 7, PricePerUnit: `0.0000000000` is not a price above 0: this cannot be free"
                    .to_owned()
            )
        );
    }

    #[test]
    fn an_exponent_is_read_where_the_feed_writes_one() {
        let read = |text| scientific(&line(), "USD", text, 10).map(|rate| rate.to_string());
        assert_eq!(read("9.0E-4"), Ok("0.0009".to_owned()));
        assert_eq!(read("0.0425"), Ok("0.0425".to_owned()));
        for text in ["-9.0E-4", "9.0E4", "N/A*", "0", "E"] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_upfront_fee_is_spread_over_the_hours_of_its_term() {
        let rate = |text| Rate::parse(text).unwrap();
        let usd = |text| Usd::parse(text).unwrap();
        let effective = |hour, fee, hours| effective(rate(hour), usd(fee), hours).unwrap();
        assert_eq!(
            effective("0", "1161", 26_280).to_string(),
            "0.0441780822" // 0.04417808219...
        );
        assert_eq!(effective("0.03", "876", 8_760).to_string(), "0.13");
        assert_eq!(effective("0.1", "0", 8_760).to_string(), "0.1");
    }
}
