//! The one thing to do next, out of everything that a report holds.

use crate::interview::{Bearing, is_closed};
use crate::report::{
    Ask, CellReport, ChecklistItem, Contradiction, Criterion, DoubtKind, EntryKind, FindOut, MomentReport,
    NoticeReport, Report, Row, StageReport, Step, TimelineEntry, Turn,
};
use crate::rulebook::Text;
use crate::verdict::Verdict;

/// What it is.
#[derive(Clone, Copy, Debug)]
pub enum NextThing<'a> {
    /// Answers that cannot all be right.
    Mend(&'a Contradiction),
    /// An answer that should not be known yet, where nothing else leaves a cell in doubt.
    Check(&'a Row),
    /// What is to be done before all else.
    Notice(&'a NoticeReport),
    /// What must still happen.
    Step(&'a Step),
    /// A document to gather, and by when.
    Document(&'a ChecklistItem, Option<&'a MomentReport>),
    /// The question to answer next, by its id.
    Question(&'a Text),
    /// Something that the person can look up.
    FindOut(&'a FindOut),
    /// Whom to ask about a cell.
    Ask(&'a CellReport, &'a Ask),
    /// Where the person is, and what is done there.
    Stage(&'a StageReport),
    /// The next deadline.
    Date(&'a TimelineEntry),
    /// What is open instead of a cell, and of all others, that will be closed in the next cycle too.
    Instead(&'a CellReport),
    /// Nothing of this cycle is left: the one after it.
    NextCycle,
    Nothing,
}

/// How far a document is, as the person says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    Missing,
    /// It is there, and something is left to do for it.
    Issued,
    /// Nothing is left to do for it.
    Finished,
}

impl Progress {
    /// As far as answers alone tell.
    #[must_use]
    pub fn answered(item: &ChecklistItem) -> Progress {
        if item.done.is_some() { Progress::Finished } else { Progress::Missing }
    }
}

/// What the person says of each document of the checklist.
pub type HowFar<'a> = &'a dyn Fn(&ChecklistItem) -> Progress;

/// What is due sooner than this goes before asking somebody.
const SOON: i32 = 14;

impl<'a> NextThing<'a> {
    /// Its date, if it has one that may still lie ahead; none of a step that the person plans for sooner.
    #[must_use]
    pub fn by(&self, report: &Report) -> Option<&'a MomentReport> {
        match self {
            NextThing::Step(step) if plan_ahead(report, step).is_some() => None,
            NextThing::Step(step) => step.by.as_ref(),
            NextThing::Document(_, by) => *by,
            NextThing::Date(entry) => Some(&entry.at),
            // Where all is closed, no date of the stage is left to keep.
            NextThing::Stage(stage) if !all_closed(report) => {
                let ends = stage.dates.iter().flat_map(|entry| [Some(&entry.at), entry.closes.as_ref()]);
                ends.flatten().find(|end| days_left(report, end).is_some())
            }
            _ => None,
        }
    }
}

/// Mending answers comes first, then what decides the verdict, then what is due next.
#[must_use]
pub fn next_thing<'a>(report: &'a Report, how_far: HowFar<'_>) -> NextThing<'a> {
    if let Some(contradiction) = report.contradictions.first() {
        return NextThing::Mend(contradiction);
    }
    let mut chosen = report.cells.iter().filter(|cell| cell.chosen);
    if let Some(row) = chosen.clone().find_map(too_early) {
        return NextThing::Check(row);
    }
    if let Some(notice) = report.notices.iter().find(|notice| notice.urgent) {
        return NextThing::Notice(notice);
    }
    let undecided = chosen.clone().any(|cell| cell.verdict == Verdict::NeedsAnswers);
    let to_find = report.find_out.iter().find(|task| task.bearing == Bearing::Verdict).map(NextThing::FindOut);
    // Where something is to be found out, a question that hangs on that comes after it.
    if let (true, Some(question), false) = (undecided, &report.next, report.next_hangs && to_find.is_some()) {
        return NextThing::Question(question);
    }
    let stage = report.stages.iter().find(|stage| stage.here && !stage.to_do.is_empty());
    let is_on_a_shut_way = stage.is_some_and(|stage| is_shut(report, stage));
    let stage = stage.filter(|_| !is_on_a_shut_way);
    if all_closed(report) {
        // Nothing is to be gathered or asked for what cannot be reached, or found out but for what it is closed. A stage that
        // leads nowhere any more tells what came of this cycle.
        let lasting = report.cells.iter().find(|cell| cell.lasting).map(NextThing::Instead);
        return stage.map(NextThing::Stage).or(to_find).or(lasting).unwrap_or(NextThing::NextCycle);
    }
    let due = next_due(report, how_far);
    let asked = whom_to_ask(chosen.clone());
    let looked_up = stage.filter(|stage| tells_what_came(stage, asked.as_ref()));
    // Where a deadline is probably over, nothing else is of use before that is cleared up.
    if let (Some(asked), None) = (asked.filter(|asked| deadline_in_doubt(report, asked)), looked_up) {
        return match due {
            Some((_, step @ NextThing::Step(Step { late: true, .. }))) => step,
            _ => asked,
        };
    }
    // A plan that is, or may be, too late for a day that is near: that day is all that counts.
    if let Some((days, step @ NextThing::Step(Step { earlier: true, .. }))) = due
        && days <= SOON
    {
        return step;
    }
    // What only the person knows costs them a moment, unless it may not be asked for at all.
    let is_own = |task: &&FindOut| task.bearing == Bearing::Verdict && !task.hangs && task.ask.is_none();
    if let Some(own) = report.find_out.iter().find(is_own) {
        return NextThing::FindOut(own);
    }
    // What one can look up oneself goes before asking somebody.
    let asked = if asked.is_some() || undecided { to_find.or(looked_up.map(NextThing::Stage)).or(asked) } else { None };
    match (due, asked) {
        (Some((days, thing)), Some(asked)) if days <= SOON || asks_for_all(&asked) => return thing,
        (_, Some(asked)) => return asked,
        (Some((_, thing)), None) => return thing,
        (None, None) => {}
    }
    if let Some(question) = &report.next {
        return NextThing::Question(question);
    }
    if is_on_a_shut_way {
        return NextThing::NextCycle;
    }
    let undated = chosen.find_map(|cell| cell.steps.iter().find(|step| step.by.is_none()));
    let ahead = |entry: &&TimelineEntry| {
        entry.kind == EntryKind::Deadline && entry.at.when.as_ref().is_some_and(|when| !when.passed)
    };
    let date = report.timeline.iter().filter(ahead).min_by_key(|entry| entry.at.when.as_ref().map(|when| when.instant));
    match (stage, undated, date) {
        (Some(stage), ..) => NextThing::Stage(stage),
        (None, Some(step), _) => NextThing::Step(step),
        (None, None, Some(entry)) => NextThing::Date(entry),
        _ => NextThing::Nothing,
    }
}

/// The answer that leaves the cell in doubt, if that is all: it is likelier wrong than the date before which it cannot be
/// true.
#[must_use]
pub fn too_early(cell: &CellReport) -> Option<&Row> {
    let first = cell.doubts.first()?.answer.as_ref();
    first.filter(|_| cell.doubts.iter().all(|doubt| doubt.why == DoubtKind::TooEarly))
}

/// The first cell about which to ask somebody. Nothing is asked about what lies behind the person: a cell whose
/// requirements are met, and required by another one too.
fn whom_to_ask<'a>(chosen: impl Iterator<Item = &'a CellReport> + Clone) -> Option<NextThing<'a>> {
    let requires = |other: &CellReport, rule: &Criterion| other.criteria.iter().any(|known| known.rule == rule.rule);
    let is_behind = |cell: &CellReport| {
        let mut others = chosen.clone().filter(|other| other.id != cell.id);
        cell.criteria.iter().all(Criterion::is_met)
            && others.any(|other| cell.criteria.iter().all(|criterion| requires(other, criterion)))
    };
    let mut asking = chosen.clone().filter(|cell| !is_behind(cell));
    asking.find_map(|cell| Some(NextThing::Ask(cell, cell.ask.as_ref()?)))
}

/// Whether nothing is in doubt but if the rules have changed since they were read.
fn asks_for_all(asked: &NextThing<'_>) -> bool {
    let NextThing::Ask(cell, ask) = asked else { return false };
    ask.rules.is_empty() && cell.doubts.is_empty() && cell.readings.is_empty()
}

/// Whether all that is in doubt is if the day has come for which the person, who has done everything, waits at this stage.
fn tells_what_came(stage: &StageReport, asked: Option<&NextThing<'_>>) -> bool {
    let Some(NextThing::Ask(cell, _)) = asked else { return false };
    let is_waited_for = |date: &MomentReport| stage.dates.iter().any(|entry| entry.at.id == date.id);
    let mut doubts = cell.doubts.iter();
    !cell.doubts.is_empty()
        && doubts.all(|doubt| doubt.why == DoubtKind::ShouldBeOver && is_waited_for(&doubt.date))
        && cell.readings.is_empty()
        && cell.steps.is_empty()
        && cell.criteria.iter().all(Criterion::is_met)
}

/// Whether the cell is in doubt for a deadline that is probably over.
fn deadline_in_doubt(report: &Report, asked: &NextThing<'_>) -> bool {
    let NextThing::Ask(cell, _) = asked else { return false };
    let mut over = cell.doubts.iter().filter(|doubt| doubt.why == DoubtKind::ShouldBeOver);
    let is_deadline = |date: &MomentReport| {
        report.timeline.iter().any(|entry| entry.kind == EntryKind::Deadline && entry.at.id == date.id)
    };
    over.any(|doubt| is_deadline(&doubt.date))
}

/// Whether nothing of the cycle can be reached.
#[must_use]
pub fn all_closed(report: &Report) -> bool {
    !report.cells.is_empty() && report.cells.iter().all(|cell| is_closed(cell.verdict))
}

/// Whether all cells are closed to which the stage leads.
#[must_use]
pub fn is_shut(report: &Report, stage: &StageReport) -> bool {
    let mut cells = report.cells.iter().filter(|cell| stage.cells.contains(&cell.id)).peekable();
    cells.peek().is_some() && cells.all(|cell| is_closed(cell.verdict))
}

/// The step or unfinished document that is due first, with the days until then. Of those that are due on one day, a document
/// that is issued until then comes first, and what is one way of several last.
fn next_due<'a>(report: &'a Report, how_far: HowFar<'_>) -> Option<(i32, NextThing<'a>)> {
    let steps = report.cells.iter().filter(|cell| cell.chosen).flat_map(|cell| &cell.steps).map(NextThing::Step);
    let unfinished = report.checklist.iter().filter(|item| item.needed && how_far(item) != Progress::Finished);
    let ready = unfinished.filter(|item| rules_before(report, item).is_empty()).map(|item| {
        let ahead = |moment: &&MomentReport| days_left(report, moment).is_some();
        // What cannot be issued yet has time until it is due.
        let can_be_issued =
            item.issued_from.as_ref().and_then(|from| days_left(report, from)).is_none_or(|days| days == 0);
        let by = next_day(report, item, how_far(item)).filter(|day| can_be_issued && ahead(day));
        NextThing::Document(item, by.or(item.due.as_ref()))
    });
    let things = steps.chain(ready);
    let dated = things.filter_map(|thing| {
        // What is perhaps late already waits for nothing.
        let days = match thing {
            NextThing::Step(step) if step.late => 0,
            NextThing::Step(step) if let Some(days) = plan_ahead(report, step) => days,
            _ => days_left(report, thing.by(report)?)?,
        };
        Some((days, thing))
    });
    let (days, thing) = dated.min_by_key(|(days, thing)| match thing {
        NextThing::Step(step) => (*days, 1 + i32::from(step.one_of.is_some())),
        NextThing::Document(item, by) => {
            (*days, i32::from(by.map(|by| &by.id) == item.due.as_ref().map(|due| &due.id)))
        }
        _ => (*days, 1),
    })?;
    match thing {
        NextThing::Document(item, by) => {
            let first = first_before(report, item, how_far);
            let by = if first.id == item.id { by } else { first.due.as_ref() };
            Some((days, NextThing::Document(first, by)))
        }
        NextThing::Step(step) => Some((days, NextThing::Step(decision_before(report, step).unwrap_or(step)))),
        thing => Some((days, thing)),
    }
}

/// The decision for which a person waits before anybody can invite them to this step.
fn decision_before<'a>(report: &'a Report, step: &Step) -> Option<&'a Step> {
    if step.turn != Turn::Invited || step.planned.is_some() {
        return None;
    }
    report.cells.iter().find_map(|cell| {
        let place = cell.steps.iter().position(|other| other.rule == step.rule)?;
        cell.steps[..place].iter().find(|other| other.turn == Turn::Theirs)
    })
}

/// What has not come about out of which a document comes: titles of rules.
#[must_use]
pub fn rules_before<'a>(report: &'a Report, item: &ChecklistItem) -> Vec<&'a Text> {
    let mut found = Vec::new();
    for rule in report.cells.iter().flat_map(|cell| &cell.criteria) {
        if !rule.is_met() && item.depends_on.contains(&rule.rule) && !found.contains(&&rule.title) {
            found.push(&rule.title);
        }
    }
    found
}

