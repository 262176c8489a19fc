//! What a scenario file means: the registry of inputs reads each field.

use berth_model::criteria::{Criterion, MOST_WEIGHT};
use berth_model::inputs::{self, FieldError, InputId as Id, Problem};
use berth_model::money::Rate;
use berth_model::needs::Need;
use berth_model::option::Place;
use berth_model::prices::key::PriceKey;
use berth_model::pricing::{MAX_OWN, OwnPrice};
use berth_model::purchase::{Commitment, CommitmentKind, Payment, Term};
use berth_model::scenario::{
    Daemon, FamilyName, Load, MAX_DAEMONS, MAX_NAMES, MAX_OWNED, MAX_SERVICES, MAX_TASKS, Name,
    OwnedPlan, OwnedReservation, PlanAmount, Region, ReservedCount, Scenario, Service, TypeName,
    WeekHours,
};
use berth_model::strategy::Strategy;
use berth_model::units::{Gib, QuantityError, Vcpu};

use super::baseline;
use super::shape::{self, PLANS, ScenarioFile, criteria, payments, terms};
use super::strategy::reduced;
use crate::json::{FileError, Path};
use crate::number::Number;

/// Reads the scenario that a file holds.
pub(super) fn scenario(file: &ScenarioFile, path: Path<'_>) -> Result<Scenario, FileError> {
    let mut setter = Setter::new();
    setter.scenario.region = region(&file.region, path.field("region"))?;
    setter.number(
        path.field("hours_per_month"),
        Id::HoursPerMonth,
        file.hours_per_month.as_ref(),
    )?;
    setter.text(
        path.field("max_commitment"),
        Id::MaxCommitment,
        file.max_commitment.as_deref(),
    )?;
    setter.number(
        path.field("discount_percent"),
        Id::Discount,
        file.discount_percent.as_ref(),
    )?;
    setter.number(
        path.field("smallest_saving_usd"),
        Id::SmallestSaving,
        file.smallest_saving_usd.as_ref(),
    )?;
    if let Some(commitment) = &file.commitment {
        let id = match commitment {
            shape::Commitment::None {} => "none",
            shape::Commitment::SteadyFloor {} => "steady_floor",
            shape::Commitment::Cheapest {} => "cheapest",
        };
        setter.text(path.field("commitment"), Id::Sizing, Some(id))?;
    }
    if let Some(factor) = &file.task_factor {
        let path = path.field("task_factor");
        setter.number(path.field("x86_64"), Id::FactorX86, factor.x86_64.as_ref())?;
        setter.number(path.field("arm64"), Id::FactorArm, factor.arm64.as_ref())?;
    }
    if let Some(staff) = &file.staff {
        let path = path.field("staff");
        setter.number(
            path.field("usd_per_hour"),
            Id::StaffRate,
            staff.usd_per_hour.as_ref(),
        )?;
        setter.number(
            path.field("hours_per_month"),
            Id::StaffHours,
            staff.hours_per_month.as_ref(),
        )?;
    }
    if let Some(ranges) = &file.ranges {
        set_ranges(&mut setter, ranges, path.field("ranges"))?;
    }
    if let Some(fleet) = &file.fleet {
        set_fleet(&mut setter, fleet, path.field("fleet"))?;
    }
    if let Some(lines) = &file.lines {
        set_lines(&mut setter, lines, path.field("lines"))?;
    }
    if let Some(owned) = &file.owned {
        set_owned(&mut setter, owned, path.field("owned"))?;
    }
    if let Some(estimate) = &file.estimate {
        let path = path.field("estimate");
        setter.switch(path, Id::Estimate, Some(true))?;
        setter.number(
            path.field("one_year_percent"),
            Id::EstimateOneYear,
            estimate.one_year_percent.as_ref(),
        )?;
        setter.number(
            path.field("three_years_percent"),
            Id::EstimateThreeYears,
            estimate.three_years_percent.as_ref(),
        )?;
        setter.switch(
            path.field("may_decide"),
            Id::EstimateDecides,
            estimate.may_decide,
        )?;
    }
    set_weights(
        &mut setter,
        file.weights.as_deref().unwrap_or_default(),
        path.field("weights"),
    )?;
    set_prices(
        &mut setter,
        file.prices.as_deref().unwrap_or_default(),
        path.field("prices"),
    )?;
    let bills_logs = file
        .lines
        .as_ref()
        .and_then(|lines| lines.logs)
        .unwrap_or(false);
    add_services(
        setter.scenario,
        &file.services,
        bills_logs,
        path.field("services"),
    )
}

