//! Which class of options meets which requirement: the table of the ECS documentation as it was
//! transcribed by hand, against the model, requirement by requirement and class by class.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its own data is wrong"
)]

use std::collections::BTreeSet;
use std::sync::LazyLock;

use berth_model::eligibility::{Ability, Class, Gate, Obstacle, Requirement};
use berth_model::inputs::{self, InputId};
use berth_model::needs::Need;
use berth_model::prices::PriceBook;
use berth_model::prices::embedded::US_EAST_1;
use berth_model::report::Outcome;
use berth_model::scenario::Scenario;
use berth_model::{evaluate, share};

static BOOK: LazyLock<PriceBook> = LazyLock::new(|| PriceBook::parse(US_EAST_1).unwrap());

/// Each requirement with its cells on Fargate, Fargate Spot, EC2, EC2 Spot and Managed Instances (`+`
/// eligible, `-` eliminated, `~` under a condition), and inputs that ask for it and for no other.
const TABLE: [(&str, [char; 5], &str); 28] = [
    ("GPU (any)", ['-', '-', '+', '+', '+'], "gpu=1"),
    ("fractional GPU", ['-', '-', '+', '+', '+'], "gpu=0.25"),
    (
        "Neuron via resourceRequirements",
        ['-', '-', '-', '-', '+'],
        "needs=neuron",
    ),
    ("Windows container", ['+', '-', '+', '+', '-'], "os=windows"),
    (
        "Windows + EFS/EBS/gMSA",
        ['-', '-', '~', '~', '-'],
        "needs=windows_storage",
    ),
    ("ARM64", ['+', '+', '+', '+', '+'], "arch=arm64"),
    (
        "more than 32 vCPU or 244 GB",
        ['-', '-', '+', '+', '+'],
        "vcpu=33",
    ),
    (
        "more than 16 and up to 32 vCPU",
        ['~', '~', '+', '+', '+'],
        "vcpu=17",
    ),
    (
        "privileged, CAP_NET_ADMIN/SYS_ADMIN/BPF",
        ['-', '-', '+', '+', '+'],
        "needs=privileged",
    ),
    (
        "host network mode, host pid/ipc",
        ['-', '-', '+', '+', '+'],
        "needs=host_namespaces",
    ),
    (
        "bridge mode, links, Docker volumes",
        ['-', '-', '+', '+', '-'],
        "needs=bridge_docker_volumes",
    ),
    (
        "custom AMI, kernel module, SSH",
        ['-', '-', '+', '+', '-'],
        "needs=custom_ami",
    ),
    (
        "ECS DAEMON service",
        ['-', '-', '+', '+', '-'],
        "needs=daemon_service",
    ),
    (
        "one agent per host",
        ['-', '-', '+', '+', '+'],
        "needs=agent_per_host",
    ),
    (
        "placement strategy",
        ['-', '-', '+', '+', '-'],
        "needs=placement_strategy",
    ),
    (
        "placement constraint",
        ['-', '-', '+', '+', '~'],
        "needs=placement_constraint",
    ),
    (
        "VM isolation per task",
        ['+', '+', '~', '~', '~'],
        "needs=vm_isolation",
    ),
    (
        "cannot be interrupted",
        ['~', '-', '+', '-', '~'],
        "needs=uninterrupted",
    ),
    (
        "single run of more than 14 days",
        ['~', '-', '+', '-', '-'],
        "needs=runs_over_14_days",
    ),
    (
        "reserved capacity (ODCR)",
        ['-', '-', '+', '-', '+'],
        "needs=reserved_capacity",
    ),
    (
        "FSx for Windows",
        ['-', '-', '+', '+', '-'],
        "needs=fsx_windows",
    ),
    (
        "S3 Files volume",
        ['+', '+', '-', '-', '+'],
        "needs=s3_files",
    ),
    (
        "more than 200 GiB scratch",
        ['~', '~', '+', '+', '+'],
        "disk=201",
    ),
    (
        "public IP on the task ENI",
        ['+', '+', '-', '-', '-'],
        "needs=public_ip",
    ),
    (
        "GuardDuty Runtime Monitoring",
        ['+', '+', '+', '+', '-'],
        "needs=guardduty",
    ),
    (
        "FIPS host (commercial region)",
        ['-', '-', '+', '+', '-'],
        "needs=fips_host",
    ),
    (
        "China region",
        ['+', '+', '+', '+', '-'],
        "region=cn-north-1",
    ),
    (
        "zero host management",
        ['+', '+', '-', '-', '+'],
        "needs=no_host_management",
    ),
];

const COLUMNS: [Class; 5] = [
    Class::Fargate,
    Class::FargateSpot,
    Class::Ec2,
    Class::Ec2Spot,
    Class::ManagedInstances,
];

/// A scenario that takes Spot, with some inputs of its service or its region set.
fn scenario(inputs: &str) -> Scenario {
    let start = share::decode("v=1&name=a&vcpu=1&mem=4&tasks=3&spot=0.1.1")
        .scenario
        .unwrap();
    inputs
        .split('&')
        .filter(|pair| !pair.is_empty())
        .fold(start, |scenario, pair| {
            let (key, value) = pair.split_once('=').unwrap();
            inputs::set(&scenario, 0, InputId::from_id(key).unwrap(), value).unwrap()
        })
}

