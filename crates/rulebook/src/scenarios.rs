//! The rows of `tests/scenarios/*.toml`: people's answers, and where they stand.

use crate::{evaluate, output};
use rules::next_thing::{NextThing, Progress, next_thing, plan_ahead};
use rules::report::{self, CellReport, Report};
use rules::rulebook::Rulebook;
use rules::verdict::Verdict;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A file of rows.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    pub case: Vec<Case>,
}

/// A person's answers on a day, and what is expected of the report.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub name: String,
    pub why: String,
    pub cycle: String,
    pub as_of: String,
    pub answers: toml::Table,
    /// Cell to verdict, such as `open` or `closed matched`.
    #[serde(default)]
    verdicts: BTreeMap<String, String>,
    /// The next question; empty when none is left.
    next: Option<String>,
    /// The one thing to do next, such as `step mmi-done by mmi-days` or `find-out canada-note`; see [`next_words`].
    next_thing: Option<String>,
    /// Cell to whom to ask and about what: `aimg: rule, rule`, a disagreement or a date, or `list`; see [`letters`].
    #[serde(default)]
    letters: BTreeMap<String, Vec<String>>,
    /// Documents that are needed or may be needed.
    #[serde(default)]
    checklist: Vec<String>,
    #[serde(default)]
    not_on_checklist: Vec<String>,
    /// Documents that an answer says are done, all of them.
    done: Option<Vec<String>>,
    /// Notices that are shown.
    #[serde(default)]
    notices: Vec<String>,
    #[serde(default)]
    not_in_notices: Vec<String>,
    /// The stages of the match where the person is, all of them.
    here: Option<Vec<String>>,
    /// Cell to the rules whose steps remain, all of them.
    #[serde(default)]
    steps: BTreeMap<String, Vec<String>>,
    /// Cell to the steps that have a date, as `rule by date`; with `earlier` where something is planned for after it.
    #[serde(default)]
    steps_by: BTreeMap<String, Vec<String>>,
    /// Cell to the opening that it waits for; empty for none.
    #[serde(default)]
    waits_for: BTreeMap<String, String>,
    /// Cell to why a soft day makes its verdict doubtful, all of it, as `should-be-over match-day-first`.
    #[serde(default)]
    doubts: BTreeMap<String, Vec<String>>,
    /// Questions to find out about, all of them.
    find_out: Option<Vec<String>>,
    /// Constraints that the answers break, all of them.
    contradictions: Option<Vec<String>>,
    /// Choices that can no longer be true, as `question choice`, all of them.
    withdrawn: Option<Vec<String>>,
    /// Cell to the rules that remain as conditions, all of them.
    #[serde(default)]
    conditions: BTreeMap<String, Vec<String>>,
    /// Cell to its reasons: for each the questions in order, and `day` where the day counts.
    #[serde(default)]
    because: BTreeMap<String, Vec<Vec<String>>>,
    /// Cell to the rules through which each of its reasons decides.
    #[serde(default)]
    because_rules: BTreeMap<String, Vec<Vec<String>>>,
    /// Cell to the disagreements that make a difference there.
    #[serde(default)]
    readings: BTreeMap<String, Vec<String>>,
    /// Cell to the weak rules that its verdict rests on.
    #[serde(default)]
    to_confirm: BTreeMap<String, Vec<String>>,
    /// Cell to what would change its verdict: for each set of changes whether it can still be made and by when, the
    /// questions, and the verdict or the further questions that it leads to, such as
    /// `still-possible by mccqe1-due: mccqe1 -> open` or `only-if-wrong: school -> asks graduation`.
    #[serde(default)]
    changes: BTreeMap<String, Vec<String>>,
}

impl Case {
    /// Everything in which a rulebook's report differs from the row; empty when the row holds.
    ///
    /// # Errors
    /// When the answers or the day do not fit the rulebook.
    pub fn wrong(&self, book: &Rulebook) -> Result<Vec<String>, String> {
        let as_of = evaluate::as_of(book, &self.as_of)?;
        let answers = evaluate::from_table(book, &self.answers).map_err(|wrong| wrong.join("\n"))?;
        let report = if self.changes.is_empty() { report::report } else { report::full_report };
        let mut wrong = self.differences(&report(book, &answers, as_of, None));
        if self.says_nothing() {
            wrong.push("the row expects nothing".to_owned());
        }
        Ok(wrong)
    }

    fn says_nothing(&self) -> bool {
        let tables = [&self.steps, &self.steps_by, &self.doubts, &self.conditions, &self.readings, &self.to_confirm];
        let lists = [&self.done, &self.here, &self.find_out, &self.contradictions, &self.withdrawn];
        self.verdicts.is_empty()
            && self.next.is_none()
            && self.next_thing.is_none()
            && self.letters.is_empty()
            && self.notices.is_empty()
            && self.not_in_notices.is_empty()
            && self.waits_for.is_empty()
            && lists.iter().all(|list| list.is_none())
            && self.checklist.is_empty()
            && self.not_on_checklist.is_empty()
            && self.because.is_empty()
            && self.because_rules.is_empty()
            && self.changes.is_empty()
            && tables.iter().all(|table| table.is_empty())
    }

