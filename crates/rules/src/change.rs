//! What would change a verdict: the smallest sets of answers that, given otherwise, turn it or let it hang on questions
//! that are still to answer.
//!
//! Every set is found by re-evaluating the changed answers. To change a verdict at least one answer of each of its
//! reasons must change, so the search tries only those: first one answer, then two, then three.

use crate::answers::Answer;
use crate::calendar::{Behind, Point};
use crate::day::Day;
use crate::facts::Facts;
use crate::possible::Possible;
use crate::rulebook::{
    Cell, CellIx, Change, Choice, Condition, DateKind, MomentIx, QuestionIx, QuestionKind, Relation, RuleIx,
};
use crate::sort::sort_by_key;
use crate::trial::Trial;
use crate::verdict::{Outcome, Outcomes, Verdict};

/// Sets of more changes than this help nobody.
const MOST_CHANGES: usize = 3;
/// At most this many sets are given.
const MOST_SETS: usize = 6;
/// The search ends after this many steps: it is for a page that somebody waits for. A verdict is one step.
const MOST_STEPS: u32 = 600;
/// Finding an obstacle takes about as long as so many verdicts.
const OBSTACLE: u32 = 8;

/// Whether a person can still bring the change about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Feasible {
    /// By doing something, by waiting or by finding a paper.
    StillPossible,
    /// The same, but by soft days it should be too late; or it happens on a day that others set, and not for the person.
    MayBeTooLate,
    /// Only if the answer was wrong.
    OnlyIfWrong,
    /// What would have had to happen is due no more.
    TooLate,
}

/// Answers that, given otherwise, turn the verdict, or can; take one of them out and it cannot turn.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeSet {
    pub changes: Vec<(QuestionIx, Answer)>,
    /// What the verdict would be: decided as open or not yet, or in need of answers of which some lead there.
    pub becomes: Verdict,
    /// The questions that would then be open.
    pub asks: Vec<QuestionIx>,
    pub feasible: Feasible,
    /// By when, where the rules that look at these answers have a date.
    pub by: Option<MomentIx>,
}

/// What a verdict hangs on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Leverage {
    /// The easiest first.
    pub sets: Vec<ChangeSet>,
    /// Every set of up to three changes was tried; otherwise others may exist.
    pub complete: bool,
    /// No change that can still be brought about opens the cell, or leaves questions open that might.
    pub too_late: bool,
    /// Answers that can each turn the verdict by themselves, to whatever: worth checking twice.
    pub rests_on: Vec<QuestionIx>,
    /// Answers that could be otherwise without changing the verdict, or contradicting others. What is still to be done is
    /// none of them: today it makes no difference, and once its day has passed it may.
    pub indifferent: Vec<QuestionIx>,
}

/// A date by which a rule wants something.
struct Due {
    moment: MomentIx,
    /// The rule is too weak to close a cell, so what comes after the date may still count.
    weak: bool,
}

