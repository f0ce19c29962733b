//! What the browser must do when the state has changed.

use super::State;
use crate::route::{Page, Route};
use crate::session::carried::Carried;
use crate::title::title;
use std::rc::Rc;

#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Say that the page answers from now on.
    Ready,
    /// Leave these answers where they outlive a crash.
    Carry(Carried),
    /// Keep this text on the device, or else say [`super::Event::NotKept`]; after the drawing, so that what the program fails
    /// on is not kept, and only if it is still what the person wants ([`State::to_keep`]).
    Keep(String),
    /// Put back what was kept before; with none, nothing is kept.
    PutBack(Option<String>),
    /// Say [`super::Event::TooLate`] with this epoch when what was erased or replaced can no longer come back.
    EndUndo(u32),
    /// Make the address bar follow the page, or the place on it.
    Go {
        route: Route,
        place: String,
    },
    /// Show the place on the page or, with none, its beginning.
    Show(String),
    /// The browser's title.
    Title(String),
    /// Focus the first element that this selector fits.
    Focus(&'static str),
    /// The same, where what had the focus is gone.
    Refocus(&'static str),
    /// Unfold all that is folded on the page, or fold it again.
    Unfold,
    Fetch(File),
    /// Say [`super::Event::Idle`] once the page is drawn.
    Idle,
    /// Load the page again, past every cache, with these answers.
    Reload(Carried),
}

/// What the page can lack.
#[derive(Clone, Debug, PartialEq)]
pub enum File {
    Rulebook {
        cycle: String,
        language: &'static str,
    },
    /// The page of this route, which is the same for everybody.
    Page(Route),
}

impl Effect {
    /// Whether the browser must do it before the state is drawn.
    #[must_use]
    pub fn comes_first(&self) -> bool {
        matches!(self, Effect::Go { .. } | Effect::PutBack(_))
    }
}

/// What follows from the change alone, whatever caused it.
pub(super) fn between(before: &State, after: &State) -> Vec<Effect> {
    let mut effects = Vec::new();
    if before.session != after.session || before.own != after.own || before.missing != after.missing {
        effects.push(Effect::Carry(after.carried()));
        effects.extend(after.to_keep().map(Effect::Keep));
    }
    let undo = |state: &State| state.undo.is_some().then_some(state.epoch);
    if let Some(epoch) = undo(after).filter(|epoch| undo(before) != Some(*epoch)) {
        effects.push(Effect::EndUndo(epoch));
    }
    if (&before.route, &before.fragment) != (&after.route, &after.fragment) {
        effects.push(Effect::Go { route: after.route.clone(), place: after.fragment.clone() });
        effects.push(Effect::Title(title(after.route.language.messages(), &after.route, &after.book.outline)));
        effects.push(Effect::Show(after.fragment.clone()));
    }
    effects.extend(fetched(after).filter(|file| fetched(before).as_ref() != Some(file)).map(Effect::Fetch));
    // What is folded, and on the result page what would change a verdict.
    let wanted = |state: &State| {
        let is_full = state.is_full || state.route.page != Page::Result;
        state.route.page.is_folded() && state.report.is_some() && !(is_full && state.is_whole)
    };
    let same = match (&before.report, &after.report) {
        (Some(before), Some(after)) => Rc::ptr_eq(before, after),
        _ => false,
    };
    if wanted(after) && !(wanted(before) && same && before.route == after.route) {
        effects.push(Effect::Idle);
    }
    effects
}

/// What is on its way: the rules of the awaited page, then the page.
pub(super) fn fetched(state: &State) -> Option<File> {
    let awaited = state.awaited.as_ref().filter(|awaited| awaited.failed.is_none())?;
    let (cycle, language) = (state.cycle(&awaited.route), awaited.route.language);
    Some(match state.book(&awaited.route) {
        None => File::Rulebook { cycle: cycle.to_owned(), language: language.code() },
        Some(_) => File::Page(awaited.route.clone()),
    })
}
