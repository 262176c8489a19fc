//! Drives studies between frames: coarse first, a few milliseconds at a time, dropped by an edit.
//!
//! All of them belong to a module that is loaded once the first answer is painted (`platform::module`): it is asked
//! for panels in the order of the page, and answers each with a document. What all services cost together stays where
//! another of them is shown.

use std::sync::Arc;

use leptos::task::spawn_local;

use crate::platform::clock::{self, next_frame};
use crate::platform::module::{self, Step};
use crate::platform::page;
use crate::reactive::{Memo, Signal, effect, memo, signal};
use crate::state::{Answered, AppState};
use berth_model::explain::document::{Block, Document, Picture, Table};
use berth_model::explain::wire::Wire;
use berth_model::share::{self, View};

/// How long a slice may hold the main thread, in milliseconds.
const SLICE_MS: f64 = 6.0;

/// Frames that nothing is changed in before studies begin: a hand that moves a slider gets all of the time.
const QUIET_FRAMES: u32 = 3;

/// Most services whose cluster is priced unasked. One step of that is a place for all services, and which of them
/// share a fleet there: beyond so many a step holds the main thread for longer than a tenth of a second.
pub const MOST_UNASKED: usize = 8;

/// A panel that shows a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// Cost against task count.
    Curve,
    /// What is worth knowing of the service.
    Notes,
    /// The decision matrix.
    Matrix,
    /// An interview answer.
    Interview,
    /// What the totals rest on.
    Assumptions,
    /// What all services cost together.
    Cluster,
}

impl Panel {
    /// Every panel, in the order in which they are studied.
    const ALL: [Self; 6] = [
        Self::Curve,
        Self::Notes,
        Self::Matrix,
        Self::Interview,
        Self::Assumptions,
        Self::Cluster,
    ];

    /// Its name, by which the module knows it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Curve => "curve",
            Self::Notes => "notes",
            Self::Matrix => "matrix",
            Self::Interview => "interview",
            Self::Assumptions => "assumptions",
            Self::Cluster => "cluster",
        }
    }

    /// What a panel that is all figure is called: its box has its size before there is anything to draw.
    const fn figure(self) -> Option<&'static str> {
        match self {
            Self::Curve => Some("Cost against task count"),
            _ => None,
        }
    }
}

/// What the studies have found.
#[derive(Clone, Copy)]
pub struct Studies {
    state: AppState,
    /// What each panel shows, in the order of [`Panel::ALL`]; `None` until it is first known.
    documents: Signal<Vec<Signal<Option<Arc<Shown>>>>>,
    /// Whether the cluster is being priced.
    pub is_pricing: Signal<bool>,
    module: Signal<Module>,
    course: Signal<Course>,
}

/// How things stand with the studies.
#[derive(Clone, Default)]
struct Course {
    /// The region whose price book the module has.
    told: String,
    /// Whether somebody has asked for a cluster that is not priced unasked.
    is_asked: bool,
    /// Which of them are the newest.
    newest: u32,
}

/// What has become of the module.
#[derive(Clone, PartialEq, Eq)]
enum Module {
    /// Nothing has needed it, or it is here.
    Fine,
    /// It is on its way.
    Underway,
    /// It cannot be had, and why.
    Failed(String),
}

/// What a panel shows.
pub struct Shown {
    /// The answer that it belongs to; `None` for a figure's empty box.
    answered: Option<Arc<Answered>>,
    /// In words.
    pub document: Document,
}

impl Shown {
    /// Whether it belongs to an answer. What all services cost together belongs to the scenario and its prices alone.
    fn is_of(&self, panel: Panel, answered: &Arc<Answered>) -> bool {
        self.answered.as_ref().is_some_and(|own| match panel {
            Panel::Cluster => {
                Arc::ptr_eq(&own.book, &answered.book) && own.scenario == answered.scenario
            }
            _ => Arc::ptr_eq(own, answered),
        })
    }
}

/// The studies of the present scenario.
pub fn studies(state: AppState) -> Studies {
    let studies = Studies {
        state,
        documents: signal(
            Panel::ALL
                .map(|panel| signal(panel.figure().map(|name| empty(panel, name))))
                .to_vec(),
        ),
        is_pricing: signal(false),
        module: signal(Module::Fine),
        course: signal(Course::default()),
    };
    effect(move || {
        let answered = state.answered().get();
        studies.course.update(|course| course.is_asked = false);
        studies.start(answered, true);
    });
    studies
}

/// The box of a figure that is not there yet.
fn empty(panel: Panel, name: &str) -> Arc<Shown> {
    let picture = Picture {
        id: panel.name().to_owned(),
        name: name.to_owned(),
        takeaway: "Being computed.".to_owned(),
        table: Table::default(),
    };
    Arc::new(Shown {
        answered: None,
        document: Document::new(vec![Block::Figure(picture)]),
    })
}

impl Studies {
    /// What a panel shows; `None` until it is first known.
    pub fn shown(self, panel: Panel) -> Signal<Option<Arc<Shown>>> {
        let place = Panel::ALL.iter().position(|&other| other == panel);
        let shown = self
            .documents
            .with_untracked(|documents| documents.get(place?).copied());
        shown.unwrap_or_else(|| signal(None))
    }

