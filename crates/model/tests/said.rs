//! What is said of answers: nothing is left without words, and words agree with the numbers that they are of.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its own data is wrong"
)]

use std::collections::BTreeSet;
use std::sync::LazyLock;

use berth_model::bill::{Component, Item, Line, Unit};
use berth_model::curve::{Crossing, Curve};
use berth_model::date::Date;
use berth_model::decision::{Close, Verdict};
use berth_model::eligibility::{Class, Obstacle};
use berth_model::explain::{self, Sentence, Span, Tone, interview};
use berth_model::inputs::{self, INPUTS, InputId};
use berth_model::money::Usd;
use berth_model::option::{OptionId, Place, Purchase};
use berth_model::platform::Os;
use berth_model::prices::embedded::US_EAST_1;
use berth_model::prices::key::PriceKey;
use berth_model::prices::{Adjacent, FargateDimension, Grade, Interruption, PriceBook, Statistic};
use berth_model::purchase::{Commitment, PriceKind};
use berth_model::report::{Capacity, Missing, Outcome, Priced, ServiceAnswer, SetAside, Upfront};
use berth_model::scenario::Scenario;
use berth_model::{evaluate, evaluate_cluster, presets, share, spot, words};
use rust_decimal::Decimal;

static BOOK: LazyLock<PriceBook> = LazyLock::new(|| PriceBook::parse(US_EAST_1).unwrap());

fn link(rest: &str) -> Scenario {
    let decoded = share::decode(&format!("v=1&region=us-east-1&{rest}"));
    assert_eq!(decoded.notices, [], "{rest}");
    decoded.scenario.unwrap()
}

fn answer(scenario: &Scenario) -> ServiceAnswer {
    let book = scenario.pricing.over(&BOOK);
    evaluate(scenario, &book).remove(0)
}

/// Scenarios that between them reach every kind of sentence.
const LINKS: [&str; 24] = [
    "name=a&vcpu=0.5&mem=1&tasks=12",
    "term=3y&name=a&vcpu=0.5&mem=1&tasks=12&spot=1.0.1",
    "name=a&vcpu=0.5&mem=1&tasks=2&arch=x86_64&spot=0.3.2",
    "name=a&vcpu=3&mem=5&tasks=1&load=schedule&idle=0&day-hours=1&days=1",
    "name=a&vcpu=2&mem=4&tasks=6&load=jobs&runs=30&minutes=40&spot=1.1.1",
    "name=a&vcpu=1&mem=2&tasks=4&load=week&week=4x12,1x156&spot=0.1.1&headroom=2",
    "name=a&vcpu=4&mem=16&tasks=3&gpu=1&gpu-model=a10g",
    "name=a&vcpu=1&mem=2&tasks=3&gpu=0.25",
    "name=a&vcpu=8&mem=64&tasks=2&gpu=4",
    "name=a&vcpu=2&mem=8&tasks=5&os=windows&arch=x86_64",
    "name=a&vcpu=2&mem=8&tasks=5&os=windows&gpu=1",
    "name=a&vcpu=64&mem=300&tasks=2",
    "name=a&vcpu=192&mem=4096&tasks=2",
    "name=a&vcpu=1&mem=2&tasks=9&disk=100&spot=0.1.1",
    "name=a&vcpu=1&mem=2&tasks=9&disk=500",
    "egress=nat&lb=on&name=a&vcpu=1&mem=2&tasks=9&image=1&out=10&cross-zone=5&logs=3",
    "egress=public&discount=7.5&name=a&vcpu=1&mem=2&tasks=9",
    "egress=endpoints&name=a&vcpu=1&mem=2&tasks=9",
    "net=bridge&daemon=0.1~0.25~1~logs&daemon=0.1~0.25~0~agent&overcommit=1.5&name=a&vcpu=1&mem=2&tasks=9",
    "net=host&staff=on&burst=on&metal=on&types=t3.large,m7g.large&name=a&vcpu=1&mem=2&tasks=9",
    "estimate=on&estimate-decides=on&term=3y&ebs=off&exclude=m7g&name=a&vcpu=1&mem=2&tasks=9",
    "owned-plans=compute_sp_1y_no_upfront=0.5&owned-ris=m7g.large=2&factor-arm=0.85&name=a&vcpu=1&mem=2&tasks=9",
    "name=a&vcpu=1&mem=2&tasks=3&needs=neuron,privileged",
    "name=a&vcpu=1&mem=2&tasks=3&needs=vm_isolation&places=ec2,managed_instances",
];

