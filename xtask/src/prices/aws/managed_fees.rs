//! The fees of Managed Instances: the offer of ECS states them in dollars by type, the book as a share of the
//! on-demand price by the letters of a family.

use std::collections::BTreeMap;

use berth_model::money::{PER_USD, Rate};
use berth_model::platform::Os;
use berth_model::prices::Grade;
use berth_model::purchase::PriceKind;

use super::ec2::Priced;
use crate::prices::eni::family;
use crate::prices::figures::{Figure, Figures, Origin};

/// Types that must agree before a fee is changed.
const ENOUGH: usize = 2;

/// The letters of the families without a fee of their own.
const OTHERS: &str = "";

/// A type's fee and on-demand price.
struct Fee<'n> {
    name: &'n str,
    hour: Rate,
    on_demand: Rate,
}

/// Confirms the book's fees or changes them, and gives back what fits no share.
pub(super) fn check(
    figures: &mut Figures,
    fees: &BTreeMap<String, Priced>,
    origin: &Origin,
) -> Vec<String> {
    let origin = origin.remark(
        Grade::Derived,
        "management hours over the on-demand price",
        None,
    );
    let list = figures.ec2.get(&(Os::Linux, PriceKind::OnDemand));
    // By the entry of the book that holds for a family, then by the family's letters.
    let mut groups: BTreeMap<String, BTreeMap<&str, Vec<Fee<'_>>>> = BTreeMap::new();
    for (name, priced) in fees {
        let Some(on_demand) = list.and_then(|list| list.get(name)) else {
            continue;
        };
        let letters = letters(name);
        let own = figures.fees.contains_key(letters);
        let entry = if own { letters } else { OTHERS };
        let group = groups.entry(entry.to_owned()).or_default();
        group.entry(letters).or_default().push(Fee {
            name,
            hour: priced.rate,
            on_demand: on_demand.rate,
        });
    }
    let mut doubts = Vec::new();
    for (entry, by_letters) in groups {
        let known = figures.fees.get(&entry).map(|figure| figure.rate);
        let all: Vec<&Fee<'_>> = by_letters.values().flatten().collect();
        let mut set = |letters: &str, rate| {
            let figure = Figure {
                rate,
                origin: origin.clone(),
            };
            figures.fees.insert(letters.to_owned(), figure);
        };
        if let Some(known) = known.filter(|&known| all.iter().all(|fee| fee.is(known))) {
            set(&entry, known);
            continue;
        }
        if let Some(rate) = common(&all) {
            set(&entry, rate);
            continue;
        }
        for (letters, group) in &by_letters {
            if known.is_some_and(|known| group.iter().all(|fee| fee.is(known))) {
                continue;
            }
            if let Some(rate) = common(&group.iter().collect::<Vec<_>>()) {
                set(letters, rate);
                continue;
            }
            doubts.extend(
                group
                    .iter()
                    .filter(|fee| known.is_none_or(|known| !fee.is(known)))
                    .map(|fee| fee.doubt(known)),
            );
        }
    }
    doubts
}

impl Fee<'_> {
    /// Whether the fee is this share of the on-demand price, to half of the last decimal that it is printed with
    /// (the fourth at least).
    fn is(&self, share: Rate) -> bool {
        let one = u128::from(PER_USD);
        let exact =
            u128::from(share.ten_billionths()) * u128::from(self.on_demand.ten_billionths());
        let printed = u128::from(self.hour.ten_billionths()) * one;
        let mut unit: u128 = 1;
        while unit < 1_000_000 && u128::from(self.hour.ten_billionths()).is_multiple_of(unit * 10) {
            unit *= 10;
        }
        printed.abs_diff(exact) * 2 <= unit * one
    }

    /// The share, to a hundredth of a per cent.
    fn share(&self) -> Option<Rate> {
        const STEP: u128 = 1_000_000;
        let fee = u128::from(self.hour.ten_billionths()) * u128::from(PER_USD);
        let share = fee.checked_div(u128::from(self.on_demand.ten_billionths()))?;
        let rounded = (share + STEP / 2) / STEP * STEP;
        let rate = Rate::from_ten_billionths(u64::try_from(rounded).ok()?)?;
        (1..=PER_USD)
            .contains(&rate.ten_billionths())
            .then_some(rate)
    }

    fn doubt(&self, known: Option<Rate>) -> String {
        let share = self.share();
        let share = share.map_or("no share".to_owned(), |share| share.to_string());
        let known = known.map_or("none".to_owned(), |known| known.to_string());
        format!(
            "{}: its management fee of {} is {share} of {} on demand, and fits no fee of its family (in the book: {known})",
            self.name, self.hour, self.on_demand
        )
    }
}

/// The share that fits every fee; that of the dearest type, which is printed the most exactly.
fn common(fees: &[&Fee<'_>]) -> Option<Rate> {
    let dearest = fees.iter().max_by_key(|fee| fee.on_demand)?;
    let share = dearest.share()?;
    (fees.len() >= ENOUGH && fees.iter().all(|fee| fee.is(share))).then_some(share)
}

/// The letters that a family begins with before its first digit.
fn letters(name: &str) -> &str {
    let family = family(name);
    let digit = family
        .find(|c: char| c.is_ascii_digit())
        .unwrap_or(family.len());
    family.get(..digit).unwrap_or(family)
}
