//! The decision matrix: every criterion of the documentation is there, cells follow the inputs, and
//! the ranking by weights keeps its laws.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its own data is wrong"
)]

use std::collections::BTreeSet;
use std::sync::LazyLock;

use berth_model::criteria::{Criterion, MOST_WEIGHT};
use berth_model::eligibility::Class;
use berth_model::explain::MatrixWords;
use berth_model::inputs::{self, InputId};
use berth_model::matrix::{COLUMNS, Cell, Fit, MOST_SCORE, Matrix, Point, matrix};
use berth_model::presets;
use berth_model::prices::PriceBook;
use berth_model::prices::embedded::US_EAST_1;
use berth_model::report::ServiceAnswer;
use berth_model::scenario::{Scenario, Weights};
use berth_model::{evaluate, share, words};
use proptest::prelude::*;
use proptest::sample::select;

static BOOK: LazyLock<PriceBook> = LazyLock::new(|| PriceBook::parse(US_EAST_1).unwrap());

fn link(rest: &str) -> Scenario {
    let decoded = share::decode(&format!("v=1&region=us-east-1&{rest}"));
    assert_eq!(decoded.notices, [], "{rest}");
    decoded.scenario.unwrap()
}

fn answer(scenario: &Scenario) -> ServiceAnswer {
    evaluate(scenario, &BOOK).remove(0)
}

fn of(scenario: &Scenario) -> Matrix {
    let service = scenario.services.nearest(0);
    matrix(scenario, service, &answer(scenario), &BOOK)
}

fn cell(matrix: &Matrix, criterion: Criterion, class: Class) -> Cell {
    let column = COLUMNS.iter().position(|&one| one == class).unwrap();
    matrix
        .row(criterion)
        .unwrap()
        .cells
        .get(column)
        .unwrap()
        .clone()
}

/// The criteria of the documentation's comparison, in its words, each with the row that holds it.
/// The last figure is what may be read off its cells for Fargate, Fargate Spot, EC2, EC2 Spot and
/// Managed Instances: `+` has it, `-` has none of it; blank where it is a matter of degree.
const CRITERIA: [(&str, Criterion, &str); 30] = [
    ("Ops overhead", Criterion::Operations, ""),
    ("Patching host", Criterion::Patching, ""),
    ("Cost, steady & packed", Criterion::SteadyCost, ""),
    ("Cost, spiky/low use", Criterion::UnevenCost, ""),
    ("Commitments", Criterion::Commitments, ""),
    ("Spot", Criterion::Spot, ""),
    ("Billing unit", Criterion::BillingUnit, ""),
    ("GPU / Neuron", Criterion::Accelerators, "--+++"),
    ("Custom instance types", Criterion::Types, ""),
    ("Max task", Criterion::LargestTask, ""),
    ("Density control", Criterion::Density, "--+++"),
    ("Daemons", Criterion::Daemons, ""),
    ("Start time", Criterion::Start, ""),
    ("Isolation", Criterion::Isolation, ""),
    ("Compliance programmes", Criterion::Compliance, "+++++"),
    ("Privileged / eBPF", Criterion::Privileged, "--+++"),
    ("Network modes", Criterion::NetworkModes, ""),
    ("ENI density", Criterion::Interfaces, ""),
    ("Local disk", Criterion::LocalDisk, ""),
    (
        "Task EBS / EFS / FSx-Win / S3 Files",
        Criterion::Volumes,
        "",
    ),
    ("Windows", Criterion::Windows, "+-++-"),
    ("ARM64", Criterion::Arm, "+++++"),
    ("Placement rules", Criterion::Placement, "--+++"),
    ("Scale to zero", Criterion::ScaleToZero, ""),
    ("Max uninterrupted run", Criterion::LongestRun, "+-+-+"),
    ("Capacity guarantee", Criterion::Guarantee, "--+-+"),
    ("Exec / Service Connect", Criterion::Exec, "+++++"),
    ("GuardDuty runtime", Criterion::GuardDuty, "++++-"),
    ("Log drivers", Criterion::LogDrivers, ""),
    ("Host access", Criterion::HostAccess, "--++-"),
];