fn region(code: &str, path: Path<'_>) -> Result<Region, FileError> {
    Region::new(code).ok_or_else(|| not_a(path, code, "a region's code, such as us-east-1"))
}

fn add_services(
    mut scenario: Scenario,
    services: &[shape::Service],
    bills_logs: bool,
    path: Path<'_>,
) -> Result<Scenario, FileError> {
    counted(services.len(), (1, MAX_SERVICES), path, "services")?;
    for (index, given) in services.iter().enumerate() {
        let mut service = service(given, path.place(index))?;
        if !bills_logs {
            service.traffic.logs = berth_model::scenario::GbPerMonth::default();
        }
        match scenario.services.get_mut(index) {
            Some(placeholder) => *placeholder = service,
            // The count is checked above, so the list is not full.
            None => drop(scenario.services.push(service)),
        }
    }
    Ok(scenario)
}

fn service(file: &shape::Service, path: Path<'_>) -> Result<Service, FileError> {
    let mut setter = Setter::new();
    setter.text(path.field("name"), Id::Name, file.name.as_deref())?;
    setter.text(path.field("os"), Id::Os, file.os.as_deref())?;
    setter.text(path.field("arch"), Id::Arch, file.arch.as_deref())?;
    set_task(&mut setter, &file.task, path.field("task"))?;
    set_load(&mut setter, &file.load, path.field("load"))?;
    if let Some(spot) = &file.spot {
        set_spot(&mut setter, spot, path.field("spot"))?;
    }
    if let Some(needs) = &file.needs {
        let problem = |id: &str| Need::from_id(id).is_none().then_some(Problem::NotAChoice);
        setter.list(path.field("needs"), Id::Needs, needs, problem)?;
    }
    if let Some(places) = &file.places {
        let problem = |id: &str| Place::from_id(id).is_none().then_some(Problem::NotPlaces);
        setter.list(path.field("places"), Id::Places, places, problem)?;
    }
    setter.number(
        path.field("headroom_tasks"),
        Id::Headroom,
        file.headroom_tasks.as_ref(),
    )?;
    setter.text(
        path.field("provider"),
        Id::Provider,
        file.provider.as_deref(),
    )?;
    if let Some(traffic) = &file.traffic {
        let path = path.field("traffic");
        setter.number(
            path.field("image_gib"),
            Id::Image,
            traffic.image_gib.as_ref(),
        )?;
        setter.number(
            path.field("egress_gb"),
            Id::EgressGb,
            traffic.egress_gb.as_ref(),
        )?;
        setter.number(
            path.field("cross_zone_gb"),
            Id::CrossZoneGb,
            traffic.cross_zone_gb.as_ref(),
        )?;
        setter.number(path.field("logs_gb"), Id::LogsGb, traffic.logs_gb.as_ref())?;
    }
    Ok(setter.scenario.services.nearest(0).clone())
}

fn set_task(setter: &mut Setter, task: &shape::Task, path: Path<'_>) -> Result<(), FileError> {
    setter.number(path.field("vcpu"), Id::Vcpu, Some(&task.vcpu))?;
    setter.number(path.field("memory_gib"), Id::Memory, Some(&task.memory_gib))?;
    setter.number(
        path.field("ephemeral_gib"),
        Id::Ephemeral,
        task.ephemeral_gib.as_ref(),
    )?;
    let Some(gpu) = &task.gpu else {
        return Ok(());
    };
    let path = path.field("gpu");
    let one = Number::given("1");
    let count = gpu.count.as_ref().unwrap_or(&one);
    setter.number(path.field("count"), Id::Gpu, Some(count))?;
    setter.text(path.field("model"), Id::GpuModel, gpu.model.as_deref())
}

