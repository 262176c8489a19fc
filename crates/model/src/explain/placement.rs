//! A fleet in words: how many instances there are and must be, and what stands idle.

use super::Sentence;
use crate::money::Usd;
use crate::placement::{LegPlacement, Month, Placement, Stand, Why};
use crate::prices::PriceBook;
use crate::scenario::Scenario;
use crate::words;

/// What there is to know of a fleet: each leg's instances, what becomes of what they cost, and what
/// no mix of types costs less than. Nothing on Fargate.
pub fn placement(placement: &Placement, book: &PriceBook) -> Vec<Sentence> {
    let mut sentences: Vec<Sentence> = placement
        .legs()
        .filter_map(|leg| instances(leg, book))
        .collect();
    if let Some(month) = placement.month.filter(|month| month.paid() != Usd::ZERO) {
        sentences.push(idle(&month));
        sentences.extend(mix(&month));
    }
    sentences
}

/// What stands on an instance, or why nothing does: `2 api + 1 web`.
pub fn stands_on(scenario: &Scenario, stand: &Stand) -> String {
    let held = stand.holds.iter().map(|&(index, tasks)| {
        let name = scenario.services.nearest(index).name.as_str();
        format!("{} {name}", words::count(tasks))
    });
    match stand.why {
        Why::Tasks => held.collect::<Vec<_>>().join(" + "),
        Why::Floor => "empty, for the floor".to_owned(),
        Why::Target => "empty, for the target capacity".to_owned(),
    }
}

/// `7 × m7g.large in 2 zones; fewer than 6 cannot do, and whether so few can is not known.`
fn instances(leg: &LegPlacement, book: &PriceBook) -> Option<Sentence> {
    let name = &book.types.get(leg.index)?.name;
    let zones = leg.zones.iter().filter(|zone| zone.instances() > 0).count();
    let zones = u64::try_from(zones).unwrap_or(u64::MAX);
    let spot = if leg.spot { " Spot" } else { "" };
    let mut sentence = Sentence::default().text(format!(
        "{} × {name}{spot} in {}",
        words::count(leg.bound.instances),
        words::counted(zones, "zone", "zones")
    ));
    if leg.types > 1 {
        let types = words::count(u64::try_from(leg.types).unwrap_or(u64::MAX));
        sentence = sentence.text(format!(", one of {types} types whose mean is billed"));
    }
    for (why, words_of_it) in [
        (Why::Floor, "empty for the floor"),
        (Why::Target, "empty for the target capacity"),
    ] {
        let stands = leg.zones.iter().flat_map(|zone| &zone.stands);
        let empty = stands.filter(|stand| stand.why == why);
        let empty: u64 = empty.map(|stand| stand.instances).sum();
        if empty > 0 {
            sentence = sentence.text(format!(", {} of them {words_of_it}", words::count(empty)));
        }
    }
    Some(match leg.bound.gap() {
        0 => sentence.text("; fewer of this type cannot do."),
        _ => sentence.text(format!(
            "; fewer than {} cannot do, and whether so few can is not known.",
            words::count(leg.bound.least)
        )),
    })
}

/// `Of $183.03 a month for instances, tasks take $154.87, the system and daemons $3.02, and $25.14
/// (14 %) stands idle.`
fn idle(month: &Month) -> Sentence {
    let share = month.idle_share().unwrap_or_default();
    Sentence::default()
        .text("Of ")
        .money(month.paid())
        .text(" a month for instances, tasks take ")
        .money(month.tasks)
        .text(", the system and daemons ")
        .money(month.reserved + month.daemons)
        .text(", and ")
        .money(month.idle)
        .text(format!(" ({}) stands idle.", words::percent(share)))
}

/// `No mix of instance types, however packed, costs less than $159.09: at most $23.94 (13 %) could be
/// saved, and ECS cannot scale a mix.`
fn mix(month: &Month) -> Option<Sentence> {
    let least = month.least_of_any_mix?;
    let share = month.gap_share()?;
    let sentence = Sentence::default()
        .text("No mix of instance types, however packed, costs less than ")
        .money(least);
    Some(
        sentence
            .text(": at most ")
            .money(month.paid() - least)
            .text(format!(
                " ({}) could be saved, and ECS cannot scale a mix.",
                words::percent(share)
            )),
    )
}
