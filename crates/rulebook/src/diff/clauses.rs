//! Conditions in the rulebook's own words, and what changed in them, clause by clause.
//!
//! Clauses are matched by the ids that they name, so other words for the same thing are not a change.

use super::{Part, What};
use crate::output::condition_json;
use rules::rulebook::{Condition, DateKind, MomentIx, QuestionIx, QuestionKind, Relation, Rulebook};
use std::collections::BTreeSet;

/// A text in quotation marks.
pub fn quoted(text: &str) -> String {
    format!("“{text}”")
}

fn joined(parts: &[String], word: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}

/// A date by its title; a window's ends are told apart.
pub fn date_words(book: &Rulebook, moment: MomentIx) -> String {
    let date = &book[book[moment].date];
    let title = quoted(&date.title);
    match date.kind {
        DateKind::Window(opens, _) if opens == moment => format!("the opening of {title}"),
        DateKind::Window(..) => format!("the closing of {title}"),
        _ => title,
    }
}

/// A choice by its text; the two of a yes-no question as they are.
pub fn choice_words(book: &Rulebook, question: QuestionIx, choice: usize) -> String {
    match &book[question].kind {
        QuestionKind::Choice(choices) | QuestionKind::Choices(choices, _) => {
            choices.get(choice).map_or_else(String::new, |choice| quoted(&choice.text))
        }
        _ => ["yes", "no"].get(choice).map_or_else(String::new, ToString::to_string),
    }
}

/// A condition in the words of its rulebook.
pub fn words(book: &Rulebook, condition: &Condition) -> String {
    let short = |question: QuestionIx| quoted(&book[question].short);
    match condition {
        Condition::Const(true) => "always".to_owned(),
        Condition::Const(false) => "never".to_owned(),
        Condition::All(parts) => joined(&nested(book, parts), "and"),
        Condition::Any(parts) => joined(&nested(book, parts), "or"),
        Condition::AtLeast(least, parts) => format!("at least {least} of {}", joined(&nested(book, parts), "and")),
        Condition::Not(part) => format!("not {}", nested(book, std::slice::from_ref(part)).concat()),
        Condition::Is(question, set) => {
            let held = (0..64).filter(|choice| set >> choice & 1 == 1);
            let held: Vec<String> = held.map(|choice| choice_words(book, *question, choice)).collect();
            let verb = if matches!(book[*question].kind, QuestionKind::Choices(..)) { "includes" } else { "is" };
            format!("{} {verb} {}", short(*question), joined(&held, "or"))
        }
        Condition::Between(question, from, until) => {
            let short = short(*question);
            match (*from, *until) {
                (i64::MIN, until) => format!("{short} is at most {until}"),
                (from, i64::MAX) => format!("{short} is at least {from}"),
                (from, until) => format!("{short} is from {from} to {until}"),
            }
        }
        Condition::Compare(question, relation, moment) => {
            let relation = match relation {
                Relation::Before => "before",
                Relation::OnOrBefore => "on or before",
                Relation::OnOrAfter => "on or after",
                Relation::After => "after",
            };
            format!("{} is {relation} {}", short(*question), date_words(book, *moment))
        }
        Condition::Done(question) => format!("{} is done", short(*question)),
        Condition::Undone(question) => format!("{} is not done yet", short(*question)),
        Condition::Timely(question) => format!("{} can be true on the day of asking", short(*question)),
        Condition::Passed(moment) => format!("{} has passed", date_words(book, *moment)),
        Condition::Rule(rule) => format!("the rule {} holds", quoted(&book[*rule].title)),
    }
}

/// Parts in words; those made of several are in brackets.
fn nested(book: &Rulebook, parts: &[Condition]) -> Vec<String> {
    let each = parts.iter().map(|part| match part {
        Condition::All(inner) | Condition::Any(inner) | Condition::AtLeast(_, inner) if inner.len() > 1 => {
            format!("({})", words(book, part))
        }
        part => words(book, part),
    });
    each.collect()
}

/// A condition with its rulebook.
#[derive(Clone, Copy)]
pub struct Said<'a> {
    pub book: &'a Rulebook,
    pub condition: &'a Condition,
}

impl Said<'_> {
    fn words(self) -> String {
        words(self.book, self.condition)
    }

    /// What it says, by ids alone; the order of choices and parts does not matter.
    fn key(self) -> String {
        let parts = |parts: &[Condition]| {
            let mut keys: Vec<String> =
                parts.iter().map(|condition| Said { condition, book: self.book }.key()).collect();
            keys.sort_unstable();
            keys.join(", ")
        };
        match self.condition {
            Condition::All(list) => format!("all ({})", parts(list)),
            Condition::Any(list) => format!("any ({})", parts(list)),
            Condition::AtLeast(least, list) => format!("at least {least} ({})", parts(list)),
            Condition::Not(part) => format!("not ({})", parts(std::slice::from_ref(part))),
            Condition::Is(question, set) => {
                format!("{} is {:?}", self.book[*question].id, held(self.book, *question, *set))
            }
            leaf => condition_json(self.book, leaf).to_string(),
        }
    }

    /// The ids of what it looks at.
    fn subjects(self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        self.condition.each_leaf(&mut |leaf| {
            found.extend(leaf.question().map(|question| format!("question {}", self.book[question].id)));
            match leaf {
                Condition::Passed(moment) => found.insert(format!("date {}", self.book[*moment].id)),
                Condition::Rule(rule) => found.insert(format!("rule {}", self.book[*rule].id)),
                _ => false,
            };
        });
        found
    }
}

