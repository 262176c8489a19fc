//! What Fargate costs a service.

use rust_decimal::Decimal;

use super::{
    INCLUDED_EPHEMERAL_GIB, MAX_EPHEMERAL_GIB, Price, Rates, Size, add_ephemeral, add_lines, sizes,
};
use crate::beside::{self, Moved, Standing};
use crate::bill::{Bill, Item, Unit};
use crate::commitment;
use crate::commitment::eligible::{Eligible, EligibleKind, EligibleLevel};
use crate::commitment::owned::Settled;
use crate::commitment::stack::Applied;
use crate::eligibility::Obstacle;
use crate::exact;
use crate::load::Pattern;
use crate::money::Usd;
use crate::option::{Place, Purchase};
use crate::platform::Arch;
use crate::prices::{Adjacent, FargateDimension, PriceBook, trust};
use crate::purchase::{Commitment, PriceKind};
use crate::report::{Capacity, Missing, Outcome, Priced, SetAside, Upfront};
use crate::scenario::{Scenario, Service};
use crate::strategy::Split;
use crate::units::{Gib, Vcpu};

/// What stands on Fargate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FargateUse {
    /// The legal size that is billed.
    pub size: Size,
    /// What the task asks for, sidecars included.
    pub asked: (Vcpu, Gib),
    /// Task-hours a month, on-demand and Spot together.
    pub task_hours: Decimal,
    /// What of the total pays for the rounding up to a legal size.
    pub rounding: Usd,
    /// How the tasks at the peak (or of one run) are split, under a Spot strategy.
    pub split: Option<Split>,
}

/// A service on Fargate of one architecture: its size is found once, and priced for every
/// purchase.
pub struct Tasks<'a>(Result<Case<'a>, Outcome>);

impl<'a> Tasks<'a> {
    /// The same within a cluster whose bill has gateways, endpoints and load balancer already.
    #[must_use]
    pub fn in_a_cluster(mut self) -> Self {
        if let Ok(case) = &mut self.0 {
            case.in_a_cluster = true;
        }
        self
    }

    /// Finds the size that a service's tasks are billed as.
    pub fn new(
        scenario: &'a Scenario,
        service: &'a Service,
        book: &'a PriceBook,
        pattern: &'a Pattern,
        arch: Arch,
    ) -> Self {
        Self(Case::new(scenario, service, book, pattern, arch))
    }

    /// Prices a purchase that no requirement rules out.
    pub fn price(&self, purchase: Purchase) -> Outcome {
        match (&self.0, purchase) {
            (Err(outcome), _) => outcome.clone(),
            (Ok(case), Purchase::OnDemand) => case.on_demand(),
            (Ok(case), Purchase::SpotMix) => case.spot_mix(),
            (Ok(case), Purchase::Committed(commitment)) => case.committed(commitment, None),
        }
    }

    /// What they cost under a plan of so many dollars an hour, made for another load (`falling`).
    pub(crate) fn kept(&self, commitment: Commitment, hourly: Usd) -> Outcome {
        match &self.0 {
            Err(outcome) => outcome.clone(),
            Ok(case) => case.committed(commitment, Some(hourly)),
        }
    }
}

struct Case<'a> {
    scenario: &'a Scenario,
    service: &'a Service,
    book: &'a PriceBook,
    pattern: &'a Pattern,
    arch: Arch,
    size: Size,
    asked: (Vcpu, Gib),
    on_demand: Rates,
    volume: Option<Price>,
    in_a_cluster: bool,
}

