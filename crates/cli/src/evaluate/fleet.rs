//! `berth evaluate --fleet`: which task stands on which instance.

use std::fmt::Write as _;

use berth_model::cluster::evaluate_cluster;
use berth_model::decision::Verdict;
use berth_model::option::OptionId;
use berth_model::placement::{Amount, FleetPlacement, LegPlacement, Placement, Use, View};
use berth_model::prices::PriceBook;
use berth_model::report::{OptionReport, Outcome, ServiceAnswer};
use berth_model::scenario::Scenario;
use berth_model::{explain, words};

/// The instances of an option, or of the best one: of each service, and of several together.
/// Writing to a string cannot fail, so no result of it is looked at.
pub(super) fn standing(
    scenario: &Scenario,
    book: &PriceBook,
    answers: &[ServiceAnswer],
    option: Option<OptionId>,
) -> String {
    let book = &*scenario.pricing.over(book);
    let mut out = String::new();
    let mut add = |name: &str, verdict: Verdict, reports: &[OptionReport], alone: usize| {
        if !out.is_empty() {
            out.push('\n');
        }
        let wanted = option.or(verdict.best());
        let report = reports.iter().find(|report| Some(report.option) == wanted);
        match report {
            Some(report) => write_option(&mut out, name, (scenario, book), report, alone),
            None => {
                let _ = writeln!(out, "# {name}: no option has a price");
            }
        }
    };
    for (index, (service, answer)) in scenario.services.iter().zip(answers).enumerate() {
        add(
            service.name.as_str(),
            answer.verdict,
            &answer.options,
            index,
        );
    }
    if answers.len() > 1 {
        let whole = evaluate_cluster(scenario, book, answers);
        add("all services", whole.verdict, &whole.options, 0);
    }
    out
}

fn write_option(
    out: &mut String,
    name: &str,
    (scenario, book): (&Scenario, &PriceBook),
    report: &OptionReport,
    alone: usize,
) {
    let option = report.option;
    let priced = match &report.outcome {
        Outcome::Priced(priced) => priced,
        Outcome::NotEligible(found) => {
            let why: Vec<String> = found.iter().map(|&one| words::obstacle(one)).collect();
            let _ = writeln!(out, "# {name} cannot run on {option}: {}", why.join("; "));
            return;
        }
        Outcome::NoPrice(missing) => {
            let why = missing.iter().map(|&one| words::missing(one, &book.region));
            let _ = writeln!(
                out,
                "# {name} on {option}: {}",
                why.collect::<Vec<_>>().join("; ")
            );
            return;
        }
    };
    let total = words::money_to_the_cent(priced.total);
    let _ = writeln!(out, "# {name} on {option}: {total} a month\n");
    let placement = Placement::of(scenario, book, (option, priced), alone, View::default());
    if placement.fleets.is_empty() {
        let _ = writeln!(
            out,
            "Fargate has no instances to show. Another option: --fleet=ec2-arm64-on_demand"
        );
        return;
    }
    for sentence in explain::placement(&placement, book) {
        let _ = writeln!(out, "{}", sentence.plain());
    }
    for fleet in &placement.fleets {
        for leg in &fleet.legs {
            write_leg(out, scenario, book, fleet, leg);
        }
    }
}

fn write_leg(
    out: &mut String,
    scenario: &Scenario,
    book: &PriceBook,
    fleet: &FleetPlacement,
    leg: &LegPlacement,
) {
    let service = |index: usize| scenario.services.nearest(index).name.as_str();
    let tasks = fleet.services.iter().zip(&leg.tasks);
    let tasks = tasks.map(|(&index, &tasks)| format!("{} {}", words::count(tasks), service(index)));
    let name = book
        .types
        .get(leg.index)
        .map_or("", |instance| &*instance.name);
    let when = if fleet.levels > 1 { " at the peak" } else { "" };
    let spot = if leg.spot { ", Spot" } else { "" };
    let _ = writeln!(
        out,
        "\n{name}{spot}{when}: {}",
        tasks.collect::<Vec<_>>().join(", ")
    );
    for (zone, number) in leg.zones.iter().zip(1_u64..) {
        let instances = words::counted(zone.instances(), "instance", "instances");
        let _ = writeln!(out, "  zone {number}: {instances}");
        for stand in &zone.stands {
            let line = format!(
                "    {} × ({})",
                words::count(stand.instances),
                explain::stands_on(scenario, stand)
            );
            let _ = writeln!(out, "{line:<46}  left: {}", left(&stand.left));
        }
    }
    let _ = writeln!(
        out,
        "\n  {:<12}{:>10}{:>10}{:>10}{:>10}{:>10}",
        "", "offered", "system", "daemons", "tasks", "idle"
    );
    let uses = leg.uses;
    for (of, used) in [
        ("vCPU", Some(uses.vcpu)),
        ("GiB", Some(uses.memory_gib)),
        (
            "GPUs",
            Some(uses.gpus).filter(|gpus| !gpus.offered.is_zero()),
        ),
        ("interfaces", uses.places),
    ] {
        if let Some(used) = used {
            write_use(out, of, &used);
        }
    }
}

fn left(left: &Amount) -> String {
    let mut parts = vec![
        format!("{} vCPU", words::quantity(left.vcpu)),
        format!("{} GiB", words::quantity(left.memory_gib)),
    ];
    if !left.gpus.is_zero() {
        parts.push(format!("{} GPU", words::quantity(left.gpus)));
    }
    if let Some(places) = left.places {
        parts.push(words::counted(places, "interface", "interfaces"));
    }
    parts.join(", ")
}

fn write_use(out: &mut String, of: &str, used: &Use) {
    let promised = if used.overcommitted.is_zero() {
        String::new()
    } else {
        format!(", {} more promised", words::quantity(used.overcommitted))
    };
    let _ = writeln!(
        out,
        "  {of:<12}{:>10}{:>10}{:>10}{:>10}{:>10}  ({}{promised})",
        words::quantity(used.offered),
        words::quantity(used.reserved),
        words::quantity(used.daemons),
        words::quantity(used.tasks),
        words::quantity(used.idle),
        words::percent(used.idle_share()),
    );
}
