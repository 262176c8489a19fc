//! Capacity options: a place, an architecture, and how it is bought.

use std::fmt;

use crate::platform::Arch;
use crate::purchase::{Commitment, CommitmentKind, PriceKind};

ids! {
    /// Where tasks run.
    pub enum Place {
        /// AWS Fargate: a virtual machine for each task.
        Fargate = "fargate",
        /// EC2 instances in Auto Scaling groups of one's own.
        Ec2 = "ec2",
        /// ECS Managed Instances: EC2 instances that AWS runs.
        ManagedInstances = "managed_instances",
    }
}

/// How an option's capacity is bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purchase {
    /// All tasks on on-demand capacity, no commitment.
    OnDemand,
    /// On-demand and Spot, by the service's strategy.
    SpotMix,
    /// As much under a commitment as is cheapest, the rest on-demand.
    Committed(Commitment),
}

impl fmt::Display for Purchase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OnDemand => f.write_str("on_demand"),
            Self::SpotMix => f.write_str("spot_mix"),
            Self::Committed(commitment) => commitment.fmt(f),
        }
    }
}

/// One way to run a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OptionId {
    /// Where.
    pub place: Place,
    /// On which processors.
    pub arch: Arch,
    /// How it is bought.
    pub purchase: Purchase,
}

impl fmt::Display for OptionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}-{}-{}",
            self.place.id(),
            self.arch.id(),
            self.purchase
        )
    }
}

impl OptionId {
    /// The option with this identifier, such as `ec2-arm64-ri_1y_no_upfront`.
    pub fn from_id(id: &str) -> Option<Self> {
        let mut parts = id.splitn(3, '-');
        let place = Place::from_id(parts.next()?)?;
        let arch = Arch::from_id(parts.next()?)?;
        let purchase = match parts.next()? {
            "on_demand" => Purchase::OnDemand,
            "spot_mix" => Purchase::SpotMix,
            other => match PriceKind::from_id(other)? {
                PriceKind::Committed(commitment) => Purchase::Committed(commitment),
                PriceKind::OnDemand | PriceKind::Spot => return None,
            },
        };
        Some(Self {
            place,
            arch,
            purchase,
        })
    }

    /// Every option that is reported, in the order of the report.
    pub fn all() -> impl Iterator<Item = Self> {
        Place::ALL.iter().flat_map(|&place| {
            Arch::ALL.iter().flat_map(move |&arch| {
                purchases(place).map(move |purchase| Self {
                    place,
                    arch,
                    purchase,
                })
            })
        })
    }
}

/// The purchases that a place takes. Fargate takes no commitment but the Compute Savings Plan.
fn purchases(place: Place) -> impl Iterator<Item = Purchase> {
    let taken = move |commitment: &Commitment| {
        place != Place::Fargate || commitment.kind == CommitmentKind::ComputeSavingsPlan
    };
    [Purchase::OnDemand, Purchase::SpotMix]
        .into_iter()
        .chain(Commitment::all().filter(taken).map(Purchase::Committed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_option_reads_back_from_its_identifier() {
        let mut count = 0;
        for option in OptionId::all() {
            assert_eq!(
                OptionId::from_id(&option.to_string()),
                Some(option),
                "{option}"
            );
            count += 1;
        }
        assert_eq!(count, 2 * ((2 + 6) + 2 * (2 + 4 * 6 + 1)));
        assert_eq!(OptionId::from_id("fargate-x86_64-spot"), None);
        assert_eq!(OptionId::from_id("fargate-x86_64"), None);
    }
}
