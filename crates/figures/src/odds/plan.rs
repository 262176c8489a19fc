//! The layout of the odds: a key, then rows with a bar of shares and a band of money each, then the axis.

use super::{
    Cost, Odds, Row,
    glyph::{self, BAR_PX, MIDDLE_HIGH_PX},
};
use crate::{
    accent::Accent,
    axes, cast,
    figure::{self, MORE_PX, hairline},
    geometry::{Point, Rect, Size},
    hit::{Datum, Hits, Key},
    legend::Legend,
    measure::Measure,
    scale::Scale,
    scene::{Align, Ink, Mark, Scene},
    ticks::{self, Tick},
    typeset::{SMALL_LINE_PX, Style},
};

/// Space between the edge of the figure and its words.
pub(super) const PADDING_PX: f64 = 8.0;
const GAP_PX: f64 = 12.0;
/// Space between the two columns of marks.
const BETWEEN_PX: f64 = 28.0;
/// Narrower figures put the words of a row above its marks.
const NARROW_PX: f64 = 600.0;
/// Names and words of cases take at most this share of the width, where they stand beside the marks.
const LABEL_SHARE: f64 = 0.26;
const CASES_SHARE: f64 = 0.2;
const NARROW_CASES_SHARE: f64 = 0.5;
/// The bar of all cases takes this share of the width.
const TRACK_SHARE: f64 = 0.16;
const NARROW_TRACK_SHARE: f64 = 0.3;
const HEAD_PX: f64 = 22.0;

/// The columns of the figure.
pub(super) struct Plan<'a> {
    odds: &'a Odds,
    measure: &'a dyn Measure,
    size: Size,
    key: Legend,
    is_narrow: bool,
    label_width: f64,
    cases_width: f64,
    /// Left end and length of the bar of all cases.
    track: (f64, f64),
    money: Scale,
    ticks: Vec<Tick>,
}

impl<'a> Plan<'a> {
    pub(super) fn new(odds: &'a Odds, size: Size, measure: &'a dyn Measure) -> Self {
        let width = size.width();
        let widest = |words: fn(&Row) -> &str, most: f64| {
            let widths = odds
                .rows
                .iter()
                .map(|row| row.style().width(words(row), measure));
            widths.fold(0.0, f64::max).min(most)
        };
        let is_narrow = width < NARROW_PX;
        let cases_share = if is_narrow {
            NARROW_CASES_SHARE
        } else {
            CASES_SHARE
        };
        let cases_width = widest(|row| &row.cases, cases_share * width);
        let (label_width, track, money_left) = if is_narrow {
            let track = (PADDING_PX, NARROW_TRACK_SHARE * width);
            (
                width - 2.0 * PADDING_PX,
                track,
                track.0 + track.1 + BETWEEN_PX,
            )
        } else {
            let label_width = widest(|row| &row.label, LABEL_SHARE * width);
            let track = (PADDING_PX + label_width + GAP_PX, TRACK_SHARE * width);
            let money_left = track.0 + track.1 + GAP_PX + cases_width + BETWEEN_PX;
            (label_width, track, money_left)
        };
        let names = [&odds.names.band, &odds.names.middle, &odds.names.present];
        let has_present = costs(odds).any(|cost| cost.present.is_some());
        let has_cost = costs(odds).next().is_some();
        let entries = names
            .into_iter()
            .map(String::as_str)
            .enumerate()
            .filter(|&(index, name)| {
                let occurs = if index == 2 { has_present } else { has_cost };
                occurs && !name.trim().is_empty()
            });
        let (low, high) = domain(odds);
        let money_right = width - 2.0 * PADDING_PX;
        let money = Scale::new((low, high), (money_left, money_right));
        let is_free = costs(odds).all(|cost| cost.high.max(cost.present.unwrap_or(0.0)) <= 0.0);
        let ticks = if is_free {
            ticks::money(0.0, 0.0, 1)
        } else {
            ticks::money(low, high, axes::level_ticks(money_right - money_left))
        };
        Self {
            odds,
            measure,
            size,
            key: Legend::new(entries, (width, PADDING_PX), measure),
            is_narrow,
            label_width,
            cases_width,
            track,
            money,
            ticks,
        }
    }

