//! Which class of options meets which requirement: the table of the ECS documentation as it was
//! transcribed by hand, against the model, requirement by requirement and class by class.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its own data is wrong"
)]

use std::collections::BTreeSet;
use std::sync::LazyLock;

use berth_model::bring_back::bring_back;
use berth_model::eligibility::{Ability, Class, Gate, Obstacle, Requirement};
use berth_model::explain::{self, GatesWords, Standing};
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
        // FSx for Windows and volumes of Windows containers ask for Windows containers as well.
        let own: Vec<Requirement> = found
            .into_iter()
            .filter(|&one| one != Requirement::LinuxFsx && one != Requirement::LinuxWindowsStorage)
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
        Requirement::LinuxWindowsStorage,
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
        if ["needs=fsx_windows", "needs=windows_storage"].contains(&inputs) {
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
        (
            "needs=windows_storage",
            Requirement::LinuxWindowsStorage,
            "-----",
        ),
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
    let windows = scenario("os=windows&needs=windows_storage");
    assert!(!requirements(&windows).contains(&Requirement::LinuxWindowsStorage));
}

#[test]
fn fips_hosts_are_everywhere_in_govcloud() {
    let commercial = scenario("needs=fips_host");
    assert_eq!(requirements(&commercial).len(), 1);
    let gov = scenario("needs=fips_host&region=us-gov-west-1");
    assert_eq!(requirements(&gov), []);
}

/// The gates of a scenario's first service.
fn gates(scenario: &Scenario) -> GatesWords {
    let answer = evaluate(scenario, &BOOK).remove(0);
    explain::gates(scenario, 0, &answer, &BOOK)
}

/// Whether some option of a class can run the first service.
fn can_run(scenario: &Scenario, class: Class) -> bool {
    let answer = evaluate(scenario, &BOOK).remove(0);
    answer.options.iter().any(|report| {
        report.option.class() == class && !matches!(report.outcome, Outcome::NotEligible(_))
    })
}

fn linked(rest: &str) -> Scenario {
    let decoded = share::decode(&format!("v=1&region=us-east-1&{rest}"));
    assert_eq!(decoded.notices, [], "{rest}");
    decoded.scenario.unwrap()
}

#[test]
fn what_rules_a_class_out_and_what_brings_it_back_reads_well() {
    let scenario = linked("name=a&vcpu=8&mem=300&tasks=2&gpu=1&needs=custom_ami,s3_files");
    let said: Vec<(Standing, String, String)> = gates(&scenario)
        .gates
        .iter()
        .map(|gate| {
            let back = gate.bring_back.as_ref();
            let back = back.map_or_else(String::new, |back| back.sentence.plain());
            (gate.standing, gate.sentence.plain(), back)
        })
        .collect();
    let expected = [
        (
            "Fargate is ruled out for three reasons: a GPU (Fargate has no GPUs); more than 32 vCPU or 244 GiB (the largest Fargate task has 32 vCPU and 244 GiB); and an own machine image, a kernel module or SSH to the host (Fargate gives no access to a host).",
            "Fargate would be possible without the GPU, with at most 244 GiB a task and without an own machine image, kernel modules and SSH to the host.",
        ),
        (
            "A Fargate Spot mix is ruled out for four reasons: a GPU (Fargate has no GPUs); more than 32 vCPU or 244 GiB (the largest Fargate task has 32 vCPU and 244 GiB); an own machine image, a kernel module or SSH to the host (Fargate gives no access to a host); and the service has no Spot share.",
            "A Fargate Spot mix would be possible without the GPU, with at most 244 GiB a task, without an own machine image, kernel modules and SSH to the host and if some of its tasks may be interrupted and stand on Spot.",
        ),
        (
            "EC2 is ruled out by an S3 Files volume: S3 Files volumes fail on EC2 instances of one's own.",
            "EC2 would be possible without S3 Files volumes.",
        ),
        (
            "An EC2 Spot mix is ruled out for two reasons: an S3 Files volume (S3 Files volumes fail on EC2 instances of one's own); and the service has no Spot share.",
            "An EC2 Spot mix would be possible without S3 Files volumes and if some of its tasks may be interrupted and stand on Spot.",
        ),
        (
            "Managed Instances are ruled out by an own machine image, a kernel module or SSH to the host: AWS builds and locks the image of Managed Instances.",
            "Managed Instances would be possible without an own machine image, kernel modules and SSH to the host.",
        ),
        (
            "A Managed Instances Spot mix is ruled out for two reasons: an own machine image, a kernel module or SSH to the host (AWS builds and locks the image of Managed Instances); and the service has no Spot share.",
            "A Managed Instances Spot mix would be possible without an own machine image, kernel modules and SSH to the host and if some of its tasks may be interrupted and stand on Spot.",
        ),
    ];
    for ((standing, sentence, back), (expected, expected_back)) in said.iter().zip(expected) {
        assert_eq!(*standing, Standing::No);
        assert_eq!(sentence, expected);
        assert_eq!(back, expected_back);
    }
    assert_eq!(said.len(), expected.len());
}

