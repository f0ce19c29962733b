//! The engine for a page that times it. The page asks for room, writes a rulebook with states there, loads them, and
//! then runs one part on one state at a time, so that the page's clock is the only one.

use bench_parts::{Part, code, unpack, verdicts};
use rules::answers::Answers;
use rules::rulebook::{AsOf, Rulebook};
use std::cell::RefCell;

struct Loaded {
    book: Rulebook,
    given: Vec<(Answers, AsOf)>,
    /// Of the last run of all verdicts.
    codes: Vec<u8>,
}

thread_local! {
    static ROOM: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static LOADED: RefCell<Option<Loaded>> = const { RefCell::new(None) };
}

/// Room for so many bytes.
#[unsafe(no_mangle)]
pub extern "C" fn room(length: usize) -> *mut u8 {
    ROOM.with_borrow_mut(|room| {
        room.resize(length, 0);
        room.as_mut_ptr()
    })
}

/// Takes what was written there, and returns how many states there are.
#[unsafe(no_mangle)]
pub extern "C" fn load() -> usize {
    let Some((book, states)) = ROOM.with_borrow(|room| unpack(room)) else { return 0 };
    let given: Vec<_> = states.iter().map(|state| state.given(&book)).collect();
    let count = given.len();
    LOADED.set(Some(Loaded { book, given, codes: Vec::new() }));
    count
}

/// Finds every verdict of a state; [`verdict`] tells them.
#[unsafe(no_mangle)]
pub extern "C" fn judge(state: usize) {
    LOADED.with_borrow_mut(|loaded| {
        if let Some(Loaded { book, given, codes }) = loaded {
            let (answers, as_of) = &given[state];
            codes.clear();
            codes.extend(verdicts(book, answers, *as_of).1.into_iter().map(code));
        }
    });
}

/// The verdict of a cell, as [`judge`] found it.
#[unsafe(no_mangle)]
pub extern "C" fn verdict(cell: usize) -> u8 {
    LOADED.with_borrow(|loaded| loaded.as_ref().map_or(0, |loaded| loaded.codes[cell]))
}

/// Runs one part on one state.
#[unsafe(no_mangle)]
pub extern "C" fn run(part: usize, state: usize) {
    LOADED.with_borrow(|loaded| {
        if let Some(Loaded { book, given, .. }) = loaded {
            let (answers, as_of) = &given[state];
            Part::ALL[part].run(book, answers, *as_of);
        }
    });
}
