//! The layout of the bars: columns, then rows from the top down.

use super::{Apart, Row, Spend, bar::fill};
use crate::{
    accent::Accent,
    cast,
    figure::{self, EMPTY_PX, MORE_PX, drawable, hairline},
    geometry::{Point, Rect, Size},
    hit::{Datum, Hits, Key},
    legend::Legend,
    measure::Measure,
    scale::Scale,
    scene::{Align, Ink, Mark, Scene},
    typeset::{SMALL_LINE_PX, Style},
};

/// Space between the edge of the figure and its words.
pub(super) const PADDING_PX: f64 = 8.0;
/// Space between a label and its bar, and between a bar and its total.
const GAP_PX: f64 = 10.0;
/// Narrower figures put the label above the bar.
const NARROW_PX: f64 = 480.0;
/// Bars shorter than this make a figure narrow too.
const SHORTEST_BAR_PX: f64 = 120.0;
/// Labels beside the bars take at most this share of the width.
const LABEL_SHARE: f64 = 0.34;
/// Totals take at most this share of the width.
const TOTAL_SHARE: f64 = 0.4;
/// Up to this many rows have generous space.
const FEW_ROWS: usize = 12;
const RULE_PX: f64 = 17.0;
const TITLE_PX: f64 = 22.0;
const APART_PX: f64 = 24.0;
/// Space below the last option set apart.
const BELOW_PX: f64 = 8.0;

/// The columns of the figure.
pub(super) struct Plan<'a> {
    spend: &'a Spend,
    measure: &'a dyn Measure,
    size: Size,
    pub(super) key: Legend,
    is_narrow: bool,
    label_width: f64,
    pub(super) bars: Scale,
}

/// The bill lines that occur, with their names.
fn occurring(spend: &Spend) -> impl Iterator<Item = (usize, &str)> {
    let occurs = |kind: usize| {
        let mut segments = spend.rows.iter().flat_map(|row| &row.segments);
        segments.any(|segment| segment.kind == kind && drawable(segment.usd) > 0.0)
    };
    let kinds = spend.kinds.iter().enumerate();
    kinds
        .filter(move |&(kind, _)| occurs(kind))
        .map(|(kind, name)| (kind, name.as_str()))
}

/// What has been placed so far, from the top down.
#[derive(Default)]
pub(super) struct Column {
    pub(super) marks: Vec<Mark>,
    pub(super) data: Vec<Datum>,
    pub(super) y: f64,
}

impl<'a> Plan<'a> {
    pub(super) fn new(spend: &'a Spend, size: Size, measure: &'a dyn Measure) -> Self {
        let width = size.width();
        let widest = |widths: &mut dyn Iterator<Item = f64>| widths.fold(0.0, f64::max);
        let row_labels = spend
            .rows
            .iter()
            .map(|row| row.style().width(&row.label, measure));
        let apart_labels = spend
            .apart
            .iter()
            .map(|apart| Style::BODY.width(&apart.label, measure));
        let label_width = widest(&mut row_labels.chain(apart_labels)).min(LABEL_SHARE * width);
        let total_width = widest(
            &mut spend
                .rows
                .iter()
                .map(|row| row.style().width(&row.total, measure)),
        )
        .min(TOTAL_SHARE * width);
        let left = PADDING_PX + label_width + GAP_PX;
        let right = width - PADDING_PX - total_width - GAP_PX;
        let is_narrow = width < NARROW_PX || right - left < SHORTEST_BAR_PX;
        let range = if is_narrow {
            (PADDING_PX, width - PADDING_PX)
        } else {
            (left, right)
        };
        let reach = widest(&mut spend.rows.iter().map(Row::reach));
        // All zero: any domain puts every bar at its start.
        let domain = (0.0, if reach > 0.0 { reach } else { 1.0 });
        Self {
            spend,
            measure,
            size,
            key: Legend::new(occurring(spend), (width, PADDING_PX), measure),
            is_narrow,
            label_width: if is_narrow {
                width - 2.0 * PADDING_PX
            } else {
                label_width
            },
            bars: Scale::new(domain, range),
        }
    }

