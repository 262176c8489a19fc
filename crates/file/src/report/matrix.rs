//! The decision matrix of a service: eligibility, criteria, and cost against fit.

use berth_model::explain::{self, GateWords, MatrixWords, PointWords, RowWords};
use berth_model::matrix::{COLUMNS, Cell, matrix};
use berth_model::money::Usd;
use berth_model::prices::PriceBook;
use berth_model::report::ServiceAnswer;
use berth_model::scenario::Scenario;
use schemars::JsonSchema;
use serde::Serialize;

/// The decision matrix of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Matrix {
    /// Whether each class of options can run the service, and what would bring it back.
    pub classes: Vec<ClassEntry>,
    /// Criteria, each with a cell for every class.
    pub criteria: Vec<CriterionEntry>,
}

/// Whether a class of options can run a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClassEntry {
    /// Its name, such as `fargate_spot`.
    pub class: String,
    /// `yes`, `no`, or `if`: under conditions.
    pub eligible: String,
    /// The same as a sentence.
    pub sentence: String,
    /// What rules it out, or the conditions.
    pub reasons: Vec<Reason>,
    /// What would bring it back; absent where nothing has to, or nothing would.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bring_back: Option<BringBack>,
}

/// What rules a class out, or a condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// What is required.
    pub requirement: String,
    /// Why that rules the class out, or the condition; absent where the requirement says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Where that comes from, and as of when; absent where it is the scenario's own choice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// What would bring a class back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BringBack {
    /// As a sentence.
    pub sentence: String,
    /// The part after the `#` of the link of the scenario so changed.
    pub link: String,
}

/// A criterion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CriterionEntry {
    /// Its name, such as `isolation`.
    pub criterion: String,
    /// What people call it.
    pub label: String,
    /// How much it counts; absent for money, which is not weighed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 10))]
    pub weight: Option<u8>,
    /// By what its scores are given; absent for money.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale: Option<String>,
    /// Where it comes from, and as of when.
    pub source: String,
    /// A cell for every class, in the order of `classes`.
    pub cells: Vec<CellEntry>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CellEntry {
    /// The class.
    pub class: String,
    /// What it says.
    pub text: String,
    /// Whether it follows the scenario.
    pub live: bool,
    /// From 0 to 4; absent for money.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 4))]
    pub score: Option<u8>,
}

/// What classes cost, and how well they fit by the weights: two figures, never made one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fit {
    /// Which class fits best, and what that costs beside the cheapest.
    pub sentence: String,
    /// Which classes are worth weighing against each other.
    pub front: String,
    /// Every class: those with a cost, the best fit first, then those without.
    pub points: Vec<FitPoint>,
}

/// A class, what it costs and how well it fits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FitPoint {
    /// The class.
    pub class: String,
    /// Its cheapest option that may win; absent where it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub option: Option<String>,
    /// What that costs a month in US dollars.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub monthly_usd: Option<String>,
    /// Its fit in thousandths of a perfect one, rounded down.
    #[schemars(range(min = 0, max = 1000))]
    pub fit_per_mille: u32,
    /// Whether no other class costs no more, fits no less well, and is better in one of the two.
    pub on_front: bool,
    /// What the fit is made of: weight times score over all, of the weights times the best score.
    pub parts: Vec<FitPart>,
}

/// What a criterion adds to a fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FitPart {
    /// The criterion.
    pub criterion: String,
    /// Its weight, above 0.
    pub weight: u8,
    /// The score of the class, from 0 to 4.
    pub score: u8,
}

/// The matrix and the fit of the service at `index`, from its answer and the scenario's book.
pub fn of(
    scenario: &Scenario,
    index: usize,
    answer: &ServiceAnswer,
    book: &PriceBook,
) -> (Matrix, Fit) {
    let book = &*scenario.pricing.over(book);
    let service = scenario.services.nearest(index);
    let made = matrix(scenario, service, answer, book);
    let words = MatrixWords::of(&made, &scenario.weights);
    let gates = explain::gates(scenario, index, answer, book);
    let points = made.fit.points.iter().zip(&words.fit.points);
    let fit = Fit {
        sentence: words.fit.sentence.plain(),
        front: words.fit.front.plain(),
        points: points
            .map(|(point, words)| FitPoint {
                monthly_usd: point.monthly().map(Usd::to_six_decimals),
                ..fit_point(words)
            })
            .collect(),
    };
    let matrix = Matrix {
        classes: gates.gates.iter().map(class).collect(),
        criteria: words.rows.iter().map(criterion).collect(),
    };
    (matrix, fit)
}

fn class(gate: &GateWords) -> ClassEntry {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    ClassEntry {
        class: gate.class.id().to_owned(),
        eligible: gate.standing.id().to_owned(),
        sentence: gate.sentence.plain(),
        reasons: gate
            .reasons
            .iter()
            .map(|reason| Reason {
                requirement: reason.what.clone(),
                why: some(&reason.why),
                source: some(&reason.source),
            })
            .collect(),
        bring_back: gate.bring_back.as_ref().map(|back| BringBack {
            sentence: back.sentence.plain(),
            link: back.link.clone(),
        }),
    }
}

fn criterion(row: &RowWords) -> CriterionEntry {
    let cell = |(class, cell): (&berth_model::eligibility::Class, &Cell)| CellEntry {
        class: class.id().to_owned(),
        text: cell.text.clone(),
        live: cell.live,
        score: cell.score,
    };
    CriterionEntry {
        criterion: row.criterion.id().to_owned(),
        label: row.criterion.label().to_owned(),
        weight: row.weight,
        scale: (!row.scale.is_empty()).then(|| row.scale.clone()),
        source: row.source.clone(),
        cells: COLUMNS.iter().zip(&row.cells).map(cell).collect(),
    }
}

fn fit_point(words: &PointWords) -> FitPoint {
    FitPoint {
        class: words.class.id().to_owned(),
        option: words.option.map(|option| option.to_string()),
        monthly_usd: None,
        fit_per_mille: words.fit_per_mille,
        on_front: words.on_front,
        parts: words
            .parts
            .iter()
            .map(|part| FitPart {
                criterion: part.criterion.id().to_owned(),
                weight: part.weight,
                score: part.score,
            })
            .collect(),
    }
}
