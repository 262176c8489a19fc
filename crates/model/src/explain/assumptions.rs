//! The assumptions that a total rests on, in a scenario's own values.

use crate::fargate::INCLUDED_EPHEMERAL_GIB;
use crate::fleet::{Operator, SYSTEM_MEMORY_PERCENT};
use crate::load::{BOOT_MINUTES, SCALE_IN_MINUTES};
use crate::prices::PriceBook;
use crate::prices::trust::{RESERVED_RATIO_POINTS, SPOT_DAYS};
use crate::scenario::{Egress, FleetSettings, Load, NetworkMode, Scenario, Service, TypeName};
use crate::words;

/// The assumptions, one sentence each. Those that a switch removes are left out.
pub fn assumptions(scenario: &Scenario, service: &Service, book: &PriceBook) -> Vec<String> {
    let fleet = &scenario.fleet;
    let mut list = vec![
        format!(
            "A month has {} hours. Prices are {} in US dollars before tax.",
            scenario.hours_per_month.get(),
            prices(scenario),
        ),
        format!(
            "A fleet is of one instance type to a capacity provider, spread evenly over {} and never below {} while the service runs.",
            words::counted(fleet.min_zones.get().into(), "zone", "zones"),
            words::counted(fleet.min_instances.get().into(), "instance", "instances"),
        ),
        format!(
            "An instance offers its tasks all of its vCPU, and its memory less {SYSTEM_MEMORY_PERCENT} % for the system (an assumption); on EC2 {} MiB less again for the agent.",
            fleet.reserved_memory.get()
        ),
        network(fleet.network, fleet.eni_trunking),
        format!(
            "Managed scaling on EC2 aims at {} % of its instances in use.",
            fleet.target_capacity.get()
        ),
        "Managed Instances cost the instance and a fee on its undiscounted on-demand price: 12 %, for G families 7.8 % (read off a bill), for P and Trainium 4.8 % (derived from an announcement). Which type AWS picks is an assumption: the cheapest that fits.".to_owned(),
        format!(
            "EC2 Spot is the mean over the three cheapest families that fit, never the single cheapest figure. A Spot figure more than {SPOT_DAYS} days older than the newest of its region decides nothing."
        ),
        format!(
            "A one-year reserved figure decides only while its ratio to the on-demand price lies within {RESERVED_RATIO_POINTS} points of its family's median."
        ),
        "On a commitment the cheapest amount for this load is taken; what is committed is paid for every hour, used or not. It covers neither Spot, nor the management fee, nor ephemeral storage.".to_owned(),
    ];
    if scenario.ebs {
        list.push(format!(
            "Each EC2 instance has {} GiB of EBS gp3, each managed instance {} GiB; tasks' scratch space beyond {INCLUDED_EPHEMERAL_GIB} GiB is EBS on instances and ephemeral storage on Fargate.",
            Operator::Own.volume_gib(),
            Operator::Managed.volume_gib(),
        ));
    }
    let lacks = book.lacks();
    if !lacks.is_empty() {
        list.push(format!(
            "The books hold no price in {} for: {}. What needs one has no price until you enter it.",
            crate::prices::index::name(&book.region),
            lacks.join(", ")
        ));
    }
    list.extend(lines_beside(scenario, service));
    match &service.load {
        Load::Constant { .. } => {}
        Load::Schedule { .. } | Load::Week(_) => list.push(format!(
            "Each instance that is added is billed {BOOT_MINUTES} minutes before its tasks run, and {SCALE_IN_MINUTES} minutes after they end. A month is the week times {} / 168.",
            scenario.hours_per_month.get()
        )),
        Load::Jobs { .. } => list.push(format!(
            "Runs start evenly over the day. On instances each run pays {BOOT_MINUTES} minutes of boot and {SCALE_IN_MINUTES} of scale-in, or the fleet is kept warm, whichever costs less; Fargate bills image pull and run by the second, at least a minute (five on Windows)."
        )),
    }
    if service
        .spot
        .is_some_and(crate::strategy::Strategy::base_without_weight)
    {
        list.push(
            "The on-demand provider has a base and weight 0: AWS's text is ambiguous about it. Its base is placed, and nothing more.".to_owned(),
        );
    }
    if may_stand_on_burstable(fleet, book) {
        list.push(
            "Burstable instances run in unlimited mode, and tasks use all of the vCPU that they ask for while they run: what that is above the baseline is billed as surplus credits, at one price in every region and for every purchase. Credits earned at launch or in quieter hours are not counted.".to_owned(),
        );
    }
    if scenario.staff.billed {
        list.push(format!(
            "Running a fleet on EC2 takes {} of staff a month at ${} an hour: what you enter, and an assumption until you do. Fargate and Managed Instances are run by AWS and take none. A discount leaves it alone.",
            words::counted(scenario.staff.hours.get().into(), "hour", "hours"),
            scenario.staff.rate.get(),
        ));
    }
    if !fleet.daemons.is_empty() {
        let names: Vec<&str> = fleet
            .daemons
            .iter()
            .map(|daemon| daemon.name.as_str())
            .collect();
        list.push(format!(
            "Daemons ({}) take their share of every instance; on Fargate those that are needed there are sidecars of each task, added before its size is rounded up.",
            names.join(", ")
        ));
    }
    list
}