#[test]
fn every_criterion_of_the_documentation_has_a_row() {
    let matrix = of(&presets::example());
    let mut named = BTreeSet::new();
    for (name, criterion, signs) in CRITERIA {
        let row = matrix.row(criterion).unwrap();
        assert!(named.insert(criterion), "{name}: a row of its own");
        for (at, sign) in signs.chars().enumerate() {
            let score = row.cells[at].score.unwrap();
            assert_eq!(score > 0, sign == '+', "{name}: {:?}", row.cells[at]);
        }
    }
    // What the load at hand costs is the one row beyond.
    let rows: BTreeSet<Criterion> = matrix.rows.iter().map(|row| row.criterion).collect();
    let beyond: Vec<_> = rows.difference(&named).collect();
    assert_eq!(beyond, [&Criterion::Cost]);
    assert_eq!(matrix.rows.len(), Criterion::ALL.len());
}

#[test]
fn every_cell_says_something_and_money_alone_has_no_score() {
    let mut texts = BTreeSet::new();
    for scenario in scenarios() {
        let matrix = of(&scenario);
        for row in &matrix.rows {
            assert!(!row.source.is_empty() && !row.date.is_empty());
            let is_money = row.criterion.is_money();
            assert_eq!(row.weight.is_none(), is_money);
            assert_eq!(row.scale.is_empty(), is_money, "{:?}", row.criterion);
            for cell in &row.cells {
                assert!(
                    !cell.text.is_empty() && !cell.text.contains("  "),
                    "{cell:?}"
                );
                assert!(!cell.text.ends_with(['.', ' ']), "{cell:?}");
                assert_eq!(cell.score.is_none(), is_money, "{cell:?}");
                assert!(cell.score.is_none_or(|score| score <= MOST_SCORE));
                texts.insert(cell.text.clone());
            }
        }
        let answer = answer(&scenario);
        for class in COLUMNS {
            let said = cell(&matrix, Criterion::Cost, class).text;
            match answer.cheapest(|option| option.class() == class) {
                Some((_, priced)) => assert!(said.starts_with(&words::money(priced.total))),
                None => assert!(
                    ["ruled out: ", "no price here"]
                        .iter()
                        .any(|start| said.starts_with(start)),
                    "{said}"
                ),
            }
        }
    }
    for expected in [
        "sidecar in every task instead",
        "bound by GPUs",
        "by requirement",
        "packed full",
        "today; AWS says up to 90 %",
        "today; AWS says up to 70 %",
        "for rounding up to a legal size",
        "they run out first",
        "none needed in host mode",
        "one task to an instance, as you need it",
        "single-task mode, as you need it",
        "a SOCI index helps; it may wait",
        "before hosts are replaced",
        "was taken back in",
        "of the month's vCPU-hours",
        "saves nothing here",
        "at least five minutes",
        "an EBS volume with each task",
        "not for Windows containers",
        "no price here that may decide",
    ] {
        assert!(
            texts.iter().any(|text| text.contains(expected)),
            "{expected}"
        );
    }
}

