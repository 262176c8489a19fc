//! The layout of cost against fit: a key, axes, the front, dots and words.

use super::{Better, Fit, Spot, label};
use crate::{
    accent::{Accent, Dash},
    axes, cast,
    figure::{self, hairline},
    geometry::{Point, Rect, Size},
    hit::{Datum, Hits, Key},
    legend::Legend,
    measure::Measure,
    order,
    scale::Scale,
    scene::{Align, Ink, Mark, Scene, Shade},
    ticks::{self, Tick},
    typeset::{SMALL_LINE_PX, Style},
};

const EDGE_PX: f64 = 8.0;
/// Right of the plot: half a label of the x axis.
const RIGHT_PX: f64 = 14.0;
const FEWEST_PLOT_PX: f64 = 48.0;
const DOT_PX: f64 = 6.0;
const WINNER_PX: f64 = 8.5;
const HIT_PX: f64 = 12.0;
/// Space kept free around dots and words.
const CLEAR_PX: f64 = 1.0;
/// Height of the line with the name of the y axis, and the space below it.
const NAME_PX: f64 = SMALL_LINE_PX + 8.0;

/// The plot with its axes in place.
pub(super) struct Plan<'a> {
    fit: &'a Fit,
    measure: &'a dyn Measure,
    spots: Vec<Spot>,
    front: Vec<usize>,
    key: Option<Legend>,
    plot: Rect,
    right: f64,
    x: Scale,
    y: Scale,
    y_ticks: Vec<Tick>,
}

impl<'a> Plan<'a> {
    /// None where there is no room for a plot.
    pub(super) fn new(
        fit: &'a Fit,
        spots: Vec<Spot>,
        size: Size,
        measure: &'a dyn Measure,
    ) -> Option<Self> {
        let front = fit.front();
        let behind = spots.len() > front.len();
        let entries = [(0, &fit.names.front, true), (1, &fit.names.behind, behind)];
        let entries = entries
            .into_iter()
            .filter(|(_, name, occurs)| *occurs && !name.trim().is_empty())
            .map(|(kind, name, _)| (kind, name.as_str()));
        let key = Legend::new(entries, (size.width(), EDGE_PX), measure);
        // A key that leaves no room for anything else is left out.
        let key = (key.height() <= size.height() / 3.0).then_some(key);
        let top = key.as_ref().map_or(0.0, Legend::height) + NAME_PX;
        let height = size.height() - top - axes::BELOW_PX;
        let (low, high) = ends(spots.iter().map(|spot| spot.usd)).unwrap_or((0.0, 0.0));
        let usd = axes::around(low, high);
        let y_ticks = if high > 0.0 {
            ticks::money(usd.0, usd.1, axes::money_ticks(height))
        } else {
            ticks::money(0.0, 0.0, 1)
        };
        let gutter = axes::gutter(&y_ticks, measure);
        // A dot at the end of the axis is seen whole.
        let left = gutter + WINNER_PX;
        let right = size.width() - RIGHT_PX;
        let plot = Rect::new(gutter, top, right - gutter, height);
        (plot.width >= FEWEST_PLOT_PX && plot.height >= FEWEST_PLOT_PX).then(|| Self {
            x: Scale::new(domain(fit, &spots), (left, right - WINNER_PX)),
            y: Scale::new(usd, (plot.bottom(), plot.y)),
            fit,
            measure,
            spots,
            front,
            key,
            plot,
            right: size.width(),
            y_ticks,
        })
    }

    pub(super) fn scene(&self, size: Size) -> Scene {
        let mut marks = Vec::new();
        let mut top = 0.0;
        if let Some(key) = &self.key {
            marks.extend(key.marks(0.0, &swatch, self.measure));
            top = key.height();
        }
        marks.extend(self.axes(top));
        let front = self.front_path();
        marks.push(Mark::Line {
            path: front.clone(),
            ink: Ink::Muted,
            stroke: 1.5,
            dash: Dash::Solid,
        });
        marks.extend(self.words(&front));
        for spot in self.by_rank().iter().rev() {
            marks.extend(self.dot(spot));
        }
        let data: Vec<Datum> = self
            .spots
            .iter()
            .map(|spot| {
                let anchor = self.point(spot);
                Datum {
                    key: Key::item(0, spot.index),
                    area: Rect::new(anchor.x, anchor.y, 0.0, 0.0).grown(HIT_PX),
                    anchor,
                }
            })
            .collect();
        Scene {
            size,
            marks,
            hits: Hits::areas(&data),
        }
    }

