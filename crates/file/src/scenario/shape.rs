//! The shape of the scenario file. Reading, writing and the schema all come of it.
//!
//! What may be left out is an `Option`, and `None` stands for the default. Numbers and words are
//! as they are written: [`read`](super::read()) gives them their meaning.

use berth_model::criteria::Criterion;
use berth_model::inputs::InputId as Id;
use berth_model::needs::Need;
use berth_model::option::Place;
use berth_model::purchase::{Payment, Term};
use berth_model::scenario::Ranges as Model;

use crate::limits::{each_of, of, one_of, range, required, within};
use crate::number::Number;

record! {
    /// A scenario of Berth: everything a person can set. Only `version`, `region` and each
    /// service's `task` and `load` must be there.
    ScenarioFile {
        /// The version of this format: 1.
        #[schemars(extend("const" = 1))]
        version: Number,
        /// The code of an AWS region, such as `us-east-1`.
        region: String,
        /// Hours that a month is billed for.
        #[schemars(transform = of(Id::HoursPerMonth))]
        hours_per_month: Option<Number>,
        /// The longest commitment that may win.
        #[schemars(transform = of(Id::MaxCommitment))]
        max_commitment: Option<String>,
        /// One to fifty ECS services.
        #[schemars(length(min = 1, max = 50))]
        services: Vec<Service>,
        /// How fleets of instances are built and kept.
        fleet: Option<Fleet>,
        /// How much the committed options commit to.
        commitment: Option<Commitment>,
        /// Lines beside compute.
        lines: Option<Lines>,
        /// Percent off every line at list price, to the hundredth.
        #[schemars(transform = of(Id::Discount))]
        discount_percent: Option<Number>,
        /// Commitments and room that are there already.
        owned: Option<Owned>,
        /// Tasks on each architecture for each task of the load.
        task_factor: Option<TaskFactor>,
        /// The staff who run a fleet; billed where `lines.staff_time` says so.
        staff: Option<Staff>,
        /// The smallest saving worth a change, in US dollars a month.
        #[schemars(transform = of(Id::SmallestSaving))]
        smallest_saving_usd: Option<Number>,
        /// How much criteria that are not money count in the fit of each class of options. Those
        /// that are left out keep their default: 1 for what bears on every service, 0 for the rest.
        weights: Option<Vec<CriterionWeight>>,
        /// How far what the answer rests on may be off. They change no answer; how sure it is
        /// follows from them.
        ranges: Option<Ranges>,
        /// Prices of one's own, in place of the book's; at most a hundred.
        #[schemars(length(max = 100))]
        prices: Option<Vec<OwnPrice>>,
        /// Estimates of commitment rates that no source quotes; absent: none.
        estimate: Option<Estimate>,
    }
}

record! {
    /// One ECS service.
    Service {
        /// What a person calls it, up to 40 characters; `service` by default.
        name: Option<String>,
        /// What one task asks for.
        task: Task,
        /// Operating system.
        #[schemars(transform = of(Id::Os))]
        os: Option<String>,
        /// Architectures that its image is built for.
        #[schemars(transform = of(Id::Arch))]
        arch: Option<String>,
        /// How many tasks run when.
        load: Load,
        /// How tasks are split between on-demand and Spot; none by default: the service does not
        /// tolerate interruption.
        spot: Option<Spot>,
        /// Hard requirements.
        #[schemars(transform = each_of(needs()))]
        needs: Option<Vec<String>>,
        /// Tasks kept beside those of the load, on every option alike.
        #[schemars(transform = of(Id::Headroom))]
        headroom_tasks: Option<Number>,
        /// Where it may run; everywhere by default.
        #[schemars(length(min = 1), transform = each_of(places()))]
        places: Option<Vec<String>>,
        /// Which of a cluster's capacity providers it stands on.
        #[schemars(transform = of(Id::Provider))]
        provider: Option<String>,
        /// What it moves and writes in a month.
        traffic: Option<Traffic>,
    }
}

