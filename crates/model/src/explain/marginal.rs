//! What one more task costs, in words.

use std::cmp::Ordering;

use super::Sentence;
use crate::inputs::InputId;
use crate::marginal::{Marginal, Standing, Step};
use crate::money::Usd;
use crate::prices::PriceBook;
use crate::words;

/// What the next task costs, and then the ones after it: `The 13th task costs $30.50 a month: it
/// opens an instance. The next 3 cost nothing more, the 17th costs $30.50.` `None` where there is
/// no next task at a known price.
pub fn marginal(marginal: &Marginal, book: &PriceBook) -> Option<Sentence> {
    let first = marginal.steps.first()?;
    let sentence = Sentence::default()
        .text("The ")
        .input(InputId::Tasks, format!("{} task", ordinal(first.tasks)));
    let sentence = cost(sentence, first);
    let sentence = match reason(marginal.before(0), first, book) {
        Some(reason) => sentence.text(format!(": {reason}.")),
        None => sentence.text("."),
    };
    Some(after(sentence, first, marginal.steps.get(1..)?))
}

/// What a task costs, as the end of a sentence that begins with it.
fn cost(sentence: Sentence, step: &Step) -> Sentence {
    match cents(step.cost).cmp(&Usd::ZERO) {
        Ordering::Equal => sentence.text(" costs nothing more"),
        Ordering::Less => sentence
            .text(" makes the month ")
            .money(-step.cost)
            .text(" cheaper"),
        Ordering::Greater => sentence.text(" costs ").money(step.cost).text(" a month"),
    }
}

/// Why a task costs what it does; `None` on Fargate, where every one is billed by itself.
fn reason(before: &Standing, step: &Step, book: &PriceBook) -> Option<String> {
    let count = |standing: &Standing| standing.iter().map(|(_, count)| count).sum::<u64>();
    let types =
        |standing: &Standing| -> Vec<usize> { standing.iter().map(|(index, _)| *index).collect() };
    if step.after.is_empty() {
        return None;
    }
    let (had, has) = (count(before), count(&step.after));
    Some(if types(before) != types(&step.after) {
        format!(
            "then {} {} the cheapest fleet",
            named(&step.after, book),
            if has == 1 { "is" } else { "are" }
        )
    } else if has > had {
        match has - had {
            1 => "it opens an instance".to_owned(),
            more => format!("it opens {} instances", words::count(more)),
        }
    } else if cents(step.cost) == Usd::ZERO {
        "there is room for it".to_owned()
    } else {
        "there is room for it at the peak, and the instances run for longer or work harder"
            .to_owned()
    })
}

/// `6 × m6g.medium`, and so on for each leg.
fn named(standing: &Standing, book: &PriceBook) -> String {
    let legs = standing.iter().filter_map(|(index, count)| {
        let instance = book.types.get(*index)?;
        Some(format!("{} × {}", words::count(*count), instance.name))
    });
    legs.collect::<Vec<_>>().join(" and ")
}

/// What the tasks after the first one cost.
fn after(sentence: Sentence, first: &Step, steps: &[Step]) -> Sentence {
    let Some(last) = steps.last() else {
        return sentence;
    };
    let next = |count: usize| match count {
        1 => "next one".to_owned(),
        _ => format!(
            "next {}",
            words::count(u64::try_from(count).unwrap_or(u64::MAX))
        ),
    };
    let alike = steps
        .iter()
        .all(|step| cents(step.cost) == cents(first.cost));
    if alike && cents(first.cost) != Usd::ZERO {
        return sentence.text(format!(
            " So does each one up to the {}.",
            ordinal(last.tasks)
        ));
    }
    let is_free = |step: &&Step| cents(step.cost) == Usd::ZERO;
    let free = steps.iter().take_while(is_free).count();
    let costs = if free == 1 { "costs" } else { "cost" };
    match (free, steps.get(free)) {
        (0, Some(step)) => cost(sentence.text(format!(" The {}", ordinal(step.tasks))), step),
        (_, Some(step)) => {
            let sentence = sentence.text(format!(
                " The {} {costs} nothing more, the {}",
                next(free),
                ordinal(step.tasks)
            ));
            cost(sentence, step)
        }
        (_, None) => sentence.text(format!(" The {} {costs} nothing more", next(free))),
    }
    .text(".")
}

/// As people see it: what is less than half a cent is nothing.
fn cents(amount: Usd) -> Usd {
    let cents = amount.rounded_to_cents();
    if cents == Usd::ZERO { Usd::ZERO } else { cents }
}

/// `1st`, `12th`, `1,003rd`.
fn ordinal(count: u32) -> String {
    let end = match (count % 10, count % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{}{end}", words::count(count.into()))
}

#[cfg(test)]
mod tests {
    use super::ordinal;

    #[test]
    fn ordinals_read_as_people_say_them() {
        for (count, words) in [
            (1, "1st"),
            (2, "2nd"),
            (3, "3rd"),
            (4, "4th"),
            (11, "11th"),
            (12, "12th"),
            (13, "13th"),
            (21, "21st"),
            (102, "102nd"),
            (111, "111th"),
            (1_003, "1,003rd"),
        ] {
            assert_eq!(ordinal(count), words);
        }
    }
}
