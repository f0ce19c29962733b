//! What each thing that the person does comes to.

use super::{State, Undo, kept_session};
use crate::session::{Action, Keeping, Kept, Session, Tried, key, question_of, reduce};
use rules::answers::{Entered, RawAnswer};
use rules::report::report;
use std::rc::Rc;

impl State {
    /// The person did something while `kept` was kept on the device.
    pub(super) fn did(&mut self, action: Action, kept: Kept) {
        match action {
            Action::Continued(question) => {
                let page = self.page_after(&question);
                self.go(self.route.to(page), String::new());
            }
            Action::Tried(answers) => self.tried = self.try_out(answers).map(Rc::new),
            Action::Unfolded => {}
            Action::Answered(ref key, _) => {
                self.current = Some(question_of(key).to_owned());
                self.change(action);
            }
            Action::Cleared(_) | Action::CellToggled { .. } | Action::Marked(..) => self.change(action),
            Action::DateEntered(key, entered) => self.enter_date(key, entered),
            Action::Noted(..) => {
                (self.undo, self.erased) = (None, false);
                self.reduce(action);
            }
            Action::NoticeRead => self.reduce(action),
            Action::LinesRemoved => self.remove_lines(),
            Action::KeepingChosen(keeping) => {
                // Another tab keeps its answers, or they were left out: those on show take their place.
                if keeping == Keeping::Yes && matches!(kept, Kept::Text(_)) {
                    self.left_out = false;
                    self.erased = false;
                    self.undo = self.before(kept);
                }
                self.reduce(action);
            }
            Action::Erased => {
                let undo = self.before(kept);
                self.epoch += 1;
                self.current = None;
                self.changing = None;
                self.missing = None;
                self.left_out = false;
                self.misfits = Rc::default();
                self.change(action);
                (self.undo, self.erased) = (undo, true);
            }
            Action::Undone => {
                if let Some(undo) = self.undo.take() {
                    self.left_out = undo.left_out;
                    self.show(undo.session.as_ref().clone());
                }
            }
            Action::TakenIn => {
                if let Kept::Text(text) = kept {
                    let session = kept_session(&text);
                    self.undo = self.before(Kept::Text(text)).filter(|undo| undo.left_out);
                    self.left_out = false;
                    self.show(session);
                }
            }
            Action::WentOn => self.missing = None,
            Action::Adopted => self.adopt(kept),
            Action::PutAway => {
                self.missing = None;
                if let Some(own) = self.own.take() {
                    self.show(own.as_ref().clone());
                }
            }
        }
    }

    /// Changes the session, and nothing that verdicts depend on.
    pub(super) fn reduce(&mut self, action: Action) {
        self.session = Rc::new(reduce(&self.session, action));
    }

    /// Changes the session, and what follows from it.
    fn change(&mut self, action: Action) {
        (self.undo, self.erased) = (None, false);
        self.reduce(action);
        self.judge();
    }

    fn enter_date(&mut self, key: String, entered: Option<Entered>) {
        let mut session = reduce(&self.session, Action::DateEntered(key.clone(), None));
        // What did not fit before may fit now.
        let before = self.misfits.iter().filter(|(other, _)| **other != key);
        let before = before.map(|(key, misfit)| (key.clone(), misfit.entered));
        let typed = entered.map(|entered| (key.clone(), entered)).into_iter().chain(before).collect();
        (self.undo, self.erased) = (None, false);
        self.misfits = Rc::new(session.enter(&self.book.rules, typed));
        self.session = Rc::new(session);
        self.judge();
    }

    /// What could not be used is no longer kept.
    fn remove_lines(&mut self) {
        let mut session = self.session.as_ref().clone();
        session.remove_dropped();
        (self.undo, self.erased) = (None, false);
        let mut misfits = self.misfits.as_ref().clone();
        misfits.retain(|key, _| session.aside.contains_key(key));
        self.misfits = Rc::new(misfits);
        self.session = Rc::new(session);
        self.judge();
    }

    /// The answers of a link become one's own; how they are kept, and what could not be read, stays one's own.
    fn adopt(&mut self, kept: Kept) {
        let Some(own) = self.own.take() else { return };
        let session = self.session.adoptable(&self.book.rules);
        let (keeping, aside, unread) = (own.keeping, own.aside.clone(), own.unread.clone());
        let before = Undo { session: own, left_out: self.left_out, kept: kept.text() };
        self.undo = before.if_worth_it();
        self.show(Session { aside, keeping, unread, ..session });
        self.reduce(Action::NoticeRead);
    }

    /// What could come back after the next step, where that is worth a word. On a shared computer nothing does.
    fn before(&self, kept: Kept) -> Option<Undo> {
        Undo { session: self.session.clone(), left_out: self.left_out, kept: kept.text() }.if_worth_it()
    }

    /// Where the person would stand if they had answered so.
    fn try_out(&self, answers: Vec<(String, RawAnswer)>) -> Option<Tried> {
        let rules = &self.book.rules;
        let mut session = self.session.as_ref().clone();
        for (id, answer) in &answers {
            let question = rules.question(id)?;
            session.answers.insert(key(&rules.cycle, id, rules[question].per_cycle), answer.clone());
        }
        let (taken, _) = session.answers(rules);
        let then = report(rules, &taken, rules.as_of(self.now?), None);
        Some(Tried { answers, verdicts: then.cells.iter().map(|cell| cell.verdict).collect() })
    }
}

impl Undo {
    fn if_worth_it(self) -> Option<Undo> {
        let worth = !self.session.is_empty() || self.left_out;
        Some(self).filter(|undo| worth && undo.session.keeping != Keeping::Shared)
    }
}