/// Scenarios that between them reach every kind of live cell.
fn scenarios() -> impl Iterator<Item = Scenario> {
    let presets = presets::PRESETS.iter().map(presets::Preset::scenario);
    let links = [
        "name=a&vcpu=0.3&mem=1&tasks=12",
        "daemon=0.1~0.25~1~logs&daemon=0.1~0.25~0~agent&name=a&vcpu=1&mem=2&tasks=9&image=1.5&spot=0.1.1",
        "net=host&name=a&vcpu=1&mem=2&tasks=9&image=0.1&disk=120",
        "net=bridge&trunk=off&floor=1&name=a&vcpu=0.25&mem=0.5&tasks=40",
        "trunk=off&name=a&vcpu=0.25&mem=0.5&tasks=40&image=3&disk=900",
        "discount=10&term=3y&name=a&vcpu=2&mem=8&tasks=4&spot=1.1.4&needs=vm_isolation",
        "name=a&vcpu=2&mem=8&tasks=4&load=schedule&day-hours=4&days=2",
        "name=a&vcpu=4&mem=16&tasks=3&gpu=1&load=jobs&minutes=12&spot=0.0.1",
        "name=a&vcpu=1&mem=2&tasks=2&load=jobs&minutes=12",
        "name=a&vcpu=0.5&mem=1&tasks=6&gpu=1",
        "name=a&vcpu=2&mem=8&tasks=4&os=windows&arch=x86_64&disk=300&spot=0.1.1",
        "name=a&vcpu=1&mem=2&tasks=2&needs=neuron",
        "name=a&vcpu=192&mem=4096&tasks=2",
        "floor=0&name=a&vcpu=48&mem=200&tasks=2",
        "own=us-east-1~fee.*~0.5&name=a&vcpu=1&mem=2&tasks=2",
        "types=c7g.medium&name=a&vcpu=0.5&mem=1&tasks=12&spot=0.1.1",
    ];
    presets.chain(links.into_iter().map(link))
}

/// Worked by hand, at the prices of the example in `docs/model.md`.
#[test]
fn a_task_on_full_instances_costs_its_part_of_one() {
    let matrix = of(&presets::example());
    // 12 tasks cost $173.01: $14.4175 each. m6g.medium: 730 x $0.0385 + 30 x $0.08 = $30.505, for
    // two tasks.
    for (class, text) in [
        (Class::Fargate, "$14.42"),
        (Class::Ec2, "$15.25, at 2 tasks to each m6g.medium"),
    ] {
        assert_eq!(cell(&matrix, Criterion::SteadyCost, class).text, text);
    }
    // Six instances of one vCPU, twelve tasks of half a one.
    assert_eq!(
        cell(&matrix, Criterion::UnevenCost, Class::Ec2).text,
        "no vCPU: the fleet is packed full"
    );
    // Seven tasks take four instances over two zones: 0.5 of 4 vCPU stands idle, 12.5 %.
    let seven = link("types=m6g.medium&name=a&vcpu=0.5&mem=1&tasks=7");
    assert_eq!(
        cell(&of(&seven), Criterion::UnevenCost, Class::Ec2).text,
        "12 % of the month's vCPU-hours"
    );
    // Both legs of a Spot mix count: 4 and 4 tasks, two instances each, all full.
    let mixed = link("types=m6g.medium&name=a&vcpu=0.5&mem=1&tasks=8&spot=0.1.1");
    assert_eq!(
        cell(&of(&mixed), Criterion::UnevenCost, Class::Ec2Spot).text,
        "no vCPU: the fleet is packed full"
    );
}

