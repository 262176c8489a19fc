//! Interview answers built from the numbers of an answer.

use super::{Sentence, first_obstacle, idle_share, mean_share_of_peak, on_demand, workload};
use crate::curve::Crossing;
use crate::decision::Verdict;
use crate::eligibility::Class;
use crate::inputs::InputId;
use crate::option::Place;
use crate::platform::Arch;
use crate::prices::PriceBook;
use crate::report::{Capacity, Priced, ServiceAnswer};
use crate::scenario::{Scenario, Service};
use crate::words;
use rust_decimal::Decimal;

/// A question and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// What an interviewer asks.
    pub question: &'static str,
    /// Paragraphs of the answer.
    pub answer: Vec<Sentence>,
}

/// "When do you choose Fargate over EC2?", answered from a service's own numbers. `crossings`
/// are those of its curve, as far as it has been studied.
pub fn fargate_or_ec2(
    scenario: &Scenario,
    service: &Service,
    answer: &ServiceAnswer,
    book: &PriceBook,
    crossings: &[Crossing],
) -> Exchange {
    let mut paragraphs = vec![requirements(scenario, service)];
    paragraphs.extend(numbers(scenario, service, answer, book));
    paragraphs.extend(threshold(service, crossings));
    paragraphs.push(what_money_leaves_out(answer));
    Exchange {
        question: "When do you choose Fargate over EC2?",
        answer: paragraphs,
    }
}

/// First come hard requirements.
fn requirements(scenario: &Scenario, service: &Service) -> Sentence {
    let start = Sentence::default()
        .text("I start with hard requirements, because they decide before money does. ");
    let fargate = first_obstacle(scenario, service, Class::Fargate);
    let ec2 = first_obstacle(scenario, service, Class::Ec2);
    match (fargate, ec2) {
        (None, None) => start.text("This service needs nothing that either of them lacks, so cost and operations decide."),
        (Some(reason), None) => start.text(format!(
            "Here they rule Fargate out: {reason}. What is left is EC2 instances of our own or, where they meet every requirement, ECS Managed Instances."
        )),
        (None, Some(reason)) => start.text(format!("Here they rule EC2 out: {reason}. That leaves Fargate or Managed Instances.")),
        (Some(fargate), Some(ec2)) => start.text(format!(
            "Here they rule out both Fargate, for {fargate}, and EC2, for {ec2}."
        )),
    }
}

/// Then the bills.
fn numbers(
    scenario: &Scenario,
    service: &Service,
    answer: &ServiceAnswer,
    book: &PriceBook,
) -> Vec<Sentence> {
    let mut paragraphs = Vec::new();
    let fargate = cheapest_on_demand(answer, Place::Fargate);
    let ec2 = cheapest_on_demand(answer, Place::Ec2);
    if let Some((arch, priced)) = fargate {
        let other = match arch {
            Arch::X86 => Arch::Arm,
            Arch::Arm => Arch::X86,
        };
        let sentence = Sentence::default()
            .text("Take ")
            .then(workload(service))
            .text(". Fargate bills the size that is asked for while tasks run: ")
            .money(priced.total)
            .text(format!(" a month on {}", words::arch(arch)));
        let sentence = match on_demand(answer, Place::Fargate, other) {
            Some(priced) => sentence
                .text(", ")
                .money(priced.total)
                .text(format!(" on {}.", words::arch(other))),
            None => sentence.text("."),
        };
        paragraphs.push(sentence);
    }
    if let Some((arch, priced)) = ec2
        && let Capacity::Fleet(fleet) = &priced.capacity
        && let Some(used) = fleet.legs.first().and_then(|leg| leg.types.first())
        && let Some(instance) = book.types.get(used.index)
    {
        let mut sentence = Sentence::default().text(format!(
            "EC2 bills whole instances, busy or not. The cheapest type that fits is {} on {}: {} of them, for ",
            instance.name,
            words::arch(arch),
            words::count(used.instances),
        ));
        sentence = sentence.money(priced.total).text(" a month");
        if let Some(idle) = idle_share(service, fleet, book).filter(|idle| *idle > Decimal::ZERO) {
            sentence = sentence.text(format!(
                ", with {} of their vCPU idle. Idle room comes from the shape of the task, ",
                words::percent(idle)
            ));
        } else {
            sentence = sentence
                .text(", packed full at the peak. How well tasks pack comes from their shape, ");
        }
        sentence = sentence
            .text("from spreading over ")
            .input(
                InputId::MinZones,
                words::counted(scenario.fleet.min_zones.get().into(), "zone", "zones"),
            )
            .text(" and from the hours in which nothing runs");
        let share = mean_share_of_peak(service);
        sentence = if share < Decimal::ONE {
            sentence.text(format!(
                "; this load uses {} of its own peak on average.",
                words::percent(share)
            ))
        } else {
            sentence.text(".")
        };
        paragraphs.push(sentence);
    }
    if let Verdict::Best {
        option,
        lead: Some(lead),
    } = answer.verdict
    {
        let sentence = Sentence::default()
            .text("Of all purchases that may win here, ")
            .option(option);
        let sentence = match lead.close {
            None => sentence
                .text(" comes out ahead of ")
                .option(lead.over)
                .text(" by ")
                .money(lead.margin)
                .text(" a month."),
            Some(_) => sentence
                .text(" and ")
                .option(lead.over)
                .text(" are ")
                .money(lead.margin)
                .text(" a month apart, which is too close for an estimate to decide."),
        };
        paragraphs.push(sentence);
    }
    paragraphs
}

/// Then the threshold, which is an outcome and not a rule.
fn threshold(service: &Service, crossings: &[Crossing]) -> Option<Sentence> {
    let own = service.load.tasks().get();
    let nearest = crossings
        .iter()
        .min_by_key(|crossing| crossing.tasks.abs_diff(own))?;
    let more = match crossings.len() {
        1 => "",
        _ => " It turns more than once, because instances come whole.",
    };
    Some(Sentence::default().text(format!(
        "For tasks of this shape {} is the cheapest at {}, and {} at {}.{more} Another shape turns elsewhere, so I would not quote a fixed utilisation as the threshold.",
        super::class(nearest.from),
        words::counted(u64::from(nearest.tasks.saturating_sub(1)), "task", "tasks"),
        super::class(nearest.to),
        words::count(nearest.tasks.into()),
    )))
}

/// Last what money leaves out.
fn what_money_leaves_out(answer: &ServiceAnswer) -> Sentence {
    let start = Sentence::default().text(
        "Money is not all of it. On EC2 we patch images, keep agents healthy and tune scaling; on Fargate AWS does. \
         A Compute Savings Plan lowers both bills, Reserved Instances only that of EC2. ",
    );
    let managed = answer
        .cheapest(|option| option.place == Place::ManagedInstances)
        .map(|(_, priced)| priced.total);
    match managed {
        Some(total) => start
            .text("And there is a third answer: Managed Instances keep EC2's types and AWS runs the hosts for a fee, here ")
            .money(total)
            .text(" a month in all."),
        None => start.text("And I would name Managed Instances as the middle way: EC2's types on hosts that AWS runs, for a fee."),
    }
}

fn cheapest_on_demand(answer: &ServiceAnswer, place: Place) -> Option<(Arch, &Priced)> {
    let of = |&arch: &Arch| Some((arch, on_demand(answer, place, arch)?));
    Arch::ALL
        .iter()
        .filter_map(of)
        .min_by_key(|(_, priced)| priced.total)
}

impl Sentence {
    fn then(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }
}
