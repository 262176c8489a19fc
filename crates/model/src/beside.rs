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

/// Adds every line that the scenario switches on.
pub fn add(
    bill: &mut Bill,
    scenario: &Scenario,
    service: &Service,
    book: &PriceBook,
    standing: Standing,
) -> Result<(), Missing> {
    let month = Decimal::from(scenario.hours_per_month.get());
    let zones = Decimal::from(scenario.fleet.min_zones.get());
    let mut line = |item: Adjacent, quantity: Decimal| -> Result<(), Missing> {
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
    };
    let traffic = service.traffic;
    let outside = Decimal::from(traffic.egress.get());
    let pulled = standing.pulls * traffic.image.decimal();
    match egress(scenario, standing.place) {
        Egress::None => {}
        Egress::Public => line(Adjacent::PublicIpv4, standing.hours)?,
        Egress::Nat => {
            line(Adjacent::NatGatewayHour, zones * month)?;
            line(Adjacent::NatGatewayData, exact::sum(outside, pulled))?;
        }
        Egress::Endpoints => {
            let endpoints = Decimal::from(ENDPOINTS) * zones;
            line(Adjacent::VpcEndpointHour, endpoints * month)?;
            line(Adjacent::VpcEndpointData, outside)?;
        }
    }
    if let Some(units) = scenario.lines.load_balancer {
        line(Adjacent::AlbHour, month)?;
        line(Adjacent::AlbLcu, Decimal::from(units.get()) * month)?;
    }
    line(Adjacent::LogsIngest, traffic.logs.get().into())?;
    line(Adjacent::CrossAzData, traffic.cross_zone.get().into())
}

/// What of these lines goes along with each instance, so that a search for the cheapest type
/// counts it.
pub fn along(
    scenario: &Scenario,
    service: &Service,
    book: &PriceBook,
    place: Place,
) -> Result<Along, Missing> {
    let quote = |item| book.adjacent(item).ok_or(Missing::Adjacent(item));
    let mut along = Along::default();
    match egress(scenario, place) {
        Egress::None | Egress::Endpoints => {}
        Egress::Public => along.address = Some(quote(Adjacent::PublicIpv4)?),
        Egress::Nat if service.traffic.image == Gib::ZERO => {}
        Egress::Nat => {
            along.pull = Some((service.traffic.image, quote(Adjacent::NatGatewayData)?));
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
