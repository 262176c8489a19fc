//! The file of a scenario: everything at its default is left out, so that one scenario has one
//! file.

use std::fmt;

use berth_model::criteria::Criterion;
use berth_model::inputs::{self, InputId as Id};
use berth_model::needs::Need;
use berth_model::option::Place;
use berth_model::pricing::{self, Estimate};
use berth_model::scenario::{
    Daemon, FleetSettings, Load, Name, PercentRange, Places, Ranges, Scenario, Service, Sizing,
};
use berth_model::strategy::Strategy;

use super::{DAEMON, baseline, shape};
use crate::VERSION;
use crate::number::Number;

/// The file of a scenario.
pub(super) fn file(scenario: &Scenario) -> shape::ScenarioFile {
    let whole = Differing::new(scenario, 0);
    shape::ScenarioFile {
        version: number(VERSION),
        region: scenario.region.as_str().to_owned(),
        hours_per_month: whole.number(Id::HoursPerMonth),
        max_commitment: whole.text(Id::MaxCommitment),
        services: (0..scenario.services.len())
            .map(|index| service(scenario, index))
            .collect(),
        fleet: fleet(&scenario.fleet, &whole),
        commitment: match scenario.sizing {
            Sizing::None => None,
            Sizing::SteadyFloor => Some(shape::Commitment::SteadyFloor {}),
            Sizing::Cheapest => Some(shape::Commitment::Cheapest {}),
        },
        lines: lines(scenario, &whole),
        discount_percent: whole.number(Id::Discount),
        owned: owned(scenario, &whole),
        task_factor: some(
            shape::TaskFactor {
                x86_64: whole.number(Id::FactorX86),
                arm64: whole.number(Id::FactorArm),
            },
            &shape::TaskFactor {
                x86_64: None,
                arm64: None,
            },
        ),
        staff: some(
            shape::Staff {
                usd_per_hour: whole.number(Id::StaffRate),
                hours_per_month: whole.number(Id::StaffHours),
            },
            &shape::Staff {
                usd_per_hour: None,
                hours_per_month: None,
            },
        ),
        smallest_saving_usd: whole.number(Id::SmallestSaving),
        weights: weights(scenario),
        ranges: ranges(scenario.ranges),
        prices: listed(&scenario.pricing.own, |own| own_price(own, scenario)),
        estimate: scenario.pricing.estimate.map(estimate),
    }
}

/// Inputs of a scenario that differ from their defaults.
struct Differing<'a> {
    scenario: &'a Scenario,
    service: usize,
    baseline: Scenario,
}

impl<'a> Differing<'a> {
    fn new(scenario: &'a Scenario, service: usize) -> Self {
        Self {
            scenario,
            service,
            baseline: baseline(),
        }
    }

    fn text(&self, id: Id) -> Option<String> {
        let here = inputs::get(self.scenario, self.service, id)?;
        let default = inputs::get(&self.baseline, 0, id);
        (default.as_ref() != Some(&here)).then_some(here)
    }

    fn number(&self, id: Id) -> Option<Number> {
        self.text(id).map(Number::from)
    }

    fn switch(&self, id: Id) -> Option<bool> {
        self.text(id).map(|text| text == "on")
    }
}

fn service(scenario: &Scenario, index: usize) -> shape::Service {
    let service = scenario.services.nearest(index);
    let differing = Differing::new(scenario, index);
    let unnamed = service.name == Name::unnamed();
    let all_places = service.places == Places::ALL;
    shape::Service {
        name: (!unnamed).then(|| service.name.as_str().to_owned()),
        task: task(service, &differing),
        os: differing.text(Id::Os),
        arch: differing.text(Id::Arch),
        load: load(&service.load),
        spot: service.spot.map(spot),
        needs: listed(&service.needs.iter().collect::<Vec<Need>>(), |need| {
            need.id().to_owned()
        }),
        headroom_tasks: differing.number(Id::Headroom),
        places: (!all_places).then(|| {
            let places = service.places.iter().map(Place::id);
            places.map(str::to_owned).collect()
        }),
        provider: differing.text(Id::Provider),
        traffic: some(
            shape::Traffic {
                image_gib: differing.number(Id::Image),
                egress_gb: differing.number(Id::EgressGb),
                cross_zone_gb: differing.number(Id::CrossZoneGb),
                logs_gb: differing.number(Id::LogsGb),
            },
            &shape::Traffic {
                image_gib: None,
                egress_gb: None,
                cross_zone_gb: None,
                logs_gb: None,
            },
        ),
    }
}

