//! What is there already: commitments that are paid for anyway, and room in a running cluster.

use std::fmt;

use super::names::{FamilyName, TypeName};
use crate::purchase::{Commitment, CommitmentKind, PriceKind};
use crate::units::{Gib, Vcpu};

/// Most plans, and most kinds of reservations, that are owned.
pub const MAX_OWNED: usize = 20;

/// Dollars an hour that a plan commits to, in whole thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlanAmount(u32);

impl PlanAmount {
    /// The largest, in thousandths of a dollar an hour.
    pub const MAX: u32 = 10_000_000;

    /// From thousandths; `None` for nothing, or more than [`Self::MAX`].
    pub const fn from_thousandths(count: u32) -> Option<Self> {
        if count > 0 && count <= Self::MAX {
            Some(Self(count))
        } else {
            None
        }
    }

    /// In thousandths of a dollar an hour.
    pub const fn thousandths(self) -> u32 {
        self.0
    }
}

/// How many instances of a type are reserved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReservedCount(u32);

impl ReservedCount {
    /// The most.
    pub const MAX: u32 = 100_000;

    /// So many; `None` for none, or more than [`Self::MAX`].
    pub const fn new(count: u32) -> Option<Self> {
        if count > 0 && count <= Self::MAX {
            Some(Self(count))
        } else {
            None
        }
    }

    /// The number.
    pub const fn get(self) -> u32 {
        self.0
    }
}

/// A Savings Plan that is owned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnedPlan {
    /// Which plan; its rates are those of this term and payment.
    pub commitment: Commitment,
    /// The family that an EC2 Instance Savings Plan is for; `None` for a Compute Savings Plan.
    pub family: Option<FamilyName>,
    /// What it commits to.
    pub amount: PlanAmount,
}

/// Reserved Instances that are owned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnedReservation {
    /// Their type.
    pub instance_type: TypeName,
    /// How many.
    pub count: ReservedCount,
}

/// What is there already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Owned {
    /// Savings Plans.
    pub plans: Vec<OwnedPlan>,
    /// Reserved Instances.
    pub reservations: Vec<OwnedReservation>,
    /// Free vCPU in a cluster of EC2 instances that runs anyway.
    pub free_vcpu: Vcpu,
    /// Free memory in that cluster.
    pub free_memory: Gib,
}

/// Why a text is not a list of what is owned. Places are counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OwnedError {
    /// More entries than are kept.
    #[error("{0} entries were given; allowed are at most {MAX_OWNED}")]
    TooMany(usize),
    /// Not a plan.
    #[error(
        "entry {0} is not a plan; write compute_sp_1y_no_upfront=0.5, or ec2_sp_1y_no_upfront:m7g=0.5, in dollars an hour from 0.001 to 10000"
    )]
    NotAPlan(usize),
    /// Not a reservation.
    #[error("entry {0} is not a reservation; write m7g.large=3, from 1 to 100000")]
    NotAReservation(usize),
}

impl Owned {
    /// Whether any commitment is owned.
    pub const fn has_commitments(&self) -> bool {
        !self.plans.is_empty() || !self.reservations.is_empty()
    }

    /// Reads plans such as `compute_sp_1y_no_upfront=0.5` and `ec2_sp_3y_all_upfront:m7g=1.25`.
    pub fn parse_plans(text: &str) -> Result<Vec<OwnedPlan>, OwnedError> {
        list(text, |entry, place| {
            OwnedPlan::parse(entry).ok_or(OwnedError::NotAPlan(place))
        })
    }

    /// Reads reservations such as `m7g.large=3`.
    pub fn parse_reservations(text: &str) -> Result<Vec<OwnedReservation>, OwnedError> {
        list(text, |entry, place| {
            OwnedReservation::parse(entry).ok_or(OwnedError::NotAReservation(place))
        })
    }
}