fn scenarios() -> impl Iterator<Item = Scenario> {
    let presets = presets::PRESETS.iter().map(presets::Preset::scenario);
    presets.chain(LINKS.iter().map(|rest| link(rest)))
}

/// Words that nobody left unfinished: not empty, no brace of a template, no two spaces, an
/// end.
fn check_sentence(text: &str) {
    assert!(!text.trim().is_empty());
    assert!(!text.contains(['{', '}']), "{text}");
    assert!(!text.contains("  "), "{text}");
    assert!(text.ends_with(['.', '?']), "{text}");
}

fn has_money(sentence: &Sentence, amount: Usd) -> bool {
    sentence
        .spans()
        .contains(&Span::Money(words::money(amount)))
}

#[test]
fn a_headline_names_the_best_option_and_what_it_costs() {
    let mut tones = BTreeSet::new();
    for scenario in scenarios() {
        let service = scenario.services.nearest(0);
        let answer = answer(&scenario);
        let book = scenario.pricing.over(&BOOK);
        let said = explain::headline(service, &answer, &book);
        check_sentence(&said.sentence.plain());
        for reason in &said.reasons {
            check_sentence(&reason.plain());
        }
        match answer.verdict {
            Verdict::Nothing => assert_eq!(said.tone, Tone::Nothing),
            Verdict::Best { option, lead } => {
                let best = answer.option(option).unwrap().priced().unwrap();
                assert!(has_money(&said.sentence, best.total));
                let spans = said.sentence.spans().iter();
                let named: Vec<OptionId> = spans
                    .filter_map(|span| match span {
                        Span::Option(option, _) => Some(*option),
                        _ => None,
                    })
                    .collect();
                assert_eq!(named.first(), Some(&option));
                assert_eq!(named.last(), Some(&lead.map_or(option, |lead| lead.over)));
                let is_close = lead.is_some_and(|lead| lead.close.is_some());
                assert_eq!(said.tone == Tone::Close, is_close);
                assert_eq!(said.sentence.plain().starts_with("Too close"), is_close);
                if let Some(lead) = lead {
                    assert!(has_money(&said.sentence, lead.margin));
                    let why = match lead.close {
                        Some(Close::Share) => "less than the 5 %",
                        Some(Close::Saving) => "smallest saving",
                        Some(Close::Range) => "leave open",
                        None => "the best of the other places",
                    };
                    assert!(said.sentence.plain().contains(why));
                }
            }
        }
        tones.insert(format!("{:?}", said.tone));
    }
    assert_eq!(tones.len(), 3, "{tones:?}");
}

#[test]
fn a_saving_too_small_for_the_person_is_too_close_to_call() {
    let near =
        link("least-saving=100000&name=a&vcpu=2&mem=4&tasks=40&load=schedule&day-hours=2&days=2");
    let answer = answer(&near);
    let said = explain::headline(near.services.nearest(0), &answer, &BOOK);
    assert_eq!(said.tone, Tone::Close);
}

#[test]
fn every_option_stands_on_something_that_is_said_and_names_its_lines() {
    for scenario in scenarios() {
        let service = scenario.services.nearest(0);
        let book = scenario.pricing.over(&BOOK);
        for report in &answer(&scenario).options {
            let name = words::option(report.option);
            assert!(name.starts_with(words::place(report.option.place)));
            let sentence = explain::option_in_a_sentence(report.option);
            assert!(sentence.contains(words::arch(report.option.arch)));
            match &report.outcome {
                Outcome::Priced(priced) => said_of(service, priced, &book),
                Outcome::NotEligible(obstacles) => {
                    for obstacle in obstacles {
                        assert!(!words::obstacle(*obstacle).is_empty());
                    }
                }
                Outcome::NoPrice(missing) => {
                    for one in missing {
                        let text = words::missing(*one, "us-east-1");
                        assert!(
                            text.starts_with("no ") && text.contains("us-east-1"),
                            "{text}"
                        );
                    }
                }
            }
        }
    }
}

