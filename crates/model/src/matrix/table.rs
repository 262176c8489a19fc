//! What holds for every workload: a text and a score for each criterion and class, with source and
//! date. Cells that follow the inputs replace theirs (`live`).

use crate::criteria::Criterion;

/// What there is to say of a criterion.
pub(super) struct Data {
    /// Where it comes from: pages of the ECS developer guide unless it says otherwise.
    pub(super) source: &'static str,
    /// The day or month as of which the source says so.
    pub(super) date: &'static str,
    /// By what its scores are given; empty for money, which has none.
    pub(super) scale: &'static str,
    /// Text and score of Fargate, Fargate Spot, EC2, EC2 Spot, Managed Instances and Managed
    /// Instances Spot.
    pub(super) cells: [(&'static str, u8); 6],
}

/// The developer guide, as of this month.
const GUIDE: &str = "2026-10";

/// The API reference, as of this day.
const API: &str = "2026-08-07";

/// A criterion of money: its cells have no score.
const fn money(source: &'static str, date: &'static str, texts: [&'static str; 6]) -> Data {
    let [fargate, fargate_spot, ec2, ec2_spot, managed, managed_spot] = texts;
    Data {
        source,
        date,
        scale: "",
        cells: [
            (fargate, 0),
            (fargate_spot, 0),
            (ec2, 0),
            (ec2_spot, 0),
            (managed, 0),
            (managed_spot, 0),
        ],
    }
}

const fn scored(
    source: &'static str,
    date: &'static str,
    scale: &'static str,
    cells: [(&'static str, u8); 6],
) -> Data {
    Data {
        source,
        date,
        scale,
        cells,
    }
}

/// What there is to say of a criterion.
#[expect(clippy::too_many_lines, reason = "one table, read as one")]
pub(super) const fn data(criterion: Criterion) -> Data {
    match criterion {
        Criterion::Cost => money(
            "prices of the region; commitments within the scenario's limit",
            "the day of each price",
            ["no bill"; 6],
        ),
        Criterion::SteadyCost => money(
            "prices of the region; plan-types (Savings Plans user guide)",
            "the day of each price",
            ["no bill"; 6],
        ),
        Criterion::UnevenCost => money(
            "an outcome of packing; Fargate bills tasks by the second; ManagedInstances",
            GUIDE,
            ["no bill"; 6],
        ),
        Criterion::Commitments => money(
            "plan-types (Savings Plans user guide); managed-instances-instance-types",
            GUIDE,
            [
                "Compute Savings Plans; none has a price here",
                "none covers Spot",
                "Savings Plans and Reserved Instances; none has a price here",
                "none covers Spot",
                "Savings Plans and Reserved Instances, not for the fee; none has a price here",
                "none covers Spot",
            ],
        ),
        Criterion::Spot => money(
            "Spot feeds, dated in the price book; the words “up to 70 %” and “up to 90 %” are AWS's",
            GUIDE,
            [
                "use Fargate Spot",
                "up to 70 %, AWS says; set a Spot share",
                "use a Spot provider of its own",
                "up to 90 %, AWS says; set a Spot share",
                "a Spot provider of its own; the fee stays",
                "up to 90 %, AWS says; set a Spot share",
            ],
        ),
        Criterion::BillingUnit => money(
            "aws.amazon.com/fargate/pricing; aws.amazon.com/ecs/pricing",
            "2026-09-20",
            [
                "vCPU and GB of each task, at least a minute",
                "vCPU and GB of each task, at least a minute",
                "instances, at least a minute",
                "instances, at least a minute",
                "instances and their fee, at least a minute",
                "instances and their fee, at least a minute",
            ],
        ),
        Criterion::Operations => scored(
            "ManagedInstances; capacity-launch-type-comparison",
            GUIDE,
            "4: nothing to run; 0: image, agent, scaling group and interruptions are yours",
            [
                ("least: no hosts", 4),
                ("no hosts, but code must survive interruption", 3),
                ("image, agent and scaling group are yours", 1),
                ("most: the same, and draining on interruption", 0),
                ("little: roles and subnets; AWS runs the hosts", 3),
                ("the same, and code must survive interruption", 2),
            ],
        ),
        Criterion::Patching => scored(
            "managed-instances-patching; API PutAccountSetting",
            GUIDE,
            "4: AWS's work, task by task; 0: yours",
            [
                ("AWS: it retires tasks on outdated revisions", 4),
                ("AWS: it retires tasks on outdated revisions", 4),
                ("you", 0),
                ("you", 0),
                ("AWS: it replaces each instance in 14 to 21 days", 3),
                ("AWS: it replaces each instance in 14 to 21 days", 3),
            ],
        ),
        Criterion::Start => scored(
            "fargate-tasks-services; managed-scaling-behavior",
            GUIDE,
            "4: at once, on a warm host; 1: a new machine, a full pull, and a wait for capacity",
            [
                ("a new machine and a full image pull; a SOCI index helps", 2),
                ("the same, and it may wait for capacity", 1),
                (
                    "fast on a warm host with the image cached; minutes for a new host",
                    3,
                ),
                ("the same, and the host may be taken back", 2),
                ("fast on a warm host; minutes for a new host", 3),
                ("the same, and the host may be taken back", 2),
            ],
        ),
        Criterion::Isolation => scored(
            "fargate-security-considerations; ec2-security-considerations; managed-instances-security",
            GUIDE,
            "4: a virtual machine for each task; 2: your own tasks share a kernel, other customers never do",
            [
                ("a virtual machine each", 4),
                ("a virtual machine each", 4),
                ("your own tasks share a kernel; other customers never do", 2),
                ("your own tasks share a kernel; other customers never do", 2),
                (
                    "your own tasks share a kernel; single-task mode avoids it",
                    2,
                ),
                (
                    "your own tasks share a kernel; single-task mode avoids it",
                    2,
                ),
            ],
        ),
        Criterion::LongestRun => scored(
            "fargate-capacity-providers; managed-instances-patching; API PutAccountSetting",
            GUIDE,
            "4: as long as you like; 0: every task can end at two minutes' notice",
            [
                ("until AWS retires the task, at 0 to 14 days' notice", 3),
                ("tasks on Spot can end at two minutes' notice", 0),
                ("as long as you like", 4),
                ("tasks on Spot can end at two minutes' notice", 0),
                ("14 to 21 days", 2),
                ("tasks on Spot can end at two minutes' notice", 0),
            ],
        ),
        Criterion::ScaleToZero => scored(
            "managed-scaling-behavior; ManagedInstances",
            GUIDE,
            "4: no task, no cost; 2: a group that empties by minutes and starts again with two instances",
            [
                ("no task, no cost", 4),
                ("no task, no cost", 4),
                (
                    "the group empties within minutes; it starts again with two instances",
                    2,
                ),
                (
                    "the group empties within minutes; it starts again with two instances",
                    2,
                ),
                ("idle instances are removed", 3),
                ("idle instances are removed", 3),
            ],
        ),
        Criterion::Guarantee => scored(
            "API InstanceLaunchTemplate; EC2 user guide, capacity reservations",
            API,
            "4: can be reserved in every way; 0: cannot be reserved",
            [
                ("none to buy", 0),
                ("none", 0),
                ("capacity reservations and Capacity Blocks", 4),
                ("none", 0),
                ("a provider of reserved capacity", 3),
                ("none", 0),
            ],
        ),
        Criterion::Accelerators => scored(
            "ecs-gpu; fargate-tasks-services; API ResourceRequirement",
            GUIDE,
            "4: every kind; 3: the same, and scarce on Spot; 0: none",
            [
                ("none", 0),
                ("none", 0),
                (
                    "any GPU type, and fractions on G6f; Neuron passed in by hand",
                    4,
                ),
                ("the same, but scarce on Spot", 3),
                ("GPUs, fractions on G6f, and whole Neuron instances", 4),
                ("the same, but scarce on Spot", 3),
            ],
        ),
        Criterion::Types => scored(
            "fargate-tasks-services; managed-instances-instance-types",
            GUIDE,
            "4: twenty types or more fit; 3: five or more; 2: two or more; 1: one, or a fixed list of pairs",
            [
                ("a fixed list of pairs of vCPU and memory", 1),
                ("a fixed list of pairs of vCPU and memory", 1),
                ("any type", 4),
                ("any type", 4),
                ("by attributes or lists; no nano and no micro", 3),
                ("by attributes or lists; no nano and no micro", 3),
            ],
        ),
        Criterion::LargestTask => scored(
            "fargate-tasks-services; API RegisterTaskDefinition; the book's instance types",
            GUIDE,
            "4: room to grow fourfold; 3: twice; 2: by half; 1: it fits; 0: it does not",
            [
                ("32 vCPU and 244 GiB", 2),
                ("32 vCPU and 244 GiB, though no source says so of Spot", 2),
                ("the largest instance, up to 192 vCPU", 4),
                ("the largest instance, up to 192 vCPU", 4),
                ("the largest managed instance", 4),
                ("the largest managed instance", 4),
            ],
        ),
        Criterion::Density => scored(
            "task-placement; eni-trunking-supported-instance-types; memory-management",
            GUIDE,
            "4: packing is yours to steer; 2: AWS packs; 0: one task to a machine",
            [
                ("1: AWS decides", 0),
                ("1: AWS decides", 0),
                ("yours to steer", 4),
                ("yours to steer", 4),
                ("AWS packs, within constraints", 2),
                ("AWS packs, within constraints", 2),
            ],
        ),
        Criterion::Daemons => scored(
            "ecs_service-options; managed-daemons",
            GUIDE,
            "4: one task to an instance, as a service; 1: a sidecar in each task instead",
            [
                ("none; a sidecar in each task instead", 1),
                ("none; a sidecar in each task instead", 1),
                ("DAEMON services, one task to an instance", 4),
                ("DAEMON services, one task to an instance", 4),
                ("Managed Daemons", 3),
                ("Managed Daemons", 3),
            ],
        ),
        Criterion::Placement => scored(
            "task-placement; task_definition_parameters-managed-instances",
            GUIDE,
            "4: strategies and constraints; 2: constraints on four attributes; 0: none",
            [
                ("none", 0),
                ("none", 0),
                ("strategies and constraints", 4),
                ("strategies and constraints", 4),
                ("constraints on subnet, zone, architecture and type", 2),
                ("constraints on subnet, zone, architecture and type", 2),
            ],
        ),
        Criterion::NetworkModes => scored(
            "API NetworkMode; managed-instances-awsvpc-mode",
            API,
            "4: all modes; 2: two of them; 1: awsvpc alone",
            [
                ("awsvpc", 1),
                ("awsvpc", 1),
                ("awsvpc, bridge, host or none", 4),
                ("awsvpc, bridge, host or none", 4),
                ("awsvpc or host", 2),
                ("awsvpc or host", 2),
            ],
        ),
        Criterion::Interfaces => scored(
            "eni-trunking-supported-instance-types; managed-instances-awsvpc-mode",
            GUIDE,
            "4: no host limits them; 3: enough for what fits otherwise; 1: they run out first",
            [
                ("one to a task, and no host limits them", 4),
                ("one to a task, and no host limits them", 4),
                ("2 to 14 tasks to a host, 10 to 120 with trunking", 3),
                ("2 to 14 tasks to a host, 10 to 120 with trunking", 3),
                ("trunking by default, where the type can", 3),
                ("trunking by default, where the type can", 3),
            ],
        ),
        Criterion::LocalDisk => scored(
            "fargate-task-storage; ebs-volumes; ManagedInstances",
            GUIDE,
            "4: any size, instance stores too; 3: up to 16 TiB; 2: up to 200 GiB, and a volume beyond",
            [
                ("20 to 200 GiB; beyond it an EBS volume", 2),
                ("20 to 200 GiB; beyond it an EBS volume", 2),
                ("EBS of any size, or instance stores", 4),
                ("EBS of any size, or instance stores", 4),
                ("EBS of 30 to 16,384 GiB, or instance stores", 3),
                ("EBS of 30 to 16,384 GiB, or instance stores", 3),
            ],
        ),
        Criterion::Volumes => scored(
            "ebs-volumes; efs-volumes; wfsx-volumes; s3files-volumes",
            GUIDE,
            "3: three of EBS, EFS, FSx for Windows and S3 Files; 4 would be all",
            [
                ("EBS, EFS and S3 Files; no FSx for Windows", 3),
                ("EBS, EFS and S3 Files; no FSx for Windows", 3),
                ("EBS, EFS and FSx for Windows; no S3 Files", 3),
                ("EBS, EFS and FSx for Windows; no S3 Files", 3),
                ("EBS, EFS and S3 Files; no FSx for Windows", 3),
                ("EBS, EFS and S3 Files; no FSx for Windows", 3),
            ],
        ),
        Criterion::Windows => scored(
            "windows-considerations; API OSFamily",
            GUIDE,
            "4: yes; 2: with limits; 0: no",
            [
                ("2019 and 2022, from 1 vCPU", 2),
                ("none", 0),
                ("yes, 2025 too", 4),
                ("yes, 2025 too", 4),
                ("none", 0),
                ("none", 0),
            ],
        ),
        Criterion::Arm => scored(
            "API RuntimePlatform; What's New 2024-09",
            API,
            "4: yes; 0: no",
            [
                ("yes", 4),
                ("yes, on platform version 1.4.0", 4),
                ("yes, Graviton", 4),
                ("yes, Graviton", 4),
                ("yes, Graviton", 4),
                ("yes, Graviton", 4),
            ],
        ),
        Criterion::Privileged => scored(
            "fargate-tasks-services; managed-instances-security",
            GUIDE,
            "4: yes; 0: no",
            [
                ("none; CAP_SYS_PTRACE alone", 0),
                ("none; CAP_SYS_PTRACE alone", 0),
                ("yes", 4),
                ("yes", 4),
                ("yes", 4),
                ("yes", 4),
            ],
        ),
        Criterion::HostAccess => scored(
            "ManagedInstances; security-shared-model-managed-instances",
            GUIDE,
            "4: yes; 0: no",
            [
                ("none", 0),
                ("none", 0),
                ("SSH and Session Manager", 4),
                ("SSH and Session Manager", 4),
                ("none; ECS Exec reaches containers", 0),
                ("none; ECS Exec reaches containers", 0),
            ],
        ),
        Criterion::Compliance => scored(
            "aws.amazon.com/compliance/services-in-scope; ManagedInstances",
            GUIDE,
            "4: in scope, with a signed agreement where the programme asks for one",
            [
                ("eligible, with a signed agreement", 4),
                ("eligible, with a signed agreement", 4),
                (
                    "eligible, with a signed agreement; dedicated hosts are not required",
                    4,
                ),
                (
                    "eligible, with a signed agreement; dedicated hosts are not required",
                    4,
                ),
                ("eligible, with a signed agreement", 4),
                ("eligible, with a signed agreement", 4),
            ],
        ),
        Criterion::GuardDuty => scored(
            "ecs-guard-duty-integration",
            GUIDE,
            "4: yes; 0: no",
            [
                ("yes, by a sidecar that AWS adds", 4),
                ("yes, by a sidecar that AWS adds", 4),
                ("yes, by an agent on the host", 4),
                ("yes, by an agent on the host", 4),
                ("none", 0),
                ("none", 0),
            ],
        ),
        Criterion::Exec => scored(
            "ecs-exec; service-connect; ManagedInstances",
            GUIDE,
            "4: both; 3: Exec, and no page says so of Service Connect",
            [
                ("both", 4),
                ("both", 4),
                ("both", 4),
                ("both", 4),
                ("Exec; no page says so of Service Connect", 3),
                ("Exec; no page says so of Service Connect", 3),
            ],
        ),
        Criterion::LogDrivers => scored(
            "API LogConfiguration; task_definition_parameters-managed-instances",
            API,
            "4: those and what the agent offers; 2: awslogs, splunk and awsfirelens",
            [
                ("awslogs, splunk, awsfirelens", 2),
                ("awslogs, splunk, awsfirelens", 2),
                ("those, json-file, syslog, fluentd, gelf and journald", 4),
                ("those, json-file, syslog, fluentd, gelf and journald", 4),
                ("awslogs, splunk, awsfirelens", 2),
                ("awslogs, splunk, awsfirelens", 2),
            ],
        ),
    }
}
