//! What a month's instances cost, by what becomes of them.

use rust_decimal::Decimal;

use super::rebuild::Rebuilt;
use crate::cluster::{VCPU_TO_GIB, by_instance};
use crate::exact;
use crate::fleet::price::FleetUse;
use crate::fleet::{Division, Operator, Rules};
use crate::money::Usd;
use crate::option::OptionId;
use crate::prices::PriceBook;
use crate::report::Priced;
use crate::scenario::Scenario;
use crate::units::GRAINS;

/// What is paid a month for instances, their volumes, any fee and what is committed and not used,
/// after any discount, in US dollars: divided by what becomes of their vCPU and memory in all of
/// their hours, a vCPU counting as much as nine GiB (rule 14).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Month {
    /// Tasks.
    pub tasks: Usd,
    /// Daemons.
    pub daemons: Usd,
    /// The system and the agent.
    pub reserved: Usd,
    /// Nobody: what is left over on instances, those that boot and those that wait for scale-in.
    pub idle: Usd,
    /// What a better packing of the same tasks on the same types, zone by zone, could save at the
    /// most, at what an hour of these instances costs on average.
    pub gap: Usd,
    /// What no mix of instance types can cost less than (rule 7): a bound and not an option, since
    /// ECS cannot run a mix. For the services divided into fleets as they are. `None` where
    /// commitments are owned, or a price is missing.
    pub least_of_any_mix: Option<Usd>,
}

impl Month {
    pub(super) fn of(
        scenario: &Scenario,
        book: &PriceBook,
        (option, priced): (OptionId, &Priced),
        alone: usize,
    ) -> Self {
        let paid = by_instance(priced.bill.lines());
        let mut parts = Parts::default();
        let mut least = Some(Usd::ZERO);
        for used in priced.capacity.fleets() {
            let rebuilt = Rebuilt::new(scenario, (option, used), alone);
            parts.add_instances(scenario, book, used, &rebuilt);
            parts.tasks = exact::sum(parts.tasks, rebuilt.asked());
            let of_fleet = rebuilt.least_of_any_mix(book);
            least = least.zip(of_fleet).map(|(sum, one)| sum + one);
        }
        let used = [parts.reserved, parts.daemons, parts.tasks];
        let used = used.into_iter().fold(Decimal::ZERO, exact::sum);
        // Never negative but where a job's tasks are promised more than there is.
        let all = parts.all.max(used);
        let share = |part: Decimal| {
            let share = part.checked_div(all).unwrap_or(Decimal::ZERO);
            paid.scaled(share)
        };
        let (tasks, daemons, reserved) = (
            share(parts.tasks),
            share(parts.daemons),
            share(parts.reserved),
        );
        Self {
            tasks,
            daemons,
            reserved,
            gap: share(parts.gap),
            // What is left, so that all together is what is paid to the last digit.
            idle: paid - tasks - daemons - reserved,
            least_of_any_mix: least,
        }
    }

    /// What is paid for instances: all of it together.
    pub fn paid(&self) -> Usd {
        self.tasks + self.daemons + self.reserved + self.idle
    }

    /// Of what is paid, the share that nobody asks for; `None` where nothing is paid.
    pub fn idle_share(&self) -> Option<Decimal> {
        self.idle.ratio_to(self.paid())
    }

    /// Of what is paid, the share that a mix of types could save at the most.
    pub fn gap_share(&self) -> Option<Decimal> {
        let least = self.least_of_any_mix?;
        (self.paid() - least).ratio_to(self.paid())
    }
}

/// GiB-hours of a month, a vCPU counting as nine GiB.
#[derive(Default)]
struct Parts {
    all: Decimal,
    reserved: Decimal,
    daemons: Decimal,
    tasks: Decimal,
    gap: Decimal,
}

impl Parts {
    fn add_instances(
        &mut self,
        scenario: &Scenario,
        book: &PriceBook,
        used: &FleetUse,
        rebuilt: &Rebuilt<'_>,
    ) {
        let operator = Operator::of(used.place);
        let Some(service) = rebuilt.services.first() else {
            return;
        };
        let rules = Rules::new(operator, &scenario.fleet, service);
        for (leg, gaps) in used.legs.iter().zip(rebuilt.gap_hours(book)) {
            // The types of a Spot leg stand for each other: the bill is their mean.
            let types = Decimal::from(leg.types.len().max(1));
            for (one, gap) in leg.types.iter().zip(gaps) {
                let Some(instance) = book.types.get(one.index) else {
                    continue;
                };
                let division = rules.division(instance);
                let weight = |part: fn(&Division) -> u64, hours: Decimal| {
                    let [vcpu, memory] = division.each_ref().map(part);
                    let grains = u128::from(vcpu) * u128::from(VCPU_TO_GIB) + u128::from(memory);
                    let grains = i128::try_from(grains).unwrap_or(i128::MAX);
                    let weight = Decimal::try_from_i128_with_scale(grains, 0);
                    weight.unwrap_or(Decimal::MAX) / Decimal::from(GRAINS) * (hours / types)
                };
                let there: fn(&Division) -> u64 = |of| of.offered + of.overcommitted;
                for (sum, part, hours) in [
                    (&mut self.all, there, one.hours),
                    (&mut self.reserved, |of| of.reserved, one.hours),
                    (&mut self.daemons, |of| of.daemons, one.hours),
                    (&mut self.gap, there, gap),
                ] {
                    *sum = exact::sum(*sum, weight(part, hours));
                }
            }
        }
    }
}
