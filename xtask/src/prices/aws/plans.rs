//! Savings Plans of one region: Compute and EC2 Instance plans, for shared Linux and Windows instances and for Fargate.

use std::collections::BTreeMap;
use std::path::Path;

use berth_model::date::Date;
use berth_model::platform::Os;
use berth_model::purchase::{Commitment, CommitmentKind, Term};

use super::amount;
use super::ec2::{self, Priced, is_type};
use super::ecs;
use super::meta::Expected;
use super::refused::{Place, Problem, Refused};
use super::usage::{self, FargateUse};
use super::{plans_csv, plans_json};

/// The plan's code in paths.
pub(super) const CODE: &str = "AWSComputeSavingsPlan";

/// What the files call themselves.
const OFFERS: [&str; 4] = [
    "AmazonComputeSavingsPlan",
    "AmazonComputeSavingsPlans",
    "AWSComputeSavingsPlan",
    "ComputeSavingsPlans",
];

/// What the file of a region holds.
#[derive(Debug)]
pub(super) struct Plans {
    pub(super) published: Date,
    pub(super) ec2: BTreeMap<(Os, Commitment, String), Priced>,
    pub(super) fargate: BTreeMap<(FargateUse, Commitment), Priced>,
}

/// A plan in the words of the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan<'p> {
    pub(super) family: &'p str,
    /// `1yr`, or `1` and `year` joined.
    pub(super) term: &'p str,
    pub(super) payment: &'p str,
}

/// A rate under a plan, in the words of the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Discounted<'r> {
    pub(super) service: &'r str,
    pub(super) usage: &'r str,
    pub(super) operation: &'r str,
    pub(super) region: &'r str,
    pub(super) unit: &'r str,
    pub(super) price: &'r str,
    pub(super) currency: &'r str,
}

/// Reads the file of a region, in either shape.
pub(super) fn read(path: &Path, region: &str) -> Result<Plans, Refused> {
    let expected = Expected {
        offer: &OFFERS,
        region,
        stated: false,
    };
    let mut rates = Rates {
        region,
        ec2: BTreeMap::new(),
        fargate: BTreeMap::new(),
    };
    let csv = path.extension().is_some_and(|extension| extension == "csv");
    let published = if csv {
        plans_csv::read(path, expected, &mut rates)
    } else {
        plans_json::read(path, expected, &mut rates)
    }?;
    if rates.ec2.is_empty() && rates.fargate.is_empty() {
        let what = format!("no rate for {region}");
        return Err(Problem::whole(what).in_file(path));
    }
    Ok(Plans {
        published,
        ec2: rates.ec2,
        fargate: rates.fargate,
    })
}

/// The rates found so far.
pub(super) struct Rates<'r> {
    region: &'r str,
    ec2: BTreeMap<(Os, Commitment, String), Priced>,
    fargate: BTreeMap<(FargateUse, Commitment), Priced>,
}

/// What a rate is for.
enum Use<'u> {
    Ec2(Os, &'u str),
    Fargate(FargateUse),
}

impl Rates<'_> {
    /// Takes a rate, if it is one of those wanted. Plans for other things share the file, and local zones do.
    pub(super) fn take(
        &mut self,
        place: &Place,
        plan: Plan<'_>,
        rate: Discounted<'_>,
    ) -> Result<(), Problem> {
        let Some(wanted) = wanted(&rate) else {
            return Ok(());
        };
        let Some(commitment) = commitment(place, plan)? else {
            return Ok(());
        };
        if rate.region != self.region {
            let zone = rate.region.strip_prefix(self.region);
            if zone.is_some_and(|zone| zone.starts_with('-')) {
                return Ok(());
            }
            let expected = format!("{}, the region of the file's path", self.region);
            let problem = Problem::value(place, "discountedRegionCode", rate.region, &expected);
            return Err(problem);
        }
        if rate.currency != "USD" {
            return Err(Problem::value(place, "currency", rate.currency, "USD"));
        }
        let most = match wanted {
            Use::Ec2(..) => amount::MOST_INSTANCE_HOUR,
            Use::Fargate(_) => amount::MOST_FARGATE_HOUR,
        };
        let priced = Priced {
            rate: amount::hourly(place, "discountedRate", rate.price, most)?,
            place: place.clone(),
        };
        let known = match wanted {
            Use::Ec2(os, name) => {
                if rate.unit != "Hrs" {
                    return Err(Problem::value(place, "unit", rate.unit, "Hrs"));
                }
                if !is_type(name) {
                    let expected = "a type such as m7g.large";
                    return Err(Problem::value(place, "discountedUsageType", name, expected));
                }
                let key = (os, commitment, name.to_owned());
                self.ec2.insert(key, priced.clone())
            }
            Use::Fargate(of) => self.fargate.insert((of, commitment), priced.clone()),
        };
        match known {
            Some(known) if known.rate != priced.rate => {
                let expected = format!(
                    "{}, the rate of the same usage as {commitment} at {}",
                    known.rate, known.place
                );
                Err(Problem::value(
                    place,
                    "discountedRate",
                    rate.price,
                    &expected,
                ))
            }
            _ => Ok(()),
        }
    }
}

fn wanted<'u>(rate: &Discounted<'u>) -> Option<Use<'u>> {
    match rate.service {
        ec2::CODE => {
            let os = match rate.operation {
                "RunInstances" => Os::Linux,
                "RunInstances:0002" => Os::Windows,
                _ => return None,
            };
            Some(Use::Ec2(os, usage::box_usage(rate.usage)?))
        }
        ecs::CODE => Some(Use::Fargate(usage::fargate(rate.usage)?)),
        _ => None,
    }
}

fn commitment(place: &Place, plan: Plan<'_>) -> Result<Option<Commitment>, Problem> {
    let kind = match plan.family {
        "ComputeSavingsPlans" => CommitmentKind::ComputeSavingsPlan,
        "EC2InstanceSavingsPlans" => CommitmentKind::Ec2InstanceSavingsPlan,
        _ => return Ok(None),
    };
    let term = match plan.term {
        "1yr" | "1year" => Term::OneYear,
        "3yr" | "3year" => Term::ThreeYears,
        other => {
            let expected = "1yr or 3yr";
            return Err(Problem::value(place, "purchaseTerm", other, expected));
        }
    };
    let payment = ec2::payment_option(place, "purchaseOption", plan.payment)?;
    Ok(Some(Commitment {
        kind,
        term,
        payment,
    }))
}
