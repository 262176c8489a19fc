//! The fleet, instance by instance: which task stands where, what is left over, what that costs,
//! and how far the packing can be from the best one.
//!
//! A priced option says how many instances of which type it bills ([`FleetUse`](crate::fleet::price::FleetUse)). Here they are
//! packed again by the rules of the price (rules 9 to 13), in one level of the load, and kept: zone
//! by zone, instances that hold the same tasks as one entry. So there are as many instances here as
//! are billed in that level.

use crate::option::{OptionId, Place};
use crate::prices::PriceBook;
use crate::report::Priced;
use crate::scenario::Scenario;

mod amounts;
pub(crate) mod hours;
mod month;
mod pack;
mod rebuild;
mod shares;

pub use amounts::{Amount, Use, Uses};
pub use month::Month;
pub use shares::Shares;

use rebuild::Rebuilt;

/// When a fleet is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum When {
    /// Where most instances run: each fleet at its own peak.
    #[default]
    Peak,
    /// In one of the levels of its load, counted from 0; the last where there are fewer.
    Level(usize),
    /// In an hour of the week, 0 to 167; of jobs, which have no hours, the peak.
    Hour(u32),
}

/// How a fleet is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// When.
    pub when: When,
    /// Which of the types of a Spot leg, whose mean is billed, counted from 0; the last where there
    /// are fewer.
    pub spot_type: usize,
}

/// What the tasks of a priced option stand on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    /// Every fleet, in the order of the bill; none on Fargate.
    pub fleets: Vec<FleetPlacement>,
    /// What a month's instances cost, by what becomes of them; `None` on Fargate.
    pub month: Option<Month>,
}

/// One fleet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FleetPlacement {
    /// Who runs it.
    pub place: Place,
    /// Indices of the services that stand on it.
    pub services: Vec<usize>,
    /// The level of its load that is shown, and how many it has.
    pub level: usize,
    /// How many levels its load has.
    pub levels: usize,
    /// On-demand (or committed) and Spot, as the bill has them.
    pub legs: Vec<LegPlacement>,
}

/// The instances of one leg of a fleet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegPlacement {
    /// Whether they are Spot.
    pub spot: bool,
    /// Index of their type in the book.
    pub index: usize,
    /// How many types the leg's bill is the mean of; 1 but on Spot.
    pub types: usize,
    /// Tasks of each of the fleet's services.
    pub tasks: Vec<u64>,
    /// Zone by zone; a zone without instances is among them.
    pub zones: Vec<Zone>,
    /// What one instance is divided into before any task stands on it.
    pub each: Uses,
    /// What becomes of what all of them offer.
    pub uses: Uses,
    /// How many there are, and must be.
    pub bound: Bound,
}

/// How many instances of a type there are, and how many there must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// Instances that run.
    pub instances: u64,
    /// Instances without which these tasks cannot run, however they are packed: proven, for this
    /// type, these zones, the floor and the target.
    pub least: u64,
}

impl Bound {
    /// Instances that a better packing could save at the most.
    pub const fn gap(self) -> u64 {
        self.instances.saturating_sub(self.least)
    }
}

/// The instances of a leg in one zone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Zone {
    /// Instances that are alike are one entry, in the order in which packing opened them; those
    /// that stand empty come last.
    pub stands: Vec<Stand>,
}

impl Zone {
    /// How many instances stand in it.
    pub fn instances(&self) -> u64 {
        self.stands.iter().map(|stand| stand.instances).sum()
    }
}

/// Instances that hold the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stand {
    /// How many.
    pub instances: u64,
    /// Tasks on each of them: the index of their service, and how many.
    pub holds: Vec<(usize, u64)>,
    /// What each of them has left.
    pub left: Amount,
    /// Why they are there.
    pub why: Why,
}

/// Why an instance runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Tasks stand on it.
    Tasks,
    /// The fleet never falls below so many instances (rule 12).
    Floor,
    /// Managed scaling's target capacity keeps room free (rule 12).
    Target,
}

impl Placement {
    /// Where the tasks of a priced option stand, in a book that the scenario's own figures are in
    /// already. `alone` is the index of the service whose option it is; what a cluster shares names
    /// its services itself.
    pub fn of(
        scenario: &Scenario,
        book: &PriceBook,
        (option, priced): (OptionId, &Priced),
        alone: usize,
        view: View,
    ) -> Self {
        let used = priced.capacity.fleets();
        let fleets = used.iter().map(|used| {
            let rebuilt = Rebuilt::new(scenario, (option, used), alone);
            rebuilt.placement(book, view)
        });
        let fleets: Vec<FleetPlacement> = fleets.collect();
        let month =
            (!fleets.is_empty()).then(|| Month::of(scenario, book, (option, priced), alone));
        Self { fleets, month }
    }

    /// Every leg of every fleet.
    pub fn legs(&self) -> impl Iterator<Item = &LegPlacement> {
        self.fleets.iter().flat_map(|fleet| &fleet.legs)
    }

    /// Instances that run, of all fleets.
    pub fn instances(&self) -> u64 {
        self.legs().map(|leg| leg.bound.instances).sum()
    }
}
