//! Everything that a page may show, in the reader's words.
//!
//! A report is made from nothing but rulebook, answers and day; a page draws it and knows no rule.

use crate::answers::{Answer, Answers, Entered, RawAnswer};
use crate::calendar::Behind;
use crate::change::{ChangeSet, Feasible, Leverage};
use crate::day::{Day, DayRange};
use crate::facts::{Facts, Future, Lens};
use crate::interview::is_closed;
use crate::lens::Lenses;
use crate::look::Look;
use crate::possible::{PerLens, Possible};
use crate::reason::Reason;
use crate::rulebook::{
    AsOf, Basis, Body, CellIx, Change, Choice, Citation, Condition, ConflictIx, Constraint, ContactIx, DateIx,
    DateKind, Document, Grounds, MomentIx, Named, QuestionIx, QuestionKind, Rule, RuleIx, Rulebook, Text, When,
};
use crate::sort::sort_by_key;
use crate::standing::{CellStanding, Standing};
use crate::trial::{Subject, Trial};
use crate::verdict::{Outcome, Verdict};

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
    /// out, what must happen besides.
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
    /// Steps with the same number are alternatives: one of them is enough.
    pub one_of: Option<u16>,
}

/// What nobody can say because a date is known by soft days only.
#[derive(Clone, Debug, PartialEq)]
pub struct Doubt {
    pub why: DoubtKind,
    pub date: MomentReport,
    /// The rule for which it counts.
    pub rule: Text,
    /// The answer that should not be known yet.
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
    /// Whether the answer can still change a chosen cell or a document.
    pub matters: bool,
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
    /// The last value seen for an earlier cycle.
    pub last: Option<(Text, Day)>,
    /// What the reader entered. It is the day above, unless that one is firm.
    pub entered: Option<Entered>,
    pub basis: Basis,
    pub cited: Vec<Cited>,
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
    pub dates: Vec<TimelineEntry>,
    pub basis: Basis,
    pub cited: Vec<Cited>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct NoticeReport {
    pub id: Text,
    pub pages: Vec<Text>,
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
        find_out: interview.find_out.into_iter().map(|(question, matters)| facts.find_out(question, matters)).collect(),
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
    fn cell_report(&mut self, answers: &Answers, ix: CellIx, standing: CellStanding) -> CellReport {
        let cell = &self.rulebook[ix];
        let CellStanding { verdict, open, leans_to, reasons, disagreements } = standing;
        let waiting = |q: &&QuestionIx| matches!(answers.get(**q), None | Some(Answer::Skipped));
        let because: Vec<Because> = reasons.iter().map(|reason| self.because(answers, ix, reason)).collect();
        let criteria: Vec<Criterion> = cell.requires.iter().map(|rule| self.criterion(ix, *rule)).collect();
        let (kind, says) = match verdict {
            Verdict::Decided(Outcome::Closed(kind)) => {
                let kind = &cell.kinds[usize::from(kind)];
                (Some(kind.id.clone()), Some(kind.text.clone()))
            }
            Verdict::Decided(Outcome::Unmet) => (Some("requirement".into()), Some(cell.closed_text.clone())),
            Verdict::Decided(Outcome::Open) => (None, Some(cell.open_text.clone())),
            Verdict::Decided(Outcome::NotYet) => (None, Some(cell.not_yet_text.clone())),
            Verdict::Decided(Outcome::Ask) | Verdict::NeedsAnswers => (None, None),
        };
        let positive = matches!(verdict, Verdict::Decided(Outcome::Open | Outcome::NotYet));
        let asks = verdict == Verdict::Decided(Outcome::Ask);
        let mut to_confirm = Vec::new();
        if positive {
            collect_weak(&criteria, &mut to_confirm);
            to_confirm.retain(|criterion| !self.is_moot(&criterion.rule));
        }
        let at_most_more = open.iter().filter(waiting).count();
        let steps = match verdict {
            Verdict::Decided(Outcome::NotYet) => self.steps(ix, None),
            Verdict::Decided(Outcome::Ask) => self.steps(ix, Some(&criteria)),
            Verdict::NeedsAnswers if at_most_more == 0 => self.steps(ix, Some(&criteria)),
            _ => Vec::new(),
        };
        CellReport {
            id: cell.id.clone(),
            title: cell.title.clone(),
            place: cell.place.clone(),
            what: cell.what.clone(),
            chosen: answers.is_chosen(ix.index()),
            verdict,
            kind,
            says,
            instead: self.instead(ix, &because),
            lasting: self.is_lasting(verdict, &because),
            leans_to,
            because,
            conditions: if positive { self.conditions(ix) } else { Vec::new() },
            steps,
            waits_for: if verdict == Verdict::Decided(Outcome::NotYet) { self.waits_for(ix) } else { None },
            doubts: if asks { self.doubts(answers, ix) } else { Vec::new() },
            readings: self.disagreements(&disagreements),
            ask: asks.then(|| self.ask(answers, ix, &criteria, &disagreements)),
            to_confirm,
            criteria,
            sources: self.cited(&cell.sources),
            at_most_more,
            open: open.iter().map(|question| self.rulebook[*question].id.clone()).collect(),
            leverage: None,
        }
    }

    fn because(&self, answers: &Answers, ix: CellIx, reason: &Reason) -> Because {
        let mut looked_at = Vec::new();
        reason.rules.iter().for_each(|rule| self.questions_of(&self.rulebook[*rule], &mut looked_at));
        let besides = reason.questions.iter().filter(|question| !looked_at.contains(question));
        let besides: Vec<Text> = besides.map(|question| self.rulebook[*question].id.clone()).collect();
        Because {
            rows: reason.questions.iter().map(|question| self.row(answers, *question)).collect(),
            // Where the rules look at none of them, the answers decide together.
            besides: if besides.len() < reason.questions.len() { besides } else { Vec::new() },
            day: reason.day,
            rules: reason.rules.iter().map(|rule| self.criterion(ix, *rule)).collect(),
        }
    }

    /// Whether the cause for which the cell is closed cannot change, so that it will close the cell of the next cycle too.
    fn is_lasting(&self, verdict: Verdict, because: &[Because]) -> bool {
        let is_fixed = |row: &Row| {
            self.rulebook.question(&row.question).is_some_and(|ix| self.rulebook[ix].change == Change::Fixed)
        };
        matches!(verdict, Verdict::Decided(Outcome::Closed(_)))
            && because.iter().any(|because| !because.rows.is_empty() && because.deciding().all(is_fixed))
    }

    fn leverage_report(&self, cell: CellIx, answers: &Answers, leverage: &Leverage) -> LeverageReport {
        let otherwise = |question: QuestionIx, answer: Answer| Row {
            said: Some(said(&self.rulebook[question].kind, answer)),
            ..self.row(answers, question)
        };
        let rows = |questions: &[QuestionIx]| questions.iter().map(|question| self.row(answers, *question)).collect();
        // What is too late helps nobody whose other answer would have to be wrong, too.
        let is_vain = |set: &ChangeSet| {
            let mut each = set.changes.iter().map(|change| self.feasible(cell, &[*change]).0);
            set.feasible == Feasible::TooLate && each.any(|feasible| feasible == Feasible::OnlyIfWrong)
        };
        let sets = leverage.sets.iter().filter(|set| !is_vain(set) && !self.is_detour(cell, set, &leverage.sets));
        let sets = sets.map(|set| ChangeSetReport {
            changes: set.changes.iter().map(|(question, answer)| otherwise(*question, *answer)).collect(),
            answers: set.changes.iter().map(|(question, answer)| self.rulebook[*question].write(*answer)).collect(),
            becomes: set.becomes,
            asks: rows(&set.asks),
            feasible: set.feasible,
            by: set.by.map(|moment| self.falls_due(moment)),
        });
        LeverageReport {
            complete: leverage.complete,
            too_late: leverage.too_late,
            sets: sets.collect(),
            rests_on: rows(&leverage.rests_on),
            indifferent: rows(&leverage.indifferent),
        }
    }

    /// Whether something is answered otherwise only so that a second question does not count, where another set answers the
    /// second one otherwise and does the same. What the rules that look at the second one look at too is a way of its own.
    fn is_detour(&self, cell: CellIx, set: &ChangeSet, sets: &[ChangeSet]) -> bool {
        let cell = &self.rulebook[cell];
        let rules = cell.requires.iter().copied().chain(cell.closed.iter().map(|(_, rule)| *rule));
        let looked_at: Vec<Vec<QuestionIx>> = rules
            .map(|rule| {
                let mut questions = Vec::new();
                self.questions_of(&self.rulebook[rule], &mut questions);
                questions
            })
            .collect();
        let looked_at_together =
            |one: QuestionIx, other: QuestionIx| looked_at.iter().any(|all| all.contains(&one) && all.contains(&other));
        let has = |set: &ChangeSet, question: QuestionIx| set.changes.iter().any(|(other, _)| *other == question);
        let aside = |other: &ChangeSet| -> Vec<QuestionIx> {
            let questions = set.changes.iter().map(|(question, _)| *question);
            questions.filter(|question| !has(other, *question)).collect()
        };
        sets.iter().filter(|other| other.changes.len() == set.changes.len()).any(|other| {
            let [question] = aside(other)[..] else { return false };
            let direct = other.changes.iter().find(|(question, _)| !has(set, *question));
            direct.is_some_and(|(direct, _)| {
                self.scoped(question).contains(direct) && !looked_at_together(question, *direct)
            })
        })
    }

    fn criterion(&self, cell: CellIx, rule: RuleIx) -> Criterion {
        let body = &self.rulebook[rule];
        let (condition, grounds) = body.under(Lens::PLAIN.readings);
        let mut parts = Vec::new();
        condition.each_leaf(&mut |leaf| {
            if let Condition::Rule(inner) = leaf {
                parts.push(self.criterion(cell, *inner));
            }
        });
        let disputed = matches!(body.body, Body::Readings(..));
        let lenses = Lenses::each(self.ways(cell));
        let value = Look::at_once(self, lenses).rule(rule);
        let settled = is_settled(value, &lenses);
        let weak =
            !settled && body.bodies().all(|(condition, grounds)| self.effective_basis(condition, grounds).is_weak());
        Criterion {
            weak,
            rule: body.id.clone(),
            title: body.title.clone(),
            text: body.text.clone(),
            missed: body.missed.clone(),
            state: state(value, &lenses, weak),
            basis: match (disputed, settled) {
                (true, _) => Basis::Conflicting,
                (false, true) => grounds.basis.clone(),
                (false, false) => self.effective_basis(condition, grounds),
            },
            cited: body.bodies().flat_map(|(_, grounds)| self.cited(&grounds.sources)).collect(),
            due: self.due(rule).map(|moment| self.falls_due(moment)),
            parts,
            is_any: matches!(condition, Condition::Any(_)),
        }
    }

    /// The weaker of a rule's own basis and those of the dates that it compares with.
    fn effective_basis(&self, condition: &Condition, grounds: &Grounds) -> Basis {
        let mut basis = grounds.basis.clone();
        condition.each_leaf(&mut |leaf| {
            if let Condition::Compare(_, _, moment) | Condition::Passed(moment) = leaf {
                let used = self.moment_basis(*moment);
                if !basis.is_weak() && used.is_weak() {
                    basis = used;
                }
            }
        });
        basis
    }

    fn moment_basis(&self, ix: MomentIx) -> Basis {
        match self.calendar().known(ix).day {
            Some((_, true)) if self.rulebook[ix].firm().is_none() => Basis::Entered,
            _ => self.rulebook[ix].grounds.basis.clone(),
        }
    }

    /// The rules that are pending, down to the smallest ones that have words for the step, in the order of time.
    /// Where the verdict hangs on more than them, the criteria tell which of them are pending for certain; then what is
    /// perhaps late is a step too.
    fn steps(&self, cell: CellIx, besides: Option<&[Criterion]>) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut groups = 0;
        for (place, rule) in self.rulebook[cell].requires.iter().enumerate() {
            if besides.is_none_or(|criteria| criteria[place].state == CriterionState::CanStill) {
                self.pending_steps(*rule, None, &mut groups, &mut steps);
            }
        }
        if besides.is_some() {
            for (_, moment, rule) in self.doubtful_days(cell) {
                let is_told = steps.iter().any(|step| step.rule == self.rulebook[rule].id);
                if !is_told && self.passed(moment) == Possible::YES && self.is_left_undone(rule) {
                    let by = Some(self.falls_due(moment));
                    steps.push(Step { by, late: true, ..self.step(rule, None) });
                }
            }
        }
        // What is left alone of several ways is the only one.
        let alone = |one_of: &u16| steps.iter().filter(|step| step.one_of == Some(*one_of)).count() == 1;
        let alone: Vec<u16> = (1..=groups).filter(alone).collect();
        steps.iter_mut().filter(|step| step.one_of.is_some_and(|group| alone.contains(&group))).for_each(|step| {
            step.one_of = None;
        });
        // Alternatives stand together, where the first of them comes.
        let mut first = vec![StepPlace::LAST; usize::from(groups) + 1];
        for step in &steps {
            let group = &mut first[usize::from(step.one_of.unwrap_or(0))];
            *group = self.place(step).min(*group);
        }
        sort_by_key(&mut steps, |step| step.one_of.map_or_else(|| self.place(step), |group| first[usize::from(group)]));
        steps
    }

