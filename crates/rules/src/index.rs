//! What depends on what: which rules and scopes to look at again when one answer changes.

use crate::lens::Ways;
use crate::rulebook::{Condition, QuestionIx, RuleIx, Rulebook};
use std::cell::OnceCell;

/// What follows from the rest of a rulebook, worked out once it is needed. A copy of the rulebook does so anew, as copies
/// are made to be changed.
#[derive(Debug, Default)]
pub struct Derived {
    index: OnceCell<Index>,
    /// For each cell the ways to read its disagreements.
    ways: OnceCell<Vec<Ways>>,
    /// For each rule the readings (as bits) that are too weak to close a cell, as long as nobody enters dates.
    weak: OnceCell<Vec<u16>>,
}

impl Clone for Derived {
    fn clone(&self) -> Derived {
        Derived::default()
    }
}

impl PartialEq for Derived {
    /// Equal rulebooks have equal ones.
    fn eq(&self, _: &Derived) -> bool {
        true
    }
}

impl Rulebook {
    pub(crate) fn index(&self) -> &Index {
        self.derived.index.get_or_init(|| Index::new(self))
    }

    /// For each cell the ways to read its disagreements, and those of cells that share them.
    pub(crate) fn ways_of_cells(&self) -> &[Ways] {
        self.derived.ways.get_or_init(|| Ways::of_cells(self))
    }

    /// For each rule the readings (as bits) that are too weak to close a cell.
    pub(crate) fn weak_readings(&self) -> &[u16] {
        let weak = || self.rules.iter().map(|rule| rule.weak_readings(self, |_| false)).collect();
        self.derived.weak.get_or_init(weak)
    }
}

/// For each question of a rulebook what looks at it. Looking goes through the rules that a condition names.
#[derive(Debug)]
pub(crate) struct Index {
    /// The questions whose scope can change with its answer.
    pub scoped: Vec<Vec<QuestionIx>>,
    /// The rules that can come to something else when its answer changes: those that look at it, or at a question whose
    /// scope changes with it.
    pub touched: Vec<Vec<RuleIx>>,
    /// The group of constraints that its answer can break or mend, if there is one: a position in `groups`.
    pub group: Vec<Option<usize>>,
    /// The constraints (as positions) in groups that no question has in common. Some are empty.
    pub groups: Vec<Vec<usize>>,
}

impl Index {
    pub fn new(rulebook: &Rulebook) -> Index {
        let (questions, rules) = (rulebook.questions.len(), rulebook.rules.len());
        // The conditions that name a question, and those that name a rule.
        let (mut scopes, mut scopes_on) = (vec![Vec::new(); questions], vec![Vec::new(); rules]);
        for &question in &rulebook.scope_order {
            let scope = rulebook[question].relevant_when.iter();
            scope.for_each(|scope| note(scope, question, &mut scopes, &mut scopes_on));
        }
        let (mut naming, mut rules_on) = (vec![Vec::new(); questions], vec![Vec::new(); rules]);
        for rule in (0..rules).map(RuleIx::nth) {
            rulebook[rule].bodies().for_each(|(body, _)| note(body, rule, &mut naming, &mut rules_on));
        }
        let (mut constraints, mut constraints_on) = (vec![Vec::new(); questions], vec![Vec::new(); rules]);
        for (number, constraint) in rulebook.constraints.iter().enumerate() {
            note(&constraint.holds_when, number, &mut constraints, &mut constraints_on);
        }
        let looking: Vec<Vec<RuleIx>> = naming.into_iter().map(|named| followed(named, &rules_on)).collect();
        for (question, rules) in looking.iter().enumerate() {
            for rule in rules {
                add(&scopes_on[rule.index()], &mut scopes[question]);
                add(&constraints_on[rule.index()], &mut constraints[question]);
            }
        }
        let (mut touched, mut group) = (Vec::with_capacity(questions), Vec::with_capacity(questions));
        let mut scoped = Vec::with_capacity(questions);
        let mut joined: Vec<usize> = (0..rulebook.constraints.len()).collect();
        for question in (0..questions).map(QuestionIx::nth) {
            let (mut rules, mut broken) = (Vec::new(), Vec::new());
            let mut changing = followed(vec![question], &scopes);
            for changing in &changing {
                add(&looking[changing.index()], &mut rules);
                add(&constraints[changing.index()], &mut broken);
            }
            changing.remove(0);
            scoped.push(changing);
            touched.push(rules);
            group.push(broken.first().copied());
            for other in broken.iter().skip(1) {
                let (one, other) = (head(&joined, broken[0]), head(&joined, *other));
                joined[other] = one;
            }
        }
        let mut groups = vec![Vec::new(); joined.len()];
        (0..joined.len()).for_each(|constraint| groups[head(&joined, constraint)].push(constraint));
        group.iter_mut().flatten().for_each(|constraint| *constraint = head(&joined, *constraint));
        Index { scoped, touched, group, groups }
    }
}

/// The constraint that stands for all those joined with this one.
fn head(joined: &[usize], constraint: usize) -> usize {
    let mut at = constraint;
    while joined[at] != at {
        at = joined[at];
    }
    at
}

/// A position in a list of a rulebook.
trait Position: Copy + PartialEq {
    fn at(self) -> usize;
}

impl Position for QuestionIx {
    fn at(self) -> usize {
        self.index()
    }
}

impl Position for RuleIx {
    fn at(self) -> usize {
        self.index()
    }
}

/// The first ones, and all that look at one of them.
fn followed<T: Position>(first: Vec<T>, looking: &[Vec<T>]) -> Vec<T> {
    let mut found = first;
    let mut next = 0;
    while let Some(&item) = found.get(next) {
        add(&looking[item.at()], &mut found);
        next += 1;
    }
    found
}

fn add<T: Copy + PartialEq>(more: &[T], known: &mut Vec<T>) {
    for item in more {
        if !known.contains(item) {
            known.push(*item);
        }
    }
}

/// Notes what a condition names: `by` looks at it.
fn note<T: Copy + PartialEq>(condition: &Condition, by: T, questions: &mut [Vec<T>], rules: &mut [Vec<T>]) {
    condition.each_leaf(&mut |leaf| {
        let list = match (leaf, leaf.question()) {
            (Condition::Rule(rule), _) => rules.get_mut(rule.index()),
            (_, Some(question)) => questions.get_mut(question.index()),
            _ => None,
        };
        if let Some(list) = list.filter(|list| !list.contains(&by)) {
            list.push(by);
        }
    });
}
