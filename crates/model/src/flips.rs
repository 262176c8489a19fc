//! Flips: a study of the values at which another option wins, input by input.
//!
//! Every input that can change a verdict is changed by itself, and the rest stays. Inputs that are
//! numbers are searched in both directions for the nearest value at which another option wins, and
//! for the nearest at which another place does; the others are tried choice by choice.
//!
//! What is guaranteed of a number, once the study is done:
//!
//! - At the value another option wins, by a cent or more; one step before it none does yet ([`Flip::before`]). Of a
//!   flip to another place, one step before it no other place does.
//! - [`Nearness::Proven`]: every value between it and the present one was tried, and none flips the
//!   answer. All values up to 32 steps away are tried one by one, so a flip among them is found,
//!   and proven; but for inputs of which the first eight probes and the last value change no cost.
//! - [`Nearness::Found`]: further out, probes that grow by a half and a third, then halving, then
//!   the 16 values before the flip one by one. A flip that lies alone between two probes can be
//!   passed over.
//!
//! Steps are one of what is counted, and of what is measured what people write: a quarter of a
//! vCPU, half a GiB, a tenth of a minute or of a percent. Nothing is sought of inputs that add the
//! same to every option (load balancer, logs, data between zones), or that change no bill (the
//! name, the smallest saving). Own prices, daemons, and names that are typed are not varied.

use crate::inputs::{self, InputId};
use crate::money::Usd;
use crate::needs::Need;
use crate::option::{OptionId, Place};
use crate::order;
use crate::prices::PriceBook;
use crate::report::{Outcome, ServiceAnswer, SetAside, evaluate_points};
use crate::scenario::{Region, Scenario};

mod axis;
mod choices;
mod nearness;
mod outward;

pub use crate::curve::Progress;

use axis::Axis;
use choices::Choice;
use outward::{Effect, Outward, Stage};

/// What a flip changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// An input that is a number.
    Number,
    /// An input that is a choice, a switch or a list.
    Value,
    /// A need that is then stated, or no longer.
    Need(Need, bool),
    /// A place that is then allowed, or no longer.
    Place(Place, bool),
    /// A family of instance types that is then left out.
    WithoutFamily(String),
    /// The region.
    Region,
}

/// Whether a nearer value may flip the answer too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nearness {
    /// None does: every value between was tried. So is a choice, which has no nearer one.
    Proven,
    /// None of those that were tried.
    Found,
}

/// What becomes of the option that wins at present.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Former {
    /// None wins at present.
    None,
    /// It then costs so much more than the new winner, in US dollars a month.
    Costs(Usd),
    /// It then cannot run the service.
    CannotRun,
    /// It then has no price.
    NoPrice,
    /// It is then priced, and may not win.
    ShownOnly(SetAside),
    /// It commits to more than is then compared.
    BeyondCommitment,
}

/// A value of an input at which another option wins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flip {
    /// The input.
    pub input: InputId,
    /// What of it changes.
    pub what: What,
    /// Its present value, as the input takes it.
    pub from: String,
    /// The value at which another option wins.
    pub to: String,
    /// The value one step before that, at which none does yet; of what is no number the present
    /// one.
    pub before: String,
    /// The option that wins at present; `None` where none can.
    pub present: Option<OptionId>,
    /// The one that then wins.
    pub winner: OptionId,
    /// What the new winner then costs, in US dollars a month.
    pub total: Usd,
    /// What then becomes of the present winner.
    pub former: Former,
    /// Whether a nearer value may flip the answer too.
    pub nearness: Nearness,
    /// How near it is, in thousandths; see the order of [`Flips::flips`].
    pub distance: u32,
}

impl Flip {
    /// Whether another place wins, and not just another architecture or purchase.
    pub fn changes_place(&self) -> bool {
        self.present.map(|option| option.place) != Some(self.winner.place)
    }

    /// The scenario with this change.
    pub fn scenario(&self, scenario: &Scenario, service: usize) -> Scenario {
        // Every value was set once, so it can be set again.
        inputs::set(scenario, service, self.input, &self.to).unwrap_or_else(|_| scenario.clone())
    }
}

/// Where a value leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Landing {
    winner: OptionId,
    total: Usd,
    former: Former,
}

impl Landing {
    /// Whether the present winner costs as much to the cent: then nobody would change for it.
    fn is_a_tie(&self) -> bool {
        match self.former {
            Former::Costs(more) => more.rounded_to_cents() == Usd::ZERO,
            _ => false,
        }
    }

    fn is_in_the_place_of(&self, other: Option<OptionId>) -> bool {
        other.is_some_and(|other| other.place == self.winner.place)
    }
}

