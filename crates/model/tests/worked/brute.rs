//! Fleets again, by brute force: every type of the book, every hour of the week, every count of
//! reserved instances, in whole numbers. Written from the rules and not from the model; only the
//! book's figures are shared.
//!
//! Money here is in 10^-14 dollars x 10,080 (the minutes of a week), so that nothing is divided.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use berth_model::money::Usd;
use berth_model::platform::{Arch, Os};
use berth_model::prices::{Adjacent, InstanceType, PriceBook, Quote};
use berth_model::purchase::{Commitment, CommitmentKind, PriceKind};
use berth_model::report::{Capacity, SetAside};
use berth_model::scenario::{Load, MinInstances, MinZones, ReservedMemoryMib, Scenario};
use rust_decimal::Decimal;

use crate::build::{BOOK, Build, priced};

const WEEK: usize = 168;
const HOURS_PER_MONTH: u128 = 730;

/// A fleet to find, in plain numbers.
#[derive(Clone, Copy, Debug)]
struct Ask {
    managed: bool,
    arch: Arch,
    os: Os,
    millivcpu: u64,
    mib: u64,
    tasks: u64,
    idle: u64,
    hours: usize,
    days: usize,
    zones: u64,
    floor: u64,
    target: u64,
    reserve_mib: u64,
    /// Base, and the weights of on-demand and Spot.
    strategy: (u64, u64, u64),
}

/// Tasks of a leg in an hour, and the instances below which it must not fall.
type Hour = (u64, u64);

/// The cheapest fleet: cost, most instances at a time, and what breaks ties.
type Found = (u128, u64, Reverse<u64>, String);

/// A type on offer; money for a minute of it.
struct Offer<'b> {
    instance: &'b InstanceType,
    on_one: u64,
    paid: u128,
    list: Option<u128>,
}

impl Offer<'_> {
    /// The fleet of so many instances at the peak, where `minutes` of a week are billed beyond
    /// so many reserved; `None` where what is not reserved has no price.
    fn found(&self, kind: PriceKind, peak: u64, minutes: impl Fn(u64) -> u128) -> Option<Found> {
        let cost = if let PriceKind::Committed(_) = kind {
            let list = self.list?;
            (0..=peak)
                .map(|held| u128::from(held) * 10_080 * self.paid + minutes(held) * list)
                .min()?
        } else {
            minutes(0) * self.paid
        };
        let newest = Reverse(generation(self.instance));
        Some((cost, peak, newest, self.instance.name.to_string()))
    }
}

/// Runs a day, tasks of each, and whole minutes that they take.
#[derive(Clone, Copy, Debug)]
struct Jobs {
    runs: u64,
    tasks: u64,
    minutes: u64,
}

impl Ask {
    /// Tasks in each hour of the week (rule 15).
    fn week(&self) -> Vec<u64> {
        (0..WEEK)
            .map(|hour| {
                let busy = hour / 24 < self.days && hour % 24 < self.hours;
                if busy { self.tasks } else { self.idle }
            })
            .collect()
    }

    /// Rule 8.
    fn may_stand_on(&self, instance: &InstanceType) -> bool {
        let family = family(instance);
        instance.arch == self.arch
            && !instance.burstable
            && !instance.bare_metal
            && instance.gpus.is_none()
            && instance.accelerator.is_none()
            && family != "p3"
            && (!self.managed || instance.managed_instances)
    }

    /// Rules 9 and 10.
    fn tasks_on_one(&self, instance: &InstanceType) -> u64 {
        let by_vcpu = u64::from(instance.vcpu) * 1_000 / self.millivcpu;
        let registered = if &*instance.name == "m4.large" {
            7_985
        } else {
            u64::from(instance.memory_mib) * 97 / 100
        };
        let reserve = if self.managed { 0 } else { self.reserve_mib };
        let by_memory = registered.saturating_sub(reserve) / self.mib;
        let interfaces = match (self.os, instance.eni.with_trunking) {
            (Os::Linux, Some(tasks)) => tasks,
            _ => instance.eni.without_trunking,
        };
        by_vcpu.min(by_memory).min(interfaces.into())
    }

