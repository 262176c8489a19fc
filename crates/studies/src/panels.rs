//! The panels that are answered here, one file each.

mod assignment;
mod assumptions;
mod cluster;
mod compare;
mod curve;
mod fleet;
mod flips;
mod interview;
mod map;
mod matrix;
mod notes;
mod stress;
mod sure;
mod why;

use berth_figures::Accent;
use berth_model::eligibility::Class;
use berth_model::explain::document::Document;
use berth_model::explain::wire::Wire;
use berth_model::inputs::InputId;
use berth_model::option::Place;
use berth_model::prices::PriceBook;

use crate::asked::{Books, Found, Subject};
use crate::pictured::Pictured;

/// A panel that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Panel {
    /// Why the best option leads.
    Why,
    /// What would flip the verdict.
    Flips,
    /// Cost against task count.
    Curve,
    /// Which option wins over two inputs; `None` for those that suit the load.
    Map(Option<(InputId, InputId)>),
    /// Which task stands on which instance.
    Fleet,
    /// What is worth knowing of the service.
    Notes,
    /// The decision matrix.
    Matrix,
    /// How sure the verdict is.
    Sure,
    /// What commitments cost if things do not go as planned.
    Stress,
    /// An interview answer.
    Interview,
    /// What the totals rest on.
    Assumptions,
    /// What all services cost together.
    Cluster,
    /// The cheapest option for each service of a cluster.
    Assignment,
    /// Against the scenario of a link.
    Compare(String),
}

/// A study under way.
pub(crate) trait Study {
    /// Goes on for a few milliseconds at most.
    fn step(&mut self, subject: &mut Subject, books: Books) -> Studied;
}

/// What a study has found by now.
pub(crate) enum Studied {
    /// Nothing new to show.
    More,
    /// A coarse answer; there is more to do.
    SoFar(Answer),
    /// The answer.
    Done(Answer),
}

/// What a panel shows.
pub(crate) struct Answer {
    text: String,
    picture: Option<Box<dyn Pictured>>,
}

impl Answer {
    /// Words alone.
    pub(crate) fn words(document: &Document) -> Self {
        Self {
            text: document.to_wire(),
            picture: None,
        }
    }

    /// A document with a figure.
    pub(crate) fn pictured(document: &Document, picture: impl Pictured + 'static) -> Self {
        Self {
            text: document.to_wire(),
            picture: Some(Box::new(picture)),
        }
    }

    pub(crate) fn of(self, panel: &'static str, is_last: bool) -> Found {
        Found::Answer {
            panel,
            is_last,
            text: self.text,
            picture: self.picture,
        }
    }
}

/// What is known in one step.
struct AtOnce(fn(&Subject, &PriceBook) -> Answer);

impl Study for AtOnce {
    fn step(&mut self, subject: &mut Subject, books: Books) -> Studied {
        Studied::Done(self.0(subject, books.own))
    }
}

impl Panel {
    /// The panel that a word of a question asks for: its name, and behind a colon what it is to be about besides.
    pub(crate) fn read(word: &str) -> Option<Self> {
        let (name, about) = match word.split_once(':') {
            Some((name, about)) => (name, Some(about)),
            None => (word, None),
        };
        Some(match (name, about) {
            ("map", Some(axes)) => {
                let (x, y) = axes.split_once(',')?;
                Self::Map(Some((InputId::from_id(x)?, InputId::from_id(y)?)))
            }
            ("compare", Some(link)) => Self::Compare(link.to_owned()),
            ("why", None) => Self::Why,
            ("flips", None) => Self::Flips,
            ("curve", None) => Self::Curve,
            ("map", None) => Self::Map(None),
            ("fleet", None) => Self::Fleet,
            ("notes", None) => Self::Notes,
            ("matrix", None) => Self::Matrix,
            ("sure", None) => Self::Sure,
            ("stress", None) => Self::Stress,
            ("interview", None) => Self::Interview,
            ("assumptions", None) => Self::Assumptions,
            ("cluster", None) => Self::Cluster,
            ("assignment", None) => Self::Assignment,
            _ => return None,
        })
    }

    /// Its name in questions and answers.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Why => "why",
            Self::Flips => "flips",
            Self::Curve => "curve",
            Self::Map(_) => "map",
            Self::Fleet => "fleet",
            Self::Notes => "notes",
            Self::Matrix => "matrix",
            Self::Sure => "sure",
            Self::Stress => "stress",
            Self::Interview => "interview",
            Self::Assumptions => "assumptions",
            Self::Cluster => "cluster",
            Self::Assignment => "assignment",
            Self::Compare(_) => "compare",
        }
    }

    pub(crate) fn begin(&self, subject: &Subject, books: Books) -> Box<dyn Study> {
        match self {
            Self::Why => Box::new(AtOnce(|subject, book| {
                Answer::words(&why::document(subject, book))
            })),
            Self::Flips => Box::new(flips::Flips::begin(subject)),
            Self::Curve => Box::new(curve::Curve::begin(subject)),
            Self::Map(axes) => Box::new(map::Map::begin(subject, *axes)),
            Self::Fleet => Box::new(AtOnce(fleet::answer)),
            Self::Notes => Box::new(notes::Notes::begin(subject, books.own)),
            Self::Matrix => Box::new(matrix::Matrix::default()),
            Self::Sure => Box::new(sure::Sure::begin(subject, books.own)),
            Self::Stress => Box::new(stress::Stress::begin(subject)),
            Self::Interview => Box::new(AtOnce(|subject, book| {
                Answer::words(&interview::document(subject, book))
            })),
            Self::Assumptions => Box::new(AtOnce(|subject, book| {
                Answer::words(&assumptions::document(subject, book))
            })),
            Self::Cluster => Box::new(cluster::Cluster::begin(subject)),
            Self::Assignment => Box::new(assignment::Assignment::begin()),
            Self::Compare(link) => Box::new(compare::Compare::begin(link)),
        }
    }
}

/// The accent of a class of options: the same everywhere.
const fn accent(class: Class) -> Accent {
    match class {
        Class::Fargate => Accent::Fargate,
        Class::FargateSpot => Accent::FargateSpot,
        Class::Ec2 => Accent::Ec2,
        Class::Ec2Spot => Accent::Ec2Spot,
        Class::ManagedInstances => Accent::Managed,
        Class::ManagedInstancesSpot => Accent::ManagedSpot,
    }
}

/// The accent of a place: that of its options without Spot.
const fn of_place(place: Place) -> Accent {
    match place {
        Place::Fargate => Accent::Fargate,
        Place::Ec2 => Accent::Ec2,
        Place::ManagedInstances => Accent::Managed,
    }
}
