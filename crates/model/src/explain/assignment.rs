//! The cheapest assignment of a cluster's services, in words.

use std::cmp::Ordering;

use super::Sentence;
use crate::cluster::Assigned;
use crate::cluster::assignment::{Assignment, Effort, Point};
use crate::money::Usd;
use crate::option::{OptionId, Place, Purchase};
use crate::scenario::Scenario;
use crate::share::{self, View};
use crate::words;

/// A cluster's cheapest assignment in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssignmentWords {
    /// What it costs, and how sure it is that nothing costs less.
    pub sentence: Sentence,
    /// One row for each service, in their order; empty where there is no assignment.
    pub rows: Vec<AssignmentRow>,
    /// What all services share, where it costs something.
    pub common: Option<String>,
    /// What it saves over all services on one place, one sentence for each place.
    pub savings: Vec<Sentence>,
    /// Assignments that no other one beats in cost, operations and exposure at once, the cheapest
    /// first.
    pub frontier: Vec<AssignmentPoint>,
}

/// Where one service stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssignmentRow {
    /// What a person calls it.
    pub name: String,
    /// Its option.
    pub option: OptionId,
    /// How that reads; of a service that takes no Spot among others that do, which of their
    /// instances it is on.
    pub stands: String,
    /// What it costs a month of the whole, idle room included.
    pub monthly: String,
}

/// One assignment of the frontier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssignmentPoint {
    /// What it costs a month.
    pub total: String,
    /// The same for a figure.
    pub amount: Usd,
    /// What running it asks for.
    pub operations: String,
    /// The same for a figure: 1 for the least to 3 for the most.
    pub effort: u8,
    /// The share of task-hours on Spot.
    pub exposure: String,
    /// All of it in a sentence.
    pub sentence: Sentence,
    /// The part of a link after the `#` that takes it: each service where it stands here.
    pub link: String,
}

/// What running a place asks for.
const fn operations(effort: Effort) -> &'static str {
    match effort {
        Effort::Least => "least: no hosts",
        Effort::Little => "little: AWS runs the hosts",
        Effort::Most => "most: hosts of your own",
    }
}

/// What a study of assignments says, once it is done.
pub fn assignment(study: &Assignment) -> AssignmentWords {
    let scenario = study.scenario();
    let Some(best) = study.best() else {
        return AssignmentWords {
            sentence: Sentence::default()
                .text("There is no assignment: some service can stand nowhere at a known price."),
            rows: Vec::new(),
            common: None,
            savings: Vec::new(),
            frontier: Vec::new(),
        };
    };
    AssignmentWords {
        sentence: summary(study, best),
        rows: rows(scenario, best),
        common: (best.shares.common > Usd::ZERO)
            .then(|| words::money_to_the_cent(best.shares.common)),
        savings: Place::ALL
            .iter()
            .map(|&place| saving(study, best, place))
            .collect(),
        frontier: study
            .points()
            .iter()
            .map(|one| point(scenario, one, best))
            .collect(),
    }
}

fn summary(study: &Assignment, best: &Assigned) -> Sentence {
    let said = Sentence::default()
        .text("The cheapest option for each service, with the instances that they share: ")
        .money(best.total)
        .text(" a month.");
    if study.is_exact() {
        said.text(" No other choice of options for these services costs less.")
    } else {
        said.text(format!(
            " For {} services not every choice is tried: a search moves one service at a time, so a cheaper choice may exist.",
            words::count(best.options.len() as u64)
        ))
    }
}

fn rows(scenario: &Scenario, best: &Assigned) -> Vec<AssignmentRow> {
    let services = scenario.services.iter().zip(&best.options);
    let services = services.zip(&best.shares.services);
    services
        .map(|((service, &option), share)| {
            let stands = super::option_in_a_sentence(option);
            let is_beside = option.purchase == Purchase::SpotMix && service.spot.is_none();
            AssignmentRow {
                name: service.name.as_str().to_owned(),
                option,
                stands: if is_beside {
                    format!("{stands}, on its on-demand instances")
                } else {
                    stands
                },
                monthly: words::money_to_the_cent(share.used + share.idle),
            }
        })
        .collect()
}