    /// Instances needed for the tasks of a leg, never fewer than its floor (rule 12).
    fn needed(&self, (tasks, floor): Hour, on_one: u64) -> u64 {
        let zones = self.zones.min(tasks);
        let mut sum = 0;
        for zone in 0..zones {
            let mut in_zone = (0..tasks).filter(|task| task % zones == zone).count() as u64;
            while in_zone > 0 {
                sum += 1;
                in_zone = in_zone.saturating_sub(on_one);
            }
        }
        sum.max(floor)
    }

    /// Instances that managed scaling runs where so many are needed.
    fn running(&self, needed: u64) -> u64 {
        let target = if self.managed { 100 } else { self.target };
        let mut running = 0;
        while running * target < needed * 100 {
            running += 1;
        }
        running
    }

    /// The hours of a leg that carries every task.
    fn whole(&self) -> Vec<Hour> {
        let week = self.week().into_iter();
        week.map(|tasks| (tasks, self.floor.min(tasks))).collect()
    }

    /// Tasks on demand and on Spot: the base first, of the rest the larger remainder, a tie to
    /// on-demand (rule 18).
    fn split(&self, tasks: u64) -> (u64, u64) {
        let (base, on_demand, spot) = self.strategy;
        let rest = tasks.saturating_sub(base);
        let all = on_demand + spot;
        let (mut first, mut second) = (rest * on_demand / all, rest * spot / all);
        if first + second < rest {
            if (rest * on_demand) % all >= (rest * spot) % all {
                first += 1;
            } else {
                second += 1;
            }
        }
        (tasks.min(base) + first, second)
    }

    /// The hours of the on-demand leg: the floor is its own only while nothing is on Spot.
    fn on_demand_leg(&self) -> Vec<Hour> {
        let of = |tasks: u64| {
            let (on_demand, spot) = self.split(tasks);
            let floor = if spot == 0 { self.floor.min(tasks) } else { 0 };
            (on_demand, floor)
        };
        self.week().into_iter().map(of).collect()
    }

    /// The hours of the Spot leg: it fills what the on-demand leg leaves of the floor.
    fn spot_leg(&self, beside: impl Fn(usize) -> u64) -> Vec<Hour> {
        let of = |(hour, tasks): (usize, u64)| {
            let (_, spot) = self.split(tasks);
            let missing = self.floor.min(tasks).saturating_sub(beside(hour));
            (spot, if spot == 0 { 0 } else { missing })
        };
        self.week().into_iter().enumerate().map(of).collect()
    }

    /// Instance-minutes of a week beyond `reserved`, booting and scale-in included (rule 16).
    fn minutes(running: &[u64], reserved: u64) -> u128 {
        let beyond: Vec<u64> = running.iter().map(|n| n.saturating_sub(reserved)).collect();
        let next = beyond.iter().cycle().skip(1);
        let minutes = beyond.iter().zip(next).map(|(now, next)| {
            let added = next.saturating_sub(*now);
            let removed = now.saturating_sub(*next);
            60 * now + 5 * added + 15 * removed
        });
        minutes.sum::<u64>().into()
    }