record! {
    /// What one task asks for.
    Task {
        /// Virtual processors, in steps of 0.001 or of 1/1024.
        #[schemars(transform = required(Id::Vcpu))]
        vcpu: Number,
        /// Memory in GiB, in steps of 0.001 or of 1/1024.
        #[schemars(transform = required(Id::Memory))]
        memory_gib: Number,
        /// Scratch space in GiB; Fargate includes the first 20.
        #[schemars(transform = of(Id::Ephemeral))]
        ephemeral_gib: Option<Number>,
        /// GPUs; none by default.
        gpu: Option<Gpu>,
    }
}

record! {
    /// GPUs that a task asks for.
    Gpu {
        /// Whole GPUs, or 0.125, 0.25 or 0.5 of one; 0 for none.
        #[schemars(extend("default" = 1), transform = required(Id::Gpu))]
        count: Option<Number>,
        /// The model, such as `A10G`; any by default.
        model: Option<String>,
    }
}

choice! {
    /// How many tasks run when.
    Load {
        /// The same count in every hour.
        Constant = "constant" {
            /// Tasks.
            #[schemars(transform = required(Id::Tasks))]
            tasks: Number,
        }
        /// One count in the first hours of the first days of a week, another in all others.
        Schedule = "schedule" {
            /// Tasks within the schedule.
            #[schemars(transform = required(Id::Tasks))]
            tasks: Number,
            /// Tasks outside it; none by default.
            #[schemars(extend("default" = 0), transform = required(Id::IdleTasks))]
            idle_tasks: Option<Number>,
            /// Scheduled hours of each scheduled day.
            #[schemars(transform = required(Id::HoursPerDay))]
            hours_per_day: Number,
            /// Scheduled days of the week.
            #[schemars(transform = required(Id::DaysPerWeek))]
            days_per_week: Number,
        }
        /// A count for each hour of a week, which repeats.
        Week = "week" {
            /// 168 counts, Monday's first hour first; at least one above 0.
            #[schemars(length(min = 168, max = 168))]
            tasks: Vec<Number>,
        }
        /// Runs that start evenly over the day.
        Jobs = "jobs" {
            /// Runs in a day.
            #[schemars(transform = required(Id::RunsPerDay))]
            runs_per_day: Number,
            /// Tasks of each run.
            #[schemars(transform = required(Id::Tasks))]
            tasks: Number,
            /// Length of each run in minutes, in steps of 0.001.
            #[schemars(transform = required(Id::Minutes))]
            minutes: Number,
            /// Seconds of image pull, which Fargate alone bills.
            #[schemars(extend("default" = 30), transform = required(Id::ImagePull))]
            image_pull_seconds: Option<Number>,
        }
    }
}

choice! {
    /// How tasks are split between on-demand and Spot.
    Spot {
        /// No Spot: the service does not tolerate interruption.
        None = "none" {}
        /// A share of the tasks on Spot, with no base.
        Share = "share" {
            /// Percent of the tasks, whole; 0 is the same as no Spot.
            #[schemars(transform = required(Id::SpotShare))]
            percent: Number,
        }
        /// A base on on-demand, and weights.
        BaseWeights = "base_weights" {
            /// Tasks that stand on on-demand first.
            #[schemars(extend("default" = 0), transform = required(Id::SpotBase))]
            base: Option<Number>,
            /// On-demand's share of the rest.
            #[schemars(extend("default" = 0), transform = required(Id::OnDemandWeight))]
            on_demand_weight: Option<Number>,
            /// Spot's share of the rest.
            #[schemars(extend("default" = 0), transform = required(Id::SpotWeight))]
            spot_weight: Option<Number>,
        }
        /// A capacity provider strategy as ECS takes it. It is kept as on-demand's base and the
        /// summed weights of on-demand and Spot.
        Providers = "providers" {
            /// One to twenty providers, all of Fargate, of EC2 or of Managed Instances.
            #[schemars(length(min = 1, max = 20))]
            providers: Vec<Provider>,
        }
    }
}