    /// Whether a panel shows the present answer.
    pub fn is_present(self, panel: Panel) -> Memo<bool> {
        let shown = self.shown(panel);
        memo(move || {
            let is_of = |shown: &Arc<Shown>| {
                let answered = self.state.answered();
                answered.with(|answered| shown.is_of(panel, answered))
            };
            shown.with(|shown| shown.as_ref().is_some_and(is_of))
        })
    }

    /// Prices a cluster that is not priced unasked.
    pub fn price_cluster(self) {
        self.course.update(|course| course.is_asked = true);
        let answered = self.state.answered().get_untracked();
        if self.is_due(Panel::Cluster, &answered) {
            self.start(answered, false);
        }
    }

    /// Why the module cannot be had, where it cannot.
    pub fn failure(self) -> Option<String> {
        self.module.with(|module| match module {
            Module::Failed(reason) => Some(reason.clone()),
            Module::Fine | Module::Underway => None,
        })
    }

    fn start(self, answered: Arc<Answered>, is_edit: bool) {
        self.course
            .update(|course| course.newest = course.newest.wrapping_add(1));
        // What could not be had before may be by now.
        if self.has_failed() {
            self.module.set(Module::Fine);
        }
        page::mark_settled(None);
        let run = Run {
            studies: self,
            answered,
            is_begun: false,
            quiet: if is_edit { QUIET_FRAMES } else { 0 },
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

    /// Whether a panel is to be studied: it does not show an answer yet. The cluster is one of several services, and
    /// not too dear unasked.
    fn is_due(self, panel: Panel, answered: &Arc<Answered>) -> bool {
        let shown = self.shown(panel);
        let is_there = shown.with_untracked(|shown| {
            let shown = shown.as_ref();
            shown.is_some_and(|shown| shown.is_of(panel, answered))
        });
        let is_wanted = || {
            let count = answered.scenario.services.len();
            let is_asked = self.course.with_untracked(|course| course.is_asked);
            panel != Panel::Cluster || count > 1 && (count <= MOST_UNASKED || is_asked)
        };
        !is_there && is_wanted()
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
    fn ask(self, answered: &Arc<Answered>) -> bool {
        let Answered {
            scenario,
            index,
            book,
            ..
        } = &**answered;
        let panels = Panel::ALL.iter().copied();
        let wanted: Vec<&str> = panels
            .filter(|&panel| self.is_due(panel, answered))
            .map(Panel::name)
            .collect();
        let wanted = wanted.join(" ");
        let link = share::encode(scenario, View { service: *index });
        let is_told = self
            .course
            .with_untracked(|course| *course.told == *book.region);
        let text = if is_told {
            Arc::from("")
        } else {
            self.state.book_text()
        };
        let is_understood = module::begin(&[&wanted, "\n", &link, "\n", &text].concat());
        if is_understood && !is_told {
            self.course
                .update(|course| course.told = book.region.to_string());
        }
        is_understood
    }

    /// Shows an answer of the module.
    fn show(self, answered: &Arc<Answered>, text: &str) {
        let Some((name, text)) = text.split_once('\n') else {
            return;
        };
        let panel = Panel::ALL.iter().find(|panel| panel.name() == name);
        if let (Some(&panel), Some(document)) = (panel, Document::from_wire(text)) {
            self.shown(panel).set(Some(Arc::new(Shown {
                answered: Some(Arc::clone(answered)),
                document,
            })));
        }
    }
}

/// Studies under way: they go on from frame to frame until all are done, or others are newer.
struct Run {
    studies: Studies,
    /// What they are of.
    answered: Arc<Answered>,
    is_begun: bool,
    /// Frames to wait before they begin.
    quiet: u32,
    own: u32,
}

/// What comes after a slice.
enum Next {
    /// Another.
    Slice,
    /// Nothing: all is done.
    End,
}

impl Run {
    fn go(mut self) {
        next_frame(move || {
            if self.studies.newest() != self.own {
                return;
            }
            if self.quiet > 0 {
                self.quiet -= 1;
                return self.go();
            }
            match self.slice() {
                Next::Slice => self.go(),
                Next::End => {
                    self.studies.is_pricing.set(false);
                    page::mark_settled(Some(&self.studies.state.link()));
                }
            }
        });
    }

    fn slice(&mut self) -> Next {
        let studies = self.studies;
        if studies.has_failed() {
            return Next::End;
        }
        if !studies.has_module() {
            return Next::Slice;
        }
        if !self.is_begun {
            self.is_begun = true;
            let is_pricing = studies.is_due(Panel::Cluster, &self.answered);
            studies.is_pricing.set(is_pricing);
            if !studies.ask(&self.answered) {
                return self.stop("it does not understand the page");
            }
        }
        let start = clock::now_ms();
        while clock::now_ms() - start < SLICE_MS {
            match module::step() {
                Some(Step::More) => {}
                Some(Step::Ready) => match module::answer() {
                    Some(text) => studies.show(&self.answered, &text),
                    None => return self.stop("it has stopped"),
                },
                Some(Step::Done) => return Next::End,
                None => return self.stop("it has stopped"),
            }
        }
        Next::Slice
    }

    fn stop(&self, reason: &str) -> Next {
        self.studies.module.set(Module::Failed(reason.to_owned()));
        Next::End
    }
}
