//! The edge of the browser: with `dom` the only user of `web-sys`.

pub mod address;
pub mod bench;
pub mod canvas;
pub mod clipboard;
pub mod clock;
pub mod fetch;
pub mod module;
pub mod page;
pub mod px;
pub mod recovery;
