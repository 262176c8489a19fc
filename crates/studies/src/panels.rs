//! The panels that are answered here, one file each.

mod assumptions;
mod cluster;
mod curve;
mod interview;
mod matrix;
mod notes;

use berth_figures::Accent;
use berth_model::eligibility::Class;
use berth_model::explain::document::Document;
use berth_model::explain::wire::Wire;
use berth_model::prices::PriceBook;

use crate::asked::{Found, Subject};
use crate::pictured::Pictured;

/// A panel that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Panel {
    /// What is worth knowing of the service.
    Notes,
    /// Cost against task count.
    Curve,
    /// The decision matrix.
    Matrix,
    /// An interview answer.
    Interview,
    /// What the totals rest on.
    Assumptions,
    /// What all services cost together.
    Cluster,
}

/// A study under way.
pub(crate) trait Study {
    /// Goes on for a few milliseconds at most.
    fn step(&mut self, subject: &mut Subject, book: &PriceBook) -> Studied;
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
    pub(crate) fn words(words: &impl Wire) -> Self {
        Self {
            text: words.to_wire(),
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

    pub(crate) fn of(self, panel: &'static str) -> Found {
        Found::Answer {
            panel,
            text: self.text,
            picture: self.picture,
        }
    }
}

/// What is known in one step.
struct AtOnce(fn(&Subject, &PriceBook) -> Document);

impl Study for AtOnce {
    fn step(&mut self, subject: &mut Subject, book: &PriceBook) -> Studied {
        Studied::Done(Answer::words(&self.0(subject, book)))
    }
}

impl Panel {
    /// The panel that a word of a question asks for.
    pub(crate) fn read(word: &str) -> Option<Self> {
        Some(match word {
            "notes" => Self::Notes,
            "curve" => Self::Curve,
            "matrix" => Self::Matrix,
            "interview" => Self::Interview,
            "assumptions" => Self::Assumptions,
            "cluster" => Self::Cluster,
            _ => return None,
        })
    }

    /// Its name in questions and answers.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Notes => "notes",
            Self::Curve => "curve",
            Self::Matrix => "matrix",
            Self::Interview => "interview",
            Self::Assumptions => "assumptions",
            Self::Cluster => "cluster",
        }
    }

    pub(crate) fn begin(&self, subject: &Subject, book: &PriceBook) -> Box<dyn Study> {
        match self {
            Self::Notes => Box::new(notes::Notes::begin(subject, book)),
            Self::Curve => Box::new(curve::Curve::begin(subject)),
            Self::Matrix => Box::new(AtOnce(matrix::document)),
            Self::Interview => Box::new(AtOnce(interview::document)),
            Self::Assumptions => Box::new(AtOnce(assumptions::document)),
            Self::Cluster => Box::new(cluster::Cluster::begin(subject)),
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
