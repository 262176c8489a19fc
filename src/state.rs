//! The state of the page: one scenario, one view, one answer.
//!
//! The scenario changes only through [`AppState::edit`] and its kin, which hand text to the
//! model's registry of inputs; what does not fit stays in its field and changes nothing.

use std::borrow::Cow;
use std::sync::Arc;

use crate::books::{Books, Loading};
use crate::platform::bench::measured;
use crate::platform::clock::{self, next_frame};
use crate::reactive::{Memo, Signal, effect, latest, memo, signal};
use berth_model::date::Date;
use berth_model::inputs::{self, FieldError, InputId};
use berth_model::prices::key::PriceKey;
use berth_model::prices::{PriceBook, index};
use berth_model::pricing::{self, OwnPriceError};
use berth_model::report::{ServiceAnswer, evaluate_service};
use berth_model::scenario::{Region, Scenario, Service, ServicesEdit, ServicesError};
use berth_model::share::{self, View};

/// An answer together with what it answers.
#[derive(Clone, Debug)]
pub struct Answered {
    /// The whole scenario.
    pub scenario: Scenario,
    /// Index of the service.
    pub index: usize,
    /// The answer for that service.
    pub answer: ServiceAnswer,
    /// The prices that it rests on, the person's own in their places.
    pub book: Arc<PriceBook>,
}

/// The same question has the same answer: nothing else is compared.
impl PartialEq for Answered {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index && self.scenario == other.scenario
    }
}

impl Answered {
    /// The service that is answered for.
    pub fn service(&self) -> &Service {
        self.scenario.services.nearest(self.index)
    }
}

/// The state, given to every component.
#[derive(Clone, Copy)]
pub struct AppState {
    scenario: Signal<Scenario>,
    view: Signal<View>,
    waiting: Signal<Option<(InputId, String)>>,
    /// Identifiers and labels of the fields whose text does not fit.
    invalid: Signal<Vec<(String, &'static str)>>,
    notices: Signal<Vec<String>>,
    resets: Signal<u32>,
    jumped: Signal<Option<Jump>>,
    /// The link of the scenario that was kept to compare with.
    pinned: Signal<Option<String>>,
    books: Books,
    wanted: Memo<String>,
    today: Date,
    answered: Memo<Arc<Answered>>,
    settled: Signal<Arc<Answered>>,
}

impl AppState {
    /// The state that a link's fragment asks for; the example where there is none.
    pub fn new(book: PriceBook, fragment: &str) -> Self {
        // Read before anything is computed: the example need not be answered where a link asks for something else.
        let Opened { shown, notices } = Opened::read(fragment).unwrap_or_default();
        let (scenario, view) =
            shown.unwrap_or_else(|| (berth_model::presets::example(), View::default()));
        let books = Books::new(Arc::new(book));
        let scenario = signal(scenario);
        let view = signal(view);
        let wanted = memo(move || scenario.with(|scenario| scenario.region.as_str().to_owned()));
        // Own figures are put into a book when they or the book change, not with every edit.
        let pricing = memo(move || scenario.with(|scenario| scenario.pricing.clone()));
        let book = latest(move || {
            let book = books.present().get();
            pricing.with(|pricing| match pricing.over(&book) {
                Cow::Borrowed(_) => Arc::clone(&book),
                Cow::Owned(own) => Arc::new(own),
            })
        });
        let answered = memo(move || Arc::new(answer(scenario.get(), view.get(), book.get())));
        let state = Self {
            scenario,
            view,
            waiting: signal(None),
            invalid: signal(Vec::new()),
            notices: signal(notices),
            resets: signal(0),
            jumped: signal(None),
            pinned: signal(None),
            books,
            wanted,
            today: clock::today(),
            answered,
            settled: signal(answered.get_untracked()),
        };
        state.follow();
        books.follow(wanted);
        state
    }

    /// The day, by which prices are old or not.
    pub fn today(self) -> Date {
        self.today
    }

    /// The region whose prices are wanted; those of the answer may be another's until its book is here.
    pub fn wanted_region(self) -> Memo<String> {
        self.wanted
    }

    /// What has become of the book that is wanted.
    pub fn loading(self) -> Signal<Loading> {
        self.books.loading()
    }

    /// The text of a region's book, without own prices, if it is here.
    pub fn book_text(self, region: &str) -> Option<Arc<str>> {
        self.books.text(region)
    }

    /// Asks again for a book that could not be had.
    pub fn load_again(self) {
        self.books.retry(self.wanted);
    }

    /// The answer of the present scenario.
    pub fn answered(self) -> Memo<Arc<Answered>> {
        self.answered
    }

    /// The same, once the hand rests for a frame: what stands below the answer and its figures follows
    /// then, so that a slider answers at once.
    pub fn settled(self) -> Signal<Arc<Answered>> {
        self.settled
    }

    fn follow(self) {
        let is_waiting = signal(false);
        effect(move || {
            self.answered.track();
            if !is_waiting.get_untracked() {
                is_waiting.set(true);
                self.settle_soon(is_waiting, 0);
            }
        });
    }

