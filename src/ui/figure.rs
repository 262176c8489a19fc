//! A figure: a painted canvas, and above it, as DOM, what is pointed at or focused.

use std::sync::Arc;

use berth_figures::{Datum, Key, Move, Point, Scene};
use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use crate::platform::canvas::{self, CanvasMeasure};
use crate::reactive::{effect, memo, part, text};

/// What a figure is made of.
#[derive(Clone)]
pub struct Parts {
    /// The point of the figure in one sentence; the caption.
    pub takeaway: String,
    /// What a datum says when it is pointed at.
    pub tooltips: Tooltips,
}

/// The words of each datum of a figure.
pub type Tooltips = Arc<dyn Fn(Key) -> String + Send + Sync>;

/// A figure of a given specification.
///
/// The canvas is repainted when the scene, the size or the theme changes, never on hover.
#[component]
pub fn FigureView(
    /// What it is called, for those who cannot see it.
    name: &'static str,
    /// The scene for a width.
    #[prop(into)]
    layout: Callback<(f64, CanvasMeasure), Scene>,
    /// The caption and the words of its data.
    #[prop(into)]
    parts: Signal<Parts>,
    /// The same data as a table.
    table: ViewFn,
) -> impl IntoView {
    let frame = NodeRef::<html::Div>::new();
    let surface = NodeRef::<html::Canvas>::new();
    let width = canvas::width_of(frame);
    let dark = canvas::is_dark();
    let measure = StoredValue::new_local(CanvasMeasure::new());
    let rescaled = RwSignal::new(0_u32);
    canvas::on_rescale(move || rescaled.update(|count| *count = count.wrapping_add(1)));
    let scene = memo(move || {
        let width = width.get();
        let measure = measure.get_value();
        (width > 0.0).then(|| Arc::new(layout.run((width, measure))))
    });
    effect(move || {
        rescaled.track();
        let dark = dark.get();
        if let (Some(surface), Some(scene)) = (surface.get(), scene.get()) {
            canvas::paint_on(&surface, &scene, dark);
        }
    });
    let focus = RwSignal::new(None::<Key>);
    let datum = memo(move || -> Option<Datum> {
        scene.with(|scene| scene.as_ref()?.hits.get(focus.get()?).copied())
    });
    let point = move |event: &ev::PointerEvent| {
        let position = Point::new(f64::from(event.offset_x()), f64::from(event.offset_y()));
        let found = scene.with_untracked(|scene| {
            scene
                .as_ref()
                .and_then(|scene| scene.hits.at(position))
                .map(|datum| datum.key)
        });
        if focus.get_untracked() != found {
            focus.set(found);
        }
    };
    let step = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            return focus.set(None);
        }
        let Some(towards) = movement(&event.key()) else {
            return;
        };
        event.prevent_default();
        let from = focus.get_untracked();
        let found = scene.with_untracked(|scene| {
            scene
                .as_ref()
                .and_then(|scene| scene.hits.step(from, towards))
                .map(|datum| datum.key)
        });
        focus.set(found);
    };
    let words = memo(move || {
        focus
            .get()
            .map(|key| parts.with(|parts| (parts.tooltips)(key)))
    });
    let spoken = text(move || words.get().unwrap_or_default());
    let height =
        move || scene.with(|scene| scene.as_ref().map_or(0.0, |scene| scene.size.height()));
    let px = |value: f64| format!("{value}px");
    view! {
        <figure class="figure">
            <div
                class="figure-frame"
                node_ref=frame
                style:height=move || px(height())
                tabindex="0"
                role="group"
                aria-roledescription="figure"
                aria-label=text(move || {
                    format!("{name}. {} Arrow keys step through it.", parts.with(|parts| parts.takeaway.clone()))
                })
                on:keydown=step
                on:blur=move |_| focus.set(None)
            >
                <canvas
                    class="figure-canvas"
                    node_ref=surface
                    aria-hidden="true"
                    on:pointermove=move |event| point(&event)
                    on:pointerdown=move |event| point(&event)
                    on:pointerleave=move |_| focus.set(None)
                ></canvas>
                {part(move || datum.get().map(|datum| overlay(datum, width, spoken)))}
                <p class="visually-hidden" aria-live="polite">{spoken}</p>
            </div>
            <figcaption class="figure-caption">{text(move || parts.with(|parts| parts.takeaway.clone()))}</figcaption>
            <FigureTable table=table />
        </figure>
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
fn overlay(datum: Datum, width: Signal<f64>, words: Signal<String>) -> AnyView {
    let px = |value: f64| format!("{value}px");
    let beyond = datum.anchor.x > width.get_untracked() / 2.0;
    let tooltip = if beyond {
        "figure-tooltip beyond"
    } else {
        "figure-tooltip"
    };
    view! {
        <div
            class="figure-ring"
            aria-hidden="true"
            style:left=px(datum.area.x)
            style:top=px(datum.area.y)
            style:width=px(datum.area.width)
            style:height=px(datum.area.height)
        ></div>
        <div
            class=tooltip
            style:left=px(datum.anchor.x)
            style:top=px(datum.anchor.y)
            aria-hidden="true"
        >
            {words}
        </div>
    }
    .into_any()
}

/// The table behind a figure, built when it is opened.
#[component]
fn FigureTable(
    /// The table.
    table: ViewFn,
) -> impl IntoView {
    let opened = RwSignal::new(false);
    view! {
        <details class="figure-data" on:toggle:target=move |event| opened.set(event.target().open())>
            <summary>"The figure as a table"</summary>
            {part(move || opened.get().then(|| table.run()))}
        </details>
    }
}
