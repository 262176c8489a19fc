//! Bills of fleets on EC2 and Managed Instances: rules 5, 16, 20 to 22, 24, 28 and 29.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use berth_model::option::{Place, Purchase};
use berth_model::platform::{Arch, Os};
use berth_model::prices::Adjacent;
use berth_model::purchase::{Commitment, PriceKind};

use super::beside::{self, Way};
use super::commitments::{Item, Usage, paid};
use super::fleet::{Billed, Candidate, Shape, Spread, candidates};
use super::load::{Demand, WEEK};
use super::options::{Context, Outcome, Priced};
use super::rational::{
    Bill, DOLLAR, Exact, Price, common_divisor, over, product, ten_billionths, times, whole,
};
use super::split::Rounding;

/// GiB of scratch space that a task has anyway.
const INCLUDED_GIB: i128 = 20;

/// A service on the instances of one place and architecture.
pub(crate) struct Fleets<'a> {
    /// By the figures that may decide; where those give no price, by all (rules 27 and 28).
    cases: [Case<'a>; 2],
}

/// The same, at some of the prices.
pub(crate) struct Case<'a> {
    pub(crate) context: Context<'a>,
    pub(crate) place: Place,
    pub(crate) demand: Demand,
    pub(crate) spread: Spread,
    pub(crate) candidates: Vec<Candidate>,
    way: Way,
    /// Shares of a dollar that are told apart among the fees.
    fee_parts: i128,
    /// What the volume of an instance costs, by the month.
    volume: Price,
    /// What an instance's address costs, by the hour.
    address: Price,
    /// What a launch costs in image pulls: GiB in 1/128,000, by the GB.
    pull: (i128, Price),
    /// Whether a price of a line is missing that every instance has.
    incomplete: bool,
    /// Whether figures count that decide nothing.
    pub(crate) doubtful: bool,
}

/// A price of instances of a type, with the fee that comes with it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rated {
    /// The instance.
    pub(crate) price: Price,
    /// The price that the fee is a share of, and the share.
    fee: Option<(Price, Price)>,
}

/// How candidates of equal cost are told apart: rule 5.
pub(crate) type Rank<C> = (C, i128, Reverse<u64>, usize);

const NOTHING: Price = Price {
    rate: 0,
    own: false,
};

impl<'a> Fleets<'a> {
    /// Finds the types that may run a service.
    pub(crate) fn new(context: Context<'a>, place: Place, arch: Arch) -> Self {
        let Context {
            scenario,
            service,
            book,
            ..
        } = context;
        let all = candidates((scenario, service), book, (place, arch));
        let case = |candidates, doubtful| Case::new(context, (place, arch), candidates, doubtful);
        Self {
            cases: [case(all.clone(), false), case(all, true)],
        }
    }

    /// What a purchase costs; a mix also where its shares are rounded the other ways.
    pub(crate) fn outcome(&self, purchase: Purchase) -> Outcome {
        let mut outcome = self.rounded(purchase, Rounding::Largest);
        if let (Purchase::SpotMix, Outcome::Priced(priced)) = (purchase, &mut outcome) {
            for rounding in [Rounding::FewestSpot, Rounding::MostSpot] {
                if let Outcome::Priced(other) = self.rounded(purchase, rounding) {
                    priced.widen(&other);
                }
            }
        }
        outcome
    }

    fn rounded(&self, purchase: Purchase, rounding: Rounding) -> Outcome {
        let mut outcome = Outcome::NotEligible;
        for (place, case) in self.cases.iter().enumerate() {
            outcome = case.outcome(purchase, rounding);
            if let Outcome::Priced(priced) = &mut outcome {
                priced.decides = place == 0;
                break;
            }
        }
        outcome
    }
}

impl<'a> Case<'a> {
    fn new(
        context: Context<'a>,
        (place, arch): (Place, Arch),
        candidates: Vec<Candidate>,
        doubtful: bool,
    ) -> Self {
        let Context {
            scenario,
            service,
            book,
            ..
        } = context;
        let way = Way::of(scenario, place);
        let mut incomplete = false;
        let mut needed = |wanted: bool, item| {
            let price = beside::price(book, item);
            incomplete |= wanted && price.is_none();
            price.filter(|_| wanted).unwrap_or(NOTHING)
        };
        let volume = needed(scenario.ebs, Adjacent::EbsGp3Storage);
        let address = needed(way == Way::Address, Adjacent::PublicIpv4);
        let image = i128::from(service.traffic.image.grains());
        // A line that is on needs its price, also in a month without a launch.
        let pulls = way == Way::Nat && image > 0;
        let pull = needed(pulls, Adjacent::NatGatewayData);
        let fees = book.managed_fees.iter();
        let shares = fees.map(|fee| ten_billionths(fee.ratio.rate));
        let fee_parts = match place {
            Place::ManagedInstances => DOLLAR / shares.fold(DOLLAR, common_divisor),
            _ => 1,
        };
        Self {
            context,
            place,
            demand: Demand::of(scenario, service, arch),
            spread: Spread::of(scenario, place),
            candidates,
            way,
            fee_parts,
            volume,
            address,
            pull: if pulls { (image, pull) } else { (0, NOTHING) },
            incomplete,
            doubtful,
        }
    }