    /// Settles once nothing has changed for a frame, or it has waited for long enough.
    fn settle_soon(self, is_waiting: Signal<bool>, frames: u32) {
        /// About a fifth of a second: what stands below follows a moving hand, only not at every step.
        const MOST_FRAMES: u32 = 12;
        let before = self.answered.get_untracked();
        next_frame(move || {
            let now = self.answered.get_untracked();
            if Arc::ptr_eq(&before, &now) || frames >= MOST_FRAMES {
                is_waiting.set(false);
                self.settled.set(now);
            } else {
                self.settle_soon(is_waiting, frames + 1);
            }
        });
    }

    /// The present text of an input; `None` where it does not apply.
    pub fn text(self, input: InputId) -> Option<String> {
        let service = self.view.get().service;
        self.scenario
            .with(|scenario| inputs::get(scenario, service, input))
    }

    /// Sets an input from text.
    pub fn edit(self, input: InputId, text: &str) -> Result<(), FieldError> {
        let service = self.view.get_untracked().service;
        let changed = self
            .scenario
            .with_untracked(|scenario| inputs::set(scenario, service, input, text))?;
        self.replace(changed);
        Ok(())
    }

    /// Sets an input from a slider or a drag: at most once a frame, the newest value. What came of it is told then.
    pub fn edit_soon(
        self,
        input: InputId,
        text: String,
        done: impl FnOnce(Result<(), FieldError>) + 'static,
    ) {
        let done: Box<dyn FnOnce(Result<(), FieldError>)> = Box::new(done);
        let scheduled = self.waiting.with_untracked(Option::is_some);
        self.waiting.set(Some((input, text)));
        if !scheduled {
            next_frame(move || {
                if let Some((input, text)) = self.waiting.get_untracked() {
                    self.waiting.set(None);
                    done(self.edit(input, &text));
                }
            });
        }
    }

    /// Changes the scenario by a function of the model, which gets the index of the service that is shown, too.
    pub fn change<E>(
        self,
        change: impl FnOnce(&Scenario, usize) -> Result<Scenario, E>,
    ) -> Result<(), E> {
        let service = self.view.get_untracked().service;
        let changed = self
            .scenario
            .with_untracked(|scenario| change(scenario, service))?;
        self.replace(changed);
        Ok(())
    }

    /// The same, where nothing is refused.
    pub fn change_freely(self, change: impl FnOnce(&Scenario, usize) -> Scenario) {
        self.replace(
            self.scenario
                .with_untracked(|scenario| change(scenario, self.view.get_untracked().service)),
        );
    }

    /// Reads the scenario and the service that is shown, and follows both.
    pub fn read<T>(self, read: impl FnOnce(&Scenario, &Service) -> T) -> T {
        let service = self.view.get().service;
        self.scenario
            .with(|scenario| read(scenario, scenario.services.nearest(service)))
    }

    /// Changes the list of services, and shows the one that the change is about.
    pub fn change_services(
        self,
        edit: impl FnOnce(usize) -> ServicesEdit,
    ) -> Result<(), ServicesError> {
        let edit = edit(self.view.get_untracked().service);
        let (changed, service) = self
            .scenario
            .with_untracked(|scenario| scenario.with_services(edit))?;
        self.clear_fields();
        self.view.set(View { service });
        self.scenario.set(changed);
        Ok(())
    }

    /// Puts an own figure in the place of a price.
    pub fn set_own_price(self, key: &PriceKey, text: &str) -> Result<(), OwnPriceError> {
        let changed = self
            .scenario
            .with_untracked(|scenario| pricing::set_own(scenario, key, text))?;
        self.replace(changed);
        Ok(())
    }

    /// Gives a price back to the book.
    pub fn clear_own_price(self, key: &PriceKey) {
        let mut changed = self.scenario.get_untracked();
        let region = changed.region.clone();
        changed.pricing.clear_own(region.as_str(), key);
        self.replace(changed);
    }

    /// Gives every price back to its book, in all regions.
    pub fn clear_own_prices(self) {
        let mut changed = self.scenario.get_untracked();
        changed.pricing.own.clear();
        self.replace(changed);
    }

    /// How many prices are the person's own, in all regions.
    pub fn own_prices(self) -> usize {
        self.scenario.with(|scenario| scenario.pricing.own.len())
    }

    fn replace(self, scenario: Scenario) {
        if self.scenario.with_untracked(|present| *present != scenario) {
            self.scenario.set(scenario);
        }
    }

    /// Index of the service that is shown.
    pub fn shown(self) -> usize {
        self.view.get().service
    }

    /// Shows another service.
    pub fn show(self, service: usize) {
        self.clear_fields();
        self.view.set(View { service });
    }

    /// Starts from another scenario.
    pub fn start_from(self, scenario: Scenario) {
        self.clear_fields();
        self.notices.set(Vec::new());
        self.view.set(View::default());
        self.scenario.set(scenario);
    }

