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

/// The letters that a [`Letters`] is told the widths of; others are taken from the [`WidthTable`].
pub const LETTERS: &str = " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~−–—…·’×“”";

/// Widths of a font that is somewhere else, letter by letter: without what it draws letters closer by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letters {
    /// In thousandths of the font size, in the order of [`LETTERS`].
    regular: Vec<u32>,
    bold: Vec<u32>,
}

impl Letters {
    /// Reads two lines of widths in thousandths of the font size, divided by spaces, in the order of [`LETTERS`]:
    /// regular and bold. `None` where they are not just that.
    pub fn read(text: &str) -> Option<Self> {
        let mut lines = text.lines().map(|line| {
            let widths: Option<Vec<u32>> =
                line.split(' ').map(|width| width.parse().ok()).collect();
            widths.filter(|widths| widths.len() == LETTERS.chars().count())
        });
        let (regular, bold) = (lines.next()??, lines.next()??);
        lines.next().is_none().then_some(Self { regular, bold })
    }
}

impl Measure for Letters {
    fn width(&self, words: &str, size: f64, weight: Weight) -> f64 {
        let known = match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        };
        let width = |letter: char| {
            let place = LETTERS.chars().position(|other| other == letter);
            let known = place.and_then(|place| known.get(place)).copied();
            known.unwrap_or_else(|| width_thousandths(letter))
        };
        let thousandths: f64 = words.chars().map(|letter| f64::from(width(letter))).sum();
        thousandths / 1000.0 * size
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
    fn letters_are_as_wide_as_they_are_told() {
        let count = LETTERS.chars().count();
        let line = |width: &str| vec![width; count].join(" ");
        let letters = Letters::read(&format!("{}\n{}", line("500"), line("600"))).unwrap();
        let width = |words, weight| letters.width(words, 10.0, weight);
        assert!((width("ab", Weight::Regular) - 10.0).abs() < 1e-9);
        assert!((width("ab", Weight::Bold) - 12.0).abs() < 1e-9);
        let other = WidthTable.width("ß", 10.0, Weight::Regular);
        assert!((width("ß", Weight::Regular) - other).abs() < 1e-9);
        for wrong in ["", "500\n600", &line("500"), &format!("{}\nx", line("500"))] {
            assert_eq!(Letters::read(wrong), None);
        }
    }

    #[test]
    fn digits_are_tabular() {
        let width = |words| WidthTable.width(words, 12.0, Weight::Regular);
        assert!((width("1111") - width("8080")).abs() < 1e-9);
    }
}
