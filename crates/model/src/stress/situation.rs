//! What a plan costs a month once something has happened: bills by the rules of the present ones.

use rust_decimal::Decimal;

use super::calendar::{After, Month};
use super::{Event, HALF_PERCENT};
use crate::fargate::price::Tasks;
use crate::fleet::Operator;
use crate::fleet::free::FreeRoom;
use crate::fleet::price::{Fleet, Kept};
use crate::load::Pattern;
use crate::money::Usd;
use crate::option::{OptionId, Place, Purchase};
use crate::platform::Arch;
use crate::prices::PriceBook;
use crate::purchase::{Commitment, CommitmentKind, Payment, PriceKind};
use crate::report::{Capacity, CommittedAmount, Outcome, Priced, Upfront, evaluate_option};
use crate::scenario::{Scenario, Service};

/// A plan that is bought, and the service that it is bought for.
pub(super) struct Situation<'a> {
    scenario: &'a Scenario,
    service: &'a Service,
    book: &'a PriceBook,
    option: OptionId,
    bought: Bought,
    first: Month,
    upfront_unknown: bool,
    /// The type that the instances are of; `None` on Fargate.
    type_index: Option<usize>,
}

/// What is bought on the first day.
#[derive(Clone, Copy)]
enum Bought {
    Nothing,
    Commitment {
        commitment: Commitment,
        amount: CommittedAmount,
        /// US dollars a month, used or not.
        paid: Usd,
        /// US dollars an hour at the prices of the book, used or not.
        hourly: Usd,
    },
}

impl<'a> Situation<'a> {
    /// The situation of a priced option; `None` where it is bought to commit to nothing.
    pub(super) fn new(
        scenario: &'a Scenario,
        service: &'a Service,
        book: &'a PriceBook,
        (option, priced): (OptionId, &Priced),
    ) -> Option<Self> {
        let hours = Decimal::from(scenario.hours_per_month.get());
        let bought = match option.purchase {
            Purchase::OnDemand | Purchase::SpotMix => Bought::Nothing,
            Purchase::Committed(commitment) => {
                let (listed, paid) = priced.bill.under(PriceKind::Committed(commitment));
                let amount = priced.committed?.amount;
                let hourly = Usd::new(listed.ratio_to(Usd::new(hours))?);
                match amount {
                    CommittedAmount::Dollars(dollars) if dollars <= Usd::ZERO => return None,
                    CommittedAmount::Instances(0) => return None,
                    _ => Bought::Commitment {
                        commitment,
                        amount,
                        paid,
                        hourly,
                    },
                }
            }
        };
        let type_index = match &priced.capacity {
            Capacity::Fleet(fleet) => Some(fleet.legs.first()?.types.first()?.index),
            Capacity::Fargate(_) | Capacity::Cluster(_) => None,
        };
        Some(Self {
            scenario,
            service,
            book,
            option,
            bought,
            first: month(scenario, option.purchase, priced),
            upfront_unknown: priced.upfront == Upfront::NotQuoted,
            type_index,
        })
    }

    /// A month while nothing happens.
    pub(super) const fn first(&self) -> Month {
        self.first
    }

    /// Whether the source does not say what is paid in advance.
    pub(super) const fn upfront_unknown(&self) -> bool {
        self.upfront_unknown
    }

    /// What months cost from an event on; `None` where it cannot happen or has no price.
    pub(super) fn after(&self, event: Event) -> Option<After> {
        match event {
            Event::Nothing => Some(self.unchanged()),
            Event::LoadHalves => self.at_half_load(),
            Event::FamilyChanges => match self.type_index {
                None => Some(self.unchanged()),
                Some(index) => self.in_another_family(index),
            },
            Event::MovesToFargate if self.option.place == Place::Fargate => Some(self.unchanged()),
            Event::MovesToFargate => self.on_fargate(),
        }
    }

    const fn unchanged(&self) -> After {
        After {
            kept: self.first.total,
            renewed: self.first,
            at_most: false,
        }
    }

    /// The load as it is, or a share of it, as it stands on this option's place.
    fn pattern(&self, percent: u32) -> Pattern {
        let pattern = Pattern::of_service(self.scenario, self.service, self.option.arch);
        let pattern = if percent == 100 {
            pattern
        } else {
            pattern.at(percent)
        };
        if self.option.place == Place::Ec2 {
            // Room that is there already is on instances of one's own.
            pattern.beyond(FreeRoom::of(&self.scenario.owned).tasks(self.service))
        } else {
            pattern
        }
    }

