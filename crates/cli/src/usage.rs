//! What the program takes, and how it says that something else was given.

use thiserror::Error;

pub(crate) const HELP: &str = "\
Where should this container run on Amazon ECS?

usage: berth evaluate [FILE | -]... [--link LINK]... [--json | --all] [--jsonl] [--flips]
                      [--matrix] [--sure]
       berth evaluate --fleet [OPTION] [FILE | -]... [--link LINK]... [--jsonl]
       berth evaluate --receipt OPTION (FILE | - | --link LINK)
       berth verify (RECEIPT | -)
       berth link (FILE | -)
       berth scenario LINK
       berth schema (scenario | report | receipt)
       berth prices show REGION [ITEM] [--json]

evaluate   the answer for each scenario, in the order given
  FILE       a scenario file; `-`, or nothing at all, is standard input. A file that ends in
             .jsonl or .ndjson, or whose first line is a document of several, has one a line
  --link     a scenario as a link of the page, or its part after the #
  --json     one report a line, for programs
  --all      name the reason of every option without a bill, commitments without a price too
  --sure     in how many cases the answer holds, within the ranges of what it rests on
  --jsonl    read every input as one scenario a line
  --flips    for every input, the nearest values at which another option wins, and what to measure
             where it is too close to call; every region is tried too
  --matrix   who can run each service and what would bring the others back, all criteria against
             all classes of options, and cost against fit by the scenario's weights
  --fleet    which task stands on which instance, and what is left over, of the best option or of
             one that is named (--fleet=ec2-arm64-on_demand), where most instances run
  --receipt  write a receipt of one option, such as fargate-arm64-on_demand, and no report
verify     whether a receipt's arithmetic and prices are right, and its scenario still gives it
link       the part after the # of the link that holds what a scenario file holds
scenario   the scenario file that holds what a link holds
schema     the JSON Schema of a document
prices show
           every price that Berth holds for a region, with unit, date, source and grade
  REGION     a region's code, such as us-east-1
  ITEM       an instance type (m7g.large), a family (m7g), `fargate`, `fee`, `beside`,
             or the name of one price (fargate.linux.arm64.on_demand.vcpu_hour)
  --json     an object for programs

Exit codes: 0 for an answer, and for a receipt that holds; 1 for a receipt that does not hold, or
a failure of the program; 2 for input or a command line that cannot be read. Where one of several
inputs cannot be read, nothing is printed for any.
";

/// Why nothing was printed.
#[derive(Debug, Error)]
pub(crate) enum Failure {
    /// A command line of another shape.
    #[error("{0}\n\n{HELP}")]
    Arguments(#[from] lexopt::Error),
    /// A word that is missing.
    #[error("expected {0}\n\n{HELP}")]
    Expected(&'static str),
    /// A region without a book.
    #[error("there is no price book for the region `{given}`; there is one for {known}")]
    Region {
        /// What was asked for.
        given: String,
        /// The regions with a book.
        known: String,
    },
    /// Something that the region's book has no price for.
    #[error(
        "the book of {region} holds no price for `{given}`; take an instance type, a family, `fargate`, `fee`, `beside`, or the name of a price"
    )]
    Item {
        /// What was asked for.
        given: String,
        /// Where.
        region: String,
    },
    /// A book that ships inside and does not read: a defect of this program.
    #[error("the price book of {0} cannot be read: {1}")]
    Book(String, berth_model::prices::BookError),
    /// A word that names no option.
    #[error(
        "`{0}` is not an option; one is named place, architecture and purchase, such as fargate-arm64-on_demand, and `berth evaluate` lists them all"
    )]
    Option(String),
    /// Inputs that cannot be read, each with its name and what is wrong with it.
    #[error("{}", .0.join("\nberth: "))]
    Inputs(Vec<String>),
    /// An answer that cannot be written.
    #[error("the answer cannot be written: {0}")]
    Write(#[from] std::io::Error),
    /// A report that cannot be written as JSON: a defect of this program.
    #[error("the answer cannot be written as JSON: {0}")]
    Json(serde_json::Error),
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        match error.io_error_kind() {
            Some(kind) => Self::Write(kind.into()),
            None => Self::Json(error),
        }
    }
}

impl Failure {
    /// 2 for what the caller can mend, 1 for what only a release can.
    pub(crate) const fn exit_code(&self) -> u8 {
        match self {
            Self::Arguments(_)
            | Self::Expected(_)
            | Self::Region { .. }
            | Self::Item { .. }
            | Self::Option(_)
            | Self::Inputs(_) => 2,
            Self::Book(..) | Self::Json(_) | Self::Write(_) => 1,
        }
    }
}
