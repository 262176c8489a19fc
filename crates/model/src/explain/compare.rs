//! Two scenarios side by side, in words.

use std::cmp::Ordering;

use super::Sentence;
use crate::compare::{Cause, Compare, Share};
use crate::inputs::{self, INPUTS, InputId, Kind};
use crate::money::Usd;
use crate::scenario::{Scenario, Service};
use crate::words;

/// Most characters of a value that are shown.
const MOST_CHARS: usize = 60;

/// A comparison in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompareWords {
    /// What B costs more or less than A, and what most of it comes from.
    pub sentence: Sentence,
    /// Every input in which they differ.
    pub inputs: Vec<CompareInput>,
    /// What each cause makes of the difference; their amounts are the whole of it.
    pub causes: Vec<CompareCause>,
}

/// An input in which two scenarios differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompareInput {
    /// What people call it.
    pub label: String,
    /// Its value in A.
    pub a: String,
    /// Its value in B.
    pub b: String,
}

/// What a cause makes of the difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompareCause {
    /// What it is called.
    pub label: String,
    /// With its sign: a minus where B costs less for it.
    pub amount: String,
}

/// What a cause is called.
const fn called(cause: Cause) -> &'static str {
    match cause {
        Cause::Prices => "Region and prices",
        Cause::Task => "Task size",
        Cause::Load => "Load",
        Cause::Platform => "System and architecture",
        Cause::Needs => "Needs and allowed places",
        Cause::Commitment => "Commitments, and what is there already",
        Cause::Spot => "Spot",
        Cause::Fleet => "How fleets are built",
        Cause::Beside => "Volumes, network and logs",
        Cause::Staff => "Staff time",
    }
}

/// What a study of two scenarios says, once it is done.
pub fn compare(study: &Compare) -> CompareWords {
    let shares = study.shares();
    CompareWords {
        sentence: summary(study, &shares),
        inputs: differing(study),
        causes: shares.iter().map(cause).collect(),
    }
}

fn cause(share: &Share) -> CompareCause {
    CompareCause {
        label: label(share),
        amount: signed(share.amount),
    }
}

fn label(share: &Share) -> String {
    let names: Vec<&str> = share.causes.iter().map(|&one| called(one)).collect();
    names.join(", and ")
}

/// `+$12.30`, `−$4.00`, `$0.00`.
fn signed(amount: Usd) -> String {
    let text = words::money_to_the_cent(amount);
    if amount.rounded_to_cents() > Usd::ZERO {
        format!("+{text}")
    } else {
        text
    }
}

fn summary(study: &Compare, shares: &[Share]) -> Sentence {
    let start = Sentence::default();
    let (a, b) = match study.winners() {
        [Some(a), Some(b)] => (a, b),
        [None, Some(_)] => {
            return start.text(
                "No option can run what you kept at a known price, so there is no difference.",
            );
        }
        [Some(_), None] => {
            return start.text(
                "No option can run what is set now at a known price, so there is no difference.",
            );
        }
        [None, None] => {
            return start.text("No option can run either at a known price.");
        }
    };
    let difference = b.total - a.total;
    let said = match difference.rounded_to_cents().cmp(&Usd::ZERO) {
        Ordering::Equal => start.text("It costs as much as what you kept: "),
        Ordering::Less => start
            .text("It costs ")
            .money(-difference)
            .text(" a month less than what you kept: "),
        Ordering::Greater => start
            .text("It costs ")
            .money(difference)
            .text(" a month more than what you kept: "),
    };
    let said = said
        .money(b.total)
        .text(" on ")
        .option(b.option)
        .text(" against ")
        .money(a.total)
        .text(" on ")
        .option(a.option)
        .text(".");
    let size = |share: &&Share| share.amount.max(-share.amount);
    // Of equals the first.
    let largest = shares.iter().rev().max_by_key(size);
    match largest {
        Some(share) if shares.len() > 1 && size(&share).rounded_to_cents() > Usd::ZERO => said
            .text(format!(" Most of it comes from “{}” (", label(share)))
            .text(signed(share.amount))
            .text(")."),
        _ => said,
    }
}

