//! Scenarios in one line, and their totals.

use std::sync::LazyLock;

use berth_model::evaluate_service;
use berth_model::money::Usd;
use berth_model::option::OptionId;
use berth_model::platform::Os;
use berth_model::prices::PriceBook;
use berth_model::prices::embedded::US_EAST_1;
use berth_model::report::Priced;
use berth_model::scenario::{
    EphemeralGib, GpuModel, GpuRequest, HoursPerMonth, Load, Name, Region, Scenario, Service,
    TargetCapacity, Task,
};
use berth_model::strategy::Strategy;
use berth_model::units::{Gib, GpuCount, Vcpu};

pub(crate) static BOOK: LazyLock<Option<PriceBook>> =
    LazyLock::new(|| PriceBook::parse(US_EAST_1).ok());

/// A scenario of one service; `None` where a value is out of its range.
#[derive(Clone)]
pub(crate) struct Build(pub(crate) Option<Scenario>);

impl Build {
    fn of(vcpu: &str, memory: &str, load: Option<Load>) -> Self {
        let build = || {
            let task = Task {
                vcpu: Vcpu::parse(vcpu).ok()?,
                memory: Gib::parse(memory).ok()?,
                ephemeral: EphemeralGib::default(),
                gpu: None,
            };
            let service = Service::new(Name::new("service")?, task, load?);
            Some(Scenario::new(Region::us_east_1(), service))
        };
        Self(build())
    }

    pub(crate) fn constant(vcpu: &str, memory: &str, tasks: u32) -> Self {
        let load = || {
            Some(Load::Constant {
                tasks: range(tasks)?,
            })
        };
        Self::of(vcpu, memory, load())
    }

    pub(crate) fn schedule(
        vcpu: &str,
        memory: &str,
        tasks: u32,
        idle: u32,
        hours: u8,
        days: u8,
    ) -> Self {
        let load = || {
            Some(Load::Schedule {
                tasks: range(tasks)?,
                idle_tasks: berth_model::scenario::IdleTasks::new(idle)?,
                hours_per_day: berth_model::scenario::HoursPerDay::new(hours)?,
                days_per_week: berth_model::scenario::DaysPerWeek::new(days)?,
            })
        };
        Self::of(vcpu, memory, load())
    }

    pub(crate) fn jobs(
        vcpu: &str,
        memory: &str,
        runs: u32,
        tasks: u32,
        milliminutes: u32,
        pull: u16,
    ) -> Self {
        let load = || {
            Some(Load::Jobs {
                runs_per_day: berth_model::scenario::RunsPerDay::new(runs)?,
                tasks: range(tasks)?,
                minutes: berth_model::scenario::RunMilliminutes::new(milliminutes)?,
                image_pull: berth_model::scenario::ImagePullSeconds::new(pull)?,
            })
        };
        Self::of(vcpu, memory, load())
    }

    /// The scenario with a change; none where the change is out of range.
    pub(crate) fn with(mut self, change: impl FnOnce(&mut Scenario) -> Option<()>) -> Self {
        let changed = self.0.as_mut().and_then(change);
        Self(changed.and(self.0))
    }

    /// The scenario with a change of its service.
    fn with_service(self, change: impl FnOnce(&mut Service) -> Option<()>) -> Self {
        self.with(|scenario| change(scenario.services.get_mut(0)?))
    }

    pub(crate) fn month(self, hours: u16) -> Self {
        self.with(|scenario| {
            scenario.hours_per_month = HoursPerMonth::new(hours)?;
            Some(())
        })
    }

    pub(crate) fn without_ebs(self) -> Self {
        self.with(|scenario| {
            scenario.ebs = false;
            Some(())
        })
    }

    pub(crate) fn target(self, percent: u8) -> Self {
        self.with(|scenario| {
            scenario.fleet.target_capacity = TargetCapacity::new(percent)?;
            Some(())
        })
    }

    pub(crate) fn windows(self) -> Self {
        self.with_service(|service| {
            service.os = Os::Windows;
            Some(())
        })
    }

    pub(crate) fn ephemeral(self, gib: u16) -> Self {
        self.with_service(|service| {
            service.task.ephemeral = EphemeralGib::new(gib)?;
            Some(())
        })
    }

    pub(crate) fn spot(self, base: u32, on_demand: u16, spot: u16) -> Self {
        self.with_service(|service| {
            service.spot = Some(Strategy::new(base, on_demand, spot)?);
            Some(())
        })
    }

    pub(crate) fn gpu(self, count: &str, model: &str) -> Self {
        self.with_service(|service| {
            service.task.gpu = Some(GpuRequest {
                count: GpuCount::parse(count)?,
                model: Some(GpuModel::new(model)?),
            });
            Some(())
        })
    }
}

fn range(tasks: u32) -> Option<berth_model::scenario::TaskCount> {
    berth_model::scenario::TaskCount::new(tasks)
}

/// The priced option of a scenario; `None` where it has no price.
pub(crate) fn priced(build: &Build, option: &str) -> Option<Priced> {
    let scenario = build.0.as_ref()?;
    let service = scenario.services.nearest(0);
    let answer = evaluate_service(scenario, service, BOOK.as_ref()?);
    let report = answer.option(OptionId::from_id(option)?)?;
    report.priced().cloned()
}

/// The monthly total of an option of a scenario.
pub(crate) fn total(build: &Build, option: &str) -> Option<Usd> {
    priced(build, option).map(|priced| priced.total)
}

/// A total to a millionth of a dollar, as bills must agree with exact arithmetic.
#[track_caller]
pub(crate) fn assert_exact(build: &Build, option: &str, dollars: &str) {
    let got = total(build, option).map(Usd::to_six_decimals);
    let wanted = Usd::parse(dollars).map(Usd::to_six_decimals);
    assert!(wanted.is_some(), "{dollars} is no amount");
    assert_eq!(got, wanted, "{option}");
}

/// A total to a cent, where the exact one has no end.
#[track_caller]
pub(crate) fn assert_cents(build: &Build, option: &str, dollars: &str) {
    let got = total(build, option).map(Usd::rounded_to_cents);
    let wanted = Usd::parse(dollars);
    assert!(wanted.is_some(), "{dollars} is no amount");
    assert_eq!(got, wanted, "{option}");
}
