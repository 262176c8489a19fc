//! The search for the cheapest type of a fleet.
//!
//! Works on integers so that ties are ties: costs are compared in units of 10^-14 dollars per
//! 1/60,000 instance-hour of a period, times the hours of the month (which turns a volume's
//! monthly price into an hourly one without dividing). Exact bills are made only of what the
//! search picks. A discount counts in ten thousandths of every price.

use std::cmp::Reverse;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::credits::{Credits, UNITS_PER_VCPU};
use super::crowd::Crowd;
use super::{Candidate, instances_for, scaled_to_target, with_overhead};
use crate::load::{
    BOOT_MINUTES, Changes, Jobs, MILLIMINUTES_PER_HOUR, Pattern, SCALE_IN_MINUTES, Week,
};
use crate::money::{PER_USD, Usd};
use crate::order;
use crate::packing::Amounts;
use crate::prices::{InstanceType, PriceBook, Quote, SourceId};
use crate::pricing::Percent;
use crate::scenario::{HoursPerMonth, PackingOverhead, Sizing};
use crate::units::{GRAINS, Gib};

/// Thousandths of a minute in a day.
const DAY_MILLIMINUTES: u64 = 24 * MILLIMINUTES_PER_HOUR;

/// What one instance of a type costs an hour, in the units of the search.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct HourCost(u128);

/// Decimal places of a dollar at which [`HourCost`] counts, the hours of a month apart.
pub(super) const HOUR_COST_PLACES: u32 = 18;

impl HourCost {
    /// In 10^-18 dollars an hour, times the hours of a month.
    pub(super) const fn units(self) -> u128 {
        self.0
    }
}

/// Turns prices into the units of the search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    hours_per_month: u128,
    volume: u128,
    address: u128,
    launch: u128,
    /// What is paid of each ten thousandth at list price.
    listed: u128,
    /// What a ten-billionth of an hour's price comes to, at list price and at one's own.
    of_listed: u128,
    of_own: u128,
}

/// What goes along with every instance of a fleet, as far as it is billed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Along {
    /// A volume of so many GiB, at the price of a GB-month.
    pub volume: Option<(u16, Quote)>,
    /// A public address, at the price of an hour.
    pub address: Option<Quote>,
    /// An image that it pulls when it is launched, at the price of a GB.
    pub pull: Option<(Gib, Quote)>,
}

impl Scale {
    /// The scale for a month of `hours`.
    pub fn new(hours: HoursPerMonth, along: Along, discount: Percent) -> Self {
        let hours = u128::from(hours.get());
        let listed = 10_000 - u128::from(discount.hundredths());
        let mut scale = Self {
            hours_per_month: hours,
            volume: 0,
            address: 0,
            launch: 0,
            listed,
            of_listed: 10_000 * listed * hours,
            of_own: 10_000 * 10_000 * hours,
        };
        if let Some((gib, quote)) = along.volume {
            let price = u128::from(gib) * u128::from(quote.rate.ten_billionths()) * 10_000;
            scale.volume = price * scale.paid(&[quote]);
        }
        if let Some(quote) = along.address {
            scale.address = scale.price(quote).0;
        }
        if let Some((image, quote)) = along.pull {
            // A launch is priced by the GB and not by the minute: as if an hour of one instance
            // cost what so many GB do.
            let price = u128::from(image.grains()) * scale.price(quote).0;
            scale.launch = price * u128::from(MILLIMINUTES_PER_HOUR) / u128::from(GRAINS);
        }
        scale
    }

    /// What so many launches in a period cost.
    fn launches(self, launches: u64) -> u128 {
        u128::from(launches).saturating_mul(self.launch)
    }

    /// What surplus credits in a period cost, counted in units of vCPU.
    fn credits(self, credits: Credits, surplus: u128) -> u128 {
        let price = self.price(credits.price).0;
        let (whole, rest) = (surplus / UNITS_PER_VCPU, surplus % UNITS_PER_VCPU);
        let part = rest.saturating_mul(price) / UNITS_PER_VCPU;
        whole.saturating_mul(price).saturating_add(part)
    }