    /// Where a step stands among others: by the day for which it is planned, if that is sooner than the one by which it is due.
    fn place(&self, step: &Step) -> StepPlace {
        let due = step.by.as_ref().and_then(|by| self.rulebook.moment(&by.id));
        let passes = due.and_then(|by| self.passing(by));
        let (Some(due), Some(passes)) = (due, passes) else { return StepPlace::LAST };
        let planned = step.planned.map_or(passes.day, |plan| plan.first);
        let rule = self.rulebook.rule(&step.rule);
        let known = self.calendar().known(due);
        StepPlace {
            day: passes.day.min(planned),
            instant: passes.instant,
            has_a_day: known.own_soft.is_some() || known.firm.is_some_and(|(_, own)| own),
            waits: rule.is_some_and(|rule| self.is_up_to_others(rule)),
        }
    }

    /// Whether the rule has words for something that the person can do on a day of their own, and has not done.
    fn is_left_undone(&self, rule: RuleIx) -> bool {
        let rule = &self.rulebook[rule];
        let mut undone = false;
        for (condition, _) in rule.bodies() {
            condition.each_leaf(&mut |leaf| {
                if let Condition::Done(event) = leaf {
                    undone |= self.value(*event) == Some(Answer::NotYet) && !self.rulebook[*event].set_by_others;
                }
            });
        }
        undone && rule.step.is_some()
    }

