//! Size flexibility: how Reserved Instances of one size cover instances of another.
//!
//! Source: EC2 user guide, "How Reserved Instance discounts are applied" (`apply_ri`): the
//! factors of sizes and of bare metal, the order from the smallest size to the largest, and the
//! limits of size flexibility.

use rust_decimal::Decimal;

use crate::exact;
use crate::order;

/// Normalised units of one `xlarge`.
const XLARGE: u32 = 8;

/// Families whose reservations cover their own size alone (`apply_ri`, limitations, as of 2026).
const ONE_SIZE_FAMILIES: [&str; 15] = [
    "g4ad", "g4dn", "g5", "g5g", "g6", "g6e", "g6f", "gr6", "gr6f", "hpc7a", "inf1", "inf2", "p5",
    "u7i-6tb", "u7i-8tb",
];

/// The size, in multiples of `xlarge`, that a size called just `metal` equals. `apply_ri` lists
/// those up to the sixth generation of Graviton; for the others its rule is followed, that bare
/// metal counts like the virtual machine of the same hardware, which is the family's largest.
const METAL: [(u32, &[&str]); 7] = [
    (4, &["a1"]),
    (12, &["m5zn", "z1d"]),
    (
        16,
        &[
            "c6g", "c6gd", "i3", "m6g", "m6gd", "r6g", "r6gd", "x2gd", "c7g", "c7gd", "m7g",
            "m7gd", "r7g", "r7gd",
        ],
    ),
    (18, &["c5n"]),
    (
        24,
        &[
            "c5", "c5d", "i3en", "m5", "m5d", "m5dn", "m5n", "r5", "r5b", "r5d", "r5dn", "r5n",
        ],
    ),
    (
        32,
        &[
            "c6i", "c6id", "c6in", "m6i", "m6id", "m6idn", "m6in", "r6i", "r6id", "r6idn", "r6in",
        ],
    ),
    (48, &["c6a", "m6a", "r6a"]),
];

/// Normalised units of an hour of one instance of a type such as `m7g.2xlarge`; `None` for a type
/// without size flexibility, whose reservations cover the very same type and nothing else.
pub fn units(instance_type: &str) -> Option<Decimal> {
    let (family, size) = instance_type.split_once('.')?;
    if ONE_SIZE_FAMILIES.contains(&family) {
        return None;
    }
    let small = match size {
        "nano" => Decimal::new(25, 2),
        "micro" => Decimal::new(5, 1),
        "small" => Decimal::ONE,
        "medium" => Decimal::TWO,
        "large" => Decimal::from(4),
        "xlarge" => Decimal::from(XLARGE),
        _ => return multiple_of_xlarge(family, size).map(|count| (count * XLARGE).into()),
    };
    Some(small)
}

/// How many `xlarge` a larger size is: 4 for `4xlarge`, 24 for `metal-24xl`.
fn multiple_of_xlarge(family: &str, size: &str) -> Option<u32> {
    if size == "metal" {
        let of = METAL
            .iter()
            .find(|(_, families)| families.contains(&family));
        return of.map(|(count, _)| *count);
    }
    let virtualised = size.strip_suffix("xlarge");
    let bare_metal = || size.strip_prefix("metal-")?.strip_suffix("xl");
    let count: u16 = virtualised.or_else(bare_metal)?.parse().ok()?;
    (count > 0).then_some(count.into())
}

/// Usage that units of a pool may cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Normalised units of one instance.
    pub units: Decimal,
    /// Instances, or parts of the hour of one.
    pub quantity: Decimal,
}

/// What units of a pool cover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spread {
    /// Instances covered, in the order of what was wanted; parts of an instance count as such.
    pub covered: Vec<Decimal>,
    /// Units that cover nothing.
    pub left: Decimal,
}

/// Covers usage with so many normalised units: the smallest size first, the larger with what is
/// left, an instance in part where it does not reach. Among equal sizes the earlier goes first.
pub fn spread(units: Decimal, wanted: &[Wanted]) -> Spread {
    let mut spread = Spread {
        covered: vec![Decimal::ZERO; wanted.len()],
        left: units,
    };
    let smallest_first = order::indices(wanted.len(), &mut |a, b| {
        let size = |index: usize| wanted.get(index).map(|one| one.units);
        size(a).cmp(&size(b))
    });
    for index in smallest_first {
        let (Some(one), Some(covered)) = (wanted.get(index), spread.covered.get_mut(index)) else {
            continue;
        };
        (*covered, spread.left) = cover(*one, spread.left);
    }
    spread
}

/// What units cover of some usage, and what is left of them.
fn cover(wanted: Wanted, units: Decimal) -> (Decimal, Decimal) {
    let needed = exact::product(wanted.units, wanted.quantity).unwrap_or(Decimal::MAX);
    if needed <= units {
        return (wanted.quantity, exact::difference(units, needed));
    }
    // Less than what is needed, so no more than the quantity, however the division is rounded.
    let part = units.checked_div(wanted.units).unwrap_or(Decimal::ZERO);
    (part.min(wanted.quantity), Decimal::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(instance_type: &str) -> Option<String> {
        units(instance_type).map(|units| units.normalize().to_string())
    }

    #[test]
    fn sizes_count_as_the_user_guide_lists_them() {
        for (instance_type, expected) in [
            ("t4g.nano", "0.25"),
            ("t4g.micro", "0.5"),
            ("t2.small", "1"),
            ("m7g.medium", "2"),
            ("m7g.large", "4"),
            ("m7g.xlarge", "8"),
            ("m7g.2xlarge", "16"),
            ("i7i.3xlarge", "24"),
            ("c5.9xlarge", "72"),
            ("c5.18xlarge", "144"),
            ("u-6tb1.112xlarge", "896"),
            ("i3.metal", "128"),
            ("c5n.metal", "144"),
            ("m5.metal", "192"),
            ("a1.metal", "32"),
            ("c8g.metal-48xl", "384"),
        ] {
            assert_eq!(
                of(instance_type).as_deref(),
                Some(expected),
                "{instance_type}"
            );
        }
    }

    #[test]
    fn some_types_are_not_flexible() {
        for instance_type in [
            "g5.xlarge",
            "inf2.8xlarge",
            "mac2.metal",
            "m5",
            "m5.huge",
            "m5.0xlarge",
            "m5.+2xlarge-",
        ] {
            assert_eq!(of(instance_type), None, "{instance_type}");
        }
    }

    #[test]
    fn units_go_to_the_smallest_size_first() {
        let wanted = |units: u32, quantity: u32| Wanted {
            units: units.into(),
            quantity: quantity.into(),
        };
        // User guide, scenario 2: one m3.2xlarge over two m3.xlarge and two m3.large.
        let out = spread(16.into(), &[wanted(8, 2), wanted(4, 2)]);
        assert_eq!(out.covered, [Decimal::ONE, Decimal::TWO]);
        assert_eq!(out.left, Decimal::ZERO);
        // Scenario 1: one c4.large is half a c4.xlarge.
        let out = spread(4.into(), &[wanted(8, 1)]);
        assert_eq!(out.covered, [Decimal::new(5, 1)]);
        let out = spread(100.into(), &[wanted(8, 1)]);
        assert_eq!(out.left, Decimal::from(92));
    }
}
