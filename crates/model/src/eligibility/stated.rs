//! Rows of requirements that a person states.

use super::Ability::{self, If, No, Yes};
use super::{GUIDE, LINUX_ONLY, NO_SPOT_PROMISE, Row};
use crate::needs::Need;

const NO_HOST: Ability = No("Fargate gives no access to a host");
const NO_PRIVILEGE: Ability =
    No("Fargate takes no capability but SYS_PTRACE and no privileged containers");
const TASK_ENI: Ability = No("tasks in awsvpc mode on instances get no public address");
const DISTINCT: Ability = If("one task to an instance (placement constraint distinctInstance)");
const RETIRED: Ability =
    If("AWS retires tasks on outdated platform revisions, after 0 to 14 days' notice");
const REPLACED: Ability = If("AWS replaces each instance after 14 days, or by day 21");

/// The row of a need.
#[expect(clippy::too_many_lines, reason = "one table, read as one")]
pub(super) const fn row(need: Need) -> Row {
    match need {
        Need::Neuron => {
            const DEVICES: Ability =
                No("on EC2 Neuron devices are passed in by hand, not through resourceRequirements");
            Row {
                label: "Trainium or Inferentia through resourceRequirements",
                without: "without Neuron devices through resourceRequirements",
                cells: [
                    No("Fargate has no accelerators"),
                    No("Fargate has no accelerators"),
                    DEVICES,
                    DEVICES,
                    Yes,
                ],
                source: "API ResourceRequirement (a task takes all Neuron devices of its instance); What's New 2026-06",
                date: "2026-08-07",
            }
        }
        Need::Privileged => Row {
            label: "privileged containers or CAP_NET_ADMIN, CAP_SYS_ADMIN, CAP_BPF",
            without: "without privileged containers and those capabilities",
            cells: [NO_PRIVILEGE, NO_PRIVILEGE, Yes, Yes, Yes],
            source: "fargate-tasks-services; managed-instances-security",
            date: GUIDE,
        },
        Need::HostNamespaces => Row {
            label: "host network mode or the host's pid or ipc namespace",
            without: "without host network mode and the host's namespaces",
            cells: [NO_HOST, NO_HOST, Yes, Yes, Yes],
            source: "fargate-tasks-services; task_definition_parameters-managed-instances",
            date: GUIDE,
        },
        Need::BridgeOrDockerVolumes => {
            const MANAGED: Ability =
                No("Managed Instances have awsvpc and host mode only, and no Docker volumes");
            const FARGATE: Ability = No("Fargate has awsvpc mode only, and no Docker volumes");
            Row {
                label: "bridge mode, links or Docker volumes",
                without: "without bridge mode, links and Docker volumes",
                cells: [FARGATE, FARGATE, Yes, Yes, MANAGED],
                source: "fargate-tasks-services; task_definition_parameters-managed-instances",
                date: GUIDE,
            }
        }
        Need::CustomAmi => Row {
            label: "an own machine image, a kernel module or SSH to the host",
            without: "without an own machine image, kernel modules and SSH to the host",
            cells: [
                NO_HOST,
                NO_HOST,
                Yes,
                Yes,
                No("AWS builds and locks the image of Managed Instances"),
            ],
            source: "ManagedInstances; security-shared-model-managed-instances",
            date: GUIDE,
        },
        Need::DaemonService => {
            const SIDECAR: Ability =
                No("Fargate has no DAEMON services; a sidecar in each task takes their place");
            Row {
                label: "an ECS service with the DAEMON strategy",
                without: "without a DAEMON service",
                cells: [
                    SIDECAR,
                    SIDECAR,
                    Yes,
                    Yes,
                    No("Managed Instances have Managed Daemons instead of DAEMON services"),
                ],
                source: "ecs_service-options; managed-daemons",
                date: GUIDE,
            }
        }
        Need::AgentPerHost => Row {
            label: "one agent on every host",
            without: "without an agent on every host",
            cells: [NO_HOST, NO_HOST, Yes, Yes, Yes],
            source: "ecs_service-options; managed-daemons",
            date: GUIDE,
        },
        Need::PlacementStrategy => {
            const FARGATE: Ability = No("Fargate takes no placement strategies");
            Row {
                label: "a placement strategy",
                without: "without a placement strategy",
                cells: [
                    FARGATE,
                    FARGATE,
                    Yes,
                    Yes,
                    No("Managed Instances take placement constraints only"),
                ],
                source: "task-placement",
                date: GUIDE,
            }
        }
        Need::PlacementConstraint => {
            const FARGATE: Ability = No("Fargate takes no placement constraints");
            Row {
                label: "a placement constraint",
                without: "without a placement constraint",
                cells: [
                    FARGATE,
                    FARGATE,
                    Yes,
                    Yes,
                    If("on subnet, zone, architecture or instance type"),
                ],
                source: "task-placement; task_definition_parameters-managed-instances",
                date: GUIDE,
            }
        }
        Need::VmIsolation => Row {
            label: "a virtual machine of its own for each task",
            without: "without a virtual machine for each task",
            cells: [
                Yes,
                Yes,
                DISTINCT,
                DISTINCT,
                If("single-task mode, one task to an instance"),
            ],
            source: "fargate-security-considerations; managed-instances-security",
            date: GUIDE,
        },
        Need::Uninterrupted => Row {
            label: "tasks that are not interrupted",
            without: "if tasks may be interrupted",
            cells: [
                RETIRED,
                No(NO_SPOT_PROMISE),
                Yes,
                No(NO_SPOT_PROMISE),
                REPLACED,
            ],
            source: "fargate-capacity-providers; managed-instances-patching",
            date: GUIDE,
        },
        Need::RunsOver14Days => Row {
            label: "single runs of more than 14 days",
            without: "with runs of at most 14 days",
            cells: [
                RETIRED,
                No(NO_SPOT_PROMISE),
                Yes,
                No(NO_SPOT_PROMISE),
                No("AWS drains each managed instance from day 14 and stops it by day 21"),
            ],
            source: "managed-instances-patching; API PutAccountSetting",
            date: GUIDE,
        },
        Need::ReservedCapacity => Row {
            label: "reserved capacity",
            without: "without reserved capacity",
            cells: [
                No("Fargate capacity cannot be reserved"),
                No("Fargate capacity cannot be reserved"),
                Yes,
                No("Spot capacity cannot be reserved"),
                Yes,
            ],
            source: "API InstanceLaunchTemplate; EC2 user guide, capacity reservations",
            date: "2026-08-07",
        },
        Need::FsxWindows => {
            const FARGATE: Ability = No("Fargate mounts no FSx for Windows file systems");
            Row {
                label: "FSx for Windows File Server",
                without: "without FSx for Windows File Server",
                cells: [FARGATE, FARGATE, Yes, Yes, LINUX_ONLY],
                source: "windows-considerations; wfsx-volumes",
                date: GUIDE,
            }
        }
        Need::WindowsStorage => {
            const FARGATE: Ability = No("Windows on Fargate has neither EFS, EBS nor gMSA");
            const EC2: Ability = If("EBS and gMSA; EFS is for Linux only");
            Row {
                label: "EFS, EBS or gMSA from Windows containers",
                without: "without EFS, EBS and gMSA",
                cells: [FARGATE, FARGATE, EC2, EC2, LINUX_ONLY],
                source: "windows-considerations; ebs-volumes",
                date: GUIDE,
            }
        }
        Need::S3Files => {
            const EC2: Ability = No("S3 Files volumes fail on EC2 instances of one's own");
            Row {
                label: "an S3 Files volume",
                without: "without S3 Files volumes",
                cells: [Yes, Yes, EC2, EC2, Yes],
                source: "s3files-volumes",
                date: GUIDE,
            }
        }
        Need::PublicIp => Row {
            label: "a public address on the task's own interface",
            without: "without a public address on each task",
            cells: [Yes, Yes, TASK_ENI, TASK_ENI, TASK_ENI],
            source: "fargate-task-networking; managed-instances-awsvpc-mode",
            date: GUIDE,
        },
        Need::GuardDuty => Row {
            label: "GuardDuty Runtime Monitoring",
            without: "without GuardDuty Runtime Monitoring",
            cells: [
                Yes,
                Yes,
                Yes,
                Yes,
                No("GuardDuty Runtime Monitoring does not cover Managed Instances"),
            ],
            source: "ecs-guard-duty-integration",
            date: GUIDE,
        },
        Need::FipsHost => {
            const GOV: Ability = No("FIPS hosts are offered in GovCloud regions only");
            Row {
                label: "a FIPS host in a commercial region",
                without: "without a FIPS host",
                cells: [GOV, GOV, Yes, Yes, GOV],
                source: "API InstanceLaunchTemplate; ecs-fips-compliance",
                date: "2026-08-07",
            }
        }
        Need::NoHostManagement => {
            const OWN: Ability =
                No("the instances, their image and their scaling are yours to manage");
            Row {
                label: "no host to manage at all",
                without: "if hosts may be yours to manage",
                cells: [Yes, Yes, OWN, OWN, Yes],
                source: "ManagedInstances",
                date: GUIDE,
            }
        }
    }
}