fn requirements(scenario: &Scenario) -> Vec<Requirement> {
    Requirement::of(scenario.services.nearest(0), &scenario.region).collect()
}

fn sign(ability: Ability) -> char {
    match ability {
        Ability::Yes => '+',
        Ability::No(_) => '-',
        Ability::If(_) => '~',
    }
}

#[test]
fn every_requirement_and_class_is_as_the_table_says() {
    let plain = requirements(&scenario(""));
    assert_eq!(plain, []);
    let mut met = BTreeSet::new();
    for (name, cells, inputs) in TABLE {
        let scenario = scenario(inputs);
        let found = requirements(&scenario);
        // FSx for Windows asks for Windows containers as well.
        let own: Vec<Requirement> = found
            .into_iter()
            .filter(|&one| one != Requirement::LinuxFsx)
            .collect();
        let [requirement] = own[..] else {
            panic!("{name}: {own:?}");
        };
        met.insert(format!("{requirement:?}"));
        for (class, expected) in COLUMNS.into_iter().zip(cells) {
            let ability = requirement.ability(class);
            assert_eq!(sign(ability), expected, "{name} on {class:?}");
            match ability {
                Ability::Yes => {}
                Ability::No(reason) | Ability::If(reason) => assert!(!reason.is_empty()),
            }
        }
        let row = requirement.row();
        for text in [row.label, row.without, row.source, row.date] {
            assert!(!text.is_empty(), "{name}");
        }
        assert!(row.date.starts_with("202"), "{name}: {}", row.date);
    }
    // What the table does not print: combinations, which have rows of their own here.
    let combined = [
        Requirement::WindowsGpu,
        Requirement::WindowsLargeScratch,
        Requirement::LinuxFsx,
    ];
    let missing: Vec<Requirement> = Requirement::all()
        .filter(|one| !met.contains(&format!("{one:?}")) && !combined.contains(one))
        .collect();
    assert_eq!(missing, []);
}

#[test]
fn options_are_ruled_out_by_what_their_class_does_not_meet_and_by_nothing_else() {
    let mut cells = 0;
    for (name, row, inputs) in TABLE {
        // No book ships for China, so its row is held against the gate alone.
        if inputs.starts_with("region") {
            continue;
        }
        let mut scenario = scenario(inputs);
        if inputs == "needs=fsx_windows" {
            scenario = inputs::set(&scenario, 0, InputId::Os, "windows").unwrap();
        }
        let answer = evaluate(&scenario, &BOOK).remove(0);
        let service = scenario.services.nearest(0);
        for report in &answer.options {
            let class = report.option.class();
            let gate = Gate::of(service, &scenario.region, class);
            let ruled = matches!(&report.outcome, Outcome::NotEligible(found)
                if found.iter().any(|one| matches!(one, Obstacle::Requirement(..))));
            assert_eq!(
                ruled,
                !gate.ruled_out.is_empty(),
                "{name}: {}",
                report.option
            );
            let column = COLUMNS.iter().position(|&one| one == class);
            if let Some(&cell) = column.and_then(|column| row.get(column)) {
                if inputs != "needs=fsx_windows" {
                    assert_eq!(ruled, cell == '-', "{name}: {}", report.option);
                }
                assert!(cell != '~' || !gate.conditions.is_empty());
                cells += 1;
            }
        }
    }
    assert!(cells > 27 * 5, "{cells} cells");
}

#[test]
fn spot_on_managed_instances_meets_what_they_do_but_for_what_spot_cannot_promise() {
    for requirement in Requirement::all() {
        let without = requirement.ability(Class::ManagedInstances);
        let spot = requirement.ability(Class::ManagedInstancesSpot);
        let promised = [
            Requirement::Stated(Need::Uninterrupted),
            Requirement::Stated(Need::RunsOver14Days),
            Requirement::Stated(Need::ReservedCapacity),
        ];
        if promised.contains(&requirement) {
            assert_eq!(sign(spot), '-', "{requirement:?}");
        } else {
            assert_eq!(spot, without, "{requirement:?}");
        }
    }
}

#[test]
fn combinations_rule_out_what_neither_part_does() {
    for (inputs, requirement, ruled) in [
        ("os=windows&gpu=1", Requirement::WindowsGpu, "-----"),
        (
            "os=windows&disk=300",
            Requirement::WindowsLargeScratch,
            "--++-",
        ),
        ("needs=fsx_windows", Requirement::LinuxFsx, "-----"),
    ] {
        let scenario = scenario(inputs);
        assert!(requirements(&scenario).contains(&requirement));
        let signs: String = COLUMNS
            .into_iter()
            .map(|class| sign(requirement.ability(class)))
            .collect();
        assert_eq!(signs, ruled, "{inputs}");
    }
    let windows = scenario("os=windows&needs=fsx_windows");
    assert!(!requirements(&windows).contains(&Requirement::LinuxFsx));
}

#[test]
fn fips_hosts_are_everywhere_in_govcloud() {
    let commercial = scenario("needs=fips_host");
    assert_eq!(requirements(&commercial).len(), 1);
    let gov = scenario("needs=fips_host&region=us-gov-west-1");
    assert_eq!(requirements(&gov), []);
}