    fn pending_steps(&self, rule: RuleIx, one_of: Option<u16>, groups: &mut u16, steps: &mut Vec<Step>) {
        let now = self.rule(rule, Lens::PLAIN);
        let best = self.rule(rule, Lens { future: Future::AtBest, ..Lens::PLAIN });
        let met = Possible::YES | Possible::DROPPED;
        if now.must(met) || !best.can(Possible::YES) {
            return;
        }
        let body = &self.rulebook[rule];
        let (condition, _) = body.under(Lens::PLAIN.readings);
        let mut inner = Vec::new();
        condition.each_leaf(&mut |leaf| {
            if let Condition::Rule(rule) = leaf {
                inner.push(*rule);
            }
        });
        let before = steps.len();
        let has_own = self.has_way_of_its_own(rule, condition);
        let one_of = if matches!(condition, Condition::Any(_)) && inner.len() + usize::from(has_own) > 1 {
            *groups += 1;
            one_of.or(Some(*groups))
        } else {
            one_of
        };
        if has_own {
            steps.push(self.step(rule, one_of));
        }
        for rule in inner {
            self.pending_steps(rule, one_of, groups, steps);
        }
        if steps.len() == before {
            steps.push(self.step(rule, one_of));
        }
    }

    fn step(&self, rule: RuleIx, one_of: Option<u16>) -> Step {
        let body = &self.rulebook[rule];
        let waits = body.wait.as_ref().filter(|_| self.only_waits(rule));
        let planned = |leaf: &Condition| match (leaf, leaf.question().and_then(|question| self.value(question))) {
            (Condition::Done(_), Some(Answer::Planned(plan))) => Some(plan),
            _ => None,
        };
        let (condition, _) = body.under(Lens::PLAIN.readings);
        let mut plan = None;
        condition.each_leaf(&mut |leaf| plan = plan.or_else(|| planned(leaf)));
        Step {
            rule: body.id.clone(),
            text: waits.or(body.step.as_ref()).unwrap_or(&body.text).clone(),
            by: self.due(rule).map(|moment| self.falls_due(moment)),
            planned: plan,
            earlier: self.is_planned_late(rule),
            late: false,
            one_of,
        }
    }

    /// Whether it is somebody else who decides what the rule still wants.
    fn is_up_to_others(&self, rule: RuleIx) -> bool {
        let (condition, _) = self.rulebook[rule].under(Lens::PLAIN.readings);
        let mut waits = false;
        condition.each_leaf(&mut |leaf| {
            if let Condition::Is(question, set) = leaf
                && let QuestionKind::Choice(choices) = &self.rulebook[*question].kind
            {
                let mut wanted = (0..).zip(choices).filter(|(to, _)| set >> to & 1 == 1);
                waits |= wanted.all(|(_, choice): (u32, &Choice)| choice.decided_by_others);
            }
        });
        waits
    }

    /// Whether a rule that has words for its step can come to hold by what it looks at itself, beside the rules that can
    /// take its place.
    fn has_way_of_its_own(&self, rule: RuleIx, condition: &Condition) -> bool {
        let Condition::Any(parts) = condition else { return false };
        let lens = Lens { future: Future::AtBest, ..Lens::PLAIN };
        let is_own = |part: &&Condition| {
            let mut own = true;
            part.each_leaf(&mut |leaf| own &= !matches!(leaf, Condition::Rule(_)));
            own
        };
        let can = |part: &Condition| Look::through(self, lens).part(rule, part).through(0) == Possible::YES;
        self.rulebook[rule].step.is_some() && parts.iter().filter(is_own).any(can)
    }

    /// Whether somebody else decides what the rule waits for, and the person has done what leads there.
    fn only_waits(&self, rule: RuleIx) -> bool {
        let mut waits = false;
        for (condition, _) in self.rulebook[rule].bodies() {
            condition.each_leaf(&mut |leaf| {
                if let Condition::Is(question, set) = leaf
                    && let Some(Answer::Choice(from)) = self.value(*question)
                    && let QuestionKind::Choice(choices) = &self.rulebook[*question].kind
                    && let Some(choice) = choices.get(usize::from(from))
                {
                    let mut left = (0..).zip(choices).filter(|(to, _)| choice.may_become >> to & 1 == 1);
                    let awaited = choice.may_become & set != 0 && set >> from & 1 == 0;
                    waits |= awaited && left.all(|(_, choice): (u32, &Choice)| choice.decided_by_others);
                }
            });
        }
        waits
    }

    /// By when the rule wants what it asks for, and by when it can be come to: the date that passes first; of those of
    /// which nothing is known, the first.
    fn due(&self, rule: RuleIx) -> Option<MomentIx> {
        let mut dues = self.rulebook[rule].dues.clone();
        for (condition, _) in self.rulebook[rule].bodies() {
            condition.each_leaf(&mut |leaf| {
                if let Condition::Is(question, set) = leaf
                    && let Some(Answer::Choice(from)) = self.value(*question)
                    && let Some(choice) = self.rulebook[*question].choice_at(from)
                    && set >> from & 1 == 0
                {
                    let targets = (0..64).filter(|to| (choice.may_become & set) >> to & 1 == 1);
                    let targets = targets.filter(|to| !self.is_begun_by_another(rule, *question, *to));
                    targets.for_each(|to| dues.extend(self.ways_by(*question, Answer::Choice(to))));
                }
            });
        }
        self.earliest(dues.iter().copied()).or(dues.first().copied())
    }

    /// Whether somebody else decides the choice, and another rule asks the person for what leads there: then the days of
    /// that are told with the other rule, and here it remains to wait.
    fn is_begun_by_another(&self, rule: RuleIx, question: QuestionIx, to: u8) -> bool {
        let QuestionKind::Choice(choices) = &self.rulebook[question].kind else { return false };
        if !choices.get(usize::from(to)).is_some_and(|choice| choice.decided_by_others) {
            return false;
        }
        let leads_there =
            (0..).zip(choices).filter(|(_, choice)| choice.may_become >> to & 1 == 1 && choice.by.is_some());
        let leading = leads_there.fold(0_u64, |all, (number, _): (u32, _)| all | 1 << number);
        let mut others = (0..self.rulebook.rules.len()).map(RuleIx::nth).filter(|other| *other != rule);
        others.any(|other| {
            let mut asks = false;
            for (condition, _) in self.rulebook[other].bodies() {
                condition.each_leaf(&mut |leaf| {
                    asks |= matches!(leaf, Condition::Is(of, set) if *of == question && set & leading != 0);
                });
            }
            asks
        })
    }