    /// Whether a cost of the search, over a period of a load, is more than a monthly total.
    ///
    /// A unit of the search is 10^-18 dollars (10^-10 of a price, 10^-4 of a fee's share, 10^-4
    /// of the discount) per thousandth of an instance-minute of a period, times the hours of the
    /// month: in a month, (cost / 60,000) x (hours / period) / hours.
    pub fn exceeds(self, cost: u128, pattern: &Pattern, total: Usd) -> bool {
        let minutes = MILLIMINUTES_PER_HOUR * u64::from(pattern.period_hours());
        let total = total.decimal().checked_mul(Decimal::from(PER_USD));
        // A total that is beyond what a decimal holds is beyond any cost.
        total
            .and_then(|total| total.ceil().to_u128())
            .is_some_and(|total| cost > total.saturating_mul(100_000_000 * u128::from(minutes)))
    }

    /// What is paid of each ten thousandth of a price that rests on these figures: the discount
    /// leaves the user's own alone (rule 24).
    fn paid(self, quotes: &[Quote]) -> u128 {
        if quotes.iter().any(|quote| quote.source == SourceId::OWN) {
            10_000
        } else {
            self.listed
        }
    }

    /// An instance's price together with its volume and, for Managed Instances, the fee: a share
    /// (in ten-thousandths) of the list price.
    pub fn hour(self, price: Quote, fee: Option<(Quote, Quote)>) -> HourCost {
        HourCost(self.price(price).0 + self.sides(fee).0)
    }

    /// The same for a price that is a share of another, whose source is `base`.
    pub fn hour_of(
        self,
        (price, base): (Quote, Option<SourceId>),
        fee: Option<(Quote, Quote)>,
    ) -> HourCost {
        HourCost(self.price_of(price, base).0 + self.sides(fee).0)
    }

    /// An instance's price alone, which is a share of another where `base` is that one's source.
    pub fn price_of(self, price: Quote, base: Option<SourceId>) -> HourCost {
        let source = match base {
            Some(SourceId::OWN) => SourceId::OWN,
            _ => price.source,
        };
        self.price(Quote { source, ..price })
    }

    /// An instance's price alone.
    pub fn price(self, price: Quote) -> HourCost {
        let of_one = if price.source == SourceId::OWN {
            self.of_own
        } else {
            self.of_listed
        };
        HourCost(u128::from(price.rate.ten_billionths()) * of_one)
    }

    /// What goes along with an instance: its volume, and the fee of Managed Instances.
    pub fn sides(self, fee: Option<(Quote, Quote)>) -> HourCost {
        let fee = fee.map_or(0, |(ratio, list)| {
            u128::from(ratio.rate.ten_billionths() / 1_000_000)
                * u128::from(list.rate.ten_billionths())
                * self.paid(&[ratio, list])
        });
        HourCost(fee * self.hours_per_month + self.volume + self.address)
    }
}

/// The tasks of one leg of a fleet in each level of the load, and the instances below which it
/// must not fall there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegLevel {
    /// Tasks.
    pub tasks: u64,
    /// Least instances before managed scaling's target.
    pub floor: u64,
    /// Of these tasks, those of each service that shares the leg; empty where one stands alone.
    pub kinds: Vec<u64>,
    /// What all of them take together, where services share the leg.
    pub volume: Volume,
}

/// What tasks of several services take together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Volume {
    /// In each dimension, those that take an instance of their own apart in the last.
    pub amounts: Amounts,
    /// Tasks that take an instance of their own.
    pub alone: u64,
}

impl Volume {
    /// Instances without which they cannot stand, by volume.
    fn least_instances(&self, capacity: &Amounts) -> u64 {
        let by_dimension = self.amounts.iter().zip(capacity);
        by_dimension
            .map(|(volume, room)| {
                if *room == 0 {
                    0
                } else {
                    volume.div_ceil(*room)
                }
            })
            .fold(self.alone, u64::max)
    }
}

/// One leg (on-demand or Spot) of a fleet over time.
#[derive(Clone, Debug)]
pub struct Leg<'a> {
    /// When the levels occur. For jobs the levels are one run, and all overlapping runs.
    pub pattern: &'a Pattern,
    /// Its levels.
    pub levels: Vec<LegLevel>,
    /// Zones to spread over.
    pub zones: u8,
    /// Managed scaling's target, percent.
    pub target_percent: u64,
    /// Instances that run for each one that packing needs.
    pub packing: PackingOverhead,
    /// Instances that are reserved already, and cost nothing but what goes along with them.
    pub already: u64,
    /// How much of it a commitment holds.
    pub sizing: Sizing,
    /// Whether instances are packed anew each hour.
    pub repacking: Repacking,
    /// The services that share it, where there are several.
    pub crowd: Option<&'a Crowd<'a>>,
}