fn saving(study: &Assignment, best: &Assigned, place: Place) -> Sentence {
    let name = words::place(place);
    let start = Sentence::default();
    let Some(only) = study.only(place) else {
        return start.text(format!(
            "All on {name}: not possible for every service at a known price."
        ));
    };
    let saved = only - best.total;
    let said = start.text(format!("All on {name}: ")).money(only);
    if saved.rounded_to_cents() == Usd::ZERO {
        return said.text(" a month, the same.");
    }
    let share = saved.ratio_to(only).map(words::percent).unwrap_or_default();
    said.text(" a month; the cheapest assignment saves ")
        .money(saved)
        .text(format!(" ({share}) of it."))
}

fn point(scenario: &Scenario, point: &Point, best: &Assigned) -> AssignmentPoint {
    let exposure = words::percent(point.exposure);
    let more = point.total - best.total;
    let said = Sentence::default()
        .text(in_groups(scenario, point))
        .text(": ")
        .money(point.total)
        .text(" a month");
    let said = match more.rounded_to_cents().cmp(&Usd::ZERO) {
        Ordering::Greater => said.text(", ").money(more).text(" more than the cheapest"),
        _ => said,
    };
    let exposed = if point.exposure.is_zero() {
        "Nothing is on Spot.".to_owned()
    } else {
        format!("{exposure} of the task-hours are on Spot and may be interrupted.")
    };
    AssignmentPoint {
        total: words::money(point.total),
        amount: point.total.rounded_to_cents(),
        operations: operations(point.effort).to_owned(),
        effort: match point.effort {
            Effort::Least => 1,
            Effort::Little => 2,
            Effort::Most => 3,
        },
        exposure,
        sentence: said.text(". ").text(exposed),
        link: share::encode(&point.scenario(scenario), View::default()),
    }
}

/// `api and web on Fargate on Arm; inference on EC2 on x86`.
fn in_groups(scenario: &Scenario, point: &Point) -> String {
    let mut groups: Vec<(OptionId, Vec<&str>)> = Vec::new();
    for (service, &option) in scenario.services.iter().zip(&point.options) {
        let name = service.name.as_str();
        match groups.iter_mut().find(|(of, _)| *of == option) {
            Some((_, names)) => names.push(name),
            None => groups.push((option, vec![name])),
        }
    }
    let said = groups.iter().map(|(option, names)| {
        let option = super::option_in_a_sentence(*option);
        format!("{} on {option}", super::cluster::listed(names))
    });
    said.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curve::Progress;
    use crate::prices::PriceBook;
    use crate::prices::embedded::US_EAST_1;
    use crate::report::evaluate;

    fn words_of(scenario: &Scenario) -> AssignmentWords {
        let book = PriceBook::parse(US_EAST_1).unwrap();
        let alone = evaluate(scenario, &book);
        let mut study = Assignment::new(scenario, &alone);
        while study.step(&book) == Progress::More {}
        assignment(&study)
    }

    fn scenario(link: &str) -> Scenario {
        let decoded = share::decode(link);
        assert_eq!(decoded.notices, [], "{link}");
        decoded.scenario.unwrap()
    }

    #[test]
    fn the_hybrid_application_in_words() {
        let scenario = crate::presets::Preset::from_id("health")
            .unwrap()
            .scenario();
        let words = words_of(&scenario);
        assert_eq!(
            words.sentence.plain(),
            "The cheapest option for each service, with the instances that they share: $1,584 a month. No other choice of options for these services costs less."
        );
        let savings: Vec<String> = words.savings.iter().map(Sentence::plain).collect();
        assert_eq!(
            savings[0],
            "All on Fargate: not possible for every service at a known price."
        );
        assert!(
            savings[1].starts_with("All on EC2: $")
                && savings[1].contains(" a month; the cheapest assignment saves $"),
            "{}",
            savings[1]
        );
        assert_eq!(words.rows.len(), 3);
        assert_eq!(words.frontier[0].effort, 3);
        assert!(words.frontier.len() > 1);
        let last = words.frontier.last().unwrap();
        assert!(last.sentence.plain().contains(" more than the cheapest. "));
        // Each is taken by its link.
        for point in &words.frontier {
            let taken = words_of(&self::scenario(&point.link));
            assert_eq!(taken.frontier[0].total, point.total);
        }
    }

    #[test]
    fn where_a_service_can_stand_nowhere_it_says_so() {
        let link =
            "v=1&name=a&vcpu=1&mem=2&tasks=1&name=b&vcpu=1&mem=2&tasks=1&places=fargate&gpu=1";
        let words = words_of(&scenario(link));
        assert!(words.rows.is_empty() && words.frontier.is_empty());
        assert!(words.sentence.plain().starts_with("There is no assignment"));
    }
}
