//! Lays the figures of AWS's files over those of a book. What a file holds replaces the old figure with its source;
//! what no file covers stays as it is.

use std::collections::BTreeMap;
use std::path::Path;

use berth_model::date::Date;
use berth_model::money::{Rate, Usd};
use berth_model::platform::Os;
use berth_model::prices::eni::EniTable;
use berth_model::prices::{Grade, Interruption, Statistic};
use berth_model::purchase::{Commitment, CommitmentKind, Payment, PriceKind};

use super::amount;
use super::ec2::{self, Ec2, Priced};
use super::ecs::{self, Ecs};
use super::files::{Files, Found};
use super::managed_fees;
use super::mirror::BASE;
use super::new_types;
use super::plans::{self, Plans};
use super::refused::{Problem, Refused};
use super::spot::Spot;
use super::spot_advisor::Advisor;
use super::usage::FargateUse;
use crate::prices::eni::{family, size};
use crate::prices::figures::{AdviceRow, Figure, Figures, Origin};

/// The feeds, as sources name them.
const SPOT_FEED: &str = "https://website.spot.ec2.aws.a2z.com/spot.json";
const ADVISOR_FEED: &str = "https://spot-bid-advisor.s3.amazonaws.com/spot-advisor-data.json";
const FARGATE_SPOT_FEED: &str = "https://dftu77xade0tc.cloudfront.net/fargate-spot-prices.json";

/// The new figures, and what a reviewer should know.
#[derive(Debug)]
pub(super) struct Laid {
    pub(super) figures: Figures,
    /// What looks wrong but is taken or kept.
    pub(super) doubts: Vec<String>,
}

/// Lays what was found over the figures of a book.
pub(super) fn lay(figures: Figures, files: &Files, eni: &EniTable) -> Result<Laid, Refused> {
    let mut laid = Laid {
        figures,
        doubts: Vec::new(),
    };
    if let Some(found) = &files.ec2 {
        laid.ec2(found, eni)?;
    }
    if let Some(found) = &files.plans {
        laid.plans_ec2(found)?;
    }
    if let Some(found) = &files.spot {
        laid.spot(found)?;
    }
    if let Some(found) = &files.advisor {
        laid.advisor(found)?;
    }
    if let Some(found) = &files.ecs {
        laid.ecs(found);
    }
    if let Some(found) = &files.plans {
        laid.plans_fargate(found)?;
    }
    if let Some(found) = &files.fargate_spot {
        laid.fargate_spot(found)?;
    }
    laid.figures.ec2.retain(|_, prices| !prices.is_empty());
    Ok(laid)
}

fn origin(text: String, date: Date) -> Origin {
    Origin {
        text,
        grade: Grade::Quoted,
        statistic: None,
        date,
        month_only: false,
    }
}

impl Laid {
    fn offer_origin(&self, code: &str, date: Date) -> Origin {
        let region = &self.figures.region;
        origin(
            format!("{BASE}/offers/v1.0/aws/{code}/current/{region}/"),
            date,
        )
    }

    fn plans_origin(&self, date: Date) -> Origin {
        let region = &self.figures.region;
        origin(
            format!(
                "{BASE}/savingsPlan/v1.0/aws/{}/current/ ({region})",
                plans::CODE
            ),
            date,
        )
    }

    fn ec2(&mut self, found: &Found<Ec2>, eni: &EniTable) -> Result<(), Refused> {
        let offer = &found.what;
        let quoted = self.offer_origin(ec2::CODE, found.date);
        self.vanish(found)?;
        self.new_types(offer, eni, &quoted);
        for ((os, name), priced) in &offer.on_demand {
            if self.figures.types.contains_key(name) {
                self.set(*os, PriceKind::OnDemand, name, priced, &quoted);
            }
        }
        let derived = quoted.remark(
            Grade::Derived,
            "what recurs plus the upfront fee over the hours of the term, 8760 or 26280",
            None,
        );
        for ((os, commitment, name), term) in &offer.reserved {
            let origin = if term.upfront_usd > Usd::ZERO {
                &derived
            } else {
                &quoted
            };
            let priced = Priced {
                rate: term.effective,
                place: term.place.clone(),
            };
            let kind = PriceKind::Committed(*commitment);
            self.set_discounted(&found.path, *os, kind, name, &priced, origin)?;
            let parts = self.figures.upfront.entry((*os, kind)).or_default();
            parts.remove(name);
            // All or nothing in advance needs no figure of its own.
            if commitment.payment == Payment::PartialUpfront {
                let part = term.effective.ten_billionths();
                let part = part.saturating_sub(term.recurring.ten_billionths());
                if let Some(part) = Rate::from_ten_billionths(part).filter(|_| part > 0) {
                    parts.insert(name.clone(), part);
                }
            }
        }
        self.figures.upfront.retain(|_, parts| !parts.is_empty());
        self.count_unlisted_terms(offer);
        Ok(())
    }

