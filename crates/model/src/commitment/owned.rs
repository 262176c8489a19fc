//! Commitments that are owned already, on a bill: they apply first and cost nothing more
//! (rule 20).

use rust_decimal::Decimal;

use super::eligible::{Eligible, EligibleKind, EligibleLevel};
use super::stack::{self, Applied, Commitments, Subject};
use crate::bill::{Bill, Item};
use crate::exact;
use crate::prices::{FargateDimension, InstanceType, PriceBook};
use crate::purchase::{Commitment, CommitmentKind, PriceKind};
use crate::scenario::Owned;

/// What owned commitments make of usage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// What they leave, to be bought.
    pub rest: Eligible,
    /// Units of each kind that they cover in a month.
    pub covered: Vec<Decimal>,
    /// What becomes of each of them in a month.
    pub applied: Applied,
}

impl Settled {
    /// Applies what is owned to usage, in AWS's order.
    pub fn of(owned: &Owned, book: &PriceBook, eligible: &Eligible) -> Self {
        let items: Vec<stack::Item<'_>> = eligible
            .kinds
            .iter()
            .map(|kind| item(owned, book, kind))
            .collect();
        let levels: Vec<stack::Level> = eligible
            .levels
            .iter()
            .map(|level| stack::Level {
                hours: level.hours,
                quantities: level.quantities.clone(),
            })
            .collect();
        let commitments = Commitments {
            plans: &owned.plans,
            reservations: &owned.reservations,
        };
        let outcome = stack::apply(&items, commitments, &levels);
        let rest = outcome.levels.iter().zip(&eligible.levels);
        let rest = rest.map(|(hour, level)| EligibleLevel {
            hours: level.hours,
            quantities: hour.items.iter().map(|item| item.on_demand).collect(),
        });
        let covered = outcome.sum.items.iter().map(|item| {
            let planned = item.planned.iter().copied();
            planned.fold(item.reserved, exact::sum)
        });
        Self {
            rest: Eligible {
                kinds: eligible.kinds.clone(),
                levels: rest.collect(),
            },
            covered: covered.collect(),
            applied: outcome.sum,
        }
    }

    /// Takes what is covered out of a bill's on-demand lines.
    pub fn credit(&self, bill: &mut Bill) {
        for (kind, &covered) in self.rest.kinds.iter().zip(&self.covered) {
            bill.cover(kind.item, kind.unit, covered);
        }
    }
}

fn item<'a>(owned: &Owned, book: &'a PriceBook, kind: &EligibleKind) -> stack::Item<'a> {
    let instance = match kind.item {
        Item::Instances(index) => book.types.get(index),
        _ => None,
    };
    let subject = instance.map_or(Subject::Serverless, |instance| Subject::Instance {
        name: &instance.name,
        os: kind.os,
    });
    let mut rates: Vec<(Commitment, crate::money::Usd)> = Vec::new();
    for plan in &owned.plans {
        let known = rates.iter().any(|(of, _)| *of == plan.commitment);
        if let Some(rate) = rate(book, kind, plan.commitment).filter(|_| !known) {
            rates.push((plan.commitment, rate));
        }
    }
    stack::Item {
        subject,
        on_demand: kind.list.usd,
        rates,
    }
}

/// What a unit costs for an hour under a plan; `None` where the book has no rate for it.
fn rate(
    book: &PriceBook,
    kind: &EligibleKind,
    commitment: Commitment,
) -> Option<crate::money::Usd> {
    let purchase = PriceKind::Committed(commitment);
    let dimension = match kind.item {
        Item::Instances(index) => {
            let column = book.ec2_column(kind.os, purchase)?;
            return column.quote(index).map(|quote| quote.rate.usd());
        }
        Item::FargateVcpu => FargateDimension::Vcpu,
        Item::FargateMemory => FargateDimension::Memory,
        Item::FargateOsLicense => FargateDimension::OsLicense,
        _ => return None,
    };
    let quote = book.fargate(kind.os, kind.arch, purchase, dimension)?;
    Some(quote.rate.usd())
}

/// Whether any commitment that is owned could cover instances of a type: a reservation of its
/// family, or a plan with a rate for it.
pub fn touches(
    owned: &Owned,
    book: &PriceBook,
    os: crate::platform::Os,
    (index, instance): (usize, &InstanceType),
) -> bool {
    let family = instance.family();
    let of_family = |name: &str| name.split_once('.').is_some_and(|(of, _)| of == family);
    let reserved = owned
        .reservations
        .iter()
        .any(|reservation| of_family(reservation.instance_type.as_str()));
    let planned = owned.plans.iter().any(|plan| {
        let is_of_it = match plan.commitment.kind {
            CommitmentKind::Ec2InstanceSavingsPlan => plan
                .family
                .as_ref()
                .is_some_and(|name| name.as_str() == family),
            _ => true,
        };
        let column = book.ec2_column(os, PriceKind::Committed(plan.commitment));
        is_of_it && column.is_some_and(|column| column.quote(index).is_some())
    });
    reserved || planned
}

/// Whole instances of a type that owned reservations cover in every hour.
pub fn reserved_instances(owned: &Owned, os: crate::platform::Os, instance: &InstanceType) -> u64 {
    let flexible =
        super::normalised::units(&instance.name).filter(|_| os == crate::platform::Os::Linux);
    let covers = owned.reservations.iter().map(|reservation| {
        let name = reservation.instance_type.as_str();
        let count = Decimal::from(reservation.count.get());
        let same_family = name.split_once('.').map(|(family, _)| family) == Some(instance.family());
        match (flexible, super::normalised::units(name)) {
            (Some(of_one), Some(units)) if same_family && !of_one.is_zero() => {
                count * units / of_one
            }
            _ if name == &*instance.name => count,
            _ => Decimal::ZERO,
        }
    });
    let all = covers.fold(Decimal::ZERO, exact::sum).floor();
    u64::try_from(all).unwrap_or(0)
}