impl<'a> Case<'a> {
    fn new(
        scenario: &'a Scenario,
        service: &'a Service,
        book: &'a PriceBook,
        pattern: &'a Pattern,
        arch: Arch,
    ) -> Result<Self, Outcome> {
        let (vcpu, memory) = scenario.fleet.sidecars();
        let asked = (
            service.task.vcpu.plus(vcpu),
            service.task.memory.plus(memory),
        );
        let tightest = || sizes::tightest(service.os, asked.0, asked.1);
        if tightest().next().is_none() {
            return Err(Outcome::NotEligible(vec![Obstacle::NoFargateSize]));
        }
        let scratch = service.task.ephemeral.get();
        let as_ephemeral = scratch > INCLUDED_EPHEMERAL_GIB && scratch <= MAX_EPHEMERAL_GIB;
        let on_demand = Rates::of(book, service.os, arch, PriceKind::OnDemand, as_ephemeral)
            .map_err(|dimension| no_price(PriceKind::OnDemand, dimension))?;
        let size = on_demand
            .cheapest(tightest())
            .ok_or_else(|| Outcome::NotEligible(vec![Obstacle::NoFargateSize]))?;
        let volume = if scratch > MAX_EPHEMERAL_GIB && scenario.ebs {
            let quote = book.adjacent(Adjacent::EbsGp3Storage).ok_or_else(|| {
                Outcome::NoPrice(vec![Missing::Adjacent(Adjacent::EbsGp3Storage)])
            })?;
            Some(Price {
                usd: quote.rate.usd(),
                source: Some(quote.source),
            })
        } else {
            None
        };
        Ok(Self {
            scenario,
            service,
            book,
            pattern,
            arch,
            size,
            asked,
            on_demand,
            volume,
            in_a_cluster: false,
        })
    }

    fn rates(&self, kind: PriceKind) -> Result<Rates, Outcome> {
        let ephemeral = self.on_demand.ephemeral.is_some();
        Rates::of(self.book, self.service.os, self.arch, kind, ephemeral)
            .map_err(|dimension| no_price(kind, dimension))
    }

    /// Task-hours a month of the tasks that `share` leaves of each level's (or run's) tasks.
    fn task_hours(&self, share: impl Fn(u32) -> u32) -> Decimal {
        let periods = self
            .pattern
            .periods_per_month(self.scenario.hours_per_month);
        match self.pattern {
            Pattern::Hourly(week) => Decimal::from(week.task_hours(share)) * periods,
            Pattern::Jobs(jobs) => {
                let tasks = u64::from(jobs.runs) * u64::from(share(jobs.tasks));
                let seconds = jobs.fargate_seconds(self.service.os);
                Decimal::from(tasks) * Decimal::from(seconds) / Decimal::from(3_600) * periods
            }
        }
    }

    fn split(&self, tasks: u32) -> Split {
        match (self.service.spot, self.pattern) {
            (None, _) => Split {
                on_demand: tasks,
                ..Split::default()
            },
            (Some(strategy), Pattern::Hourly(_)) => strategy.split(tasks),
            (Some(strategy), Pattern::Jobs(_)) => strategy.split_job(tasks),
        }
    }

    fn on_demand(&self) -> Outcome {
        let task_hours = self.task_hours(|tasks| tasks);
        let mut bill = Bill::default();
        self.add(&mut bill, &self.on_demand, task_hours);
        let owned = self.spend_owned(&mut bill, |tasks| tasks);
        self.add_volume(&mut bill, task_hours);
        owned.on(self.priced(bill, task_hours, (Usd::ZERO, Usd::ZERO), None))
    }

    /// What owned commitments make of usage; nothing where none are owned, and within a cluster,
    /// which spends them itself.
    fn settle(&self, eligible: &Eligible) -> Option<Settled> {
        let owned = &self.scenario.owned;
        let applies = owned.has_commitments() && !self.in_a_cluster;
        applies.then(|| Settled::of(owned, self.book, eligible))
    }

    /// Spends what is owned on the on-demand tasks that `share` leaves of each level's.
    fn spend_owned(&self, bill: &mut Bill, share: impl Fn(u32) -> u32) -> OwnedUse {
        if !self.scenario.owned.has_commitments() {
            return OwnedUse::default();
        }
        let eligible = self.eligible(None, share);
        let settled = self.settle(&eligible);
        if let Some(settled) = &settled {
            settled.credit(bill);
        }
        OwnedUse {
            applied: settled.map(|settled| settled.applied),
            eligible: Some(eligible),
        }
    }

