//! Fits words into widths: shortened with an ellipsis, or broken into lines.

use crate::{
    geometry::Point,
    measure::Measure,
    scene::{Align, Ink, Text, Weight},
};

/// Font size of names and amounts, in CSS pixels.
pub(crate) const BODY_PX: f64 = 13.0;
/// Font size of axes, keys and notes, in CSS pixels.
pub(crate) const SMALL_PX: f64 = 12.0;
/// Height of a line of small text.
pub(crate) const SMALL_LINE_PX: f64 = 16.0;

/// How a text looks, apart from its words and place.
#[derive(Clone, Copy)]
pub(crate) struct Style {
    pub(crate) size: f64,
    pub(crate) weight: Weight,
    pub(crate) ink: Ink,
}

impl Style {
    pub(crate) const BODY: Self = Self {
        size: BODY_PX,
        weight: Weight::Regular,
        ink: Ink::Text,
    };
    pub(crate) const SMALL: Self = Self {
        size: SMALL_PX,
        weight: Weight::Regular,
        ink: Ink::Muted,
    };

    pub(crate) const fn ink(self, ink: Ink) -> Self {
        Self { ink, ..self }
    }

    pub(crate) const fn bold_if(self, bold: bool) -> Self {
        let weight = if bold { Weight::Bold } else { Weight::Regular };
        Self { weight, ..self }
    }

    pub(crate) fn width(self, words: &str, measure: &dyn Measure) -> f64 {
        let width = measure.width(words, self.size, self.weight);
        if width.is_finite() {
            width.max(0.0)
        } else {
            0.0
        }
    }

    /// The text at a place, shortened to `max_width`; nothing if not even a letter fits.
    pub(crate) fn set(
        self,
        words: &str,
        at: Point,
        align: Align,
        max_width: f64,
        measure: &dyn Measure,
    ) -> Option<Text> {
        let words = self.shortened(words, max_width, measure);
        (!words.is_empty()).then(|| Text {
            width: self.width(&words, measure),
            words,
            at,
            align,
            size: self.size,
            weight: self.weight,
            ink: self.ink,
        })
    }

    /// The words, cut with an ellipsis where they are wider than `max_width`.
    pub(crate) fn shortened(self, words: &str, max_width: f64, measure: &dyn Measure) -> String {
        let words = words.trim();
        if self.width(words, measure) <= max_width {
            return words.to_owned();
        }
        let cut = |end: usize| {
            let kept = words.get(..end).unwrap_or_default().trim_end();
            if kept.is_empty() {
                String::new()
            } else {
                format!("{kept}\u{2026}")
            }
        };
        let ends: Vec<usize> = words.char_indices().map(|(index, _)| index).collect();
        // Widths rise with length, near enough: find the last cut that still fits.
        let fitting = ends.partition_point(|&end| self.width(&cut(end), measure) <= max_width);
        fitting
            .checked_sub(1)
            .and_then(|last| ends.get(last))
            .map_or_else(String::new, |&end| cut(end))
    }

    /// The words broken at spaces into at most `max_lines` lines, the last one shortened.
    pub(crate) fn lines(
        self,
        words: &str,
        max_width: f64,
        max_lines: usize,
        measure: &dyn Measure,
    ) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut line = String::new();
        for word in words.split_whitespace() {
            let longer = if line.is_empty() {
                word.to_owned()
            } else {
                format!("{line} {word}")
            };
            let is_last = lines.len() + 1 >= max_lines;
            if line.is_empty() || is_last || self.width(&longer, measure) <= max_width {
                line = longer;
            } else {
                lines.push(std::mem::replace(&mut line, word.to_owned()));
            }
        }
        lines.push(line);
        lines
            .into_iter()
            .map(|line| self.shortened(&line, max_width, measure))
            .filter(|line| !line.is_empty())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::WidthTable;

    #[test]
    fn what_fits_is_left_alone() {
        assert_eq!(
            Style::BODY.shortened("Fargate", 100.0, &WidthTable),
            "Fargate"
        );
    }

    #[test]
    fn what_is_too_wide_ends_in_an_ellipsis_and_fits() {
        let short = Style::BODY.shortened("Managed Instances on Spot", 90.0, &WidthTable);
        assert!(short.ends_with('\u{2026}'), "{short}");
        assert!(Style::BODY.width(&short, &WidthTable) <= 90.0);
        assert!(short.len() > 8, "{short}");
    }

    #[test]
    fn no_room_gives_no_words() {
        assert_eq!(Style::BODY.shortened("Fargate", 3.0, &WidthTable), "");
    }

    #[test]
    fn cuts_stand_between_letters_of_any_script() {
        let short = Style::BODY.shortened(
            "\u{00e9}\u{4e2d}\u{1f600}\u{00e9}\u{4e2d}",
            40.0,
            &WidthTable,
        );
        assert!(short.ends_with('\u{2026}'));
    }

    #[test]
    fn lines_break_at_spaces_and_the_last_is_shortened() {
        let lines = Style::SMALL.lines(
            "no price for GPU instances in this region",
            90.0,
            2,
            &WidthTable,
        );
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0], "no price for GPU");
        assert!(lines[1].ends_with('\u{2026}'));
    }
}
