//! Drivers in words.

use rust_decimal::Decimal;

use super::Sentence;
use crate::drivers::{Cause, Driver, Drivers};
use crate::money::Usd;
use crate::words;

/// How many causes are named; the rest is one sentence.
const NAMED: usize = 3;

/// Why an option costs less than another, the largest causes first: `EC2 on Arm pays $63.00 less
/// than Fargate on Arm for the vCPU and memory that its tasks ask for, 83 % of the difference.`
///
/// Amounts are to the cent, and what all sentences name sums to the margin to the cent.
pub fn drivers(drivers: &Drivers) -> Vec<Sentence> {
    let shown = |amount: Usd| amount.rounded_to_cents();
    // A cause that shows as nothing is not one to name.
    let large = drivers.all.iter().take(NAMED);
    let named: Vec<&Driver> = large
        .filter(|driver| shown(driver.saving()) != Usd::ZERO)
        .collect();
    let mut rest = shown(drivers.margin);
    // Where every cause is named, a cent that rounding leaves belongs to the largest: there is nothing else.
    let are_all = named.len() == drivers.all.len();
    let sum: Usd = named.iter().map(|driver| shown(driver.saving())).sum();
    let left = if are_all { rest - sum } else { Usd::ZERO };
    let mut sentences = Vec::with_capacity(named.len() + 1);
    for (index, driver) in named.into_iter().enumerate() {
        let rounded = if index == 0 { left } else { Usd::ZERO };
        let saving = shown(driver.saving()) + rounded;
        rest = rest - saving;
        let start = if index == 0 {
            Sentence::default().option(drivers.best)
        } else {
            Sentence::default().text("It")
        };
        let than = (index == 0).then_some(drivers.over);
        let sentence = match change(driver.cause) {
            Change::Pays(what) => {
                let sentence = start.text(" pays ").cents(saving).text(less(saving));
                match than {
                    Some(over) => sentence
                        .text(" than ")
                        .option(over)
                        .text(format!(" for {what}")),
                    None => sentence.text(format!(" for {what}")),
                }
            }
            // A price that is lower, and no price: less is paid where more is saved.
            Change::Saves(how) => {
                let sentence = start.text(" saves ").cents(saving).text(less(-saving));
                match than {
                    Some(over) => sentence.text(" than ").option(over).text(format!(" {how}")),
                    None => sentence.text(format!(" {how}")),
                }
            }
        };
        sentences.push(sentence.text(share(saving, drivers.margin)));
    }
    if rest != Usd::ZERO {
        let sentence = if sentences.is_empty() {
            Sentence::default()
                .option(drivers.best)
                .text(" pays ")
                .cents(rest)
                .text(less(rest))
                .text(" than ")
                .option(drivers.over)
                .text(" in all.")
        } else {
            Sentence::default()
                .text("Everything else together costs it ")
                .cents(rest)
                .text(less(rest))
                .text(".")
        };
        sentences.push(sentence);
    }
    sentences
}

impl Sentence {
    /// An amount without its sign, to the cent.
    fn cents(mut self, amount: Usd) -> Self {
        let size = if amount < Usd::ZERO { -amount } else { amount };
        let text = words::money_to_the_cent(size);
        self.0.push(super::Span::Money(text));
        self
    }
}

fn less(saving: Usd) -> &'static str {
    if saving < Usd::ZERO { " more" } else { " less" }
}

/// `, 83 % of the difference.`
fn share(saving: Usd, margin: Usd) -> String {
    match saving.ratio_to(margin) {
        None => ".".to_owned(),
        Some(share) if share < Decimal::ZERO => ".".to_owned(),
        Some(share) => format!(", {} of the difference.", words::percent(share)),
    }
}

enum Change {
    /// Pays more or less for this.
    Pays(&'static str),
    /// Saves more or less in this way.
    Saves(&'static str),
}

const fn change(cause: Cause) -> Change {
    match cause {
        Cause::Tasks => Change::Pays("the vCPU and memory that its tasks ask for"),
        Cause::Idle => Change::Pays("vCPU and memory that no task asks for"),
        Cause::Rounding => Change::Pays("rounding up to a Fargate size"),
        Cause::Daemons => Change::Pays("daemons"),
        Cause::System => Change::Pays("memory that the system and the agent keep"),
        Cause::Spread => {
            Change::Pays("spare instances, kept for the zones, the least instances and the target")
        }
        Cause::Waiting => Change::Pays("instance time before tasks start and after they end"),
        Cause::License => Change::Pays("the Windows licence"),
        Cause::Fee => Change::Pays("the management fee"),
        Cause::Credits => Change::Pays("surplus CPU credits"),
        Cause::Storage => Change::Pays("volumes and ephemeral storage"),
        Cause::Beside => Change::Pays("network, load balancer and logs"),
        Cause::Staff => Change::Pays("staff time"),
        Cause::Spot => Change::Saves("with Spot"),
        Cause::Commitment => Change::Saves("with commitments"),
    }
}
