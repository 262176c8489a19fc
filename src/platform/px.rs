//! Lengths in words.

/// A length in CSS pixels, to a tenth. Writing floats in general would bring along six kilobytes of download that
/// nothing else needs.
pub fn px(length: f64) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a length beyond the screen is as good as any other"
    )]
    let tenths = (length * 10.0).round() as i32;
    let sign = if tenths < 0 { "-" } else { "" };
    let tenths = tenths.unsigned_abs();
    format!("{sign}{}.{}px", tenths / 10, tenths % 10)
}