/// When a fleet that has fewer tasks than before sheds instances. ECS does not move tasks that
/// run, so it lies between the two (rule 16).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repacking {
    /// At once: tasks are packed anew each hour.
    Hourly,
    /// At the day's low: until then what stood at the day's peak is kept.
    AtTheLow,
}

impl Leg<'_> {
    /// Whether any task ever stands on this leg.
    pub fn is_empty(&self) -> bool {
        self.levels
            .iter()
            .all(|level| level.tasks == 0 && level.floor == 0)
    }

    /// Instances needed in each level, before the target.
    pub fn needed(&self, candidate: &Candidate) -> impl Iterator<Item = u64> {
        let needed = move |level: &LegLevel| {
            let packed = match self.crowd {
                None => instances_for(level.tasks, candidate.fit.tasks, self.zones),
                Some(crowd) => crowd.instances(candidate, &level.kinds, self.zones),
            };
            packed.max(level.floor)
        };
        self.levels.iter().map(needed)
    }

    /// Instances that run in each level.
    pub fn running(&self, candidate: &Candidate) -> impl Iterator<Item = u64> {
        self.needed(candidate)
            .map(|needed| with_overhead(needed, self.packing))
            .map(|running| scaled_to_target(running, self.target_percent))
    }

    /// Instances without which the tasks of each level cannot stand, however they are packed.
    pub fn least_running(&self, candidate: &Candidate) -> impl Iterator<Item = u64> {
        let needed = move |level: &LegLevel| {
            let packed = match self.crowd {
                None => instances_for(level.tasks, candidate.fit.tasks, self.zones),
                Some(_) => level.volume.least_instances(&candidate.capacity),
            };
            scaled_to_target(packed.max(level.floor), self.target_percent)
        };
        self.levels.iter().map(needed)
    }

    /// Thousandths of instance-minutes billed in a period beyond `reserved` instances, where
    /// `counts` run in the levels (rules 16 and 17).
    pub fn milliminutes(&self, counts: &[u64], reserved: u64) -> u64 {
        let beyond = |level: usize| {
            counts
                .get(level)
                .map_or(0, |count| count.saturating_sub(reserved))
        };
        match self.pattern {
            Pattern::Hourly(week) => {
                if let Some(kept) = self.kept(week, counts) {
                    return milliminutes_by_hour(&kept, reserved);
                }
                let running = week.levels.iter().enumerate().map(|(index, level)| {
                    u64::from(level.hours) * MILLIMINUTES_PER_HOUR * beyond(index)
                });
                let changing = week.moves.iter().map(|step| {
                    let (before, after) = (beyond(step.from), beyond(step.to));
                    let each = after.saturating_sub(before) * u64::from(BOOT_MINUTES)
                        + before.saturating_sub(after) * u64::from(SCALE_IN_MINUTES);
                    u64::from(step.times) * each * 1_000
                });
                running.sum::<u64>() + changing.sum::<u64>()
            }
            Pattern::Jobs(jobs) => {
                let needed = counts.first().copied().unwrap_or(0);
                let warm = DAY_MILLIMINUTES * beyond(1);
                bursts_beyond(*jobs, needed, reserved).min(warm)
            }
        }
    }

    /// Instances that are launched in a period beyond `reserved` ones, which run on.
    pub fn launches(&self, counts: &[u64], reserved: u64) -> u64 {
        let beyond = |count: u64| count.saturating_sub(reserved);
        match self.pattern {
            Pattern::Hourly(week) => {
                if let Some(kept) = self.kept(week, counts) {
                    return changes_by_hour(&kept, reserved).added;
                }
                let at = |index: usize| counts.get(index).copied().map_or(0, beyond);
                let steps = week.moves.iter();
                steps
                    .map(|step| u64::from(step.times) * at(step.to).saturating_sub(at(step.from)))
                    .sum()
            }
            Pattern::Jobs(jobs) => {
                let needed = counts.first().copied().unwrap_or(0);
                let warm = DAY_MILLIMINUTES * counts.get(1).copied().map_or(0, beyond);
                if bursts_beyond(*jobs, needed, reserved) < warm {
                    // A run that starts stands beside those that overlap it: what it launches is
                    // by how much more then stands beyond the reserved.
                    let standing = standing(*jobs);
                    let with_it = standing.div_ceil(DAY_MILLIMINUTES);
                    let before = with_it.saturating_sub(1);
                    let launched = beyond(with_it * needed) - beyond(before * needed);
                    u64::from(jobs.runs) * launched
                } else {
                    0
                }
            }
        }
    }

    /// Whether instances are kept between the runs of a job, because that costs no more than to
    /// boot them for each.
    pub fn is_kept_warm(&self, counts: &[u64]) -> bool {
        let count = |level: usize| counts.get(level).copied().unwrap_or(0);
        match self.pattern {
            Pattern::Hourly(_) => false,
            Pattern::Jobs(jobs) => bursts_beyond(*jobs, count(0), 0) >= DAY_MILLIMINUTES * count(1),
        }
    }

    /// What stands in each hour where instances stay until the day's low.
    fn kept(&self, week: &Week, counts: &[u64]) -> Option<Vec<u64>> {
        match self.repacking {
            Repacking::Hourly => None,
            Repacking::AtTheLow => week.kept(counts),
        }
    }

    /// Thousandths of task-minutes in a week; nothing of jobs, whose instances also wait.
    fn task_milliminutes(&self) -> u64 {
        match self.pattern {
            Pattern::Hourly(week) => {
                let levels = week.levels.iter().zip(&self.levels);
                let hours = levels.map(|(level, leg)| u64::from(level.hours) * leg.tasks);
                hours.sum::<u64>() * MILLIMINUTES_PER_HOUR
            }
            Pattern::Jobs(_) => 0,
        }
    }

    /// Thousandths of instance-minutes in a week on any type: one in each zone that has tasks, and
    /// no fewer than the floor. Nothing of jobs.
    fn least_milliminutes(&self) -> u64 {
        match self.pattern {
            Pattern::Hourly(week) => {
                let levels = week.levels.iter().zip(&self.levels);
                let hours = levels.map(|(level, leg)| {
                    let in_zones = leg.tasks.min(self.zones.into());
                    u64::from(level.hours) * in_zones.max(leg.floor)
                });
                hours.sum::<u64>() * MILLIMINUTES_PER_HOUR
            }
            Pattern::Jobs(_) => 0,
        }
    }

    /// Whether it matters when instances are shed.
    pub fn is_open(&self, counts: &[u64]) -> bool {
        match self.pattern {
            Pattern::Hourly(week) => week.kept(counts).is_some(),
            Pattern::Jobs(_) => false,
        }
    }

    fn period_milliminutes(&self) -> u64 {
        u64::from(self.pattern.period_hours()) * MILLIMINUTES_PER_HOUR
    }
}

