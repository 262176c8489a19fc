//! What wins, and what it costs, over many scenarios that differ in little: the types that a fleet
//! may be built of are found once and not for every one, and no bill is kept.
//!
//! It comes to what [`evaluate_service`](crate::evaluate_service) does, to the last digit that
//! counts: the same options may win at the same totals (`tests/sweep.rs`). Where an answer rests
//! on more than this looks at (commitments that are owned), it is taken from there.

use crate::decision;
use crate::eligibility::{Class, Gate, obstacles};
use crate::fargate::price::Tasks;
use crate::fleet::crowd::Crowd;
use crate::fleet::free::FreeRoom;
use crate::fleet::ground::Ground;
use crate::fleet::price::Fleet;
use crate::fleet::{Operator, Rules};
use crate::load::Pattern;
use crate::money::Usd;
use crate::option::{OptionId, Place, Purchase};
use crate::platform::Arch;
use crate::prices::PriceBook;
use crate::report::{Outcome, ServiceAnswer, evaluate_contenders, is_within_commitment};
use crate::scenario::{MaxCommitment, Scenario, Service};

/// What an option that may win comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Which.
    pub option: OptionId,
    /// US dollars a month.
    pub total: Usd,
    /// Most instances that run at a time; none on Fargate.
    pub peak: u64,
}

/// Every option of a service that may win, in the order of the report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Race {
    standings: Vec<Standing>,
}

impl Race {
    /// What an answer says of the options that may win.
    pub fn of(answer: &ServiceAnswer) -> Self {
        let standings = answer.options.iter().filter_map(|report| {
            let priced = report.deciding()?;
            Some(Standing {
                option: report.option,
                total: priced.total,
                peak: decision::peak_instances(priced),
            })
        });
        Self {
            standings: standings.collect(),
        }
    }

    /// The options, in the order of the report.
    pub fn standings(&self) -> &[Standing] {
        &self.standings
    }

    /// The cheapest option that passes `filter`, by rule 5.
    pub fn cheapest(&self, filter: impl Fn(OptionId) -> bool) -> Option<Standing> {
        let passing = self.standings.iter().copied();
        let passing: Vec<Standing> = passing.filter(|one| filter(one.option)).collect();
        decision::first(passing.into_iter(), |one| one.total, |one| one.peak)
    }

    /// The option to take; `None` where none can run the service at a known price.
    pub fn best(&self) -> Option<Standing> {
        self.cheapest(|_| true)
    }

    /// The cheapest option of each place, in the order of [`Place::ALL`].
    pub fn places(&self) -> [Option<Standing>; 3] {
        [Place::Fargate, Place::Ec2, Place::ManagedInstances]
            .map(|place| self.cheapest(|option| option.place == place))
    }
}

/// What many races share. Made once, and asked for one after the other.
#[derive(Debug, Default)]
pub struct Sweep {
    grounds: Vec<Ground>,
    edition: u32,
}

impl Sweep {
    /// Says that the book of the next race has other prices than that of the last. Its types are
    /// the same, and the same of them have prices that may decide.
    pub fn reprice(&mut self) {
        self.edition = self.edition.wrapping_add(1);
    }

    /// What the options of a service come to that may win, from a book that the scenario's own
    /// figures are in. It is the book of the race before, or the same at other prices
    /// ([`Self::reprice`]).
    pub fn race(&mut self, scenario: &Scenario, service: &Service, book: &PriceBook) -> Race {
        if scenario.owned.has_commitments() {
            return Race::of(&evaluate_contenders(scenario, service, book));
        }
        let x86 = Pattern::of_service(scenario, service, Arch::X86);
        let factors = scenario.task_factors;
        let arm = if factors.x86 == factors.arm {
            x86.clone()
        } else {
            Pattern::of_service(scenario, service, Arch::Arm)
        };
        // Room that is there already is on instances of one's own.
        let free = FreeRoom::of(&scenario.owned).tasks(service);
        let gates = Class::ALL
            .iter()
            .map(|&class| Gate::of(service, &scenario.region, class));
        let gates: Vec<Gate> = gates.collect();
        let mut race = Race::default();
        for &place in Place::ALL {
            for (arch, pattern) in [(Arch::X86, &x86), (Arch::Arm, &arm)] {
                let wanted = Wanted::of(scenario, service, &gates, (place, arch));
                if wanted.is_nothing() {
                    continue;
                }
                let case = Case {
                    scenario,
                    service,
                    book,
                    place,
                    arch,
                };
                let standings = &mut race.standings;
                if place == Place::Fargate {
                    case.fargate(&wanted, pattern, standings);
                    continue;
                }
                let beyond;
                let pattern = if place == Place::Ec2 && free > 0 {
                    beyond = pattern.clone().beyond(free);
                    &beyond
                } else {
                    pattern
                };
                if !case.fleet(&wanted, pattern, self, standings) {
                    // Prices at which no short cut holds.
                    return Race::of(&evaluate_contenders(scenario, service, book));
                }
            }
        }
        race
    }

