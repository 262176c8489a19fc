//! The calendar of a plan: which bill is due in which month, and what of it was paid in advance.

use rust_decimal::Decimal;

use super::{EVENT_MONTH, MONTHS};
use crate::money::Usd;
use crate::option::{OptionId, Purchase};
use crate::purchase::Term;

/// What a month costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Month {
    /// US dollars, what was paid in advance for the month included.
    pub(super) total: Usd,
    /// Of these paid at the beginning of the term.
    pub(super) prepaid: Usd,
}

/// What months cost from an event on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct After {
    /// In the term that is running, where the commitment stays as it was bought.
    pub(super) kept: Usd,
    /// In the terms after it.
    pub(super) renewed: Month,
    /// Whether either is a bound from above.
    pub(super) at_most: bool,
}

/// A plan in time: its first term, and what it costs while nothing happens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Calendar {
    /// Months of a term. A term is so many of the scenario's months: of 730 hours, exactly the
    /// hours of the term.
    term: usize,
    first: Month,
}

/// A plan under an event, month by month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MonthByMonth {
    /// Paid once so many months have passed.
    pub(super) paid: Vec<Usd>,
    /// The same with what is paid in advance spread over its term.
    used: Vec<Usd>,
}

impl Calendar {
    pub(super) const fn new(option: OptionId, first: Month) -> Self {
        let term = match option.purchase {
            Purchase::Committed(commitment) => match commitment.term {
                Term::OneYear => 12,
                Term::ThreeYears => 36,
            },
            Purchase::OnDemand | Purchase::SpotMix => MONTHS,
        };
        Self { term, first }
    }

    /// What is due on the first day.
    pub(super) fn upfront(self) -> Usd {
        self.in_advance(self.first)
    }

    fn in_advance(self, month: Month) -> Usd {
        month.prepaid.scaled(Decimal::from(self.term))
    }

    /// Lives through an event.
    pub(super) fn live(self, after: &After) -> MonthByMonth {
        let mut paid = vec![self.upfront()];
        let mut used = vec![Usd::ZERO];
        let (mut sum_paid, mut sum_used) = (self.upfront(), Usd::ZERO);
        for passed in 1..=MONTHS {
            let in_first_term = passed <= self.term;
            let month = if passed < EVENT_MONTH {
                self.first
            } else if in_first_term {
                Month {
                    total: after.kept,
                    ..self.first
                }
            } else {
                after.renewed
            };
            sum_used += month.total;
            sum_paid += month.total - month.prepaid;
            // The next term begins, if the study still looks at it.
            if passed % self.term == 0 && passed < MONTHS {
                sum_paid += self.in_advance(after.renewed);
            }
            paid.push(sum_paid);
            used.push(sum_used);
        }
        MonthByMonth { paid, used }
    }
}

impl MonthByMonth {
    /// The first month by whose end no more has been paid than `other` paid, if what has been used
    /// up never costs more from then on.
    pub(super) fn payback(&self, other: &[Usd]) -> Option<usize> {
        let no_more = |one: &[Usd], month: usize| {
            let (one, other) = (one.get(month)?, other.get(month)?);
            Some(one.rounded_to_millionths() <= other.rounded_to_millionths())
        };
        // The first month from which on what is used up never costs more.
        let settled = (1..=MONTHS)
            .rev()
            .take_while(|&month| no_more(&self.used, month) == Some(true))
            .last()?;
        (settled..=MONTHS).find(|&month| no_more(&self.paid, month) == Some(true))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::option::Place;
    use crate::platform::Arch;
    use crate::purchase::{Commitment, CommitmentKind, Payment};

    fn usd(dollars: i64) -> Usd {
        Usd::new(dollars.into())
    }

    fn calendar(term: Term, total: i64, prepaid: i64) -> Calendar {
        let option = OptionId {
            place: Place::Ec2,
            arch: Arch::X86,
            purchase: Purchase::Committed(Commitment {
                kind: CommitmentKind::ReservedInstance,
                term,
                payment: Payment::AllUpfront,
            }),
        };
        let first = Month {
            total: usd(total),
            prepaid: usd(prepaid),
        };
        Calendar::new(option, first)
    }

    fn on_demand(monthly: i64) -> Vec<Usd> {
        (0..=36).map(|month| usd(monthly * month)).collect()
    }

    fn unchanged(total: i64, prepaid: i64) -> After {
        After {
            kept: usd(total),
            renewed: Month {
                total: usd(total),
                prepaid: usd(prepaid),
            },
            at_most: false,
        }
    }

    #[test]
    fn a_year_paid_in_advance_by_hand() {
        // $70 a month, $60 of it in advance: $720 on the first day, and again after each year.
        let lived = calendar(Term::OneYear, 70, 60).live(&unchanged(70, 60));
        assert_eq!(lived.paid.len(), 37);
        for (month, expected) in [
            (0, 720),
            (1, 730),
            (11, 830),
            (12, 840 + 720),
            (24, 1_680 + 720),
            (36, 2_520),
        ] {
            assert_eq!(lived.paid[month], usd(expected), "{month}");
        }
        // 720 + 10 m <= 100 m from month 8 on.
        assert_eq!(lived.payback(&on_demand(100)), Some(8));
        // Dearer than on-demand, it never is paid back.
        assert_eq!(lived.payback(&on_demand(69)), None);
        assert_eq!(lived.payback(&on_demand(70)), Some(12 * 3));
    }

    #[test]
    fn an_event_leaves_the_first_term_as_it_was_bought() {
        // $70 with $60 in advance; from month 7 on $65 while it is kept, then $30 with $20.
        let after = After {
            kept: usd(65),
            renewed: Month {
                total: usd(30),
                prepaid: usd(20),
            },
            at_most: false,
        };
        let lived = calendar(Term::OneYear, 70, 60).live(&after);
        for (month, expected) in [
            (0, 720),
            (6, 720 + 60),
            (7, 720 + 60 + 5),
            (12, 720 + 60 + 30 + 240),
            (13, 720 + 60 + 30 + 240 + 10),
            (24, 720 + 90 + 240 + 120 + 240),
            (36, 6 * 70 + 6 * 65 + 24 * 30),
        ] {
            assert_eq!(lived.paid[month], usd(expected), "{month}");
        }
        let three = calendar(Term::ThreeYears, 70, 60).live(&after);
        assert_eq!(three.paid[0], usd(36 * 60));
        assert_eq!(three.paid[36], usd(6 * 70 + 30 * 65));
    }

    #[test]
    fn what_was_gained_and_lost_again_is_not_paid_back() {
        // Nothing in advance: $70 beside $100, then $70 beside $50 to the end of three years.
        let lived = calendar(Term::ThreeYears, 70, 0).live(&unchanged(70, 0));
        let other: Vec<Usd> = (0..=36_i64)
            .map(|month| usd(100 * month.min(6) + 50 * (month - 6).max(0)))
            .collect();
        assert_eq!(lived.payback(&other), None);
        // With a little less to lose it stays paid back from the first month on.
        let other: Vec<Usd> = (0..=36_i64)
            .map(|month| usd(100 * month.min(6) + 65 * (month - 6).max(0)))
            .collect();
        assert_eq!(lived.payback(&other), Some(1));
    }
}
