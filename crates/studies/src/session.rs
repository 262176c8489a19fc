//! One question after another.

use std::collections::VecDeque;

use berth_figures::{Letters, Measure, WidthTable};
use berth_model::prices::PriceBook;

use crate::asked::{Asked, Found};
use crate::panels::Wanted;
use crate::pictured::Kept;

/// What stands behind the name of a panel whose answer is a coarse one.
const SO_FAR: &str = " so far";

/// What one question after another is asked of.
#[derive(Default)]
pub struct Session {
    books: Vec<PriceBook>,
    letters: Option<Letters>,
    asked: Option<Asked>,
    kept: Kept,
    answer: String,
}

/// What came of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// All is answered.
    Done,
    /// There is more to do.
    More,
    /// An answer stands, and there may be more.
    Ready,
}

impl Session {
    /// Reads what the page knows and this does not; false where it cannot be read. It is a price book, which is kept
    /// in the place of the region's last one, or `letters` on a line and the widths of the page's font below it
    /// ([`Letters::read`]): until they are told, figures are laid out for a common one.
    pub fn tell(&mut self, told: &str) -> bool {
        if let Some(widths) = told.strip_prefix("letters\n") {
            self.letters = Letters::read(widths);
            return self.letters.is_some();
        }
        self.tell_book(told)
    }

    fn tell_book(&mut self, book: &str) -> bool {
        let Ok(book) = PriceBook::parse(book) else {
            return false;
        };
        self.books.retain(|other| other.region != book.region);
        self.books.push(book);
        true
    }

    /// Reads a question; false where it cannot be read, or its region's price book has not been told.
    pub fn begin(&mut self, question: &str) -> bool {
        self.answer.clear();
        self.asked = self.read(question);
        self.asked.is_some()
    }

    fn read(&self, question: &str) -> Option<Asked> {
        let (panels, link) = question.split_once('\n')?;
        let panels: Option<VecDeque<Wanted>> = panels.split(' ').map(Wanted::read).collect();
        Asked::new(panels?, link, &self.books)
    }

    /// Goes on with the question.
    pub fn step(&mut self) -> Step {
        let Some(asked) = &mut self.asked else {
            return Step::Done;
        };
        match asked.step(&self.books) {
            Found::All => {
                self.asked = None;
                Step::Done
            }
            Found::Nothing => Step::More,
            Found::Answer {
                panel,
                is_last,
                text,
                picture,
            } => {
                if let Some(picture) = picture {
                    self.kept.keep(panel, picture);
                }
                let how = if is_last { "" } else { SO_FAR };
                self.answer = [panel, how, "\n", &text].concat();
                Step::Ready
            }
        }
    }

    /// Answers at once, from what is known: `scene`, a figure and a width in CSS pixels, each on a line of its own,
    /// with the figure's picture; `words`, a figure and a datum (its series and item), with what that says; `link`
    /// and the same, with the link of the scenario that stands there. False where nothing is known.
    pub fn look(&mut self, question: &str) -> bool {
        let measure: &dyn Measure = match &self.letters {
            Some(letters) => letters,
            None => &WidthTable,
        };
        let answer = self.kept.look(question, measure);
        let is_known = answer.is_some();
        self.answer = answer.unwrap_or_default();
        is_known
    }

