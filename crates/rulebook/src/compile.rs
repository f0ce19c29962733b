//! From files to a checked [`Rulebook`]: one pass that reads everything and reports all problems at once.

mod checks;
mod conditions;
pub mod dates;
mod examples;

use crate::files::{self, Citation as FileCitation, File, problem};
use crate::problem::{Problem, nearest};
use crate::words::{FOR_NOTHING, Words};
use conditions::Place;
use rules::answers::Answer;
use rules::day::Day;
use rules::rulebook::{
    Basis, Body, Cell, CellIx, Change, Choice, Citation, Condition, Conflict, ConflictIx, Constraint, Contact,
    ContactIx, Derived, Document, Grounds, MomentIx, Named, Notice, Question, QuestionIx, QuestionKind, Rule, RuleIx,
    Rulebook, Sentence, Source, SourceIx, Stage, Text, TopicIx,
};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;
use toml::Value;

/// A cycle's structure files, opened.
pub struct Files {
    sources: File,
    cycle: File,
    questions: File,
    dates: File,
    rules: File,
    cells: File,
    documents: File,
    stages: File,
    notices: File,
    sentences: Option<File>,
}

impl Files {
    fn open(root: &Path, cycle: &str, problems: &mut Vec<Problem>) -> Files {
        let mut open = |name: &str| File::open(root, &format!("{cycle}/{name}"), problems);
        let sentences = root.join(cycle).join("sentences.toml").exists().then(|| open("sentences.toml"));
        Files {
            cycle: open("cycle.toml"),
            questions: open("questions.toml"),
            dates: open("dates.toml"),
            rules: open("rules.toml"),
            cells: open("cells.toml"),
            documents: open("documents.toml"),
            stages: open("stages.toml"),
            notices: open("notices.toml"),
            sentences,
            sources: File::open(root, "sources.toml", problems),
        }
    }

    fn by_name(&self, name: &str) -> &File {
        match name {
            "sources.toml" => &self.sources,
            "questions.toml" => &self.questions,
            "dates.toml" => &self.dates,
            "rules.toml" => &self.rules,
            "cells.toml" => &self.cells,
            "documents.toml" => &self.documents,
            "stages.toml" => &self.stages,
            "notices.toml" => &self.notices,
            "sentences.toml" => self.sentences.as_ref().unwrap_or(&self.cycle),
            _ => &self.cycle,
        }
    }

    /// Hash over the structure: twelve hexadecimal digits, the same in every language.
    fn hash(&self) -> String {
        let mut hasher = Sha256::new();
        let all = [
            &self.sources,
            &self.cycle,
            &self.questions,
            &self.dates,
            &self.rules,
            &self.cells,
            &self.documents,
            &self.stages,
            &self.notices,
        ];
        for file in all.into_iter().chain(self.sentences.as_ref()) {
            hasher.update(file.text.as_bytes());
            hasher.update([0]);
        }
        hex(&hasher.finalize()[..6])
    }
}

/// Two hexadecimal digits for each byte.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |digits, byte| digits + &format!("{byte:02x}"))
}

/// The words of one language.
struct AllWords {
    cycle: Words,
    questions: Words,
    dates: Words,
    rules: Words,
    cells: Words,
    documents: Words,
    stages: Words,
    notices: Words,
    sentences: Option<Words>,
    glossary: Words,
}

impl AllWords {
    fn open(root: &Path, cycle: &str, language: &str, sentences: bool, problems: &mut Vec<Problem>) -> AllWords {
        let mut open = |name: &str| Words::new(File::open(root, &format!("{cycle}/{language}/{name}"), problems));
        AllWords {
            cycle: open("cycle.toml"),
            questions: open("questions.toml"),
            dates: open("dates.toml"),
            rules: open("rules.toml"),
            cells: open("cells.toml"),
            documents: open("documents.toml"),
            stages: open("stages.toml"),
            notices: open("notices.toml"),
            sentences: sentences.then(|| open("sentences.toml")),
            glossary: open("glossary.toml"),
        }
    }

    /// With `all_read`, words that nothing asked for are problems.
    fn finish(self, all_read: bool) -> Vec<Problem> {
        let all = [
            Some(self.cycle),
            Some(self.questions),
            Some(self.dates),
            Some(self.rules),
            Some(self.cells),
            Some(self.documents),
            Some(self.stages),
            Some(self.notices),
            self.sentences,
            Some(self.glossary),
        ];
        all.into_iter().flatten().flat_map(|words| words.finish(all_read)).collect()
    }
}

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

