//! Cases of one's own, worked out by hand: every key that a published case may have, in
//! combinations that the published ones here do not show.

use crate::run::Report;

/// Kind, model, inputs, expected.
const VARIANTS: &[(&str, &str, &str, &str)] = &[
    // 2 tasks x 3 h: 2 vCPU at 0.0006 a minute, 4 GB at 0.00006.
    (
        "fargate_cost",
        "fargate",
        r#"{"region": "x", "os": "linux", "arch": "arm64", "capacity": "FARGATE", "tasks": 2,
            "vcpu_per_task": 2, "memory_gb_per_task": 4, "task_hours_per_task": 3,
            "price": {"vcpu_minute_usd": 0.0006, "gb_minute_usd": 0.00006}}"#,
        r#"{"vcpu": 0.432, "memory": 0.0864, "os": 0.0, "storage": 0.0, "total": 0.5184,
            "per_task": 0.2592, "hourly": 0.1728}"#,
    ),
    // A discount is off vCPU and memory, not off storage: 10 GB beyond 20 at 0.0001 an hour.
    (
        "fargate_cost",
        "fargate",
        r#"{"os": "linux", "capacity": "FARGATE_SPOT", "tasks": 10, "vcpu_per_task": 1,
            "memory_gb_per_task": 2, "ephemeral_gb_per_task": 30, "task_hours_per_task": 100,
            "as_written": "ten tasks",
            "price": {"vcpu_hour_usd": 0.04, "gb_hour_usd": 0.004, "spot_discount": 0.7,
            "storage_gb_hour_usd": 0.0001}}"#,
        r#"{"vcpu": 12.0, "memory": 2.4, "storage": 1.0, "total": 15.4}"#,
    ),
    // Units of time may be mixed; a price of storage beside no storage bills nothing.
    (
        "fargate_cost",
        "fargate",
        r#"{"os": "linux", "tasks": 1, "vcpu_per_task": 0.25, "memory_gb_per_task": 0.5,
            "ephemeral_gb_per_task": 20, "task_hours_per_task": 2,
            "price": {"vcpu_hour_usd": 0.04, "gb_second_usd": 0.000001,
            "storage_gb_second_usd": 0.00000003}}"#,
        r#"{"vcpu": 0.02, "memory": 0.0036, "storage": 0.0, "total": 0.0236}"#,
    ),
    // The licence is billed for each vCPU and second.
    (
        "fargate_cost",
        "fargate",
        r#"{"os": "windows", "tasks": 2, "vcpu_per_task": 2, "memory_gb_per_task": 8,
            "ephemeral_gb_per_task": 25, "task_hours_per_task": 0.5,
            "price": {"vcpu_second_usd": 0.00002, "gb_second_usd": 0.000002,
            "os_vcpu_second_usd": 0.00001, "storage_gb_second_usd": 0.00000004}}"#,
        r#"{"vcpu": 0.144, "memory": 0.0576, "os": 0.072, "storage": 0.00072, "total": 0.27432}"#,
    ),
    // Another currency is one as well.
    (
        "fargate_cost",
        "fargate",
        r#"{"os": "linux", "tasks": 3, "vcpu_per_task": 4, "memory_gb_per_task": 8,
            "task_hours_per_task": 10, "price": {"vcpu_hour_aud": 0.06, "gb_hour_aud": 0.007,
            "spot_discount": 0.5}}"#,
        r#"{"vcpu": 3.6, "memory": 0.84, "total": 4.44, "hourly": 0.444, "per_task": 1.48}"#,
    ),
    // 2 x 100 h x 0.1 x 0.4 of Spot, 400 vCPU-hours of credits, 2 x 50 GB for 100 of 730 hours.
    (
        "ec2_cost",
        "ec2",
        r#"{"region": "x", "instance_type": "t3.large", "os": "rhel", "purchase": "spot",
            "count": 2, "hours": 100, "price_hour_usd": 0.1, "spot_discount": 0.6,
            "cpu_credit_vcpu_hours": 400, "cpu_credit_usd": 0.05, "ebs_gb": 50,
            "ebs_gb_month_usd": 0.073, "ebs_prorated_hours": 730}"#,
        r#"{"compute": 8.0, "cpu_credits": 20.0, "ebs": 1.0, "total": 29.0}"#,
    ),
    (
        "ec2_cost",
        "ec2",
        r#"{"count": 3, "hours": 10, "price_hour_usd": 1, "ebs_gb": 100, "ebs_gb_month_usd": 0.1,
            "purchase": "ri_standard_3y_all_upfront"}"#,
        r#"{"compute": 30.0, "cpu_credits": 0.0, "ebs": 30.0, "total": 60.0}"#,
    ),
    (
        "ec2_cost",
        "ebs",
        r#"{"region": "x", "gb": 500, "gb_month_usd": 0.08}"#,
        r#"{"storage": 40.0}"#,
    ),
    // User guide: scenario 1 and 3 of `apply_ri`, half a large, bare metal both ways.
    (
        "ec2_cost",
        "ri_apply",
        r#"{"reserved": [{"type": "m3.large", "count": 4}, {"type": "m4.large", "count": 4},
            {"type": "c4.large", "count": 1}],
            "running": [{"type": "m3.large", "count": 4}, {"type": "m4.xlarge", "count": 2},
            {"type": "c4.xlarge", "count": 1}]}"#,
        r#"{"covered_instances": {"m3.large": 4.0, "m4.xlarge": 2.0, "c4.xlarge": 0.5}}"#,
    ),
    (
        "ec2_cost",
        "ri_apply",
        r#"{"reserved": [{"type": "c4.xlarge", "count": 2}],
            "running": [{"type": "c4.2xlarge", "count": 1}, {"type": "c4.xlarge", "count": 2}]}"#,
        r#"{"covered_instances": {"c4.xlarge": 2.0, "c4.2xlarge": 0.0}}"#,
    ),
    (
        "ec2_cost",
        "ri_apply",
        r#"{"reserved": [{"type": "t2.medium", "count": 1}],
            "running": [{"type": "t2.large", "count": 1}]}"#,
        r#"{"covered_instances": {"t2.large": 0.5}}"#,
    ),
    (
        "ec2_cost",
        "ri_apply",
        r#"{"reserved": [{"type": "i3.metal", "count": 1}],
            "running": [{"type": "i3.4xlarge", "count": 4}, {"type": "i3en.large", "count": 1}]}"#,
        r#"{"covered_instances": {"i3.4xlarge": 4.0}}"#,
    ),
    (
        "ec2_cost",
        "ri_apply",
        r#"{"reserved": [{"type": "i3.8xlarge", "count": 2}],
            "running": [{"type": "i3.metal", "count": 1}]}"#,
        r#"{"covered_instances": {"i3.metal": 1.0}}"#,
    ),
    // Four instances for a quarter, and for half an hour, under one reservation.
    (
        "ec2_cost",
        "ri_seconds",
        r#"{"ri_count": 1, "instances": 4, "seconds_each": 900}"#,
        r#"{"ri_hours": 1.0, "on_demand_hours": 0.0}"#,
    ),
    (
        "ec2_cost",
        "ri_seconds",
        r#"{"ri_count": 1, "instances": 4, "seconds_each": 1800}"#,
        r#"{"ri_hours": 1.0, "on_demand_hours": 1.0}"#,
    ),
    (
        "ec2_cost",
        "ri_seconds",
        r#"{"ri_count": 3, "instances": 2, "seconds_each": 1200}"#,
        r#"{"ri_hours": 0.6666667, "on_demand_hours": 0.0}"#,
    ),
    (
        "ec2_cost",
        "ri_factor",
        r#"{"commitment_factor": 8, "resources": [4, 4], "on_demand_usd": 2.0,
            "committed_usd": 1.0}"#,
        r#"{"covered": [1.0, 1.0], "on_demand_cost": 0.0, "amortized_cost": 2.0}"#,
    ),
    (
        "ec2_cost",
        "ri_factor",
        r#"{"commitment_factor": 6, "resources": [8, 2]}"#,
        r#"{"covered": [0.5, 1.0]}"#,
    ),
    (
        "ec2_cost",
        "odcr",
        r#"{"reserved": 5, "used": 0}"#,
        r#"{"charged_active": 0, "charged_unused": 5}"#,
    ),
    (
        "ec2_cost",
        "odcr",
        r#"{"reserved": 5, "used": 7}"#,
        r#"{"charged_active": 7, "charged_unused": 0}"#,
    ),
    (
        "ec2_cost",
        "odcr_hours",
        r#"{"hours": 24, "minutes": 15}"#,
        r#"{"reservation_hours": 24.25}"#,
    ),
    (
        "ec2_cost",
        "odcr_hours",
        r#"{"minutes": 20}"#,
        r#"{"reservation_hours": 0.3333333}"#,
    ),
    // 9 tasks of 512 units and 1,500 MiB, 2,048 units and 7,680 MiB: 4 to an instance, by CPU.
    (
        "capacity_reservation",
        "cpr",
        r#"{"tasks": 9, "task": {"cpu_units": 512, "memory_mib": 1500},
            "instance": {"cpu_units": 2048, "memory_mib": 7680}, "instances_running_N": 2,
            "instances_needed_M": 3, "target_capacity": 80}"#,
        r#"{"metric": 150.0, "desired": 4}"#,
    ),
    (
        "capacity_reservation",
        "cpr",
        r#"{"tasks": 9, "task": {"memory_mib": 2000}, "instance": {"memory_mib": 7680},
            "instances_running_N": 4}"#,
        r#"{"metric": 75.0, "desired": 3}"#,
    ),
    (
        "capacity_reservation",
        "cpr",
        r#"{"instances_needed_M": 5, "instances_running_N": 0, "target_capacity": 100}"#,
        r#"{"metric": 200, "desired": 2}"#,
    ),
    (
        "capacity_reservation",
        "cpr",
        r#"{"instances_needed_M": 8, "target_capacity": 80}"#,
        r#"{"desired": 10}"#,
    ),
    (
        "capacity_reservation",
        "cpr_empty",
        r#"{"empty_instances": 0}"#,
        r#"{"metric": 100}"#,
    ),
    (
        "breakeven",
        "multiplier",
        r#"{"utilisation": 0.8}"#,
        r#"{"multiplier": 1.25}"#,
    ),
    (
        "breakeven",
        "compare",
        r#"{"fargate": {"tasks": 1, "vcpu": 1, "memory_gb": 2, "task_hours_per_task": 100,
            "vcpu_hour_usd": 0.04, "gb_hour_usd": 0.005},
            "ec2": {"price_hour_usd": 0.1, "count": 1, "hours": 100}}"#,
        r#"{"fargate": 5.0, "ec2": 10.0, "winner": "fargate", "saving_pct": 50.0}"#,
    ),
    (
        "eni_density",
        "eni_rule",
        r#"{"instance_type": "c5.large", "eni_limit": 3}"#,
        r#"{"without_trunking": 2}"#,
    ),
    (
        "eni_density",
        "eni_rule",
        r#"{"eni_limit": 15}"#,
        r#"{"without_trunking": 14}"#,
    ),
    (
        "eni_density",
        "eni_unsupported",
        r#"{"instance_type": "g4dn.12xlarge"}"#,
        r#"{"without_trunking": 7, "trunking_supported": false}"#,
    ),
    (
        "eni_density",
        "eni_unsupported",
        r#"{"instance_type": "t3.medium"}"#,
        r#"{"without_trunking": 2, "trunking_supported": false}"#,
    ),
    (
        "eni_density",
        "eni",
        r#"{"instance_type": "c5n.large"}"#,
        r#"{"without_trunking": 2, "with_trunking": null, "eni_limit": 3}"#,
    ),
    (
        "fargate_valid_size",
        "valid_size",
        r#"{"os": "windows", "cpu_units": 512, "memory_mib": 1024}"#,
        r#"{"valid": false}"#,
    ),
    (
        "fargate_valid_size",
        "valid_size",
        r#"{"os": "linux", "cpu_units": 256, "memory_mib": 512, "ephemeral_gib": 201,
            "as_written": {"cpu": "256"}}"#,
        r#"{"valid": false}"#,
    ),
    (
        "managed_instances_cost",
        "mi_hour",
        r#"{"region": "x", "instance_type": "m5.large", "ec2_on_demand_hour_usd": 0.1,
            "ec2_paid_hour_usd": 0.04, "fee_rate": 0.12}"#,
        r#"{"fee_hour": 0.012, "total_hour": 0.052}"#,
    ),
    (
        "managed_instances_cost",
        "mi_rate",
        r#"{"total_usd": 122, "fee_usd": 12, "ebs_usd": 10}"#,
        r#"{"implied_fee_rate": 0.12}"#,
    ),
    // 2 of 4 are reserved; one of the other two at 0.6 of the plan of the family; 0.7 of the
    // Compute Savings Plan for the second, and 0.3 of it for 10 vCPU of Fargate.
    (
        "savings_plan",
        "sp_hour",
        r#"{"usage": [{"name": "r5.4xlarge", "units": 4, "od": 1.0, "csp": 0.7, "isp": 0.6},
            {"name": "fargate_vcpu", "units": 20, "od": 0.04, "csp": 0.03}],
            "ri": {"r5.4xlarge": 2}, "instance_sp_commit": 0.6, "instance_sp_family": "r5",
            "compute_sp_commit": 1.0}"#,
        r#"{"instance_sp_used": 0.6, "sp_used": 1.0, "on_demand_charges": 0.4,
            "on_demand_without_sp": 4.8, "total_charge": 2.0}"#,
    ),
    (
        "savings_plan",
        "sp_hour",
        r#"{"usage": [{"name": "m5.large", "units": 2, "od": 0.1, "csp": 0.07, "isp": 0.06}],
            "compute_sp_commit": 0, "instance_sp_commit": 0.5, "instance_sp_family": "r5",
            "ri": {}}"#,
        r#"{"instance_sp_used": 0.0, "sp_used": 0.0, "on_demand_charges": 0.2,
            "total_charge": 0.7}"#,
    ),
    (
        "savings_plan",
        "sp_simple",
        r#"{"commit": 1.8, "sp_rate": 0.9, "od_rate": 1.0, "instances": 3}"#,
        r#"{"total": 2.8}"#,
    ),
    // 10 tasks, of which 7 stand on the provider that would get 4.
    (
        "strategy_split",
        "split",
        r#"{"total_tasks": 10, "already_running": {"A": 7}, "strategy": [
            {"provider": "A", "base": 2, "weight": 1}, {"provider": "B", "weight": 3}]}"#,
        r#"{"A": 7, "B": 3, "valid": true}"#,
    ),
    (
        "strategy_split",
        "split",
        r#"{"total_tasks": 10, "already_running": 4, "strategy": [
            {"provider": "A", "base": 2, "weight": 1}, {"provider": "B", "weight": 3}]}"#,
        r#"{"A": 4, "B": 6}"#,
    ),
    (
        "strategy_split",
        "split",
        r#"{"total_tasks": 1, "strategy": [{"provider": "A", "weight": 0},
            {"provider": "B", "weight": 0}]}"#,
        r#"{"valid": false}"#,
    ),
];

#[test]
fn every_key_is_understood() {
    let cases: Vec<String> = VARIANTS
        .iter()
        .enumerate()
        .map(|(place, (kind, model, inputs, expected))| {
            format!(
                r#"{{"id": "variant {place}", "kind": "{kind}", "model": "{model}",
                "inputs": {inputs}, "expected": {expected}, "tolerance": {{"abs": 0}},
                "use": "golden"}}"#
            )
        })
        .collect();
    let mut report = Report::default();
    report.read_file("variants", &format!("[{}]", cases.join(",")));
    assert!(report.failures().is_empty(), "{report}");
}