    /// Whether something that the rule asks for is planned for later than the rule wants it.
    fn is_planned_late(&self, rule: RuleIx) -> bool {
        let firm = |due: &MomentIx| self.calendar().due(*due).firm.map(|(point, _)| point.day);
        let Some(day) = self.rulebook[rule].dues.iter().filter_map(firm).min() else { return false };
        let mut late = false;
        for (condition, _) in self.rulebook[rule].bodies() {
            condition.each_leaf(&mut |leaf| {
                if let Some(Answer::Planned(plan)) = leaf.question().and_then(|question| self.value(question)) {
                    late |= plan.first > day;
                }
            });
        }
        late
    }

    /// The opening of the cell, while it is known and still to come.
    fn waits_for(&self, cell: CellIx) -> Option<MomentReport> {
        let opens = self.rulebook[cell].opens.filter(|opens| self.passed(*opens) == Possible::NO);
        opens.map(|opens| self.moment(opens))
    }

    /// The soft days that leave a cell in doubt: those in its closing rules and requirements of which nobody can say what
    /// they come to.
    fn doubts(&self, answers: &Answers, ix: CellIx) -> Vec<Doubt> {
        let mut doubts: Vec<Doubt> = Vec::new();
        for (why, moment, rule) in self.doubtful_days(ix) {
            let date = self.moment(moment);
            // A date that counts for several rules is told once.
            if doubts.iter().all(|known| (known.why, &known.date.id) != (why, &date.id)) {
                let answer = if why == DoubtKind::TooEarly { self.said_too_early(rule, moment) } else { None };
                let answer = answer.map(|question| self.row(answers, question));
                doubts.push(Doubt { why, date, rule: self.rulebook[rule].id.clone(), answer });
            }
        }
        doubts
    }

    /// The same with every rule for which a date counts. Of rules that hang on open questions they are told only where no
    /// other rule is in doubt.
    fn doubtful_days(&self, ix: CellIx) -> Vec<(DoubtKind, MomentIx, RuleIx)> {
        let cell = &self.rulebook[ix];
        let mut found = Vec::new();
        for surely in [true, false] {
            for (_, rule) in &cell.closed {
                self.doubts_in(ix, *rule, (false, surely), &mut found);
            }
            for rule in &cell.requires {
                self.doubts_in(ix, *rule, (true, surely), &mut found);
            }
            if !found.is_empty() {
                break;
            }
        }
        found
    }

    fn doubts_in(
        &self,
        cell: CellIx,
        ix: RuleIx,
        (at_best, surely): (bool, bool),
        found: &mut Vec<(DoubtKind, MomentIx, RuleIx)>,
    ) {
        let lenses = Lenses::each(self.ways(cell));
        let said = Look::at_once(self, lenses).rule(ix);
        // What only weak eyes see closes nothing, but leaves a doubt.
        let weakly = said.yes & lenses.strongly_to_now(said.cannot_say);
        let doubtful = if at_best { said.cannot_say & lenses.best } else { (said.cannot_say | weakly) & lenses.now };
        let harmless = said.dropped | if at_best { said.yes } else { said.no };
        if doubtful & !(if surely { harmless } else { 0 }) == 0 {
            return;
        }
        let Some(as_of) = self.as_of() else { return };
        let rule = &self.rulebook[ix];
        let mut note = |why: DoubtKind, moment: MomentIx| {
            let is_firm = self.behind(moment) == Some(Behind::Firmly);
            let begins =
                matches!(self.rulebook[self.rulebook[moment].date].kind, DateKind::Window(opens, _) if opens == moment);
            let why = match why {
                DoubtKind::ShouldBeOver if is_firm => DoubtKind::LateMayCount,
                DoubtKind::ShouldBeOver if begins => DoubtKind::ShouldHaveBegun,
                why => why,
            };
            if !found.contains(&(why, moment, ix)) {
                found.push((why, moment, ix));
            }
        };
        let is_over = |moment: &MomentIx| self.calendar().due(*moment).behind(as_of) == Behind::Softly;
        let is_after =
            |moment: &MomentIx, day: Day| self.calendar().due(*moment).soft.is_some_and(|soft| day > soft.day);
        let dues: Vec<MomentIx> = rule.dues.iter().copied().chain(self.calendar().last).collect();
        let mut inner = Vec::new();
        for (condition, _) in rule.bodies() {
            condition.each_leaf(&mut |leaf| {
                let value = leaf.question().and_then(|question| self.value(question));
                match (leaf, value) {
                    (Condition::Rule(rule), _) => inner.push(*rule),
                    (Condition::Passed(moment), _) if is_over(moment) => note(DoubtKind::ShouldBeOver, *moment),
                    (Condition::Is(question, set), Some(Answer::Choice(from))) => {
                        let Some(choice) = self.rulebook[*question].choice_at(from) else { return };
                        let early = self.not_before(*question).filter(|moment| {
                            let known = self.calendar().known(*moment);
                            known.own_soft.is_some() && known.behind(as_of) == Behind::No
                        });
                        early.into_iter().for_each(|moment| note(DoubtKind::TooEarly, moment));
                        let targets = (0..64).filter(|to| (choice.may_become & set) >> to & 1 == 1);
                        let targets: Vec<u8> = targets.filter(|_| set >> from & 1 == 0).collect();
                        if !targets.is_empty() {
                            let ways = targets.iter().flat_map(|to| self.ways_by(*question, Answer::Choice(*to)));
                            let all = dues.iter().copied().chain(ways).filter(is_over);
                            let stale = choice.not_after.filter(|end| self.over(*end) == Some(Behind::Softly));
                            all.chain(stale).for_each(|moment| note(DoubtKind::ShouldBeOver, moment));
                        }
                    }
                    (Condition::Done(_), Some(Answer::NotYet)) => {
                        dues.iter().filter(|due| is_over(due)).for_each(|due| note(DoubtKind::ShouldBeOver, *due));
                    }
                    (Condition::Done(_), Some(Answer::Planned(day)))
                    | (Condition::Compare(..), Some(Answer::Date(day) | Answer::Planned(day))) => {
                        dues.iter()
                            .filter(|due| is_after(due, day.first))
                            .for_each(|due| note(DoubtKind::TooLate, *due));
                        dues.iter().filter(|due| is_over(due)).for_each(|due| note(DoubtKind::ShouldBeOver, *due));
                    }
                    _ => {}
                }
            });
        }
        inner.into_iter().for_each(|rule| self.doubts_in(cell, rule, (at_best, surely), found));
    }

    fn withdrawn_choices(&self) -> Vec<(Text, Text)> {
        let mut found = Vec::new();
        for (index, question) in self.rulebook.questions.iter().enumerate() {
            if let QuestionKind::Choice(choices) = &question.kind {
                let gone = (0..).zip(choices).filter(|(number, _)| self.withdrawn(QuestionIx::nth(index), *number));
                found.extend(gone.map(|(_, choice)| (question.id.clone(), choice.id.clone())));
            }
        }
        found
    }

