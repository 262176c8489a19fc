//! Which classes of options are ruled out, by what, and what would bring them back.

use super::{Sentence, class_as_subject};
use crate::bring_back::{Change, bring_back};
use crate::eligibility::{Class, Obstacle, Requirement};
use crate::inputs::InputId;
use crate::needs::Need;
use crate::prices::PriceBook;
use crate::report::{OptionReport, Outcome, ServiceAnswer};
use crate::scenario::{Scenario, Service};
use crate::share::{self, View};
use crate::units::Vcpu;
use crate::words;

ids! {
    /// Whether a class of options can run a service.
    pub enum Standing {
        /// It can.
        Yes = "yes",
        /// It can, under conditions that are named.
        If = "if",
        /// It is ruled out.
        No = "no",
    }
}

/// Every class of options, in the order of [`Class::ALL`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GatesWords {
    /// One for each class.
    pub gates: Vec<GateWords>,
}

/// Whether a class of options can run a service, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GateWords {
    /// Which class.
    pub class: Class,
    /// Whether it can.
    pub standing: Standing,
    /// The same as a sentence, with every reason or condition.
    pub sentence: Sentence,
    /// What rules it out, or under which conditions it can, one by one.
    pub reasons: Vec<ReasonWords>,
    /// What would bring it back; `None` where nothing has to, or nothing would.
    pub bring_back: Option<BringBackWords>,
}

/// What rules a class out, or a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReasonWords {
    /// What is required: `a GPU`.
    pub what: String,
    /// Why that rules the class out, or the condition; empty where it says itself.
    pub why: String,
    /// Where that comes from, and as of when; empty where it is the person's own choice.
    pub source: String,
}

/// What would bring a class back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BringBackWords {
    /// `Fargate would be possible without the GPU and with at most 244 GiB.`
    pub sentence: Sentence,
    /// The part after the `#` of the link of the scenario so changed.
    pub link: String,
}

/// What rules each class out for the service at `index`, and what would bring it back.
///
/// The answer is that service's, and the book has the scenario's own figures in it already. What
/// would bring a class back is found, and checked, by evaluating changed scenarios.
pub fn gates(
    scenario: &Scenario,
    index: usize,
    answer: &ServiceAnswer,
    book: &PriceBook,
) -> GatesWords {
    let gate = |&class: &Class| gate(scenario, index, class, answer, book);
    GatesWords {
        gates: Class::ALL.iter().map(gate).collect(),
    }
}

fn gate(
    scenario: &Scenario,
    index: usize,
    class: Class,
    answer: &ServiceAnswer,
    book: &PriceBook,
) -> GateWords {
    let service = scenario.services.nearest(index);
    let reports = || {
        let all = answer.options.iter();
        all.filter(move |report| report.option.class() == class)
    };
    let open = reports().find(|report| !matches!(report.outcome, Outcome::NotEligible(_)));
    if let Some(report) = open {
        return possible(service, class, report);
    }
    let found = reports().filter_map(|report| match &report.outcome {
        Outcome::NotEligible(found) => Some(found.as_slice()),
        Outcome::Priced(_) | Outcome::NoPrice(_) => None,
    });
    let found = found.min_by_key(|found| found.len()).unwrap_or_default();
    let changes = bring_back(scenario, index, class, book).filter(|changes| !changes.is_empty());
    GateWords {
        class,
        standing: Standing::No,
        sentence: ruled_out(service, class, found),
        reasons: found.iter().map(|&one| reason(one)).collect(),
        bring_back: changes.and_then(|changes| brought_back(scenario, index, class, &changes)),
    }
}

