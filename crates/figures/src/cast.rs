//! Conversions between numbers that say what happens at the ends. Rust's `as` from floats
//! saturates and takes what is not a number to 0; here that is what is wanted.

#[expect(clippy::cast_possible_truncation, reason = "saturates")]
pub(crate) const fn to_i32(value: f64) -> i32 {
    value as i32
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates at both ends"
)]
pub(crate) const fn to_usize(value: f64) -> usize {
    value as usize
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates at both ends"
)]
pub(crate) const fn to_u64(value: f64) -> u64 {
    value as u64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates at both ends"
)]
pub(crate) const fn to_u32(value: f64) -> u32 {
    value as u32
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates at both ends"
)]
pub(crate) const fn to_u8(value: f64) -> u8 {
    value as u8
}

/// The nearest number between two ends. `f64::clamp` would bring the writing of floats along, for the message of a panic:
/// six kilobytes that a page downloads. What is not a number becomes the lower end.
pub const fn within(value: f64, low: f64, high: f64) -> f64 {
    value.max(low).min(high)
}

/// A number of things; exact up to 2^53.
#[expect(clippy::cast_precision_loss, reason = "counts here are far under 2^53")]
pub(crate) const fn count(value: usize) -> f64 {
    value as f64
}

/// Decimal places, at most 12.
pub(crate) fn places(value: i32) -> usize {
    usize::try_from(value).unwrap_or(0).min(12)
}
