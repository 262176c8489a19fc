//! The figure tables: CSV files of dated, sourced figures for many regions.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use berth_model::money::{PER_USD, Rate};
use berth_model::platform::{Arch, Os};
use berth_model::prices::{Adjacent, FargateDimension, Gpus, Grade, Interruption, Statistic};
use berth_model::purchase::PriceKind;

use super::eni::{self, EniRow};
use super::fees;
use super::figures::{AdviceRow, FargateKey, Figure, Figures, Origin, Spec};
use super::table::{Refused, Row, Table};

const PRICES: &str = "ec2_prices.csv";

/// What a feed's Spot figures are the statistic of, by a part of its source. Others do not say.
const STATISTICS: [(&str, Statistic); 3] = [
    ("fargate-spot-prices.json", Statistic::Published),
    ("spot-price-data.json", Statistic::Lowest),
    ("need-more-vram", Statistic::Average),
];

/// The region of figures that hold in every region.
const EVERYWHERE: &str = "all";

/// A row of `ec2_types.csv`.
#[derive(Clone, Debug)]
pub(crate) struct TypeRow {
    pub(crate) arch: Arch,
    pub(crate) vcpu: u16,
    pub(crate) memory_mib: u32,
    pub(crate) burstable: bool,
    pub(crate) bare_metal: bool,
    pub(crate) gpus: Option<Gpus>,
    pub(crate) accelerator: Option<Box<str>>,
    pub(crate) max_enis: Option<u16>,
    pub(crate) origin: Origin,
}

/// Region, system, purchase and type.
type Ec2Key = (String, Os, PriceKind, String);

/// Every table, checked.
pub(crate) struct Tables {
    types: BTreeMap<String, TypeRow>,
    eni: BTreeMap<String, EniRow>,
    managed_families: BTreeMap<String, Origin>,
    prices: BTreeMap<Ec2Key, Figure>,
    advisor: BTreeMap<(String, Os, String), AdviceRow>,
    fargate: BTreeMap<(String, FargateKey), Figure>,
    fees: BTreeMap<String, Figure>,
    adjacent: BTreeMap<(String, String), Figure>,
}

impl Tables {
    /// Reads the tables in a directory: all of them, or none.
    pub(crate) fn read(dir: &Path) -> Result<Self, Refused> {
        let table = |file| Table::read(dir, file);
        Ok(Self {
            types: table("ec2_types.csv")?
                .by_key(|row| Ok((row.name("instance_type")?, type_row(row)?)))?,
            eni: table("ecs_eni_limits.csv")?
                .by_key(|row| Ok((row.name("instance_type")?, eni_row(row)?)))?,
            managed_families: table("managed_instances_types.csv")?
                .by_key(|row| Ok((row.name("family")?, row.origin()?)))?,
            prices: table(PRICES)?.by_key(ec2_price)?,
            advisor: table("spot_advisor.csv")?.by_key(advice)?,
            fargate: table("fargate.csv")?.by_key(fargate_price)?,
            fees: fees::read(&table("managed_instances.csv")?)?,
            adjacent: table("adjacent.csv")?.by_key(adjacent_price)?,
        })
    }

    /// ECS's list of task limits, by type.
    pub(crate) const fn eni(&self) -> &BTreeMap<String, EniRow> {
        &self.eni
    }

    /// The commercial regions with a price of EC2, sorted.
    pub(crate) fn regions(&self) -> BTreeSet<String> {
        let regions = self.prices.keys().map(|(region, ..)| region.clone());
        regions.filter(|region| is_commercial(region)).collect()
    }

