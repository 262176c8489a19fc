//! What becomes of a commitment if the load falls: it is paid for to the end of its term.
//!
//! The same amount is kept, on the same instance type, and the smaller load is billed by the very
//! rules that billed the present one. An assumption: tasks kept in reserve fall with the load, and
//! what services move (data, logs) stays as it is; so a difference between two bills at one load
//! is a difference in capacity.

use crate::bill::Component;
use crate::fargate::price::Tasks;
use crate::fleet::Operator;
use crate::fleet::free::FreeRoom;
use crate::fleet::price::Fleet;
use crate::load::Pattern;
use crate::money::Usd;
use crate::option::{OptionId, Purchase};
use crate::prices::PriceBook;
use crate::report::{Capacity, CommittedAmount, Outcome, Priced};
use crate::scenario::{Scenario, Service};

/// What an option costs at a part of its load, with the commitment that was made for all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fallen {
    /// US dollars a month.
    pub total: Usd,
    /// Of these for what is committed and not used.
    pub unused: Usd,
    /// What the same load costs on-demand in the same place and on the same architecture; `None`
    /// where that has no price.
    pub on_demand: Option<Usd>,
}

/// A priced option of a service at `percent` of its load, from a book that the scenario's own
/// figures are in already. `None` where it commits to nothing, or for a cluster.
pub fn at_load(
    scenario: &Scenario,
    service: &Service,
    (option, priced): (OptionId, &Priced),
    book: &PriceBook,
    percent: u32,
) -> Option<Fallen> {
    let Purchase::Committed(commitment) = option.purchase else {
        return None;
    };
    let amount = priced.committed?.amount;
    let pattern = Pattern::of_service(scenario, service, option.arch).at(percent);
    let on_demand = OptionId {
        purchase: Purchase::OnDemand,
        ..option
    };
    let total = |outcome: &Outcome| match outcome {
        Outcome::Priced(priced) => Some(priced.total),
        Outcome::NotEligible(_) | Outcome::NoPrice(_) => None,
    };
    match (&priced.capacity, amount) {
        (Capacity::Fargate(_), CommittedAmount::Dollars(hourly)) => {
            let tasks = Tasks::new(scenario, service, book, &pattern, option.arch);
            let Outcome::Priced(kept) = tasks.kept(commitment, hourly) else {
                return None;
            };
            Some(Fallen {
                total: kept.total,
                unused: kept.bill.component(Component::Unused),
                on_demand: total(&tasks.price(on_demand.purchase)),
            })
        }
        (Capacity::Fleet(used), amount) => {
            let operator = Operator::of(option.place);
            // Room that is there already is on instances of one's own.
            let pattern = match operator {
                Operator::Own => pattern.beyond(FreeRoom::of(&scenario.owned).tasks(service)),
                Operator::Managed => pattern,
            };
            let type_index = used.legs.first()?.types.first()?.index;
            let fleet = Fleet::new(scenario, service, book, &pattern, (operator, option.arch));
            let kept = fleet.kept(commitment, amount, type_index).ok()?;
            Some(Fallen {
                total: kept.total,
                unused: kept.unused,
                on_demand: total(&fleet.price(on_demand)),
            })
        }
        _ => None,
    }
}