    /// Opens the fragment of a link. What cannot be read is named in the notices; a link of which
    /// nothing can be read leaves everything as it is.
    pub fn open(self, fragment: &str) {
        let Some(opened) = Opened::read(fragment) else {
            return;
        };
        if let Some((scenario, view)) = opened.shown {
            self.clear_fields();
            self.view.set(view);
            self.scenario.set(scenario);
        }
        self.notices.set(opened.notices);
    }

    /// Goes to the scenario of a link that a study proposes, and remembers the way back.
    pub fn jump(self, link: &str) {
        let (from, before) = (self.link(), self.scenario.get_untracked());
        self.open(link);
        // Showing another service is no change to go back from.
        if self.scenario.with_untracked(|now| *now != before) {
            // From one proposal to the next the way back is still to what was before the first.
            let first = self.jumped.get_untracked();
            let first = first.filter(|jump| jump.to == from);
            self.jumped.set(Some(Jump {
                from: first.map_or(from, |jump| jump.from),
                to: self.link(),
            }));
        }
    }

    /// Whether the present scenario is one that was jumped to, so that there is a way back.
    pub fn can_return(self) -> bool {
        let link = self.link();
        self.jumped
            .with(|jump| jump.as_ref().is_some_and(|jump| jump.to == link))
    }

    /// Goes back to where the last jump began.
    pub fn go_back(self) {
        if let Some(jump) = self.jumped.get_untracked() {
            self.jumped.set(None);
            self.open(&jump.from);
        }
    }

    /// The link of the scenario that was kept to compare with.
    pub fn pinned(self) -> Signal<Option<String>> {
        self.pinned
    }

    /// Keeps the present scenario to compare others with, or forgets it.
    pub fn pin(self, keep: bool) {
        self.pinned.set(keep.then(|| self.link()));
    }

    /// The region of the scenario that was kept.
    pub fn pinned_region(self) -> Option<String> {
        let link = self.pinned.get_untracked()?;
        let kept = share::decode(link.trim_start_matches('#')).scenario?;
        Some(kept.region.as_str().to_owned())
    }

    /// The fragment of a link to what is shown, with its `#`.
    pub fn link(self) -> String {
        let view = self.view.get();
        self.scenario
            .with(|scenario| format!("#{}", share::encode(scenario, view)))
    }

    /// What of the last link could not be read.
    pub fn notices(self) -> Signal<Vec<String>> {
        self.notices
    }

    /// Labels of fields whose text does not fit, so that the answer is that of the last that did.
    pub fn invalid_fields(self) -> Vec<&'static str> {
        self.invalid
            .with(|invalid| invalid.iter().map(|(_, label)| *label).collect())
    }

    /// Counts up whenever every field must forget what was typed into it.
    pub fn resets(self) -> Signal<u32> {
        self.resets
    }

    /// Notes whether the text of a field fits.
    pub fn mark(self, field: &str, label: &'static str, fits: bool) {
        let is_it = |other: &(String, &str)| other.0 == field;
        let marked = self
            .invalid
            .with_untracked(|invalid| invalid.iter().any(is_it));
        if marked == fits {
            self.invalid.update(|invalid| {
                invalid.retain(|other| !is_it(other));
                if !fits {
                    invalid.push((field.to_owned(), label));
                }
            });
        }
    }

    fn clear_fields(self) {
        self.invalid.set(Vec::new());
        self.resets.update(|count| *count = count.wrapping_add(1));
    }
}

/// A jump from one scenario to another, by their links.
#[derive(Clone)]
struct Jump {
    from: String,
    to: String,
}

/// What a link's fragment asks for.
#[derive(Default)]
struct Opened {
    /// `None` where nothing could be read.
    shown: Option<(Scenario, View)>,
    /// What could not.
    notices: Vec<String>,
}

impl Opened {
    /// Reads a fragment; `None` where it is empty.
    fn read(fragment: &str) -> Option<Self> {
        let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
        if fragment.is_empty() {
            return None;
        }
        let decoded = share::decode(fragment);
        let mut notices: Vec<String> = decoded.notices.iter().map(ToString::to_string).collect();
        let shown = decoded.scenario.map(|mut scenario| {
            if index::of(scenario.region.as_str()).is_none() {
                let instead = Region::us_east_1();
                notices.push(format!(
                    "There is no price book for the region “{}”; the prices of {} are shown.",
                    scenario.region.as_str(),
                    instead.as_str()
                ));
                scenario.region = instead;
            }
            (scenario, decoded.view)
        });
        Some(Self { shown, notices })
    }
}

/// The answer at the prices of a book, be it the wanted region's or not yet; the person's own are in it.
fn answer(mut scenario: Scenario, view: View, book: Arc<PriceBook>) -> Answered {
    if let Some(region) = Region::new(&book.region) {
        scenario.region = region;
    }
    let index = view.service.min(scenario.services.len() - 1);
    let service = scenario.services.nearest(index);
    let answer = measured("berth:evaluate", || {
        evaluate_service(&scenario, service, &book)
    });
    Answered {
        scenario,
        index,
        answer,
        book,
    }
}
