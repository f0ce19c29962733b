//! Everything that a page may show, in the reader's words.
//!
//! A report is made from nothing but rulebook, answers and day; a page draws it and knows no rule.
mod ask;
mod cell;
mod criteria;
mod dates;
mod doubts;
mod papers;
mod rows;
mod steps;

use crate::answers::{Answers, Entered, RawAnswer};
use crate::change::Feasible;
use crate::day::{Day, DayRange};
use crate::facts::{Facts, Lens};
use crate::interview::Bearing;
use crate::possible::Possible;
use crate::rulebook::{AsOf, Basis, CellIx, Citation, Named, QuestionIx, Rulebook, Text};
use crate::standing::Standing;
use crate::trial::{Subject, Trial};
use crate::verdict::{Outcome, Verdict};

/// A text of the rulebook with a value in its one place, which stands in braces. A search for the place by its name would
/// bring a search for texts into the program.
fn filled(text: &str, value: &str) -> String {
    let parts = text.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?.1)));
    parts.map_or_else(|| text.to_owned(), |(before, after)| [before, value, after].concat())
}

/// The whole answer to "where do I stand?".
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    pub cycle: Text,
    /// The rulebook's hash.
    pub rulebook: Text,
    pub as_of: AsOf,
    /// The rulebook gives no verdict for this day.
    pub outside_span: bool,
    /// The rules should have been checked again: no positive verdict.
    pub past_check_by: bool,
    pub contradictions: Vec<Contradiction>,
    pub cells: Vec<CellReport>,
    /// Id of the next question.
    pub next: Option<Text>,
    /// Something that the person does not know says whether that question is one for them.
    pub next_hangs: bool,
    /// No more than this many questions can still come.
    pub at_most_more: usize,
    /// Every question that is or may be in scope, and every answered one, in the author's order.
    pub rows: Vec<Row>,
    pub find_out: Vec<FindOut>,
    /// Choices that cannot be true any more on this day: question and choice.
    pub withdrawn: Vec<(Text, Text)>,
    pub checklist: Vec<ChecklistItem>,
    pub timeline: Vec<TimelineEntry>,
    pub stages: Vec<StageReport>,
    pub notices: Vec<NoticeReport>,
}

/// A question and what was said to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub question: Text,
    pub topic: Text,
    pub short: Text,
    pub said: Option<Said>,
    pub place: RowPlace,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowPlace {
    Answered,
    /// Skipped, not known, a plan whose day has passed, or what cannot be true any more.
    Open,
    /// Answered, but the question is out of scope now: kept, not used.
    SetAside,
    NotAsked,
}

/// An answer in the reader's words; dates and fixed words are left to the page's language.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    Skipped,
    DontKnow,
    Yes,
    No,
    Chosen(Vec<Text>),
    Number(i64),
    Date(DayRange),
    Done,
    Planned(DayRange),
    NotYet,
    Never,
}

