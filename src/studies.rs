//! Drives studies between frames: coarse first, a few milliseconds at a time, dropped by an edit.
//!
//! All of them belong to a module that is loaded once the first answer is painted (`platform::module`): it is asked
//! for panels in the order of the page, and answers each with a document. What all services cost together stays where
//! another of them is shown.

use std::sync::Arc;

use leptos::task::spawn_local;

use crate::platform::canvas::letters;
use crate::platform::clock::{self, next_frame};
use crate::platform::module::{self, Step};
use crate::platform::page;
use crate::reactive::{Memo, Signal, effect, memo, signal};
use crate::state::{Answered, AppState};
pub use berth_model::explain::Panel;
use berth_model::explain::document::{Block, Document, Picture, Table};
use berth_model::explain::wire::Wire;
use berth_model::inputs::InputId;
use berth_model::map;
use berth_model::share::{self, View};

/// How long a slice may hold the main thread, in milliseconds.
const SLICE_MS: f64 = 6.0;

/// Frames that nothing is changed in before studies begin: a hand that moves a slider gets all of the time.
const QUIET_FRAMES: u32 = 3;

/// Most services whose cluster is priced unasked. One step of that is a place for all services, and which of them
/// share a fleet there: beyond so many a step holds the main thread for longer than a tenth of a second.
pub const MOST_UNASKED: usize = 8;

/// What a panel that is all figure is called: its box has its size before there is anything to draw.
const fn figure(panel: Panel) -> Option<&'static str> {
    match panel {
        Panel::Curve => Some("Cost against task count"),
        Panel::Map => Some("Which option wins"),
        _ => None,
    }
}

/// Whether a panel is about all services together, and belongs to the scenario whichever of them is shown.
const fn is_of_all(panel: Panel) -> bool {
    matches!(panel, Panel::Cluster | Panel::Assignment)
}

/// What the studies have found.
#[derive(Clone, Copy)]
pub struct Studies {
    state: AppState,
    /// What each panel shows, in the order of [`Panel::ALL`]; `None` until it is first known.
    documents: Signal<Vec<Signal<Option<Arc<Shown>>>>>,
    /// Whether the cluster is being priced.
    pub is_pricing: Signal<bool>,
    /// The inputs of the map, from left to right and from the bottom up; `None` for those that suit the load.
    pub axes: Signal<Option<(InputId, InputId)>>,
    module: Signal<Module>,
    course: Signal<Course>,
}

/// How things stand with the studies.
#[derive(Clone, Default)]
struct Course {
    /// The regions whose price books the module has.
    told: Vec<String>,
    /// The answer for whose scenario somebody has asked for a cluster that is not priced unasked.
    asked: Option<Arc<Answered>>,
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
    /// What was asked for: the panel's name, and what it is to be about besides.
    word: String,
    /// In words.
    pub document: Document,
    /// Whether it is the last that there is to say, and not a coarse answer.
    pub is_last: bool,
}

impl Shown {
    /// Whether it belongs to an answer, as the answer to a word.
    fn is_of(&self, panel: Panel, word: &str, answered: &Arc<Answered>) -> bool {
        // The same question may have been answered anew.
        let is_of = |own: &Arc<Answered>| {
            let is_of_all = is_of_all(panel) && own.scenario == answered.scenario;
            Arc::ptr_eq(&own.book, &answered.book) && (is_of_all || own == answered)
        };
        self.word == word && self.answered.as_ref().is_some_and(is_of)
    }
}

/// The studies of the present scenario.
pub fn studies(state: AppState) -> Studies {
    let studies = Studies {
        state,
        documents: signal(
            Panel::ALL
                .iter()
                .map(|&panel| signal(figure(panel).map(|name| empty(panel, name))))
                .collect(),
        ),
        is_pricing: signal(false),
        axes: signal(None),
        module: signal(Module::Fine),
        course: signal(Course::default()),
    };
    effect(move || {
        let answered = state.answered().get();
        studies.start(answered, true);
    });
    effect(move || {
        studies.axes.track();
        studies.state.pinned().track();
        studies.start(studies.state.answered().get_untracked(), true);
    });
    studies
}

