//! The price book: the dated, sourced, graded prices of one region, and the instance types
//! that can be bought there.
//!
//! Reading the text of a book is in [`parse`], writing it in [`mod@write`]; `docs/prices.md` documents
//! the format. The book that ships inside is [`embedded::US_EAST_1`].

use std::borrow::Cow;

use crate::bill::Unit;
use crate::date::Date;
use crate::money::Rate;
use crate::platform::{Arch, Os};
use crate::purchase::PriceKind;

pub mod age;
pub mod embedded;
pub mod eni;
pub mod gaps;
pub mod index;
pub mod key;
pub mod origin;
pub mod parse;
pub mod trust;
pub mod write;

pub use parse::BookError;

ids! {
    /// How much a figure can be trusted.
    pub enum Grade {
        /// Printed by its source as it stands here.
        Quoted = "quoted",
        /// Computed from quoted figures by a documented rule.
        Derived = "derived",
        /// An assumption.
        Assumed = "assumed",
        /// A figure that the user gave in place of the book's; no book holds one.
        Own = "own",
    }
}

ids! {
    /// What a Spot figure is the statistic of.
    pub enum Statistic {
        /// The lowest price among the region's zones.
        Lowest = "lowest",
        /// An average over recent prices of the region's zones.
        Average = "average",
        /// The one price that AWS publishes for the whole region.
        Published = "published",
    }
}

/// Index of a [`Source`] in its book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub(crate) u16);

impl SourceId {
    /// The source of figures that the user gave; in every book.
    pub const OWN: Self = Self(u16::MAX);

    /// The source of commitment rates that a stated percentage estimates; in every book.
    pub const ESTIMATE: Self = Self(u16::MAX - 1);

    /// The source of what surplus credits cost, the same in every region; in every book.
    pub const CREDITS: Self = Self(u16::MAX - 2);

    /// Whether it is one of a book's sources.
    pub const fn is_of_book(self) -> bool {
        self.0 < Self::CREDITS.0
    }

    /// Whether it has a date.
    pub const fn has_date(self) -> bool {
        self.0 <= Self::CREDITS.0
    }

    /// The source that stands at this place of [`PriceBook::sources`].
    pub const fn new(index: u16) -> Self {
        Self(index)
    }

    /// Its place in [`PriceBook::sources`].
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// Where and when a figure was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The day for which the figure was published or captured.
    pub date: Date,
    /// Whether the source states the month alone; `date` is then the first day of that month.
    pub month_only: bool,
    /// How much figures of this source can be trusted.
    pub grade: Grade,
    /// For Spot figures: what they are the statistic of, where the source says so.
    pub statistic: Option<Statistic>,
    /// A public page, or a repository and a path in it.
    pub text: Cow<'static, str>,
}

/// A price with its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quote {
    /// US dollars per unit; the unit belongs to what is priced.
    pub rate: Rate,
    /// Where it comes from.
    pub source: SourceId,
}

/// GPUs or fractions of one in an instance type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gpus {
    /// Whole GPUs. Zero where the instance holds a fraction of one (G6f, Gr6f).
    pub count: u8,
    /// Model, lower case, such as `a10g`.
    pub model: Box<str>,
    /// Memory of each GPU, or of the fraction, in MiB.
    pub memory_mib: u32,
}

/// How many tasks in `awsvpc` network mode an instance can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EniLimits {
    /// Without ENI trunking: the type's network interfaces less the primary one.
    pub without_trunking: u16,
    /// With ENI trunking; `None` where the type cannot trunk.
    pub with_trunking: Option<u16>,
    /// Where the figures come from.
    pub source: SourceId,
}

/// What an instance type offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstanceType {
    /// Such as `m7g.large`.
    pub name: Box<str>,
    /// Processor architecture.
    pub arch: Arch,
    /// Virtual processors.
    pub vcpu: u16,
    /// Advertised memory in MiB.
    pub memory_mib: u32,
    /// Where processors, memory and accelerators come from.
    pub specs: SourceId,
    /// Whether its processor is credited and can be exhausted (T families).
    pub burstable: bool,
    /// Whether it is a bare-metal size.
    pub bare_metal: bool,
    /// GPUs, if any.
    pub gpus: Option<Gpus>,
    /// Model of another accelerator (`inferentia2`, `trainium`), if any.
    pub accelerator: Option<Box<str>>,
    /// Task limits in `awsvpc` mode.
    pub eni: EniLimits,
    /// Whether ECS Managed Instances can launch it: its family is listed, it has more than one
    /// vCPU, and it is neither a nano nor a micro size.
    pub managed_instances: bool,
}

impl InstanceType {
    /// The part of the name before the dot, such as `m7g`.
    pub fn family(&self) -> &str {
        self.name
            .split_once('.')
            .map_or(&*self.name, |(family, _)| family)
    }

