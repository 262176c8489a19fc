//! What a person says of prices: own figures, a discount, estimates of missing commitment rates.

use std::borrow::Cow;
use std::fmt;

use rust_decimal::Decimal;

use crate::inputs::plain_number;
use crate::money::{MAX_RATE_USD, PER_USD, Rate};
use crate::prices::key::PriceKey;
use crate::prices::{Ec2Column, FargatePrice, ManagedFee, PriceBook, Quote, SourceId};
use crate::purchase::{Commitment, CommitmentKind, Payment, Term};
use crate::scenario::{Region, Scenario};

/// Most own figures that one scenario holds.
pub const MAX_OWN: usize = 100;

/// A figure that stands in place of a book's, or where the book has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnPrice {
    /// The region whose price it replaces.
    pub region: Region,
    /// Which price.
    pub key: PriceKey,
    /// The figure, in the key's unit.
    pub rate: Rate,
}

impl OwnPrice {
    /// Whether a figure may stand for this price: above 0, and a fee at most 1.
    pub fn fits(key: &PriceKey, rate: Rate) -> bool {
        let most = match key {
            PriceKey::Fee(_) => PER_USD,
            _ => MAX_RATE_USD * PER_USD,
        };
        (1..=most).contains(&rate.ten_billionths())
    }
}

/// Why a text is no own price. Prints which, the text, and what is allowed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OwnPriceError {
    /// Not a figure that may stand for this price.
    #[error(
        "{what}: “{given}” is not a price. Allowed: above 0, at most {most}, with at most ten decimals."
    )]
    Figure {
        /// Which price.
        what: String,
        /// What was given.
        given: String,
        /// The largest figure.
        most: &'static str,
    },
    /// The list is full.
    #[error("{MAX_OWN} prices are your own already: reset one first.")]
    Full,
}

/// The scenario with an own figure for a price of its region, read from text.
pub fn set_own(scenario: &Scenario, key: &PriceKey, text: &str) -> Result<Scenario, OwnPriceError> {
    let refused = || OwnPriceError::Figure {
        what: crate::words::price_name(key),
        given: text.trim().chars().take(60).collect(),
        most: match key {
            PriceKey::Fee(_) => "1",
            _ => "100000 dollars",
        },
    };
    let rate = plain_number(text)
        .and_then(|number| Rate::parse(&number))
        .filter(|&rate| OwnPrice::fits(key, rate))
        .ok_or_else(refused)?;
    let mut changed = scenario.clone();
    let own = OwnPrice {
        region: scenario.region.clone(),
        key: key.clone(),
        rate,
    };
    if changed.pricing.set_own(own) {
        Ok(changed)
    } else {
        Err(OwnPriceError::Full)
    }
}

/// A percentage in hundredths, from 0 to 100.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(u16);

impl Percent {
    /// From hundredths of a percent; `None` above 100 %.
    pub const fn from_hundredths(hundredths: u16) -> Option<Self> {
        if hundredths <= 10_000 {
            Some(Self(hundredths))
        } else {
            None
        }
    }

    /// A whole percentage; `None` above 100.
    pub const fn whole(percent: u16) -> Option<Self> {
        match percent.checked_mul(100) {
            Some(hundredths) => Self::from_hundredths(hundredths),
            None => None,
        }
    }

    /// In hundredths of a percent.
    pub const fn hundredths(self) -> u16 {
        self.0
    }

    /// The share, 0 to 1.
    pub fn share(self) -> Decimal {
        Decimal::new(self.0.into(), 4)
    }

    /// What is left of one after taking it off.
    pub fn rest(self) -> Decimal {
        Decimal::ONE - self.share()
    }

    /// Whether it is nothing.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }
}

/// As entered, to the hundredth: `7.5 %`.
impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %", Decimal::new(self.0.into(), 2).normalize())
    }
}

/// How commitment rates that nobody quotes are estimated (rule 33).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// Off the on-demand price for one year. The default is what family m6a is quoted at in
    /// us-east-1: 33.8 %.
    pub one_year: Percent,
    /// Off the on-demand price for three years; m6a: 54.6 %.
    pub three_years: Percent,
    /// Whether an option that rests on an estimate may win.
    pub may_decide: bool,
}

impl Default for Estimate {
    fn default() -> Self {
        Self {
            one_year: Percent(3_400),
            three_years: Percent(5_400),
            may_decide: false,
        }
    }
}

impl Estimate {
    /// Off the on-demand price for a term.
    pub const fn of(self, term: Term) -> Percent {
        match term {
            Term::OneYear => self.one_year,
            Term::ThreeYears => self.three_years,
        }
    }

    /// Whether the rates of a commitment are estimated: Standard Reserved Instances and EC2
    /// Instance Savings Plans with nothing upfront, which AWS prices alike.
    pub const fn covers(commitment: Commitment) -> bool {
        matches!(
            commitment.kind,
            CommitmentKind::ReservedInstance | CommitmentKind::Ec2InstanceSavingsPlan
        ) && matches!(commitment.payment, Payment::NoUpfront)
    }