/// What kind of prices a scenario rests on.
fn prices(scenario: &Scenario) -> String {
    let pricing = &scenario.pricing;
    let own = pricing.own_in(scenario.region.as_str()) as u64;
    let discount = (!pricing.discount.is_zero()).then_some(pricing.discount);
    let listed = discount.map_or_else(
        || "list prices".to_owned(),
        |discount| format!("list prices less a discount of {discount}"),
    );
    if own == 0 {
        return listed;
    }
    let untouched = discount.map_or("", |_| " that the discount leaves as entered");
    let own = words::counted(own, "price", "prices");
    format!("{listed}, except for {own} of your own{untouched},")
}

/// What the switched-on lines beside compute rest on, and estimated rates.
fn lines_beside(scenario: &Scenario, service: &Service) -> Vec<String> {
    let mut list = Vec::new();
    if let Some(estimate) = scenario.pricing.estimate {
        list.push(format!(
            "Missing rates of Standard Reserved Instances and EC2 Instance Savings Plans are estimated at {} off the on-demand price for one year and {} for three. {}",
            estimate.one_year,
            estimate.three_years,
            if estimate.may_decide {
                "You let them decide."
            } else {
                "They are shown and decide nothing."
            },
        ));
    }
    let pulls = "Each Fargate task that starts pulls its image; an instance pulls it once and caches it. Deployments, failures and interruptions pull more, and are not counted.";
    match scenario.lines.egress {
        Egress::None => {}
        Egress::Nat => list.push(format!(
            "One NAT gateway stands in each of {} all month. {pulls}",
            words::counted(scenario.fleet.min_zones.get().into(), "zone", "zones")
        )),
        Egress::Public => list.push(format!(
            "Each Fargate task has a public address while it runs, and each instance in bridge or host mode; tasks in awsvpc mode on instances cannot, and pay NAT gateways. {pulls}"
        )),
        Egress::Endpoints => list.push(format!(
            "{} interface endpoints (two of ECR, one of CloudWatch Logs) stand in each zone all month; image layers come through the free gateway endpoint of S3.",
            crate::beside::ENDPOINTS
        )),
    }
    if scenario.lines.load_balancer.is_some() || service.traffic.logs.get() > 0 {
        list.push(
            "Load balancer, logs and data between zones cost the same wherever the tasks run."
                .to_owned(),
        );
    }
    list
}

/// Whether a fleet may stand on burstable types.
fn may_stand_on_burstable(fleet: &FleetSettings, book: &PriceBook) -> bool {
    let is_burstable = |name: &TypeName| {
        let index = book.type_index(name.as_str());
        let instance = index.and_then(|index| book.types.get(index));
        instance.is_some_and(|instance| instance.burstable)
    };
    if fleet.types.is_empty() {
        fleet.burstable
    } else {
        fleet.types.iter().any(is_burstable)
    }
}

fn network(mode: NetworkMode, trunking: bool) -> String {
    match (mode, trunking) {
        (NetworkMode::Awsvpc, true) => {
            "On EC2 each task has a network interface (awsvpc), with ENI trunking: an account setting that must be switched on before instances launch. Managed Instances trunk by themselves.".to_owned()
        }
        (NetworkMode::Awsvpc, false) => {
            "On EC2 each task has a network interface (awsvpc), without ENI trunking: few tasks fit on small instances. Managed Instances trunk by themselves.".to_owned()
        }
        (NetworkMode::Bridge | NetworkMode::Host, _) => format!(
            "On EC2 tasks use {} mode, which sets no limit of network interfaces. Managed Instances are priced in awsvpc mode.",
            mode.id()
        ),
    }
}
