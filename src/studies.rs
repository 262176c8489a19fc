//! Drives studies between frames: coarse first, a few milliseconds at a time, dropped by an edit.
//!
//! They go one after another: the curve; what is worth knowing of the service that is shown; what all services cost
//! together. The curve is studied here, the rest by a module that is loaded for it (`platform::module`). What all
//! services cost belongs to the scenario alone, and stays where another service is shown.

use std::sync::Arc;

use leptos::task::spawn_local;

use crate::platform::clock::{self, next_frame};
use crate::platform::{module, page};
use crate::reactive::{Signal, effect, signal};
use crate::state::{Answered, AppState};
use berth_model::curve::{Curve, Progress};
use berth_model::explain::wire::Wire;
use berth_model::explain::{ClusterWords, Notes};
use berth_model::prices::PriceBook;
use berth_model::scenario::Scenario;
use berth_model::share::{self, View};

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
    /// What is worth knowing; `None` until it is first known.
    pub notes: Signal<Option<Arc<Noted>>>,
    /// What all services cost together; `None` until it is first known.
    pub cluster: Signal<Option<Arc<Together>>>,
    /// Whether the cluster is being priced.
    pub is_pricing: Signal<bool>,
    /// What has become of the module.
    pub module: Signal<Module>,
    course: Signal<Course>,
}

/// How things stand with the studies.
#[derive(Clone, Default)]
struct Course {
    /// The region whose price book the module has.
    told: String,
    /// Whether somebody has asked for a cluster that is not priced unasked.
    is_asked: bool,
    /// Whether studies run.
    is_running: bool,
    /// Which of them are the newest.
    newest: u32,
}

/// What has become of the module.
#[derive(Clone, PartialEq, Eq)]
pub enum Module {
    /// Nothing has needed it, or it is here.
    Fine,
    /// It is on its way.
    Underway,
    /// It cannot be had, and why.
    Failed(String),
}

/// What is worth knowing of an answer.
pub struct Noted {
    /// The answer.
    pub answered: Arc<Answered>,
    /// In words.
    pub notes: Notes,
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
        notes: signal(None),
        cluster: signal(None),
        is_pricing: signal(false),
        module: signal(Module::Fine),
        course: signal(Course::default()),
    };
    effect(move || {
        let answered = state.answered().get();
        let study = Curve::new(&answered.scenario, answered.index);
        studies.course.update(|course| course.is_asked = false);
        // The answer is painted first; the study begins in the frame after.
        studies.start(answered, Stage::Curve(Box::new(study)));
    });
    studies
}

impl Studies {
    /// Prices a cluster that is not priced unasked.
    pub fn price_cluster(self) {
        self.course.update(|course| course.is_asked = true);
        // Studies that run come to it.
        if !self.course.with_untracked(|course| course.is_running) {
            let answered = self.state.answered().get_untracked();
            if self.is_due(&answered) {
                self.start(answered, Stage::Cluster { is_asked: false });
            }
        }
    }

    fn start(self, answered: Arc<Answered>, stage: Stage) {
        self.course.update(|course| {
            course.newest = course.newest.wrapping_add(1);
            course.is_running = true;
        });
        // What could not be had before may be by now.
        if self.has_failed() {
            self.module.set(Module::Fine);
        }
        page::mark_settled(None);
        let run = Run {
            studies: self,
            answered,
            stage,
            own: self.newest(),
        };
        run.go();
    }

    fn newest(self) -> u32 {
        self.course.with_untracked(|course| course.newest)
    }

    fn has_failed(self) -> bool {
        self.module
            .with_untracked(|module| matches!(module, Module::Failed(_)))
    }

    /// Whether the cluster is to be priced: there is one, it is not known, and not too dear unasked.
    fn is_due(self, answered: &Answered) -> bool {
        let count = answered.scenario.services.len();
        let is_known = self.cluster.with_untracked(|known| {
            let known = known.as_ref();
            known.is_some_and(|known| known.is_of(answered))
        });
        let is_asked = self.course.with_untracked(|course| course.is_asked);
        count > 1 && (count <= MOST_UNASKED || is_asked) && !is_known
    }

    /// Whether the module is here; asks for it where nobody has.
    fn has_module(self) -> bool {
        if module::is_here() {
            return true;
        }
        if self.module.with_untracked(|module| *module == Module::Fine) {
            self.module.set(Module::Underway);
            spawn_local(async move {
                self.module.set(match module::load().await {
                    Ok(()) => Module::Fine,
                    Err(reason) => Module::Failed(reason),
                });
            });
        }
        false
    }