    /// Every type that may be chosen, holds a task and has a price that may decide: how many
    /// tasks, and what a minute costs as paid and as listed, volume and fee included.
    fn offers<'b>(&self, book: &'b PriceBook, kind: PriceKind) -> Vec<Offer<'b>> {
        let volume = if self.managed { 80 } else { 30 };
        let gb_month = book.adjacent(Adjacent::EbsGp3Storage);
        let gb_month = gb_month.map_or(0, |quote| quote.rate.ten_billionths());
        let volume_week = volume * u128::from(gb_month) * 10_000;
        let mut offers = Vec::new();
        for (index, instance) in book.types.iter().enumerate() {
            let on_one = self.tasks_on_one(instance);
            if !self.may_stand_on(instance)
                || on_one == 0
                || !may_decide(book, self.os, kind, index)
            {
                continue;
            }
            let list = |os| at(book, os, PriceKind::OnDemand, index);
            let fee = match (self.managed, list(Os::Linux)) {
                (false, _) => 0,
                (true, None) => continue,
                (true, Some(list)) => {
                    fee_of_ten_thousand(family(instance)) * u128::from(list.rate.ten_billionths())
                }
            };
            let minute = |quote: Quote| {
                let price = u128::from(quote.rate.ten_billionths()) * 10_000;
                (price + fee) * HOURS_PER_MONTH + volume_week
            };
            if let Some(paid) = at(book, self.os, kind, index) {
                offers.push(Offer {
                    instance,
                    on_one,
                    paid: minute(paid),
                    list: list(self.os).map(minute),
                });
            }
        }
        offers
    }

    /// The fleets of every offer, cheapest first, each with its least cost over every count of
    /// reserved instances.
    fn fleets(&self, book: &PriceBook, kind: PriceKind, leg: &[Hour]) -> Vec<Found> {
        let mut found = Vec::new();
        for offer in self.offers(book, kind) {
            let mut counts = BTreeMap::new();
            for &hour in leg {
                counts
                    .entry(hour)
                    .or_insert_with(|| self.running(self.needed(hour, offer.on_one)));
            }
            let running: Vec<u64> = leg
                .iter()
                .filter_map(|hour| counts.get(hour).copied())
                .collect();
            let peak = running.iter().copied().max().unwrap_or(0);
            found.extend(offer.found(kind, peak, |reserved| Self::minutes(&running, reserved)));
        }
        found.sort();
        found
    }

    /// The fleets of every offer for `tasks` that run for `minutes`, `runs` times a day: each
    /// burst pays 20 minutes more, or the fleet is kept warm for the runs that overlap (rule 17).
    fn job_fleets(&self, book: &PriceBook, kind: PriceKind, jobs: Jobs) -> Vec<Found> {
        let overlapping = (jobs.runs * jobs.minutes).div_ceil(1_440);
        let mut found = Vec::new();
        for offer in self.offers(book, kind) {
            let fleet = |tasks: u64| self.running(tasks.div_ceil(offer.on_one));
            let (one, all) = (fleet(jobs.tasks), fleet(jobs.tasks * overlapping));
            found.extend(offer.found(kind, one.max(all), |reserved| {
                // Runs start evenly, so a day repeats its first 1,440 / runs minutes: taken in steps
                // of one runs-th of a minute, the runs that stand at each step are counted.
                let stands = (jobs.minutes + 20) * jobs.runs;
                let at = |step: u64| stands.saturating_sub(step).div_ceil(1_440) * one;
                let bursts: u64 = (0..1_440)
                    .map(|step| at(step).saturating_sub(reserved))
                    .sum();
                let warm = 1_440 * all.saturating_sub(reserved);
                u128::from(7 * bursts.min(warm))
            }));
        }
        found.sort();
        found
    }

    /// The three cheapest distinct families (rule 19).
    fn spot_families(&self, book: &PriceBook, leg: &[Hour]) -> Vec<Found> {
        let mut families: Vec<Found> = Vec::new();
        for fleet in self.fleets(book, PriceKind::Spot, leg) {
            let of = |name: &str| name.split('.').next().map(str::to_owned);
            if families.iter().all(|known| of(&known.3) != of(&fleet.3)) {
                families.push(fleet);
            }
        }
        families.truncate(3);
        families
    }

    fn build(&self) -> Build {
        let vcpu = (Decimal::from(self.millivcpu) / Decimal::from(1_000)).to_string();
        let gib = (Decimal::from(self.mib) / Decimal::from(1_024)).to_string();
        let small = |number: u64| u8::try_from(number).ok();
        let count = |number: u64| u32::try_from(number).unwrap_or(0);
        let hours = u8::try_from(self.hours).unwrap_or(0);
        let days = u8::try_from(self.days).unwrap_or(0);
        let (tasks, idle) = (count(self.tasks), count(self.idle));
        let build = Build::schedule(&vcpu, &gib, tasks, idle, hours, days);
        let (base, on_demand, spot) = self.strategy;
        let weight = |number: u64| u16::try_from(number).unwrap_or(0);
        let build = build.spot(count(base), weight(on_demand), weight(spot));
        let build = match self.os {
            Os::Linux => build,
            Os::Windows => build.windows(),
        };
        build.with(|scenario: &mut Scenario| {
            let fleet = &mut scenario.fleet;
            fleet.min_zones = MinZones::new(small(self.zones)?)?;
            fleet.min_instances = MinInstances::new(small(self.floor)?)?;
            fleet.target_capacity =
                berth_model::scenario::TargetCapacity::new(small(self.target)?)?;
            fleet.reserved_memory = ReservedMemoryMib::new(count(self.reserve_mib))?;
            Some(())
        })
    }

    fn option(&self, purchase: &str) -> String {
        let place = if self.managed {
            "managed_instances"
        } else {
            "ec2"
        };
        format!("{place}-{}-{purchase}", self.arch.id())
    }

    /// Compares the model's total and types with the legs found here; of the fleets of a leg
    /// the mean is paid. `None` where a leg has no fleet.
    fn compare(&self, load: Option<Load>, purchase: &str, wanted: Option<&[Vec<Found>]>) {
        let option = self.option(purchase);
        let build = self.build().with(|scenario| {
            let service = scenario.services.get_mut(0)?;
            service.load = load.unwrap_or_else(|| service.load.clone());
            Some(())
        });
        let got = priced(&build, &option);
        // An option all of whose figures are doubtful is shown and not searched for here.
        let got = got.filter(|priced| priced.set_aside != Some(SetAside::DoubtfulPrices));
        let (got, wanted) = match (got, wanted) {
            (Some(got), Some(wanted)) => (got, wanted),
            (got, wanted) => {
                let both = got.is_none() && wanted.is_none();
                return assert!(both, "{self:?} {option}: {wanted:?}");
            }
        };
        let mean = |leg: &Vec<Found>| {
            let sum: u128 = leg.iter().map(|fleet| fleet.0).sum();
            Decimal::from(sum) / Decimal::from(leg.len())
        };
        let total = wanted.iter().map(mean).sum::<Decimal>()
            / Decimal::from(100_000_000_000_000_u64)
            / Decimal::from(10_080);
        assert_eq!(
            got.total.to_six_decimals(),
            Usd::new(total).to_six_decimals(),
            "{self:?} {option}: {wanted:?}"
        );
        let Capacity::Fleet(fleet) = &got.capacity else {
            return assert!(wanted.is_empty(), "{option} is no fleet");
        };
        let types = fleet.legs.iter().flat_map(|leg| &leg.types);
        let picked: Vec<(String, u64)> = types
            .filter_map(|one| {
                let instance = BOOK.as_ref()?.types.get(one.index)?;
                Some((instance.name.to_string(), one.instances))
            })
            .collect();
        let wanted: Vec<(String, u64)> = wanted
            .iter()
            .flatten()
            .map(|fleet| (fleet.3.clone(), fleet.1))
            .collect();
        assert_eq!(picked, wanted, "{self:?} {option}");
    }
}

