//! What the page loads once it is in use: studies and words that nobody waits for, and whose code would
//! otherwise be on the way before the first answer.
//!
//! It is a module of WebAssembly by itself, with the model inside and without bindings: a question goes in as text,
//! and an answer comes out as text. A question is three parts, divided by line ends: what is asked (`notes` of the
//! service that a link shows, or `cluster`), the link, and the price book, which may be left out where the last one
//! still holds. The answer is the [`Wire`] form of [`Notes`] or of a cluster's words.
//!
//! | export | what it does |
//! |---|---|
//! | `room(length)` | makes room for a question, and says where |
//! | `begin()` | reads the question that stands there; 0 where it cannot be read |
//! | `step()` | goes on; 1 while there is more to do |
//! | `answer()`, `length()` | where the answer stands, and how long it is |

use std::borrow::Cow;

use berth_model::cluster;
use berth_model::curve::Progress;
use berth_model::explain::wire::Wire;
use berth_model::explain::{self, NearFitWords, Notes};
use berth_model::near_fit::NearFit;
use berth_model::prices::PriceBook;
use berth_model::report::{ServiceAnswer, evaluate_service};
use berth_model::scenario::Scenario;
use berth_model::share;

#[cfg(target_arch = "wasm32")]
mod exports;

/// What one question after another is asked of.
#[derive(Default)]
pub struct Session {
    book: Option<PriceBook>,
    asked: Option<Asked>,
    answer: String,
}

/// A question, as far as it is answered.
struct Asked {
    scenario: Scenario,
    /// The price book with the scenario's own figures in it, where it has any: put there once, and not at every step.
    own: Option<PriceBook>,
    service: usize,
    study: Study,
}

enum Study {
    /// Nothing is known yet.
    Notes,
    NearFit(Box<(ServiceAnswer, NearFit)>),
    Cluster(Box<cluster::Study>),
}

impl Session {
    /// Reads a question; false where it cannot be read, or there is no price book to answer it from.
    pub fn begin(&mut self, question: &str) -> bool {
        self.answer.clear();
        self.asked = self.read(question);
        self.asked.is_some()
    }

    fn read(&mut self, question: &str) -> Option<Asked> {
        let (what, rest) = question.split_once('\n')?;
        let (link, book) = rest.split_once('\n')?;
        if !book.is_empty() {
            self.book = PriceBook::parse(book).ok();
        }
        let book = self.book.as_ref()?;
        let decoded = share::decode(link);
        let scenario = decoded.scenario?;
        let own = match scenario.pricing.over(book) {
            Cow::Borrowed(_) => None,
            Cow::Owned(own) => Some(own),
        };
        let study = match what {
            "notes" => Study::Notes,
            "cluster" => Study::Cluster(Box::new(cluster::Study::new(scenario.clone()))),
            _ => return None,
        };
        Some(Asked {
            scenario,
            own,
            service: decoded.view.service,
            study,
        })
    }

    /// Goes on with the question. The answer stands once it is done.
    pub fn step(&mut self) -> Progress {
        let (Some(asked), Some(book)) = (&mut self.asked, &self.book) else {
            return Progress::Done;
        };
        let Some(answer) = asked.step(book) else {
            return Progress::More;
        };
        self.answer = answer;
        self.asked = None;
        Progress::Done
    }

    /// The answer to the last question; empty until it is known.
    pub fn answer(&self) -> &str {
        &self.answer
    }
}

impl Asked {
    /// Goes on, and gives the answer once it is known.
    fn step(&mut self, book: &PriceBook) -> Option<String> {
        let Self {
            scenario,
            own,
            service,
            study,
        } = self;
        let book = own.as_ref().unwrap_or(book);
        let of = scenario.services.nearest(*service);
        match study {
            Study::Notes => {
                let answer = evaluate_service(scenario, of, book);
                let near_fit = NearFit::new(scenario, *service, &answer, book);
                *study = Study::NearFit(Box::new((answer, near_fit)));
                None
            }
            Study::NearFit(known) => {
                let (answer, near_fit) = &mut **known;
                if near_fit.step(book, 1) == Progress::More {
                    return None;
                }
                let notes = Notes {
                    near_fits: near_fit.found().iter().map(NearFitWords::of).collect(),
                    advice: explain::advice(scenario, of, answer, book),
                };
                Some(notes.to_wire())
            }
            Study::Cluster(study) => {
                if study.step(book) == Progress::More {
                    return None;
                }
                let answer = study.answer()?;
                Some(explain::cluster(scenario, answer, study.alone(), book).to_wire())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use berth_model::explain::ClusterWords;
    use berth_model::prices::embedded::US_EAST_1;

    fn ask(session: &mut Session, question: &str) -> String {
        assert!(session.begin(question), "{question}");
        while session.step() == Progress::More {
            assert_eq!(session.answer(), "");
        }
        session.answer().to_owned()
    }

    #[test]
    fn a_question_is_answered_and_the_book_is_kept() {
        let mut session = Session::default();
        let link = "v=1&name=a&vcpu=8&mem=32&tasks=6&arch=x86_64&places=ec2";
        let whole = ask(&mut session, &format!("notes\n{link}\n{US_EAST_1}"));
        let notes = Notes::from_wire(&whole).unwrap();
        assert_eq!(notes.near_fits.len(), 1);
        assert!(!notes.advice.is_empty());
        assert_eq!(ask(&mut session, &format!("notes\n{link}\n")), whole);
    }

    #[test]
    fn a_cluster_is_answered_in_words() {
        let link = "v=1&name=a&vcpu=1&mem=2&tasks=3&name=b&vcpu=1&mem=7&tasks=3";
        let answer = ask(
            &mut Session::default(),
            &format!("cluster\n{link}\n{US_EAST_1}"),
        );
        let words = ClusterWords::from_wire(&answer).unwrap();
        assert_eq!(words.bill.unwrap().services.len(), 2);
    }

    #[test]
    fn own_prices_of_the_link_count() {
        let mut session = Session::default();
        let link = "v=1&name=a&vcpu=1&mem=2&tasks=3&name=b&vcpu=1&mem=2&tasks=3";
        let listed = ask(&mut session, &format!("cluster\n{link}\n{US_EAST_1}"));
        let dear = link.replace("v=1&", "v=1&discount=50&");
        assert_ne!(ask(&mut session, &format!("cluster\n{dear}\n")), listed);
    }

    #[test]
    fn what_is_no_question_is_refused() {
        let mut session = Session::default();
        let link = "v=1&name=a&vcpu=1&mem=2&tasks=3";
        for question in [
            String::new(),
            format!("notes\n{link}"),
            format!("notes\n{link}\n"),
            format!("other\n{link}\n{US_EAST_1}"),
            format!("notes\nx\n{US_EAST_1}"),
            format!("notes\n{link}\nno book"),
        ] {
            assert!(
                !session.begin(&question),
                "{}",
                question.lines().next().unwrap_or_default()
            );
            assert_eq!((session.step(), session.answer()), (Progress::Done, ""));
        }
    }
}