/// The document that has to come first, of one and of those that it depends on; what was due before is behind the person.
fn first_before<'a>(report: &'a Report, item: &'a ChecklistItem, how_far: HowFar<'_>) -> &'a ChecklistItem {
    let mut first = item;
    // None is passed twice, as none depends on itself.
    for _ in &report.checklist {
        let is_behind = |due: &MomentReport| due.over || due.when.as_ref().is_some_and(|when| when.passed);
        let is_open =
            |other: &&ChecklistItem| how_far(other) != Progress::Finished && !other.due.as_ref().is_some_and(is_behind);
        let open = report.checklist.iter().filter(is_open).find(|other| first.depends_on.contains(&other.id));
        let Some(open) = open else { break };
        first = open;
    }
    first
}

/// Days until a date that lies ahead. One that is not published is put in order as if it fell as in an earlier cycle; it
/// is never shown as such.
#[must_use]
pub fn days_left(report: &Report, moment: &MomentReport) -> Option<i32> {
    if moment.over || moment.when.as_ref().is_some_and(|when| when.passed) {
        return None;
    }
    let days = moment.likely_day(&report.cycle)?.0 - report.as_of.day.0;
    (days >= 0).then_some(days)
}

/// Days until the person begins a step as planned, where that is sooner than the day on which it is due.
#[must_use]
pub fn plan_ahead(report: &Report, step: &Step) -> Option<i32> {
    let today = report.as_of.day;
    let plan = step.planned.filter(|plan| !step.earlier && !step.late && plan.last >= today)?;
    let days = plan.first.max(today).0 - today.0;
    let due = days_left(report, step.by.as_ref()?)?;
    (days < due).then_some(days)
}

/// The first day that a document has to keep: as long as it is not there, the last one on which it may be issued counts
/// too, which can come before the one on which it is due.
#[must_use]
pub fn next_day<'a>(report: &Report, item: &'a ChecklistItem, so_far: Progress) -> Option<&'a MomentReport> {
    let until = item.issued_until.as_ref().filter(|until| so_far == Progress::Missing && until.when.is_some());
    item.due.iter().chain(until).min_by_key(|moment| moment.likely_day(&report.cycle).map_or(i32::MAX, |day| day.0))
}
