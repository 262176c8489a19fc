//! The weight of one criterion, as it is typed or slid.

use super::part::PartError;
use super::{Problem, ranged};
use crate::criteria::{Criterion, MOST_WEIGHT};
use crate::scenario::{Scenario, WeightsError};

/// The present weight of a criterion as text; `None` of one of money, which has none.
pub fn weight(scenario: &Scenario, criterion: Criterion) -> Option<String> {
    (!criterion.is_money()).then(|| scenario.weights.get(criterion).to_string())
}

/// The scenario with the weight of a criterion set from text.
///
/// Refused, with the criterion, the value and the limits: what is no whole number from 0 to
/// [`MOST_WEIGHT`], a criterion of money, and 0 for the last criterion that counts.
pub fn set_weight(
    scenario: &Scenario,
    criterion: Criterion,
    text: &str,
) -> Result<Scenario, PartError> {
    let refused = |problem| PartError::new(criterion.part(), text, problem);
    let weight = ranged(text.trim(), |weight: u8| {
        (weight <= MOST_WEIGHT).then_some(weight)
    });
    let weight = weight.map_err(refused)?;
    let mut changed = scenario.clone();
    changed.weights = scenario.weights.with(criterion, weight).map_err(|error| {
        refused(match error {
            WeightsError::Money(_) => Problem::DoesNotApply,
            other => Problem::NotWeights(other),
        })
    })?;
    Ok(changed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inputs::{self, InputId};
    use crate::presets;
    use crate::share::{self, View};

    #[test]
    fn a_slider_sets_one_weight_and_links_hold_it() {
        let example = presets::example();
        assert_eq!(weight(&example, Criterion::Isolation).as_deref(), Some("1"));
        assert_eq!(weight(&example, Criterion::Cost), None);
        let changed = set_weight(&example, Criterion::Isolation, " 7 ").unwrap();
        let changed = set_weight(&changed, Criterion::Windows, "2").unwrap();
        assert_eq!(
            inputs::get(&changed, 0, InputId::Weights).as_deref(),
            Some("isolation:7,windows:2")
        );
        let link = share::encode(&changed, View::default());
        assert!(
            link.contains("&weights=isolation%3A7,windows%3A2&"),
            "{link}"
        );
        let decoded = share::decode(&link);
        assert_eq!(decoded.notices, []);
        assert_eq!(decoded.scenario, Some(changed.clone()));
        let back = inputs::set(&changed, 0, InputId::Weights, "").unwrap();
        assert_eq!(back, example);
        assert!(!share::encode(&back, View::default()).contains("weights"));
    }

    #[test]
    fn what_a_weight_does_not_take_is_refused() {
        let mut scenario = presets::example();
        for (criterion, text, said) in [
            (
                Criterion::Isolation,
                "11",
                "Isolation between tasks: 11 is out of range. Allowed: 0 to 10.",
            ),
            (
                Criterion::Isolation,
                "-1",
                "Isolation between tasks: -1 is out of range. Allowed: 0 to 10.",
            ),
            (
                Criterion::Isolation,
                "",
                "Isolation between tasks is empty. Allowed: 0 to 10.",
            ),
            (
                Criterion::Spot,
                "3",
                "Spot, off the on-demand price does not apply to what is set otherwise.",
            ),
        ] {
            let error = set_weight(&scenario, criterion, text).unwrap_err();
            assert_eq!(error.to_string(), said);
        }
        for criterion in [
            Criterion::Operations,
            Criterion::Patching,
            Criterion::Start,
            Criterion::Isolation,
            Criterion::LongestRun,
        ] {
            scenario = set_weight(&scenario, criterion, "0").unwrap();
        }
        let error = set_weight(&scenario, Criterion::ScaleToZero, "0").unwrap_err();
        assert_eq!(
            error.to_string(),
            "Scaling to zero: all of them are 0; at least one criterion must have a weight above 0."
        );
        let text = "operations:0 patching:0 start:0 isolation:0 longest_run:0 scale_to_zero:0";
        let error = inputs::set(&scenario, 0, InputId::Weights, text).unwrap_err();
        assert_eq!(
            error.to_string(),
            "Weights: all of them are 0; at least one criterion must have a weight above 0."
        );
    }
}
