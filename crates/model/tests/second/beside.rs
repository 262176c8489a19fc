//! Rule 22: what is billed beside compute.

use berth_model::option::Place;
use berth_model::prices::{Adjacent, PriceBook};
use berth_model::scenario::{Egress, NetworkMode, Scenario, Service};

use super::rational::{Bill, Exact, Price, over, whole};

/// How an option's tasks reach what is outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Not billed.
    Nothing,
    /// Through gateways, image pulls too.
    Nat,
    /// By an address of each Fargate task, or of each instance.
    Address,
    /// Through endpoints.
    Endpoints,
}

impl Way {
    /// The way of a place: tasks in `awsvpc` mode on instances cannot have a public address.
    pub(crate) fn of(scenario: &Scenario, place: Place) -> Self {
        let network = scenario.fleet.network;
        let address = match place {
            Place::Fargate => true,
            Place::Ec2 => network != NetworkMode::Awsvpc,
            Place::ManagedInstances => network == NetworkMode::Host,
        };
        match scenario.lines.egress {
            Egress::None => Self::Nothing,
            Egress::Public if address => Self::Address,
            Egress::Public | Egress::Nat => Self::Nat,
            Egress::Endpoints => Self::Endpoints,
        }
    }
}

/// Something of the book beside compute.
pub(crate) fn price(book: &PriceBook, item: Adjacent) -> Option<Price> {
    book.adjacent(item).map(Price::of)
}

/// Adds so much of something; `None` where there is some and it has no price.
pub(crate) fn add(
    bill: &mut Bill,
    book: &PriceBook,
    item: Adjacent,
    quantity: &Exact,
) -> Option<()> {
    if *quantity != whole(0) {
        bill.add(quantity, price(book, item)?);
    }
    Some(())
}

/// Adds what is the same whatever the tasks stand on; `None` where a price is missing.
pub(crate) fn add_common(
    bill: &mut Bill,
    (scenario, service): (&Scenario, &Service),
    book: &PriceBook,
    way: Way,
) -> Option<()> {
    let month = i128::from(scenario.hours_per_month.get());
    let zones = i128::from(scenario.fleet.min_zones.get());
    let traffic = &service.traffic;
    let out = whole(traffic.egress.get().into());
    match way {
        Way::Nothing | Way::Address => {}
        Way::Nat => {
            add(bill, book, Adjacent::NatGatewayHour, &whole(zones * month))?;
            add(bill, book, Adjacent::NatGatewayData, &out)?;
        }
        Way::Endpoints => {
            let hours = whole(3 * zones * month);
            add(bill, book, Adjacent::VpcEndpointHour, &hours)?;
            add(bill, book, Adjacent::VpcEndpointData, &out)?;
        }
    }
    if let Some(units) = scenario.lines.load_balancer {
        add(bill, book, Adjacent::AlbHour, &whole(month))?;
        let units = whole(month * i128::from(units.get()));
        add(bill, book, Adjacent::AlbLcu, &units)?;
    }
    let logs = whole(traffic.logs.get().into());
    add(bill, book, Adjacent::LogsIngest, &logs)?;
    let crossing = whole(traffic.cross_zone.get().into());
    add(bill, book, Adjacent::CrossAzData, &crossing)
}

/// Gigabytes of so many pulls of a service's image.
pub(crate) fn pulled(service: &Service, pulls: &Exact) -> Exact {
    pulls * over(service.traffic.image.grains().into(), 128_000)
}