/// The kinds of capacity providers.
pub(super) const PROVIDERS: [&str; 6] = [
    "FARGATE",
    "FARGATE_SPOT",
    "ec2",
    "ec2_spot",
    "managed_instances",
    "managed_instances_spot",
];

record! {
    /// One entry of a capacity provider strategy.
    Provider {
        /// Its kind.
        #[schemars(transform = one_of(PROVIDERS.to_vec()))]
        provider: String,
        /// What a person calls it; it changes nothing and is not kept.
        name: Option<String>,
        /// Tasks that it takes first; on one on-demand provider alone.
        #[schemars(extend("default" = 0), transform = required(Id::SpotBase))]
        base: Option<Number>,
        /// Its share of the rest.
        #[schemars(extend("default" = 0), transform = required(Id::SpotWeight))]
        weight: Option<Number>,
    }
}

record! {
    /// What a service moves and writes in a month.
    Traffic {
        /// Size of its container image in GiB, as it is pulled; 0 where pulls are not billed.
        #[schemars(transform = of(Id::Image))]
        image_gib: Option<Number>,
        /// Gigabytes that leave its subnets, image pulls apart.
        #[schemars(transform = of(Id::EgressGb))]
        egress_gb: Option<Number>,
        /// Gigabytes between zones, each way counted.
        #[schemars(transform = of(Id::CrossZoneGb))]
        cross_zone_gb: Option<Number>,
        /// Gigabytes of logs; billed where `lines.logs` is true.
        #[schemars(transform = of(Id::LogsGb))]
        logs_gb: Option<Number>,
    }
}

record! {
    /// How fleets of instances are built and kept.
    Fleet {
        /// Availability Zones to spread over.
        #[schemars(transform = of(Id::MinZones))]
        min_zones: Option<Number>,
        /// Instances never to fall below, nor above one for each task.
        #[schemars(transform = of(Id::MinInstances))]
        min_instances: Option<Number>,
        /// Managed scaling's target on EC2.
        #[schemars(transform = of(Id::TargetCapacity))]
        target_capacity_percent: Option<Number>,
        /// Memory in MiB that an EC2 instance keeps back.
        #[schemars(transform = of(Id::ReservedMemory))]
        reserved_memory_mib: Option<Number>,
        /// Network mode on EC2.
        #[schemars(transform = of(Id::Network))]
        network: Option<String>,
        /// Whether the account setting `awsvpcTrunking` is on.
        #[schemars(transform = of(Id::Trunking))]
        eni_trunking: Option<bool>,
        /// What tasks may ask for of each vCPU of an EC2 instance.
        #[schemars(transform = of(Id::CpuOvercommit))]
        cpu_overcommit: Option<Number>,
        /// What tasks may ask for of each MiB of an EC2 instance.
        #[schemars(transform = of(Id::MemoryOvercommit))]
        memory_overcommit: Option<Number>,
        /// Containers that stand once on every instance; at most ten.
        #[schemars(length(max = 10))]
        daemons: Option<Vec<Daemon>>,
        /// Which instance types may be chosen.
        types: Option<Types>,
    }
}

record! {
    /// A container that stands once on every instance.
    Daemon {
        /// What a person calls it; `daemon` by default.
        name: Option<String>,
        /// Virtual processors that it takes.
        #[schemars(transform = within("0", "192"))]
        vcpu: Number,
        /// Memory in GiB that it takes.
        #[schemars(transform = within("0", "4096"))]
        memory_gib: Number,
        /// Whether each Fargate task carries it as a sidecar instead.
        #[schemars(extend("default" = true))]
        sidecar_on_fargate: Option<bool>,
    }
}