/// The box of a figure that is not there yet.
fn empty(panel: Panel, name: &str) -> Arc<Shown> {
    let picture = Picture {
        id: panel.id().to_owned(),
        name: name.to_owned(),
        takeaway: "Being computed.".to_owned(),
        table: Table::default(),
        is_pressable: true,
    };
    Arc::new(Shown {
        answered: None,
        word: String::new(),
        is_last: false,
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
            let word = self.word(panel);
            let is_of = |shown: &Arc<Shown>| {
                let answered = self.state.answered();
                answered.with(|answered| shown.is_of(panel, &word, answered))
            };
            shown.with(|shown| shown.as_ref().is_some_and(is_of))
        })
    }

    /// The inputs of the map.
    pub fn axes_of(self, state: AppState) -> (InputId, InputId) {
        let suiting = || state.read(|_, service| map::default_axes(service));
        self.axes.get().unwrap_or_else(suiting)
    }

    /// Prices a cluster that is not priced unasked.
    pub fn price_cluster(self) {
        let answered = self.state.answered().get_untracked();
        self.course
            .update(|course| course.asked = Some(Arc::clone(&answered)));
        self.start(answered, false);
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

    /// What a panel is asked for with: its name, and what it is to be about besides.
    fn word(self, panel: Panel) -> String {
        let name = panel.id();
        match panel {
            Panel::Map => match self.axes.get() {
                Some((x, y)) => [name, ":", x.id(), ",", y.id()].concat(),
                None => name.to_owned(),
            },
            Panel::Compare => {
                let link = self.state.pinned().get().unwrap_or_default();
                [name, ":", link.trim_start_matches('#')].concat()
            }
            _ => name.to_owned(),
        }
    }

    /// What a panel is to be asked for with; `None` where it shows the present answer, or is not wanted. Panels of
    /// all services want several, and not so many that it takes long unasked; a comparison wants something to compare
    /// with.
    fn due(self, panel: Panel, answered: &Arc<Answered>) -> Option<String> {
        let count = answered.scenario.services.len();
        let is_of = |asked: &Arc<Answered>| {
            Arc::ptr_eq(&asked.book, &answered.book) && asked.scenario == answered.scenario
        };
        let is_asked = || {
            self.course
                .with_untracked(|course| course.asked.as_ref().is_some_and(is_of))
        };
        let is_wanted = match panel {
            Panel::Compare => self.state.pinned().with_untracked(Option::is_some),
            _ if is_of_all(panel) => count > 1 && (count <= MOST_UNASKED || is_asked()),
            _ => true,
        };
        let word = self.word(panel);
        let is_there = self.shown(panel).with_untracked(|shown| {
            let shown = shown.as_ref();
            shown.is_some_and(|shown| shown.is_last && shown.is_of(panel, &word, answered))
        });
        (is_wanted && !is_there).then_some(word)
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
                    Ok(()) => {
                        // Without them figures are laid out for a common font.
                        module::tell(&["letters\n", &letters()].concat());
                        Module::Fine
                    }
                    Err(reason) => Module::Failed(reason),
                });
            });
        }
        false
    }

    /// Asks the module about an answer. It keeps the price books that it was given, without own prices: those are in
    /// the link.
    fn ask(self, answered: &Arc<Answered>) -> bool {
        let Answered {
            scenario,
            index,
            book,
            ..
        } = &**answered;
        self.tell(&book.region);
        if let Some(region) = self.state.pinned_region() {
            self.tell(&region);
        }
        let panels = Panel::ALL.iter();
        let mut wanted: Vec<String> = panels
            .filter_map(|&panel| self.due(panel, answered))
            .collect();
        // An interview speaks of the curve that is studied before it.
        let is_in = |panel: Panel| wanted.iter().any(|word| word == panel.id());
        if is_in(Panel::Interview) && !is_in(Panel::Curve) {
            wanted.insert(0, Panel::Curve.id().to_owned());
        }
        let link = share::encode(scenario, View { service: *index });
        let question = [&wanted.join(" "), "\n", &link].concat();
        wanted.is_empty() || module::begin(&question)
    }

    /// Tells the module the prices of a region, once.
    fn tell(self, region: &str) {
        let is_region = |told: &String| told == region;
        let is_told = self
            .course
            .with_untracked(|course| course.told.iter().any(is_region));
        if let Some(text) = self.state.book_text(region).filter(|_| !is_told)
            && module::tell(&text)
        {
            self.course
                .update(|course| course.told.push(region.to_owned()));
        }
    }

    /// Shows an answer of the module.
    fn show(self, answered: &Arc<Answered>, text: &str) {
        let Some((name, text)) = text.split_once('\n') else {
            return;
        };
        let (name, is_last) = match name.strip_suffix(" so far") {
            Some(name) => (name, false),
            None => (name, true),
        };
        if let (Some(panel), Some(document)) = (Panel::from_id(name), Document::from_wire(text)) {
            self.shown(panel).set(Some(Arc::new(Shown {
                answered: Some(Arc::clone(answered)),
                word: self.word(panel),
                is_last,
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
            let is_due = |panel| studies.due(panel, &self.answered).is_some();
            let is_pricing = is_due(Panel::Cluster) || is_due(Panel::Assignment);
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
        // What has stopped cannot go on: the next change of an input begins with a new one.
        module::forget();
        self.studies.course.update(|course| course.told.clear());
        self.studies.module.set(Module::Failed(reason.to_owned()));
        Next::End
    }
}
