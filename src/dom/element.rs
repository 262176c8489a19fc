//! The element, and what about it never changes.

use leptos::prelude::document;

use super::Content;

/// An element of the page. A clone is the same element.
#[derive(Clone)]
pub struct Element(web_sys::Element);

/// A new element. The name is a literal, and that of an HTML element.
pub fn el(name: &str) -> Element {
    match document().create_element(name) {
        Ok(node) => Element(node),
        Err(_) => unreachable!("the name of an element is illegal"),
    }
}

impl From<web_sys::Element> for Element {
    fn from(node: web_sys::Element) -> Self {
        Self(node)
    }
}

impl Element {
    /// The element as the browser knows it.
    pub const fn node(&self) -> &web_sys::Element {
        &self.0
    }

    /// Its width and height within its border, in CSS pixels.
    pub fn extent(&self) -> (f64, f64) {
        (self.0.client_width().into(), self.0.client_height().into())
    }

    /// An attribute with a value.
    #[must_use]
    pub fn attr(self, name: &str, value: &str) -> Self {
        // Setting a literal attribute name cannot fail.
        let _ = self.0.set_attribute(name, value);
        self
    }

    /// Its classes, divided by spaces.
    #[must_use]
    pub fn class(self, names: &str) -> Self {
        self.0.set_class_name(names);
        self
    }

    /// Appends words.
    #[must_use]
    pub fn text(self, words: &str) -> Self {
        self.child(words)
    }

    /// Appends elements or words.
    #[must_use]
    pub fn child(self, content: impl Content) -> Self {
        content.add_to(&self.0);
        self
    }

    /// Appends several elements.
    #[must_use]
    pub fn children<const N: usize>(self, content: [Self; N]) -> Self {
        for child in content {
            child.add_to(&self.0);
        }
        self
    }
}