/// Thousandths of instance-minutes billed in a week beyond `reserved` instances, where `hours`
/// stand in its hours.
fn milliminutes_by_hour(hours: &[u64], reserved: u64) -> u64 {
    let running: u64 = hours.iter().map(|hour| hour.saturating_sub(reserved)).sum();
    let changes = changes_by_hour(hours, reserved);
    let changing =
        changes.added * u64::from(BOOT_MINUTES) + changes.removed * u64::from(SCALE_IN_MINUTES);
    running * MILLIMINUTES_PER_HOUR + changing * 1_000
}

/// What comes and goes in a week beyond `reserved` instances.
fn changes_by_hour(hours: &[u64], reserved: u64) -> Changes {
    let next = hours.iter().skip(1).chain(hours.first());
    let mut changes = Changes::default();
    for (before, after) in hours.iter().zip(next) {
        let (before, after) = (
            before.saturating_sub(reserved),
            after.saturating_sub(reserved),
        );
        changes.added += after.saturating_sub(before);
        changes.removed += before.saturating_sub(after);
    }
    changes
}

/// Thousandths of instance-minutes in a day that runs of `needed` instances each are billed
/// beyond `reserved` ones, where each run pays for boot and scale-in.
///
/// Runs start evenly, so at any time either `overlap` of them stand or one more: a reservation
/// covers what stands at a time and no more (rule 17, mended for runs that overlap).
fn bursts_beyond(jobs: Jobs, needed: u64, reserved: u64) -> u64 {
    let standing = standing(jobs);
    let (overlap, with_one_more) = (standing / DAY_MILLIMINUTES, standing % DAY_MILLIMINUTES);
    let beyond = |runs: u64| (runs * needed).saturating_sub(reserved);
    (DAY_MILLIMINUTES - with_one_more) * beyond(overlap) + with_one_more * beyond(overlap + 1)
}

