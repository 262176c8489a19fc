//! The layout of a curve: axes, lines, marks and labels in their places.

use super::{Crossing, Curve, Line, Present, path};
use crate::{
    accent::Dash,
    cast, declutter,
    figure::{self, drawable, hairline},
    flags::{Flag, Flags},
    geometry::{Point, Rect, Size},
    hit::{Datum, Hits, Key},
    measure::Measure,
    order,
    scale::Scale,
    scene::{Align, Ink, Mark, Scene, Shade},
    ticks::{self, Tick},
    typeset::{SMALL_LINE_PX, SMALL_PX, Style},
};

/// Space between the labels at the ends of lines.
const LABEL_PITCH_PX: f64 = 16.0;
/// From the end of a line to its label: room for a leader.
const LEADER_PX: f64 = 16.0;
/// Space between the labels and the edge.
const EDGE_PX: f64 = 4.0;
/// Labels take at most this share of the width.
const LABEL_SHARE: f64 = 0.34;
/// From this share on, the short labels are used.
const LONG_LABEL_SHARE: f64 = 0.26;
const TICK_GAP_PX: f64 = 8.0;
const FEWEST_PLOT_PX: f64 = 24.0;
const PRESENT_DOT_PX: f64 = 5.0;
const LONE_DOT_PX: f64 = 3.5;
const CROSSING_DOT_PX: f64 = 5.0;
const HIT_PX: f64 = 8.0;

/// The range of what is drawn.
pub(super) struct Extent {
    tasks: (u32, u32),
    highest_usd: f64,
}

impl Extent {
    pub(super) fn of(lines: &[Line]) -> Option<Self> {
        let mut priced = lines
            .iter()
            .flat_map(|line| &line.samples)
            .filter_map(|sample| sample.usd.map(|usd| (sample.tasks, drawable(usd))));
        let (tasks, usd) = priced.next()?;
        let first = Self {
            tasks: (tasks, tasks),
            highest_usd: usd,
        };
        Some(priced.fold(first, |extent, (tasks, usd)| Self {
            tasks: (extent.tasks.0.min(tasks), extent.tasks.1.max(tasks)),
            highest_usd: extent.highest_usd.max(usd),
        }))
    }
}

/// A curve with its axes in place.
pub(super) struct Frame<'a> {
    curve: &'a Curve,
    measure: &'a dyn Measure,
    plot: Rect,
    band: Rect,
    x: Scale,
    y: Scale,
    extent: &'a Extent,
    y_ticks: Vec<Tick>,
    has_short_labels: bool,
}

impl<'a> Frame<'a> {
    /// None where there is no room for a plot.
    pub(super) fn new(
        curve: &'a Curve,
        extent: &'a Extent,
        size: Size,
        measure: &'a dyn Measure,
    ) -> Option<Self> {
        let rows = if size.height() < 200.0 { 1.0 } else { 3.0 };
        // The topmost tick label may stand half a line above the plot.
        let top = (rows + 0.5) * SMALL_LINE_PX;
        // Tick labels, then the name of the axis.
        let bottom = size.height() - 2.0 * SMALL_LINE_PX - 6.0;
        let plot_height = bottom - top;
        let tasks = (f64::from(extent.tasks.0), f64::from(extent.tasks.1));
        let top_usd = if extent.highest_usd > 0.0 {
            extent.highest_usd * 1.04
        } else {
            1.0
        };
        let y_ticks = if extent.highest_usd > 0.0 {
            let at_most = cast::to_usize(plot_height / 44.0).clamp(2, 7);
            ticks::money(0.0, top_usd, at_most)
        } else {
            ticks::money(0.0, 0.0, 1)
        };
        let gutter = y_ticks
            .iter()
            .map(|tick| Style::SMALL.width(&tick.label, measure))
            .fold(0.0, f64::max)
            + TICK_GAP_PX;
        let (label_width, has_short_labels) = label_column(&curve.lines, size.width(), measure);
        let plot = Rect::new(
            gutter,
            top,
            size.width() - gutter - LEADER_PX - label_width - EDGE_PX,
            plot_height,
        );
        (plot.width >= FEWEST_PLOT_PX && plot.height >= FEWEST_PLOT_PX).then_some(Self {
            curve,
            measure,
            plot,
            band: Rect::new(0.0, 0.0, size.width(), rows * SMALL_LINE_PX),
            x: Scale::new(tasks, (plot.x, plot.right())),
            y: Scale::new((0.0, top_usd), (plot.bottom(), plot.y)),
            extent,
            y_ticks,
            has_short_labels,
        })
    }

    pub(super) fn scene(&self, size: Size) -> Scene {
        let mut marks = Vec::new();
        self.y_axis(&mut marks);
        self.x_axis(&mut marks);
        let flags = self.flags();
        marks.extend(flags.guides);
        let (winners, others): (Vec<_>, Vec<_>) =
            self.curve.lines.iter().partition(|line| line.is_winner);
        for line in others.into_iter().chain(winners) {
            self.line(line, &mut marks);
        }
        self.dots(&mut marks);
        marks.extend(flags.words);
        self.labels(&mut marks);
        Scene {
            size,
            marks,
            hits: Hits::columns(&self.data(), self.plot),
        }
    }

