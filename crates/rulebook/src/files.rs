//! The files of a rulebook as people write them.
//!
//! Every item is read on its own, so that one misspelt key does not hide the problems of the others.

use crate::problem::{Problem, nearest};
use serde::de::{DeserializeOwned, Visitor};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use toml::Value;
use toml::value::Datetime;

/// A calendar day in a file.
pub type FileDay = Datetime;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    pub default_cycle: String,
}

/// Facts by their ids, such as `aimg:E-ST-01`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    pub used: Vec<String>,
    /// Why nothing cites them.
    pub unused: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    pub id: String,
    pub publisher: String,
    pub title: String,
    pub url: String,
    pub cycle: Option<String>,
    pub read_on: FileDay,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cycle {
    pub cycle: String,
    pub languages: Vec<String>,
    pub zone: String,
    pub span: DaySpan,
    pub season: Option<DaySpan>,
    pub check_by: FileDay,
    pub checked_on: FileDay,
    pub next_cycle: String,
    pub last_date: Option<String>,
    #[serde(default)]
    pub topic: Vec<Topic>,
    #[serde(default)]
    pub contact: Vec<Contact>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(deny_unknown_fields)]
pub struct DaySpan {
    pub from: FileDay,
    pub until: FileDay,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    pub id: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    pub id: String,
    pub url: String,
}

/// A source id, or a place in a source.
#[derive(Deserialize, Clone)]
#[serde(untagged, deny_unknown_fields, expecting = "a source is an id, or { id = \"…\", section = \"…\" }")]
pub enum Citation {
    Whole(String),
    Section { id: String, section: String },
}

impl Citation {
    /// The id of the source.
    pub fn source(&self) -> &str {
        match self {
            Citation::Whole(id) | Citation::Section { id, .. } => id,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each stands for itself in the authors' tables")]
pub struct Question {
    pub id: String,
    pub topic: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub choices: Option<Vec<Choice>>,
    pub none: Option<String>,
    pub range: Option<BTreeMap<String, Bound>>,
    #[serde(default)]
    pub per_cycle: bool,
    pub relevant_when: Option<Value>,
    pub change: String,
    /// Choices that nobody is told to bring about.
    #[serde(default)]
    pub decided_by_others: Vec<String>,
    #[serde(default)]
    pub set_by_others: bool,
    #[serde(default)]
    pub renewable: bool,
    #[serde(default)]
    pub may_lie_ahead: bool,
    pub ask: Option<String>,
}

/// An end of a range: a number or a day.
pub enum Bound {
    Number(i64),
    Day(FileDay),
}

impl Bound {
    pub fn number(&self) -> Option<i64> {
        match self {
            Bound::Number(number) => Some(*number),
            Bound::Day(_) => None,
        }
    }

    pub fn day(&self) -> Option<FileDay> {
        match self {
            Bound::Day(day) => Some(*day),
            Bound::Number(_) => None,
        }
    }
}

impl<'de> Deserialize<'de> for Bound {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Bound, D::Error> {
        struct Either;
        impl Visitor<'_> for Either {
            type Value = Bound;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a whole number or a day such as 2027-01-31")
            }
            fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Bound, E> {
                Ok(Bound::Number(number))
            }
            // This is how a value that was read before hands on its days.
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Bound, E> {
                text.parse().map(Bound::Day).map_err(E::custom)
            }
        }
        deserializer.deserialize_any(Either)
    }
}

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "a choice is an id, or { id = \"…\", may_become = [\"…\"], not_before = \"…\", not_after = \"…\", by = \"…\", outcome_of = \"…\" }"
)]
pub enum Choice {
    Id(String),
    Table(ChoiceItem),
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct ChoiceItem {
    pub id: String,
    #[serde(default)]
    pub may_become: Vec<String>,
    pub not_before: Option<String>,
    pub not_after: Option<String>,
    pub by: Option<String>,
    pub outcome_of: Option<String>,
}

impl Choice {
    pub fn id(&self) -> &str {
        match self {
            Choice::Id(id) | Choice::Table(ChoiceItem { id, .. }) => id,
        }
    }

