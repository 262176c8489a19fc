//! The offer of EC2: on-demand and reserved prices of shared Linux and Windows instances, and what the types offer.

use std::collections::BTreeMap;
use std::path::Path;

use berth_model::date::Date;
use berth_model::money::{Rate, Usd};
use berth_model::platform::Os;
use berth_model::purchase::{Commitment, CommitmentKind, Payment, Term as Years};

use super::amount;
use super::attribute::{Attribute, Attributes};
use super::offer::{self, Consumer, Offer, Price, Term};
use super::refused::{Place, Problem, Refused};
use super::usage;

/// The service's code in the list of offers.
pub(super) const CODE: &str = "AmazonEC2";

/// The columns that a CSV file must have.
const COLUMNS: [Attribute; 14] = [
    Attribute::UsageType,
    Attribute::Operation,
    Attribute::RegionCode,
    Attribute::InstanceType,
    Attribute::InstanceFamily,
    Attribute::Vcpu,
    Attribute::Memory,
    Attribute::PhysicalProcessor,
    Attribute::Gpu,
    Attribute::Tenancy,
    Attribute::OperatingSystem,
    Attribute::LicenseModel,
    Attribute::CapacityStatus,
    Attribute::PreInstalled,
];

/// What the offer of a region holds.
#[derive(Debug)]
pub(super) struct Ec2 {
    pub(super) published: Date,
    pub(super) on_demand: BTreeMap<(Os, String), Priced>,
    pub(super) reserved: BTreeMap<(Os, Commitment, String), Reserved>,
    /// What each type of the offer has, as it is written there.
    pub(super) offered: BTreeMap<String, Offered>,
}

/// A price and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Priced {
    pub(super) rate: Rate,
    pub(super) place: Place,
}

/// A reserved term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reserved {
    /// What recurs plus the upfront fee spread over the term.
    pub(super) effective: Rate,
    /// What is paid by the hour.
    pub(super) recurring: Rate,
    /// What is paid upfront.
    pub(super) upfront_usd: Usd,
    pub(super) place: Place,
}

/// Attributes of a type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Offered {
    pub(super) family: String,
    pub(super) vcpu: String,
    pub(super) memory: String,
    pub(super) processor: String,
    pub(super) architecture: String,
    pub(super) gpu: String,
}

/// Reads the offer of a region.
pub(super) fn read(path: &Path, region: &str) -> Result<Ec2, Refused> {
    let offer = Offer {
        code: CODE,
        region,
        columns: &COLUMNS,
    };
    let mut reader = Reader {
        offer,
        on_demand: BTreeMap::new(),
        terms: BTreeMap::new(),
        offered: BTreeMap::new(),
    };
    let published = offer::read(path, offer, &mut reader)?;
    let refuse = |problem: Problem| problem.in_file(path);
    let linux = |(os, _): &(Os, String)| *os == Os::Linux;
    if !reader.on_demand.keys().any(linux) {
        let what = format!("no on-demand price of a Linux instance in {region}");
        return Err(refuse(Problem::whole(what)));
    }
    let reserved = reader
        .terms
        .into_iter()
        .map(|(key, parts)| {
            let reserved = parts.reserved(key.1)?;
            Ok((key, reserved))
        })
        .collect::<Result<_, _>>()
        .map_err(refuse)?;
    Ok(Ec2 {
        published,
        on_demand: reader.on_demand,
        reserved,
        offered: reader.offered,
    })
}

struct Reader<'r> {
    offer: Offer<'r>,
    on_demand: BTreeMap<(Os, String), Priced>,
    terms: BTreeMap<(Os, Commitment, String), Parts>,
    offered: BTreeMap<String, Offered>,
}

/// The dimensions of a reserved term.
struct Parts {
    recurring: Option<Rate>,
    upfront_usd: Option<Usd>,
    place: Place,
}

