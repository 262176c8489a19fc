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
use berth_model::explain::Panel;
use berth_model::explain::document::Document;
use berth_model::explain::wire::Wire;
use berth_model::inputs::InputId;
use berth_model::option::Place;
use berth_model::prices::PriceBook;

use crate::asked::{Books, Found, Subject};
use crate::pictured::Pictured;

/// A panel that is asked for.
pub(crate) struct Wanted {
    pub(crate) panel: Panel,
    about: About,
}

/// What a panel is to be about besides the scenario.
enum About {
    Nothing,
    /// The axes of a map; without them it has those that suit the load.
    Axes(InputId, InputId),
    /// The link of the scenario that the present one is compared with.
    Link(String),
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

impl Wanted {
    /// The panel that a word of a question asks for: its name, and behind a colon what it is to be about besides.
    pub(crate) fn read(word: &str) -> Option<Self> {
        let (name, about) = match word.split_once(':') {
            Some((name, about)) => (name, Some(about)),
            None => (word, None),
        };
        let panel = Panel::from_id(name)?;
        let about = match (panel, about) {
            (Panel::Map, Some(axes)) => {
                let (x, y) = axes.split_once(',')?;
                About::Axes(InputId::from_id(x)?, InputId::from_id(y)?)
            }
            (Panel::Compare, Some(link)) => About::Link(link.to_owned()),
            (Panel::Compare, None) | (_, Some(_)) => return None,
            (_, None) => About::Nothing,
        };
        Some(Self { panel, about })
    }

    pub(crate) fn begin(&self, subject: &Subject, books: Books) -> Box<dyn Study> {
        match self.panel {
            Panel::Why => Box::new(AtOnce(|subject, book| {
                Answer::words(&why::document(subject, book))
            })),
            Panel::Flips => Box::new(flips::Flips::begin(subject)),
            Panel::Curve => Box::new(curve::Curve::begin(subject)),
            Panel::Map => {
                let axes = match self.about {
                    About::Axes(x, y) => Some((x, y)),
                    About::Nothing | About::Link(_) => None,
                };
                Box::new(map::Map::begin(subject, axes))
            }
            Panel::Fleet => Box::new(AtOnce(fleet::answer)),
            Panel::Notes => Box::new(notes::Notes::begin(subject, books.own)),
            Panel::Matrix => Box::new(matrix::Matrix::default()),
            Panel::Sure => Box::new(sure::Sure::begin(subject, books.own)),
            Panel::Stress => Box::new(stress::Stress::begin(subject)),
            Panel::Interview => Box::new(AtOnce(|subject, book| {
                Answer::words(&interview::document(subject, book))
            })),
            Panel::Assumptions => Box::new(AtOnce(|subject, book| {
                Answer::words(&assumptions::document(subject, book))
            })),
            Panel::Cluster => Box::new(cluster::Cluster::begin(subject)),
            Panel::Assignment => Box::new(assignment::Assignment::begin()),
            Panel::Compare => {
                let link = match &self.about {
                    About::Link(link) => link,
                    About::Nothing | About::Axes(..) => "",
                };
                Box::new(compare::Compare::begin(link))
            }
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