    fn point(&self, spot: &Spot) -> Point {
        Point::new(self.x.px(spot.x), self.y.px(spot.usd))
    }

    fn axes(&self, top: f64) -> Vec<Mark> {
        let plot = self.plot;
        let at = Point::new(0.0, top + SMALL_LINE_PX / 2.0);
        let y_name = Style::SMALL.set(&self.fit.y_name, at, Align::Start, self.right, self.measure);
        let mut marks: Vec<Mark> = y_name.map(Mark::Text).into_iter().collect();
        marks.extend(axes::upright(&self.y_ticks, self.y, plot, self.measure));
        let base = [plot.x, plot.right()].map(|x| Point::new(x, plot.bottom()));
        marks.push(hairline(base[0], base[1], Ink::Muted));
        let (low, high) = self.x.domain();
        let at_most = axes::level_ticks(plot.width);
        let ticks = ticks::numbers(low, high, at_most, &self.fit.x.unit);
        let room = (plot, self.right);
        marks.extend(axes::level(ticks.into_iter(), self.x, room, self.measure));
        marks.extend(axes::level_name(&self.fit.x.name, plot, self.measure));
        marks
    }

    /// The least cost for at least so good a fit: level up to each option of the front, then up to the
    /// next one.
    fn front_path(&self) -> Vec<Point> {
        let worst = match self.fit.x.better {
            Better::High => self.plot.x,
            Better::Low => self.plot.right(),
        };
        let mut path: Vec<Point> = Vec::new();
        for index in &self.front {
            let Some(spot) = self.spots.iter().find(|spot| spot.index == *index) else {
                continue;
            };
            let point = self.point(spot);
            let from = path.last().map_or(worst, |last| last.x);
            path.push(Point::new(from, point.y));
            path.push(point);
        }
        if let Some(&last) = path.last() {
            path.push(Point::new(last.x, self.plot.y));
        }
        path
    }

    fn is_winner(&self, spot: &Spot) -> bool {
        let option = self.fit.options.get(spot.index);
        option.is_some_and(|option| option.is_winner)
    }

    /// The options, what matters most first: the answer, then the front.
    fn by_rank(&self) -> Vec<Spot> {
        let rank = |spot: &Spot| match (self.is_winner(spot), self.front.contains(&spot.index)) {
            (true, _) => 0,
            (false, true) => 1,
            (false, false) => 2,
        };
        order::sorted(&self.spots, |one, other| rank(one).cmp(&rank(other)))
    }

    /// A full dot on the front, a hollow one behind it, and a ring around the answer.
    fn dot(&self, spot: &Spot) -> Vec<Mark> {
        let option = self.fit.options.get(spot.index);
        let accent = option.map_or(Accent::Neutral, |option| option.accent);
        let is_front = self.front.contains(&spot.index);
        dot(self.point(spot), accent, is_front, self.is_winner(spot))
    }

    /// The names of the options, and which corner is better. What has no room anywhere can still be
    /// pointed at.
    fn words(&self, front: &[Point]) -> Vec<Mark> {
        // Leaders stand behind all words.
        let (mut leaders, mut marks) = (Vec::new(), Vec::new());
        let mut taken: Vec<Rect> = self
            .spots
            .iter()
            .map(|spot| {
                let Point { x, y } = self.point(spot);
                let radius = if self.is_winner(spot) {
                    WINNER_PX
                } else {
                    DOT_PX
                };
                Rect::new(x, y, 0.0, 0.0).grown(radius + CLEAR_PX)
            })
            .collect();
        let lines = front.iter().zip(front.iter().skip(1)).map(|(from, to)| {
            let (x, y) = (from.x.min(to.x), from.y.min(to.y));
            Rect::new(x, y, (from.x - to.x).abs(), (from.y - to.y).abs()).grown(CLEAR_PX)
        });
        let lines: Vec<Rect> = lines.collect();
        let room = Rect::new(self.plot.x, self.plot.y, self.plot.width, self.plot.height);
        for spot in self.by_rank() {
            let Some(option) = self.fit.options.get(spot.index) else {
                continue;
            };
            let style = Style::SMALL.ink(Ink::Text).bold_if(option.is_winner);
            let at = self.point(&spot);
            let find = |words: &str, taken: &[Rect]| {
                let size = (style.width(words, self.measure), SMALL_LINE_PX);
                let is_said = !words.trim().is_empty();
                is_said
                    .then(|| label::place(at, size, room, taken))
                    .flatten()
            };
            // Better a word across the front than none at all.
            let clear = [taken.as_slice(), &lines].concat();
            let tries = [
                (&option.label, &clear),
                (&option.short_label, &clear),
                (&option.label, &taken),
                (&option.short_label, &taken),
            ];
            let found = tries
                .into_iter()
                .find_map(|(words, taken)| Some((words, find(words, taken)?)));
            let Some((words, place)) = found else {
                continue;
            };
            if let Some(end) = place.leader {
                leaders.push(hairline(at, end, Ink::Accent(option.accent, Shade::Mid)));
            }
            marks.extend(set(words, place.area, style, self.measure));
            taken.push(place.area.grown(CLEAR_PX));
        }
        marks.extend(self.better(&[taken, lines].concat()));
        leaders.extend(marks);
        leaders
    }