choice! {
    /// Which instance types may be chosen.
    Types {
        /// All that hold a task, but for what is left out here.
        Auto = "auto" {
            /// Families that are never chosen, such as `m6a`; at most fifty.
            #[schemars(length(max = 50))]
            exclude_families: Option<Vec<String>>,
            /// Whether burstable types may be chosen.
            #[schemars(transform = of(Id::Burstable))]
            burstable: Option<bool>,
            /// Whether bare-metal types may be chosen.
            #[schemars(transform = of(Id::BareMetal))]
            bare_metal: Option<bool>,
        }
        /// These alone.
        Named = "named" {
            /// Types such as `m7g.large`; one to fifty.
            #[schemars(length(min = 1, max = 50))]
            names: Vec<String>,
            /// Families of these that are never chosen.
            #[schemars(length(max = 50))]
            exclude_families: Option<Vec<String>>,
            /// Whether burstable types may be chosen.
            #[schemars(transform = of(Id::Burstable))]
            burstable: Option<bool>,
            /// Whether bare-metal types may be chosen.
            #[schemars(transform = of(Id::BareMetal))]
            bare_metal: Option<bool>,
        }
    }
}

choice! {
    /// How much the committed options commit to.
    Commitment {
        /// Nothing is committed to; committed options are priced at the cheapest amount, to
        /// compare.
        None = "none" {}
        /// As much as the load always uses.
        SteadyFloor = "steady_floor" {}
        /// The amount at which the month costs least.
        Cheapest = "cheapest" {}
    }
}

record! {
    /// Lines beside compute.
    Lines {
        /// Whether EBS volumes are billed.
        #[schemars(transform = of(Id::Ebs))]
        ebs: Option<bool>,
        /// How tasks reach what is outside their subnets.
        #[schemars(transform = of(Id::Egress))]
        egress: Option<String>,
        /// Whether there is an application load balancer.
        #[schemars(transform = of(Id::LoadBalancer))]
        load_balancer: Option<bool>,
        /// Capacity units that it uses on average. Without a load balancer they are checked, and
        /// count for nothing.
        #[schemars(extend("default" = 1), transform = required(Id::LoadBalancerUnits))]
        load_balancer_units: Option<Number>,
        /// Whether services' `traffic.logs_gb` is billed. Where it is not, those figures are
        /// checked, and count for nothing.
        #[schemars(extend("default" = false))]
        logs: Option<bool>,
        /// Whether staff time is billed.
        #[schemars(transform = of(Id::StaffTime))]
        staff_time: Option<bool>,
    }
}

record! {
    /// Commitments and room that are there already. They apply first and cost nothing more.
    Owned {
        /// Savings Plans; at most twenty.
        #[schemars(length(max = 20))]
        plans: Option<Vec<Plan>>,
        /// Reserved Instances; at most twenty types.
        #[schemars(length(max = 20))]
        reservations: Option<Vec<Reservation>>,
        /// Free vCPU in a cluster of EC2 instances that runs anyway.
        #[schemars(transform = of(Id::FreeVcpu))]
        free_vcpu: Option<Number>,
        /// Free memory in GiB in that cluster.
        #[schemars(transform = of(Id::FreeMemory))]
        free_memory_gib: Option<Number>,
    }
}

/// The kinds of Savings Plans.
pub(super) const PLANS: [&str; 2] = ["compute_sp", "ec2_sp"];

record! {
    /// A Savings Plan that is owned.
    Plan {
        /// Compute Savings Plan or EC2 Instance Savings Plan.
        #[schemars(transform = one_of(PLANS.to_vec()))]
        kind: String,
        /// One year or three.
        #[schemars(transform = one_of(terms()))]
        term: String,
        /// How much of it is paid in advance.
        #[schemars(transform = one_of(payments()))]
        payment: String,
        /// The family that an EC2 Instance Savings Plan is for; a Compute Savings Plan has none.
        family: Option<String>,
        /// US dollars an hour that it commits to, in steps of 0.001.
        #[schemars(transform = within("0.001", "10000"))]
        usd_per_hour: Number,
    }
}

