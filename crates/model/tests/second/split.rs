//! Rule 18: how tasks divide between on-demand and Spot.

use berth_model::strategy::Strategy;

/// Tasks on-demand and on Spot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Parts {
    /// On-demand.
    pub(crate) on_demand: i128,
    /// On Spot.
    pub(crate) spot: i128,
}

/// Where a share that is no whole number of tasks goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rounding {
    /// To the larger remainder, and on-demand where they are equal.
    Largest,
    /// On-demand.
    FewestSpot,
    /// On Spot.
    MostSpot,
}

/// One hour of a service.
pub(crate) fn service(strategy: Strategy, tasks: i128, rounding: Rounding) -> Parts {
    let base = tasks.min(strategy.base().into());
    let rest = tasks - base;
    let weight = i128::from(strategy.spot_weight());
    let weights = weight + i128::from(strategy.on_demand_weight());
    let (spot, remainder) = (rest * weight / weights, rest * weight % weights);
    // With two shares the remainders add up to one task or none.
    let up = match rounding {
        Rounding::Largest => 2 * remainder > weights,
        Rounding::FewestSpot => false,
        Rounding::MostSpot => remainder > 0,
    };
    let spot = spot + i128::from(up);
    Parts {
        on_demand: tasks - spot,
        spot,
    }
}

/// One run of a job: each `RunTask` call starts at most ten tasks and has a base of its own.
pub(crate) fn job(strategy: Strategy, tasks: i128, rounding: Rounding) -> Parts {
    let full = service(strategy, 10, rounding);
    let last = service(strategy, tasks % 10, rounding);
    Parts {
        on_demand: tasks / 10 * full.on_demand + last.on_demand,
        spot: tasks / 10 * full.spot + last.spot,
    }
}

#[test]
fn documented_strategies_divide_as_documented() {
    for (base, on_demand, spot, tasks, expected) in [
        (0, 1, 4, 10, (2, 8)),
        (2, 1, 3, 6, (3, 3)),
        (1, 1, 4, 6, (2, 4)),
        (1, 1, 4, 10, (3, 7)),
        (1, 1, 4, 1, (1, 0)),
        (5, 1, 1, 3, (3, 0)),
        (0, 1, 1, 7, (4, 3)),
        (2, 0, 1, 5, (2, 3)),
    ] {
        let strategy = Strategy::new(base, on_demand, spot).expect("legal");
        let parts = service(strategy, tasks, Rounding::Largest);
        assert_eq!((parts.on_demand, parts.spot), expected);
    }
}
