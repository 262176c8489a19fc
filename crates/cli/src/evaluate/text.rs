//! An answer as people read it in a terminal.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use berth_file::report::{OptionEntry, Report};
use berth_model::bill::Line;
use berth_model::drivers::Drivers;
use berth_model::money::Usd;
use berth_model::option::{OptionId, Purchase};
use berth_model::prices::PriceBook;
use berth_model::report::{Priced, ServiceAnswer};
use berth_model::scenario::{Scenario, Service};
use berth_model::{explain, words};

/// The answer for a scenario; with the reason of every option without a bill where `all` of them
/// are wanted. Writing to a string cannot fail, so no result of it is looked at.
pub(crate) fn answer(
    scenario: &Scenario,
    book: &PriceBook,
    answers: &[ServiceAnswer],
    report: &Report,
    all: bool,
) -> String {
    let book = &*scenario.pricing.over(book);
    let mut out = String::new();
    let services = scenario.services.iter().zip(answers).zip(&report.services);
    for (index, ((service, answer), part)) in services.enumerate() {
        if index > 0 {
            out.push('\n');
        }
        let _ = writeln!(out, "{}", title(service));
        let headline = explain::headline(service, answer, book);
        let _ = writeln!(out, "\n{}", headline.sentence.plain());
        for reason in &headline.reasons {
            let _ = writeln!(out, "{}", reason.plain());
        }
        if let Some(drivers) = Drivers::of(scenario, index, answer, book) {
            out.push('\n');
            for driver in explain::drivers(&drivers) {
                let _ = writeln!(out, "{}", driver.plain());
            }
        }
        let best = answer.verdict.best();
        if let Some((option, best)) = best.and_then(|id| Some((id, answer.option(id)?.priced()?))) {
            write_bill(&mut out, option, best, book);
        }
        write_options(&mut out, &part.options, all);
    }
    if scenario.services.len() > 1 {
        write_whole(&mut out, report, all);
    }
    write_assumptions(&mut out, scenario, book);
    out
}

/// A service's name and what one of its tasks asks for.
fn title(service: &Service) -> String {
    let task = &service.task;
    let gpus = task.gpu.as_ref().map_or_else(String::new, |gpu| {
        let model = gpu.model.as_ref().map_or("any", |model| model.as_str());
        format!(", {} GPU ({model})", gpu.count)
    });
    let name = service.name.as_str();
    format!(
        "# {name}: {} vCPU, {} GiB{gpus} a task",
        task.vcpu, task.memory
    )
}

fn is_committed(entry: &OptionEntry) -> bool {
    let option = OptionId::from_id(&entry.option);
    option.is_some_and(|option| matches!(option.purchase, Purchase::Committed(_)))
}

/// Options without a bill for one reason.
#[derive(Default)]
struct Without<'a> {
    named: Vec<&'a str>,
    committed: u64,
}

/// Every option: those with a bill by cost, then the rest by what stands in their way. Commitments
/// without a price are many and alike; they are counted unless `all` of them are wanted.
fn write_options(out: &mut String, options: &[OptionEntry], all: bool) {
    let amount = |entry: &OptionEntry| Usd::parse(entry.monthly_usd.as_deref()?);
    let mut priced: Vec<(Usd, &OptionEntry)> = options
        .iter()
        .filter_map(|entry| Some((amount(entry)?, entry)))
        .collect();
    priced.sort_by_key(|(amount, _)| *amount);
    if !priced.is_empty() {
        out.push_str("\n   $ a month  option\n");
    }
    for (amount, entry) in priced {
        let text = words::money_to_the_cent(amount).replacen('$', "", 1);
        let aside = entry.shown_only.as_ref();
        let aside = aside.map_or_else(String::new, |why| format!("  (shown only: {why})"));
        let _ = writeln!(out, "{text:>12}  {}{aside}", entry.option);
    }
    let mut without: BTreeMap<&str, Without<'_>> = BTreeMap::new();
    let mut unpriced = 0;
    for entry in options {
        let is_counted = !all && is_committed(entry);
        match &entry.reason {
            Some(_) if is_counted && entry.eligible => unpriced += 1,
            Some(reason) if is_counted => without.entry(reason).or_default().committed += 1,
            Some(reason) => without.entry(reason).or_default().named.push(&entry.option),
            None => {}
        }
    }
    if !without.is_empty() || unpriced > 0 {
        out.push_str("\nNo bill:\n");
    }
    for (reason, without) in without {
        let mut options: Vec<String> = without.named.iter().map(ToString::to_string).collect();
        if without.committed > 0 {
            let count = words::counted(without.committed, "committed option", "committed options");
            options.push(count);
        }
        let _ = writeln!(out, "- {reason}: {}", options.join(", "));
    }
    if unpriced > 0 {
        let options = words::counted(unpriced, "committed option", "committed options");
        let _ = writeln!(
            out,
            "- no price here for the commitment: {options} (--all lists them)"
        );
    }
}