impl Facts<'_> {
    /// What the decided outcome of a cell hangs on.
    #[must_use]
    pub fn leverage(&self, cell: CellIx, outcome: Outcome) -> Leverage {
        Trial::new(self, cell).leverage(outcome)
    }

    /// Whether these changes can still be made, and by when.
    pub(crate) fn feasible(&self, cell: CellIx, changes: &[(QuestionIx, Answer)]) -> (Feasible, Option<MomentIx>) {
        let mut worst = Feasible::StillPossible;
        let mut dues = Vec::new();
        for (question, answer) in changes {
            let due = self.dues_of(cell, *question, *answer);
            let behind = |due: &Due| {
                let behind = self.calendar().due(due.moment).behind(self.as_of()?);
                Some(if due.weak { behind.min(Behind::Softly) } else { behind })
            };
            let behind = due.iter().filter_map(behind).max().unwrap_or(Behind::No);
            let due: Vec<MomentIx> = due.iter().map(|due| due.moment).collect();
            let missed = self.is_missed(*question, &due);
            let feasible = match (self.rulebook[*question].change, behind) {
                (Change::Fixed | Change::Correction, _) => Feasible::OnlyIfWrong,
                _ if self.lies_behind(*answer) => Feasible::OnlyIfWrong,
                _ if self.is_decided_by_others(*question, *answer) => Feasible::OnlyIfWrong,
                (Change::Time, _) if !self.comes_with_time(*question, *answer) => Feasible::OnlyIfWrong,
                (_, Behind::Firmly) => Feasible::TooLate,
                (_, Behind::Softly) => Feasible::MayBeTooLate,
                (_, Behind::No) if missed => Feasible::MayBeTooLate,
                (_, Behind::No) => Feasible::StillPossible,
            };
            worst = worst.max(feasible);
            if feasible < Feasible::OnlyIfWrong && !missed {
                dues.extend(due);
            }
        }
        // What hangs on a wrong answer besides has no use for a day that is over.
        let is_over = |due: &MomentIx| self.behind(*due).is_some_and(|behind| behind != Behind::No);
        dues.retain(|due| worst != Feasible::OnlyIfWrong || !is_over(due));
        (worst, self.earliest(dues))
    }

    /// Whether another answer is one to offer: neither does it take back what has happened or was planned, nor is it a
    /// decision of somebody else that the person waits for.
    fn is_to_offer(&self, question: QuestionIx, to: Answer) -> bool {
        !self.leads_back(question, to) && !self.is_awaited(question, to)
    }

    fn leads_back(&self, question: QuestionIx, to: Answer) -> bool {
        let stage = |answer: Answer| match answer {
            Answer::NotYet => 1,
            Answer::Planned(_) => 2,
            Answer::Done => 3,
            // *Never*, or an answer that does not go through stages.
            _ => 0,
        };
        match (self.value(question), to) {
            (Some(Answer::Choice(from)), Answer::Choice(to)) => self.may_become(question, to, from),
            (Some(from), to) => stage(to) < stage(from),
            (None, _) => false,
        }
    }

    /// Whether one choice can still turn into the other.
    fn may_become(&self, question: QuestionIx, from: u8, to: u8) -> bool {
        match &self.rulebook[question].kind {
            QuestionKind::Choice(choices) => {
                choices.get(usize::from(from)).is_some_and(|choice| choice.may_become >> to.min(63) & 1 == 1)
            }
            _ => false,
        }
    }

    /// Whether what is answered now turns into this by itself, or may. Of choices only those do that the present one may
    /// become.
    fn comes_with_time(&self, question: QuestionIx, to: Answer) -> bool {
        match (self.value(question), to, &self.rulebook[question].kind) {
            (Some(Answer::Choice(from)), Answer::Choice(to), QuestionKind::Choice(_)) => {
                self.may_become(question, from, to)
            }
            _ => true,
        }
    }

    /// Whether what was answered is still to be done, or can still turn into something else.
    fn is_still_to_come(&self, question: QuestionIx) -> bool {
        match (self.value(question), &self.rulebook[question].kind) {
            (Some(Answer::NotYet | Answer::Planned(_)), _) => true,
            (Some(Answer::Choice(choice)), QuestionKind::Choice(choices)) => {
                choices.get(usize::from(choice)).is_some_and(|choice| choice.may_become != 0)
            }
            _ => false,
        }
    }

    /// Whether the answer is a day that has passed, on which nothing can be done any more.
    fn lies_behind(&self, answer: Answer) -> bool {
        matches!((answer, self.as_of()), (Answer::Date(range), Some(as_of)) if range.last < as_of.day)
    }

    /// Whether it happens on a day that others set, and not for the person: that day may lie behind, whatever is expected.
    fn is_missed(&self, question: QuestionIx, dues: &[MomentIx]) -> bool {
        let mut dues = dues.iter().map(|due| &self.rulebook[self.rulebook[*due].date].kind).peekable();
        self.rulebook[question].set_by_others
            && self.value(question) == Some(Answer::Never)
            && dues.peek().is_some()
            && dues.all(|kind| matches!(kind, DateKind::Event(_)))
    }

    fn is_decided_by_others(&self, question: QuestionIx, to: Answer) -> bool {
        match (to, &self.rulebook[question].kind) {
            (Answer::Choice(to), QuestionKind::Choice(choices)) => {
                choices.get(usize::from(to)).is_some_and(|choice| choice.decided_by_others)
            }
            _ => false,
        }
    }

    fn is_awaited(&self, question: QuestionIx, to: Answer) -> bool {
        self.is_decided_by_others(question, to) && self.value(question).is_some() && self.comes_with_time(question, to)
    }

    /// The dates by which the rules of the cell want what the question asks about, or close it, and by which this answer
    /// can be come to. What this cell has no date for, and is done once for all, is due when others want it.
    fn dues_of(&self, cell: CellIx, question: QuestionIx, to: Answer) -> Vec<Due> {
        let mut dues = self.wanted_by([&self.rulebook[cell]], question);
        if dues.is_empty() && self.rulebook[question].kind == QuestionKind::Event {
            dues = self.wanted_by(&self.rulebook.cells, question);
        }
        let ways = self.ways_by(question, to).into_iter();
        dues.extend(ways.map(|moment| Due { moment, weak: false }));
        dues
    }

    /// The dates of these cells' rules that look at the question.
    fn wanted_by<'c>(&self, cells: impl IntoIterator<Item = &'c Cell>, question: QuestionIx) -> Vec<Due> {
        let mut waiting: Vec<(RuleIx, bool)> = Vec::new();
        for cell in cells {
            waiting.extend(cell.requires.iter().map(|rule| (*rule, false)));
            waiting.extend(cell.closed.iter().map(|(_, rule)| (*rule, true)));
        }
        let mut seen: Vec<(RuleIx, bool)> = Vec::new();
        let mut dues = Vec::new();
        while let Some((ix, closes)) = waiting.pop() {
            if seen.contains(&(ix, closes)) {
                continue;
            }
            seen.push((ix, closes));
            let rule = &self.rulebook[ix];
            let (mut looks, mut passed) = (false, Vec::new());
            for (condition, _) in rule.bodies() {
                condition.each_leaf(&mut |leaf| match leaf {
                    Condition::Rule(inner) => waiting.push((*inner, closes)),
                    Condition::Passed(moment) if closes => passed.push(*moment),
                    // What must not be later than a date has to be brought about by it.
                    Condition::Compare(asked, Relation::Before | Relation::OnOrBefore, moment)
                        if *asked == question && !closes =>
                    {
                        looks = true;
                        passed.push(*moment);
                    }
                    leaf => looks |= leaf.question() == Some(question),
                });
            }
            if looks {
                let weak = closes && rule.bodies().any(|(_, grounds)| grounds.basis.is_weak());
                dues.extend(rule.dues.iter().copied().chain(passed).map(|moment| Due { moment, weak }));
            }
        }
        dues
    }

    /// The last days of the way from the present choice to another one: of that one itself, and of those that lie between.
    pub(crate) fn ways_by(&self, question: QuestionIx, to: Answer) -> Vec<MomentIx> {
        let (QuestionKind::Choice(choices), Answer::Choice(to)) = (&self.rulebook[question].kind, to) else {
            return Vec::new();
        };
        let becoming = match self.value(question) {
            Some(Answer::Choice(from)) => choices.get(usize::from(from)).map_or(0, |choice| choice.may_become),
            _ => 0,
        };
        let between = (0..).zip(choices).filter(|(number, choice): &(u8, &Choice)| {
            *number != to && becoming >> number & 1 == 1 && choice.may_become >> to.min(63) & 1 == 1
        });
        let between = between.filter(|_| becoming >> to.min(63) & 1 == 1).filter_map(|(_, choice)| choice.by);
        choices.get(usize::from(to)).and_then(|choice| choice.by).into_iter().chain(between).collect()
    }

    /// The one that passes first, of those of which anything is known.
    pub(crate) fn earliest(&self, moments: impl IntoIterator<Item = MomentIx>) -> Option<MomentIx> {
        let passing = moments.into_iter().filter_map(|moment| Some((self.passing(moment)?, moment)));
        passing.min().map(|(_, moment)| moment)
    }

    /// When a date passes, firmly or softly, as far as anything is known of it.
    pub(crate) fn passing(&self, moment: MomentIx) -> Option<Point> {
        let known = self.calendar().known(moment);
        known.firm.map(|(point, _)| point).into_iter().chain(known.soft).min()
    }
}

