//! What commitments cost if things do not go as planned, in words.

use std::cmp::Ordering;

use super::{Sentence, option_in_a_sentence};
use crate::money::Usd;
use crate::option::{OptionId, Place, Purchase};
use crate::purchase::{Commitment, CommitmentKind};
use crate::stress::{EVENT_MONTH, Event, MONTHS, Plan, Stress};
use crate::words;

/// A stressed service in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StressWords {
    /// What costs least if nothing happens, and what can go wrong the least.
    pub sentence: Sentence,
    /// What each event is called, in the order of [`Event::ALL`]; every list by event has it.
    pub events: Vec<String>,
    /// The plans of each place, the best place first.
    pub places: Vec<StressPlace>,
}

/// The plans of one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StressPlace {
    /// What the place is called.
    pub name: String,
    /// On-demand, then of every kind of commitment and term the payment that costs least.
    pub rows: Vec<StressRow>,
}

/// One plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StressRow {
    /// The option.
    pub option: OptionId,
    /// How it is bought.
    pub purchase: String,
    /// What is due on the first day.
    pub upfront: String,
    /// What it costs over all months under each event; a dash where that is not known.
    pub totals: Vec<String>,
    /// The month by which it is paid back against on-demand, under each event; `never`, or a dash
    /// where that is no question.
    pub paybacks: Vec<String>,
    /// The same as a count of months, for a figure; `None` where it is never, or no question.
    pub payback_months: Vec<Option<usize>>,
    /// The most that it can cost above the best choice.
    pub worst_regret: String,
    /// What becomes of it, in a sentence or two.
    pub sentence: Sentence,
    /// For a figure: US dollars paid once 0, 1, … months have passed, to the cent, under each
    /// event; empty where that is not known.
    pub paid: Vec<Vec<Usd>>,
}

/// What an event is called.
const fn event_name(event: Event) -> &'static str {
    match event {
        Event::Nothing => "Nothing happens",
        Event::LoadHalves => "The load halves",
        Event::FamilyChanges => "The instance family changes",
        Event::MovesToFargate => "The service moves to Fargate",
    }
}

/// The same within a sentence that speaks of what would be.
const fn if_it(event: Event) -> &'static str {
    match event {
        Event::Nothing => "nothing happens",
        Event::LoadHalves => "the load halves",
        Event::FamilyChanges => "the instance family changes",
        Event::MovesToFargate => "the service moves to Fargate",
    }
}

/// What a study of commitments says, once it is done.
pub fn stress(study: &Stress) -> StressWords {
    let mut places: Vec<Place> = study.best_place().into_iter().collect();
    places.extend(
        Place::ALL
            .iter()
            .filter(|&&of| study.best_place() != Some(of)),
    );
    let places = places.into_iter().map(|place| StressPlace {
        name: words::place(place).to_owned(),
        rows: shown(study, place)
            .into_iter()
            .map(|plan| row(study, plan))
            .collect(),
    });
    StressWords {
        sentence: summary(study),
        events: Event::ALL
            .iter()
            .map(|&of| event_name(of).to_owned())
            .collect(),
        places: places.filter(|place| !place.rows.is_empty()).collect(),
    }
}

/// The plans of a place that are shown: a table of every payment of every commitment would be read
/// by nobody.
fn shown(study: &Stress, place: Place) -> Vec<&Plan> {
    let of_place = study
        .plans()
        .iter()
        .filter(|plan| plan.option.place == place);
    let mut shown: Vec<&Plan> = Vec::new();
    for plan in of_place {
        match shown
            .iter_mut()
            .find(|known| like(known.option) == like(plan.option))
        {
            Some(known) if plan.monthly < known.monthly => *known = plan,
            Some(_) => {}
            None => shown.push(plan),
        }
    }
    shown
}

