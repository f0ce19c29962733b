//! What has to be read again for a cycle: every page on which something rests that is not known for this cycle, and the
//! dates without a day.
//!
//! It looks at the files as they are written and not at a checked rulebook, so that it helps while a rulebook is being
//! written and cannot be compiled yet.

use crate::compile::{BasisItem, basis_of};
use crate::files::{self, Citation, DateItem, File, MomentItem, problem};
use crate::output::FORMAT;
use crate::problem::{Problem, nearest};
use rules::rulebook::ends_of;
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use toml::Value;

/// What has to be read again for a cycle.
#[derive(Serialize)]
pub struct Todo {
    pub format: u32,
    pub cycle: String,
    /// The pages to read: those behind rules that decide verdicts first, then by publisher, the oldest first.
    pub sources: Vec<Page>,
    /// The dates with no published day.
    pub dates: Vec<NoDay>,
    /// How many things a page that names this cycle states; they are done.
    pub stated: usize,
    /// How many things stand, by a page of this cycle or a later one.
    pub standing: usize,
}

/// A page, and what rests on it.
#[derive(Serialize)]
pub struct Page {
    pub id: String,
    pub publisher: String,
    pub title: String,
    pub url: String,
    /// The cycle that the copy names.
    pub cycle: Option<String>,
    pub read_on: String,
    /// A rule or a date that decides a verdict, or a list of requirements, rests on it.
    pub decides: bool,
    pub used_by: Vec<Use>,
}

/// A thing that rests on a page.
#[derive(Clone, PartialEq, Serialize)]
pub struct Use {
    pub kind: Kind,
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_for: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standing_for: Option<Vec<String>>,
    /// Why it has to be read again.
    pub why: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Rule,
    Reading,
    /// A cell's list of requirements.
    Cell,
    Date,
    /// That one date comes before another.
    Order,
    Document,
    Stage,
    Notice,
}

/// A date without a day.
#[derive(Serialize)]
pub struct NoDay {
    pub id: String,
    pub last: Option<LastDay>,
}

/// The last day that was seen of a date.
#[derive(Serialize)]
pub struct LastDay {
    pub cycle: String,
    pub on: String,
}

/// Looks through the rulebook of a cycle.
///
/// # Errors
/// What cannot be read.
pub fn todo(root: &Path, cycle: &str) -> Result<Todo, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut open = |name: &str| File::open(root, name, &mut problems);
    let mut of_cycle = |name: &str| open(&format!("{cycle}/{name}"));
    let [rules, cells, dates, questions] =
        ["rules.toml", "cells.toml", "dates.toml", "questions.toml"].map(&mut of_cycle);
    let [documents, stages, notices] = ["documents.toml", "stages.toml", "notices.toml"].map(&mut of_cycle);
    let sources = open("sources.toml");
    let sources = sources.items("source", &mut problems).into_iter().map(|(_, source)| (source, Vec::new()));
    let mut reading = Reading { cycle, sources: sources.collect(), stated: 0, standing: 0, problems };

    let rules: Vec<(usize, files::Rule)> = rules.items("rule", &mut reading.problems);
    let cells: Vec<(usize, files::Cell)> = cells.items("cell", &mut reading.problems);
    let questions: Vec<(usize, files::Question)> = questions.items("question", &mut reading.problems);
    let deciding = Deciding::of(&rules, &cells, &questions);
    for (line, item) in &rules {
        let decides = deciding.rules.contains(&*item.id);
        let at = At { file: "rules.toml", line: *line, decides };
        if item.readings.is_none() {
            reading.thing(at, Kind::Rule, &item.id, &basis_of!(item));
        }
        for (name, read) in item.readings.iter().flatten() {
            reading.thing(at, Kind::Reading, &format!("{}.{name}", item.id), &basis_of!(read));
        }
    }
    for (line, item) in &cells {
        reading.list(At { file: "cells.toml", line: *line, decides: true }, item);
    }
    let mut no_days = Vec::new();
    for (line, item) in dates.items::<DateItem>("date", &mut reading.problems) {
        let at = |id: &str| At { file: "dates.toml", line, decides: deciding.dates.contains(id) };
        for (id, moment) in ends_of(&item.id).iter().zip([&item.opens, &item.closes]) {
            let Some(moment) = moment else { continue };
            no_days.extend(reading.date(at(id), id, moment));
        }
        if item.kind != "window" {
            no_days.extend(reading.date(at(&item.id), &item.id, &MomentItem::from(item.clone())));
        }
    }
    for (line, item) in documents.items::<files::Document>("document", &mut reading.problems) {
        let at = At { file: "documents.toml", line, decides: false };
        reading.thing(at, Kind::Document, &item.id, &basis_of!(item));
    }
    for (line, item) in stages.items::<files::Stage>("stage", &mut reading.problems) {
        reading.thing(At { file: "stages.toml", line, decides: false }, Kind::Stage, &item.id, &basis_of!(item));
    }
    for (line, item) in notices.items::<files::Notice>("notice", &mut reading.problems) {
        reading.thing(At { file: "notices.toml", line, decides: false }, Kind::Notice, &item.id, &basis_of!(item));
    }
    reading.finish(no_days)
}

