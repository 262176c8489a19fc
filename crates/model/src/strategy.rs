//! Capacity provider strategies: base and weights.

use crate::scenario::MAX_TASKS;

/// Largest weight that ECS takes.
pub const MAX_WEIGHT: u16 = 1_000;

/// Largest base that ECS takes.
pub const MAX_BASE: u32 = 100_000;

/// Most tasks that one `RunTask` call starts.
pub const TASKS_PER_RUN_TASK: u32 = 10;

/// How a service's tasks are split between an on-demand provider and a Spot provider.
///
/// Source: ECS API, `CapacityProviderStrategyItem`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Strategy {
    base: u32,
    on_demand_weight: u16,
    spot_weight: u16,
}

impl Strategy {
    /// A strategy; `None` where a number is above what ECS takes or both weights are zero.
    pub const fn new(base: u32, on_demand_weight: u16, spot_weight: u16) -> Option<Self> {
        let legal = base <= MAX_BASE
            && on_demand_weight <= MAX_WEIGHT
            && spot_weight <= MAX_WEIGHT
            && on_demand_weight + spot_weight > 0;
        if legal {
            Some(Self {
                base,
                on_demand_weight,
                spot_weight,
            })
        } else {
            None
        }
    }

    /// "Spot share s %": no base, weights 100 - s to s. `None` for 0 and above 100.
    pub const fn from_spot_percent(percent: u8) -> Option<Self> {
        if percent == 0 || percent > 100 {
            None
        } else {
            Self::new(0, 100 - percent as u16, percent as u16)
        }
    }

    /// Tasks that always stand on the on-demand provider first.
    pub const fn base(self) -> u32 {
        self.base
    }

    /// Weight of the on-demand provider.
    pub const fn on_demand_weight(self) -> u16 {
        self.on_demand_weight
    }

    /// Weight of the Spot provider.
    pub const fn spot_weight(self) -> u16 {
        self.spot_weight
    }

    /// Spot's share of the tasks beyond the base, in percent, rounded to a whole one.
    pub const fn spot_percent(self) -> u8 {
        let total = self.on_demand_weight as u32 + self.spot_weight as u32;
        let rounded = (200 * self.spot_weight as u32 + total) / (2 * total);
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a percentage is at most 100"
        )]
        {
            rounded as u8
        }
    }

    /// Splits a service's `tasks`.
    pub fn split(self, tasks: u32) -> Split {
        let providers = [
            Provider {
                base: self.base,
                weight: self.on_demand_weight,
            },
            Provider {
                base: 0,
                weight: self.spot_weight,
            },
        ];
        let mut counts = [0; 2];
        split(&providers, tasks, &mut counts);
        let [on_demand, spot] = counts;
        let beyond_base = tasks - tasks.min(self.base);
        let total = u64::from(self.on_demand_weight) + u64::from(self.spot_weight);
        let share = u64::from(beyond_base) * u64::from(self.spot_weight);
        Split {
            on_demand,
            spot,
            spot_least: narrow(share / total),
            spot_most: narrow(share.div_ceil(total)),
        }
    }

    /// Splits the `tasks` of one run of a job, which starts at most ten per `RunTask` call and
    /// applies the base in each call.
    pub fn split_job(self, tasks: u32) -> Split {
        let full_calls = tasks / TASKS_PER_RUN_TASK;
        let full = self.split(TASKS_PER_RUN_TASK);
        let rest = self.split(tasks % TASKS_PER_RUN_TASK);
        Split {
            on_demand: full_calls * full.on_demand + rest.on_demand,
            spot: full_calls * full.spot + rest.spot,
            spot_least: full_calls * full.spot_least + rest.spot_least,
            spot_most: full_calls * full.spot_most + rest.spot_most,
        }
    }

    /// Whether the on-demand provider takes its base and nothing more. AWS's text is ambiguous
    /// about a base with weight 0; the base is placed here, with a warning.
    pub const fn base_without_weight(self) -> bool {
        self.base > 0 && self.on_demand_weight == 0
    }
}

/// How many tasks stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// Tasks on on-demand capacity.
    pub on_demand: u32,
    /// Tasks on Spot capacity.
    pub spot: u32,
    /// Fewest tasks on Spot that the documented ratio allows (AWS does not document rounding).
    pub spot_least: u32,
    /// Most tasks on Spot that the documented ratio allows.
    pub spot_most: u32,
}

/// One entry of a strategy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Provider {
    /// Tasks that it takes first. At most one provider may have any.
    pub base: u32,
    /// Its share of the tasks beyond the base.
    pub weight: u16,
}

