//! The importer of AWS's own price files: the offers of EC2 and ECS, the Savings Plans and the Spot feeds, as they lie
//! in a directory that mirrors AWS's server. Everything streams: an offer of EC2 has hundreds of megabytes.
//!
//! | module | its job |
//! |---|---|
//! | `import`, `refresh`, `large` | the commands |
//! | `download` | files from a server into the mirror, resumed where they broke off |
//! | `mirror`, `region_index` | where the files are |
//! | `files` | everything that there is of one region |
//! | `ec2`, `ecs`, `plans`, `spot`, `fargate_spot`, `spot_advisor` | one kind of file each, as records |
//! | `offer` (`offer_csv`, `offer_json`), `plans_csv`, `plans_json` | the shapes of the files |
//! | `csv_file`, `json_file`, `meta`, `attribute`, `usage`, `amount` | what the shapes have in common |
//! | `overlay` (`new_types`, `managed_fees`) | records laid over the figures of a book |
//! | `refused` | errors that name file, line or key, field, value, and what is allowed |

mod amount;
mod attribute;
mod csv_file;
mod download;
mod ec2;
mod ecs;
mod fargate_spot;
mod files;
mod import;
mod json_file;
mod large;
mod managed_fees;
mod meta;
mod mirror;
mod new_types;
mod offer;
mod offer_csv;
mod offer_json;
mod overlay;
mod plans;
mod plans_csv;
mod plans_json;
mod refresh;
mod refused;
mod region_index;
mod spot;
mod spot_advisor;
mod usage;

#[cfg(test)]
mod tests;

pub(crate) use import::import;
pub(crate) use large::generate_large;
pub(crate) use refresh::refresh;
pub(crate) use refused::Refused;
