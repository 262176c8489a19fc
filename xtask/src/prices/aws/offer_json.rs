//! An offer file as JSON: products by SKU, then terms by SKU. Of the products only the SKUs that are wanted are kept;
//! should the terms stand before them, the file is read a second time.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use berth_model::date::Date;
use serde::Deserialize;
use serde::de::{IgnoredAny, MapAccess};

use super::attribute::{Attribute, Attributes};
use super::json_file::{self, Entry, Object, Reused};
use super::meta::Meta;
use super::offer::{Consumer, Offer, Price, Term};
use super::refused::{Place, Problem, Refused};

pub(super) fn read<C: Consumer>(
    path: &Path,
    offer: Offer<'_>,
    consumer: &mut C,
) -> Result<Date, Refused> {
    let refuse = |problem: Problem| problem.in_file(path);
    let mut state = State {
        offer,
        consumer,
        meta: Meta::default(),
        wanted: HashMap::new(),
        products: false,
        terms: Terms::Missing,
    };
    loop {
        let top = Object {
            expected: "an offer file: an object with products and terms",
            entry: state,
        };
        state = json_file::read(path, top)?;
        let code = [offer.code];
        state.meta.check(offer.expected(&code)).map_err(refuse)?;
        let missing = match (state.products, state.terms) {
            (false, _) => "products",
            (_, Terms::Missing) => "terms",
            (_, Terms::Read) => return state.meta.date().map_err(refuse),
            (_, Terms::PassedOver) => continue,
        };
        let what = format!("no {missing}: this is no price file of {}", offer.code);
        return Err(refuse(Problem::whole(what)));
    }
}

/// What is known so far.
struct State<'s, C: Consumer> {
    offer: Offer<'s>,
    consumer: &'s mut C,
    meta: Meta,
    /// What each SKU that is wanted stands for.
    wanted: HashMap<String, C::Key>,
    /// Whether the products were read.
    products: bool,
    terms: Terms,
}

#[derive(Clone, Copy)]
enum Terms {
    Missing,
    /// They stood before the products.
    PassedOver,
    Read,
}

impl<'de, C: Consumer> Entry<'de> for State<'_, C> {
    fn entry<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "formatVersion" => self.meta.format = Some(map.next_value()?),
            "offerCode" => self.meta.offer = Some(map.next_value()?),
            "version" => self.meta.version = Some(map.next_value()?),
            "publicationDate" => self.meta.published = Some(map.next_value()?),
            "products" if !self.products => {
                let stated = self.meta.format.is_some() && self.meta.offer.is_some();
                let code = [self.offer.code];
                if stated && let Err(problem) = self.meta.check(self.offer.expected(&code)) {
                    return Err(json_file::error(&problem));
                }
                map.next_value_seed(Object {
                    expected: "products by SKU: an object",
                    entry: Products {
                        consumer: &mut *self.consumer,
                        wanted: &mut self.wanted,
                        values: Values::default(),
                    },
                })?;
                self.products = true;
            }
            "terms" if self.products => {
                map.next_value_seed(Object {
                    expected: "terms: an object of OnDemand and Reserved",
                    entry: TermKinds {
                        consumer: &mut *self.consumer,
                        wanted: &self.wanted,
                    },
                })?;
                self.terms = Terms::Read;
            }
            "terms" => {
                map.next_value::<IgnoredAny>()?;
                self.terms = Terms::PassedOver;
            }
            _ => {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// A product's attributes; one set of strings serves them all.
#[derive(Default)]
struct Values([String; Attribute::ALL.len()]);

impl Attributes for Values {
    fn get(&self, attribute: Attribute) -> &str {
        self.0.get(attribute.index()).map_or("", String::as_str)
    }
}

/// The products by SKU.
struct Products<'s, C: Consumer> {
    consumer: &'s mut C,
    wanted: &'s mut HashMap<String, C::Key>,
    values: Values,
}

