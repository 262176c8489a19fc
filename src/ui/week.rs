//! The week: 168 hours, painted with a pointer or set by keys, from a shape, or as text.

use std::rc::Rc;

use berth_figures::{Point, within};
use berth_model::inputs::{self, BRUSH, FieldError, InputId};
use berth_model::scenario::week::{self, Block, Paint, SHAPES, Shape};
use berth_model::scenario::{Load, MAX_TASKS, TaskCount, WeekHours};

use super::disclosure::when_opened;
use super::field::{Typed, long_field, part_field, refused, words_of};
use crate::dom::{Element, el};
use crate::reactive::{Memo, Signal, effect, memo, signal};
use crate::state::AppState;

/// Days of a week, and hours of a day.
const DAYS: usize = 7;
const HOURS: usize = 24;

/// The editor of a load that is a week.
#[derive(Clone, Copy)]
struct Week {
    state: AppState,
    hours: Memo<WeekHours>,
    brush: Signal<u32>,
    /// The corners of the hours that are chosen: where the choice began, and where keys go on from.
    chosen: Signal<(usize, usize)>,
    /// The hour that is pointed at.
    pointed: Signal<Option<usize>>,
    /// The week that a drag began on.
    drag: Signal<Option<WeekHours>>,
    /// The number that is being typed onto the chosen hours.
    digits: Signal<u32>,
    problem: Signal<String>,
}

/// The grid, its brush, shapes to start from, and the same as text.
pub fn week_field(state: AppState) -> Element {
    let hours = memo(move || {
        state.read(|_, service| match &service.load {
            Load::Week(hours) => hours.clone(),
            // It is about to go.
            _ => WeekHours::flat(TaskCount::default()),
        })
    });
    let week = Week {
        state,
        hours,
        brush: signal(hours.with_untracked(|hours| hours.peak().get())),
        chosen: signal((0, 0)),
        pointed: signal(None),
        drag: signal(None),
        digits: signal(0),
        problem: signal(String::new()),
    };
    let words = el("p")
        .class("week-words")
        .attr("role", "status")
        .live_text(move || hours.with(WeekHours::in_words));
    let said = refused(week.problem, state);
    el("fieldset")
        .class("field week")
        .child(el("legend").class("field-label").text("Week"))
        .children([week.chart(), week.now(), words, said, week.brush(), help()])
        .child(week.shapes())
        .child(when_opened(
            el("summary").text("The week as text"),
            move || long_field(InputId::Week, state),
        ))
}

fn help() -> Element {
    el("p").class("field-help").attr("id", "week-help").text(
        "Drag over hours to give them the brush’s tasks. By keys: arrows move, with Shift they choose more, \
         a number or Enter (the brush) sets, + and − change by one.",
    )
}

impl Week {
    /// The grid between its days and hours.
    fn chart(self) -> Element {
        let hours = el("div").class("week-hours").attr("aria-hidden", "true");
        let hours = [0, 6, 12, 18].iter().fold(hours, |hours, hour: &u8| {
            hours.child(el("span").text(&hour.to_string()))
        });
        let days = el("div").class("week-days").attr("aria-hidden", "true");
        let days = (0..DAYS).fold(days, |days, day| {
            days.child(el("span").text(week::short_day(day)))
        });
        el("div")
            .class("week-chart")
            .children([hours, days, self.grid()])
    }

    fn grid(self) -> Element {
        let cells: Vec<Element> = (0..DAYS * HOURS).map(cell).collect();
        let rows = cells.chunks(HOURS).enumerate().map(|(day, cells)| {
            el("div")
                .attr("role", "row")
                .attr("aria-label", week::day(day))
                .child(cells.to_vec())
        });
        let grid = el("div")
            .class("week-grid")
            .attr("role", "grid")
            .attr("tabindex", "0")
            .attr("aria-label", "Tasks hour by hour")
            .attr("aria-multiselectable", "true")
            .attr("aria-describedby", "week-help")
            .live_attr("aria-activedescendant", move || {
                let (_, active) = self.chosen.get();
                cell_id(active)
            })
            .child(rows.collect::<Vec<_>>());
        self.show(cells);
        self.follow(grid)
    }

    /// Keeps the cells at what the week is; most edits change a few of them.
    fn show(self, cells: Vec<Element>) {
        let mut shown = Vec::new();
        effect(move || {
            let (one, other) = self.chosen.get();
            let block = Block::between(one, other);
            let hours = self.hours.get();
            let cells = cells.iter().zip(hours.hours()).enumerate();
            let now = cells.map(|(hour, (cell, &tasks))| {
                let is = (tasks, hours.eighths(hour), block.has(hour));
                if shown.get(hour) != Some(&is) {
                    let _ = cell
                        .clone()
                        .attr("data-share", &is.1.to_string())
                        .attr("aria-selected", if is.2 { "true" } else { "false" })
                        .attr("aria-label", &hours.hour_in_words(hour));
                }
                is
            });
            shown = now.collect();
        });
    }

    fn follow(self, grid: Element) -> Element {
        let (down, moved, left) = (grid.clone(), grid.clone(), grid.clone());
        grid.on_key(move |key, shift| self.key(key, shift))
            .on_pointer("pointerdown", move |at, held| {
                if held {
                    let hour = hour_at(&down, at);
                    self.choose(hour, hour);
                    self.drag.set(Some(self.hours.get_untracked()));
                }
            })
            .on_pointer("pointermove", move |at, held| {
                self.pass(hour_at(&moved, at), held);
            })
            .on_pointer("pointerleave", move |at, held| {
                if held {
                    self.pass(hour_at(&left, at), held);
                }
                self.pointed.set(None);
            })
            .on("pointerup", move || {
                self.paint_dragged();
                self.drag.set(None);
            })
            .on("pointercancel", move || self.take_back())
    }

