//! A bill: lines of quantity x rate = amount that sum to a monthly total.

use rust_decimal::Decimal;

use crate::date::Date;
use crate::exact;
use crate::money::Usd;
use crate::prices::{Adjacent, PriceBook, SourceId};
use crate::pricing::Percent;
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
        /// Dollars of a commitment, or of what a discount is taken off.
        Usd = "usd",
        /// Hours of an address, a gateway, an endpoint or a load balancer.
        Hours = "hours",
        /// Gigabytes moved or written.
        Gb = "gb",
        /// Capacity units of a load balancer times hours.
        LcuHours = "lcu_hours",
        /// Hours that people work.
        StaffHours = "staff_hours",
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
    /// Surplus CPU credits of burstable instances of a type.
    SurplusCredits(usize),
    /// The volume of each instance.
    InstanceVolume,
    /// Scratch space of tasks beyond 20 GiB.
    TaskVolume,
    /// What was committed and not used.
    UnusedCommitment,
    /// What commitments that are owned already cover: paid for, and nothing more.
    Covered(Coverable),
    /// Something beside compute: network, load balancer, logs.
    Beside(Adjacent),
    /// The time of the staff who run a fleet of one's own.
    StaffTime,
    /// The discount of the whole bill.
    Discount,
}

/// What owned commitments may cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverable {
    /// Instances of a type (its index in the book).
    Instances(usize),
    /// Fargate vCPU.
    Vcpu,
    /// Fargate memory.
    Memory,
    /// The Windows licence on Fargate.
    License,
}

impl Coverable {
    /// What of an item's usage it is; `None` of what no commitment covers.
    pub const fn of(item: Item) -> Option<Self> {
        Some(match item {
            Item::Instances(index) => Self::Instances(index),
            Item::FargateVcpu => Self::Vcpu,
            Item::FargateMemory => Self::Memory,
            Item::FargateOsLicense => Self::License,
            _ => return None,
        })
    }
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
        /// Network, load balancer and logs.
        Beside = "beside",
        /// The time of one's own staff.
        Staff = "staff",
    }
}

impl Item {
    /// Which kind of spend it is; `None` for a discount, which is off every kind.
    pub const fn component(self) -> Option<Component> {
        Some(match self {
            Self::FargateVcpu | Self::Instances(_) | Self::SurplusCredits(_) | Self::Covered(_) => {
                Component::Compute
            }
            Self::FargateMemory => Component::Memory,
            Self::FargateOsLicense => Component::License,
            Self::FargateEphemeral | Self::InstanceVolume | Self::TaskVolume => Component::Storage,
            Self::ManagedFee(_) => Component::Fee,
            Self::UnusedCommitment => Component::Unused,
            Self::Beside(_) => Component::Beside,
            Self::StaffTime => Component::Staff,
            Self::Discount => return None,
        })
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
    /// Where the rate comes from; `None` where it is 1 by definition, or what an input says.
    pub source: Option<SourceId>,
    /// Where the price comes from that the rate is a share of, if it is one.
    pub base: Option<SourceId>,
}

impl Line {
    /// Whether its rate is the user's own figure, or a share of one.
    pub fn is_own(&self) -> bool {
        [self.source, self.base].contains(&Some(SourceId::OWN))
    }

    /// Whether a discount comes off it: not where the rate is the user's own figure, nor where AWS
    /// does not bill it at all.
    fn takes_discount(&self) -> bool {
        !self.is_own() && self.item != Item::StaffTime
    }
}

/// Decimals beyond which a quantity is what 28 digits leave of nothing.
const QUANTITY_DECIMALS: u32 = 12;

fn is_nothing(quantity: Decimal) -> bool {
    quantity.round_dp(QUANTITY_DECIMALS).is_zero()
}

/// Monthly spend, line by line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bill {
    lines: Vec<Line>,
    discount: Percent,
}