#[test]
#[expect(clippy::too_many_lines, reason = "one table of cells, read as one")]
fn cells_follow_the_inputs() {
    let example = presets::example();
    let set = |edits: &[(InputId, &str)]| {
        let edited = edits.iter().fold(example.clone(), |scenario, (id, text)| {
            inputs::set(&scenario, 0, *id, text).unwrap()
        });
        of(&edited)
    };
    let plain = set(&[]);
    for (criterion, class, edits, before, after) in [
        (
            Criterion::LargestTask,
            Class::Fargate,
            &[(InputId::Vcpu, "20"), (InputId::Memory, "120")][..],
            ("up to 32 vCPU and 244 GiB", 4),
            ("up to 32 vCPU and 244 GiB", 2),
        ),
        (
            Criterion::Density,
            Class::Ec2,
            &[(InputId::Types, "m7g.large")],
            ("2 tasks on m6g.medium, bound by vCPU", 4),
            ("4 tasks on m7g.large, bound by vCPU", 4),
        ),
        (
            Criterion::Types,
            Class::Ec2,
            &[(InputId::Types, "m7g.large,c7g.large")],
            ("cheapest of 212 types with a price, 212 that fit", 4),
            ("cheapest of 2 types with a price, 2 that fit", 2),
        ),
        (
            Criterion::Interfaces,
            Class::Ec2,
            &[(InputId::Types, "m7g.large"), (InputId::Trunking, "off")],
            ("for 4 tasks to each m6g.medium with trunking, 1 without", 3),
            (
                "for 2 tasks to each m7g.large without trunking; they run out first",
                1,
            ),
        ),
        (
            Criterion::ScaleToZero,
            Class::Ec2,
            &[(InputId::MinInstances, "0")],
            (
                "the group empties within minutes; while a task runs, 2 instances stay",
                2,
            ),
            (
                "the group empties within minutes; it starts again with two instances",
                2,
            ),
        ),
        (
            Criterion::Start,
            Class::Fargate,
            &[(InputId::Image, "0.2")],
            ("a new machine and a full image pull; a SOCI index helps", 2),
            ("a new machine, then a pull of 0.2 GiB", 3),
        ),
        (
            Criterion::LocalDisk,
            Class::Fargate,
            &[(InputId::Ephemeral, "120")],
            ("20 to 200 GiB; beyond it an EBS volume", 2),
            ("120 of at most 200 GiB, 100 of them billed", 2),
        ),
        (
            Criterion::NetworkModes,
            Class::ManagedInstances,
            &[(InputId::Network, "host")],
            ("awsvpc or host", 2),
            ("awsvpc or host; here host", 2),
        ),
        (
            Criterion::LongestRun,
            Class::Ec2Spot,
            &[(InputId::Strategy, "0.0.1"), (InputId::Types, "m7g.large")],
            ("tasks on Spot can end at two minutes' notice", 0),
            (
                "100 % of tasks can end at two minutes' notice; m7g.large was taken back in 10 to 15 % of cases within a month",
                0,
            ),
        ),
        (
            Criterion::LongestRun,
            Class::FargateSpot,
            &[(InputId::Strategy, "2.1.1")],
            ("tasks on Spot can end at two minutes' notice", 0),
            (
                "50 % of tasks can end at two minutes' notice; 2 tasks first on on-demand",
                1,
            ),
        ),
        (
            Criterion::Isolation,
            Class::Ec2,
            &[(InputId::Needs, "vm_isolation")],
            ("your own tasks share a kernel; other customers never do", 2),
            ("one task to an instance, as you need it", 4),
        ),
        (
            Criterion::Accelerators,
            Class::Ec2,
            &[
                (InputId::Gpu, "1"),
                (InputId::Types, "g5.xlarge"),
                (InputId::MinZones, "1"),
            ],
            (
                "any GPU type, and fractions on G6f; Neuron passed in by hand",
                4,
            ),
            ("12 × g5.xlarge", 4),
        ),
    ] {
        let of_class = |matrix: &Matrix| {
            let cell = cell(matrix, criterion, class);
            (cell.text, cell.score.unwrap())
        };
        let (text, score) = of_class(&plain);
        assert_eq!((&*text, score), before, "{criterion:?}");
        let edited = set(edits);
        let (text, score) = of_class(&edited);
        assert_eq!((&*text, score), after, "{criterion:?}");
    }
}

#[test]
fn what_spot_and_commitments_save_is_said() {
    let scenario = link("name=a&vcpu=0.5&mem=1&tasks=12&spot=0.1.1");
    let said = of(&scenario);
    let answer = answer(&scenario);
    let total = |id: &str| {
        let option = berth_model::option::OptionId::from_id(id).unwrap();
        answer.option(option).unwrap().priced().unwrap().total
    };
    let committed = answer
        .options
        .iter()
        .filter(|report| {
            report.option.class() == Class::Ec2
                && matches!(
                    report.option.purchase,
                    berth_model::option::Purchase::Committed(_)
                )
        })
        .filter_map(|report| Some((report.option, report.priced()?.total)))
        .min_by_key(|&(_, total)| total)
        .unwrap();
    let on_demand = total("ec2-arm64-on_demand").min(total("ec2-x86_64-on_demand"));
    let share = (on_demand - committed.1).ratio_to(on_demand).unwrap();
    assert_eq!(
        cell(&said, Criterion::Commitments, Class::Ec2).text,
        format!(
            "{}: saves {} (shown only: beyond the longest commitment)",
            words::purchase(committed.0.purchase),
            words::percent(share)
        )
    );
    assert_eq!(
        cell(&said, Criterion::Commitments, Class::Ec2Spot).text,
        "none covers Spot"
    );
    assert!(cell(&said, Criterion::Spot, Class::FargateSpot).live);
}

