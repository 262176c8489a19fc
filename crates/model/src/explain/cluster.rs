//! A cluster of services in words: what all of them cost, and what each costs of it.

use std::cmp::Ordering;

use super::Sentence;
use crate::bill::Component;
use crate::cluster::{Assigned, ClusterAnswer, Part};
use crate::decision;
use crate::fleet::price::{FleetUse, LegUse};
use crate::money::Usd;
use crate::option::{OptionId, Place};
use crate::prices::PriceBook;
use crate::quotas;
use crate::report::{OptionReport, Outcome, ServiceAnswer};
use crate::scenario::Scenario;
use crate::words;

/// A cluster's answer in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClusterWords {
    /// What all services cost together, and what sharing saves.
    pub sentence: Sentence,
    /// The bill by service; `None` where a service has no option with a price.
    pub bill: Option<ClusterBill>,
    /// Which services stand on what, and what stands idle there.
    pub capacity: Vec<Sentence>,
    /// What all services cost on each place, or why they cannot stand there.
    pub places: Vec<Sentence>,
    /// The quotas that all of them reach together.
    pub quotas: Vec<Sentence>,
}

/// A cluster's bill by service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClusterBill {
    /// One row for each service, in their order.
    pub services: Vec<ServiceBill>,
    /// What all of them share, and what that is.
    pub common: Option<(String, String)>,
    /// Sums of what is used, of what stands idle, and of all.
    pub total: [String; 3],
}

/// What a service costs of a cluster's bill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceBill {
    /// What a person calls it.
    pub name: String,
    /// Where it stands.
    pub option: OptionId,
    /// What its tasks take, its part of what stands idle, and both.
    pub amounts: [String; 3],
}

/// A cluster's answer in words; `alone` is that of each of its services, at the prices of the same
/// book.
pub fn cluster(
    scenario: &Scenario,
    answer: &ClusterAnswer,
    alone: &[ServiceAnswer],
    book: &PriceBook,
) -> ClusterWords {
    let assigned = answer.assigned.as_ref();
    let best = alone.iter().map(|one| one.cheapest(|_| true));
    let best: Option<Vec<_>> = best.collect();
    let crossed = best.map(|best| quotas::crossed_together(scenario, best.into_iter(), book));
    let crossed = crossed.unwrap_or_default();
    ClusterWords {
        sentence: match assigned {
            Some(assigned) => together(assigned),
            None => without(scenario, alone),
        },
        bill: assigned.map(|assigned| bill(scenario, assigned)),
        capacity: assigned.map_or_else(Vec::new, |assigned| capacity(scenario, assigned, book)),
        places: Place::ALL
            .iter()
            .map(|&place| on_one_place(scenario, place, answer, alone, book))
            .collect(),
        quotas: crossed
            .iter()
            .map(|one| Sentence::default().text(quotas::sentence(one, book)))
            .collect(),
    }
}

/// Names of the services that pass a test.
fn names(scenario: &Scenario, is_one: impl Fn(usize) -> bool) -> Vec<&str> {
    let services = scenario.services.iter().enumerate();
    services
        .filter(|(index, _)| is_one(*index))
        .map(|(_, service)| service.name.as_str())
        .collect()
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => [&first.join(", "), " and ", last].concat(),
    }
}

fn together(assigned: &Assigned) -> Sentence {
    let count = words::count(assigned.options.len() as u64);
    let said = Sentence::default()
        .text(format!("All {count} services: "))
        .money(assigned.total)
        .text(" a month, each where it alone costs least");
    let saved = assigned.alone - assigned.total;
    match saved.rounded_to_cents().cmp(&Usd::ZERO) {
        Ordering::Greater => said
            .text(". That they share a cluster saves ")
            .money(saved)
            .text(" of the ")
            .money(assigned.alone)
            .text(" that they cost apart."),
        Ordering::Equal => said.text(". They share nothing that would cost less together."),
        // Whole instances: services that scale together may need one more.
        Ordering::Less => said
            .text("; apart they cost ")
            .money(assigned.alone)
            .text("."),
    }
}

