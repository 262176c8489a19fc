//! The order in which the values of an input are tried, from the present one outwards in one
//! direction.
//!
//! Values are told apart by their distance in steps, from 1 to the last. Which option wins need
//! not change once and for all: whole instances, legal sizes and zones make it go back and forth.
//! So coarse probes and halving find a change quickly, and then all values near the present one,
//! and all before a change further out, are tried one by one.

/// What a value changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Effect {
    /// Every option costs what it did; or the value is none that may be set.
    Nothing,
    /// Costs change, and the same option wins; or none can run the service.
    Costs,
    /// Another option of the same place wins.
    Option,
    /// Another place wins.
    Place,
}

/// How far a search is to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Probes further and further out, until another place wins.
    Probe,
    /// Halving the gap before a change, until it is one step wide.
    Narrow,
    /// Every value near the present one, and every one before a change.
    Fill,
}

/// Values so near are all tried, up to the nearest at which another place wins.
pub(super) const NEAR: u32 = 32;

/// So many values before a change are all tried, wherever it is.
pub(super) const BEFORE: u32 = 16;

/// Probes without any effect after which the last value alone is tried.
const WITHOUT_EFFECT: usize = 8;

/// Most values of one direction that are tried one by one.
const MOST: usize = 240;

/// A search in one direction.
#[derive(Clone, Debug)]
pub(super) struct Outward {
    last: u32,
    /// Distances that were tried, nearest first, and what they change.
    known: Vec<(u32, Effect)>,
}

/// A value that changes something, as far as is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Nearest {
    /// How many steps away.
    pub(super) distance: u32,
    /// Whether every value before it was tried and changes less.
    pub(super) proven: bool,
}

impl Outward {
    /// A search over the distances 1 to `last`.
    pub(super) const fn new(last: u32) -> Self {
        Self {
            last,
            known: Vec::new(),
        }
    }

    /// Notes what the value at a distance changes.
    pub(super) fn tell(&mut self, distance: u32, effect: Effect) {
        let place = self.known.partition_point(|(known, _)| *known < distance);
        self.known.insert(place, (distance, effect));
    }

    /// The nearest known value that changes at least so much. Every search that went through
    /// [`Stage::Narrow`] knows that the value one step before it changes less.
    pub(super) fn nearest(&self, least: Effect) -> Option<Nearest> {
        let index = self.known.iter().position(|(_, effect)| *effect >= least)?;
        let (distance, _) = *self.known.get(index)?;
        Some(Nearest {
            distance,
            proven: usize::try_from(distance).is_ok_and(|distance| index + 1 == distance),
        })
    }

    /// The distance that this stage wants to try next; `None` once the stage is done.
    pub(super) fn next(&self, stage: Stage) -> Option<u32> {
        match stage {
            Stage::Probe => self.probe(),
            Stage::Narrow => self.halve(),
            Stage::Fill => self.fill().or_else(|| self.halve()),
        }
    }

    fn is_known(&self, distance: u32) -> bool {
        self.known
            .binary_search_by_key(&distance, |(known, _)| *known)
            .is_ok()
    }

    /// Probes at 1, 2, 3, 4, 6, 8, 12, 16 and so on, and at the last.
    fn probe(&self) -> Option<u32> {
        if self.nearest(Effect::Place).is_some() || self.last == 0 {
            return None;
        }
        let idle = |(_, effect): &(u32, Effect)| *effect == Effect::Nothing;
        if self.known.len() >= WITHOUT_EFFECT && self.known.iter().all(idle) {
            return (!self.is_known(self.last)).then_some(self.last);
        }
        let mut probes = (0..31).flat_map(|power| {
            let one = 1_u32 << power;
            [one, one + one / 2]
        });
        // Half of one is none: 1 comes twice, and the first that is not known is taken.
        let within = probes.find(|&probe| probe < self.last && !self.is_known(probe));
        within.or_else(|| (!self.is_known(self.last)).then_some(self.last))
    }

    /// The middle of the gap before the nearest change of each kind.
    fn halve(&self) -> Option<u32> {
        [Effect::Option, Effect::Place]
            .into_iter()
            .find_map(|least| {
                let index = self.known.iter().position(|(_, effect)| *effect >= least)?;
                let (change, _) = *self.known.get(index)?;
                let before = match index.checked_sub(1) {
                    Some(index) => self.known.get(index)?.0,
                    None => 0,
                };
                (change - before > 1).then(|| before.midpoint(change))
            })
    }

