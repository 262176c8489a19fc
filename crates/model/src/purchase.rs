//! How capacity is bought: on-demand, Spot, or under a commitment.

use std::fmt;

ids! {
    /// Length of a commitment.
    pub enum Term {
        /// One year (8,760 hours).
        OneYear = "1y",
        /// Three years (26,280 hours).
        ThreeYears = "3y",
    }
}

impl Term {
    /// Hours of the term: what an upfront payment is spread over.
    pub const fn hours(self) -> u32 {
        match self {
            Self::OneYear => 8_760,
            Self::ThreeYears => 26_280,
        }
    }
}

ids! {
    /// Payment option of a commitment.
    pub enum Payment {
        /// Nothing in advance, the rest by the hour.
        NoUpfront = "no_upfront",
        /// About half in advance.
        PartialUpfront = "partial_upfront",
        /// All in advance.
        AllUpfront = "all_upfront",
    }
}

ids! {
    /// Kind of a commitment.
    pub enum CommitmentKind {
        /// Compute Savings Plan: dollars an hour, any region, family and system; Fargate too.
        ComputeSavingsPlan = "compute_sp",
        /// EC2 Instance Savings Plan: dollars an hour, one family in one region.
        Ec2InstanceSavingsPlan = "ec2_sp",
        /// Standard Reserved Instance: instances of one family in one region.
        ReservedInstance = "ri",
        /// Convertible Reserved Instance: like a Standard one, dearer, and exchangeable.
        ConvertibleReservedInstance = "ri_convertible",
        /// A committed rate whose source does not say which kind it is (model rule 30): its own
        /// purchase, locked to the instance type, never in the Savings Plan arithmetic.
        Unstated = "commit",
    }
}

/// A commitment on offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Commitment {
    /// Savings Plan or Reserved Instance.
    pub kind: CommitmentKind,
    /// One or three years.
    pub term: Term,
    /// How much is paid in advance.
    pub payment: Payment,
}

impl CommitmentKind {
    /// Whether it commits dollars an hour, and not instances.
    pub const fn is_savings_plan(self) -> bool {
        matches!(
            self,
            Self::ComputeSavingsPlan | Self::Ec2InstanceSavingsPlan
        )
    }
}

impl Commitment {
    /// Every commitment that is compared, in the order of the report. One whose kind is not
    /// stated is known for one year with nothing upfront alone.
    pub fn all() -> impl Iterator<Item = Self> {
        let of = |kind| {
            Term::ALL.iter().flat_map(move |&term| {
                Payment::ALL.iter().map(move |&payment| Self {
                    kind,
                    term,
                    payment,
                })
            })
        };
        let stated = |kind: &&CommitmentKind| **kind != CommitmentKind::Unstated;
        let kinds = CommitmentKind::ALL.iter().filter(stated);
        kinds
            .flat_map(move |&kind| of(kind))
            .chain([Self::one_year_no_upfront(CommitmentKind::Unstated)])
    }

    /// One year, nothing in advance.
    pub const fn one_year_no_upfront(kind: CommitmentKind) -> Self {
        Self {
            kind,
            term: Term::OneYear,
            payment: Payment::NoUpfront,
        }
    }
}

impl fmt::Display for Commitment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}_{}_{}",
            self.kind.id(),
            self.term.id(),
            self.payment.id()
        )
    }
}

/// Which column of a price list a price stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PriceKind {
    /// The undiscounted list price.
    OnDemand,
    /// Spare capacity that AWS may take back.
    Spot,
    /// The effective hourly rate under a commitment.
    Committed(Commitment),
}

impl PriceKind {
    /// The kind with this identifier, such as `on_demand` or `ri_1y_no_upfront`.
    pub fn from_id(id: &str) -> Option<Self> {
        match id {
            "on_demand" => return Some(Self::OnDemand),
            "spot" => return Some(Self::Spot),
            _ => {}
        }
        CommitmentKind::ALL.iter().find_map(|&kind| {
            let rest = id.strip_prefix(kind.id())?.strip_prefix('_')?;
            let (term, payment) = rest.split_once('_')?;
            Some(Self::Committed(Commitment {
                kind,
                term: Term::from_id(term)?,
                payment: Payment::from_id(payment)?,
            }))
        })
    }
}

impl fmt::Display for PriceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OnDemand => f.write_str("on_demand"),
            Self::Spot => f.write_str("spot"),
            Self::Committed(commitment) => commitment.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_identifier_reads_back_as_what_it_names() {
        let mut kinds = vec![PriceKind::OnDemand, PriceKind::Spot];
        for &kind in CommitmentKind::ALL {
            for &term in Term::ALL {
                for &payment in Payment::ALL {
                    kinds.push(PriceKind::Committed(Commitment {
                        kind,
                        term,
                        payment,
                    }));
                }
            }
        }
        for kind in kinds {
            assert_eq!(PriceKind::from_id(&kind.to_string()), Some(kind), "{kind}");
        }
        assert_eq!(PriceKind::from_id("ri_2y_no_upfront"), None);
        assert_eq!(PriceKind::from_id("ri_convertible_no_upfront"), None);
    }
}