    /// Everything in which the report differs from the row.
    fn differences(&self, report: &Report) -> Vec<String> {
        let mut wrong = Vec::new();
        each(report, &self.verdicts, "verdict", verdict, &mut wrong);
        each(report, &self.steps, "steps", |cell| rules(cell.steps.iter().map(|step| &*step.rule)), &mut wrong);
        each(report, &self.steps_by, "steps by", steps_by, &mut wrong);
        let waits_for =
            |cell: &CellReport| cell.waits_for.as_ref().map_or_else(String::new, |date| date.id.to_string());
        each(report, &self.waits_for, "waits for", waits_for, &mut wrong);
        each(report, &self.doubts, "doubts", doubts, &mut wrong);
        let conditions = |cell: &CellReport| rules(cell.conditions.iter().map(|condition| &*condition.rule));
        each(report, &self.conditions, "conditions", conditions, &mut wrong);
        each(report, &self.because, "because", because, &mut wrong);
        let because_rules = |cell: &CellReport| {
            cell.because.iter().map(|reason| rules(reason.rules.iter().map(|rule| &*rule.rule))).collect()
        };
        each(report, &self.because_rules, "rules of because", because_rules, &mut wrong);
        let readings = |cell: &CellReport| rules(cell.readings.iter().map(|found| &*found.id));
        each(report, &self.readings, "readings", readings, &mut wrong);
        let to_confirm = |cell: &CellReport| rules(cell.to_confirm.iter().map(|weak| &*weak.rule));
        each(report, &self.to_confirm, "to confirm", to_confirm, &mut wrong);
        each(report, &self.changes, "changes", changes, &mut wrong);
        each(report, &self.letters, "letters", letters, &mut wrong);
        let thing = next_words(report);
        if let Some(expected) = self.next_thing.as_ref().filter(|expected| **expected != thing) {
            wrong.push(format!("next thing: expected {expected:?}, got {thing:?}"));
        }
        let next = report.next.as_deref().unwrap_or_default();
        if let Some(expected) = self.next.as_deref().filter(|expected| *expected != next) {
            wrong.push(format!("next: expected {expected:?}, got {next:?}"));
        }
        let here = rules(report.stages.iter().filter(|stage| stage.here).map(|stage| &*stage.id));
        let find_out = rules(report.find_out.iter().map(|found| &*found.question));
        let contradictions = rules(report.contradictions.iter().map(|found| &*found.id));
        let withdrawn = report.withdrawn.iter().map(|(question, choice)| format!("{question} {choice}")).collect();
        let done = report.checklist.iter().filter(|item| item.done.is_some()).map(|item| item.id.to_string()).collect();
        for (what, expected, got) in [
            ("done", &self.done, done),
            ("here", &self.here, here),
            ("find out", &self.find_out, find_out),
            ("contradictions", &self.contradictions, contradictions),
            ("withdrawn", &self.withdrawn, withdrawn),
        ] {
            if let Some(expected) = expected.as_ref().filter(|expected| **expected != got) {
                wrong.push(format!("{what}: expected {expected:?}, got {got:?}"));
            }
        }
        let documents: Vec<&str> = report.checklist.iter().map(|item| &*item.id).collect();
        listed("checklist", &documents, &self.checklist, &self.not_on_checklist, &mut wrong);
        let notices: Vec<&str> = report.notices.iter().map(|notice| &*notice.id).collect();
        listed("notices", &notices, &self.notices, &self.not_in_notices, &mut wrong);
        wrong
    }
}

/// Looks for what should be in a list, and for what should not.
fn listed(what: &str, got: &[&str], expected: &[String], unwanted: &[String], wrong: &mut Vec<String>) {
    let is_listed = |id: &&String| got.contains(&id.as_str());
    let missing: Vec<_> = expected.iter().filter(|id| !is_listed(id)).collect();
    if !missing.is_empty() {
        wrong.push(format!("{what}: {missing:?} should be among {got:?}"));
    }
    let extra: Vec<_> = unwanted.iter().filter(is_listed).collect();
    if !extra.is_empty() {
        wrong.push(format!("{what}: {extra:?} should not be there"));
    }
}

/// Compares one thing of every cell that the row names.
fn each<T: PartialEq + std::fmt::Debug>(
    report: &Report,
    expected: &BTreeMap<String, T>,
    what: &str,
    of: impl Fn(&CellReport) -> T,
    wrong: &mut Vec<String>,
) {
    for (id, expected) in expected {
        match report.cells.iter().find(|cell| *cell.id == **id).map(&of) {
            None => wrong.push(format!("{id}: there is no such cell in the report")),
            Some(got) if got != *expected => wrong.push(format!("{id}: {what}: expected {expected:?}, got {got:?}")),
            Some(_) => {}
        }
    }
}