fn task(service: &Service, differing: &Differing<'_>) -> shape::Task {
    let task = &service.task;
    shape::Task {
        vcpu: number(task.vcpu),
        memory_gib: number(task.memory),
        ephemeral_gib: differing.number(Id::Ephemeral),
        gpu: task.gpu.as_ref().map(|gpu| shape::Gpu {
            count: Some(number(gpu.count)),
            model: gpu.model.as_ref().map(|model| model.as_str().to_owned()),
        }),
    }
}

fn load(load: &Load) -> shape::Load {
    match load {
        Load::Constant { tasks } => shape::Load::Constant {
            tasks: number(tasks.get()),
        },
        Load::Schedule {
            tasks,
            idle_tasks,
            hours_per_day,
            days_per_week,
        } => {
            let idle = idle_tasks.get();
            shape::Load::Schedule {
                tasks: number(tasks.get()),
                idle_tasks: (idle > 0).then(|| number(idle)),
                hours_per_day: number(hours_per_day.get()),
                days_per_week: number(days_per_week.get()),
            }
        }
        Load::Week(hours) => shape::Load::Week {
            tasks: hours.hours().iter().map(number).collect(),
        },
        Load::Jobs {
            runs_per_day,
            tasks,
            minutes,
            image_pull,
        } => {
            let default = berth_model::scenario::ImagePullSeconds::default();
            let minutes = rust_decimal::Decimal::new(minutes.get().into(), 3).normalize();
            shape::Load::Jobs {
                runs_per_day: number(runs_per_day.get()),
                tasks: number(tasks.get()),
                minutes: number(minutes),
                image_pull_seconds: (*image_pull != default).then(|| number(image_pull.get())),
            }
        }
    }
}

fn spot(strategy: Strategy) -> shape::Spot {
    let share = strategy.spot_percent();
    if Strategy::from_spot_percent(share) == Some(strategy) {
        return shape::Spot::Share {
            percent: number(share),
        };
    }
    let part = |count: u32| (count > 0).then(|| number(count));
    shape::Spot::BaseWeights {
        base: part(strategy.base()),
        on_demand_weight: part(strategy.on_demand_weight().into()),
        spot_weight: part(strategy.spot_weight().into()),
    }
}

fn fleet(fleet: &FleetSettings, whole: &Differing<'_>) -> Option<shape::Fleet> {
    let nothing = shape::Fleet {
        min_zones: None,
        min_instances: None,
        target_capacity_percent: None,
        reserved_memory_mib: None,
        network: None,
        eni_trunking: None,
        cpu_overcommit: None,
        memory_overcommit: None,
        daemons: None,
        types: None,
    };
    let given = shape::Fleet {
        min_zones: whole.number(Id::MinZones),
        min_instances: whole.number(Id::MinInstances),
        target_capacity_percent: whole.number(Id::TargetCapacity),
        reserved_memory_mib: whole.number(Id::ReservedMemory),
        network: whole.text(Id::Network),
        eni_trunking: whole.switch(Id::Trunking),
        cpu_overcommit: whole.number(Id::CpuOvercommit),
        memory_overcommit: whole.number(Id::MemoryOvercommit),
        daemons: listed(&fleet.daemons, daemon),
        types: types(fleet, whole),
    };
    some(given, &nothing)
}

fn daemon(daemon: &Daemon) -> shape::Daemon {
    let name = daemon.name.as_str();
    shape::Daemon {
        name: (name != DAEMON).then(|| name.to_owned()),
        vcpu: number(daemon.vcpu),
        memory_gib: number(daemon.memory),
        sidecar_on_fargate: (!daemon.sidecar_on_fargate).then_some(false),
    }
}

fn types(fleet: &FleetSettings, whole: &Differing<'_>) -> Option<shape::Types> {
    let exclude_families = listed(&fleet.excluded, ToString::to_string);
    let burstable = whole.switch(Id::Burstable);
    let bare_metal = whole.switch(Id::BareMetal);
    if fleet.types.is_empty() {
        let given = shape::Types::Auto {
            exclude_families,
            burstable,
            bare_metal,
        };
        let nothing = shape::Types::Auto {
            exclude_families: None,
            burstable: None,
            bare_metal: None,
        };
        return some(given, &nothing);
    }
    Some(shape::Types::Named {
        names: fleet.types.iter().map(ToString::to_string).collect(),
        exclude_families,
        burstable,
        bare_metal,
    })
}

