//! A service's Spot strategy at its present tasks.

use crate::scenario::{Load, Service};
use crate::strategy::{Split, TASKS_PER_RUN_TASK};
use crate::words;

/// How the present tasks are split between on-demand and Spot, and what AWS leaves open; `None`
/// for a service without Spot.
pub fn split(service: &Service) -> Option<String> {
    let strategy = service.spot?;
    let tasks = service.load.tasks().get() + service.headroom.get();
    let (of, split) = match service.load {
        Load::Jobs { .. } => (" of a run", strategy.split_job(tasks)),
        Load::Constant { .. } => ("", strategy.split(tasks)),
        Load::Schedule { .. } | Load::Week(_) => (" at the peak", strategy.split(tasks)),
    };
    let Split {
        on_demand,
        spot,
        spot_least,
        spot_most,
    } = split;
    let tasks = words::counted(tasks.into(), "task", "tasks");
    let mut sentences = vec![format!(
        "{tasks}{of}: {on_demand} on-demand and {spot} on Spot."
    )];
    if spot_least != spot_most {
        sentences.push(format!(
            "AWS documents the ratio and not how it is rounded: {spot_least} to {spot_most} on Spot would fit it."
        ));
    }
    if matches!(service.load, Load::Jobs { .. }) && strategy.base() > 0 {
        sentences.push(format!(
            "The base counts again in each RunTask call, of at most {TASKS_PER_RUN_TASK} tasks."
        ));
    }
    if strategy.base_without_weight() {
        sentences.push(
            "With a weight of 0 the on-demand provider takes its base and nothing more; AWS's text is ambiguous about that."
                .to_owned(),
        );
    }
    Some(sentences.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::share;

    fn words(link: &str) -> Option<String> {
        let scenario = share::decode(&["v=1&name=a&vcpu=1&mem=2&", link].concat()).scenario;
        split(scenario.unwrap().services.nearest(0))
    }

    #[test]
    fn the_split_and_its_range_are_said() {
        for (link, said) in [
            ("tasks=12", None),
            (
                "tasks=12&spot=0.1.3",
                Some("12 tasks: 3 on-demand and 9 on Spot."),
            ),
            (
                "tasks=10&spot=1.1.4",
                Some(
                    "10 tasks: 3 on-demand and 7 on Spot. AWS documents the ratio and not how it is rounded: 7 to 8 on Spot would fit it.",
                ),
            ),
            (
                "tasks=10&headroom=2&load=schedule&spot=4.0.1",
                Some(
                    "12 tasks at the peak: 4 on-demand and 8 on Spot. With a weight of 0 the on-demand provider takes its base and nothing more; AWS's text is ambiguous about that.",
                ),
            ),
            (
                "tasks=25&load=jobs&spot=1.0.1",
                Some(
                    "25 tasks of a run: 3 on-demand and 22 on Spot. The base counts again in each RunTask call, of at most 10 tasks. With a weight of 0 the on-demand provider takes its base and nothing more; AWS's text is ambiguous about that.",
                ),
            ),
        ] {
            assert_eq!(words(link).as_deref(), said, "{link}");
        }
    }
}