record! {
    /// Reserved Instances that are owned.
    Reservation {
        /// Their type, such as `m7g.large`.
        instance_type: String,
        /// How many.
        #[schemars(transform = within("1", "100000"))]
        count: Number,
    }
}

record! {
    /// Tasks on each architecture for each task of the load, in steps of 0.001.
    TaskFactor {
        /// On x86, where a vCPU is a hardware thread.
        #[schemars(transform = of(Id::FactorX86))]
        x86_64: Option<Number>,
        /// On Arm, where a vCPU is a core.
        #[schemars(transform = of(Id::FactorArm))]
        arm64: Option<Number>,
    }
}

record! {
    /// The staff who run a fleet.
    Staff {
        /// What an hour costs, in US dollars.
        #[schemars(transform = of(Id::StaffRate))]
        usd_per_hour: Option<Number>,
        /// Hours a month that the fleet takes.
        #[schemars(transform = of(Id::StaffHours))]
        hours_per_month: Option<Number>,
    }
}

record! {
    /// How much a criterion counts.
    CriterionWeight {
        /// Which criterion; none of money.
        #[schemars(transform = one_of(criteria()))]
        criterion: String,
        /// How much; not all may be 0.
        #[schemars(transform = within("0", "10"))]
        weight: Number,
    }
}

record! {
    /// Ranges in place of points, each in percent of its point.
    Ranges {
        /// Spot prices, of instances and of Fargate.
        #[schemars(transform = range(Model::default().spot, Model::SPOT_LIMITS))]
        spot: Option<Range>,
        /// Tasks of each hour, or runs of jobs.
        #[schemars(transform = range(Model::default().load, Model::LOAD_LIMITS))]
        load: Option<Range>,
        /// Instances that run for each one that packing says is needed.
        #[schemars(transform = range(Model::default().packing, Model::PACKING_LIMITS))]
        packing: Option<Range>,
        /// What a list price a year older than the newest is by now; younger ones are off by less,
        /// in proportion.
        #[schemars(transform = range(Model::default().price, Model::PRICE_LIMITS))]
        year_old_price: Option<Range>,
    }
}

record! {
    /// From how many to how many percent, whole ones.
    Range {
        /// The least.
        low_percent: Number,
        /// The most: no less than the least.
        high_percent: Number,
    }
}

record! {
    /// A price of one's own.
    OwnPrice {
        /// The region whose price it replaces; the scenario's by default.
        region: Option<String>,
        /// The name of a price as `berth prices show` prints it, such as
        /// `fargate.linux.arm64.on_demand.vcpu_hour`.
        price: String,
        /// US dollars for its unit, above 0, with at most ten decimals; for a fee, the share of
        /// the list price.
        #[schemars(transform = within("0", "100000"))]
        usd: Number,
    }
}

record! {
    /// Estimates of commitment rates that no source quotes.
    Estimate {
        /// Percent off the on-demand price for one year.
        #[schemars(extend("default" = 34), transform = required(Id::EstimateOneYear))]
        one_year_percent: Option<Number>,
        /// Percent off the on-demand price for three years.
        #[schemars(extend("default" = 54), transform = required(Id::EstimateThreeYears))]
        three_years_percent: Option<Number>,
        /// Whether options that rest on an estimate may win.
        #[schemars(extend("default" = false))]
        may_decide: Option<bool>,
    }
}

fn needs() -> Vec<&'static str> {
    Need::ALL.iter().map(|need| need.id()).collect()
}

/// The criteria that can be weighed.
pub(super) fn criteria() -> Vec<&'static str> {
    Criterion::weighable().map(Criterion::id).collect()
}

fn places() -> Vec<&'static str> {
    Place::ALL.iter().map(|place| place.id()).collect()
}

/// The lengths of a commitment.
pub(super) fn terms() -> Vec<&'static str> {
    Term::ALL.iter().map(|term| term.id()).collect()
}

/// How a commitment is paid.
pub(super) fn payments() -> Vec<&'static str> {
    Payment::ALL.iter().map(|payment| payment.id()).collect()
}