fn list<T>(
    text: &str,
    read: impl Fn(&str, usize) -> Result<T, OwnedError>,
) -> Result<Vec<T>, OwnedError> {
    let entries = text
        .split([',', ';', ' ', '\n', '\t'])
        .filter(|entry| !entry.is_empty());
    let list = entries
        .enumerate()
        .map(|(index, entry)| read(entry, index + 1))
        .collect::<Result<Vec<T>, OwnedError>>()?;
    if list.len() > MAX_OWNED {
        return Err(OwnedError::TooMany(list.len()));
    }
    Ok(list)
}

impl OwnedPlan {
    /// A plan; `None` where its kind is no Savings Plan, or it has a family and should have none,
    /// or the other way round.
    pub fn new(
        commitment: Commitment,
        family: Option<FamilyName>,
        amount: PlanAmount,
    ) -> Option<Self> {
        let fits = match commitment.kind {
            CommitmentKind::ComputeSavingsPlan => family.is_none(),
            CommitmentKind::Ec2InstanceSavingsPlan => family.is_some(),
            _ => false,
        };
        fits.then_some(Self {
            commitment,
            family,
            amount,
        })
    }

    fn parse(text: &str) -> Option<Self> {
        let (what, amount) = text.split_once('=')?;
        let (kind, family) = match what.split_once(':') {
            Some((kind, family)) => (kind, Some(FamilyName::new(family)?)),
            None => (what, None),
        };
        let PriceKind::Committed(commitment) = PriceKind::from_id(kind)? else {
            return None;
        };
        Self::new(commitment, family, parse_thousandths(amount)?)
    }
}

fn parse_thousandths(text: &str) -> Option<PlanAmount> {
    let number = crate::inputs::plain_number(text)?;
    crate::inputs::thousandths(&number).and_then(PlanAmount::from_thousandths)
}

impl OwnedReservation {
    fn parse(text: &str) -> Option<Self> {
        let (name, count) = text.split_once('=')?;
        Some(Self {
            instance_type: TypeName::new(name)?,
            count: ReservedCount::new(count.parse().ok()?)?,
        })
    }
}

impl fmt::Display for PlanAmount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::inputs::from_thousandths(self.0))
    }
}

impl fmt::Display for OwnedPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.commitment.fmt(f)?;
        if let Some(family) = &self.family {
            write!(f, ":{family}")?;
        }
        write!(f, "={}", self.amount)
    }
}

impl fmt::Display for OwnedReservation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.instance_type, self.count.get())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plans(text: &str) -> Result<Vec<String>, OwnedError> {
        Owned::parse_plans(text).map(|plans| plans.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn plans_and_reservations_read_back_as_they_are_written() {
        assert_eq!(
            plans("compute_sp_1y_no_upfront=0.5, ec2_sp_3y_all_upfront:m7g=1.25").unwrap(),
            [
                "compute_sp_1y_no_upfront=0.5",
                "ec2_sp_3y_all_upfront:m7g=1.25"
            ]
        );
        let reservations = Owned::parse_reservations("m7g.large=3 c5.xlarge=1").unwrap();
        assert_eq!(reservations.len(), 2);
        assert_eq!(reservations[0].to_string(), "m7g.large=3");
    }

    #[test]
    fn what_is_neither_is_named() {
        for wrong in [
            "compute_sp_1y_no_upfront:m7g=1",
            "ec2_sp_1y_no_upfront=1",
            "ri_1y_no_upfront=1",
            "compute_sp_1y_no_upfront=0",
            "compute_sp_1y_no_upfront=10000.001",
            "compute_sp_1y_no_upfront=0.0005",
            "spot=1",
            "one",
        ] {
            assert_eq!(plans(wrong), Err(OwnedError::NotAPlan(1)), "{wrong}");
        }
        assert_eq!(
            Owned::parse_reservations("m7g.large=3 c5=1"),
            Err(OwnedError::NotAReservation(2))
        );
        assert_eq!(
            Owned::parse_reservations("m7g.large=0"),
            Err(OwnedError::NotAReservation(1))
        );
        let many = vec!["m7g.large=1"; 21].join(",");
        assert_eq!(
            Owned::parse_reservations(&many),
            Err(OwnedError::TooMany(21))
        );
    }
}
