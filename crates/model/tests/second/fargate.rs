//! Fargate: rules 3, 6, 15, 18, 20, 22, 27 and 32.

use berth_model::option::{Place, Purchase};
use berth_model::platform::{Arch, Os};
use berth_model::prices::{Adjacent, FargateDimension};
use berth_model::purchase::PriceKind;

use super::beside::{self, Way};
use super::commitments::{Item, Usage, paid};
use super::load::{Demand, WEEK, levels, rises};
use super::options::{Context, Outcome, Priced};
use super::rational::{Bill, Exact, Price, over, times, whole};
use super::sizes::{Size, legal};
use super::split::{self, Parts, Rounding};

/// GiB of scratch space that a task has anyway.
const INCLUDED_GIB: i128 = 20;

/// The most GiB of it that are ephemeral storage; beyond, it is a volume.
const MOST_EPHEMERAL_GIB: i128 = 200;

/// A service on Fargate of one architecture.
pub(crate) struct Case<'a> {
    context: Context<'a>,
    arch: Arch,
    demand: Demand,
    size: Found,
}

/// What came of the search for a size.
enum Found {
    /// None is large enough.
    Nothing,
    /// Prices are missing to choose by.
    NoPrice,
    /// This one.
    Size(Size),
}

/// Task-hours a month, as whole numbers.
struct TaskHours {
    /// In parts.
    count: i128,
    /// Parts to an hour.
    parts: i128,
}

impl<'a> Case<'a> {
    /// Chooses the size.
    pub(crate) fn new(context: Context<'a>, arch: Arch) -> Self {
        let service = context.service;
        let sidecars = context.scenario.fleet.daemons.iter();
        let sidecars = sidecars.filter(|daemon| daemon.sidecar_on_fargate);
        let mut vcpu = i128::from(service.task.vcpu.grains());
        let mut memory = i128::from(service.task.memory.grains());
        for daemon in sidecars {
            vcpu += i128::from(daemon.vcpu.grains());
            memory += i128::from(daemon.memory.grains());
        }
        let sizes = legal(service.os).into_iter();
        let fitting: Vec<Size> = sizes
            .filter(|size| size.quarters * 32_000 >= vcpu && size.halves * 64_000 >= memory)
            .collect();
        let case = Self {
            context,
            arch,
            demand: Demand::of(context.scenario, service, arch),
            size: Found::Nothing,
        };
        let list = |dimension| case.price(PriceKind::OnDemand, dimension);
        let rates = || {
            let licence = match service.os {
                Os::Linux => 0,
                Os::Windows => list(FargateDimension::OsLicense)?.rate,
            };
            let vcpu = list(FargateDimension::Vcpu)?.rate + licence;
            Some((vcpu, list(FargateDimension::Memory)?.rate))
        };
        let size = if fitting.is_empty() {
            Found::Nothing
        } else {
            rates().map_or(Found::NoPrice, |(vcpu, memory)| {
                let cost = |size: &Size| size.quarters * vcpu + 2 * size.halves * memory;
                let cheapest = fitting
                    .iter()
                    .min_by_key(|size| (cost(size), size.quarters, size.halves));
                cheapest.map_or(Found::Nothing, |size| Found::Size(*size))
            })
        };
        Self { size, ..case }
    }

    fn price(&self, kind: PriceKind, dimension: FargateDimension) -> Option<Price> {
        let service = self.context.service;
        let book = self.context.book;
        book.fargate(service.os, self.arch, kind, dimension)
            .map(Price::of)
    }

    /// What a purchase costs.
    pub(crate) fn outcome(&self, purchase: Purchase) -> Outcome {
        let size = match self.size {
            Found::Nothing => return Outcome::NotEligible,
            Found::NoPrice => return Outcome::NoPrice,
            Found::Size(size) => size,
        };
        let priced = match purchase {
            Purchase::OnDemand => self.on_demand(size),
            Purchase::SpotMix => self.spot_mix(size),
            Purchase::Committed(commitment) => self.plan(size, PriceKind::Committed(commitment)),
        };
        priced.map_or(Outcome::NoPrice, |priced| Outcome::Priced(Box::new(priced)))
    }

    fn on_demand(&self, size: Size) -> Option<Priced> {
        let mut bill = Bill::new();
        self.add_common(&mut bill)?;
        let hours = self.month(&self.task_hours(|tasks| tasks));
        self.add_tasks(&mut bill, size, PriceKind::OnDemand, &hours)?;
        Some(self.priced(&bill, true))
    }

    fn spot_mix(&self, size: Size) -> Option<Priced> {
        let mut priced = self.rounded(size, Rounding::Largest)?;
        for rounding in [Rounding::FewestSpot, Rounding::MostSpot] {
            if let Some(other) = self.rounded(size, rounding) {
                priced.widen(&other);
            }
        }
        Some(priced)
    }

    fn rounded(&self, size: Size, rounding: Rounding) -> Option<Priced> {
        let strategy = self.context.service.spot?;
        let divide: &dyn Fn(i128) -> Parts = match &self.demand {
            Demand::Hourly(_) => &|tasks| split::service(strategy, tasks, rounding),
            Demand::Jobs(_) => &|tasks| split::job(strategy, tasks, rounding),
        };
        let mut bill = Bill::new();
        self.add_common(&mut bill)?;
        let list = self.month(&self.task_hours(|tasks| divide(tasks).on_demand));
        let spot = self.month(&self.task_hours(|tasks| divide(tasks).spot));
        self.add_tasks(&mut bill, size, PriceKind::OnDemand, &list)?;
        self.add_tasks(&mut bill, size, PriceKind::Spot, &spot)?;
        let decides = spot == whole(0) || !self.spot_is_stale();
        Some(self.priced(&bill, decides))
    }

