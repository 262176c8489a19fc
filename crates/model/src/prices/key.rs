//! Names of single prices: what a link, a file or a command line calls them.

use std::fmt;

use super::{Adjacent, FargateDimension, PriceBook, Quote};
use crate::bill::{Item, Line};
use crate::platform::{Arch, Os};
use crate::purchase::PriceKind;

/// Which price of a region.
///
/// | text | price |
/// |---|---|
/// | `ec2.linux.on_demand.m7g.large` | of an instance type, dollars an hour |
/// | `fargate.linux.arm64.spot.gb_hour` | of a dimension of Fargate; `any` where the architecture makes no difference |
/// | `fee.g` | fee of Managed Instances for families that begin so, a share; `fee.*` for the rest |
/// | `beside.ebs_gp3_storage` | of something beside compute |
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PriceKey {
    /// Of an instance type.
    Ec2(Os, PriceKind, Box<str>),
    /// Of Fargate.
    Fargate(Os, Option<Arch>, PriceKind, FargateDimension),
    /// Fee of Managed Instances, by the letters that a family begins with.
    Fee(Box<str>),
    /// Of something beside compute.
    Beside(Adjacent),
}

impl fmt::Display for PriceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ec2(os, kind, name) => write!(f, "ec2.{}.{kind}.{name}", os.id()),
            Self::Fargate(os, arch, kind, dimension) => write!(
                f,
                "fargate.{}.{}.{kind}.{}",
                os.id(),
                arch.map_or("any", Arch::id),
                dimension.id()
            ),
            Self::Fee(letters) if letters.is_empty() => f.write_str("fee.*"),
            Self::Fee(letters) => write!(f, "fee.{letters}"),
            Self::Beside(item) => write!(f, "beside.{}", item.id()),
        }
    }
}

impl PriceKey {
    /// The key of this text; `None` for what names no price.
    pub fn parse(text: &str) -> Option<Self> {
        let (place, rest) = text.split_once('.')?;
        match place {
            "ec2" => {
                let mut parts = rest.splitn(3, '.');
                let os = Os::from_id(parts.next()?)?;
                let kind = PriceKind::from_id(parts.next()?)?;
                let name = parts.next()?;
                let legal = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.');
                ((1..=32).contains(&name.len()) && name.bytes().all(legal))
                    .then(|| Self::Ec2(os, kind, name.into()))
            }
            "fargate" => {
                let mut parts = rest.split('.');
                let os = Os::from_id(parts.next()?)?;
                let arch = match parts.next()? {
                    "any" => None,
                    id => Some(Arch::from_id(id)?),
                };
                let kind = PriceKind::from_id(parts.next()?)?;
                let dimension = FargateDimension::from_id(parts.next()?)?;
                parts
                    .next()
                    .is_none()
                    .then_some(Self::Fargate(os, arch, kind, dimension))
            }
            "fee" => match rest {
                "*" => Some(Self::Fee("".into())),
                letters => {
                    let legal = (1..=8).contains(&letters.len())
                        && letters.bytes().all(|byte| byte.is_ascii_lowercase());
                    legal.then(|| Self::Fee(letters.into()))
                }
            },
            "beside" => Adjacent::from_id(rest).map(Self::Beside),
            _ => None,
        }
    }

    /// What one unit of it is.
    pub const fn unit(&self) -> &'static str {
        match self {
            Self::Ec2(..) => "USD per instance-hour",
            Self::Fargate(_, _, _, dimension) => match dimension {
                FargateDimension::Vcpu | FargateDimension::OsLicense => "USD per vCPU-hour",
                FargateDimension::Memory | FargateDimension::Ephemeral => "USD per GB-hour",
            },
            Self::Fee(_) => "share of the Linux on-demand price",
            Self::Beside(item) => match item {
                Adjacent::EbsGp3Storage | Adjacent::LogsStorage => "USD per GB-month",
                Adjacent::PublicIpv4 => "USD per address-hour",
                Adjacent::NatGatewayHour => "USD per gateway-hour",
                Adjacent::NatGatewayData | Adjacent::LogsIngest | Adjacent::VpcEndpointData => {
                    "USD per GB"
                }
                Adjacent::AlbHour => "USD per load balancer-hour",
                Adjacent::AlbLcu => "USD per LCU-hour",
                Adjacent::CrossAzData => "USD per GB in each direction",
                Adjacent::VpcEndpointHour => "USD per endpoint-hour",
            },
        }
    }
}