/// Thousandths of minutes in a day that the runs of a job stand, boot and scale-in included,
/// each counted for itself.
fn standing(jobs: Jobs) -> u64 {
    let around = u64::from(BOOT_MINUTES + SCALE_IN_MINUTES) * 1_000;
    u64::from(jobs.runs) * (u64::from(jobs.milliminutes) + around)
}

/// What the search picked for a leg.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pick {
    /// The type, and what one instance holds.
    pub candidate: Candidate,
    /// Instances that run in each level.
    pub counts: Vec<u64>,
    /// Instances under a reservation.
    pub reserved: u64,
    cost: u128,
}

impl Pick {
    /// A type whose instances run in these counts, none of them reserved.
    pub fn new(candidate: Candidate, counts: Vec<u64>) -> Self {
        Self {
            candidate,
            counts,
            reserved: 0,
            cost: 0,
        }
    }

    /// Most instances that run at a time.
    pub fn peak(&self) -> u64 {
        self.counts.iter().copied().max().unwrap_or(0)
    }

    /// Rule 5: cost, then fewer instances at the peak, then the newer generation, then the name.
    fn rank<'b>(&self, types: &'b [InstanceType]) -> (u128, u64, Reverse<u32>, &'b str) {
        let instance = types.get(self.candidate.index);
        let generation = instance.map_or(0, InstanceType::generation);
        (
            self.cost,
            self.peak(),
            Reverse(generation),
            instance.map_or("", |instance| &instance.name),
        )
    }
}

/// Prices of one candidate in the search.
#[derive(Clone, Copy, Debug)]
pub struct CandidateCost {
    /// Hours beyond any reservation.
    pub hour: HourCost,
    /// Reserved hours; `None` where nothing can be reserved.
    pub reserved_hour: Option<HourCost>,
}

impl Leg<'_> {
    /// Instances that always stand.
    fn steady_floor(&self, counts: &[u64]) -> u64 {
        match self.pattern {
            Pattern::Hourly(_) => counts.iter().copied().min().unwrap_or(0),
            // A fleet that is kept warm always stands.
            Pattern::Jobs(_) if self.is_kept_warm(counts) => counts.get(1).copied().unwrap_or(0),
            Pattern::Jobs(jobs) => {
                let needed = counts.first().copied().unwrap_or(0);
                standing(*jobs) / DAY_MILLIMINUTES * needed
            }
        }
    }

    /// Counts of instances beyond which a reservation covers less: every level that stands.
    fn levels_that_stand(&self, counts: &[u64]) -> Vec<u64> {
        let mut levels = counts.to_vec();
        if let Pattern::Jobs(jobs) = self.pattern {
            // Beside one run and all that overlap: as many runs as always stand, and one more.
            let needed = counts.first().copied().unwrap_or(0);
            let overlap = standing(*jobs) / DAY_MILLIMINUTES;
            levels.extend([overlap * needed, (overlap + 1) * needed]);
        }
        levels
    }
}

/// The cheapest candidate for a leg, by rule 5. `cost` prices a candidate, or returns `None`
/// where it has no usable price.
pub fn cheapest(
    leg: &Leg<'_>,
    (book, scale): (&PriceBook, Scale),
    candidates: &[Candidate],
    cost: impl Fn(&Candidate) -> Option<CandidateCost>,
) -> Option<Pick> {
    if leg.crowd.is_some() {
        return cheapest_packed(leg, (book, scale), candidates, &cost);
    }
    let mut search = Search::new(leg, (book, scale));
    for candidate in candidates {
        if let Some(price) = cost(candidate) {
            search.look_at(candidate, price);
        }
    }
    search.best
}

/// The same for services that share instances: packing them takes longer than a bound on what it
/// must cost, so candidates are looked at in the order of their bounds until none can win.
fn cheapest_packed(
    leg: &Leg<'_>,
    (book, scale): (&PriceBook, Scale),
    candidates: &[Candidate],
    cost: &dyn Fn(&Candidate) -> Option<CandidateCost>,
) -> Option<Pick> {
    let priced = candidates.iter().filter_map(|candidate| {
        let price = cost(candidate)?;
        Some((leg.least_cost(candidate, price), candidate, price))
    });
    let bounded: Vec<(u128, &Candidate, CandidateCost)> = priced.collect();
    let mut search = Search::new(leg, (book, scale));
    for (least, candidate, price) in order::by_key(&bounded, |(least, _, _)| *least) {
        if search.best.as_ref().is_some_and(|best| *least > best.cost) {
            break;
        }
        search.look_at(candidate, *price);
    }
    search.best
}