    fn fleet<'b>(&'b self, pattern: &'b Pattern) -> Fleet<'b> {
        let operator = Operator::of(self.option.place);
        Fleet::new(
            self.scenario,
            self.service,
            self.book,
            pattern,
            (operator, self.option.arch),
        )
    }

    fn at_half_load(&self) -> Option<After> {
        let pattern = self.pattern(HALF_PERCENT);
        if self.option.place == Place::Fargate {
            let (scenario, arch) = (self.scenario, self.option.arch);
            let tasks = Tasks::new(scenario, self.service, self.book, &pattern, arch);
            return self.after_on_fargate(&tasks);
        }
        let fleet = self.fleet(&pattern);
        let renewed = self.priced_anew(&fleet)?;
        let kept = match self.bought {
            Bought::Nothing => renewed.total,
            Bought::Commitment {
                commitment, amount, ..
            } => {
                let kept = fleet.kept(commitment, amount, self.type_index?).ok()?;
                self.as_bought(amount, kept)
            }
        };
        Some(After {
            kept,
            renewed,
            at_most: false,
        })
    }

    /// The instances move to the cheapest type of any other family, on-demand prices deciding. A
    /// Compute Savings Plan follows, a Convertible Reserved Instance is exchanged; the other
    /// commitments stay behind and are paid for.
    fn in_another_family(&self, index: usize) -> Option<After> {
        let pattern = self.pattern(100);
        let family = self.book.types.get(index)?.family();
        let fleet = self.fleet(&pattern).without_family(family);
        let on_demand = priced(fleet.price(self.on_demand()))?;
        let Capacity::Fleet(used) = &on_demand.capacity else {
            return None;
        };
        let to = used.legs.first()?.types.first()?.index;
        let renewed = self.priced_anew(&fleet)?;
        let Bought::Commitment {
            commitment,
            amount,
            paid,
            hourly,
        } = self.bought
        else {
            return Some(After {
                kept: on_demand.total,
                renewed,
                at_most: false,
            });
        };
        let left_behind = (on_demand.total + paid, false);
        let (kept, at_most) = match (commitment.kind, amount) {
            (CommitmentKind::ComputeSavingsPlan, CommittedAmount::Dollars(dollars)) => {
                let known = fleet.kept(commitment, amount, to).ok();
                let at_most = known.is_none();
                let kept = match known {
                    Some(kept) => kept,
                    None => fleet.kept_at_most(commitment, dollars, to).ok()?,
                };
                (self.as_bought(amount, kept), at_most)
            }
            (CommitmentKind::ConvertibleReservedInstance, _) => {
                match fleet.exchanged(commitment, hourly, to) {
                    Ok(kept) => (kept.total, false),
                    // What an exchange would save is not known, but nobody has to make one.
                    Err(_) => (left_behind.0, true),
                }
            }
            _ => left_behind,
        };
        Some(After {
            kept,
            renewed,
            at_most,
        })
    }

    /// The service moves to Fargate, on the architecture that is cheapest there on-demand. A
    /// Compute Savings Plan follows, at Fargate's rates under it; the other commitments stay
    /// behind and are paid for.
    fn on_fargate(&self) -> Option<After> {
        let reports = Arch::ALL.iter().filter_map(|&arch| {
            let option = OptionId {
                place: Place::Fargate,
                arch,
                purchase: Purchase::OnDemand,
            };
            let report = evaluate_option(self.scenario, self.service, option, self.book)?;
            Some((option, report.deciding()?.total))
        });
        let (option, on_demand) = reports.min_by_key(|(_, total)| *total)?;
        let gone = Month {
            total: on_demand,
            prepaid: Usd::ZERO,
        };
        match self.bought {
            Bought::Nothing => Some(After {
                kept: on_demand,
                renewed: gone,
                at_most: false,
            }),
            Bought::Commitment { commitment, .. }
                if commitment.kind == CommitmentKind::ComputeSavingsPlan =>
            {
                let pattern = Pattern::of_service(self.scenario, self.service, option.arch);
                let (scenario, arch) = (self.scenario, option.arch);
                let tasks = Tasks::new(scenario, self.service, self.book, &pattern, arch);
                self.after_on_fargate(&tasks)
            }
            Bought::Commitment { paid, .. } => Some(After {
                kept: on_demand + paid,
                renewed: gone,
                at_most: false,
            }),
        }
    }

