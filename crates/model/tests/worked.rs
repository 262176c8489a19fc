//! Whole scenarios, worked out by hand and by brute force, against the model's answer.
//!
//! The first half states totals that were derived with pencil and paper from the rules
//! (`docs/model.md`) and the prices of the us-east-1 book; each test shows the derivation. The
//! second half searches every instance type again, hour by hour and in whole numbers, written
//! from the rules alone.

#[path = "worked/brute.rs"]
mod brute;
#[path = "worked/build.rs"]
mod build;

use build::{Build, assert_cents, assert_exact, total};

/// 12 tasks of 0.5 vCPU and 1 GiB, always on.
fn api() -> Build {
    Build::constant("0.5", "1", 12)
}

#[test]
fn fargate_bills_vcpu_and_memory_by_the_hour() {
    // 0.5 vCPU and 1 GiB are a legal size. Task-hours: 12 x 730 = 8,760.
    // x86: 8,760 x (0.5 x 0.04048 + 0.004445) = 8,760 x 0.024685 = 216.2406
    assert_exact(&api(), "fargate-x86_64-on_demand", "216.2406");
    // Arm: 8,760 x (0.5 x 0.03238 + 0.00356) = 8,760 x 0.01975 = 173.01
    assert_exact(&api(), "fargate-arm64-on_demand", "173.01");
    // A month of 720 hours: 12 x 720 x 0.024685 = 213.2784
    assert_exact(&api().month(720), "fargate-x86_64-on_demand", "213.2784");
}

#[test]
fn fargate_rounds_a_task_up_to_the_cheapest_legal_size() {
    // 0.3 vCPU and 3.5 GiB: 0.5 vCPU takes up to 4 GiB, so 0.5 and 4.
    // 730 x (0.5 x 0.04048 + 4 x 0.004445) = 730 x 0.03802 = 27.7546
    let odd = Build::constant("0.3", "3.5", 1);
    assert_exact(&odd, "fargate-x86_64-on_demand", "27.7546");
    // 9 vCPU and 20 GiB: 16 vCPU begin at 32 GiB.
    // 730 x (16 x 0.04048 + 32 x 0.004445) = 730 x 0.78992 = 576.6416
    let large = Build::constant("9", "20", 1);
    assert_exact(&large, "fargate-x86_64-on_demand", "576.6416");
}

#[test]
fn fargate_bills_storage_beyond_20_gib_at_one_price() {
    // 100 GiB: 80 x 8,760 x 0.000111 = 77.7888 more than 216.2406.
    let scratch = api().ephemeral(100);
    assert_exact(&scratch, "fargate-x86_64-on_demand", "294.0294");
    // Beyond Fargate's 200 GiB it is an EBS volume per task: 12 tasks all month of (300 - 20)
    // GiB at 0.08 = 268.80.
    let volume = api().ephemeral(300);
    assert_exact(&volume, "fargate-x86_64-on_demand", "485.0406");
}

#[test]
fn fargate_bills_the_windows_licence_apart() {
    // 10 tasks of 1 vCPU and 2 GiB: 7,300 x (0.046552 + 0.046 + 2 x 0.00511175)
    // = 7,300 x 0.1027755 = 750.26115
    let windows = Build::constant("1", "2", 10).windows();
    assert_exact(&windows, "fargate-x86_64-on_demand", "750.26115");
}

#[test]
fn a_compute_savings_plan_commits_whole_thousandths_of_a_dollar() {
    // x86: both dimensions save 20 %, so memory, with the lower rate, is covered first; in an
    // hour 6 x 0.032384 + 12 x 0.003556 = 0.236976. Steps at either side:
    // 0.237 costs 0.237; 0.236 leaves 0.000976 of plan, 0.00122 on demand, in all 0.23722.
    // So 0.237 x 730 = 173.01.
    assert_exact(&api(), "fargate-x86_64-compute_sp_1y_no_upfront", "173.01");
    // Arm: memory saves more (0.0028 / 0.00356 = 78.7 %, vCPU 0.0255 / 0.03238 = 78.8 %).
    // In an hour 6 x 0.0255 + 12 x 0.0028 = 0.1866. 0.187 costs 0.187; 0.186 leaves 0.0006 of
    // plan of vCPU, on demand 0.0006 x 0.03238 / 0.0255 = 0.000761882..., in all 0.186761882.
    // So 730 x 0.186761882... = 136.336174...
    assert_cents(&api(), "fargate-arm64-compute_sp_1y_no_upfront", "136.34");
}

#[test]
fn a_spot_mix_splits_the_tasks_and_bills_each_leg() {
    // Half of 12 on Spot: 4,380 task-hours each.
    // 4,380 x 0.024685 = 108.1203; 4,380 x (0.5 x 0.01288561 + 0.00141493)
    // = 4,380 x 0.007857735 = 34.4168793; together 142.5371793.
    let half = api().spot(0, 50, 50);
    assert_exact(&half, "fargate-x86_64-spot_mix", "142.5371793");
    // Base 2, weights 1 : 3 of the other ten: 2.5 and 7.5, the tie to on-demand: 5 and 7.
    // 730 x (5 x 0.024685 + 7 x 0.007857735) = 730 x 0.178429145 = 130.25327585
    let based = api().spot(2, 1, 3);
    assert_exact(&based, "fargate-x86_64-spot_mix", "130.25327585");
}

