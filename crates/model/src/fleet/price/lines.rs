//! The lines of a bill of instances: hours and fees, volumes, and what goes along with them.

use rust_decimal::Decimal;

use super::Fleet;
use crate::beside::{self, Standing};
use crate::bill::{Bill, Item, Unit};
use crate::exact;
use crate::fargate::INCLUDED_EPHEMERAL_GIB;
use crate::fleet::quotes::Quotes;
use crate::fleet::search::{Leg, Pick};
use crate::fleet::{Candidate, credits, managed_fee_hour, volume_months};
use crate::load::MILLIMINUTES_PER_HOUR;
use crate::load::Pattern;
use crate::money::Usd;
use crate::prices::{Adjacent, Quote};
use crate::purchase::PriceKind;
use crate::report::Missing;

/// What goes along with instances.
#[derive(Clone, Copy, Default)]
pub(super) struct Sides {
    /// Instance-hours a month.
    pub(super) instance_hours: Decimal,
    /// Instances launched in a month.
    pub(super) launches: Decimal,
}

impl Fleet<'_> {
    /// Adds the instance and fee lines of a pick, each times `share`.
    pub(super) fn add_pick(
        &self,
        bill: &mut Bill,
        sides: &mut Sides,
        leg: &Leg<'_>,
        pick: &Pick,
        (kind, quotes): (PriceKind, &Quotes<'_>),
        share: Decimal,
    ) -> Result<(), Missing> {
        let index = pick.candidate.index;
        let missing = |kind| Missing::Ec2(kind, self.candidates.len());
        let launches = self.month_count(leg.launches(&pick.counts, pick.reserved)) * share;
        sides.launches = exact::sum(sides.launches, launches);
        let beyond = self.month_hours(leg.milliminutes(&pick.counts, pick.reserved)) * share;
        let held = Decimal::from(pick.reserved)
            * Decimal::from(self.scenario.hours_per_month.get())
            * share;
        let unit = Unit::InstanceHours;
        if pick.reserved > 0 {
            let reserved = quotes.get(index).ok_or_else(|| missing(kind))?;
            bill.add(
                Item::Instances(index),
                kind,
                (held, unit),
                reserved.rate.usd(),
                Some(reserved.source),
            );
            if let Some(base) = quotes.base(reserved, index) {
                bill.based_on(base);
            }
        }
        let (beyond_kind, quote) = match kind {
            PriceKind::Spot => (PriceKind::Spot, quotes.get(index)),
            PriceKind::OnDemand | PriceKind::Committed(_) => {
                let list = self.list.and_then(|column| column.quote(index));
                (PriceKind::OnDemand, list)
            }
        };
        let quote = quote.ok_or_else(|| missing(beyond_kind))?;
        bill.add(
            Item::Instances(index),
            beyond_kind,
            (beyond, unit),
            quote.rate.usd(),
            Some(quote.source),
        );
        if beyond_kind == PriceKind::Spot
            && !beyond.is_zero()
            && let Some(base) = quotes.base(quote, index)
        {
            bill.based_on(base);
        }
        credits::add(bill, leg, pick, self.month_count(1) * share);
        self.add_fee(bill, sides, &pick.candidate, exact::sum(held, beyond))
    }

    /// Adds the fee for `hours` of a type, and counts the hours for the volumes.
    pub(super) fn add_fee(
        &self,
        bill: &mut Bill,
        sides: &mut Sides,
        candidate: &Candidate,
        hours: Decimal,
    ) -> Result<(), Missing> {
        sides.instance_hours = exact::sum(sides.instance_hours, hours);
        if let Some((ratio, list)) = self.fee(candidate)? {
            let rate = managed_fee_hour(list.rate.usd(), ratio.rate.usd().decimal());
            bill.add(
                Item::ManagedFee(candidate.index),
                PriceKind::OnDemand,
                (hours, Unit::InstanceHours),
                rate,
                Some(ratio.source),
            );
            bill.based_on(list.source);
        }
        Ok(())
    }

    /// Adds what goes along with instances: volumes, and the lines beside compute.
    pub(super) fn add_sides(&self, bill: &mut Bill, sides: Sides) -> Result<(), Missing> {
        self.add_volumes(bill, sides)?;
        beside::add(
            bill,
            self.scenario,
            self.moved(),
            self.book,
            self.standing(sides),
        )
    }

    pub(super) const fn standing(&self, sides: Sides) -> Standing {
        Standing {
            place: self.place(),
            hours: sides.instance_hours,
            pulls: sides.launches,
        }
    }

    /// Adds the volumes of instances, and the scratch space of tasks.
    fn add_volumes(&self, bill: &mut Bill, sides: Sides) -> Result<(), Missing> {
        self.add_instance_volumes(bill, sides)?;
        let scratch_hours = self.scratch_hours();
        if let Some((_, quote)) = self.volume()?
            && !scratch_hours.is_zero()
        {
            let month = self.scenario.hours_per_month;
            let months = volume_months(Decimal::ONE, scratch_hours, month);
            let unit = Unit::GbMonths;
            bill.add(
                Item::TaskVolume,
                PriceKind::OnDemand,
                (months, unit),
                quote.rate.usd(),
                Some(quote.source),
            );
        }
        Ok(())
    }

    pub(super) fn add_instance_volumes(
        &self,
        bill: &mut Bill,
        sides: Sides,
    ) -> Result<(), Missing> {
        if let Some((gib, quote)) = self.volume()? {
            let month = self.scenario.hours_per_month;
            let months = volume_months(gib.into(), sides.instance_hours, month);
            let quantity = (months, Unit::GbMonths);
            bill.add(
                Item::InstanceVolume,
                PriceKind::OnDemand,
                quantity,
                quote.rate.usd(),
                Some(quote.source),
            );
        }
        Ok(())
    }

    /// GiB-hours a month of scratch space beyond what comes with a task.
    fn scratch_hours(&self) -> Decimal {
        let hours = self.crowd.services().enumerate().map(|(member, service)| {
            let scratch = service.task.ephemeral.get() - INCLUDED_EPHEMERAL_GIB;
            if scratch == 0 {
                Decimal::ZERO
            } else {
                Decimal::from(scratch) * self.task_hours(member)
            }
        });
        hours.fold(Decimal::ZERO, exact::sum)
    }

    /// Task-hours a month of one of the services, without image pulls: an instance caches images.
    fn task_hours(&self, member: usize) -> Decimal {
        match self.pattern {
            Pattern::Hourly(week) => {
                let levels = week.levels.iter().zip(self.crowd.levels(week));
                let hours = levels.map(|(level, tasks)| {
                    u64::from(level.hours) * tasks.get(member).copied().unwrap_or(0)
                });
                Decimal::from(hours.sum::<u64>()) * self.periods
            }
            Pattern::Jobs(jobs) => {
                let milliminutes = Decimal::from(jobs.task_milliminutes());
                milliminutes / Decimal::from(MILLIMINUTES_PER_HOUR) * self.periods
            }
        }
    }

    /// The volume that comes with each instance, where volumes are billed.
    pub(super) fn volume(&self) -> Result<Option<(u16, Quote)>, Missing> {
        if !self.scenario.ebs {
            return Ok(None);
        }
        let quote = self.book.adjacent(Adjacent::EbsGp3Storage);
        let quote = quote.ok_or(Missing::Adjacent(Adjacent::EbsGp3Storage))?;
        Ok(Some((self.crowd.operator().volume_gib(), quote)))
    }

    pub(super) fn month_hours(&self, milliminutes: u64) -> Decimal {
        Decimal::from(milliminutes) / Decimal::from(MILLIMINUTES_PER_HOUR) * self.periods
    }

    /// What happens so often in a period of the load, in a month.
    pub(super) fn month_count(&self, a_period: u64) -> Decimal {
        Decimal::from(a_period) * self.periods
    }

    /// What a bill comes to after any discount.
    pub(super) fn paid(&self, mut bill: Bill) -> Usd {
        bill.take_off(self.scenario.pricing.discount);
        bill.total()
    }
}
