//! An offer file of one service and region, in either shape, as prices of products.

use std::path::Path;

use berth_model::date::Date;

use super::attribute::{Attribute, Attributes};
use super::meta::Expected;
use super::refused::{Place, Problem, Refused};
use super::{offer_csv, offer_json};

/// Which offer is read, for which region.
#[derive(Clone, Copy, Debug)]
pub(super) struct Offer<'o> {
    pub(super) code: &'o str,
    pub(super) region: &'o str,
    /// The columns without which a CSV file is refused.
    pub(super) columns: &'o [Attribute],
}

/// How something is bought, in the words of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Term<'t> {
    OnDemand,
    Reserved {
        lease: &'t str,
        class: &'t str,
        payment: &'t str,
    },
}

/// One price dimension of a product.
#[derive(Clone, Copy, Debug)]
pub(super) struct Price<'p> {
    pub(super) place: &'p Place,
    pub(super) term: Term<'p>,
    pub(super) unit: &'p str,
    pub(super) currency: &'p str,
    pub(super) amount: &'p str,
    /// The quantities between which it holds; blank for a fee.
    pub(super) range: (&'p str, &'p str),
}

/// What takes the prices of the products that it wants.
pub(super) trait Consumer {
    /// What a product that is wanted stands for.
    type Key: Clone;

    /// What the product stands for, if it is wanted. Asked more than once for the same product.
    fn want(
        &mut self,
        place: &Place,
        product: &dyn Attributes,
    ) -> Result<Option<Self::Key>, Problem>;

    /// A price of a product that was wanted.
    fn take(&mut self, key: &Self::Key, price: &Price<'_>) -> Result<(), Problem>;
}

/// Reads a file, and says when it was published.
pub(super) fn read(
    path: &Path,
    offer: Offer<'_>,
    consumer: &mut impl Consumer,
) -> Result<Date, Refused> {
    if path.extension().is_some_and(|extension| extension == "csv") {
        offer_csv::read(path, offer, consumer)
    } else {
        offer_json::read(path, offer, consumer)
    }
}

impl<'o> Offer<'o> {
    pub(super) const fn expected<'e>(&self, code: &'e [&'o str; 1]) -> Expected<'e>
    where
        'o: 'e,
    {
        Expected {
            offer: code,
            region: self.region,
            stated: true,
        }
    }

    /// Whether a product that is wanted in all else is the region's: not that of one of its local or Wavelength
    /// zones, which are priced apart. Refuses another region's.
    pub(super) fn is_here(&self, place: &Place, product: &dyn Attributes) -> Result<bool, Problem> {
        let region = product.get(Attribute::RegionCode);
        if region == self.region {
            return Ok(true);
        }
        let zone = region.strip_prefix(self.region);
        if zone.is_some_and(|zone| zone.starts_with('-')) {
            return Ok(false);
        }
        let expected = format!("{}, the region of the file's path", self.region);
        Err(Problem::value(place, "regionCode", region, &expected))
    }
}

impl Price<'_> {
    /// Refuses what is not in dollars, and a price that holds for a part of the usage alone.
    pub(super) fn check(&self) -> Result<(), Problem> {
        if self.currency != "USD" {
            return Err(Problem::value(self.place, "currency", self.currency, "USD"));
        }
        if !matches!(self.range, ("" | "0", "" | "Inf")) {
            let range = format!("{} to {}", self.range.0, self.range.1);
            let expected = "0 to Inf: a price for the whole usage";
            return Err(Problem::value(self.place, "range", &range, expected));
        }
        Ok(())
    }
}
