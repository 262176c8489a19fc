//! What people need to be told about a service besides the answer.

use super::{Sentence, break_even};
use crate::inputs::InputId;
use crate::platform::{Arch, Os};
use crate::prices::PriceBook;
use crate::quotas;
use crate::report::ServiceAnswer;
use crate::scenario::{Scenario, Service};
use crate::staff::BreakEven;
use crate::strategy::Strategy;

/// The quotas that the best option reaches, the staff time that a fleet is worth, what a vCPU is
/// on either architecture, and a base without a weight: as far as there is something to say.
///
/// Near fits are a study of their own ([`crate::near_fit`]).
pub fn advice(
    scenario: &Scenario,
    service: &Service,
    answer: &ServiceAnswer,
    book: &PriceBook,
) -> Vec<Sentence> {
    let mut said = Vec::new();
    let best = answer.verdict.best();
    if let Some((option, priced)) = best.and_then(|id| Some((id, answer.option(id)?.priced()?))) {
        let crossed = quotas::crossed(scenario, service, option, priced, book);
        said.extend(crossed.iter().map(|one| {
            let start = Sentence::default().option(option).text(": ");
            start.text(quotas::sentence(one, book))
        }));
    }
    let found = BreakEven::of(scenario, &answer.options);
    said.extend(found.map(|found| break_even(&found, scenario.staff)));
    said.extend(not_the_same_vcpu(scenario, service));
    if service.spot.is_some_and(Strategy::base_without_weight) {
        said.push(Sentence::default().text(
            "The on-demand provider has a base and a weight of 0: it takes the base and nothing \
             more, so that Spot carries the rest even when it is interrupted.",
        ));
    }
    said
}

/// Rule 36, where both architectures are compared or are counted unlike.
fn not_the_same_vcpu(scenario: &Scenario, service: &Service) -> Option<Sentence> {
    let allows = |arch| service.arch.allows(arch);
    let factors = [Arch::X86, Arch::Arm].map(|arch| scenario.task_factors.of(arch));
    let [x86, arm] = factors;
    let both = allows(Arch::X86) && allows(Arch::Arm) && service.os == Os::Linux;
    if !both && x86 == arm {
        return None;
    }
    let said = Sentence::default().text(
        "A vCPU is not the same everywhere: a Graviton vCPU is a core, an x86 vCPU a thread of one. ",
    );
    Some(if x86 == arm {
        said.text("The comparison runs as many tasks on both; where a test shows that Arm needs fewer, set the ")
            .input(InputId::FactorArm, "Arm task factor")
            .text(".")
    } else {
        let factor = |id| crate::inputs::get(scenario, 0, id).unwrap_or_default();
        said.text("The comparison runs the tasks times ")
            .input(InputId::FactorX86, factor(InputId::FactorX86))
            .text(" on x86 and times ")
            .input(InputId::FactorArm, factor(InputId::FactorArm))
            .text(" on Arm.")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prices::embedded::US_EAST_1;
    use crate::report::evaluate_service;
    use crate::share;

    fn said(link: &str) -> Vec<String> {
        let decoded = share::decode(&["v=1&", link].concat());
        assert_eq!(decoded.notices, [], "{link}");
        let scenario = decoded.scenario.unwrap();
        let book = PriceBook::parse(US_EAST_1).unwrap();
        let service = scenario.services.nearest(0);
        let answer = evaluate_service(&scenario, service, &book);
        let said = advice(&scenario, service, &answer, &book);
        said.iter().map(Sentence::plain).collect()
    }

    #[test]
    fn each_thing_is_said_where_it_holds() {
        for (link, words) in [
            (
                "name=a&vcpu=0.5&mem=1&tasks=12",
                "the default Fargate quota of 6 on-demand vCPU",
            ),
            (
                "name=a&vcpu=2&mem=8&tasks=30",
                "worth it while running the fleet takes under",
            ),
            (
                "name=a&vcpu=0.5&mem=1&tasks=12",
                "a Graviton vCPU is a core",
            ),
            (
                "name=a&vcpu=0.5&mem=1&tasks=12&spot=2.0.1",
                "has a base and a weight of 0",
            ),
        ] {
            let all = said(link);
            assert!(all.iter().any(|one| one.contains(words)), "{link}: {all:?}");
        }
    }

    #[test]
    fn a_small_service_on_one_architecture_is_told_nothing() {
        let quiet = said("name=a&vcpu=0.25&mem=0.5&tasks=1&arch=arm64&places=fargate");
        assert_eq!(quiet, Vec::<String>::new());
    }

    #[test]
    fn factors_that_differ_are_named() {
        let all = said("factor-arm=0.8&name=a&vcpu=0.5&mem=1&tasks=2&arch=arm64");
        assert!(
            all.iter()
                .any(|one| one.ends_with("times 1 on x86 and times 0.8 on Arm.")),
            "{all:?}"
        );
    }
}
