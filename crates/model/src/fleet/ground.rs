//! The types that a fleet may be built of, found once for many services that differ in the size
//! and the load of their tasks alone.
//!
//! Types that hold the same, whatever a task asks for, run in the same counts, so of those only
//! the cheapest can be the one that is picked at on-demand prices. And a type that holds no more
//! tasks than another that costs no more is never the cheaper one. So a search over some dozens
//! of types finds what a search over all of them does; `tests/sweep.rs` compares the two.

use std::cmp::{Ordering, Reverse};

use super::search::{HourCost, Scale};
use super::{Candidate, Holds, Operator, Room, Rules};
use crate::needs::Needs;
use crate::packing::Amounts;
use crate::platform::{Arch, Os};
use crate::prices::{Ec2Column, InstanceType, PriceBook, Quote};
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
    /// Whether Spot prices are looked at.
    with_spot: bool,
    /// Every type with a Spot price that may decide, family by family, within one the cheapest
    /// hour first.
    spot: Vec<Contender>,
    /// Where each family stands among them, the least costly for its vCPU first.
    families: Vec<Family>,
    /// Whether every price is one at which what is said above holds.
    is_ordinary: bool,
}

/// A type with its price for an hour, all that goes along with it included.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Contender {
    /// Which of the ground's types.
    kind: usize,
    /// The price of an hour.
    pub(crate) hour: HourCost,
}

/// The types of a family.
#[derive(Clone, Copy, Debug)]
struct Family {
    start: usize,
    end: usize,
    /// What an hour of any of them costs at the least for each 1/128,000 vCPU that it offers, in
    /// 2^[`COARSE`].
    vcpu: u64,
    /// The same for each 1/128,000 GiB.
    memory: u64,
}