/// The cheapest of types that are given with the price of their hour, the cheapest hour first, as
/// far as one costs no more than `most`.
///
/// One that holds no more tasks than one before it needs no fewer instances in any hour, and what
/// is saved by booting fewer of them is less than what they cost while they run: it is passed
/// over, unless launches or credits have a price of their own. So is one whose instances, were
/// each full, would cost more than the best. And once as few instances as there must be on any
/// type cost more than the best, all that follow do.
pub(super) fn cheapest_of(
    leg: &Leg<'_>,
    (book, scale): (&PriceBook, Scale),
    candidates: impl Iterator<Item = (Candidate, HourCost)>,
    most: u128,
) -> Option<Pick> {
    let mut search = Search::new(leg, (book, scale));
    let task_milliminutes = u128::from(leg.task_milliminutes());
    let least_milliminutes = u128::from(leg.least_milliminutes());
    let mut holds = 0;
    for (candidate, hour) in candidates {
        if candidate.fit.tasks <= holds {
            continue;
        }
        if scale.launch == 0 && candidate.credits.is_none() {
            holds = candidate.fit.tasks;
        }
        let best = search
            .best
            .as_ref()
            .map_or(most, |best| best.cost.min(most));
        if least_milliminutes.saturating_mul(hour.0) > best {
            break;
        }
        let full = task_milliminutes.saturating_mul(hour.0);
        if full > best.saturating_mul(candidate.fit.tasks.into()) {
            continue;
        }
        let price = CandidateCost {
            hour,
            reserved_hour: None,
        };
        search.look_at(&candidate, price);
    }
    search.best.filter(|best| best.cost <= most)
}

/// The cheapest types of a leg, one of each family, `families` of them, by rule 5. Each family is
/// given by what an hour of a task costs on it at the least, and its types with the price of their
/// hour, the cheapest hour first.
pub(super) fn cheapest_families_of<I: Iterator<Item = (Candidate, HourCost)>>(
    leg: &Leg<'_>,
    (book, scale): (&PriceBook, Scale),
    given: impl Iterator<Item = (u128, I)>,
    families: usize,
) -> Vec<Pick> {
    let mut picks: Vec<Pick> = Vec::new();
    // The cost of the last one that would be taken.
    let mut most = u128::MAX;
    let task_milliminutes = u128::from(leg.task_milliminutes());
    for (least, family) in given {
        if task_milliminutes.saturating_mul(least) > most {
            continue;
        }
        if let Some(pick) = cheapest_of(leg, (book, scale), family, most) {
            picks.push(pick);
            if picks.len() >= families {
                let mut costs: Vec<u128> = picks.iter().map(|pick| pick.cost).collect();
                while costs.len() > families {
                    let dearest = costs.iter().copied().max().unwrap_or(u128::MAX);
                    let place = costs.iter().position(|&cost| cost == dearest);
                    costs.swap_remove(place.unwrap_or(0));
                }
                most = costs.iter().copied().max().unwrap_or(u128::MAX);
                picks.retain(|pick| pick.cost <= most);
            }
        }
    }
    first_families(&picks, families, book)
}

/// The cheapest `families` of picks, one of each family, by rule 5.
fn first_families(picks: &[Pick], families: usize, book: &PriceBook) -> Vec<Pick> {
    order::by_key(picks, |pick| pick.rank(&book.types))
        .into_iter()
        .take(families)
        .cloned()
        .collect()
}

/// The best candidate so far.
struct Search<'a> {
    leg: &'a Leg<'a>,
    book: &'a PriceBook,
    scale: Scale,
    counts: Vec<u64>,
    best: Option<Pick>,
}

