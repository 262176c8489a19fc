//! A book at other prices: what Spot and old list prices may be by now.

use super::sequence::AS_IT_IS;
use crate::date::Date;
use crate::money::Rate;
use crate::prices::{PriceBook, Quote, SourceId};
use crate::purchase::PriceKind;
use crate::scenario::{MaxCommitment, PercentRange, Scenario, Service};

/// Days after which a list price is off by the whole of its range.
pub const FULL_DRIFT_DAYS: u32 = 365;

/// A book whose prices move around those that it was made with. Figures of one's own stay.
#[derive(Debug)]
pub(super) struct Drift {
    book: PriceBook,
    causes: Vec<Cause>,
    /// What each cause makes of a price now, in hundredths of a percent.
    now: Vec<u32>,
    prices: Vec<Moving>,
}

/// Why a price may be another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cause {
    /// It is a Spot price.
    Spot,
    /// It is so many days older than the newest list price, [`FULL_DRIFT_DAYS`] at the most.
    Age(u32),
}

/// A price that moves.
#[derive(Clone, Copy, Debug)]
struct Moving {
    place: Place,
    base: Rate,
    /// Which of the causes moves it.
    cause: usize,
}

#[derive(Clone, Copy, Debug)]
enum Place {
    Ec2(usize, usize),
    Upfront(usize, usize),
    Fargate(usize),
    Beside(usize),
}

impl Drift {
    /// The prices that a service's options may rest on, from a book that the scenario's own
    /// figures are in.
    pub(super) fn new(scenario: &Scenario, service: &Service, book: &PriceBook) -> Self {
        let mut drift = Self {
            book: book.clone(),
            causes: Vec::new(),
            now: Vec::new(),
            prices: Vec::new(),
        };
        let newest = newest_list(book);
        let ranges = scenario.ranges;
        let cause = |kind: PriceKind, source: SourceId| {
            if !source.is_of_book() {
                return None;
            }
            match kind {
                PriceKind::Spot => (service.spot.is_some() && ranges.spot != PercentRange::POINT)
                    .then_some(Cause::Spot),
                PriceKind::Committed(_) if scenario.max_commitment == MaxCommitment::None => None,
                PriceKind::OnDemand | PriceKind::Committed(_) => {
                    let days = newest?.days_since(book.source(source)?.date);
                    let days = u32::try_from(days).unwrap_or(0).min(FULL_DRIFT_DAYS);
                    (days > 0 && ranges.price != PercentRange::POINT).then_some(Cause::Age(days))
                }
            }
        };
        for (at, column) in book.ec2.iter().enumerate() {
            // Managed Instances, whose fee is a share of the Linux price, run Linux alone.
            if column.os != service.os {
                continue;
            }
            for (index, quote) in column.quotes.iter().enumerate() {
                if let Some(quote) = quote
                    && let Some(cause) = cause(column.kind, quote.source)
                {
                    drift.add(Place::Ec2(at, index), quote.rate, cause);
                    let upfront = column.upfront.get(index).copied().flatten();
                    if let Some(upfront) = upfront {
                        drift.add(Place::Upfront(at, index), upfront, cause);
                    }
                }
            }
        }
        for (index, price) in book.fargate.iter().enumerate() {
            if price.os == service.os
                && let Some(cause) = cause(price.kind, price.quote.source)
            {
                drift.add(Place::Fargate(index), price.quote.rate, cause);
            }
        }
        for (index, (_, quote)) in book.adjacent.iter().enumerate() {
            if let Some(cause) = cause(PriceKind::OnDemand, quote.source) {
                drift.add(Place::Beside(index), quote.rate, cause);
            }
        }
        drift
    }

    /// The book as it is now.
    pub(super) const fn book(&self) -> &PriceBook {
        &self.book
    }

    /// Moves the prices: Spot to so many hundredths of a percent, a list price that is a year old
    /// to so many. Whether any price of instances changed.
    pub(super) fn move_to(&mut self, spot: u32, year_old: u32) -> bool {
        let factors: Vec<u32> = self
            .causes
            .iter()
            .map(|cause| match cause {
                Cause::Spot => spot,
                Cause::Age(days) => aged(year_old, *days),
            })
            .collect();
        if factors == self.now {
            return false;
        }
        for Moving { place, base, cause } in &self.prices {
            let factor = factors.get(*cause).copied().unwrap_or(AS_IT_IS);
            let rate = scaled(*base, factor);
            match place {
                Place::Ec2(column, index) => {
                    let column = self.book.ec2.get_mut(*column);
                    if let Some(Some(quote)) = column.and_then(|one| one.quotes.get_mut(*index)) {
                        quote.rate = rate;
                    }
                }
                Place::Upfront(column, index) => {
                    let column = self.book.ec2.get_mut(*column);
                    if let Some(part) = column.and_then(|one| one.upfront.get_mut(*index)) {
                        *part = Some(rate);
                    }
                }
                Place::Fargate(index) => {
                    if let Some(price) = self.book.fargate.get_mut(*index) {
                        price.quote.rate = rate;
                    }
                }
                Place::Beside(index) => {
                    if let Some((_, quote)) = self.book.adjacent.get_mut(*index) {
                        quote.rate = rate;
                    }
                }
            }
        }
        self.now = factors;
        true
    }

