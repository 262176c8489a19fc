//! A figure: a painted canvas, and above it, as DOM, what is pointed at or focused.

use std::sync::Arc;

use berth_figures::{Datum, Key, Move, Point, Scene};

use crate::dom::{Element, el};
use crate::platform::canvas::{self, CanvasMeasure};
use crate::platform::page;
use crate::reactive::{Memo, Signal, effect, memo, signal};

/// Lays a figure out for a width, in CSS pixels.
pub type Layout = Box<dyn Fn(f64, &CanvasMeasure) -> Scene + Send + Sync>;

/// What a figure is made of.
pub struct Parts {
    /// What it is called, for those who cannot see it.
    pub name: String,
    /// The scene for a width.
    pub layout: Layout,
    /// The point of the figure in one sentence; the caption.
    pub takeaway: Box<dyn Fn() -> String + Send + Sync>,
    /// What a datum says when it is pointed at.
    pub tooltip: Box<dyn Fn(Key) -> String + Send + Sync>,
    /// The same data as a table.
    pub table: Box<dyn Fn() -> Option<Element>>,
    /// What a press on a datum does, by pointer or by Enter; `None` where it does nothing.
    pub pressed: Option<Box<dyn Fn(Key) + Send + Sync>>,
}

/// What a press on a datum does.
type Pressed = Option<Arc<dyn Fn(Key) + Send + Sync>>;

/// The state of a figure that is shown.
#[derive(Clone, Copy)]
struct Shown {
    width: Signal<f64>,
    scene: Memo<Option<Arc<Scene>>>,
    /// What is pointed at or stepped to.
    focus: Signal<Option<Key>>,
}

/// A figure.
///
/// The canvas is repainted when the scene, the size or the theme changes, never on hover.
pub fn figure(parts: Parts) -> Element {
    let Parts {
        name,
        layout,
        takeaway,
        tooltip,
        table,
        pressed,
    } = parts;
    let frame = el("div").class("figure-frame");
    let surface = el("canvas")
        .class("figure-canvas")
        .attr("aria-hidden", "true");
    let width = canvas::width_of(&frame);
    let shown = Shown {
        width,
        scene: scene(width, layout),
        focus: signal(None),
    };
    paint(surface.clone(), shown.scene);
    let takeaway = memo(takeaway);
    let words = memo(move || shown.focus.get().map_or_else(String::new, &tooltip));
    let keys = if pressed.is_some() {
        "Arrow keys step through it, Enter goes there."
    } else {
        "Arrow keys step through it."
    };
    let label = move || takeaway.with(|takeaway| format!("{name}. {takeaway} {keys}"));
    let pressed: Pressed = pressed.map(Arc::from);
    let on_enter = pressed.clone();
    let spoken = el("p")
        .class("visually-hidden")
        .attr("aria-live", "polite")
        .live_text(move || words.get());
    let frame = frame
        .attr("tabindex", "0")
        .attr("role", "group")
        .attr("aria-roledescription", "figure")
        .live_attr("aria-label", label)
        .live_class("empty", move || shown.height() <= 0.0)
        .live_px("height", move || shown.height())
        .on_key(move |key, _| match key {
            "Enter" => shown.press(&on_enter),
            _ => shown.step(key),
        })
        .on("blur", move || shown.focus.set(None))
        .child(shown.follow_pointer(surface, pressed))
        .part(overlay(shown, words))
        .child(spoken);
    let caption = el("figcaption")
        .class("figure-caption")
        .live_text(move || takeaway.get());
    el("figure")
        .class("figure")
        .children([frame, caption, table_behind(table)])
}

fn scene(width: Signal<f64>, layout: Layout) -> Memo<Option<Arc<Scene>>> {
    let measure = signal(CanvasMeasure::new());
    memo(move || {
        let width = width.get();
        (width > 0.0).then(|| Arc::new(measure.with_untracked(|measure| layout(width, measure))))
    })
}