/// The answer as it is.
#[derive(Clone, Debug)]
struct Present {
    winner: Option<OptionId>,
    totals: Vec<Option<Usd>>,
}

/// One direction of an input, as far as it is searched.
#[derive(Clone, Debug)]
struct Way {
    axis: Axis,
    search: Outward,
    landings: Vec<(u32, Landing)>,
}

/// The study. [`Self::step`] it until it is done; what it has found can be shown at any time.
#[derive(Clone, Debug)]
pub struct Flips {
    scenario: Scenario,
    service: usize,
    present: Option<Present>,
    /// The last of the list is tried first.
    waiting: Vec<Choice>,
    chosen: Vec<Flip>,
    ways: Vec<Way>,
    stage: Option<Stage>,
    way: usize,
    tried: usize,
    inputs: usize,
    looked_elsewhere: bool,
}

impl Flips {
    /// A study of a scenario's service.
    pub fn new(scenario: &Scenario, service: usize) -> Self {
        let axes = InputId::ALL
            .iter()
            .flat_map(|&input| Axis::of(scenario, service, input));
        let ways: Vec<Way> = axes
            .map(|axis| Way {
                search: Outward::new(axis.last),
                axis,
                landings: Vec::new(),
            })
            .collect();
        Self {
            scenario: scenario.clone(),
            service,
            present: None,
            waiting: Vec::new(),
            chosen: Vec::new(),
            ways,
            stage: Some(Stage::Probe),
            way: 0,
            tried: 0,
            inputs: 0,
            looked_elsewhere: false,
        }
    }

    /// Whether everything has been tried.
    pub const fn is_done(&self) -> bool {
        self.present.is_some() && self.stage.is_none()
    }

    /// How many values have been tried.
    pub const fn tried(&self) -> usize {
        self.tried
    }

    /// How many inputs are varied, once the first step is taken.
    pub const fn inputs(&self) -> usize {
        self.inputs
    }

    /// Tries at most `budget` values, from a book that the scenario's own figures are in already:
    /// first the choices, then numbers further and further out, then closer.
    pub fn step(&mut self, book: &PriceBook, budget: usize) -> Progress {
        for _ in 0..budget {
            if self.present.is_none() {
                self.begin(book);
            } else if let Some(choice) = self.waiting.pop() {
                self.choose(book, choice);
            } else if !self.search(book) {
                return Progress::Done;
            }
        }
        if self.is_done() {
            Progress::Done
        } else {
            Progress::More
        }
    }

    /// Tries another region, from its book as it is and the book that [`Self::step`] takes.
    pub fn look_in(&mut self, other: &PriceBook, book: &PriceBook) {
        if self.present.is_none() {
            self.begin(book);
        }
        let Some(region) = Region::new(&other.region) else {
            return;
        };
        if region == self.scenario.region {
            return;
        }
        if !self.looked_elsewhere {
            self.looked_elsewhere = true;
            self.inputs += 1;
        }
        let to = region.as_str().to_owned();
        let choice = Choice {
            input: InputId::Region,
            what: What::Region,
            to,
        };
        let priced = self.scenario.pricing.over(other);
        self.choose(&priced, choice);
    }

    /// Everything found so far, the nearest first: a number by how much of the larger of both
    /// values it changes (percentages by how many points), and the others among them by what they
    /// take: a setting, a line of the bill, a commitment, the image, the region, the place, the
    /// load, a need.
    pub fn flips(&self) -> Vec<Flip> {
        let mut all = self.chosen.clone();
        for way in &self.ways {
            let option = way.search.nearest(Effect::Option);
            let place = way.search.nearest(Effect::Place);
            for (index, found) in [option, place].into_iter().enumerate() {
                // A value at which another place wins is not named twice.
                let Some(found) = found.filter(|_| index == 0 || place != option) else {
                    continue;
                };
                let (Some(present), Some(landing)) = (&self.present, way.at(found.distance)) else {
                    continue;
                };
                let (from, to) = (way.axis.present, way.axis.value(found.distance));
                all.push(Flip {
                    input: way.axis.input,
                    what: What::Number,
                    from: way.axis.text(0),
                    to: way.axis.text(found.distance),
                    before: way.axis.text(found.distance - 1),
                    present: present.winner,
                    winner: landing.winner,
                    total: landing.total,
                    former: landing.former,
                    nearness: if found.proven {
                        Nearness::Proven
                    } else {
                        Nearness::Found
                    },
                    distance: nearness::of_number(way.axis.input, from, to),
                });
            }
        }
        let sorted = order::by_key(&all, |flip| flip.distance);
        sorted.into_iter().cloned().collect()
    }

