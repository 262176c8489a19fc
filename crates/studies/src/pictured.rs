//! Figures that can be looked at: kept from the study that ended in them.

use berth_figures::{Key, Measure, Scene};

/// A figure with what its parts say.
pub trait Pictured {
    /// The picture for a width in CSS pixels.
    fn scene(&self, width: f64, measure: &dyn Measure) -> Scene;

    /// What a datum says when it is pointed at.
    fn words(&self, key: Key) -> Option<String>;

    /// The link of the scenario that stands at a datum, where a press may go there.
    fn link(&self, _key: Key) -> Option<String> {
        None
    }
}

/// Figures by the panel that shows them, as they were last studied.
#[derive(Default)]
pub(crate) struct Kept(Vec<(&'static str, Box<dyn Pictured>)>);

impl Kept {
    pub(crate) fn keep(&mut self, panel: &'static str, picture: Box<dyn Pictured>) {
        match self.0.iter_mut().find(|(name, _)| *name == panel) {
            Some((_, kept)) => *kept = picture,
            None => self.0.push((panel, picture)),
        }
    }

    pub(crate) fn look(&self, question: &str, measure: &dyn Measure) -> Option<String> {
        let mut lines = question.lines();
        let (what, panel, rest) = (lines.next()?, lines.next()?, lines.next()?);
        let (_, picture) = self.0.iter().find(|(name, _)| *name == panel)?;
        match what {
            "scene" => Some(picture.scene(width(rest)?, measure).to_wire()),
            "words" => picture.words(key(rest)?),
            "link" => picture.link(key(rest)?),
            _ => None,
        }
    }
}

/// A width as the style sheet writes it (`640.0px`): the whole pixels of it.
fn width(text: &str) -> Option<f64> {
    let whole = text.strip_suffix("px")?.split('.').next()?;
    whole.parse::<u32>().ok().map(f64::from)
}

/// A datum: its series and, where it is one of several, its item.
fn key(text: &str) -> Option<Key> {
    let mut numbers = text.split(' ').map(|number| number.parse().ok());
    let series = numbers.next()??;
    Some(match numbers.next() {
        Some(item) => Key::item(series, item?),
        None => Key::series(series),
    })
}
