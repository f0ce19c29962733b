//! One verdict for each cell, from the rules alone.

use crate::facts::Facts;
use crate::possible::{PerLens, Possible};
use crate::rulebook::{CellIx, QuestionIx};
use crate::trial::Trial;

/// What a complete set of answers comes to in one cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Nothing that the rules can check stands in the way.
    Open,
    /// Something is still to be done, and can be.
    NotYet,
    /// The rules do not say: whom to ask.
    Ask,
    /// A requirement cannot be met any more.
    Unmet,
    /// Closed for another cause: a position in the cell's kinds.
    Closed(u8),
}

impl Outcome {
    /// Whether the cell is closed, for whatever cause.
    #[must_use]
    pub fn is_closed(self) -> bool {
        matches!(self, Outcome::Unmet | Outcome::Closed(_))
    }
}

/// What a trial about a document comes to, in the words of cells.
const NEEDED: Outcome = Outcome::Open;
const NOT_NEEDED: Outcome = Outcome::Unmet;

/// What is reported while answers may still be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every admissible way to complete the answers gives this.
    Decided(Outcome),
    /// Answers are missing, not known, or contradict each other.
    NeedsAnswers,
}

/// A set of outcomes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcomes(u32);

impl Outcomes {
    fn bit(outcome: Outcome) -> u32 {
        1 << match outcome {
            Outcome::Open => 0,
            Outcome::NotYet => 1,
            Outcome::Ask => 2,
            Outcome::Unmet => 3,
            Outcome::Closed(kind) => 4 + u32::from(kind.min(27)),
        }
    }

    /// Those that do not close a cell.
    pub(crate) const NOT_CLOSED: Outcomes = Outcomes(0b111);

    pub(crate) fn of(outcome: Outcome) -> Outcomes {
        Outcomes(Outcomes::bit(outcome))
    }

    pub(crate) fn all_but(outcome: Outcome) -> Outcomes {
        Outcomes(!Outcomes::bit(outcome))
    }

    pub(crate) fn with(self, outcome: Outcome) -> Outcomes {
        Outcomes(self.0 | Outcomes::bit(outcome))
    }

    pub(crate) fn add(&mut self, outcome: Outcome) {
        self.0 |= Outcomes::bit(outcome);
    }

    pub(crate) fn add_all(&mut self, other: Outcomes) {
        self.0 |= other.0;
    }

    /// Whether the other set contains all of these.
    pub(crate) fn are_among(self, other: Outcomes) -> bool {
        self.0 & !other.0 == 0
    }

    /// Whether there is one that both contain.
    pub(crate) fn meets(self, other: Outcomes) -> bool {
        self.0 & other.0 != 0
    }

    #[must_use]
    pub fn contains(self, outcome: Outcome) -> bool {
        self.0 & Outcomes::bit(outcome) != 0
    }

    /// The only one, if there is just one.
    #[must_use]
    pub fn single(self) -> Option<Outcome> {
        self.first().filter(|_| self.0.is_power_of_two())
    }

    /// The first one, from open to closed.
    #[must_use]
    pub fn first(self) -> Option<Outcome> {
        Some(match self.0.trailing_zeros() {
            0 => Outcome::Open,
            1 => Outcome::NotYet,
            2 => Outcome::Ask,
            3 => Outcome::Unmet,
            32.. => return None,
            kind => Outcome::Closed(u8::try_from(kind - 4).unwrap_or(u8::MAX)),
        })
    }
}

impl Facts<'_> {
    /// The verdict of a cell: decided as soon as every admissible way to complete the answers agrees.
    #[must_use]
    pub fn verdict(&self, cell: CellIx) -> Verdict {
        Trial::new(self, cell).verdict()
    }

    /// The outcomes that are not ruled out: a superset of what the ways to complete the answers give, and exactly one
    /// outcome when the answers are complete.
    #[must_use]
    pub fn outcomes(&self, cell: CellIx) -> Outcomes {
        Trial::new(self, cell).outcomes()
    }

    /// The questions without a known value that an unsettled part of the cell looks at, in the author's order. It only
    /// shrinks as answers come in; some of them may turn out not to matter (see [`Facts::can_change`]).
    #[must_use]
    pub fn open_questions(&self, cell: CellIx) -> Vec<QuestionIx> {
        Trial::new(self, cell).open_questions()
    }

    /// Whether two admissible ways to complete the answers that differ in this question alone come to different
    /// outcomes. A search that would go on for too long counts as yes.
    #[must_use]
    pub fn can_change(&self, cell: CellIx, question: QuestionIx) -> bool {
        Trial::new(self, cell).can_change(question).unwrap_or(true)
    }
}