    /// Tasks on Fargate under what was bought.
    fn after_on_fargate(&self, tasks: &Tasks<'_>) -> Option<After> {
        let on_demand = priced(tasks.price(Purchase::OnDemand))?;
        let Bought::Commitment {
            commitment,
            amount: amount @ CommittedAmount::Dollars(hourly),
            paid,
            ..
        } = self.bought
        else {
            return Some(After {
                kept: on_demand.total,
                renewed: month(self.scenario, Purchase::OnDemand, &on_demand),
                at_most: false,
            });
        };
        let purchase = Purchase::Committed(commitment);
        let anew = priced(tasks.price(purchase));
        let renewed = anew.as_ref().unwrap_or(&on_demand);
        let renewed = month(self.scenario, purchase, renewed);
        Some(match priced(tasks.kept(commitment, hourly)) {
            Some(kept) => {
                let committed = kept.bill.under(PriceKind::Committed(commitment)).1;
                let kept = Kept {
                    total: kept.total,
                    unused: Usd::ZERO,
                    committed,
                };
                After {
                    kept: self.as_bought(amount, kept),
                    renewed,
                    at_most: false,
                }
            }
            // The book has no rate for it there: at most it covers nothing.
            None => After {
                kept: on_demand.total + paid,
                renewed,
                at_most: true,
            },
        })
    }

    const fn on_demand(&self) -> OptionId {
        OptionId {
            purchase: Purchase::OnDemand,
            ..self.option
        }
    }

    /// What is bought for the next term: the same purchase at its cheapest amount by then, or
    /// on-demand where it has no price.
    fn priced_anew(&self, fleet: &Fleet<'_>) -> Option<Month> {
        if let Some(anew) = priced(fleet.price(self.option)) {
            return Some(month(self.scenario, self.option.purchase, &anew));
        }
        let on_demand = priced(fleet.price(self.on_demand()))?;
        Some(month(self.scenario, Purchase::OnDemand, &on_demand))
    }

    /// A plan that is kept costs what it was bought at, whatever the rates it is now spent at are.
    fn as_bought(&self, amount: CommittedAmount, kept: Kept) -> Usd {
        match (amount, self.bought) {
            (CommittedAmount::Dollars(_), Bought::Commitment { paid, .. }) => {
                kept.total - kept.committed + paid
            }
            _ => kept.total,
        }
    }
}

/// The priced option, if it is one.
fn priced(outcome: Outcome) -> Option<Box<Priced>> {
    match outcome {
        Outcome::Priced(priced) => Some(priced),
        Outcome::NotEligible(_) | Outcome::NoPrice(_) => None,
    }
}

/// A month of a priced option, and what of it is paid in advance.
fn month(scenario: &Scenario, purchase: Purchase, priced: &Priced) -> Month {
    Month {
        total: priced.total,
        prepaid: prepaid(scenario, purchase, priced).unwrap_or_default(),
    }
}

/// What of a month is paid in advance: the share of the commitment that is, of what the commitment
/// costs in the month. `None` where nothing is, or the source does not say how much.
///
/// Of a Savings Plan with a partial payment it is at least a half: a half is taken.
fn prepaid(scenario: &Scenario, purchase: Purchase, priced: &Priced) -> Option<Usd> {
    let Purchase::Committed(commitment) = purchase else {
        return None;
    };
    let (listed, paid) = priced.bill.under(PriceKind::Committed(commitment));
    let in_advance = match (commitment.payment, priced.upfront) {
        (Payment::NoUpfront, _) | (_, Upfront::NotQuoted) => return None,
        (Payment::AllUpfront, _) => return Some(paid),
        (Payment::PartialUpfront, Upfront::Cash(cash) | Upfront::AtLeast(cash)) => cash,
    };
    let months = Decimal::from(commitment.term.hours())
        .checked_div(Decimal::from(scenario.hours_per_month.get()))?;
    let share = in_advance.ratio_to(listed.scaled(months))?;
    Some(paid.scaled(share.min(Decimal::ONE)))
}
