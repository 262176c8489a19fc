//! What the page loads once it is in use: studies and words that nobody waits for, and whose code would
//! otherwise be on the way before the first answer.
//!
//! It is a module of WebAssembly by itself, with the model inside and without bindings: a question goes in as text,
//! and answers come out as text. Price books and the widths of letters are told first. A question is two lines: the panels that are asked for, in
//! the order in which they are to be answered, and the link of the scenario and of the service that is shown. Each
//! answer is the panel's name on a line, and
//! below it the [`Wire`](berth_model::explain::wire::Wire) form of a
//! [`Document`](berth_model::explain::document::Document).
//!
//! A panel may be answered more than once, coarse first: until the last, ` so far` stands behind its name. Pictures of its figures, and what their parts say, are asked
//! for apart ([`Session::look`]), at once and while a study is under way.
//!
//! | export | what it does |
//! |---|---|
//! | `room(length)` | makes room for a question or a book, and says where |
//! | `tell()` | reads the price book or the widths that stand there, and keeps them; 0 where they cannot be read |
//! | `begin()` | reads the question that stands there; 0 where it cannot be read |
//! | `step()` | goes on; 0 once all is answered, 1 while there is more to do, 2 where an answer stands |
//! | `look()` | answers the question that stands there from what is known; 0 where nothing is |
//! | `answer()`, `length()` | where the answer stands, and how long it is |

mod asked;
mod panels;
mod pictured;
mod session;

#[cfg(target_arch = "wasm32")]
mod exports;

pub use session::{Session, Step};
