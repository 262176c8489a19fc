//! The answer for a whole scenario, in steps that are short beside a frame.

use std::sync::Arc;

use super::{Cluster, ClusterAnswer, grounds};
use crate::curve::Progress;
use crate::prices::PriceBook;
use crate::report::{OptionReport, ServiceAnswer, evaluate_service};
use crate::scenario::Scenario;

/// The study of all services together: first each alone, then all on each place, then each where
/// it costs least. [`Self::step`] it until it is done; the answer is that of
/// [`super::evaluate_cluster`].
#[derive(Clone, Debug)]
pub struct Study {
    scenario: Scenario,
    alone: Vec<ServiceAnswer>,
    /// Places and architectures that all services have been priced on.
    priced: usize,
    options: Vec<OptionReport>,
    answer: Option<Arc<ClusterAnswer>>,
}

impl Study {
    /// A study of a scenario, nothing of which is known yet.
    pub const fn new(scenario: Scenario) -> Self {
        Self {
            scenario,
            alone: Vec::new(),
            priced: 0,
            options: Vec::new(),
            answer: None,
        }
    }

    /// The scenario.
    pub const fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The answer for each service alone, as far as they are known.
    pub fn alone(&self) -> &[ServiceAnswer] {
        &self.alone
    }

    /// The answer; `None` until it is known.
    pub fn answer(&self) -> Option<&Arc<ClusterAnswer>> {
        self.answer.as_ref()
    }

    /// Does one step, from a book that the scenario's own figures are in already: a service alone,
    /// all services on one place and architecture, or the assignment.
    pub fn step(&mut self, book: &PriceBook) -> Progress {
        if self.answer.is_some() {
            return Progress::Done;
        }
        if let Some(service) = self.scenario.services.iter().nth(self.alone.len()) {
            let answer = evaluate_service(&self.scenario, service, book);
            self.alone.push(answer);
            return Progress::More;
        }
        let cluster = Cluster::new(&self.scenario, book);
        if let [only] = self.alone.as_slice() {
            self.options.clone_from(&only.options);
        } else if let Some((place, arch)) = grounds().nth(self.priced) {
            let reports = cluster.reports_of(place, arch);
            self.options.extend(reports);
            self.priced += 1;
            return Progress::More;
        }
        let options = std::mem::take(&mut self.options);
        self.answer = Some(Arc::new(cluster.answer(options, &self.alone)));
        Progress::Done
    }
}