    fn point(&self, tasks: f64, usd: f64) -> Point {
        Point::new(self.x.px(tasks), self.y.px(drawable(usd)))
    }

    fn y_axis(&self, marks: &mut Vec<Mark>) {
        for tick in &self.y_ticks {
            let y = self.y.px(tick.value);
            let is_base = tick.value <= 0.0;
            let ink = if is_base { Ink::Muted } else { Ink::Grid };
            let (left, right) = (self.plot.x, self.plot.right());
            marks.push(hairline(Point::new(left, y), Point::new(right, y), ink));
            let at = Point::new(left - TICK_GAP_PX, y);
            let label = Style::SMALL.set(&tick.label, at, Align::End, f64::INFINITY, self.measure);
            marks.extend(label.map(Mark::Text));
        }
    }

    fn x_axis(&self, marks: &mut Vec<Mark>) {
        let baseline = self.plot.bottom();
        let middle = baseline + 6.0 + SMALL_LINE_PX / 2.0;
        let (low, high) = self.extent.tasks;
        let at_most = cast::to_usize(self.plot.width / 56.0).clamp(2, 12);
        let mut taken: Vec<(f64, f64)> = Vec::new();
        let nice = ticks::counts(low, high, at_most);
        // The first count is worth a label too, if there is room beside the nice ones.
        let first = ticks::counts(low, low, 1);
        for tick in nice.into_iter().chain(first) {
            let x = self.x.px(tick.value);
            let half = Style::SMALL.width(&tick.label, self.measure) / 2.0;
            let (from, to) = (x - half - 6.0, x + half + 6.0);
            if from + 6.0 < 0.0 || taken.iter().any(|&(start, end)| from < end && start < to) {
                continue;
            }
            taken.push((from, to));
            let foot = Point::new(x, baseline + 4.0);
            marks.push(hairline(Point::new(x, baseline), foot, Ink::Muted));
            let at = Point::new(x, middle);
            let label =
                Style::SMALL.set(&tick.label, at, Align::Middle, f64::INFINITY, self.measure);
            marks.extend(label.map(Mark::Text));
        }
        let at = Point::new(self.plot.right(), middle + SMALL_LINE_PX);
        let name = Style::SMALL.set(
            &self.curve.x_name,
            at,
            Align::End,
            self.plot.right(),
            self.measure,
        );
        marks.extend(name.map(Mark::Text));
    }

    /// The words above the plot: the name of the y axis, the present count and the crossings.
    fn flags(&self) -> Placed {
        let mut flags = Flags::new(self.band);
        let mut placed = Placed::default();
        let at = Point::new(0.0, flags.middle(0));
        let name = Style::SMALL.set(
            &self.curve.y_name,
            at,
            Align::Start,
            self.band.width,
            self.measure,
        );
        if let Some(name) = name {
            flags.reserve(0, 0.0, name.width);
            placed.words.push(Mark::Text(name));
        }
        if let Some(present) = self.present() {
            let style = Style::SMALL.ink(Ink::Text).bold_if(true);
            let x = self.x.px(present.tasks);
            let guides: Vec<f64> = self.crossings().map(|mark| self.x.px(mark.tasks)).collect();
            let flag = flags.place(&present.label, x, style, &guides, self.measure);
            placed.add(flag, x, self.plot, Ink::Muted, true);
        }
        for crossing in self.crossings() {
            let x = self.x.px(crossing.tasks);
            let style = Style::SMALL.ink(Ink::Text);
            let flag = flags.place(&crossing.label, x, style, &[], self.measure);
            placed.add(flag, x, self.plot, Ink::Grid, false);
        }
        placed
    }

    fn present(&self) -> Option<&Present> {
        let (low, high) = self.x.domain();
        self.curve
            .present
            .as_ref()
            .filter(|present| (low..=high).contains(&present.tasks))
    }

    fn crossings(&self) -> impl Iterator<Item = &Crossing> {
        let (low, high) = self.x.domain();
        self.curve
            .crossings
            .iter()
            .filter(move |crossing| (low..=high).contains(&crossing.tasks))
    }

    fn line(&self, line: &Line, marks: &mut Vec<Mark>) {
        for run in path::runs(line, |tasks, usd| self.point(tasks, usd)) {
            match run.as_slice() {
                [only] => marks.push(Mark::Dot {
                    center: *only,
                    radius: LONE_DOT_PX,
                    ink: line.ink(),
                }),
                _ => marks.push(Mark::Line {
                    path: run,
                    ink: line.ink(),
                    stroke: line.stroke(),
                    dash: line.dash,
                }),
            }
        }
    }