/// The default cycle of the site.
///
/// # Errors
/// The problems of `site.toml`.
pub fn default_cycle(root: &Path) -> Result<String, Vec<Problem>> {
    let mut problems = Vec::new();
    let file = File::open(root, "site.toml", &mut problems);
    let site: Option<Site> = file.whole(&mut problems);
    let cycles = cycles(root).unwrap_or_default();
    if let Some(Site { default_cycle }) = &site
        && !cycles.contains(default_cycle)
    {
        let message = format!("there is no folder for the default cycle {default_cycle:?}");
        let suggestion = nearest(default_cycle, cycles.iter().map(String::as_str));
        problems.push(problem("site.toml", file.find(default_cycle, 1), "", message, suggestion));
    }
    site.map(|site| site.default_cycle).filter(|_| problems.is_empty()).ok_or(problems)
}

/// The cycles that have a folder, in order. A name with a dot in front is that of no cycle.
pub fn cycles(root: &Path) -> std::io::Result<Vec<String>> {
    let mut cycles = Vec::new();
    let folder = std::fs::read_dir(root)
        .map_err(|error| std::io::Error::new(error.kind(), format!("{}: {error}", root.display())))?;
    for entry in folder {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() && !name.starts_with('.') {
            cycles.push(name);
        }
    }
    cycles.sort();
    Ok(cycles)
}

