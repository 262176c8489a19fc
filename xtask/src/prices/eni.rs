//! Task limits in `awsvpc` mode, by type (model rule 10).

use std::collections::BTreeMap;

use berth_model::prices::Grade;

use super::figures::{Eni, Origin};
use super::tables::TypeRow;

/// A row of the ECS table: blank where the page prints no figure.
#[derive(Clone, Debug)]
pub(crate) struct EniRow {
    pub(crate) without_trunking: Option<u16>,
    pub(crate) with_trunking: Option<u16>,
    pub(crate) origin: Origin,
}

/// Families that cannot trunk and have no row for that reason, beside the burstable ones.
const NO_TRUNKING: [&str; 1] = ["p3"];

/// The limits of a type; `None` where nothing says them.
pub(crate) fn limits(name: &str, spec: &TypeRow, table: &BTreeMap<String, EniRow>) -> Option<Eni> {
    if let Some(row) = table.get(name) {
        return listed(row, spec);
    }
    if spec.burstable || NO_TRUNKING.contains(&family(name)) {
        return Some(Eni {
            without_trunking: spec.max_enis?.checked_sub(1)?,
            with_trunking: None,
            origin: spec.origin.remark(
                Grade::Derived,
                "network interfaces less one; not on ECS's list of types that trunk",
                None,
            ),
        });
    }
    let (neighbour, row) = nearest(name, table)?;
    Some(Eni {
        without_trunking: row.without_trunking?,
        with_trunking: row.with_trunking,
        origin: row.origin.remark(
            Grade::Assumed,
            &format!("no row for {name}: taken from {neighbour}"),
            None,
        ),
    })
}

fn listed(row: &EniRow, spec: &TypeRow) -> Option<Eni> {
    if let (Some(without_trunking), with_trunking @ Some(_)) =
        (row.without_trunking, row.with_trunking)
    {
        return Some(Eni {
            without_trunking,
            with_trunking,
            origin: row.origin.clone(),
        });
    }
    let interfaces = || spec.max_enis?.checked_sub(1);
    Some(Eni {
        without_trunking: row.without_trunking.or_else(interfaces)?,
        with_trunking: row.with_trunking,
        origin: row.origin.remark(
            Grade::Derived,
            "trunking not supported; the limit is the network interfaces less one",
            Some(&spec.origin),
        ),
    })
}

/// The row of the same size and generation whose family's name has most in common.
fn nearest<'t>(name: &str, table: &'t BTreeMap<String, EniRow>) -> Option<(&'t str, &'t EniRow)> {
    let alike = |other: &str| {
        let pairs = family(name).bytes().zip(family(other).bytes());
        pairs.take_while(|(a, b)| a == b).count()
    };
    table
        .iter()
        .filter(|(other, row)| {
            size(other) == size(name)
                && generation(other) == generation(name)
                && row.without_trunking.is_some()
        })
        // Of equals, `max_by_key` keeps the last: turned round, the first by name.
        .rev()
        .max_by_key(|(other, _)| alike(other))
        .map(|(other, row)| (other.as_str(), row))
}

/// The part of a type's name before the dot.
pub(crate) fn family(name: &str) -> &str {
    name.split_once('.').map_or(name, |(family, _)| family)
}

/// The part of a type's name after the dot.
pub(crate) fn size(name: &str) -> &str {
    name.split_once('.').map_or("", |(_, size)| size)
}

fn generation(name: &str) -> String {
    family(name)
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect()
}
