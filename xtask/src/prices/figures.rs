//! What an importer hands on: the figures of one region, each with its origin.

use std::collections::{BTreeMap, BTreeSet};

use berth_model::date::Date;
use berth_model::money::Rate;
use berth_model::platform::{Arch, Os};
use berth_model::prices::{
    Adjacent, Advice, AdvisorColumn, Ec2Column, EniLimits, FargateDimension, FargatePrice, Gpus,
    Grade, InstanceType, Interruption, ManagedFee, PriceBook, Quote, Source, SourceId, Statistic,
};
use berth_model::purchase::PriceKind;

/// Where a figure comes from. Ordered by text first, so that a newer date moves no other source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Origin {
    pub(crate) text: String,
    pub(crate) grade: Grade,
    pub(crate) statistic: Option<Statistic>,
    pub(crate) date: Date,
    pub(crate) month_only: bool,
}

impl Origin {
    /// A figure computed or assumed from this one and, if any, a second: the older date of both.
    pub(crate) fn remark(&self, grade: Grade, remark: &str, other: Option<&Self>) -> Self {
        let mut origin = self.clone();
        origin.grade = grade;
        origin.text = format!("{} ({remark})", self.text);
        if let Some(other) = other {
            origin.text = format!("{}; {}", origin.text, other.text);
            if other.date < origin.date {
                origin.date = other.date;
                origin.month_only = other.month_only;
            }
        }
        origin
    }
}

impl From<&Source> for Origin {
    fn from(source: &Source) -> Self {
        Self {
            text: source.text.to_string(),
            grade: source.grade,
            statistic: source.statistic,
            date: source.date,
            month_only: source.month_only,
        }
    }
}

/// A price and its origin.
#[derive(Clone, Debug)]
pub(crate) struct Figure {
    pub(crate) rate: Rate,
    pub(crate) origin: Origin,
}

/// What a type offers, and where that is stated.
#[derive(Clone, Debug)]
pub(crate) struct Spec {
    pub(crate) arch: Arch,
    pub(crate) vcpu: u16,
    pub(crate) memory_mib: u32,
    pub(crate) burstable: bool,
    pub(crate) bare_metal: bool,
    pub(crate) gpus: Option<Gpus>,
    pub(crate) accelerator: Option<Box<str>>,
    pub(crate) origin: Origin,
    pub(crate) eni: Eni,
    pub(crate) managed_instances: bool,
}

/// Task limits in `awsvpc` mode, and where they are stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Eni {
    pub(crate) without_trunking: u16,
    pub(crate) with_trunking: Option<u16>,
    pub(crate) origin: Origin,
}

/// What the Spot Instance Advisor says of a type, and where that is stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AdviceRow {
    pub(crate) saving_percent: u8,
    pub(crate) interruption: Interruption,
    pub(crate) origin: Origin,
}

/// What a price of Fargate is for.
pub(crate) type FargateKey = (Os, Option<Arch>, PriceKind, FargateDimension);

/// The figures of one region.
#[derive(Clone, Debug)]
pub(crate) struct Figures {
    pub(crate) region: String,
    pub(crate) types: BTreeMap<String, Spec>,
    pub(crate) managed_types: Origin,
    pub(crate) ec2: BTreeMap<(Os, PriceKind), BTreeMap<String, Figure>>,
    /// Of committed rates, the part that is paid in advance, where a source says so.
    pub(crate) upfront: BTreeMap<(Os, PriceKind), BTreeMap<String, Rate>>,
    /// What the Spot Instance Advisor says, by system and type.
    pub(crate) advisor: BTreeMap<Os, BTreeMap<String, AdviceRow>>,
    pub(crate) fargate: BTreeMap<FargateKey, Figure>,
    pub(crate) fees: BTreeMap<String, Figure>,
    pub(crate) adjacent: BTreeMap<Adjacent, Figure>,
    /// What the tables hold for the region and the book does not, with the reason.
    pub(crate) left_out: Vec<String>,
}

impl Figures {
    /// The figures that a book was made from. `None` where a figure names a source that the book does not list, which
    /// a book that was read never does.
    pub(crate) fn from_book(book: &PriceBook) -> Option<Self> {
        let origin = |id: SourceId| book.source(id).map(Origin::from);
        let figure = |quote: Quote| {
            Some(Figure {
                rate: quote.rate,
                origin: origin(quote.source)?,
            })
        };
        let types = book.types.iter().map(|instance| {
            let spec = Spec {
                arch: instance.arch,
                vcpu: instance.vcpu,
                memory_mib: instance.memory_mib,
                burstable: instance.burstable,
                bare_metal: instance.bare_metal,
                gpus: instance.gpus.clone(),
                accelerator: instance.accelerator.clone(),
                origin: origin(instance.specs)?,
                eni: Eni {
                    without_trunking: instance.eni.without_trunking,
                    with_trunking: instance.eni.with_trunking,
                    origin: origin(instance.eni.source)?,
                },
                managed_instances: instance.managed_instances,
            };
            Some((instance.name.to_string(), spec))
        });
        let ec2 = book.ec2.iter().map(|column| {
            let quotes = book.types.iter().zip(&column.quotes);
            let prices = quotes.filter_map(|(instance, quote)| Some((instance, (*quote)?)));
            let prices = prices
                .map(|(instance, quote)| Some((instance.name.to_string(), figure(quote)?)))
                .collect::<Option<BTreeMap<_, _>>>()?;
            Some(((column.os, column.kind), prices))
        });
        let upfront = book.ec2.iter().filter_map(|column| {
            let parts = book.types.iter().zip(&column.upfront);
            let parts: BTreeMap<String, Rate> = parts
                .filter_map(|(instance, part)| Some((instance.name.to_string(), (*part)?)))
                .collect();
            (!parts.is_empty()).then_some(((column.os, column.kind), parts))
        });
        let advisor = book.advisor.iter().map(|column| {
            let rows = book.types.iter().zip(&column.rows);
            let rows = rows.filter_map(|(instance, row)| Some((instance, (*row)?)));
            let rows = rows.map(|(instance, row)| {
                let row = AdviceRow {
                    saving_percent: row.saving_percent,
                    interruption: row.interruption,
                    origin: origin(row.source)?,
                };
                Some((instance.name.to_string(), row))
            });
            Some((column.os, rows.collect::<Option<_>>()?))
        });
        let fargate = book.fargate.iter().map(|price| {
            let key = (price.os, price.arch, price.kind, price.dimension);
            Some((key, figure(price.quote)?))
        });
        let fees = book.managed_fees.iter();
        let fees = fees.map(|fee| Some((fee.family_letters.to_string(), figure(fee.ratio)?)));
        let adjacent = book.adjacent.iter();
        let adjacent = adjacent.map(|(item, quote)| Some((*item, figure(*quote)?)));
        Some(Self {
            region: book.region.to_string(),
            types: types.collect::<Option<_>>()?,
            managed_types: origin(book.managed_types)?,
            ec2: ec2.collect::<Option<_>>()?,
            upfront: upfront.collect(),
            advisor: advisor.collect::<Option<_>>()?,
            fargate: fargate.collect::<Option<_>>()?,
            fees: fees.collect::<Option<_>>()?,
            adjacent: adjacent.collect::<Option<_>>()?,
            left_out: Vec::new(),
        })
    }

