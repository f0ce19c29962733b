//! The folder of a new cycle, made from that of an earlier one: its structure and its words, and none of its days.
//!
//! Nothing was read for the new cycle yet, so nothing in it may look as if it had been: what was stated becomes carried
//! over, and every day becomes the last one that was seen. What a person has to decide is marked [`MARK`].

mod edits;

use crate::compile;
use crate::problem::Problem;
use crate::todo::counted;
use edits::{Edits, Table};
use rules::day::Day;
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Begins every comment about something to decide.
pub const MARK: &str = "# TO CONFIRM:";

/// What was made.
#[derive(Debug, Default)]
pub struct Made {
    pub new: String,
    pub old: String,
    /// Dates, or ends of windows, without a day.
    pub days: usize,
    /// Days of the old cycle that nobody had published; comments have them.
    pub guessed: usize,
    /// What was known for the old cycle, and is carried over now: rules and readings, and everything else.
    pub rules: usize,
    pub others: usize,
    /// What still stands.
    pub standing: usize,
    /// Examples of rules that need a day which is gone.
    pub examples: usize,
    /// Texts that name a year.
    pub texts: usize,
    /// What the check says of the new folder.
    pub problems: Vec<Problem>,
}

/// The years by which two cycles are named.
///
/// # Errors
/// A cycle that is not named by its match year, or a new one that is not later.
pub fn years(new: &str, old: &str) -> Result<(u16, u16), String> {
    let year = |cycle: &str| {
        let year = Some(cycle).filter(|cycle| cycle.len() == 4 && cycle.bytes().all(|digit| digit.is_ascii_digit()));
        year.and_then(|year| year.parse().ok())
            .ok_or_else(|| format!("{cycle:?} is not a year: a cycle is named by its match year, such as 2029"))
    };
    let (new, old) = (year(new)?, year(old)?);
    if new <= old {
        return Err(format!(
            "the new cycle has to be later than the one that it is made from: {new} is not after {old}"
        ));
    }
    Ok((new, old))
}

/// Makes the folder of the cycle `new` from that of `old`, all of it or nothing.
///
/// # Errors
/// What is in the way. Nothing is made then.
pub fn make(root: &Path, new: &str, old: &str) -> Result<Made, String> {
    let years = years(new, old)?;
    let target = root.join(new);
    if target.exists() {
        return Err(format!("{} already exists, and stays as it is", target.display()));
    }
    // Beside the target, so that one step puts everything in place; a name with a dot in front is not a cycle.
    let scratch = root.join(format!(".new-{new}"));
    fs::create_dir(&scratch).map_err(|error| {
        let is_left = error.kind() == io::ErrorKind::AlreadyExists;
        let why = if is_left {
            "it is left over from a run that was cut short; delete it".to_owned()
        } else {
            error.to_string()
        };
        format!("{}: {why}", scratch.display())
    })?;
    let scratch = Scratch(scratch);
    let made = scratch.fill(root, years, Made { new: new.to_owned(), old: old.to_owned(), ..Made::default() })?;
    let filled = scratch.0.join(new);
    fs::rename(&filled, &target).map_err(|error| format!("{}: {error}", target.display()))?;
    Ok(made)
}

/// A folder that is gone in the end, whatever happens.
struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        // There is nobody left to tell.
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Scratch {
    fn fill(&self, root: &Path, (new, old): (u16, u16), made: Made) -> Result<Made, String> {
        let scratch = &self.0;
        let mut maker = Maker { years: i32::from(new) - i32::from(old), new, made };
        let folder = scratch.join(&maker.made.new);
        maker.copy(&root.join(&maker.made.old), &folder, true)?;
        // The check wants to see the pages, too.
        copied(&root.join("sources.toml"), &scratch.join("sources.toml"))?;
        let problems = checked(scratch, &maker.made.new);
        let rules = folder.join("rules.toml");
        let text = read(&rules)?;
        let text = maker.without_examples(&text, &problems).map_err(|error| format!("{}: {error}", rules.display()))?;
        fs::write(&rules, text).map_err(|error| format!("{}: {error}", rules.display()))?;
        maker.made.problems = checked(scratch, &maker.made.new);
        Ok(maker.made)
    }
}