    /// Words in the corner that is cheap and good, if it is free.
    fn better(&self, taken: &[Rect]) -> Option<Mark> {
        let plot = self.plot;
        let words = &self.fit.better;
        let width = Style::SMALL.width(words, self.measure);
        let x = match self.fit.x.better {
            Better::High => plot.right() - width - EDGE_PX,
            Better::Low => plot.x + EDGE_PX,
        };
        let y = plot.bottom() - SMALL_LINE_PX - 4.0;
        let area = Rect::new(x, y, width, SMALL_LINE_PX);
        let is_free = x >= plot.x
            && area.right() <= plot.right()
            && !taken.iter().any(|other| area.overlaps(*other));
        let at = Point::new(x, area.center().y);
        let text = Style::SMALL.set(words, at, Align::Start, f64::INFINITY, self.measure);
        text.filter(|_| is_free).map(Mark::Text)
    }
}

/// Words on a plate of the ground, so that guides do not cross them.
fn set(words: &str, area: Rect, style: Style, measure: &dyn Measure) -> Vec<Mark> {
    let at = area.center();
    let text = style.set(words, at, Align::Middle, f64::INFINITY, measure);
    let plate = Mark::Rect {
        area: Rect::new(
            area.x,
            area.y + CLEAR_PX,
            area.width,
            area.height - 2.0 * CLEAR_PX,
        ),
        ink: Ink::Surface,
    };
    let text = text.map(Mark::Text);
    std::iter::once(plate).chain(text).collect()
}

fn dot(center: Point, accent: Accent, is_front: bool, is_winner: bool) -> Vec<Mark> {
    let of = |radius, ink| Mark::Dot {
        center,
        radius,
        ink,
    };
    let mut marks = if is_winner {
        vec![of(WINNER_PX, Ink::Text), of(WINNER_PX - 1.5, Ink::Surface)]
    } else {
        vec![of(DOT_PX + CLEAR_PX, Ink::Surface)]
    };
    let radius = if is_winner { DOT_PX - 0.5 } else { DOT_PX };
    marks.push(of(radius, Ink::Accent(accent, Shade::Full)));
    if !is_front {
        marks.push(of(radius - 2.0, Ink::Surface));
    }
    marks
}

/// The key shows each kind of dot as it is.
fn swatch(area: Rect, kind: usize) -> Vec<Mark> {
    let center = area.center();
    let mut marks = Vec::new();
    if kind == 0 {
        let ends = [area.x, area.right()].map(|x| Point::new(x, center.y));
        marks.push(hairline(ends[0], ends[1], Ink::Muted));
    }
    marks.extend(dot(center, Accent::Neutral, kind == 0, false));
    marks
}

/// The least and the greatest.
fn ends(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    values.fold(None, |ends: Option<(f64, f64)>, value| {
        let (low, high) = ends.unwrap_or((value, value));
        Some((low.min(value), high.max(value)))
    })
}

/// The interval of the x axis: the ends asked for, and every option.
fn domain(fit: &Fit, spots: &[Spot]) -> (f64, f64) {
    let asked = fit.x.ends.into_iter().flat_map(|(low, high)| [low, high]);
    let asked = asked.filter(|end| end.is_finite());
    let asked = asked.map(|end| cast::within(end, -super::MOST, super::MOST));
    let all = asked.chain(spots.iter().map(|spot| spot.x));
    let (low, high) = ends(all).unwrap_or((0.0, 0.0));
    if high - low > figure::LEAST_SPAN * high.abs().max(low.abs()) {
        return (low, high);
    }
    // One number alone stands in the middle.
    let around = (low.abs() / 10.0).max(1.0);
    (low - around, high + around)
}
