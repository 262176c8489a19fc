//! The offer of ECS: Fargate on demand, and what Managed Instances cost beside the instance.

use std::collections::BTreeMap;
use std::path::Path;

use berth_model::date::Date;

use super::amount;
use super::attribute::{Attribute, Attributes};
use super::ec2::{Priced, is_type};
use super::offer::{self, Consumer, Offer, Price, Term};
use super::refused::{Place, Problem, Refused};
use super::usage::{self, FargateUse};

/// The service's code in the list of offers.
pub(super) const CODE: &str = "AmazonECS";

/// The columns that a CSV file must have.
const COLUMNS: [Attribute; 2] = [Attribute::UsageType, Attribute::RegionCode];

/// What the offer of a region holds.
#[derive(Debug)]
pub(super) struct Ecs {
    pub(super) published: Date,
    pub(super) fargate: BTreeMap<FargateUse, Priced>,
    /// Dollars an hour for the management of an instance, by type.
    pub(super) fees: BTreeMap<String, Priced>,
}

/// Reads the offer of a region.
pub(super) fn read(path: &Path, region: &str) -> Result<Ecs, Refused> {
    let offer = Offer {
        code: CODE,
        region,
        columns: &COLUMNS,
    };
    let mut reader = Reader {
        offer,
        fargate: BTreeMap::new(),
        fees: BTreeMap::new(),
    };
    let published = offer::read(path, offer, &mut reader)?;
    if reader.fargate.is_empty() {
        let what = format!("no price of Fargate in {region}");
        return Err(Problem::whole(what).in_file(path));
    }
    Ok(Ecs {
        published,
        fargate: reader.fargate,
        fees: reader.fees,
    })
}

struct Reader<'r> {
    offer: Offer<'r>,
    fargate: BTreeMap<FargateUse, Priced>,
    fees: BTreeMap<String, Priced>,
}

/// What a usage type of ECS is for.
#[derive(Clone)]
enum Use {
    Fargate(FargateUse),
    Fee(String),
}

impl Consumer for Reader<'_> {
    type Key = Use;

    fn want(&mut self, place: &Place, product: &dyn Attributes) -> Result<Option<Use>, Problem> {
        let usage = product.get(Attribute::UsageType);
        let found = match (usage::fargate(usage), usage::managed_instance(usage)) {
            (Some(of), _) => Use::Fargate(of),
            (None, Some(name)) if is_type(name) => Use::Fee(name.to_owned()),
            (None, Some(name)) => {
                let expected = "a type such as m7g.large";
                return Err(Problem::value(place, "usageType", name, expected));
            }
            (None, None) => return Ok(None),
        };
        Ok(self.offer.is_here(place, product)?.then_some(found))
    }

    fn take(&mut self, key: &Use, price: &Price<'_>) -> Result<(), Problem> {
        if price.term != Term::OnDemand {
            return Ok(());
        }
        price.check()?;
        let unit = price.unit.to_ascii_lowercase();
        if !matches!(
            unit.as_str(),
            "hours" | "hrs" | "hour" | "gb-hours" | "vcpu-hours"
        ) {
            let expected = "hours or GB-Hours";
            return Err(Problem::value(price.place, "unit", price.unit, expected));
        }
        let most = match key {
            Use::Fargate(_) => amount::MOST_FARGATE_HOUR,
            Use::Fee(_) => amount::MOST_INSTANCE_HOUR,
        };
        let priced = Priced {
            rate: amount::hourly(price.place, "pricePerUnit", price.amount, most)?,
            place: price.place.clone(),
        };
        let known = match key {
            Use::Fargate(of) => self.fargate.insert(*of, priced.clone()),
            Use::Fee(name) => self.fees.insert(name.clone(), priced.clone()),
        };
        match known {
            Some(known) if known.rate != priced.rate => {
                let expected = format!(
                    "{}, the price of the same usage at {}",
                    known.rate, known.place
                );
                Err(Problem::value(
                    price.place,
                    "pricePerUnit",
                    price.amount,
                    &expected,
                ))
            }
            _ => Ok(()),
        }
    }
}
