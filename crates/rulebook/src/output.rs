//! The JSON of `rulebook evaluate` and `rulebook questions`: stable names for what the engine's report holds.

use jiff::Timestamp;
use jiff::tz::Offset;
use rules::answers::RawAnswer;
use rules::change::Feasible;
use rules::interview::Bearing;
use rules::report::{self, CellReport, CriterionState, MomentReport, Report};
use rules::rulebook::{Basis, Change, QuestionKind, Rulebook};
use rules::verdict::{Outcome, Verdict};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// The format's version; a change that breaks readers raises it.
pub const FORMAT: u32 = 1;

#[derive(Serialize, JsonSchema)]
pub struct Evaluation {
    pub format: u32,
    pub cycle: String,
    /// The day and time for which this holds, with its offset from UTC.
    pub as_of: String,
    /// Hash over the rulebook's structure.
    pub rulebook: String,
    /// The rulebook gives no verdict for this time; `verdicts` is empty then.
    pub outside_span: bool,
    pub contradictions: Vec<Contradiction>,
    pub verdicts: Vec<CellVerdict>,
    /// The id of the next question, if any can still change something.
    pub next: Option<String>,
    pub at_most_more: usize,
    pub find_out: Vec<FindOut>,
    /// Ids of answered questions that are out of scope: kept, not used.
    pub set_aside: Vec<String>,
    pub checklist: Vec<ChecklistItem>,
    pub timeline: Vec<TimelineEntry>,
}