/// The one thing to do next, by its ids, as nobody who has marked anything as done finds it.
#[must_use]
pub fn next_words(report: &Report) -> String {
    let thing = next_thing(report, &Progress::answered);
    let by = match thing {
        NextThing::Step(step) if plan_ahead(report, step).is_some() => " as planned".to_owned(),
        _ => thing.by(report).map_or_else(String::new, |by| format!(" by {}", by.id)),
    };
    let what = match thing {
        NextThing::Mend(contradiction) => format!("mend {}", contradiction.id),
        NextThing::Check(row) => format!("check {}", row.question),
        NextThing::Step(step) => format!("step {}", step.rule),
        NextThing::Document(item, _) => format!("document {}", item.id),
        NextThing::Question(id) => format!("question {id}"),
        NextThing::FindOut(task) => format!("find-out {}", task.question),
        NextThing::Ask(cell, ask) => {
            let whom: Vec<&str> = ask.contacts.iter().map(|whom| &*whom.id).collect();
            format!("ask {} about {}", whom.join(" and "), cell.id)
        }
        NextThing::Stage(stage) => format!("stage {}", stage.id),
        NextThing::Date(entry) => format!("date {}", entry.id),
        NextThing::Instead(cell) => format!("instead of {}", cell.id),
        NextThing::Notice(notice) => format!("notice {}", notice.id),
        NextThing::NextCycle => "next cycle".to_owned(),
        NextThing::Nothing => "nothing".to_owned(),
    };
    what + &by
}

/// For each letter to whom it goes, what it asks about and, in brackets, which answers it tells.
#[must_use]
pub fn letters(cell: &CellReport) -> Vec<String> {
    let letters = cell.ask.iter().flat_map(|ask| &ask.letters).map(|letter| {
        let to: Vec<&str> = letter.to.iter().map(|whom| &*whom.id).collect();
        let facts: Vec<&str> = letter.facts.iter().map(|row| &*row.question).collect();
        let facts = if facts.is_empty() { String::new() } else { format!(" [{}]", facts.join(", ")) };
        let about: Vec<&str> = letter.about.iter().map(|id| &**id).collect();
        format!("{}: {}{facts}", to.join(" and "), about.join(", "))
    });
    letters.collect()
}

/// The verdict, and of what kind it is.
#[must_use]
pub fn verdict(cell: &CellReport) -> String {
    let (name, kind) = output::verdict_name(cell);
    let name = word(&name);
    kind.map_or_else(|| name.clone(), |kind| format!("{name} {kind}"))
}

fn rules<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<String> {
    ids.map(str::to_owned).collect()
}

/// The steps that have a date, as in a row.
#[must_use]
pub fn steps_by(cell: &CellReport) -> Vec<String> {
    let dated = cell.steps.iter().filter_map(|step| {
        let earlier = if step.earlier { " earlier" } else { "" };
        Some(format!("{} by {}{earlier}", step.rule, step.by.as_ref()?.id))
    });
    dated.collect()
}

/// Why a soft day makes the verdict doubtful, as in a row.
#[must_use]
pub fn doubts(cell: &CellReport) -> Vec<String> {
    let each = cell.doubts.iter().map(|doubt| format!("{} {}", word(&output::doubt_name(doubt.why)), doubt.date.id));
    each.collect()
}

fn because(cell: &CellReport) -> Vec<Vec<String>> {
    let reasons = cell.because.iter().map(|reason| {
        let questions = reason.rows.iter().map(|row| row.question.to_string());
        questions.chain(reason.day.then(|| "day".to_owned())).collect()
    });
    reasons.collect()
}

/// What would change the verdict, as in a row.
#[must_use]
pub fn changes(cell: &CellReport) -> Vec<String> {
    let sets = cell.leverage.iter().flat_map(|leverage| &leverage.sets);
    let each = sets.map(|set| {
        let questions: Vec<&str> = set.changes.iter().map(|row| &*row.question).collect();
        let by = set.by.as_ref().map_or_else(String::new, |by| format!(" by {}", by.id));
        let asks: Vec<&str> = set.asks.iter().map(|row| &*row.question).collect();
        let becomes = match set.becomes {
            Verdict::NeedsAnswers => format!("asks {}", asks.join(", ")),
            verdict @ Verdict::Decided(_) => word(&output::name(verdict)),
        };
        format!("{}{by}: {} -> {becomes}", word(&output::feasible_name(set.feasible)), questions.join(", "))
    });
    each.collect()
}

/// The name that the JSON has for it.
fn word(name: &impl serde::Serialize) -> String {
    let name = serde_json::to_value(name).unwrap_or_default();
    name.as_str().unwrap_or_default().to_owned()
}