fn at(book: &PriceBook, os: Os, kind: PriceKind, index: usize) -> Option<Quote> {
    book.ec2(os, kind).get(index).copied().flatten()
}

fn family(instance: &InstanceType) -> &str {
    instance.name.split('.').next().unwrap_or("")
}

/// The first number in the family's name (rule 5).
fn generation(instance: &InstanceType) -> u64 {
    let digits = family(instance)
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit);
    digits.collect::<String>().parse().unwrap_or(0)
}

/// Rule 21, in ten-thousandths.
fn fee_of_ten_thousand(family: &str) -> u128 {
    let letters: String = family.chars().take_while(|c| !c.is_ascii_digit()).collect();
    match &*letters {
        "g" | "gr" => 780,
        "p" | "trn" => 480,
        _ => 1_200,
    }
}

/// Rules 27 and 28.
fn may_decide(book: &PriceBook, os: Os, kind: PriceKind, index: usize) -> bool {
    let date = |quote: Quote| book.source(quote.source).map(|source| source.date);
    match kind {
        PriceKind::OnDemand => true,
        PriceKind::Spot => {
            let all = Os::ALL.iter().flat_map(|&os| book.ec2(os, kind));
            let newest = all.flatten().filter_map(|quote| date(*quote)).max();
            let own = at(book, os, kind, index).and_then(date);
            matches!((newest, own), (Some(newest), Some(own)) if newest.days_since(own) <= 90)
        }
        PriceKind::Committed(_) => {
            let ratio = |index| -> Option<Decimal> {
                let reserved = at(book, os, kind, index)?.rate.ten_billionths();
                let list = at(book, os, PriceKind::OnDemand, index)?
                    .rate
                    .ten_billionths();
                Decimal::from(reserved).checked_div(Decimal::from(list))
            };
            let own = book.types.get(index).map(family);
            let same =
                (0..book.types.len()).filter(|&other| book.types.get(other).map(family) == own);
            let mut ratios: Vec<Decimal> = same.filter_map(ratio).collect();
            ratios.sort();
            let middle = |place: usize| ratios.get(place).copied();
            let median = if ratios.len() % 2 == 1 {
                middle(ratios.len() / 2)
            } else {
                middle(ratios.len() / 2)
                    .zip(ratios.len().checked_sub(2).and_then(|n| middle(n / 2)))
                    .map(|(a, b)| (a + b) / Decimal::TWO)
            };
            matches!((median, ratio(index)), (Some(median), Some(ratio))
                if (ratio - median).abs() <= Decimal::new(2, 2))
        }
    }
}