/// The lines of a bill, each with the source of its price.
fn write_bill(out: &mut String, option: OptionId, priced: &Priced, book: &PriceBook) {
    let _ = writeln!(out, "\nThe bill of {option}");
    let lines: Vec<[String; 4]> = priced
        .bill
        .lines()
        .iter()
        .map(|line| columns(line, book))
        .collect();
    let [what, quantity, amount] = [0, 1, 2].map(|column| {
        let widths = lines.iter().filter_map(|line| line.get(column));
        widths.map(|text| text.chars().count()).max().unwrap_or(0)
    });
    for [what_is, how_much, comes_to, source] in &lines {
        let line = format!("{what_is:what$}  {how_much:quantity$}  {comes_to:>amount$}  {source}");
        let _ = writeln!(out, "{}", line.trim_end());
    }
    let total = words::money_to_the_cent(priced.total);
    let date = words::price_date(priced.oldest_price, false, priced.bill.has_own());
    let _ = writeln!(out, "Total {total} a month; {date}.");
    let _ = writeln!(out, "{}", explain::standing(priced, book));
    if let Some(upfront) = words::upfront(priced.upfront) {
        let _ = writeln!(out, "{upfront}");
    }
}

/// What a line is for, quantity times rate, the amount, and where the price comes from.
fn columns(line: &Line, book: &PriceBook) -> [String; 4] {
    let quantity = words::quantity(line.quantity);
    [
        words::line(line, book),
        format!(
            "{quantity} {} × {}",
            words::unit(line.unit),
            words::rate(line.rate)
        ),
        words::money_to_the_cent(line.amount),
        line.source
            .and_then(|id| words::source(id, book))
            .unwrap_or_default(),
    ]
}

/// What all services cost together: on one option, and each where it alone costs least.
fn write_whole(out: &mut String, report: &Report, all: bool) {
    let money = |text: &str| words::money_to_the_cent(Usd::parse(text).unwrap_or_default());
    if let Some(assigned) = &report.assigned {
        let _ = writeln!(
            out,
            "\n# Each service where it alone costs least\n\n{} a month together, {} with fleets and gateways of their own.",
            money(&assigned.monthly_usd),
            money(&assigned.alone_usd),
        );
        for service in &assigned.services {
            let used = money(&service.used_usd);
            let _ = writeln!(out, "{used:>12}  {}: {}", service.name, service.option);
        }
        for (what, amount) in [
            ("idle on instances", &assigned.idle_usd),
            ("shared by all", &assigned.common_usd),
        ] {
            let _ = writeln!(out, "{:>12}  {what}", money(amount));
        }
    }
    out.push_str("\n# All services on one option, with fleets that they share\n");
    write_options(out, &report.options, all);
}

/// What the answers rest on; a sentence that holds for several services stands once.
fn write_assumptions(out: &mut String, scenario: &Scenario, book: &PriceBook) {
    out.push_str("\n# What this rests on\n\n");
    let mut known: Vec<String> = Vec::new();
    for service in scenario.services.iter() {
        for sentence in explain::assumptions(scenario, service, book) {
            if !known.contains(&sentence) {
                known.push(sentence);
            }
        }
    }
    for sentence in known {
        let _ = writeln!(out, "- {sentence}");
    }
}