    /// Takes away what the offer no longer lists on demand.
    fn vanish(&mut self, found: &Found<Ec2>) -> Result<(), Refused> {
        let listed = |os, name: &String| found.what.on_demand.contains_key(&(os, name.clone()));
        let types = &mut self.figures.types;
        let before = types.len();
        let stays = types.keys().filter(|name| listed(Os::Linux, name)).count();
        if stays * 2 < before {
            let what = format!(
                "lists {stays} of the {before} types of the book on demand: more than half would vanish, which is not believed"
            );
            return Err(Problem::whole(what).in_file(&found.path));
        }
        types.retain(|name, _| listed(Os::Linux, name));
        for rows in self.figures.advisor.values_mut() {
            rows.retain(|name, _| types.contains_key(name));
        }
        // An offer without a single price for Windows says nothing of Windows.
        let windows = found
            .what
            .on_demand
            .keys()
            .any(|(os, _)| *os == Os::Windows);
        for ((os, _), prices) in &mut self.figures.ec2 {
            prices.retain(|name, _| {
                types.contains_key(name) && (*os == Os::Linux || !windows || listed(*os, name))
            });
        }
        Ok(())
    }

    fn new_types(&mut self, offer: &Ec2, eni: &EniTable, origin: &Origin) {
        let mut left_out: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
        let mut new = BTreeMap::new();
        for (os, name) in offer.on_demand.keys() {
            let Some(offered) = offer.offered.get(name).filter(|_| *os == Os::Linux) else {
                continue;
            };
            if let Some(spec) = self.figures.types.get(name) {
                self.doubts
                    .extend(new_types::contradiction(name, offered, spec));
                continue;
            }
            match new_types::spec(name, offered, &self.figures, eni, origin) {
                Ok(spec) => {
                    new.insert(name.clone(), spec);
                }
                Err(reason) => left_out
                    .entry((reason, family(name)))
                    .or_default()
                    .push(size(name)),
            }
        }
        self.figures.types.append(&mut new);
        let lines = left_out
            .iter()
            .map(|((reason, family), sizes)| format!("{family} {}: {reason}", sizes.join(" ")));
        self.figures.left_out.extend(lines);
    }

    /// Reserved figures of types that are still sold, which the offer has no term for any more.
    fn count_unlisted_terms(&mut self, offer: &Ec2) {
        let reserved = |kind: &Commitment| {
            matches!(
                kind.kind,
                CommitmentKind::ReservedInstance | CommitmentKind::ConvertibleReservedInstance
            )
        };
        for ((os, kind), prices) in &self.figures.ec2 {
            let PriceKind::Committed(commitment) = kind else {
                continue;
            };
            let unlisted: Vec<&str> = prices
                .keys()
                .filter(|name| {
                    !offer
                        .reserved
                        .contains_key(&(*os, *commitment, (*name).clone()))
                })
                .map(String::as_str)
                .collect();
            if reserved(commitment) && !unlisted.is_empty() {
                self.doubts.push(format!(
                    "{} {commitment}: not in the offer, stays with its old date: {}",
                    os.id(),
                    unlisted.join(" ")
                ));
            }
        }
    }

    fn plans_ec2(&mut self, found: &Found<Plans>) -> Result<(), Refused> {
        let origin = self.plans_origin(found.date);
        for ((os, commitment, name), priced) in &found.what.ec2 {
            let kind = PriceKind::Committed(*commitment);
            self.set_discounted(&found.path, *os, kind, name, priced, &origin)?;
        }
        Ok(())
    }

    fn spot(&mut self, found: &Found<Spot>) -> Result<(), Refused> {
        let mut origin = origin(SPOT_FEED.to_owned(), found.date);
        origin.statistic = Some(Statistic::Lowest);
        for (os, name) in &found.what.unavailable {
            if let Some(prices) = self.figures.ec2.get_mut(&(*os, PriceKind::Spot)) {
                prices.remove(name);
            }
        }
        for ((os, name), priced) in &found.what.prices {
            self.set_discounted(&found.path, *os, PriceKind::Spot, name, priced, &origin)?;
        }
        Ok(())
    }