    fn fill(&self) -> Option<u32> {
        if self.known.len() >= MOST
            || self
                .known
                .iter()
                .all(|(_, effect)| *effect == Effect::Nothing)
        {
            return None;
        }
        let change = |least| self.nearest(least).map(|nearest| nearest.distance);
        let near = change(Effect::Place).unwrap_or(self.last).min(NEAR);
        let unknown = |from: u32, to: u32| (from..=to).find(|&one| !self.is_known(one));
        unknown(1, near).or_else(|| {
            [Effect::Option, Effect::Place]
                .into_iter()
                .find_map(|least| {
                    let change = change(least)?;
                    unknown(change.saturating_sub(BEFORE).max(1), change)
                })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Runs a search over a function of the distance.
    fn searched(last: u32, effect: impl Fn(u32) -> Effect) -> Outward {
        let mut search = Outward::new(last);
        for stage in [Stage::Probe, Stage::Narrow, Stage::Fill] {
            while let Some(distance) = search.next(stage) {
                assert!((1..=last).contains(&distance) && !search.is_known(distance));
                search.tell(distance, effect(distance));
            }
        }
        search
    }

    fn effects() -> impl Strategy<Value = Vec<Effect>> {
        let one = prop_oneof![
            6 => Just(Effect::Costs),
            1 => Just(Effect::Nothing),
            1 => Just(Effect::Option),
            1 => Just(Effect::Place),
        ];
        proptest::collection::vec((one, 1_usize..40), 1..30).prop_map(|runs| {
            let runs = runs
                .into_iter()
                .flat_map(|(effect, count)| vec![effect; count]);
            runs.collect()
        })
    }

    proptest! {
        #[test]
        fn near_changes_are_the_nearest_and_all_are_changes(effects in effects()) {
            let last = u32::try_from(effects.len()).unwrap();
            let at = |distance: u32| effects[usize::try_from(distance).unwrap() - 1];
            let search = searched(last, at);
            // The first eight probes, and the last value: without an effect there an input is left.
            let probes = [1, 2, 3, 4, 6, 8, 12, 16, last];
            let mut probes = probes.into_iter().filter(|&probe| probe <= last);
            let is_left = probes.all(|probe| at(probe) == Effect::Nothing);
            for least in [Effect::Option, Effect::Place] {
                let nearest = (1..=last).find(|&distance| at(distance) >= least);
                let found = search.nearest(least);
                // What lies near is found, and known to be the nearest.
                if let Some(nearest) = nearest.filter(|&nearest| nearest <= NEAR) && !is_left {
                    let found = found.unwrap();
                    prop_assert_eq!(found.distance, nearest);
                    prop_assert!(found.proven);
                }
                if let Some(found) = found {
                    prop_assert!(at(found.distance) >= least);
                    prop_assert!(found.distance == 1 || at(found.distance - 1) < least);
                    if found.proven {
                        prop_assert_eq!(Some(found.distance), nearest);
                    }
                    // No change among the values just before it was passed over.
                    let before = found.distance.saturating_sub(BEFORE).max(1)..found.distance;
                    if search.known.len() < MOST {
                        prop_assert!(before.into_iter().all(|one| at(one) < least));
                    }
                }
            }
        }

        #[test]
        fn a_single_change_is_found_wherever_it_is(change in 1_u32..2_000_000, last in 1_u32..2_000_000) {
            let at = |distance| if distance >= change { Effect::Place } else { Effect::Costs };
            let search = searched(last, at);
            let found = search.nearest(Effect::Place).map(|nearest| nearest.distance);
            prop_assert_eq!(found, (change <= last).then_some(change));
            prop_assert!(search.known.len() < 160, "{}", search.known.len());
        }
    }

    #[test]
    fn an_input_without_effect_is_left_soon() {
        let search = searched(100_000, |_| Effect::Nothing);
        assert_eq!(search.known.len(), WITHOUT_EFFECT + 1);
        assert_eq!(search.nearest(Effect::Option), None);
        assert_eq!(searched(0, |_| Effect::Place).known, []);
        let three = searched(3, |_| Effect::Nothing);
        assert_eq!(three.known.len(), 3);
    }

    #[test]
    fn an_island_further_out_is_found_and_not_called_the_nearest() {
        let at = |distance| match distance {
            60 => Effect::Place,
            300.. => Effect::Option,
            _ => Effect::Costs,
        };
        // Probes pass over the one value at 60.
        let search = searched(1_000, at);
        assert_eq!(
            search.nearest(Effect::Option),
            Some(Nearest {
                distance: 300,
                proven: false
            })
        );
        assert_eq!(search.nearest(Effect::Place), None);
    }
}
