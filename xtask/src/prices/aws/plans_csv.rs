//! Savings Plans as CSV: a row for each rate, with its plan beside it.

use std::path::Path;

use berth_model::date::Date;

use super::csv_file::CsvFile;
use super::meta::Expected;
use super::plans::{Discounted, Plan, Rates};
use super::refused::Refused;

pub(super) fn read(
    path: &Path,
    expected: Expected<'_>,
    rates: &mut Rates<'_>,
) -> Result<Date, Refused> {
    let mut file = CsvFile::open(path)?;
    // CSV files state what the JSON ones leave out.
    let expected = Expected {
        stated: true,
        ..expected
    };
    let checked = file.meta.check(expected);
    let published = checked
        .and_then(|()| file.meta.date())
        .map_err(|problem| file.refuse(problem))?;
    let unit = file.column("Unit")?;
    let price = file.column("DiscountedRate")?;
    let currency = file.column("Currency")?;
    let service = file.column("DiscountedServiceCode")?;
    let usage = file.column("DiscountedUsageType")?;
    let operation = file.column("DiscountedOperation")?;
    let region = file.column("DiscountedRegionCode")?;
    let payment = file.column("PurchaseOption")?;
    let length = file.column("LeaseContractLength")?;
    let length_unit = file.column("LeaseContractLengthUnit")?;
    let family = file.column("Product Family")?;
    let mut term = String::new();
    file.each(&mut |place, record| {
        let at = |column| record.get(column).unwrap_or_default();
        term.clear();
        term.push_str(at(length));
        term.push_str(at(length_unit));
        let plan = Plan {
            family: at(family),
            term: &term,
            payment: at(payment),
        };
        let rate = Discounted {
            service: at(service),
            usage: at(usage),
            operation: at(operation),
            region: at(region),
            unit: at(unit),
            price: at(price),
            currency: at(currency),
        };
        rates.take(place, plan, rate)
    })?;
    Ok(published)
}
