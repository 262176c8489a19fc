//! Staff time: what running a fleet of one's own costs besides AWS's bill (rule 23).
//!
//! Off unless a person switches it on, because nobody publishes how long a fleet takes. Shown in
//! any case is how long it may take before it is not worth it.

use rust_decimal::Decimal;

use crate::bill::{Bill, Component, Item, Unit};
use crate::decision;
use crate::money::Usd;
use crate::option::{OptionId, Place};
use crate::purchase::PriceKind;
use crate::report::{OptionReport, Priced};
use crate::scenario::{Scenario, Staff, StaffRate};

/// Up to how much staff time the best fleet on EC2 costs less than the best option of a place
/// whose instances AWS runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BreakEven {
    /// The cheapest option on EC2 that may win.
    pub fleet: OptionId,
    /// The cheapest option on Fargate or Managed Instances that may win.
    pub other: OptionId,
    /// What the fleet costs less, staff time apart, in US dollars a month. More than nothing.
    pub saving: Usd,
    /// What an hour of staff costs.
    pub rate: StaffRate,
    /// Staff hours a month at which both cost the same.
    pub hours: Decimal,
}

impl BreakEven {
    /// The break-even of the options of a service or of a cluster; `None` where EC2 is not the
    /// cheaper one, or either has nothing that may win.
    pub fn of(scenario: &Scenario, options: &[OptionReport]) -> Option<Self> {
        let rate = scenario.staff.rate;
        let (fleet, own) = decision::cheapest(options, |option| option.place == Place::Ec2)?;
        let (other, managed) = decision::cheapest(options, |option| option.place != Place::Ec2)?;
        let saving = managed.total - without_staff(own);
        let hours = saving.ratio_to(hour(rate))?;
        (saving > Usd::ZERO).then_some(Self {
            fleet,
            other,
            saving,
            rate,
            hours,
        })
    }
}

/// What an option costs, staff time apart.
fn without_staff(priced: &Priced) -> Usd {
    priced.total - priced.bill.component(Component::Staff)
}

/// What an hour of staff costs.
fn hour(rate: StaffRate) -> Usd {
    Usd::new(rate.get().into())
}

/// Adds the line of staff time to the bill of what stands in these places, where it is billed: one
/// line, however many fleets there are.
///
/// An assumption: only instances of one's own take staff time. Who patches, scales and replaces
/// Managed Instances, and what Fargate stands on, is AWS.
pub(crate) fn add(bill: &mut Bill, staff: Staff, mut places: impl Iterator<Item = Place>) {
    if staff.billed && places.any(|place| place == Place::Ec2) {
        let hours = Decimal::from(staff.hours.get());
        // The rate is an input and no price of AWS's: it has no source.
        bill.add(
            Item::StaffTime,
            PriceKind::OnDemand,
            (hours, Unit::StaffHours),
            hour(staff.rate),
            None,
        );
    }
}