    /// The choice as a table, where it is one.
    pub fn table(&self) -> Option<&ChoiceItem> {
        match self {
            Choice::Id(_) => None,
            Choice::Table(item) => Some(item),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Constraint {
    pub id: String,
    pub holds_when: Value,
}

#[derive(Deserialize, Clone, Default)]
#[serde(deny_unknown_fields)]
pub struct DateItem {
    pub id: String,
    pub kind: String,
    pub on: Option<FileDay>,
    pub weekday: Option<String>,
    pub at: Option<String>,
    pub zone: Option<String>,
    pub ask: Option<String>,
    pub basis: Option<String>,
    pub standing_for: Option<Vec<String>>,
    pub read_for: Option<String>,
    #[serde(default)]
    pub sources: Vec<Citation>,
    #[serde(default)]
    pub facts: Vec<String>,
    #[serde(default)]
    pub not_published: bool,
    #[serde(default)]
    pub late_may_count: bool,
    pub last: Option<Last>,
    pub after: Option<String>,
    /// Dates that this one is known to come before.
    #[serde(default)]
    pub before: Vec<OrderItem>,
    /// Other soft days that were read.
    #[serde(default)]
    pub or: Vec<SoftDay>,
    pub opens: Option<MomentItem>,
    pub closes: Option<MomentItem>,
}

#[derive(Deserialize, Clone, Default)]
#[serde(deny_unknown_fields)]
pub struct MomentItem {
    pub on: Option<FileDay>,
    pub weekday: Option<String>,
    pub at: Option<String>,
    pub zone: Option<String>,
    pub basis: Option<String>,
    pub standing_for: Option<Vec<String>>,
    pub read_for: Option<String>,
    #[serde(default)]
    pub sources: Vec<Citation>,
    #[serde(default)]
    pub facts: Vec<String>,
    #[serde(default)]
    pub not_published: bool,
    #[serde(default)]
    pub late_may_count: bool,
    pub last: Option<Last>,
    pub after: Option<String>,
    #[serde(default)]
    pub before: Vec<OrderItem>,
    #[serde(default)]
    pub or: Vec<SoftDay>,
}

/// A date that is no window is one moment.
impl From<DateItem> for MomentItem {
    fn from(item: DateItem) -> MomentItem {
        MomentItem {
            on: item.on,
            weekday: item.weekday,
            at: item.at,
            zone: item.zone,
            basis: item.basis,
            standing_for: item.standing_for,
            read_for: item.read_for,
            sources: item.sources,
            facts: item.facts,
            not_published: item.not_published,
            late_may_count: item.late_may_count,
            last: item.last,
            after: item.after,
            before: item.before,
            or: item.or,
        }
    }
}

/// A date that another one comes before, and how that is known.
#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub struct OrderItem {
    pub date: String,
    pub basis: Option<String>,
    pub standing_for: Option<Vec<String>>,
    pub read_for: Option<String>,
    #[serde(default)]
    pub sources: Vec<Citation>,
    #[serde(default)]
    pub facts: Vec<String>,
}

/// A soft day beside another one.
#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub struct SoftDay {
    pub on: FileDay,
    pub weekday: Option<String>,
    pub at: Option<String>,
    pub basis: Option<String>,
    pub standing_for: Option<Vec<String>>,
    pub read_for: Option<String>,
    #[serde(default)]
    pub sources: Vec<Citation>,
    #[serde(default)]
    pub facts: Vec<String>,
}

#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub struct Last {
    pub cycle: String,
    pub on: FileDay,
    #[serde(default)]
    pub sources: Vec<Citation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    pub id: String,
    pub holds_when: Option<Value>,
    pub moot_when: Option<Value>,
    pub conflict: Option<String>,
    pub readings: Option<BTreeMap<String, Reading>>,
    pub due: Option<Ids>,
    #[serde(default)]
    pub due_after_applying: bool,
    pub ask: Option<String>,
    pub basis: Option<String>,
    pub standing_for: Option<Vec<String>>,
    pub read_for: Option<String>,
    #[serde(default)]
    pub sources: Vec<Citation>,
    #[serde(default)]
    pub facts: Vec<String>,
    #[serde(default)]
    pub example: Vec<Example>,
}

/// One id or several: by when a rule must hold, or whom to ask.
#[derive(Deserialize)]
#[serde(untagged, expecting = "an id, or a list of ids, is expected")]
pub enum Ids {
    One(String),
    Each(Vec<String>),
}

impl Ids {
    pub fn ids(&self) -> &[String] {
        match self {
            Ids::One(id) => std::slice::from_ref(id),
            Ids::Each(ids) => ids,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    pub holds_when: Value,
    pub basis: Option<String>,
    pub standing_for: Option<Vec<String>>,
    pub read_for: Option<String>,
    #[serde(default)]
    pub sources: Vec<Citation>,
    #[serde(default)]
    pub facts: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    #[serde(default)]
    pub answers: toml::Table,
    pub as_of: Option<FileDay>,
    pub gives: String,
    #[serde(default)]
    pub reading: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conflict {
    pub id: String,
    pub ask: Ids,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    pub id: String,
    pub requires: Vec<String>,
    pub covered_when: Value,
    pub opens: Option<String>,
    pub closes: Option<String>,
    pub ask: String,
    #[serde(default)]
    pub sources: Vec<Citation>,
    #[serde(default)]
    pub closed: Vec<Closed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closed {
    pub kind: String,
    pub rule: String,
}

/// By when: one date, or one for each cell.
#[derive(Deserialize)]
#[serde(untagged, expecting = "`due` is a date's id, or { \"cell\" = \"date\" }")]
pub enum DueDate {
    Same(String),
    Each(BTreeMap<String, String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    pub id: String,
    #[serde(rename = "for")]
    pub cells: Vec<String>,
    pub needed_when: Option<Value>,
    pub place: String,
    pub due: Option<DueDate>,
    pub issued: Option<Issued>,
    #[serde(default)]
    pub depends_on: Vec<String>,
    #[serde(default)]
    pub ladder: bool,
    pub done_with: Option<String>,
    pub basis: Option<String>,
    pub standing_for: Option<Vec<String>>,
    pub read_for: Option<String>,
    #[serde(default)]
    pub sources: Vec<Citation>,
    #[serde(default)]
    pub facts: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issued {
    pub from: Option<String>,
    pub until: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    pub id: String,
    #[serde(default)]
    pub cells: Vec<String>,
    pub here_when: Value,
    #[serde(default)]
    pub dates: Vec<String>,
    pub branch: Option<String>,
    pub basis: Option<String>,
    pub standing_for: Option<Vec<String>>,
    pub read_for: Option<String>,
    #[serde(default)]
    pub sources: Vec<Citation>,
    #[serde(default)]
    pub facts: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    pub id: String,
    pub pages: Vec<String>,
    pub show_when: Option<Value>,
    #[serde(default)]
    pub urgent: bool,
    pub basis: Option<String>,
    pub standing_for: Option<Vec<String>>,
    pub read_for: Option<String>,
    #[serde(default)]
    pub sources: Vec<Citation>,
    #[serde(default)]
    pub facts: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentence {
    pub n: u8,
    pub became: Vec<String>,
}

/// One file: its place below `rulebooks/`, its text, and what was wrong with it.
pub struct File {
    pub path: String,
    pub text: String,
    table: toml::Table,
}

impl File {
    /// Reads one file. A file that is missing or is no TOML is a problem.
    pub fn open(root: &Path, path: &str, problems: &mut Vec<Problem>) -> File {
        let (text, table) = match std::fs::read_to_string(root.join(path)) {
            Ok(text) => {
                let table = match text.parse::<toml::Table>() {
                    Ok(table) => table,
                    Err(error) => {
                        let line = error.span().map_or(0, |span| line_at(&text, span.start));
                        problems.push(problem(path, line, "", error.message().replace('\n', " "), None));
                        toml::Table::new()
                    }
                };
                (text, table)
            }
            Err(error) => {
                let what = if error.kind() == std::io::ErrorKind::NotFound {
                    "this file is missing".to_owned()
                } else {
                    format!("cannot be read: {error}")
                };
                problems.push(problem(path, 0, "", what, None));
                (String::new(), toml::Table::new())
            }
        };
        File { path: path.to_owned(), text, table }
    }

    /// The whole file as one item.
    pub fn whole<T: DeserializeOwned>(&self, problems: &mut Vec<Problem>) -> Option<T> {
        self.item("", 0, Value::Table(self.table.clone()), problems)
    }

    /// The items of one repeated table. Other top-level keys than `known` are refused.
    pub fn items<T: DeserializeOwned>(&self, key: &str, problems: &mut Vec<Problem>) -> Vec<(usize, T)> {
        let lines = self.headers(&format!("[[{key}]]"));
        let Some(value) = self.table.get(key) else { return Vec::new() };
        let Some(list) = value.as_array() else {
            problems.push(problem(&self.path, 0, key, format!("write each as [[{key}]]"), None));
            return Vec::new();
        };
        let mut items = Vec::new();
        for (index, value) in list.iter().enumerate() {
            let line = lines.get(index).copied().unwrap_or(0);
            if let Some(item) = self.item(key, line, value.clone(), problems) {
                items.push((line, item));
            }
        }
        items
    }

    pub fn refuse_other_keys(&self, known: &[&str], problems: &mut Vec<Problem>) {
        for key in self.table.keys() {
            if !known.contains(&key.as_str()) {
                let line = self.find(key, 1);
                let suggestion = nearest(key, known.iter().copied());
                problems.push(problem(&self.path, line, "", format!("unknown key {key:?}"), suggestion));
            }
        }
    }

    /// The top-level tables: id and content.
    pub fn tables(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.table.iter()
    }

    fn item<T: DeserializeOwned>(
        &self,
        kind: &str,
        line: usize,
        value: Value,
        problems: &mut Vec<Problem>,
    ) -> Option<T> {
        let id = value.get("id").and_then(Value::as_str).map(|id| format!("{kind} {id:?}"));
        let item = id.unwrap_or_else(|| kind.to_owned());
        match T::deserialize(value) {
            Ok(item) => Some(item),
            Err(error) => {
                // The error names the keys that lead to it on a line of its own.
                let full = error.to_string();
                let key = full.split_once("\nin `").and_then(|(_, path)| path.split(['`', '.']).next());
                let (message, suggestion) = unknown_field(&error.message().trim().replace('\n', " "));
                let message = in_plain_words(&message, key);
                let quoted = message.split('`').nth(1).unwrap_or_default().to_owned();
                let at = self.find(&quoted, line.max(1));
                let line = if quoted.is_empty() || at == 0 || message.ends_with("is missing") { line } else { at };
                problems.push(problem(&self.path, line, &item, message, suggestion));
                None
            }
        }
    }

    fn headers(&self, header: &str) -> Vec<usize> {
        let lines = self.text.lines().enumerate();
        lines.filter(|(_, line)| line.trim_start().starts_with(header)).map(|(i, _)| i + 1).collect()
    }

    /// The first line from `from` on that contains the text as a word; 0 when there is none.
    pub fn find(&self, text: &str, from: usize) -> usize {
        if text.is_empty() {
            return 0;
        }
        let outside = |c: char| !(c.is_alphanumeric() || c == '-' || c == '_');
        let holds = |line: &str| {
            line.match_indices(text).any(|(at, _)| {
                line[..at].chars().next_back().is_none_or(outside)
                    && line[at + text.len()..].chars().next().is_none_or(outside)
            })
        };
        let lines = self.text.lines().enumerate().skip(from.saturating_sub(1));
        lines.map(|(i, line)| (i + 1, line)).find(|(_, line)| holds(line)).map_or(0, |(line, _)| line)
    }
}

pub fn problem(file: &str, line: usize, item: &str, message: impl Into<String>, suggestion: Option<String>) -> Problem {
    Problem { file: file.to_owned(), line, item: item.to_owned(), message: message.into(), suggestion }
}

/// Serde's word for an unknown field, with the nearest known one as a suggestion.
fn unknown_field(message: &str) -> (String, Option<String>) {
    let mut names = message.split('`').skip(1).step_by(2);
    if !message.starts_with("unknown field") {
        return (message.to_owned(), None);
    }
    let given = names.next().unwrap_or_default();
    (format!("unknown key `{given}`"), nearest(given, names))
}

/// Serde's words for a missing key and a wrong type, as a person would say them.
fn in_plain_words(message: &str, key: Option<&str>) -> String {
    if let Some(missing) = message.strip_prefix("missing field ") {
        return format!("{missing} is missing");
    }
    let Some(wrong) = message.strip_prefix("invalid type: ") else { return message.to_owned() };
    let wrong = wrong.replace("a sequence", "a list").replace("a map", "a table").replace("a string", "a text");
    let wrong = wrong.strip_prefix("string ").map_or(wrong.clone(), |rest| format!("the text {rest}"));
    let wrong = wrong.replace(", expected ", " stands where ") + " belongs";
    key.map_or_else(|| wrong.clone(), |key| format!("`{key}`: {wrong}"))
}

fn line_at(text: &str, offset: usize) -> usize {
    text[..offset.min(text.len())].matches('\n').count() + 1
}