    /// What the advisor says of the types of the book, all of it in place of what it said before.
    fn advisor(&mut self, found: &Found<Advisor>) -> Result<(), Refused> {
        let mut origin = origin(ADVISOR_FEED.to_owned(), found.date);
        origin.grade = Grade::Derived;
        let mut all: BTreeMap<Os, BTreeMap<String, AdviceRow>> = BTreeMap::new();
        for ((os, name), advice) in &found.what.rows {
            // Saving everything would be a price of nothing.
            if !self.figures.types.contains_key(name) || advice.saving_percent > 99 {
                continue;
            }
            let label = &advice.interrupted.label;
            let interruption = Interruption::from_id(label).ok_or_else(|| {
                let what = format!(
                    "`{label}` is no range of interruptions: expected <5%, 5-10%, 10-15%, 15-20% or >20%"
                );
                Problem::whole(what).in_file(&found.path)
            })?;
            let row = AdviceRow {
                saving_percent: advice.saving_percent,
                interruption,
                origin: origin.clone(),
            };
            all.entry(*os).or_default().insert(name.clone(), row);
        }
        self.figures.advisor = all;
        Ok(())
    }

    fn ecs(&mut self, found: &Found<Ecs>) {
        let origin = self.offer_origin(ecs::CODE, found.date);
        for (of, priced) in &found.what.fargate {
            self.set_fargate(*of, PriceKind::OnDemand, priced, &origin);
        }
        let doubts = managed_fees::check(&mut self.figures, &found.what.fees, &origin);
        self.doubts.extend(doubts);
    }

    fn plans_fargate(&mut self, found: &Found<Plans>) -> Result<(), Refused> {
        let origin = self.plans_origin(found.date);
        for ((of, commitment), priced) in &found.what.fargate {
            let kind = PriceKind::Committed(*commitment);
            self.set_fargate_discounted(&found.path, *of, kind, priced, &origin)?;
        }
        Ok(())
    }

    fn fargate_spot(&mut self, found: &Found<BTreeMap<FargateUse, Priced>>) -> Result<(), Refused> {
        let mut origin = origin(FARGATE_SPOT_FEED.to_owned(), found.date);
        origin.statistic = Some(Statistic::Published);
        for (of, priced) in &found.what {
            self.set_fargate_discounted(&found.path, *of, PriceKind::Spot, priced, &origin)?;
        }
        Ok(())
    }

    fn set(&mut self, os: Os, kind: PriceKind, name: &str, priced: &Priced, origin: &Origin) {
        let figure = Figure {
            rate: priced.rate,
            origin: origin.clone(),
        };
        let column = self.figures.ec2.entry((os, kind)).or_default();
        column.insert(name.to_owned(), figure);
    }

    /// A Spot or committed price: only where there is one on demand to hold it against.
    fn set_discounted(
        &mut self,
        file: &Path,
        os: Os,
        kind: PriceKind,
        name: &str,
        priced: &Priced,
        origin: &Origin,
    ) -> Result<(), Refused> {
        let list = self.figures.ec2.get(&(os, PriceKind::OnDemand));
        let Some(on_demand) = list.and_then(|list| list.get(name)) else {
            return Ok(());
        };
        let what = format!("{} {kind} of {name}", os.id());
        let on_demand = on_demand.rate;
        amount::beside_on_demand(file, &priced.place, &what, priced.rate, on_demand)?;
        self.set(os, kind, name, priced, origin);
        Ok(())
    }

    fn set_fargate(&mut self, of: FargateUse, kind: PriceKind, priced: &Priced, origin: &Origin) {
        let (os, arch, dimension) = of;
        let figure = Figure {
            rate: priced.rate,
            origin: origin.clone(),
        };
        let key = (os, arch, kind, dimension);
        self.figures.fargate.insert(key, figure);
    }

    fn set_fargate_discounted(
        &mut self,
        file: &Path,
        of: FargateUse,
        kind: PriceKind,
        priced: &Priced,
        origin: &Origin,
    ) -> Result<(), Refused> {
        let (os, arch, dimension) = of;
        let key = (os, arch, PriceKind::OnDemand, dimension);
        let Some(on_demand) = self.figures.fargate.get(&key) else {
            return Ok(());
        };
        let what = format!("{} {kind} {} of Fargate", os.id(), dimension.id());
        let on_demand = on_demand.rate;
        amount::beside_on_demand(file, &priced.place, &what, priced.rate, on_demand)?;
        self.set_fargate(of, kind, priced, origin);
        Ok(())
    }
}