fn said_of(service: &berth_model::scenario::Service, priced: &Priced, book: &PriceBook) {
    check_sentence(&explain::standing(priced, book));
    for text in explain::interruptions(service, priced, book) {
        check_sentence(&text);
    }
    if let Some(committed) = priced.committed {
        check_sentence(&explain::committed(committed).plain());
    }
    for line in priced.bill.lines() {
        let text = words::line(line, book);
        assert!(!text.is_empty() && !words::unit(line.unit).is_empty());
        if let Some(source) = line.source {
            assert!(words::source(source, book).is_some());
        }
    }
    if let Capacity::Fleet(fleet) = &priced.capacity {
        for one in fleet.legs.iter().flat_map(|leg| &leg.types) {
            let name = &*book.types.get(one.index).unwrap().name;
            assert!(explain::standing(priced, book).contains(name));
        }
        let idle = explain::idle_share(service, fleet, book);
        assert!(idle.is_none_or(|idle| idle < Decimal::ONE));
    }
}

#[test]
fn the_interview_answers_with_the_service_s_own_numbers() {
    let crossings = [
        Crossing {
            tasks: 5,
            from: Class::Fargate,
            to: Class::Ec2,
        },
        Crossing {
            tasks: 40,
            from: Class::Ec2,
            to: Class::ManagedInstances,
        },
    ];
    for scenario in scenarios() {
        let service = scenario.services.nearest(0);
        let book = scenario.pricing.over(&BOOK);
        let answer = answer(&scenario);
        for known in [&crossings[..0], &crossings[..1], &crossings[..]] {
            let said = interview::fargate_or_ec2(&scenario, service, &answer, &book, known);
            check_sentence(said.question);
            let all: Vec<String> = said.answer.iter().map(Sentence::plain).collect();
            for paragraph in &all {
                check_sentence(paragraph);
            }
            assert!(all[0].starts_with("I start with hard requirements"));
            let turns = all.iter().find(|text| text.contains("is the cheapest at"));
            assert_eq!(turns.is_some(), !known.is_empty());
            assert_eq!(
                all.iter().any(|text| text.contains("more than once")),
                known.len() > 1
            );
            if let Some(fargate) = on_demand(&answer, Place::Fargate) {
                assert!(said.answer.iter().any(|one| has_money(one, fargate)));
            }
            if let Some(ec2) = on_demand(&answer, Place::Ec2) {
                assert!(said.answer.iter().any(|one| has_money(one, ec2)));
            }
        }
    }
}

/// The least that a place costs on-demand.
fn on_demand(answer: &ServiceAnswer, place: Place) -> Option<Usd> {
    let reports = answer.options.iter().filter(|report| {
        report.option.place == place && report.option.purchase == Purchase::OnDemand
    });
    reports
        .filter_map(|report| Some(report.priced()?.total))
        .min()
}

#[test]
fn what_spot_saves_is_between_nothing_and_all() {
    let scenario = link("name=a&vcpu=1&mem=2&tasks=9&disk=50&spot=0.1.1");
    let answer = answer(&scenario);
    let saving = |option: &str| {
        let option = OptionId::from_id(option).unwrap();
        let priced = answer.option(option).unwrap().priced().unwrap();
        spot::saving(&BOOK, Os::Linux, option, &priced.bill)
    };
    for option in [
        "fargate-x86_64-spot_mix",
        "ec2-arm64-spot_mix",
        "managed_instances-arm64-spot_mix",
    ] {
        let saving = saving(option).unwrap();
        assert!(
            saving > Decimal::ZERO && saving < Decimal::ONE,
            "{option}: {saving}"
        );
    }
    assert_eq!(saving("fargate-x86_64-on_demand"), None);
    // By hand: of each dimension of Fargate.
    let of = |kind: &str, dimension: &str| {
        let key = PriceKey::parse(&format!("fargate.linux.x86_64.{kind}.{dimension}")).unwrap();
        BOOK.quote(&key).unwrap().rate.usd().decimal()
    };
    let hour = |kind: &str| of(kind, "vcpu_hour") + of(kind, "gb_hour") * Decimal::from(2);
    let by_hand = Decimal::ONE - hour("spot") / hour("on_demand");
    let difference = saving("fargate-x86_64-spot_mix").unwrap() - by_hand;
    assert!(difference.abs() < Decimal::new(1, 12));
}