    /// The last answer; empty until there is one.
    pub fn answer(&self) -> &str {
        &self.answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use berth_figures::Scene;
    use berth_model::explain::document::{Block, Document};
    use berth_model::explain::wire::Wire;
    use berth_model::prices::embedded::US_EAST_1;

    const ONE: &str = "v=1&name=a&vcpu=8&mem=32&tasks=6&arch=x86_64&places=ec2";
    const TWO: &str = "v=1&name=a&vcpu=1&mem=2&tasks=3&name=b&vcpu=1&mem=7&tasks=3";

    /// A session that knows the prices of one region.
    fn told() -> Session {
        let mut session = Session::default();
        assert!(session.tell(US_EAST_1));
        session
    }

    /// Every answer to a question, with its panel.
    fn ask(session: &mut Session, question: &str) -> Vec<(String, String)> {
        assert!(session.begin(question), "{question}");
        let mut answers = Vec::new();
        loop {
            match session.step() {
                Step::Done => return answers,
                Step::More => {}
                Step::Ready => {
                    let (panel, text) = session.answer().split_once('\n').unwrap();
                    answers.push((panel.to_owned(), text.to_owned()));
                }
            }
        }
    }

    #[test]
    fn panels_are_answered_in_order_and_the_book_is_kept() {
        let mut session = told();
        let whole = ask(&mut session, &format!("notes assumptions\n{ONE}"));
        let panels: Vec<&str> = whole.iter().map(|(panel, _)| &**panel).collect();
        assert_eq!(panels, ["notes", "assumptions"]);
        for (panel, text) in &whole {
            let document = Document::from_wire(text).unwrap();
            assert!(!document.blocks.is_empty(), "{panel}");
        }
        assert_eq!(
            ask(&mut session, &format!("notes assumptions\n{ONE}")),
            whole
        );
    }

    #[test]
    fn a_near_fit_is_noted_and_its_link_takes_it() {
        let mut session = told();
        let answers = ask(&mut session, &format!("notes\n{ONE}"));
        let document = Document::from_wire(&answers[0].1).unwrap();
        let Some(Block::List(items)) = document.blocks.first() else {
            panic!("{document:?}");
        };
        let actions: Vec<_> = items
            .iter()
            .filter_map(|item| item.action.as_ref())
            .collect();
        assert_eq!(actions.len(), 1);
        let taken = berth_model::share::decode(&actions[0].link)
            .scenario
            .unwrap();
        let present = berth_model::share::decode(ONE).scenario.unwrap();
        let size = |scenario: &berth_model::scenario::Scenario| {
            let task = &scenario.services.nearest(0).task;
            (task.vcpu, task.memory)
        };
        assert!(size(&taken).0 <= size(&present).0 && size(&taken).1 <= size(&present).1);
        assert_ne!(size(&taken), size(&present));
    }

    #[test]
    fn the_curve_is_answered_coarse_first_and_can_be_looked_at() {
        let mut session = told();
        let link = "v=1&name=a&vcpu=1&mem=2&tasks=40";
        assert!(!session.look("scene\ncurve\n400.0px"));
        let answers = ask(&mut session, &format!("curve\n{link}"));
        assert!(answers.len() > 2, "{}", answers.len());
        let names: Vec<&str> = answers.iter().map(|(panel, _)| &**panel).collect();
        let coarse = names.iter().filter(|name| **name == "curve so far").count();
        assert_eq!((coarse, names.last()), (names.len() - 1, Some(&"curve")));
        let rows: Vec<usize> = answers
            .iter()
            .map(|(_, text)| {
                let document = Document::from_wire(text).unwrap();
                match document.blocks.first() {
                    Some(Block::Figure(picture)) => picture.table.rows.len(),
                    other => panic!("{other:?}"),
                }
            })
            .collect();
        assert!(rows.is_sorted() && rows.first() < rows.last(), "{rows:?}");
        assert!(session.look("scene\ncurve\n400.0px"));
        let scene = Scene::from_wire(session.answer()).unwrap();
        assert!(scene.texts().count() > 5);
        // In a wider font there is less room for the same words.
        let narrow = scene.texts().map(|text| text.width).fold(0.0, f64::max);
        let widths = vec!["900"; berth_figures::LETTERS.chars().count()].join(" ");
        assert!(session.tell(&format!("letters\n{widths}\n{widths}")));
        assert!(!session.tell("letters\n5 5"));
        assert!(session.tell(&format!("letters\n{widths}\n{widths}")));
        assert!(session.look("scene\ncurve\n400.0px"));
        let wide = Scene::from_wire(session.answer()).unwrap();
        assert!(wide.texts().map(|text| text.width).fold(0.0, f64::max) > narrow);
        assert!(session.look("words\ncurve\n0 0"));
        assert!(
            session.answer().starts_with("1 task on "),
            "{}",
            session.answer()
        );
        // A press on a task count takes it.
        assert!(session.look("link\ncurve\n0 0"));
        let there = berth_model::share::decode(session.answer())
            .scenario
            .unwrap();
        assert_eq!(there.services.nearest(0).load.tasks().get(), 1);
        for nothing in [
            "words\ncurve\n0 9999",
            "words\ncurve\nx",
            "scene\nother\n400.0px",
            "scene\ncurve\nwide",
            "x",
        ] {
            assert!(!session.look(nothing), "{nothing}");
            assert_eq!(session.answer(), "");
        }
    }

    #[test]
    fn the_interview_speaks_of_the_curve_that_was_studied_before_it() {
        let mut session = told();
        let link = "v=1&name=a&vcpu=1&mem=2&tasks=3";
        let question = |panels: &str| format!("{panels}\n{link}");
        let said = |answers: Vec<(String, String)>| answers.last().unwrap().1.clone();
        let alone = said(ask(&mut session, &question("interview")));
        let after = said(ask(&mut session, &question("curve interview")));
        assert!(after.len() > alone.len());
    }

    #[test]
    fn a_cluster_is_answered_in_words() {
        let answers = ask(&mut told(), &format!("cluster\n{TWO}"));
        let document = Document::from_wire(&answers[0].1).unwrap();
        let table = document.blocks.iter().find_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        });
        let rows = &table.unwrap().rows;
        assert_eq!(rows.len(), 2);
        // A press on a service shows it.
        let shown = berth_model::share::decode(&rows[1].action.as_ref().unwrap().link);
        assert_eq!(shown.view.service, 1);
    }

    #[test]
    fn own_prices_of_the_link_count() {
        let mut session = told();
        let listed = ask(&mut session, &format!("cluster\n{TWO}"));
        let dear = TWO.replace("v=1&", "v=1&discount=50&");
        assert_ne!(ask(&mut session, &format!("cluster\n{dear}")), listed);
    }

    #[test]
    fn what_is_no_question_is_refused() {
        let mut session = told();
        assert!(!session.tell("no book"));
        for question in [
            String::new(),
            "notes".to_owned(),
            format!("other\n{ONE}"),
            "notes\nx".to_owned(),
            format!("notes\n{}", ONE.replace("v=1&", "v=1&region=eu-west-1&")),
        ] {
            assert!(
                !session.begin(&question),
                "{}",
                question.lines().next().unwrap_or_default()
            );
            assert_eq!((session.step(), session.answer()), (Step::Done, ""));
        }
    }
}
