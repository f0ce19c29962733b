//! Conditions as people write them, read into what the engine evaluates.

use super::Compiler;
use crate::problem::nearest;
use rules::rulebook::{Condition, MomentIx, QuestionIx, QuestionKind, Relation, RuleIx, ends_of};
use std::collections::BTreeSet;
use toml::{Table, Value};

/// Where a condition stands, for the messages.
#[derive(Clone)]
pub struct Place {
    pub file: &'static str,
    pub line: usize,
    pub item: String,
}

const RELATIONS: [(&str, Relation); 4] = [
    ("before", Relation::Before),
    ("on_or_before", Relation::OnOrBefore),
    ("on_or_after", Relation::OnOrAfter),
    ("after", Relation::After),
];

impl Compiler<'_> {
    /// Reads a condition. Whatever is wrong in it is reported, and stands as *never* so that reading goes on.
    pub(super) fn condition(&mut self, place: &Place, value: &Value) -> Condition {
        match value {
            Value::Boolean(value) => Condition::Const(*value),
            Value::Table(table) => self.table(place, table).unwrap_or_else(|| {
                self.unread = true;
                Condition::Const(false)
            }),
            _ => {
                self.unread = true;
                self.wrong(place, "a condition is a table such as { question = \"…\", is = \"…\" }, or true, or false");
                Condition::Const(false)
            }
        }
    }

    fn table(&mut self, place: &Place, table: &Table) -> Option<Condition> {
        let keys: BTreeSet<&str> = table.keys().map(String::as_str).collect();
        let has = |key: &str| keys.contains(key);
        if has("all") {
            self.only(place, table, &["all"])?;
            return Some(Condition::All(self.parts(place, table, "all")?));
        }
        if has("any") {
            self.only(place, table, &["any"])?;
            return Some(Condition::Any(self.parts(place, table, "any")?));
        }
        if has("of") {
            self.only(place, table, &["at_least", "of"])?;
            let parts = self.parts(place, table, "of")?;
            let least = table.get("at_least").and_then(Value::as_integer).and_then(|n| u8::try_from(n).ok());
            let Some(least) = least.filter(|n| *n >= 1 && usize::from(*n) <= parts.len()) else {
                self.wrong(place, format!("`at_least` must lie between 1 and {}, the number of parts", parts.len()));
                return None;
            };
            return Some(Condition::AtLeast(least, parts));
        }
        if let Some(part) = table.get("not") {
            self.only(place, table, &["not"])?;
            return Some(Condition::Not(Box::new(self.condition(place, part))));
        }
        if has("rule") {
            self.only(place, table, &["rule"])?;
            let id = self.text(place, table, "rule")?;
            return self.rule_ix(place, &id).map(Condition::Rule);
        }
        if has("passed") {
            self.only(place, table, &["passed"])?;
            let id = self.text(place, table, "passed")?;
            return self.moment_at(place, &id).map(Condition::Passed);
        }
        if has("done") {
            self.only(place, table, &["done"])?;
            let id = self.text(place, table, "done")?;
            return self.event_at(place, "done", &id).map(Condition::Done);
        }
        if has("undone") {
            self.only(place, table, &["undone"])?;
            let id = self.text(place, table, "undone")?;
            return self.event_at(place, "undone", &id).map(Condition::Undone);
        }
        if has("question") {
            return self.about_question(place, table);
        }
        let known = ["all", "any", "not", "of", "at_least", "rule", "passed", "done", "undone", "question"];
        let given = table.keys().next().cloned().unwrap_or_default();
        let message = format!(
            "there is no condition `{given}` (all, any, not, at_least … of, rule, passed, done, undone, question)"
        );
        self.report(place.file, place.line, &place.item, message, nearest(&given, known));
        None
    }

    fn about_question(&mut self, place: &Place, table: &Table) -> Option<Condition> {
        let id = self.text(place, table, "question")?;
        let question = self.question_ix(place, &id)?;
        if let Some(value) = table.get("is") {
            self.only(place, table, &["question", "is"])?;
            return self.is(place, question, value);
        }
        if table.contains_key("at_least") || table.contains_key("at_most") {
            self.only(place, table, &["question", "at_least", "at_most"])?;
            if !matches!(self.kind(question), QuestionKind::Number(..)) {
                self.wrong(place, format!("`at_least` and `at_most` need a number, and {id:?} is not one"));
                return None;
            }
            let bound = |key: &str| table.get(key).map(Value::as_integer);
            let (Some(from), Some(until)) =
                (bound("at_least").unwrap_or(Some(i64::MIN)), bound("at_most").unwrap_or(Some(i64::MAX)))
            else {
                self.wrong(place, "`at_least` and `at_most` take whole numbers");
                return None;
            };
            return Some(Condition::Between(question, from, until));
        }
        if let Some((key, relation)) = RELATIONS.iter().find(|(key, _)| table.contains_key(*key)) {
            self.only(place, table, &["question", key])?;
            if !matches!(self.kind(question), QuestionKind::Date(..)) {
                self.wrong(place, format!("`{key}` needs a date, and {id:?} is not one"));
                return None;
            }
            let moment = self.text(place, table, key)?;
            let moment = self.moment_at(place, &moment)?;
            return Some(Condition::Compare(question, *relation, moment));
        }
        let known = ["is", "at_least", "at_most", "before", "on_or_before", "on_or_after", "after"];
        let given = table.keys().find(|key| *key != "question").cloned().unwrap_or_default();
        let message = if given.is_empty() {
            format!("says nothing about {id:?}: is, at_least, at_most, before, on_or_before, on_or_after or after")
        } else {
            format!("nothing can be said about {id:?} with `{given}`")
        };
        let suggestion = nearest(&given, known).filter(|_| !given.is_empty());
        self.report(place.file, place.line, &place.item, message, suggestion);
        None
    }

    fn is(&mut self, place: &Place, question: QuestionIx, value: &Value) -> Option<Condition> {
        let ids: Vec<String> = match value {
            Value::Boolean(value) => vec![if *value { "yes" } else { "no" }.to_owned()],
            Value::String(id) => vec![id.clone()],
            Value::Array(list) => list.iter().filter_map(|id| id.as_str().map(str::to_owned)).collect(),
            _ => Vec::new(),
        };
        let asked = &self.book.questions[question.index()];
        let choices: Vec<String> = asked.choice_ids().iter().map(|id| (*id).to_owned()).collect();
        let id = asked.id.clone();
        if choices.is_empty() {
            self.wrong(place, format!("`is` needs a question with choices, and {id:?} has none"));
            return None;
        }
        if ids.is_empty() {
            self.wrong(place, "`is` takes a choice id, a list of choice ids, true or false");
            return None;
        }
        let mut set = 0;
        for given in &ids {
            match choices.iter().position(|choice| choice == given) {
                Some(choice) => set |= 1_u64 << choice,
                None => {
                    let message = format!("{given:?} is not a choice of {id:?} ({})", choices.join(", "));
                    let suggestion = nearest(given, choices.iter().map(String::as_str));
                    let line = self.line_of(place, given);
                    self.report(place.file, line, &place.item, message, suggestion);
                }
            }
        }
        Some(Condition::Is(question, set))
    }

    fn parts(&mut self, place: &Place, table: &Table, key: &str) -> Option<Vec<Condition>> {
        let list = table.get(key).and_then(Value::as_array).filter(|list| !list.is_empty());
        let Some(list) = list.cloned() else {
            self.wrong(place, format!("`{key}` takes a list of one or more conditions"));
            return None;
        };
        Some(list.iter().map(|part| self.condition(place, part)).collect())
    }

    fn only(&mut self, place: &Place, table: &Table, allowed: &[&str]) -> Option<()> {
        let stray = table.keys().find(|key| !allowed.contains(&key.as_str()));
        let Some(stray) = stray.cloned() else { return Some(()) };
        let message = format!("`{stray}` does not go with `{}`", allowed.join("`, `"));
        self.report(
            place.file,
            place.line,
            &place.item,
            message,
            Some("write two conditions under `all` or `any`".to_owned()),
        );
        None
    }

    fn text(&mut self, place: &Place, table: &Table, key: &str) -> Option<String> {
        let text = table.get(key).and_then(Value::as_str).map(str::to_owned);
        if text.is_none() {
            self.wrong(place, format!("`{key}` takes an id"));
        }
        text
    }

    fn wrong(&mut self, place: &Place, message: impl Into<String>) {
        self.report(place.file, place.line, &place.item, message.into(), None);
    }

    fn kind(&self, question: QuestionIx) -> &QuestionKind {
        &self.book.questions[question.index()].kind
    }

    fn question_ix(&mut self, place: &Place, id: &str) -> Option<QuestionIx> {
        let found = self.book.question(id);
        if found.is_none() {
            let known: Vec<String> = self.book.questions.iter().map(|q| q.id.to_string()).collect();
            self.unknown(place, "question", id, &known);
        }
        found
    }

    /// The question about an event that stands under a key.
    pub(super) fn event_at(&mut self, place: &Place, key: &str, id: &str) -> Option<QuestionIx> {
        let question = self.question_ix(place, id)?;
        if !matches!(self.kind(question), QuestionKind::Event) {
            self.wrong(place, format!("`{key}` needs an event, and {id:?} is not one"));
            return None;
        }
        Some(question)
    }

    fn rule_ix(&mut self, place: &Place, id: &str) -> Option<RuleIx> {
        let found = self.rules.get(id).copied();
        if found.is_none() {
            let known: Vec<String> = self.rules.keys().cloned().collect();
            self.unknown(place, "rule", id, &known);
        }
        found
    }

    pub(super) fn moment_at(&mut self, place: &Place, id: &str) -> Option<MomentIx> {
        let found = self.moments.get(id).copied();
        if found.is_none() {
            let known: Vec<String> = self.moments.keys().cloned().collect();
            self.unknown(place, "date", id, &known);
        }
        found
    }

    pub(super) fn unknown(&mut self, place: &Place, what: &str, id: &str, known: &[String]) {
        self.unread = true;
        if what.split(" or ").any(|kind| self.is_reported(kind, id)) {
            return;
        }
        let line = self.line_of(place, id);
        let [opens, closes] = ends_of(id);
        let suggestion = if known.contains(&opens) {
            Some(format!("it is a window: write {opens:?} or {closes:?}"))
        } else {
            nearest(id, known.iter().map(String::as_str))
        };
        self.report(place.file, line, &place.item, format!("unknown {what} {id:?}"), suggestion);
    }

    /// The line of a word inside an item, or the item's own.
    fn line_of(&self, place: &Place, word: &str) -> usize {
        match self.files.by_name(place.file).find(word, place.line.max(1)) {
            0 => place.line,
            line => line,
        }
    }
}