fn checked(root: &Path, cycle: &str) -> Vec<Problem> {
    let found = compile::languages(root, cycle).into_iter().filter_map(|of| compile::compile(root, cycle, &of).err());
    let mut problems: Vec<Problem> = found.flatten().collect();
    problems.sort();
    problems.dedup();
    problems
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn copied(from: &Path, to: &Path) -> Result<(), String> {
    fs::copy(from, to).map(|_| ()).map_err(|error| format!("{}: {error}", from.display()))
}

struct Maker {
    /// By how many whole years the new cycle is later.
    years: i32,
    new: u16,
    made: Made,
}

impl Maker {
    fn copy(&mut self, from: &Path, to: &Path, structure: bool) -> Result<(), String> {
        let input = |path: &Path, error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
        fs::create_dir(to).map_err(|error| input(to, &error))?;
        for entry in fs::read_dir(from).map_err(|error| input(from, &error))? {
            let entry = entry.map_err(|error| input(from, &error))?;
            let (path, target) = (entry.path(), to.join(entry.file_name()));
            if path.is_dir() {
                self.copy(&path, &target, false)?;
            } else if path.extension().is_some_and(|extension| extension == "toml") {
                let text = read(&path)?;
                let name = entry.file_name().to_string_lossy().into_owned();
                let name = if structure { name } else { format!("words/{name}") };
                let changed = self.changed(&name, &text).map_err(|error| input(&path, &error))?;
                fs::write(&target, changed).map_err(|error| input(&target, &error))?;
            } else {
                copied(&path, &target)?;
            }
        }
        Ok(())
    }

    /// The text of a file for the new cycle.
    fn changed(&mut self, name: &str, text: &str) -> Result<String, String> {
        let file = DeTable::parse(text).map_err(|error| error.message().to_owned())?;
        let file = Table { text, table: file.get_ref(), start: 0 };
        let mut edits = Edits::new(text);
        match name {
            "words/cells.toml" => {
                self.words(&mut edits, file);
                file.table
                    .values()
                    .filter_map(|cell| Table::of(text, cell))
                    .for_each(|cell| unsay_open(&mut edits, cell));
            }
            words if words.starts_with("words/") => self.words(&mut edits, file),
            "cycle.toml" => self.cycle(&mut edits, file),
            "questions.toml" => file.list("question").for_each(|question| self.range(&mut edits, question)),
            "sentences.toml" => {}
            "cells.toml" => file.list("cell").for_each(|cell| self.coverage(&mut edits, cell)),
            _ => self.grounds_in(&mut edits, file, name),
        }
        if name == "rules.toml" {
            file.list("rule")
                .flat_map(|rule| rule.list("example"))
                .for_each(|example| self.example(&mut edits, example));
        }
        let changed = edits.apply();
        // Only a file that is written in an unusual way could break, and nobody should have to look for that.
        changed.parse::<toml::Table>().map_err(|error| format!("cannot be carried over as it is written: {error}"))?;
        Ok(changed)
    }

    /// Every text that names a year is marked: days are told in words, too.
    fn words(&mut self, edits: &mut Edits<'_>, table: Table<'_, '_>) {
        for (key, value) in table.table {
            if let Some(inner) = Table::of(table.text, value) {
                self.words(edits, inner);
            } else if names_year(value.get_ref()) {
                self.made.texts += 1;
                edits.comment_above(key.span().start, &format!("{MARK} names a year"));
            }
        }
    }

    fn cycle(&self, edits: &mut Edits<'_>, file: Table<'_, '_>) {
        let Made { new, old, .. } = &self.made;
        if let Some(entry) = file.get("cycle") {
            edits.replace(entry.value.span(), format!("{new:?}"));
        }
        if let Some(entry) = file.get("next_cycle") {
            edits.comment_above(entry.value.span().start, &format!("{MARK} the year after {new}"));
            edits.replace(entry.value.span(), format!("\"{}\"", self.new + 1));
        }
        for key in ["span", "season", "check_by"] {
            let Some(entry) = file.get(key) else { continue };
            let moved = self.move_days(edits, entry.value);
            if moved > 0 {
                let years = counted(self.years.unsigned_abs() as usize, "year");
                let comment = format!("{MARK} `{key}` of {old}, moved by {years}");
                edits.comment_above(first_value(entry.value), &comment);
            }
        }
        if let Some(entry) = file.get("checked_on") {
            let comment = format!("{MARK} nothing was read for {new} so far; this is the day for {old}");
            edits.comment_above(entry.value.span().start, &comment);
        }
    }

    /// Nobody has read a list of requirements for the new cycle, so nothing in it is open.
    fn coverage(&self, edits: &mut Edits<'_>, cell: Table<'_, '_>) {
        if let Some(entry) = cell.get("covered_when") {
            let Made { new, old, .. } = &self.made;
            let comment = format!("{MARK} no list of requirements was read for {new}; see `covered_when` of {old}");
            edits.comment_above(entry.value.span().start, &comment);
            edits.replace(entry.value.span(), "false");
        }
    }

    /// What is plausible in a new cycle lies as much later.
    fn range(&self, edits: &mut Edits<'_>, question: Table<'_, '_>) {
        let Some(range) = question.get("range").and_then(|entry| Table::of(question.text, entry.value)) else { return };
        let Some(until) = range.get("until") else { return };
        if self.move_days(edits, until.value) > 0 {
            edits.comment_above(
                until.value.span().start,
                &format!("{MARK} the last plausible day, moved from {}", self.made.old),
            );
        }
    }

    fn example(&self, edits: &mut Edits<'_>, example: Table<'_, '_>) {
        for key in ["as_of", "answers"] {
            example.get(key).into_iter().for_each(|entry| {
                self.move_days(edits, entry.value);
            });
        }
    }

    /// Moves every day in a value by the whole years between the cycles, and counts them.
    fn move_days(&self, edits: &mut Edits<'_>, value: &Spanned<DeValue<'_>>) -> usize {
        let (written, quote) = match value.get_ref() {
            DeValue::Datetime(day) => (day.to_string(), ""),
            DeValue::String(text) => (text.to_string(), "\""),
            DeValue::Array(list) => return list.iter().map(|item| self.move_days(edits, item)).sum(),
            DeValue::Table(table) => return table.values().map(|item| self.move_days(edits, item)).sum(),
            _ => return 0,
        };
        let Some(moved) = later(&written, self.years) else { return 0 };
        edits.replace(value.span(), format!("{quote}{moved}{quote}"));
        1
    }

    /// Everything with a basis, in any depth.
    fn grounds_in(&mut self, edits: &mut Edits<'_>, table: Table<'_, '_>, file: &str) {
        if table.get("basis").is_some() {
            if file == "dates.toml" {
                self.day(edits, table);
            }
            self.grounds(edits, table, file);
        }
        // Other days of a date go as a whole, and the last one that was seen has no basis.
        for (_, value) in table.table.iter().filter(|(key, _)| !["or", "last"].contains(&key.get_ref().as_ref())) {
            let inner = Table::of(table.text, value);
            let list = value.get_ref().as_array().into_iter().flat_map(|list| list.iter());
            let listed = list.filter_map(|item| Table::of(table.text, item));
            inner.into_iter().chain(listed).for_each(|inner| self.grounds_in(edits, inner, file));
        }
    }

    /// What was read for the old cycle is carried over from it.
    fn grounds(&mut self, edits: &mut Edits<'_>, table: Table<'_, '_>, file: &str) {
        let Some(basis) = table.get("basis") else { return };
        match table.str("basis") {
            Some("stated" | "second-hand") => {
                let between = if table.is_inline() { ", " } else { "\n" };
                let carried = format!("\"carried-over\"{between}read_for = {:?}", self.made.old);
                edits.replace(basis.value.span(), carried);
            }
            Some("standing") => {
                let Some(listed) = table.get("standing_for") else { return };
                let cycles = listed.value.get_ref().as_array().into_iter().flat_map(|list| list.iter());
                let years: Vec<u16> = cycles.filter_map(|cycle| cycle.get_ref().as_str()?.parse().ok()).collect();
                if years.iter().any(|year| (self.new.saturating_sub(3)..self.new).contains(year)) {
                    self.made.standing += 1;
                    return;
                }
                let newest = years.into_iter().filter(|year| *year < self.new).max();
                let newest = newest.map_or_else(|| self.made.old.clone(), |year| year.to_string());
                edits.replace(basis.value.span(), "\"carried-over\"");
                edits.replace_entry(listed, format!("read_for = {newest:?}"));
            }
            _ => return,
        }
        *(if file == "rules.toml" { &mut self.made.rules } else { &mut self.made.others }) += 1;
    }

    /// A day of the old cycle is none of the new one. One that somebody published becomes the last one that was seen; one
    /// that nobody did becomes a comment.
    fn day(&mut self, edits: &mut Edits<'_>, table: Table<'_, '_>) {
        // An order of dates has a basis, too.
        if table.get("date").is_some() {
            return;
        }
        self.made.days += 1;
        let Some(on) = table.get("on") else { return };
        let others = table.list("or").filter_map(|other| Some((other.written("on")?, other.str("basis")?)));
        let mut guessed: Vec<(&str, &str)> = others.collect();
        let written = table.written("on").unwrap_or_default();
        let basis = table.str("basis").unwrap_or_default();
        let seen = ["stated", "standing", "second-hand"].contains(&basis).then(|| {
            let sources = table.written("sources").unwrap_or("[]");
            format!("last = {{ cycle = {:?}, on = {written}, sources = {sources} }}", self.made.old)
        });
        if seen.is_none() {
            guessed.insert(0, (written, basis));
        }
        self.made.guessed += guessed.len();
        let old = &self.made.old;
        let comments = guessed.iter().map(|(on, basis)| format!("{MARK} {old} had {on}, {basis}"));
        let mut lines: Vec<String> = vec!["not_published = true".to_owned()];
        match (table.get("last"), seen) {
            (Some(last), Some(seen)) => edits.replace_entry(last, seen),
            (None, Some(seen)) => lines.push(seen),
            (_, None) => {}
        }
        let kept = table.is_inline().then_some(on);
        for key in ["weekday", "at", "or"] {
            table.get(key).into_iter().for_each(|entry| edits.remove(entry, kept));
        }
        if table.is_inline() {
            comments.for_each(|comment| edits.comment_above(table.start, &comment));
            edits.replace_entry(on, lines.join(", "));
        } else {
            let lines: Vec<String> = comments.chain(lines).collect();
            let behind = ["facts", "sources", "basis"].iter().find_map(|key| table.get(key)).unwrap_or(on);
            edits.remove(on, None);
            edits.lines_below(behind, &lines.join("\n"));
        }
    }

    /// Without the examples that no longer hold, for want of a day.
    fn without_examples(&mut self, text: &str, problems: &[Problem]) -> Result<String, String> {
        let file = DeTable::parse(text).map_err(|error| error.message().to_owned())?;
        let file = Table { text, table: file.get_ref(), start: 0 };
        let mut edits = Edits::new(text);
        for rule in file.list("rule") {
            let id = rule.str("id").unwrap_or_default();
            let examples = rule.table.get("example").and_then(|list| list.get_ref().as_array());
            let fails = |number: usize| {
                let item = format!("rule {id:?}, example {}", number + 1);
                problems.iter().any(|problem| problem.item == item)
            };
            let mut left_out = 0;
            for (number, example) in examples.into_iter().flat_map(|list| list.iter()).enumerate() {
                if fails(number) && text[example.span().start..].starts_with("[[") {
                    edits.remove_table(example);
                    left_out += 1;
                }
            }
            if left_out > 0 {
                let what = counted(left_out, "example");
                let comment = format!("{MARK} {what} left out, because there is no day; give new ones with the days");
                edits.comment_above(rule.start, &comment);
            }
            self.made.examples += left_out;
        }
        Ok(edits.apply())
    }
}

/// What a cell says that is open becomes a comment, as the check wants no words that nobody is told.
fn unsay_open(edits: &mut Edits<'_>, cell: Table<'_, '_>) {
    if let Some((key, _)) = cell.table.get_key_value("open") {
        let start = key.span().start;
        edits.comment_above(start, &format!("{MARK} put this back with `covered_when`"));
        edits.replace(start..start, "# ");
    }
}

/// Where the first value in a value stands: under the header, where a table has one.
fn first_value(value: &Spanned<DeValue<'_>>) -> usize {
    match value.get_ref() {
        DeValue::Table(table) => table.keys().map(|key| key.span().start).min().unwrap_or(value.span().start),
        _ => value.span().start,
    }
}

/// A day, a month or a year, as many years later; nothing where the text is none.
fn later(text: &str, years: i32) -> Option<String> {
    let parts: Vec<&str> = text.split('-').collect();
    let shape: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    if ![&[4][..], &[4, 2], &[4, 2, 2]].contains(&&*shape) || !parts.concat().bytes().all(|byte| byte.is_ascii_digit())
    {
        return None;
    }
    if let [year, month, day] = parts[..] {
        let day = Day::from_ymd(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
        return Some(day.plus_years(years).to_string());
    }
    let (year, month) = text.split_at(4);
    Some(format!("{:04}{month}", year.parse::<i32>().ok()? + years))
}

/// Whether a text, or one of a list, names a year of our time.
fn names_year(value: &DeValue<'_>) -> bool {
    match value {
        DeValue::String(text) => {
            let numbers = text.split(|letter: char| !letter.is_ascii_digit());
            numbers
                .into_iter()
                .any(|number| number.len() == 4 && (number.starts_with("19") || number.starts_with("20")))
        }
        DeValue::Array(list) => list.iter().any(|item| names_year(item.get_ref())),
        _ => false,
    }
}

impl Made {
    /// What was made, and what to do next, for people to read.
    #[must_use]
    pub fn text(&self) -> String {
        let Made { new, old, .. } = self;
        let mut text = format!("{new} is made from {old}: its structure and its words, and none of its days\n");
        let lines = [
            format!("{} to confirm: none is published for {new}", counted(self.days, "date")),
            format!("{} of {old} that nobody had published: comments have them", counted(self.guessed, "day")),
            format!(
                "{} and {} carried over, on a weak basis",
                counted(self.rules, "rule"),
                counted(self.others, "other thing")
            ),
            format!("{} still standing, by a page of the three cycles before {new}", counted(self.standing, "thing")),
            format!("{} of rules left out, because they need a day", counted(self.examples, "example")),
            format!("{} to read over, because they name a year", counted(self.texts, "text")),
        ];
        lines.iter().for_each(|line| {
            let _ = writeln!(text, "  {line}");
        });
        let problems = match self.problems.len() {
            0 => "is content".to_owned(),
            count => format!("has {} for you to settle", counted(count, "problem")),
        };
        let _ = write!(
            text,
            "what to do next\n  rulebook todo {new}: says which pages to read\n  rulebook check --cycle {new}: {problems}\n  \
             look for {MARK:?} in the new files, decide, and take the comment out"
        );
        text
    }
}