    /// Rules that fall due after applying and are not fulfilled yet.
    fn conditions(&self, cell: CellIx) -> Vec<Remaining> {
        let mut found = Vec::new();
        let mut waiting: Vec<RuleIx> = self.rulebook[cell].requires.iter().rev().copied().collect();
        while let Some(rule) = waiting.pop() {
            let body = &self.rulebook[rule];
            let (condition, _) = body.under(Lens::PLAIN.readings);
            condition.each_leaf(&mut |leaf| match leaf {
                Condition::Rule(inner) => waiting.push(*inner),
                Condition::Done(question) | Condition::Is(question, _)
                    if body.due_after_applying && self.scope(*question).can(Possible::YES) =>
                {
                    let pending = match self.value(*question) {
                        Some(Answer::NotYet | Answer::Planned(_)) => true,
                        Some(Answer::Choice(choice)) => self.may_change(*question, choice),
                        _ => false,
                    };
                    let listed = found.iter().any(|c: &Remaining| c.rule == body.id);
                    if let (true, false, Some(text)) = (pending, listed, &body.condition) {
                        let by = self.due(rule).map(|moment| self.falls_due(moment));
                        found.push(Remaining { rule: body.id.clone(), text: text.clone(), by });
                    }
                }
                _ => {}
            });
        }
        found
    }

    fn may_change(&self, question: QuestionIx, choice: u8) -> bool {
        match &self.rulebook[question].kind {
            QuestionKind::Choice(choices) => choices.get(usize::from(choice)).is_some_and(|c| c.may_become != 0),
            _ => false,
        }
    }

    /// The conflicts whose readings come to different values in this cell.
    fn disagreements(&self, found: &[ConflictIx]) -> Vec<Disagreement> {
        found
            .iter()
            .map(|ix| {
                let conflict = &self.rulebook[*ix];
                let grounds = |reading: usize| {
                    self.rulebook.rules.iter().find_map(|rule| match &rule.body {
                        Body::Readings(of, bodies) if of == ix => bodies.get(reading).map(|(_, grounds)| grounds),
                        _ => None,
                    })
                };
                let readings = conflict.readings.iter().enumerate().map(|(i, reading)| {
                    let basis = grounds(i).map_or(Basis::Conflicting, |g| g.basis.clone());
                    let cited = grounds(i).map_or_else(Vec::new, |g| self.cited(&g.sources));
                    (reading.clone(), basis, cited)
                });
                Disagreement {
                    id: conflict.id.clone(),
                    title: conflict.title.clone(),
                    text: conflict.text.clone(),
                    likely: conflict.likely.clone(),
                    readings: readings.collect(),
                }
            })
            .collect()
    }

    fn ask(&self, answers: &Answers, ix: CellIx, criteria: &[Criterion], disagreements: &[ConflictIx]) -> Ask {
        let (rulebook, cell) = (self.rulebook, &self.rulebook[ix]);
        let lenses = Lenses::each(self.ways(ix));
        let mut doubtful = Vec::new();
        for (_, rule) in &cell.closed {
            let said = Look::at_once(self, lenses).rule(*rule);
            // A cause that may come about later closes nothing now.
            if said.alike(lenses.now) == Some(Possible::NO) {
                continue;
            }
            let criterion = self.criterion(ix, *rule);
            // On which grounds it does not close the cell makes no difference.
            let state = state(said, &lenses, true);
            if state == CriterionState::CannotSay || state == CriterionState::Met && criterion.weak {
                doubtful.push((criterion.rule, criterion.title));
            }
        }
        let closing = doubtful.len();
        // What sources disagree on is asked in the rulebook's own words.
        collect_doubtful(criteria, disagreements.is_empty(), &mut doubtful);
        // Where the doubt is a date, the date is asked for, and not the rule that hangs on it: but not whether a day has come
        // after which it may not be too late. Of that the rule's own question is asked, and the date only while it is soft.
        let mut days = self.doubtful_days(ix);
        let late_may_count = |why: &DoubtKind, moment: MomentIx, rule: RuleIx| {
            let may = match why {
                DoubtKind::LateMayCount | DoubtKind::ShouldHaveBegun => true,
                DoubtKind::ShouldBeOver => rulebook[moment].late_may_count,
                DoubtKind::TooEarly | DoubtKind::TooLate => false,
            };
            may && rulebook[rule].question.is_some()
        };
        let hangs_on_a_day = |id: &Text| {
            let mut days = days.iter().filter(|(why, moment, rule)| !late_may_count(why, *moment, *rule));
            days.any(|(_, _, rule)| rulebook[*rule].id == *id)
        };
        let mut doubtful: Vec<(RuleIx, bool)> = (0..)
            .zip(&doubtful)
            .filter(|(_, (id, _))| !hangs_on_a_day(id))
            .filter_map(|(n, (id, _))| Some((rulebook.rule(id)?, n < closing)))
            .collect();
        for (_, _, rule) in days.iter().filter(|(why, moment, rule)| late_may_count(why, *moment, *rule)) {
            if doubtful.iter().all(|(known, _)| known != rule) {
                doubtful.push((*rule, false));
            }
        }

        let mut letters: Vec<Letter> = Vec::new();
        for conflict in disagreements {
            let rules = (0..rulebook.rules.len()).map(RuleIx::nth);
            let disputed =
                rules.filter(|rule| matches!(rulebook[*rule].body, Body::Readings(of, _) if of == *conflict));
            letters.push(Letter {
                to: self.whom(rulebook[*conflict].ask.iter().copied()),
                about: vec![rulebook[*conflict].id.clone()],
                question: rulebook[*conflict].question.clone(),
                facts: self.facts_of(answers, disputed.map(|rule| (rule, false))),
            });
        }
        // One letter for everybody who has to be asked about a rule.
        for (whom, rules) in by_whom(doubtful.iter().map(|doubt| (rulebook[doubt.0].ask.unwrap_or(cell.ask), *doubt))) {
            let questions: Vec<Text> = rules.iter().map(|(rule, _)| self.question_about(*rule)).collect();
            let question = rulebook.ask_rules.replace("{questions}", &questions.join(" ")).into();
            let about = rules.iter().map(|(rule, _)| rulebook[*rule].id.clone()).collect();
            let facts = self.facts_of(answers, rules.into_iter());
            letters.push(Letter { to: self.whom([whom]), about, question, facts });
        }
        days.retain(|(why, moment, rule)| *why == DoubtKind::ShouldBeOver || !late_may_count(why, *moment, *rule));
        let mut dates: Vec<DateIx> = Vec::new();
        for date in days.iter().map(|(_, moment, _)| rulebook[*moment].date) {
            if !dates.contains(&date) {
                dates.push(date);
            }
        }
        for (whom, dates) in by_whom(dates.into_iter().map(|date| (rulebook[date].ask.unwrap_or(cell.ask), date))) {
            let titles: Vec<&str> = dates.iter().map(|date| &*rulebook[*date].title).collect();
            let question = rulebook.ask_dates.replace("{dates}", &titles.join("; ")).into();
            let about = dates.iter().map(|date| rulebook[*date].id.clone()).collect();
            letters.push(Letter { to: self.whom([whom]), about, question, facts: Vec::new() });
        }
        if letters.is_empty() {
            let question = rulebook.ask_list.replace("{cell}", &cell.title).into();
            let about = vec![cell.id.clone()];
            letters.push(Letter { to: self.whom([cell.ask]), about, question, facts: Vec::new() });
        }

        let mut contacts: Vec<Whom> = Vec::new();
        for whom in letters.iter().flat_map(|letter| &letter.to) {
            if !contacts.contains(whom) {
                contacts.push(whom.clone());
            }
        }
        Ask { contacts, letters, rules: doubtful.into_iter().map(|(rule, _)| rulebook[rule].title.clone()).collect() }
    }

