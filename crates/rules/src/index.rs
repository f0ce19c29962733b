//! What depends on what: which rules and scopes to look at again when one answer changes.

use crate::calendar::Calendar;
use crate::lens::Ways;
use crate::rulebook::{CellIx, Choice, Condition, MomentIx, Question, QuestionIx, QuestionKind, RuleIx, Rulebook};
use std::cell::OnceCell;
use std::rc::Rc;

/// What follows from the rest of a rulebook, worked out once it is needed. A copy of the rulebook does so anew, as copies
/// are made to be changed.
#[derive(Debug, Default)]
pub struct Derived {
    index: OnceCell<Index>,
    /// For each cell the ways to read its disagreements.
    ways: OnceCell<Vec<Ways>>,
    /// For each rule the readings (as bits) that are too weak to close a cell.
    weak: OnceCell<Vec<u16>>,
    /// What is known of the dates, as long as nobody enters any.
    calendar: OnceCell<Rc<Calendar>>,
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
        self.derived.weak.get_or_init(|| self.rules.iter().map(crate::rulebook::Rule::weak_readings).collect())
    }

    /// What is known of the dates, as long as nobody enters any.
    pub(crate) fn calendar(&self) -> Rc<Calendar> {
        self.derived.calendar.get_or_init(|| Rc::new(Calendar::new(self, |_| None))).clone()
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
    /// For each rule whether everything looks at it as it is alone: it may close cells, and neither a cell requires it nor
    /// does a rule name it.
    pub as_it_is: Vec<bool>,
    /// The group of constraints that its answer can break or mend, if there is one: a position in `groups`.
    pub group: Vec<Option<usize>>,
    /// The constraints (as positions) that its answer can break or mend.
    pub constrained: Vec<Vec<usize>>,
    /// The constraints (as positions) in groups that no question has in common. Some are empty.
    pub groups: Vec<Vec<usize>>,
    /// For each group the questions whose answers can break or mend it.
    pub tied: Vec<Vec<QuestionIx>>,
    /// Whether it has choices on which the day or a cell has a say.
    pub timed: Vec<bool>,
    /// The ways in which something looks at its day, or at how far it has come.
    pub looks: Vec<Vec<DayLook>>,
    /// The dates that its answer is compared with: those of conditions, and those by which rules want it.
    pub dated: Vec<Vec<MomentIx>>,
    /// The cells whose being closed its answer can change, and on which outcomes of theirs depend.
    pub shutting: Vec<Vec<CellIx>>,
    /// For each cell the rules that look at its outcomes.
    pub awaiting: Vec<Vec<RuleIx>>,
    /// For each cell the dates on which outcomes of it come out, and the rules that look whether one has passed.
    pub coming_out: Vec<(Vec<MomentIx>, Vec<RuleIx>)>,
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
        let (shutting, awaiting) = shutting(rulebook, &looking);
        for (question, rules) in looking.iter().enumerate() {
            for rule in rules {
                add(&scopes_on[rule.index()], &mut scopes[question]);
                add(&constraints_on[rule.index()], &mut constraints[question]);
            }
        }
        let (mut touched, mut group) = (Vec::with_capacity(questions), Vec::with_capacity(questions));
        let (mut scoped, mut constrained) = (Vec::with_capacity(questions), Vec::with_capacity(questions));
        let mut joined: Vec<usize> = (0..rulebook.constraints.len()).collect();
        for question in (0..questions).map(QuestionIx::nth) {
            let (mut rules, mut broken) = (Vec::new(), Vec::new());
            let mut changing = followed(vec![question], &scopes);
            for changing in &changing {
                add(&looking[changing.index()], &mut rules);
                add(&constraints[changing.index()], &mut broken);
                shutting[changing.index()].iter().for_each(|cell| add(&awaiting[cell.index()], &mut rules));
            }
            changing.remove(0);
            scoped.push(changing);
            touched.push(rules);
            group.push(broken.first().copied());
            for other in broken.iter().skip(1) {
                let (one, other) = (head(&joined, broken[0]), head(&joined, *other));
                joined[other] = one;
            }
            constrained.push(broken);
        }
        let mut groups = vec![Vec::new(); joined.len()];
        (0..joined.len()).for_each(|constraint| groups[head(&joined, constraint)].push(constraint));
        group.iter_mut().flatten().for_each(|constraint| *constraint = head(&joined, *constraint));
        let mut tied = vec![Vec::new(); groups.len()];
        for (question, group) in (0..).map(QuestionIx).zip(&group) {
            group.iter().for_each(|group: &usize| tied[*group].push(question));
        }
        // What a scope looks at can change whether a cell is closed, too.
        let through_scopes = |question: usize| {
            let mut cells = shutting[question].clone();
            let scoped: &Vec<QuestionIx> = &scoped[question];
            scoped.iter().for_each(|scoped| add(&shutting[scoped.index()], &mut cells));
            cells
        };
        let shutting = (0..questions).map(through_scopes).collect();
        let looks = looks(rulebook);
        let dated = looks.iter().map(|looks| dated(rulebook, looks)).collect();
        let timed = |question: &Question| match &question.kind {
            QuestionKind::Choice(choices) => choices.iter().any(Choice::depends_on_time),
            _ => false,
        };
        let mut as_it_is: Vec<bool> = rules_on.iter().map(Vec::is_empty).collect();
        rulebook.cells.iter().flat_map(|cell| &cell.requires).for_each(|rule| as_it_is[rule.index()] = false);
        let coming_out = coming_out(rulebook, &rules_on);
        let timed = rulebook.questions.iter().map(timed).collect();
        Index {
            scoped,
            touched,
            as_it_is,
            group,
            constrained,
            groups,
            tied,
            timed,
            looks,
            dated,
            shutting,
            awaiting,
            coming_out,
        }
    }
}