/// What plans are alike in that differ in the payment alone.
fn like(option: OptionId) -> Option<(CommitmentKind, crate::purchase::Term)> {
    match option.purchase {
        Purchase::Committed(Commitment { kind, term, .. }) => Some((kind, term)),
        Purchase::OnDemand | Purchase::SpotMix => None,
    }
}

fn summary(study: &Stress) -> Sentence {
    let start = Sentence::default();
    let Some((best, least)) = study.best_in_hindsight(Event::Nothing) else {
        return start
            .text("No commitment can be looked at: no option has a price that may decide.");
    };
    let said = start
        .text(format!("Over {MONTHS} months "))
        .option(best)
        .text(" costs least if nothing happens: ")
        .money(least)
        .text(".");
    let Some((plan, regret)) = study.least_regret() else {
        return said;
    };
    let said = if plan.option == best {
        said.text(" It also has the smallest worst case: ")
    } else {
        said.text(" The smallest worst case is that of ")
            .option(plan.option)
            .text(": ")
    };
    if regret.amount.rounded_to_cents() == Usd::ZERO {
        return said.text("whatever happens, no other choice costs less.");
    }
    said.text("at worst it costs ")
        .money(regret.amount)
        .text(format!(
            " more than the best choice, if {} in month {EVENT_MONTH}.",
            if_it(regret.event)
        ))
}

fn row(study: &Stress, plan: &Plan) -> StressRow {
    let dash = || "–".to_owned();
    let by_event = |text: &dyn Fn(Event) -> Option<String>| -> Vec<String> {
        let texts = Event::ALL.iter().map(|&event| text(event));
        texts.map(|text| text.unwrap_or_else(dash)).collect()
    };
    let is_committed = matches!(plan.option.purchase, Purchase::Committed(_));
    StressRow {
        option: plan.option,
        purchase: words::purchase(plan.option.purchase),
        upfront: if plan.upfront_unknown {
            "not stated".to_owned()
        } else {
            words::money(plan.upfront)
        },
        totals: by_event(&|event| {
            let course = plan.course(event)?;
            let amount = words::money(course.total());
            Some(if course.at_most {
                format!("at most {amount}")
            } else {
                amount
            })
        }),
        paybacks: by_event(&|event| {
            let course = plan.course(event).filter(|_| is_committed)?;
            Some(match course.payback {
                Some(month) => format!("month {month}"),
                None => "never".to_owned(),
            })
        }),
        payback_months: Event::ALL
            .iter()
            .map(|&event| {
                let course = plan.course(event).filter(|_| is_committed);
                course.and_then(|course| course.payback)
            })
            .collect(),
        worst_regret: study
            .worst_regret(plan)
            .map_or_else(dash, |regret| words::money(regret.amount)),
        sentence: sentence(study, plan),
        paid: Event::ALL
            .iter()
            .map(|&event| {
                let paid = plan
                    .course(event)
                    .map_or(&[] as &[Usd], |course| &course.paid);
                paid.iter()
                    .map(|amount| amount.rounded_to_cents())
                    .collect()
            })
            .collect(),
    }
}

/// What becomes of one plan.
fn sentence(study: &Stress, plan: &Plan) -> Sentence {
    let name = words::sentence_case(&words::purchase(plan.option.purchase));
    let start = Sentence::default().text(name).text(": ");
    let said = match plan.option.purchase {
        Purchase::Committed(commitment) => follows(start, commitment.kind, plan.option.place),
        Purchase::OnDemand | Purchase::SpotMix => {
            start.text("nothing is committed to, and nothing is paid for that is not used.")
        }
    };
    let said = match plan
        .course(Event::Nothing)
        .and_then(|course| course.payback)
    {
        Some(month) if plan.upfront > Usd::ZERO => said.text(format!(
            " If nothing happens it is paid back in month {month}."
        )),
        _ => said,
    };
    let said = if plan.upfront_unknown {
        said.text(
            " How much of it is paid in advance is not stated; it is shown as paid month by month.",
        )
    } else {
        said
    };
    let Some(worst) = study.worst_regret(plan) else {
        return said;
    };
    match worst.amount.rounded_to_cents().cmp(&Usd::ZERO) {
        Ordering::Greater => {
            let best = study.best_in_hindsight(worst.event);
            let said = said
                .text(format!(" It does worst if {}: ", if_it(worst.event)))
                .money(worst.amount)
                .text(" more than ");
            match best {
                Some((option, _)) => said.text(option_in_a_sentence(option)).text("."),
                None => said.text("the best choice."),
            }
        }
        _ if study.is_known(plan) => said.text(" Whatever happens, no other choice costs less."),
        _ => said.text(" No other choice costs less, as far as its cost is known."),
    }
}