    pub(super) fn natural_row(&self) -> f64 {
        match (self.is_narrow, self.spend.rows.len() <= FEW_ROWS) {
            (true, _) => 48.0,
            (false, true) => 36.0,
            (false, false) => 28.0,
        }
    }

    fn least_row(&self) -> f64 {
        if self.is_narrow { 38.0 } else { 20.0 }
    }

    /// The left end of every bar.
    fn start(&self) -> f64 {
        self.bars.px(0.0)
    }

    pub(super) fn apart_height(&self) -> f64 {
        if self.spend.apart.is_empty() {
            return 0.0;
        }
        let title = if self.spend.apart_title.is_empty() {
            0.0
        } else {
            TITLE_PX
        };
        let rows: f64 = self
            .spend
            .apart
            .iter()
            .map(|apart| self.apart_row_height(apart))
            .sum();
        RULE_PX + title + rows + BELOW_PX
    }

    fn apart_row_height(&self, apart: &Apart) -> f64 {
        if self.is_narrow {
            20.0 + cast::count(self.reason_lines(apart).len()) * SMALL_LINE_PX + 6.0
        } else {
            APART_PX
        }
    }

    fn reason_lines(&self, apart: &Apart) -> Vec<String> {
        Style::SMALL.lines(&apart.reason, self.label_width, 2, self.measure)
    }

    pub(super) fn scene(&self) -> Scene {
        let mut column = Column::default();
        // A key that leaves no room for anything else is left out.
        if self.key.height() <= self.size.height() / 2.0 {
            let fill = |area, kind| fill(area, Accent::Neutral, kind);
            column
                .marks
                .extend(self.key.marks(0.0, &fill, self.measure));
            column.y += self.key.height();
        }
        let room = self.size.height() - column.y - self.apart_height();
        let count = self.spend.rows.len();
        let row_height = cast::within(
            room / cast::count(count.max(1)),
            self.least_row(),
            self.natural_row(),
        );
        let needed = cast::count(count) * row_height + self.apart_height();
        let fits_all = column.y + needed <= self.size.height() + 0.5;
        let end = self.size.height() - if fits_all { 0.0 } else { MORE_PX };
        let mut left_out = count + self.spend.apart.len();

        if self.spend.rows.is_empty() {
            self.no_bars(&mut column);
        }
        let top = column.y;
        for (index, row) in self.spend.rows.iter().enumerate() {
            if column.y + row_height > end + 0.5 {
                break;
            }
            let area = Rect::new(0.0, column.y, self.size.width(), row_height);
            self.row(&mut column, Key::series(index), row, area);
            column.y += row_height;
            left_out -= 1;
        }
        if column.y > top && !self.is_narrow {
            let (from, to) = (
                Point::new(self.start(), top),
                Point::new(self.start(), column.y),
            );
            column.marks.push(hairline(from, to, Ink::Muted));
        }
        if left_out == self.spend.apart.len() {
            left_out = self.apart(&mut column, end);
        }
        let place = (PADDING_PX, column.y);
        let more = figure::more(left_out, place, self.size, self.measure);
        column.marks.extend(more);
        Scene {
            size: self.size,
            marks: column.marks,
            hits: Hits::areas(&column.data),
        }
    }

    fn no_bars(&self, column: &mut Column) {
        let height = EMPTY_PX.min(self.size.height() - column.y);
        let area = Rect::new(0.0, column.y, self.size.width(), height);
        column
            .marks
            .extend(figure::message(area, &self.spend.empty, self.measure));
        column.y += height;
    }

