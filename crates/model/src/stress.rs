//! The study of what commitments cost over 36 months if things do not go as planned.
//!
//! Every commitment that a service's options price is bought on the first day, beside on-demand on
//! the same place, and lived through several [`Event`]s: nothing happens, the load halves, the
//! family of the instances changes, the service moves to Fargate. What is bought stays bought to
//! the end of its term. Then it is bought anew, at the amount that is cheapest by then; where
//! there is nothing left to commit to, the rest is on-demand. All amounts are bills of the present
//! rules ([`crate::commitment`], [`crate::report`]); only the calendar is new.

use crate::curve::Progress;
use crate::money::Usd;
use crate::option::{OptionId, Place, Purchase};
use crate::prices::PriceBook;
use crate::report::{OptionReport, Priced, ServiceAnswer, SetAside};
use crate::scenario::{Scenario, Service};

mod calendar;
mod situation;

use calendar::Calendar;
use situation::Situation;

/// Months that the study looks ahead: the longest term.
pub const MONTHS: usize = 36;

/// The month at whose beginning an event happens, counted from 1.
pub const EVENT_MONTH: usize = 7;

/// What is left of the load once it halves, percent of the tasks of every hour.
pub const HALF_PERCENT: u32 = 50;

ids! {
    /// What may happen.
    pub enum Event {
        /// Nothing: the load and the place stay as they are.
        Nothing = "nothing",
        /// The load halves: half of the tasks of every hour, rounded up; of jobs, half of the runs.
        LoadHalves = "load_halves",
        /// The instances move to the cheapest type of any family but their present one.
        FamilyChanges = "family_changes",
        /// The service moves to Fargate.
        MovesToFargate = "moves_to_fargate",
    }
}

/// What one plan costs under one event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// US dollars paid once so many months have passed, 0 to [`MONTHS`]: what is due in advance for
    /// a term that begins then is among them.
    pub paid: Vec<Usd>,
    /// Whether it is a bound from above: the book lacks the rate at which the commitment would
    /// cover what the service moves to.
    pub at_most: bool,
    /// The first month by whose end no more has been paid than on-demand in the same place, if what
    /// has been used up (payments in advance spread over their term) never costs more from then
    /// on; counted from 1. `None` where there is none, and of on-demand itself.
    pub payback: Option<usize>,
}

impl Course {
    /// US dollars over all months.
    pub fn total(&self) -> Usd {
        self.paid.last().copied().unwrap_or_default()
    }
}

/// One way to buy a service's capacity, through all events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The option: on-demand, or a commitment, on the architecture where it costs least.
    pub option: OptionId,
    /// US dollars a month while nothing happens.
    pub monthly: Usd,
    /// US dollars due on the first day.
    pub upfront: Usd,
    /// Whether the source does not say how much of the commitment is paid in advance. Then it is
    /// paid month by month here.
    pub upfront_unknown: bool,
    /// What it costs under each of [`Event::ALL`]; `None` where that cannot happen to the service
    /// or has no price.
    pub courses: Vec<Option<Course>>,
}

impl Plan {
    /// What it costs under an event.
    pub fn course(&self, event: Event) -> Option<&Course> {
        self.courses.get(event as usize)?.as_ref()
    }
}

/// What a plan costs more than the best choice, had the event been known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Regret {
    /// The event.
    pub event: Event,
    /// US dollars over all months; never negative.
    pub amount: Usd,
}

/// The study. [`Self::step`] it until it is done; the plans that are known can be shown at any
/// time, regrets once it is done.
#[derive(Clone, Debug)]
pub struct Stress {
    scenario: Scenario,
    service: usize,
    /// The best place: that of the verdict.
    best: Option<Place>,
    /// What each place costs on-demand; the last is looked at first.
    waiting: Vec<(OptionId, Box<Priced>)>,
    plans: Vec<Plan>,
}

impl Stress {
    /// A study of a scenario's service, whose answer is known.
    ///
    /// Looked at are on-demand and every commitment of every place, whether or not the scenario lets
    /// it win. Left out is what rests on doubtful or estimated prices that may not decide, and
    /// what commits to nothing: that is on-demand.
    pub fn new(scenario: &Scenario, service: usize, answer: &ServiceAnswer) -> Self {
        let mut waiting: Vec<(OptionId, Box<Priced>)> = Vec::new();
        for (option, priced) in answer.options.iter().filter_map(trusted) {
            let is_same = |known: &&mut (OptionId, Box<Priced>)| {
                (known.0.place, known.0.purchase) == (option.place, option.purchase)
            };
            match waiting.iter_mut().find(is_same) {
                Some(known) if priced.total < known.1.total => {
                    *known = (option, Box::new(priced.clone()));
                }
                Some(_) => {}
                None => waiting.push((option, Box::new(priced.clone()))),
            }
        }
        waiting.reverse();
        Self {
            scenario: scenario.clone(),
            service,
            best: answer.verdict.place(),
            waiting,
            plans: Vec::new(),
        }
    }