    /// Whether it is of a family: the same as comparing [`Self::family`], and quicker.
    pub(crate) fn is_of(&self, family: &str) -> bool {
        let size = self.name.strip_prefix(family);
        size.is_some_and(|size| size.is_empty() || size.starts_with('.'))
    }

    /// The part of the name after the dot, such as `large`.
    pub fn size(&self) -> &str {
        self.name.split_once('.').map_or("", |(_, size)| size)
    }

    /// The first number in the family's name: 7 for `m7g`. Newer hardware counts higher.
    pub fn generation(&self) -> u32 {
        self.family()
            .bytes()
            .skip_while(|byte| !byte.is_ascii_digit())
            .take_while(u8::is_ascii_digit)
            .fold(0, |number, digit| number * 10 + u32::from(digit - b'0'))
    }
}

ids! {
    /// What is bought beside compute.
    pub enum Adjacent {
        /// EBS gp3 storage, per GB-month.
        EbsGp3Storage = "ebs_gp3_storage",
        /// A public IPv4 address, per hour.
        PublicIpv4 = "public_ipv4",
        /// A NAT gateway, per hour.
        NatGatewayHour = "nat_gateway_hour",
        /// Data through a NAT gateway, per GB.
        NatGatewayData = "nat_gateway_data",
        /// An application load balancer, per hour.
        AlbHour = "alb_hour",
        /// An application load balancer's capacity, per LCU-hour.
        AlbLcu = "alb_lcu",
        /// CloudWatch Logs ingestion, per GB.
        LogsIngest = "cloudwatch_logs_ingest",
        /// CloudWatch Logs storage, per GB-month.
        LogsStorage = "cloudwatch_logs_storage",
        /// Data between zones, per GB in each direction.
        CrossAzData = "cross_az_data",
        /// An interface endpoint of a VPC, per zone and hour.
        VpcEndpointHour = "vpc_endpoint_hour",
        /// Data through an interface endpoint, per GB.
        VpcEndpointData = "vpc_endpoint_data",
    }
}

impl Adjacent {
    /// What it is billed by.
    pub const fn unit(self) -> Unit {
        match self {
            Self::EbsGp3Storage | Self::LogsStorage => Unit::GbMonths,
            Self::NatGatewayData | Self::LogsIngest | Self::CrossAzData | Self::VpcEndpointData => {
                Unit::Gb
            }
            Self::AlbLcu => Unit::LcuHours,
            Self::PublicIpv4 | Self::NatGatewayHour | Self::AlbHour | Self::VpcEndpointHour => {
                Unit::Hours
            }
        }
    }
}

ids! {
    /// What Fargate bills by.
    pub enum FargateDimension {
        /// Per vCPU and hour.
        Vcpu = "vcpu_hour",
        /// Per GiB and hour.
        Memory = "gb_hour",
        /// The Windows licence, per vCPU and hour.
        OsLicense = "os_license_vcpu_hour",
        /// Ephemeral storage beyond 20 GiB, per GiB and hour.
        Ephemeral = "ephemeral_gb_hour",
    }
}

/// One price of Fargate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FargatePrice {
    /// Operating system.
    pub os: Os,
    /// Architecture; `None` where the price is the same for every one.
    pub arch: Option<Arch>,
    /// How it is bought.
    pub kind: PriceKind,
    /// What it is billed by.
    pub dimension: FargateDimension,
    /// The price.
    pub quote: Quote,
}

ids! {
    /// How often Spot instances of a type were interrupted within a month, as AWS's Spot Instance
    /// Advisor bands it.
    pub enum Interruption {
        /// Less than 5 %.
        Under5 = "<5%",
        /// 5 to 10 %.
        Under10 = "5-10%",
        /// 10 to 15 %.
        Under15 = "10-15%",
        /// 15 to 20 %.
        Under20 = "15-20%",
        /// More than 20 %.
        Over20 = ">20%",
    }
}

/// What AWS's Spot Instance Advisor says of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Advice {
    /// Average saving over on-demand in the 30 days before its date, percent, 0 to 99.
    pub saving_percent: u8,
    /// How often it was interrupted.
    pub interruption: Interruption,
    /// Where it comes from.
    pub source: SourceId,
}

/// The Spot Instance Advisor's rows of one system, one per instance type of the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdvisorColumn {
    /// Operating system.
    pub os: Os,
    /// In the order of [`PriceBook::types`].
    pub rows: Vec<Option<Advice>>,
}

/// The EC2 prices of one system and kind, one per instance type of the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ec2Column {
    /// Operating system.
    pub os: Os,
    /// How it is bought.
    pub kind: PriceKind,
    /// US dollars per instance-hour, in the order of [`PriceBook::types`].
    pub quotes: Vec<Option<Quote>>,
    /// For commitments: the part of each rate that is paid in advance, in the same dollars an
    /// hour; `None` where the source does not say, empty where it says of none.
    pub upfront: Vec<Option<Rate>>,
    /// Which of the quotes are shown and may not decide ([`trust`]); empty where all may.
    pub set_aside: Vec<bool>,
}

