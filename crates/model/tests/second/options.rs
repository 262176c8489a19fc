//! Every option of a service, and the one to take: rules 1, 2, 5 and 20, and who can run what.

use berth_model::needs::Need;
use berth_model::option::{OptionId, Place, Purchase};
use berth_model::platform::{Arch, Os};
use berth_model::prices::PriceBook;
use berth_model::scenario::{Scenario, Service, Sizing};

use super::commitments::Usage;
use super::fleet::Shape;
use super::rational::Exact;
use super::trust::Trust;
use super::{fargate, instances};

/// What is asked.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    /// Everything that a person set.
    pub(crate) scenario: &'a Scenario,
    /// The service.
    pub(crate) service: &'a Service,
    /// The region's prices, the scenario's own among them.
    pub(crate) book: &'a PriceBook,
    /// Which of them decide.
    pub(crate) trust: &'a Trust,
}

/// What came of an option.
#[derive(Clone, Debug)]
pub(crate) enum Outcome {
    /// It cannot run the service.
    NotEligible,
    /// A price is missing.
    NoPrice,
    /// It costs so much.
    Priced(Box<Priced>),
}

/// What an option costs.
#[derive(Clone, Debug)]
pub(crate) struct Priced {
    /// US dollars a month.
    pub(crate) total: Exact,
    /// The least that prices and rounding leave open.
    pub(crate) low: Exact,
    /// The most.
    pub(crate) high: Exact,
    /// Whether its prices may decide.
    pub(crate) decides: bool,
    /// Most instances at a time.
    pub(crate) peak: i128,
}

impl Priced {
    /// An option without a range.
    pub(crate) fn new(total: Exact, decides: bool, peak: i128) -> Self {
        Self {
            low: total.clone(),
            high: total.clone(),
            total,
            decides,
            peak,
        }
    }

    /// Makes the range hold another's.
    pub(crate) fn widen(&mut self, other: &Self) {
        if other.low < self.low {
            self.low = other.low.clone();
        }
        if other.high > self.high {
            self.high = other.high.clone();
        }
    }
}

impl Context<'_> {
    /// Hours of a month.
    pub(crate) fn month(&self) -> i128 {
        self.scenario.hours_per_month.get().into()
    }

    /// The discount, in hundredths of a percent.
    pub(crate) fn discount(&self) -> i128 {
        self.scenario.pricing.discount.hundredths().into()
    }

    /// How many instances might be reserved.
    pub(crate) fn reservations(&self, shape: &Shape) -> Vec<i128> {
        match self.scenario.sizing {
            Sizing::SteadyFloor => vec![shape.steady()],
            Sizing::None | Sizing::Cheapest => shape.levels(),
        }
    }

    /// What a plan commits to, in thousandths of a dollar an hour.
    pub(crate) fn amount(&self, usage: &Usage, cheapest: impl Fn(&Usage) -> i128) -> i128 {
        match self.scenario.sizing {
            Sizing::SteadyFloor => usage.floor(),
            Sizing::None | Sizing::Cheapest => cheapest(usage),
        }
    }
}

