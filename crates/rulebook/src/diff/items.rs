//! What each cycle has that the other lacks, and what both have and say otherwise: item by item, matched by id.

use super::clauses::{Said, choice_words, compare, date_words, quoted, words};
use super::years::Years;
use super::{Change, How, Kind, Part, What};
use crate::output::basis_name;
use rules::day::Day;
use rules::rulebook::{
    Basis, Body, Cell, Condition, Conflict, Constraint, DateEntry, DateKind, Document, Grounds, MomentIx, Question,
    QuestionIx, QuestionKind, Rule, Rulebook, Text, When,
};

/// The two cycles, and the years between them.
#[derive(Clone, Copy)]
pub struct Pair<'a> {
    pub old: &'a Rulebook,
    pub new: &'a Rulebook,
    pub years: Years,
}

/// Everything that changed, by kind, in the order in which the rulebooks are written.
pub fn changes(pair: Pair<'_>) -> Vec<Change> {
    let Pair { old, new, .. } = pair;
    let mut found: Vec<Change> = changed(Kind::Cycle, &new.cycle, &new.title, pair.cycle()).into_iter().collect();
    found.extend(pair.matched(Kind::Question, &old.questions, &new.questions, |a, b| pair.question(a, b)));
    found.extend(pair.matched(Kind::Constraint, &old.constraints, &new.constraints, |a, b| {
        pair.clauses(&a.holds_when, &b.holds_when)
    }));
    found.extend(pair.matched(Kind::Date, &old.dates, &new.dates, |a, b| pair.date(a, b)));
    found.extend(pair.matched(Kind::Conflict, &old.conflicts, &new.conflicts, readings));
    found.extend(pair.matched(Kind::Rule, &old.rules, &new.rules, |a, b| pair.rule(a, b)));
    found.extend(pair.matched(Kind::Cell, &old.cells, &new.cells, |a, b| pair.cell(a, b)));
    found.extend(pair.matched(Kind::Document, &old.documents, &new.documents, |a, b| pair.document(a, b)));
    found
}

/// What is in a rulebook under an id.
trait Item {
    /// Its id and what people call it.
    fn named(&self) -> [&Text; 2];

    /// What it says, where that is told of one that came or went.
    fn says(&self, _book: &Rulebook) -> Vec<Part> {
        Vec::new()
    }
}

impl Item for Question {
    fn named(&self) -> [&Text; 2] {
        [&self.id, &self.short]
    }
}

impl Item for Constraint {
    fn named(&self) -> [&Text; 2] {
        [&self.id, &self.text]
    }
}

impl Item for DateEntry {
    fn named(&self) -> [&Text; 2] {
        [&self.id, &self.title]
    }

    fn says(&self, book: &Rulebook) -> Vec<Part> {
        let day = |moment| when_words(book, moment).unwrap_or_else(not_published);
        let words = match self.kind {
            DateKind::Window(opens, closes) => format!("{} to {}", day(opens), day(closes)),
            single => day(first_moment(single)),
        };
        vec![Part::added(What::Day, words)]
    }
}

impl Item for Conflict {
    fn named(&self) -> [&Text; 2] {
        [&self.id, &self.title]
    }
}

impl Item for Rule {
    fn named(&self) -> [&Text; 2] {
        [&self.id, &self.title]
    }

    fn says(&self, book: &Rulebook) -> Vec<Part> {
        let each = |(condition, grounds): (&Condition, &Grounds)| {
            let basis = Part::added(What::Basis, basis_words(&grounds.basis));
            [Part::added(What::Condition, words(book, condition)), basis]
        };
        match &self.body {
            Body::Plain(condition, grounds) => each((condition, grounds)).into(),
            Body::Readings(conflict, bodies) => {
                let readings = book[*conflict].readings.iter().zip(bodies);
                readings.flat_map(|(named, (c, g))| each((c, g)).map(|part| part.of(&read_as(&named.text)))).collect()
            }
        }
    }
}

