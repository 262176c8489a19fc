//! Flips in words.

use super::Sentence;
use crate::decision::{Close, Lead, Verdict};
use crate::flips::{Flip, Flips, Former, Nearness, What};
use crate::inputs::InputId;
use crate::option::{OptionId, Place, Purchase};
use crate::report::{OptionReport, ServiceAnswer};
use crate::scenario::Scenario;
use crate::share::{self, View};
use crate::words;

use super::flip_changes::{number, other};

/// A flip, and the link that takes a scenario there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlipWords {
    /// What would have to change, and what then wins.
    pub sentence: Sentence,
    /// The scenario with that change, as the part of a link after the `#`.
    pub link: String,
    /// Whether it is a hard requirement that the service does not have.
    pub is_need: bool,
}

/// Everything there is to say of flips.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlipsWords {
    /// How many there are, of how much that was tried.
    pub summary: Sentence,
    /// What to measure where the answer is too close to call; `None` where it is not.
    pub to_measure: Option<Sentence>,
    /// Every flip, the nearest first.
    pub flips: Vec<FlipWords>,
}

impl FlipsWords {
    /// What a study of a scenario's service has found so far. `answer` is the service's.
    pub fn of(scenario: &Scenario, service: usize, study: &Flips, answer: &ServiceAnswer) -> Self {
        let flips = study.flips();
        let words = flips.iter().map(|flip| FlipWords {
            sentence: self::flip(flip, scenario, service),
            link: share::encode(&flip.scenario(scenario, service), View { service }),
            is_need: matches!(flip.what, What::Need(..)),
        });
        Self {
            summary: summary(study, flips.len()),
            to_measure: to_measure(answer, &flips),
            flips: words.collect(),
        }
    }
}

/// One flip: `With 14 tasks (12 now), EC2 on Arm would win; Fargate on Arm
/// would cost $3.20 a month more.`
pub fn flip(flip: &Flip, scenario: &Scenario, service: usize) -> Sentence {
    let sentence = match &flip.what {
        What::Number => {
            let sentence = Sentence::default().text(number(flip.input, &flip.to));
            // "If it needed a GPU" says what there is now.
            if flip.input == InputId::Gpu && flip.from == "0" {
                sentence
            } else {
                sentence
                    .text(" (")
                    .input(flip.input, shown(&flip.from))
                    .text(" now)")
            }
        }
        _ => Sentence::default().text(other(flip, &flip.scenario(scenario, service))),
    };
    let sentence = sentence.text(", ").option(flip.winner);
    let sentence = match flip.former {
        Former::None => sentence
            .text(" could run it, for ")
            .money(flip.total)
            .text(" a month."),
        Former::Costs(margin) => sentence.text(" would win").costs_less(flip.present, margin),
        Former::CannotRun => because(sentence, flip.present, " could not run it."),
        Former::NoPrice => because(sentence, flip.present, " would have no price."),
        Former::ShownOnly(_) => because(sentence, flip.present, " could no longer win."),
        Former::BeyondCommitment => because(
            sentence,
            flip.present,
            " would commit to more than is compared.",
        ),
    };
    match flip.nearness {
        Nearness::Proven => sentence,
        Nearness::Found => sentence.text(" Nearer values may do so too: not every one was tried."),
    }
}

impl Sentence {
    /// What the option that wins now would cost more, where the flip is.
    fn costs_less(self, present: Option<OptionId>, margin: crate::money::Usd) -> Self {
        match present {
            Some(present) => self
                .text("; ")
                .option(present)
                .text(" would cost ")
                .money(margin)
                .text(" a month more."),
            None => self.text("."),
        }
    }
}

fn because(sentence: Sentence, present: Option<OptionId>, why: &str) -> Sentence {
    let sentence = sentence.text(" would win");
    match present {
        Some(present) => sentence.text("; ").option(present).text(why),
        None => sentence.text("."),
    }
}