impl Trial<'_> {
    /// The outcomes that are not ruled out; see [`Facts::outcomes`].
    pub fn outcomes(&self) -> Outcomes {
        let mut outcomes = Outcomes::default();
        if let Some(needed_when) = self.needed_when {
            let needed = self.look().plainly(needed_when);
            if needed.can(Possible::YES) {
                outcomes.add(NEEDED);
            }
            if needed != Possible::YES {
                outcomes.add(NOT_NEEDED);
            }
            return outcomes;
        }
        let (look, lenses) = (self.look(), &self.lenses);
        let all = |mask: u64, lenses: u64| mask & lenses == lenses;
        let (mut free, mut blocked) = (true, false);
        for &(kind, rule) in &self.cell.closed {
            let said = look.rule(rule);
            if all(said.yes, lenses.now_strongly) {
                outcomes.add(Outcome::Closed(kind));
                if said.unsettled() & lenses.now_strongly == 0 {
                    return outcomes;
                }
            }
            let silent = all(said.no | said.dropped, lenses.now);
            let must_be_silent = silent && (said.yes | said.cannot_say) & lenses.now == 0;
            // A closing rule can be doubtful where the readings can differ, or only weak sources say it.
            let weakly = said.yes & lenses.strongly_to_now(said.cannot_say);
            let doubtful = (said.cannot_say | weakly) & lenses.now != 0 || self.facts.rulebook[rule].disputed;
            blocked |= !must_be_silent && (!silent || doubtful);
            free &= silent;
        }
        let required = self.required_unless_no(lenses.best_strongly);
        if all(required.no, lenses.best_strongly) {
            outcomes.add(Outcome::Unmet);
            if required.unsettled() & lenses.best_strongly == 0 {
                return outcomes;
            }
        }
        if blocked || self.is_stale() {
            outcomes.add(Outcome::Ask);
        }
        if !free || self.is_stale() {
            return outcomes;
        }
        if all(required.yes, lenses.now) {
            let covered = look.plainly(&self.cell.covered);
            if covered.can(Possible::YES) {
                // Before it opens, its opening is still to come; where nothing is known of that, it holds back nothing.
                let shut = self.cell.opens.map_or(Possible::NO, |opens| self.facts.passed(opens).negate());
                if shut != Possible::YES {
                    outcomes.add(Outcome::Open);
                }
                if shut.can(Possible::YES) {
                    outcomes.add(Outcome::NotYet);
                }
            }
            if !covered.must(Possible::YES) {
                outcomes.add(Outcome::Ask);
            }
            if required.unsettled() & lenses.now == 0 {
                return outcomes;
            }
        }
        let can_be_met = all(required.yes, lenses.best);
        if can_be_met {
            outcomes.add(Outcome::NotYet);
        }
        if !can_be_met || required.unsettled() & lenses.best != 0 {
            outcomes.add(Outcome::Ask);
        }
        outcomes
    }

    /// Whether the rules should have been checked again by this day: what they do not close for certain, they leave to ask.
    pub fn is_stale(&self) -> bool {
        self.facts.as_of().is_some_and(|as_of| as_of.instant >= self.facts.rulebook.check_by)
    }

    /// Whether an answer to the question may leave a single outcome, where now there are several. It cannot if a closing
    /// rule may say yes, and neither that rule nor one before it is touched: the outcome of that one stays possible, and so
    /// does another.
    pub fn may_settle(&self, question: QuestionIx) -> bool {
        let (touched, strongly) = (self.facts.touched(question), self.lenses.now_strongly);
        let mut closing = self.cell.closed.iter().map(|(_, rule)| rule);
        let telling = closing.find(|rule| touched.contains(rule) || strongly & !self.rule(**rule).yes == 0);
        telling.is_none_or(|rule| touched.contains(rule))
    }

    /// What the cell's requirements come to together; where none applies, nobody can say.
    pub fn required(&self) -> PerLens {
        self.required_unless_no(self.lenses.all())
    }

    /// The same, but once it is no through each of these lenses for certain, nothing is said of the others.
    fn required_unless_no(&self, lenses: u64) -> PerLens {
        let look = self.look();
        let mut all = PerLens::of(Possible::DROPPED, self.lenses.all());
        for rule in &self.cell.requires {
            all = all.and(look.rule(*rule));
            if all.only_no() & lenses == lenses {
                break;
            }
        }
        all.or_doubtful()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(outcomes: &[Outcome]) -> Outcomes {
        let mut set = Outcomes::default();
        outcomes.iter().for_each(|outcome| set.add(*outcome));
        set
    }

    #[test]
    fn sets_of_outcomes_are_compared() {
        let (open, ask, lost) = (Outcome::Open, Outcome::Ask, Outcome::Closed(1));
        // Whether they have one in common, and whether the second has all of the first.
        let rows: [(&[Outcome], &[Outcome], bool, bool); 7] = [
            (&[open], &[open], true, true),
            (&[open], &[ask], false, false),
            (&[open], &[open, ask], true, true),
            (&[open, ask], &[open], true, false),
            (&[open, ask], &[ask, lost], true, false),
            (&[open, lost], &[open, ask, lost], true, true),
            (&[], &[open], false, true),
        ];
        for (one, other, meet, are_among) in rows {
            assert_eq!(set(one).meets(set(other)), meet, "{one:?}, {other:?}");
            assert_eq!(set(one).are_among(set(other)), are_among, "{one:?}, {other:?}");
        }
    }

    #[test]
    fn a_set_knows_its_first_outcome_and_whether_it_is_the_only_one() {
        let rows: [(&[Outcome], Option<Outcome>, Option<Outcome>); 5] = [
            (&[], None, None),
            (&[Outcome::Ask], Some(Outcome::Ask), Some(Outcome::Ask)),
            (&[Outcome::Ask, Outcome::NotYet], Some(Outcome::NotYet), None),
            (&[Outcome::Closed(27)], Some(Outcome::Closed(27)), Some(Outcome::Closed(27))),
            (&[Outcome::Closed(3), Outcome::Unmet], Some(Outcome::Unmet), None),
        ];
        for (outcomes, first, single) in rows {
            assert_eq!((set(outcomes).first(), set(outcomes).single()), (first, single), "{outcomes:?}");
            assert!(outcomes.iter().all(|outcome| set(outcomes).contains(*outcome)), "{outcomes:?}");
        }
    }
}