    /// The types for a fleet, found anew where those that are known are for another.
    fn ground(&mut self, rules: &Rules<'_>, arch: Arch, book: &PriceBook) -> Option<&mut Ground> {
        let known = |ground: &Ground| ground.is_at(rules.operator(), arch);
        let place = self.grounds.iter().position(known).unwrap_or_else(|| {
            self.grounds.push(Ground::new(rules, arch, book));
            self.grounds.len() - 1
        });
        let ground = self.grounds.get_mut(place)?;
        if !ground.is_for(rules, arch) {
            *ground = Ground::new(rules, arch, book);
        }
        Some(ground)
    }
}

/// The purchases of a place and architecture that nothing stands in the way of.
struct Wanted {
    on_demand: bool,
    spot: bool,
    committed: Vec<OptionId>,
}

impl Wanted {
    fn of(
        scenario: &Scenario,
        service: &Service,
        gates: &[Gate],
        (place, arch): (Place, Arch),
    ) -> Self {
        let option = |purchase| OptionId {
            place,
            arch,
            purchase,
        };
        let is_open = |purchase| {
            let option = option(purchase);
            let gate = gates.get(option.class() as usize);
            gate.is_some_and(|gate| obstacles(service, option, gate).is_empty())
        };
        let on_demand = is_open(Purchase::OnDemand);
        let committed = if on_demand && scenario.max_commitment != MaxCommitment::None {
            let all = OptionId::all().filter(|option| {
                (option.place, option.arch) == (place, arch)
                    && matches!(option.purchase, Purchase::Committed(_))
                    && is_within_commitment(scenario, *option)
            });
            all.collect()
        } else {
            Vec::new()
        };
        Self {
            on_demand,
            spot: service.spot.is_some() && is_open(Purchase::SpotMix),
            committed,
        }
    }

    const fn is_nothing(&self) -> bool {
        !self.on_demand && !self.spot
    }
}

/// A service in one place, on one architecture.
struct Case<'a> {
    scenario: &'a Scenario,
    service: &'a Service,
    book: &'a PriceBook,
    place: Place,
    arch: Arch,
}

impl Case<'_> {
    fn option(&self, purchase: Purchase) -> OptionId {
        OptionId {
            place: self.place,
            arch: self.arch,
            purchase,
        }
    }

    fn fargate(&self, wanted: &Wanted, pattern: &Pattern, standings: &mut Vec<Standing>) {
        let &Self {
            scenario,
            service,
            book,
            arch,
            ..
        } = self;
        let tasks = Tasks::new(scenario, service, book, pattern, arch);
        let mut add = |purchase| {
            if let Some(total) = deciding(&tasks.price(purchase)) {
                standings.push(Standing {
                    option: self.option(purchase),
                    total,
                    peak: 0,
                });
            }
        };
        if wanted.on_demand {
            add(Purchase::OnDemand);
        }
        if wanted.spot {
            add(Purchase::SpotMix);
        }
        for option in &wanted.committed {
            add(option.purchase);
        }
    }

    /// `false` where prices are such that this does not come to what an answer does.
    fn fleet(
        &self,
        wanted: &Wanted,
        pattern: &Pattern,
        sweep: &mut Sweep,
        standings: &mut Vec<Standing>,
    ) -> bool {
        let &Self {
            scenario,
            service,
            book,
            place,
            arch,
        } = self;
        let edition = sweep.edition;
        let operator = Operator::of(place);
        let rules = Rules::new(operator, &scenario.fleet, service)
            .sized(scenario.sizing)
            .packed(scenario.packing);
        let fleet = Fleet::bare(scenario, Crowd::alone(rules), book, pattern);
        let Some(ground) = sweep.ground(&rules, arch, book) else {
            return false;
        };
        if !fleet.prepare(&rules, ground, edition) {
            return false;
        }
        let mut add = |purchase, standing: Option<(Usd, u64)>| {
            if let Some((total, peak)) = standing {
                let option = self.option(purchase);
                standings.push(Standing {
                    option,
                    total,
                    peak,
                });
            }
        };
        if wanted.on_demand {
            add(Purchase::OnDemand, fleet.contend(&rules, ground));
        }
        if wanted.spot {
            add(Purchase::SpotMix, fleet.contend_with_spot(&rules, ground));
        }
        if !wanted.committed.is_empty() {
            let fleet = Fleet::new(scenario, service, book, pattern, (operator, arch));
            for option in &wanted.committed {
                if let Outcome::Priced(priced) = fleet.price(*option)
                    && priced.set_aside.is_none()
                {
                    let peak = decision::peak_instances(&priced);
                    add(option.purchase, Some((priced.total, peak)));
                }
            }
        }
        true
    }
}

fn deciding(outcome: &Outcome) -> Option<Usd> {
    match outcome {
        Outcome::Priced(priced) if priced.set_aside.is_none() => Some(priced.total),
        _ => None,
    }
}
