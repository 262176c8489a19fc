//! How wide words are.

use crate::scene::Weight;

/// Tells how wide a text is.
///
/// On the page this is the canvas's own `measureText` (with a cache); for export and tests a
/// [`WidthTable`].
pub trait Measure {
    /// Width in CSS pixels of `words` at a font size in CSS pixels.
    fn width(&self, words: &str, size: f64, weight: Weight) -> f64;
}

/// Widths of a common sans-serif, by class of letter; needs no font and is the same everywhere.
///
/// Close to Helvetica, a little generous, so that what was fitted with it rarely runs over in
/// another font.
#[derive(Clone, Copy, Debug, Default)]
pub struct WidthTable;

impl Measure for WidthTable {
    fn width(&self, words: &str, size: f64, weight: Weight) -> f64 {
        let thousandths: u32 = words.chars().map(width_thousandths).sum();
        let stretch = match weight {
            Weight::Regular => 1.0,
            Weight::Bold => 1.07,
        };
        f64::from(thousandths) / 1000.0 * size * stretch
    }
}

const fn width_thousandths(letter: char) -> u32 {
    match letter {
        'i' | 'j' | 'l' | '\'' | '|' => 230,
        ' ' | '.' | ',' | ':' | ';' | '!' | 'I' | 'f' | 't' | '/' | '\\' | '[' | ']' => 280,
        '(' | ')' | 'r' | '-' | '"' | '`' => 335,
        'c' | 's' | 'k' | 'v' | 'x' | 'y' | 'z' | 'J' => 505,
        'm' | 'M' | '%' => 860,
        'w' | 'C' | 'D' | 'H' | 'N' | 'R' | 'U' => 725,
        'G' | 'O' | 'Q' => 780,
        // Scripts of full width are about as wide as high; the rest like a wide Latin letter.
        'W'
        | '\u{2014}'
        | '\u{2026}'
        | '@'
        | '\u{1100}'..='\u{11ff}'
        | '\u{2e80}'..='\u{ffef}'
        | '\u{1f000}'..='\u{3ffff}' => 1000,
        'A' | 'B' | 'E' | 'K' | 'P' | 'S' | 'V' | 'X' | 'Y' | '&' => 670,
        'F' | 'T' | 'Z' | 'L' | '+' | '=' | '<' | '>' | '~' | '\u{2212}' => 610,
        '\u{0}'..='\u{7f}' | '\u{b7}' | '\u{2013}' | '\u{2019}' => 560,
        _ => 670,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_grows_with_size_and_weight() {
        let width = |size, weight| WidthTable.width("Fargate Spot", size, weight);
        assert!((width(24.0, Weight::Regular) - 2.0 * width(12.0, Weight::Regular)).abs() < 1e-9);
        assert!(width(12.0, Weight::Bold) > width(12.0, Weight::Regular));
    }

    #[test]
    fn digits_are_tabular() {
        let width = |words| WidthTable.width(words, 12.0, Weight::Regular);
        assert!((width("1111") - width("8080")).abs() < 1e-9);
    }
}