#[test]
fn an_own_fleet_of_one_type_pays_instances_and_volumes() {
    // m6g.medium: 1 vCPU holds 2 tasks; memory floor(4,096 x 0.97) - 256 = 3,717 MiB holds 3;
    // 4 interfaces. Two zones of 6 tasks: 3 instances each, 6 in all.
    // 6 x 730 x 0.0385 = 168.63, volumes 6 x 30 x 0.08 = 14.40: 183.03.
    assert_exact(&api(), "ec2-arm64-on_demand", "183.03");
    // c6a.xlarge: 4 vCPU hold 8; floor(8,192 x 0.97) - 256 = 7,690 MiB hold 7. One per zone.
    // 2 x 730 x 0.153 = 223.38, volumes 4.80: 228.18.
    assert_exact(&api(), "ec2-x86_64-on_demand", "228.18");
    // Volumes switched off.
    assert_exact(&api().without_ebs(), "ec2-arm64-on_demand", "168.63");
}

#[test]
fn managed_scaling_keeps_more_than_is_needed_below_a_target_of_100() {
    // 6 m6g.medium needed, ceil(6 / 0.8) = 8 run: 8 x (730 x 0.0385 + 2.40) = 244.04.
    // (c6g.large would need 4 and run 5: 5 x (730 x 0.068 + 2.40) = 260.20.)
    let target = api().target(80);
    assert_exact(&target, "ec2-arm64-on_demand", "244.04");
    // Managed Instances have no target: as without, see below.
    assert_exact(&target, "managed_instances-arm64-on_demand", "235.1872");
}

#[test]
fn managed_instances_pay_a_fee_and_a_larger_volume() {
    // More than one vCPU, and no memory kept back. c6g.xlarge: floor(8,192 x 0.97) = 7,946 MiB
    // hold 7 tasks, one instance per zone: 2 x 730 x 0.136 = 198.56, fee 12 % of it = 23.8272,
    // volumes 2 x 80 x 0.08 = 12.80: 235.1872.
    assert_exact(&api(), "managed_instances-arm64-on_demand", "235.1872");
    // c6a.xlarge: 223.38 + 26.8056 + 12.80 = 262.9856.
    assert_exact(&api(), "managed_instances-x86_64-on_demand", "262.9856");
}

#[test]
fn a_reservation_is_held_all_month() {
    // Always on, so all are reserved. m6g.medium: 6 x (730 x 0.0241 + 2.40) = 119.958.
    assert_exact(&api(), "ec2-arm64-ri_1y_no_upfront", "119.958");
    // c5a.xlarge: 2 x (730 x 0.097 + 2.40) = 146.42.
    assert_exact(&api(), "ec2-x86_64-ri_1y_no_upfront", "146.42");
    // The fee stays on the undiscounted price. c6g.xlarge: 2 x 730 x (0.0857 + 0.12 x 0.136)
    // = 148.9492, volumes 12.80: 161.7492.
    assert_exact(
        &api(),
        "managed_instances-arm64-ri_1y_no_upfront",
        "161.7492",
    );
}

#[test]
fn a_savings_plan_covers_the_one_type_that_has_a_rate() {
    // m7g.large: 2 vCPU hold 4 tasks, two a zone, 4 in all: 4 x 0.0599 = 0.2396 in an hour.
    // 0.24 costs 0.24; 0.239 leaves 0.0006 of plan, on demand 0.0006 x 0.0816 / 0.0599
    // = 0.000817362..., in all 0.239817362. 730 x that = 175.066674..., volumes 9.60: 184.666674.
    assert_cents(&api(), "ec2-arm64-compute_sp_1y_no_upfront", "184.67");
}

#[test]
fn a_spot_fleet_costs_the_mean_of_three_families() {
    // Half of 12. On-demand, 3 tasks a zone: c6g.large (2 vCPU hold 4, floor(4,096 x 0.97) - 256
    // = 3,717 MiB hold 3): 2 x (730 x 0.068 + 2.40) = 104.08. Two instances are the floor, so
    // the Spot leg has none of its own.
    // Spot, 3 tasks a zone, the cheapest of each family:
    //   m6g.medium (2 tasks)  4 x (730 x 0.0089 + 2.40) = 35.588
    //   c6g.large (3 tasks)   2 x (730 x 0.0212 + 2.40) = 35.752
    //   c7g.large (3 tasks)   2 x (730 x 0.0222 + 2.40) = 37.212
    // mean 36.184; together 140.264.
    let half = api().spot(0, 50, 50);
    assert_exact(&half, "ec2-arm64-spot_mix", "140.264");
    // Managed x86: on-demand c6a.large, 2 x (730 x 0.0765 x 1.12 + 6.40) = 137.8928; Spot, each
    // with 12 % of its on-demand price:
    //   c6a.large       2 x (730 x (0.0275 + 0.00918) + 6.40)   = 66.3528
    //   c5a.large       2 x (730 x (0.0285 + 0.00924) + 6.40)   = 67.9004
    //   m8i-flex.large  2 x (730 x (0.026 + 0.01206...) + 6.40) = 68.37636
    // mean 67.543186...; together 205.435986...
    assert_cents(&half, "managed_instances-x86_64-spot_mix", "205.44");
}

