//! Drives studies between frames: coarse first, a few milliseconds at a time, dropped by an edit.

use std::sync::Arc;

use crate::platform::clock::{self, next_frame};
use crate::platform::page;
use crate::reactive::{Signal, effect, signal};
use crate::state::AppState;
use berth_model::curve::{Curve, Progress};
use berth_model::prices::PriceBook;

/// How long a slice may hold the main thread, in milliseconds.
const SLICE_MS: f64 = 6.0;

/// Task counts between two looks at the clock.
const STRIDE: usize = 2;

/// The curve of the present scenario, as far as it has been studied; `None` until its first slice.
pub fn curve(state: AppState) -> Signal<Option<Arc<Curve>>> {
    let shown = signal(None);
    let newest = signal(0_u32);
    effect(move || {
        let answered = state.answered().get();
        newest.update(|count| *count = count.wrapping_add(1));
        page::mark_settled(None);
        let study = Curve::new(&answered.scenario, answered.index);
        // The answer is painted first; the study begins in the frame after.
        run(study, state, newest, newest.get_untracked(), shown);
    });
    shown
}

fn run(
    mut study: Curve,
    state: AppState,
    newest: Signal<u32>,
    own: u32,
    shown: Signal<Option<Arc<Curve>>>,
) {
    next_frame(move || {
        if newest.get_untracked() != own {
            return;
        }
        let progress = slice(&mut study, &state.book());
        shown.set(Some(Arc::new(study.clone())));
        match progress {
            Progress::More => run(study, state, newest, own, shown),
            Progress::Done => page::mark_settled(Some(&state.link())),
        }
    });
}

fn slice(study: &mut Curve, book: &PriceBook) -> Progress {
    let start = clock::now_ms();
    loop {
        if study.step(book, STRIDE) == Progress::Done {
            return Progress::Done;
        }
        if clock::now_ms() - start >= SLICE_MS {
            return Progress::More;
        }
    }
}
