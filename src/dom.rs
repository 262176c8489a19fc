//! Elements of the page, built at once by plain calls: the second edge of the browser beside `platform`.
//!
//! There is one type of element, and what makes it live (text, attributes, parts, listeners) boxes its closure at
//! once and hands it to code that is compiled once. A generic view would be compiled for every shape of markup, and
//! all of it is downloaded before the page is used.
//!
//! ```ignore
//! el("p").class("total").text("Costs ").live_text(move || total.get()).on_click(move || state.forget())
//! ```
//!
//! Whatever is live belongs to the reactive owner it was made under, and ends with it: what is built within a
//! [`Element::part`] ends when the part is built anew.

mod content;
mod element;
mod events;
mod live;

pub use content::Content;
pub use element::{Element, el};
pub use events::on_window;

use leptos::mount::UnmountHandle;
use leptos::tachys::view::Render;

/// What is mounted. It ends when this is dropped.
#[must_use = "what is mounted ends when this is dropped"]
pub struct Mounted(UnmountHandle<<() as Render>::State>);

impl Mounted {
    /// Lets it live as long as the document.
    pub fn forget(self) {
        self.0.forget();
    }
}

/// Builds into a place of the document, under an owner of its own.
///
/// Leptos mounts nothing of its own here (`()`): its part is the owner and the executor of effects.
pub fn mount(place: web_sys::HtmlElement, build: impl FnOnce(Element) + 'static) -> Mounted {
    let build: Box<dyn FnOnce(Element)> = Box::new(build);
    let root = Element::from(web_sys::Element::from(place.clone()));
    Mounted(leptos::mount::mount_to(place, move || build(root)))
}