    fn spot_mix(&self) -> Outcome {
        let of = |take: fn(Split) -> u32| self.task_hours(|tasks| take(self.split(tasks)));
        let on_demand_hours = of(|split| split.on_demand);
        let spot_hours = of(|split| split.spot);
        let task_hours = exact::sum(on_demand_hours, spot_hours);
        let mut bill = Bill::default();
        self.add(&mut bill, &self.on_demand, on_demand_hours);
        let owned = self.spend_owned(&mut bill, |tasks| self.split(tasks).on_demand);
        let mut per_hour = Usd::ZERO;
        let mut stale = false;
        let most_spot_hours = of(|split| split.spot_most);
        if !most_spot_hours.is_zero() {
            match self.rates(PriceKind::Spot) {
                Ok(spot) => {
                    self.add(&mut bill, &spot, spot_hours);
                    stale = self.is_stale();
                    per_hour = self.paid_hour(&self.on_demand) - self.paid_hour(&spot);
                }
                Err(outcome) if !spot_hours.is_zero() => return outcome,
                // Not needed for the bill; the range is not known.
                Err(_) => {}
            }
        }
        self.add_volume(&mut bill, task_hours);
        // What AWS leaves open in the rounding of weights.
        let more_spot = per_hour.scaled(exact::difference(most_spot_hours, spot_hours));
        let less_spot =
            per_hour.scaled(exact::difference(spot_hours, of(|split| split.spot_least)));
        // A Spot price of one's own may be above the on-demand price: then more Spot costs more.
        let (below, above) = if per_hour < Usd::ZERO {
            (-less_spot, -more_spot)
        } else {
            (more_spot, less_spot)
        };
        let split = self.split(self.pattern.peak());
        let outcome = owned.on(self.priced(bill, task_hours, (below, above), Some(split)));
        match outcome {
            Outcome::Priced(mut priced) if stale => {
                priced.set_aside = Some(SetAside::DoubtfulPrices);
                Outcome::Priced(priced)
            }
            outcome => outcome,
        }
    }

    /// What a task pays in an hour for vCPU, memory and licence, after any discount.
    fn paid_hour(&self, rates: &Rates) -> Usd {
        let of = |price: Price, quantity: Decimal| {
            let paid = self.scenario.pricing.paid_share(price.source);
            price.usd.scaled(quantity).scaled(paid)
        };
        let vcpu = self.size.vcpu().decimal();
        let licence = rates.os_license.map_or(Usd::ZERO, |price| of(price, vcpu));
        of(rates.vcpu, vcpu) + of(rates.memory, self.size.memory().decimal()) + licence
    }

    /// Whether Fargate's Spot figures are too old beside the newest of the region (rule 27).
    fn is_stale(&self) -> bool {
        [FargateDimension::Vcpu, FargateDimension::Memory]
            .into_iter()
            .filter_map(|dimension| {
                self.book
                    .fargate(self.service.os, self.arch, PriceKind::Spot, dimension)
            })
            .any(|quote| trust::is_stale_spot(self.book, quote))
    }

