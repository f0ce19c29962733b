//! The rules of a cycle as plain Boolean formulas, for complete answers on one day: the form that every rule engine can
//! take. All that is ours is worked out here and given to the peers: dates are folded into numbers, the two futures, the
//! strengths and the readings into one decision list for each cell, and what is the same is there once.
//!
//! Written from `docs/semantics.md`, like the proof's decision diagrams, and apart from the engine.

use bench_parts::code;
use rules::answers::Answer;
use rules::day::Day;
use rules::rulebook::{
    AsOf, Cell, Condition, MomentIx, Question, QuestionIx, QuestionKind, Relation, RuleIx, Rulebook,
};
use rules::verdict::{Outcome, Verdict};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Position of a formula in [`Formulas::nodes`].
pub type Node = usize;

/// A formula over facts. There is no "not": it is pushed down to the facts.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Formula {
    Const(bool),
    /// The choice is one of these.
    Is {
        fact: usize,
        choices: Vec<u8>,
    },
    /// This choice is, or is not, among those made.
    Has {
        fact: usize,
        choice: u8,
        holds: bool,
    },
    /// The number is at least this, or it is less.
    Least {
        fact: usize,
        least: i64,
        holds: bool,
    },
    All(Vec<Node>),
    Any(Vec<Node>),
}

/// What formulas are about.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    pub id: String,
    #[serde(flatten)]
    pub kind: FactKind,
}

#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase", tag = "kind", content = "choices")]
pub enum FactKind {
    /// One of so many.
    Choice(u8),
    /// Any of so many.
    Choices(u8),
    /// A number, or a day as a number.
    Number,
}

/// A decision list: the first line whose formula holds gives the verdict.
#[derive(Serialize)]
pub struct List {
    pub cell: String,
    pub lines: Vec<(Node, u8)>,
    pub otherwise: u8,
}

/// A value of a fact.
#[derive(Clone, Serialize)]
#[serde(untagged)]
pub enum Value {
    Number(i64),
    Choices(Vec<u8>),
}

#[derive(Serialize)]
pub struct Formulas {
    pub facts: Vec<Fact>,
    pub nodes: Vec<Formula>,
    pub cells: Vec<List>,
}

/// The four states of an event, as the choices of a fact.
const DONE: u8 = 0;
const PLANNED: u8 = 1;
const NOT_YET: u8 = 2;
const NEVER: u8 = 3;

impl Formulas {
    /// The rules as they stand on a day on which no unpublished date was entered.
    pub fn new(book: &Rulebook, as_of: AsOf) -> Formulas {
        let mut maker = Maker::new(book, as_of);
        let cells = book.cells.iter().map(|cell| maker.list(cell)).collect();
        Formulas { facts: maker.facts, nodes: maker.nodes, cells }
    }

    /// The answers as values of the facts. Nothing when a question has no exact answer.
    pub fn values(&self, book: &Rulebook, answers: &[(QuestionIx, Answer)]) -> Option<Vec<Value>> {
        let given: BTreeMap<QuestionIx, Answer> = answers.iter().copied().collect();
        let mut values = Vec::new();
        for question in (0..book.questions.len()).map(QuestionIx::nth) {
            values.extend(values_of(&book[question], *given.get(&question)?)?);
        }
        Some(values)
    }

    /// The verdict of every cell.
    pub fn verdicts(&self, values: &[Value]) -> Vec<u8> {
        let mut known = vec![None; self.nodes.len()];
        let list = |list: &List| {
            let line = list.lines.iter().find(|(node, _)| self.holds(*node, values, &mut known));
            line.map_or(list.otherwise, |(_, verdict)| *verdict)
        };
        self.cells.iter().map(list).collect()
    }

    fn holds(&self, node: Node, values: &[Value], known: &mut [Option<bool>]) -> bool {
        if let Some(known) = known[node] {
            return known;
        }
        let holds = match &self.nodes[node] {
            Formula::Const(value) => *value,
            Formula::Is { fact, choices } => {
                matches!(values[*fact], Value::Number(n) if choices.iter().any(|choice| i64::from(*choice) == n))
            }
            Formula::Has { fact, choice, holds } => {
                matches!(&values[*fact], Value::Choices(made) if made.contains(choice)) == *holds
            }
            Formula::Least { fact, least, holds } => matches!(values[*fact], Value::Number(n) if n >= *least) == *holds,
            Formula::All(parts) => parts.iter().all(|part| self.holds(*part, values, known)),
            Formula::Any(parts) => parts.iter().any(|part| self.holds(*part, values, known)),
        };
        known[node] = Some(holds);
        holds
    }
}

