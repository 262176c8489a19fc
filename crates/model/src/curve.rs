//! Cost against task count: a study of many evaluations of the same service.

use crate::eligibility::Class;
use crate::money::Usd;
use crate::option::OptionId;
use crate::prices::PriceBook;
use crate::report::{ServiceAnswer, evaluate_contenders};
use crate::scenario::{MAX_TASKS, Scenario, TaskCount};

/// Most task counts that are evaluated before crossings are narrowed down.
const SAMPLES: u32 = 96;

/// What the options cost at one task count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Tasks at the peak, or of one run.
    pub tasks: u32,
    /// The cheapest option of each class that may win, in the order of [`Class::ALL`].
    pub costs: Vec<Option<Usd>>,
    /// The class of the cheapest option of all.
    pub best: Option<Class>,
}

/// A task count from which another class is the cheapest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crossing {
    /// The first task count at which `to` is the cheapest.
    pub tasks: u32,
    /// The cheapest class before.
    pub from: Class,
    /// The cheapest class from there on.
    pub to: Class,
}

/// How far a study is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// There is more to do.
    More,
    /// All is done.
    Done,
}

/// The study. [`Self::step`] it until it is done; what it has found can be shown at any time.
#[derive(Clone, Debug)]
pub struct Curve {
    scenario: Scenario,
    service: usize,
    present: u32,
    most: u32,
    waiting: Vec<u32>,
    samples: Vec<Sample>,
    narrowed: bool,
}

impl Curve {
    /// A study of a scenario's service, from one task to about twice as many as it has.
    pub fn new(scenario: &Scenario, service: usize) -> Self {
        let present = scenario.services.nearest(service).load.tasks().get();
        let most = axis_end(present);
        // Coarse first: every task count of a halving grid that was not there before. The last
        // of the list is taken first.
        let step = most.div_ceil(SAMPLES).max(1);
        let mut counts: Vec<u32> = Vec::new();
        let mut spacing = most.next_power_of_two().max(step);
        let mut grid: Vec<u32> = (1..=most).step_by(step as usize).collect();
        if grid.last() != Some(&most) {
            grid.push(most);
        }
        counts.extend([present, 1, most]);
        while spacing >= 1 {
            counts.extend(
                grid.iter()
                    .enumerate()
                    .filter(|(index, _)| {
                        u32::try_from(*index).is_ok_and(|index| index.is_multiple_of(spacing))
                    })
                    .map(|(_, &count)| count),
            );
            spacing /= 2;
        }
        let mut waiting: Vec<u32> = Vec::with_capacity(grid.len());
        for count in counts {
            // At most a hundred: looking through them is cheaper than keeping a set.
            if !waiting.contains(&count) {
                waiting.push(count);
            }
        }
        waiting.reverse();
        Self {
            scenario: scenario.clone(),
            service,
            present,
            most,
            waiting,
            samples: Vec::new(),
            narrowed: false,
        }
    }

    /// The task count of the scenario itself.
    pub const fn present(&self) -> u32 {
        self.present
    }

    /// The largest task count.
    pub const fn most(&self) -> u32 {
        self.most
    }

    /// Whether everything has been evaluated.
    pub const fn is_done(&self) -> bool {
        self.narrowed && self.waiting.is_empty()
    }

    /// What has been evaluated, fewest tasks first.
    pub fn samples(&self) -> &[Sample] {
        &self.samples
    }

    /// Evaluates at most `budget` task counts, from a book that the scenario's own figures are in already.
    pub fn step(&mut self, book: &PriceBook, budget: usize) -> Progress {
        for _ in 0..budget {
            let Some(tasks) = self.next_count() else {
                return Progress::Done;
            };
            self.evaluate(book, tasks);
        }
        Progress::More
    }

    fn next_count(&mut self) -> Option<u32> {
        if let Some(tasks) = self.waiting.pop() {
            return Some(tasks);
        }
        if self.narrowed {
            return None;
        }
        // Halve the first gap over which the cheapest class changes, until there is none.
        let gap = self.samples.windows(2).find_map(|pair| match pair {
            [a, b] if a.best != b.best && b.tasks - a.tasks > 1 => Some(a.tasks.midpoint(b.tasks)),
            _ => None,
        });
        self.narrowed = gap.is_none();
        gap
    }

    fn evaluate(&mut self, book: &PriceBook, tasks: u32) {
        let Some(count) = TaskCount::new(tasks) else {
            return;
        };
        let mut service = self.scenario.services.nearest(self.service).clone();
        service.load = service.load.with_tasks(count);
        let answer = evaluate_contenders(&self.scenario, &service, book);
        let place = self.samples.partition_point(|sample| sample.tasks < tasks);
        self.samples.insert(place, sample(tasks, &answer));
    }

    /// Where the cheapest class changes. Exact once the study is done, as far as no two changes
    /// fall between neighbouring samples.
    pub fn crossings(&self) -> Vec<Crossing> {
        let changes = self.samples.windows(2).filter_map(|pair| match pair {
            [a, b] => match (a.best, b.best) {
                (Some(from), Some(to)) if from != to => Some(Crossing {
                    tasks: b.tasks,
                    from,
                    to,
                }),
                _ => None,
            },
            _ => None,
        });
        changes.collect()
    }
}

fn sample(tasks: u32, answer: &ServiceAnswer) -> Sample {
    let cheapest = |class| answer.cheapest(|option| option.class() == class);
    let costs = Class::ALL
        .iter()
        .map(|&class| cheapest(class).map(|(_, priced)| priced.total));
    Sample {
        tasks,
        costs: costs.collect(),
        best: answer.verdict.best().map(OptionId::class),
    }
}

/// The end of the axis: at least 20, about twice the present count, and a number people like.
fn axis_end(present: u32) -> u32 {
    let wanted = u64::from(present) * 2;
    let mut unit = 1_u64;
    loop {
        for (numerator, denominator) in [(1, 1), (2, 1), (5, 2), (5, 1)] {
            let end = unit * numerator / denominator;
            if end >= wanted.max(20) {
                return u32::try_from(end).unwrap_or(MAX_TASKS).min(MAX_TASKS);
            }
        }
        unit *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axis_ends_at_a_number_people_like() {
        for (present, end) in [
            (1, 20),
            (10, 20),
            (11, 25),
            (12, 25),
            (13, 50),
            (30, 100),
            (60_000, 100_000),
        ] {
            assert_eq!(axis_end(present), end, "{present}");
        }
    }

    #[test]
    fn the_present_count_and_both_ends_come_first_and_none_comes_twice() {
        let scenario = crate::presets::example();
        let mut curve = Curve::new(&scenario, 0);
        assert_eq!(curve.waiting.len(), 25);
        let mut order = Vec::new();
        while let Some(count) = curve.waiting.pop() {
            order.push(count);
        }
        assert_eq!(order[..3], [12, 1, 25]);
        order.sort_unstable();
        assert_eq!(order, (1..=25).collect::<Vec<_>>());
    }
}
