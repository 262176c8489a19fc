use super::*;
use crate::option::Purchase;
use crate::platform::Arch;
use crate::prices::Grade;
use crate::prices::embedded::US_EAST_1;
use crate::purchase::{Commitment, CommitmentKind};
use crate::report::evaluate_service;
use crate::scenario::{
    EphemeralGib, GpuRequest, HeadroomTasks, ImagePullSeconds, Load, MaxCommitment, Name, Region,
    RunMilliminutes, RunsPerDay, Task, TaskCount,
};
use crate::strategy::Strategy;
use crate::units::{Gib, GpuCount};

fn book() -> PriceBook {
    PriceBook::parse(US_EAST_1).unwrap()
}

fn constant(vcpu: &str, memory: &str, tasks: u32) -> Scenario {
    scenario(
        vcpu,
        memory,
        Load::Constant {
            tasks: TaskCount::new(tasks).unwrap(),
        },
    )
}

fn scenario(vcpu: &str, memory: &str, load: Load) -> Scenario {
    let task = Task {
        vcpu: Vcpu::parse(vcpu).unwrap(),
        memory: Gib::parse(memory).unwrap(),
        ephemeral: EphemeralGib::default(),
        gpu: None,
    };
    let service = Service::new(Name::new("service").unwrap(), task, load);
    Scenario::new(Region::us_east_1(), service)
}

fn option(place: Place, purchase: Purchase) -> OptionId {
    OptionId {
        place,
        arch: Arch::X86,
        purchase,
    }
}

fn reached_by(scenario: &Scenario, option: OptionId) -> Vec<Crossed> {
    let book = book();
    let service = scenario.services.nearest(0);
    let answer = evaluate_service(scenario, service, &book);
    let report = answer.option(option).unwrap();
    let priced = report.priced().unwrap_or_else(|| panic!("{report:?}"));
    crossed(scenario, service, option, priced, &book)
}

fn of(list: &[Crossed], quota: Quota) -> Option<Decimal> {
    let found = list.iter().find(|one| one.quota == quota);
    found.map(|one| one.used.normalize())
}

const FARGATE: Quota = Quota::FargateVcpu(Market::OnDemand);
const FARGATE_SPOT: Quota = Quota::FargateVcpu(Market::Spot);

#[test]
fn a_fargate_quota_that_is_just_reached_is_told() {
    let list = reached_by(
        &constant("0.5", "1", 12),
        option(Place::Fargate, Purchase::OnDemand),
    );
    assert_eq!(list.len(), 1);
    assert_eq!(
        sentence(&list[0], &book()),
        "12 tasks of 0.5 vCPU use 6 vCPU: the default Fargate quota of 6 on-demand vCPU in a region is reached, and a deployment has no room. It is the default of an account and can be raised; ask before you need it."
    );
    let fewer = constant("0.5", "1", 11);
    assert!(reached_by(&fewer, option(Place::Fargate, Purchase::OnDemand)).is_empty());
}

#[test]
fn the_legal_size_counts_and_spare_tasks_do() {
    // 0.3 vCPU are billed as 0.5; 10 tasks and 4 spare ones.
    let mut spare = constant("0.3", "1", 10);
    spare.services.get_mut(0).unwrap().headroom = HeadroomTasks::new(4).unwrap();
    let list = reached_by(&spare, option(Place::Fargate, Purchase::OnDemand));
    assert_eq!(of(&list, FARGATE), Some(Decimal::from(7)));
    assert!(list[0].is_exceeded());
    assert!(sentence(&list[0], &book()).starts_with(
        "14 tasks of 0.5 vCPU use 7 vCPU: more than the default Fargate quota of 6 on-demand vCPU"
    ));
}