fn set_load(setter: &mut Setter, load: &shape::Load, path: Path<'_>) -> Result<(), FileError> {
    let (kind, tasks) = match load {
        shape::Load::Constant { tasks } => ("constant", tasks),
        shape::Load::Schedule { tasks, .. } => ("schedule", tasks),
        shape::Load::Jobs { tasks, .. } => ("jobs", tasks),
        shape::Load::Week { tasks } => return set_week(setter, tasks, path.field("tasks")),
    };
    setter.text(path, Id::Load, Some(kind))?;
    setter.number(path.field("tasks"), Id::Tasks, Some(tasks))?;
    match load {
        shape::Load::Schedule {
            idle_tasks,
            hours_per_day,
            days_per_week,
            ..
        } => {
            setter.number(path.field("idle_tasks"), Id::IdleTasks, idle_tasks.as_ref())?;
            setter.number(
                path.field("hours_per_day"),
                Id::HoursPerDay,
                Some(hours_per_day),
            )?;
            setter.number(
                path.field("days_per_week"),
                Id::DaysPerWeek,
                Some(days_per_week),
            )
        }
        shape::Load::Jobs {
            runs_per_day,
            minutes,
            image_pull_seconds,
            ..
        } => {
            setter.number(
                path.field("runs_per_day"),
                Id::RunsPerDay,
                Some(runs_per_day),
            )?;
            setter.number(path.field("minutes"), Id::Minutes, Some(minutes))?;
            let pull = path.field("image_pull_seconds");
            setter.number(pull, Id::ImagePull, image_pull_seconds.as_ref())
        }
        shape::Load::Constant { .. } | shape::Load::Week { .. } => Ok(()),
    }
}

fn set_week(setter: &mut Setter, tasks: &[Number], path: Path<'_>) -> Result<(), FileError> {
    let mut hours = Vec::with_capacity(tasks.len());
    for (index, number) in tasks.iter().enumerate() {
        let hour = whole(number, 0, MAX_TASKS).map_err(|problem| {
            let error = field_error(Id::IdleTasks, number.as_given(), problem);
            FileError::at(path.place(index), about(&error))
        })?;
        hours.push(hour);
    }
    let week =
        WeekHours::new(&hours).map_err(|error| FileError::at(path, format_args!(": {error}.")))?;
    if let Some(service) = setter.scenario.services.get_mut(0) {
        service.load = Load::Week(week);
    }
    Ok(())
}

fn set_spot(setter: &mut Setter, spot: &shape::Spot, path: Path<'_>) -> Result<(), FileError> {
    let strategy = match spot {
        shape::Spot::None {} => return Ok(()),
        shape::Spot::Share { percent } => {
            return setter.number(path.field("percent"), Id::SpotShare, Some(percent));
        }
        shape::Spot::Providers { providers } => reduced(providers, path)?,
        shape::Spot::BaseWeights {
            base,
            on_demand_weight,
            spot_weight,
        } => {
            let weights = [on_demand_weight, spot_weight].map(Option::as_ref);
            base_weights(base.as_ref(), weights, path)?
        }
    };
    if let Some(service) = setter.scenario.services.get_mut(0) {
        service.spot = Some(strategy);
    }
    Ok(())
}

fn base_weights(
    base: Option<&Number>,
    [on_demand, spot]: [Option<&Number>; 2],
    path: Path<'_>,
) -> Result<Strategy, FileError> {
    // Each is tried beside weights that are above 0, so that only its own limits speak.
    let mut trial = Setter::new();
    trial.text(path, Id::Strategy, Some("0.1.1"))?;
    trial.number(path.field("base"), Id::SpotBase, base)?;
    trial.number(
        path.field("on_demand_weight"),
        Id::OnDemandWeight,
        on_demand,
    )?;
    trial.text(path, Id::OnDemandWeight, Some("1"))?;
    trial.number(path.field("spot_weight"), Id::SpotWeight, spot)?;
    let part = |number: Option<&Number>| number.map_or("0", number_or).parse::<u32>().unwrap_or(0);
    let weight = |number| u16::try_from(part(number)).unwrap_or(0);
    Strategy::new(part(base), weight(on_demand), weight(spot)).ok_or_else(|| {
        FileError::at(
            path,
            ": on_demand_weight and spot_weight are both 0; at least one must be above 0.",
        )
    })
}