/// The facts that stand for a question.
fn facts_of(question: &Question) -> Vec<Fact> {
    let count = u8::try_from(question.choice_ids().len()).unwrap_or(u8::MAX);
    let fact = |id: String, kind| Fact { id, kind };
    let id = question.id.to_string();
    match &question.kind {
        QuestionKind::Choice(_) | QuestionKind::YesNo => vec![fact(id, FactKind::Choice(count))],
        QuestionKind::Choices(..) => vec![fact(id, FactKind::Choices(count))],
        QuestionKind::Number(..) | QuestionKind::Date(..) => vec![fact(id, FactKind::Number)],
        QuestionKind::Event => {
            let day = format!("{id}-planned");
            vec![fact(id, FactKind::Choice(NEVER + 1)), fact(day, FactKind::Number)]
        }
    }
}

fn values_of(question: &Question, answer: Answer) -> Option<Vec<Value>> {
    let number = |n: u8| Value::Number(n.into());
    let event = |state: u8, day: i32| Some(vec![number(state), Value::Number(day.into())]);
    match answer {
        Answer::Skipped | Answer::DontKnow => None,
        Answer::Choice(choice) => Some(vec![number(choice)]),
        Answer::Choices(bits) => {
            let count = u8::try_from(question.choice_ids().len()).unwrap_or(u8::MAX);
            Some(vec![Value::Choices((0..count).filter(|choice| bits >> choice & 1 == 1).collect())])
        }
        Answer::Number(value) => Some(vec![Value::Number(value)]),
        Answer::Date(range) => (range.first == range.last).then(|| vec![Value::Number(range.first.0.into())]),
        Answer::Done => event(DONE, 0),
        Answer::Planned(range) => event(PLANNED, range.first.0),
        Answer::NotYet => event(NOT_YET, 0),
        Answer::Never => event(NEVER, 0),
    }
}

/// For each of the four values of a condition the formula that says when it has it.
#[derive(Clone, Copy)]
struct Values {
    yes: Node,
    no: Node,
    cannot: Node,
    dropped: Node,
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Lens {
    best: bool,
    strong: bool,
    readings: Vec<u8>,
}

#[derive(Clone, Copy)]
struct Due {
    moment: Option<MomentIx>,
    after_applying: bool,
}

const NO_DUE: Due = Due { moment: None, after_applying: false };

struct Maker<'a> {
    book: &'a Rulebook,
    as_of: AsOf,
    facts: Vec<Fact>,
    /// For each question its first fact.
    fact: Vec<usize>,
    nodes: Vec<Formula>,
    known: HashMap<Formula, Node>,
    rules: HashMap<(RuleIx, Lens), Values>,
    scope: Vec<Node>,
}

const NO: Node = 0;
const YES: Node = 1;