    fn natural_row(&self) -> f64 {
        if self.is_narrow { 50.0 } else { 36.0 }
    }

    fn least_row(&self) -> f64 {
        if self.is_narrow { 42.0 } else { 22.0 }
    }

    pub(super) fn natural_height(&self) -> f64 {
        let rows = cast::count(self.odds.rows.len()) * self.natural_row();
        self.key.height() + self.head_height() + rows + self.axis_height()
    }

    /// Height below the rows for the axis, if anything has a cost.
    fn axis_height(&self) -> f64 {
        if costs(self.odds).next().is_some() {
            axes::BELOW_PX
        } else {
            0.0
        }
    }

    fn head_height(&self) -> f64 {
        if self.odds.share_name.trim().is_empty() {
            0.0
        } else {
            HEAD_PX
        }
    }

    pub(super) fn scene(&self) -> Scene {
        let count = self.odds.rows.len();
        let (mut marks, mut data) = (Vec::new(), Vec::new());
        let mut y = 0.0;
        // A key that leaves no room for anything else is left out.
        if self.key.height() <= self.size.height() / 2.0 {
            marks.extend(self.key.marks(0.0, &glyph::swatch, self.measure));
            y += self.key.height();
        }
        marks.extend(self.head(y));
        y += self.head_height();
        let room = self.size.height() - y - self.axis_height();
        let row_height = cast::within(
            room / cast::count(count.max(1)),
            self.least_row(),
            self.natural_row(),
        );
        let fits_all = cast::count(count) * row_height <= room + 0.5;
        let room = room - if fits_all { 0.0 } else { MORE_PX };
        let shown = cast::to_usize((room + 0.5) / row_height).min(count);
        if shown == 0 {
            return Scene::blank(self.size);
        }
        let (left, right) = self.money_ends();
        let plot = Rect::new(left, y, right - left, cast::count(shown) * row_height);
        let rows = self.odds.rows.iter().enumerate().take(shown);
        let area = |index: usize| {
            let top = y + cast::count(index) * row_height;
            Rect::new(0.0, top, self.size.width(), row_height)
        };
        let winners = rows.clone().filter(|(_, row)| row.is_winner);
        marks.extend(winners.map(|(index, _)| Mark::Rect {
            area: area(index),
            ink: Ink::Band,
        }));
        if self.axis_height() > 0.0 {
            marks.extend(self.axis(plot));
        }
        for (index, row) in rows {
            self.row(row, area(index), index, &mut marks, &mut data);
        }
        let place = (PADDING_PX, plot.bottom() + self.axis_height());
        marks.extend(figure::more(count - shown, place, self.size, self.measure));
        Scene {
            size: self.size,
            marks,
            hits: Hits::areas(&data),
        }
    }

    fn money_ends(&self) -> (f64, f64) {
        let (low, high) = self.money.domain();
        (self.money.px(low), self.money.px(high))
    }

    /// What the shares are of, above their bars.
    fn head(&self, top: f64) -> Option<Mark> {
        let left = self.track.0;
        let at = Point::new(left, top + HEAD_PX / 2.0);
        let room = self.size.width() - PADDING_PX - left;
        let words = &self.odds.share_name;
        let text = Style::SMALL.set(words, at, Align::Start, room, self.measure);
        text.filter(|_| top + HEAD_PX <= self.size.height())
            .map(Mark::Text)
    }

    /// The amounts below the rows.
    fn axis(&self, plot: Rect) -> Vec<Mark> {
        let (left, right) = (
            Point::new(plot.x, plot.bottom()),
            Point::new(plot.right(), plot.bottom()),
        );
        let mut marks = vec![hairline(left, right, Ink::Muted)];
        let ticks = self.ticks.iter().cloned();
        let room = (plot, self.size.width());
        marks.extend(axes::level(ticks, self.money, room, self.measure));
        marks.extend(axes::level_name(&self.odds.cost_name, plot, self.measure));
        marks
    }

    /// Guides through a row, between two heights: never through words.
    fn guides(&self, top: f64, bottom: f64) -> impl Iterator<Item = Mark> {
        self.ticks.iter().map(move |tick| {
            let x = self.money.px(tick.value);
            hairline(Point::new(x, top), Point::new(x, bottom), Ink::Grid)
        })
    }

