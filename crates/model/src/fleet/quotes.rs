//! Which prices of a purchase a fleet may be built of, and what stands in for missing ones.

use super::Candidate;
use super::search::Pick;
use crate::money::Rate;
use crate::platform::Os;
use crate::prices::{Ec2Column, PriceBook, Quote, SourceId};
use crate::pricing::Estimate;
use crate::purchase::{Commitment, Payment, PriceKind, Term};
use crate::report::{SetAside, Upfront};
use crate::scenario::Scenario;

/// The quotes of a purchase that a search may use.
pub(super) struct Quotes<'a> {
    book: &'a PriceBook,
    os: Os,
    column: Option<&'a Ec2Column>,
    list: Option<&'a Ec2Column>,
    stand_in: StandIn,
    /// Why an option that rests on them decides nothing; `None` where it may.
    pub(super) set_aside: Option<SetAside>,
    /// How many of the types that fit have one.
    pub(super) priced: usize,
}

/// What stands in for a quote that is missing.
#[derive(Clone, Copy)]
enum StandIn {
    /// Nothing: a type without a quote is left out (rule 29).
    Nothing,
    /// The Spot Instance Advisor's average saving off the on-demand price (rule 27).
    Advisor,
    /// A stated percentage off the on-demand price (rule 33).
    Estimate(Estimate, Term),
}

impl<'a> Quotes<'a> {
    /// The quotes for a purchase of the types that fit. Those that may decide, where there are any; else
    /// all there are, and what may stand in for them. `None` where even those are none.
    pub(super) fn of(
        book: &'a PriceBook,
        os: Os,
        kind: PriceKind,
        scenario: &Scenario,
        candidates: &[Candidate],
    ) -> Option<Self> {
        let mut quotes = Self {
            book,
            os,
            column: book.ec2_column(os, kind),
            list: book.ec2_column(os, PriceKind::OnDemand),
            stand_in: StandIn::Nothing,
            set_aside: None,
            priced: 0,
        };
        let estimate = match (kind, scenario.pricing.estimate) {
            (PriceKind::Committed(commitment), Some(estimate)) if Estimate::covers(commitment) => {
                Some((estimate, commitment.term))
            }
            _ => None,
        };
        if let Some((estimate, term)) = estimate.filter(|(estimate, _)| estimate.may_decide) {
            quotes.stand_in = StandIn::Estimate(estimate, term);
        }
        let count = |quotes: &Self| {
            if quotes.column.is_none() && matches!(quotes.stand_in, StandIn::Nothing) {
                return 0;
            }
            let priced = |candidate: &&Candidate| quotes.get(candidate.index).is_some();
            candidates.iter().filter(priced).count()
        };
        quotes.priced = count(&quotes);
        if quotes.priced == 0 {
            (quotes.set_aside, quotes.stand_in) = match (kind, estimate) {
                (_, Some((estimate, term))) => {
                    (Some(SetAside::Estimated), StandIn::Estimate(estimate, term))
                }
                (PriceKind::Spot, None) => (Some(SetAside::DoubtfulPrices), StandIn::Advisor),
                _ => (Some(SetAside::DoubtfulPrices), StandIn::Nothing),
            };
            quotes.priced = count(&quotes);
        }
        (quotes.priced > 0).then_some(quotes)
    }

    /// The quotes of a purchase that may decide, uncounted.
    pub(super) fn deciding(book: &'a PriceBook, os: Os, kind: PriceKind) -> Self {
        Self {
            book,
            os,
            column: book.ec2_column(os, kind),
            list: book.ec2_column(os, PriceKind::OnDemand),
            stand_in: StandIn::Nothing,
            set_aside: None,
            priced: 0,
        }
    }

    /// The price of a type.
    pub(super) fn get(&self, index: usize) -> Option<Quote> {
        let quoted = self.column.and_then(|column| {
            if self.set_aside.is_some() {
                column.quote(index)
            } else {
                column.deciding(index)
            }
        });
        quoted.or_else(|| self.stands_in(index))
    }

    fn stands_in(&self, index: usize) -> Option<Quote> {
        let list = self.list?.quote(index)?.rate;
        match self.stand_in {
            StandIn::Nothing => None,
            StandIn::Estimate(estimate, term) => Some(Quote {
                rate: estimate.rate(term, list)?,
                source: SourceId::ESTIMATE,
            }),
            StandIn::Advisor => {
                let advice = self.book.advice(self.os, index)?;
                let kept = 100 - u64::from(advice.saving_percent.min(100));
                // A rate is at most 10^15 ten-billionths, so this does not overflow.
                let rate = list.ten_billionths() * kept / 100;
                Some(Quote {
                    rate: Rate::from_ten_billionths(rate)?,
                    source: advice.source,
                })
            }
        }
    }

    /// Where the on-demand price comes from that a price was computed of, if it was.
    pub(super) fn base(&self, quote: Quote, index: usize) -> Option<SourceId> {
        let computed = self.stands_in(index)? == quote
            && self.column.and_then(|column| column.quote(index)) != Some(quote);
        if computed {
            Some(self.list?.quote(index)?.source)
        } else {
            None
        }
    }

    /// What a pick's reservations cost in advance.
    pub(super) fn upfront(&self, commitment: Commitment, pick: &Pick) -> Upfront {
        let index = pick.candidate.index;
        let part = match commitment.payment {
            Payment::NoUpfront => return Upfront::NONE,
            Payment::AllUpfront => self.get(index).map(|quote| quote.rate),
            Payment::PartialUpfront => self
                .column
                .and_then(|column| column.upfront.get(index).copied().flatten()),
        };
        let hours = commitment.term.hours();
        match part {
            _ if pick.reserved == 0 => Upfront::NONE,
            None => Upfront::NotQuoted,
            Some(part) => {
                Upfront::Cash(part.usd().scaled((u64::from(hours) * pick.reserved).into()))
            }
        }
    }
}
