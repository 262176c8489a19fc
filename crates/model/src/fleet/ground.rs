//! The types that a fleet may be built of, found once for many services that differ in the size
//! and the load of their tasks alone.
//!
//! Types that hold the same, whatever a task asks for, run in the same counts, so of those only
//! the cheapest can be the one that is picked at on-demand prices. And a type that holds no more
//! tasks than another that costs no more is never the cheaper one. So a search over some dozens
//! of types finds what a search over all of them does; `tests/sweep.rs` compares the two.

use std::cmp::Reverse;

use super::search::{HourCost, Scale};
use super::{Candidate, Holds, Operator, Rules};
use crate::needs::Needs;
use crate::order;
use crate::packing::Amounts;
use crate::platform::{Arch, Os};
use crate::prices::{InstanceType, PriceBook, Quote};
use crate::purchase::PriceKind;
use crate::scenario::{FleetSettings, GpuRequest, Service};

/// The largest hour for which no cost of the search can reach the largest number: at most two
/// million tasks, each on an instance of its own, for the 10,080,000 thousandths of a week's
/// minutes, come to 2 × 10^13, and with this to less than 2^127.
const MOST_HOUR: u128 = 1 << 80;

/// The types of one operator and architecture, with what a search at on-demand and Spot prices
/// needs of them.
#[derive(Debug)]
pub(crate) struct Ground {
    key: Key,
    types: Vec<Kind>,
    shapes: usize,
    priced: Option<Priced>,
}

/// All that decides which types may be chosen and what they hold.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    operator: Operator,
    arch: Arch,
    os: Os,
    needs: Needs,
    gpu: Option<GpuRequest>,
    settings: FleetSettings,
}

/// A type that may be chosen.
#[derive(Clone, Copy, Debug)]
struct Kind {
    index: usize,
    holds: Holds,
    /// The same number for types that hold the same; burstable ones have one of their own, since
    /// what they bill depends on more than that.
    shape: usize,
    /// The same number for types of a family.
    family: usize,
    fee: Option<Quote>,
    burstable: bool,
}

/// Prices of the types, in the units of the search.
#[derive(Debug)]
struct Priced {
    edition: u32,
    scale: Scale,
    /// The cheapest type of each shape at on-demand prices, the cheapest hour first.
    list: Vec<Contender>,
    /// Every type with a Spot price that may decide, family by family, the least costly for its
    /// vCPU first.
    spot: Vec<Family>,
    /// Whether every price is one at which what is said above holds.
    is_ordinary: bool,
}

/// A type with its price for an hour, all that goes along with it included.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Contender {
    kind: Kind,
    /// The price of an hour.
    pub(crate) hour: HourCost,
}

/// The types of a family, the cheapest hour first.
#[derive(Clone, Debug)]
pub(crate) struct Family {
    /// They.
    pub(crate) types: Vec<Contender>,
    /// What an hour of any of them costs at the least for each 1/128,000 vCPU that it offers.
    vcpu: u128,
    /// The same for each 1/128,000 GiB.
    memory: u128,
}

impl Family {
    fn of(types: &[Contender]) -> Self {
        let least = |room: fn(&Contender) -> u64| {
            let each = types
                .iter()
                .filter_map(|one| one.hour.units().checked_div(room(one).into()));
            // What offers nothing holds no task.
            each.min().unwrap_or(u128::MAX)
        };
        Self {
            types: cheapest_first(types),
            vcpu: least(|one| one.kind.holds.room.vcpu_grains),
            memory: least(|one| one.kind.holds.room.memory_grains),
        }
    }

    /// What an hour of a task costs at the least, however many stand on an instance.
    pub(crate) fn least_task_hour(&self, rules: &Rules<'_>) -> u128 {
        let task = &rules.service().task;
        let vcpu = self.vcpu.saturating_mul(task.vcpu.grains().into());
        let memory = self.memory.saturating_mul(task.memory.grains().into());
        vcpu.max(memory)
    }
}

impl Contender {
    /// The type as a candidate for a service; `None` where it does not hold a task.
    pub(crate) fn candidate(&self, rules: &Rules<'_>, book: &PriceBook) -> Option<Candidate> {
        let task = &rules.service().task;
        let fit = self.kind.holds.fit(task.vcpu, task.memory);
        (fit.tasks > 0).then(|| Candidate {
            index: self.kind.index,
            fit,
            capacity: Amounts::default(),
            fee: self.kind.fee,
            credits: if self.kind.burstable {
                let instance = book.types.get(self.kind.index);
                instance.and_then(|instance| rules.credits(instance))
            } else {
                None
            },
        })
    }
}

