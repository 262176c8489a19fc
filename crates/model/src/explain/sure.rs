//! How sure an answer is, in words.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::Sentence;
use crate::inputs::InputId;
use crate::money::Usd;
use crate::option::{OptionId, Place};
use crate::sure::{Band, CASES, Confidence, Doubt};
use crate::words;

/// Shares of the uncertainty, in thousandths, from which an input is named as where it comes from,
/// and as where most of it does.
const NAMED: u16 = 100;
const MOST: u16 = 500;

/// An option that wins in some of the cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SureRow {
    /// Which.
    pub option: OptionId,
    /// What it is called.
    pub name: String,
    /// In how many cases it wins.
    pub wins: String,
    /// The same as a share: `87 %`.
    pub share: String,
    /// The same in thousandths, for the length of a bar.
    pub thousandths: u16,
}

/// What a place costs over the cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SureBand {
    /// What it is: `Fargate`, or `The cheapest`.
    pub name: String,
    /// One case in twenty costs no more, half of them, nineteen in twenty.
    pub amounts: [String; 3],
    /// Where these lie, in thousandths of the largest of all, for a figure.
    pub thousandths: [u16; 3],
}

/// An input and its share of the uncertainty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SureDoubt {
    /// Which.
    pub input: InputId,
    /// What it is called.
    pub name: String,
    /// Its share: `72 %`.
    pub share: String,
    /// The same in thousandths.
    pub thousandths: u16,
}

/// How sure an answer is, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SureWords {
    /// In how many cases the option to take is still the cheapest, and where the doubt comes from.
    pub sentence: Sentence,
    /// What it costs over the cases; empty where nothing can run the service.
    pub cost: Sentence,
    /// Options that win in some of the cases, the most frequent first.
    pub rows: Vec<SureRow>,
    /// What the cheapest option costs, and the cheapest of each place that can run the service.
    pub bands: Vec<SureBand>,
    /// Where the uncertainty comes from, the largest share first.
    pub doubts: Vec<SureDoubt>,
    /// Whether every case is evaluated.
    pub done: bool,
}

impl SureWords {
    /// A sample in words, as far as it is evaluated.
    pub fn of(found: &Confidence) -> Self {
        let rows = found.wins.iter().map(|(option, count)| SureRow {
            option: *option,
            name: words::option(*option),
            wins: words::count(u64::from(*count)),
            share: words::percent(part(*count, found.cases)),
            thousandths: thousandths(part(*count, found.cases)),
        });
        let doubts = found.doubts.iter().map(|doubt| SureDoubt {
            input: doubt.input,
            name: source(doubt.input).to_owned(),
            share: words::percent(Decimal::new(doubt.thousandths.into(), 3)),
            thousandths: doubt.thousandths,
        });
        Self {
            sentence: sentence(found),
            cost: cost(found),
            rows: rows.collect(),
            bands: bands(found),
            doubts: doubts.collect(),
            done: found.cases == CASES,
        }
    }
}

fn part(count: u32, of: u32) -> Decimal {
    let share = Decimal::from(count).checked_div(Decimal::from(of));
    share.unwrap_or_default()
}

fn thousandths(share: Decimal) -> u16 {
    (share * Decimal::from(1_000)).round().to_u16().unwrap_or(0)
}

/// What a range is of, as it reads after "comes from".
const fn source(input: InputId) -> &'static str {
    match input {
        InputId::RangeSpot => "Spot prices",
        InputId::RangeLoad => "the load",
        InputId::RangePacking => "how many instances packing needs",
        InputId::RangePrice => "the age of list prices",
        _ => "other inputs",
    }
}

/// `In 1,742 of 2,000 cases Fargate on Arm is still the cheapest; most of the doubt comes from the
/// load.`
fn sentence(found: &Confidence) -> Sentence {
    let Some(point) = found.point else {
        return Sentence::default().text(
            "Nothing can run this service at a known price, so there is nothing to be sure of.",
        );
    };
    let all = words::count(found.cases.into());
    let still = found
        .wins
        .iter()
        .find(|(option, _)| *option == point.option);
    let count = still.map_or(0, |(_, count)| *count);
    let (start, rest) = if count == found.cases {
        (format!("In all {all} cases "), " is still the cheapest")
    } else if count == 0 {
        (format!("In none of {all} cases is "), " still the cheapest")
    } else {
        let said = words::count(count.into());
        // Only a majority bears the verdict out.
        let rest = if count > found.cases / 2 {
            " is still the cheapest"
        } else {
            " is the cheapest"
        };
        (format!("In {said} of {all} cases "), rest)
    };
    let mut said = Sentence::default()
        .text(start)
        .option(point.option)
        .text(rest);
    let of_place = found.place_wins.get(point.option.place as usize);
    let of_place = of_place.copied().unwrap_or(count);
    if of_place > count {
        let place = words::place(point.option.place);
        let cases = words::count(of_place.into());
        said = said.text(format!(", and in {cases} some option on {place}"));
    }
    if count == found.cases {
        return said.text(".");
    }
    // A person must not read of a minority alone that something is the cheapest.
    let more_often = found
        .wins
        .first()
        .filter(|(other, wins)| other.place != point.option.place && *wins > of_place);
    if let Some((other, wins)) = more_often {
        let wins = words::count((*wins).into());
        said = said.text(format!("; in {wins} it is ")).option(*other);
    }
    match found.doubts.first() {
        Some(Doubt { input, thousandths }) if *thousandths >= NAMED => said
            .text(if *thousandths >= MOST {
                "; most of the doubt comes from "
            } else {
                "; the largest part of the doubt comes from "
            })
            .input(*input, source(*input))
            .text("."),
        _ => said.text("."),
    }
}