fn without(scenario: &Scenario, alone: &[ServiceAnswer]) -> Sentence {
    let has_none = |index: usize| {
        let answer = alone.get(index);
        answer.is_none_or(|answer| answer.cheapest(|_| true).is_none())
    };
    Sentence::default().text(format!(
        "There is no total for the cluster: no option can run {} at a known price.",
        listed(&names(scenario, has_none))
    ))
}

fn bill(scenario: &Scenario, assigned: &Assigned) -> ClusterBill {
    let shares = &assigned.shares;
    let services = scenario.services.iter().zip(&assigned.options);
    let services = services.zip(&shares.services);
    let amount = words::money_to_the_cent;
    let used: Usd = shares.services.iter().map(|share| share.used).sum();
    ClusterBill {
        services: services
            .map(|((service, &option), share)| ServiceBill {
                name: service.name.as_str().to_owned(),
                option,
                amounts: [
                    amount(share.used),
                    amount(share.idle),
                    amount(share.used + share.idle),
                ],
            })
            .collect(),
        common: (shares.common > Usd::ZERO)
            .then(|| (shared_by_all(assigned).to_owned(), amount(shares.common))),
        total: [amount(used), amount(shares.idle), amount(assigned.total)],
    }
}

fn shared_by_all(assigned: &Assigned) -> &'static str {
    let has = |component| assigned.common.component(component) > Usd::ZERO;
    match (has(Component::Beside), has(Component::Staff)) {
        (true, true) => "Shared by all: gateways, endpoints, load balancer and staff time",
        (false, true) => "Shared by all: staff time",
        _ => "Shared by all: gateways, endpoints and load balancer",
    }
}

fn capacity(scenario: &Scenario, assigned: &Assigned, book: &PriceBook) -> Vec<Sentence> {
    let mut said = Vec::new();
    for part in &assigned.parts {
        let fleets = part.priced.capacity.fleets();
        if fleets.is_empty() {
            said.push(on_fargate(scenario, part));
        }
        for fleet in fleets {
            said.push(on_a_fleet(scenario, part, fleet, book));
        }
    }
    let idle = assigned.shares.idle;
    if idle > Usd::ZERO {
        said.push(
            Sentence::default()
                .money(idle)
                .text(" of the total is for room on instances that no task asks for."),
        );
    }
    said.extend(daemons(scenario, assigned));
    said
}

fn on_fargate(scenario: &Scenario, part: &Part) -> Sentence {
    let names = names(scenario, |index| part.services.contains(&index));
    Sentence::default()
        .option(part.option)
        .text(format!(": {}.", listed(&names)))
}

fn on_a_fleet(scenario: &Scenario, part: &Part, fleet: &FleetUse, book: &PriceBook) -> Sentence {
    let names = names(scenario, |index| fleet.services.contains(&index));
    let verb = if names.len() > 1 { "share" } else { "has" };
    let legs: Vec<String> = fleet
        .legs
        .iter()
        .filter_map(|leg| instances(leg, book))
        .collect();
    let own = if names.len() > 1 { "" } else { " to itself" };
    Sentence::default().option(part.option).text(format!(
        ": {} {verb} {}{own}.",
        listed(&names),
        legs.join(" and ")
    ))
}

/// `3 × m7g.large`; of a Spot leg `2 to 3 Spot instances (the mean of …)`.
fn instances(leg: &LegUse, book: &PriceBook) -> Option<String> {
    let named = leg.types.iter().filter_map(|one| {
        let name = &book.types.get(one.index)?.name;
        let count = words::count(one.instances);
        Some([&*count, " × ", name].concat())
    });
    let named: Vec<String> = named.collect();
    Some(match named.as_slice() {
        [] => return None,
        [only] if leg.spot => format!("{only} on Spot"),
        [only] => only.clone(),
        several => format!("Spot instances (the mean of {})", several.join(", ")),
    })
}

