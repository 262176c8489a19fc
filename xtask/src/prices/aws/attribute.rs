//! What an offer file says of a product: its attributes, under the names of both shapes.

/// An attribute that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Attribute {
    UsageType,
    Operation,
    RegionCode,
    InstanceType,
    InstanceFamily,
    Vcpu,
    Memory,
    PhysicalProcessor,
    ProcessorArchitecture,
    Gpu,
    Tenancy,
    OperatingSystem,
    LicenseModel,
    CapacityStatus,
    PreInstalled,
    MarketOption,
}

impl Attribute {
    pub(super) const ALL: [Self; 16] = [
        Self::UsageType,
        Self::Operation,
        Self::RegionCode,
        Self::InstanceType,
        Self::InstanceFamily,
        Self::Vcpu,
        Self::Memory,
        Self::PhysicalProcessor,
        Self::ProcessorArchitecture,
        Self::Gpu,
        Self::Tenancy,
        Self::OperatingSystem,
        Self::LicenseModel,
        Self::CapacityStatus,
        Self::PreInstalled,
        Self::MarketOption,
    ];

    /// Its column in a CSV file.
    pub(super) const fn csv(self) -> &'static str {
        match self {
            Self::UsageType => "usageType",
            Self::Operation => "operation",
            Self::RegionCode => "Region Code",
            Self::InstanceType => "Instance Type",
            Self::InstanceFamily => "Instance Family",
            Self::Vcpu => "vCPU",
            Self::Memory => "Memory",
            Self::PhysicalProcessor => "Physical Processor",
            Self::ProcessorArchitecture => "Processor Architecture",
            Self::Gpu => "GPU",
            Self::Tenancy => "Tenancy",
            Self::OperatingSystem => "Operating System",
            Self::LicenseModel => "License Model",
            Self::CapacityStatus => "CapacityStatus",
            Self::PreInstalled => "Pre Installed S/W",
            Self::MarketOption => "MarketOption",
        }
    }

    /// Its key in a JSON file.
    pub(super) const fn json(self) -> &'static str {
        match self {
            Self::UsageType => "usagetype",
            Self::Operation => "operation",
            Self::RegionCode => "regionCode",
            Self::InstanceType => "instanceType",
            Self::InstanceFamily => "instanceFamily",
            Self::Vcpu => "vcpu",
            Self::Memory => "memory",
            Self::PhysicalProcessor => "physicalProcessor",
            Self::ProcessorArchitecture => "processorArchitecture",
            Self::Gpu => "gpu",
            Self::Tenancy => "tenancy",
            Self::OperatingSystem => "operatingSystem",
            Self::LicenseModel => "licenseModel",
            Self::CapacityStatus => "capacitystatus",
            Self::PreInstalled => "preInstalledSw",
            Self::MarketOption => "marketoption",
        }
    }

    /// The attribute of a JSON key.
    pub(super) fn of_json(key: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|attribute| attribute.json() == key)
    }

    pub(super) const fn index(self) -> usize {
        self as usize
    }
}

/// The attributes of a product; blank where the file has none.
pub(super) trait Attributes {
    fn get(&self, attribute: Attribute) -> &str;
}