/// `The cheapest option costs $144.12 to $201.93 a month in nine of ten cases, $173.01 in the
/// middle.`
fn cost(found: &Confidence) -> Sentence {
    let Some(Band {
        low, middle, high, ..
    }) = found.winner
    else {
        return Sentence::default();
    };
    if low == high {
        return Sentence::default()
            .text("The cheapest option costs ")
            .money(low)
            .text(" a month in nine of ten cases, whatever happens in them.");
    }
    Sentence::default()
        .text("The cheapest option costs ")
        .money(low)
        .text(" to ")
        .money(high)
        .text(" a month in nine of ten cases, ")
        .money(middle)
        .text(" in the middle.")
}

fn bands(found: &Confidence) -> Vec<SureBand> {
    let places = Place::ALL.iter().zip(found.places);
    let of_places = places.filter_map(|(place, band)| Some((words::place(*place), band?)));
    let all: Vec<(&str, Band)> = found
        .winner
        .map(|band| ("The cheapest", band))
        .into_iter()
        .chain(of_places)
        .collect();
    let most = all
        .iter()
        .map(|(_, band)| band.high)
        .max()
        .unwrap_or_default();
    all.iter()
        .map(|(name, band)| {
            let amounts = [band.low, band.middle, band.high];
            SureBand {
                name: (*name).to_owned(),
                amounts: amounts.map(words::money),
                thousandths: amounts
                    .map(|amount: Usd| thousandths(amount.ratio_to(most).unwrap_or_default())),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prices::PriceBook;
    use crate::prices::embedded::US_EAST_1;
    use crate::share;
    use crate::sure::{Progress, Sure};

    fn found(link: &str, budget: usize) -> Confidence {
        let scenario = share::decode(link).scenario.unwrap();
        let book = PriceBook::parse(US_EAST_1).unwrap();
        let mut sure = Sure::new(&scenario, 0, &book);
        let _: Progress = sure.step(budget);
        sure.confidence()
    }

    fn said(link: &str) -> SureWords {
        SureWords::of(&found(link, 10_000))
    }

    const API: &str = "v=1&name=api&vcpu=0.5&mem=1&tasks=12";

    #[test]
    fn wins_and_doubt_are_said_as_they_are() {
        let found = found(API, 10_000);
        let point = found.point.unwrap().option;
        let count = found
            .wins
            .iter()
            .find(|(option, _)| *option == point)
            .unwrap()
            .1;
        assert!(count > 1_000 && count < CASES, "{count}");
        let text = sentence(&found).plain();
        let count = words::count(count.into());
        assert_eq!(
            text,
            format!(
                "In {count} of 2,000 cases Fargate on Arm is still the cheapest; most of the doubt comes from the load."
            )
        );
        let band = found.winner.unwrap();
        let money = |amount| words::money(amount);
        assert_eq!(
            cost(&found).plain(),
            format!(
                "The cheapest option costs {} to {} a month in nine of ten cases, {} in the middle.",
                money(band.low),
                money(band.high),
                money(band.middle)
            )
        );
        let words = SureWords::of(&found);
        assert_eq!(words.bands.len(), 4);
        assert_eq!(
            words
                .rows
                .iter()
                .map(|row| u32::from(row.thousandths))
                .sum::<u32>(),
            1_000
        );
        assert!(words.bands.iter().any(|band| band.thousandths[2] == 1_000));
        assert_eq!(words.doubts[0].name, "the load");
    }

    #[test]
    fn certainty_and_nothing_are_said_as_such() {
        let points = "v=1&range-spot=100-100&range-load=100-100&range-packing=100-100&range-price=100-100&name=a&vcpu=0.5&mem=1&tasks=12";
        let sure = said(points);
        assert_eq!(
            sure.sentence.plain(),
            "In all 2,000 cases Fargate on Arm is still the cheapest."
        );
        assert_eq!(
            sure.cost.plain(),
            "The cheapest option costs $173.01 a month in nine of ten cases, whatever happens in them."
        );
        assert!(sure.doubts.is_empty());
        let nothing = said("v=1&name=a&vcpu=0.5&mem=1&tasks=1&places=fargate&gpu=1");
        assert!(
            nothing
                .sentence
                .plain()
                .starts_with("Nothing can run this service")
        );
        assert_eq!(
            (nothing.cost.plain().as_str(), nothing.bands.len()),
            ("", 0)
        );
    }

    #[test]
    fn an_option_that_never_wins_and_its_place_are_told_apart() {
        let point = found(API, 1);
        let other = OptionId::from_id("fargate-x86_64-on_demand").unwrap();
        let elsewhere = OptionId::from_id("ec2-arm64-on_demand").unwrap();
        let mut made = Confidence {
            cases: 2_000,
            wins: vec![(other, 1_500), (elsewhere, 500)],
            place_wins: [1_500, 500, 0],
            doubts: vec![Doubt {
                input: InputId::RangePacking,
                thousandths: 400,
            }],
            ..point
        };
        assert_eq!(
            sentence(&made).plain(),
            "In none of 2,000 cases is Fargate on Arm still the cheapest, and in 1,500 some option on Fargate; the largest part of the doubt comes from how many instances packing needs."
        );
        made.doubts = vec![Doubt {
            input: InputId::RangePrice,
            thousandths: 99,
        }];
        made.place_wins = [0, 2_000, 0];
        assert_eq!(
            sentence(&made).plain(),
            "In none of 2,000 cases is Fargate on Arm still the cheapest."
        );
    }

    #[test]
    fn a_sample_says_whether_it_is_whole() {
        for budget in [0, 1, 100, 10_000] {
            let words = SureWords::of(&found(API, budget));
            assert_eq!(words.done, budget == 10_000);
        }
    }
}
