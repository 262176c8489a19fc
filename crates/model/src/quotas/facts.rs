//! The default quotas, each with its source: one table, kept in one place.

use super::{Families, Market, Quota};
use crate::prices::Grade;

/// AWS General Reference, the quotas of ECS and Fargate (read in October 2026).
const ECS_REFERENCE: &str = "https://docs.aws.amazon.com/general/latest/gr/ecs-service.html";

/// EC2 user guide, quotas; the figures are those that the Service Quotas API lists as EC2's
/// defaults.
const EC2_ON_DEMAND: &str =
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-resource-limits.html";

/// EC2 user guide, the quotas of Spot instances, by group of families.
const EC2_SPOT: &str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-spot-limits.html";

/// ECS API reference.
const RUN_TASK: &str = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html";

/// VPC user guide, quotas; the figure is that of the Service Quotas API.
const VPC: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html";

ids! {
    /// Whether AWS raises a quota.
    pub enum Raise {
        /// On request.
        OnRequest = "on_request",
        /// Never.
        Never = "never",
        /// AWS's own lists disagree.
        Unclear = "unclear",
    }
}

/// What is known of a quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The default, in the quota's own unit: vCPU, tasks, instances, services or interfaces.
    pub limit: u64,
    /// Whether it can be raised.
    pub raise: Raise,
    /// How far the figure can be trusted.
    pub grade: Grade,
    /// A public page.
    pub source: &'static str,
}

/// The table.
pub(super) const fn of(quota: Quota) -> Fact {
    use Raise::{Never, OnRequest, Unclear};
    match quota {
        Quota::FargateVcpu(_) => quoted(6, OnRequest, ECS_REFERENCE),
        Quota::Ec2Vcpu(market, families) => ec2(market, families),
        Quota::TasksPerRunTask => quoted(10, Never, RUN_TASK),
        // Raised on request by the list of 2023, not by that of 2026.
        Quota::TasksPerService | Quota::ServicesPerCluster => quoted(5_000, Unclear, ECS_REFERENCE),
        Quota::InstancesPerCluster => quoted(5_000, Never, ECS_REFERENCE),
        Quota::NetworkInterfaces => quoted(5_000, OnRequest, VPC),
    }
}

/// vCPU of EC2 instances in a new account.
const fn ec2(market: Market, families: Families) -> Fact {
    let limit = match families {
        Families::Standard => 5,
        _ => 0,
    };
    match (market, families) {
        // Groups that the lists at hand do not show; every group but Standard begins at none.
        (Market::OnDemand, Families::Trn | Families::Hpc)
        | (Market::Spot, Families::Hpc | Families::HighMemory) => Fact {
            limit,
            raise: Raise::OnRequest,
            grade: Grade::Assumed,
            source: EC2_ON_DEMAND,
        },
        (Market::OnDemand, _) => quoted(limit, Raise::OnRequest, EC2_ON_DEMAND),
        (Market::Spot, _) => quoted(limit, Raise::OnRequest, EC2_SPOT),
    }
}

const fn quoted(limit: u64, raise: Raise, source: &'static str) -> Fact {
    Fact {
        limit,
        raise,
        grade: Grade::Quoted,
        source,
    }
}
