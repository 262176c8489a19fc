//! Reactive parts whose machinery is compiled once for each type, and not once for each closure:
//! a page is downloaded before it is used.

use leptos::prelude::*;

/// What is computed again only when what it read has changed.
pub fn memo<T: PartialEq + Send + Sync + 'static>(
    compute: impl Fn() -> T + Send + Sync + 'static,
) -> Memo<T> {
    let compute: Box<dyn Fn() -> T + Send + Sync> = Box::new(compute);
    Memo::new(move |_| compute())
}

/// What is done for the outside world whenever what it read has changed.
pub fn effect(act: impl FnMut() + 'static) {
    let mut act: Box<dyn FnMut()> = Box::new(act);
    Effect::new(move |_| act());
}

/// Words that follow the state.
pub fn text(words: impl Fn() -> String + Send + Sync + 'static) -> Signal<String> {
    Signal::derive(words)
}

/// A switch that follows the state, for attributes and classes.
pub fn flag(is_on: impl Fn() -> bool + Send + Sync + 'static) -> Signal<bool> {
    Signal::derive(is_on)
}

/// A part of the page that is built anew whenever what it read has changed.
pub fn part<V: IntoAny>(build: impl Fn() -> V + Send + 'static) -> Box<dyn Fn() -> AnyView + Send> {
    Box::new(move || build().into_any())
}