    fn add(&mut self, place: Place, base: Rate, cause: Cause) {
        let known = self.causes.iter().position(|one| *one == cause);
        let cause = known.unwrap_or_else(|| {
            self.causes.push(cause);
            self.now.push(AS_IT_IS);
            self.causes.len() - 1
        });
        self.prices.push(Moving { place, base, cause });
    }
}

/// What a year-old price's factor makes of one of so many days, in proportion.
fn aged(year_old: u32, days: u32) -> u32 {
    let part = |away: u32| away * days / FULL_DRIFT_DAYS;
    if year_old < AS_IT_IS {
        AS_IT_IS - part(AS_IT_IS - year_old)
    } else {
        AS_IT_IS + part(year_old - AS_IT_IS)
    }
}

/// A price times so many hundredths of a percent, rounded to a ten-billionth; at most the largest
/// that there is.
fn scaled(rate: Rate, factor: u32) -> Rate {
    // At most 10^15 times a hundred thousand.
    let scaled = (u128::from(rate.ten_billionths()) * u128::from(factor)
        + u128::from(AS_IT_IS / 2))
        / u128::from(AS_IT_IS);
    let scaled = u64::try_from(scaled)
        .ok()
        .and_then(Rate::from_ten_billionths);
    scaled.unwrap_or(rate)
}

/// The date of the newest price that is not Spot.
fn newest_list(book: &PriceBook) -> Option<Date> {
    let columns = book
        .ec2
        .iter()
        .filter(|column| column.kind != PriceKind::Spot);
    let ec2 = columns.flat_map(|column| column.quotes.iter().flatten());
    let fargate = book
        .fargate
        .iter()
        .filter(|price| price.kind != PriceKind::Spot);
    let fargate = fargate.map(|price| &price.quote);
    let beside = book.adjacent.iter().map(|(_, quote)| quote);
    let dates = ec2
        .chain(fargate)
        .chain(beside)
        .filter_map(|quote: &Quote| {
            let of_book = quote.source.is_of_book();
            of_book.then(|| book.source(quote.source)).flatten()
        });
    dates.map(|source| source.date).max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prices::embedded::US_EAST_1;
    use crate::share;

    #[test]
    fn younger_prices_are_off_by_less() {
        assert_eq!(aged(10_500, 365), 10_500);
        assert_eq!(aged(10_500, 73), 10_100);
        assert_eq!(aged(9_500, 73), 9_900);
        assert_eq!(aged(9_500, 1), 9_999);
        assert_eq!(aged(AS_IT_IS, 200), AS_IT_IS);
    }

    #[test]
    fn a_price_is_scaled_to_the_nearest_and_nothing_changes_at_one() {
        let rate = |count| Rate::from_ten_billionths(count).unwrap();
        assert_eq!(scaled(rate(12_345), AS_IT_IS), rate(12_345));
        assert_eq!(scaled(rate(3), 5_000), rate(2));
        assert_eq!(scaled(rate(100), 12_345), rate(123));
    }

    #[test]
    fn prices_move_and_come_back_and_own_figures_stay() {
        let link = "v=1&own=us-east-1~ec2.linux.on_demand.m6g.medium~0.05&name=a&vcpu=1&mem=2&tasks=3&spot=0.1.1";
        let scenario = share::decode(link).scenario.unwrap();
        let book = PriceBook::parse(US_EAST_1).unwrap();
        let book = &*scenario.pricing.over(&book);
        let service = scenario.services.nearest(0);
        let mut drift = Drift::new(&scenario, service, book);
        assert!(!drift.move_to(AS_IT_IS, AS_IT_IS));
        assert!(drift.move_to(15_000, 10_500));
        let spot = |book: &PriceBook| {
            let column = book.ec2_column(service.os, PriceKind::Spot).unwrap();
            column
                .quotes
                .iter()
                .flatten()
                .next()
                .unwrap()
                .rate
                .ten_billionths()
        };
        assert_eq!(spot(drift.book()) * 2, spot(book) * 3);
        let own = |book: &PriceBook| {
            let index = book.type_index("m6g.medium").unwrap();
            book.ec2(service.os, PriceKind::OnDemand)[index]
        };
        assert_eq!(own(drift.book()), own(book));
        let listed = |book: &PriceBook| {
            let index = book.type_index("m6g.large").unwrap();
            book.ec2(service.os, PriceKind::OnDemand)[index]
                .unwrap()
                .rate
        };
        assert!(listed(drift.book()) > listed(book));
        assert!(drift.move_to(AS_IT_IS, AS_IT_IS));
        assert_eq!(drift.book(), book);
    }
}
