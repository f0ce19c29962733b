//! Trying answers out, one cell after the other.

use crate::answers::Answer;
use crate::calendar::ByStrength;
use crate::facts::Facts;
use crate::lens::{Lenses, Ways};
use crate::look::{Kept, Look};
use crate::possible::PerLens;
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
    saved: (Vec<PerLens>, Vec<Option<ByStrength>>),
    constraints: Constraints,
    /// What rules come to with all answers to one question together, of all questions for which answers are being tried.
    together: Vec<PerLens>,
    /// The rules of which more is kept than follows from what is known at first sight.
    narrowed: Vec<RuleIx>,
    /// How many searches, one within the other, remember what they see.
    depth: u32,
}

/// A group of constraints, whether the day is known, and what is known of its questions.
type Known = (usize, bool, Vec<Option<Answer>>);

/// What is known of the groups of constraints that no question has in common.
struct Constraints {
    /// Whether the answers can be completed without breaking one of the group.
    admit: Vec<bool>,
    /// The groups that have to be looked at again.
    stale: Vec<usize>,
    /// How many groups do not admit the answers, but for the stale ones.
    broken: usize,
    /// What was found of a group, with the day or without it, and with these answers to its questions; in order.
    found: Vec<(Known, bool)>,
}

impl Constraints {
    fn set(&mut self, group: usize, admit: bool) {
        self.broken = self.broken + usize::from(!admit) - usize::from(!self.admit[group]);
        self.admit[group] = admit;
    }

    /// Whether the group is known to admit the answers.
    fn admits(&self, group: usize) -> bool {
        self.admit[group] && !self.stale.contains(&group)
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
            constraints: Constraints {
                admit: vec![true; constraints],
                stale: (0..constraints).collect(),
                broken: 0,
                found: Vec::new(),
            },
            together: Vec::new(),
            narrowed: Vec::new(),
            depth: 0,
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
        let Some(group) = self.facts.group(question) else { return };
        // What could be completed still can be where an answer is taken back.
        if value.is_some() || !self.constraints.admits(group) {
            self.constraints.look_again(Some(group));
        }
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
            let admit = self.admits(group);
            self.constraints.set(group, admit);
        }
        self.constraints.broken == 0
    }

    /// Whether the answers can be completed without breaking a constraint of the group.
    fn admits(&mut self, group: usize) -> bool {
        let answers = self.facts.tied_by(group).iter().map(|question| self.facts.value(*question)).collect();
        let known = (group, self.facts.as_of().is_some(), answers);
        match self.constraints.found.binary_search_by(|(other, _)| other.cmp(&known)) {
            Ok(place) => self.constraints.found[place].1,
            Err(place) => {
                let admits = self.facts.admits_group(group);
                self.constraints.found.insert(place, (known, admits));
                admits
            }
        }
    }

    /// Whether the test holds for an answer of some class to the question, of those that contradict nothing; tried in
    /// order. Afterwards the question is as before.
    pub fn any_class(&mut self, question: QuestionIx, test: impl FnMut(&mut Self) -> bool) -> bool {
        self.remembering(|trial| trial.any_class_narrowing(question, test))
    }

    /// Lets things be tried out while what that shows of rules is remembered, as long as nothing changes on which it hangs.
    /// Afterwards it is forgotten, so that what is seen does not depend on what was tried before.
    pub fn remembering<T>(&mut self, tried: impl FnOnce(&mut Self) -> T) -> T {
        self.depth += 1;
        let result = tried(self);
        self.depth -= 1;
        if self.depth == 0 {
            self.kept.forget(&self.narrowed);
            self.narrowed.clear();
        }
        result
    }

    fn any_class_narrowing(&mut self, question: QuestionIx, mut test: impl FnMut(&mut Self) -> bool) -> bool {
        let touched = self.facts.touched(question);
        // Constraints tie which answers can be given to other answers.
        let mut narrows = self.facts.group(question).is_none();
        let first = self.together.len();
        let found = self.trying(question, |trial| {
            let classes = trial.facts.classes(question);
            (0..).zip(&*classes).any(|(place, class)| {
                trial.set(question, Some(*class));
                if trial.is_admissible() {
                    if test(trial) {
                        return true;
                    }
                    if narrows {
                        trial.kept.join(touched, place == 0, first, &mut trial.together);
                    }
                } else {
                    narrows = false;
                }
                false
            })
        });
        if !found && narrows {
            self.kept.narrow(touched, &self.together[first..], &mut self.narrowed);
        }
        self.together.truncate(first);
        found
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