    /// The figures of one region.
    pub(crate) fn region(&self, region: &str) -> Result<Figures, Refused> {
        let no_price = |file: &str| Refused::Region {
            file: file.to_owned(),
            region: region.to_owned(),
        };
        let mut left_out = Vec::new();
        let mut ec2: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
        let mut priced = BTreeSet::new();
        for ((of, os, kind, name), figure) in &self.prices {
            if of == region {
                priced.insert(name.as_str());
                ec2.entry((*os, *kind))
                    .or_default()
                    .insert(name.clone(), figure.clone());
            }
        }
        // A type that only the advisor knows has no price to take a saving off.
        let mut advisor: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
        for ((of, os, name), row) in &self.advisor {
            if of == region && priced.contains(name.as_str()) {
                advisor
                    .entry(*os)
                    .or_default()
                    .insert(name.clone(), row.clone());
            }
        }
        if priced.is_empty() {
            return Err(no_price(PRICES));
        }
        let mut types = BTreeMap::new();
        for name in priced {
            match self.spec(name) {
                Ok(spec) => {
                    types.insert(name.to_owned(), spec);
                }
                Err(reason) => left_out.push(format!("{name}: {reason}")),
            }
        }
        let fargate = self.fargate.iter().filter(|((of, _), _)| of == region);
        let (adjacent, unknown) = self.adjacent(region);
        left_out.extend(
            unknown
                .into_iter()
                .map(|item| format!("{item}: no bill line uses it")),
        );
        let managed_types = self.managed_families.values().next();
        Ok(Figures {
            region: region.to_owned(),
            types,
            managed_types: managed_types
                .ok_or_else(|| no_price("managed_instances_types.csv"))?
                .clone(),
            ec2,
            upfront: BTreeMap::new(),
            advisor,
            fargate: fargate
                .map(|((_, key), figure)| (*key, figure.clone()))
                .collect(),
            fees: self.fees.clone(),
            adjacent,
            left_out,
        })
    }

    /// What a type offers, or why the book cannot hold it.
    fn spec(&self, name: &str) -> Result<Spec, &'static str> {
        let row = self
            .types
            .get(name)
            .ok_or("priced, without specification")?;
        let eni = eni::limits(name, row, &self.eni).ok_or("no limit of tasks by interfaces")?;
        Ok(Spec {
            arch: row.arch,
            vcpu: row.vcpu,
            memory_mib: row.memory_mib,
            burstable: row.burstable,
            bare_metal: row.bare_metal,
            gpus: row.gpus.clone(),
            accelerator: row.accelerator.clone(),
            origin: row.origin.clone(),
            eni,
            managed_instances: self.managed_families.contains_key(eni::family(name))
                && row.vcpu > 1
                && !matches!(eni::size(name), "nano" | "micro"),
        })
    }

    /// The region's items beside compute, those that hold everywhere included, and the names of
    /// those that the model does not know.
    fn adjacent(&self, region: &str) -> (BTreeMap<Adjacent, Figure>, BTreeSet<&str>) {
        let mut known = BTreeMap::new();
        let mut unknown = BTreeSet::new();
        for wanted in [EVERYWHERE, region] {
            for ((of, item), figure) in &self.adjacent {
                if of != wanted {
                    continue;
                }
                match Adjacent::from_id(item) {
                    Some(item) => {
                        known.insert(item, figure.clone());
                    }
                    None => {
                        unknown.insert(item.as_str());
                    }
                }
            }
        }
        (known, unknown)
    }
}

/// `GovCloud` and China are partitions of their own, with accounts, prices and services of their
/// own.
fn is_commercial(region: &str) -> bool {
    !region.starts_with("us-gov-") && !region.starts_with("cn-")
}

fn number<T: std::str::FromStr>(text: &str) -> Option<T> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// GiB with decimals, as whole MiB.
fn mib(text: &str) -> Option<u32> {
    let scaled = Rate::parse(text)?.ten_billionths().checked_mul(1024)?;
    let mib = u32::try_from(scaled / PER_USD).ok()?;
    (mib > 0 && scaled.is_multiple_of(PER_USD)).then_some(mib)
}