#[test]
fn fargate_spot_has_a_quota_of_its_own() {
    let mut mix = constant("1", "2", 20);
    mix.services.get_mut(0).unwrap().spot = Strategy::new(0, 1, 4);
    let list = reached_by(&mix, option(Place::Fargate, Purchase::SpotMix));
    assert_eq!(of(&list, FARGATE), None, "4 vCPU are on-demand");
    assert_eq!(of(&list, FARGATE_SPOT), Some(Decimal::from(16)));
    assert!(sentence(&list[0], &book()).contains("quota of 6 Spot vCPU"));
}

#[test]
fn a_plan_counts_as_on_demand() {
    let mut committed = constant("2", "4", 4);
    committed.max_commitment = MaxCommitment::OneYear;
    let plan = Commitment::one_year_no_upfront(CommitmentKind::ComputeSavingsPlan);
    let list = reached_by(
        &committed,
        option(Place::Fargate, Purchase::Committed(plan)),
    );
    assert_eq!(of(&list, FARGATE), Some(Decimal::from(8)));
}

fn job(runs: u32, tasks: u32, minutes: u32) -> Scenario {
    let load = Load::Jobs {
        runs_per_day: RunsPerDay::new(runs).unwrap(),
        tasks: TaskCount::new(tasks).unwrap(),
        minutes: RunMilliminutes::new(minutes * 1_000).unwrap(),
        image_pull: ImagePullSeconds::default(),
    };
    scenario("0.25", "0.5", load)
}

#[test]
fn a_run_of_more_than_ten_tasks_takes_several_calls() {
    let list = reached_by(&job(2, 25, 10), option(Place::Fargate, Purchase::OnDemand));
    let calls = list
        .iter()
        .find(|one| one.quota == Quota::TasksPerRunTask)
        .unwrap();
    assert_eq!(
        sentence(calls, &book()),
        "Each run starts 25 tasks in 3 RunTask calls: a call starts at most 10. It cannot be raised."
    );
    let ten = reached_by(&job(2, 10, 10), option(Place::Fargate, Purchase::OnDemand));
    assert!(ten.is_empty());
}

#[test]
fn overlapping_runs_stand_at_the_same_time() {
    // 96 runs of 45 minutes a day: 3 at a time, of 8 tasks of 0.25 vCPU.
    let list = reached_by(&job(96, 8, 45), option(Place::Fargate, Purchase::OnDemand));
    assert_eq!(of(&list, FARGATE), Some(Decimal::from(6)));
}

#[test]
fn instances_count_their_vcpu_by_group_of_families() {
    let standard = Quota::Ec2Vcpu(Market::OnDemand, Families::Standard);
    for place in [Place::Ec2, Place::ManagedInstances] {
        let list = reached_by(&constant("1", "2", 12), option(place, Purchase::OnDemand));
        assert!(of(&list, standard).unwrap() >= Decimal::from(12));
        let text = sentence(&list[0], &book());
        assert!(
            text.contains("EC2 quota of 5 vCPU for on-demand Standard (A, C, D, H, I, M, R, T, Z)"),
            "{text}"
        );
    }
    let small = constant("0.25", "0.5", 1);
    assert!(reached_by(&small, option(Place::Ec2, Purchase::OnDemand)).is_empty());
}

#[test]
fn a_new_account_starts_no_gpu_instance() {
    let mut gpu = constant("2", "8", 1);
    gpu.services.get_mut(0).unwrap().task.gpu = Some(GpuRequest {
        count: GpuCount::from_eighths(8).unwrap(),
        model: None,
    });
    let list = reached_by(&gpu, option(Place::Ec2, Purchase::OnDemand));
    let group = Quota::Ec2Vcpu(Market::OnDemand, Families::GAndVt);
    let found = list.iter().find(|one| one.quota == group).unwrap();
    assert_eq!(found.fact.limit, 0);
    let text = sentence(found, &book());
    assert!(
        text.contains("the default EC2 quota of 0 vCPU for on-demand G and VT instances in a region lets none start."),
        "{text}"
    );
}