/// The fewest answers that cannot all be right.
#[derive(Clone, Debug, PartialEq)]
pub struct Contradiction {
    /// The constraints that they break, joined by `+`.
    pub id: Text,
    pub text: Text,
    pub rows: Vec<Row>,
    /// The days that lie ahead of what was answered.
    pub dates: Vec<MomentReport>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct CellReport {
    pub id: Text,
    pub title: Text,
    pub place: Text,
    pub what: Text,
    pub chosen: bool,
    pub verdict: Verdict,
    /// Why it is closed: the kind's id, or `requirement`.
    pub kind: Option<Text>,
    /// What the verdict says.
    pub says: Option<Text>,
    pub instead: Text,
    /// It is closed for a cause that cannot change.
    pub lasting: bool,
    /// Where it leans while answers are missing.
    pub leans_to: Option<Outcome>,
    pub because: Vec<Because>,
    /// What remains to be true after applying.
    pub conditions: Vec<Remaining>,
    /// What must still happen, in the order of its dates; where the verdict is to ask, or something is still to be found
    /// out, what must happen besides; where it is open, only what is planned for too late.
    pub steps: Vec<Step>,
    /// The opening that is still to come.
    pub waits_for: Option<MomentReport>,
    /// Why the day makes the verdict doubtful.
    pub doubts: Vec<Doubt>,
    pub readings: Vec<Disagreement>,
    pub ask: Option<Ask>,
    /// Weak rules that the verdict rests on.
    pub to_confirm: Vec<Criterion>,
    pub criteria: Vec<Criterion>,
    pub sources: Vec<Cited>,
    pub at_most_more: usize,
    /// Ids of the questions that are still open for it; none while answers contradict each other.
    pub open: Vec<Text>,
    /// What would change the verdict; only in a [`full_report`], for decided cells.
    pub leverage: Option<LeverageReport>,
}

/// What a verdict hangs on, in the reader's words.
#[derive(Clone, Debug, PartialEq)]
pub struct LeverageReport {
    /// The easiest first.
    pub sets: Vec<ChangeSetReport>,
    /// Every set of up to three changes was tried: when there is none here, there is none.
    pub complete: bool,
    /// No change that can still be brought about this cycle opens it, or leaves questions open that might.
    pub too_late: bool,
    /// Answers that can each turn the verdict by themselves: worth checking twice.
    pub rests_on: Vec<Row>,
    /// Answers that could be otherwise without changing the verdict.
    pub indifferent: Vec<Row>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ChangeSetReport {
    /// Each question with the answer that it would need.
    pub changes: Vec<Row>,
    /// These answers as files carry them, in the same order.
    pub answers: Vec<RawAnswer>,
    /// Open or not yet; or in need of answers, of which some lead there.
    pub becomes: Verdict,
    /// The questions that are then open.
    pub asks: Vec<Row>,
    pub feasible: Feasible,
    pub by: Option<MomentReport>,
}

/// One alternative: these answers alone force the verdict.
#[derive(Clone, Debug, PartialEq)]
pub struct Because {
    pub rows: Vec<Row>,
    /// Ids of the questions at which the deciding rules do not look: their answers shut out other verdicts.
    pub besides: Vec<Text>,
    pub day: bool,
    pub rules: Vec<Criterion>,
}

impl Because {
    /// The answers through which the rules decide.
    pub fn deciding(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| !self.besides.contains(&row.question))
    }

    /// The others, without which another verdict would be possible.
    pub fn others(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| self.besides.contains(&row.question))
    }
}

impl CellReport {
    /// How many of the steps come before the opening that the cell waits for: those due before that day or, while it is not
    /// published, those with a day. One of several ways is never apart from the others.
    #[must_use]
    pub fn steps_before_opening(&self) -> usize {
        let at = |moment: &Option<MomentReport>| {
            moment.as_ref().and_then(|moment| moment.when.as_ref()).map_or(i64::MAX, |when| when.instant)
        };
        let opens = at(&self.waits_for);
        let mut last = None;
        let before = self.steps.iter().take_while(|step| {
            let is_before = at(&step.by) < opens || (last.is_some() && step.one_of == last);
            last = step.one_of;
            is_before
        });
        before.count()
    }

    /// The alternatives, without those through whose answers the rules decide as in one before.
    #[must_use]
    pub fn different_reasons(&self) -> Vec<&Because> {
        let mut told: Vec<&Because> = Vec::new();
        for because in &self.because {
            if told.iter().all(|known| known.day != because.day || !known.deciding().eq(because.deciding())) {
                told.push(because);
            }
        }
        told
    }
}

/// A rule as it stands for this person.
#[derive(Clone, Debug, PartialEq)]
pub struct Criterion {
    pub rule: Text,
    pub title: Text,
    pub text: Text,
    pub missed: Option<Text>,
    pub state: CriterionState,
    pub basis: Basis,
    /// Too weak to close a cell: of a disagreement, every reading is.
    pub weak: bool,
    pub cited: Vec<Cited>,
    pub due: Option<MomentReport>,
    /// Rules that it is made of.
    pub parts: Vec<Criterion>,
    /// One way of several is enough: a part that is not met decides nothing unless none is.
    pub is_any: bool,
}

impl Criterion {
    /// Whether nothing is left to do for it.
    #[must_use]
    pub fn is_met(&self) -> bool {
        matches!(self.state, CriterionState::Met | CriterionState::DoesNotApply)
    }

