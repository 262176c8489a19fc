//! What about an element follows the state.

use js_sys::Reflect;
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlElement, Node};

use super::content::{Content, append};
use super::element::Element;
use crate::platform::px::px;
use crate::reactive::follow;

impl Element {
    /// Appends words that follow what they read.
    #[must_use]
    pub fn live_text(self, words: impl Fn() -> String + 'static) -> Self {
        live_text(self.node(), Box::new(words));
        self
    }

    /// An attribute that follows what it reads.
    #[must_use]
    pub fn live_attr(self, name: &'static str, value: impl Fn() -> String + 'static) -> Self {
        live_attr(self.node().clone(), name, Box::new(value));
        self
    }

    /// An attribute without a value, there or not.
    #[must_use]
    pub fn live_flag(self, name: &'static str, is_on: impl Fn() -> bool + 'static) -> Self {
        live_flag(self.node().clone(), name, Box::new(is_on));
        self
    }

    /// A class, there or not.
    #[must_use]
    pub fn live_class(self, name: &'static str, is_on: impl Fn() -> bool + 'static) -> Self {
        live_class(self.node().clone(), name, Box::new(is_on));
        self
    }

    /// What a field holds. Call it after a list has its options.
    #[must_use]
    pub fn live_value(self, value: impl Fn() -> String + 'static) -> Self {
        live_value(self.clone(), Box::new(value));
        self
    }

    /// A property that is on or off: `checked`, `open`.
    #[must_use]
    pub fn live_state(self, name: &'static str, is_on: impl Fn() -> bool + 'static) -> Self {
        live_state(self.node().clone(), name, Box::new(is_on));
        self
    }

    /// A length of its style, in CSS pixels. The page's policy forbids attributes of style, and not this.
    #[must_use]
    pub fn live_px(self, name: &'static str, length: impl Fn() -> f64 + 'static) -> Self {
        live_px(self.clone(), name, Box::new(length));
        self
    }

    /// A length of its style, in CSS pixels.
    #[must_use]
    pub fn px(self, name: &str, length: f64) -> Self {
        if let Some(node) = self.node().dyn_ref::<HtmlElement>() {
            // Setting a literal property name cannot fail.
            let _ = node.style().set_property(name, &px(length));
        }
        self
    }

    /// Appends a part that is built anew whenever what it read has changed. What was made within it ends before.
    #[must_use]
    pub fn part<C: Content>(self, build: impl Fn() -> C + 'static) -> Self {
        part(
            self.node(),
            Box::new(move |place: &Node| build().add_to(place)),
        );
        self
    }

    /// Sets what a field holds, once.
    pub fn set_value(&self, value: &str) {
        // Fails only on a frozen element.
        let _ = Reflect::set(self.node(), &"value".into(), &value.into());
    }
}

fn live_text(parent: &Node, words: Box<dyn Fn() -> String>) {
    let node = document().create_text_node("");
    append(parent, &node);
    let mut shown = String::new();
    follow(Box::new(move || {
        let words = words();
        if words != shown {
            node.set_data(&words);
            shown = words;
        }
    }));
}

fn live_attr(node: web_sys::Element, name: &'static str, value: Box<dyn Fn() -> String>) {
    let mut shown = None;
    follow(Box::new(move || {
        let value = value();
        if shown.as_ref() != Some(&value) {
            // Setting a literal attribute name cannot fail.
            let _ = node.set_attribute(name, &value);
            shown = Some(value);
        }
    }));
}

fn live_flag(node: web_sys::Element, name: &'static str, is_on: Box<dyn Fn() -> bool>) {
    follow(Box::new(move || {
        let _ = node.toggle_attribute_with_force(name, is_on());
    }));
}

fn live_class(node: web_sys::Element, name: &'static str, is_on: Box<dyn Fn() -> bool>) {
    follow(Box::new(move || {
        let _ = node.class_list().toggle_with_force(name, is_on());
    }));
}

fn live_value(field: Element, value: Box<dyn Fn() -> String>) {
    // The same value leaves the caret where it is: browsers see to that.
    follow(Box::new(move || field.set_value(&value())));
}

fn live_state(node: web_sys::Element, name: &'static str, is_on: Box<dyn Fn() -> bool>) {
    follow(Box::new(move || {
        // Fails only on a frozen element.
        let _ = Reflect::set(&node, &name.into(), &JsValue::from_bool(is_on()));
    }));
}

fn live_px(element: Element, name: &'static str, length: Box<dyn Fn() -> f64>) {
    follow(Box::new(move || drop(element.clone().px(name, length()))));
}

/// A part stands between two marks, so that what it builds may hold parts of its own.
fn part(parent: &Node, build: Box<dyn Fn(&Node)>) {
    let start = document().create_text_node("");
    let end = document().create_text_node("");
    append(parent, &start);
    append(parent, &end);
    follow(Box::new(move || {
        let Some(parent) = end.parent_node() else {
            return;
        };
        while let Some(node) = start
            .next_sibling()
            .filter(|node| !node.is_same_node(Some(&end)))
        {
            // It is a child: it was just found among them.
            let _ = parent.remove_child(&node);
        }
        let fragment = document().create_document_fragment();
        build(&fragment);
        let _ = parent.insert_before(&fragment, Some(&end));
    }));
}