/// Why a list of providers is not a strategy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StrategyError {
    /// More providers than ECS takes.
    #[error("a strategy holds at most {MAX_PROVIDERS} capacity providers")]
    TooManyProviders,
    /// More than one base.
    #[error("only one capacity provider of a strategy may have a base")]
    TwoBases,
    /// A base above what ECS takes.
    #[error("a base is at most {MAX_BASE}")]
    LargeBase,
    /// A weight above what ECS takes.
    #[error("a weight is at most {MAX_WEIGHT}")]
    LargeWeight,
    /// Nothing takes the tasks beyond the base.
    #[error("at least one capacity provider needs a weight above 0")]
    NoWeight,
}

/// Most providers of one strategy.
pub const MAX_PROVIDERS: usize = 20;

/// Checks what ECS checks when a service or task is created.
pub fn check(providers: &[Provider]) -> Result<(), StrategyError> {
    if providers.len() > MAX_PROVIDERS {
        return Err(StrategyError::TooManyProviders);
    }
    if providers
        .iter()
        .filter(|provider| provider.base > 0)
        .count()
        > 1
    {
        return Err(StrategyError::TwoBases);
    }
    if providers.iter().any(|provider| provider.base > MAX_BASE) {
        return Err(StrategyError::LargeBase);
    }
    if providers
        .iter()
        .any(|provider| provider.weight > MAX_WEIGHT)
    {
        return Err(StrategyError::LargeWeight);
    }
    if providers.iter().all(|provider| provider.weight == 0) {
        return Err(StrategyError::NoWeight);
    }
    Ok(())
}

/// Splits `tasks` over `providers`: the base first, the rest by weight, by largest remainder,
/// ties to the provider that stands earlier. Writes as many counts as both slices have.
///
/// AWS documents the ratio and not the rounding (developer guide, capacity providers); largest
/// remainder is this model's choice.
pub fn split(providers: &[Provider], tasks: u32, counts: &mut [u32]) {
    let total: u64 = providers
        .iter()
        .map(|provider| u64::from(provider.weight))
        .sum();
    let mut rest = u64::from(tasks);
    for (provider, count) in providers.iter().zip(counts.iter_mut()) {
        *count = narrow(rest.min(u64::from(provider.base)));
        rest -= u64::from(*count);
    }
    if total == 0 {
        return;
    }
    let quota = |provider: &Provider| rest * u64::from(provider.weight);
    let mut left = rest;
    for (provider, count) in providers.iter().zip(counts.iter_mut()) {
        let whole = quota(provider) / total;
        *count += narrow(whole);
        left -= whole;
    }
    // The tasks left are fewer than the providers: hand each to the next largest remainder. A
    // provider with remainder r at place i goes before those with less, and before later ones.
    for (place, count) in counts.iter_mut().enumerate().take(providers.len()) {
        let remainder = |provider: &Provider| quota(provider) % total;
        let Some(own) = providers.get(place).map(remainder) else {
            break;
        };
        let ahead = providers
            .iter()
            .enumerate()
            .filter(|(other, provider)| {
                let theirs = remainder(provider);
                theirs > own || (theirs == own && *other < place)
            })
            .count();
        if (ahead as u64) < left {
            *count += 1;
        }
    }
}

/// The same where some of the `tasks` stand already: ECS moves none of them. A provider with more
/// than its share keeps what it has, and the others share the rest. `None` where more stand than
/// there are to be.
pub fn split_beside(providers: &[Provider], standing: &[u32], tasks: u32) -> Option<Vec<u32>> {
    let mut providers = providers.to_vec();
    let stands = |index: usize| standing.get(index).copied().unwrap_or(0);
    let mut kept = vec![false; providers.len()];
    loop {
        let mut rest = tasks;
        for (index, _) in kept.iter().enumerate().filter(|(_, kept)| **kept) {
            rest = rest.checked_sub(stands(index))?;
        }
        let mut counts = vec![0; providers.len()];
        split(&providers, rest, &mut counts);
        let mut every = counts.iter().zip(&kept).enumerate();
        let full = every.find(|(index, (count, kept))| !**kept && **count < stands(*index));
        let Some((full, _)) = full else {
            for (index, count) in counts.iter_mut().enumerate() {
                if kept.get(index).copied().unwrap_or(false) {
                    *count = stands(index);
                }
            }
            return Some(counts);
        };
        // It takes no more, so it has no part in what is left.
        if let (Some(kept), Some(provider)) = (kept.get_mut(full), providers.get_mut(full)) {
            *kept = true;
            *provider = Provider { base: 0, weight: 0 };
        }
    }
}