/// Every input in which they differ.
fn differing(study: &Compare) -> Vec<CompareInput> {
    let [a, b] = study.sides();
    let of_cause = |input: InputId| {
        let cause = Cause::of(input);
        cause.is_some_and(|cause| study.causes().contains(&cause))
    };
    let mut differing: Vec<CompareInput> = Vec::new();
    for input in INPUTS
        .iter()
        .filter(|input| input.stored && of_cause(input.id))
    {
        let (of_a, of_b) = (inputs::get(a, 0, input.id), inputs::get(b, 0, input.id));
        if of_a != of_b {
            differing.push(CompareInput {
                label: input.label.to_owned(),
                a: value(a, input.id, of_a.as_deref()),
                b: value(b, input.id, of_b.as_deref()),
            });
        }
    }
    let mut also = |label: &str, differ: bool, said: &dyn Fn(&Scenario) -> String| {
        if differ {
            differing.push(CompareInput {
                label: label.to_owned(),
                a: said(a),
                b: said(b),
            });
        }
    };
    also("Daemons", a.fleet.daemons != b.fleet.daemons, &daemons);
    also("Own prices", a.pricing.own != b.pricing.own, &|of| {
        words::counted(of.pricing.own.len() as u64, "price", "prices")
    });
    differing
}

fn daemons(scenario: &Scenario) -> String {
    let daemons = scenario.fleet.daemons.iter().map(|daemon| {
        let name = daemon.name.as_str();
        format!("{name} ({} vCPU, {} GiB)", daemon.vcpu, daemon.memory)
    });
    short(&daemons.collect::<Vec<_>>().join(", "))
}

/// The value of an input as a person reads it.
fn value(scenario: &Scenario, id: InputId, text: Option<&str>) -> String {
    let Some(text) = text else {
        return "not set".to_owned();
    };
    let input = id.input();
    match (id, input.kind) {
        (InputId::Strategy, _) => strategy(scenario.services.nearest(0)),
        (InputId::Week, _) => "a week hour by hour".to_owned(),
        (_, Kind::Choice(choices)) => {
            let known = choices.iter().find(|(choice, _)| *choice == text);
            known.map_or(text, |(_, label)| label).to_owned()
        }
        (_, Kind::Number { .. }) if input.unit == "%" => format!("{text} %"),
        (_, Kind::Number { .. }) if !input.unit.is_empty() => format!("{text} {}", input.unit),
        _ if text.is_empty() => "none".to_owned(),
        _ => short(text),
    }
}

fn strategy(service: &Service) -> String {
    match service.spot {
        None => "no Spot".to_owned(),
        Some(strategy) => {
            let base = words::counted(u64::from(strategy.base()), "task", "tasks");
            format!(
                "{base} on-demand first, then {} : {}",
                strategy.on_demand_weight(),
                strategy.spot_weight()
            )
        }
    }
}

/// At most so many characters, and what says that there are more.
fn short(text: &str) -> String {
    if text.is_empty() {
        return "none".to_owned();
    }
    let mut characters = text.chars();
    let mut kept: String = characters.by_ref().take(MOST_CHARS).collect();
    if characters.next().is_some() {
        kept.push('…');
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curve::Progress;
    use crate::prices::PriceBook;
    use crate::prices::embedded::US_EAST_1;
    use crate::share;

    fn words_of(a: &str, b: &str) -> CompareWords {
        let [a, b] = [a, b].map(|link| {
            let decoded = share::decode(link);
            assert_eq!(decoded.notices, [], "{link}");
            decoded.scenario.unwrap()
        });
        let book = PriceBook::parse(US_EAST_1).unwrap();
        let mut study = Compare::new((&a, 0), (&b, 0));
        while study.step([&book, &book], 1) == Progress::More {}
        compare(&study)
    }

    #[test]
    fn twice_the_tasks_on_x86_in_words() {
        let words = words_of(
            "v=1&ebs=off&name=a&vcpu=0.5&mem=1&tasks=12&places=fargate&arch=arm64",
            "v=1&ebs=off&name=b&vcpu=0.5&mem=1&tasks=24&places=fargate&arch=x86_64",
        );
        assert_eq!(
            words.sentence.plain(),
            "It costs $259.47 a month more than what you kept: $432.48 on Fargate on x86 against $173.01 on Fargate on Arm. Most of it comes from “Load” (+$194.63)."
        );
        let inputs: Vec<[&str; 3]> = words
            .inputs
            .iter()
            .map(|one| [&*one.label, &*one.a, &*one.b])
            .collect();
        assert_eq!(inputs.len(), 2);
        assert!(
            inputs
                .iter()
                .any(|one| one[1..] == ["12 tasks", "24 tasks"]),
            "{inputs:?}"
        );
    }

    #[test]
    fn the_same_scenario_costs_the_same_whatever_it_is_called() {
        let words = words_of(
            "v=1&name=a&vcpu=0.5&mem=1&tasks=12",
            "v=1&name=b&vcpu=0.5&mem=1&tasks=12",
        );
        assert!(words.inputs.is_empty() && words.causes.is_empty());
        assert!(
            words
                .sentence
                .plain()
                .starts_with("It costs as much as what you kept: $")
        );
    }
}