/// The rules that cells require or are closed by, with what they are made of, and the dates that these, the cells, and the
/// choices of the questions that they look at name.
#[derive(Default)]
struct Deciding<'a> {
    rules: BTreeSet<&'a str>,
    questions: BTreeSet<&'a str>,
    dates: BTreeSet<&'a str>,
}

impl<'a> Deciding<'a> {
    fn of(
        rules: &'a [(usize, files::Rule)],
        cells: &'a [(usize, files::Cell)],
        questions: &'a [(usize, files::Question)],
    ) -> Deciding<'a> {
        let mut deciding = Deciding::default();
        let mut waiting: Vec<&str> = Vec::new();
        for (_, cell) in cells {
            waiting
                .extend(cell.requires.iter().chain(cell.closed.iter().map(|closed| &closed.rule)).map(String::as_str));
            deciding.dates.extend(cell.opens.iter().chain(&cell.closes).map(String::as_str));
            deciding.names_in(&cell.covered_when, &mut waiting);
        }
        while let Some(id) = waiting.pop() {
            let Some((_, rule)) = rules.iter().find(|(_, rule)| rule.id == id) else { continue };
            if !deciding.rules.insert(&rule.id) {
                continue;
            }
            deciding.dates.extend(rule.due.iter().flat_map(files::Ids::ids).map(String::as_str));
            let readings = rule.readings.iter().flatten().map(|(_, reading)| &reading.holds_when);
            rule.holds_when.iter().chain(readings).for_each(|condition| deciding.names_in(condition, &mut waiting));
        }
        let asked = questions.iter().map(|(_, question)| question);
        for question in asked.filter(|question| deciding.questions.contains(&*question.id)) {
            let choices = question.choices.iter().flatten().filter_map(files::Choice::table);
            let ends = choices.flat_map(|choice| [&choice.not_before, &choice.not_after, &choice.by]);
            deciding.dates.extend(ends.flatten().map(String::as_str));
        }
        deciding
    }

    /// The dates, the questions and the rules that a condition names.
    fn names_in(&mut self, condition: &'a Value, rules: &mut Vec<&'a str>) {
        match condition {
            Value::Array(parts) => parts.iter().for_each(|part| self.names_in(part, rules)),
            Value::Table(parts) => {
                for (key, value) in parts {
                    match (key.as_str(), value) {
                        ("rule", Value::String(id)) => rules.push(id),
                        ("question", Value::String(id)) => {
                            self.questions.insert(id);
                        }
                        ("passed" | "before" | "on_or_before" | "on_or_after" | "after", Value::String(id)) => {
                            self.dates.insert(id);
                        }
                        (_, part) => self.names_in(part, rules),
                    }
                }
            }
            _ => {}
        }
    }
}

/// Where a thing stands, and whether a verdict depends on it.
#[derive(Clone, Copy)]
struct At {
    file: &'static str,
    line: usize,
    decides: bool,
}

struct Reading<'a> {
    cycle: &'a str,
    /// Every page with what rests on it, and whether that decides a verdict.
    sources: Vec<(files::Source, Vec<(bool, Use)>)>,
    stated: usize,
    standing: usize,
    problems: Vec<Problem>,
}