    /// Under a plan of so many dollars an hour, or of as many as the scenario asks for.
    fn committed(&self, commitment: Commitment, hourly: Option<Usd>) -> Outcome {
        let kind = PriceKind::Committed(commitment);
        let plan = match self.rates(kind) {
            Ok(rates) => rates,
            Err(outcome) => return outcome,
        };
        let task_hours = self.task_hours(|tasks| tasks);
        let eligible = self.eligible(Some(&plan), |tasks| tasks);
        let settled = self.settle(&eligible);
        let levels = settled
            .as_ref()
            .map_or_else(|| eligible.usage(), |settled| settled.rest.usage());
        let of_unused = eligible.source_of_unused();
        let paid_share = self.scenario.pricing.paid_share(of_unused);
        let outcome = match hourly {
            Some(hourly) => commitment::apply(hourly, &levels, paid_share),
            None => commitment::sized(self.scenario.sizing, &levels, paid_share),
        };
        let owned = |index: usize| {
            let settled = settled.as_ref()?;
            settled.covered.get(index).copied()
        };
        let mut bill = Bill::default();
        let parts = [
            (
                Item::FargateVcpu,
                Unit::VcpuHours,
                Some(self.on_demand.vcpu),
                Some(plan.vcpu),
            ),
            (
                Item::FargateMemory,
                Unit::GibHours,
                Some(self.on_demand.memory),
                Some(plan.memory),
            ),
            (
                Item::FargateOsLicense,
                Unit::VcpuHours,
                self.on_demand.os_license,
                plan.os_license,
            ),
        ];
        for (index, (item, unit, list, plan)) in parts.into_iter().enumerate() {
            let (Some(list), Some(plan)) = (list, plan) else {
                continue;
            };
            let covered = outcome.covered.get(index).copied().unwrap_or_default();
            let rest = outcome.on_demand.get(index).copied().unwrap_or_default();
            let rest = exact::sum(rest, owned(index).unwrap_or_default());
            bill.add(item, kind, (covered, unit), plan.usd, plan.source);
            bill.add(
                item,
                PriceKind::OnDemand,
                (rest, unit),
                list.usd,
                list.source,
            );
        }
        if let Some(settled) = &settled {
            settled.credit(&mut bill);
        }
        let unused = (outcome.unused.decimal(), Unit::Usd);
        bill.add(
            Item::UnusedCommitment,
            kind,
            unused,
            Usd::new(Decimal::ONE),
            of_unused,
        );
        add_ephemeral(
            &mut bill,
            &self.on_demand,
            self.service.task.ephemeral.get(),
            task_hours,
        );
        self.add_volume(&mut bill, task_hours);
        match self.priced(bill, task_hours, (Usd::ZERO, Usd::ZERO), None) {
            Outcome::Priced(mut priced) => {
                priced.upfront = Upfront::of_plan(commitment, outcome.commitment);
                priced.committed = Some(commitment::summary(&outcome, &levels));
                priced.owned = settled.map(|settled| Box::new(settled.applied));
                priced.eligible = Some(Box::new(eligible));
                Outcome::Priced(priced)
            }
            other => other,
        }
    }

    /// What commitments may be spent on, level by level; of jobs the day's average in every hour
    /// (rule 20).
    fn eligible(&self, plan: Option<&Rates>, share: impl Fn(u32) -> u32) -> Eligible {
        let size = (self.size.vcpu().decimal(), self.size.memory().decimal());
        let parts: [Part; 3] = [
            (
                Item::FargateVcpu,
                Unit::VcpuHours,
                size.0,
                |rates: &Rates| Some(rates.vcpu),
            ),
            (
                Item::FargateMemory,
                Unit::GibHours,
                size.1,
                |rates: &Rates| Some(rates.memory),
            ),
            (
                Item::FargateOsLicense,
                Unit::VcpuHours,
                size.0,
                |rates: &Rates| rates.os_license,
            ),
        ];
        let mut kinds = Vec::new();
        let mut of_a_task = Vec::new();
        for (item, unit, quantity, price) in parts {
            let Some(list) = price(&self.on_demand) else {
                continue;
            };
            let rates = plan.map(price);
            // A dimension that the plan has no rate for is not covered.
            if rates == Some(None) {
                continue;
            }
            let paid = self.scenario.pricing.paid_share(list.source);
            kinds.push(EligibleKind {
                item,
                os: self.service.os,
                arch: self.arch,
                unit,
                list,
                plan: rates.flatten(),
                base: None,
                paid: list.usd.scaled(paid),
                plan_paid: rates.flatten().map_or(Usd::ZERO, |price| {
                    let share = self.scenario.pricing.paid_share(price.source);
                    price.usd.scaled(share)
                }),
            });
            of_a_task.push(quantity);
        }
        let month = Decimal::from(self.scenario.hours_per_month.get());
        let periods = self
            .pattern
            .periods_per_month(self.scenario.hours_per_month);
        let level = |hours: Decimal, tasks: Decimal| EligibleLevel {
            hours,
            quantities: of_a_task.iter().map(|quantity| quantity * tasks).collect(),
        };
        let levels = match self.pattern {
            Pattern::Hourly(week) => week
                .levels
                .iter()
                .map(|stage| {
                    level(
                        Decimal::from(stage.hours) * periods,
                        share(stage.tasks).into(),
                    )
                })
                .collect(),
            Pattern::Jobs(_) => vec![level(month, self.task_hours(share) / month)],
        };
        Eligible { kinds, levels }
    }

