//! From files to a checked [`Rulebook`]: one pass that reads everything and reports all problems at once.

mod cells;
mod checks;
mod conditions;
pub mod dates;
mod examples;
mod open;
mod pages;
mod questions;
mod rules_file;

use crate::files::{self, Citation as FileCitation, problem};
use crate::problem::{Problem, nearest};
use crate::words::FOR_NOTHING;
use conditions::Place;
use open::AllWords;
pub use open::{Files, cycles, default_cycle, hex, languages};
use rules::answers::Answer;
use rules::day::Day;
use rules::rulebook::{
    Basis, Citation, Contact, ContactIx, Derived, Grounds, MomentIx, Named, Question, QuestionIx, QuestionKind, RuleIx,
    Rulebook, Source, SourceIx, Text, date_of,
};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use toml::Value;

/// Basis and sources as an item of a file gives them.
pub struct BasisItem<'a> {
    pub basis: Option<&'a str>,
    pub standing_for: Option<&'a [String]>,
    pub read_for: Option<&'a str>,
    pub sources: &'a [FileCitation],
    pub facts: &'a [String],
}

macro_rules! basis_of {
    ($item:expr) => {
        BasisItem {
            basis: $item.basis.as_deref(),
            standing_for: $item.standing_for.as_deref(),
            read_for: $item.read_for.as_deref(),
            sources: &$item.sources,
            facts: &$item.facts,
        }
    };
}

pub(crate) use basis_of;

/// One compilation: files in, rulebook and problems out.
pub(crate) struct Compiler<'a> {
    cycle: &'a str,
    files: Files,
    words: AllWords,
    book: Rulebook,
    zone_name: String,
    moments: BTreeMap<String, MomentIx>,
    rules: BTreeMap<String, RuleIx>,
    /// Every id of a kind, with file and line: to find duplicates, and what sentences became.
    ids: BTreeMap<(&'static str, String), (&'static str, usize)>,
    /// Something that names other items could not be read, so what it names may look unused.
    unread: bool,
    problems: Vec<Problem>,
}

/// Compiles the rulebook of one cycle in one language.
///
/// # Errors
/// All problems found, sorted by place.
pub fn compile(root: &Path, cycle: &str, language: &str) -> Result<Rulebook, Vec<Problem>> {
    let mut problems = Vec::new();
    let files = Files::open(root, cycle, &mut problems);
    let words = AllWords::open(root, cycle, language, files.sentences.is_some(), &mut problems);
    if !problems.is_empty() {
        // What a file says that cannot be read is anybody's guess.
        problems.sort();
        return Err(problems);
    }
    let book = empty(cycle, language, &files.hash());
    let mut compiler = Compiler {
        cycle,
        files,
        words,
        book,
        zone_name: "UTC".to_owned(),
        moments: BTreeMap::new(),
        rules: BTreeMap::new(),
        ids: BTreeMap::new(),
        unread: false,
        problems,
    };
    compiler.run();
    let Compiler { book, words, unread, mut problems, .. } = compiler;
    // The words of an item that was refused are not to blame for it.
    let refused: Vec<String> = problems.iter().map(|problem| problem.item.clone()).collect();
    let is_refused = |words: &Problem| refused.iter().any(|item| item.ends_with(&format!(" {}", words.item)));
    problems
        .extend(words.finish(!unread).into_iter().filter(|words| words.message != FOR_NOTHING || !is_refused(words)));
    problems.sort();
    problems.dedup();
    if problems.is_empty() { Ok(book) } else { Err(problems) }
}

/// Works out again what follows from a rulebook's conditions: the order of scopes, the classes of answers, and what each
/// cell looks at. For rulebooks that were changed after they were compiled.
pub fn refresh(book: &mut Rulebook) {
    checks::finish(book);
}

fn empty(cycle: &str, language: &str, hash: &str) -> Rulebook {
    let none = || Text::from("");
    Rulebook {
        cycle: Text::from(cycle),
        language: Text::from(language),
        hash: Text::from(hash),
        title: none(),
        summary: none(),
        next_cycle: Named { id: none(), text: none() },
        ask_rules: none(),
        ask_rule: none(),
        ask_list: none(),
        ask_dates: none(),
        span: (0, 0),
        check_by: 0,
        check_by_day: Day(0),
        checked_on: Day(0),
        too_early: none(),
        zones: Vec::new(),
        season: None,
        last: None,
        topics: Vec::new(),
        contacts: Vec::new(),
        sources: Vec::new(),
        questions: Vec::new(),
        scope_order: Vec::new(),
        constraints: Vec::new(),
        dates: Vec::new(),
        moments: Vec::new(),
        rules: Vec::new(),
        conflicts: Vec::new(),
        cells: Vec::new(),
        documents: Vec::new(),
        stages: Vec::new(),
        branches: Vec::new(),
        notices: Vec::new(),
        sentences: Vec::new(),
        glossary: Vec::new(),
        derived: Derived::default(),
    }
}