/// The ids of the choices in a set.
fn held(book: &Rulebook, question: QuestionIx, set: u64) -> BTreeSet<&str> {
    let ids = book[question].choice_ids().into_iter().enumerate();
    ids.filter(|(choice, _)| set >> choice & 1 == 1).map(|(_, id)| id).collect()
}

/// The parts of a condition, with what each of them is; a condition of another kind is the only part of what it is like.
fn parts<'a>(said: Said<'a>, like: Said<'_>) -> Option<(What, Vec<Said<'a>>)> {
    let each = |parts: &'a [Condition]| parts.iter().map(|condition| Said { condition, ..said }).collect();
    let within = |parts: &[Condition]| parts.iter().any(|condition| Said { condition, ..like }.key() == said.key());
    match (said.condition, like.condition) {
        (Condition::AtLeast(a, parts), Condition::AtLeast(b, _)) if a == b => Some((What::Counted, each(parts))),
        (Condition::All(_), Condition::Any(parts)) if within(parts) => Some((What::Enough, vec![said])),
        (Condition::Any(_), Condition::All(parts)) if within(parts) => Some((What::Needed, vec![said])),
        (Condition::All(parts), _) => Some((What::Needed, each(parts))),
        (Condition::Any(parts), _) => Some((What::Enough, each(parts))),
        (_, Condition::All(_)) => Some((What::Needed, vec![said])),
        (_, Condition::Any(_)) => Some((What::Enough, vec![said])),
        _ => None,
    }
}

/// What changed from the one condition to the other.
pub fn compare(old: Said<'_>, new: Said<'_>) -> Vec<Part> {
    let mut found = Vec::new();
    clauses(old, new, true, &mut found);
    found
}

fn clauses(old: Said<'_>, new: Said<'_>, whole: bool, found: &mut Vec<Part>) {
    if old.key() == new.key() {
        return;
    }
    let (what, mut before, mut after) = match (parts(old, new), parts(new, old)) {
        (Some((what, before)), Some((other, after))) if what == other && shared(old, new) > 0 => (what, before, after),
        _ => return leaf(old, new, found),
    };
    let mut stays = Vec::new();
    before.retain(|part| {
        let same = after.iter().position(|other| other.key() == part.key());
        stays.extend(same.map(|same| after.remove(same).words()));
        same.is_none()
    });
    let mut changes = Vec::new();
    for part in before {
        let near = (0..after.len()).rev().max_by_key(|other| shared(part, after[*other]));
        match near.filter(|other| shared(part, after[*other]) > 0) {
            Some(other) => clauses(part, after.remove(other), false, found),
            None => changes.push(Part::removed(what, part.words())),
        }
    }
    changes.extend(after.into_iter().map(|part| Part::added(what, part.words())));
    if !whole && !stays.is_empty() {
        let word = if what == What::Enough { "or" } else { "and" };
        changes.iter_mut().for_each(|change| change.beside = Some(joined(&stays, word)));
    }
    found.extend(changes);
}

/// How many things both look at.
fn shared(a: Said<'_>, b: Said<'_>) -> usize {
    a.subjects().intersection(&b.subjects()).count()
}

/// A change that has no parts of its own; of choices only those that differ are named.
fn leaf(old: Said<'_>, new: Said<'_>, found: &mut Vec<Part>) {
    if let (Condition::Is(a, set), Condition::Is(b, other)) = (old.condition, new.condition)
        && old.book[*a].id == new.book[*b].id
    {
        let only = |book: &Rulebook, question: QuestionIx, set: u64, others: &BTreeSet<&str>| -> Vec<String> {
            let ids = book[question].choice_ids().into_iter().enumerate();
            let choices = ids.filter(|(choice, id)| set >> choice & 1 == 1 && !others.contains(id));
            let short = quoted(&book[question].short);
            choices.map(|(choice, _)| format!("{} for {short}", choice_words(book, question, choice))).collect()
        };
        let removed = only(old.book, *a, *set, &held(new.book, *b, *other));
        let added = only(new.book, *b, *other, &held(old.book, *a, *set));
        found.extend(removed.into_iter().map(|words| Part::removed(What::Accepted, words)));
        found.extend(added.into_iter().map(|words| Part::added(What::Accepted, words)));
        return;
    }
    found.push(Part::changed(What::Condition, old.words(), new.words()));
}