#[test]
fn everything_that_people_should_hear_is_a_sentence() {
    for scenario in scenarios() {
        let book = scenario.pricing.over(&BOOK);
        let alone = evaluate(&scenario, &book);
        for (service, answer) in scenario.services.iter().zip(&alone) {
            for text in explain::assumptions(&scenario, service, &book) {
                check_sentence(&text);
            }
            for said in explain::advice(&scenario, service, answer, &book) {
                assert!(!said.plain().contains(['{', '}']));
                assert!(said.plain().ends_with('.'), "{}", said.plain());
            }
            check_sentence(&explain::not_included(&scenario, service));
            let load = explain::workload(service).plain();
            assert!(
                load.contains(&format!("{} vCPU", service.task.vcpu)),
                "{load}"
            );
            assert!(explain::in_short(service).contains("task"));
            for report in &answer.options {
                if let Some(priced) = report.priced()
                    && let Some(said) =
                        explain::falling(&scenario, service, (report.option, priced), &book)
                {
                    check_sentence(&said.plain());
                }
            }
        }
        let cluster = evaluate_cluster(&scenario, &book, &alone);
        let said = explain::cluster(&scenario, &cluster, &alone, &book);
        check_sentence(&said.sentence.plain());
        assert_eq!(said.places.len(), Place::ALL.len());
        for report in &cluster.options {
            if let Some(priced) = report.priced() {
                check_sentence(&explain::standing(priced, &book));
            }
        }
    }
}

#[test]
fn every_price_has_a_name_of_its_own_a_unit_and_a_source() {
    let today = Date::new(2026, 11, 25).unwrap();
    let mut names = BTreeSet::new();
    for (key, quote) in BOOK.prices() {
        let name = words::price_name(&key);
        assert!(names.insert(name.clone()), "{name} stands for two prices");
        assert!(!key.unit().is_empty());
        let facts = words::price_facts(&key, &BOOK, today);
        assert!(!facts.is_own && facts.facts.len() == 3, "{name}");
        match key {
            PriceKey::Fee(_) => assert!(facts.figure.ends_with("of the Linux on-demand price")),
            _ => assert!(facts.figure.starts_with(&words::rate(quote.rate.usd()))),
        }
        let dated = facts
            .facts
            .iter()
            .find(|(fact, _)| *fact == "Date")
            .unwrap();
        let is_old = match key {
            PriceKey::Ec2(_, kind, _) | PriceKey::Fargate(_, _, kind, _) => {
                BOOK.is_old(kind, quote.source, today)
            }
            _ => BOOK.is_old(PriceKind::OnDemand, quote.source, today),
        };
        assert_eq!(dated.1.contains("old: more than"), is_old);
    }
    let unknown = PriceKey::parse("ec2.linux.on_demand.zz9.large").unwrap();
    let facts = words::price_facts(&unknown, &BOOK, today);
    assert_eq!((facts.figure.as_str(), facts.facts.len()), ("no price", 0));
}

#[test]
fn each_word_of_the_domain_is_worded_once() {
    fn distinct<T>(all: impl IntoIterator<Item = T>, word: impl Fn(T) -> String) {
        let mut seen = BTreeSet::new();
        for one in all {
            let text = word(one);
            assert!(!text.is_empty() && seen.insert(text.clone()), "{text}");
        }
    }
    distinct(Commitment::all(), words::commitment);
    distinct(OptionId::all(), words::option);
    distinct(OptionId::all(), explain::option_in_a_sentence);
    distinct(Class::ALL.iter(), |class| explain::class(*class).to_owned());
    distinct(Unit::ALL.iter(), |unit| words::unit(*unit).to_owned());
    distinct(Component::ALL.iter(), |one| {
        words::component(*one).to_owned()
    });
    distinct(Adjacent::ALL.iter(), |one| words::adjacent(*one).to_owned());
    distinct(Adjacent::ALL.iter(), |one| words::beside(*one).to_owned());
    distinct(Adjacent::ALL.iter(), |one| {
        words::missing(Missing::Adjacent(*one), "here")
    });
    distinct(Interruption::ALL.iter(), |one| {
        words::interruption(*one).to_owned()
    });
    distinct(Grade::ALL.iter(), |grade| words::grade(*grade, None));
    distinct(Statistic::ALL.iter(), |one| {
        words::grade(Grade::Quoted, Some(*one))
    });
    distinct(FargateDimension::ALL.iter(), |one| {
        words::missing(Missing::Fargate(PriceKind::Spot, *one), "here")
    });
    distinct(
        [
            Obstacle::Place,
            Obstacle::Architecture,
            Obstacle::WindowsOnArm,
            Obstacle::NoSpotStrategy,
            Obstacle::NoFargateSize,
            Obstacle::NoInstanceType,
        ],
        words::obstacle,
    );
    distinct(
        [
            SetAside::DoubtfulPrices,
            SetAside::BeyondCommitment,
            SetAside::Estimated,
        ],
        |one| words::set_aside(one).to_owned(),
    );
    assert!(words::missing(Missing::ManagedFee, "here").contains("here"));
    assert!(words::missing(Missing::Ec2(PriceKind::Spot, 1), "here").contains("1 type that"));
}