/// For each question the cells that its answer can close, where outcomes of theirs are asked about; for each cell the rules
/// that look at its outcomes.
fn shutting(rulebook: &Rulebook, looking: &[Vec<RuleIx>]) -> (Vec<Vec<CellIx>>, Vec<Vec<RuleIx>>) {
    let mut shutting = vec![Vec::new(); rulebook.questions.len()];
    let mut awaiting = vec![Vec::new(); rulebook.cells.len()];
    for (outcome, question) in rulebook.questions.iter().enumerate() {
        let QuestionKind::Choice(choices) = &question.kind else { continue };
        for cell in choices.iter().filter_map(|choice| choice.outcome_of) {
            let closing = |rule: &RuleIx| {
                let cell = &rulebook[cell];
                cell.requires.contains(rule) || cell.closed.iter().any(|(_, closing)| closing == rule)
            };
            add(&looking[outcome], &mut awaiting[cell.index()]);
            for (other, rules) in looking.iter().enumerate() {
                if rules.iter().any(closing) {
                    add(&[cell], &mut shutting[other]);
                }
            }
        }
    }
    (shutting, awaiting)
}

/// For each cell the dates on which outcomes of it come out, and the rules that look whether one has passed.
fn coming_out(rulebook: &Rulebook, rules_on: &[Vec<RuleIx>]) -> Vec<(Vec<MomentIx>, Vec<RuleIx>)> {
    let mut found = vec![(Vec::new(), Vec::new()); rulebook.cells.len()];
    let choices = rulebook.questions.iter().filter_map(|question| match &question.kind {
        QuestionKind::Choice(choices) => Some(choices),
        _ => None,
    });
    for choice in choices.flatten() {
        if let (Some(cell), Some(moment)) = (choice.outcome_of, choice.not_before) {
            add(&[moment], &mut found[cell.index()].0);
        }
    }
    for (moments, rules) in &mut found {
        let looks = |rule: &RuleIx| {
            let mut looks = false;
            rulebook[*rule].bodies().for_each(|(body, _)| {
                body.each_leaf(&mut |leaf| {
                    looks |= matches!(leaf, Condition::Passed(moment) if moments.contains(moment));
                });
            });
            looks
        };
        *rules = followed((0..rulebook.rules.len()).map(RuleIx::nth).filter(looks).collect(), rules_on);
    }
    found
}

/// A way in which something looks at the day of a question, or at how far it has come.
#[derive(Clone, Debug)]
pub(crate) struct DayLook {
    /// A part that is no connective.
    pub leaf: Condition,
    /// The rule that it belongs to, if it does to one. Others that want the same by the same dates are left out.
    pub rule: Option<RuleIx>,
}

/// For each question with days or stages the ways in which something looks at it.
fn looks(rulebook: &Rulebook) -> Vec<Vec<DayLook>> {
    let mut looks: Vec<Vec<DayLook>> = vec![Vec::new(); rulebook.questions.len()];
    let asks = |rule: Option<RuleIx>| rule.map(|rule| (&rulebook[rule].dues, rulebook[rule].due_after_applying));
    let mut note = |condition: &Condition, rule: Option<RuleIx>| {
        condition.each_leaf(&mut |leaf| {
            if let (Condition::Compare(..) | Condition::Done(_) | Condition::Undone(_), Some(question)) =
                (leaf, leaf.question())
            {
                let looks = &mut looks[question.index()];
                if !looks.iter().any(|look| look.leaf == *leaf && asks(look.rule) == asks(rule)) {
                    looks.push(DayLook { leaf: leaf.clone(), rule });
                }
            }
        });
    };
    for ix in (0..rulebook.rules.len()).map(RuleIx::nth) {
        rulebook[ix].bodies().for_each(|(condition, _)| note(condition, Some(ix)));
    }
    let others = rulebook.questions.iter().filter_map(|question| question.relevant_when.as_ref());
    let others = others.chain(rulebook.constraints.iter().map(|constraint| &constraint.holds_when));
    let others = others.chain(rulebook.cells.iter().map(|cell| &cell.covered));
    let others = others.chain(rulebook.documents.iter().map(|document| &document.needed_when));
    others.for_each(|condition| note(condition, None));
    looks
}

/// The dates that these compare answers with.
fn dated(rulebook: &Rulebook, looks: &[DayLook]) -> Vec<MomentIx> {
    let mut dated = Vec::new();
    for DayLook { leaf, rule } in looks {
        if let (Some(rule), false) = (rule, matches!(leaf, Condition::Undone(_))) {
            add(&rulebook[*rule].dues, &mut dated);
            rulebook.last.iter().for_each(|last| add(&[*last], &mut dated));
        }
        if let Condition::Compare(_, _, moment) = leaf {
            add(&[*moment], &mut dated);
        }
    }
    dated
}

impl Rulebook {
    /// The dates that something compares the answer to a question with.
    #[must_use]
    pub fn dates_of(&self, question: QuestionIx) -> &[MomentIx] {
        &self.index().dated[question.index()]
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