    fn dots(&self, marks: &mut Vec<Mark>) {
        for crossing in self.crossings() {
            let center = self.point(crossing.tasks, crossing.usd);
            let dot = |radius, ink| Mark::Dot {
                center,
                radius,
                ink,
            };
            marks.push(dot(CROSSING_DOT_PX, Ink::Text));
            marks.push(dot(CROSSING_DOT_PX - 1.5, Ink::Surface));
        }
        let Some(present) = self.present() else {
            return;
        };
        for line in self.curve.lines.iter().filter(|line| line.is_winner) {
            if let Some(usd) = line.usd_at(present.tasks) {
                let center = self.point(present.tasks, usd);
                let dot = |radius, ink| Mark::Dot {
                    center,
                    radius,
                    ink,
                };
                marks.push(dot(PRESENT_DOT_PX + 2.0, Ink::Surface));
                marks.push(dot(PRESENT_DOT_PX, line.ink()));
            }
        }
    }

    /// Labels at the ends of the lines, moved apart, with a leader where one had to move.
    fn labels(&self, marks: &mut Vec<Mark>) {
        let mut ends: Vec<(&Line, Point)> = self
            .curve
            .lines
            .iter()
            .filter_map(|line| {
                let (_, tasks, usd) = line.priced().next_back()?;
                Some((line, self.point(tasks, usd)))
            })
            .collect();
        let (low, high) = (self.plot.y + 2.0, self.plot.bottom() - 2.0);
        if ends.len() > declutter::room(LABEL_PITCH_PX, low, high) {
            ends = uncrowded(&ends);
        }
        let ends = order::sorted(&ends, |(_, a), (_, b)| a.y.total_cmp(&b.y));
        let wanted: Vec<f64> = ends.iter().map(|(_, end)| end.y).collect();
        let placed = declutter::spread(&wanted, LABEL_PITCH_PX, low, high);
        let left = self.plot.right() + LEADER_PX;
        let room = self.band.right() - EDGE_PX - left;
        for ((line, end), y) in ends.into_iter().zip(placed) {
            let mut start = end;
            if end.x < self.plot.right() - 1.0 {
                // The line stopped early: the way to its label must not look like the line.
                start = Point::new(self.plot.right(), end.y);
                marks.push(Mark::Line {
                    path: vec![end, start],
                    ink: Ink::Muted,
                    stroke: figure::HAIRLINE_PX,
                    dash: Dash::Dotted,
                });
            }
            let ink = Ink::Accent(line.accent, Shade::Mid);
            marks.push(hairline(start, Point::new(left - 4.0, y), ink));
            let words = line_words(line, self.has_short_labels);
            let at = Point::new(left, y);
            let label = line
                .label_style()
                .set(words, at, Align::Start, room, self.measure);
            marks.extend(label.map(Mark::Text));
        }
    }

    fn data(&self) -> Vec<Datum> {
        let lines = self.curve.lines.iter().enumerate();
        lines
            .flat_map(|(series, line)| {
                line.priced().map(move |(item, tasks, usd)| {
                    let anchor = self.point(tasks, usd);
                    Datum {
                        key: Key::item(series, item),
                        area: Rect::new(anchor.x, anchor.y, 0.0, 0.0).grown(HIT_PX),
                        anchor,
                    }
                })
            })
            .collect()
    }
}

/// Guides and words above the plot.
#[derive(Default)]
struct Placed {
    guides: Vec<Mark>,
    words: Vec<Mark>,
}

impl Placed {
    /// A guide from the label down to the axis. Without a label only one that `stands_alone` has
    /// a guide.
    fn add(&mut self, flag: Option<Flag>, x: f64, plot: Rect, ink: Ink, stands_alone: bool) {
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

/// The ends that are apart by themselves, the winner's first; the rest can still be pointed at.
fn uncrowded<'a>(ends: &[(&'a Line, Point)]) -> Vec<(&'a Line, Point)> {
    let ends = order::sorted(ends, |(a, _), (b, _)| b.is_winner.cmp(&a.is_winner));
    let mut apart: Vec<(&'a Line, Point)> = Vec::new();
    for (line, end) in ends {
        let is_near = |(_, other): &(&Line, Point)| (other.y - end.y).abs() < LABEL_PITCH_PX;
        if !apart.iter().any(is_near) {
            apart.push((line, end));
        }
    }
    apart
}

/// The words of a line's label.
fn line_words(line: &Line, is_short: bool) -> &str {
    if is_short && !line.short_label.is_empty() {
        &line.short_label
    } else {
        &line.label
    }
}

/// The width of the column of labels, and whether the short ones are used.
fn label_column(lines: &[Line], width: f64, measure: &dyn Measure) -> (f64, bool) {
    let widest = |is_short| {
        lines
            .iter()
            .map(|line| {
                line.label_style()
                    .width(line_words(line, is_short), measure)
            })
            .fold(0.0, f64::max)
    };
    let long = widest(false);
    if long <= width * LONG_LABEL_SHARE {
        (long.ceil(), false)
    } else {
        (widest(true).min(width * LABEL_SHARE).ceil(), true)
    }
}

const _: () = assert!(
    LABEL_PITCH_PX >= 1.2 * SMALL_PX,
    "labels of neighbours touch"
);
