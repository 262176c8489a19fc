//! `eni_density`: tasks in `awsvpc` mode that an instance holds.

use std::sync::LazyLock;

use berth_model::prices::PriceBook;
use berth_model::prices::embedded::US_EAST_1;
use berth_model::prices::eni::{EniRow, EniTable, interfaces, tasks_without_trunking};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use crate::case::{Got, Results, inputs, results};

/// The limits that the model works with: those of the book, or of ECS's whole list for a type
/// that the book does not price.
struct Limits {
    book: PriceBook,
    table: EniTable,
}

static LIMITS: LazyLock<Result<Limits, String>> = LazyLock::new(|| {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../prices/eni_limits.txt");
    let text = std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    Ok(Limits {
        book: PriceBook::parse(US_EAST_1).map_err(|error| format!("the book: {error}"))?,
        table: EniTable::parse(&text).map_err(|error| format!("{path}: {error}"))?,
    })
});

fn limits(instance_type: &str) -> Result<EniRow, String> {
    let known = LIMITS.as_ref().map_err(Clone::clone)?;
    let index = known.book.type_index(instance_type);
    let of_book = index.and_then(|index| known.book.types.get(index));
    let of_book = of_book.map(|instance| EniRow {
        without_trunking: instance.eni.without_trunking,
        with_trunking: instance.eni.with_trunking,
    });
    let of_table = known.table.get(instance_type);
    if let (Some(book), Some(table)) = (of_book, of_table)
        && book != table
    {
        return Err(format!("the book says {book:?}, ECS's list {table:?}"));
    }
    of_book
        .or(of_table)
        .ok_or_else(|| format!("no limits of {instance_type} are known"))
}

fn count(tasks: u16) -> Got {
    Got::Number(tasks.into())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TypeInputs {
    instance_type: String,
}

pub(crate) fn eni(value: &Value) -> Result<Results, String> {
    let inputs: TypeInputs = inputs(value)?;
    let limits = limits(&inputs.instance_type)?;
    Ok(results([
        ("without_trunking", count(limits.without_trunking)),
        (
            "with_trunking",
            limits.with_trunking.map_or(Got::Nothing, count),
        ),
        ("eni_limit", count(interfaces(limits.without_trunking))),
    ]))
}

pub(crate) fn eni_unsupported(value: &Value) -> Result<Results, String> {
    let inputs: TypeInputs = inputs(value)?;
    let limits = limits(&inputs.instance_type)?;
    let trunks = limits.with_trunking.is_some();
    Ok(results([
        ("without_trunking", count(limits.without_trunking)),
        ("trunking_supported", Got::Flag(trunks)),
    ]))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleInputs {
    #[serde(default, rename = "instance_type")]
    _instance_type: IgnoredAny,
    eni_limit: u16,
}

pub(crate) fn eni_rule(value: &Value) -> Result<Results, String> {
    let inputs: RuleInputs = inputs(value)?;
    let tasks = tasks_without_trunking(inputs.eni_limit).ok_or("no interface")?;
    Ok(results([("without_trunking", count(tasks))]))
}
