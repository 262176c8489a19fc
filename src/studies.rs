//! Drives studies between frames: coarse first, a few milliseconds at a time, dropped by an edit.
//!
//! They go one after another: the curve, the near fits of the service that is shown, and what all services cost
//! together. The last belongs to the scenario alone, and stays where another service is shown.

use std::sync::Arc;

use crate::platform::clock::{self, next_frame};
use crate::platform::page;
use crate::reactive::{Signal, effect, signal};
use crate::state::{Answered, AppState};
use berth_model::cluster;
use berth_model::curve::{Curve, Progress};
use berth_model::explain::{self, ClusterWords};
use berth_model::near_fit::{Found, NearFit};
use berth_model::prices::PriceBook;
use berth_model::scenario::Scenario;

/// How long a slice may hold the main thread, in milliseconds.
const SLICE_MS: f64 = 6.0;

/// Task counts between two looks at the clock.
const STRIDE: usize = 2;

/// Most services whose cluster is priced unasked. One step of that is a place for all services, and which of them
/// share a fleet there: beyond so many a step holds the main thread for longer than a tenth of a second.
pub const MOST_UNASKED: usize = 8;

/// What the studies have found.
#[derive(Clone, Copy)]
pub struct Studies {
    state: AppState,
    /// The curve, as far as it has been studied; `None` until its first slice.
    pub curve: Signal<Option<Arc<Curve>>>,
    /// Near fits, and the answer that they belong to; `None` until the first are known.
    pub near_fits: Signal<Option<Arc<NearFits>>>,
    /// What all services cost together; `None` until it is first known.
    pub cluster: Signal<Option<Arc<Together>>>,
    /// Whether the cluster is being priced.
    pub is_pricing: Signal<bool>,
    /// Whether somebody has asked for a cluster that is not priced unasked.
    asked: Signal<bool>,
    /// Whether studies run; and which are the newest.
    is_running: Signal<bool>,
    newest: Signal<u32>,
}

/// Near fits of an answer.
pub struct NearFits {
    /// The answer.
    pub answered: Arc<Answered>,
    /// Smaller sizes at which a place costs clearly less.
    pub found: Vec<Found>,
}

/// What all services of a scenario cost together.
pub struct Together {
    scenario: Scenario,
    book: Arc<PriceBook>,
    /// In words.
    pub words: ClusterWords,
}

impl Together {
    /// Whether it belongs to the scenario and prices of an answer.
    pub fn is_of(&self, answered: &Answered) -> bool {
        Arc::ptr_eq(&self.book, &answered.book) && self.scenario == answered.scenario
    }
}

/// The studies of the present scenario.
pub fn studies(state: AppState) -> Studies {
    let studies = Studies {
        state,
        curve: signal(None),
        near_fits: signal(None),
        cluster: signal(None),
        is_pricing: signal(false),
        asked: signal(false),
        is_running: signal(false),
        newest: signal(0),
    };
    effect(move || {
        let answered = state.answered().get();
        let study = Curve::new(&answered.scenario, answered.index);
        studies.asked.set(false);
        // The answer is painted first; the study begins in the frame after.
        studies.start(answered, Stage::Curve(study));
    });
    studies
}

impl Studies {
    /// Prices a cluster that is not priced unasked.
    pub fn price_cluster(self) {
        self.asked.set(true);
        // Pressed again while it runs, it goes on.
        if !self.is_running.get_untracked() {
            let answered = self.state.answered().get_untracked();
            if let Some(stage) = self.of_cluster(&answered) {
                self.start(answered, stage);
            }
        }
    }

    fn start(self, answered: Arc<Answered>, stage: Stage) {
        self.newest.update(|count| *count = count.wrapping_add(1));
        self.is_running.set(true);
        self.is_pricing.set(matches!(stage, Stage::Cluster(_)));
        page::mark_settled(None);
        let run = Run {
            studies: self,
            answered,
            stage,
            own: self.newest.get_untracked(),
        };
        run.go();
    }

    /// The study of the cluster, unless it is known, there is none, or it is too dear unasked.
    fn of_cluster(self, answered: &Answered) -> Option<Stage> {
        let count = answered.scenario.services.len();
        let is_known = self.cluster.with_untracked(|known| {
            let known = known.as_ref();
            known.is_some_and(|known| known.is_of(answered))
        });
        let is_due = count > 1 && (count <= MOST_UNASKED || self.asked.get_untracked());
        (is_due && !is_known)
            .then(|| Stage::Cluster(cluster::Study::new(answered.scenario.clone())))
    }
}

/// The study that is under way.
enum Stage {
    Curve(Curve),
    NearFit(NearFit),
    Cluster(cluster::Study),
}

/// Studies under way: they go on from frame to frame until all are done, or others are newer.
struct Run {
    studies: Studies,
    /// What they are of.
    answered: Arc<Answered>,
    stage: Stage,
    own: u32,
}

impl Run {
    fn go(mut self) {
        next_frame(move || {
            if self.studies.newest.get_untracked() != self.own {
                return;
            }
            if self.slice() == Progress::More {
                return self.go();
            }
            let next = self.next();
            let is_pricing = matches!(next, Some(Stage::Cluster(_)));
            self.studies.is_pricing.set(is_pricing);
            if let Some(stage) = next {
                self.stage = stage;
                return self.go();
            }
            self.studies.is_running.set(false);
            page::mark_settled(Some(&self.studies.state.link()));
        });
    }

    fn slice(&mut self) -> Progress {
        let start = clock::now_ms();
        loop {
            if self.step() == Progress::Done {
                self.show();
                return Progress::Done;
            }
            if clock::now_ms() - start >= SLICE_MS {
                // A curve is shown as far as it is.
                if let Stage::Curve(_) = self.stage {
                    self.show();
                }
                return Progress::More;
            }
        }
    }

    fn step(&mut self) -> Progress {
        let book = &*self.answered.book;
        match &mut self.stage {
            Stage::Curve(study) => study.step(book, STRIDE),
            Stage::NearFit(study) => study.step(book, 1),
            Stage::Cluster(study) => study.step(book),
        }
    }

    fn show(&self) {
        let Self {
            studies, answered, ..
        } = self;
        match &self.stage {
            Stage::Curve(study) => studies.curve.set(Some(Arc::new(study.clone()))),
            Stage::NearFit(study) => studies.near_fits.set(Some(Arc::new(NearFits {
                answered: Arc::clone(answered),
                found: study.found().to_vec(),
            }))),
            Stage::Cluster(study) => {
                if let Some(answer) = study.answer() {
                    let (scenario, book) = (study.scenario(), &answered.book);
                    studies.cluster.set(Some(Arc::new(Together {
                        scenario: scenario.clone(),
                        book: Arc::clone(book),
                        words: explain::cluster(scenario, answer, study.alone(), book),
                    })));
                }
            }
        }
    }

    /// The study after the one that is done.
    fn next(&self) -> Option<Stage> {
        let Answered {
            scenario,
            index,
            answer,
            book,
        } = &*self.answered;
        match &self.stage {
            Stage::Curve(_) => Some(Stage::NearFit(NearFit::new(scenario, *index, answer, book))),
            Stage::NearFit(_) => self.studies.of_cluster(&self.answered),
            Stage::Cluster(_) => None,
        }
    }
}
