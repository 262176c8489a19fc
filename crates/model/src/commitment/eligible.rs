//! What of a bill commitments may be spent on, and a bill after they are.

use rust_decimal::Decimal;

use super::{Level, Outcome, Usage};
use crate::bill::{Bill, Item, Line, Unit};
use crate::exact;
use crate::fargate::Price;
use crate::money::Usd;
use crate::platform::{Arch, Os};
use crate::prices::SourceId;
use crate::purchase::PriceKind;

/// One kind of usage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EligibleKind {
    /// The line that bills it.
    pub item: Item,
    /// Operating system.
    pub os: Os,
    /// Architecture.
    pub arch: Arch,
    /// What it is counted in.
    pub unit: Unit,
    /// Its on-demand price.
    pub list: Price,
    /// Its price under the plan of the option; `None` where the option has no plan.
    pub plan: Option<Price>,
    /// Where the price comes from that the plan's is a share of, if it is one.
    pub base: Option<SourceId>,
    /// What of the on-demand price is paid, after any discount.
    pub paid: Usd,
    /// What of the plan's price is paid, after any discount.
    pub plan_paid: Usd,
}

/// Hours of a month in which the same is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EligibleLevel {
    /// Hours of a month.
    pub hours: Decimal,
    /// Units of each kind that are used in each of these hours.
    pub quantities: Vec<Decimal>,
}

/// What commitments may be spent on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Eligible {
    /// The kinds of usage.
    pub kinds: Vec<EligibleKind>,
    /// How much of each is used when.
    pub levels: Vec<EligibleLevel>,
}

impl Eligible {
    /// The usage that a plan of the option's rates may cover.
    pub fn usage(&self) -> Vec<Level> {
        let levels = self.levels.iter().map(|level| Level {
            hours: level.hours,
            usage: self
                .kinds
                .iter()
                .zip(&level.quantities)
                .map(|(kind, &quantity)| Usage {
                    quantity,
                    on_demand: kind.list.usd,
                    plan: kind.plan.unwrap_or(kind.list).usd,
                    paid: kind.paid,
                    plan_paid: kind.plan_paid,
                })
                .collect(),
        });
        levels.collect()
    }

    /// Joins the usage of another part of a cluster. Both are of the same hours, or one is the
    /// same in every hour.
    #[must_use]
    pub fn beside(self, other: Self) -> Self {
        if self.levels.is_empty() {
            return other;
        }
        if other.levels.is_empty() {
            return self;
        }
        let (longer, shorter, first) = if self.levels.len() >= other.levels.len() {
            (&self, &other, true)
        } else {
            (&other, &self, false)
        };
        let levels = longer.levels.iter().enumerate().map(|(index, level)| {
            let beside = shorter.levels.get(index).or(shorter.levels.last());
            let beside = beside.map_or(&[] as &[Decimal], |level| &level.quantities);
            let (left, right): (&[Decimal], &[Decimal]) = if first {
                (&level.quantities, beside)
            } else {
                (beside, &level.quantities)
            };
            EligibleLevel {
                hours: level.hours,
                quantities: left.iter().chain(right).copied().collect(),
            }
        });
        let levels = levels.collect();
        let mut kinds = self.kinds;
        kinds.extend(other.kinds);
        Self { kinds, levels }.merged()
    }

    /// The same with kinds of the same line and prices added up.
    fn merged(self) -> Self {
        let mut merged = Self {
            kinds: Vec::new(),
            levels: Vec::new(),
        };
        let mut places = Vec::with_capacity(self.kinds.len());
        for kind in self.kinds {
            let known = merged.kinds.iter().position(|other| *other == kind);
            places.push(known.unwrap_or_else(|| {
                merged.kinds.push(kind);
                merged.kinds.len() - 1
            }));
        }
        for level in self.levels {
            let mut quantities = vec![Decimal::ZERO; merged.kinds.len()];
            for (&place, &quantity) in places.iter().zip(&level.quantities) {
                if let Some(sum) = quantities.get_mut(place) {
                    *sum = exact::sum(*sum, quantity);
                }
            }
            merged.levels.push(EligibleLevel {
                hours: level.hours,
                quantities,
            });
        }
        merged
    }

    /// A bill after a plan is spent on its usage: what was under a plan or on-demand before is
    /// covered as `outcome` says, and the rest is on-demand.
    pub fn under(&self, lines: &[Line], plan: PriceKind, outcome: &Outcome) -> Bill {
        let mut bill = Bill::default();
        let is_used = |line: &Line| {
            (line.kind == plan || line.kind == PriceKind::OnDemand)
                && self.kinds.iter().any(|kind| kind.item == line.item)
        };
        for line in lines {
            if !is_used(line) && line.item != Item::UnusedCommitment {
                bill.push(*line);
            }
        }
        for (index, kind) in self.kinds.iter().enumerate() {
            let billed = lines
                .iter()
                .filter(|line| line.item == kind.item && is_used(line));
            let all = billed.fold(Decimal::ZERO, |sum, line| exact::sum(sum, line.quantity));
            let covered = outcome.covered.get(index).copied().unwrap_or_default();
            if let Some(price) = kind.plan {
                bill.add(
                    kind.item,
                    plan,
                    (covered, kind.unit),
                    price.usd,
                    price.source,
                );
                if let Some(base) = kind.base.filter(|_| !covered.is_zero()) {
                    bill.based_on(base);
                }
            }
            let rest = (exact::difference(all, covered), kind.unit);
            let Price { usd, source } = kind.list;
            bill.add(kind.item, PriceKind::OnDemand, rest, usd, source);
        }
        let own = |kind: &EligibleKind| {
            kind.plan
                .and_then(|price| price.source)
                .filter(|&source| source == SourceId::OWN)
        };
        bill.add(
            Item::UnusedCommitment,
            plan,
            (outcome.unused.decimal(), Unit::Usd),
            Usd::new(Decimal::ONE),
            self.kinds.first().and_then(own),
        );
        bill
    }
}