fn possible(service: &Service, class: Class, report: &OptionReport) -> GateWords {
    let (name, _) = class_as_subject(class);
    let start = Sentence::default().text(words::sentence_case(name));
    let conditions = &report.conditions;
    let sentence = if conditions.is_empty() {
        start.text(" can run it.")
    } else {
        let start = start.text(if conditions.len() == 1 {
            " can run it on one condition: "
        } else {
            " can run it on conditions: "
        });
        let each = |sentence: Sentence, &(requirement, condition): &(Requirement, &str)| {
            let input = input_of(service, requirement);
            let sentence = sentence.input(input, requirement.row().label);
            sentence.text(format!(" ({condition})"))
        };
        listed(start, conditions, each).text(".")
    };
    let reasons = conditions.iter().map(|&(requirement, condition)| {
        let row = requirement.row();
        ReasonWords {
            what: row.label.to_owned(),
            why: condition.to_owned(),
            source: sourced(row.source, row.date),
        }
    });
    GateWords {
        class,
        standing: if conditions.is_empty() {
            Standing::Yes
        } else {
            Standing::If
        },
        sentence,
        reasons: reasons.collect(),
        bring_back: None,
    }
}

fn ruled_out(service: &Service, class: Class, found: &[Obstacle]) -> Sentence {
    let (name, plural) = class_as_subject(class);
    let verb = if plural { "are" } else { "is" };
    let start =
        Sentence::default().text(format!("{} {verb} ruled out", words::sentence_case(name)));
    match *found {
        [Obstacle::Requirement(requirement, why)] => start
            .text(" by ")
            .input(input_of(service, requirement), requirement.row().label)
            .text(format!(": {why}.")),
        [other] => start
            .text(": ")
            .input(input_at(service, other), words::obstacle(other))
            .text("."),
        _ => {
            let start = start.text(format!(" for {} reasons: ", number(found.len())));
            let each = |sentence: Sentence, &one: &Obstacle| match one {
                Obstacle::Requirement(requirement, why) => sentence
                    .input(input_of(service, requirement), requirement.row().label)
                    .text(format!(" ({why})")),
                other => sentence.input(input_at(service, other), words::obstacle(other)),
            };
            listed(start, found, each).text(".")
        }
    }
}

/// What is listed in a sentence, each part with a comma within set apart by semicolons.
fn listed<T>(start: Sentence, parts: &[T], each: impl Fn(Sentence, &T) -> Sentence) -> Sentence {
    let mut sentence = start;
    for (place, part) in parts.iter().enumerate() {
        sentence = match place {
            0 => sentence,
            _ if place + 1 == parts.len() => sentence.text("; and "),
            _ => sentence.text("; "),
        };
        sentence = each(sentence, part);
    }
    sentence
}

fn reason(obstacle: Obstacle) -> ReasonWords {
    match obstacle {
        Obstacle::Requirement(requirement, why) => {
            let row = requirement.row();
            ReasonWords {
                what: row.label.to_owned(),
                why: why.to_owned(),
                source: sourced(row.source, row.date),
            }
        }
        other => ReasonWords {
            what: words::obstacle(other),
            why: String::new(),
            source: String::new(),
        },
    }
}

fn sourced(source: &str, date: &str) -> String {
    format!("{source}; as of {date}")
}

fn brought_back(
    scenario: &Scenario,
    index: usize,
    class: Class,
    changes: &[Change],
) -> Option<BringBackWords> {
    let after = changes
        .iter()
        .try_fold(scenario.clone(), |so_far, change| {
            change.apply(&so_far, index)
        })?;
    let (name, _) = class_as_subject(class);
    let mut sentence =
        Sentence::default().text(format!("{} would be possible ", words::sentence_case(name)));
    for (place, change) in changes.iter().enumerate() {
        sentence = match place {
            0 => sentence,
            _ if place + 1 == changes.len() => sentence.text(" and "),
            _ => sentence.text(", "),
        };
        let (input, phrase) = phrase(change);
        sentence = sentence.input(input, phrase);
    }
    Some(BringBackWords {
        sentence: sentence.text("."),
        link: share::encode(&after, View { service: index }),
    })
}

