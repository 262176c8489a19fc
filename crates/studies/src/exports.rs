//! What the module exports: plain numbers go in and out, and places in its memory.

#![expect(
    unsafe_code,
    reason = "an exported name is unsafe in that nothing else may have it; nothing else does"
)]

use std::cell::RefCell;

use crate::{Session, Step};

/// The same small allocator as the page's.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

thread_local! {
    static SESSION: RefCell<(Vec<u8>, Session)> = RefCell::default();
}

/// Makes room for a question of so many bytes, and says where.
#[unsafe(no_mangle)]
pub extern "C" fn room(length: usize) -> *const u8 {
    SESSION.with_borrow_mut(|(question, _)| {
        *question = vec![0; length];
        question.as_ptr()
    })
}

/// Reads what the page tells, which stands where a question does; 0 where it cannot be read.
#[unsafe(no_mangle)]
pub extern "C" fn tell() -> u32 {
    told(Session::tell)
}

/// Reads the question; 0 where it cannot be read.
#[unsafe(no_mangle)]
pub extern "C" fn begin() -> u32 {
    told(Session::begin)
}

/// Goes on; 0 once all is answered, 1 while there is more to do, 2 where an answer stands.
#[unsafe(no_mangle)]
pub extern "C" fn step() -> u32 {
    SESSION.with_borrow_mut(|(_, session)| match session.step() {
        Step::Done => 0,
        Step::More => 1,
        Step::Ready => 2,
    })
}

/// Answers the question from what is known; 0 where nothing is.
#[unsafe(no_mangle)]
pub extern "C" fn look() -> u32 {
    told(Session::look)
}

fn told(tell: fn(&mut Session, &str) -> bool) -> u32 {
    SESSION.with_borrow_mut(|(question, session)| {
        let question = std::mem::take(question);
        let question = std::hint::black_box(question);
        u32::from(String::from_utf8(question).is_ok_and(|question| tell(session, &question)))
    })
}

/// Where the answer stands.
#[unsafe(no_mangle)]
pub extern "C" fn answer() -> *const u8 {
    SESSION.with_borrow(|(_, session)| session.answer().as_ptr())
}

/// How many bytes the answer has.
#[unsafe(no_mangle)]
pub extern "C" fn length() -> usize {
    SESSION.with_borrow(|(_, session)| session.answer().len())
}