fn set_ranges(
    setter: &mut Setter,
    ranges: &shape::Ranges,
    path: Path<'_>,
) -> Result<(), FileError> {
    for (field, id, range) in [
        ("spot", Id::RangeSpot, &ranges.spot),
        ("load", Id::RangeLoad, &ranges.load),
        ("packing", Id::RangePacking, &ranges.packing),
        ("year_old_price", Id::RangePrice, &ranges.year_old_price),
    ] {
        if let Some(range) = range {
            let [low, high] = [&range.low_percent, &range.high_percent].map(number_or);
            let text = format!("{low}-{high}");
            setter.text(path.field(field), id, Some(&text))?;
        }
    }
    Ok(())
}

fn set_fleet(setter: &mut Setter, fleet: &shape::Fleet, path: Path<'_>) -> Result<(), FileError> {
    setter.number(
        path.field("min_zones"),
        Id::MinZones,
        fleet.min_zones.as_ref(),
    )?;
    setter.number(
        path.field("min_instances"),
        Id::MinInstances,
        fleet.min_instances.as_ref(),
    )?;
    setter.number(
        path.field("target_capacity_percent"),
        Id::TargetCapacity,
        fleet.target_capacity_percent.as_ref(),
    )?;
    setter.number(
        path.field("reserved_memory_mib"),
        Id::ReservedMemory,
        fleet.reserved_memory_mib.as_ref(),
    )?;
    setter.text(path.field("network"), Id::Network, fleet.network.as_deref())?;
    setter.switch(path.field("eni_trunking"), Id::Trunking, fleet.eni_trunking)?;
    setter.number(
        path.field("cpu_overcommit"),
        Id::CpuOvercommit,
        fleet.cpu_overcommit.as_ref(),
    )?;
    setter.number(
        path.field("memory_overcommit"),
        Id::MemoryOvercommit,
        fleet.memory_overcommit.as_ref(),
    )?;
    if let Some(types) = &fleet.types {
        set_types(setter, types, path.field("types"))?;
    }
    let daemons = fleet.daemons.as_deref().unwrap_or_default();
    let path = path.field("daemons");
    counted(daemons.len(), (0, MAX_DAEMONS), path, "daemons")?;
    for (index, given) in daemons.iter().enumerate() {
        setter
            .scenario
            .fleet
            .daemons
            .push(daemon(given, path.place(index))?);
    }
    Ok(())
}

fn daemon(file: &shape::Daemon, path: Path<'_>) -> Result<Daemon, FileError> {
    let name = file.name.as_deref().unwrap_or(super::DAEMON);
    let name = Name::new(name).ok_or_else(|| {
        let error = field_error(Id::Name, name, Problem::NotAName);
        FileError::at(path.field("name"), about(&error))
    })?;
    let most_vcpu = Vcpu::whole(192);
    let most_memory = Gib::whole(4096);
    Ok(Daemon {
        name,
        vcpu: quantity(
            &file.vcpu,
            path.field("vcpu"),
            Vcpu::parse,
            &most_vcpu,
            "vCPU",
        )?,
        memory: quantity(
            &file.memory_gib,
            path.field("memory_gib"),
            Gib::parse,
            &most_memory,
            "GiB",
        )?,
        sidecar_on_fargate: file.sidecar_on_fargate.unwrap_or(true),
    })
}

fn set_types(setter: &mut Setter, types: &shape::Types, path: Path<'_>) -> Result<(), FileError> {
    let (names, excluded, burstable, bare_metal) = match types {
        shape::Types::Auto {
            exclude_families,
            burstable,
            bare_metal,
        } => (None, exclude_families, burstable, bare_metal),
        shape::Types::Named {
            names,
            exclude_families,
            burstable,
            bare_metal,
        } => (Some(names), exclude_families, burstable, bare_metal),
    };
    setter.switch(path.field("burstable"), Id::Burstable, *burstable)?;
    setter.switch(path.field("bare_metal"), Id::BareMetal, *bare_metal)?;
    let fleet = &mut setter.scenario.fleet;
    if let Some(names) = names {
        let path = path.field("names");
        counted(names.len(), (1, MAX_NAMES), path, "types")?;
        fleet.types = names_of(
            names,
            path,
            TypeName::new,
            "an instance type, such as m7g.large",
        )?;
    }
    if let Some(excluded) = excluded {
        let path = path.field("exclude_families");
        counted(excluded.len(), (0, MAX_NAMES), path, "families")?;
        fleet.excluded = names_of(excluded, path, FamilyName::new, "a family, such as m6a")?;
    }
    Ok(())
}

