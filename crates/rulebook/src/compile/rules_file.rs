//! Rules, the disagreements that they read, and constraints.

use super::conditions::Place;
use super::{BasisItem, Compiler, basis_of};
use crate::files::{self};
use rules::rulebook::{
    Basis, Body, Condition, Conflict, ConflictIx, Constraint, ContactIx, Grounds, MomentIx, Named, QuestionIx,
    QuestionKind, Rule, RuleIx, Text,
};
use std::collections::BTreeMap;

impl Compiler<'_> {
    pub(super) fn conflicts(&mut self) {
        let items: Vec<(usize, files::Conflict)> = self.files.rules.items("conflict", &mut self.problems);
        for (line, item) in items {
            let place = Place { file: "rules.toml", line, item: format!("conflict {:?}", item.id) };
            self.add_id("conflict", "rules.toml", line, &item.id);
            let ask: Vec<ContactIx> = item.ask.ids().iter().filter_map(|ask| self.contact(&place, ask)).collect();
            if item.ask.ids().is_empty() {
                self.report(place.file, line, &place.item, "`ask` names nobody", None);
            }
            let words = &self.words.rules;
            self.book.conflicts.push(Conflict {
                title: words.need(&item.id, "title"),
                text: words.need(&item.id, "text"),
                likely: words.need(&item.id, "likely"),
                question: words.need(&item.id, "question"),
                id: Text::from(item.id),
                ask,
                readings: Vec::new(),
            });
        }
    }

    /// The ids of all rules, which conditions name.
    pub(super) fn rule_ids(&mut self) {
        let items: Vec<(usize, files::Rule)> = self.files.rules.items("rule", &mut self.problems);
        self.files.rules.refuse_other_keys(&["rule", "conflict"], &mut self.problems);
        for (index, (line, item)) in items.iter().enumerate() {
            self.add_id("rule", "rules.toml", *line, &item.id);
            self.rules.insert(item.id.clone(), RuleIx::nth(index));
        }
    }

    pub(super) fn rules(&mut self) {
        let mut reported = Vec::new();
        let items: Vec<(usize, files::Rule)> = self.files.rules.items("rule", &mut reported);
        for (line, item) in &items {
            let place = Place { file: "rules.toml", line: *line, item: format!("rule {:?}", item.id) };
            let body = self.body(&place, item);
            let moot = item.moot_when.as_ref().map(|value| self.condition(&place, value));
            let ids = item.due.as_ref().map_or(&[][..], files::Ids::ids);
            let dues: Vec<MomentIx> = ids.iter().filter_map(|due| self.moment_at(&place, due)).collect();
            if item.due.is_some() && ids.is_empty() {
                self.report(place.file, *line, &place.item, "`due` names no date; leave it out", None);
            }
            if let Some(again) = (1..ids.len()).find(|place| ids[..*place].contains(&ids[*place])) {
                let message = format!("`due` names {:?} twice", ids[again]);
                self.report(place.file, *line, &place.item, message, None);
            }
            if item.due_after_applying && dues.is_empty() {
                self.report(place.file, *line, &place.item, "`due_after_applying` needs `due`", None);
            }
            if item.example.is_empty() {
                let suggestion = Some("add [[rule.example]] with `answers` and what it `gives`".to_owned());
                self.report(place.file, *line, &place.item, "has no example", suggestion);
            }
            let ask = item.ask.as_ref().and_then(|id| self.contact(&place, id));
            let words = &self.words.rules;
            let step = words.may(&item.id, "step");
            let wait = words.may(&item.id, "wait");
            let condition = if item.due_after_applying { Some(words.need(&item.id, "condition")) } else { None };
            self.book.rules.push(Rule {
                title: words.need(&item.id, "title"),
                text: words.need(&item.id, "text"),
                missed: words.may(&item.id, "missed"),
                instead: words.may(&item.id, "instead"),
                question: words.may(&item.id, "question"),
                moot,
                step,
                wait,
                ask,
                condition,
                id: Text::from(item.id.as_str()),
                body,
                dues,
                due_after_applying: item.due_after_applying,
                disputed: false,
            });
        }
    }

    fn body(&mut self, place: &Place, item: &files::Rule) -> Body {
        match (&item.holds_when, &item.conflict, &item.readings) {
            (Some(value), None, None) => {
                let condition = self.condition(place, value);
                Body::Plain(condition, self.grounds(place.file, place.line, &place.item, &basis_of!(item)))
            }
            (None, Some(conflict), Some(readings)) => {
                if item.basis.is_some() || !item.sources.is_empty() {
                    let message = "each reading has its own `basis` and `sources`";
                    self.report(place.file, place.line, &place.item, message, Some("move them there".to_owned()));
                }
                let Some(ix) = self.book.conflicts.iter().position(|c| *c.id == **conflict) else {
                    let known: Vec<String> = self.book.conflicts.iter().map(|c| c.id.to_string()).collect();
                    self.unknown(place, "conflict", conflict, &known);
                    return never();
                };
                self.readings_of(place, ix, conflict, readings);
                let mut bodies = Vec::new();
                for reading in readings.values() {
                    let condition = self.condition(place, &reading.holds_when);
                    let grounds = self.grounds(place.file, place.line, &place.item, &basis_of!(reading));
                    bodies.push((condition, grounds));
                }
                Body::Readings(ConflictIx::nth(ix), bodies)
            }
            _ => {
                self.unread = true;
                let message = "needs either `holds_when`, or `conflict` together with `readings`";
                self.report(place.file, place.line, &place.item, message, None);
                never()
            }
        }
    }

    /// All rules of a conflict have the same readings, in the order of their ids.
    fn readings_of(&mut self, place: &Place, ix: usize, conflict: &str, readings: &BTreeMap<String, files::Reading>) {
        if readings.len() < 2 {
            self.report(place.file, place.line, &place.item, "a disagreement has at least two readings", None);
        }
        let ids: Vec<Text> = readings.keys().map(|id| Text::from(id.as_str())).collect();
        let known: Vec<Text> = self.book.conflicts[ix].readings.iter().map(|reading| reading.id.clone()).collect();
        if known.is_empty() {
            let words = &self.words.rules;
            let named = ids.into_iter().map(|id| Named { text: words.need_in(conflict, "readings", &id), id });
            self.book.conflicts[ix].readings = named.collect();
        } else if known != ids {
            let message = format!("the readings of {conflict:?} are {}, as in its first rule", known.join(", "));
            self.report(place.file, place.line, &place.item, message, None);
        }
    }

    pub(super) fn constraints(&mut self) {
        let items: Vec<(usize, files::Constraint)> = self.files.questions.items("constraint", &mut self.problems);
        for (line, item) in items {
            let place = Place { file: "questions.toml", line, item: format!("constraint {:?}", item.id) };
            self.add_id("constraint", "questions.toml", line, &item.id);
            let holds_when = self.condition(&place, &item.holds_when);
            let text = self.words.questions.need_in("", "constraints", &item.id);
            self.book.constraints.push(Constraint { id: Text::from(item.id), holds_when, text });
        }
        // What was answered has to be something that can be true on the day of asking.
        for index in 0..self.book.questions.len() {
            let question = &self.book.questions[index];
            let QuestionKind::Choice(choices) = &question.kind else { continue };
            if choices.iter().all(|choice| choice.not_before.is_none() && choice.not_after.is_none()) {
                continue;
            }
            if self.book.too_early.is_empty() {
                self.book.too_early = self.words.cycle.need_with("too_early", "{date}");
            }
            let (id, text) = (Text::from(format!("{}-in-time", question.id)), self.book.too_early.clone());
            let holds_when = Condition::Timely(QuestionIx::nth(index));
            self.book.constraints.push(Constraint { id, holds_when, text });
        }
    }

    pub(super) fn rule_at(&mut self, place: &Place, id: &str) -> Option<RuleIx> {
        let found = self.rules.get(id).copied();
        if found.is_none() {
            let known: Vec<String> = self.rules.keys().cloned().collect();
            self.unknown(place, "rule", id, &known);
        }
        found
    }

    /// Whether something in the condition can still turn to yes by itself: an event, or a choice that may become one.
    pub(super) fn can_pend(&self, condition: &Condition) -> bool {
        let mut pends = false;
        condition.each_leaf(&mut |leaf| {
            pends |= match leaf {
                Condition::Done(_) => true,
                Condition::Is(question, set) => match &self.book[*question].kind {
                    QuestionKind::Choice(choices) => {
                        choices.iter().enumerate().any(|(i, c)| set & (1 << i) == 0 && c.may_become & set != 0)
                    }
                    _ => false,
                },
                _ => false,
            };
        });
        pends
    }
}

/// The body of a rule that could not be read.
fn never() -> Body {
    Body::Plain(Condition::Const(false), Grounds { basis: Basis::Inferred, sources: Vec::new() })
}