/// Where daemons stand.
fn daemons(scenario: &Scenario, assigned: &Assigned) -> Option<Sentence> {
    let daemons = &scenario.fleet.daemons;
    let all: Vec<&str> = daemons.iter().map(|daemon| daemon.name.as_str()).collect();
    let aside = daemons.iter().filter(|daemon| daemon.sidecar_on_fargate);
    let aside: Vec<&str> = aside.map(|daemon| daemon.name.as_str()).collect();
    let stands = |on_fargate: bool| {
        let mut options = assigned.options.iter();
        options.any(|option| (option.place == Place::Fargate) == on_fargate)
    };
    let on_instances =
        (!all.is_empty() && stands(false)).then(|| format!("On every instance: {}.", listed(&all)));
    let beside_tasks = (!aside.is_empty() && stands(true))
        .then(|| format!("In every Fargate task, as a sidecar: {}.", listed(&aside)));
    let said: Vec<String> = on_instances.into_iter().chain(beside_tasks).collect();
    (!said.is_empty()).then(|| Sentence::default().text(said.join(" ")))
}

/// What all services cost together on one place, or what is in the way.
fn on_one_place(
    scenario: &Scenario,
    place: Place,
    answer: &ClusterAnswer,
    alone: &[ServiceAnswer],
    book: &PriceBook,
) -> Sentence {
    let start = Sentence::default().text(format!("All on {}: ", words::place(place)));
    let Some((option, priced)) = decision::cheapest(&answer.options, |one| one.place == place)
    else {
        return start.text(in_the_way(scenario, place, answer, alone, book));
    };
    let said = start
        .money(priced.total)
        .text(" a month (")
        .option(option)
        .text(")");
    let Some(assigned) = &answer.assigned else {
        return said.text(".");
    };
    let more = priced.total - assigned.total;
    match more.rounded_to_cents().cmp(&Usd::ZERO) {
        Ordering::Greater => said.text(", ").money(more).text(" more."),
        Ordering::Equal => said.text(", the same."),
        Ordering::Less => said
            .text(", ")
            .money(Usd::ZERO - more)
            .text(" less: what they share is worth more than what each would save by itself."),
    }
}