impl Item for Cell {
    fn named(&self) -> [&Text; 2] {
        [&self.id, &self.title]
    }
}

impl Item for Document {
    fn named(&self) -> [&Text; 2] {
        [&self.id, &self.title]
    }
}

fn changed(kind: Kind, id: &str, title: &str, parts: Vec<Part>) -> Option<Change> {
    let change = Change { kind, id: id.to_owned(), title: title.to_owned(), change: How::Changed, parts };
    Some(change).filter(|change| !change.parts.is_empty())
}

/// A part that one, the other or both have.
fn part(what: What, before: Option<String>, after: Option<String>) -> Option<Part> {
    match (before, after) {
        (Some(before), Some(after)) if before != after => Some(Part::changed(what, before, after)),
        (Some(before), None) => Some(Part::removed(what, before)),
        (None, Some(after)) => Some(Part::added(what, after)),
        _ => None,
    }
}

/// What a list lost and gained; each item is a key with its words.
fn lists(what: What, before: &[(String, String)], after: &[(String, String)]) -> Vec<Part> {
    let only = |list: &[(String, String)], other: &[(String, String)]| -> Vec<String> {
        let only = list.iter().filter(|(key, _)| other.iter().all(|(known, _)| known != key));
        only.map(|(_, words)| words.clone()).collect()
    };
    let removed = only(before, after).into_iter().map(|words| Part::removed(what, words));
    removed.chain(only(after, before).into_iter().map(|words| Part::added(what, words))).collect()
}

fn each<T>(list: &[T], entry: impl Fn(&T) -> (String, String)) -> Vec<(String, String)> {
    list.iter().map(entry).collect()
}

fn yes_no(value: bool) -> String {
    if value { "yes" } else { "no" }.to_owned()
}