    /// One option: its name, the share of cases, and the band of its cost.
    fn row(
        &self,
        row: &Row,
        area: Rect,
        series: usize,
        marks: &mut Vec<Mark>,
        data: &mut Vec<Datum>,
    ) {
        let (words_y, bar_y) = if self.is_narrow {
            let slack = (area.height - self.least_row()) / 3.0;
            let words_y = area.y + 4.0 + slack + SMALL_LINE_PX / 2.0;
            (
                words_y,
                words_y + SMALL_LINE_PX / 2.0 + 3.0 + MIDDLE_HIGH_PX / 2.0,
            )
        } else {
            (area.center().y, area.center().y)
        };
        let style = row.style();
        let cases = if self.is_narrow {
            let at = Point::new(self.size.width() - PADDING_PX, words_y);
            style.set(&row.cases, at, Align::End, self.cases_width, self.measure)
        } else {
            let at = Point::new(self.track.0 + self.track.1 + GAP_PX, words_y);
            style.set(&row.cases, at, Align::Start, self.cases_width, self.measure)
        };
        let label_room = match &cases {
            Some(cases) if self.is_narrow => self.label_width - cases.width - GAP_PX,
            _ => self.label_width,
        };
        let at = Point::new(PADDING_PX, words_y);
        let label = style.set(&row.label, at, Align::Start, label_room, self.measure);
        marks.extend(label.into_iter().chain(cases).map(Mark::Text));
        let track = Rect::new(self.track.0, bar_y - BAR_PX / 2.0, self.track.1, BAR_PX);
        let end = glyph::share(row, track, marks);
        let (left, right) = self.money_ends();
        let slot = Rect::new(
            left,
            bar_y - MIDDLE_HIGH_PX / 2.0,
            right - left,
            MIDDLE_HIGH_PX,
        );
        data.push(Datum {
            key: Key::series(series),
            area,
            anchor: Point::new(end, bar_y),
        });
        data.push(Datum {
            key: Key::item(series, 0),
            area: Rect::new(track.x, slot.y, track.width, slot.height),
            anchor: Point::new(end, track.y),
        });
        let Some(cost) = row.cost.map(Cost::drawable) else {
            let at = Point::new(left, bar_y);
            let reason =
                Style::SMALL.set(&row.reason, at, Align::Start, right - left, self.measure);
            marks.extend(reason.map(Mark::Text));
            return;
        };
        let top = if self.is_narrow { slot.y } else { area.y };
        marks.extend(self.guides(top, area.bottom()));
        self.cost(row.accent, cost, bar_y, marks);
        data.push(Datum {
            key: Key::item(series, 1),
            area: slot,
            anchor: Point::new(self.money.px(cost.middle), slot.y),
        });
    }

    /// The band of a cost, the middle case in it, and the ring of what it is as set.
    fn cost(&self, accent: Accent, cost: Cost, y: f64, marks: &mut Vec<Mark>) {
        let px = |usd| self.money.px(usd);
        let (left, right) = (px(cost.low), px(cost.high));
        glyph::band(accent, (left, right), px(cost.middle), y, marks);
        if let Some(present) = cost.present {
            // Below the middle of the band, so that the stroke of the middle case is seen.
            glyph::ring(Point::new(px(present), y + BAR_PX / 2.0), marks);
        }
    }
}

fn costs(odds: &Odds) -> impl Iterator<Item = Cost> {
    let costs = odds.rows.iter().filter_map(|row| row.cost);
    costs.map(Cost::drawable)
}

/// The interval of money that holds every mark.
fn domain(odds: &Odds) -> (f64, f64) {
    let mut ends: Option<(f64, f64)> = None;
    for cost in costs(odds) {
        for usd in [Some(cost.low), Some(cost.high), cost.present]
            .into_iter()
            .flatten()
        {
            let (low, high) = ends.unwrap_or((usd, usd));
            ends = Some((low.min(usd), high.max(usd)));
        }
    }
    let (low, high) = ends.unwrap_or((0.0, 0.0));
    axes::around(low, high)
}
