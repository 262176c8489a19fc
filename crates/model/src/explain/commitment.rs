//! A commitment in words: how much of it is used, and what becomes of it if the load falls.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::{Sentence, Span};
use crate::commitment::falling;
use crate::fleet::price::TypeUse;
use crate::money::Usd;
use crate::option::{OptionId, Purchase};
use crate::prices::PriceBook;
use crate::purchase::CommitmentKind;
use crate::report::{Capacity, Committed, CommittedAmount, Priced};
use crate::scenario::{Scenario, Service};
use crate::words;

/// What an option commits to for every hour of its term, and how much of that is used, in the
/// words of FinOps: `Commits to $0.345 an hour. Utilisation 97 %: so much of it is used. Coverage
/// 83 %: so much of what it could cover is covered, at on-demand rates.`
pub fn committed(committed: Committed) -> Sentence {
    let start = Sentence::default().text("Commits to ");
    let start = match committed.amount {
        CommittedAmount::Dollars(hourly) if hourly == Usd::ZERO => return nothing(),
        CommittedAmount::Instances(0) => return nothing(),
        CommittedAmount::Dollars(hourly) => {
            let mut start = start;
            start.0.push(Span::Money(words::rate(hourly)));
            start.text(" for every hour.")
        }
        CommittedAmount::Instances(count) => start.text(format!(
            "{} for every hour.",
            words::counted(count, "instance", "instances")
        )),
    };
    let share = |share: Option<Decimal>, name, what| {
        share.map_or_else(String::new, |share| {
            format!(" {name} {}: {what}.", words::percent(share))
        })
    };
    start
        .text(share(
            committed.utilization,
            "Utilisation",
            "so much of it is used",
        ))
        .text(share(
            committed.coverage,
            "Coverage",
            "so much of what it could cover is covered, at on-demand rates",
        ))
}

fn nothing() -> Sentence {
    Sentence::default()
        .text("Commits to nothing: by the rule that sizes commitments no amount is worth it here.")
}

/// What a commitment costs once half of the load is left, and once none is; `None` for an option
/// that commits to nothing.
pub fn falling(
    scenario: &Scenario,
    service: &Service,
    (option, priced): (OptionId, &Priced),
    book: &PriceBook,
) -> Option<Sentence> {
    let Purchase::Committed(commitment) = option.purchase else {
        return None;
    };
    let at = |percent| falling::at_load(scenario, service, (option, priced), book, percent);
    let (half, none) = (at(50)?, at(0)?);
    if none.unused == Usd::ZERO {
        return None;
    }
    let said = Sentence::default()
        .text("If the load falls to half and the commitment stays: ")
        .money(half.total)
        .text(" a month, ")
        .money(half.unused)
        .text(" of it for what is not used");
    let said = match half.on_demand {
        Some(other) => match (half.total - other).rounded_to_cents().cmp(&Usd::ZERO) {
            Ordering::Greater => said
                .text("; on-demand would then cost ")
                .money(half.total - other)
                .text(" less. "),
            Ordering::Equal => said.text(", as much as on-demand. "),
            Ordering::Less => said
                .text("; on-demand would still cost ")
                .money(other - half.total)
                .text(" more. "),
        },
        None => said.text(". "),
    };
    let said = said
        .text("If nothing runs any more, ")
        .money(none.unused)
        .text(" a month are paid for nothing. ");
    Some(said.text(elsewhere(commitment.kind, priced, book)))
}

/// What else a commitment could be spent on.
fn elsewhere(kind: CommitmentKind, priced: &Priced, book: &PriceBook) -> String {
    let types = match &priced.capacity {
        Capacity::Fleet(fleet) => fleet.legs.first().map(|leg| leg.types.as_slice()),
        Capacity::Fargate(_) | Capacity::Cluster(_) => None,
    };
    let one = types.and_then(<[TypeUse]>::first);
    let instance = one.and_then(|one| book.types.get(one.index));
    let family = instance.map_or("its", |instance| instance.family());
    let region = &book.region;
    match kind {
        CommitmentKind::ComputeSavingsPlan => "A Compute Savings Plan then goes to any other EC2, \
            Fargate or Lambda usage of the account, in every region."
            .to_owned(),
        CommitmentKind::Ec2InstanceSavingsPlan => format!(
            "An EC2 Instance Savings Plan then goes to other {family} instances in {region} alone, of any size."
        ),
        CommitmentKind::ReservedInstance => format!(
            "Reserved Instances then cover other {family} instances in {region} alone, on Linux of any size."
        ),
        CommitmentKind::ConvertibleReservedInstance => format!(
            "Convertible Reserved Instances then cover other {family} instances in {region}, and can be exchanged for ones of another family of the same value or more."
        ),
        CommitmentKind::Unstated => format!(
            "The source does not say what else it covers than {}.",
            instance.map_or("this type", |instance| &*instance.name)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prices::embedded::US_EAST_1;
    use crate::report::evaluate_service;
    use crate::share;

    #[test]
    fn what_is_left_to_pay_is_said_and_what_else_it_covers() {
        let link = "v=1&name=a&vcpu=1&mem=2&tasks=10&arch=arm64";
        let scenario = share::decode(link).scenario.unwrap();
        let book = PriceBook::parse(US_EAST_1).unwrap();
        let service = scenario.services.nearest(0);
        let answer = evaluate_service(&scenario, service, &book);
        let said = |option: &str| {
            let option = OptionId::from_id(option).unwrap();
            let priced = answer.option(option).unwrap().priced().unwrap();
            Some(falling(&scenario, service, (option, priced), &book)?.plain())
        };
        let plan = said("fargate-arm64-compute_sp_1y_no_upfront").unwrap();
        assert!(
            plan.starts_with("If the load falls to half and the commitment stays: $"),
            "{plan}"
        );
        assert!(
            plan.contains(" of it for what is not used; on-demand would then cost $"),
            "{plan}"
        );
        assert!(plan.contains("If nothing runs any more, $"), "{plan}");
        assert!(
            plan.ends_with("Fargate or Lambda usage of the account, in every region."),
            "{plan}"
        );
        let reserved = said("ec2-arm64-ri_1y_no_upfront").unwrap();
        assert!(
            reserved.contains("instances in us-east-1 alone, on Linux of any size."),
            "{reserved}"
        );
        assert_eq!(said("ec2-arm64-on_demand"), None);
    }

    #[test]
    fn shares_are_said_in_the_words_of_finops() {
        let of = |amount| Committed {
            amount,
            utilization: Some(Decimal::new(972, 3)),
            coverage: Some(Decimal::new(83, 2)),
        };
        let dollars = of(CommittedAmount::Dollars(Usd::parse("0.345").unwrap()));
        assert_eq!(
            committed(dollars).plain(),
            "Commits to $0.345 for every hour. Utilisation 97 %: so much of it is used. Coverage 83 %: so much of what it could cover is covered, at on-demand rates."
        );
        let one = Committed {
            utilization: None,
            coverage: None,
            ..of(CommittedAmount::Instances(1))
        };
        assert_eq!(
            committed(one).plain(),
            "Commits to 1 instance for every hour."
        );
        let none = of(CommittedAmount::Instances(0));
        assert!(committed(none).plain().starts_with("Commits to nothing"));
    }
}