/// Reads names, each once.
fn names_of<T: PartialEq>(
    given: &[String],
    path: Path<'_>,
    new: impl Fn(&str) -> Option<T>,
    what: &str,
) -> Result<Vec<T>, FileError> {
    let mut names = Vec::with_capacity(given.len());
    for (index, text) in given.iter().enumerate() {
        let name = new(text).ok_or_else(|| not_a(path.place(index), text, what))?;
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Ok(names)
}

fn set_lines(setter: &mut Setter, lines: &shape::Lines, path: Path<'_>) -> Result<(), FileError> {
    setter.switch(path.field("ebs"), Id::Ebs, lines.ebs)?;
    setter.text(path.field("egress"), Id::Egress, lines.egress.as_deref())?;
    // Its capacity is checked without a load balancer too, and then counts for nothing.
    let at = path.field("load_balancer");
    setter.switch(at, Id::LoadBalancer, Some(true))?;
    let units = lines.load_balancer_units.as_ref();
    setter.number(
        path.field("load_balancer_units"),
        Id::LoadBalancerUnits,
        units,
    )?;
    setter.switch(
        at,
        Id::LoadBalancer,
        Some(lines.load_balancer.unwrap_or(false)),
    )?;
    setter.switch(path.field("staff_time"), Id::StaffTime, lines.staff_time)
}

fn set_owned(setter: &mut Setter, owned: &shape::Owned, path: Path<'_>) -> Result<(), FileError> {
    setter.number(
        path.field("free_vcpu"),
        Id::FreeVcpu,
        owned.free_vcpu.as_ref(),
    )?;
    setter.number(
        path.field("free_memory_gib"),
        Id::FreeMemory,
        owned.free_memory_gib.as_ref(),
    )?;
    let plans = owned.plans.as_deref().unwrap_or_default();
    let at = path.field("plans");
    counted(plans.len(), (0, MAX_OWNED), at, "plans")?;
    for (index, given) in plans.iter().enumerate() {
        setter
            .scenario
            .owned
            .plans
            .push(plan(given, at.place(index))?);
    }
    let reservations = owned.reservations.as_deref().unwrap_or_default();
    let at = path.field("reservations");
    counted(reservations.len(), (0, MAX_OWNED), at, "reservations")?;
    for (index, given) in reservations.iter().enumerate() {
        let reservation = reservation(given, at.place(index))?;
        setter.scenario.owned.reservations.push(reservation);
    }
    Ok(())
}

fn plan(file: &shape::Plan, path: Path<'_>) -> Result<OwnedPlan, FileError> {
    let kind = CommitmentKind::from_id(&file.kind)
        .filter(|kind| kind.is_savings_plan())
        .ok_or_else(|| not_one_of(path.field("kind"), &file.kind, &PLANS))?;
    let term = Term::from_id(&file.term)
        .ok_or_else(|| not_one_of(path.field("term"), &file.term, &terms()))?;
    let payment = Payment::from_id(&file.payment)
        .ok_or_else(|| not_one_of(path.field("payment"), &file.payment, &payments()))?;
    let family = file.family.as_deref().map(|text| {
        FamilyName::new(text)
            .ok_or_else(|| not_a(path.field("family"), text, "a family, such as m7g"))
    });
    let family = family.transpose()?;
    let amount = amount(&file.usd_per_hour).ok_or_else(|| {
        let given = file.usd_per_hour.as_given();
        not_a(
            path.field("usd_per_hour"),
            given,
            "an amount. Allowed: 0.001 to 10000 dollars an hour, in steps of 0.001",
        )
    })?;
    let has_family = family.is_some();
    let commitment = Commitment {
        kind,
        term,
        payment,
    };
    OwnedPlan::new(commitment, family, amount).ok_or_else(|| {
        let says = if has_family {
            " does not apply to a Compute Savings Plan (compute_sp)."
        } else {
            " is missing: an EC2 Instance Savings Plan (ec2_sp) is for one family."
        };
        FileError::at(path.field("family"), says)
    })
}

/// Dollars an hour in thousandths.
fn amount(number: &Number) -> Option<PlanAmount> {
    let (whole, fraction) = number
        .plain()
        .split_once('.')
        .unwrap_or((number.plain(), ""));
    if fraction.len() > 3 {
        return None;
    }
    let thousandths = format!("{whole}{fraction:0<3}").parse().ok()?;
    PlanAmount::from_thousandths(thousandths)
}

fn reservation(file: &shape::Reservation, path: Path<'_>) -> Result<OwnedReservation, FileError> {
    let instance_type = TypeName::new(&file.instance_type).ok_or_else(|| {
        let what = "an instance type, such as m7g.large";
        not_a(path.field("instance_type"), &file.instance_type, what)
    })?;
    let count = whole(&file.count, 1, ReservedCount::MAX)
        .ok()
        .and_then(ReservedCount::new);
    let count = count.ok_or_else(|| {
        let what = format!(
            "a count. Allowed: whole numbers from 1 to {}",
            ReservedCount::MAX
        );
        not_a(path.field("count"), file.count.as_given(), &what)
    })?;
    Ok(OwnedReservation {
        instance_type,
        count,
    })
}

/// Sets the weights of criteria. Each is read by itself, so that what is wrong has its own path.
fn set_weights(
    setter: &mut Setter,
    given: &[shape::CriterionWeight],
    path: Path<'_>,
) -> Result<(), FileError> {
    let mut texts: Vec<String> = Vec::with_capacity(given.len());
    for (index, entry) in given.iter().enumerate() {
        let path = path.place(index);
        let criterion = Criterion::from_id(&entry.criterion)
            .filter(|criterion| !criterion.is_money())
            .ok_or_else(|| not_one_of(path.field("criterion"), &entry.criterion, &criteria()))?;
        let taken = given.iter().take(index);
        if taken
            .into_iter()
            .any(|other| other.criterion == entry.criterion)
        {
            let says = format_args!(": {} stands twice.", entry.criterion);
            return Err(FileError::at(path.field("criterion"), says));
        }
        let limit = u32::from(MOST_WEIGHT);
        let weight = whole(&entry.weight, 0, limit).map_err(|_| {
            let what = format!("a weight. Allowed: whole numbers from 0 to {MOST_WEIGHT}");
            not_a(path.field("weight"), entry.weight.as_given(), &what)
        })?;
        texts.push(format!("{}:{weight}", criterion.id()));
    }
    setter.text(path, Id::Weights, Some(&texts.join(",")))
}

fn set_prices(
    setter: &mut Setter,
    prices: &[shape::OwnPrice],
    path: Path<'_>,
) -> Result<(), FileError> {
    counted(prices.len(), (0, MAX_OWN), path, "prices")?;
    for (index, given) in prices.iter().enumerate() {
        let own = own_price(given, &setter.scenario.region, path.place(index))?;
        let pricing = &mut setter.scenario.pricing;
        if pricing.own(own.region.as_str(), &own.key).is_some() {
            let says = format_args!(": {} stands twice for {}.", own.key, own.region.as_str());
            return Err(FileError::at(path.place(index), says));
        }
        // The count and the figure are checked above.
        pricing.set_own(own);
    }
    Ok(())
}

fn own_price(file: &shape::OwnPrice, here: &Region, path: Path<'_>) -> Result<OwnPrice, FileError> {
    let region = match &file.region {
        Some(code) => region(code, path.field("region"))?,
        None => here.clone(),
    };
    let key = PriceKey::parse(&file.price).ok_or_else(|| {
        let what = "the name of a price, such as fargate.linux.arm64.on_demand.vcpu_hour";
        not_a(path.field("price"), &file.price, what)
    })?;
    let rate = Rate::parse(file.usd.plain()).filter(|&rate| OwnPrice::fits(&key, rate));
    let rate = rate.ok_or_else(|| {
        let most = match key {
            PriceKey::Fee(_) => "1",
            _ => "100000 dollars",
        };
        let what = format!("a price. Allowed: above 0, at most {most}, with at most ten decimals");
        not_a(path.field("usd"), file.usd.as_given(), &what)
    })?;
    Ok(OwnPrice { region, key, rate })
}

/// A scenario whose inputs are set one by one; what the registry refuses is said of the field's
/// path.
pub(super) struct Setter {
    scenario: Scenario,
}

impl Setter {
    /// Everything at its default.
    pub(super) fn new() -> Self {
        Self {
            scenario: baseline(),
        }
    }

    /// Sets an input to a number, where there is one.
    pub(super) fn number(
        &mut self,
        path: Path<'_>,
        id: Id,
        number: Option<&Number>,
    ) -> Result<(), FileError> {
        match number {
            Some(number) => self.set(path, id, (number.plain(), number.as_given())),
            None => Ok(()),
        }
    }

    /// Sets an input to a word, where there is one.
    pub(super) fn text(
        &mut self,
        path: Path<'_>,
        id: Id,
        text: Option<&str>,
    ) -> Result<(), FileError> {
        match text {
            Some(text) => self.set(path, id, (text, text)),
            None => Ok(()),
        }
    }

    fn switch(&mut self, path: Path<'_>, id: Id, on: Option<bool>) -> Result<(), FileError> {
        self.text(path, id, on.map(|on| if on { "on" } else { "off" }))
    }

    /// Sets an input to a list of words, each of which is checked by itself.
    fn list(
        &mut self,
        path: Path<'_>,
        id: Id,
        words: &[String],
        problem: impl Fn(&str) -> Option<Problem>,
    ) -> Result<(), FileError> {
        for (index, word) in words.iter().enumerate() {
            if let Some(problem) = problem(word) {
                let error = field_error(id, word, problem);
                return Err(FileError::at(path.place(index), about(&error)));
            }
        }
        self.text(path, id, Some(&words.join(",")))
    }

    fn set(
        &mut self,
        path: Path<'_>,
        id: Id,
        (text, given): (&str, &str),
    ) -> Result<(), FileError> {
        match inputs::set(&self.scenario, 0, id, text) {
            Ok(scenario) => {
                self.scenario = scenario;
                Ok(())
            }
            Err(error) => {
                let error = field_error(id, given, error.problem);
                Err(FileError::at(path, about(&error)))
            }
        }
    }
}

fn field_error(input: Id, given: &str, problem: Problem) -> FieldError {
    FieldError {
        input,
        given: given.to_owned(),
        problem,
    }
}

/// What the registry says of an input, without the label that it begins with: the path stands
/// there.
fn about(error: &FieldError) -> String {
    let text = error.to_string();
    let label = error.input.input().label;
    text.strip_prefix(label)
        .map_or_else(|| format!(": {text}"), str::to_owned)
}

fn not_a(path: Path<'_>, given: &str, what: &str) -> FileError {
    let short: String = given.chars().take(60).collect();
    FileError::at(path, format_args!(": “{short}” is not {what}."))
}

fn not_one_of(path: Path<'_>, given: &str, allowed: &[&str]) -> FileError {
    let short: String = given.chars().take(60).collect();
    let allowed = allowed.join(", ");
    FileError::at(
        path,
        format_args!(": “{short}” is not known. Allowed: {allowed}."),
    )
}

/// Refuses a list of fewer or more entries than a scenario holds.
fn counted(
    count: usize,
    (least, most): (usize, usize),
    path: Path<'_>,
    what: &str,
) -> Result<(), FileError> {
    if (least..=most).contains(&count) {
        return Ok(());
    }
    let says = format_args!(": {count} {what} were given. Allowed: {least} to {most}.");
    Err(FileError::at(path, says))
}

/// The digits of a number that the registry took already.
pub(super) fn number_or(number: &Number) -> &str {
    number.plain()
}

fn whole(number: &Number, least: u32, most: u32) -> Result<u32, Problem> {
    let text = number.plain();
    if inputs::plain_number(text).is_none() {
        return Err(Problem::NotANumber);
    }
    if text.contains('.') {
        return Err(Problem::NotWhole);
    }
    let count = text
        .parse()
        .ok()
        .filter(|count| (least..=most).contains(count));
    count.ok_or(Problem::OutOfRange)
}

fn quantity<Q: PartialOrd + std::fmt::Display>(
    number: &Number,
    path: Path<'_>,
    parse: impl Fn(&str) -> Result<Q, QuantityError>,
    most: &Q,
    unit: &str,
) -> Result<Q, FileError> {
    let given = number.as_given();
    let short: String = given.chars().take(60).collect();
    let refused = |error: QuantityError| {
        let says = format_args!(": {short} {error}. Allowed: 0 to {most} {unit}.");
        FileError::at(path, says)
    };
    let value = parse(number.plain()).map_err(&refused)?;
    if value <= *most {
        Ok(value)
    } else {
        Err(refused(QuantityError::OutOfRange))
    }
}
