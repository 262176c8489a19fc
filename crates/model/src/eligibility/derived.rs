//! Rows of requirements that follow from other inputs.

use super::Ability::{self, If, No, Yes};
use super::{GUIDE, LINUX_ONLY, Row};

const NO_GPU: Ability = No("Fargate has no GPUs");

pub(super) const GPU: Row = Row {
    label: "a GPU",
    without: "without the GPU",
    cells: [NO_GPU, NO_GPU, Yes, Yes, Yes],
    source: "fargate-tasks-services; ecs-gpu",
    date: GUIDE,
};

pub(super) const FRACTIONAL_GPU: Row = Row {
    label: "a fraction of a GPU",
    without: "without the GPU",
    cells: [NO_GPU, NO_GPU, Yes, Yes, Yes],
    source: "ecs-gpu; API ResourceRequirement (G6f and Gr6f only)",
    date: "2026-08-06",
};

pub(super) const WINDOWS: Row = Row {
    label: "Windows containers",
    without: "with Linux containers",
    cells: [
        Yes,
        No("Fargate Spot runs Linux only"),
        Yes,
        Yes,
        LINUX_ONLY,
    ],
    source: "windows-considerations (on Fargate from 1 vCPU); ManagedInstances",
    date: GUIDE,
};

pub(super) const WINDOWS_GPU: Row = {
    const NONE: Ability = No("ECS gives no GPUs to Windows containers");
    Row {
        label: "a GPU for Windows containers",
        without: "without the GPU",
        cells: [NONE; 5],
        source: "ecs-gpu",
        date: GUIDE,
    }
};

pub(super) const ARM: Row = Row {
    label: "Linux containers on Arm",
    without: "with an image for x86",
    cells: [Yes; 5],
    source: "API RuntimePlatform; What's New 2024-09 (Fargate Spot)",
    date: "2026-08-07",
};

pub(super) const BEYOND_FARGATE_SIZES: Row = {
    const TOO_LARGE: Ability = No("the largest Fargate task has 32 vCPU and 244 GiB");
    Row {
        label: "more than 32 vCPU or 244 GiB",
        without: "with at most 32 vCPU and 244 GiB",
        cells: [TOO_LARGE, TOO_LARGE, Yes, Yes, Yes],
        source: "fargate-tasks-services",
        date: GUIDE,
    }
};

pub(super) const LARGEST_FARGATE_SIZE: Row = Row {
    label: "more than 16 vCPU",
    without: "with at most 16 vCPU",
    cells: [
        If("only with 60, 120 or 244 GiB, on platform version 1.4.0"),
        If("no source says that Fargate Spot offers 32 vCPU"),
        Yes,
        Yes,
        Yes,
    ],
    source: "fargate-tasks-services (32 vCPU since 2026-06-05)",
    date: GUIDE,
};

pub(super) const LARGE_SCRATCH: Row = {
    const AS_VOLUME: Ability = If("beyond 20 GiB on an EBS volume attached to each task");
    Row {
        label: "more than 200 GiB of scratch space",
        without: "with at most 200 GiB of scratch space",
        cells: [AS_VOLUME, AS_VOLUME, Yes, Yes, Yes],
        source: "fargate-task-storage; ebs-volumes",
        date: GUIDE,
    }
};

pub(super) const WINDOWS_LARGE_SCRATCH: Row = {
    const NO_VOLUME: Ability = No("Fargate attaches EBS volumes to Linux tasks only");
    Row {
        label: "more than 200 GiB of scratch space for Windows containers",
        without: "with at most 200 GiB of scratch space",
        cells: [NO_VOLUME, NO_VOLUME, Yes, Yes, LINUX_ONLY],
        source: "ebs-volumes; ManagedInstances",
        date: GUIDE,
    }
};

pub(super) const LINUX_FSX: Row = {
    const WINDOWS_ONLY: Ability =
        No("ECS mounts FSx for Windows file systems in Windows containers only");
    Row {
        label: "FSx for Windows File Server from Linux containers",
        without: "without FSx for Windows File Server",
        cells: [WINDOWS_ONLY; 5],
        source: "windows-considerations; wfsx-volumes",
        date: GUIDE,
    }
};

pub(super) const LINUX_WINDOWS_STORAGE: Row = {
    const WINDOWS_ONLY: Ability = No("only Windows containers have volumes of Windows containers");
    Row {
        label: "EFS, EBS or gMSA of Windows containers, from Linux containers",
        without: "without EFS, EBS or gMSA of Windows containers",
        cells: [WINDOWS_ONLY; 5],
        source: "windows-considerations",
        date: GUIDE,
    }
};

pub(super) const CHINA_REGION: Row = Row {
    label: "a region in China",
    without: "in a region outside China",
    cells: [
        Yes,
        Yes,
        Yes,
        Yes,
        No("Managed Instances are not offered in China"),
    ],
    source: "What's New 2025-10 and 2025-11 (regions of Managed Instances)",
    date: "2026-10",
};