#[derive(Serialize, JsonSchema)]
pub struct Contradiction {
    pub id: String,
    pub text: String,
    pub questions: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum VerdictName {
    Open,
    NotYet,
    Closed,
    NeedsAnswers,
    Ask,
}

#[derive(Serialize, JsonSchema)]
pub struct CellVerdict {
    pub cell: String,
    pub verdict: VerdictName,
    /// Why it is closed.
    pub kind: Option<String>,
    pub leans_to: Option<VerdictName>,
    /// Alternatives, each enough by itself.
    pub because: Vec<Because>,
    pub conditions: Vec<Step>,
    pub steps: Vec<Step>,
    /// The opening that is still to come.
    pub waits_for: Option<Date>,
    /// Why the day of asking makes the verdict doubtful.
    pub doubts: Vec<Doubt>,
    pub readings: Vec<Disagreement>,
    pub ask: Option<Ask>,
    /// Weak rules that the verdict rests on.
    pub to_confirm: Vec<RuleState>,
    pub criteria: Vec<RuleState>,
    pub sources: Vec<String>,
    /// What would turn the verdict to open or not yet, or can: smallest sets of other answers, the easiest first.
    pub changes: Vec<ChangeSet>,
    /// Every set of up to three changes was tried.
    pub changes_complete: bool,
    /// It is closed or in doubt, and nothing that can still be brought about in this cycle turns it.
    pub too_late: bool,
    /// Ids of the answers that can each turn the verdict by themselves.
    pub rests_on: Vec<String>,
    pub at_most_more: usize,
    /// Ids of the questions that are still open for this cell.
    pub open: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
pub struct ChangeSet {
    pub questions: Vec<String>,
    /// The answers that these questions would need, as an answers file has them.
    pub answers: BTreeMap<String, AnswerValue>,
    /// Open or not yet; or in need of answers, of which some lead there.
    pub becomes: VerdictName,
    /// Ids of the questions that are then open.
    pub asks: Vec<String>,
    pub feasible: FeasibleName,
    pub by: Option<When>,
}

/// An answer as an answers file has it.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub enum AnswerValue {
    Text(String),
    List(Vec<String>),
    Bool(bool),
    Number(i64),
    Planned { planned: String },
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FeasibleName {
    StillPossible,
    /// By soft days it should be too late.
    MayBeTooLate,
    OnlyIfWrong,
    TooLate,
}

#[derive(Serialize, JsonSchema)]
pub struct Because {
    pub questions: Vec<String>,
    pub rules: Vec<String>,
    /// The day is part of the reason.
    pub day: bool,
}

#[derive(Serialize, JsonSchema)]
pub struct Step {
    pub rule: String,
    pub text: String,
    /// By when, where a date is published.
    pub by: Option<When>,
    /// A date exists but is not published.
    pub not_published: bool,
    /// Steps with the same number are alternatives.
    pub one_of: Option<u16>,
    /// It is planned for later than that, and has to come earlier.
    pub earlier_than_planned: bool,
}

/// A date that is known by soft days only, and what nobody can say because of it.
#[derive(Serialize, JsonSchema)]
pub struct Doubt {
    pub why: DoubtName,
    pub date: Date,
    /// The rule for which it counts.
    pub rule: String,
    /// The question whose answer should not be known yet, or may have changed since it was given.
    pub question: Option<String>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DoubtName {
    /// The date should have passed.
    ShouldBeOver,
    /// The same of the first day of a window.
    ShouldHaveBegun,
    /// The date has passed, and what comes later may still count.
    LateMayCount,
    /// What was answered should not be known before the date.
    TooEarly,
    /// What is planned, or came about, comes after the date.
    TooLate,
}

#[derive(Serialize, JsonSchema)]
pub struct Date {
    pub date: String,
    pub at: Option<When>,
    pub not_published: bool,
    pub last: Option<LastSeen>,
    pub basis: String,
}

#[derive(Serialize, JsonSchema)]
pub struct Disagreement {
    pub id: String,
    pub text: String,
    pub likely: String,
    pub readings: Vec<Reading>,
}

#[derive(Serialize, JsonSchema)]
pub struct Reading {
    pub id: String,
    pub text: String,
    pub basis: String,
    pub sources: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
pub struct Ask {
    /// The contact's id.
    pub whom: String,
    pub name: String,
    pub url: String,
    /// Who else is to be asked: ids of contacts.
    pub also: Vec<String>,
    /// Questions that are ready to send, at least one. They say nothing of the sender.
    pub text: Vec<String>,
    /// For each question, the answered questions that it depends on: what a letter says of the sender.
    pub facts: Vec<Vec<String>>,
    /// Titles of the rules in doubt.
    pub rules: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
pub struct RuleState {
    pub rule: String,
    pub state: StateName,
    pub basis: String,
    pub sources: Vec<String>,
    pub parts: Vec<RuleState>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StateName {
    Met,
    CanStill,
    NotMet,
    NotKnown,
    DoesNotApply,
    Disputed,
    CannotSay,
}

#[derive(Serialize, JsonSchema)]
pub struct FindOut {
    pub question: String,
    pub where_to_find: String,
    pub matters: bool,
}

#[derive(Serialize, JsonSchema)]
pub struct ChecklistItem {
    pub document: String,
    pub needed: bool,
    pub place: String,
    pub due: Option<When>,
    pub due_not_published: bool,
    pub issued_from: Option<When>,
    pub issued_until: Option<When>,
    pub depends_on: Vec<String>,
    pub ladder: bool,
    /// Id of the question whose answer says that this is done already.
    pub done_by: Option<String>,
    pub basis: String,
    pub sources: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
pub struct TimelineEntry {
    pub date: String,
    #[schemars(description = "deadline, milestone, event or window")]
    pub kind: String,
    pub at: Option<When>,
    pub closes: Option<When>,
    pub not_published: bool,
    pub last: Option<LastSeen>,
    /// A day that the reader entered although one is published; the published one counts.
    pub entered_too: Option<String>,
    pub basis: String,
    pub sources: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
pub struct LastSeen {
    pub cycle: String,
    pub day: String,
}

#[derive(Serialize, JsonSchema)]
pub struct When {
    /// The calendar day in the zone.
    pub day: String,
    /// Wall time, where one is published.
    pub time: Option<String>,
    pub zone: String,
    /// The instant with the zone's offset.
    pub instant: String,
    pub passed: bool,
    /// The reader entered it.
    pub entered: bool,
}

/// The JSON object of `rulebook evaluate`.
pub fn evaluation(rulebook: &Rulebook, report: &Report) -> Evaluation {
    let offset = rulebook.offset(report.as_of.instant);
    Evaluation {
        format: FORMAT,
        cycle: report.cycle.to_string(),
        as_of: instant(report.as_of.instant, offset),
        rulebook: report.rulebook.to_string(),
        outside_span: report.outside_span,
        contradictions: report.contradictions.iter().map(contradiction).collect(),
        verdicts: report.cells.iter().map(cell).collect(),
        next: report.next.as_ref().map(ToString::to_string),
        at_most_more: report.at_most_more,
        find_out: report.find_out.iter().map(find_out).collect(),
        set_aside: set_aside(report),
        checklist: report.checklist.iter().map(checklist_item).collect(),
        timeline: report.timeline.iter().map(timeline_entry).collect(),
    }
}

fn contradiction(contradiction: &report::Contradiction) -> Contradiction {
    Contradiction {
        id: contradiction.id.to_string(),
        text: contradiction.text.to_string(),
        questions: contradiction.rows.iter().map(|row| row.question.to_string()).collect(),
    }
}

fn set_aside(report: &Report) -> Vec<String> {
    let rows = report.rows.iter().filter(|row| row.place == report::RowPlace::SetAside);
    rows.map(|row| row.question.to_string()).collect()
}

fn find_out(task: &report::FindOut) -> FindOut {
    FindOut {
        question: task.question.to_string(),
        where_to_find: task.where_to_find.to_string(),
        matters: task.bearing != Bearing::Nothing,
    }
}

/// The name of a verdict, and the kind of a closed one.
pub fn verdict_name(cell: &CellReport) -> (VerdictName, Option<String>) {
    (name(cell.verdict), cell.kind.as_ref().map(ToString::to_string))
}

pub(crate) fn name(verdict: Verdict) -> VerdictName {
    match verdict {
        Verdict::NeedsAnswers => VerdictName::NeedsAnswers,
        Verdict::Decided(outcome) => outcome_name(outcome),
    }
}

pub(crate) fn outcome_name(outcome: Outcome) -> VerdictName {
    match outcome {
        Outcome::Open => VerdictName::Open,
        Outcome::NotYet => VerdictName::NotYet,
        Outcome::Ask => VerdictName::Ask,
        Outcome::Unmet | Outcome::Closed(_) => VerdictName::Closed,
    }
}

fn cell(cell: &CellReport) -> CellVerdict {
    let (verdict, kind) = verdict_name(cell);
    let because = cell.because.iter().map(|because| Because {
        questions: because.rows.iter().map(|row| row.question.to_string()).collect(),
        rules: because.rules.iter().map(|rule| rule.rule.to_string()).collect(),
        day: because.day,
    });
    CellVerdict {
        cell: cell.id.to_string(),
        verdict,
        kind,
        leans_to: cell.leans_to.map(outcome_name),
        because: because.collect(),
        conditions: cell.conditions.iter().map(|c| step(&c.rule, &c.text, c.by.as_ref())).collect(),
        steps: cell.steps.iter().map(step_to_take).collect(),
        waits_for: cell.waits_for.as_ref().map(date),
        doubts: cell.doubts.iter().map(doubt).collect(),
        readings: cell.readings.iter().map(disagreement).collect(),
        ask: cell.ask.as_ref().map(ask),
        to_confirm: cell.to_confirm.iter().map(rule_state).collect(),
        criteria: cell.criteria.iter().map(rule_state).collect(),
        sources: sources(&cell.sources),
        changes: cell.leverage.iter().flat_map(|leverage| &leverage.sets).map(change_set).collect(),
        changes_complete: cell.leverage.as_ref().is_some_and(|leverage| leverage.complete),
        too_late: cell.leverage.as_ref().is_some_and(|leverage| leverage.too_late),
        rests_on: cell.leverage.iter().flat_map(|l| &l.rests_on).map(|row| row.question.to_string()).collect(),
        at_most_more: cell.at_most_more,
        open: cell.open.iter().map(ToString::to_string).collect(),
    }
}

pub(crate) fn feasible_name(feasible: Feasible) -> FeasibleName {
    match feasible {
        Feasible::StillPossible => FeasibleName::StillPossible,
        Feasible::MayBeTooLate => FeasibleName::MayBeTooLate,
        Feasible::OnlyIfWrong => FeasibleName::OnlyIfWrong,
        Feasible::TooLate => FeasibleName::TooLate,
    }
}

fn change_set(set: &report::ChangeSetReport) -> ChangeSet {
    let questions: Vec<String> = set.changes.iter().map(|row| row.question.to_string()).collect();
    ChangeSet {
        answers: questions.iter().cloned().zip(set.answers.iter().cloned().map(answer_value)).collect(),
        questions,
        becomes: name(set.becomes),
        asks: set.asks.iter().map(|row| row.question.to_string()).collect(),
        feasible: feasible_name(set.feasible),
        by: set.by.as_ref().and_then(when),
    }
}

fn answer_value(answer: RawAnswer) -> AnswerValue {
    match answer {
        RawAnswer::Text(text) => AnswerValue::Text(text),
        RawAnswer::List(ids) => AnswerValue::List(ids),
        RawAnswer::Bool(value) => AnswerValue::Bool(value),
        RawAnswer::Number(number) => AnswerValue::Number(number),
        RawAnswer::Planned(planned) => AnswerValue::Planned { planned },
    }
}

fn step(rule: &str, text: &str, by: Option<&MomentReport>) -> Step {
    Step {
        rule: rule.to_owned(),
        text: text.to_owned(),
        by: by.and_then(when),
        not_published: by.is_some_and(|by| by.when.is_none()),
        one_of: None,
        earlier_than_planned: false,
    }
}

fn step_to_take(taken: &report::Step) -> Step {
    let one_of = taken.one_of;
    Step { one_of, earlier_than_planned: taken.earlier, ..step(&taken.rule, &taken.text, taken.by.as_ref()) }
}

fn disagreement(disagreement: &report::Disagreement) -> Disagreement {
    let readings = disagreement.readings.iter().map(|(named, basis, cited)| Reading {
        id: named.id.to_string(),
        text: named.text.to_string(),
        basis: basis_name(basis),
        sources: sources(cited),
    });
    Disagreement {
        id: disagreement.id.to_string(),
        text: disagreement.text.to_string(),
        likely: disagreement.likely.to_string(),
        readings: readings.collect(),
    }
}

fn ask(ask: &report::Ask) -> Ask {
    let first = ask.contacts.first();
    let of = |field: fn(&report::Whom) -> &rules::rulebook::Text| {
        first.map(|whom| field(whom).to_string()).unwrap_or_default()
    };
    let facts = |letter: &report::Letter| letter.facts.iter().map(|row| row.question.to_string()).collect();
    Ask {
        whom: of(|whom| &whom.id),
        name: of(|whom| &whom.name),
        url: of(|whom| &whom.url),
        also: ask.contacts.iter().skip(1).map(|whom| whom.id.to_string()).collect(),
        text: ask.letters.iter().map(|letter| letter.question.to_string()).collect(),
        facts: ask.letters.iter().map(facts).collect(),
        rules: ask.rules.iter().map(ToString::to_string).collect(),
    }
}

fn rule_state(criterion: &report::Criterion) -> RuleState {
    RuleState {
        rule: criterion.rule.to_string(),
        state: match criterion.state {
            CriterionState::Met => StateName::Met,
            CriterionState::CanStill => StateName::CanStill,
            CriterionState::NotMet => StateName::NotMet,
            CriterionState::NotKnown => StateName::NotKnown,
            CriterionState::DoesNotApply => StateName::DoesNotApply,
            CriterionState::Disputed => StateName::Disputed,
            CriterionState::CannotSay => StateName::CannotSay,
        },
        basis: basis_name(&criterion.basis),
        sources: sources(&criterion.cited),
        parts: criterion.parts.iter().map(rule_state).collect(),
    }
}

fn checklist_item(item: &report::ChecklistItem) -> ChecklistItem {
    ChecklistItem {
        document: item.id.to_string(),
        needed: item.needed,
        place: item.place.to_string(),
        due: item.due.as_ref().and_then(when),
        due_not_published: item.due.as_ref().is_some_and(|due| due.when.is_none()),
        issued_from: item.issued_from.as_ref().and_then(when),
        issued_until: item.issued_until.as_ref().and_then(when),
        depends_on: item.depends_on.iter().map(ToString::to_string).collect(),
        ladder: item.ladder,
        done_by: item.done.as_ref().map(|row| row.question.to_string()),
        basis: basis_name(&item.basis),
        sources: sources(&item.cited),
    }
}

fn timeline_entry(entry: &report::TimelineEntry) -> TimelineEntry {
    let kind = match entry.kind {
        report::EntryKind::Deadline => "deadline",
        report::EntryKind::Milestone => "milestone",
        report::EntryKind::Event => "event",
        report::EntryKind::Window => "window",
    };
    let last = entry.at.last.as_ref();
    // What the reader entered beside a day that is firm: it is the firm one that counts.
    let beside = entry.at.entered.filter(|_| entry.at.basis != Basis::Entered);
    TimelineEntry {
        entered_too: beside.map(|entered| entered.to_string()),
        date: entry.id.to_string(),
        kind: kind.to_owned(),
        at: when(&entry.at),
        closes: entry.closes.as_ref().and_then(when),
        not_published: entry.at.when.is_none(),
        last: last.map(|(cycle, day)| LastSeen { cycle: cycle.to_string(), day: day.to_string() }),
        basis: basis_name(&entry.at.basis),
        sources: sources(&entry.at.cited),
    }
}

fn when(moment: &MomentReport) -> Option<When> {
    let when = moment.when.as_ref()?;
    Some(When {
        day: when.day.to_string(),
        time: when.minutes.map(|minutes| format!("{:02}:{:02}", minutes / 60, minutes % 60)),
        zone: when.zone.to_string(),
        instant: instant(when.instant, when.offset),
        passed: when.passed,
        entered: moment.basis == Basis::Entered,
    })
}

fn date(moment: &MomentReport) -> Date {
    Date {
        date: moment.id.to_string(),
        at: when(moment),
        not_published: moment.when.is_none(),
        last: moment.last.as_ref().map(|(cycle, day)| LastSeen { cycle: cycle.to_string(), day: day.to_string() }),
        basis: basis_name(&moment.basis),
    }
}

fn doubt(doubt: &report::Doubt) -> Doubt {
    Doubt {
        why: doubt_name(doubt.why),
        date: date(&doubt.date),
        rule: doubt.rule.to_string(),
        question: doubt.answer.as_ref().map(|row| row.question.to_string()),
    }
}

/// How the files write why a date leaves a doubt.
#[must_use]
pub fn doubt_name(why: report::DoubtKind) -> DoubtName {
    match why {
        report::DoubtKind::ShouldBeOver => DoubtName::ShouldBeOver,
        report::DoubtKind::ShouldHaveBegun => DoubtName::ShouldHaveBegun,
        report::DoubtKind::LateMayCount => DoubtName::LateMayCount,
        report::DoubtKind::TooEarly => DoubtName::TooEarly,
        report::DoubtKind::TooLate => DoubtName::TooLate,
    }
}

/// `2026-08-28T15:30:00-06:00`
fn instant(seconds: i64, offset: i32) -> String {
    let stamp = Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH);
    let offset = Offset::from_seconds(offset).unwrap_or(Offset::UTC);
    stamp.display_with_offset(offset).to_string()
}

/// How the files write a basis.
pub fn basis_name(basis: &Basis) -> String {
    match basis {
        Basis::Stated => "stated",
        Basis::Standing(_) => "standing",
        Basis::CarriedOver(_) => "carried-over",
        Basis::SecondHand => "second-hand",
        Basis::Inferred => "inferred",
        Basis::Conflicting => "conflicting",
        Basis::Entered => "entered",
    }
    .to_owned()
}

fn sources(cited: &[report::Cited]) -> Vec<String> {
    cited.iter().map(|cited| cited.id.to_string()).collect()
}

#[derive(Serialize, JsonSchema)]
pub struct Questions {
    pub format: u32,
    pub cycle: String,
    pub questions: Vec<QuestionOut>,
}

#[derive(Serialize, JsonSchema)]
pub struct QuestionOut {
    pub id: String,
    pub topic: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub title: String,
    pub choices: Vec<String>,
    /// Bounds of a number or a date.
    pub range: Option<[String; 2]>,
    pub per_cycle: bool,
    /// The condition as the rulebook writes it, in JSON; absent when always relevant.
    pub relevant_when: Option<serde_json::Value>,
    /// How the fact can change.
    pub change: String,
}

/// The JSON object of `rulebook questions`.
pub fn questions(rulebook: &Rulebook) -> Questions {
    let questions = rulebook.questions.iter().map(|question| {
        let (kind, range) = match &question.kind {
            QuestionKind::Choice(_) => ("choice", None),
            QuestionKind::Choices(..) => ("choices", None),
            QuestionKind::YesNo => ("yes-no", None),
            QuestionKind::Number(from, until) => ("number", Some([from.to_string(), until.to_string()])),
            QuestionKind::Date(from, until) => ("date", Some([from.to_string(), until.to_string()])),
            QuestionKind::Event => ("event", None),
        };
        let change = match question.change {
            Change::Fixed => "fixed",
            Change::Time => "time",
            Change::Action => "action",
            Change::Paper => "paper",
            Change::Correction => "correction",
        };
        QuestionOut {
            id: question.id.to_string(),
            topic: rulebook[question.topic].id.to_string(),
            kind: kind.to_owned(),
            title: question.title.to_string(),
            choices: question.choice_ids().iter().map(ToString::to_string).collect(),
            range,
            per_cycle: question.per_cycle,
            relevant_when: question.relevant_when.as_ref().map(|condition| condition_json(rulebook, condition)),
            change: change.to_owned(),
        }
    });
    Questions { format: FORMAT, cycle: rulebook.cycle.to_string(), questions: questions.collect() }
}

/// A condition in the form in which the files write it.
pub(crate) fn condition_json(rulebook: &Rulebook, condition: &rules::rulebook::Condition) -> serde_json::Value {
    use rules::rulebook::{Condition, Relation};
    use serde_json::json;
    let each = |parts: &[Condition]| parts.iter().map(|part| condition_json(rulebook, part)).collect::<Vec<_>>();
    match condition {
        Condition::Const(value) => json!(value),
        Condition::All(parts) => json!({ "all": each(parts) }),
        Condition::Any(parts) => json!({ "any": each(parts) }),
        Condition::AtLeast(least, parts) => json!({ "at_least": least, "of": each(parts) }),
        Condition::Not(part) => json!({ "not": condition_json(rulebook, part) }),
        Condition::Rule(rule) => json!({ "rule": &*rulebook[*rule].id }),
        Condition::Passed(moment) => json!({ "passed": &*rulebook[*moment].id }),
        Condition::Done(question) => json!({ "done": &*rulebook[*question].id }),
        Condition::Undone(question) => json!({ "undone": &*rulebook[*question].id }),
        Condition::Timely(question) => json!({ "timely": &*rulebook[*question].id }),
        Condition::Is(question, set) => {
            let ids = rulebook[*question].choice_ids();
            let held: Vec<&str> =
                ids.into_iter().enumerate().filter(|(i, _)| set & (1 << i) != 0).map(|(_, id)| id).collect();
            json!({ "question": &*rulebook[*question].id, "is": held })
        }
        Condition::Between(question, from, until) => {
            let mut object = json!({ "question": &*rulebook[*question].id });
            if *from != i64::MIN {
                object["at_least"] = json!(from);
            }
            if *until != i64::MAX {
                object["at_most"] = json!(until);
            }
            object
        }
        Condition::Compare(question, relation, moment) => {
            let key = match relation {
                Relation::Before => "before",
                Relation::OnOrBefore => "on_or_before",
                Relation::OnOrAfter => "on_or_after",
                Relation::After => "after",
            };
            json!({ "question": &*rulebook[*question].id, key: &*rulebook[*moment].id })
        }
    }
}