impl Pair<'_> {
    /// The items of one kind: those taken out, then those that are new or say something else, in the new one's order.
    fn matched<T: Item>(&self, kind: Kind, old: &[T], new: &[T], parts: impl Fn(&T, &T) -> Vec<Part>) -> Vec<Change> {
        let whole = |change: How, item: &T, parts: Vec<Part>| {
            let [id, title] = item.named().map(ToString::to_string);
            Change { kind, id, title, change, parts }
        };
        let same = |a: &T, b: &T| a.named()[0] == b.named()[0];
        let gone = old.iter().filter(|item| !new.iter().any(|other| same(item, other)));
        let went = |item: &T| item.says(self.old).into_iter().map(Part::turned).collect();
        let mut found: Vec<Change> = gone.map(|item| whole(How::Removed, item, went(item))).collect();
        for item in new {
            let [id, title] = item.named();
            match old.iter().find(|other| same(item, other)) {
                None => found.push(whole(How::Added, item, item.says(self.new))),
                Some(before) => found.extend(changed(kind, id, title, parts(before, item))),
            }
        }
        found
    }

    /// What changed in a condition, clause by clause.
    fn clauses(&self, old: &Condition, new: &Condition) -> Vec<Part> {
        compare(Said { book: self.old, condition: old }, Said { book: self.new, condition: new })
    }

    /// The same of a condition that says when something is the case.
    fn clauses_of(&self, of: &str, old: &Condition, new: &Condition) -> Vec<Part> {
        self.clauses(old, new).into_iter().map(|part| part.of(of)).collect()
    }

    fn cycle(&self) -> Vec<Part> {
        let (old, new) = (self.old, self.new);
        let first = |book: &Rulebook| book.as_of(book.span.0).day;
        let last = |book: &Rulebook| book.as_of(book.span.1 - 1).day;
        let days = [
            (What::CoveredFrom, first(old), first(new)),
            (What::CoveredUntil, last(old), last(new)),
            (What::CheckBy, old.check_by_day, new.check_by_day),
        ];
        days.into_iter().filter_map(|(what, before, after)| self.day(what, before, after)).collect()
    }

    /// A day that is not the same one of the other cycle.
    fn day(&self, what: What, before: Day, after: Day) -> Option<Part> {
        let days = after.0 - self.years.day(before).0;
        let part = Part::changed(what, before.to_string(), after.to_string());
        (days != 0).then(|| part.noting(moved(days)))
    }

    fn question(&self, old: &Question, new: &Question) -> Vec<Part> {
        let mut parts = Vec::new();
        parts.extend(part(What::Type, Some(type_words(&old.kind).into()), Some(type_words(&new.kind).into())));
        let choices = |book: &Rulebook, question: &Question| -> Vec<(String, String)> {
            let ix = book.question(&question.id).unwrap_or(QuestionIx(0));
            let ids = question.choice_ids().into_iter().enumerate();
            ids.map(|(choice, id)| (id.to_owned(), choice_words(book, ix, choice))).collect()
        };
        parts.extend(lists(What::Choice, &choices(self.old, old), &choices(self.new, new)));
        for (id, words) in choices(self.new, new) {
            let becomes = |question: &Question| becomes(question, &id);
            if let (Some(before), Some(after)) = (becomes(old), becomes(new)) {
                let known = |ids: Vec<String>, other: &Question| -> Vec<(String, String)> {
                    let both = ids.into_iter().filter(|id| other.choice_ids().contains(&id.as_str()));
                    both.map(|id| (id.clone(), id)).collect()
                };
                let lists = lists(What::Becomes, &known(before, new), &known(after, old));
                parts.extend(lists.into_iter().map(|part| part.of(&words)));
            }
        }
        parts.extend(self.range(&old.kind, &new.kind));
        parts.extend(part(What::PerCycle, Some(yes_no(old.per_cycle)), Some(yes_no(new.per_cycle))));
        parts.extend(match (&old.relevant_when, &new.relevant_when) {
            (None, None) => Vec::new(),
            (Some(old), Some(new)) => self.clauses_of("asked when", old, new),
            (old, new) => {
                let said = |book, condition: &Option<Condition>| {
                    condition.as_ref().map_or_else(|| "always".to_owned(), |condition| words(book, condition))
                };
                vec![Part::changed(What::AskedWhen, said(self.old, old), said(self.new, new))]
            }
        });
        parts
    }

    /// Bounds that are neither the same nor the same ones of the other cycle.
    fn range(&self, old: &QuestionKind, new: &QuestionKind) -> Option<Part> {
        let same = match (old, new) {
            (QuestionKind::Number(a, b), QuestionKind::Number(c, d)) => a == c && b == d,
            (QuestionKind::Date(a, b), QuestionKind::Date(c, d)) => {
                let same = |a: Day, b: Day| a == b || self.years.day(a) == b;
                same(*a, *c) && same(*b, *d)
            }
            _ => true,
        };
        let bounds = |kind: &QuestionKind| match kind {
            QuestionKind::Number(from, until) => format!("{from} to {until}"),
            QuestionKind::Date(from, until) => format!("{from} to {until}"),
            _ => String::new(),
        };
        (!same).then(|| Part::changed(What::Range, bounds(old), bounds(new)))
    }

    fn date(&self, old: &DateEntry, new: &DateEntry) -> Vec<Part> {
        let mut parts = Vec::new();
        let (was, is) = (date_type(old.kind), date_type(new.kind));
        parts.extend(part(What::Type, Some(was.into()), Some(is.into())));
        match (old.kind, new.kind) {
            (DateKind::Window(a, b), DateKind::Window(c, d)) => {
                parts.extend(self.moment(a, c).into_iter().map(|part| part.of("opens")));
                parts.extend(self.moment(b, d).into_iter().map(|part| part.of("closes")));
            }
            (DateKind::Window(a, b), single) => {
                let (moments, after) = ([a, b], first_moment(single));
                let days = moments.map(|moment| when_words(self.old, moment).unwrap_or_else(not_published));
                let after = when_words(self.new, after).unwrap_or_else(not_published);
                parts.push(Part::changed(What::Day, days.join(" to "), after));
            }
            (single, DateKind::Window(c, d)) => {
                let days = [c, d].map(|moment| when_words(self.new, moment).unwrap_or_else(not_published));
                let before = when_words(self.old, first_moment(single)).unwrap_or_else(not_published);
                parts.push(Part::changed(What::Day, before, days.join(" to ")));
            }
            (a, b) => parts.extend(self.moment(first_moment(a), first_moment(b))),
        }
        parts
    }

    fn moment(&self, old: MomentIx, new: MomentIx) -> Vec<Part> {
        let (was, is) = (&self.old[old], &self.new[new]);
        let words = (when_words(self.old, old), when_words(self.new, new));
        let day = match (&was.when, &is.when) {
            (Some(a), Some(b)) => {
                let days = b.day.0 - self.years.day(a.day).0;
                let zones = (self.old.zone_of(was), self.new.zone_of(is));
                let same = days == 0 && a.minutes == b.minutes && zones.0 == zones.1;
                let part = part(What::Day, words.0, words.1).filter(|_| !same);
                part.map(|part| part.noting(moved(days)))
            }
            _ => part(What::Day, words.0, words.1),
        };
        day.into_iter().chain(basis(&was.grounds, &is.grounds)).collect()
    }

    fn rule(&self, old: &Rule, new: &Rule) -> Vec<Part> {
        let mut parts = match (&old.body, &new.body) {
            (Body::Plain(a, ga), Body::Plain(b, gb)) => self.body((a, ga), (b, gb)),
            (Body::Readings(a, was), Body::Readings(b, is)) => {
                let (a, b) = (&self.old[*a], &self.new[*b]);
                let disputes = (Some(quoted(&a.title)), Some(quoted(&b.title)));
                let mut parts: Vec<Part> =
                    part(What::Disputed, disputes.0, disputes.1).filter(|_| a.id != b.id).into_iter().collect();
                for (reading, body) in b.readings.iter().zip(is) {
                    let before = a.readings.iter().zip(was).find(|(known, _)| known.id == reading.id);
                    // A reading that only one has is told with the disagreement.
                    let changes = before
                        .map_or_else(Vec::new, |(_, before)| self.body((&before.0, &before.1), (&body.0, &body.1)));
                    parts.extend(changes.into_iter().map(|part| part.of(&read_as(&reading.text))));
                }
                parts
            }
            (Body::Plain(a, grounds), Body::Readings(conflict, is)) => {
                let conflict = &self.new[*conflict];
                let each = is.iter().map(|body| self.body((a, grounds), (&body.0, &body.1)));
                let disputed = Part::added(What::Disputed, quoted(&conflict.title));
                by_reading(disputed, conflict, each.collect())
            }
            (Body::Readings(conflict, was), Body::Plain(b, grounds)) => {
                let conflict = &self.old[*conflict];
                let each = was.iter().map(|body| self.body((&body.0, &body.1), (b, grounds)));
                let disputed = Part::removed(What::Disputed, quoted(&conflict.title));
                by_reading(disputed, conflict, each.collect())
            }
        };
        let dues =
            |book: &Rulebook, rule: &Rule| each(&rule.dues, |due| (book[*due].id.to_string(), date_words(book, *due)));
        parts.extend(lists(What::Due, &dues(self.old, old), &dues(self.new, new)));
        let after = |rule: &Rule| Some(yes_no(rule.due_after_applying));
        parts.extend(part(What::DueAfterApplying, after(old), after(new)));
        parts
    }

    fn body(&self, old: (&Condition, &Grounds), new: (&Condition, &Grounds)) -> Vec<Part> {
        self.clauses(old.0, new.0).into_iter().chain(basis(old.1, new.1)).collect()
    }

    /// Another date of the cycle takes the place; that a date moved is told with the date.
    fn named_date(&self, what: What, old: Option<MomentIx>, new: Option<MomentIx>) -> Option<Part> {
        let id = |book: &Rulebook, moment: Option<MomentIx>| moment.map(|moment| book[moment].id.clone());
        let words = |book: &Rulebook, moment: Option<MomentIx>| moment.map(|moment| date_words(book, moment));
        let same = id(self.old, old) == id(self.new, new);
        part(what, words(self.old, old), words(self.new, new)).filter(|_| !same)
    }

    fn cell(&self, old: &Cell, new: &Cell) -> Vec<Part> {
        let requires = |book: &Rulebook, cell: &Cell| {
            each(&cell.requires, |rule| (book[*rule].id.to_string(), quoted(&book[*rule].title)))
        };
        let closed = |book: &Rulebook, cell: &Cell| {
            each(&cell.closed, |(kind, rule)| {
                let (kind, rule) = (&cell.kinds[usize::from(*kind)].id, &book[*rule]);
                (format!("{} ({kind})", rule.id), format!("{} ({kind})", quoted(&rule.title)))
            })
        };
        let mut parts = lists(What::Required, &requires(self.old, old), &requires(self.new, new));
        let (was, is) = (closed(self.old, old), closed(self.new, new));
        parts.extend(lists(What::ClosedBy, &was, &is));
        // The first that holds wins, so their order counts.
        let shared = |list: &[(String, String)], other: &[(String, String)]| -> Vec<String> {
            let both = list.iter().filter(|(key, _)| other.iter().any(|(known, _)| known == key));
            both.map(|(key, _)| key.clone()).collect()
        };
        let (before, after) = (shared(&was, &is), shared(&is, &was));
        if before != after {
            parts.push(Part::changed(What::ClosingOrder, before.join(", "), after.join(", ")));
        }
        parts.extend(self.clauses_of("list of requirements read when", &old.covered, &new.covered));
        parts.extend(self.named_date(What::Opens, old.opens, new.opens));
        parts.extend(self.named_date(What::Closes, old.closes, new.closes));
        parts
    }

    fn document(&self, old: &Document, new: &Document) -> Vec<Part> {
        let mut parts = self.clauses_of("needed when", &old.needed_when, &new.needed_when);
        let cells = |book: &Rulebook, document: &Document| {
            each(&document.cells, |cell| (book[*cell].id.to_string(), book[*cell].id.to_string()))
        };
        parts.extend(lists(What::For, &cells(self.old, old), &cells(self.new, new)));
        // Only the words of a place are known here, so other words are another place.
        parts.extend(part(What::Place, Some(old.place.to_string()), Some(new.place.to_string())));
        let dues = |book: &Rulebook, document: &Document| {
            each(&document.dues, |(cell, due)| {
                let key = format!("{} {}", book[*cell].id, book[*due].id);
                (key, format!("{} for {}", date_words(book, *due), quoted(&book[*cell].title)))
            })
        };
        parts.extend(lists(What::Due, &dues(self.old, old), &dues(self.new, new)));
        parts.extend(self.named_date(What::IssuedFrom, old.issued_from, new.issued_from));
        parts.extend(self.named_date(What::IssuedUntil, old.issued_until, new.issued_until));
        let first = |document: &Document| each(&document.depends_on, |id| (id.to_string(), id.to_string()));
        parts.extend(lists(What::ComesAfter, &first(old), &first(new)));
        let event = |book: &Rulebook, document: &Document| document.done_with.map(|event| quoted(&book[event].short));
        parts.extend(part(What::DoneWith, event(self.old, old), event(self.new, new)));
        parts.extend(part(What::Ladder, Some(yes_no(old.ladder)), Some(yes_no(new.ladder))));
        parts.extend(basis(&old.grounds, &new.grounds));
        parts
    }
}

