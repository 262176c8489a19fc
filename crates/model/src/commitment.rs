//! Commitments: what they cover, and how much to commit to.
//!
//! [`plan`] looks for the cheapest Savings Plan of one option, over that option's usage alone.
//! [`stack`] applies commitments of every kind that are owned already, in AWS's order, over the
//! mixed usage of a whole scenario; [`normalised`] knows how Reserved Instances of one size cover
//! another; [`falling`] asks what a commitment costs once the load is less than it was made for.

pub mod eligible;
pub mod falling;
pub mod normalised;
pub mod owned;
pub mod plan;
pub mod stack;

pub use plan::{Level, Outcome, Usage, apply, cheapest, sized, summary};