#[test]
fn cash_in_advance_is_told_where_there_is_some() {
    let fifty = Usd::parse("50").unwrap();
    assert_eq!(words::upfront(Upfront::NONE), None);
    for (upfront, start) in [
        (Upfront::Cash(fifty), "$50.00 are paid"),
        (Upfront::AtLeast(fifty), "At least $50.00"),
        (Upfront::NotQuoted, "Part of it"),
    ] {
        assert!(words::upfront(upfront).unwrap().starts_with(start));
    }
}

#[test]
fn the_dates_of_a_total_are_told_with_what_else_there_is_to_know() {
    let date = Date::new(2026, 7, 20);
    assert_eq!(
        words::price_date(date, false, false),
        "oldest price 2026-07-20"
    );
    assert_eq!(
        words::price_date(date, true, true),
        "oldest price 2026-07-20, some old for their kind, with prices of your own"
    );
    assert_eq!(
        words::price_date(None, false, true),
        "with prices of your own"
    );
}

#[test]
fn owned_and_unused_lines_have_words_too() {
    let bill = |rest: &str, option: &str| -> Vec<String> {
        let scenario = link(rest);
        let answer = answer(&scenario);
        let report = answer.option(OptionId::from_id(option).unwrap()).unwrap();
        let lines: Vec<Line> = report.priced().unwrap().bill.lines().to_vec();
        lines.iter().map(|line| words::line(line, &BOOK)).collect()
    };
    let owned = bill(
        "owned-plans=compute_sp_1y_no_upfront=0.2&name=a&vcpu=1&mem=2&tasks=9",
        "fargate-x86_64-on_demand",
    );
    assert!(
        owned
            .iter()
            .any(|text| text == "Fargate vCPU, covered by what you own"),
        "{owned:?}"
    );
    let credits = bill(
        "types=t3.large&staff=on&discount=7.5&name=a&vcpu=1&mem=2&tasks=9",
        "ec2-x86_64-on_demand",
    );
    for expected in [
        "Surplus CPU credits of t3.large",
        "Staff time for running the fleet",
        "Discount of 7.5 % on lines at list price",
    ] {
        assert!(credits.iter().any(|text| text == expected), "{credits:?}");
    }
}

#[test]
fn a_curve_that_is_studied_to_its_end_names_where_it_turns() {
    let scenario = link("name=a&vcpu=0.5&mem=1&tasks=6");
    let mut study = Curve::new(&scenario, 0);
    while !study.is_done() {
        study.step(&BOOK, 8);
    }
    let samples = study.samples();
    assert!(samples.windows(2).all(|pair| pair[0].tasks < pair[1].tasks));
    assert!(samples.iter().any(|sample| sample.tasks == study.present()));
    assert_eq!(samples.last().unwrap().tasks, study.most());
    for crossing in study.crossings() {
        let at = |tasks| {
            samples
                .iter()
                .find(|sample| sample.tasks == tasks)
                .unwrap()
                .best
        };
        assert_eq!(at(crossing.tasks), Some(crossing.to));
        assert_eq!(at(crossing.tasks - 1), Some(crossing.from));
    }
    // What a sample says of a count is what an answer for it says.
    for sample in samples.iter().step_by(7) {
        let other = answer(&link(&format!(
            "name=a&vcpu=0.5&mem=1&tasks={}",
            sample.tasks
        )));
        assert_eq!(sample.best, other.verdict.best().map(OptionId::class));
    }
}