impl Ec2Column {
    /// The price of a type.
    pub fn quote(&self, index: usize) -> Option<Quote> {
        self.quotes.get(index).copied().flatten()
    }

    /// The price of a type, where it may decide.
    pub fn deciding(&self, index: usize) -> Option<Quote> {
        let aside = self.set_aside.get(index).copied().unwrap_or(false);
        if aside { None } else { self.quote(index) }
    }
}

/// The management fee of ECS Managed Instances for the families that begin with a prefix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManagedFee {
    /// The letters that a family's name begins with before its number (`g`, `gr`, `p`, `trn`);
    /// empty for every other family.
    pub family_letters: Box<str>,
    /// Share of the undiscounted Linux on-demand price; a [`Rate`] of "dollars per dollar".
    pub ratio: Quote,
}

/// The prices of one region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceBook {
    /// Region code, such as `us-east-1`.
    pub region: Box<str>,
    /// Every source that a figure of the book names.
    pub sources: Vec<Source>,
    /// The instance types, sorted by name, bytewise.
    pub types: Vec<InstanceType>,
    /// Where the list of families that Managed Instances can launch comes from.
    pub managed_types: SourceId,
    /// EC2 prices.
    pub ec2: Vec<Ec2Column>,
    /// What the Spot Instance Advisor says.
    pub advisor: Vec<AdvisorColumn>,
    /// Fargate prices.
    pub fargate: Vec<FargatePrice>,
    /// Fees of ECS Managed Instances.
    pub managed_fees: Vec<ManagedFee>,
    /// What is bought beside compute.
    pub adjacent: Vec<(Adjacent, Quote)>,
    /// The date of the newest Spot figure of the region; [`trust`] finds it.
    pub newest_spot: Option<Date>,
}

impl PriceBook {
    /// The source with this index.
    pub fn source(&self, id: SourceId) -> Option<&Source> {
        match id {
            SourceId::OWN => Some(&origin::OWN),
            SourceId::ESTIMATE => Some(&origin::ESTIMATE),
            SourceId::CREDITS => Some(&origin::CREDITS),
            id => self.sources.get(id.index()),
        }
    }

    /// Where the type of this name stands among [`PriceBook::types`].
    pub fn type_index(&self, name: &str) -> Option<usize> {
        self.types
            .binary_search_by(|known| (*known.name).cmp(name))
            .ok()
    }

    /// The EC2 prices of a system and kind, in the order of the types; empty where none is known.
    pub fn ec2(&self, os: Os, kind: PriceKind) -> &[Option<Quote>] {
        self.ec2
            .iter()
            .find(|column| column.os == os && column.kind == kind)
            .map_or(&[], |column| &column.quotes)
    }

    /// The EC2 prices of a system and kind, if the book has any.
    pub fn ec2_column(&self, os: Os, kind: PriceKind) -> Option<&Ec2Column> {
        self.ec2
            .iter()
            .find(|column| column.os == os && column.kind == kind)
    }

    /// What the Spot Instance Advisor says of a type.
    pub fn advice(&self, os: Os, index: usize) -> Option<Advice> {
        let column = self.advisor.iter().find(|column| column.os == os)?;
        column.rows.get(index).copied().flatten()
    }

    /// A price of Fargate.
    pub fn fargate(
        &self,
        os: Os,
        arch: Arch,
        kind: PriceKind,
        dimension: FargateDimension,
    ) -> Option<Quote> {
        self.fargate
            .iter()
            .find(|price| {
                price.os == os
                    && price.arch.is_none_or(|only| only == arch)
                    && price.kind == kind
                    && price.dimension == dimension
            })
            .map(|price| price.quote)
    }

    /// The price of something beside compute.
    pub fn adjacent(&self, item: Adjacent) -> Option<Quote> {
        self.adjacent
            .iter()
            .find(|(known, _)| *known == item)
            .map(|(_, quote)| *quote)
    }

    /// The management fee of an instance type, as a share of its Linux on-demand price.
    pub fn managed_fee(&self, instance: &InstanceType) -> Option<Quote> {
        self.fee_of(instance).map(|fee| fee.ratio)
    }

    /// The letters by which the fee of an instance type is listed; empty for every other family.
    pub(crate) fn fee_letters(&self, instance: &InstanceType) -> Option<&str> {
        self.fee_of(instance).map(|fee| &*fee.family_letters)
    }

    fn fee_of(&self, instance: &InstanceType) -> Option<&ManagedFee> {
        let family = instance.family();
        let digit = family
            .find(|c: char| c.is_ascii_digit())
            .unwrap_or(family.len());
        let letters = family.get(..digit).unwrap_or(family);
        let of = |wanted: &str| {
            self.managed_fees
                .iter()
                .find(|fee| &*fee.family_letters == wanted)
        };
        of(letters).or_else(|| of(""))
    }
}