    fn outcome(&self, purchase: Purchase, rounding: Rounding) -> Outcome {
        if self.candidates.is_empty() {
            return Outcome::NotEligible;
        }
        if self.incomplete {
            return Outcome::NoPrice;
        }
        let priced = match purchase {
            Purchase::OnDemand => self.on_demand(),
            Purchase::SpotMix => self.spot_mix(rounding),
            Purchase::Committed(commitment) if commitment.kind.is_savings_plan() => {
                self.plan(commitment)
            }
            Purchase::Committed(commitment) => self.reservation(commitment),
        };
        priced.map_or(Outcome::NoPrice, |priced| Outcome::Priced(Box::new(priced)))
    }

    /// A type's price of a kind, where all that it is billed by has one.
    pub(crate) fn rated(&self, index: usize, kind: PriceKind) -> Option<Rated> {
        let Context { service, book, .. } = self.context;
        let quote = book.ec2(service.os, kind).get(index).copied().flatten()?;
        self.with_fee(index, Price::of(quote))
    }

    /// A type at some price, with its fee: a share of the Linux list price, however it is bought.
    pub(crate) fn with_fee(&self, index: usize, price: Price) -> Option<Rated> {
        let book = self.context.book;
        let fee = if self.place == Place::ManagedInstances {
            let family = book.types[index].family();
            let digit = family.find(|c: char| c.is_ascii_digit());
            let letters = &family[..digit.unwrap_or(family.len())];
            let fees = &book.managed_fees;
            let of = |wanted: &str| fees.iter().find(|fee| &*fee.family_letters == wanted);
            let share = of(letters).or_else(|| of(""))?;
            let linux = book.ec2(Os::Linux, PriceKind::OnDemand);
            let list = linux.get(index).copied().flatten()?;
            Some((Price::of(list), Price::of(share.ratio)))
        } else {
            None
        };
        Some(Rated { price, fee })
    }

    fn sets_aside(&self, index: usize, kind: PriceKind) -> bool {
        let Context {
            service,
            book,
            trust,
            ..
        } = self.context;
        let quote = book.ec2(service.os, kind).get(index).copied().flatten();
        quote.is_some_and(|quote| quote.source.is_of_book())
            && trust.sets_aside(service.os, kind, index)
    }

    /// Those of the candidates that have a price of a kind.
    pub(crate) fn rated_of_kind(&self, kind: PriceKind) -> Vec<(Candidate, Rated)> {
        self.candidates
            .iter()
            .filter(|candidate| self.doubtful || !self.sets_aside(candidate.index, kind))
            .filter_map(|candidate| Some((*candidate, self.rated(candidate.index, kind)?)))
            .collect()
    }

    /// What a tick of a type's instances costs, in units that all candidates share.
    fn tick_cost(&self, rated: Rated) -> i128 {
        let discount = self.context.discount();
        let share = |price| paid(price, discount);
        let month = self.context.month();
        let mut hour = times(rated.price.rate, share(rated.price));
        hour += times(self.address.rate, share(self.address));
        let mut hour = product(&[hour, month, self.fee_parts]);
        if let Some((list, fee)) = rated.fee {
            let parts = fee.rate / (DOLLAR / self.fee_parts);
            hour += product(&[list.rate, parts, share(fee_price(list, fee)), month]);
        }
        let volume = product(&[self.volume_gib(), self.volume.rate, share(self.volume)]);
        times(hour + times(volume, self.fee_parts), self.image_parts())
    }

    /// What a launch costs, in the same units.
    fn launch_cost(&self, shape: &Shape) -> i128 {
        let (image, price) = self.pull;
        let gigabyte = times(price.rate, paid(price, self.context.discount()));
        let parts = image * self.image_parts() / 128_000;
        let month = times(shape.ticks_to_an_hour(), self.context.month());
        product(&[gigabyte, parts, month, self.fee_parts])
    }