impl<'a> Search<'a> {
    fn new(leg: &'a Leg<'a>, (book, scale): (&'a PriceBook, Scale)) -> Self {
        Self {
            leg,
            book,
            scale,
            counts: Vec::with_capacity(leg.levels.len()),
            best: None,
        }
    }

    fn look_at(&mut self, candidate: &Candidate, price: CandidateCost) {
        self.counts.clear();
        self.counts.extend(self.leg.running(candidate));
        let (cost, reserved) = cheapest_reservation(self.leg, &self.counts, price, self.scale);
        let cost = candidate.credits.map_or(cost, |credits| {
            let surplus = self.leg.surplus(credits, &self.counts);
            cost.saturating_add(self.scale.credits(credits, surplus))
        });
        let pick = || Pick {
            candidate: *candidate,
            counts: self.counts.clone(),
            reserved,
            cost,
        };
        let better = match &self.best {
            Some(best) if cost == best.cost => {
                pick().rank(&self.book.types) < best.rank(&self.book.types)
            }
            Some(best) => cost < best.cost,
            None => true,
        };
        if better {
            self.best = Some(pick());
        }
    }
}

impl Leg<'_> {
    /// What a candidate costs at the least: the hours of the instances without which the tasks
    /// cannot stand, at the lower of its prices, without boot and scale-in.
    fn least_cost(&self, candidate: &Candidate, price: CandidateCost) -> u128 {
        let Pattern::Hourly(week) = self.pattern else {
            return 0;
        };
        let levels = week.levels.iter().zip(self.least_running(candidate));
        let hours: u128 = levels
            .map(|(level, count)| u128::from(level.hours) * u128::from(count))
            .sum();
        let hour = price
            .reserved_hour
            .map_or(price.hour.0, |reserved| price.hour.0.min(reserved.0));
        (hours * u128::from(MILLIMINUTES_PER_HOUR)).saturating_mul(hour)
    }
}

/// The least cost over reserving nothing and every level of instances; the fewer on a tie.
fn cheapest_reservation(
    leg: &Leg<'_>,
    counts: &[u64],
    price: CandidateCost,
    scale: Scale,
) -> (u128, u64) {
    // No price of a book comes near the largest number; own figures may, and then all tie.
    let beyond = |reserved: u64| {
        let reserved = reserved + leg.already;
        u128::from(leg.milliminutes(counts, reserved))
            .saturating_mul(price.hour.0)
            .saturating_add(scale.launches(leg.launches(counts, reserved)))
    };
    let nothing = (beyond(0), 0);
    let Some(reserved_hour) = price.reserved_hour else {
        return nothing;
    };
    let with = |reserved: u64| {
        let minutes = u128::from(reserved) * u128::from(leg.period_milliminutes());
        let held = minutes.saturating_mul(reserved_hour.0);
        (held.saturating_add(beyond(reserved)), reserved)
    };
    let not_owned = |count: u64| count.saturating_sub(leg.already);
    match leg.sizing {
        Sizing::SteadyFloor => with(not_owned(leg.steady_floor(counts))),
        Sizing::None | Sizing::Cheapest => leg
            .levels_that_stand(counts)
            .into_iter()
            .map(not_owned)
            .map(with)
            .fold(nothing, Ord::min),
    }
}

/// What a candidate costs under a Savings Plan at the least: as if dollars could be committed to
/// any fraction. What it really costs is no less, and at most a step of the commitment more.
pub fn least_under_plan(
    leg: &Leg<'_>,
    counts: &[u64],
    (price, plan, sides): (HourCost, HourCost, HourCost),
    scale: Scale,
) -> u128 {
    let all = u128::from(leg.milliminutes(counts, 0));
    let along = all
        .saturating_mul(sides.0)
        .saturating_add(scale.launches(leg.launches(counts, 0)));
    let Pattern::Hourly(week) = leg.pattern else {
        // A plan sees a job's average in every hour: all of it is covered, or nothing.
        return along.saturating_add(all.saturating_mul(price.0.min(plan.0)));
    };
    let steady = |above: u64| -> u128 {
        let hours = week.levels.iter().zip(counts).map(|(level, &count)| {
            u128::from(level.hours) * u128::from(count.saturating_sub(above))
        });
        hours.sum::<u128>() * u128::from(MILLIMINUTES_PER_HOUR)
    };
    // Boot and scale-in are beside the hours that the commitment is sized for.
    let changing = (all - steady(0)).saturating_mul(price.0);
    let with = |committed: u64| {
        let held = u128::from(committed) * u128::from(leg.period_milliminutes());
        held.saturating_mul(plan.0)
            .saturating_add(steady(committed).saturating_mul(price.0))
    };
    let least = counts
        .iter()
        .map(|&count| with(count))
        .fold(with(0), Ord::min);
    along.saturating_add(changing).saturating_add(least)
}