/// How many days later or earlier in its cycle.
fn moved(days: i32) -> String {
    match days {
        0 => "the same day of the cycle".to_owned(),
        1 => "1 day later in the cycle".to_owned(),
        -1 => "1 day earlier in the cycle".to_owned(),
        days if days > 0 => format!("{days} days later in the cycle"),
        days => format!("{} days earlier in the cycle", days.unsigned_abs()),
    }
}

fn not_published() -> String {
    "not published".to_owned()
}

/// The day of a date, with its time and zone where they are published.
fn when_words(book: &Rulebook, moment: MomentIx) -> Option<String> {
    let When { day, minutes, .. } = book[moment].when.as_ref()?;
    let time = minutes.map_or_else(String::new, |minutes| format!(" at {:02}:{:02}", minutes / 60, minutes % 60));
    let zone = book[moment].zone;
    let zone = if zone == 0 { String::new() } else { format!(" {}", book.zone_of(&book[moment])) };
    Some(format!("{day}{time}{zone}"))
}

fn first_moment(kind: DateKind) -> MomentIx {
    match kind {
        DateKind::Deadline(moment) | DateKind::Milestone(moment) | DateKind::Event(moment) => moment,
        DateKind::Window(opens, _) => opens,
    }
}

fn date_type(kind: DateKind) -> &'static str {
    match kind {
        DateKind::Deadline(_) => "deadline",
        DateKind::Milestone(_) => "milestone",
        DateKind::Event(_) => "event",
        DateKind::Window(..) => "window",
    }
}

