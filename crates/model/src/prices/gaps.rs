//! What a region's book lacks, in words: an option that needs it has no price there.

use super::{Adjacent, FargateDimension, PriceBook};
use crate::platform::{Arch, Os};
use crate::purchase::{CommitmentKind, PriceKind, Term};

impl PriceBook {
    /// What the book has no price for, one noun phrase each; nothing for a book that has all.
    pub fn lacks(&self) -> Vec<&'static str> {
        let fargate = |os, arch, kind| {
            let has = |dimension| self.fargate(os, arch, kind, dimension).is_some();
            has(FargateDimension::Vcpu) && has(FargateDimension::Memory)
        };
        let ec2 = |os, kind| self.ec2(os, kind).iter().any(Option::is_some);
        let commits = |wanted: fn(CommitmentKind) -> bool, term| {
            self.ec2.iter().any(|column| match column.kind {
                PriceKind::Committed(commitment) => {
                    wanted(commitment.kind) && commitment.term == term
                }
                PriceKind::OnDemand | PriceKind::Spot => false,
            })
        };
        let plans = |term| {
            self.fargate.iter().any(|price| {
                matches!(price.kind, PriceKind::Committed(commitment) if commitment.term == term)
            })
        };
        let reserved = |kind| {
            matches!(
                kind,
                CommitmentKind::ReservedInstance | CommitmentKind::ConvertibleReservedInstance
            )
        };
        let beside = |item| self.adjacent(item).is_some();
        let on_demand = PriceKind::OnDemand;
        let checks = [
            (fargate(Os::Linux, Arch::X86, on_demand), "Fargate on x86"),
            (fargate(Os::Linux, Arch::Arm, on_demand), "Fargate on Arm"),
            (
                fargate(Os::Windows, Arch::X86, on_demand),
                "Fargate for Windows",
            ),
            (
                fargate(Os::Linux, Arch::X86, PriceKind::Spot),
                "Fargate Spot on x86",
            ),
            (
                fargate(Os::Linux, Arch::Arm, PriceKind::Spot),
                "Fargate Spot on Arm",
            ),
            (plans(Term::OneYear), "one-year Savings Plans for Fargate"),
            (
                plans(Term::ThreeYears),
                "three-year Savings Plans for Fargate",
            ),
            (ec2(Os::Linux, on_demand), "EC2 for Linux"),
            (ec2(Os::Windows, on_demand), "EC2 for Windows"),
            (ec2(Os::Linux, PriceKind::Spot), "EC2 Spot (a feed)"),
            (
                commits(CommitmentKind::is_savings_plan, Term::OneYear),
                "one-year Savings Plans for EC2",
            ),
            (
                commits(CommitmentKind::is_savings_plan, Term::ThreeYears),
                "three-year Savings Plans for EC2",
            ),
            (
                commits(reserved, Term::OneYear),
                "one-year Reserved Instances",
            ),
            (
                commits(reserved, Term::ThreeYears),
                "three-year Reserved Instances",
            ),
            (beside(Adjacent::EbsGp3Storage), "EBS gp3 volumes"),
            (beside(Adjacent::PublicIpv4), "public IPv4 addresses"),
            (beside(Adjacent::NatGatewayHour), "NAT gateways"),
            (beside(Adjacent::AlbHour), "load balancers"),
            (beside(Adjacent::LogsIngest), "CloudWatch Logs"),
            (beside(Adjacent::CrossAzData), "data between zones"),
            (beside(Adjacent::VpcEndpointHour), "VPC endpoints"),
        ];
        let lacking = checks.iter().filter(|(has, _)| !has);
        lacking.map(|(_, what)| *what).collect()
    }
}