impl Consumer for Reader<'_> {
    type Key = (Os, String);

    fn want(
        &mut self,
        place: &Place,
        product: &dyn Attributes,
    ) -> Result<Option<(Os, String)>, Problem> {
        let Some(name) = usage::box_usage(product.get(Attribute::UsageType)) else {
            return Ok(None);
        };
        let Some(os) = system(product) else {
            return Ok(None);
        };
        if product.get(Attribute::InstanceType) != name || !self.offer.is_here(place, product)? {
            return Ok(None);
        }
        if !is_type(name) {
            let expected = "a type such as m7g.large";
            return Err(Problem::value(place, "usageType", name, expected));
        }
        if !self.offered.contains_key(name) {
            let text = |attribute| product.get(attribute).to_owned();
            let offered = Offered {
                family: text(Attribute::InstanceFamily),
                vcpu: text(Attribute::Vcpu),
                memory: text(Attribute::Memory),
                processor: text(Attribute::PhysicalProcessor),
                architecture: text(Attribute::ProcessorArchitecture),
                gpu: text(Attribute::Gpu),
            };
            self.offered.insert(name.to_owned(), offered);
        }
        Ok(Some((os, name.to_owned())))
    }

    fn take(&mut self, key: &(Os, String), price: &Price<'_>) -> Result<(), Problem> {
        match price.term {
            Term::OnDemand => self.on_demand(key, price),
            Term::Reserved {
                lease,
                class,
                payment,
            } => {
                let commitment = commitment(price.place, lease, class, payment)?;
                self.reserved(key, commitment, price)
            }
        }
    }
}

impl Reader<'_> {
    fn on_demand(&mut self, key: &(Os, String), price: &Price<'_>) -> Result<(), Problem> {
        price.check()?;
        if price.unit != "Hrs" {
            return Err(Problem::value(price.place, "unit", price.unit, "Hrs"));
        }
        let (place, most) = (price.place, amount::MOST_INSTANCE_HOUR);
        let rate = amount::hourly(place, "pricePerUnit", price.amount, most)?;
        if let Some(known) = self.on_demand.get(key)
            && known.rate != rate
        {
            let expected = format!(
                "{}, the on-demand price of {} for {} at {}",
                known.rate,
                key.1,
                key.0.id(),
                known.place
            );
            let problem = Problem::value(place, "pricePerUnit", price.amount, &expected);
            return Err(problem);
        }
        let place = place.clone();
        self.on_demand.insert(key.clone(), Priced { rate, place });
        Ok(())
    }

    fn reserved(
        &mut self,
        key: &(Os, String),
        commitment: Commitment,
        price: &Price<'_>,
    ) -> Result<(), Problem> {
        price.check()?;
        let place = price.place;
        let parts = self
            .terms
            .entry((key.0, commitment, key.1.clone()))
            .or_insert_with(|| Parts {
                recurring: None,
                upfront_usd: None,
                place: place.clone(),
            });
        let second = |known: &dyn std::fmt::Display| {
            let expected = format!(
                "{known}, what {} as {commitment} for {} says at {}",
                key.1,
                key.0.id(),
                parts.place
            );
            Problem::value(place, "pricePerUnit", price.amount, &expected)
        };
        match price.unit {
            "Hrs" => {
                let most = amount::MOST_INSTANCE_HOUR;
                let rate = amount::hourly_or_zero(place, "pricePerUnit", price.amount, most)?;
                match parts.recurring {
                    Some(known) if known != rate => return Err(second(&known)),
                    _ => parts.recurring = Some(rate),
                }
            }
            "Quantity" => {
                let usd = amount::upfront(place, "pricePerUnit", price.amount)?;
                match parts.upfront_usd {
                    Some(known) if known != usd => return Err(second(&known.decimal())),
                    _ => parts.upfront_usd = Some(usd),
                }
            }
            other => {
                return Err(Problem::value(place, "unit", other, "Hrs or Quantity"));
            }
        }
        Ok(())
    }
}

