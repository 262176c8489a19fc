//! Differences that are known, and the model's to mend. An entry goes when its rule is kept.

use std::collections::BTreeMap;

use berth_model::option::{OptionId, Place, Purchase};
use berth_model::prices::key::PriceKey;
use berth_model::pricing::OwnPrice;
use berth_model::purchase::PriceKind;
use berth_model::report;
use berth_model::scenario::{Egress, Load, Scenario, Sizing};
use berth_model::units::Gib;

use super::options::Priced;
use super::rational::{agree, exactly, over};

/// Why the model's figure is another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Known {
    /// Rule 5: the model ranks totals by their millionths, so that a 28th digit may tell equal ones
    /// apart, and a dearer one of the same millionth may come first.
    TieByRounding,
    /// Rule 17: where a job's fleet is kept warm, its steady floor is that fleet; the model
    /// reserves the bursts that would stand otherwise.
    SteadyFloorOfWarmFleet,
    /// Rule 18: where the user's own Spot price is above the on-demand price, the model's least
    /// and most are the wrong way round.
    RangeReversed,
    /// Rule 20: usage that is a whole number of a plan's steps may round down to one step less.
    SteadyFloorOfPlan,
    /// Rule 22: where runs of a job overlap, each still launches instances beside reserved ones,
    /// and these pull the image; the model counts them as if no runs overlapped.
    PullsBesideReserved,
    /// Rules 20 and 24: of two plan rates one is the user's own and knows no discount; the model
    /// misses the cheapest amount.
    PlanOfOwnRates,
    /// Rule 24: a Spot price derived from the user's own list price knows no discount; the model
    /// chooses types and families as if it did.
    SpotOfOwnListPrice,
}

/// How often each came up.
pub(crate) type Counts = BTreeMap<Known, u64>;

impl Known {
    /// What is known of a difference between two prices of an option.
    pub(crate) fn of(
        scenario: &Scenario,
        option: OptionId,
        exact: &Priced,
        model: &report::Priced,
    ) -> Option<Self> {
        let service = scenario.services.nearest(0);
        let discounted = !scenario.pricing.discount.is_zero();
        let owns = |is: fn(&PriceKey) -> bool| {
            let mut own = scenario.pricing.own.iter();
            own.any(|OwnPrice { key, .. }| is(key))
        };
        let floor = scenario.sizing == Sizing::SteadyFloor;
        let (jobs, overlapping) = match service.load {
            Load::Jobs {
                runs_per_day,
                minutes,
                ..
            } => {
                let standing = u64::from(runs_per_day.get()) * (u64::from(minutes.get()) + 20_000);
                (true, standing >= 1_440_000)
            }
            _ => (false, false),
        };
        let pulls = service.traffic.image > Gib::ZERO
            && matches!(scenario.lines.egress, Egress::Nat | Egress::Public);
        let total = exactly(model.total);
        let (dearer, cheaper) = (total > exact.total, total < exact.total);
        match option.purchase {
            Purchase::Committed(commitment) if commitment.kind.is_savings_plan() => {
                let step = over(scenario.hours_per_month.get().into(), 1_000);
                let difference = &total - &exact.total;
                let one_step = difference <= step && -difference <= step;
                let own = owns(|key| matches!(key, PriceKey::Fargate(..)));
                let fargate = option.place == Place::Fargate;
                if jobs && floor && one_step {
                    Some(Self::SteadyFloorOfPlan)
                } else {
                    (fargate && discounted && own && dearer).then_some(Self::PlanOfOwnRates)
                }
            }
            Purchase::Committed(_) if floor => overlapping.then_some(Self::SteadyFloorOfWarmFleet),
            Purchase::Committed(_) => {
                (overlapping && pulls && cheaper).then_some(Self::PullsBesideReserved)
            }
            Purchase::SpotMix if option.place == Place::Fargate => {
                let reversed = agree(model.total, &exact.total)
                    && agree(model.low, &exact.high)
                    && agree(model.high, &exact.low);
                reversed.then_some(Self::RangeReversed)
            }
            Purchase::SpotMix => {
                let own = owns(|key| matches!(key, PriceKey::Ec2(_, PriceKind::OnDemand, _)));
                (discounted && own && !exact.decides).then_some(Self::SpotOfOwnListPrice)
            }
            Purchase::OnDemand => None,
        }
    }
}