    /// A pointer passes over an hour.
    fn pass(self, hour: usize, held: bool) {
        if self.drag.with_untracked(Option::is_none) {
            return self.pointed.set(Some(hour));
        }
        if !held {
            // It was let go outside.
            return self.drag.set(None);
        }
        let (from, to) = self.chosen.get_untracked();
        if to != hour {
            self.choose(from, hour);
        }
        self.paint_dragged();
    }

    /// Paints what a drag has come over onto the week that it began on.
    fn paint_dragged(self) {
        let Some(before) = self.drag.get_untracked() else {
            return;
        };
        let paint = Paint::To(self.brush.get_untracked());
        let text = before.painted(&self.block(), paint);
        self.state
            .edit_soon(InputId::Week, text, move |set| self.say(set));
    }

    /// A touch that came to scroll the page paints nothing.
    fn take_back(self) {
        if let Some(before) = self.drag.get_untracked() {
            self.drag.set(None);
            self.state
                .edit_soon(InputId::Week, before.to_string(), move |set| self.say(set));
        }
    }

    fn block(self) -> Block {
        let (one, other) = self.chosen.get_untracked();
        Block::between(one, other)
    }

    fn choose(self, from: usize, to: usize) {
        self.digits.set(0);
        self.pointed.set(None);
        self.chosen.set((from, to));
    }

    /// True where the key is one for the grid.
    fn key(self, key: &str, shift: bool) -> bool {
        let (from, active) = self.chosen.get_untracked();
        let (days, hours) = match key {
            "Escape" => {
                self.choose(active, active);
                return false;
            }
            "ArrowUp" => (-1, 0),
            "ArrowDown" => (1, 0),
            "ArrowLeft" => (0, -1),
            "ArrowRight" => (0, 1),
            "Home" => (0, isize::MIN),
            "End" => (0, isize::MAX),
            _ => return self.paint_by(key),
        };
        let next = week::neighbour(active, days, hours);
        self.choose(if shift { from } else { next }, next);
        true
    }

    fn paint_by(self, key: &str) -> bool {
        let digit = key.parse::<u32>().ok().filter(|&digit| digit < 10);
        let digits = digit.map_or(0, |digit| self.longer(digit));
        let paint = match key {
            "Enter" | " " => Paint::To(self.brush.get_untracked()),
            "Delete" | "Backspace" => Paint::To(0),
            "+" => Paint::By(1),
            "-" | "−" => Paint::By(-1),
            _ if digit.is_some() => Paint::To(digits),
            _ => return false,
        };
        self.digits.set(digits);
        let text = self
            .hours
            .with_untracked(|hours| hours.painted(&self.block(), paint));
        self.say(self.state.edit(InputId::Week, &text));
        true
    }

    /// The number that was being typed with another digit, or this one alone where that is too many tasks.
    fn longer(self, digit: u32) -> u32 {
        let longer = self.digits.get_untracked() * 10 + digit;
        if longer > MAX_TASKS { digit } else { longer }
    }

    fn say(self, set: Result<(), FieldError>) {
        self.problem.set(words_of(set));
    }

    /// What the hour that is pointed at, or the chosen ones, have.
    fn now(self) -> Element {
        el("p").class("week-now").live_text(move || {
            let (one, other) = self.chosen.get();
            let block = match self.pointed.get() {
                Some(hour) => Block::between(hour, hour),
                None => Block::between(one, other),
            };
            self.hours.with(|hours| hours.block_in_words(&block))
        })
    }

    fn brush(self) -> Element {
        let present = memo(move || self.brush.get().to_string());
        let set = move |text: &str| match inputs::brush(text) {
            Ok(tasks) => {
                self.brush.set(tasks);
                Ok(())
            }
            Err(error) => Err(error.to_string()),
        };
        part_field(Typed::of_part(
            "week-brush".to_owned(),
            &BRUSH,
            present,
            Rc::new(set),
        ))
    }

    fn shapes(self) -> Element {
        let button = |shape: &'static Shape| {
            el("button")
                .attr("type", "button")
                .class("button small")
                .attr("title", shape.about)
                .text(shape.label)
                .on_click(move || {
                    let peak = self.hours.with_untracked(WeekHours::peak);
                    let text = shape.week(peak).to_string();
                    self.say(self.state.edit(InputId::Week, &text));
                })
        };
        el("div")
            .class("button-row")
            .attr("role", "group")
            .attr("aria-label", "Shapes of a week, at the present peak")
            .child(SHAPES.iter().map(button).collect::<Vec<_>>())
    }
}

fn cell(hour: usize) -> Element {
    el("div")
        .attr("role", "gridcell")
        .attr("id", &cell_id(hour))
}

fn cell_id(hour: usize) -> String {
    ["week-", &hour.to_string()].concat()
}

/// The hour at a point of the grid; the nearest where the point is beyond.
fn hour_at(grid: &Element, at: Point) -> usize {
    let (width, height) = grid.extent();
    place(at.y, height, DAYS) * HOURS + place(at.x, width, HOURS)
}

/// Which of so many equal parts of a length a place lies in.
fn place(at: f64, length: f64, parts: usize) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a handful of parts; what lies beyond the ends is kept at them"
    )]
    {
        within(at / length * parts as f64, 0.0, parts as f64 - 1.0) as usize
    }
}