#[test]
fn the_ranking_reads_well() {
    for (rest, sentence, front) in [
        (
            "name=api&vcpu=0.5&mem=1&tasks=12",
            "By the default weights, Fargate fits best (88 %) and costs least: $173.01 a month.",
            "Nothing to weigh: no other class costs less than Fargate ($173.01 a month, fit 88 %) or fits better.",
        ),
        (
            "weights=isolation:0,operations:0,patching:0,start:0,longest_run:0,scale_to_zero:0,host_access:3&name=api&vcpu=0.5&mem=1&tasks=12",
            "By your weights EC2 fits best (100 %), for $10.02 a month more than Fargate (0 %), which costs least.",
            "Worth weighing against each other: Fargate ($173.01 a month, fit 0 %) and EC2 ($183.03, fit 100 %). The other one costs no less than one of these and fits no better.",
        ),
        (
            "weights=isolation:5&name=a&vcpu=1&mem=2&tasks=2&needs=neuron,no_host_management,public_ip",
            "No option has a price that may decide, so none can be ranked.",
            "There is nothing to weigh.",
        ),
    ] {
        let scenario = link(rest);
        let said = MatrixWords::of(&of(&scenario), &scenario.weights).fit;
        assert_eq!(said.sentence.plain(), sentence);
        assert_eq!(said.front.plain(), front);
    }
    let managed = link(
        "weights=start:0,isolation:0,longest_run:0,scale_to_zero:0&name=a&vcpu=4&mem=16&gpu=1&tasks=3",
    );
    let said = MatrixWords::of(&of(&managed), &managed.weights).fit;
    assert!(
        said.sentence
            .plain()
            .starts_with("By your weights Managed Instances fit best (75 %), for $"),
        "{}",
        said.sentence.plain()
    );
}

/// Why the defaults leave out what only some services use.
#[test]
fn counting_everything_alike_favours_abilities_that_a_service_does_not_use() {
    let example = presets::example();
    let alike = Criterion::weighable().fold(Weights::default(), |weights, criterion| {
        weights.with(criterion, 1).unwrap()
    });
    let best = |weights: &Weights| {
        let known = answer(&example);
        weighed(&example, &known, weights).fit.best().unwrap().class
    };
    assert_eq!(best(&alike), Class::Ec2);
    assert_eq!(best(&Weights::default()), Class::Fargate);
}

/// Some weights, at least one of them above 0.
fn weights() -> impl Strategy<Value = Weights> {
    let criteria: Vec<Criterion> = Criterion::weighable().collect();
    proptest::collection::vec((select(criteria), 0..=MOST_WEIGHT), 0..12).prop_map(|entries| {
        entries
            .into_iter()
            .fold(Weights::default(), |weights, (criterion, weight)| {
                weights.with(criterion, weight).unwrap_or(weights)
            })
    })
}

/// Where a class stands among those with a cost.
fn rank(fit: &Fit, class: Class) -> Option<usize> {
    fit.ranked().position(|point| point.class == class)
}

fn weighed(scenario: &Scenario, answer: &ServiceAnswer, weights: &Weights) -> Matrix {
    let mut scenario = scenario.clone();
    scenario.weights = weights.clone();
    matrix(&scenario, scenario.services.nearest(0), answer, &BOOK)
}

static KNOWN: LazyLock<Vec<(Scenario, ServiceAnswer)>> = LazyLock::new(|| {
    let all = scenarios().map(|scenario| {
        let answer = answer(&scenario);
        (scenario, answer)
    });
    all.collect()
});

