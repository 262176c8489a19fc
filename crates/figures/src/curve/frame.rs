//! The layout of a curve: axes, lines, marks and labels in their places.

use super::{Crossing, Curve, Line, Present, path};
use crate::{
    axes::{self, MoneyAxis},
    ends::{End, Ends},
    figure::drawable,
    flags::{Flags, Placed},
    geometry::{Point, Rect, Size},
    hit::{Datum, Hits, Key},
    measure::Measure,
    scale::Scale,
    scene::{Ink, Mark, Scene},
    ticks,
    typeset::{SMALL_LINE_PX, Style},
};

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
    money: MoneyAxis,
    ends: Ends,
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
        let bottom = size.height() - axes::BELOW_PX;
        let plot_height = bottom - top;
        let tasks = (f64::from(extent.tasks.0), f64::from(extent.tasks.1));
        let money = MoneyAxis::new(extent.highest_usd, plot_height);
        let gutter = axes::gutter(&money.ticks, measure);
        let names: Vec<_> = curve.lines.iter().map(Line::name).collect();
        let ends = Ends::new(&names, size.width(), measure);
        let plot = Rect::new(
            gutter,
            top,
            size.width() - gutter - ends.width(),
            plot_height,
        );
        (plot.width >= FEWEST_PLOT_PX && plot.height >= FEWEST_PLOT_PX).then_some(Self {
            curve,
            measure,
            plot,
            band: Rect::new(0.0, 0.0, size.width(), rows * SMALL_LINE_PX),
            x: Scale::new(tasks, (plot.x, plot.right())),
            y: money.scale(plot),
            extent,
            money,
            ends,
        })
    }

    pub(super) fn scene(&self, size: Size) -> Scene {
        let mut marks = axes::upright(&self.money.ticks, self.y, self.plot, self.measure);
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
        marks.extend(self.labels());
        Scene {
            size,
            marks,
            hits: Hits::columns(&self.data(), self.plot),
        }
    }

    fn point(&self, tasks: f64, usd: f64) -> Point {
        Point::new(self.x.px(tasks), self.y.px(drawable(usd)))
    }

    fn x_axis(&self, marks: &mut Vec<Mark>) {
        let (low, high) = self.extent.tasks;
        let nice = ticks::counts(low, high, axes::level_ticks(self.plot.width));
        // The first count is worth a label too, if there is room beside the nice ones.
        let first = ticks::counts(low, low, 1);
        let ticks = nice.into_iter().chain(first);
        let room = (self.plot, self.band.right());
        marks.extend(axes::level(ticks, self.x, room, self.measure));
        let name = axes::level_name(&self.curve.x_name, self.plot, self.measure);
        marks.extend(name);
    }

    /// The words above the plot: the name of the y axis, the present count and the crossings.
    fn flags(&self) -> Placed {
        let mut flags = Flags::new(self.band);
        let mut placed = Placed::default();
        let name = flags.name(&self.curve.y_name, self.measure);
        placed.words.extend(name);
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

    /// The names at the ends of the lines.
    fn labels(&self) -> Vec<Mark> {
        let ends = self.curve.lines.iter().filter_map(|line| {
            let (_, tasks, usd) = line.priced().next_back()?;
            Some(End {
                name: line.name(),
                accent: line.accent,
                at: self.point(tasks, usd),
            })
        });
        self.ends.marks(ends.collect(), self.plot, self.measure)
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