/// A change as it follows "would be possible", and the input that it changes.
fn phrase(change: &Change) -> (InputId, String) {
    let of = |input: InputId, text: &str| (input, text.to_owned());
    match change {
        Change::WithoutGpu => of(InputId::Gpu, "without the GPU"),
        Change::FewerGpus(count) => {
            let noun = if count.eighths() <= 8 { "GPU" } else { "GPUs" };
            (InputId::Gpu, format!("with at most {count} {noun} a task"))
        }
        Change::AnyGpuModel => of(InputId::GpuModel, "with any model of GPU"),
        Change::Linux => of(InputId::Os, "with Linux containers"),
        Change::Windows => of(InputId::Os, "with Windows containers"),
        Change::Smaller(vcpu, memory) => match (vcpu, memory) {
            (Some(vcpu), Some(memory)) => (
                InputId::Vcpu,
                format!("with at most {vcpu} vCPU and {memory} GiB a task"),
            ),
            (Some(vcpu), None) => (InputId::Vcpu, format!("with at most {vcpu} vCPU a task")),
            (None, Some(memory)) => (InputId::Memory, format!("with at most {memory} GiB a task")),
            (None, None) => of(InputId::Vcpu, "with a smaller task"),
        },
        Change::LessScratch(gib) => (
            InputId::Ephemeral,
            format!("with at most {gib} GiB of scratch space"),
        ),
        Change::WithoutNeed(need) => of(InputId::Needs, Requirement::Stated(*need).row().without),
        Change::Region(code) => (
            InputId::Region,
            format!("{}, such as {code}", Requirement::ChinaRegion.row().without),
        ),
        Change::Place(_) => of(InputId::Places, "if the service may run there"),
        Change::BothArchitectures => of(InputId::Arch, "with an image for both architectures"),
        Change::ImageForX86 => of(InputId::Arch, "with an image for x86"),
        Change::SpotShare(_) => of(
            InputId::SpotShare,
            "if some of its tasks may be interrupted and stand on Spot",
        ),
        Change::AnyType => of(InputId::Types, "with any instance type"),
        Change::AnyFamily => of(InputId::Excluded, "with no family left out"),
        Change::Burstable => of(InputId::Burstable, "with burstable types"),
        Change::BareMetal => of(InputId::BareMetal, "with bare-metal types"),
    }
}

/// The input that asks for a requirement.
fn input_of(service: &Service, requirement: Requirement) -> InputId {
    match requirement {
        Requirement::Gpu | Requirement::FractionalGpu | Requirement::WindowsGpu => InputId::Gpu,
        Requirement::Windows => InputId::Os,
        Requirement::Arm => InputId::Arch,
        Requirement::BeyondFargateSizes if service.task.vcpu <= Vcpu::whole(32) => InputId::Memory,
        Requirement::BeyondFargateSizes | Requirement::LargestFargateSize => InputId::Vcpu,
        Requirement::LargeScratch | Requirement::WindowsLargeScratch => InputId::Ephemeral,
        Requirement::LinuxFsx | Requirement::LinuxWindowsStorage | Requirement::Stated(_) => {
            InputId::Needs
        }
        Requirement::ChinaRegion => InputId::Region,
    }
}

/// The input that stands behind an obstacle.
fn input_at(service: &Service, obstacle: Obstacle) -> InputId {
    match obstacle {
        Obstacle::Requirement(requirement, _) => input_of(service, requirement),
        Obstacle::Place => InputId::Places,
        Obstacle::Architecture | Obstacle::WindowsOnArm => InputId::Arch,
        Obstacle::NoSpotStrategy => InputId::SpotShare,
        Obstacle::NoFargateSize => InputId::Vcpu,
        Obstacle::NoInstanceType if service.needs.has(Need::Neuron) => InputId::Needs,
        Obstacle::NoInstanceType => InputId::Types,
    }
}

/// A small number as a word.
fn number(count: usize) -> String {
    let word = match count {
        2 => "two",
        3 => "three",
        4 => "four",
        5 => "five",
        6 => "six",
        7 => "seven",
        8 => "eight",
        9 => "nine",
        _ => return count.to_string(),
    };
    word.to_owned()
}