fn in_the_way(
    scenario: &Scenario,
    place: Place,
    answer: &ClusterAnswer,
    alone: &[ServiceAnswer],
    book: &PriceBook,
) -> String {
    let here = |report: &&OptionReport| report.option.place == place;
    let reasons = |report: &OptionReport| match &report.outcome {
        Outcome::Priced(priced) => priced
            .set_aside
            .map(|reason| words::set_aside(reason).to_owned())
            .into_iter()
            .collect(),
        Outcome::NotEligible(obstacles) => obstacles
            .iter()
            .map(|&obstacle| words::obstacle(obstacle))
            .collect(),
        Outcome::NoPrice(missing) => missing
            .iter()
            .map(|&one| words::missing(one, &book.region))
            .collect::<Vec<_>>(),
    };
    // The option that the least is missing of: on-demand comes first.
    let reports = answer.options.iter().filter(here);
    let nearest = reports.map(reasons).min_by_key(Vec::len);
    let lacks = |index: usize| {
        let answer = alone.get(index);
        answer.is_some_and(|one| one.cheapest(|option| option.place == place).is_none())
    };
    let of = names(scenario, lacks);
    let whose = if of.is_empty() {
        String::new()
    } else {
        format!(" ({})", listed(&of))
    };
    let why = nearest.unwrap_or_default().join("; ");
    format!("not possible{whose}: {why}.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::evaluate_cluster;
    use crate::prices::embedded::US_EAST_1;
    use crate::report::evaluate;
    use crate::{presets, share};

    fn words_of(scenario: &Scenario) -> (ClusterAnswer, ClusterWords) {
        let book = PriceBook::parse(US_EAST_1).unwrap();
        let alone = evaluate(scenario, &book);
        let answer = evaluate_cluster(scenario, &book, &alone);
        let words = cluster(scenario, &answer, &alone, &book);
        (answer, words)
    }

    fn plain(sentences: &[Sentence]) -> Vec<String> {
        sentences.iter().map(Sentence::plain).collect()
    }

    #[test]
    fn the_hybrid_application_opens_as_one_cluster() {
        let scenario = presets::Preset::from_id("health").unwrap().scenario();
        let (answer, words) = words_of(&scenario);
        let options = answer.assigned.unwrap().options;
        let options: Vec<String> = options.iter().map(ToString::to_string).collect();
        assert_eq!(
            options,
            [
                "fargate-arm64-on_demand",
                "ec2-x86_64-on_demand",
                "fargate-arm64-spot_mix"
            ]
        );
        let bill = words.bill.unwrap();
        let names: Vec<&str> = bill.services.iter().map(|one| &*one.name).collect();
        assert_eq!(names, ["api", "inference", "batch"]);
        assert_eq!(bill.common, None);
        let [used, idle, total] = bill.total;
        assert_eq!(
            [&*used, &*idle, &*total],
            ["$1,215.51", "$368.39", "$1,583.90"]
        );
        assert_eq!(
            words.sentence.plain(),
            "All 3 services: $1,584 a month, each where it alone costs least. They share nothing that would cost less together."
        );
        assert_eq!(
            plain(&words.capacity),
            [
                "Fargate on Arm: api.",
                "EC2 on x86: inference has 2 × g5.xlarge to itself.",
                "Fargate on Arm with Spot: batch.",
                "$368.39 of the total is for room on instances that no task asks for.",
                "On every instance: log collector and monitoring.",
            ]
        );
        assert_eq!(
            plain(&words.places),
            [
                "All on Fargate: not possible (inference): a GPU — Fargate has no GPUs.",
                "All on EC2: $1,821 a month (EC2 on x86 with Spot), $236.66 more.",
                "All on Managed Instances: $2,059 a month (Managed Instances on x86 with Spot), $474.80 more.",
            ]
        );
        assert!(
            plain(&words.quotas)[0].starts_with("Together 20 vCPU: more than the default Fargate")
        );
    }

    #[test]
    fn what_services_share_is_named_and_what_it_saves() {
        let link = "v=1&egress=nat&lb=on&staff=on&name=a&vcpu=0.5&mem=1&tasks=3&places=ec2&name=b&vcpu=0.5&mem=3&tasks=3&places=ec2&name=c&vcpu=1&mem=2&tasks=1&places=ec2";
        let (_, words) = words_of(&share::decode(link).scenario.unwrap());
        let said = words.sentence.plain();
        assert!(said.contains("That they share a cluster saves $"), "{said}");
        let capacity = plain(&words.capacity);
        assert_eq!(capacity[0], "EC2 on Arm: a and b share 3 × r6g.medium.");
        assert_eq!(capacity[1], "EC2 on Arm: c has 1 × m6g.medium to itself.");
        let (what, _) = words.bill.unwrap().common.unwrap();
        assert_eq!(
            what,
            "Shared by all: gateways, endpoints, load balancer and staff time"
        );
        let places = plain(&words.places);
        assert!(places[0].starts_with("All on Fargate: not possible (a, b and c): "));
        assert!(places[1].ends_with("(EC2 on Arm), the same."), "{places:?}");
    }

    #[test]
    fn a_service_that_nothing_can_run_is_named() {
        let link =
            "v=1&name=a&vcpu=0.5&mem=1&tasks=3&name=b&vcpu=0.5&mem=1&tasks=1&gpu=1&places=fargate";
        let (_, words) = words_of(&share::decode(link).scenario.unwrap());
        assert_eq!(
            words.sentence.plain(),
            "There is no total for the cluster: no option can run b at a known price."
        );
        assert_eq!((words.bill, words.capacity), (None, Vec::new()));
    }

    #[test]
    fn names_are_listed_as_people_do() {
        let lists = [&["a"][..], &["a", "b"], &["a", "b", "c"]].map(listed);
        assert_eq!(lists, ["a", "a and b", "a, b and c"]);
    }
}