/// A number as people read it.
pub(super) fn shown(number: &str) -> String {
    match number.parse() {
        Ok(count) => words::count(count),
        Err(_) => number.to_owned(),
    }
}

fn summary(study: &Flips, found: usize) -> Sentence {
    let tried = words::counted(study.tried() as u64, "change", "changes");
    let inputs = words::counted(study.inputs() as u64, "input", "inputs");
    let start = if study.is_done() { "" } else { "So far: " };
    let text = match found {
        0 => {
            format!("{start}no other option wins under any of {tried} of {inputs}, each by itself.")
        }
        1 => format!("{start}one flip, among {tried} of {inputs}, each by itself."),
        _ => format!(
            "{start}{} flips, the nearest first, among {tried} of {inputs}, each by itself.",
            words::count(found as u64)
        ),
    };
    Sentence::plainly(&words::sentence_case(&text))
}

/// Where an answer is too close to call, the one thing whose measurement would decide.
///
/// A range of prices is decided by the price; a small lead by the input that is nearest to tipping
/// it to another place, numbers first.
pub fn to_measure(answer: &ServiceAnswer, flips: &[Flip]) -> Option<Sentence> {
    let Verdict::Best {
        option,
        lead:
            Some(Lead {
                over,
                close: Some(close),
                ..
            }),
    } = answer.verdict
    else {
        return None;
    };
    if close == Close::Range {
        return Some(range(answer, option, over));
    }
    let numbers = flips.iter().filter(|flip| flip.what == What::Number);
    let nearest = numbers
        .clone()
        .find(|flip| flip.changes_place())
        .or_else(|| numbers.clone().next())?;
    Some(
        Sentence::default()
            .text("What would decide is ")
            .input(nearest.input, label(nearest.input))
            .text(format!(
                ": measure whether it is nearer to {} or to {}, where ",
                shown(&nearest.from),
                shown(&nearest.to)
            ))
            .option(nearest.winner)
            .text(" wins."),
    )
}

/// That some flips are left out: `3 more flips`.
pub fn flips_left_out(count: usize) -> String {
    words::counted(count as u64, "more flip", "more flips")
}

/// The label of an input within a sentence: its first letter small, but of `EBS` and the like.
fn label(input: InputId) -> String {
    let label = input.input().label;
    let mut letters = label.chars();
    let first = letters.next();
    match (first, letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() || second == ' ' => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => label.to_owned(),
    }
}

/// What to look at where a range leaves a lead open.
fn range(answer: &ServiceAnswer, best: OptionId, over: OptionId) -> Sentence {
    let open = open_range(answer, best, over);
    let start = Sentence::default().text("What would decide is ");
    match (open.purchase, open.place) {
        (Purchase::SpotMix, Place::Fargate) => start
            .text("how AWS rounds the weights: count how many tasks of ")
            .option(open)
            .text(" really run on Spot."),
        (Purchase::SpotMix, _) => start
            .text("the Spot price: look up what the instances of ")
            .option(open)
            .text(" cost over the last weeks, and enter it as your own price."),
        _ => start
            .text("how soon instances leave after the peak: count how many of ")
            .option(open)
            .text(" run in the hours after it."),
    }
}

/// The option whose range takes the lead away: the best one's upwards, or that of a rival of another
/// place that reaches down the furthest.
fn open_range(answer: &ServiceAnswer, best: OptionId, over: OptionId) -> OptionId {
    let total = |option: OptionId| {
        let priced = answer.option(option).and_then(OptionReport::priced);
        priced.map(|priced| (priced.total, priced.high))
    };
    if let (Some((_, high)), Some((other, _))) = (total(best), total(over))
        && high >= other
    {
        return best;
    }
    let rivals = answer
        .options
        .iter()
        .filter(|report| report.option.place != best.place)
        .filter_map(|report| Some((report.deciding()?.low, report.option)));
    rivals
        .min_by_key(|(low, _)| *low)
        .map_or(over, |(_, option)| option)
}