    fn add(&self, bill: &mut Bill, rates: &Rates, task_hours: Decimal) {
        let size = (self.size.vcpu(), self.size.memory());
        add_lines(
            bill,
            rates,
            size,
            self.service.task.ephemeral.get(),
            task_hours,
        );
    }

    fn add_volume(&self, bill: &mut Bill, task_hours: Decimal) {
        if let Some(price) = self.volume {
            let gib = self.service.task.ephemeral.get() - INCLUDED_EPHEMERAL_GIB;
            let months = Decimal::from(gib) * task_hours
                / Decimal::from(self.scenario.hours_per_month.get());
            bill.add(
                Item::TaskVolume,
                PriceKind::OnDemand,
                (months, Unit::GbMonths),
                price.usd,
                price.source,
            );
        }
    }

    fn priced(
        &self,
        mut bill: Bill,
        task_hours: Decimal,
        range: (Usd, Usd),
        split: Option<Split>,
    ) -> Outcome {
        let periods = self
            .pattern
            .periods_per_month(self.scenario.hours_per_month);
        let standing = Standing {
            place: Place::Fargate,
            hours: task_hours,
            pulls: beside::task_starts(self.pattern, periods),
        };
        let moved = Moved::by(self.service).in_a_cluster(self.in_a_cluster);
        if let Err(missing) = beside::add(&mut bill, self.scenario, moved, self.book, standing) {
            return Outcome::NoPrice(vec![missing]);
        }
        let (vcpu, memory) = self.asked;
        let beyond = |lines: &[crate::bill::Line], item, asked: Decimal, billed: Decimal| -> Usd {
            let share = if billed.is_zero() {
                Decimal::ZERO
            } else {
                exact::difference(billed, asked) / billed
            };
            lines
                .iter()
                .filter(|line| line.item == item)
                .map(|line| line.amount.scaled(share))
                .sum()
        };
        let rounding = beyond(
            bill.lines(),
            Item::FargateVcpu,
            vcpu.decimal(),
            self.size.vcpu().decimal(),
        ) + beyond(
            bill.lines(),
            Item::FargateOsLicense,
            vcpu.decimal(),
            self.size.vcpu().decimal(),
        ) + beyond(
            bill.lines(),
            Item::FargateMemory,
            memory.decimal(),
            self.size.memory().decimal(),
        );
        let capacity = Capacity::Fargate(FargateUse {
            size: self.size,
            asked: self.asked,
            task_hours,
            rounding,
            split,
        });
        Outcome::Priced(Box::new(Priced::new(
            self.scenario,
            self.book,
            bill,
            range,
            capacity,
        )))
    }
}

/// What was spent of owned commitments, and what they could be spent on.
#[derive(Default)]
struct OwnedUse {
    applied: Option<Applied>,
    eligible: Option<Eligible>,
}

impl OwnedUse {
    /// Notes it on an outcome.
    fn on(self, mut outcome: Outcome) -> Outcome {
        if let Outcome::Priced(priced) = &mut outcome {
            priced.owned = self.applied.map(Box::new);
            priced.eligible = self.eligible.map(Box::new);
        }
        outcome
    }
}

/// A dimension that a task is billed by: how much of it a task takes, and its price.
type Part = (Item, Unit, Decimal, fn(&Rates) -> Option<Price>);

fn no_price(kind: PriceKind, dimension: FargateDimension) -> Outcome {
    Outcome::NoPrice(vec![Missing::Fargate(kind, dimension)])
}
