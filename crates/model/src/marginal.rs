//! What one more task costs: the steps of the staircase that the bill of an option climbs.
//!
//! The option is priced again with one task more at the peak, or in each run of a job; then with
//! two, and so on. On instances most tasks find room and cost nothing, and some open an instance.

use crate::money::Usd;
use crate::option::OptionId;
use crate::prices::PriceBook;
use crate::report::{Priced, evaluate_option};
use crate::scenario::{Scenario, TaskCount};

/// Steps that show what a staircase looks like: the next task, and eight more.
pub const STEPS: u32 = 9;

/// What more tasks of a service cost on an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marginal {
    /// The option.
    pub option: OptionId,
    /// What its tasks stand on now.
    pub now: Standing,
    /// One task more each, in order; none where the option has no price now.
    pub steps: Vec<Step>,
}

/// One task more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Tasks at the peak, or of one run, this one included.
    pub tasks: u32,
    /// What it adds to the bill, in US dollars a month. It may be less than nothing: under a Spot
    /// mix a task more can move another one from on-demand to Spot.
    pub cost: Usd,
    /// What the tasks stand on with it.
    pub after: Standing,
}

/// The instances of an option at its peak: how many of which type (its index in the book), of each
/// leg; of a Spot leg its first type. None on Fargate.
pub type Standing = Vec<(usize, u64)>;

impl Marginal {
    /// What the next `steps` tasks of a scenario's service cost on an option, in a book that the
    /// scenario's own figures are in already. Fewer steps where the most tasks of a service, or of
    /// what the option can run, are reached.
    pub fn of(
        scenario: &Scenario,
        service: usize,
        option: OptionId,
        book: &PriceBook,
        steps: u32,
    ) -> Self {
        let mut marginal = Self {
            option,
            now: Standing::new(),
            steps: Vec::new(),
        };
        let service = scenario.services.nearest(service);
        let priced = |tasks: TaskCount| {
            let mut changed = service.clone();
            changed.load = changed.load.with_tasks(tasks);
            let report = evaluate_option(scenario, &changed, option, book)?;
            let priced = report.priced()?;
            Some((priced.total, standing(priced)))
        };
        let tasks = service.load.tasks();
        let Some((mut total, now)) = priced(tasks) else {
            return marginal;
        };
        marginal.now = now;
        for more in 1..=steps {
            let Some(tasks) = TaskCount::new(tasks.get().saturating_add(more)) else {
                break;
            };
            let Some((with, after)) = priced(tasks) else {
                break;
            };
            marginal.steps.push(Step {
                tasks: tasks.get(),
                cost: with - total,
                after,
            });
            total = with;
        }
        marginal
    }

    /// What the tasks stand on before a step, counted from 0.
    pub fn before(&self, step: usize) -> &Standing {
        let before = step
            .checked_sub(1)
            .and_then(|before| self.steps.get(before));
        before.map_or(&self.now, |before| &before.after)
    }
}

fn standing(priced: &Priced) -> Standing {
    let fleets = priced.capacity.fleets();
    let legs = fleets.iter().flat_map(|fleet| &fleet.legs);
    let types = legs.filter_map(|leg| leg.types.first());
    types.map(|one| (one.index, one.instances)).collect()
}