impl Compiler<'_> {
    fn run(&mut self) {
        self.sources();
        if self.cycle().is_none() {
            // Without topics, contacts and zone nothing else makes sense.
            self.unread = true;
            return;
        }
        self.dates();
        self.last_date();
        self.questions();
        self.rule_ids();
        self.scopes();
        self.conflicts();
        self.rules();
        self.constraints();
        self.cells();
        self.outcomes();
        self.documents();
        self.stages();
        self.notices();
        self.sentences();
        self.glossary();
        self.check();
        if self.problems.is_empty() {
            self.finish();
            self.examples();
            self.book.derived = Derived::default();
        }
    }

    /// `file` is the name below the cycle's folder, or `sources.toml`.
    pub(crate) fn report(
        &mut self,
        file: &str,
        line: usize,
        item: &str,
        message: impl Into<String>,
        suggestion: Option<String>,
    ) {
        let path = if file == "sources.toml" { file.to_owned() } else { format!("{}/{file}", self.cycle) };
        self.problems.push(problem(&path, line, item, message, suggestion));
    }

    /// Notes an id; refuses a second one of its kind and anything but kebab-case.
    fn add_id(&mut self, kind: &'static str, file: &'static str, line: usize, id: &str) {
        let name = format!("{kind} {id:?}");
        let parts: Vec<&str> = if kind == "cell" { id.split('/').collect() } else { vec![id] };
        let kebab = |part: &&str| {
            !part.is_empty()
                && !part.starts_with('-')
                && !part.ends_with('-')
                && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        if !parts.iter().all(kebab) || (kind == "cell" && parts.len() != 2) {
            let form = if kind == "cell" { "place/what, both in kebab-case" } else { "kebab-case: a-z, 0-9 and -" };
            self.report(file, line, &name, format!("an id is {form}"), None);
        }
        // Beside the answers, a file of answers has entries of its own.
        if kind == "question" && session::text::RESERVED.contains(&id) {
            let message = "a file of answers needs this word for itself".to_owned();
            self.report(file, line, &name, message, Some("choose another id".to_owned()));
        }
        if let Some((_, first)) = self.ids.insert((kind, id.to_owned()), (file, line)) {
            let message = format!("this id is taken by the {kind} on line {first}");
            self.report(file, line, &name, message, Some("ids are never used twice".to_owned()));
        }
    }

    fn sources(&mut self) {
        let items: Vec<(usize, files::Source)> = self.files.sources.items("source", &mut self.problems);
        self.files.sources.refuse_other_keys(&["source"], &mut self.problems);
        for (line, item) in items {
            let name = format!("source {:?}", item.id);
            let read_on = dates::day(item.read_on).unwrap_or_else(|| {
                self.report("sources.toml", line, &name, "`read_on` is not a calendar day", None);
                Day(0)
            });
            if !item.url.starts_with("https://") && !item.url.starts_with("http://") {
                self.report("sources.toml", line, &name, format!("{:?} is not a web address", item.url), None);
            }
            self.add_id("source", "sources.toml", line, &item.id);
            self.book.sources.push(Source {
                id: Text::from(item.id),
                publisher: Text::from(item.publisher),
                title: Text::from(item.title),
                url: Text::from(item.url),
                cycle: item.cycle.map(Text::from),
                read_on,
            });
        }
    }

    fn cycle(&mut self) -> Option<()> {
        let item = self.files.cycle.whole::<files::Cycle>(&mut self.problems)?;
        if item.cycle != self.cycle {
            let message = format!("`cycle` is {:?}, but the folder is {:?}", item.cycle, self.cycle);
            self.report("cycle.toml", 0, "", message, None);
        }
        for topic in &item.topic {
            self.add_id("topic", "cycle.toml", 0, &topic.id);
            let text = self.words.cycle.need_in("", "topics", &topic.id);
            self.book.topics.push(Named { id: Text::from(topic.id.as_str()), text });
        }
        for contact in &item.contact {
            self.add_id("contact", "cycle.toml", 0, &contact.id);
            let name = self.words.cycle.need_in("", "contacts", &contact.id);
            let (id, url) = (Text::from(contact.id.as_str()), Text::from(contact.url.as_str()));
            self.book.contacts.push(Contact { id, name, url });
        }
        self.book.title = self.words.cycle.need("", "title");
        self.book.summary = self.words.cycle.need("", "summary");
        self.book.next_cycle =
            Named { id: Text::from(item.next_cycle.as_str()), text: self.words.cycle.need("", "next_cycle") };
        self.book.ask_rules = self.words.cycle.need_with("ask_rules", "{questions}");
        self.book.ask_rule = self.words.cycle.need_with("ask_rule", "{rule}");
        self.book.ask_list = self.words.cycle.need_with("ask_list", "{cell}");
        self.book.ask_dates = self.words.cycle.need_with("ask_dates", "{dates}");
        self.zone_name.clone_from(&item.zone);
        let Some(zone) = dates::zone(&item.zone) else {
            let suggestion = Some("use a name such as America/Edmonton".to_owned());
            self.report("cycle.toml", 0, "", format!("unknown zone {:?}", item.zone), suggestion);
            return None;
        };
        let days = [item.span.from, item.span.until, item.check_by, item.checked_on].map(dates::day);
        let [Some(from), Some(until), Some(check_by), Some(checked_on)] = days else {
            let path = format!("{}/cycle.toml", self.cycle);
            self.problems.push(dates::no_day(&path, "span, check_by or checked_on"));
            return None;
        };
        let start = |day: Day| dates::instant(&zone, day, 0).map_or(0, |(instant, _)| instant);
        self.book.span = (start(from), start(until));
        self.book.check_by = dates::end_of_day(&zone, check_by).unwrap_or(0);
        self.book.check_by_day = check_by;
        self.book.checked_on = checked_on;
        self.add_zone(&item.zone, &zone);
        if let Some(season) = item.season {
            match (dates::day(season.from), dates::day(season.until)) {
                (Some(from), Some(until)) => self.book.season = Some((from, until)),
                _ => self.report("cycle.toml", 0, "", "`season` is not a span of calendar days", None),
            }
        }
        if from >= until {
            self.report("cycle.toml", 0, "", "`span` ends before it begins", None);
        }
        Some(())
    }

    /// The last date of the cycle.
    fn last_date(&mut self) {
        let mut ignored = Vec::new();
        let item = self.files.cycle.whole::<files::Cycle>(&mut ignored);
        if let Some(id) = item.and_then(|item| item.last_date) {
            let place = Place { file: "cycle.toml", line: 0, item: String::new() };
            self.book.last = self.moment_at(&place, &id);
        }
    }

    pub(crate) fn grounds(&mut self, file: &str, line: usize, name: &str, item: &BasisItem<'_>) -> Grounds {
        let basis = match (item.basis, item.standing_for, item.read_for) {
            (Some("stated"), None, None) => Basis::Stated,
            (Some("second-hand"), None, None) => Basis::SecondHand,
            (Some("inferred"), None, None) => Basis::Inferred,
            (Some("standing"), Some(cycles), None) if !cycles.is_empty() => {
                Basis::Standing(cycles.iter().map(|cycle| Text::from(cycle.as_str())).collect())
            }
            (Some("carried-over"), None, Some(cycle)) => Basis::CarriedOver(Text::from(cycle)),
            (Some("standing"), ..) => {
                let suggestion = Some("write standing_for = [\"2022\", \"2026\"]".to_owned());
                self.report(file, line, name, "`standing` names the cycles that say the same", suggestion);
                Basis::Inferred
            }
            (Some("carried-over"), ..) => {
                let suggestion = Some("write read_for = \"2026\"".to_owned());
                self.report(file, line, name, "`carried-over` names the cycle that it was read for", suggestion);
                Basis::Inferred
            }
            (Some(known @ ("stated" | "second-hand" | "inferred")), ..) => {
                let message = format!("`{known}` goes with neither `standing_for` nor `read_for`");
                self.report(file, line, name, message, None);
                Basis::Inferred
            }
            (Some(other), ..) => {
                let known = ["stated", "standing", "carried-over", "second-hand", "inferred"];
                let message = format!("unknown basis {other:?} ({})", known.join(", "));
                self.report(file, line, name, message, nearest(other, known));
                Basis::Inferred
            }
            (None, ..) => {
                let suggestion = "it is stated, standing, carried-over, second-hand or inferred".to_owned();
                self.report(file, line, name, "has no `basis`", Some(suggestion));
                Basis::Inferred
            }
        };
        if item.sources.is_empty() {
            self.report(file, line, name, "has no source", Some("name one of sources.toml in `sources`".to_owned()));
        }
        for fact in item.facts {
            if !fact.split_once(':').is_some_and(|(base, id)| !base.is_empty() && !id.is_empty()) {
                self.report(file, line, name, format!("{fact:?} is not a fact id such as \"aimg:E-ST-01\""), None);
            }
        }
        let sources = self.citations(file, line, name, item.sources);
        let is_undated = |citation: &Citation| self.book[citation.source].cycle.is_none();
        if let Basis::Standing(cycles) = &basis
            && let [only] = &**cycles
            && !sources.is_empty()
            && !sources.iter().any(is_undated)
        {
            let message =
                format!("`standing` for {only} alone, and no page without a cycle among its sources says it too");
            let suggestion = format!("name another cycle, or write basis = \"carried-over\" and read_for = \"{only}\"");
            self.report(file, line, name, message, Some(suggestion));
        }
        Grounds { basis, sources }
    }

    pub(crate) fn citations(&mut self, file: &str, line: usize, name: &str, items: &[FileCitation]) -> Vec<Citation> {
        let mut citations = Vec::new();
        for item in items {
            let (id, section) = match item {
                FileCitation::Whole(id) => (id, None),
                FileCitation::Section { id, section } => (id, Some(Text::from(section.as_str()))),
            };
            match self.book.sources.iter().position(|source| *source.id == **id) {
                Some(source) => citations.push(Citation { source: SourceIx::nth(source), section }),
                None => {
                    let known: Vec<String> = self.book.sources.iter().map(|source| source.id.to_string()).collect();
                    let suggestion = nearest(id, known.iter().map(String::as_str));
                    let at = self.files.by_name(file).find(id, line.max(1)).max(line);
                    self.report(file, at, name, format!("unknown source {id:?}"), suggestion);
                }
            }
        }
        citations
    }

    fn need_citations(&mut self, place: &Place, items: &[FileCitation]) -> Vec<Citation> {
        if items.is_empty() {
            let suggestion = Some("name one of sources.toml in `sources`".to_owned());
            self.report(place.file, place.line, &place.item, "has no source", suggestion);
        }
        self.citations(place.file, place.line, &place.item, items)
    }

    fn contact(&mut self, place: &Place, id: &str) -> Option<ContactIx> {
        let found = self.book.contacts.iter().position(|contact| *contact.id == *id);
        if found.is_none() {
            let known: Vec<String> = self.book.contacts.iter().map(|contact| contact.id.to_string()).collect();
            self.unknown(place, "contact", id, &known);
        }
        found.map(ContactIx::nth)
    }

    /// Whether an item is there, but was not read because something in it is wrong.
    fn is_reported(&self, kind: &str, id: &str) -> bool {
        let item = format!("{kind} {:?}", date_of(id));
        self.problems.iter().any(|problem| problem.item == item)
    }

    fn moment(&mut self, file: &'static str, line: usize, item: &str, id: &str) -> Option<MomentIx> {
        self.moment_at(&Place { file, line, item: item.to_owned() }, id)
    }

    /// What only makes sense once everything is right: scope order, classes, and what each cell looks at.
    fn finish(&mut self) {
        checks::finish(&mut self.book);
        // Sources that this cycle does not cite stay out of its file.
        checks::drop_unused_sources(&mut self.book);
    }
}

