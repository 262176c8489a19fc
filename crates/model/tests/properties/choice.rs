//! Laws of who may be chosen, and of what an answer holds.

use berth_model::evaluate;
use berth_model::evaluate_service;
use berth_model::needs::Need;
use berth_model::option::OptionId;
use berth_model::option::Place;
use berth_model::report::{Outcome, ServiceAnswer};
use berth_model::scenario::{MaxCommitment, Places, Scenario};
use proptest::prelude::*;
use proptest::sample::select;

use crate::{BOOK, scenarios, totals};

fn answer(scenario: &Scenario) -> ServiceAnswer {
    evaluate_service(scenario, scenario.services.nearest(0), &BOOK)
}

proptest! {
    // Every option is in every answer once, in the order of the report; one that is not priced says why.
    #[test]
    fn every_option_is_answered_with_a_price_or_a_reason(scenario in scenarios()) {
        let answer = answer(&scenario);
        let options: Vec<OptionId> = answer.options.iter().map(|report| report.option).collect();
        prop_assert_eq!(options, OptionId::all().collect::<Vec<_>>());
        for report in &answer.options {
            match &report.outcome {
                Outcome::Priced(_) => {}
                Outcome::NotEligible(reasons) => prop_assert!(!reasons.is_empty(), "{}", report.option),
                Outcome::NoPrice(missing) => prop_assert!(!missing.is_empty(), "{}", report.option),
            }
        }
    }

    // A need takes options away and adds none.
    #[test]
    fn a_need_only_removes_options(scenario in scenarios(), need in select(Need::ALL)) {
        let mut with = scenario.clone();
        let service = with.services.get_mut(0).unwrap();
        service.needs = service.needs.with(need, true);
        let mut without = scenario;
        let service = without.services.get_mut(0).unwrap();
        service.needs = service.needs.with(need, false);
        for (with, without) in answer(&with).options.iter().zip(&answer(&without).options) {
            prop_assert!(with.priced().is_none() || without.priced().is_some(), "{}", with.option);
        }
    }

    // Leaving a place out takes away its options and changes no other.
    #[test]
    fn a_place_left_out_changes_no_other(scenario in scenarios(), place in select(Place::ALL)) {
        let mut all = scenario;
        all.services.get_mut(0).unwrap().places = Places::ALL;
        let mut less = all.clone();
        let others = Place::ALL.iter().copied().filter(|other| *other != place);
        less.services.get_mut(0).unwrap().places = Places::new(others).unwrap();
        for (report, of_all) in answer(&less).options.iter().zip(&answer(&all).options) {
            if report.option.place == place {
                prop_assert!(report.priced().is_none());
            } else {
                prop_assert_eq!(&report.outcome, &of_all.outcome);
            }
        }
    }

    // A longer commitment that a person allows never makes the best option dearer, and changes no total.
    #[test]
    fn a_longer_commitment_never_worsens_the_best(scenario in scenarios()) {
        let of = |longest: MaxCommitment| {
            let mut scenario = scenario.clone();
            scenario.max_commitment = longest;
            let answer = answer(&scenario);
            (answer.cheapest(|_| true).map(|(_, priced)| priced.total), totals(&scenario))
        };
        let (none, one, three) = (of(MaxCommitment::None), of(MaxCommitment::OneYear), of(MaxCommitment::ThreeYears));
        prop_assert!(one.0 <= none.0 || none.0.is_none());
        prop_assert!(three.0 <= one.0 || one.0.is_none());
        prop_assert_eq!(&none.1, &one.1);
        prop_assert_eq!(none.1, three.1);
    }

    // A service is answered alike whatever others stand in the scenario, and wherever it stands among them.
    #[test]
    fn a_service_is_answered_alike_beside_any_other(scenario in scenarios()) {
        for (service, of_all) in scenario.services.iter().zip(evaluate(&scenario, &BOOK)) {
            let mut alone = scenario.clone();
            alone.services = berth_model::scenario::Services::new(service.clone());
            prop_assert_eq!(evaluate(&alone, &BOOK).remove(0), of_all);
        }
    }

    // What people call a service decides nothing.
    #[test]
    fn a_name_decides_nothing(scenario in scenarios(), name in "[a-z]{1,12}") {
        let named = berth_model::inputs::set(&scenario, 0, berth_model::inputs::InputId::Name, &name).unwrap();
        prop_assert_eq!(answer(&named), answer(&scenario));
    }
}
