//! Operating system and processor architecture of a task.

ids! {
    /// Operating system of a task's containers.
    pub enum Os {
        /// Linux.
        Linux = "linux",
        /// Windows Server.
        Windows = "windows",
    }
}

ids! {
    /// Processor architecture of the capacity that a task runs on.
    pub enum Arch {
        /// Intel and AMD. One vCPU is one hardware thread.
        X86 = "x86_64",
        /// AWS Graviton. One vCPU is one core.
        Arm = "arm64",
    }
}

ids! {
    /// Which architectures a service's image is built for.
    pub enum ArchChoice {
        /// x86 only.
        X86 = "x86_64",
        /// Arm only.
        Arm = "arm64",
        /// A multi-architecture image: whichever is cheaper.
        Either = "either",
    }
}

impl ArchChoice {
    /// Whether an image of this choice runs on `arch`.
    pub const fn allows(self, arch: Arch) -> bool {
        matches!(
            (self, arch),
            (Self::Either, _) | (Self::X86, Arch::X86) | (Self::Arm, Arch::Arm)
        )
    }
}