fn type_row(row: &Row<'_>) -> Result<TypeRow, Refused> {
    let gpu_count = row.read("gpu_count", "a count up to 255", number)?;
    let gpus = match row.text("gpu_model")? {
        "" if gpu_count == 0 => None,
        "" => return Err(row.refuse("gpu_model", "a model, where there are GPUs")),
        _ => Some(Gpus {
            count: gpu_count,
            model: row.name("gpu_model")?.into(),
            memory_mib: row.read("gpu_memory_mib_each", "MiB above 0", |text| {
                number(text).filter(|&mib| mib > 0)
            })?,
        }),
    };
    let accelerator = match row.text("accelerator_model")? {
        "" => None,
        _ => Some(row.name("accelerator_model")?.into()),
    };
    Ok(TypeRow {
        arch: row.arch()?,
        vcpu: row.read("vcpu", "a count from 1 to 65535", |text| {
            number(text).filter(|&vcpu| vcpu > 0)
        })?,
        memory_mib: row.read("memory_gib", "GiB above 0 of whole MiB", mib)?,
        burstable: row.flag("burstable")?,
        bare_metal: row.flag("bare_metal")?,
        gpus,
        accelerator,
        max_enis: row.optional("max_enis", "a count from 1 to 65535", |text| {
            number(text).filter(|&count| count > 0)
        })?,
        origin: row.origin()?,
    })
}

fn eni_row(row: &Row<'_>) -> Result<EniRow, Refused> {
    let limit = |column| row.optional(column, "a count up to 65535, or blank", number);
    Ok(EniRow {
        without_trunking: limit("tasks_without_trunking")?,
        with_trunking: limit("tasks_with_trunking")?,
        origin: row.origin()?,
    })
}

fn kind(row: &Row<'_>) -> Result<PriceKind, Refused> {
    row.read(
        "purchase",
        "a purchase such as on_demand, spot or ri_1y_no_upfront",
        PriceKind::from_id,
    )
}

fn ec2_price(row: &Row<'_>) -> Result<(Ec2Key, Figure), Refused> {
    let kind = kind(row)?;
    let mut origin = row.origin()?;
    name_statistic(kind, &mut origin);
    let key = (
        row.name("region")?,
        row.os()?,
        kind,
        row.name("instance_type")?,
    );
    let rate = row.price("hour_usd")?;
    Ok((key, Figure { rate, origin }))
}

/// Says what a Spot figure is the statistic of, where its source is known to.
fn name_statistic(kind: PriceKind, origin: &mut Origin) {
    if kind == PriceKind::Spot {
        let known = STATISTICS
            .iter()
            .find(|(part, _)| origin.text.contains(part));
        origin.statistic = known.map(|(_, statistic)| *statistic);
    }
}

/// A saving is an average of its 30 days, and what Spot costs by it is computed: derived.
fn advice(row: &Row<'_>) -> Result<((String, Os, String), AdviceRow), Refused> {
    let mut origin = row.origin()?;
    origin.grade = Grade::Derived;
    let key = (row.name("region")?, row.os()?, row.name("instance_type")?);
    let saving = |text: &str| number::<u8>(text).filter(|&percent| percent < 100);
    let interruption = row.read(
        "interruption_band",
        "<5%, 5-10%, 10-15%, 15-20% or >20%",
        Interruption::from_id,
    )?;
    let advice = AdviceRow {
        saving_percent: row.read("savings_over_on_demand_pct", "percent from 0 to 99", saving)?,
        interruption,
        origin,
    };
    Ok((key, advice))
}

fn fargate_price(row: &Row<'_>) -> Result<((String, FargateKey), Figure), Refused> {
    let arch = match row.text("arch")? {
        "any" => None,
        _ => Some(row.arch()?),
    };
    let dimension = row.read(
        "dimension",
        "vcpu_hour, gb_hour, os_license_vcpu_hour or ephemeral_gb_hour",
        FargateDimension::from_id,
    )?;
    let kind = kind(row)?;
    let key = (row.os()?, arch, kind, dimension);
    let mut origin = row.origin()?;
    name_statistic(kind, &mut origin);
    let figure = Figure {
        rate: row.price("usd")?,
        origin,
    };
    Ok(((row.name("region")?, key), figure))
}

fn adjacent_price(row: &Row<'_>) -> Result<((String, String), Figure), Refused> {
    let item = row.name("item")?;
    // A free allowance costs nothing; what the model bills does not.
    let rate = if Adjacent::from_id(&item).is_some() {
        row.price("usd")?
    } else {
        row.read("usd", "a price, at most 100000 dollars", Rate::parse)?
    };
    let origin = row.origin()?;
    Ok(((row.name("region")?, item), Figure { rate, origin }))
}
