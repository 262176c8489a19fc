//! A bill: lines of quantity x rate = amount that sum to a monthly total.

use rust_decimal::Decimal;

use crate::date::Date;
use crate::money::Usd;
use crate::prices::{PriceBook, SourceId};
use crate::purchase::PriceKind;

ids! {
    /// What a quantity counts.
    pub enum Unit {
        /// vCPU times hours.
        VcpuHours = "vcpu_hours",
        /// GiB times hours.
        GibHours = "gib_hours",
        /// Instances times hours.
        InstanceHours = "instance_hours",
        /// GB of storage kept for a month.
        GbMonths = "gb_months",
        /// Dollars of a commitment.
        Usd = "usd",
    }
}

/// What a line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// Fargate vCPU.
    FargateVcpu,
    /// Fargate memory.
    FargateMemory,
    /// The Windows licence on Fargate.
    FargateOsLicense,
    /// Ephemeral storage beyond 20 GiB on Fargate.
    FargateEphemeral,
    /// Instances of a type (its index in the book).
    Instances(usize),
    /// The management fee of Managed Instances of a type.
    ManagedFee(usize),
    /// The volume of each instance.
    InstanceVolume,
    /// Scratch space of tasks beyond 20 GiB.
    TaskVolume,
    /// What was committed and not used.
    UnusedCommitment,
}

ids! {
    /// Kinds of spend that a bill is stacked by.
    pub enum Component {
        /// Instances, or vCPU on Fargate.
        Compute = "compute",
        /// Memory on Fargate (an instance's price includes its memory).
        Memory = "memory",
        /// The operating system.
        License = "license",
        /// Volumes and ephemeral storage.
        Storage = "storage",
        /// The management fee of Managed Instances.
        Fee = "fee",
        /// Committed and not used.
        Unused = "unused",
    }
}

impl Item {
    /// Which kind of spend it is.
    pub const fn component(self) -> Component {
        match self {
            Self::FargateVcpu | Self::Instances(_) => Component::Compute,
            Self::FargateMemory => Component::Memory,
            Self::FargateOsLicense => Component::License,
            Self::FargateEphemeral | Self::InstanceVolume | Self::TaskVolume => Component::Storage,
            Self::ManagedFee(_) => Component::Fee,
            Self::UnusedCommitment => Component::Unused,
        }
    }
}

/// One line of a bill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is for.
    pub item: Item,
    /// How it is bought.
    pub kind: PriceKind,
    /// How much of it a month.
    pub quantity: Decimal,
    /// What the quantity counts.
    pub unit: Unit,
    /// US dollars per unit.
    pub rate: Usd,
    /// Quantity times rate, unrounded.
    pub amount: Usd,
    /// Where the rate comes from; `None` where it is 1 by definition.
    pub source: Option<SourceId>,
    /// Where the price comes from that the rate is a share of, if it is one.
    pub base: Option<SourceId>,
}

/// Monthly spend, line by line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bill {
    lines: Vec<Line>,
}

impl Bill {
    /// Adds a line, unless its quantity is zero.
    pub fn add(
        &mut self,
        item: Item,
        kind: PriceKind,
        (quantity, unit): (Decimal, Unit),
        rate: Usd,
        source: Option<SourceId>,
    ) {
        if !quantity.is_zero() {
            let amount = rate.scaled(quantity);
            self.lines.push(Line {
                item,
                kind,
                quantity,
                unit,
                rate,
                amount,
                source,
                base: None,
            });
        }
    }

    /// Names the source of the price that the last line's rate is a share of.
    pub fn based_on(&mut self, source: SourceId) {
        if let Some(line) = self.lines.last_mut() {
            line.base = Some(source);
        }
    }

    /// The lines.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The exact sum of the unrounded lines.
    pub fn total(&self) -> Usd {
        self.lines.iter().map(|line| line.amount).sum()
    }

    /// The sum of the lines of one kind of spend.
    pub fn component(&self, component: Component) -> Usd {
        let lines = self
            .lines
            .iter()
            .filter(|line| line.item.component() == component);
        lines.map(|line| line.amount).sum()
    }

    /// The oldest date that the total rests on; `None` for an empty bill.
    pub fn oldest_price(&self, book: &PriceBook) -> Option<Date> {
        let sources = self
            .lines
            .iter()
            .flat_map(|line| [line.source, line.base])
            .flatten();
        let sources = sources.filter_map(|id| book.source(id));
        sources.map(|source| source.date).min()
    }
}
