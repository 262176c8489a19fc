//! Rule 20: what a Savings Plan of some dollars an hour does, and at which amount the month costs
//! least.

use super::rational::{Bill, DOLLAR, Exact, Price, WHOLE, common_divisor, over, product, times};

/// What a plan may be spent on: a kind of usage with its price on-demand and under the plan.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item {
    /// On-demand.
    pub(crate) list: Price,
    /// Under the plan.
    pub(crate) plan: Price,
}

/// Hours that are alike.
#[derive(Clone, Debug)]
pub(crate) struct Level {
    /// Units of each item in use in such an hour, in parts.
    pub(crate) usage: Vec<i128>,
    /// How many of the hours there are.
    pub(crate) hours: i128,
}

/// Usage that a plan meets, hour by hour.
#[derive(Clone, Debug)]
pub(crate) struct Usage {
    /// Its hours.
    pub(crate) levels: Vec<Level>,
    /// Parts to a unit.
    pub(crate) parts: i128,
    /// What is used.
    pub(crate) items: Vec<Item>,
}

/// Ten-billionths of a dollar to the smallest step of a plan.
const STEP: i128 = DOLLAR / 1_000;

/// What becomes of a plan over all hours, in ten-billionths of a dollar and parts, at plan rates.
struct Spent {
    covered: Vec<i128>,
    beyond: Vec<i128>,
    unused: i128,
}

impl Usage {
    /// Usage whose items stand in the order in which a plan is spent on them: the highest saving
    /// first, then the lower plan rate.
    pub(crate) fn new(items: &[Item], parts: i128, hours: Vec<(Vec<i128>, i128)>) -> Self {
        let mut order: Vec<usize> = (0..items.len()).collect();
        order.sort_by(|&a, &b| {
            let (a, b) = (&items[a], &items[b]);
            times(a.plan.rate, b.list.rate)
                .cmp(&times(b.plan.rate, a.list.rate))
                .then(a.plan.rate.cmp(&b.plan.rate))
        });
        let sorted = |usage: Vec<i128>| order.iter().map(|&place| usage[place]).collect();
        let levels = hours.into_iter().map(|(usage, hours)| Level {
            usage: sorted(usage),
            hours,
        });
        Self {
            levels: levels.collect(),
            parts,
            items: order.iter().map(|&place| items[place]).collect(),
        }
    }

    fn values(&self, level: &Level) -> Vec<i128> {
        let values = self.items.iter().zip(&level.usage);
        values
            .map(|(item, &usage)| times(usage, item.plan.rate))
            .collect()
    }

    fn spend(&self, amount: i128) -> Spent {
        let mut spent = Spent {
            covered: vec![0; self.items.len()],
            beyond: vec![0; self.items.len()],
            unused: 0,
        };
        for level in &self.levels {
            let mut left = product(&[amount, STEP, self.parts]);
            for (place, value) in self.values(level).into_iter().enumerate() {
                let covered = left.min(value);
                left -= covered;
                spent.covered[place] += times(covered, level.hours);
                spent.beyond[place] += times(value - covered, level.hours);
            }
            spent.unused += times(left, level.hours);
        }
        spent
    }

    /// The amount at which the hours cost least, in thousandths of a dollar; the smaller of two
    /// that cost the same. The cost bends where a plan is just enough for an item of a level.
    pub(crate) fn cheapest(&self, paid: impl Fn(Price) -> i128) -> i128 {
        let paid_unused = paid(self.unused_price());
        let mut amounts = vec![0];
        for level in &self.levels {
            let mut sum = 0;
            for value in self.values(level) {
                sum += value;
                let step = times(STEP, self.parts);
                amounts.extend([sum / step, sum / step + i128::from(sum % step != 0)]);
            }
        }
        amounts.sort_unstable();
        amounts.dedup();
        // A dollar at the plan's rate is list / plan of them on-demand.
        let ratios: Vec<(i128, i128)> = self
            .items
            .iter()
            .map(|item| {
                let divisor = common_divisor(item.list.rate, item.plan.rate);
                (item.list.rate / divisor, item.plan.rate / divisor)
            })
            .collect();
        let common = ratios.iter().fold(1, |common, &(_, below)| {
            times(common, below / common_divisor(common, below))
        });
        let cost = |amount: i128| {
            let spent = self.spend(amount);
            let mut cost = product(&[spent.unused, paid_unused, common]);
            for (place, item) in self.items.iter().enumerate() {
                let (above, below) = ratios[place];
                cost += product(&[spent.covered[place], paid(item.plan), common]);
                cost += product(&[
                    spent.beyond[place],
                    paid(item.list),
                    times(above, common / below),
                ]);
            }
            cost
        };
        let costs = amounts.into_iter().map(|amount| (cost(amount), amount));
        costs.min().map_or(0, |(_, amount)| amount)
    }

    /// What the least hour uses, at plan rates, rounded down to a step.
    pub(crate) fn floor(&self) -> i128 {
        let sums = self.levels.iter().map(|level| {
            let sum: i128 = self.values(level).iter().sum();
            sum / times(STEP, self.parts)
        });
        sums.min().unwrap_or(0)
    }

    /// Adds a month under a plan: what it covers, what it does not, and what of it is not used.
    pub(crate) fn add_to(&self, bill: &mut Bill, amount: i128, hours_per_month: i128) {
        let spent = self.spend(amount);
        let all: i128 = self.levels.iter().map(|level| level.hours).sum();
        let month = |value: i128| -> Exact {
            over(value, DOLLAR) * over(hours_per_month, times(all, self.parts))
        };
        for (place, item) in self.items.iter().enumerate() {
            bill.add_dollars(month(spent.covered[place]), item.plan.own);
            let beyond = month(spent.beyond[place]) * over(item.list.rate, item.plan.rate);
            bill.add_dollars(beyond, item.list.own);
        }
        bill.add_dollars(month(spent.unused), self.unused_price().own);
    }

    /// What is not used is of the plan's own price where all that the plan may cover is.
    fn unused_price(&self) -> Price {
        Price {
            rate: DOLLAR,
            own: self.items.iter().all(|item| item.plan.own),
        }
    }
}

/// What is paid of ten thousand dollars at a price, after a discount (rule 24).
pub(crate) fn paid(price: Price, discount: i128) -> i128 {
    if price.own { WHOLE } else { WHOLE - discount }
}
