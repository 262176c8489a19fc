//! `berth link` and `berth scenario`: from a file to a link and back; `berth schema`.

use berth_file::{scenario, schema};
use berth_model::share::{self, View};
use lexopt::prelude::*;

use crate::books::Books;
use crate::input::{self, Source};
use crate::usage::Failure;

/// Runs `berth link`: the link of a scenario file, without the address of a page before it.
pub(crate) fn link(args: lexopt::Parser) -> Result<String, Failure> {
    let file = only_value(args, "a scenario file, or `-`, after `link`")?;
    let mut links = String::new();
    for given in input::scenarios(&[Source::of(file)], false, &mut Books::default())? {
        links.push('#');
        links.push_str(&share::encode(&given.scenario, View::default()));
        links.push('\n');
    }
    Ok(links)
}

/// Runs `berth scenario`: the scenario file of a link.
pub(crate) fn file(args: lexopt::Parser) -> Result<String, Failure> {
    let link = only_value(args, "a link after `scenario`")?;
    let scenario =
        input::link(&link).map_err(|fault| Failure::Inputs(vec![format!("the link: {fault}")]))?;
    Ok(scenario::write_pretty(&scenario)?)
}

/// Runs `berth schema`: the JSON Schema of a document.
pub(crate) fn schema_of(args: lexopt::Parser) -> Result<String, Failure> {
    let wanted = "`scenario`, `report` or `receipt` after `schema`";
    let name = only_value(args, wanted)?;
    schema::of(&name).ok_or(Failure::Expected(wanted))
}

fn only_value(mut args: lexopt::Parser, wanted: &'static str) -> Result<String, Failure> {
    let mut value = None;
    while let Some(arg) = args.next()? {
        match arg {
            Value(word) if value.is_none() => value = Some(word.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    value.ok_or(Failure::Expected(wanted))
}
