//! AWS Fargate: which sizes exist, and what they cost.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::bill::{Bill, Item, Unit};
use crate::exact;
use crate::money::{PER_USD, Usd};
use crate::platform::{Arch, Os};
use crate::prices::{FargateDimension, PriceBook, Quote, SourceId};
use crate::purchase::PriceKind;
use crate::units::{Gib, Vcpu};

pub mod price;
pub mod sizes;

pub use sizes::Size;

/// Ephemeral storage that every task includes, in GiB.
pub const INCLUDED_EPHEMERAL_GIB: u16 = 20;

/// Most ephemeral storage that a task can have, in GiB.
pub const MAX_EPHEMERAL_GIB: u16 = 200;

/// Least ephemeral storage that a task definition can ask for by name, in GiB.
const LEAST_EPHEMERAL_PARAMETER_GIB: u16 = 21;

/// Whether `ephemeralStorage` of a task definition takes so many GiB; the included 20 are had by
/// leaving it out (ECS API, `EphemeralStorage`).
pub const fn takes_ephemeral_parameter(gib: u16) -> bool {
    gib >= LEAST_EPHEMERAL_PARAMETER_GIB && gib <= MAX_EPHEMERAL_GIB
}

/// A price in dollars per unit, with its source where it comes from a book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price {
    /// US dollars per unit.
    pub usd: Usd,
    /// Where it comes from.
    pub source: Option<SourceId>,
}

impl From<Quote> for Price {
    fn from(quote: Quote) -> Self {
        Self {
            usd: quote.rate.usd(),
            source: Some(quote.source),
        }
    }
}

/// What one purchase of Fargate costs, per hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rates {
    /// How it is bought.
    pub kind: PriceKind,
    /// Per vCPU.
    pub vcpu: Price,
    /// Per GiB of memory.
    pub memory: Price,
    /// The Windows licence per vCPU; `None` where the system has none.
    pub os_license: Option<Price>,
    /// Per GiB of ephemeral storage beyond the included; `None` where none is asked for.
    pub ephemeral: Option<Price>,
}

impl Rates {
    /// The rates of a purchase, or the first dimension that has no price. `ephemeral` says
    /// whether the task has storage beyond the included; it is billed at its one price under
    /// every purchase.
    pub fn of(
        book: &PriceBook,
        os: Os,
        arch: Arch,
        kind: PriceKind,
        ephemeral: bool,
    ) -> Result<Self, FargateDimension> {
        let find = |kind, dimension| {
            book.fargate(os, arch, kind, dimension)
                .map(|quote| Price {
                    usd: quote.rate.usd(),
                    source: Some(quote.source),
                })
                .ok_or(dimension)
        };
        Ok(Self {
            kind,
            vcpu: find(kind, FargateDimension::Vcpu)?,
            memory: find(kind, FargateDimension::Memory)?,
            os_license: match os {
                Os::Linux => None,
                Os::Windows => Some(find(kind, FargateDimension::OsLicense)?),
            },
            ephemeral: if ephemeral {
                Some(find(PriceKind::OnDemand, FargateDimension::Ephemeral)?)
            } else {
                None
            },
        })
    }

    /// The first of the sizes at which a task costs least, storage apart.
    pub(crate) fn cheapest(&self, sizes: impl Iterator<Item = Size>) -> Option<Size> {
        let whole = |price: Usd| {
            let scaled = exact::product(price.decimal(), PER_USD.into());
            scaled
                .and_then(|scaled| scaled.to_u128())
                .unwrap_or(u128::MAX)
        };
        let license = self.os_license.map_or(Usd::ZERO, |price| price.usd);
        let (vcpu, memory) = (whole(self.vcpu.usd + license), whole(self.memory.usd));
        // Both in 1/1024, and prices in whole ten-billionths: exact, and quicker than decimals.
        sizes.min_by_key(|size| {
            let vcpu = vcpu.saturating_mul(size.cpu_units().into());
            let memory = memory.saturating_mul(size.memory_mib().into());
            (vcpu.saturating_add(memory), *size)
        })
    }

    /// What one task of a size costs an hour, storage apart.
    pub fn task_hour(&self, size: Size) -> Usd {
        let vcpu = size.vcpu().decimal();
        let license = self.os_license.map_or(Usd::ZERO, |price| price.usd);
        (self.vcpu.usd + license).scaled(vcpu) + self.memory.usd.scaled(size.memory().decimal())
    }
}

/// Adds the lines of `task_hours` of tasks of one size.
///
/// `vcpu` and `memory` are what is billed: the legal size, not what the task asks for.
pub fn add_lines(
    bill: &mut Bill,
    rates: &Rates,
    (vcpu, memory): (Vcpu, Gib),
    ephemeral_gib: u16,
    task_hours: Decimal,
) {
    let vcpu_hours = (vcpu.decimal() * task_hours, Unit::VcpuHours);
    let memory_hours = (memory.decimal() * task_hours, Unit::GibHours);
    bill.add(
        Item::FargateVcpu,
        rates.kind,
        vcpu_hours,
        rates.vcpu.usd,
        rates.vcpu.source,
    );
    bill.add(
        Item::FargateMemory,
        rates.kind,
        memory_hours,
        rates.memory.usd,
        rates.memory.source,
    );
    if let Some(license) = rates.os_license {
        bill.add(
            Item::FargateOsLicense,
            rates.kind,
            vcpu_hours,
            license.usd,
            license.source,
        );
    }
    add_ephemeral(bill, rates, ephemeral_gib, task_hours);
}

/// Adds the line of ephemeral storage beyond the included.
pub fn add_ephemeral(bill: &mut Bill, rates: &Rates, ephemeral_gib: u16, task_hours: Decimal) {
    if let Some(price) = rates.ephemeral {
        let beyond = ephemeral_gib.saturating_sub(INCLUDED_EPHEMERAL_GIB);
        let quantity = (Decimal::from(beyond) * task_hours, Unit::GibHours);
        bill.add(
            Item::FargateEphemeral,
            PriceKind::OnDemand,
            quantity,
            price.usd,
            price.source,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parameter_begins_above_what_is_included() {
        let taken: Vec<u16> = [0, 20, 21, 200, 201]
            .into_iter()
            .filter(|&gib| takes_ephemeral_parameter(gib))
            .collect();
        assert_eq!(taken, [21, 200]);
    }
}