    /// The service.
    pub fn service(&self) -> &Service {
        self.scenario.services.nearest(self.service)
    }

    /// The place of the verdict; `None` where nothing can run the service.
    pub const fn best_place(&self) -> Option<Place> {
        self.best
    }

    /// Whether every plan is known.
    pub const fn is_done(&self) -> bool {
        self.waiting.is_empty()
    }

    /// The plans that are known, by place, on-demand first.
    pub fn plans(&self) -> &[Plan] {
        &self.plans
    }

    /// Looks at up to `budget` plans, from a book that the scenario's own figures are in already.
    pub fn step(&mut self, book: &PriceBook, budget: usize) -> Progress {
        for _ in 0..budget {
            let Some((option, priced)) = self.waiting.pop() else {
                return Progress::Done;
            };
            if let Some(plan) = self.live(book, option, &priced) {
                self.plans.push(plan);
            }
        }
        if self.is_done() {
            Progress::Done
        } else {
            Progress::More
        }
    }

    /// A plan through all events; `None` where it commits to nothing.
    fn live(&self, book: &PriceBook, option: OptionId, priced: &Priced) -> Option<Plan> {
        let service = self.service();
        let situation = Situation::new(&self.scenario, service, book, (option, priced))?;
        let calendar = Calendar::new(option, situation.first());
        let beside = self.plans.iter().find(|plan| {
            (plan.option.place, plan.option.purchase) == (option.place, Purchase::OnDemand)
        });
        let courses = Event::ALL.iter().map(|&event| {
            let after = situation.after(event)?;
            let month_by_month = calendar.live(&after);
            let on_demand = beside.and_then(|plan| plan.course(event));
            let payback = on_demand.and_then(|other| month_by_month.payback(&other.paid));
            Some(Course {
                paid: month_by_month.paid,
                at_most: after.at_most,
                payback,
            })
        });
        Some(Plan {
            option,
            monthly: priced.total,
            upfront: calendar.upfront(),
            upfront_unknown: situation.upfront_unknown(),
            courses: courses.collect(),
        })
    }

    /// The plan that costs least under an event, and what it costs over all months. A bound from
    /// above is not known to be the least and is left out.
    pub fn best_in_hindsight(&self, event: Event) -> Option<(OptionId, Usd)> {
        let known = self.plans.iter().filter_map(|plan| {
            let course = plan.course(event).filter(|course| !course.at_most)?;
            Some((plan.option, course.total()))
        });
        known.min_by_key(|(_, total)| *total)
    }

    /// What a plan costs more under an event than the best choice known in hindsight.
    pub fn regret(&self, plan: &Plan, event: Event) -> Option<Usd> {
        let (_, least) = self.best_in_hindsight(event)?;
        let more = plan.course(event)?.total() - least;
        Some(more.max(Usd::ZERO))
    }

    /// The largest regret of a plan over all events; of equals the earlier event.
    pub fn worst_regret(&self, plan: &Plan) -> Option<Regret> {
        let mut worst: Option<Regret> = None;
        for &event in Event::ALL {
            if let Some(amount) = self.regret(plan, event)
                && worst.is_none_or(|known| amount > known.amount)
            {
                worst = Some(Regret { event, amount });
            }
        }
        worst
    }

    /// Whether it is known what a plan costs under every event that may happen to any of the plans: what is not known
    /// could be the worst.
    pub fn is_known(&self, plan: &Plan) -> bool {
        let happens = |event: Event| self.plans.iter().any(|of| of.course(event).is_some());
        let mut events = Event::ALL.iter();
        events.all(|&event| plan.course(event).is_some() || !happens(event))
    }

    /// The plan whose worst regret is the smallest, of those that are known under every event; of equals the earlier
    /// plan.
    pub fn least_regret(&self) -> Option<(&Plan, Regret)> {
        let known = self.plans.iter().filter(|plan| self.is_known(plan));
        known
            .filter_map(|plan| Some((plan, self.worst_regret(plan)?)))
            .min_by_key(|(_, regret)| regret.amount)
    }
}

/// An option whose prices can be trusted, on-demand or committed.
fn trusted(report: &OptionReport) -> Option<(OptionId, &Priced)> {
    let priced = report.priced()?;
    let is_trusted = matches!(priced.set_aside, None | Some(SetAside::BeyondCommitment));
    (is_trusted && report.option.purchase != Purchase::SpotMix).then_some((report.option, priced))
}
