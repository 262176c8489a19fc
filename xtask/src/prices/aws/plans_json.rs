//! Savings Plans as JSON: an array of plans, then an array of terms with the rates of each plan; here products are no
//! object as they are in the offers. Should the terms stand before the plans, the file is read a second time.

use std::collections::HashMap;
use std::path::Path;

use berth_model::date::Date;
use serde::Deserialize;
use serde::de::{IgnoredAny, MapAccess, SeqAccess};

use super::json_file::{self, Array, Entry, Item, Object};
use super::meta::{Expected, Meta};
use super::plans::{Discounted, Plan, Rates};
use super::refused::{Place, Problem, Refused};

pub(super) fn read(
    path: &Path,
    expected: Expected<'_>,
    rates: &mut Rates<'_>,
) -> Result<Date, Refused> {
    let refuse = |problem: Problem| problem.in_file(path);
    let mut state = State {
        expected,
        rates,
        meta: Meta::default(),
        plans: None,
        terms: Terms::Missing,
    };
    loop {
        let top = Object {
            expected: "a Savings Plan file: an object with products and terms",
            entry: state,
        };
        state = json_file::read(path, top)?;
        state.meta.check(expected).map_err(refuse)?;
        let missing = match (&state.plans, state.terms) {
            (None, _) => "products",
            (_, Terms::Missing) => "terms",
            (_, Terms::Read) => return state.meta.date().map_err(refuse),
            (_, Terms::PassedOver) => continue,
        };
        let what = format!("no {missing}: this is no price file of a Savings Plan");
        return Err(refuse(Problem::whole(what)));
    }
}

struct State<'s, 'r> {
    expected: Expected<'s>,
    rates: &'s mut Rates<'r>,
    meta: Meta,
    /// The plans by SKU; `None` until they were read.
    plans: Option<HashMap<String, Listed>>,
    terms: Terms,
}

#[derive(Clone, Copy)]
enum Terms {
    Missing,
    /// They stood before the plans.
    PassedOver,
    Read,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Listed {
    sku: String,
    product_family: String,
    #[serde(default)]
    attributes: Attributes,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Attributes {
    purchase_option: String,
    purchase_term: String,
}

impl<'de> Entry<'de> for State<'_, '_> {
    fn entry<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "formatVersion" => self.meta.format = Some(map.next_value()?),
            "offerCode" => self.meta.offer = Some(map.next_value()?),
            "version" => self.meta.version = Some(map.next_value()?),
            "publicationDate" => self.meta.published = Some(map.next_value()?),
            "regionCode" => self.meta.region = Some(map.next_value()?),
            "products" if self.plans.is_none() => {
                if let Err(problem) = self.meta.check(self.expected) {
                    return Err(json_file::error(&problem));
                }
                let plans = map.next_value_seed(Array {
                    expected: "products of a Savings Plan: an array",
                    item: Products(HashMap::new()),
                })?;
                self.plans = Some(plans.0);
            }
            "terms" => {
                if let Some(plans) = &self.plans {
                    map.next_value_seed(Object {
                        expected: "terms: an object of savingsPlan",
                        entry: TermKinds {
                            rates: &mut *self.rates,
                            plans,
                        },
                    })?;
                    self.terms = Terms::Read;
                } else {
                    map.next_value::<IgnoredAny>()?;
                    self.terms = Terms::PassedOver;
                }
            }
            _ => {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

struct Products(HashMap<String, Listed>);

impl<'de> Item<'de> for Products {
    fn item<A: SeqAccess<'de>>(&mut self, seq: &mut A) -> Result<bool, A::Error> {
        let product: Option<Listed> = seq.next_element()?;
        let there = product.is_some();
        if let Some(product) = product {
            self.0.insert(product.sku.clone(), product);
        }
        Ok(there)
    }
}

struct TermKinds<'s, 'r> {
    rates: &'s mut Rates<'r>,
    plans: &'s HashMap<String, Listed>,
}

impl<'de> Entry<'de> for TermKinds<'_, '_> {
    fn entry<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        if key != "savingsPlan" {
            return map.next_value::<IgnoredAny>().map(|_| ());
        }
        let plans = PlanTerms {
            rates: &mut *self.rates,
            plans: self.plans,
        };
        map.next_value_seed(Array {
            expected: "terms of Savings Plans: an array",
            item: plans,
        })
        .map(|_| ())
    }
}

struct PlanTerms<'s, 'r> {
    rates: &'s mut Rates<'r>,
    plans: &'s HashMap<String, Listed>,
}

impl<'de> Item<'de> for PlanTerms<'_, '_> {
    fn item<A: SeqAccess<'de>>(&mut self, seq: &mut A) -> Result<bool, A::Error> {
        let term = Object {
            expected: "the term of a Savings Plan: an object with rates",
            entry: PlanTerm {
                rates: &mut *self.rates,
                plans: self.plans,
            },
        };
        Ok(seq.next_element_seed(term)?.is_some())
    }
}

struct PlanTerm<'s, 'r> {
    rates: &'s mut Rates<'r>,
    plans: &'s HashMap<String, Listed>,
}

impl<'de> Entry<'de> for PlanTerm<'_, '_> {
    fn entry<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        if key != "rates" {
            return map.next_value::<IgnoredAny>().map(|_| ());
        }
        let rates = RateList {
            rates: &mut *self.rates,
            plans: self.plans,
        };
        map.next_value_seed(Array {
            expected: "rates: an array",
            item: rates,
        })
        .map(|_| ())
    }
}

struct RateList<'s, 'r> {
    rates: &'s mut Rates<'r>,
    plans: &'s HashMap<String, Listed>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    #[serde(default)]
    discounted_usage_type: String,
    #[serde(default)]
    discounted_operation: String,
    #[serde(default)]
    discounted_service_code: String,
    rate_code: String,
    #[serde(default)]
    unit: String,
    discounted_rate: Amount,
    #[serde(default)]
    discounted_region_code: String,
}

#[derive(Deserialize)]
struct Amount {
    price: String,
    currency: String,
}

impl<'de> Item<'de> for RateList<'_, '_> {
    fn item<A: SeqAccess<'de>>(&mut self, seq: &mut A) -> Result<bool, A::Error> {
        let Some(rate) = seq.next_element::<Row>()? else {
            return Ok(false);
        };
        // A rate's code is the plan's SKU and the discounted one.
        let sku = rate.rate_code.split('.').next().unwrap_or_default();
        let place = Place::key(rate.rate_code.as_str());
        let Some(product) = self.plans.get(sku) else {
            let expected = "the SKU of a plan among the products, a dot and a discounted SKU";
            let problem = Problem::value(&place, "rateCode", &rate.rate_code, expected);
            return Err(json_file::error(&problem));
        };
        let plan = Plan {
            family: &product.product_family,
            term: &product.attributes.purchase_term,
            payment: &product.attributes.purchase_option,
        };
        let discounted = Discounted {
            service: &rate.discounted_service_code,
            usage: &rate.discounted_usage_type,
            operation: &rate.discounted_operation,
            region: &rate.discounted_region_code,
            unit: &rate.unit,
            price: &rate.discounted_rate.price,
            currency: &rate.discounted_rate.currency,
        };
        self.rates
            .take(&place, plan, discounted)
            .map_err(|problem| json_file::error(&problem))?;
        Ok(true)
    }
}