fn lines(scenario: &Scenario, whole: &Differing<'_>) -> Option<shape::Lines> {
    let nothing = shape::Lines {
        ebs: None,
        egress: None,
        load_balancer: None,
        load_balancer_units: None,
        logs: None,
        staff_time: None,
    };
    let units = scenario.lines.load_balancer;
    let logs = scenario
        .services
        .iter()
        .any(|service| service.traffic.logs.get() > 0);
    let given = shape::Lines {
        ebs: whole.switch(Id::Ebs),
        egress: whole.text(Id::Egress),
        load_balancer: whole.switch(Id::LoadBalancer),
        load_balancer_units: units
            .filter(|&units| units != berth_model::scenario::LoadBalancerUnits::default())
            .map(|units| number(units.get())),
        logs: logs.then_some(true),
        staff_time: whole.switch(Id::StaffTime),
    };
    some(given, &nothing)
}

fn owned(scenario: &Scenario, whole: &Differing<'_>) -> Option<shape::Owned> {
    let nothing = shape::Owned {
        plans: None,
        reservations: None,
        free_vcpu: None,
        free_memory_gib: None,
    };
    let given = shape::Owned {
        plans: listed(&scenario.owned.plans, |plan| shape::Plan {
            kind: plan.commitment.kind.id().to_owned(),
            term: plan.commitment.term.id().to_owned(),
            payment: plan.commitment.payment.id().to_owned(),
            family: plan.family.as_ref().map(ToString::to_string),
            usd_per_hour: number(plan.amount),
        }),
        reservations: listed(&scenario.owned.reservations, |reservation| {
            shape::Reservation {
                instance_type: reservation.instance_type.to_string(),
                count: number(reservation.count.get()),
            }
        }),
        free_vcpu: whole.number(Id::FreeVcpu),
        free_memory_gib: whole.number(Id::FreeMemory),
    };
    some(given, &nothing)
}

fn weights(scenario: &Scenario) -> Option<Vec<shape::CriterionWeight>> {
    let differing: Vec<Criterion> = Criterion::weighable()
        .filter(|&criterion| scenario.weights.get(criterion) != criterion.default_weight())
        .collect();
    listed(&differing, |&criterion| shape::CriterionWeight {
        criterion: criterion.id().to_owned(),
        weight: number(scenario.weights.get(criterion)),
    })
}

fn ranges(ranges: Ranges) -> Option<shape::Ranges> {
    let usual = Ranges::default();
    let range = |here: PercentRange, usual: PercentRange| {
        (here != usual).then(|| shape::Range {
            low_percent: number(here.low()),
            high_percent: number(here.high()),
        })
    };
    let nothing = shape::Ranges {
        spot: None,
        load: None,
        packing: None,
        year_old_price: None,
    };
    let given = shape::Ranges {
        spot: range(ranges.spot, usual.spot),
        load: range(ranges.load, usual.load),
        packing: range(ranges.packing, usual.packing),
        year_old_price: range(ranges.price, usual.price),
    };
    some(given, &nothing)
}

fn own_price(own: &pricing::OwnPrice, scenario: &Scenario) -> shape::OwnPrice {
    let elsewhere = own.region != scenario.region;
    shape::OwnPrice {
        region: elsewhere.then(|| own.region.as_str().to_owned()),
        price: own.key.to_string(),
        usd: number(own.rate),
    }
}

fn estimate(estimate: Estimate) -> shape::Estimate {
    let default = Estimate::default();
    let percent = |here: pricing::Percent, usual: pricing::Percent| {
        let text = rust_decimal::Decimal::new(here.hundredths().into(), 2).normalize();
        (here != usual).then(|| number(text))
    };
    shape::Estimate {
        one_year_percent: percent(estimate.one_year, default.one_year),
        three_years_percent: percent(estimate.three_years, default.three_years),
        may_decide: estimate.may_decide.then_some(true),
    }
}

/// A group of fields, where any of them is given.
fn some<T: PartialEq>(given: T, nothing: &T) -> Option<T> {
    (given != *nothing).then_some(given)
}

/// A list, where it has entries.
fn listed<T, U>(entries: &[T], write: impl Fn(&T) -> U) -> Option<Vec<U>> {
    (!entries.is_empty()).then(|| entries.iter().map(write).collect())
}

fn number(value: impl Copy + fmt::Display) -> Number {
    Number::from(value.to_string())
}
