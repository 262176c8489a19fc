//! Lines beside compute and volumes: what tasks pay to reach what is outside their subnets, a
//! load balancer, logs and traffic between zones (rule 22).

use rust_decimal::Decimal;

use crate::bill::{Bill, Item};
use crate::exact;
use crate::fleet::search::Along;
use crate::load::Pattern;
use crate::option::Place;
use crate::prices::{Adjacent, PriceBook};
use crate::purchase::PriceKind;
use crate::report::Missing;
use crate::scenario::{Egress, NetworkMode, Scenario, Service};
use crate::units::Gib;

/// Interface endpoints without which a task in a private subnet does not start: two of ECR and
/// one of CloudWatch Logs. Image layers come from S3, whose gateway endpoint is free.
pub const ENDPOINTS: u32 = 3;

/// What of a service stands where, in a month.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// On what.
    pub place: Place,
    /// Hours of what can have a public address: of tasks on Fargate, of instances elsewhere.
    pub hours: Decimal,
    /// Image pulls: starts of tasks on Fargate; launches of instances elsewhere, which cache.
    pub pulls: Decimal,
}

/// What services that stand together move and write in a month.
#[derive(Clone, Copy, Debug)]
pub struct Moved {
    /// Their images: an instance that is launched pulls each of them.
    image: Gib,
    /// GB that leave their subnets, image pulls apart.
    egress: u64,
    /// GB between zones.
    cross_zone: u64,
    /// GB of logs.
    logs: u64,
    /// Whether they have gateways, endpoints and a load balancer of their own, or share those of
    /// a cluster, whose bill has them once.
    alone: bool,
}

impl Moved {
    /// What one service moves.
    pub fn by(service: &Service) -> Self {
        Self::by_all(std::iter::once(service))
    }

    /// What several move.
    pub fn by_all<'a>(services: impl Iterator<Item = &'a Service>) -> Self {
        let nothing = Self {
            image: Gib::ZERO,
            egress: 0,
            cross_zone: 0,
            logs: 0,
            alone: true,
        };
        services.fold(nothing, |sum, service| {
            let traffic = service.traffic;
            Self {
                image: sum.image.plus(traffic.image),
                egress: sum.egress + u64::from(traffic.egress.get()),
                cross_zone: sum.cross_zone + u64::from(traffic.cross_zone.get()),
                logs: sum.logs + u64::from(traffic.logs.get()),
                alone: sum.alone,
            }
        })
    }

    /// The same within a cluster whose bill has gateways, endpoints and load balancer already.
    #[must_use]
    pub const fn in_a_cluster(self, yes: bool) -> Self {
        Self {
            alone: !yes,
            ..self
        }
    }
}

/// Adds every line that the scenario switches on.
pub fn add(
    bill: &mut Bill,
    scenario: &Scenario,
    moved: Moved,
    book: &PriceBook,
    standing: Standing,
) -> Result<(), Missing> {
    let mut line = |item: Adjacent, quantity: Decimal| add_line(bill, book, item, quantity);
    let outside = Decimal::from(moved.egress);
    let pulled = standing.pulls * moved.image.decimal();
    let fixed = |line: &mut dyn FnMut(Adjacent, Decimal) -> Result<(), Missing>| {
        if moved.alone {
            ways_out(scenario, standing.place, line)
        } else {
            Ok(())
        }
    };
    match egress(scenario, standing.place) {
        Egress::None => {}
        Egress::Public => line(Adjacent::PublicIpv4, standing.hours)?,
        Egress::Nat => {
            fixed(&mut line)?;
            line(Adjacent::NatGatewayData, exact::sum(outside, pulled))?;
        }
        Egress::Endpoints => {
            fixed(&mut line)?;
            line(Adjacent::VpcEndpointData, outside)?;
        }
    }
    if moved.alone {
        load_balancer(scenario, &mut line)?;
    }
    line(Adjacent::LogsIngest, moved.logs.into())?;
    line(Adjacent::CrossAzData, moved.cross_zone.into())
}