/// Every option with what came of it, in the order of the report.
pub(crate) fn evaluate(context: Context<'_>) -> Vec<(OptionId, Outcome)> {
    let mut on_fargate: Vec<(Arch, fargate::Case<'_>)> = Vec::new();
    let mut fleets: Vec<((Place, Arch), instances::Fleets<'_>)> = Vec::new();
    OptionId::all()
        .map(|option| {
            let OptionId {
                place,
                arch,
                purchase,
            } = option;
            let outcome = if !is_eligible(context.service, option) {
                Outcome::NotEligible
            } else if place == Place::Fargate {
                if !on_fargate.iter().any(|(other, _)| *other == arch) {
                    on_fargate.push((arch, fargate::Case::new(context, arch)));
                }
                let case = on_fargate.iter().find(|(other, _)| *other == arch);
                case.expect("made above").1.outcome(purchase)
            } else {
                let key = (place, arch);
                if !fleets.iter().any(|(other, _)| *other == key) {
                    fleets.push((key, instances::Fleets::new(context, place, arch)));
                }
                let case = fleets.iter().find(|(other, _)| *other == key);
                case.expect("made above").1.outcome(purchase)
            };
            (option, outcome)
        })
        .collect()
}

/// The option to take: the cheapest of those that decide and commit to no more than is compared,
/// then fewer instances, then the order of the report.
pub(crate) fn winner(scenario: &Scenario, outcomes: &[(OptionId, Outcome)]) -> Option<OptionId> {
    let within = |option: OptionId| match option.purchase {
        Purchase::Committed(commitment) => scenario.max_commitment.allows(commitment.term),
        Purchase::OnDemand | Purchase::SpotMix => true,
    };
    let contenders = outcomes
        .iter()
        .filter_map(|(option, outcome)| match outcome {
            Outcome::Priced(priced) if priced.decides && within(*option) => Some((*option, priced)),
            _ => None,
        });
    let best = contenders.min_by(|(_, a), (_, b)| a.total.cmp(&b.total).then(a.peak.cmp(&b.peak)));
    best.map(|(option, _)| option)
}

/// Whether a place, an architecture and a purchase can run a service at all.
fn is_eligible(service: &Service, option: OptionId) -> bool {
    let spot = option.purchase == Purchase::SpotMix;
    let architecture =
        service.arch.allows(option.arch) && (service.os == Os::Linux || option.arch == Arch::X86);
    service.places.has(option.place)
        && architecture
        && (!spot || service.spot.is_some())
        && meets_size(service, option.place, spot)
        && service
            .needs
            .iter()
            .all(|need| meets(need, option.place, spot))
}

/// Requirements that follow from other inputs.
fn meets_size(service: &Service, place: Place, spot: bool) -> bool {
    let task = &service.task;
    let windows = service.os == Os::Windows;
    if windows && task.gpu.is_some() {
        return false;
    }
    // FSx for Windows, and volumes of Windows containers, are for Windows containers alone.
    let of_windows = [Need::FsxWindows, Need::WindowsStorage];
    if !windows && of_windows.iter().any(|&need| service.needs.has(need)) {
        return false;
    }
    match place {
        Place::Fargate => {
            let small = task.vcpu.grains() <= 32 * 128_000 && task.memory.grains() <= 244 * 128_000;
            let scratch = !windows || task.ephemeral.get() <= 200;
            small && scratch && task.gpu.is_none() && !(windows && spot)
        }
        Place::Ec2 => true,
        Place::ManagedInstances => !windows,
    }
}

/// The table of stated requirements, as `ecs-facts` has it; Managed Instances on Spot are as
/// little spared and reserved as EC2 on Spot.
fn meets(need: Need, place: Place, spot: bool) -> bool {
    let cells = match need {
        Need::Neuron => [false, false, false, false, true, true],
        Need::Privileged
        | Need::HostNamespaces
        | Need::AgentPerHost
        | Need::PlacementConstraint => [false, false, true, true, true, true],
        Need::BridgeOrDockerVolumes
        | Need::CustomAmi
        | Need::DaemonService
        | Need::PlacementStrategy
        | Need::FsxWindows
        | Need::WindowsStorage
        | Need::FipsHost => [false, false, true, true, false, false],
        Need::VmIsolation => [true, true, true, true, true, true],
        Need::Uninterrupted => [true, false, true, false, true, false],
        Need::RunsOver14Days => [true, false, true, false, false, false],
        Need::ReservedCapacity => [false, false, true, false, true, false],
        Need::S3Files | Need::NoHostManagement => [true, true, false, false, true, true],
        Need::PublicIp => [true, true, false, false, false, false],
        Need::GuardDuty => [true, true, true, true, false, false],
    };
    let column = match place {
        Place::Fargate => 0,
        Place::Ec2 => 2,
        Place::ManagedInstances => 4,
    };
    cells[column + usize::from(spot)]
}
