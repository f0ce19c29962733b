//! The rules of a cycle as plain Boolean formulas, for complete answers on one day: the form that every rule engine can
//! take. All that is ours is worked out here and given to the peers: dates are folded into numbers, the two futures, the
//! strengths and the readings into one decision list for each cell, and what is the same is there once.
//!
//! What a single answer comes to on the day is asked of the proof's diagrams; the engine has no part in it.

use bench_parts::code;
use rulebook::prove::model::{Asked, Model, OUTSIDE, OwnedLens, Space, comes_out};
use rules::answers::Answer;
use rules::day::Day;
use rules::possible::Possible;
use rules::rulebook::{AsOf, Cell, CellIx, Condition, Question, QuestionIx, QuestionKind, RuleIx, Rulebook};
use rules::verdict::{Outcome, Verdict};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::RangeInclusive;

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
        let space = Space::new(book);
        let model = Model::new(&space, as_of);
        let mut maker = Maker::new(book, &model);
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

struct Maker<'a> {
    book: &'a Rulebook,
    model: &'a Model<'a>,
    facts: Vec<Fact>,
    /// For each question its first fact.
    fact: Vec<usize>,
    nodes: Vec<Formula>,
    known: HashMap<Formula, Node>,
    rules: BTreeMap<(RuleIx, OwnedLens), Values>,
    shut: BTreeMap<CellIx, Node>,
    /// Where each question is in scope, to weak eyes and to strong ones.
    scope: Vec<[Values; 2]>,
}

const NO: Node = 0;
const YES: Node = 1;

