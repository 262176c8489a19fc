//! Places labels beside vertical guides, in rows, so that neither labels nor guides collide.

use crate::{
    figure::hairline,
    geometry::{Point, Rect},
    measure::Measure,
    scene::{Align, Ink, Mark, Text},
    typeset::{SMALL_LINE_PX, Style},
};

/// Distance from a guide to its label, in CSS pixels.
const FLAG_GAP_PX: f64 = 5.0;
/// Space kept free between neighbours in a row, in CSS pixels.
const CLEAR_PX: f64 = 6.0;
/// Space kept free on each side of a guide, in CSS pixels.
const GUIDE_CLEAR_PX: f64 = 3.0;

/// Rows of labels above a plot, the first at the top.
pub(crate) struct Flags {
    band: Rect,
    rows: Vec<Vec<(f64, f64)>>,
}

/// A label in its place and the top of its guide.
pub(crate) struct Flag {
    pub(crate) text: Text,
    pub(crate) guide_top: f64,
}

impl Flags {
    /// As many empty rows as the band holds.
    pub(crate) fn new(band: Rect) -> Self {
        let rows = crate::cast::to_usize(band.height / SMALL_LINE_PX);
        Self {
            band,
            rows: vec![Vec::new(); rows],
        }
    }

    /// The name of the upright axis, at the start of the first row.
    pub(crate) fn name(&mut self, words: &str, measure: &dyn Measure) -> Option<Mark> {
        let at = Point::new(0.0, self.middle(0));
        let name = Style::SMALL.set(words, at, Align::Start, self.band.width, measure)?;
        self.reserve(0, 0.0, name.width);
        Some(Mark::Text(name))
    }

    /// Takes space in a row for words that are placed already.
    pub(crate) fn reserve(&mut self, row: usize, from: f64, to: f64) {
        if let Some(taken) = self.rows.get_mut(row) {
            taken.push((from - CLEAR_PX, to + CLEAR_PX));
        }
    }

    /// The middle line of a row.
    pub(crate) fn middle(&self, row: usize) -> f64 {
        self.band.y + (crate::cast::count(row) + 0.5) * SMALL_LINE_PX
    }

    /// Places words beside a guide at `x`, in the lowest row that has room: on the side where
    /// fewer of the `expected` guides would come down, else to the right. None where there is no
    /// room.
    pub(crate) fn place(
        &mut self,
        words: &str,
        x: f64,
        style: Style,
        expected: &[f64],
        measure: &dyn Measure,
    ) -> Option<Flag> {
        let width = style.width(words, measure);
        if words.trim().is_empty() {
            return None;
        }
        let mut sides = [
            (
                (x - 1.0, x + FLAG_GAP_PX + width),
                Align::Start,
                FLAG_GAP_PX,
            ),
            ((x - FLAG_GAP_PX - width, x + 1.0), Align::End, -FLAG_GAP_PX),
        ];
        sides.sort_by_key(|&((from, to), ..)| {
            expected
                .iter()
                .filter(|&&guide| from <= guide && guide <= to)
                .count()
        });
        for row in (0..self.rows.len())
            .rev()
            .filter(|&row| self.guide_is_free(x, row))
        {
            let side = sides.iter().find(|&&(span, ..)| self.is_free(row, span));
            let Some(&((from, to), align, offset)) = side else {
                continue;
            };
            self.reserve(row, from, to);
            for taken in self.rows.iter_mut().skip(row + 1) {
                taken.push((x - GUIDE_CLEAR_PX, x + GUIDE_CLEAR_PX));
            }
            let middle = self.middle(row);
            let at = Point::new(x + offset, middle);
            let text = style.set(words, at, align, f64::INFINITY, measure)?;
            return Some(Flag {
                text,
                guide_top: middle - SMALL_LINE_PX / 2.0,
            });
        }
        None
    }

    fn is_free(&self, row: usize, (from, to): (f64, f64)) -> bool {
        from >= self.band.x
            && to <= self.band.right()
            && self
                .rows
                .get(row)
                .is_some_and(|taken| taken.iter().all(|&(start, end)| to <= start || end <= from))
    }

    /// Whether a guide at `x` can come down from a row without crossing a label.
    fn guide_is_free(&self, x: f64, row: usize) -> bool {
        self.rows
            .iter()
            .skip(row + 1)
            .flatten()
            .all(|&(start, end)| x + 1.0 <= start || end <= x - 1.0)
    }
}

/// Guides and words that are placed above a plot.
#[derive(Default)]
pub(crate) struct Placed {
    pub(crate) guides: Vec<Mark>,
    pub(crate) words: Vec<Mark>,
}

impl Placed {
    /// A guide from the label down to the axis. Without a label only one that `stands_alone` has
    /// a guide.
    pub(crate) fn add(
        &mut self,
        flag: Option<Flag>,
        x: f64,
        plot: Rect,
        ink: Ink,
        stands_alone: bool,
    ) {
        let top = match flag {
            Some(flag) => {
                self.words.push(Mark::Text(flag.text));
                flag.guide_top
            }
            None if stands_alone => plot.y,
            None => return,
        };
        let (from, to) = (Point::new(x, top), Point::new(x, plot.bottom()));
        self.guides.push(hairline(from, to, ink));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::WidthTable;

    const HEIGHT_PX: f64 = SMALL_LINE_PX;

    fn flags(rows: f64) -> Flags {
        Flags::new(Rect::new(0.0, 0.0, 200.0, rows * HEIGHT_PX))
    }

    fn place(flags: &mut Flags, x: f64, expected: &[f64]) -> Option<Text> {
        let flag = flags.place("12 tasks", x, Style::SMALL, expected, &WidthTable);
        flag.map(|flag| flag.text)
    }

    #[test]
    fn a_label_stands_to_the_right_until_the_edge_is_near() {
        let mut flags = flags(1.0);
        assert_eq!(place(&mut flags, 10.0, &[]).unwrap().align, Align::Start);
        assert_eq!(place(&mut flags, 195.0, &[]).unwrap().align, Align::End);
    }

    #[test]
    fn a_label_makes_way_for_guides_to_come() {
        let text = place(&mut flags(1.0), 100.0, &[120.0]).unwrap();
        assert_eq!(text.align, Align::End);
    }

    #[test]
    fn labels_at_the_same_place_take_two_sides_and_no_more() {
        let mut flags = flags(1.0);
        assert_eq!(place(&mut flags, 100.0, &[]).unwrap().align, Align::Start);
        assert_eq!(place(&mut flags, 90.0, &[]).unwrap().align, Align::End);
        assert!(place(&mut flags, 100.0, &[]).is_none());
    }

    #[test]
    fn a_guide_never_crosses_a_label_below() {
        let mut flags = flags(2.0);
        flags.reserve(1, 40.0, 80.0);
        assert!(place(&mut flags, 60.0, &[]).is_none());
        let above = place(&mut flags, 30.0, &[]).unwrap();
        assert!(above.at.y < HEIGHT_PX);
    }
}
