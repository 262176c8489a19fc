//! Which options a service's hard requirements rule out.
//!
//! One table, requirement by class of option, three-valued: yes, no for a reason, or yes under a
//! condition that is named. Sources are pages of the ECS developer guide unless they say
//! otherwise, as of 2026-10.

use crate::needs::Need;
use crate::option::{OptionId, Place, Purchase};
use crate::platform::Os;
use crate::scenario::Service;
use crate::units::{Gib, Vcpu};

ids! {
    /// Options that share their abilities: a place, on-demand (or committed) or with Spot.
    pub enum Class {
        /// Fargate, on-demand or under a plan.
        Fargate = "fargate",
        /// A mix of Fargate and Fargate Spot.
        FargateSpot = "fargate_spot",
        /// EC2, on-demand or committed.
        Ec2 = "ec2",
        /// A mix of EC2 on-demand and Spot.
        Ec2Spot = "ec2_spot",
        /// Managed Instances, on-demand or committed.
        ManagedInstances = "managed_instances",
        /// A mix of Managed Instances on-demand and Spot.
        ManagedInstancesSpot = "managed_instances_spot",
    }
}

impl OptionId {
    /// The class of this option.
    pub const fn class(self) -> Class {
        match (self.place, self.purchase) {
            (Place::Fargate, Purchase::SpotMix) => Class::FargateSpot,
            (Place::Fargate, _) => Class::Fargate,
            (Place::Ec2, Purchase::SpotMix) => Class::Ec2Spot,
            (Place::Ec2, _) => Class::Ec2,
            (Place::ManagedInstances, Purchase::SpotMix) => Class::ManagedInstancesSpot,
            (Place::ManagedInstances, _) => Class::ManagedInstances,
        }
    }
}

/// Whether a class of options meets a requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ability {
    /// It does.
    Yes,
    /// It does not, and why.
    No(&'static str),
    /// It does under this condition.
    If(&'static str),
}

/// A hard requirement: one that a person states, or one that follows from other inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requirement {
    /// Whole GPUs.
    Gpu,
    /// A fraction of a GPU.
    FractionalGpu,
    /// Windows containers.
    Windows,
    /// A GPU for Windows containers.
    WindowsGpu,
    /// More than 32 vCPU or 244 GiB.
    BeyondFargateSizes,
    /// More than 16 and up to 32 vCPU.
    LargestFargateSize,
    /// More than 200 GiB of scratch space.
    LargeScratch,
    /// The same, for Windows containers.
    WindowsLargeScratch,
    /// What a person stated.
    Stated(Need),
}

/// A requirement's row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// What is required, as a noun phrase.
    pub label: &'static str,
    /// Abilities of Fargate, Fargate Spot, EC2, EC2 Spot and Managed Instances.
    cells: [Ability; 5],
    /// Where the row comes from.
    pub source: &'static str,
}

use Ability::{If, No, Yes};

const NO_SPOT_PROMISE: &str = "Spot capacity can be taken back with two minutes' notice";

impl Requirement {
    /// Every requirement.
    pub fn all() -> impl Iterator<Item = Self> {
        [
            Self::Gpu,
            Self::FractionalGpu,
            Self::Windows,
            Self::WindowsGpu,
            Self::BeyondFargateSizes,
            Self::LargestFargateSize,
            Self::LargeScratch,
            Self::WindowsLargeScratch,
        ]
        .into_iter()
        .chain(Need::ALL.iter().copied().map(Self::Stated))
    }