impl<'a> Maker<'a> {
    fn new(book: &'a Rulebook, model: &'a Model<'a>) -> Maker<'a> {
        let (mut facts, mut fact) = (Vec::new(), Vec::new());
        for question in &book.questions {
            fact.push(facts.len());
            facts.extend(facts_of(question));
        }
        let mut maker = Maker {
            book,
            model,
            facts,
            fact,
            nodes: Vec::new(),
            known: HashMap::new(),
            rules: BTreeMap::new(),
            shut: BTreeMap::new(),
            scope: vec![[always(Possible::YES); 2]; book.questions.len()],
        };
        maker.node(Formula::Const(false));
        maker.node(Formula::Const(true));
        for &question in &book.scope_order {
            if let Some(condition) = &book[question].relevant_when {
                let lenses = [false, true].map(|strong| OwnedLens { strong, ..maker.plain() });
                maker.scope[question.index()] = lenses.map(|lens| maker.values(condition, &lens, OUTSIDE));
            }
        }
        maker
    }

    fn plain(&self) -> OwnedLens {
        OwnedLens { best: false, strong: false, readings: vec![0; self.book.conflicts.len()], awaits: None }
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
        let covered = self.values(&cell.covered, &self.plain(), OUTSIDE).yes;
        let now = self.everywhere(cell, false, false, |maker, lens| maker.met(cell, lens));
        let best = self.everywhere(cell, true, false, |maker, lens| maker.met(cell, lens));
        if self.model.as_of.instant < self.book.check_by {
            let open = if self.model.is_unopened(cell) { Outcome::NotYet } else { Outcome::Open };
            lines.push((self.all(vec![now, covered]), verdict(open)));
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
        mut formula: impl FnMut(&mut Self, &OwnedLens) -> Node,
    ) -> Node {
        let ways = self.book.ways(cell).into_iter();
        let each = ways.map(|readings| formula(self, &OwnedLens { best, strong, readings, awaits: None })).collect();
        self.all(each)
    }

    /// What is dropped counts as met, but where all are, none is.
    fn met(&mut self, cell: &Cell, lens: &OwnedLens) -> Node {
        let rules: Vec<Values> = cell.requires.iter().map(|rule| self.rule(*rule, lens)).collect();
        let mut each: Vec<Node> = rules.iter().map(|values| self.any(vec![values.yes, values.dropped])).collect();
        let none = self.all(rules.iter().map(|values| values.dropped).collect());
        each.push(self.not(none));
        self.all(each)
    }

    fn unmet(&mut self, cell: &Cell, lens: &OwnedLens) -> Node {
        let each = cell.requires.iter().map(|rule| self.rule(*rule, lens).no).collect();
        self.any(each)
    }

    fn rule(&mut self, ix: RuleIx, lens: &OwnedLens) -> Values {
        let key = (ix, lens.clone());
        if let Some(known) = self.rules.get(&key) {
            return *known;
        }
        let rule = &self.book[ix];
        let (condition, grounds) = rule.under(&lens.readings);
        let asked = Asked { dues: &rule.dues, after_applying: rule.due_after_applying, in_rule: true };
        let mut values = self.values(condition, lens, asked);
        if lens.strong && grounds.basis.is_weak() {
            let cannot = self.any(vec![values.yes, values.no, values.cannot]);
            values = Values { yes: NO, no: NO, cannot, ..values };
        }
        self.rules.insert(key, values);
        values
    }

    fn values(&mut self, condition: &Condition, lens: &OwnedLens, asked: Asked<'_>) -> Values {
        match condition {
            Condition::Const(value) => always(Possible::from_bool(*value)),
            Condition::All(parts) => {
                let parts = self.each(parts, lens, asked);
                self.every(&parts)
            }
            Condition::Any(parts) => {
                let parts = self.each(parts, lens, asked);
                self.some(parts)
            }
            Condition::AtLeast(least, parts) => {
                let parts = self.each(parts, lens, asked);
                self.at_least(usize::from(*least), &parts)
            }
            Condition::Not(part) => turned(self.values(part, lens, asked)),
            Condition::Rule(rule) => self.rule(*rule, lens),
            Condition::Passed(moment) if lens.awaits.is_some_and(|cell| comes_out(self.book, cell, *moment)) => {
                always(Possible::NO)
            }
            Condition::Passed(moment) => always(self.model.passed(*moment, lens.strong)),
            Condition::Is(question, set) => {
                let values = self.chosen(*question, *set, lens, asked);
                self.scoped(*question, values, lens)
            }
            Condition::Compare(question, ..)
            | Condition::Between(question, ..)
            | Condition::Done(question)
            | Condition::Undone(question)
            | Condition::Timely(question) => {
                let model = self.model;
                let values = self.by_answer(*question, |answer| model.said(condition, answer, lens, asked));
                self.scoped(*question, values, lens)
            }
        }
    }

    fn each(&mut self, parts: &[Condition], lens: &OwnedLens, asked: Asked<'_>) -> Vec<Values> {
        parts.iter().map(|part| self.values(part, lens, asked)).collect()
    }

    /// `all`: one no decides, then one that cannot say; what is dropped does not count.
    fn every(&mut self, parts: &[Values]) -> Values {
        let dropped = self.all(parts.iter().map(|part| part.dropped).collect());
        let no = self.any(parts.iter().map(|part| part.no).collect());
        let cannot = self.any(parts.iter().map(|part| part.cannot).collect());
        let (not_no, not_cannot, applies) = (self.not(no), self.not(cannot), self.not(dropped));
        Values { yes: self.all(vec![not_no, not_cannot, applies]), no, cannot: self.all(vec![cannot, not_no]), dropped }
    }

    fn some(&mut self, parts: Vec<Values>) -> Values {
        let parts: Vec<Values> = parts.into_iter().map(turned).collect();
        turned(self.every(&parts))
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

    fn scoped(&mut self, question: QuestionIx, values: Values, lens: &OwnedLens) -> Values {
        let scope = self.scope[question.index()][usize::from(lens.strong)];
        let within = self.all(vec![values.cannot, scope.yes]);
        Values {
            yes: self.all(vec![values.yes, scope.yes]),
            no: self.all(vec![values.no, scope.yes]),
            cannot: self.any(vec![within, scope.cannot]),
            dropped: self.any(vec![scope.no, scope.dropped]),
        }
    }

    /// Whether the answer is in the set, or can still turn into what is.
    fn chosen(&mut self, question: QuestionIx, set: u64, lens: &OwnedLens, asked: Asked<'_>) -> Values {
        let fact = self.fact[question.index()];
        let number = |choice: usize| u8::try_from(choice).unwrap_or(u8::MAX);
        match &self.book[question].kind {
            QuestionKind::Choices(..) => {
                let held = (0..64_u8).filter(|choice| set >> choice & 1 == 1);
                let each = held.map(|choice| self.node(Formula::Has { fact, choice, holds: true })).collect();
                let yes = self.any(each);
                Values { yes, no: self.not(yes), ..NOWHERE }
            }
            QuestionKind::Choice(choices) => {
                let mut sum = NOWHERE;
                for choice in 0..choices.len() {
                    let ways = self.model.turns(choices, choice, set, lens, asked).into_iter();
                    let ways = ways.map(|(value, outcome_of)| self.unless_shut(always(value), outcome_of)).collect();
                    let values = self.some(ways);
                    let here = self.is(fact, vec![number(choice)]);
                    sum = self.joining(sum, values, here);
                }
                sum
            }
            _ => {
                let yes = self.is(fact, (0..64_u8).filter(|choice| set >> choice & 1 == 1).collect());
                Values { yes, no: self.not(yes), ..NOWHERE }
            }
        }
    }

    /// An outcome of a cell cannot come about once that one is shut.
    fn unless_shut(&mut self, values: Values, outcome_of: Option<CellIx>) -> Values {
        let Some(cell) = outcome_of else { return values };
        let shut = self.shut(cell);
        let open = self.not(shut);
        Values {
            yes: self.all(vec![values.yes, open]),
            no: self.any(vec![values.no, shut]),
            cannot: self.all(vec![values.cannot, open]),
            dropped: values.dropped,
        }
    }

    /// When a cell is closed, whatever becomes of its own outcomes.
    fn shut(&mut self, ix: CellIx) -> Node {
        if let Some(known) = self.shut.get(&ix) {
            return *known;
        }
        let cell = &self.book[ix];
        let mut ways = vec![self.everywhere(cell, true, true, |maker, lens| maker.unmet(cell, lens))];
        for (_, rule) in &cell.closed {
            ways.push(self.everywhere(cell, false, true, |maker, lens| {
                maker.rule(*rule, &OwnedLens { awaits: Some(ix), ..lens.clone() }).yes
            }));
        }
        let shut = self.any(ways);
        self.shut.insert(ix, shut);
        shut
    }

    /// Both, the second one only where the formula holds.
    fn joining(&mut self, sum: Values, more: Values, here: Node) -> Values {
        let mut join = |sum: Node, more: Node| {
            let more = self.all(vec![more, here]);
            self.any(vec![sum, more])
        };
        Values {
            yes: join(sum.yes, more.yes),
            no: join(sum.no, more.no),
            cannot: join(sum.cannot, more.cannot),
            dropped: join(sum.dropped, more.dropped),
        }
    }

    /// The values that a function gives to answers.
    fn by_answer(&mut self, question: QuestionIx, comes_to: impl Fn(Answer) -> Option<Possible>) -> Values {
        let fact = self.fact[question.index()];
        let mut sum = NOWHERE;
        let states = |maker: &mut Self, sum: Values, states: &[(u8, Answer)]| {
            states.iter().fold(sum, |sum, (state, answer)| {
                let here = maker.is(fact, vec![*state]);
                maker.joining(sum, comes_to(*answer).map_or(NOWHERE, always), here)
            })
        };
        match &self.book[question].kind {
            QuestionKind::Number(from, until) => self.by_number(fact, *from..=*until, |n| comes_to(Answer::Number(n))),
            QuestionKind::Date(from, until) => self.by_number(fact, from.0.into()..=until.0.into(), |n| {
                comes_to(Answer::Date(Day(i32::try_from(n).ok()?).into()))
            }),
            QuestionKind::Event => {
                sum = states(self, sum, &[(DONE, Answer::Done), (NOT_YET, Answer::NotYet), (NEVER, Answer::Never)]);
                let today = i64::from(self.model.as_of.day.0);
                let plans = self.by_number(fact + 1, today - PLANS..=today + PLANS, |n| {
                    comes_to(Answer::Planned(Day(i32::try_from(n).ok()?).into()))
                });
                let here = self.is(fact, vec![PLANNED]);
                self.joining(sum, plans, here)
            }
            _ => {
                let count = u8::try_from(self.book[question].choice_ids().len()).unwrap_or(u8::MAX);
                let each: Vec<(u8, Answer)> = (0..count).map(|choice| (choice, Answer::Choice(choice))).collect();
                states(self, sum, &each)
            }
        }
    }

    /// The same for numbers, the first and the last of which stand for all beyond them: stretches of one value.
    fn by_number(
        &mut self,
        fact: usize,
        mut numbers: RangeInclusive<i64>,
        comes_to: impl Fn(i64) -> Option<Possible>,
    ) -> Values {
        let Some(first) = numbers.next() else { return NOWHERE };
        let mut stretches = vec![(first, comes_to(first))];
        for number in numbers {
            let value = comes_to(number);
            if stretches.last().is_some_and(|(_, before)| *before != value) {
                stretches.push((number, value));
            }
        }
        let mut sum = NOWHERE;
        for (nth, (from, value)) in stretches.iter().enumerate() {
            let mut here = Vec::new();
            if nth > 0 {
                here.push(self.node(Formula::Least { fact, least: *from, holds: true }));
            }
            if let Some((next, _)) = stretches.get(nth + 1) {
                here.push(self.node(Formula::Least { fact, least: *next, holds: false }));
            }
            let here = self.all(here);
            sum = self.joining(sum, value.map_or(NOWHERE, always), here);
        }
        sum
    }
}

const NOWHERE: Values = Values { yes: NO, no: NO, cannot: NO, dropped: NO };

/// Plans are looked at so many days before and after the day.
const PLANS: i64 = 3650;

fn always(value: Possible) -> Values {
    let is = |which| Maker::constant(value == which);
    Values {
        yes: is(Possible::YES),
        no: is(Possible::NO),
        cannot: is(Possible::CANNOT_SAY),
        dropped: is(Possible::DROPPED),
    }
}

fn turned(values: Values) -> Values {
    Values { yes: values.no, no: values.yes, ..values }
}
