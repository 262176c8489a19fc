//! The layout of the months: axes, lines, marks and labels in their places.

use super::{Event, Line, Months, Payback, Sum};
use crate::{
    accent::Dash,
    axes::{self, MoneyAxis},
    cast,
    ends::{End, Ends},
    figure::{self, drawable},
    flags::{Flags, Placed},
    geometry::{Point, Rect, Size},
    hit::{Datum, Hits, Key},
    measure::Measure,
    scale::Scale,
    scene::{Ink, Mark, Scene, Shade},
    straight::straightened,
    ticks,
    typeset::{SMALL_LINE_PX, Style},
};

const FEWEST_PLOT_PX: f64 = 24.0;
const LONE_DOT_PX: f64 = 3.5;
const PAYBACK_DOT_PX: f64 = 5.0;
const HIT_PX: f64 = 8.0;
/// The number of a month takes little room: one for this width.
const MONTH_PITCH_PX: f64 = 28.0;
/// Figures lower than this have one row of words above the plot.
const LOW_PX: f64 = 200.0;

/// The range of what is drawn.
pub(super) struct Extent {
    months: (f64, f64),
    highest_usd: f64,
}

impl Extent {
    pub(super) fn of(lines: &[Line]) -> Option<Self> {
        let mut extent: Option<Self> = None;
        for (_, sum) in lines.iter().flat_map(Line::drawable) {
            let before = extent.unwrap_or(Self {
                months: (sum.month, sum.month),
                highest_usd: 0.0,
            });
            extent = Some(Self {
                months: (
                    before.months.0.min(sum.month),
                    before.months.1.max(sum.month),
                ),
                highest_usd: before.highest_usd.max(sum.usd),
            });
        }
        extent
    }
}

/// The months with their axes in place.
pub(super) struct Frame<'a> {
    months: &'a Months,
    measure: &'a dyn Measure,
    plot: Rect,
    band: Rect,
    x: Scale,
    y: Scale,
    money: MoneyAxis,
    ends: Ends,
}

impl<'a> Frame<'a> {
    /// None where there is no room for a plot.
    pub(super) fn new(
        months: &'a Months,
        extent: &Extent,
        size: Size,
        measure: &'a dyn Measure,
    ) -> Option<Self> {
        let rows = if size.height() < LOW_PX { 1.0 } else { 3.0 };
        // The topmost tick label may stand half a line above the plot.
        let top = (rows + 0.5) * SMALL_LINE_PX;
        let plot_height = size.height() - axes::BELOW_PX - top;
        let money = MoneyAxis::new(extent.highest_usd, plot_height);
        let gutter = axes::gutter(&money.ticks, measure);
        let names: Vec<_> = months.lines.iter().map(Line::name).collect();
        let ends = Ends::new(&names, size.width(), measure);
        let width = size.width() - gutter - ends.width();
        let plot = Rect::new(gutter, top, width, plot_height);
        (plot.width >= FEWEST_PLOT_PX && plot.height >= FEWEST_PLOT_PX).then_some(Self {
            months,
            measure,
            plot,
            band: Rect::new(0.0, 0.0, size.width(), rows * SMALL_LINE_PX),
            x: Scale::new(extent.months, (plot.x, plot.right())),
            y: money.scale(plot),
            money,
            ends,
        })
    }

    pub(super) fn scene(&self, size: Size) -> Scene {
        let mut marks = axes::upright(&self.money.ticks, self.y, self.plot, self.measure);
        marks.extend(self.x_axis());
        let flags = self.flags();
        marks.extend(flags.guides);
        let (winners, others): (Vec<_>, Vec<_>) =
            self.months.lines.iter().partition(|line| line.is_winner);
        for line in others.into_iter().chain(winners) {
            marks.extend(self.line(line));
        }
        for payback in self.paybacks() {
            marks.extend(self.dot(payback));
        }
        marks.extend(flags.words);
        marks.extend(self.names());
        Scene {
            size,
            marks,
            hits: Hits::columns(&self.data(), self.plot),
        }
    }

    fn point(&self, sum: Sum) -> Point {
        Point::new(self.x.px(sum.month), self.y.px(sum.usd))
    }