impl Reading<'_> {
    fn thing(&mut self, at: At, kind: Kind, id: &str, item: &BasisItem<'_>) {
        let why = self.why(item);
        self.note(at, kind, id, item, why, &[]);
    }

    /// The list of requirements of a cell has no basis of its own.
    fn list(&mut self, at: At, cell: &files::Cell) {
        let item = BasisItem { basis: None, standing_for: None, read_for: None, sources: &cell.sources, facts: &[] };
        let why = format!("the list of requirements: no page of it names {}", self.cycle);
        let why = (!self.named_by(&cell.sources, |cycle| cycle == self.cycle)).then_some(why);
        self.note(at, Kind::Cell, &cell.id, &item, why, &[]);
    }

    fn date(&mut self, at: At, id: &str, moment: &MomentItem) -> Option<NoDay> {
        let no_day = moment.on.is_none();
        let item = basis_of!(moment);
        let why = if no_day { Some("no day is published".to_owned()) } else { self.why(&item) };
        let last = moment.last.as_ref();
        self.note(at, Kind::Date, id, &item, why, last.map_or(&[], |last| &last.sources));
        for other in &moment.or {
            self.thing(at, Kind::Date, &format!("{id} or {}", other.on), &basis_of!(other));
        }
        for order in &moment.before {
            self.thing(at, Kind::Order, &format!("{id} before {}", order.date), &basis_of!(order));
        }
        let last = last.map(|last| LastDay { cycle: last.cycle.clone(), on: last.on.to_string() });
        no_day.then(|| NoDay { id: id.to_owned(), last })
    }

    /// Whether one of these pages names a cycle that fits.
    fn named_by(&self, citations: &[Citation], fits: impl Fn(&str) -> bool) -> bool {
        let cited = |source: &files::Source| citations.iter().any(|citation| citation.source() == source.id);
        let mut cycles =
            self.sources.iter().filter(|(source, _)| cited(source)).filter_map(|(s, _)| s.cycle.as_deref());
        cycles.any(fits)
    }

    /// Why something has to be read again, or nothing where it is known for this cycle.
    fn why(&mut self, item: &BasisItem<'_>) -> Option<String> {
        let cycle = self.cycle;
        match item.basis {
            Some("stated") if self.named_by(item.sources, |named| named == cycle) => {
                self.stated += 1;
                None
            }
            Some("stated") => Some(format!("stated, though no page of it names {cycle}")),
            Some("standing") => {
                let cycles = item.standing_for.unwrap_or_default();
                if cycles.iter().any(|named| &**named >= cycle) || self.named_by(item.sources, |named| named >= cycle) {
                    self.standing += 1;
                    return None;
                }
                Some(format!("standing, last read for {}", cycles.iter().max().map_or("no cycle", String::as_str)))
            }
            Some("carried-over") => Some(format!("carried over from {}", item.read_for.unwrap_or("no cycle"))),
            Some("second-hand") => Some("read on another body's page only".to_owned()),
            Some("inferred") => Some("inferred, not published".to_owned()),
            _ => Some("it has no basis".to_owned()),
        }
    }

    fn note(&mut self, at: At, kind: Kind, id: &str, item: &BasisItem<'_>, why: Option<String>, also: &[Citation]) {
        let mut cited = BTreeSet::new();
        for citation in item.sources.iter().chain(also) {
            let source = self.sources.iter_mut().find(|(source, _)| source.id == citation.source());
            let Some((source, uses)) = source else {
                let known = self.sources.iter().map(|(source, _)| source.id.as_str());
                let suggestion = nearest(citation.source(), known);
                let path = format!("{}/{}", self.cycle, at.file);
                let message = format!("unknown source {:?}", citation.source());
                self.problems.push(problem(&path, at.line, &format!("{} {id:?}", kind.name()), message, suggestion));
                continue;
            };
            let Some(why) = why.clone().filter(|_| cited.insert(source.id.clone())) else { continue };
            let [basis, read_for] = [item.basis, item.read_for].map(|text| text.map(str::to_owned));
            let standing_for = item.standing_for.map(<[String]>::to_vec);
            uses.push((at.decides, Use { kind, id: id.to_owned(), basis, read_for, standing_for, why }));
        }
    }

    fn finish(mut self, dates: Vec<NoDay>) -> Result<Todo, Vec<Problem>> {
        if !self.problems.is_empty() {
            self.problems.sort();
            return Err(self.problems);
        }
        let pages = self.sources.into_iter().filter(|(_, uses)| !uses.is_empty()).map(|(source, uses)| Page {
            id: source.id,
            publisher: source.publisher,
            title: source.title,
            url: source.url,
            cycle: source.cycle,
            read_on: source.read_on.to_string(),
            decides: uses.iter().any(|(decides, _)| *decides),
            used_by: uses.into_iter().map(|(_, of)| of).collect(),
        });
        let mut sources: Vec<Page> = pages.collect();
        // A page that names no cycle is most likely still there as it was, so it comes after those that do.
        sources.sort_by_key(|page| {
            let age = (page.cycle.is_none(), page.cycle.clone(), page.read_on.clone());
            (!page.decides, page.publisher.clone(), age, page.id.clone())
        });
        let (format, cycle) = (FORMAT, self.cycle.to_owned());
        Ok(Todo { format, cycle, sources, dates, stated: self.stated, standing: self.standing })
    }
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Kind::Rule => "rule",
            Kind::Reading => "reading",
            Kind::Cell => "cell",
            Kind::Date => "date",
            Kind::Order => "order",
            Kind::Document => "document",
            Kind::Stage => "stage",
            Kind::Notice => "notice",
        }
    }
}

