//! An offer file as CSV: a row for each price dimension, with the product's attributes beside it.

use std::path::Path;

use berth_model::date::Date;
use csv::StringRecord;

use super::attribute::{Attribute, Attributes};
use super::csv_file::CsvFile;
use super::offer::{Consumer, Offer, Price, Term};
use super::refused::Refused;

/// The columns of a reserved term; an offer without such terms lacks them.
struct Reserved {
    lease: Option<usize>,
    class: Option<usize>,
    payment: Option<usize>,
}

/// A row's attributes.
struct Row<'r> {
    columns: &'r [Option<usize>; Attribute::ALL.len()],
    record: &'r StringRecord,
}

impl Attributes for Row<'_> {
    fn get(&self, attribute: Attribute) -> &str {
        let column = self.columns.get(attribute.index()).copied().flatten();
        cell(self.record, column)
    }
}

fn cell(record: &StringRecord, column: Option<usize>) -> &str {
    column
        .and_then(|column| record.get(column))
        .unwrap_or_default()
}

pub(super) fn read(
    path: &Path,
    offer: Offer<'_>,
    consumer: &mut impl Consumer,
) -> Result<Date, Refused> {
    let mut file = CsvFile::open(path)?;
    let checked = file.meta.check(offer.expected(&[offer.code]));
    let published = checked
        .and_then(|()| file.meta.date())
        .map_err(|problem| file.refuse(problem))?;
    for attribute in offer.columns {
        file.column(attribute.csv())?;
    }
    let columns = Attribute::ALL.map(|attribute| file.find(attribute.csv()));
    let reserved = Reserved {
        lease: file.find("LeaseContractLength"),
        class: file.find("OfferingClass"),
        payment: file.find("PurchaseOption"),
    };
    let term_type = file.column("TermType")?;
    let from = file.column("StartingRange")?;
    let to = file.column("EndingRange")?;
    let unit = file.column("Unit")?;
    let price = file.column("PricePerUnit")?;
    let currency = file.column("Currency")?;
    file.each(&mut |place, record| {
        let at = |column| cell(record, Some(column));
        let term = match at(term_type) {
            "OnDemand" => Term::OnDemand,
            "Reserved" => Term::Reserved {
                lease: cell(record, reserved.lease),
                class: cell(record, reserved.class),
                payment: cell(record, reserved.payment),
            },
            _ => return Ok(()),
        };
        let row = Row {
            columns: &columns,
            record,
        };
        let Some(key) = consumer.want(place, &row)? else {
            return Ok(());
        };
        let price = Price {
            place,
            term,
            unit: at(unit),
            currency: at(currency),
            amount: at(price),
            range: (at(from), at(to)),
        };
        consumer.take(&key, &price)
    })?;
    Ok(published)
}