    /// The requirements of a service.
    pub fn of(service: &Service) -> impl Iterator<Item = Self> + '_ {
        Self::all().filter(move |requirement| requirement.applies(service))
    }

    fn applies(self, service: &Service) -> bool {
        let task = &service.task;
        let beyond = task.vcpu > Vcpu::whole(32) || task.memory > Gib::whole(244);
        let windows = service.os == Os::Windows;
        let large_scratch = task.ephemeral.get() > crate::fargate::MAX_EPHEMERAL_GIB;
        match self {
            Self::Gpu => task
                .gpu
                .as_ref()
                .is_some_and(|gpu| gpu.count.whole().is_some()),
            Self::FractionalGpu => task
                .gpu
                .as_ref()
                .is_some_and(|gpu| gpu.count.whole().is_none()),
            Self::Windows => windows,
            Self::BeyondFargateSizes => beyond,
            Self::LargestFargateSize => !beyond && task.vcpu > Vcpu::whole(16),
            Self::WindowsGpu => windows && task.gpu.is_some(),
            Self::LargeScratch => !windows && large_scratch,
            Self::WindowsLargeScratch => windows && large_scratch,
            Self::Stated(need) => service.needs.has(need),
        }
    }

    /// Whether options of a class meet this requirement.
    pub fn ability(self, class: Class) -> Ability {
        let [fargate, fargate_spot, ec2, ec2_spot, managed] = self.row().cells;
        match class {
            Class::Fargate => fargate,
            Class::FargateSpot => fargate_spot,
            Class::Ec2 => ec2,
            Class::Ec2Spot => ec2_spot,
            Class::ManagedInstances => managed,
            // Spot adds interruption to what Managed Instances can do otherwise.
            Class::ManagedInstancesSpot => match self {
                Self::Stated(
                    Need::Uninterrupted | Need::RunsOver14Days | Need::ReservedCapacity,
                ) => No(NO_SPOT_PROMISE),
                _ => managed,
            },
        }
    }

    /// The requirement's row of the table.
    #[expect(clippy::too_many_lines, reason = "one table, read as one")]
    pub const fn row(self) -> Row {
        const NO_GPU: Ability = No("Fargate has no GPUs");
        const NO_HOST: Ability = No("Fargate gives no access to a host");
        const NO_PRIVILEGE: Ability =
            No("Fargate takes no capability but SYS_PTRACE and no privileged containers");
        const TASK_ENI: Ability = No("tasks in awsvpc mode on instances get no public address");
        const DISTINCT: Ability =
            If("one task to an instance (placement constraint distinctInstance)");
        const RETIRED: Ability =
            If("AWS retires tasks on outdated platform revisions, after 0 to 14 days' notice");
        const REPLACED: Ability = If("AWS replaces each instance after 14 days, or by day 21");
        match self {
            Self::Gpu => Row {
                label: "a GPU",
                cells: [NO_GPU, NO_GPU, Yes, Yes, Yes],
                source: "fargate-tasks-services; ecs-gpu",
            },
            Self::FractionalGpu => Row {
                label: "a fraction of a GPU",
                cells: [NO_GPU, NO_GPU, Yes, Yes, Yes],
                source: "ecs-gpu; API ResourceRequirement (G6f and Gr6f only)",
            },
            Self::Windows => Row {
                label: "Windows containers",
                cells: [
                    Yes,
                    No("Fargate Spot runs Linux only"),
                    Yes,
                    Yes,
                    No("Managed Instances run Linux only"),
                ],
                source: "windows-considerations; ManagedInstances",
            },
            Self::WindowsGpu => {
                const NONE: Ability = No("ECS gives no GPUs to Windows containers");
                Row {
                    label: "a GPU for Windows containers",
                    cells: [NONE; 5],
                    source: "ecs-gpu",
                }
            }
            Self::WindowsLargeScratch => {
                const LINUX_ONLY: Ability = No("Fargate attaches EBS volumes to Linux tasks only");
                Row {
                    label: "more than 200 GiB of scratch space for Windows containers",
                    cells: [
                        LINUX_ONLY,
                        LINUX_ONLY,
                        Yes,
                        Yes,
                        No("Managed Instances run Linux only"),
                    ],
                    source: "ebs-volumes; ManagedInstances",
                }
            }
            Self::BeyondFargateSizes => {
                const TOO_LARGE: Ability = No("the largest Fargate task has 32 vCPU and 244 GiB");
                Row {
                    label: "more than 32 vCPU or 244 GiB",
                    cells: [TOO_LARGE, TOO_LARGE, Yes, Yes, Yes],
                    source: "fargate-tasks-services",
                }
            }
            Self::LargestFargateSize => Row {
                label: "more than 16 vCPU",
                cells: [
                    If("only with 60, 120 or 244 GiB, on platform version 1.4.0"),
                    If("no source says that Fargate Spot offers 32 vCPU"),
                    Yes,
                    Yes,
                    Yes,
                ],
                source: "fargate-tasks-services (32 vCPU since 2026-06-05)",
            },
            Self::LargeScratch => {
                const AS_VOLUME: Ability =
                    If("beyond 20 GiB on an EBS volume attached to each task");
                Row {
                    label: "more than 200 GiB of scratch space",
                    cells: [AS_VOLUME, AS_VOLUME, Yes, Yes, Yes],
                    source: "fargate-task-storage; ebs-volumes",
                }
            }
            Self::Stated(need) => match need {
                Need::Neuron => {
                    const DEVICES: Ability = No(
                        "on EC2 Neuron devices are passed in by hand, not through resourceRequirements",
                    );
                    Row {
                        label: "Trainium or Inferentia through resourceRequirements",
                        cells: [
                            No("Fargate has no accelerators"),
                            No("Fargate has no accelerators"),
                            DEVICES,
                            DEVICES,
                            If("a task takes all Neuron devices of its instance"),
                        ],
                        source: "API ResourceRequirement; What's New 2026-06",
                    }
                }
                Need::Privileged => Row {
                    label: "privileged containers or CAP_NET_ADMIN, CAP_SYS_ADMIN, CAP_BPF",
                    cells: [NO_PRIVILEGE, NO_PRIVILEGE, Yes, Yes, Yes],
                    source: "fargate-tasks-services; managed-instances-security",
                },
                Need::HostNamespaces => Row {
                    label: "host network mode or the host's pid or ipc namespace",
                    cells: [NO_HOST, NO_HOST, Yes, Yes, Yes],
                    source: "fargate-tasks-services; task_definition_parameters-managed-instances",
                },
                Need::BridgeOrDockerVolumes => {
                    const MANAGED: Ability = No(
                        "Managed Instances have awsvpc and host mode only, and no Docker volumes",
                    );
                    const FARGATE: Ability =
                        No("Fargate has awsvpc mode only, and no Docker volumes");
                    Row {
                        label: "bridge mode, links or Docker volumes",
                        cells: [FARGATE, FARGATE, Yes, Yes, MANAGED],
                        source: "fargate-tasks-services; task_definition_parameters-managed-instances",
                    }
                }
                Need::CustomAmi => Row {
                    label: "an own machine image, a kernel module or SSH to the host",
                    cells: [
                        NO_HOST,
                        NO_HOST,
                        Yes,
                        Yes,
                        No("AWS builds and locks the image of Managed Instances"),
                    ],
                    source: "ManagedInstances; security-shared-model-managed-instances",
                },
                Need::DaemonService => {
                    const SIDECAR: Ability = No(
                        "Fargate has no DAEMON services; a sidecar in each task takes their place",
                    );
                    Row {
                        label: "an ECS service with the DAEMON strategy",
                        cells: [
                            SIDECAR,
                            SIDECAR,
                            Yes,
                            Yes,
                            No("Managed Instances have Managed Daemons instead of DAEMON services"),
                        ],
                        source: "ecs_service-options; managed-daemons",
                    }
                }
                Need::AgentPerHost => Row {
                    label: "one agent on every host",
                    cells: [NO_HOST, NO_HOST, Yes, Yes, Yes],
                    source: "ecs_service-options; managed-daemons",
                },
                Need::PlacementStrategy => {
                    const FARGATE: Ability = No("Fargate takes no placement strategies");
                    Row {
                        label: "a placement strategy",
                        cells: [
                            FARGATE,
                            FARGATE,
                            Yes,
                            Yes,
                            No("Managed Instances take placement constraints only"),
                        ],
                        source: "task-placement",
                    }
                }
                Need::PlacementConstraint => {
                    const FARGATE: Ability = No("Fargate takes no placement constraints");
                    Row {
                        label: "a placement constraint",
                        cells: [
                            FARGATE,
                            FARGATE,
                            Yes,
                            Yes,
                            If("on subnet, zone, architecture or instance type"),
                        ],
                        source: "task-placement; task_definition_parameters-managed-instances",
                    }
                }
                Need::VmIsolation => Row {
                    label: "a virtual machine of its own for each task",
                    cells: [
                        Yes,
                        Yes,
                        DISTINCT,
                        DISTINCT,
                        If("single-task mode, one task to an instance"),
                    ],
                    source: "fargate-security-considerations; managed-instances-security",
                },
                Need::Uninterrupted => Row {
                    label: "tasks that are not interrupted",
                    cells: [
                        RETIRED,
                        No(NO_SPOT_PROMISE),
                        Yes,
                        No(NO_SPOT_PROMISE),
                        REPLACED,
                    ],
                    source: "fargate-capacity-providers; managed-instances-patching",
                },
                Need::RunsOver14Days => Row {
                    label: "single runs of more than 14 days",
                    cells: [
                        RETIRED,
                        No(NO_SPOT_PROMISE),
                        Yes,
                        No(NO_SPOT_PROMISE),
                        No("AWS drains each managed instance from day 14 and stops it by day 21"),
                    ],
                    source: "managed-instances-patching; API PutAccountSetting",
                },
                Need::ReservedCapacity => Row {
                    label: "reserved capacity",
                    cells: [
                        No("Fargate capacity cannot be reserved"),
                        No("Fargate capacity cannot be reserved"),
                        Yes,
                        No("Spot capacity cannot be reserved"),
                        Yes,
                    ],
                    source: "API InstanceLaunchTemplate; EC2 user guide, capacity reservations",
                },
                Need::FsxWindows => {
                    const FARGATE: Ability = No("Fargate mounts no FSx for Windows file systems");
                    Row {
                        label: "FSx for Windows File Server",
                        cells: [
                            FARGATE,
                            FARGATE,
                            Yes,
                            Yes,
                            No("Managed Instances run Linux only"),
                        ],
                        source: "windows-considerations",
                    }
                }
                Need::WindowsStorage => {
                    const FARGATE: Ability = No("Windows on Fargate has neither EFS, EBS nor gMSA");
                    const EC2: Ability = If("EBS and gMSA; EFS is for Linux only");
                    Row {
                        label: "EFS, EBS or gMSA from Windows containers",
                        cells: [
                            FARGATE,
                            FARGATE,
                            EC2,
                            EC2,
                            No("Managed Instances run Linux only"),
                        ],
                        source: "windows-considerations; ebs-volumes",
                    }
                }
                Need::S3Files => {
                    const EC2: Ability = No("S3 Files volumes fail on EC2 instances of one's own");
                    Row {
                        label: "an S3 Files volume",
                        cells: [Yes, Yes, EC2, EC2, Yes],
                        source: "s3files-volumes",
                    }
                }
                Need::PublicIp => Row {
                    label: "a public address on the task's own interface",
                    cells: [Yes, Yes, TASK_ENI, TASK_ENI, TASK_ENI],
                    source: "fargate-task-networking; managed-instances-awsvpc-mode",
                },
                Need::GuardDuty => Row {
                    label: "GuardDuty Runtime Monitoring",
                    cells: [
                        Yes,
                        Yes,
                        Yes,
                        Yes,
                        No("GuardDuty Runtime Monitoring does not cover Managed Instances"),
                    ],
                    source: "ecs-guard-duty-integration",
                },
                Need::FipsHost => {
                    const GOV: Ability = No("FIPS hosts are offered in GovCloud regions only");
                    Row {
                        label: "a FIPS host in a commercial region",
                        cells: [GOV, GOV, Yes, Yes, GOV],
                        source: "API InstanceLaunchTemplate; ecs-fips-compliance",
                    }
                }
                Need::NoHostManagement => {
                    const OWN: Ability =
                        No("the instances, their image and their scaling are yours to manage");
                    Row {
                        label: "no host to manage at all",
                        cells: [Yes, Yes, OWN, OWN, Yes],
                        source: "ManagedInstances",
                    }
                }
            },
        }
    }
}