    /// The estimated rate beside an on-demand price, rounded down to a ten-billionth.
    pub fn rate(self, term: Term, list: Rate) -> Option<Rate> {
        let kept = 10_000 - u128::from(self.of(term).hundredths());
        let rate = u128::from(list.ten_billionths()) * kept / 10_000;
        Rate::from_ten_billionths(u64::try_from(rate).ok()?)
    }
}

/// What a person says of prices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pricing {
    /// Own figures, at most [`MAX_OWN`], one for each region and key.
    pub own: Vec<OwnPrice>,
    /// Off every line at list price (rule 24).
    pub discount: Percent,
    /// Estimates of missing commitment rates, where they are switched on.
    pub estimate: Option<Estimate>,
}

impl Pricing {
    /// The own figure for a price, if there is one.
    pub fn own(&self, region: &str, key: &PriceKey) -> Option<Rate> {
        self.own
            .iter()
            .find(|own| own.region.as_str() == region && own.key == *key)
            .map(|own| own.rate)
    }

    /// How many own figures a region has.
    pub fn own_in(&self, region: &str) -> usize {
        let here = |own: &&OwnPrice| own.region.as_str() == region;
        self.own.iter().filter(here).count()
    }

    /// Puts an own figure in place of any before it; `false` where the list is full or the figure
    /// does not fit.
    pub fn set_own(&mut self, own: OwnPrice) -> bool {
        if !OwnPrice::fits(&own.key, own.rate) {
            return false;
        }
        self.clear_own(own.region.as_str(), &own.key);
        if self.own.len() >= MAX_OWN {
            return false;
        }
        self.own.push(own);
        true
    }

    /// Takes an own figure away.
    pub fn clear_own(&mut self, region: &str, key: &PriceKey) {
        self.own
            .retain(|own| own.region.as_str() != region || own.key != *key);
    }

    /// What is paid of a dollar at a price of this source: own figures know no discount.
    pub fn paid_share(&self, source: Option<SourceId>) -> Decimal {
        if source == Some(SourceId::OWN) {
            Decimal::ONE
        } else {
            self.discount.rest()
        }
    }

    /// The book with the own figures of its region in place; the book itself where there are none.
    pub fn over<'b>(&self, book: &'b PriceBook) -> Cow<'b, PriceBook> {
        let mut own = self
            .own
            .iter()
            .filter(|own| own.region.as_str() == &*book.region)
            .peekable();
        if own.peek().is_none() {
            return Cow::Borrowed(book);
        }
        let mut book = book.clone();
        for own in own {
            replace(&mut book, &own.key, own.rate);
        }
        Cow::Owned(book)
    }
}

/// Puts an own figure into a book. What the book has no place for (a type that is not there)
/// changes nothing.
fn replace(book: &mut PriceBook, key: &PriceKey, rate: Rate) {
    let quote = Quote {
        rate,
        source: SourceId::OWN,
    };
    match key {
        PriceKey::Ec2(os, kind, name) => {
            let Some(index) = book.type_index(name) else {
                return;
            };
            let len = book.types.len();
            let known = book
                .ec2
                .iter()
                .position(|column| column.os == *os && column.kind == *kind);
            let at = known.unwrap_or(book.ec2.len());
            if known.is_none() {
                book.ec2.push(Ec2Column {
                    os: *os,
                    kind: *kind,
                    quotes: vec![None; len],
                    upfront: Vec::new(),
                    set_aside: Vec::new(),
                });
            }
            if let Some(column) = book.ec2.get_mut(at) {
                if let Some(place) = column.quotes.get_mut(index) {
                    *place = Some(quote);
                }
                if let Some(place) = column.upfront.get_mut(index) {
                    *place = None;
                }
                if let Some(mark) = column.set_aside.get_mut(index) {
                    *mark = false;
                }
            }
        }
        PriceKey::Fargate(os, arch, kind, dimension) => {
            let key = (*os, *arch, *kind, *dimension);
            let same = |price: &&mut FargatePrice| {
                (price.os, price.arch, price.kind, price.dimension) == key
            };
            match book.fargate.iter_mut().find(same) {
                Some(price) => price.quote = quote,
                None => book.fargate.push(FargatePrice {
                    os: *os,
                    arch: *arch,
                    kind: *kind,
                    dimension: *dimension,
                    quote,
                }),
            }
        }
        PriceKey::Fee(letters) => {
            let same = |fee: &&mut ManagedFee| fee.family_letters == *letters;
            match book.managed_fees.iter_mut().find(same) {
                Some(fee) => fee.ratio = quote,
                None => book.managed_fees.push(ManagedFee {
                    family_letters: letters.clone(),
                    ratio: quote,
                }),
            }
        }
        PriceKey::Beside(item) => match book.adjacent.iter_mut().find(|(known, _)| known == item) {
            Some((_, known)) => *known = quote,
            None => book.adjacent.push((*item, quote)),
        },
    }
}