impl Parts {
    /// The term as a whole: what must be there, and its price by the hour.
    fn reserved(self, commitment: Commitment) -> Result<Reserved, Problem> {
        let recurring = self.recurring.unwrap_or_default();
        let upfront_usd = self.upfront_usd.unwrap_or_default();
        let (paid, free) = (upfront_usd > Usd::ZERO, recurring.ten_billionths() == 0);
        let wrong = match commitment.payment {
            Payment::NoUpfront if paid => {
                Some("has an upfront fee, though nothing is paid upfront")
            }
            Payment::NoUpfront | Payment::PartialUpfront if free => Some("has no hourly price"),
            Payment::PartialUpfront | Payment::AllUpfront if !paid => Some("has no upfront fee"),
            Payment::AllUpfront if !free => Some("has an hourly price, though all is paid upfront"),
            _ => None,
        };
        let problem =
            |what: &str| Problem::at(&self.place, format!("the term {commitment} {what}"));
        if let Some(wrong) = wrong {
            return Err(problem(wrong));
        }
        let effective = amount::effective(recurring, upfront_usd, hours(commitment.term))
            .filter(|rate| rate.ten_billionths() > 0)
            .ok_or_else(|| problem("has an effective price out of all bounds"))?;
        Ok(Reserved {
            effective,
            recurring,
            upfront_usd,
            place: self.place,
        })
    }
}

/// Hours over which an upfront fee is spread.
const fn hours(term: Years) -> u32 {
    match term {
        Years::OneYear => 8_760,
        Years::ThreeYears => 26_280,
    }
}

/// The system of a product that is a shared instance in use, with nothing installed and its licence included.
fn system(product: &dyn Attributes) -> Option<Os> {
    let is = |attribute, value: &str| product.get(attribute) == value;
    let plain = is(Attribute::Tenancy, "Shared")
        && is(Attribute::CapacityStatus, "Used")
        && is(Attribute::PreInstalled, "NA")
        && !is(Attribute::LicenseModel, "Bring your own license")
        && matches!(product.get(Attribute::MarketOption), "" | "NA" | "OnDemand");
    let os = match (
        product.get(Attribute::OperatingSystem),
        product.get(Attribute::Operation),
    ) {
        ("Linux", "RunInstances") => Os::Linux,
        ("Windows", "RunInstances:0002") => Os::Windows,
        _ => return None,
    };
    plain.then_some(os)
}

/// Whether a text is a type's name: a family and a size of lower-case letters, digits and hyphens.
pub(super) fn is_type(name: &str) -> bool {
    let part = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
    };
    name.split_once('.')
        .is_some_and(|(family, size)| part(family) && part(size))
}

fn commitment(
    place: &Place,
    lease: &str,
    class: &str,
    payment: &str,
) -> Result<Commitment, Problem> {
    let wrong = |field, value, expected| Err(Problem::value(place, field, value, expected));
    let term = match lease.replace(' ', "").as_str() {
        "1yr" => Years::OneYear,
        "3yr" => Years::ThreeYears,
        _ => return wrong("LeaseContractLength", lease, "1yr or 3yr"),
    };
    let kind = match class {
        "standard" => CommitmentKind::ReservedInstance,
        "convertible" => CommitmentKind::ConvertibleReservedInstance,
        _ => return wrong("OfferingClass", class, "standard or convertible"),
    };
    Ok(Commitment {
        kind,
        term,
        payment: payment_option(place, "PurchaseOption", payment)?,
    })
}

/// Reads `No Upfront`, `Partial Upfront` or `All Upfront`.
pub(super) fn payment_option(place: &Place, field: &str, text: &str) -> Result<Payment, Problem> {
    match text {
        "No Upfront" => Ok(Payment::NoUpfront),
        "Partial Upfront" => Ok(Payment::PartialUpfront),
        "All Upfront" => Ok(Payment::AllUpfront),
        _ => Err(Problem::value(
            place,
            field,
            text,
            "No Upfront, Partial Upfront or All Upfront",
        )),
    }
}