    fn is_moot(&self, rule: &Text) -> bool {
        let moot = self.rulebook.rule(rule).and_then(|rule| self.rulebook[rule].moot.as_ref());
        moot.is_some_and(|moot| self.condition(moot, Lens::PLAIN) == Possible::YES)
    }

    fn question_about(&self, rule: RuleIx) -> Text {
        let rule = &self.rulebook[rule];
        match (&rule.body, &rule.question) {
            (Body::Readings(conflict, _), _) => self.rulebook[*conflict].question.clone(),
            (Body::Plain(..), Some(own)) => own.clone(),
            (Body::Plain(..), None) => self.rulebook.ask_rule.replace("{rule}", &rule.title).into(),
        }
    }

    fn whom(&self, contacts: impl IntoIterator<Item = ContactIx>) -> Vec<Whom> {
        let contacts = contacts.into_iter().map(|contact| &self.rulebook[contact]);
        let each = contacts.map(|whom| Whom { id: whom.id.clone(), name: whom.name.clone(), url: whom.url.clone() });
        each.collect()
    }

    /// What was answered to the questions that rules hang on, by themselves or by what they are made of: of one that closes
    /// a cell what lets it hold, of a requirement what keeps it from holding at best. Where there is nothing of the kind,
    /// everything.
    fn facts_of(&self, answers: &Answers, rules: impl Iterator<Item = (RuleIx, bool)>) -> Vec<Row> {
        let (mut hangs, mut all) = (Vec::new(), Vec::new());
        for (rule, closes) in rules {
            self.questions_of(&self.rulebook[rule], &mut all);
            self.hangs_on(rule, closes, &mut hangs);
        }
        let rows = |questions: Vec<QuestionIx>| {
            let rows = questions.into_iter().map(|question| self.row(answers, question));
            rows.filter(|row| row.place == RowPlace::Answered).collect::<Vec<_>>()
        };
        let facts = rows(hangs);
        if facts.is_empty() { rows(all) } else { facts }
    }

    fn hangs_on(&self, rule: RuleIx, closes: bool, found: &mut Vec<QuestionIx>) {
        let at_best = Lens { future: Future::AtBest, ..Lens::PLAIN };
        let (harmless, lens) = if closes { (Possible::NO, Lens::PLAIN) } else { (Possible::YES, at_best) };
        let look = Look::through(self, lens);
        for (condition, _) in self.rulebook[rule].bodies() {
            condition.each_leaf(&mut |leaf| match leaf {
                Condition::Rule(inner) => self.hangs_on(*inner, closes, found),
                leaf if look.part(rule, leaf).through(0) == harmless => {}
                leaf => found.extend(leaf.question().filter(|question| !found.contains(question))),
            });
        }
    }

    pub(crate) fn questions_of(&self, rule: &Rule, found: &mut Vec<QuestionIx>) {
        for (condition, _) in rule.bodies() {
            condition.each_leaf(&mut |leaf| match leaf {
                Condition::Rule(inner) => self.questions_of(&self.rulebook[*inner], found),
                leaf => found.extend(leaf.question().filter(|question| !found.contains(question))),
            });
        }
    }

    /// What is open instead: what the first of the rules that close it says, or else the first cell from this one on that
    /// can still be entered. Without one, only the next cycle is left.
    fn instead(&self, cell: CellIx, because: &[Because]) -> Text {
        let closing = because.iter().flat_map(|because| &because.rules);
        let mut rules = closing.filter_map(|closing| self.rulebook.rule(&closing.rule));
        let own = rules.find_map(|rule| self.rulebook[rule].instead.clone());
        let is_ahead = |closes: MomentIx| self.behind(closes) == Some(Behind::No);
        let mut left = self.rulebook.cells.iter().skip(cell.index()).filter(|cell| cell.closes.is_none_or(is_ahead));
        let others = left.next().map_or(&self.rulebook.next_cycle.text, |cell| &cell.instead);
        own.unwrap_or_else(|| others.clone())
    }

    fn contradictions(&self, answers: &Answers) -> Vec<Contradiction> {
        let each = self.clashes().into_iter().map(|clash| {
            let broken = clash.constraints.iter().map(|number| &self.rulebook.constraints[*number]);
            let texts: Vec<String> = broken.clone().map(|constraint| self.broken_text(constraint)).collect();
            Contradiction {
                id: broken.clone().map(|constraint| &*constraint.id).collect::<Vec<_>>().join("+").into(),
                text: texts.join(" ").into(),
                rows: clash.questions.iter().map(|question| self.row(answers, *question)).collect(),
                dates: broken
                    .filter_map(|constraint| self.too_early(constraint))
                    .map(|date| self.moment(date))
                    .collect(),
            }
        });
        each.collect()
    }

    /// What a broken constraint says. Of an answer that cannot be true yet it names the date.
    fn broken_text(&self, constraint: &Constraint) -> String {
        let date = self.too_early(constraint);
        let title = date.map(|date| self.rulebook[self.rulebook[date].date].title.clone());
        title.map_or_else(|| constraint.text.to_string(), |title| constraint.text.replace("{date}", &title))
    }

    /// The date before which the answer that breaks the constraint cannot be true.
    fn too_early(&self, constraint: &Constraint) -> Option<MomentIx> {
        let Condition::Timely(question) = &constraint.holds_when else { return None };
        self.not_before(*question)
    }

    /// The question at which the rule looks whose answer cannot be true before the date.
    fn said_too_early(&self, rule: RuleIx, moment: MomentIx) -> Option<QuestionIx> {
        let mut questions = Vec::new();
        self.questions_of(&self.rulebook[rule], &mut questions);
        questions.into_iter().find(|question| self.not_before(*question) == Some(moment))
    }

    /// The date before which what was answered cannot be true.
    fn not_before(&self, question: QuestionIx) -> Option<MomentIx> {
        match self.value(question) {
            Some(Answer::Choice(choice)) => self.rulebook[question].choice_at(choice).and_then(|c| c.not_before),
            _ => None,
        }
    }

    fn rows(&self, answers: &Answers) -> Vec<Row> {
        let all = (0..self.rulebook.questions.len()).map(QuestionIx::nth);
        let shown = all.filter(|q| answers.get(*q).is_some() || self.scope(*q).can(Possible::YES));
        shown.map(|question| self.row(answers, question)).collect()
    }

