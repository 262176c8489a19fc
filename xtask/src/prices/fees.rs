//! The management fee of ECS Managed Instances, by family (model rule 21).
//!
//! The table names series of families in words, and says what changed when. A fee measured on a
//! bill wins over one computed from an announced cut, and that over the fee before the cut.

use std::collections::BTreeMap;

use berth_model::money::{PER_USD, Rate};
use berth_model::prices::Grade;

use super::figures::{Figure, Origin};
use super::table::{Refused, Table};

/// The table's name for the families that no other name covers.
const OTHERS: &str = "all instance types except G, P and Trainium";

/// The series of the table, and the letters that their families begin with.
const SERIES: [(&str, &[&str]); 4] = [
    (OTHERS, &[""]),
    ("G series", &["g", "gr"]),
    ("P series", &["p"]),
    ("AWS Trainium", &["trn"]),
];

/// What is known of one series.
#[derive(Default)]
struct Known {
    before: Option<Figure>,
    now: Option<Figure>,
    cut: Option<(Rate, Origin)>,
    measured: Option<Figure>,
}

/// The fee of each group of families by their letters, as a share of the on-demand price.
pub(crate) fn read(table: &Table) -> Result<BTreeMap<String, Figure>, Refused> {
    let mut known: BTreeMap<&str, Known> = BTreeMap::new();
    for row in table.rows() {
        let metric = row.text("metric")?;
        if !metric.starts_with("fee_ratio") && metric != "fee_cut_pct" {
            continue; // Fees of something else, and figures that only check these.
        }
        let series = row.read("subject", "a series of families that is known", |text| {
            let known = SERIES.iter().find(|(series, _)| *series == text);
            known.map(|(series, _)| *series)
        })?;
        let over = !row.text("valid_to")?.is_empty();
        let origin = row.origin()?;
        let ratio = || row.read("value", "a share above 0 and at most 1", share);
        let known = known.entry(series).or_default();
        match (metric, over) {
            ("fee_ratio_of_on_demand", false) => {
                known.now = Some(Figure {
                    rate: ratio()?,
                    origin,
                });
            }
            ("fee_ratio_of_on_demand", true) => {
                known.before = Some(Figure {
                    rate: ratio()?,
                    origin,
                });
            }
            // Measured in one region; the cut was announced for all alike.
            ("fee_ratio_of_on_demand_measured", false) => {
                known.measured = Some(Figure {
                    rate: ratio()?,
                    origin,
                });
            }
            ("fee_cut_pct", false) => {
                let percent = row.read("value", "per cent from 0 to 100", |text| {
                    Rate::parse(text).filter(|rate| rate.ten_billionths() <= 100 * PER_USD)
                })?;
                known.cut = Some((percent, origin));
            }
            (_, true) => {}
            _ => return Err(row.refuse("metric", "a metric that is known")),
        }
    }
    let mut fees = BTreeMap::new();
    for (series, letters) in SERIES {
        if let Some(figure) = known.remove(series).and_then(current) {
            for letters in letters {
                fees.insert((*letters).to_owned(), figure.clone());
            }
        }
    }
    if let Some(others) = fees.get("") {
        let inferentia = Figure {
            rate: others.rate,
            origin: others.origin.remark(
                Grade::Assumed,
                "for Inferentia: the announcement of the cut for G, P and Trainium does not name it",
                None,
            ),
        };
        fees.insert("inf".to_owned(), inferentia);
    }
    Ok(fees)
}

fn share(text: &str) -> Option<Rate> {
    Rate::parse(text).filter(|rate| (1..=PER_USD).contains(&rate.ten_billionths()))
}

fn current(known: Known) -> Option<Figure> {
    let Known {
        before,
        now,
        cut,
        measured,
    } = known;
    let computed = || {
        let (before, (percent, origin)) = (before?, cut?);
        let left = 100 * PER_USD - percent.ten_billionths();
        let scaled = u128::from(before.rate.ten_billionths()) * u128::from(left);
        let rate = scaled / u128::from(100 * PER_USD);
        Some(Figure {
            rate: Rate::from_ten_billionths(u64::try_from(rate).ok()?)?,
            origin: origin.remark(
                Grade::Derived,
                &format!("{percent} % off a fee of {}", before.rate),
                None,
            ),
        })
    };
    measured.or_else(computed).or(now)
}
