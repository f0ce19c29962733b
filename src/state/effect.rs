//! What the browser must do when the state has changed.

use super::State;
use crate::route::{Page, Route};
use crate::session::carried::Carried;
use crate::session::{Keeping, saved};
use crate::title::title;
use std::rc::Rc;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Say that the page answers from now on.
    Ready,
    /// Leave these answers where they outlive a crash.
    Carry(Carried),
    /// Keep this text on the device, or else say [`super::Event::NotKept`].
    Keep(String),
    /// Put back what was kept before; with none, nothing is kept any more.
    PutBack(Option<String>),
    /// Say [`super::Event::TooLate`] with this epoch when what was erased or replaced can no longer come back.
    EndUndo(u32),
    /// Make the address bar and the focus follow the page, or the place on it.
    Show { route: Route, place: String },
    /// The browser's title.
    Title(String),
    /// Focus the first element that this selector fits.
    Focus(&'static str),
    /// Fetch the rulebook of this cycle and language.
    Fetch { cycle: String, language: &'static str },
    /// Say [`super::Event::Idle`] once the page is drawn.
    Idle,
    /// Load the page anew, past every cache, with these answers.
    Reload(Carried),
}

/// What follows from the change alone, whatever caused it.
pub(super) fn between(before: &State, after: &State) -> Vec<Effect> {
    let mut effects = Vec::new();
    if before.session != after.session || before.own != after.own {
        effects.push(Effect::Carry(after.carried()));
        // Answers of a link are not kept before the person makes them their own.
        if after.own.is_none() && after.session.keeping == Keeping::Yes {
            effects.push(Effect::Keep(saved::write(&after.session)));
        }
    }
    let undo = |state: &State| state.undo.is_some().then_some(state.epoch);
    if let Some(epoch) = undo(after).filter(|epoch| undo(before) != Some(*epoch)) {
        effects.push(Effect::EndUndo(epoch));
    }
    if (&before.route, &before.fragment) != (&after.route, &after.fragment) {
        effects.push(Effect::Title(title(after.route.language.messages(), &after.route, &after.book.outline)));
        effects.push(Effect::Show { route: after.route.clone(), place: after.fragment.clone() });
    }
    let fetched = |state: &State| state.awaited.clone().filter(|awaited| awaited.failed.is_none());
    if let Some(awaited) = fetched(after).filter(|_| fetched(before) != fetched(after)) {
        let cycle = after.cycle(&awaited.route).to_owned();
        effects.push(Effect::Fetch { cycle, language: awaited.route.language.code() });
    }
    // What would change a verdict is only on the result page.
    let wanted = |state: &State| state.route.page == Page::Result && state.report.is_some() && !state.is_full;
    let same = match (&before.report, &after.report) {
        (Some(before), Some(after)) => Rc::ptr_eq(before, after),
        _ => false,
    };
    if wanted(after) && !(wanted(before) && same) {
        effects.push(Effect::Idle);
    }
    effects
}
