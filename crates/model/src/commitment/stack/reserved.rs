//! Reserved Instances over an hour of usage.

use rust_decimal::Decimal;

use super::{Applied, Item, ReservationUse, Subject, times};
use crate::commitment::normalised::{self, Wanted};
use crate::exact;
use crate::order;
use crate::platform::Os;
use crate::scenario::OwnedReservation;

/// An entry of Reserved Instances, and what it has left in this hour.
struct Holding<'a> {
    name: &'a str,
    /// Normalised units of one instance; `None` without size flexibility.
    units: Option<Decimal>,
    held: Decimal,
    left: Decimal,
}

impl Holding<'_> {
    fn family(&self) -> &str {
        family_of(self.name)
    }

    fn units_left(&self) -> Decimal {
        self.units
            .map_or(Decimal::ZERO, |units| times(self.left, units))
    }
}

/// Covers an hour: with size flexibility, family by family, then type by type.
pub(super) fn cover(items: &[Item], reservations: &[OwnedReservation], applied: &mut Applied) {
    let mut holdings: Vec<Holding> = reservations.iter().map(holding).collect();
    for index in 0..holdings.len() {
        let family = holdings
            .get(index)
            .filter(|one| one.units.is_some())
            .map(|one| family_of(one.name));
        // A family whose units are spent already has none to spend again.
        if let Some(family) = family {
            cover_family(items, family, &mut holdings, applied);
        }
    }
    for holding in &mut holdings {
        cover_type(items, holding, applied);
    }
    for (of, holding) in applied.reservations.iter_mut().zip(&holdings) {
        *of = ReservationUse {
            held: holding.held,
            used: exact::difference(holding.held, holding.left),
            unused: holding.left,
        };
    }
}

fn holding(reservation: &OwnedReservation) -> Holding<'_> {
    let name = reservation.instance_type.as_str();
    let held = reservation.count.get().into();
    Holding {
        name,
        units: normalised::units(name),
        held,
        left: held,
    }
}

/// Covers Linux instances of a family with all the units that are reserved in it.
fn cover_family(items: &[Item], family: &str, holdings: &mut [Holding], applied: &mut Applied) {
    let mut indices = Vec::new();
    let mut wanted = Vec::new();
    for index in dearest_first(items, applied) {
        let (Some(item), Some(of)) = (items.get(index), applied.items.get(index)) else {
            continue;
        };
        if let Subject::Instance { name, os } = item.subject
            && os == Os::Linux
            && family_of(name) == family
            && let Some(units) = normalised::units(name)
        {
            indices.push(index);
            wanted.push(Wanted {
                units,
                quantity: of.on_demand,
            });
        }
    }
    let in_family = |holding: &&mut Holding| holding.family() == family;
    let total = holdings
        .iter()
        .filter(|holding| holding.family() == family)
        .map(Holding::units_left)
        .fold(Decimal::ZERO, exact::sum);
    let spread = normalised::spread(total, &wanted);
    for (index, covered) in indices.into_iter().zip(spread.covered) {
        applied.take_reserved(index, covered);
    }
    // Units are alike, so which entry's are left over is a convention: those listed last.
    let mut unused = spread.left;
    for holding in holdings.iter_mut().rev().filter(in_family) {
        let Some(units) = holding.units else { continue };
        let all = holding.units_left();
        if all <= unused {
            unused = exact::difference(unused, all);
        } else {
            holding.left = unused.checked_div(units).unwrap_or(Decimal::ZERO);
            unused = Decimal::ZERO;
        }
    }
}

/// Covers instances of the very type that is reserved: of any system where its size is not
/// flexible, else of Windows, which takes no part in size flexibility.
fn cover_type(items: &[Item], holding: &mut Holding, applied: &mut Applied) {
    for index in dearest_first(items, applied) {
        let (Some(item), Some(of)) = (items.get(index), applied.items.get(index)) else {
            continue;
        };
        if let Subject::Instance { name, os } = item.subject
            && name == holding.name
            && (os == Os::Windows || holding.units.is_none())
        {
            let covered = of.on_demand.min(holding.left);
            holding.left = exact::difference(holding.left, covered);
            applied.take_reserved(index, covered);
        }
    }
}

impl Applied {
    fn take_reserved(&mut self, index: usize, covered: Decimal) {
        if let Some(item) = self.items.get_mut(index) {
            item.reserved = exact::sum(item.reserved, covered);
            item.on_demand = exact::difference(item.on_demand, covered);
        }
    }
}

/// The items in an order that does not depend on how they are listed: the dearer first, then
/// those with more left to cover. It decides among several items of one size.
fn dearest_first(items: &[Item], applied: &Applied) -> Vec<usize> {
    order::indices(items.len(), &mut |a, b| {
        let price = |index: usize| items.get(index).map(|item| item.on_demand);
        let open = |index: usize| applied.items.get(index).map(|item| item.on_demand);
        price(b).cmp(&price(a)).then(open(b).cmp(&open(a)))
    })
}

fn family_of(name: &str) -> &str {
    name.split_once('.').map_or(name, |(family, _)| family)
}