    /// Parts of a GiB in which an image is whole.
    fn image_parts(&self) -> i128 {
        128_000 / common_divisor(128_000, self.pull.0)
    }

    fn volume_gib(&self) -> i128 {
        match self.place {
            Place::ManagedInstances => 80,
            _ => 30,
        }
    }

    /// What a leg of a fleet costs, in the same units.
    pub(crate) fn cost(&self, shape: &Shape, billed: Billed, rated: Rated) -> i128 {
        let launches = if billed.launches == 0 {
            0
        } else {
            times(billed.launches, self.launch_cost(shape))
        };
        times(billed.ticks, self.tick_cost(rated)) + launches
    }

    /// Where a candidate stands among others of its cost.
    pub(crate) fn rank<C>(&self, cost: C, peak: i128, index: usize) -> Rank<C> {
        let family = self.context.book.types[index].family();
        let number = family
            .chars()
            .skip_while(|c| !c.is_ascii_digit())
            .take_while(char::is_ascii_digit)
            .fold(0_u64, |number, digit| {
                number * 10 + u64::from(digit.to_digit(10).unwrap_or(0))
            });
        // The book's types are sorted by name.
        (cost, peak, Reverse(number), index)
    }

    /// Adds the share `part` of a leg's lines.
    pub(crate) fn add_leg(
        &self,
        bill: &mut Bill,
        part: &Exact,
        shape: &Shape,
        billed: Billed,
        of: Rated,
    ) {
        let month = self.context.month();
        let hours = part * over(times(billed.ticks, month), shape.ticks_to_a_turn());
        bill.add(&hours, of.price);
        self.add_with_instances(bill, &hours, of);
        let turns = over(
            times(shape.ticks_to_an_hour(), month),
            shape.ticks_to_a_turn(),
        );
        let pulls = part * whole(billed.launches) * turns;
        self.add_pulls(bill, &pulls);
    }

    /// Adds what comes with so many instance-hours beside their price.
    fn add_with_instances(&self, bill: &mut Bill, hours: &Exact, of: Rated) {
        if let Some((list, fee)) = of.fee {
            let dollars = hours * over(list.rate, DOLLAR) * over(fee.rate, DOLLAR);
            bill.add_dollars(dollars, fee_price(list, fee).own);
        }
        let months = hours * over(self.volume_gib(), self.context.month());
        bill.add(&months, self.volume);
        bill.add(hours, self.address);
    }

    fn add_pulls(&self, bill: &mut Bill, launches: &Exact) {
        let gigabytes = launches * over(self.pull.0, 128_000);
        bill.add(&gigabytes, self.pull.1);
    }

    /// Adds what does not depend on the types.
    pub(crate) fn add_common(&self, bill: &mut Bill) -> Option<()> {
        let Context {
            scenario,
            service,
            book,
            ..
        } = self.context;
        let scratch = i128::from(service.task.ephemeral.get()) - INCLUDED_GIB;
        if scenario.ebs && scratch > 0 {
            let hours = match &self.demand {
                Demand::Hourly(rows) => {
                    let hours: i128 = rows.iter().map(|(tasks, hours)| tasks * hours).sum();
                    over(hours, WEEK)
                }
                Demand::Jobs(jobs) => {
                    let ran = product(&[jobs.runs, jobs.tasks, jobs.milliminutes]);
                    over(ran, 60_000 * 24)
                }
            };
            bill.add(&(hours * whole(scratch)), self.volume);
        }
        beside::add_common(bill, (scenario, service), book, self.way)
    }

    pub(crate) fn priced(&self, bill: &Bill, peak: i128) -> Priced {
        Priced::new(bill.total(self.context.discount()), true, peak)
    }

    fn shapes(&self) -> BTreeMap<i128, Shape> {
        let mut shapes = BTreeMap::new();
        for candidate in &self.candidates {
            shapes
                .entry(candidate.fit)
                .or_insert_with(|| Shape::whole(&self.demand, self.spread, candidate.fit));
        }
        shapes
    }

    fn on_demand(&self) -> Option<Priced> {
        let rated = self.rated_of_kind(PriceKind::OnDemand);
        let shapes = self.shapes();
        let best = rated.iter().min_by_key(|(candidate, rated)| {
            let shape = &shapes[&candidate.fit];
            let cost = self.cost(shape, shape.beyond(0), *rated);
            self.rank(cost, shape.peak(), candidate.index)
        });
        let (candidate, rated) = best?;
        let shape = &shapes[&candidate.fit];
        let mut bill = Bill::new();
        self.add_leg(&mut bill, &whole(1), shape, shape.beyond(0), *rated);
        self.add_common(&mut bill)?;
        Some(self.priced(&bill, shape.peak()))
    }