/// The kind of closing that says that a cell is over, for everybody alike.
const OVER: &str = "over";

/// An answer in a rulebook's table; `None` for what no question takes.
pub fn raw_answer(value: &Value) -> Option<rules::answers::RawAnswer> {
    session::text::answer(&session::Node::deserialize(value.clone()).ok()?)
}

/// One answer from each class of a question.
pub(crate) fn plain_classes(kind: &QuestionKind) -> Vec<Answer> {
    match kind {
        QuestionKind::Choice(choices) => {
            (0..choices.len()).filter_map(|c| u8::try_from(c).ok()).map(Answer::Choice).collect()
        }
        QuestionKind::YesNo => vec![Answer::Choice(0), Answer::Choice(1)],
        QuestionKind::Event => vec![Answer::Done, Answer::NotYet, Answer::Never],
        QuestionKind::Choices(choices, none) => {
            let none_bit = none.map_or(0, |none| 1_u64 << none);
            let all = (1_u64 << choices.len().min(12)) - 1;
            (1..=all).filter(|bits| bits & none_bit == 0 || *bits == none_bit).map(Answer::Choices).collect()
        }
        QuestionKind::Number(from, until) => vec![Answer::Number(*from), Answer::Number(*until)],
        QuestionKind::Date(from, until) => vec![Answer::Date((*from).into()), Answer::Date((*until).into())],
    }
}

/// The question with this id.
pub(crate) fn question<'b>(book: &'b Rulebook, id: &str) -> Option<(QuestionIx, &'b Question)> {
    book.question(id).map(|ix| (ix, &book[ix]))
}