    /// The book of these figures.
    pub(crate) fn into_book(self) -> PriceBook {
        let origins = self.origins();
        let id = |origin: &Origin| {
            let index = origins.iter().position(|known| known == origin);
            SourceId::new(
                index
                    .and_then(|index| u16::try_from(index).ok())
                    .unwrap_or(u16::MAX),
            )
        };
        let quote = |figure: &Figure| Quote {
            rate: figure.rate,
            source: id(&figure.origin),
        };
        let ec2 = self.ec2.iter().map(|((os, kind), prices)| Ec2Column {
            os: *os,
            kind: *kind,
            quotes: self
                .types
                .keys()
                .map(|name| prices.get(name).map(quote))
                .collect(),
            upfront: self.upfront(*os, *kind),
            set_aside: Vec::new(),
        });
        let advisor = self.advisor.iter().map(|(os, rows)| AdvisorColumn {
            os: *os,
            rows: self
                .types
                .keys()
                .map(|name| {
                    let row = rows.get(name)?;
                    Some(Advice {
                        saving_percent: row.saving_percent,
                        interruption: row.interruption,
                        source: id(&row.origin),
                    })
                })
                .collect(),
        });
        let types = self.types.iter().map(|(name, spec)| InstanceType {
            name: name.as_str().into(),
            arch: spec.arch,
            vcpu: spec.vcpu,
            memory_mib: spec.memory_mib,
            specs: id(&spec.origin),
            burstable: spec.burstable,
            bare_metal: spec.bare_metal,
            gpus: spec.gpus.clone(),
            accelerator: spec.accelerator.clone(),
            eni: EniLimits {
                without_trunking: spec.eni.without_trunking,
                with_trunking: spec.eni.with_trunking,
                source: id(&spec.eni.origin),
            },
            managed_instances: spec.managed_instances,
        });
        let fargate = self.fargate.iter().map(|(key, figure)| {
            let (os, arch, kind, dimension) = *key;
            FargatePrice {
                os,
                arch,
                kind,
                dimension,
                quote: quote(figure),
            }
        });
        let fees = self.fees.iter().map(|(letters, figure)| ManagedFee {
            family_letters: letters.as_str().into(),
            ratio: quote(figure),
        });
        let adjacent = self.adjacent.iter();
        PriceBook {
            region: self.region.as_str().into(),
            types: types.collect(),
            managed_types: id(&self.managed_types),
            ec2: ec2.collect(),
            advisor: advisor.collect(),
            fargate: fargate.collect(),
            managed_fees: fees.collect(),
            adjacent: adjacent
                .map(|(item, figure)| (*item, quote(figure)))
                .collect(),
            sources: origins.iter().map(source).collect(),
            newest_spot: None,
        }
    }

    /// The parts in advance of a column, one per type; none at all where no source says any.
    fn upfront(&self, os: Os, kind: PriceKind) -> Vec<Option<Rate>> {
        let Some(parts) = self
            .upfront
            .get(&(os, kind))
            .filter(|parts| !parts.is_empty())
        else {
            return Vec::new();
        };
        let part = |name: &String| parts.get(name).copied();
        self.types.keys().map(part).collect()
    }

    /// Every origin that a figure names, once, in order.
    fn origins(&self) -> BTreeSet<Origin> {
        let prices = self.ec2.values().flat_map(BTreeMap::values);
        let figures = prices
            .chain(self.fargate.values())
            .chain(self.fees.values())
            .chain(self.adjacent.values())
            .map(|figure| &figure.origin);
        let advisor = self.advisor.values().flat_map(BTreeMap::values);
        let specs = self.types.values();
        specs
            .flat_map(|spec| [&spec.origin, &spec.eni.origin])
            .chain(figures)
            .chain(advisor.map(|row| &row.origin))
            .chain([&self.managed_types])
            .cloned()
            .collect()
    }
}

fn source(origin: &Origin) -> Source {
    Source {
        date: origin.date,
        month_only: origin.month_only,
        grade: origin.grade,
        statistic: origin.statistic,
        text: origin.text.clone().into(),
    }
}