#[test]
fn a_spot_leg_counts_against_the_spot_quota() {
    let mut mix = constant("1", "2", 40);
    mix.services.get_mut(0).unwrap().spot = Strategy::new(0, 1, 9);
    let list = reached_by(&mix, option(Place::Ec2, Purchase::SpotMix));
    let spot = Quota::Ec2Vcpu(Market::Spot, Families::Standard);
    assert!(of(&list, spot).unwrap() >= Decimal::from(36));
    let once = list.iter().filter(|one| one.quota == spot).count();
    assert_eq!(once, 1, "three families of one group are one quota");
}

#[test]
fn large_services_reach_the_limits_of_tasks_instances_and_interfaces() {
    let large = constant("2", "4", 5_000);
    let list = reached_by(&large, option(Place::Fargate, Purchase::OnDemand));
    assert_eq!(
        of(&list, Quota::TasksPerService),
        Some(Decimal::from(5_000))
    );
    assert_eq!(
        of(&list, Quota::NetworkInterfaces),
        Some(Decimal::from(5_000))
    );
    let texts: Vec<String> = list.iter().map(|one| sentence(one, &book())).collect();
    let text = texts.join("\n");
    assert!(text.contains("The service runs 5,000 tasks"), "{text}");
    assert!(
        text.contains("Tasks and instances use 5,000 interfaces"),
        "{text}"
    );
    assert!(text.contains("lists disagree"), "{text}");

    // One task to an instance of its own.
    let mut alone = constant("0.5", "1", 5_500);
    alone.services.get_mut(0).unwrap().needs =
        crate::needs::Needs::NONE.with(crate::needs::Need::VmIsolation, true);
    let list = reached_by(&alone, option(Place::Ec2, Purchase::OnDemand));
    assert_eq!(
        of(&list, Quota::InstancesPerCluster),
        Some(Decimal::from(5_500))
    );
    // Each instance has its own interface and a trunk, each task one.
    assert_eq!(
        of(&list, Quota::NetworkInterfaces),
        Some(Decimal::from(3 * 5_500))
    );
    alone.fleet.network = NetworkMode::Host;
    let list = reached_by(&alone, option(Place::Ec2, Purchase::OnDemand));
    assert_eq!(
        of(&list, Quota::NetworkInterfaces),
        Some(Decimal::from(5_500))
    );
}

#[test]
fn every_family_of_the_book_has_a_group() {
    for instance in &book().types {
        assert!(
            Families::of(instance.family()).is_some(),
            "{}",
            instance.name
        );
    }
    for (family, group) in [
        ("c7i-flex", Some(Families::Standard)),
        ("gr6f", Some(Families::GAndVt)),
        ("p6-b200", Some(Families::P)),
        ("u-6tb1", Some(Families::HighMemory)),
        ("u7i-12tb", Some(Families::HighMemory)),
        ("im4gn", Some(Families::Standard)),
        ("x2gd", Some(Families::X)),
        ("mac2", None),
    ] {
        assert_eq!(Families::of(family), group, "{family}");
    }
}

#[test]
fn every_figure_has_a_source_and_what_is_assumed_says_so() {
    let mut quotas = vec![
        Quota::TasksPerRunTask,
        Quota::TasksPerService,
        Quota::ServicesPerCluster,
        Quota::InstancesPerCluster,
        Quota::NetworkInterfaces,
    ];
    for &market in Market::ALL {
        quotas.push(Quota::FargateVcpu(market));
        quotas.extend(Families::ALL.iter().map(|&of| Quota::Ec2Vcpu(market, of)));
    }
    for quota in quotas {
        let fact = quota.fact();
        assert!(fact.source.starts_with("https://docs.aws.amazon.com/"));
        let crossed = Crossed {
            quota,
            used: Decimal::from(fact.limit + 1),
            taker: Taker::Pieces,
            fact,
        };
        let text = sentence(&crossed, &book());
        let assumed = text.contains("The default is assumed.");
        assert_eq!(assumed, fact.grade == Grade::Assumed, "{text}");
        assert!(text.contains("raised"), "{text}");
    }
}
