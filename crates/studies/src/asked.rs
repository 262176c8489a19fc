//! A question, as far as it is answered.

use std::borrow::Cow;
use std::collections::VecDeque;

use berth_model::curve::Crossing;
use berth_model::prices::PriceBook;
use berth_model::report::{ServiceAnswer, evaluate_service};
use berth_model::scenario::{Scenario, Service};
use berth_model::share::{self, View};

use crate::panels::{Studied, Study, Wanted};
use crate::pictured::Pictured;

/// The scenario and service that a question is about, and what is known of them.
pub struct Subject {
    /// The scenario.
    pub scenario: Scenario,
    /// The service that is shown.
    pub view: View,
    /// Its answer.
    pub answer: ServiceAnswer,
    /// Where its curve crosses, once that has been studied.
    pub crossings: Vec<Crossing>,
}

impl Subject {
    /// The service that is shown.
    pub fn service(&self) -> &Service {
        self.scenario.services.nearest(self.view.service)
    }

    /// The link of another scenario, that shows the same service.
    pub fn link_to(&self, scenario: &Scenario) -> String {
        share::encode(scenario, self.view)
    }
}

/// The price books that a question is answered from.
#[derive(Clone, Copy)]
pub(crate) struct Books<'a> {
    /// The region's, with the scenario's own figures in it.
    pub(crate) own: &'a PriceBook,
    /// Those of all regions that are known, as they are listed.
    pub(crate) all: &'a [PriceBook],
}

/// A question, as far as it is answered.
pub(crate) struct Asked {
    subject: Subject,
    /// The price book with the scenario's own figures in it, where it has any: put there once, and not at every step.
    own: Option<PriceBook>,
    waiting: VecDeque<Wanted>,
    study: Option<(&'static str, Box<dyn Study>)>,
}

/// What a step has found.
pub(crate) enum Found {
    /// Nothing yet.
    Nothing,
    /// All that was asked for.
    All,
    /// An answer of a panel, and its picture where it has one.
    Answer {
        panel: &'static str,
        /// Whether it is the last of its panel.
        is_last: bool,
        text: String,
        picture: Option<Box<dyn Pictured>>,
    },
}

impl Asked {
    /// `None` where the link cannot be read, or its region's price book is not there.
    pub(crate) fn new(waiting: VecDeque<Wanted>, link: &str, books: &[PriceBook]) -> Option<Self> {
        let decoded = share::decode(link);
        let scenario = decoded.scenario?;
        let book = of_region(books, &scenario)?;
        let own = match scenario.pricing.over(book) {
            Cow::Borrowed(_) => None,
            Cow::Owned(own) => Some(own),
        };
        let service = scenario.services.nearest(decoded.view.service);
        let answer = evaluate_service(&scenario, service, own.as_ref().unwrap_or(book));
        let subject = Subject {
            scenario,
            view: decoded.view,
            answer,
            crossings: Vec::new(),
        };
        Some(Self {
            subject,
            own,
            waiting,
            study: None,
        })
    }

    /// Goes on.
    pub(crate) fn step(&mut self, books: &[PriceBook]) -> Found {
        let Some(listed) = of_region(books, &self.subject.scenario) else {
            return Found::All;
        };
        let books = Books {
            own: self.own.as_ref().unwrap_or(listed),
            all: books,
        };
        let Some((panel, mut study)) = self.study.take() else {
            let Some(wanted) = self.waiting.pop_front() else {
                return Found::All;
            };
            let study = wanted.begin(&self.subject, books);
            self.study = Some((wanted.panel.id(), study));
            return Found::Nothing;
        };
        let studied = study.step(&mut self.subject, books);
        match studied {
            Studied::More => {
                self.study = Some((panel, study));
                Found::Nothing
            }
            Studied::SoFar(answer) => {
                self.study = Some((panel, study));
                answer.of(panel, false)
            }
            Studied::Done(answer) => answer.of(panel, true),
        }
    }
}

/// The price book of a scenario's region.
pub(crate) fn of_region<'a>(books: &'a [PriceBook], scenario: &Scenario) -> Option<&'a PriceBook> {
    let mut books = books.iter();
    books.find(|book| *book.region == *scenario.region.as_str())
}
