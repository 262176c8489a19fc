//! Usage types: `USE1-Fargate-GB-Hours` is a region's prefix and the name of what is used.

use berth_model::platform::{Arch, Os};
use berth_model::prices::FargateDimension;

/// What is billed by Fargate: system, architecture (`None`: any), dimension.
pub(super) type FargateUse = (Os, Option<Arch>, FargateDimension);

/// What Fargate's usage types are called after the prefix.
const FARGATE: [(&str, FargateUse); 8] = [
    (
        "Fargate-vCPU-Hours:perCPU",
        (Os::Linux, Some(Arch::X86), FargateDimension::Vcpu),
    ),
    (
        "Fargate-GB-Hours",
        (Os::Linux, Some(Arch::X86), FargateDimension::Memory),
    ),
    (
        "Fargate-ARM-vCPU-Hours:perCPU",
        (Os::Linux, Some(Arch::Arm), FargateDimension::Vcpu),
    ),
    (
        "Fargate-ARM-GB-Hours",
        (Os::Linux, Some(Arch::Arm), FargateDimension::Memory),
    ),
    (
        "Fargate-Windows-vCPU-Hours:perCPU",
        (Os::Windows, Some(Arch::X86), FargateDimension::Vcpu),
    ),
    (
        "Fargate-Windows-GB-Hours",
        (Os::Windows, Some(Arch::X86), FargateDimension::Memory),
    ),
    (
        "Fargate-Windows-OS-Hours:perCPU",
        (Os::Windows, Some(Arch::X86), FargateDimension::OsLicense),
    ),
    (
        "Fargate-EphemeralStorage-GB-Hours",
        (Os::Linux, None, FargateDimension::Ephemeral),
    ),
];

/// What a usage type of Fargate is billed for. Nothing else that only looks alike.
pub(super) fn fargate(usage: &str) -> Option<FargateUse> {
    FARGATE
        .iter()
        .find(|(name, _)| usage == *name || after_prefix(usage) == Some(*name))
        .map(|(_, what)| *what)
}

/// The instance type of `[PREFIX-]BoxUsage:TYPE`.
pub(super) fn box_usage(usage: &str) -> Option<&str> {
    named(usage, "BoxUsage:")
}

/// The instance type of `[PREFIX-]ECS-Managed-Instances:TYPE-management-hours`.
pub(super) fn managed_instance(usage: &str) -> Option<&str> {
    named(usage, "ECS-Managed-Instances:")?.strip_suffix("-management-hours")
}

fn named<'u>(usage: &'u str, name: &str) -> Option<&'u str> {
    usage
        .strip_prefix(name)
        .or_else(|| after_prefix(usage)?.strip_prefix(name))
}

/// What stands after a region's prefix: `EU`, or three letters and a digit such as `USE1`.
fn after_prefix(usage: &str) -> Option<&str> {
    let (prefix, rest) = usage.split_once('-')?;
    let known = match prefix.as_bytes() {
        b"EU" => true,
        [letters @ .., digit] if letters.len() == 3 => {
            letters.iter().all(u8::is_ascii_uppercase) && digit.is_ascii_digit()
        }
        _ => false,
    };
    known.then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prefix_of_a_region_goes_and_the_rest_must_match_to_the_letter() {
        let vcpu = Some((Os::Linux, Some(Arch::X86), FargateDimension::Vcpu));
        assert_eq!(fargate("USE1-Fargate-vCPU-Hours:perCPU"), vcpu);
        assert_eq!(fargate("EU-Fargate-vCPU-Hours:perCPU"), vcpu);
        assert_eq!(fargate("Fargate-vCPU-Hours:perCPU"), vcpu);
        for other in [
            "USE1-ECS-EC2-vCPU-Hours",
            "USE1-ECS-EC2-GB-Hours",
            "ECS-Fargate-GB-Hours",
            "USE1-Fargate-vCPU-Hours",
            "USE1-Fargate-vCPU-Hours:perCPU-SpotDiscount",
            "USE1-X-Fargate-GB-Hours",
            "USE1-Fargate-Windows-OS-Hours",
            "",
        ] {
            assert_eq!(fargate(other), None, "{other}");
        }
    }

    #[test]
    fn instance_types_are_read_off_their_usage() {
        assert_eq!(box_usage("BoxUsage:m5.large"), Some("m5.large"));
        assert_eq!(box_usage("APN1-BoxUsage:m5.large"), Some("m5.large"));
        assert_eq!(box_usage("USE2-UnusedBox:m5.large"), None);
        assert_eq!(box_usage("DedicatedUsage:m5.large"), None);
        assert_eq!(box_usage("BoxUsage"), None);
        let usage = "ECS-Managed-Instances:c6a.2xlarge-management-hours";
        assert_eq!(managed_instance(usage), Some("c6a.2xlarge"));
        assert_eq!(
            managed_instance("APN1-ECS-Managed-Instances:g6e.48xlarge-management-hours"),
            Some("g6e.48xlarge")
        );
        assert_eq!(managed_instance("EKS-Auto:m5.large-management-hours"), None);
    }
}