#[test]
fn a_schedule_pays_for_booting_and_scaling_in() {
    // 12 hours on 5 days, nothing else. Fargate: 720 task-hours a week x 730 / 168 x 0.024685
    // = 77.2287857...
    let office = Build::schedule("0.5", "1", 12, 0, 12, 5);
    assert_cents(&office, "fargate-x86_64-on_demand", "77.23");
    // 6 m6g.medium for 60 hours, and on each of 5 days 6 x (5 + 15) / 60 = 2 hours: 370 a week,
    // x 730 / 168 = 1,607.738 a month. x 0.0385 = 61.8979..., volumes 30 x 370 / 168 x 0.08
    // = 5.2857...: 67.1836...
    assert_cents(&office, "ec2-arm64-on_demand", "67.18");
}

#[test]
fn a_gpu_service_keeps_one_instance_when_idle() {
    // 7 vCPU, 28 GiB and an A10G, 4 tasks for 60 hours a week and 1 otherwise. g5.2xlarge holds
    // one: 8 vCPU, floor(32,768 x 0.97) - 256 = 31,528 MiB, one GPU.
    // 4 x 60 + 108 = 348 hours, and 5 times 3 x 20 / 60 = 1 hour: 353 a week.
    // 353 x 730 / 168 x 1.212 = 1,859.0492..., volumes 30 x 353 / 168 x 0.08 = 5.0428...
    let inference = Build::schedule("7", "28", 4, 1, 12, 5).gpu("1", "A10G");
    assert_cents(&inference, "ec2-x86_64-on_demand", "1864.09");
    // Managed: fee 7.8 % on G, no reserve: 353 x 730 / 168 x 1.212 x 1.078 = 2,004.0551...,
    // volumes 80 x 353 / 168 x 0.08 = 13.4476...
    assert_cents(&inference, "managed_instances-x86_64-on_demand", "2017.50");
    // No GPU on Fargate.
    assert_eq!(total(&inference, "fargate-x86_64-on_demand"), None);
}

#[test]
fn jobs_pay_image_pulls_on_fargate_and_bursts_on_fleets() {
    // 24 runs a day of 10 tasks of 2 vCPU and 4 GiB, 12 minutes and 30 seconds of pull each.
    let batch = Build::jobs("2", "4", 24, 10, 12_000, 30);
    // Fargate: 240 tasks x 750 s = 50 hours a day, x 730 / 24 = 1,520.8333...
    // x86: x (2 x 0.04048 + 4 x 0.004445) = x 0.09874 = 150.167083...
    assert_cents(&batch, "fargate-x86_64-on_demand", "150.17");
    // EC2: one run at a time (24 x 12 = 288 minutes). m6g.xlarge: 4 vCPU hold 2 tasks, 5 hold
    // the run (one zone). Bursts: 24 x (12 + 20) / 60 x 5 = 64 hours a day against 24 x 5 kept
    // warm. 64 x 730 / 24 x 0.154 = 299.78666..., volumes 30 x 64 / 24 x 0.08 = 6.40.
    assert_cents(&batch, "ec2-arm64-on_demand", "306.19");
}

/// Overlapping runs: a reservation covers what stands at a time, not one share of every run. One
/// task of 1 vCPU and 2 GiB an hour, 48 times a day: each of two runs at a time pays 20 minutes
/// more, so the day holds 48 x 80 / 60 = 64 instance-hours, and 64 / 24 = 2.67 stand on average.
/// A single reservation can cover 24 of the 64 hours at most.
#[test]
fn a_reservation_covers_no_more_than_stands_at_a_time() {
    let link =
        "v=1&term=1y&ebs=off&name=j&arch=x86_64&vcpu=1&mem=2&load=jobs&tasks=1&runs=48&minutes=60";
    let scenario = berth_model::share::decode(link).scenario.unwrap();
    let book =
        berth_model::prices::PriceBook::parse(berth_model::prices::embedded::US_EAST_1).unwrap();
    let answer = &berth_model::evaluate(&scenario, &book)[0];
    let total = |id: &str| {
        let option = berth_model::option::OptionId::from_id(id).unwrap();
        answer.option(option).unwrap().priced().unwrap().total
    };
    let (reserved, on_demand) = (
        total("ec2-x86_64-ri_1y_no_upfront"),
        total("ec2-x86_64-on_demand"),
    );
    // The deepest one-year reservation in the book is far from half price.
    assert!(
        reserved.scaled(2.into()) > on_demand,
        "{reserved:?} against {on_demand:?}"
    );
}
