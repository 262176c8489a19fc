//! What each service costs of a cluster's bill (rule 14).

use rust_decimal::Decimal;

use super::Part;
use crate::bill::{Bill, Item, Line};
use crate::exact;
use crate::fleet::price::FleetUse;
use crate::load::Pattern;
use crate::money::Usd;
use crate::platform::Arch;
use crate::prices::PriceBook;
use crate::report::Capacity;
use crate::scenario::{Scenario, Service};
use crate::units::{Gib, Vcpu};

/// How much a vCPU counts beside a GiB where a shared instance is divided (rule 14).
pub(crate) const VCPU_TO_GIB: u8 = 9;

/// What one service costs of a cluster's bill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServiceShare {
    /// What its tasks take, in US dollars a month.
    pub used: Usd,
    /// Of what stands idle on its instances, as much as it has of what is used there.
    pub idle: Usd,
}

/// A cluster's bill by service. All of it together is the total.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shares {
    /// In the order of the services.
    pub services: Vec<ServiceShare>,
    /// What stands idle on instances, all services together; it is in no service's `used`.
    pub idle: Usd,
    /// Gateways, endpoints, the load balancer and staff time, which no service has more of than
    /// another.
    pub common: Usd,
}

impl Shares {
    pub(super) fn of(
        scenario: &Scenario,
        book: &PriceBook,
        services: &[&Service],
        parts: &[Part],
        common: &Bill,
    ) -> Self {
        let nothing = ServiceShare {
            used: Usd::ZERO,
            idle: Usd::ZERO,
        };
        let mut divided = Self {
            services: vec![nothing; services.len()],
            idle: Usd::ZERO,
            common: common.total(),
        };
        for part in parts {
            divided.add(scenario, book, services, part);
        }
        divided
    }

    fn add(&mut self, scenario: &Scenario, book: &PriceBook, services: &[&Service], part: &Part) {
        let total = part.priced.total;
        let weight = |&index: &usize| {
            let service = services.get(index);
            service.map_or(Decimal::ZERO, |service| {
                taken(scenario, service, part.option.arch)
            })
        };
        let weights: Vec<Decimal> = part.services.iter().map(weight).collect();
        let taken = weights.iter().copied().fold(Decimal::ZERO, exact::sum);
        let there = capacity(book, &part.priced.capacity);
        let idle = match there {
            // Tasks may be promised more than there is; then nothing stands idle.
            Some(there) if there > taken => {
                let idle = exact::difference(there, taken) / there;
                by_instance(part.priced.bill.lines()).scaled(idle)
            }
            _ => Usd::ZERO,
        };
        let used = total - idle;
        // The last takes what is left, so that all of it together is the total to the last digit.
        let (mut used_left, mut idle_left) = (used, idle);
        for (place, (&index, &weight)) in part.services.iter().zip(&weights).enumerate() {
            let last = place + 1 == part.services.len();
            let share = if taken.is_zero() {
                Decimal::ONE / Decimal::from(part.services.len())
            } else {
                weight / taken
            };
            let of_it = |all: Usd, left: Usd| if last { left } else { all.scaled(share) };
            let (used, idle) = (of_it(used, used_left), of_it(idle, idle_left));
            used_left = used_left - used;
            idle_left = idle_left - idle;
            if let Some(service) = self.services.get_mut(index) {
                service.used += used;
                service.idle += idle;
            }
        }
        self.idle += idle;
    }
}

/// What is paid by the instance, whether tasks stand on it or not, after any discount.
pub(crate) fn by_instance(lines: &[Line]) -> Usd {
    let off: Usd = lines
        .iter()
        .filter(|line| line.item == Item::Discount)
        .map(|line| line.rate)
        .sum();
    let kept = exact::sum(Decimal::ONE, off.decimal());
    let is_of_an_instance = |line: &&Line| {
        matches!(
            line.item,
            Item::Instances(_)
                | Item::ManagedFee(_)
                | Item::InstanceVolume
                | Item::UnusedCommitment
        )
    };
    let paid = |line: &Line| {
        if line.is_own() {
            line.amount
        } else {
            line.amount.scaled(kept)
        }
    };
    lines.iter().filter(is_of_an_instance).map(paid).sum()
}

/// What a task's request counts.
pub(crate) fn request(vcpu: Vcpu, memory: Gib) -> Decimal {
    let vcpu = vcpu.decimal() * Decimal::from(VCPU_TO_GIB);
    exact::sum(vcpu, memory.decimal())
}

/// What a service's tasks ask for in a month: their requests times their hours.
fn taken(scenario: &Scenario, service: &Service, arch: Arch) -> Decimal {
    let pattern = Pattern::of_service(scenario, service, arch);
    let periods = pattern.periods_per_month(scenario.hours_per_month);
    let hours = pattern.task_hours(|tasks| tasks);
    request(service.task.vcpu, service.task.memory) * hours * periods
}

/// What instances offer in a month, counted as requests are; `None` on Fargate.
fn capacity(book: &PriceBook, capacity: &Capacity) -> Option<Decimal> {
    let fleets = capacity.fleets();
    if fleets.is_empty() {
        return None;
    }
    let of_fleet = |fleet: &FleetUse| {
        let legs = fleet.legs.iter().map(|leg| {
            let types = leg.types.iter().map(|one| {
                let Some(instance) = book.types.get(one.index) else {
                    return Decimal::ZERO;
                };
                let memory = Decimal::from(instance.memory_mib) / Decimal::from(1_024);
                let vcpu = Decimal::from(u32::from(instance.vcpu) * u32::from(VCPU_TO_GIB));
                exact::sum(vcpu, memory) * one.hours
            });
            // The types of a Spot leg stand for each other: the bill is their mean.
            let count = Decimal::from(leg.types.len().max(1));
            types.fold(Decimal::ZERO, exact::sum) / count
        });
        legs.fold(Decimal::ZERO, exact::sum)
    };
    Some(
        fleets
            .into_iter()
            .map(of_fleet)
            .fold(Decimal::ZERO, exact::sum),
    )
}