#[test]
fn what_a_link_or_a_field_gets_wrong_is_said_in_a_sentence() {
    let long = format!("v=1&name={}", "a".repeat(70_000));
    let many = format!("v=1{}", "&name=a&vcpu=1&mem=2&tasks=1".repeat(52));
    let daemons = format!(
        "v=1{}&name=a&vcpu=1&mem=2&tasks=1",
        "&daemon=1~1~1~d".repeat(12)
    );
    for (text, said) in [
        (long.as_str(), "at most"),
        ("name=a", "does not say its version"),
        ("v=9&name=a", "version “9”"),
        (
            "v=1&colour=red&name=a&vcpu=1&mem=2&tasks=1",
            "“colour” is not a field",
        ),
        ("v=1&term=9y&name=a&vcpu=1&mem=2&tasks=1", "is not known"),
        (
            "v=1&term=1y&term=3y&name=a&vcpu=1&mem=2&tasks=1",
            "stands twice",
        ),
        ("v=1&name=%zz&vcpu=1&mem=2&tasks=1", "broken % escape"),
        ("v=1&name=a", "does not give"),
        (many.as_str(), "more than 50 services"),
        (daemons.as_str(), "more than 10 daemons"),
        (
            "v=1&daemon=1~1~2~d&name=a&vcpu=1&mem=2&tasks=1",
            "The daemon “1~1~2~d”",
        ),
        (
            "v=1&own=us-east-1~beside.alb_hour~-1&name=a&vcpu=1&mem=2&tasks=1",
            "The own price",
        ),
        (
            "v=1&show=7&name=a&vcpu=1&mem=2&tasks=1",
            "which it does not have",
        ),
        (
            "v=1&name=a&vcpu=1&mem=2&tasks=1&needs=teapot",
            "is not known",
        ),
    ] {
        let notices = share::decode(text).notices;
        let texts: Vec<String> = notices.iter().map(ToString::to_string).collect();
        assert!(
            texts.iter().any(|text| text.contains(said)),
            "{said}: {texts:?}"
        );
        for text in texts {
            check_sentence(&text);
        }
    }
}

#[test]
fn what_a_field_refuses_names_what_is_allowed() {
    let scenario = link("name=a&vcpu=1&mem=2&tasks=1");
    for (input, given, said) in [
        (InputId::Vcpu, "x", "is not a number"),
        (InputId::Vcpu, "", "Allowed"),
        (InputId::Vcpu, "1000", "out of range"),
        (InputId::Vcpu, "0.0001", "too fine"),
        (InputId::Tasks, "1.5", "not a whole number"),
        (InputId::Tasks, "0", "out of range"),
        (InputId::Discount, "1.005", "steps of 0.01"),
        (InputId::MaxCommitment, "9y", "is not known"),
        (InputId::Ebs, "perhaps", "is not known"),
        (InputId::Gpu, "0.75", "not a count of GPUs"),
        (
            InputId::Strategy,
            "0.0.0",
            "at least one of the two weights",
        ),
        (InputId::LoadBalancerUnits, "4", "does not apply"),
        (InputId::Week, "1x3", ""),
        (InputId::OwnedPlans, "nothing", ""),
        (InputId::Types, "no type", "not a list of names"),
        (InputId::Places, "", "at least one place"),
        (
            InputId::Places,
            "moon",
            "one or more of fargate, ec2, managed_instances",
        ),
        (InputId::Name, "", "Allowed"),
    ] {
        let error = inputs::set(&scenario, 0, input, given)
            .unwrap_err()
            .to_string();
        assert!(error.contains(said), "{error}");
        check_sentence(&error);
    }
}

#[test]
fn every_input_has_a_label_and_takes_its_present_value() {
    for scenario in scenarios() {
        for input in &INPUTS {
            assert!(!input.label.is_empty());
            if let Some(text) = inputs::get(&scenario, 0, input.id) {
                assert_eq!(
                    inputs::set(&scenario, 0, input.id, &text).as_ref(),
                    Ok(&scenario),
                    "{}",
                    input.label
                );
            }
        }
    }
    let needs = inputs::set_need(
        &link("name=a&vcpu=1&mem=2&tasks=1"),
        0,
        berth_model::needs::Need::CustomAmi,
        true,
    );
    assert_eq!(
        inputs::get(&needs, 0, InputId::Needs).unwrap(),
        "custom_ami"
    );
}

#[test]
fn a_bill_has_no_line_that_is_not_one_of_the_kinds_of_spend() {
    for scenario in scenarios() {
        for report in &answer(&scenario).options {
            let Some(priced) = report.priced() else {
                continue;
            };
            let parts: Usd = Component::ALL
                .iter()
                .map(|&one| priced.bill.component(one))
                .sum();
            assert!(
                (parts - priced.total).decimal().abs() < Decimal::new(1, 9),
                "{}",
                report.option
            );
            for line in priced.bill.lines() {
                assert_eq!(line.item.component().is_none(), line.item == Item::Discount);
            }
        }
    }
}