/// Adds to the bill of a cluster what its services share: the ways out of each place that any of
/// them stands in, once, and the load balancer.
pub fn add_shared(
    bill: &mut Bill,
    scenario: &Scenario,
    book: &PriceBook,
    places: impl Iterator<Item = Place>,
) -> Result<(), Missing> {
    let mut line = |item: Adjacent, quantity: Decimal| add_line(bill, book, item, quantity);
    let mut known = Vec::new();
    for place in places {
        let way = egress(scenario, place);
        if !known.contains(&way) {
            known.push(way);
            ways_out(scenario, place, &mut line)?;
        }
    }
    load_balancer(scenario, &mut line)
}

/// Gateways or endpoints, which are there for all hours of a month.
fn ways_out(
    scenario: &Scenario,
    place: Place,
    line: &mut dyn FnMut(Adjacent, Decimal) -> Result<(), Missing>,
) -> Result<(), Missing> {
    let month = Decimal::from(scenario.hours_per_month.get());
    let zones = Decimal::from(scenario.fleet.min_zones.get());
    match egress(scenario, place) {
        Egress::None | Egress::Public => Ok(()),
        Egress::Nat => line(Adjacent::NatGatewayHour, zones * month),
        Egress::Endpoints => {
            let endpoints = Decimal::from(ENDPOINTS) * zones;
            line(Adjacent::VpcEndpointHour, endpoints * month)
        }
    }
}

fn load_balancer(
    scenario: &Scenario,
    line: &mut dyn FnMut(Adjacent, Decimal) -> Result<(), Missing>,
) -> Result<(), Missing> {
    let Some(units) = scenario.lines.load_balancer else {
        return Ok(());
    };
    let month = Decimal::from(scenario.hours_per_month.get());
    line(Adjacent::AlbHour, month)?;
    line(Adjacent::AlbLcu, Decimal::from(units.get()) * month)
}

fn add_line(
    bill: &mut Bill,
    book: &PriceBook,
    item: Adjacent,
    quantity: Decimal,
) -> Result<(), Missing> {
    if quantity.is_zero() {
        return Ok(());
    }
    let quote = book.adjacent(item).ok_or(Missing::Adjacent(item))?;
    bill.add(
        Item::Beside(item),
        PriceKind::OnDemand,
        (quantity, item.unit()),
        quote.rate.usd(),
        Some(quote.source),
    );
    Ok(())
}

/// What of these lines goes along with each instance, so that a search for the cheapest type
/// counts it.
pub fn along(
    scenario: &Scenario,
    moved: Moved,
    book: &PriceBook,
    place: Place,
) -> Result<Along, Missing> {
    let quote = |item| book.adjacent(item).ok_or(Missing::Adjacent(item));
    let mut along = Along::default();
    match egress(scenario, place) {
        Egress::None | Egress::Endpoints => {}
        Egress::Public => along.address = Some(quote(Adjacent::PublicIpv4)?),
        Egress::Nat if moved.image == Gib::ZERO => {}
        Egress::Nat => {
            along.pull = Some((moved.image, quote(Adjacent::NatGatewayData)?));
        }
    }
    Ok(along)
}

/// How tasks of a place reach what is outside: a task on Fargate may have a public address, an
/// instance in bridge or host mode too; tasks in awsvpc mode on instances may not, and pay NAT.
pub fn egress(scenario: &Scenario, place: Place) -> Egress {
    let shares_the_instances_address = match (place, scenario.fleet.network) {
        (Place::Fargate, _) | (_, NetworkMode::Host) | (Place::Ec2, NetworkMode::Bridge) => true,
        // Managed Instances have no bridge mode and are priced in awsvpc mode.
        (Place::Ec2 | Place::ManagedInstances, _) => false,
    };
    match scenario.lines.egress {
        Egress::Public if !shares_the_instances_address => Egress::Nat,
        egress => egress,
    }
}

/// Tasks that start in a month, each with an image pull on Fargate. Deployments, failures and
/// Spot interruptions start more of them, and are not counted.
pub fn task_starts(pattern: &Pattern, periods: Decimal) -> Decimal {
    let a_period = match pattern {
        Pattern::Hourly(week) => week.changes(|level| u64::from(level.tasks)).added,
        Pattern::Jobs(jobs) => u64::from(jobs.runs) * u64::from(jobs.tasks),
    };
    Decimal::from(a_period) * periods
}