#[test]
fn a_class_that_can_run_it_says_so_and_names_its_conditions() {
    let said = gates(&linked("name=a&vcpu=1&mem=2&tasks=2&needs=uninterrupted"));
    let [fargate, spot, ec2, _, managed, _] = &said.gates[..] else {
        panic!("{said:?}");
    };
    assert_eq!(
        (fargate.standing, fargate.sentence.plain()),
        (
            Standing::If,
            "Fargate can run it on one condition: tasks that are not interrupted (AWS retires tasks on outdated platform revisions, after 0 to 14 days' notice).".to_owned()
        )
    );
    assert_eq!(fargate.bring_back, None);
    assert_eq!(
        fargate.reasons[0].source,
        "fargate-capacity-providers; managed-instances-patching; as of 2026-10"
    );
    assert_eq!(spot.standing, Standing::No);
    assert_eq!(
        (ec2.standing, ec2.sentence.plain()),
        (Standing::Yes, "EC2 can run it.".to_owned())
    );
    assert!(
        managed
            .sentence
            .plain()
            .starts_with("Managed Instances can run it on one condition: ")
    );
}

/// Services that nothing stated rules out: sizes, types, places and architectures do.
const BLOCKED: [&str; 16] = [
    "name=a&vcpu=64&mem=300&tasks=2",
    "daemon=0.1~0.25~1~logs&name=a&vcpu=32&mem=244&tasks=2",
    "name=a&vcpu=192&mem=4096&tasks=2",
    "name=a&vcpu=96&mem=2000&tasks=2",
    "types=m7g.large&name=a&vcpu=4&mem=8&tasks=2",
    "types=m7g.large&name=a&vcpu=1&mem=2&tasks=2&arch=x86_64",
    "exclude=g5&name=a&vcpu=4&mem=16&tasks=2&gpu=1&gpu-model=a10g",
    "name=a&vcpu=4&mem=16&tasks=2&gpu=1&gpu-model=nothing",
    "name=a&vcpu=4&mem=16&tasks=2&gpu=16",
    "name=a&vcpu=2&mem=4&tasks=2&os=windows&arch=arm64",
    "name=a&vcpu=8&mem=64&tasks=2&os=windows&gpu=2&disk=900",
    "name=a&vcpu=2&mem=4&tasks=2&os=windows&disk=900&needs=windows_storage",
    "name=a&vcpu=1&mem=2&tasks=2&places=ec2",
    "name=a&vcpu=1&mem=2&tasks=2&needs=fsx_windows",
    "region=cn-north-1&name=a&vcpu=1&mem=2&tasks=2",
    "name=a&vcpu=1&mem=2&tasks=2&needs=neuron,no_host_management,public_ip,uninterrupted",
];

#[test]
fn what_brings_a_class_back_does_and_none_of_it_can_be_left_out() {
    let needs = Need::ALL
        .iter()
        .map(|need| format!("name=a&vcpu=1&mem=2&tasks=3&needs={}", need.id()));
    let all = BLOCKED.iter().map(|&rest| rest.to_owned()).chain(needs);
    let (mut ruled, mut back) = (0, 0);
    for rest in all {
        let scenario = share::decode(&format!("v=1&{rest}")).scenario.unwrap();
        for gate in gates(&scenario).gates {
            assert_eq!(
                gate.standing != Standing::No,
                can_run(&scenario, gate.class),
                "{rest}"
            );
            let text = gate.sentence.plain();
            assert!(text.ends_with('.') && !text.contains("  "), "{text}");
            if gate.standing != Standing::No {
                assert_eq!(gate.bring_back, None);
                continue;
            }
            ruled += 1;
            assert!(!gate.reasons.is_empty(), "{rest}: {text}");
            let Some(words) = &gate.bring_back else {
                continue;
            };
            back += 1;
            let text = words.sentence.plain();
            assert!(
                text.contains(" would be possible w") || text.contains(" would be possible i"),
                "{text}"
            );
            assert!(text.ends_with('.') && !text.contains("  "), "{text}");
            let decoded = share::decode(&words.link);
            assert_eq!(decoded.notices, [], "{rest}");
            assert!(
                can_run(&decoded.scenario.unwrap(), gate.class),
                "{rest}: {text}"
            );
            let changes = bring_back(&scenario, 0, gate.class, &BOOK).unwrap();
            for left_out in 0..changes.len() {
                let others = changes.iter().enumerate().filter(|(at, _)| *at != left_out);
                let others = others.fold(scenario.clone(), |so_far, (_, one)| {
                    one.apply(&so_far, 0).unwrap_or(so_far)
                });
                assert!(!can_run(&others, gate.class), "{rest}: {text}");
            }
        }
    }
    println!("{ruled} classes ruled out, {back} brought back");
    assert_eq!(
        ruled, back,
        "every class can be brought back by some change"
    );
}

#[test]
fn sizes_that_bring_a_class_back_are_the_largest_that_do() {
    for (rest, class, text) in [
        (
            "daemon=0.1~0.25~1~logs&name=a&vcpu=64&mem=300&tasks=2",
            Class::Fargate,
            "Fargate would be possible with at most 31.9 vCPU and 243.75 GiB a task.",
        ),
        (
            "name=a&vcpu=8&mem=16&tasks=2&os=windows&arch=x86_64",
            Class::Fargate,
            "Fargate would be possible with at most 4 vCPU a task.",
        ),
        (
            "types=m7g.large&name=a&vcpu=1&mem=2&tasks=2&arch=x86_64",
            Class::Ec2,
            "EC2 would be possible with any instance type.",
        ),
        (
            "region=cn-north-1&name=a&vcpu=1&mem=2&tasks=2",
            Class::ManagedInstances,
            "Managed Instances would be possible in a region outside China, such as us-east-1.",
        ),
    ] {
        let scenario = share::decode(&format!("v=1&{rest}")).scenario.unwrap();
        let gate = gates(&scenario)
            .gates
            .into_iter()
            .find(|gate| gate.class == class)
            .unwrap();
        assert_eq!(gate.bring_back.unwrap().sentence.plain(), text, "{rest}");
    }
}
