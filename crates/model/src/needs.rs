//! Hard requirements of a service that a person states.
//!
//! Those that follow from other inputs (a GPU, Windows, the size, the scratch space) are not
//! listed here; [`crate::eligibility`] derives them.

ids! {
    /// A hard requirement that rules options in or out.
    pub enum Need {
        /// AWS Trainium or Inferentia through `resourceRequirements`.
        Neuron = "neuron",
        /// `privileged` containers, or `CAP_NET_ADMIN`, `CAP_SYS_ADMIN`, `CAP_BPF`.
        Privileged = "privileged",
        /// Host network mode, or the host's process or IPC namespace.
        HostNamespaces = "host_namespaces",
        /// Bridge network mode, links or Docker volumes.
        BridgeOrDockerVolumes = "bridge_docker_volumes",
        /// An own machine image, a kernel module, or SSH to the host.
        CustomAmi = "custom_ami",
        /// An ECS service with the `DAEMON` scheduling strategy.
        DaemonService = "daemon_service",
        /// One agent on every host.
        AgentPerHost = "agent_per_host",
        /// A placement strategy (binpack, spread by attribute).
        PlacementStrategy = "placement_strategy",
        /// A placement constraint.
        PlacementConstraint = "placement_constraint",
        /// A virtual machine of its own for each task.
        VmIsolation = "vm_isolation",
        /// Tasks that must not be interrupted.
        Uninterrupted = "uninterrupted",
        /// A single run of more than 14 days.
        RunsOver14Days = "runs_over_14_days",
        /// Reserved capacity (On-Demand Capacity Reservations).
        ReservedCapacity = "reserved_capacity",
        /// `FSx` for Windows File Server.
        FsxWindows = "fsx_windows",
        /// EFS, EBS or gMSA from a Windows container.
        WindowsStorage = "windows_storage",
        /// An S3 Files volume.
        S3Files = "s3_files",
        /// A public IP address on the task's own network interface.
        PublicIp = "public_ip",
        /// Amazon `GuardDuty` Runtime Monitoring.
        GuardDuty = "guardduty",
        /// A FIPS-validated host in a commercial region.
        FipsHost = "fips_host",
        /// No host to manage at all.
        NoHostManagement = "no_host_management",
    }
}

/// A set of needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs(u32);

impl Needs {
    /// No need.
    pub const NONE: Self = Self(0);

    /// Whether the set holds `need`.
    pub const fn has(self, need: Need) -> bool {
        self.0 & (1 << need as u32) != 0
    }

    /// The set with `need` in it or not.
    #[must_use]
    pub const fn with(self, need: Need, present: bool) -> Self {
        let bit = 1 << need as u32;
        Self(if present { self.0 | bit } else { self.0 & !bit })
    }

    /// The needs in the set, in the order of [`Need::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Need> {
        Need::ALL
            .iter()
            .copied()
            .filter(move |&need| self.has(need))
    }

    /// Whether the set holds nothing.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_in() {
        for &need in Need::ALL {
            let set = Needs::NONE.with(need, true);
            assert_eq!(set.iter().collect::<Vec<_>>(), [need]);
            assert!(set.with(need, false).is_empty());
        }
    }
}