/// The languages that a cycle says it has.
pub fn languages(root: &Path, cycle: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let file = File::open(root, &format!("{cycle}/cycle.toml"), &mut problems);
    let cycle: Option<files::Cycle> = file.whole(&mut problems);
    cycle.map_or_else(|| vec!["en".to_owned()], |cycle| cycle.languages)
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

    fn questions(&mut self) {
        let items: Vec<(usize, files::Question)> = self.files.questions.items("question", &mut self.problems);
        self.files.questions.refuse_other_keys(&["question", "constraint"], &mut self.problems);
        for (line, item) in items {
            let place = Place { file: "questions.toml", line, item: format!("question {:?}", item.id) };
            self.add_id("question", "questions.toml", line, &item.id);
            let kind = self.question_kind(&place, &item);
            let topic = self.book.topics.iter().position(|topic| *topic.id == item.topic);
            if topic.is_none() {
                let known: Vec<String> = self.book.topics.iter().map(|topic| topic.id.to_string()).collect();
                self.unknown(&place, "topic", &item.topic, &known);
            }
            let ask = item.ask.as_ref().and_then(|ask| self.contact(&place, ask));
            let change = match item.change.as_str() {
                "fixed" => Change::Fixed,
                "time" => Change::Time,
                "action" => Change::Action,
                "paper" => Change::Paper,
                "correction" => Change::Correction,
                other => {
                    let known = ["fixed", "time", "action", "paper", "correction"];
                    let message = format!("unknown change {other:?} ({})", known.join(", "));
                    self.report(place.file, line, &place.item, message, nearest(other, known));
                    Change::Fixed
                }
            };
            let words = &self.words.questions;
            let question = Question {
                title: words.need(&item.id, "title"),
                short: words.need(&item.id, "short"),
                hint: words.may(&item.id, "hint"),
                why: words.need(&item.id, "why"),
                where_to_find: words.need(&item.id, "where"),
                id: Text::from(item.id),
                topic: TopicIx::nth(topic.unwrap_or(0)),
                kind,
                per_cycle: item.per_cycle,
                set_by_others: item.set_by_others,
                renewable: item.renewable,
                may_lie_ahead: item.may_lie_ahead,
                relevant_when: None,
                change,
                ask,
                classes: Vec::new(),
            };
            if let Some(text) = self.text_of_one_cycle(&question) {
                let message = format!("is asked for every cycle, and its words name a day of one: {text:?}");
                let suggestion = Some("set `per_cycle = true`, or ask for a date instead".to_owned());
                self.report(place.file, line, &place.item, message, suggestion);
            }
            self.book.questions.push(question);
        }
    }

    /// A text of a question which makes an answer to it one about this cycle alone, though the question says otherwise.
    fn text_of_one_cycle(&self, question: &Question) -> Option<Text> {
        if question.per_cycle || matches!(question.kind, QuestionKind::Date(..)) {
            return None;
        }
        let choices = match &question.kind {
            QuestionKind::Choice(choices) | QuestionKind::Choices(choices, _) => choices.as_slice(),
            _ => &[],
        };
        let texts = [&question.title, &question.short].into_iter().chain(&question.hint);
        texts.chain(choices.iter().map(|choice| &choice.text)).find(|text| names_a_day(text, self.cycle)).cloned()
    }

    fn question_kind(&mut self, place: &Place, item: &files::Question) -> QuestionKind {
        let choices = self.choices(place, item);
        let stray = match item.kind.as_str() {
            "choice" | "choices" => item.range.is_some().then_some("range"),
            "number" | "date" => item.choices.is_some().then_some("choices"),
            _ if item.choices.is_some() => Some("choices"),
            _ => item.range.is_some().then_some("range"),
        };
        if let Some(stray) = stray {
            self.report(place.file, place.line, &place.item, format!("a {} has no `{stray}`", item.kind), None);
        }
        let ends = item.range.iter().flat_map(|range| range.keys());
        for end in ends.filter(|end| !["from", "until"].contains(&end.as_str())) {
            let message = format!("unknown key {end:?} in `range`");
            let suggestion = Some("a range has `from` and `until`".to_owned());
            self.report(place.file, place.line, &place.item, message, suggestion);
        }
        let dated = [("renewable", item.renewable), ("may_lie_ahead", item.may_lie_ahead)];
        for (key, _) in dated.into_iter().filter(|(_, given)| *given && item.kind != "date") {
            self.report(place.file, place.line, &place.item, format!("`{key}` goes with the type `date`"), None);
        }
        if item.set_by_others && !["date", "event"].contains(&item.kind.as_str()) {
            let message = "`set_by_others` goes with the types `date` and `event`";
            self.report(place.file, place.line, &place.item, message, None);
        }
        if item.none.is_some() && item.kind != "choices" {
            self.report(place.file, place.line, &place.item, "`none` goes with the type `choices`", None);
        }
        match item.kind.as_str() {
            "choice" => QuestionKind::Choice(choices),
            "choices" => {
                let none = item.none.as_ref().and_then(|none| {
                    let found = choices.iter().position(|c| *c.id == **none);
                    if found.is_none() {
                        let known: Vec<String> = choices.iter().map(|c| c.id.to_string()).collect();
                        self.unknown(place, "choice", none, &known);
                    }
                    found.and_then(|none| u8::try_from(none).ok())
                });
                QuestionKind::Choices(choices, none)
            }
            "yes-no" => QuestionKind::YesNo,
            "event" => QuestionKind::Event,
            "number" => {
                let bound = |key: &str| item.range.as_ref()?.get(key)?.number();
                let (Some(from), Some(until)) = (bound("from"), bound("until")) else {
                    let suggestion = Some("write range = { from = 0, until = 20 }".to_owned());
                    self.report(place.file, place.line, &place.item, "a number needs a `range`", suggestion);
                    return QuestionKind::Number(0, 0);
                };
                self.in_range(place, from <= until);
                QuestionKind::Number(from, until)
            }
            "date" => {
                let bound = |key: &str| dates::day(item.range.as_ref()?.get(key)?.day()?);
                let (Some(from), Some(until)) = (bound("from"), bound("until")) else {
                    let suggestion = Some("write range = { from = 1950-01-01, until = 2027-12-31 }".to_owned());
                    self.report(place.file, place.line, &place.item, "a date needs a `range`", suggestion);
                    return QuestionKind::Date(Day(0), Day(0));
                };
                self.in_range(place, from <= until);
                QuestionKind::Date(from, until)
            }
            other => {
                let known = ["choice", "choices", "yes-no", "number", "date", "event"];
                let message = format!("unknown type {other:?} ({})", known.join(", "));
                self.report(place.file, place.line, &place.item, message, nearest(other, known));
                QuestionKind::YesNo
            }
        }
    }

    fn in_range(&mut self, place: &Place, right: bool) {
        if !right {
            self.report(place.file, place.line, &place.item, "`range` ends before it begins", None);
        }
    }

    fn choices(&mut self, place: &Place, item: &files::Question) -> Vec<Choice> {
        let listed = item.choices.as_deref().unwrap_or_default();
        if matches!(item.kind.as_str(), "choice" | "choices") && !(2..=60).contains(&listed.len()) {
            self.report(place.file, place.line, &place.item, "needs between 2 and 60 `choices`", None);
        }
        let ids: Vec<String> = listed.iter().map(|choice| choice.id().to_owned()).collect();
        let mut choices = Vec::new();
        for (index, choice) in listed.iter().enumerate() {
            let id = choice.id();
            if ids[..index].iter().any(|earlier| earlier == id) {
                self.report(place.file, place.line, &place.item, format!("the choice {id:?} appears twice"), None);
            }
            let mut may_become = 0;
            let table = choice.table();
            for other in table.into_iter().flat_map(|table| &table.may_become) {
                match ids.iter().position(|id| id == other) {
                    Some(other) => may_become |= 1_u64 << other.min(63),
                    None => self.unknown(place, "choice", other, &ids),
                }
            }
            if table.is_some() && item.kind != "choice" {
                let message = "what a choice may become, and when it can be true, goes with the type `choice`";
                self.report(place.file, place.line, &place.item, message, None);
            }
            let mut date = |id: Option<&String>| id.and_then(|id| self.moment_at(place, id));
            let not_before = date(table.and_then(|table| table.not_before.as_ref()));
            let not_after = date(table.and_then(|table| table.not_after.as_ref()));
            let by = date(table.and_then(|table| table.by.as_ref()));
            let text = self.words.questions.need_in(&item.id, "choices", id);
            let decided_by_others = item.decided_by_others.iter().any(|decided| decided == id);
            let id = Text::from(id);
            // Cells are read later.
            let outcome_of = None;
            choices.push(Choice { id, text, may_become, decided_by_others, not_before, not_after, by, outcome_of });
        }
        for decided in item.decided_by_others.iter().filter(|decided| !ids.contains(decided)) {
            self.unknown(place, "choice", decided, &ids);
        }
        choices
    }

    /// `relevant_when` of every question, once all are known.
    fn scopes(&mut self) {
        let mut ignored = Vec::new();
        let items: Vec<(usize, files::Question)> = self.files.questions.items("question", &mut ignored);
        for (line, item) in items {
            let (Some(value), Some(question)) = (&item.relevant_when, self.book.question(&item.id)) else { continue };
            let place = Place { file: "questions.toml", line, item: format!("question {:?}", item.id) };
            let condition = self.condition(&place, value);
            self.book.questions[question.index()].relevant_when = Some(condition);
        }
    }

    fn conflicts(&mut self) {
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
    fn rule_ids(&mut self) {
        let items: Vec<(usize, files::Rule)> = self.files.rules.items("rule", &mut self.problems);
        self.files.rules.refuse_other_keys(&["rule", "conflict"], &mut self.problems);
        for (index, (line, item)) in items.iter().enumerate() {
            self.add_id("rule", "rules.toml", *line, &item.id);
            self.rules.insert(item.id.clone(), RuleIx::nth(index));
        }
    }

    fn rules(&mut self) {
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

    fn constraints(&mut self) {
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

    /// The cells of which choices are outcomes, once all are known.
    fn outcomes(&mut self) {
        let mut ignored = Vec::new();
        let items: Vec<(usize, files::Question)> = self.files.questions.items("question", &mut ignored);
        for (line, item) in items {
            let place = Place { file: "questions.toml", line, item: format!("question {:?}", item.id) };
            let Some(question) = self.book.question(&item.id) else { continue };
            for (number, choice) in item.choices.iter().flatten().enumerate() {
                let Some(id) = choice.table().and_then(|table| table.outcome_of.as_ref()) else { continue };
                let cell = self.cell_at(&place, id);
                if let QuestionKind::Choice(choices) = &mut self.book.questions[question.index()].kind
                    && let Some(choice) = choices.get_mut(number)
                {
                    choice.outcome_of = cell;
                }
            }
        }
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

    fn cells(&mut self) {
        let items: Vec<(usize, files::Cell)> = self.files.cells.items("cell", &mut self.problems);
        self.files.cells.refuse_other_keys(&["cell"], &mut self.problems);
        for (line, item) in items {
            let place = Place { file: "cells.toml", line, item: format!("cell {:?}", item.id) };
            self.add_id("cell", "cells.toml", line, &item.id);
            let requires: Vec<RuleIx> = item.requires.iter().filter_map(|id| self.rule_at(&place, id)).collect();
            let mut kinds: Vec<Named> = Vec::new();
            let mut closed = Vec::new();
            for Closed { kind, rule } in item.closed {
                let position = kinds.iter().position(|known| *known.id == *kind).unwrap_or_else(|| {
                    let text = self.words.cells.need_in(&item.id, "kinds", &kind);
                    kinds.push(Named { id: Text::from(kind.as_str()), text });
                    kinds.len() - 1
                });
                if let (Some(rule), Ok(position)) = (self.rule_at(&place, &rule), u8::try_from(position)) {
                    closed.push((position, rule));
                }
            }
            let covered = self.condition(&place, &item.covered_when);
            let opens = item.opens.as_ref().and_then(|id| self.moment_at(&place, id));
            let closes = item.closes.as_ref().and_then(|id| self.moment_at(&place, id));
            let ask = self.contact(&place, &item.ask).unwrap_or(ContactIx(0));
            let sources = self.need_citations(&place, &item.sources);
            let words = &self.words.cells;
            // A cell whose list of requirements nobody read is never open, and has no words for it.
            let open_text =
                if covered == Condition::Const(false) { Text::from("") } else { words.need(&item.id, "open") };
            self.book.cells.push(Cell {
                title: words.need(&item.id, "title"),
                place: words.need(&item.id, "place"),
                what: words.need(&item.id, "what"),
                open_text,
                not_yet_text: words.need(&item.id, "not_yet"),
                closed_text: words.need(&item.id, "closed"),
                instead: words.need(&item.id, "instead"),
                id: Text::from(item.id),
                requires,
                closed,
                over: kinds.iter().position(|kind| &*kind.id == OVER).and_then(|kind| u8::try_from(kind).ok()),
                kinds,
                covered,
                opens,
                closes,
                ask,
                sources,
                conflicts: Vec::new(),
                questions: Vec::new(),
            });
        }
    }

    fn documents(&mut self) {
        let items: Vec<(usize, files::Document)> = self.files.documents.items("document", &mut self.problems);
        self.files.documents.refuse_other_keys(&["document"], &mut self.problems);
        let ids: Vec<String> = items.iter().map(|(_, item)| item.id.clone()).collect();
        for (line, item) in items {
            let place = Place { file: "documents.toml", line, item: format!("document {:?}", item.id) };
            self.add_id("document", "documents.toml", line, &item.id);
            let cells: Vec<CellIx> = item.cells.iter().filter_map(|id| self.cell_at(&place, id)).collect();
            if item.cells.is_empty() {
                self.report(place.file, line, &place.item, "`for` names no cell", None);
            }
            let needed_when = item.needed_when.as_ref().map(|value| self.condition(&place, value));
            for other in &item.depends_on {
                if !ids.contains(other) && !self.rules.contains_key(other) {
                    let known: Vec<String> = ids.iter().chain(self.rules.keys()).cloned().collect();
                    self.unknown(&place, "document or rule", other, &known);
                }
            }
            let grounds = self.grounds(place.file, line, &place.item, &basis_of!(item));
            let dues = self.dues(&place, &cells, item.due.as_ref());
            let done_with = item.done_with.as_ref().and_then(|id| self.event_at(&place, "done_with", id));
            let issued = item.issued.as_ref();
            let issued_from = issued.and_then(|i| i.from.as_ref()).and_then(|id| self.moment_at(&place, id));
            let issued_until = issued.and_then(|i| i.until.as_ref()).and_then(|id| self.moment_at(&place, id));
            if issued_until.is_some() && !item.ladder {
                let message = "has a last day for its issue, and nobody could say that it is there but not sent yet";
                self.report(place.file, place.line, &place.item, message, Some("add `ladder = true`".to_owned()));
            }
            let words = &self.words.documents;
            let named = self.book.contacts.iter().find(|contact| *contact.id == item.place);
            let place_name = match named {
                Some(contact) => contact.name.clone(),
                None => words.need_in("", "places", &item.place),
            };
            self.book.documents.push(Document {
                title: words.need(&item.id, "title"),
                what: words.need(&item.id, "what"),
                why: words.need(&item.id, "why"),
                form: words.may(&item.id, "form"),
                consequence: words.need(&item.id, "consequence"),
                note: words.may(&item.id, "note"),
                id: Text::from(item.id),
                cells,
                needed_when: needed_when.unwrap_or(Condition::Const(true)),
                place: place_name,
                dues,
                issued_from,
                issued_until,
                depends_on: item.depends_on.into_iter().map(Text::from).collect(),
                ladder: item.ladder,
                done_with,
                grounds,
            });
        }
    }

    fn stages(&mut self) {
        let items: Vec<(usize, files::Stage)> = self.files.stages.items("stage", &mut self.problems);
        self.files.stages.refuse_other_keys(&["stage"], &mut self.problems);
        for (line, item) in items {
            let place = Place { file: "stages.toml", line, item: format!("stage {:?}", item.id) };
            self.add_id("stage", "stages.toml", line, &item.id);
            let cells = item.cells.iter().filter_map(|id| self.cell_at(&place, id)).collect();
            let here_when = self.condition(&place, &item.here_when);
            let mut dates = Vec::new();
            for id in &item.dates {
                match self.book.dates.iter().position(|date| *date.id == **id) {
                    Some(date) => dates.push(rules::rulebook::DateIx::nth(date)),
                    None => {
                        let known: Vec<String> = self.book.dates.iter().map(|date| date.id.to_string()).collect();
                        self.unknown(&place, "date", id, &known);
                    }
                }
            }
            let branch = item.branch.as_ref().and_then(|id| {
                let known = self.book.branches.iter().position(|branch| *branch.id == **id);
                let branch = known.unwrap_or_else(|| {
                    let text = self.words.stages.need_in("", "branches", id);
                    self.book.branches.push(Named { id: Text::from(id.as_str()), text });
                    self.book.branches.len() - 1
                });
                u8::try_from(branch).ok()
            });
            let grounds = self.grounds(place.file, line, &place.item, &basis_of!(item));
            let words = &self.words.stages;
            self.book.stages.push(Stage {
                title: words.need(&item.id, "title"),
                text: words.need(&item.id, "text"),
                to_do: words.list(&item.id, "do"),
                lost: words.list(&item.id, "lost"),
                id: Text::from(item.id),
                cells,
                here_when,
                dates,
                branch,
                grounds,
            });
        }
    }

    fn notices(&mut self) {
        const PAGES: [&str; 6] = ["start", "result", "checklist", "timeline", "iterations", "sources"];
        let items: Vec<(usize, files::Notice)> = self.files.notices.items("notice", &mut self.problems);
        self.files.notices.refuse_other_keys(&["notice"], &mut self.problems);
        for (line, item) in items {
            let place = Place { file: "notices.toml", line, item: format!("notice {:?}", item.id) };
            self.add_id("notice", "notices.toml", line, &item.id);
            for page in &item.pages {
                if !PAGES.contains(&page.as_str()) {
                    self.unknown(&place, "page", page, &PAGES.map(str::to_owned));
                }
            }
            let show_when = item.show_when.as_ref().map(|value| self.condition(&place, value));
            let grounds = self.grounds(place.file, line, &place.item, &basis_of!(item));
            let words = &self.words.notices;
            self.book.notices.push(Notice {
                title: words.need(&item.id, "title"),
                text: words.need(&item.id, "text"),
                id: Text::from(item.id),
                pages: item.pages.into_iter().map(Text::from).collect(),
                show_when: show_when.unwrap_or(Condition::Const(true)),
                grounds,
            });
        }
    }

    fn sentences(&mut self) {
        let Some(file) = &self.files.sentences else { return };
        let items: Vec<(usize, files::Sentence)> = file.items("sentence", &mut self.problems);
        file.refuse_other_keys(&["sentence"], &mut self.problems);
        for (index, (line, item)) in items.into_iter().enumerate() {
            let name = format!("sentence {}", item.n);
            if usize::from(item.n) != index + 1 {
                self.report("sentences.toml", line, &name, format!("sentence {} should stand here", index + 1), None);
            }
            if item.became.is_empty() {
                self.report("sentences.toml", line, &name, "became nothing", None);
            }
            for became in &item.became {
                let known = became.split_once(':').is_some_and(|(kind, id)| {
                    self.ids.keys().any(|(known, of)| *known == kind && of == id) || self.is_reported(kind, id)
                });
                if !known {
                    let all: Vec<String> = self.ids.keys().map(|(kind, id)| format!("{kind}:{id}")).collect();
                    let suggestion = nearest(became, all.iter().map(String::as_str));
                    self.report("sentences.toml", line, &name, format!("{became:?} does not exist"), suggestion);
                }
            }
            if let Some(words) = &self.words.sentences {
                let text = words.need(&format!("s{}", item.n), "text");
                let became = item.became.into_iter().map(Text::from).collect();
                self.book.sentences.push(Sentence { n: item.n, text, became });
            }
        }
    }

    fn glossary(&mut self) {
        let words = &self.words.glossary;
        let ids: Vec<String> = words.ids().map(str::to_owned).collect();
        let terms = ids.iter().map(|id| Named { id: words.need(id, "term"), text: words.need(id, "text") });
        self.book.glossary = terms.collect();
        self.book.glossary.sort_by_key(|term| term.id.to_lowercase());
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
        Grounds { basis, sources: self.citations(file, line, name, item.sources) }
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

    fn rule_at(&mut self, place: &Place, id: &str) -> Option<RuleIx> {
        let found = self.rules.get(id).copied();
        if found.is_none() {
            let known: Vec<String> = self.rules.keys().cloned().collect();
            self.unknown(place, "rule", id, &known);
        }
        found
    }

    /// Whether an item is there, but was not read because something in it is wrong.
    fn is_reported(&self, kind: &str, id: &str) -> bool {
        let whole = id.split_once('.').map_or(id, |(window, _)| window);
        let item = format!("{kind} {whole:?}");
        self.problems.iter().any(|problem| problem.item == item)
    }

    /// By when a document is due, for each cell that it serves and that has a date.
    fn dues(&mut self, place: &Place, cells: &[CellIx], due: Option<&DueDate>) -> Vec<(CellIx, MomentIx)> {
        match due {
            None => Vec::new(),
            Some(DueDate::Same(id)) => {
                let due = self.moment_at(place, id);
                due.map(|due| cells.iter().map(|cell| (*cell, due)).collect()).unwrap_or_default()
            }
            Some(DueDate::Each(dues)) => {
                let mut found = Vec::new();
                for (id, due) in dues {
                    let (cell, due) = (self.cell_at(place, id), self.moment_at(place, due));
                    if cell.is_some_and(|cell| !cells.contains(&cell)) {
                        let message = format!("`due` names {id:?}, and `for` does not");
                        self.report(place.file, place.line, &place.item, message, None);
                    }
                    found.extend(cell.zip(due));
                }
                found.sort_unstable();
                found
            }
        }
    }

    fn cell_at(&mut self, place: &Place, id: &str) -> Option<CellIx> {
        let found = self.book.cell(id);
        if found.is_none() {
            let known: Vec<String> = self.book.cells.iter().map(|cell| cell.id.to_string()).collect();
            self.unknown(place, "cell", id, &known);
        }
        found
    }

    fn moment(&mut self, file: &'static str, line: usize, item: &str, id: &str) -> Option<MomentIx> {
        self.moment_at(&Place { file, line, item: item.to_owned() }, id)
    }

    /// Whether something in the condition can still turn to yes by itself: an event, or a choice that may become one.
    fn can_pend(&self, condition: &Condition) -> bool {
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

    /// What only makes sense once everything is right: scope order, classes, and what each cell looks at.
    fn finish(&mut self) {
        checks::finish(&mut self.book);
        // Sources that this cycle does not cite stay out of its file.
        checks::drop_unused_sources(&mut self.book);
    }
}

use files::{Closed, DueDate, Site};

/// The kind of closing that says that a cell is over, for everybody alike.
const OVER: &str = "over";

/// The body of a rule that could not be read.
fn never() -> Body {
    Body::Plain(Condition::Const(false), Grounds { basis: Basis::Inferred, sources: Vec::new() })
}

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

/// Whether a text names the cycle, or a day of some year: a year near the number of a day.
fn names_a_day(text: &str, cycle: &str) -> bool {
    let words: Vec<&str> =
        text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_day = |word: &&str| word.len() <= 2 && word.parse().is_ok_and(|day: u8| (1..=31).contains(&day));
    words.iter().enumerate().any(|(place, word)| {
        let is_year = word.len() == 4 && word.starts_with("20") && word.bytes().all(|letter| letter.is_ascii_digit());
        is_year && (*word == cycle || words[place.saturating_sub(2)..place].iter().any(is_day))
    })
}

/// The question with this id.
pub(crate) fn question<'b>(book: &'b Rulebook, id: &str) -> Option<(QuestionIx, &'b Question)> {
    book.question(id).map(|ix| (ix, &book[ix]))
}
