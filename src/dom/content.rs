//! What can stand within an element.

use leptos::prelude::document;
use web_sys::Node;

use super::Element;

/// Something that is appended to an element: elements, words, or a few of them.
pub trait Content {
    /// Appends itself.
    fn add_to(self, parent: &Node);
}

impl Content for () {
    fn add_to(self, _: &Node) {}
}

impl Content for Element {
    fn add_to(self, parent: &Node) {
        append(parent, self.node());
    }
}

impl Content for &str {
    fn add_to(self, parent: &Node) {
        append(parent, &document().create_text_node(self));
    }
}

impl Content for String {
    fn add_to(self, parent: &Node) {
        self.as_str().add_to(parent);
    }
}

impl<C: Content> Content for Option<C> {
    fn add_to(self, parent: &Node) {
        if let Some(content) = self {
            content.add_to(parent);
        }
    }
}

impl<C: Content> Content for Vec<C> {
    fn add_to(self, parent: &Node) {
        for content in self {
            content.add_to(parent);
        }
    }
}

impl<C: Content, D: Content> Content for (C, D) {
    fn add_to(self, parent: &Node) {
        self.0.add_to(parent);
        self.1.add_to(parent);
    }
}

pub(super) fn append(parent: &Node, child: &Node) {
    // Fails only for a parent that takes no children, or within itself.
    let _ = parent.append_child(child);
}