impl Trial<'_> {
    /// What the decided outcome of the cell hangs on; see [`Facts::leverage`].
    pub fn leverage(&mut self, outcome: Outcome) -> Leverage {
        let mut leverage = Leverage::default();
        for question in self.answered() {
            let answer = self.facts.value(question);
            self.set(question, None);
            let (all, mut tried) = (self.facts.classes(question).len(), 0);
            let turns = self.any_class(question, |trial| {
                tried += 1;
                trial.escapes(outcome)
            });
            self.set(question, answer);
            if turns {
                leverage.rests_on.push(question);
            } else if tried == all && !self.facts.is_still_to_come(question) {
                leverage.indifferent.push(question);
            }
        }
        if matches!(outcome, Outcome::Open | Outcome::NotYet) {
            return leverage;
        }
        let required = self.required();
        let met = self.lenses.now & !required.only_yes() == 0;
        let mut wanted = Outcomes::default();
        wanted.add(Outcome::Open);
        // To whom all requirements are met, and yet no verdict is given, something to do would be no gain.
        if !(outcome == Outcome::Ask && met) {
            wanted.add(Outcome::NotYet);
        }
        let mut search = Search {
            trial: self,
            wanted,
            sets: Vec::new(),
            steps: MOST_STEPS,
            only_possible: true,
            obstacles: Vec::new(),
        };
        // What can still be brought about comes first: there is less of it, and it matters most.
        let all_told = search.all_told();
        leverage.too_late = all_told && search.sets.is_empty();
        search.only_possible = false;
        // A long search for what can be brought about leaves time for a short one for what may be wrong.
        search.steps = search.steps.max(MOST_STEPS / 4);
        leverage.complete = search.all_told();
        search.steps = search.steps.max(MOST_STEPS / 4);
        search.add_other_ways();
        leverage.sets = search.sets;
        // What another answer would make decide is not told to make no difference.
        leverage.indifferent.retain(|question| leverage.sets.iter().all(|set| !set.asks.contains(question)));
        sort_by_key(&mut leverage.sets, |set| {
            let questions: Vec<QuestionIx> = set.changes.iter().map(|(question, _)| *question).collect();
            (set.feasible, set.becomes == Verdict::NeedsAnswers, questions.len(), questions)
        });
        leverage.sets.truncate(MOST_SETS);
        leverage
    }

    /// The questions of the cell that have a known answer and are in scope.
    fn answered(&self) -> Vec<QuestionIx> {
        let questions = self.cell.questions.iter().copied();
        let known = |q: &QuestionIx| self.facts.value(*q).is_some() && self.facts.scope(*q).can(Possible::YES);
        questions.filter(known).collect()
    }
}