impl PriceBook {
    /// The price that a bill's line multiplies, of an option on an architecture; of a fee, the
    /// share and not the list price. `None` for what has no price, such as a discount.
    pub fn key_of(&self, line: &Line, os: Os, arch: Arch) -> Option<PriceKey> {
        let fargate = |kind, dimension| {
            let of_arch = PriceKey::Fargate(os, Some(arch), kind, dimension);
            if self.quote(&of_arch).is_some() {
                of_arch
            } else {
                PriceKey::Fargate(os, None, kind, dimension)
            }
        };
        let name = |index: usize| Some(self.types.get(index)?.name.clone());
        Some(match line.item {
            Item::FargateVcpu => fargate(line.kind, FargateDimension::Vcpu),
            Item::FargateMemory => fargate(line.kind, FargateDimension::Memory),
            Item::FargateOsLicense => fargate(line.kind, FargateDimension::OsLicense),
            // Storage has one price however the task is bought.
            Item::FargateEphemeral => fargate(PriceKind::OnDemand, FargateDimension::Ephemeral),
            Item::Instances(index) => PriceKey::Ec2(os, line.kind, name(index)?),
            Item::ManagedFee(index) => {
                PriceKey::Fee(self.fee_letters(self.types.get(index)?)?.into())
            }
            Item::InstanceVolume | Item::TaskVolume => PriceKey::Beside(Adjacent::EbsGp3Storage),
            Item::Beside(item) => PriceKey::Beside(item),
            // Surplus credits have one price everywhere, which stands in no book.
            Item::SurplusCredits(_)
            | Item::Covered(_)
            | Item::UnusedCommitment
            | Item::StaffTime
            | Item::Discount => {
                return None;
            }
        })
    }

    /// The price of this name.
    pub fn quote(&self, key: &PriceKey) -> Option<Quote> {
        match key {
            PriceKey::Ec2(os, kind, name) => {
                let index = self.type_index(name)?;
                self.ec2_column(*os, *kind)?.quote(index)
            }
            PriceKey::Fargate(os, arch, kind, dimension) => self
                .fargate
                .iter()
                .find(|price| {
                    (price.os, price.arch, price.kind, price.dimension)
                        == (*os, *arch, *kind, *dimension)
                })
                .map(|price| price.quote),
            PriceKey::Fee(letters) => self
                .managed_fees
                .iter()
                .find(|fee| fee.family_letters == *letters)
                .map(|fee| fee.ratio),
            PriceKey::Beside(item) => self.adjacent(*item),
        }
    }

    /// Every price of the book with its name: EC2 by system, purchase and type, then Fargate,
    /// fees, and what is bought beside compute.
    pub fn prices(&self) -> impl Iterator<Item = (PriceKey, Quote)> + '_ {
        let ec2 = self.ec2.iter().flat_map(|column| {
            let of_type = |(index, quote): (usize, &Option<Quote>)| {
                let name = self.types.get(index)?.name.clone();
                Some((PriceKey::Ec2(column.os, column.kind, name), (*quote)?))
            };
            column.quotes.iter().enumerate().filter_map(of_type)
        });
        let fargate = self.fargate.iter().map(|price| {
            let key = PriceKey::Fargate(price.os, price.arch, price.kind, price.dimension);
            (key, price.quote)
        });
        let fees = self
            .managed_fees
            .iter()
            .map(|fee| (PriceKey::Fee(fee.family_letters.clone()), fee.ratio));
        let beside = self
            .adjacent
            .iter()
            .map(|(item, quote)| (PriceKey::Beside(*item), *quote));
        ec2.chain(fargate).chain(fees).chain(beside)
    }
}