impl Bill {
    /// Adds a line, unless its quantity is zero, or what is left of zero where a quantity is
    /// divided and multiplied again.
    pub fn add(
        &mut self,
        item: Item,
        kind: PriceKind,
        (quantity, unit): (Decimal, Unit),
        rate: Usd,
        source: Option<SourceId>,
    ) {
        if !is_nothing(quantity) {
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

    /// Adds a line as it is; to one that differs in its quantity alone, where there is one.
    pub fn push(&mut self, line: Line) {
        let alike = |other: &&mut Line| {
            (other.item, other.kind, other.unit) == (line.item, line.kind, line.unit)
                && (other.rate, other.source, other.base) == (line.rate, line.source, line.base)
        };
        match self.lines.iter_mut().find(alike) {
            Some(other) => {
                other.quantity = exact::sum(other.quantity, line.quantity);
                other.amount = other.rate.scaled(other.quantity);
            }
            None => self.lines.push(line),
        }
    }

    /// Takes so much of an item's on-demand usage as covered by what is owned already, and shows
    /// it in a line that costs nothing. More than there is on-demand is not covered.
    pub fn cover(&mut self, item: Item, unit: Unit, quantity: Decimal) {
        let Some(what) = Coverable::of(item) else {
            return;
        };
        let is_billed = |line: &&mut Line| line.item == item && line.kind == PriceKind::OnDemand;
        let Some(line) = self.lines.iter_mut().find(is_billed) else {
            return;
        };
        let covered = quantity.min(line.quantity);
        let listed = line.source;
        line.quantity = exact::difference(line.quantity, covered);
        line.amount = line.rate.scaled(line.quantity);
        self.lines
            .retain(|line| line.item == Item::Discount || !is_nothing(line.quantity));
        let nothing = Usd::ZERO;
        self.add(
            Item::Covered(what),
            PriceKind::OnDemand,
            (covered, unit),
            nothing,
            None,
        );
        // How much is covered follows from the list price too.
        if let Some(source) = listed.filter(|_| !is_nothing(covered)) {
            self.based_on(source);
        }
    }

    /// Names the source of the price that the last line's rate is a share of.
    pub fn based_on(&mut self, source: SourceId) {
        if let Some(line) = self.lines.last_mut() {
            line.base = Some(source);
        }
    }

    /// Takes a discount off every line at list price, as one last line (rule 24): Spot, fees and
    /// commitments too, but nothing that the user has priced, nor staff time.
    pub fn take_off(&mut self, discount: Percent) {
        let listed = self.lines.iter().filter(|line| line.takes_discount());
        let listed: Usd = listed.map(|line| line.amount).sum();
        if !discount.is_zero() {
            let quantity = (listed.decimal(), Unit::Usd);
            let rate = Usd::new(-discount.share());
            self.add(Item::Discount, PriceKind::OnDemand, quantity, rate, None);
            self.discount = discount;
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

    /// The sum of the lines of one kind of spend, each less its share of the discount, so that
    /// all kinds together are the total.
    pub fn component(&self, component: Component) -> Usd {
        let lines = self
            .lines
            .iter()
            .filter(|line| line.item.component() == Some(component));
        lines.map(|line| self.paid(line)).sum()
    }

    /// What one of its lines comes to, less its share of the discount.
    pub(crate) fn paid(&self, line: &Line) -> Usd {
        if line.takes_discount() {
            line.amount.scaled(self.discount.rest())
        } else {
            line.amount
        }
    }

    /// What its lines under a purchase come to in a month: at the prices of the lines, and as it is
    /// paid, less each line's share of the discount.
    pub(crate) fn under(&self, kind: PriceKind) -> (Usd, Usd) {
        let lines = self.lines.iter().filter(|line| line.kind == kind);
        lines.fold((Usd::ZERO, Usd::ZERO), |(listed, paid), line| {
            let of_line = if line.takes_discount() {
                line.amount.scaled(self.discount.rest())
            } else {
                line.amount
            };
            (listed + line.amount, paid + of_line)
        })
    }

    /// The oldest date that the total rests on; `None` for an empty bill.
    pub fn oldest_price(&self, book: &PriceBook) -> Option<Date> {
        let sources = self
            .lines
            .iter()
            .flat_map(|line| [line.source, line.base])
            .flatten()
            .filter(|id| id.has_date());
        let sources = sources.filter_map(|id| book.source(id));
        sources.map(|source| source.date).min()
    }

    /// Whether any line rests on a figure of the user's own.
    pub fn has_own(&self) -> bool {
        self.lines.iter().any(Line::is_own)
    }

    /// Whether any price that the total rests on is old on a day (rule 26).
    pub fn rests_on_old_prices(&self, book: &PriceBook, today: Date) -> bool {
        self.lines.iter().any(|line| {
            let old =
                |kind, id: Option<SourceId>| id.is_some_and(|id| book.is_old(kind, id, today));
            // What a rate is a share of is always a list price.
            old(line.kind, line.source) || old(PriceKind::OnDemand, line.base)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prices::embedded::US_EAST_1;

    const BOOK_SOURCE: SourceId = SourceId::new(0);

    fn usd(text: &str) -> Usd {
        Usd::parse(text).unwrap()
    }

    fn of(number: i64) -> (Decimal, Unit) {
        (number.into(), Unit::InstanceHours)
    }

    /// Ten hours of an instance at $2, and of its fee at 50 cents.
    fn bill(instance: SourceId, fee: SourceId) -> Bill {
        let mut bill = Bill::default();
        let kind = PriceKind::OnDemand;
        bill.add(Item::Instances(3), kind, of(10), usd("2"), Some(instance));
        bill.add(
            Item::ManagedFee(3),
            kind,
            of(10),
            usd("0.5"),
            Some(BOOK_SOURCE),
        );
        bill.based_on(fee);
        bill
    }

    #[test]
    fn a_line_is_quantity_times_rate_and_dust_is_no_line() {
        let mut bill = bill(BOOK_SOURCE, BOOK_SOURCE);
        assert_eq!(bill.total(), usd("25"));
        let dust = (Decimal::new(1, 13), Unit::Hours);
        bill.add(Item::FargateVcpu, PriceKind::OnDemand, dust, usd("1"), None);
        assert_eq!(bill.lines().len(), 2);
        assert_eq!(bill.lines()[0].amount, usd("20"));
        assert_eq!(bill.lines()[0].base, None);
        assert_eq!(bill.lines()[1].base, Some(BOOK_SOURCE));
    }

    #[test]
    fn lines_that_differ_in_quantity_alone_are_one() {
        let mut bill = bill(BOOK_SOURCE, BOOK_SOURCE);
        let line = bill.lines()[0];
        bill.push(Line {
            quantity: 5.into(),
            amount: usd("10"),
            ..line
        });
        assert_eq!(bill.lines().len(), 2);
        assert_eq!(bill.lines()[0].quantity, Decimal::from(15));
        assert_eq!(bill.total(), usd("35"));
        let others = [
            Line {
                item: Item::Instances(4),
                ..line
            },
            Line {
                kind: PriceKind::Spot,
                ..line
            },
            Line {
                rate: usd("3"),
                ..line
            },
            Line {
                source: Some(SourceId::new(1)),
                ..line
            },
            Line {
                base: Some(SourceId::new(1)),
                ..line
            },
        ];
        for (count, other) in (3..).zip(others) {
            bill.push(other);
            assert_eq!(bill.lines().len(), count);
        }
    }

    #[test]
    fn a_discount_leaves_own_figures_their_shares_and_staff_time_alone() {
        let ten = Percent::whole(10).unwrap();
        for (instance, fee, total, own) in [
            (BOOK_SOURCE, BOOK_SOURCE, "22.5", false),
            (SourceId::OWN, BOOK_SOURCE, "24.5", true),
            (BOOK_SOURCE, SourceId::OWN, "23", true),
            (SourceId::OWN, SourceId::OWN, "25", true),
        ] {
            let mut bill = bill(instance, fee);
            assert_eq!(bill.has_own(), own);
            bill.take_off(ten);
            assert_eq!(bill.total(), usd(total));
            let parts = Component::ALL.iter().map(|&one| bill.component(one));
            assert_eq!(parts.sum::<Usd>(), usd(total));
        }
        let mut bill = bill(BOOK_SOURCE, BOOK_SOURCE);
        let hours = (8.into(), Unit::StaffHours);
        bill.add(Item::StaffTime, PriceKind::OnDemand, hours, usd("75"), None);
        bill.take_off(ten);
        assert_eq!(bill.component(Component::Staff), usd("600"));
        assert_eq!(bill.component(Component::Compute), usd("18"));
        assert_eq!(bill.component(Component::Fee), usd("4.5"));
        assert_eq!(bill.component(Component::Memory), Usd::ZERO);
        let last = bill.lines().last().unwrap();
        assert_eq!((last.item, last.amount), (Item::Discount, usd("-2.5")));
        let mut none = bill.clone();
        none.take_off(Percent::default());
        assert_eq!(none, bill);
    }

    #[test]
    fn what_is_owned_covers_on_demand_usage_up_to_all_of_it() {
        let mut part = bill(BOOK_SOURCE, BOOK_SOURCE);
        part.cover(Item::Instances(3), Unit::InstanceHours, 4.into());
        assert_eq!(part.total(), usd("17"));
        let last = part.lines().last().unwrap();
        assert_eq!(last.item, Item::Covered(Coverable::Instances(3)));
        assert_eq!((last.quantity, last.amount), (4.into(), Usd::ZERO));
        assert_eq!(last.base, Some(BOOK_SOURCE));

        let mut all = bill(BOOK_SOURCE, BOOK_SOURCE);
        all.cover(Item::Instances(3), Unit::InstanceHours, 40.into());
        assert_eq!(all.total(), usd("5"));
        assert_eq!(all.lines().len(), 2);
        assert_eq!(all.lines()[1].quantity, Decimal::from(10));

        for (item, kind) in [
            (Item::ManagedFee(3), PriceKind::OnDemand),
            (Item::Instances(4), PriceKind::OnDemand),
            (Item::Instances(3), PriceKind::Spot),
        ] {
            let mut other = bill(BOOK_SOURCE, BOOK_SOURCE);
            if let Some(line) = other.lines.first_mut() {
                line.kind = kind;
            }
            let before = other.clone();
            other.cover(item, Unit::InstanceHours, 4.into());
            assert_eq!(other, before, "{item:?}");
        }

        // Nothing to cover with leaves the list price of what follows as it is.
        let mut none = bill(BOOK_SOURCE, SourceId::new(1));
        none.cover(Item::Instances(3), Unit::InstanceHours, Decimal::ZERO);
        assert_eq!(none, bill(BOOK_SOURCE, SourceId::new(1)));
    }

    #[test]
    fn every_item_that_a_commitment_covers_has_its_kind() {
        for (item, what) in [
            (Item::Instances(7), Some(Coverable::Instances(7))),
            (Item::FargateVcpu, Some(Coverable::Vcpu)),
            (Item::FargateMemory, Some(Coverable::Memory)),
            (Item::FargateOsLicense, Some(Coverable::License)),
            (Item::InstanceVolume, None),
        ] {
            assert_eq!(Coverable::of(item), what);
        }
    }

    #[test]
    fn the_oldest_price_is_that_of_any_line_or_of_what_it_is_a_share_of() {
        let book = PriceBook::parse(US_EAST_1).unwrap();
        let dates: Vec<(SourceId, Date)> = (0..)
            .map(SourceId::new)
            .map_while(|id| Some((id, book.source(id)?.date)))
            .collect();
        let (oldest, first) = *dates.iter().min_by_key(|(_, date)| *date).unwrap();
        let (newest, last) = *dates.iter().max_by_key(|(_, date)| *date).unwrap();
        assert!(first < last);
        let mut line = Bill::default();
        assert_eq!(line.oldest_price(&book), None);
        assert!(!line.rests_on_old_prices(&book, last));
        line.add(
            Item::Instances(0),
            PriceKind::Spot,
            of(1),
            usd("1"),
            Some(newest),
        );
        assert_eq!(line.oldest_price(&book), Some(last));
        assert!(!line.rests_on_old_prices(&book, last));
        line.based_on(oldest);
        assert_eq!(line.oldest_price(&book), Some(first));
        let later = Date::new(2036, 1, 1).unwrap();
        assert!(line.rests_on_old_prices(&book, later));
        // A figure of one's own has no date.
        let mut own = Bill::default();
        own.add(
            Item::Instances(0),
            PriceKind::Spot,
            of(1),
            usd("1"),
            Some(SourceId::OWN),
        );
        assert_eq!(own.oldest_price(&book), None);
    }
}