fn type_words(kind: &QuestionKind) -> &'static str {
    match kind {
        QuestionKind::Choice(_) => "choice",
        QuestionKind::Choices(..) => "choices",
        QuestionKind::YesNo => "yes-no",
        QuestionKind::Number(..) => "number",
        QuestionKind::Date(..) => "date",
        QuestionKind::Event => "event",
    }
}

/// The ids that a choice can still turn into.
fn becomes(question: &Question, id: &str) -> Option<Vec<String>> {
    let QuestionKind::Choice(choices) = &question.kind else { return None };
    let choice = choices.iter().find(|choice| &*choice.id == id)?;
    let ids = choices.iter().enumerate().filter(|(place, _)| choice.may_become >> place & 1 == 1);
    Some(ids.map(|(_, choice)| choice.id.to_string()).collect())
}

/// A basis, with the cycle that it was carried over from.
fn basis_words(basis: &Basis) -> String {
    match basis {
        Basis::CarriedOver(cycle) => format!("carried over from {cycle}"),
        other => basis_name(other),
    }
}

/// A basis of another name; that it was read again on the same basis is not a change.
fn basis(old: &Grounds, new: &Grounds) -> Option<Part> {
    let (was, is) = (&old.basis, &new.basis);
    let part = part(What::Basis, Some(basis_words(was)), Some(basis_words(is)));
    let part = part.filter(|_| basis_name(was) != basis_name(is));
    part.map(|part| match (was.is_weak(), is.is_weak()) {
        (true, false) => part.noting("from weak to strong".to_owned()),
        (false, true) => part.noting("from strong to weak".to_owned()),
        _ => part,
    })
}

/// The readings that a disagreement lost and gained.
fn readings(old: &Conflict, new: &Conflict) -> Vec<Part> {
    let named = |conflict: &Conflict| each(&conflict.readings, |r| (r.id.to_string(), quoted(&r.text)));
    lists(What::Reading, &named(old), &named(new))
}

/// A disagreement that came or went, with what changed in each of its readings; what they share is given once.
fn by_reading(disputed: Part, conflict: &Conflict, each: Vec<Vec<Part>>) -> Vec<Part> {
    let in_all = |part: &Part| each.iter().all(|parts| parts.contains(part));
    let mut parts = vec![disputed];
    parts.extend(each.first().into_iter().flatten().filter(|part| in_all(part)).cloned());
    for (reading, changes) in conflict.readings.iter().zip(&each) {
        let own = changes.iter().filter(|part| !in_all(part)).cloned();
        parts.extend(own.map(|part| part.of(&read_as(&reading.text))));
    }
    parts
}

fn read_as(reading: &str) -> String {
    format!("read as {}", quoted(reading))
}