    /// One option: its name, its bar and its total.
    fn row(&self, column: &mut Column, key: Key, row: &Row, area: Rect) {
        if row.is_winner {
            column.marks.push(Mark::Rect {
                area,
                ink: Ink::Band,
            });
        }
        let middle = area.center().y;
        let (words_y, bar) = if self.is_narrow {
            let slack = (area.height - self.least_row()) / 3.0;
            let words_y = area.y + 4.0 + slack + SMALL_LINE_PX / 2.0;
            let bar_y = words_y + SMALL_LINE_PX / 2.0 + 2.0;
            (words_y, Rect::new(self.start(), bar_y, 0.0, 12.0))
        } else {
            let height = cast::within((area.height * 0.5).round(), 10.0, 18.0);
            (
                middle,
                Rect::new(self.start(), middle - height / 2.0, 0.0, height),
            )
        };
        let end = self.bar(column, key, row, bar);
        let total_style = row.style();
        let total_room = TOTAL_SHARE * self.size.width();
        let total = if self.is_narrow {
            let at = Point::new(self.size.width() - PADDING_PX, words_y);
            total_style.set(&row.total, at, Align::End, total_room, self.measure)
        } else {
            let at = Point::new(end + GAP_PX, words_y);
            total_style.set(&row.total, at, Align::Start, total_room, self.measure)
        };
        let label_room = match &total {
            Some(total) if self.is_narrow => self.label_width - total.width - GAP_PX,
            _ => self.label_width,
        };
        let at = Point::new(PADDING_PX, words_y);
        let label = row
            .style()
            .set(&row.label, at, Align::Start, label_room, self.measure);
        column
            .marks
            .extend(label.into_iter().chain(total).map(Mark::Text));
        column.data.push(Datum {
            key,
            area,
            anchor: Point::new(end, bar.center().y),
        });
    }

    /// The options set apart, until `end`; returns how many were left out.
    fn apart(&self, column: &mut Column, end: f64) -> usize {
        let mut left_out = self.spend.apart.len();
        let title_height = if self.spend.apart_title.is_empty() {
            0.0
        } else {
            TITLE_PX
        };
        let first_height = self
            .spend
            .apart
            .first()
            .map_or(0.0, |apart| self.apart_row_height(apart));
        if left_out == 0 || column.y + RULE_PX + title_height + first_height > end + 0.5 {
            return left_out;
        }
        let rule_y = column.y + (RULE_PX / 2.0).floor();
        let rule = (
            Point::new(0.0, rule_y),
            Point::new(self.size.width(), rule_y),
        );
        column.marks.push(hairline(rule.0, rule.1, Ink::Grid));
        column.y += RULE_PX;
        if title_height > 0.0 {
            let at = Point::new(PADDING_PX, column.y + title_height / 2.0);
            let room = self.size.width() - 2.0 * PADDING_PX;
            let style = Style::SMALL.bold_if(true);
            let title = style.set(
                &self.spend.apart_title,
                at,
                Align::Start,
                room,
                self.measure,
            );
            column.marks.extend(title.map(Mark::Text));
            column.y += title_height;
        }
        for (index, apart) in self.spend.apart.iter().enumerate() {
            let height = self.apart_row_height(apart);
            if column.y + height > end + 0.5 {
                break;
            }
            let area = Rect::new(0.0, column.y, self.size.width(), height);
            self.apart_row(column, apart, area);
            column.data.push(Datum {
                key: Key::series(self.spend.rows.len() + index),
                area,
                anchor: Point::new(PADDING_PX, area.center().y),
            });
            column.y += height;
            left_out -= 1;
        }
        left_out
    }

    fn apart_row(&self, column: &mut Column, apart: &Apart, area: Rect) {
        let style = Style::BODY.ink(Ink::Muted);
        let first_y = if self.is_narrow {
            area.y + 10.0
        } else {
            area.center().y
        };
        let at = Point::new(PADDING_PX, first_y);
        let label = style.set(
            &apart.label,
            at,
            Align::Start,
            self.label_width,
            self.measure,
        );
        column.marks.extend(label.map(Mark::Text));
        if self.is_narrow {
            for (index, line) in self.reason_lines(apart).iter().enumerate() {
                let y = area.y + 20.0 + (cast::count(index) + 0.5) * SMALL_LINE_PX;
                let at = Point::new(PADDING_PX, y);
                let text = Style::SMALL.set(line, at, Align::Start, self.label_width, self.measure);
                column.marks.extend(text.map(Mark::Text));
            }
        } else {
            let at = Point::new(self.start(), first_y);
            let room = self.size.width() - PADDING_PX - self.start();
            let text = Style::SMALL.set(&apart.reason, at, Align::Start, room, self.measure);
            column.marks.extend(text.map(Mark::Text));
        }
    }
}
