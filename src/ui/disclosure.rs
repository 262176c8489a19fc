//! Disclosures whose content is built when they are first opened: most never are, and the page starts sooner without.

use crate::dom::{Content, Element, el};
use crate::reactive::signal;

/// A disclosure behind a summary. Once opened its content stays, and follows what it reads.
pub fn when_opened<C: Content>(summary: Element, build: impl Fn() -> C + 'static) -> Element {
    let was_opened = signal(false);
    el("details")
        .class("more")
        .on_toggle(move |open| {
            if open && !was_opened.get_untracked() {
                was_opened.set(true);
            }
        })
        .child(summary)
        .part(move || was_opened.get().then(&build))
}