/// Answers given otherwise.
type Changes = Vec<(QuestionIx, Answer)>;

/// The search for sets of changes.
struct Search<'s, 'a> {
    trial: &'s mut Trial<'a>,
    /// What counts as a change for the better.
    wanted: Outcomes,
    sets: Vec<ChangeSet>,
    /// Steps that may still be taken.
    steps: u32,
    /// Only changes that can still be brought about are tried.
    only_possible: bool,
    /// Reasons against, and clashes: while all answers of one of them stand, no verdict turns.
    obstacles: Vec<Changes>,
}

impl<'a> Search<'_, 'a> {
    /// Tries one change, then two, then three, so that a smaller set is known before a larger one is tried. Whether all
    /// were tried.
    fn all_told(&mut self) -> bool {
        let mut layer: Vec<Changes> = vec![Vec::new()];
        let mut told = true;
        for size in 1..=MOST_CHANGES {
            if self.sets.len() >= MOST_SETS {
                return false;
            }
            let mut next = Vec::new();
            for changes in layer {
                told &= self.extend(&changes, size == MOST_CHANGES, &mut next);
            }
            layer = next;
        }
        told
    }

    /// Tries every way to change one more answer; what does not turn the verdict yet goes to `next`, unless this is the
    /// last step. Whether all were tried.
    fn extend(&mut self, changes: &[(QuestionIx, Answer)], last: bool, next: &mut Vec<Changes>) -> bool {
        if self.steps == 0 {
            return false;
        }
        if self.known(changes).is_some() {
            return true;
        }
        let Some(obstacle) = self.obstacle(changes) else { return false };
        for (question, _) in obstacle {
            if changes.iter().any(|(other, _)| *other == question) {
                continue;
            }
            let mut classes = self.trial.facts.other_classes(question).to_vec();
            if let Some(answer) = self.trial.facts.value(question) {
                sort_by_key(&mut classes, |class| distance(answer, *class));
            }
            for class in classes {
                let facts = &self.trial.facts;
                let feasible = || facts.feasible(self.trial.ix, &[(question, class)]).0;
                // A plan turns nothing that *not yet* does not, but for a plan that comes too late.
                let needless =
                    matches!(class, Answer::Planned(_)) && !matches!(facts.value(question), Some(Answer::Planned(_)));
                if facts.value(question) == Some(class)
                    || needless
                    || !facts.is_to_offer(question, class)
                    || (self.only_possible && feasible() > Feasible::MayBeTooLate)
                {
                    continue;
                }
                let mut set = changes.to_vec();
                let place = set.partition_point(|(other, _)| *other < question);
                set.insert(place, (question, class));
                if self.is_covered(&set) {
                    continue;
                }
                let Err(place) = next.binary_search(&set) else { continue };
                if self.known_obstacle(&set).is_some() {
                    if !last {
                        next.insert(place, set);
                    }
                    continue;
                }
                self.steps = self.steps.saturating_sub(1);
                let verdict = self.with(&set, Trial::verdict);
                let turns = match verdict {
                    Verdict::Decided(outcome) => self.wanted.contains(outcome),
                    Verdict::NeedsAnswers => self.known(&set).is_none() && self.can_turn(&set),
                };
                if turns {
                    self.found(set, verdict);
                } else if self.steps == 0 {
                    // It may only look as if nothing could turn it.
                    return false;
                } else if !last {
                    // One more change may turn it, or mend the contradiction.
                    next.insert(place, set);
                }
            }
        }
        true
    }

    /// Of a list of which something else is to be chosen, each way that is as near: all routes, and not only the first.
    fn add_other_ways(&mut self) {
        let asking = self.sets.iter().filter(|set| set.becomes == Verdict::NeedsAnswers);
        let asking: Vec<Changes> = asking.map(|set| set.changes.clone()).collect();
        for changes in asking {
            for place in 0..changes.len() {
                let (question, answer) = changes[place];
                let facts = &self.trial.facts;
                let is_list = matches!(facts.rulebook[question].kind, QuestionKind::Choices(..));
                let Some(now) = facts.value(question).filter(|_| is_list) else { continue };
                let is_more = |class: Answer| matches!((class, answer), (Answer::Choices(all), Answer::Choices(some)) if all & some == some);
                let is_as_near = |class: &Answer| !is_more(*class) && distance(now, *class) == distance(now, answer);
                let others: Vec<Answer> = facts.other_classes(question).iter().copied().filter(is_as_near).collect();
                for class in others {
                    let mut other = changes.clone();
                    other[place].1 = class;
                    if self.sets.iter().all(|known| known.changes != other)
                        && self.with(&other, Trial::verdict) == Verdict::NeedsAnswers
                        && self.can_turn(&other)
                    {
                        self.note(other, Verdict::NeedsAnswers);
                    }
                }
            }
        }
    }

    /// A set that changes nothing but what this one changes too.
    fn known(&self, set: &[(QuestionIx, Answer)]) -> Option<&ChangeSet> {
        self.sets.iter().find(|known| covers(&known.changes, set))
    }

    /// Whether such a set is good enough: where it changes the same answers and leads to questions, other ones that are as
    /// easy to bring about may lead to a verdict.
    fn is_covered(&self, set: &[(QuestionIx, Answer)]) -> bool {
        self.known(set).is_some_and(|known| {
            known.becomes != Verdict::NeedsAnswers
                || known.changes.len() < set.len()
                || known.feasible < self.trial.facts.feasible(self.trial.ix, set).0
        })
    }

    /// Whether some answers to the questions that are open after these changes turn the verdict.
    fn can_turn(&mut self, changes: &[(QuestionIx, Answer)]) -> bool {
        let (wanted, mut steps) = (self.wanted, self.steps);
        let turns = self.with(changes, |trial| trial.is_admissible() && trial.reaches(wanted, &mut steps));
        self.steps = steps;
        turns
    }

    /// What to change at least one answer of, after these changes, to turn the verdict: a reason against, a clash, or all
    /// answers where it hangs on questions, none of which can turn it.
    fn obstacle(&mut self, changes: &[(QuestionIx, Answer)]) -> Option<Changes> {
        if let Some(known) = self.known_obstacle(changes) {
            return Some(known.clone());
        }
        self.steps = self.steps.saturating_sub(OBSTACLE);
        let obstacle = self.with(changes, |trial| match trial.verdict() {
            Verdict::Decided(outcome) => trial.one_reason(outcome),
            Verdict::NeedsAnswers => {
                let clash = trial.facts.clashes().pop();
                let questions = clash.map_or_else(|| trial.answered(), |clash| clash.questions);
                let answers = questions.into_iter();
                Some(answers.filter_map(|question| Some((question, trial.facts.value(question)?))).collect())
            }
        })?;
        self.obstacles.push(obstacle.clone());
        Some(obstacle)
    }

    /// An obstacle that still stands after these changes.
    fn known_obstacle(&self, changes: &[(QuestionIx, Answer)]) -> Option<&Changes> {
        let after = |question: QuestionIx| {
            let changed = changes.iter().find(|(other, _)| *other == question).map(|(_, answer)| *answer);
            changed.or_else(|| self.trial.facts.value(question))
        };
        self.obstacles
            .iter()
            .find(|obstacle| obstacle.iter().all(|(question, answer)| after(*question) == Some(*answer)))
    }

    /// Notes changes after which the verdict is another, or can be.
    fn found(&mut self, changes: Changes, becomes: Verdict) {
        self.sets.retain(|known| !covers(&known.changes, &changes));
        self.note(changes, becomes);
    }

    fn note(&mut self, changes: Changes, becomes: Verdict) {
        let asks = match becomes {
            Verdict::NeedsAnswers => self.with(&changes, |trial| trial.open_questions()),
            Verdict::Decided(_) => Vec::new(),
        };
        let (feasible, by) = self.trial.facts.feasible(self.trial.ix, &changes);
        self.sets.push(ChangeSet { changes, becomes, asks, feasible, by });
    }

    /// Looks at the cell with these answers changed.
    fn with<T>(&mut self, changes: &[(QuestionIx, Answer)], look: impl FnOnce(&mut Trial<'a>) -> T) -> T {
        let before: Vec<_> = changes.iter().map(|(question, _)| self.trial.facts.value(*question)).collect();
        changes.iter().for_each(|(question, answer)| self.trial.set(*question, Some(*answer)));
        let seen = look(self.trial);
        changes.iter().zip(before).for_each(|((question, _), answer)| self.trial.set(*question, answer));
        seen
    }
}

/// How far one answer is from another of its kind, so that the nearest is tried first: in numbers, days or choices.
fn distance(one: Answer, other: Answer) -> u64 {
    match (one, other) {
        (Answer::Number(one), Answer::Number(other)) => one.abs_diff(other),
        (Answer::Date(one) | Answer::Planned(one), Answer::Date(other) | Answer::Planned(other)) => {
            let between = |from: Day, until: Day| u64::try_from(i64::from(until.0) - i64::from(from.0)).unwrap_or(0);
            between(one.last, other.first).max(between(other.last, one.first))
        }
        (Answer::Choices(one), Answer::Choices(other)) => (one ^ other).count_ones().into(),
        // Authors list choices in the order in which one comes after another.
        (Answer::Choice(one), Answer::Choice(other)) => one.abs_diff(other).into(),
        _ => 0,
    }
}

/// Whether a set of changes concerns no other questions than the larger one.
fn covers(smaller: &[(QuestionIx, Answer)], larger: &[(QuestionIx, Answer)]) -> bool {
    smaller.iter().all(|(question, _)| larger.iter().any(|(other, _)| other == question))
}