    fn x_axis(&self) -> Vec<Mark> {
        let (low, high) = self.x.domain();
        let (low, high) = (cast::to_u32(low.ceil()), cast::to_u32(high.floor()));
        let at_most = cast::to_usize(self.plot.width / MONTH_PITCH_PX).clamp(2, 8);
        let ticks = ticks::months(low, high, at_most);
        let room = (self.plot, self.band.right());
        let mut marks = axes::level(ticks.into_iter(), self.x, room, self.measure);
        marks.extend(axes::level_name(
            &self.months.x_name,
            self.plot,
            self.measure,
        ));
        marks
    }

    /// The words above the plot: the name of the y axis, what happens, and what pays back.
    fn flags(&self) -> Placed {
        let mut flags = Flags::new(self.band);
        let mut placed = Placed::default();
        placed
            .words
            .extend(flags.name(&self.months.y_name, self.measure));
        let guides: Vec<f64> = self.paybacks().map(|mark| self.x.px(mark.month)).collect();
        for event in self.events() {
            let style = Style::SMALL.ink(Ink::Text).bold_if(true);
            let x = self.x.px(event.month);
            let flag = [&event.label, &event.short_label]
                .into_iter()
                .find_map(|words| flags.place(words, x, style, &guides, self.measure));
            let top = flag.as_ref().map_or(self.plot.y, |flag| flag.guide_top);
            placed.words.extend(flag.map(|flag| Mark::Text(flag.text)));
            placed.guides.push(Mark::Line {
                path: vec![Point::new(x, top), Point::new(x, self.plot.bottom())],
                ink: Ink::Muted,
                stroke: figure::HAIRLINE_PX,
                dash: Dash::Dashed,
            });
        }
        for payback in self.paybacks() {
            let x = self.x.px(payback.month);
            let style = Style::SMALL.ink(Ink::Text);
            let flag = [&payback.label, &payback.short_label]
                .into_iter()
                .find_map(|words| flags.place(words, x, style, &[], self.measure));
            placed.add(flag, x, self.plot, Ink::Grid, false);
        }
        placed
    }

    fn is_shown(&self, month: f64) -> bool {
        let (low, high) = self.x.domain();
        (low..=high).contains(&month)
    }

    fn paybacks(&self) -> impl Iterator<Item = &Payback> {
        let paybacks = self.months.paybacks.iter();
        paybacks.filter(|payback| self.is_shown(payback.month))
    }

    fn events(&self) -> impl Iterator<Item = &Event> {
        let events = self.months.events.iter();
        events.filter(|event| self.is_shown(event.month))
    }

    fn line(&self, line: &Line) -> Option<Mark> {
        let points: Vec<Point> = line
            .drawable()
            .into_iter()
            .map(|(_, sum)| self.point(sum))
            .collect();
        let ink = Ink::Accent(line.accent, Shade::Full);
        Some(match points.as_slice() {
            [] => return None,
            [only] => Mark::Dot {
                center: *only,
                radius: LONE_DOT_PX,
                ink,
            },
            _ => Mark::Line {
                path: straightened(&points),
                ink,
                stroke: if line.is_winner { 3.0 } else { 2.0 },
                dash: line.dash,
            },
        })
    }

    /// The ring where a line goes below another.
    fn dot(&self, payback: &Payback) -> [Mark; 2] {
        let center = self.point(Sum {
            month: payback.month,
            usd: drawable(payback.usd).min(self.money.top_usd),
        });
        [
            (PAYBACK_DOT_PX, Ink::Text),
            (PAYBACK_DOT_PX - 1.5, Ink::Surface),
        ]
        .map(|(radius, ink)| Mark::Dot {
            center,
            radius,
            ink,
        })
    }

    /// The names at the ends of the lines.
    fn names(&self) -> Vec<Mark> {
        let ends = self.months.lines.iter().filter_map(|line| {
            let (_, last) = line.drawable().pop()?;
            Some(End {
                name: line.name(),
                accent: line.accent,
                at: self.point(last),
            })
        });
        self.ends.marks(ends.collect(), self.plot, self.measure)
    }

    fn data(&self) -> Vec<Datum> {
        let mut data = Vec::new();
        for (series, line) in self.months.lines.iter().enumerate() {
            for (item, sum) in line.drawable() {
                let anchor = self.point(sum);
                data.push(Datum {
                    key: Key::item(series, item),
                    area: Rect::new(anchor.x, anchor.y, 0.0, 0.0).grown(HIT_PX),
                    anchor,
                });
            }
        }
        data
    }
}