proptest! {
    #[test]
    fn more_weight_never_harms_whoever_is_best_by_it(
        weights in weights(), at in 0_usize..1_000, more in 1..=MOST_WEIGHT,
        criterion in select(Criterion::weighable().collect::<Vec<_>>()),
    ) {
        let (scenario, answer) = &KNOWN[at % KNOWN.len()];
        let before = weighed(scenario, answer, &weights);
        let raised = weights.get(criterion).saturating_add(more).min(MOST_WEIGHT);
        let after = weighed(scenario, answer, &weights.with(criterion, raised).unwrap());
        let best = before.row(criterion).unwrap().cells.iter().map(|cell| cell.score).max();
        for (column, &class) in COLUMNS.iter().enumerate() {
            if before.row(criterion).unwrap().cells.get(column).map(|cell| cell.score) == best {
                prop_assert!(rank(&after.fit, class) <= rank(&before.fit, class), "{class:?}");
            }
        }
    }

    #[test]
    fn a_fit_is_what_its_parts_add_up_to_and_no_weight_is_no_part(
        weights in weights(), at in 0_usize..1_000,
    ) {
        let (scenario, answer) = &KNOWN[at % KNOWN.len()];
        let matrix = weighed(scenario, answer, &weights);
        for point in &matrix.fit.points {
            let counted: Vec<Criterion> = Criterion::weighable().filter(|&one| weights.get(one) > 0).collect();
            let named: Vec<Criterion> = point.parts.iter().map(|part| part.criterion).collect();
            prop_assert_eq!(named, counted);
            let by_hand: u32 = Criterion::weighable()
                .map(|one| {
                    let score = cell(&matrix, one, point.class).score.unwrap();
                    u32::from(weights.get(one)) * u32::from(score)
                })
                .sum();
            prop_assert_eq!(point.points(), by_hand);
            prop_assert_eq!(point.most, 4 * weights.sum());
            prop_assert!(point.per_mille() <= 1_000);
        }
        // Money has no say: the same weights at another price give the same fits.
        let mut dear = scenario.clone();
        dear.pricing.discount = berth_model::pricing::Percent::from_hundredths(5_000).unwrap();
        let dear = weighed(&dear, answer, &weights);
        for point in &matrix.fit.points {
            prop_assert_eq!(dear.fit.point(point.class).unwrap().points(), point.points());
        }
    }

    #[test]
    fn the_ranking_is_by_fit_and_the_front_is_what_nobody_beats(
        weights in weights(), at in 0_usize..1_000,
    ) {
        let (scenario, answer) = &KNOWN[at % KNOWN.len()];
        let fit = weighed(scenario, answer, &weights).fit;
        let ranked: Vec<_> = fit.ranked().collect();
        for pair in ranked.windows(2) {
            prop_assert!(pair[0].points() >= pair[1].points());
            if pair[0].points() == pair[1].points() {
                prop_assert!(pair[0].monthly() <= pair[1].monthly());
            }
        }
        for one in &fit.points {
            let beaten = ranked.iter().any(|other| {
                let better = other.monthly() < one.monthly() || other.points() > one.points();
                other.monthly() <= one.monthly() && other.points() >= one.points() && better
            });
            prop_assert_eq!(one.on_front, one.cost.is_some() && !beaten);
        }
        let cheapest = ranked.iter().filter_map(|point| point.monthly()).min();
        prop_assert_eq!(fit.cheapest().and_then(Point::monthly), cheapest);
        prop_assert_eq!(ranked.is_empty(), !fit.points.iter().any(|point| point.on_front));
    }

    #[test]
    fn the_order_in_which_weights_are_named_says_nothing(weights in weights(), turn in 0_usize..30) {
        let text = weights.to_string();
        let mut entries: Vec<&str> = text.split(',').filter(|entry| !entry.is_empty()).collect();
        if !entries.is_empty() {
            let turn = turn % entries.len();
            entries.rotate_left(turn);
        }
        entries.reverse();
        prop_assert_eq!(Weights::parse(&entries.join(" ")), Ok(weights));
    }
}
