//! ECS's whole list of task limits as a file of its own, for types that no book prices.

use std::collections::BTreeMap;

use berth_model::prices::eni::{EniRow as Row, EniTable};

use super::eni::EniRow;

/// The file, beside the books.
pub(crate) const FILE: &str = "eni_limits.txt";

/// The text of the file. Types without a figure are left out: nothing is known of them.
pub(crate) fn text(rows: &BTreeMap<String, EniRow>) -> String {
    let known = rows.iter().filter_map(|(name, row)| {
        let row = Row {
            without_trunking: row.without_trunking?,
            with_trunking: row.with_trunking,
        };
        Some((name.as_str().into(), row))
    });
    EniTable::new(known).to_text(
        "Made by `cargo xtask prices`: tasks in awsvpc mode by type, without/with ENI trunking \
         (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/eni-trunking-supported-instance-types.html, 2026-10).",
    )
}