    fn spot_is_stale(&self) -> bool {
        let Context { service, book, .. } = self.context;
        [FargateDimension::Vcpu, FargateDimension::Memory]
            .iter()
            .filter_map(|&dimension| {
                book.fargate(service.os, self.arch, PriceKind::Spot, dimension)
            })
            .filter(|quote| quote.source.is_of_book())
            .filter_map(|quote| book.source(quote.source))
            .any(|source| self.context.trust.is_stale(source.date))
    }

    fn plan(&self, size: Size, kind: PriceKind) -> Option<Priced> {
        let item = |dimension| {
            Some(Item {
                list: self.price(PriceKind::OnDemand, dimension)?,
                plan: self.price(kind, dimension)?,
            })
        };
        let mut items = vec![
            item(FargateDimension::Vcpu)?,
            item(FargateDimension::Memory)?,
        ];
        // In quarters, which are whole of vCPU and of GiB alike.
        let mut of_task = vec![size.quarters, 2 * size.halves];
        if self.context.service.os == Os::Windows {
            items.push(item(FargateDimension::OsLicense)?);
            of_task.push(size.quarters);
        }
        let usage = |tasks: i128| of_task.iter().map(|&part| tasks * part).collect();
        let usage = match &self.demand {
            Demand::Hourly(rows) => {
                let hours = levels(rows).into_iter();
                let hours = hours.map(|(tasks, hours)| (usage(tasks), hours));
                Usage::new(&items, 4, hours.collect())
            }
            Demand::Jobs(jobs) => {
                let seconds = jobs.fargate_seconds(self.context.service.os);
                let daily = times(jobs.runs * jobs.tasks, seconds);
                Usage::new(&items, 4 * 86_400, vec![(usage(daily), 1)])
            }
        };
        let discount = self.context.discount();
        let amount = self.context.amount(&usage, |usage| {
            usage.cheapest(|price| paid(price, discount))
        });
        let mut bill = Bill::new();
        self.add_common(&mut bill)?;
        usage.add_to(&mut bill, amount, self.context.month());
        Some(self.priced(&bill, true))
    }

    fn priced(&self, bill: &Bill, decides: bool) -> Priced {
        Priced::new(bill.total(self.context.discount()), decides, 0)
    }

    /// A month's hours of those tasks of each hour, or run, that `part` picks.
    fn task_hours(&self, part: impl Fn(i128) -> i128) -> TaskHours {
        match &self.demand {
            Demand::Hourly(rows) => TaskHours {
                count: rows.iter().map(|(tasks, hours)| part(*tasks) * hours).sum(),
                parts: WEEK,
            },
            Demand::Jobs(jobs) => TaskHours {
                count: times(
                    jobs.runs * part(jobs.tasks),
                    jobs.fargate_seconds(self.context.service.os),
                ),
                parts: 3_600 * 24,
            },
        }
    }

    fn month(&self, hours: &TaskHours) -> Exact {
        over(times(hours.count, self.context.month()), hours.parts)
    }

    fn add_tasks(&self, bill: &mut Bill, size: Size, kind: PriceKind, hours: &Exact) -> Option<()> {
        if *hours == whole(0) {
            return Some(());
        }
        let vcpu = hours * over(size.quarters, 4);
        let memory = hours * over(size.halves, 2);
        bill.add(&vcpu, self.price(kind, FargateDimension::Vcpu)?);
        bill.add(&memory, self.price(kind, FargateDimension::Memory)?);
        if self.context.service.os == Os::Windows {
            bill.add(&vcpu, self.price(kind, FargateDimension::OsLicense)?);
        }
        Some(())
    }

    /// Adds what does not depend on the purchase.
    fn add_common(&self, bill: &mut Bill) -> Option<()> {
        let Context {
            scenario,
            service,
            book,
            ..
        } = self.context;
        let hours = self.month(&self.task_hours(|tasks| tasks));
        let scratch = i128::from(service.task.ephemeral.get());
        let beyond = &hours * whole(scratch - INCLUDED_GIB);
        if scratch > MOST_EPHEMERAL_GIB {
            if scenario.ebs {
                let months = beyond / whole(self.context.month());
                beside::add(bill, book, Adjacent::EbsGp3Storage, &months)?;
            }
        } else if scratch > INCLUDED_GIB {
            let price = self.price(PriceKind::OnDemand, FargateDimension::Ephemeral)?;
            bill.add(&beyond, price);
        }
        let way = Way::of(scenario, Place::Fargate);
        beside::add_common(bill, (scenario, service), book, way)?;
        match way {
            Way::Nat => {
                let gigabytes = beside::pulled(service, &self.starts());
                beside::add(bill, book, Adjacent::NatGatewayData, &gigabytes)
            }
            Way::Address => beside::add(bill, book, Adjacent::PublicIpv4, &hours),
            Way::Nothing | Way::Endpoints => Some(()),
        }
    }

    /// Tasks that start in a month.
    fn starts(&self) -> Exact {
        let month = self.context.month();
        match &self.demand {
            Demand::Hourly(rows) => over(rises(rows) * month, WEEK),
            Demand::Jobs(jobs) => over(jobs.runs * jobs.tasks * month, 24),
        }
    }
}
