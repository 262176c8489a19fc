//! Services of a cluster on instances: which of them share a fleet, and what the fleets cost.

use super::partition::{self, Known};
use super::timeline::Timeline;
use crate::fleet::crowd::Crowd;
use crate::fleet::price::Fleet;
use crate::fleet::{Operator, Rules};
use crate::load::Pattern;
use crate::money::Usd;
use crate::needs::Need;
use crate::option::{OptionId, Place, Purchase};
use crate::platform::{Arch, Os};
use crate::prices::PriceBook;
use crate::report::{Capacity, Outcome};
use crate::scenario::{GpuModel, Scenario, Service};

/// What fleets of one place and architecture are built of.
#[derive(Clone, Copy)]
pub(super) struct Ground<'c, 'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) book: &'a PriceBook,
    pub(super) services: &'c [&'a Service],
    pub(super) timeline: &'c Timeline,
    pub(super) place: Place,
    pub(super) arch: Arch,
}

/// Services that stand on one fleet, and when.
pub(super) struct Block {
    services: Vec<usize>,
    pattern: Pattern,
    /// Tasks of each in each level of the pattern; empty of jobs.
    levels: Vec<Vec<u32>>,
}

/// What services must have in common to stand on the same instances: a type with GPUs is not for
/// tasks that ask for none (rule 8), and an instance runs one system.
#[derive(Clone, PartialEq, Eq)]
struct Kin {
    os: Os,
    gpu: Option<(bool, Option<GpuModel>)>,
    neuron: bool,
}

impl Kin {
    fn of(service: &Service) -> Self {
        let gpu = service.task.gpu.as_ref();
        Self {
            os: service.os,
            gpu: gpu.map(|gpu| (gpu.count.whole().is_some(), gpu.model.clone())),
            neuron: service.needs.has(Need::Neuron),
        }
    }
}

impl<'a> Ground<'_, 'a> {
    /// Which of some services share a fleet, as it is cheapest at on-demand prices.
    ///
    /// Services of jobs have a provider of their own, which scales with their runs (rule 17).
    pub(super) fn divide(self, services: &[usize]) -> Vec<Block> {
        let blocks = self.divide_knowing(services, &mut Known::new());
        blocks
            .into_iter()
            .filter_map(|services| self.block(services))
            .collect()
    }

    /// The same, as indices of services, where what fleets of this ground cost on-demand is known
    /// in part.
    pub(super) fn divide_knowing(self, services: &[usize], known: &mut Known) -> Vec<Vec<usize>> {
        let mut blocks: Vec<Vec<usize>> = Vec::new();
        let mut kins: Vec<(Kin, Vec<usize>)> = Vec::new();
        for &index in services {
            let Some(service) = self.services.get(index) else {
                continue;
            };
            if !self.timeline.hourly.contains(&index) {
                blocks.push(vec![index]);
                continue;
            }
            let kin = Kin::of(service);
            match kins.iter_mut().find(|(known, _)| *known == kin) {
                Some((_, of_it)) => of_it.push(index),
                None => kins.push((kin, vec![index])),
            }
        }
        for (_, of_it) in kins {
            if of_it.len() == 1 {
                blocks.push(of_it);
                continue;
            }
            let mut cost = |services: &[usize]| -> Option<Usd> {
                let block = self.block(services.to_vec())?;
                match self.fleet(&block)?.price(Purchase::OnDemand) {
                    Outcome::Priced(priced) => Some(priced.total),
                    _ => None,
                }
            };
            let divided = partition::cheapest(self.services, &of_it, known, &mut cost);
            // Without a division, one alone says what is missing.
            blocks.extend(divided.unwrap_or_else(|| of_it.iter().map(|&one| vec![one]).collect()));
        }
        blocks
    }

    pub(super) fn block(self, services: Vec<usize>) -> Option<Block> {
        let (pattern, levels) = if let Some(together) = self.timeline.together(&services) {
            together
        } else {
            let service = *self.services.get(*services.first()?)?;
            let pattern = Pattern::of_service(self.scenario, service, self.arch);
            let elsewhere = self.timeline.elsewhere(*services.first()?);
            (pattern.beyond(elsewhere), Vec::new())
        };
        Some(Block {
            services,
            pattern,
            levels,
        })
    }

    /// The fleet of a block: its candidates are found once, and priced for every purchase.
    pub(super) fn fleet<'b>(self, block: &'b Block) -> Option<BlockFleet<'b>>
    where
        'a: 'b,
    {
        let operator = Operator::of(self.place);
        let services = block.services.iter().map(|&index| {
            let service: &'b Service = self.services.get(index)?;
            Some(service)
        });
        let services: Vec<&'b Service> = services.collect::<Option<_>>()?;
        let rules = services.iter().map(|service| {
            Rules::new(operator, &self.scenario.fleet, service).sized(self.scenario.sizing)
        });
        let crowd = Crowd::of(rules, &block.levels)?;
        let fleet = Fleet::of(self.scenario, crowd, self.book, &block.pattern, self.arch);
        Some(BlockFleet {
            takes_spot: services.iter().any(|service| service.spot.is_some()),
            services: &block.services,
            fleet: fleet.in_a_cluster(),
            option: OptionId {
                place: self.place,
                arch: self.arch,
                purchase: Purchase::OnDemand,
            },
        })
    }
}

/// The fleet of a block of services.
pub(super) struct BlockFleet<'b> {
    fleet: Fleet<'b>,
    services: &'b [usize],
    takes_spot: bool,
    option: OptionId,
}

impl BlockFleet<'_> {
    /// What it costs under a purchase.
    pub(super) fn price(&self, purchase: Purchase) -> Outcome {
        let purchase = match purchase {
            // A Spot mix of services that take no Spot is their on-demand capacity.
            Purchase::SpotMix if !self.takes_spot => Purchase::OnDemand,
            purchase => purchase,
        };
        let mut outcome = self.fleet.price(OptionId {
            purchase,
            ..self.option
        });
        if let Outcome::Priced(priced) = &mut outcome
            && let Capacity::Fleet(fleet) = &mut priced.capacity
        {
            fleet.services = self.services.to_vec();
        }
        outcome
    }
}