    /// Asks the module about an answer. It keeps the price book that it was given last, without own prices: those are
    /// in the link.
    fn ask(self, what: &str, answered: &Answered) -> bool {
        let Answered {
            scenario,
            index,
            book,
            ..
        } = answered;
        let link = share::encode(scenario, View { service: *index });
        let is_told = self
            .course
            .with_untracked(|course| *course.told == *book.region);
        let text = if is_told {
            Arc::from("")
        } else {
            self.state.book_text()
        };
        let is_understood = module::begin(&[what, "\n", &link, "\n", &text].concat());
        if is_understood && !is_told {
            self.course
                .update(|course| course.told = book.region.to_string());
        }
        is_understood
    }
}

/// The study that is under way.
enum Stage {
    Curve(Box<Curve>),
    Notes { is_asked: bool },
    Cluster { is_asked: bool },
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
        let is_pricing = matches!(self.stage, Stage::Cluster { .. });
        if self.studies.is_pricing.get_untracked() != is_pricing {
            self.studies.is_pricing.set(is_pricing);
        }
        next_frame(move || {
            if self.studies.newest() != self.own {
                return;
            }
            if self.slice() == Progress::More {
                return self.go();
            }
            if let Some(stage) = self.next() {
                self.stage = stage;
                return self.go();
            }
            self.studies
                .course
                .update(|course| course.is_running = false);
            self.studies.is_pricing.set(false);
            page::mark_settled(Some(&self.studies.state.link()));
        });
    }

    fn slice(&mut self) -> Progress {
        let start = clock::now_ms();
        loop {
            match self.step() {
                None => return Progress::More,
                Some(Progress::Done) => {
                    self.show();
                    return Progress::Done;
                }
                Some(Progress::More) if clock::now_ms() - start >= SLICE_MS => {
                    // A curve is shown as far as it is.
                    if let Stage::Curve(_) = self.stage {
                        self.show();
                    }
                    return Progress::More;
                }
                Some(Progress::More) => {}
            }
        }
    }

    /// Goes on; `None` where there is something to wait for.
    fn step(&mut self) -> Option<Progress> {
        let (what, is_asked) = match &mut self.stage {
            Stage::Curve(study) => return Some(study.step(&self.answered.book, STRIDE)),
            Stage::Notes { is_asked } => ("notes", is_asked),
            Stage::Cluster { is_asked } => ("cluster", is_asked),
        };
        let studies = self.studies;
        if studies.has_failed() {
            return Some(Progress::Done);
        }
        if !studies.has_module() {
            return None;
        }
        let more = if *is_asked {
            module::step()
        } else {
            *is_asked = true;
            studies.ask(what, &self.answered).then_some(true)
        };
        Some(match more {
            Some(true) => Progress::More,
            Some(false) => Progress::Done,
            None => {
                let reason = "it has stopped".to_owned();
                studies.module.set(Module::Failed(reason));
                Progress::Done
            }
        })
    }

    fn show(&self) {
        let Self {
            studies, answered, ..
        } = self;
        match &self.stage {
            Stage::Curve(study) => studies.curve.set(Some(Arc::new((**study).clone()))),
            _ if studies.has_failed() => {}
            Stage::Notes { .. } => {
                if let Some(notes) = answer() {
                    let answered = Arc::clone(answered);
                    studies.notes.set(Some(Arc::new(Noted { answered, notes })));
                }
            }
            Stage::Cluster { .. } => {
                if let Some(words) = answer() {
                    studies.cluster.set(Some(Arc::new(Together {
                        scenario: answered.scenario.clone(),
                        book: Arc::clone(&answered.book),
                        words,
                    })));
                }
            }
        }
    }

    /// The study after the one that is done.
    fn next(&self) -> Option<Stage> {
        match &self.stage {
            Stage::Curve(_) => Some(Stage::Notes { is_asked: false }),
            Stage::Notes { .. } => {
                let is_due = self.studies.is_due(&self.answered);
                is_due.then_some(Stage::Cluster { is_asked: false })
            }
            Stage::Cluster { .. } => None,
        }
    }
}

/// What the module says.
fn answer<T: Wire>() -> Option<T> {
    T::from_wire(&module::answer()?)
}
