//! How far each paper of the checklist is, and which comes next: what the rules say of it, and what the person marked.

use crate::context::Context;
use crate::session::Mark;
use rules::next_thing::{Progress, days_left, next_day, rules_before};
use rules::report::{ChecklistItem, MomentReport, Report};
use rules::rulebook::Text;
use rules::sort::sort_by_key;
use rules::verdict::Verdict;

/// A paper as it stands on the day of the report.
#[derive(Clone, Debug)]
pub struct Paper<'a> {
    pub item: &'a ChecklistItem,
    pub state: PaperState<'a>,
    /// The first day that it still has to keep, and in how many days that is; where it is not published, as if it fell as in
    /// the last cycle.
    pub by: Option<&'a MomentReport>,
    pub days: Option<i32>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum PaperState<'a> {
    Done,
    /// It was due. Not `sure` where the day is only expected.
    Late {
        sure: bool,
    },
    /// No day is left on which it may be issued. Not `sure` where one of the two ends is only expected.
    NoDayLeft {
        sure: bool,
    },
    /// It is not there, and the last day on which it may be issued is past, as far as is known.
    NotIssued,
    /// It was uploaded, and nobody has looked whether it shows.
    Unseen,
    /// Others come first, or rules that have not come about: their titles.
    Blocked(Vec<&'a Text>),
    Open(Option<Mark>),
}

impl Paper<'_> {
    /// Something to look after now.
    #[must_use]
    pub fn is_problem(&self) -> bool {
        matches!(
            self.state,
            PaperState::Late { .. } | PaperState::NoDayLeft { .. } | PaperState::NotIssued | PaperState::Unseen
        )
    }
}

/// The papers of a list: what was due first, then what is due next, then what has no date, then what may not be needed.
#[must_use]
pub fn papers<'a>(context: &'a Context, items: &'a [ChecklistItem]) -> Vec<Paper<'a>> {
    let report = context.report.as_deref();
    let mut papers: Vec<Paper<'_>> = items.iter().map(|item| paper(context, report, items, item)).collect();
    sort_by_key(&mut papers, |paper| {
        let first = match paper.state {
            PaperState::Late { .. } | PaperState::NotIssued => i32::MIN,
            // What is finished keeps the place that it had: it may have been finished just now.
            PaperState::Done if past(context, paper.item.due.as_ref()).is_some() => i32::MIN,
            _ => paper.days.unwrap_or(i32::MAX),
        };
        (!paper.item.needed, first)
    });
    papers
}

fn paper<'a>(
    context: &Context,
    report: Option<&'a Report>,
    items: &'a [ChecklistItem],
    item: &'a ChecklistItem,
) -> Paper<'a> {
    let mark = context.session.mark(&context.outline.cycle, &item.id);
    let before = items.iter().filter(|other| item.depends_on.contains(&other.id) && !context.is_finished(other));
    let rules = report.map_or_else(Vec::new, |report| rules_before(report, item));
    let waits = mark.is_none() && !rules.is_empty();
    let before: Vec<&Text> = rules.into_iter().chain(before.map(|other| &other.title)).collect();
    let progress = context.progress(item);
    let not_issued = if progress == Progress::Missing { past(context, item.issued_until.as_ref()) } else { None };
    let state = match (past(context, item.due.as_ref()), not_issued, no_day_left(item)) {
        _ if progress == Progress::Finished => PaperState::Done,
        // What comes of something that has not come about cannot be late.
        _ if waits => PaperState::Blocked(before),
        (Some(sure), ..) => PaperState::Late { sure },
        (None, _, Some(sure)) => PaperState::NoDayLeft { sure },
        (None, Some(_), None) => PaperState::NotIssued,
        (None, None, None) if mark == Some(Mark::Uploaded) => PaperState::Unseen,
        (None, None, None) if !before.is_empty() && mark.is_none() => PaperState::Blocked(before),
        (None, None, None) => PaperState::Open(mark),
    };
    let by = match state {
        PaperState::Late { .. } => item.due.as_ref(),
        PaperState::Done => report.and_then(|report| next_day(report, item, Progress::Missing)),
        _ => report.and_then(|report| next_day(report, item, progress)),
    };
    let days = report.zip(by).and_then(|(report, by)| days_left(report, by));
    Paper { item, state, by, days }
}

/// Whether the day is past, and whether that is sure.
pub fn past(context: &Context, moment: Option<&MomentReport>) -> Option<bool> {
    let moment = moment?;
    let when = moment.when.as_ref()?;
    (when.passed || when.day < context.today()?).then_some(when.passed && !moment.basis.is_weak())
}

/// Whether the first day on which it may be issued comes after the last one, and whether that is sure.
fn no_day_left(item: &ChecklistItem) -> Option<bool> {
    let (from, until) = (item.issued_from.as_ref()?, item.issued_until.as_ref()?);
    let crossed = from.when.as_ref()?.day > until.when.as_ref()?.day;
    let firm = |moment: &MomentReport| !moment.basis.is_weak();
    crossed.then_some(firm(from) && firm(until))
}

/// The first date that ends the plan when it passes.
#[derive(Clone, Debug)]
pub struct FirstEnd<'a> {
    pub by: &'a MomentReport,
    /// What has to be done by then.
    pub what: &'a Text,
    /// The paper, where it is one.
    pub paper: Option<&'a ChecklistItem>,
    /// What comes before that paper, down to what can be begun now.
    pub before: Option<&'a ChecklistItem>,
}

/// Of all that must still happen by a day that is known: of steps that can stand for each other, the last one ends it. None
/// as long as answers are needed.
#[must_use]
pub fn first_end<'a>(report: &'a Report, papers: &[Paper<'a>]) -> Option<FirstEnd<'a>> {
    // What is not answered may have to be done before everything that is known.
    if report.cells.iter().any(|cell| cell.chosen && cell.verdict == Verdict::NeedsAnswers) {
        return None;
    }
    let known = |moment: &MomentReport| moment.when.is_some().then(|| days_left(report, moment)).flatten();
    let steps = report.cells.iter().filter(|cell| cell.chosen).flat_map(|cell| {
        let groups = cell.steps.chunk_by(|one, other| one.one_of.is_some() && one.one_of == other.one_of);
        groups.filter_map(|group| {
            let dated: Option<Vec<_>> =
                group.iter().map(|step| Some((known(step.by.as_ref()?)?, step.by.as_ref()?, &step.text))).collect();
            dated?.into_iter().max_by_key(|(days, ..)| *days)
        })
    });
    let steps = steps.map(|(days, by, what)| (days, FirstEnd { by, what, paper: None, before: None }));
    let open = || papers.iter().filter(|paper| paper.item.needed && paper.state != PaperState::Done);
    let due = open().filter_map(|Paper { item, by, .. }| {
        let by = (*by)?;
        let mut first = *item;
        // A circle ends at the length of the list.
        for _ in 0..papers.len() {
            let Some(before) = open().find(|other| first.depends_on.contains(&other.item.id)) else { break };
            first = before.item;
        }
        let before = (first.id != item.id).then_some(first);
        Some((known(by)?, FirstEnd { by, what: &item.title, paper: Some(item), before }))
    });
    steps.chain(due).min_by_key(|(days, _)| *days).map(|(_, end)| end)
}