/// The cheapest type of each family for a leg, the cheapest `families` of them, by rule 5.
pub fn cheapest_families(
    leg: &Leg<'_>,
    (book, scale): (&PriceBook, Scale),
    candidates: &[Candidate],
    families: usize,
    cost: impl Fn(&Candidate) -> Option<CandidateCost>,
) -> Vec<Pick> {
    // Types are sorted by name, so those that share "family." stand together.
    let family = |candidate: &Candidate| book.types.get(candidate.index).map(InstanceType::family);
    let picks: Vec<Pick> = candidates
        .chunk_by(|a, b| family(a) == family(b))
        .filter_map(|family| cheapest(leg, (book, scale), family, &cost))
        .collect();
    first_families(&picks, families, book)
}

/// The leg that carries all tasks.
pub fn whole_leg<'a>(pattern: &'a Pattern, crowd: &'a Crowd<'a>) -> Leg<'a> {
    let levels = match pattern {
        Pattern::Hourly(week) => crowd
            .levels(week)
            .map(|tasks| {
                let all = total(&tasks);
                crowd.level(tasks, crowd.floor(all))
            })
            .collect(),
        Pattern::Jobs(jobs) => job_levels(jobs.tasks.into(), jobs.overlapping_runs()),
    };
    leg(pattern, crowd, levels)
}

/// The on-demand leg of a Spot mix.
pub fn on_demand_leg<'a>(pattern: &'a Pattern, crowd: &'a Crowd<'a>) -> Leg<'a> {
    let levels = match pattern {
        Pattern::Hourly(week) => crowd
            .levels(week)
            .map(|tasks| {
                let splits = crowd.splits(&tasks);
                let spot: u64 = splits.iter().map(|split| u64::from(split.spot)).sum();
                // Where the Spot leg has tasks, what is missing to the floor is its to carry.
                let floor = if spot == 0 {
                    crowd.floor(total(&tasks))
                } else {
                    0
                };
                let on_demand = splits.iter().map(|split| split.on_demand.into());
                crowd.level(on_demand.collect(), floor)
            })
            .collect(),
        Pattern::Jobs(jobs) => job_levels(
            crowd.split_job(jobs.tasks).on_demand.into(),
            jobs.overlapping_runs(),
        ),
    };
    leg(pattern, crowd, levels)
}

/// The Spot leg of a Spot mix, beside an on-demand leg whose type is picked already.
pub fn spot_leg<'a>(
    pattern: &'a Pattern,
    crowd: &'a Crowd<'a>,
    on_demand: Option<(&Leg<'_>, &Pick)>,
) -> Leg<'a> {
    let levels = match pattern {
        Pattern::Hourly(week) => {
            let mut beside = on_demand.map(|(leg, pick)| leg.needed(&pick.candidate));
            crowd
                .levels(week)
                .map(|tasks| {
                    let beside = beside.as_mut().and_then(Iterator::next).unwrap_or(0);
                    let splits = crowd.splits(&tasks);
                    let spot: Vec<u64> = splits.iter().map(|split| split.spot.into()).collect();
                    let floor = if total(&spot) == 0 {
                        0
                    } else {
                        crowd.floor(total(&tasks)).saturating_sub(beside)
                    };
                    crowd.level(spot, floor)
                })
                .collect()
        }
        Pattern::Jobs(jobs) => job_levels(
            crowd.split_job(jobs.tasks).spot.into(),
            jobs.overlapping_runs(),
        ),
    };
    leg(pattern, crowd, levels)
}

fn leg<'a>(pattern: &'a Pattern, crowd: &'a Crowd<'a>, levels: Vec<LegLevel>) -> Leg<'a> {
    let zones = match pattern {
        Pattern::Hourly(_) => crowd.zones(),
        Pattern::Jobs(_) => 1,
    };
    Leg {
        pattern,
        levels,
        zones,
        target_percent: crowd.target_percent(),
        packing: crowd.packing(),
        already: 0,
        sizing: crowd.sizing(),
        repacking: Repacking::Hourly,
        crowd: crowd.is_shared().then_some(crowd),
    }
}

fn total(tasks: &[u64]) -> u64 {
    tasks.iter().sum()
}

fn job_levels(tasks: u64, overlapping: u64) -> Vec<LegLevel> {
    [tasks, tasks * overlapping]
        .into_iter()
        .map(|tasks| LegLevel {
            tasks,
            floor: 0,
            kinds: Vec::new(),
            volume: Volume::default(),
        })
        .collect()
}

#[cfg(test)]
mod tests;
