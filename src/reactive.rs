//! Leptos' reactivity behind handles whose machinery is compiled once.
//!
//! Leptos compiles a signal or a memo for each type that it holds, and an effect for each closure. Here the values
//! and closures are boxed, so that the page carries one signal, one memo and one effect.

use std::any::Any;
use std::marker::PhantomData;
use std::sync::Arc;

use leptos::prelude::{
    Get as _, GetUntracked as _, RenderEffect, RwSignal, Set as _, Track as _, on_cleanup,
};

/// A value of any type, that knows how to tell whether another is the same.
#[derive(Clone)]
struct Kept {
    value: Arc<dyn Any + Send + Sync>,
    is_same: fn(&dyn Any, &dyn Any) -> bool,
}

impl PartialEq for Kept {
    fn eq(&self, other: &Self) -> bool {
        (self.is_same)(&*self.value, &*other.value)
    }
}

impl Kept {
    fn new<T: Send + Sync + 'static>(value: T, is_same: fn(&dyn Any, &dyn Any) -> bool) -> Self {
        Self {
            value: Arc::new(value),
            is_same,
        }
    }

    fn value<T: 'static>(&self) -> &T {
        match self.value.downcast_ref() {
            Some(value) => value,
            None => unreachable!("a handle holds the type it was made with"),
        }
    }
}

fn is_same<T: PartialEq + 'static>(one: &dyn Any, other: &dyn Any) -> bool {
    match (one.downcast_ref::<T>(), other.downcast_ref::<T>()) {
        (Some(one), Some(other)) => one == other,
        _ => false,
    }
}

/// A value that is set, and followed by what reads it.
pub struct Signal<T>(RwSignal<Kept>, PhantomData<fn() -> T>);

/// A value that is computed again only when what it read has changed, and followed only when it came out different.
pub struct Memo<T>(leptos::prelude::Memo<Kept>, PhantomData<fn() -> T>);

impl<T> Clone for Signal<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Signal<T> {}

impl<T> Clone for Memo<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Memo<T> {}

/// A signal with its first value.
pub fn signal<T: Send + Sync + 'static>(value: T) -> Signal<T> {
    Signal(RwSignal::new(Kept::new(value, never_same)), PhantomData)
}

/// A memo.
pub fn memo<T: PartialEq + Send + Sync + 'static>(
    compute: impl Fn() -> T + Send + Sync + 'static,
) -> Memo<T> {
    let compute: Box<dyn Fn() -> Kept + Send + Sync> =
        Box::new(move || Kept::new(compute(), is_same::<T>));
    Memo(erased_memo(compute), PhantomData)
}

/// A memo that counts as different whenever it was computed, for what is dear to compare or differs with every edit
/// anyhow: comparing is compiled for every type, too.
pub fn latest<T: Send + Sync + 'static>(
    compute: impl Fn() -> T + Send + Sync + 'static,
) -> Memo<T> {
    let compute: Box<dyn Fn() -> Kept + Send + Sync> =
        Box::new(move || Kept::new(compute(), never_same));
    Memo(erased_memo(compute), PhantomData)
}

fn never_same(_: &dyn Any, _: &dyn Any) -> bool {
    false
}

fn erased_memo(compute: Box<dyn Fn() -> Kept + Send + Sync>) -> leptos::prelude::Memo<Kept> {
    leptos::prelude::Memo::new(move |_| compute())
}

impl<T: Send + Sync + 'static> Signal<T> {
    /// Reads it, and follows it.
    pub fn with<U>(self, read: impl FnOnce(&T) -> U) -> U {
        read(self.0.get().value())
    }

    /// Reads it once.
    pub fn with_untracked<U>(self, read: impl FnOnce(&T) -> U) -> U {
        read(self.0.get_untracked().value())
    }

    /// Follows it without reading.
    pub fn track(self) {
        self.0.track();
    }

    /// Sets it. What reads it runs again, also where the value is the same.
    pub fn set(self, value: T) {
        self.0.set(Kept::new(value, never_same));
    }
}

impl<T: Clone + Send + Sync + 'static> Signal<T> {
    /// A copy, and follows it.
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// A copy.
    pub fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }

    /// Changes it.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        let mut value = self.get_untracked();
        change(&mut value);
        self.set(value);
    }
}

impl<T: 'static> Memo<T> {
    /// Reads it, and follows it.
    pub fn with<U>(self, read: impl FnOnce(&T) -> U) -> U {
        read(self.0.get().value())
    }

    /// Reads it once.
    pub fn with_untracked<U>(self, read: impl FnOnce(&T) -> U) -> U {
        read(self.0.get_untracked().value())
    }

    /// Follows it without reading. It is computed where nobody has: until then it would follow nothing itself.
    pub fn track(self) {
        let _ = self.0.get();
    }
}

impl<T: Clone + 'static> Memo<T> {
    /// A copy, and follows it.
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// A copy.
    pub fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }
}

/// What is done for the outside world: at once, and again whenever what it read has changed, as long as the present
/// owner lives.
pub fn effect(act: impl FnMut() + 'static) {
    follow(Box::new(act));
}

/// The one effect.
pub(crate) fn follow(mut act: Box<dyn FnMut()>) {
    let effect = RenderEffect::new(move |_| act());
    on_cleanup(move || drop(effect));
}