    /// The present answer, and the choices that are to be tried.
    fn begin(&mut self, book: &PriceBook) {
        let answer = self.answer(&self.scenario, book);
        let winner = answer.verdict.best();
        let priced = winner.and_then(|option| answer.option(option)?.priced());
        self.waiting = choices::of(&self.scenario, self.service, priced, book);
        self.waiting.reverse();
        let mut varied: Vec<InputId> = Vec::new();
        let choices = self.waiting.iter().map(|choice| choice.input);
        for input in choices.chain(self.ways.iter().map(|way| way.axis.input)) {
            if !varied.contains(&input) {
                varied.push(input);
            }
        }
        self.inputs = varied.len();
        self.present = Some(Present {
            winner,
            totals: totals(&answer),
        });
    }

    fn answer(&self, scenario: &Scenario, book: &PriceBook) -> ServiceAnswer {
        let service = scenario.services.nearest(self.service);
        evaluate_points(scenario, service, book)
    }

    fn choose(&mut self, book: &PriceBook, choice: Choice) {
        let Choice { input, what, to } = choice;
        let (_, landing) = self.look(book, input, &to);
        let present = self.present.as_ref().and_then(|present| present.winner);
        let from = inputs::get(&self.scenario, self.service, input).unwrap_or_default();
        if let Some(landing) = landing {
            self.chosen.push(Flip {
                input,
                distance: nearness::of_choice(input, &what),
                what,
                before: from.clone(),
                from,
                to,
                present,
                winner: landing.winner,
                total: landing.total,
                former: landing.former,
                nearness: Nearness::Proven,
            });
        }
    }

    /// Tries the next number; false where there is none.
    fn search(&mut self, book: &PriceBook) -> bool {
        while let Some(stage) = self.stage {
            let Some(way) = self.ways.get(self.way) else {
                self.way = 0;
                self.stage = match stage {
                    Stage::Probe => Some(Stage::Narrow),
                    Stage::Narrow => Some(Stage::Fill),
                    Stage::Fill => None,
                };
                continue;
            };
            let Some(distance) = way.search.next(stage) else {
                self.way += 1;
                continue;
            };
            let (input, text) = (way.axis.input, way.axis.text(distance));
            let (effect, landing) = self.look(book, input, &text);
            if let Some(way) = self.ways.get_mut(self.way) {
                way.search.tell(distance, effect);
                way.landings
                    .extend(landing.map(|landing| (distance, landing)));
            }
            return true;
        }
        false
    }

    /// What a value of an input changes, and where it leads where another option wins.
    fn look(&mut self, book: &PriceBook, input: InputId, text: &str) -> (Effect, Option<Landing>) {
        self.tried += 1;
        let changed = inputs::set(&self.scenario, self.service, input, text);
        let (Ok(changed), Some(present)) = (changed, &self.present) else {
            return (Effect::Nothing, None);
        };
        let answer = self.answer(&changed, book);
        let best = answer.verdict.best();
        let landing = best.filter(|_| best != present.winner).and_then(|winner| {
            let total = answer.option(winner)?.priced()?.total;
            Some(Landing {
                winner,
                total,
                former: former(&answer, present.winner, total),
            })
        });
        let effect = match landing {
            Some(landing) if landing.is_a_tie() => Effect::Costs,
            Some(landing) if landing.is_in_the_place_of(present.winner) => Effect::Option,
            Some(_) => Effect::Place,
            None if totals(&answer) == present.totals => Effect::Nothing,
            None => Effect::Costs,
        };
        (effect, landing.filter(|_| effect >= Effect::Option))
    }
}

impl Way {
    fn at(&self, distance: u32) -> Option<Landing> {
        let mut landings = self.landings.iter();
        landings
            .find(|(known, _)| *known == distance)
            .map(|(_, landing)| *landing)
    }
}

fn totals(answer: &ServiceAnswer) -> Vec<Option<Usd>> {
    let totals = answer.options.iter();
    totals
        .map(|report| report.deciding().map(|priced| priced.total))
        .collect()
}

/// What becomes of the present winner in an answer that another option of so much wins.
fn former(answer: &ServiceAnswer, present: Option<OptionId>, total: Usd) -> Former {
    let Some(present) = present else {
        return Former::None;
    };
    match answer.option(present).map(|report| &report.outcome) {
        None => Former::BeyondCommitment,
        Some(Outcome::NotEligible(_)) => Former::CannotRun,
        Some(Outcome::NoPrice(_)) => Former::NoPrice,
        Some(Outcome::Priced(priced)) => match priced.set_aside {
            None => Former::Costs(priced.total - total),
            Some(reason) => Former::ShownOnly(reason),
        },
    }
}
