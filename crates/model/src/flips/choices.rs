//! The other values of inputs that are no numbers: each choice of a list, each switch turned, each
//! need and place taken in or out, and lists of names shortened or emptied.

use super::What;
use crate::inputs::{self, InputId, Kind};
use crate::needs::Need;
use crate::option::Place;
use crate::prices::{InstanceType, PriceBook};
use crate::report::Priced;
use crate::scenario::{FamilyName, Scenario};

/// A value that waits to be tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) input: InputId,
    pub(super) what: What,
    /// The value as the input takes it.
    pub(super) to: String,
}

/// Every other value of every input that is no number and can change a verdict, in the order of
/// the registry. `winner` is the option that wins at present.
pub(super) fn of(
    scenario: &Scenario,
    service: usize,
    winner: Option<&Priced>,
    book: &PriceBook,
) -> Vec<Choice> {
    let mut choices = Vec::new();
    for &input in InputId::ALL {
        let Some(present) = inputs::get(scenario, service, input) else {
            continue;
        };
        let mut add = |what: What, to: String| {
            // What cannot be set is no value: the last place, say, cannot be taken out.
            let changed = inputs::set(scenario, service, input, &to);
            if changed.is_ok_and(|changed| changed != *scenario) {
                choices.push(Choice { input, what, to });
            }
        };
        match (input, input.input().kind) {
            // These change no verdict: the cluster's alone, or as much for every option.
            (InputId::Provider | InputId::LoadBalancer, _) => {}
            (InputId::Needs, _) => {
                for &need in Need::ALL {
                    let needs = scenario.services.nearest(service).needs;
                    let stated = !needs.has(need);
                    let ids = needs.with(need, stated);
                    let ids: Vec<&str> = ids.iter().map(Need::id).collect();
                    add(What::Need(need, stated), ids.join(","));
                }
            }
            (InputId::Places, _) => {
                for &place in Place::ALL {
                    let places = scenario.services.nearest(service).places;
                    let allowed = !places.has(place);
                    let ids = Place::ALL.iter().filter(|&&one| {
                        if one == place {
                            allowed
                        } else {
                            places.has(one)
                        }
                    });
                    let ids: Vec<&str> = ids.map(|one| one.id()).collect();
                    add(What::Place(place, allowed), ids.join(","));
                }
            }
            (InputId::Excluded, _) => {
                for family in families(winner, book) {
                    let mut names: Vec<String> = vec![family.clone()];
                    if !present.is_empty() {
                        names.insert(0, present.clone());
                    }
                    add(What::WithoutFamily(family), names.join(","));
                }
                add(What::Value, String::new());
            }
            (InputId::Types | InputId::OwnedPlans | InputId::OwnedReservations, _) => {
                add(What::Value, String::new());
            }
            (InputId::GpuModel, _) => add(What::Value, "any".to_owned()),
            (_, Kind::Choice(list)) => {
                for (id, _) in list.iter().filter(|(id, _)| *id != present) {
                    add(What::Value, (*id).to_owned());
                }
            }
            (_, Kind::Switch) => {
                let other = if present == "on" { "off" } else { "on" };
                add(What::Value, other.to_owned());
            }
            (_, Kind::Number { .. } | Kind::Set | Kind::Text(_)) => {}
        }
    }
    choices
}

/// The families of instances that an option stands on, each once.
fn families(winner: Option<&Priced>, book: &PriceBook) -> Vec<String> {
    let mut families = Vec::new();
    let fleets = winner.map(|priced| priced.capacity.fleets());
    let legs = fleets.iter().flatten().flat_map(|fleet| &fleet.legs);
    for one in legs.flat_map(|leg| &leg.types) {
        let family = book.types.get(one.index).map(InstanceType::family);
        if let Some(family) = family.and_then(FamilyName::new) {
            let name = family.as_str().to_owned();
            if !families.contains(&name) {
                families.push(name);
            }
        }
    }
    families
}