fn follows(start: Sentence, kind: CommitmentKind, place: Place) -> Sentence {
    start.text(match (kind, place) {
        (CommitmentKind::ComputeSavingsPlan, Place::Fargate) => {
            "stays with the service on Fargate and would follow it to instances."
        }
        (CommitmentKind::ComputeSavingsPlan, _) => {
            "follows to another family and to Fargate."
        }
        (CommitmentKind::Ec2InstanceSavingsPlan, _) => {
            "stays with its family; elsewhere it is paid for nothing."
        }
        (CommitmentKind::ReservedInstance, _) => {
            "cover any size of their family on Linux, and nothing else; elsewhere they are paid for nothing."
        }
        (CommitmentKind::ConvertibleReservedInstance, _) => {
            "can be exchanged for another family of no less worth; they do not follow to Fargate."
        }
        (CommitmentKind::Unstated, _) => {
            "the source does not say what it covers beside its type; elsewhere it counts as paid for nothing."
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curve::Progress;
    use crate::prices::PriceBook;
    use crate::prices::embedded::US_EAST_1;
    use crate::report::evaluate_service;
    use crate::share;

    fn words_of(link: &str) -> StressWords {
        let book = PriceBook::parse(US_EAST_1).unwrap();
        let scenario = share::decode(link).scenario.unwrap();
        let answer = evaluate_service(&scenario, scenario.services.nearest(0), &book);
        let mut study = Stress::new(&scenario, 0, &answer);
        while study.step(&book, 1) == Progress::More {}
        stress(&study)
    }

    #[test]
    fn the_best_place_comes_first_and_every_event_has_its_column() {
        let words = words_of("v=1&name=api&vcpu=0.5&mem=1&tasks=12");
        assert_eq!(words.events.len(), 4);
        let names: Vec<&str> = words.places.iter().map(|place| &*place.name).collect();
        assert_eq!(names, ["Fargate", "EC2", "Managed Instances"]);
        for row in words.places.iter().flat_map(|place| &place.rows) {
            assert_eq!(row.totals.len(), 4);
            for (said, months) in row.paybacks.iter().zip(&row.payback_months) {
                let digits: String = said.chars().filter(char::is_ascii_digit).collect();
                assert_eq!(digits.parse().ok(), *months, "{said}");
            }
            assert_eq!(row.payback_months.len(), 4);
            assert_eq!(row.paid.len(), 4);
            assert!(
                row.paid
                    .iter()
                    .all(|paid| paid.is_empty() || paid.len() == 37)
            );
        }
        let on_demand = &words.places[0].rows[0];
        // 36 × $173.01, whatever happens to instances.
        assert_eq!(on_demand.totals[0], "$6,228");
        assert_eq!(on_demand.totals[2], "$6,228");
        assert_eq!(on_demand.paybacks, ["–", "–", "–", "–"]);
        assert_eq!(
            words.sentence.plain(),
            "Over 36 months Fargate on Arm with a three-year Compute Savings Plan costs least if nothing happens: \
             $3,364. It also has the smallest worst case: at worst it costs $309.43 more than the best choice, \
             if the load halves in month 7."
        );
    }
}
