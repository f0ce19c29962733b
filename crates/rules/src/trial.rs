//! Trying answers out, one cell after the other.

use crate::answers::Answer;
use crate::facts::Facts;
use crate::lens::{Lenses, Ways};
use crate::look::{Kept, Look};
use crate::possible::{PerLens, Possible};
use crate::rulebook::{AsOf, Cell, CellIx, Condition, DocumentIx, QuestionIx, RuleIx};

/// What a trial is about: the verdict of a cell, or whether a document is needed.
#[derive(Clone, Copy)]
pub(crate) enum Subject {
    Cell(CellIx),
    Document(DocumentIx),
}

/// A copy of the facts to try answers out on, seen through all lenses of a cell. What a rule comes to is kept until
/// an answer changes that it depends on, so that trying out one more answer costs little.
pub(crate) struct Trial<'a> {
    pub facts: Facts<'a>,
    pub cell: &'a Cell,
    pub ix: CellIx,
    pub ways: Ways,
    pub lenses: Lenses<'a>,
    /// When a document is needed, while the trial is about that and not about the cell.
    pub needed_when: Option<&'a Condition>,
    kept: Kept,
    /// What to put back, of all questions for which answers are being tried.
    saved: (Vec<PerLens>, Vec<Option<Possible>>),
    constraints: Constraints,
}

/// What is known of the groups of constraints that no question has in common.
struct Constraints {
    /// Whether the answers can be completed without breaking one of the group.
    admit: Vec<bool>,
    /// The groups that have to be looked at again.
    stale: Vec<usize>,
    /// How many groups do not admit the answers, but for the stale ones.
    broken: usize,
}

impl Constraints {
    fn set(&mut self, group: usize, admit: bool) {
        self.broken = self.broken + usize::from(!admit) - usize::from(!self.admit[group]);
        self.admit[group] = admit;
    }

    fn look_again(&mut self, group: Option<usize>) {
        self.stale.extend(group.filter(|group| !self.stale.contains(group)));
    }
}

impl<'a> Trial<'a> {
    pub fn new(facts: &Facts<'a>, ix: CellIx) -> Trial<'a> {
        let rulebook = facts.rulebook;
        let constraints = rulebook.constraints.len();
        Trial {
            facts: facts.clone(),
            cell: &rulebook[ix],
            ix,
            ways: facts.ways(ix),
            lenses: Lenses::each(facts.ways(ix)),
            needed_when: None,
            kept: Kept::of(rulebook),
            saved: (Vec::new(), Vec::new()),
            constraints: Constraints { admit: vec![true; constraints], stale: (0..constraints).collect(), broken: 0 },
        }
    }

    /// The same trial, which is made when it is first needed, for something else: a copy of the facts for each would make
    /// the work grow with the square of the rulebook.
    pub fn on<'t>(trial: &'t mut Option<Trial<'a>>, facts: &Facts<'a>, subject: Subject) -> &'t mut Trial<'a> {
        // Documents are looked at through a lens that every cell has.
        let cell = match subject {
            Subject::Cell(ix) => ix,
            Subject::Document(document) => facts.rulebook[document].cells.first().copied().unwrap_or(CellIx(0)),
        };
        let trial = trial.get_or_insert_with(|| Trial::new(facts, cell));
        trial.turn_to(subject);
        trial
    }

    /// Lets the trial be about something else. What rules came to is kept where the cells share the ways to read them.
    pub fn turn_to(&mut self, subject: Subject) {
        let rulebook = self.facts.rulebook;
        match subject {
            Subject::Document(document) => self.needed_when = Some(&rulebook[document].needed_when),
            Subject::Cell(ix) => {
                self.needed_when = None;
                (self.cell, self.ix) = (&rulebook[ix], ix);
                let ways = self.facts.ways(ix);
                if self.ways != ways {
                    (self.ways, self.lenses) = (ways, Lenses::each(ways));
                    self.kept.forget_all();
                }
            }
        }
    }

    pub fn look(&self) -> Look<'_> {
        Look::keeping(&self.facts, self.lenses, &self.kept)
    }

    /// The values that a rule can take through each lens.
    pub fn rule(&self, rule: RuleIx) -> PerLens {
        self.look().rule(rule)
    }

    pub fn set(&mut self, question: QuestionIx, value: Option<Answer>) {
        self.facts.set(question, value);
        self.kept.forget(self.facts.touched(question));
        self.constraints.look_again(self.facts.group(question));
    }

    /// Sets or takes away the day, for everything that the cell looks at.
    pub fn set_as_of(&mut self, as_of: Option<AsOf>) {
        self.kept.forget_all();
        self.facts.set_as_of(as_of, &self.cell.questions);
        for question in &self.cell.questions {
            self.constraints.look_again(self.facts.group(*question));
        }
    }

    /// Whether the answers can be completed without breaking a constraint.
    pub fn is_admissible(&mut self) -> bool {
        while let Some(group) = self.constraints.stale.pop() {
            let admit = self.facts.admits_group(group);
            self.constraints.set(group, admit);
        }
        self.constraints.broken == 0
    }

    /// Whether the test holds for an answer of some class to the question, of those that contradict nothing; tried in
    /// order. Afterwards the question is as before.
    pub fn any_class(&mut self, question: QuestionIx, mut test: impl FnMut(&mut Self) -> bool) -> bool {
        self.trying(question, |trial| {
            trial.facts.classes(question).iter().any(|class| {
                trial.set(question, Some(*class));
                trial.is_admissible() && test(trial)
            })
        })
    }

    /// Lets other answers to the question be tried out, and puts back the one that it has.
    pub fn trying<T>(&mut self, question: QuestionIx, tried: impl FnOnce(&mut Self) -> T) -> T {
        self.is_admissible();
        let group = self.facts.group(question).map(|group| (group, self.constraints.admit[group]));
        let before = self.facts.value(question);
        let (values, scopes) = (self.saved.0.len(), self.saved.1.len());
        self.kept.copy(self.facts.touched(question), &mut self.saved.0);
        self.facts.copy_scopes(question, &mut self.saved.1);
        let result = tried(self);
        self.facts.put_back(question, before, &self.saved.1[scopes..]);
        self.kept.put_back(self.facts.touched(question), &self.saved.0[values..]);
        self.saved.0.truncate(values);
        self.saved.1.truncate(scopes);
        if let Some((group, admit)) = group {
            // All others were looked at before, and have not changed since.
            self.constraints.stale.clear();
            self.constraints.set(group, admit);
        }
        result
    }
}