impl<'a> Maker<'a> {
    fn new(book: &'a Rulebook, as_of: AsOf) -> Maker<'a> {
        let (mut facts, mut fact) = (Vec::new(), Vec::new());
        for question in &book.questions {
            fact.push(facts.len());
            facts.extend(facts_of(question));
        }
        let mut maker = Maker {
            book,
            as_of,
            facts,
            fact,
            nodes: Vec::new(),
            known: HashMap::new(),
            rules: HashMap::new(),
            scope: vec![YES; book.questions.len()],
        };
        maker.node(Formula::Const(false));
        maker.node(Formula::Const(true));
        for &question in &book.scope_order {
            if let Some(condition) = &book[question].relevant_when {
                maker.scope[question.index()] = maker.values(condition, &maker.plain(), NO_DUE).yes;
            }
        }
        maker
    }

    fn plain(&self) -> Lens {
        Lens { best: false, strong: false, readings: vec![0; self.book.conflicts.len()] }
    }

    fn node(&mut self, formula: Formula) -> Node {
        *self.known.entry(formula).or_insert_with_key(|formula| {
            self.nodes.push(formula.clone());
            self.nodes.len() - 1
        })
    }

    fn constant(value: bool) -> Node {
        if value { YES } else { NO }
    }

    fn is(&mut self, fact: usize, mut choices: Vec<u8>) -> Node {
        let FactKind::Choice(count) = self.facts[fact].kind else { return NO };
        choices.sort_unstable();
        choices.dedup();
        match choices.len() {
            0 => NO,
            all if all == usize::from(count) => YES,
            _ => self.node(Formula::Is { fact, choices }),
        }
    }

    fn not(&mut self, node: Node) -> Node {
        match self.nodes[node].clone() {
            Formula::Const(value) => Maker::constant(!value),
            Formula::Is { fact, choices } => {
                let FactKind::Choice(count) = self.facts[fact].kind else { return NO };
                self.is(fact, (0..count).filter(|choice| !choices.contains(choice)).collect())
            }
            Formula::Has { fact, choice, holds } => self.node(Formula::Has { fact, choice, holds: !holds }),
            Formula::Least { fact, least, holds } => self.node(Formula::Least { fact, least, holds: !holds }),
            Formula::All(parts) => {
                let parts = parts.into_iter().map(|part| self.not(part)).collect();
                self.any(parts)
            }
            Formula::Any(parts) => {
                let parts = parts.into_iter().map(|part| self.not(part)).collect();
                self.all(parts)
            }
        }
    }

    fn any(&mut self, parts: Vec<Node>) -> Node {
        let parts = parts.into_iter().map(|part| self.dual(part)).collect();
        let all = self.all(parts);
        self.dual(all)
    }

    /// The negation, without simplifying what is simple already.
    fn dual(&mut self, node: Node) -> Node {
        match self.nodes[node].clone() {
            Formula::All(parts) => {
                let parts = parts.into_iter().map(|part| self.dual(part)).collect();
                self.joined(parts, Formula::Any)
            }
            Formula::Any(parts) => {
                let parts = parts.into_iter().map(|part| self.dual(part)).collect();
                self.joined(parts, Formula::All)
            }
            _ => self.not(node),
        }
    }

    fn joined(&mut self, mut parts: Vec<Node>, join: impl Fn(Vec<Node>) -> Formula) -> Node {
        parts.sort_unstable();
        self.node(join(parts))
    }

    /// All of these, simplified: constants go, choices of one fact are intersected, and a part that is an `any` loses
    /// what the others rule out, or goes where they fulfil it.
    fn all(&mut self, parts: Vec<Node>) -> Node {
        let mut flat = BTreeSet::new();
        let mut chosen: BTreeMap<usize, Vec<u8>> = BTreeMap::new();
        let mut waiting = parts;
        while let Some(part) = waiting.pop() {
            match &self.nodes[part] {
                Formula::Const(true) => {}
                Formula::Const(false) => return NO,
                Formula::All(parts) => waiting.extend(parts),
                Formula::Is { fact, choices } => {
                    let left = chosen.entry(*fact).or_insert_with(|| choices.clone());
                    left.retain(|choice| choices.contains(choice));
                    if left.is_empty() {
                        return NO;
                    }
                }
                _ => {
                    flat.insert(part);
                }
            }
        }
        for (fact, choices) in &chosen {
            flat.insert(self.is(*fact, choices.clone()));
        }
        for &part in &flat.clone() {
            let Formula::Any(options) = self.nodes[part].clone() else {
                let not = self.dual(part);
                if flat.contains(&not) {
                    return NO;
                }
                continue;
            };
            let mut left = Vec::new();
            let mut fulfilled = false;
            for option in options.clone() {
                fulfilled |= flat.contains(&option);
                let not = self.dual(option);
                let ruled_out = match &self.nodes[option] {
                    Formula::Is { fact, choices } => chosen.get(fact).is_some_and(|chosen| {
                        fulfilled |= chosen.iter().all(|choice| choices.contains(choice));
                        !chosen.iter().any(|choice| choices.contains(choice))
                    }),
                    _ => flat.contains(&not),
                };
                if !ruled_out {
                    left.push(option);
                }
            }
            if fulfilled || left.len() < options.len() {
                flat.remove(&part);
                let mut again: Vec<Node> = flat.into_iter().collect();
                if !fulfilled {
                    again.push(self.any(left));
                }
                return self.all(again);
            }
        }
        let parts = self.factored(flat.into_iter().collect());
        match parts.as_slice() {
            [] => YES,
            [only] => *only,
            _ => self.joined(parts, Formula::All),
        }
    }

    /// Takes out what every `any` among the parts has in common, as the readings of one rule do.
    fn factored(&mut self, parts: Vec<Node>) -> Vec<Node> {
        let options = |node: &Node| match &self.nodes[*node] {
            Formula::Any(options) => Some(options.clone()),
            _ => None,
        };
        let anys: Vec<Vec<Node>> = parts.iter().filter_map(options).collect();
        let [first, others @ ..] = anys.as_slice() else { return parts };
        let common: Vec<Node> =
            first.iter().copied().filter(|node| others.iter().all(|other| other.contains(node))).collect();
        if others.is_empty() || common.is_empty() {
            return parts;
        }
        let mut left: Vec<Node> =
            parts.into_iter().filter(|node| !matches!(self.nodes[*node], Formula::Any(_))).collect();
        let rest = anys.iter().map(|any| any.iter().copied().filter(|node| !common.contains(node)).collect());
        let rest: Vec<Vec<Node>> = rest.collect();
        let rest = rest.into_iter().map(|options| self.any(options)).collect();
        let rest = self.all(rest);
        left.push(self.any([common, vec![rest]].concat()));
        left
    }

    fn list(&mut self, cell: &Cell) -> List {
        let verdict = |outcome| code(Verdict::Decided(outcome));
        let mut lines = Vec::new();
        let mut doubtful = Vec::new();
        for &(kind, rule) in &cell.closed {
            let closes = self.everywhere(cell, false, true, |maker, lens| maker.rule(rule, lens).yes);
            lines.push((closes, verdict(Outcome::Closed(kind))));
            let silent = self.everywhere(cell, false, false, |maker, lens| {
                let values = maker.rule(rule, lens);
                maker.any(vec![values.no, values.dropped])
            });
            doubtful.push(self.not(silent));
        }
        let unmet = self.everywhere(cell, true, true, |maker, lens| maker.unmet(cell, lens));
        lines.push((unmet, verdict(Outcome::Unmet)));
        lines.push((self.any(doubtful), verdict(Outcome::Ask)));
        let covered = self.values(&cell.covered, &self.plain(), NO_DUE).yes;
        let now = self.everywhere(cell, false, false, |maker, lens| maker.met(cell, lens));
        let best = self.everywhere(cell, true, false, |maker, lens| maker.met(cell, lens));
        if self.as_of.instant < self.book.check_by {
            lines.push((self.all(vec![now, covered]), verdict(Outcome::Open)));
            lines.push((now, verdict(Outcome::Ask)));
            lines.push((best, verdict(Outcome::NotYet)));
        }
        lines.retain(|(node, _)| *node != NO);
        List { cell: cell.id.to_string(), lines, otherwise: verdict(Outcome::Ask) }
    }

    /// In every reading.
    fn everywhere(
        &mut self,
        cell: &Cell,
        best: bool,
        strong: bool,
        mut formula: impl FnMut(&mut Self, &Lens) -> Node,
    ) -> Node {
        let ways = self.book.ways(cell).into_iter();
        let each = ways.map(|readings| formula(self, &Lens { best, strong, readings })).collect();
        self.all(each)
    }

    fn met(&mut self, cell: &Cell, lens: &Lens) -> Node {
        let each = cell.requires.iter().map(|rule| {
            let values = self.rule(*rule, lens);
            self.any(vec![values.yes, values.dropped])
        });
        let each = each.collect();
        self.all(each)
    }

    fn unmet(&mut self, cell: &Cell, lens: &Lens) -> Node {
        let each = cell.requires.iter().map(|rule| self.rule(*rule, lens).no).collect();
        self.any(each)
    }

    fn rule(&mut self, ix: RuleIx, lens: &Lens) -> Values {
        let key = (ix, lens.clone());
        if let Some(known) = self.rules.get(&key) {
            return *known;
        }
        let rule = &self.book[ix];
        let (condition, grounds) = rule.under(&lens.readings);
        let mut values =
            self.values(condition, lens, Due { moment: rule.due, after_applying: rule.due_after_applying });
        if lens.strong {
            let mut used: Vec<MomentIx> = rule.due.into_iter().filter(|due| self.book[*due].when.is_some()).collect();
            condition.each_leaf(&mut |leaf| {
                if let Condition::Compare(_, _, moment) | Condition::Passed(moment) = leaf {
                    used.push(*moment);
                }
            });
            if grounds.basis.is_weak() || used.iter().any(|moment| self.book[*moment].grounds.basis.is_weak()) {
                let cannot = self.any(vec![values.yes, values.no, values.cannot]);
                values = Values { yes: NO, no: NO, cannot, ..values };
            }
        }
        self.rules.insert(key, values);
        values
    }

    fn values(&mut self, condition: &Condition, lens: &Lens, due: Due) -> Values {
        const NEVER: Values = Values { yes: NO, no: NO, cannot: NO, dropped: NO };
        match condition {
            Condition::Const(value) => Values { yes: Maker::constant(*value), no: Maker::constant(!value), ..NEVER },
            Condition::All(parts) => {
                let parts = self.each(parts, lens, due);
                self.every(&parts)
            }
            Condition::Any(parts) => {
                let parts: Vec<Values> = self.each(parts, lens, due).into_iter().map(turned).collect();
                turned(self.every(&parts))
            }
            Condition::AtLeast(least, parts) => {
                let parts = self.each(parts, lens, due);
                self.at_least(usize::from(*least), &parts)
            }
            Condition::Not(part) => turned(self.values(part, lens, due)),
            Condition::Rule(rule) => self.rule(*rule, lens),
            Condition::Passed(moment) => match self.passed(*moment) {
                None => Values { cannot: YES, ..NEVER },
                Some(passed) => Values { yes: Maker::constant(passed), no: Maker::constant(!passed), ..NEVER },
            },
            Condition::Compare(question, relation, moment) => match &self.book[*moment].when {
                None => self.scoped(*question, Values { cannot: YES, ..NEVER }),
                Some(when) => {
                    let holds = self.compared(self.fact[question.index()], *relation, when.day);
                    self.said(*question, holds)
                }
            },
            Condition::Between(question, from, until) => {
                let fact = self.fact[question.index()];
                let from = self.node(Formula::Least { fact, least: *from, holds: true });
                let until = self.node(Formula::Least { fact, least: until.saturating_add(1), holds: false });
                let holds = self.all(vec![from, until]);
                self.said(*question, holds)
            }
            Condition::Done(question) => {
                let holds = self.done(self.fact[question.index()], lens, due);
                self.said(*question, holds)
            }
            Condition::Is(question, set) => {
                let holds = self.chosen(*question, *set, lens, due);
                self.said(*question, holds)
            }
        }
    }

    fn each(&mut self, parts: &[Condition], lens: &Lens, due: Due) -> Vec<Values> {
        parts.iter().map(|part| self.values(part, lens, due)).collect()
    }

    /// `all`: one no decides, then one that cannot say; what is dropped does not count.
    fn every(&mut self, parts: &[Values]) -> Values {
        let dropped = self.all(parts.iter().map(|part| part.dropped).collect());
        let no = self.any(parts.iter().map(|part| part.no).collect());
        let cannot = self.any(parts.iter().map(|part| part.cannot).collect());
        let (not_no, not_cannot, applies) = (self.not(no), self.not(cannot), self.not(dropped));
        Values { yes: self.all(vec![not_no, not_cannot, applies]), no, cannot: self.all(vec![cannot, not_no]), dropped }
    }

    /// Counts the parts that hold and those that may hold.
    fn at_least(&mut self, least: usize, parts: &[Values]) -> Values {
        let mut counts: BTreeMap<(usize, usize), Node> = BTreeMap::from([((0, 0), YES)]);
        for part in parts {
            let mut next: BTreeMap<(usize, usize), Vec<Node>> = BTreeMap::new();
            let neither = self.any(vec![part.no, part.dropped]);
            for ((yes, cannot), so_far) in counts {
                for (step, with) in [((1, 0), part.yes), ((0, 1), part.cannot), ((0, 0), neither)] {
                    let reached = self.all(vec![so_far, with]);
                    next.entry((yes + step.0, cannot + step.1)).or_default().push(reached);
                }
            }
            counts = next.into_iter().map(|(count, ways)| (count, self.any(ways))).collect();
        }
        let dropped = self.all(parts.iter().map(|part| part.dropped).collect());
        let applies = self.not(dropped);
        let mut among = |test: &dyn Fn(usize, usize) -> bool| {
            let held = counts.iter().filter(|((yes, cannot), _)| test(*yes, *cannot)).map(|(_, node)| *node);
            let held = held.collect();
            let any = self.any(held);
            self.all(vec![any, applies])
        };
        Values {
            yes: among(&|yes, _| yes >= least),
            no: among(&|yes, cannot| yes + cannot < least),
            cannot: among(&|yes, cannot| yes < least && yes + cannot >= least),
            dropped,
        }
    }

    /// What is said about an answer.
    fn said(&mut self, question: QuestionIx, holds: Node) -> Values {
        let no = self.not(holds);
        self.scoped(question, Values { yes: holds, no, cannot: NO, dropped: NO })
    }

    fn scoped(&mut self, question: QuestionIx, values: Values) -> Values {
        let scope = self.scope[question.index()];
        Values {
            yes: self.all(vec![values.yes, scope]),
            no: self.all(vec![values.no, scope]),
            cannot: self.all(vec![values.cannot, scope]),
            dropped: self.not(scope),
        }
    }

    fn compared(&mut self, fact: usize, relation: Relation, day: Day) -> Node {
        let day = i64::from(day.0);
        let (least, holds) = match relation {
            Relation::Before => (day, false),
            Relation::OnOrBefore => (day + 1, false),
            Relation::OnOrAfter => (day, true),
            Relation::After => (day + 1, true),
        };
        self.node(Formula::Least { fact, least, holds })
    }

    fn done(&mut self, fact: usize, lens: &Lens, due: Due) -> Node {
        let mut states = vec![DONE];
        if !self.can_happen(lens, due) {
            return self.is(fact, states);
        }
        states.push(NOT_YET);
        let day = due.moment.and_then(|moment| self.book[moment].when.as_ref()).map(|when| when.day);
        let Some(day) = day.filter(|_| !lens.best) else {
            states.push(PLANNED);
            return self.is(fact, states);
        };
        let planned = self.is(fact, vec![PLANNED]);
        let in_time = self.compared(fact + 1, Relation::OnOrBefore, day);
        let (done, planned) = (self.is(fact, states), self.all(vec![planned, in_time]));
        self.any(vec![done, planned])
    }

    fn chosen(&mut self, question: QuestionIx, set: u64, lens: &Lens, due: Due) -> Node {
        let fact = self.fact[question.index()];
        let can = self.can_happen(lens, due);
        let bits = |set: u64| (0..64_u8).filter(move |choice| set >> choice & 1 == 1);
        match &self.book[question].kind {
            QuestionKind::Choices(..) => {
                let each = bits(set).map(|choice| self.node(Formula::Has { fact, choice, holds: true })).collect();
                self.any(each)
            }
            QuestionKind::Choice(choices) => {
                let holds = choices
                    .iter()
                    .zip(0_u8..)
                    .filter(|(choice, number)| set >> number & 1 == 1 || (can && choice.may_become & set != 0));
                self.is(fact, holds.map(|(_, number)| number).collect())
            }
            _ => self.is(fact, bits(set).collect()),
        }
    }

    fn can_happen(&self, lens: &Lens, due: Due) -> bool {
        if !lens.best {
            return due.after_applying;
        }
        // What has no published date can still happen.
        due.moment.and_then(|moment| self.passed(moment)) != Some(true)
    }

    fn passed(&self, moment: MomentIx) -> Option<bool> {
        self.book[moment].when.as_ref().map(|when| self.as_of.instant > when.instant)
    }
}

fn turned(values: Values) -> Values {
    Values { yes: values.no, no: values.yes, ..values }
}