    /// What it says to the person: of a rule that cannot be met any more, what that means.
    #[must_use]
    pub fn says(&self) -> &Text {
        self.missed.as_ref().filter(|_| self.state == CriterionState::NotMet).unwrap_or(&self.text)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CriterionState {
    Met,
    /// Not met yet, but it still can be.
    CanStill,
    NotMet,
    NotKnown,
    DoesNotApply,
    /// Sources disagree, and it matters here.
    Disputed,
    /// Not published, or only weak sources.
    CannotSay,
}

/// What must still happen.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub rule: Text,
    pub text: Text,
    pub by: Option<MomentReport>,
    /// When the person plans it.
    pub planned: Option<DayRange>,
    /// It is planned for later than that, and has to come earlier.
    pub earlier: bool,
    /// It is the person's to do, and by a soft day it should have been done.
    pub late: bool,
    pub turn: Turn,
    /// Steps with the same number are alternatives: one of them is enough.
    pub one_of: Option<u16>,
}

/// Whose turn a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The person's.
    Own,
    /// The person's, on a day that somebody else sets.
    Invited,
    /// Somebody else's: they decide.
    Theirs,
}

/// What nobody can say because a date is known by soft days only.
#[derive(Clone, Debug, PartialEq)]
pub struct Doubt {
    pub why: DoubtKind,
    pub date: MomentReport,
    /// The rule for which it counts.
    pub rule: Text,
    /// The answer that should not be known yet, or may have changed since it was given.
    pub answer: Option<Row>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DoubtKind {
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

/// What remains to be true after applying.
#[derive(Clone, Debug, PartialEq)]
pub struct Remaining {
    pub rule: Text,
    pub text: Text,
    pub by: Option<MomentReport>,
}

/// A point at which sources disagree.
#[derive(Clone, Debug, PartialEq)]
pub struct Disagreement {
    pub id: Text,
    pub title: Text,
    pub text: Text,
    pub likely: Text,
    /// Id and text of each reading, with its grounds where a rule of the cell gives them.
    pub readings: Vec<(Named, Basis, Vec<Cited>)>,
}

/// Whom to ask, and what.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    /// Everybody to ask, at least one.
    pub contacts: Vec<Whom>,
    /// About each disagreement, about the rules in doubt and about the dates in doubt, each to whom it concerns; or, with
    /// none of these, about the list of requirements itself, which was not read for this cycle, or not again since it should have been.
    pub letters: Vec<Letter>,
    /// Titles of the rules that are in doubt, but for those that sources disagree on.
    pub rules: Vec<Text>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Whom {
    pub id: Text,
    pub name: Text,
    pub url: Text,
}

/// A question that says nothing of the sender, and what they answered to the questions that it hangs on.
#[derive(Clone, Debug, PartialEq)]
pub struct Letter {
    /// Whom it is for, at least one.
    pub to: Vec<Whom>,
    /// Id of the disagreement, of each rule or of each date that it asks about, or of the cell.
    pub about: Vec<Text>,
    pub question: Text,
    pub facts: Vec<Row>,
}

/// A source with the place in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cited {
    pub id: Text,
    pub publisher: Text,
    pub title: Text,
    pub url: Text,
    pub section: Option<Text>,
    pub cycle: Option<Text>,
    pub read_on: Day,
}

/// Something that the person does not know yet.
#[derive(Clone, Debug, PartialEq)]
pub struct FindOut {
    pub question: Text,
    pub title: Text,
    pub where_to_find: Text,
    /// Name and address of who knows; none where only the person does.
    pub ask: Option<(Text, Text)>,
    pub bearing: Bearing,
    /// Whether it is for this person at all hangs on other answers that are not known.
    pub hangs: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ChecklistItem {
    pub id: Text,
    pub title: Text,
    pub what: Text,
    pub why: Text,
    pub form: Option<Text>,
    pub consequence: Text,
    pub note: Option<Text>,
    pub place: Text,
    pub ladder: bool,
    /// The answer by which it is done already.
    pub done: Option<Row>,
    /// Needed for sure; otherwise it may be needed.
    pub needed: bool,
    pub due: Option<MomentReport>,
    pub issued_from: Option<MomentReport>,
    pub issued_until: Option<MomentReport>,
    pub depends_on: Vec<Text>,
    /// Titles of the cells for which it is needed; not those for which it was due, while it is needed for others.
    pub cells: Vec<Text>,
    pub basis: Basis,
    pub cited: Vec<Cited>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct TimelineEntry {
    pub id: Text,
    pub kind: EntryKind,
    pub title: Text,
    pub note: Option<Text>,
    /// The date itself; for a window, when it opens.
    pub at: MomentReport,
    pub closes: Option<MomentReport>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    Deadline,
    /// A recommended date, no deadline.
    Milestone,
    Event,
    Window,
}

/// A date as it stands on this day.
#[derive(Clone, Debug, PartialEq)]
pub struct MomentReport {
    pub id: Text,
    pub title: Text,
    /// IANA name of the zone of its wall times.
    pub zone: Text,
    /// Absent when not published.
    pub when: Option<WhenReport>,
    /// Other days that were read, none of them firm.
    pub others: Vec<(WhenReport, Basis)>,
    /// Not published, and past all the same: it comes before a date that has passed, or should have.
    pub over: bool,
    /// Not published: the first date that it comes before, and the day of that one, as long as it lies ahead.
    pub before: Option<Bound>,
    /// The last value seen for an earlier cycle.
    pub last: Option<(Text, Day)>,
    /// What the reader entered. It is the day above, unless that one is firm.
    pub entered: Option<Entered>,
    pub basis: Basis,
    pub cited: Vec<Cited>,
}

/// A date that another one comes before.
#[derive(Clone, Debug, PartialEq)]
pub struct Bound {
    pub title: Text,
    /// The earliest day that is known of it.
    pub day: Day,
    /// What that day rests on.
    pub basis: Basis,
}

impl MomentReport {
    /// Its day or, while that is not known, the one on which it would fall if this cycle went as the last that was read. For
    /// putting dates in order only: it is never shown.
    #[must_use]
    pub fn likely_day(&self, cycle: &str) -> Option<Day> {
        if let Some(when) = &self.when {
            return Some(when.day);
        }
        let (read_for, last) = self.last.as_ref()?;
        let years = cycle.parse::<i32>().ok()? - read_for.parse::<i32>().ok()?;
        Some(last.plus_years(years))
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct WhenReport {
    pub day: Day,
    /// Wall time, minutes after midnight, when published.
    pub minutes: Option<u16>,
    /// IANA name of the zone of that wall time.
    pub zone: Text,
    /// Its offset from UTC in seconds.
    pub offset: i32,
    /// Seconds since 1970-01-01T00:00Z.
    pub instant: i64,
    /// The same instant in the rulebook's zone, when that differs: day and minutes after midnight.
    pub home: Option<(Day, u16)>,
    /// Without an hour, only once its day is over.
    pub passed: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct StageReport {
    pub id: Text,
    /// Ids of the cells that it is on the way to.
    pub cells: Vec<Text>,
    pub title: Text,
    pub text: Text,
    pub to_do: Vec<Text>,
    pub lost: Vec<Text>,
    pub branch: Option<Named>,
    pub here: bool,
    /// Id of the question that has to be answered with *done* before the next stage is reached.
    pub moves_on: Option<Text>,
    pub dates: Vec<TimelineEntry>,
    pub basis: Basis,
    pub cited: Vec<Cited>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct NoticeReport {
    pub id: Text,
    pub pages: Vec<Text>,
    pub urgent: bool,
    pub title: Text,
    pub text: Text,
    pub basis: Basis,
    pub cited: Vec<Cited>,
}

/// Where the person stands on this day, by their answers. `current` is the question answered last.
#[must_use]
pub fn report(rulebook: &Rulebook, answers: &Answers, as_of: AsOf, current: Option<QuestionIx>) -> Report {
    let mut facts = Facts::new(rulebook, answers, as_of);
    let Standing { cells, interview } = facts.standing(answers, current);
    let verdicts: Vec<Verdict> = cells.iter().map(|cell| cell.verdict).collect();
    let contradictions = facts.contradictions(answers);
    let outside_span = !rulebook.covers(as_of);
    let cells = cells.into_iter().enumerate().filter(|_| !outside_span);
    let cells = cells.map(|(cell, standing)| {
        let mut cell = facts.cell_report(answers, CellIx::nth(cell), standing);
        // Neither more answers nor anything that is done mends a contradiction.
        if !contradictions.is_empty() {
            (cell.open, cell.at_most_more, cell.leans_to, cell.steps) = (Vec::new(), 0, None, Vec::new());
        }
        cell
    });
    let cells = cells.collect();
    Report {
        cycle: rulebook.cycle.clone(),
        rulebook: rulebook.hash.clone(),
        as_of,
        outside_span,
        past_check_by: as_of.instant >= rulebook.check_by,
        contradictions,
        cells,
        next_hangs: interview.next.is_some_and(|question| facts.scope(question) != Possible::YES),
        next: interview.next.map(|question| rulebook[question].id.clone()),
        at_most_more: interview.at_most_more,
        rows: facts.rows(answers),
        find_out: interview.find_out.into_iter().map(|(question, bearing)| facts.find_out(question, bearing)).collect(),
        withdrawn: facts.withdrawn_choices(),
        checklist: facts.checklist(answers, &verdicts),
        timeline: rulebook.dates.iter().enumerate().map(|(i, _)| facts.timeline_entry(i)).collect(),
        stages: facts.stages(),
        notices: facts.notices(false),
    }
}

/// The same with what would change each decided verdict, which takes longer.
#[must_use]
pub fn full_report(rulebook: &Rulebook, answers: &Answers, as_of: AsOf, current: Option<QuestionIx>) -> Report {
    let mut report = report(rulebook, answers, as_of, current);
    let facts = Facts::new(rulebook, answers, as_of);
    let mut trial = None;
    let past_check_by = report.past_check_by;
    for (index, cell) in report.cells.iter_mut().enumerate() {
        if let Verdict::Decided(outcome) = cell.verdict {
            let leverage = Trial::on(&mut trial, &facts, Subject::Cell(CellIx::nth(index))).leverage(outcome);
            let mut told = facts.leverage_report(CellIx::nth(index), answers, &leverage);
            // What one of several reasons cites, a letter tells or a change needs is not without weight; nor is anything,
            // where only the day keeps the rules from deciding.
            let letters = || cell.ask.iter().flat_map(|ask| &ask.letters);
            let counts = |row: &Row| {
                let cited = cell.because.iter().any(|because| because.rows.contains(row));
                let told_of = letters().any(|letter| letter.facts.contains(row));
                past_check_by
                    || cited
                    || cell.open.contains(&row.question)
                    || told_of
                    || told.sets.iter().flat_map(|set| &set.changes).any(|change| change.question == row.question)
            };
            let indifferent = told.indifferent.iter().filter(|row| !counts(row)).cloned().collect();
            told.indifferent = indifferent;
            cell.leverage = Some(told);
        }
    }
    report
}
impl Facts<'_> {
    /// The notices that are for this person, or every one.
    pub(crate) fn notices(&self, every: bool) -> Vec<NoticeReport> {
        let notices = self.rulebook.notices.iter();
        let shown = notices.filter(|notice| every || self.condition(&notice.show_when, Lens::PLAIN) == Possible::YES);
        let each = shown.map(|notice| NoticeReport {
            id: notice.id.clone(),
            pages: notice.pages.clone(),
            urgent: notice.urgent,
            title: notice.title.clone(),
            text: notice.text.clone(),
            basis: notice.grounds.basis.clone(),
            cited: self.cited(&notice.grounds.sources),
        });
        each.collect()
    }

    fn cited(&self, citations: &[Citation]) -> Vec<Cited> {
        citations.iter().map(|citation| cited(self.rulebook, citation)).collect()
    }
}

/// A citation with all that a page shows of it.
#[must_use]
pub fn cited(rulebook: &Rulebook, citation: &Citation) -> Cited {
    let source = &rulebook[citation.source];
    Cited {
        id: source.id.clone(),
        publisher: source.publisher.clone(),
        title: source.title.clone(),
        url: source.url.clone(),
        section: citation.section.clone(),
        cycle: source.cycle.clone(),
        read_on: source.read_on,
    }
}