/// Bits of a price that do not count where costs are estimated: what is left fits 64 of them.
const COARSE: u32 = 20;

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

    /// Prices the types, unless they are priced so already; at Spot prices too where those are
    /// asked for. Of one edition a book has one set of prices.
    pub(crate) fn price(&mut self, book: &PriceBook, edition: u32, scale: Scale, with_spot: bool) {
        let known = self.priced.as_ref();
        if known.is_some_and(|known| {
            known.edition == edition && known.scale == scale && (known.with_spot || !with_spot)
        }) {
            return;
        }
        // What the last edition had in order is nearly in order in this one, and there are many
        // editions in a sample.
        let known = self
            .priced
            .take()
            .filter(|known| known.with_spot == with_spot);
        let mut priced = known.unwrap_or_else(|| Priced {
            edition,
            scale,
            list: Vec::new(),
            with_spot,
            spot: Vec::new(),
            families: Vec::new(),
            is_ordinary: true,
        });
        priced.edition = edition;
        priced.scale = scale;
        priced.is_ordinary = true;
        let columns = Columns {
            scale,
            linux: book.ec2_column(Os::Linux, PriceKind::OnDemand),
            managed: self.key.operator == Operator::Managed,
        };
        self.price_list(&columns, book, &mut priced);
        if with_spot {
            self.price_spot(&columns, book, &mut priced);
        }
        self.priced = Some(priced);
    }

    /// Prices the cheapest type of each shape at on-demand prices.
    fn price_list(&self, columns: &Columns<'_>, book: &PriceBook, priced: &mut Priced) {
        let list = book.ec2_column(self.key.os, PriceKind::OnDemand);
        let mut best: Vec<Option<Contender>> = vec![None; self.shapes];
        for (place, kind) in self.types.iter().enumerate() {
            let quote = list.and_then(|column| column.quote(kind.index));
            let hour = quote.and_then(|quote| columns.hour(kind, quote));
            let (Some(hour), Some(known)) = (hour, best.get_mut(kind.shape)) else {
                continue;
            };
            let new = Contender { kind: place, hour };
            let better = known.is_none_or(|known| match new.hour.cmp(&known.hour) {
                Ordering::Equal => self.newer(book, new) < self.newer(book, known),
                order => order.is_lt(),
            });
            if better {
                *known = Some(new);
            }
            priced.is_ordinary &= is_ordinary(hour);
        }
        priced.list.clear();
        priced.list.extend(best.into_iter().flatten());
        sort(&mut priced.list, |one| one.hour);
    }

    /// Prices the types with a Spot price that may decide. Those that are known stay where they
    /// were: of one book the same types have a price in every edition.
    fn price_spot(&self, columns: &Columns<'_>, book: &PriceBook, priced: &mut Priced) {
        let spot = book.ec2_column(self.key.os, PriceKind::Spot);
        let hour = |kind: &Kind| {
            let quote = spot.and_then(|column| column.deciding(kind.index))?;
            columns.hour(kind, quote)
        };
        if priced.spot.is_empty() {
            let types = self.types.iter().enumerate();
            let priced_types = types.filter_map(|(kind, of)| {
                let hour = hour(of)?;
                Some(Contender { kind, hour })
            });
            priced.spot.extend(priced_types);
            self.find_families(priced);
        } else {
            for one in &mut priced.spot {
                let kind = self.types.get(one.kind);
                one.hour = kind.and_then(hour).unwrap_or(one.hour);
            }
        }
        priced.is_ordinary &= priced.spot.iter().all(|one| is_ordinary(one.hour));
        for family in &mut priced.families {
            let Some(types) = priced.spot.get_mut(family.start..family.end) else {
                continue;
            };
            sort(types, |one| one.hour);
            let least = |room: fn(&Room) -> u64| {
                let each = types.iter().filter_map(|one| {
                    let hour = u64::try_from(one.hour.units() >> COARSE).unwrap_or(u64::MAX);
                    hour.checked_div(room(&self.types.get(one.kind)?.holds.room))
                });
                // What offers nothing holds no task.
                each.min().unwrap_or(u64::MAX)
            };
            family.vcpu = least(|room| room.vcpu_grains);
            family.memory = least(|room| room.memory_grains);
        }
        sort(&mut priced.families, |family| family.vcpu);
    }

    /// Divides the types with a Spot price, which stand by name, into families.
    fn find_families(&self, priced: &mut Priced) {
        let family = |one: &Contender| self.types.get(one.kind).map_or(0, |kind| kind.family);
        let mut start = 0;
        for types in priced.spot.chunk_by(|a, b| family(a) == family(b)) {
            let end = start + types.len();
            priced.families.push(Family {
                start,
                end,
                vcpu: 0,
                memory: 0,
            });
            start = end;
        }
    }

    fn newer<'b>(&self, book: &'b PriceBook, one: Contender) -> (Reverse<u32>, &'b str) {
        let kind = self.types.get(one.kind);
        let instance = kind.and_then(|kind| book.types.get(kind.index));
        let generation = instance.map_or(0, InstanceType::generation);
        let name = instance.map_or("", |instance| &*instance.name);
        (Reverse(generation), name)
    }

    /// The types among which the cheapest at on-demand prices is, the cheapest hour first.
    pub(crate) fn list(&self) -> &[Contender] {
        self.priced.as_ref().map_or(&[], |priced| &priced.list)
    }

    /// The types with a Spot price that may decide, family by family: what an hour of a task costs
    /// on each at the least, however many stand on an instance, and the types.
    pub(crate) fn spot(&self, rules: &Rules<'_>) -> impl Iterator<Item = (u128, &[Contender])> {
        let task = &rules.service().task;
        let (vcpu, memory) = (task.vcpu.grains(), task.memory.grains());
        let priced = self.priced.iter();
        priced.flat_map(move |priced| {
            priced.families.iter().filter_map(move |family| {
                let by_vcpu = u128::from(family.vcpu) * u128::from(vcpu);
                let by_memory = u128::from(family.memory) * u128::from(memory);
                let least = by_vcpu.max(by_memory);
                // Whole families of what holds nothing aside, this is far from the largest number.
                let least = least.saturating_mul(1 << COARSE);
                Some((least, priced.spot.get(family.start..family.end)?))
            })
        })
    }

    /// A type as a candidate for a service; `None` where it does not hold a task.
    pub(crate) fn candidate(
        &self,
        contender: &Contender,
        rules: &Rules<'_>,
        book: &PriceBook,
    ) -> Option<Candidate> {
        let kind = self.types.get(contender.kind)?;
        let task = &rules.service().task;
        let fit = kind.holds.fit(task.vcpu, task.memory);
        (fit.tasks > 0).then(|| Candidate {
            index: kind.index,
            fit,
            capacity: Amounts::default(),
            fee: kind.fee,
            credits: if kind.burstable {
                let instance = book.types.get(kind.index);
                instance.and_then(|instance| rules.credits(instance))
            } else {
                None
            },
        })
    }

    /// Whether its prices are such that the search over some types finds what that over all does:
    /// none is nothing, and none so large that costs end at the largest number.
    pub(crate) fn is_ordinary(&self) -> bool {
        let priced = self.priced.as_ref();
        priced.is_some_and(|priced| priced.is_ordinary)
    }
}

/// What prices types.
struct Columns<'a> {
    scale: Scale,
    linux: Option<&'a Ec2Column>,
    managed: bool,
}

impl Columns<'_> {
    /// What an hour of a type costs at a price, with all that goes along; `None` where the fee of
    /// Managed Instances has no price.
    fn hour(&self, kind: &Kind, quote: Quote) -> Option<HourCost> {
        let fee = if self.managed {
            let listed = self.linux.and_then(|column| column.quote(kind.index));
            Some(kind.fee.zip(listed)?)
        } else {
            None
        };
        Some(self.scale.hour(quote, fee))
    }
}

fn is_ordinary(hour: HourCost) -> bool {
    (1..MOST_HOUR).contains(&hour.units())
}

/// Sorts a short list in its place; one that is nearly in order already, in next to no time.
fn sort<T: Copy, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    for end in 1..items.len() {
        let mut place = end;
        while let Some([before, here]) = place
            .checked_sub(1)
            .and_then(|start| items.get_mut(start..=place))
        {
            if key(before) <= key(here) {
                break;
            }
            std::mem::swap(before, here);
            place -= 1;
        }
    }
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