    /// Instances reserved for the whole month, of one type, and what is needed beyond them.
    fn reservation(&self, commitment: Commitment) -> Option<Priced> {
        let rated = self.with_list_price(PriceKind::Committed(commitment));
        let mut shapes = BTreeMap::new();
        for (candidate, _) in &rated {
            shapes.entry(candidate.fit).or_insert_with(|| {
                let shape = Shape::whole(&self.demand, self.spread, candidate.fit);
                let amounts = self.context.reservations(&shape);
                let choices: Vec<(i128, Billed)> = amounts
                    .into_iter()
                    .map(|count| (count, shape.beyond(count)))
                    .collect();
                (shape, choices)
            });
        }
        let choices = rated.iter().filter_map(|(candidate, (list, reserved))| {
            let (shape, choices) = &shapes[&candidate.fit];
            let always = times(shape.ticks_to_a_turn(), self.tick_cost(*reserved));
            let (list_tick, launch) = (self.tick_cost(*list), self.launch_cost(shape));
            let choice = choices.iter().map(|(count, beyond)| {
                let cost = times(*count, always)
                    + times(beyond.ticks, list_tick)
                    + times(beyond.launches, launch);
                (cost, *count, *beyond)
            });
            let (cost, count, beyond) = choice.min_by_key(|(cost, count, _)| (*cost, *count))?;
            let rank = self.rank(cost, shape.peak(), candidate.index);
            Some((rank, shape, (*list, *reserved), (count, beyond)))
        });
        let best = choices.min_by_key(|(rank, ..)| *rank)?;
        let (_, shape, (list, reserved), (count, beyond)) = best;
        let mut bill = Bill::new();
        let held = Billed {
            ticks: times(count, shape.ticks_to_a_turn()),
            launches: 0,
        };
        self.add_leg(&mut bill, &whole(1), shape, held, reserved);
        self.add_leg(&mut bill, &whole(1), shape, beyond, list);
        self.add_common(&mut bill)?;
        Some(self.priced(&bill, shape.peak()))
    }

    /// A Savings Plan, on instances of one type.
    fn plan(&self, commitment: Commitment) -> Option<Priced> {
        let rated = self.with_list_price(PriceKind::Committed(commitment));
        let discount = self.context.discount();
        let mut best: Option<(Rank<Exact>, Bill)> = None;
        for (candidate, (list, plan)) in rated {
            let shape = Shape::whole(&self.demand, self.spread, candidate.fit);
            let items = [Item {
                list: list.price,
                plan: plan.price,
            }];
            let (hours, parts) = shape.usage();
            let usage = Usage::new(&items, parts, hours);
            let amount = self.context.amount(&usage, |usage| {
                usage.cheapest(|price| paid(price, discount))
            });
            let mut bill = Bill::new();
            usage.add_to(&mut bill, amount, self.context.month());
            let turn = shape.ticks_to_a_turn();
            let hours = |ticks| over(times(ticks, self.context.month()), turn);
            bill.add(&hours(shape.ramps()), list.price);
            let billed = shape.beyond(0);
            self.add_with_instances(&mut bill, &hours(billed.ticks), list);
            let launches = times(billed.launches, shape.ticks_to_an_hour());
            self.add_pulls(&mut bill, &hours(launches));
            let rank = self.rank(bill.total(discount), shape.peak(), candidate.index);
            if best.as_ref().is_none_or(|(other, _)| rank < *other) {
                best = Some((rank, bill));
            }
        }
        let ((_, peak, ..), mut bill) = best?;
        self.add_common(&mut bill)?;
        Some(self.priced(&bill, peak))
    }

    /// Candidates with a price of a kind and one on-demand, which hours beyond a commitment are
    /// billed at.
    fn with_list_price(&self, kind: PriceKind) -> Vec<(Candidate, (Rated, Rated))> {
        let rated = self.rated_of_kind(kind).into_iter();
        let both = rated.filter_map(|(candidate, rated)| {
            let list = self.rated(candidate.index, PriceKind::OnDemand)?;
            Some((candidate, (list, rated)))
        });
        both.collect()
    }
}

/// A fee is the user's own figure where its share is, or the price that it is a share of.
fn fee_price(list: Price, fee: Price) -> Price {
    Price {
        rate: fee.rate,
        own: list.own || fee.own,
    }
}