/// Task sizes in thousandths of a vCPU and MiB.
const SIZES: [(u64, u64); 11] = [
    (250, 512),
    (500, 1_024),
    (1_000, 2_048),
    (1_000, 4_096),
    (2_000, 4_096),
    (300, 3_584),
    (100, 128),
    (4_000, 30_720),
    (7_000, 28_672),
    (48_000, 98_304),
    (125, 16_384),
];

const STRATEGIES: [(u64, u64, u64); 6] = [
    (0, 0, 1),
    (0, 1, 1),
    (2, 1, 3),
    (1, 0, 1),
    (0, 30, 70),
    (5, 2, 1),
];

/// Scenarios that together take every value of every input at least once, in many mixtures.
fn asks() -> Vec<Ask> {
    let mut asks = Vec::new();
    let cycle = |from: &[u64], at: usize| from.get(at % from.len()).copied().unwrap_or(1);
    for (at, &(millivcpu, mib)) in SIZES.iter().cycle().take(5 * SIZES.len()).enumerate() {
        for managed in [false, true] {
            let windows = !managed && at % 4 == 3;
            let hours = cycle(&[24, 12, 8, 24, 1], at);
            let days = cycle(&[7, 5, 7, 3], at);
            asks.push(Ask {
                managed,
                arch: if windows || at % 2 == 0 {
                    Arch::X86
                } else {
                    Arch::Arm
                },
                os: if windows { Os::Windows } else { Os::Linux },
                millivcpu,
                mib,
                tasks: cycle(&[1, 12, 3, 40, 2, 97, 5], at),
                idle: cycle(&[0, 1, 7], at),
                hours: usize::try_from(hours).unwrap_or(24),
                days: usize::try_from(days).unwrap_or(7),
                zones: cycle(&[2, 1, 3, 2, 6], at / 2),
                floor: cycle(&[2, 0, 3, 10], at / 3),
                target: cycle(&[100, 80, 33], at / 2),
                reserve_mib: cycle(&[256, 0, 1_024], at),
                strategy: STRATEGIES
                    .get(at % STRATEGIES.len())
                    .copied()
                    .unwrap_or((0, 0, 1)),
            });
        }
    }
    asks
}