    fn row(&self, answers: &Answers, ix: QuestionIx) -> Row {
        let question = &self.rulebook[ix];
        let answer = answers.get(ix);
        let place = match answer {
            None => RowPlace::NotAsked,
            Some(_) if self.scope(ix) == Possible::NO => RowPlace::SetAside,
            Some(Answer::Skipped | Answer::DontKnow) => RowPlace::Open,
            Some(_) if self.value(ix).is_none() => RowPlace::Open,
            Some(_) => RowPlace::Answered,
        };
        Row {
            question: question.id.clone(),
            topic: self.rulebook[question.topic].id.clone(),
            short: question.short.clone(),
            said: answer.map(|answer| said(&question.kind, answer)),
            place,
        }
    }

    fn find_out(&self, question: QuestionIx, matters: bool) -> FindOut {
        let question = &self.rulebook[question];
        let contact = question.ask.map(|contact| &self.rulebook[contact]);
        FindOut {
            question: question.id.clone(),
            title: question.title.clone(),
            where_to_find: question.where_to_find.clone(),
            ask: contact.map(|contact| (contact.name.clone(), contact.url.clone())),
            matters,
        }
    }

    /// The documents that the chosen cells call for; those of a cell that is closed are left out.
    fn checklist(&self, answers: &Answers, verdicts: &[Verdict]) -> Vec<ChecklistItem> {
        let mut items = Vec::new();
        for document in &self.rulebook.documents {
            let wanted = |cell: &CellIx| answers.is_chosen(cell.index()) && !is_closed(verdicts[cell.index()]);
            let cells: Vec<CellIx> = document.cells.iter().copied().filter(wanted).collect();
            let needed = self.condition(&document.needed_when, Lens::PLAIN);
            if cells.is_empty() || !needed.can(Possible::YES) {
                continue;
            }
            let done = document.done_with.filter(|event| self.value(*event) == Some(Answer::Done));
            let done = done.filter(|event| self.scope(*event).can(Possible::YES)).map(|event| self.row(answers, event));
            let item = self.checklist_item(document, &cells, verdicts, needed == Possible::YES);
            items.push(ChecklistItem { done, ..item });
        }
        items
    }

    /// Every document that some cell may call for.
    pub(crate) fn all_documents(&self) -> Vec<ChecklistItem> {
        let each = self.rulebook.documents.iter().map(|document| {
            self.checklist_item(document, &document.cells, &[], document.needed_when == Condition::Const(true))
        });
        each.collect()
    }

    /// A document as these cells need it, with the verdicts so far as there are any.
    fn checklist_item(
        &self,
        document: &Document,
        cells: &[CellIx],
        verdicts: &[Verdict],
        needed: bool,
    ) -> ChecklistItem {
        // The first that lies ahead, or may lie ahead; what has no date comes after what has one.
        let is_behind = |cell: CellIx, due: MomentIx| match self.behind(due) {
            None | Some(Behind::No) => false,
            Some(Behind::Softly) => {
                let verdict = verdicts.get(cell.index());
                !matches!(verdict, Some(Verdict::Decided(Outcome::Ask) | Verdict::NeedsAnswers))
            }
            Some(_) => true,
        };
        let dues = document.dues.iter().filter(|(cell, _)| cells.contains(cell));
        let due = dues.min_by_key(|(cell, due)| (is_behind(*cell, *due), self.day(*due).is_none(), self.day(*due)));
        let due = due.map(|(_, due)| *due);
        // What was due for one cell is still needed for the others.
        let is_late = |cell: &CellIx| document.dues.iter().any(|(of, due)| of == cell && is_behind(*cell, *due));
        let is_late_for_all = cells.iter().all(is_late);
        let ahead = cells.iter().filter(|cell| is_late_for_all || !is_late(cell));
        ChecklistItem {
            id: document.id.clone(),
            title: document.title.clone(),
            what: document.what.clone(),
            why: document.why.clone(),
            form: document.form.clone(),
            consequence: document.consequence.clone(),
            note: document.note.clone(),
            place: document.place.clone(),
            ladder: document.ladder,
            done: None,
            needed,
            due: due.map(|moment| self.falls_due(moment)),
            issued_from: document.issued_from.map(|moment| self.moment(moment)),
            issued_until: document.issued_until.map(|moment| self.moment(moment)),
            depends_on: document.depends_on.clone(),
            cells: ahead.map(|cell| self.rulebook[*cell].title.clone()).collect(),
            basis: document.grounds.basis.clone(),
            cited: self.cited(&document.grounds.sources),
        }
    }

    pub(crate) fn timeline_entry(&self, index: usize) -> TimelineEntry {
        let entry = &self.rulebook.dates[index];
        let (kind, at, closes) = match entry.kind {
            DateKind::Deadline(at) => (EntryKind::Deadline, at, None),
            DateKind::Milestone(at) => (EntryKind::Milestone, at, None),
            DateKind::Event(at) => (EntryKind::Event, at, None),
            DateKind::Window(opens, closes) => (EntryKind::Window, opens, Some(closes)),
        };
        TimelineEntry {
            id: entry.id.clone(),
            kind,
            title: entry.title.clone(),
            note: entry.note.clone(),
            at: self.moment(at),
            closes: closes.map(|moment| self.moment(moment)),
        }
    }

    fn moment(&self, ix: MomentIx) -> MomentReport {
        let moment = &self.rulebook[ix];
        let entered = self.calendar().entered(ix);
        // The reader's own day beats every soft one.
        let own = entered.filter(|_| moment.firm().is_none());
        let own = own.map(|Entered { day, minutes }| self.rulebook.when(ix, day, minutes));
        let is_own = own.is_some();
        let read = moment.when.as_ref().map(|when| (when, &moment.grounds.basis));
        let others = moment.others.iter().map(|(when, grounds)| (when, &grounds.basis));
        let others = read.filter(|_| is_own).into_iter().chain(others);
        let when = own.as_ref().or(moment.when.as_ref());
        MomentReport {
            id: moment.id.clone(),
            title: self.rulebook[moment.date].title.clone(),
            zone: self.rulebook.zone_of(moment),
            when: when.map(|when| self.when_report(ix, when)),
            others: others.map(|(when, basis)| (self.when_report(ix, when), basis.clone())).collect(),
            over: when.is_none() && self.over(ix).is_some_and(|over| over != Behind::No),
            last: moment.last.as_ref().map(|last| (last.cycle.clone(), last.day)),
            entered,
            basis: if is_own { Basis::Entered } else { moment.grounds.basis.clone() },
            cited: self.cited(&moment.grounds.sources),
        }
    }

    /// The same, where something is due by the date: there is time until its firm day is over.
    fn falls_due(&self, ix: MomentIx) -> MomentReport {
        let mut report = self.moment(ix);
        if let (Some(when), Some((point, true))) = (&mut report.when, self.calendar().due(ix).firm) {
            when.instant = point.instant;
            when.passed = self.as_of().is_some_and(|as_of| as_of.instant > point.instant);
        }
        report
    }

