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
        let own = newest.get_untracked();
        // The answer is painted first; the study begins in the frame after.
        Run {
            study,
            book: Arc::clone(&answered.book),
            state,
            newest,
            own,
            shown,
        }
        .go();
    });
    shown
}

/// A study under way: it goes on from frame to frame until it is done, or another is newer.
struct Run {
    study: Curve,
    /// The prices of the answer that it belongs to.
    book: Arc<PriceBook>,
    state: AppState,
    newest: Signal<u32>,
    own: u32,
    shown: Signal<Option<Arc<Curve>>>,
}

impl Run {
    fn go(mut self) {
        next_frame(move || {
            if self.newest.get_untracked() != self.own {
                return;
            }
            let progress = slice(&mut self.study, &self.book);
            self.shown.set(Some(Arc::new(self.study.clone())));
            match progress {
                Progress::More => self.go(),
                Progress::Done => page::mark_settled(Some(&self.state.link())),
            }
        });
    }
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
