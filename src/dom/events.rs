//! Listeners: they hand a person's doings to closures, and end with the owner they were made under.

use berth_figures::Point;
use js_sys::{Function, Reflect};
use leptos::prelude::{on_cleanup, window};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, EventTarget, KeyboardEvent, PointerEvent};

use super::element::Element;

impl Element {
    /// When something happens.
    #[must_use]
    pub fn on(self, event: &'static str, act: impl Fn() + 'static) -> Self {
        let act: Box<dyn Fn()> = Box::new(act);
        listen(self.node(), event, Box::new(move |_| act()));
        self
    }

    /// When it is pressed.
    #[must_use]
    pub fn on_click(self, act: impl Fn() + 'static) -> Self {
        self.on("click", act)
    }

    /// When a form is sent: the page has nowhere to send it.
    #[must_use]
    pub fn sends_nothing(self) -> Self {
        listen(
            self.node(),
            "submit",
            Box::new(|event| event.prevent_default()),
        );
        self
    }

    /// When a field is typed into or moved (`input`), or left changed (`change`), with what it holds.
    #[must_use]
    pub fn on_value(self, event: &'static str, act: impl Fn(String) + 'static) -> Self {
        on_value(self.node(), event, Box::new(act));
        self
    }

    /// When a box is ticked or not.
    #[must_use]
    pub fn on_check(self, act: impl Fn(bool) + 'static) -> Self {
        on_state(self.node(), "change", "checked", Box::new(act));
        self
    }

    /// When a disclosure was opened or closed.
    #[must_use]
    pub fn on_toggle(self, act: impl Fn(bool) + 'static) -> Self {
        on_state(self.node(), "toggle", "open", Box::new(act));
        self
    }

    /// When a key is pressed, by its name and whether Shift is held; true where that was for this element, and the
    /// browser does nothing more. What is pressed with other modifiers is the browser's.
    #[must_use]
    pub fn on_key(self, act: impl Fn(&str, bool) -> bool + 'static) -> Self {
        on_key(self.node(), Box::new(act));
        self
    }

    /// When a pointer moves, comes down or leaves: where within the element, and whether its main button is held.
    #[must_use]
    pub fn on_pointer(self, event: &'static str, act: impl Fn(Point, bool) + 'static) -> Self {
        on_pointer(self.node(), event, Box::new(act));
        self
    }
}

/// When something happens to the window.
pub fn on_window(event: &'static str, act: impl Fn() + 'static) {
    let act: Box<dyn Fn()> = Box::new(act);
    listen(&window(), event, Box::new(move |_| act()));
}

fn on_value(node: &EventTarget, event: &'static str, act: Box<dyn Fn(String)>) {
    let act = move |event: Event| act(of_target(&event, "value").as_string().unwrap_or_default());
    listen(node, event, Box::new(act));
}

fn on_state(node: &EventTarget, event: &'static str, name: &'static str, act: Box<dyn Fn(bool)>) {
    listen(
        node,
        event,
        Box::new(move |event| act(of_target(&event, name).is_truthy())),
    );
}

/// Takes a key and whether Shift is held; says whether the key was for it.
type OnKey = Box<dyn Fn(&str, bool) -> bool>;

fn on_key(node: &EventTarget, act: OnKey) {
    let act = move |event: Event| {
        let key = event.unchecked_ref::<KeyboardEvent>();
        let is_plain = !(key.ctrl_key() || key.alt_key() || key.meta_key());
        if is_plain && act(&key.key(), key.shift_key()) {
            event.prevent_default();
        }
    };
    listen(node, "keydown", Box::new(act));
}

fn on_pointer(node: &EventTarget, event: &'static str, act: Box<dyn Fn(Point, bool)>) {
    let act = move |event: Event| {
        let event = event.unchecked_ref::<PointerEvent>();
        let at = Point::new(f64::from(event.offset_x()), f64::from(event.offset_y()));
        act(at, event.buttons() & 1 == 1);
    };
    listen(node, event, Box::new(act));
}

/// A property of what an event happened to: fields, lists and disclosures name theirs alike.
fn of_target(event: &Event, name: &str) -> JsValue {
    let target = event.current_target();
    target
        .and_then(|target| Reflect::get(&target, &name.into()).ok())
        .unwrap_or_default()
}

/// Listens until the present owner ends. The browser frees the closure once nothing can call it.
fn listen(target: &EventTarget, event: &'static str, act: Box<dyn Fn(Event)>) {
    let function: Function = Closure::wrap(act).into_js_value().unchecked_into();
    // Both fail only for what is no function.
    let _ = target.add_event_listener_with_callback(event, &function);
    let target = target.clone();
    on_cleanup(move || {
        let _ = target.remove_event_listener_with_callback(event, &function);
    });
}