    fn when_report(&self, ix: MomentIx, when: &When) -> WhenReport {
        let home_offset = self.rulebook.offset(when.instant);
        let home = (when.minutes.is_some() && home_offset != when.offset).then(|| {
            let wall = when.instant + i64::from(home_offset);
            let minutes = u16::try_from(wall.rem_euclid(86_400) / 60).unwrap_or(0);
            (Day::from_wall_seconds(wall), minutes)
        });
        WhenReport {
            day: when.day,
            minutes: when.minutes,
            zone: self.rulebook.zone_of(&self.rulebook[ix]),
            offset: when.offset,
            instant: when.instant,
            home,
            passed: self.as_of().is_some_and(|as_of| as_of.instant > when.instant),
        }
    }

    pub(crate) fn stages(&self) -> Vec<StageReport> {
        let stages = &self.rulebook.stages;
        let here = stages.iter().rposition(|s| self.condition(&s.here_when, Lens::PLAIN) == Possible::YES);
        let each = stages.iter().enumerate().map(|(index, stage)| StageReport {
            id: stage.id.clone(),
            cells: stage.cells.iter().map(|cell| self.rulebook[*cell].id.clone()).collect(),
            title: stage.title.clone(),
            text: stage.text.clone(),
            to_do: stage.to_do.clone(),
            lost: stage.lost.clone(),
            branch: stage.branch.map(|branch| self.rulebook.branches[usize::from(branch)].clone()),
            here: here == Some(index),
            dates: stage.dates.iter().map(|date| self.timeline_entry(date.index())).collect(),
            basis: stage.grounds.basis.clone(),
            cited: self.cited(&stage.grounds.sources),
        });
        each.collect()
    }

    /// The notices that are for this person, or every one.
    pub(crate) fn notices(&self, every: bool) -> Vec<NoticeReport> {
        let notices = self.rulebook.notices.iter();
        let shown = notices.filter(|notice| every || self.condition(&notice.show_when, Lens::PLAIN) == Possible::YES);
        let each = shown.map(|notice| NoticeReport {
            id: notice.id.clone(),
            pages: notice.pages.clone(),
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

impl Condition {
    /// The question that a leaf looks at.
    #[must_use]
    pub fn question(&self) -> Option<QuestionIx> {
        match self {
            Condition::Is(question, _)
            | Condition::Between(question, ..)
            | Condition::Compare(question, ..)
            | Condition::Done(question)
            | Condition::Undone(question)
            | Condition::Timely(question) => Some(*question),
            _ => None,
        }
    }
}

/// The order of steps. Of those that come to one instant, one whose date is only known to come before the other's is first;
/// then what the person does, and last what somebody decides on it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct StepPlace {
    day: Day,
    instant: i64,
    has_a_day: bool,
    waits: bool,
}

impl StepPlace {
    const LAST: StepPlace = StepPlace { day: Day(i32::MAX), instant: i64::MAX, has_a_day: true, waits: true };
}

fn said(kind: &QuestionKind, answer: Answer) -> Said {
    match (answer, kind) {
        (Answer::Skipped, _) => Said::Skipped,
        (Answer::DontKnow, _) => Said::DontKnow,
        (Answer::Choice(choice), QuestionKind::Choice(choices)) => {
            Said::Chosen(choices.get(usize::from(choice)).map(|c| c.text.clone()).into_iter().collect())
        }
        (Answer::Choice(choice), _) => {
            if choice == 0 {
                Said::Yes
            } else {
                Said::No
            }
        }
        (Answer::Choices(bits), QuestionKind::Choices(choices, _)) => {
            let held = (0..64).zip(choices).filter(|(choice, _)| bits >> choice & 1 == 1);
            Said::Chosen(held.map(|(_, choice)| choice.text.clone()).collect())
        }
        (Answer::Choices(_), _) => Said::Chosen(Vec::new()),
        (Answer::Number(value), _) => Said::Number(value),
        (Answer::Date(range), _) => Said::Date(range),
        (Answer::Done, _) => Said::Done,
        (Answer::Planned(range), _) => Said::Planned(range),
        (Answer::NotYet, _) => Said::NotYet,
        (Answer::Never, _) => Said::Never,
    }
}

fn collect_weak(criteria: &[Criterion], found: &mut Vec<Criterion>) {
    for criterion in criteria {
        if !matches!(criterion.state, CriterionState::Met | CriterionState::CanStill) {
            continue;
        }
        let known = found.len();
        collect_weak(&criterion.parts, found);
        // What is made of weak parts is confirmed with them.
        if criterion.weak && found.len() == known {
            found.push(criterion.clone());
        }
    }
}

/// Id and title of each rule in doubt.
fn collect_doubtful(criteria: &[Criterion], disputed: bool, found: &mut Vec<(Text, Text)>) {
    for criterion in criteria {
        let doubtful = match criterion.state {
            CriterionState::NotMet => criterion.weak,
            CriterionState::CannotSay => true,
            CriterionState::Disputed => disputed,
            _ => false,
        };
        if doubtful && criterion.parts.is_empty() {
            found.push((criterion.rule.clone(), criterion.title.clone()));
        }
        if !matches!(criterion.state, CriterionState::Met | CriterionState::DoesNotApply) {
            collect_doubtful(&criterion.parts, disputed, found);
        }
    }
}

/// What is to be asked, for everybody who has to be asked, in the order in which they come.
fn by_whom<T>(each: impl Iterator<Item = (ContactIx, T)>) -> Vec<(ContactIx, Vec<T>)> {
    let mut found: Vec<(ContactIx, Vec<T>)> = Vec::new();
    for (whom, what) in each {
        match found.iter_mut().find(|(known, _)| *known == whom) {
            Some((_, list)) => list.push(what),
            None => found.push((whom, vec![what])),
        }
    }
    found
}

/// Whether what is known comes to the same on strong grounds alone, so that no weak date plays a part.
fn is_settled(value: PerLens, lenses: &Lenses<'_>) -> bool {
    let plain = value.alike(lenses.now);
    plain == value.alike(lenses.now_strongly) && matches!(plain, Some(Possible::YES | Possible::NO))
}

/// How a rule stands, by what it comes to; `weak` if it is, too.
fn state(value: PerLens, lenses: &Lenses<'_>, weak: bool) -> CriterionState {
    // Where only something weak that a strong rule is made of says that it is missed, the rule is not.
    let hardly = !weak && lenses.best_strongly & !value.only_no() != 0;
    match (value.alike(lenses.now), value.alike(lenses.best)) {
        (Some(Possible::DROPPED), _) => CriterionState::DoesNotApply,
        (Some(Possible::YES), _) => CriterionState::Met,
        (Some(Possible::NO), Some(Possible::NO)) if hardly => CriterionState::CannotSay,
        (Some(Possible::NO), Some(Possible::NO)) => CriterionState::NotMet,
        (Some(Possible::NO), Some(Possible::YES)) => CriterionState::CanStill,
        (_, Some(Possible::CANNOT_SAY)) => CriterionState::CannotSay,
        (None, _) if value.unsettled() & lenses.now == 0 => CriterionState::Disputed,
        _ => CriterionState::NotKnown,
    }
}