impl<'de, C: Consumer> Entry<'de> for Products<'_, C> {
    fn entry<A: MapAccess<'de>>(&mut self, sku: &str, map: &mut A) -> Result<(), A::Error> {
        for value in &mut self.values.0 {
            value.clear();
        }
        map.next_value_seed(Object {
            expected: "a product: an object with attributes",
            entry: Product(&mut self.values),
        })?;
        let place = Place::key(sku);
        let key = self
            .consumer
            .want(&place, &self.values)
            .map_err(|problem| json_file::error(&problem))?;
        if let Some(key) = key {
            self.wanted.insert(sku.to_owned(), key);
        }
        Ok(())
    }
}

/// One product.
struct Product<'v>(&'v mut Values);

impl<'de> Entry<'de> for Product<'_> {
    fn entry<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        if key == "attributes" {
            map.next_value_seed(Object {
                expected: "attributes: an object",
                entry: AttributeList(&mut *self.0),
            })?;
        } else {
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

struct AttributeList<'v>(&'v mut Values);

impl<'de> Entry<'de> for AttributeList<'_> {
    fn entry<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        let wanted = Attribute::of_json(key);
        match wanted.and_then(|attribute| self.0.0.get_mut(attribute.index())) {
            Some(value) => map.next_value_seed(Reused(value)),
            None => map.next_value::<IgnoredAny>().map(|_| ()),
        }
    }
}

/// `OnDemand` and `Reserved`.
struct TermKinds<'s, C: Consumer> {
    consumer: &'s mut C,
    wanted: &'s HashMap<String, C::Key>,
}

impl<'de, C: Consumer> Entry<'de> for TermKinds<'_, C> {
    fn entry<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        let reserved = match key {
            "OnDemand" => false,
            "Reserved" => true,
            _ => return map.next_value::<IgnoredAny>().map(|_| ()),
        };
        map.next_value_seed(Object {
            expected: "terms by SKU: an object",
            entry: Skus {
                consumer: &mut *self.consumer,
                wanted: self.wanted,
                reserved,
            },
        })
        .map(|_| ())
    }
}

/// Terms by SKU.
struct Skus<'s, C: Consumer> {
    consumer: &'s mut C,
    wanted: &'s HashMap<String, C::Key>,
    reserved: bool,
}

impl<'de, C: Consumer> Entry<'de> for Skus<'_, C> {
    fn entry<A: MapAccess<'de>>(&mut self, sku: &str, map: &mut A) -> Result<(), A::Error> {
        let Some(key) = self.wanted.get(sku) else {
            return map.next_value::<IgnoredAny>().map(|_| ());
        };
        let terms: BTreeMap<String, TermBody> = map.next_value()?;
        for term in terms.values() {
            let attributes = &term.term_attributes;
            let kind = if self.reserved {
                Term::Reserved {
                    lease: &attributes.lease,
                    class: &attributes.class,
                    payment: &attributes.payment,
                }
            } else {
                Term::OnDemand
            };
            for (rate, dimension) in &term.price_dimensions {
                let place = Place::key(rate.as_str());
                let price = Price {
                    place: &place,
                    term: kind,
                    unit: &dimension.unit,
                    // A price in another currency alone is told by its name.
                    currency: dimension.currency(),
                    amount: dimension.price(),
                    range: (&dimension.begin_range, &dimension.end_range),
                };
                self.consumer
                    .take(key, &price)
                    .map_err(|problem| json_file::error(&problem))?;
            }
        }
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TermBody {
    price_dimensions: BTreeMap<String, Dimension>,
    #[serde(default)]
    term_attributes: TermAttributes,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct TermAttributes {
    #[serde(rename = "LeaseContractLength")]
    lease: String,
    #[serde(rename = "OfferingClass")]
    class: String,
    #[serde(rename = "PurchaseOption")]
    payment: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Dimension {
    unit: String,
    #[serde(default)]
    begin_range: String,
    #[serde(default)]
    end_range: String,
    price_per_unit: BTreeMap<String, String>,
}

impl Dimension {
    fn currency(&self) -> &str {
        if self.price_per_unit.contains_key("USD") {
            return "USD";
        }
        let first = self.price_per_unit.keys().next();
        first.map_or("", String::as_str)
    }

    fn price(&self) -> &str {
        self.price_per_unit
            .get(self.currency())
            .map_or("", String::as_str)
    }
}