/// Longer lines of names are broken.
const WIDTH: usize = 100;

impl Todo {
    /// The list for people to read.
    #[must_use]
    pub fn text(&self) -> String {
        let cycle = &self.cycle;
        let mut text = format!("to read again for cycle {cycle}\n");
        for pages in self.sources.chunk_by(|a, b| a.decides == b.decides) {
            let decides = pages.first().is_some_and(|page| page.decides);
            let _ = writeln!(text, "\n{}", if decides { "pages that decide verdicts" } else { "other pages" });
            pages.iter().for_each(|page| page.write(&mut text));
        }
        if !self.dates.is_empty() {
            let _ = writeln!(text, "\ndates of which no day is published");
        }
        for NoDay { id, last } in &self.dates {
            let last = last.as_ref().map_or_else(
                || "no earlier day was read".to_owned(),
                |last| format!("in cycle {} it was {}", last.cycle, last.on),
            );
            let _ = writeln!(text, "  {id}: not published; {last}");
        }
        let things: BTreeSet<(Kind, &str)> =
            self.sources.iter().flat_map(|page| &page.used_by).map(|of| (of.kind, &*of.id)).collect();
        let _ = writeln!(
            text,
            "\n{}, on which {} rest; {} without a day\n{} stated for {cycle}, and {} standing for it, are done",
            counted(self.sources.len(), "page"),
            counted(things.len(), "thing"),
            counted(self.dates.len(), "date"),
            counted(self.stated, "thing"),
            self.standing
        );
        text
    }
}

impl Page {
    fn write(&self, text: &mut String) {
        let cycle = self.cycle.as_ref().map_or_else(|| "names no cycle".to_owned(), |cycle| format!("names {cycle}"));
        let _ = writeln!(text, "\n  {}: {}", self.publisher, self.title);
        let _ = writeln!(text, "    {}", self.url);
        let _ = writeln!(text, "    {}; {cycle}; last read {}", self.id, self.read_on);
        let mut said: Vec<&str> = Vec::new();
        for of in &self.used_by {
            if said.contains(&&*of.why) {
                continue;
            }
            said.push(&of.why);
            let _ = writeln!(text, "    {}", of.why);
            let same = self.used_by.iter().filter(|other| other.why == of.why);
            let mut line = String::new();
            for (place, other) in same.enumerate() {
                let name = format!("{} {}", other.kind.name(), other.id);
                if place > 0 {
                    line.push(',');
                }
                if place > 0 && line.len() + name.len() > WIDTH {
                    let _ = writeln!(text, "      {line}");
                    line.clear();
                }
                line.push_str(if line.is_empty() { "" } else { " " });
                line.push_str(&name);
            }
            let _ = writeln!(text, "      {line}");
        }
    }
}

/// A number of things, in the plural where it is not one.
pub(crate) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