/// Every ask with the book.
fn each(check: impl Fn(&Ask, &PriceBook)) {
    assert!(BOOK.is_some());
    for ask in asks() {
        if let Some(book) = BOOK.as_ref() {
            check(&ask, book);
        }
    }
}

/// The cheapest fleet of a leg that carries every task.
fn single(ask: &Ask, book: &PriceBook, kind: PriceKind) -> Option<Vec<Vec<Found>>> {
    let best = ask.fleets(book, kind, &ask.whole()).into_iter().next()?;
    Some(vec![vec![best]])
}

/// On-demand first, then Spot beside it; a leg without a task is none.
fn mixed(ask: &Ask, book: &PriceBook) -> Option<Vec<Vec<Found>>> {
    let mut legs = Vec::new();
    let on_demand = ask.on_demand_leg();
    let mut on_one = None;
    if on_demand.iter().any(|hour| *hour != (0, 0)) {
        let fleets = ask.fleets(book, PriceKind::OnDemand, &on_demand);
        let best = fleets.into_iter().next()?;
        let picked = book.types.iter().find(|one| *one.name == *best.3)?;
        on_one = Some(ask.tasks_on_one(picked));
        legs.push(vec![best]);
    }
    let spot = ask.spot_leg(|hour| match (on_one, on_demand.get(hour)) {
        (Some(on_one), Some(hour)) => ask.needed(*hour, on_one),
        _ => 0,
    });
    if spot.iter().any(|hour| *hour != (0, 0)) {
        let families = ask.spot_families(book, &spot);
        if families.is_empty() {
            return None;
        }
        legs.push(families);
    }
    Some(legs)
}

#[test]
fn on_demand_fleets_are_the_cheapest_of_every_type() {
    each(|ask, book| {
        let wanted = single(ask, book, PriceKind::OnDemand);
        ask.compare(None, "on_demand", wanted.as_deref());
    });
}

#[test]
fn reservations_are_the_cheapest_of_every_type_and_count() {
    let ri = Commitment::one_year_no_upfront(CommitmentKind::ReservedInstance);
    each(|ask, book| {
        let wanted = single(ask, book, PriceKind::Committed(ri));
        ask.compare(None, "ri_1y_no_upfront", wanted.as_deref());
    });
}

#[test]
fn spot_mixes_are_an_on_demand_fleet_and_the_mean_of_three_families() {
    each(|ask, book| {
        // Windows has no Spot prices in the book.
        ask.compare(None, "spot_mix", mixed(ask, book).as_deref());
    });
}

#[test]
fn job_fleets_pay_bursts_or_are_kept_warm() {
    let ri = Commitment::one_year_no_upfront(CommitmentKind::ReservedInstance);
    let kinds = [
        ("on_demand", PriceKind::OnDemand),
        ("ri_1y_no_upfront", PriceKind::Committed(ri)),
    ];
    let loads = [(24, 12), (1, 300), (100, 30), (144, 10), (500, 7)];
    each(|ask, book| {
        let (runs, minutes) = loads
            .get(usize::try_from(ask.tasks).unwrap_or(0) % loads.len())
            .copied()
            .unwrap_or((1, 1));
        let jobs = Jobs {
            runs,
            tasks: ask.tasks,
            minutes,
        };
        let count = |number: u64| u32::try_from(number).unwrap_or(0);
        let (runs, tasks) = (count(runs), count(ask.tasks));
        let load = Build::jobs("1", "1", runs, tasks, count(minutes * 1_000), 30);
        let load = load
            .0
            .map(|scenario| scenario.services.nearest(0).load.clone());
        assert!(load.is_some());
        for (purchase, kind) in kinds {
            let best = ask.job_fleets(book, kind, jobs).into_iter().next();
            let legs = best.map(|best| vec![vec![best]]);
            ask.compare(load.clone(), purchase, legs.as_deref());
        }
    });
}