/// What an option's class makes of a service's requirements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gate {
    /// Requirements that rule it out, with the reason.
    pub ruled_out: Vec<(Requirement, &'static str)>,
    /// Requirements that it meets under a condition.
    pub conditions: Vec<(Requirement, &'static str)>,
}

impl Gate {
    /// The gate of a class for a service.
    pub fn of(service: &Service, class: Class) -> Self {
        let mut gate = Self::default();
        for requirement in Requirement::of(service) {
            match requirement.ability(class) {
                Yes => {}
                No(reason) => gate.ruled_out.push((requirement, reason)),
                If(condition) => gate.conditions.push((requirement, condition)),
            }
        }
        gate
    }
}

/// Why an option cannot run a service at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// A requirement that its class does not meet, and why.
    Requirement(Requirement, &'static str),
    /// The service is not to run in this place.
    Place,
    /// The service's image is not built for its architecture.
    Architecture,
    /// Windows containers run on x86 only.
    WindowsOnArm,
    /// The service does not tolerate interruption: it has no Spot strategy.
    NoSpotStrategy,
    /// No legal Fargate size holds the task.
    NoFargateSize,
    /// No instance type that may be chosen holds the task.
    NoInstanceType,
}

/// What rules an option out before anything is priced. `gate` is that of its class.
pub fn obstacles(service: &Service, option: OptionId, gate: &Gate) -> Vec<Obstacle> {
    let mut obstacles: Vec<Obstacle> = gate
        .ruled_out
        .iter()
        .map(|&(requirement, reason)| Obstacle::Requirement(requirement, reason))
        .collect();
    if !service.places.has(option.place) {
        obstacles.push(Obstacle::Place);
    }
    if !service.arch.allows(option.arch) {
        obstacles.push(Obstacle::Architecture);
    } else if service.os == Os::Windows && option.arch == crate::platform::Arch::Arm {
        obstacles.push(Obstacle::WindowsOnArm);
    }
    if option.purchase == Purchase::SpotMix && service.spot.is_none() {
        obstacles.push(Obstacle::NoSpotStrategy);
    }
    obstacles
}