impl Ground {
    /// The types that may be chosen for a service.
    pub(crate) fn new(rules: &Rules<'_>, arch: Arch, book: &PriceBook) -> Self {
        let managed = rules.operator() == Operator::Managed;
        let mut types: Vec<Kind> = Vec::new();
        let mut known: Vec<(Holds, usize)> = Vec::new();
        let (mut shapes, mut families) = (0, 0);
        let mut family = "";
        for (index, instance) in book.types.iter().enumerate() {
            if !rules.may_choose(instance, arch) {
                continue;
            }
            let mut fee = types.last().and_then(|before| before.fee);
            // Types stand by name, so those of a family stand together, and have one fee.
            if types.is_empty() || !instance.is_of(family) {
                family = instance.family();
                families += 1;
                fee = if managed {
                    book.managed_fee(instance)
                } else {
                    None
                };
            }
            let holds = rules.holds(instance);
            let alike = known.iter().find(|(other, _)| *other == holds);
            let shape = if let Some((_, shape)) = alike.filter(|_| !instance.burstable) {
                *shape
            } else {
                shapes += 1;
                if !instance.burstable {
                    known.push((holds, shapes - 1));
                }
                shapes - 1
            };
            types.push(Kind {
                index,
                holds,
                shape,
                family: families,
                fee,
                burstable: instance.burstable,
            });
        }
        Self {
            key: Key::of(rules, arch),
            types,
            shapes,
            priced: None,
        }
    }

    /// Whether these are the types for a service, too.
    pub(crate) fn is_for(&self, rules: &Rules<'_>, arch: Arch) -> bool {
        self.key.is_of(rules, arch)
    }

    /// Whether it is of an operator and an architecture.
    pub(crate) fn is_at(&self, operator: Operator, arch: Arch) -> bool {
        (self.key.operator, self.key.arch) == (operator, arch)
    }

    /// Prices the types, unless they are priced so already. Of one edition a book has one set of
    /// prices.
    pub(crate) fn price(&mut self, book: &PriceBook, edition: u32, scale: Scale) {
        let known = self.priced.as_ref();
        if known.is_some_and(|known| known.edition == edition && known.scale == scale) {
            return;
        }
        let mut priced = Priced {
            edition,
            scale,
            list: Vec::new(),
            spot: Vec::new(),
            is_ordinary: true,
        };
        let list = book.ec2_column(self.key.os, PriceKind::OnDemand);
        let linux = book.ec2_column(Os::Linux, PriceKind::OnDemand);
        let spot = book.ec2_column(self.key.os, PriceKind::Spot);
        let managed = self.key.operator == Operator::Managed;
        let newer = |index: usize| {
            let instance = book.types.get(index);
            let name = instance.map_or("", |instance| &*instance.name);
            (Reverse(instance.map_or(0, InstanceType::generation)), name)
        };
        let mut best: Vec<Option<Contender>> = vec![None; self.shapes];
        let mut of_spot: Vec<Contender> = Vec::new();
        for kind in &self.types {
            let fee = if managed {
                // Without a fee there is no price.
                let listed = linux.and_then(|column| column.quote(kind.index));
                let Some(fee) = kind.fee.zip(listed) else {
                    continue;
                };
                Some(fee)
            } else {
                None
            };
            let mut contender = |quote| {
                let hour = scale.hour(quote, fee);
                priced.is_ordinary &= (1..MOST_HOUR).contains(&hour.units());
                Contender { kind: *kind, hour }
            };
            if let Some(quote) = spot.and_then(|column| column.deciding(kind.index)) {
                of_spot.push(contender(quote));
            }
            let listed = list.and_then(|column| column.quote(kind.index));
            if let (Some(quote), Some(place)) = (listed, best.get_mut(kind.shape)) {
                let new = contender(quote);
                let better = place.is_none_or(|old| match new.hour.cmp(&old.hour) {
                    std::cmp::Ordering::Equal => newer(kind.index) < newer(old.kind.index),
                    order => order.is_lt(),
                });
                if better {
                    *place = Some(new);
                }
            }
        }
        let best: Vec<Contender> = best.into_iter().flatten().collect();
        priced.list = cheapest_first(&best);
        let families: Vec<Family> = of_spot
            .chunk_by(|a, b| a.kind.family == b.kind.family)
            .map(Family::of)
            .collect();
        let order = order::by_key(&families, |family| family.vcpu);
        priced.spot = order.into_iter().cloned().collect();
        self.priced = Some(priced);
    }

    /// The types among which the cheapest at on-demand prices is.
    pub(crate) fn list(&self) -> &[Contender] {
        self.priced.as_ref().map_or(&[], |priced| &priced.list)
    }

    /// The types with a Spot price that may decide, family by family.
    pub(crate) fn spot(&self) -> &[Family] {
        self.priced.as_ref().map_or(&[], |priced| &priced.spot)
    }

    /// Whether its prices are such that the search over some types finds what that over all does:
    /// none is nothing, and none so large that costs end at the largest number.
    pub(crate) fn is_ordinary(&self) -> bool {
        self.priced
            .as_ref()
            .is_some_and(|priced| priced.is_ordinary)
    }
}

fn cheapest_first(contenders: &[Contender]) -> Vec<Contender> {
    let sorted = order::by_key(contenders, |contender| contender.hour);
    sorted.into_iter().copied().collect()
}

impl Key {
    fn of(rules: &Rules<'_>, arch: Arch) -> Self {
        let Service {
            os, needs, task, ..
        } = rules.service();
        Self {
            operator: rules.operator(),
            arch,
            os: *os,
            needs: *needs,
            gpu: task.gpu.clone(),
            settings: rules.settings().clone(),
        }
    }

    fn is_of(&self, rules: &Rules<'_>, arch: Arch) -> bool {
        let service = rules.service();
        self.operator == rules.operator()
            && self.arch == arch
            && self.os == service.os
            && self.needs == service.needs
            && self.gpu == service.task.gpu
            && self.settings == *rules.settings()
    }
}