fn paint(surface: Element, scene: Memo<Option<Arc<Scene>>>) {
    let dark = canvas::is_dark();
    let rescaled = page::rescaled();
    effect(move || {
        rescaled.track();
        let dark = dark.get();
        scene.with(|scene| {
            if let Some(scene) = scene {
                canvas::paint_on(&surface, scene, dark);
            }
        });
    });
}

impl Shown {
    fn height(self) -> f64 {
        let height = |scene: &Arc<Scene>| scene.size.height();
        self.scene.with(|scene| scene.as_ref().map_or(0.0, height))
    }

    /// What is pointed at; gone where the scene no longer has it.
    fn datum(self) -> Option<Datum> {
        let key = self.focus.get()?;
        self.scene
            .with(|scene| scene.as_ref()?.hits.get(key).copied())
    }

    /// Goes where the focus is; true where there is somewhere to go.
    fn press(self, pressed: &Pressed) -> bool {
        match (pressed, self.focus.get_untracked()) {
            (Some(pressed), Some(key)) => {
                pressed(key);
                true
            }
            _ => false,
        }
    }

    fn follow_pointer(self, surface: Element, pressed: Pressed) -> Element {
        let surface = if pressed.is_some() {
            surface.class("figure-canvas pressable")
        } else {
            surface
        };
        surface
            // A touch has left before it clicks: the place of the click is what is pressed.
            .on_pointer("click", move |at, _| {
                self.point(at);
                self.press(&pressed);
            })
            .on_pointer("pointermove", move |at, _| self.point(at))
            .on_pointer("pointerdown", move |at, _| self.point(at))
            .on("pointerleave", move || self.focus.set(None))
    }

    fn point(self, at: Point) {
        let found = self
            .scene
            .with_untracked(|scene| Some(scene.as_ref()?.hits.at(at)?.key));
        if self.focus.get_untracked() != found {
            self.focus.set(found);
        }
    }

    /// Moves to another datum by a key, or away from all; true where the key is one for figures.
    fn step(self, key: &str) -> bool {
        if key == "Escape" {
            self.focus.set(None);
            return false;
        }
        let Some(towards) = movement(key) else {
            return false;
        };
        let from = self.focus.get_untracked();
        let found = self
            .scene
            .with_untracked(|scene| Some(scene.as_ref()?.hits.step(from, towards)?.key));
        self.focus.set(found);
        true
    }
}

/// Where a key leads to, if anywhere.
fn movement(key: &str) -> Option<Move> {
    Some(match key {
        "ArrowRight" => Move::Next,
        "ArrowLeft" => Move::Previous,
        "ArrowDown" => Move::Down,
        "ArrowUp" => Move::Up,
        "Home" => Move::First,
        "End" => Move::Last,
        _ => return None,
    })
}

/// The ring around what is pointed at, and its words beside it, on the side with more room.
fn overlay(shown: Shown, words: Memo<String>) -> impl Fn() -> Option<(Element, Element)> {
    let datum = memo(move || shown.datum());
    move || {
        let Datum { area, anchor, .. } = datum.get()?;
        let beyond = anchor.x > shown.width.get_untracked() / 2.0;
        let ring = el("div")
            .class("figure-ring")
            .attr("aria-hidden", "true")
            .px("left", area.x)
            .px("top", area.y)
            .px("width", area.width)
            .px("height", area.height);
        let tooltip = el("div")
            .class(if beyond {
                "figure-tooltip beyond"
            } else {
                "figure-tooltip"
            })
            .attr("aria-hidden", "true")
            .px("left", anchor.x)
            .px("top", anchor.y)
            .live_text(move || words.get());
        Some((ring, tooltip))
    }
}

/// The table behind a figure, built when it is opened.
fn table_behind(table: Box<dyn Fn() -> Option<Element>>) -> Element {
    let opened = signal(false);
    el("details")
        .class("figure-data")
        .on_toggle(move |open| opened.set(open))
        .child(el("summary").text("The figure as a table"))
        .part(move || opened.get().then(&table))
}