/// Task counts never exceed [`MAX_TASKS`] times a small factor, which fits.
fn narrow(count: u64) -> u32 {
    debug_assert!(count <= u64::from(MAX_TASKS) * 10_000);
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split_of(base: u32, on_demand: u16, spot: u16, tasks: u32) -> (u32, u32) {
        let split = Strategy::new(base, on_demand, spot).unwrap().split(tasks);
        (split.on_demand, split.spot)
    }

    #[test]
    fn the_documented_examples_come_out() {
        assert_eq!(split_of(0, 1, 4, 10), (2, 8));
        assert_eq!(split_of(2, 1, 3, 6), (3, 3));
        assert_eq!(split_of(1, 1, 4, 6), (2, 4));
        assert_eq!(split_of(1, 1, 4, 1), (1, 0));
        assert_eq!(split_of(5, 1, 1, 3), (3, 0));
        assert_eq!(split_of(0, 1, 1, 7), (4, 3), "a tie goes to on-demand");
    }

    #[test]
    fn rounding_goes_to_the_largest_remainder_and_the_range_is_kept() {
        let split = Strategy::new(1, 1, 4).unwrap().split(10);
        assert_eq!((split.on_demand, split.spot), (3, 7));
        assert_eq!((split.spot_least, split.spot_most), (7, 8));
    }

    #[test]
    fn a_base_on_a_provider_of_weight_zero_places_the_base_and_nothing_more() {
        assert_eq!(split_of(4, 0, 1, 20), (4, 16));
        for (base, on_demand, warns) in [(4, 0, true), (0, 0, false), (4, 1, false)] {
            let strategy = Strategy::new(base, on_demand, 1).unwrap();
            assert_eq!(strategy.base_without_weight(), warns);
        }
    }

    #[test]
    fn a_job_applies_the_base_in_every_call_of_ten_tasks() {
        let split = Strategy::new(1, 0, 1).unwrap().split_job(25);
        assert_eq!((split.on_demand, split.spot), (3, 22));
    }

    #[test]
    fn three_providers_share_the_remainder_in_order() {
        let providers = [
            Provider { base: 2, weight: 1 },
            Provider { base: 0, weight: 1 },
            Provider { base: 0, weight: 2 },
        ];
        let mut counts = [0; 3];
        split(&providers, 8, &mut counts);
        assert_eq!(counts, [4, 1, 3]);
    }

    #[test]
    fn tasks_that_stand_are_not_moved() {
        let providers = [
            Provider { base: 2, weight: 1 },
            Provider { base: 0, weight: 3 },
        ];
        let beside = |standing: [u32; 2], tasks| split_beside(&providers, &standing, tasks);
        assert_eq!(beside([0, 0], 10), Some(vec![4, 6]));
        assert_eq!(beside([4, 2], 10), Some(vec![4, 6]));
        assert_eq!(beside([7, 0], 10), Some(vec![7, 3]));
        assert_eq!(beside([0, 9], 10), Some(vec![1, 9]));
        assert_eq!(beside([7, 4], 10), None);
    }

    #[test]
    fn what_ecs_refuses_is_refused() {
        let provider = |base, weight| Provider { base, weight };
        assert_eq!(
            check(&[provider(1, 1), provider(1, 1)]),
            Err(StrategyError::TwoBases)
        );
        assert_eq!(
            check(&[provider(1, 0), provider(0, 0)]),
            Err(StrategyError::NoWeight)
        );
        assert_eq!(
            check(&[provider(0, 1); 21]),
            Err(StrategyError::TooManyProviders)
        );
        assert_eq!(
            check(&[provider(100_001, 1)]),
            Err(StrategyError::LargeBase)
        );
        assert_eq!(
            check(&[provider(0, 1_001)]),
            Err(StrategyError::LargeWeight)
        );
        assert_eq!(check(&[provider(1, 1), provider(0, 3)]), Ok(()));
        // The limits themselves are legal.
        assert_eq!(check(&[provider(0, MAX_WEIGHT); MAX_PROVIDERS]), Ok(()));
        assert_eq!(check(&[provider(MAX_BASE, 1)]), Ok(()));
        assert!(Strategy::new(MAX_BASE, MAX_WEIGHT, MAX_WEIGHT).is_some());
        assert_eq!(Strategy::new(MAX_BASE + 1, 1, 1), None);
        assert_eq!(Strategy::new(0, 0, MAX_WEIGHT + 1), None);
        assert_eq!(Strategy::new(0, 0, 0), None);
        assert_eq!(Strategy::new(0, 1_001, 0), None);
    }

    #[test]
    fn the_share_reads_back_as_it_was_set() {
        for percent in 1..=100 {
            assert_eq!(
                Strategy::from_spot_percent(percent).unwrap().spot_percent(),
                percent
            );
        }
        assert_eq!(Strategy::from_spot_percent(0), None);
        assert_eq!(Strategy::from_spot_percent(101), None);
        let third = Strategy::new(7, 2, 1).unwrap();
        assert_eq!(third.spot_percent(), 33);
        assert_eq!(
            (third.base(), third.on_demand_weight(), third.spot_weight()),
            (7, 2, 1)
        );
        assert_eq!(Strategy::new(0, 1, 2).unwrap().spot_percent(), 67);
        assert_eq!(Strategy::new(0, 1, 7).unwrap().spot_percent(), 88);
    }
}
