//! Every answer set of every single condition, complete and partial. What is too big is cut into its parts.

use super::model::{Model, Space};
use super::random::Random;
use super::{Found, People, Prover, on_days, order, sized};
use crate::compile;
use rules::answers::Answer;
use rules::facts::{Facts, Future, Lens};
use rules::possible::Possible;
use rules::rulebook::{
    AsOf, Basis, Body, Cell, CellIx, Condition, Grounds, MomentIx, QuestionIx, QuestionKind, Rule, RuleIx, Rulebook,
    Text,
};
use std::collections::BTreeSet;

/// More complete answer sets of one condition, over all days that it can tell apart, are not tried.
const MOST_SETS: usize = 1_000_000;
/// The same for partial states, in which each question is open or has an answer.
const MOST_STATES: usize = 50_000;
/// So many of each that are drawn where there are more.
const DRAWN: usize = 4_000;

/// A rulebook in which every condition is a rule with a cell of its own.
struct Laid {
    book: Rulebook,
    /// For each rule that is cut: the rules that are its parts, by reading, and what puts them together.
    cuts: Vec<Cut>,
    /// Rules that only stand for parts.
    parts: BTreeSet<RuleIx>,
}

struct Cut {
    rule: RuleIx,
    bodies: Vec<(Connective, Vec<RuleIx>)>,
}

#[derive(Clone, Copy)]
enum Connective {
    /// A part that is not cut any further.
    Alone,
    All,
    Any,
    Least(usize),
    Not,
}

impl Connective {
    fn of(self, parts: &[Possible]) -> Option<Possible> {
        let mut parts = parts.iter().copied();
        match self {
            Connective::Alone => parts.next(),
            Connective::All => parts.reduce(Possible::and),
            Connective::Any => parts.reduce(Possible::or),
            Connective::Least(least) => Some(Possible::at_least(least, parts)),
            Connective::Not => parts.next().map(Possible::negate),
        }
    }
}

impl Laid {
    fn new(book: &Rulebook) -> Laid {
        let mut laid = Laid { book: book.clone(), cuts: Vec::new(), parts: BTreeSet::new() };
        // Whether an outcome of another cell can still happen depends on all that this cell looks at: see whole cases.
        for question in &mut laid.book.questions {
            if let QuestionKind::Choice(choices) = &mut question.kind {
                choices.iter_mut().for_each(|choice| choice.outcome_of = None);
            }
        }
        let named = |kind: &str, id: &str| Text::from(format!("{kind} {id}"));
        let mut others: Vec<(Text, Condition)> = Vec::new();
        let scopes = book.questions.iter().filter_map(|q| Some((&q.id, q.relevant_when.as_ref()?)));
        others.extend(scopes.map(|(id, condition)| (named("scope of", id), condition.clone())));
        others.extend(book.constraints.iter().map(|c| (named("constraint", &c.id), c.holds_when.clone())));
        others.extend(book.cells.iter().map(|c| (named("coverage of", &c.id), c.covered.clone())));
        others.extend(book.documents.iter().map(|d| (named("document", &d.id), d.needed_when.clone())));
        others.extend(book.stages.iter().map(|s| (named("stage", &s.id), s.here_when.clone())));
        others.extend(book.notices.iter().map(|n| (named("notice", &n.id), n.show_when.clone())));
        for (id, condition) in others {
            let grounds = Grounds { basis: Basis::Stated, sources: Vec::new() };
            laid.add(id, condition, grounds, None);
        }
        compile::refresh(&mut laid.book);
        let mut next = 0;
        while next < laid.book.rules.len() {
            if laid.size(RuleIx::nth(next), 1) > MOST_STATES {
                laid.cut(RuleIx::nth(next));
            }
            next += 1;
        }
        if let Some(cell) = book.cells.first().cloned() {
            let rules = (0..laid.book.rules.len()).map(RuleIx::nth);
            let alone = |rule: RuleIx| Cell {
                id: laid.book[rule].id.clone(),
                requires: vec![rule],
                closed: Vec::new(),
                kinds: Vec::new(),
                over: None,
                covered: Condition::Const(true),
                ..cell.clone()
            };
            laid.book.cells = rules.map(alone).collect();
        }
        compile::refresh(&mut laid.book);
        laid
    }

    /// A rule more; with the deadline of another where it is a part of it.
    fn add(&mut self, id: Text, condition: Condition, grounds: Grounds, part_of: Option<RuleIx>) -> RuleIx {
        let of = part_of.map(|rule| &self.book[rule]);
        let rule = Rule {
            id,
            body: Body::Plain(condition, grounds),
            dues: of.map_or_else(Vec::new, |rule| rule.dues.clone()),
            due_after_applying: of.is_some_and(|rule| rule.due_after_applying),
            disputed: false,
            title: Text::from(""),
            text: Text::from(""),
            step: None,
            wait: None,
            ask: None,
            condition: None,
            missed: None,
            instead: None,
            question: None,
            moot: None,
        };
        self.book.rules.push(rule);
        RuleIx::nth(self.book.rules.len() - 1)
    }

    fn cut(&mut self, rule: RuleIx) {
        let bodies: Vec<(Condition, Grounds)> = self.book[rule].bodies().map(|(c, g)| (c.clone(), g.clone())).collect();
        if bodies.iter().all(|(condition, _)| condition.question().is_some()) {
            return;
        }
        let mut cut = Cut { rule, bodies: Vec::new() };
        for (condition, grounds) in bodies {
            let (connective, parts) = match condition {
                Condition::All(parts) => (Connective::All, parts),
                Condition::Any(parts) => (Connective::Any, parts),
                Condition::AtLeast(least, parts) => (Connective::Least(usize::from(least)), parts),
                Condition::Not(part) => (Connective::Not, vec![*part]),
                leaf => (Connective::Alone, vec![leaf]),
            };
            let mut rules = Vec::new();
            for part in parts {
                let part = match part {
                    // A rule is tried by itself.
                    Condition::Rule(inner) => inner,
                    part => {
                        let id = format!("part {} of {}", rules.len() + 1, self.book[rule].id);
                        let part = self.add(Text::from(id), part, grounds.clone(), Some(rule));
                        self.parts.insert(part);
                        part
                    }
                };
                rules.push(part);
            }
            cut.bodies.push((connective, rules));
        }
        self.cuts.push(cut);
    }

    /// How many answer sets the questions of a rule have, with `more` states for each question beside its classes; the day
    /// of asking has up to two more.
    fn size(&self, rule: RuleIx, more: usize) -> usize {
        let looked = Looked::at(&self.book, rule);
        let dated = |question: &QuestionIx| matches!(self.book[*question].kind, QuestionKind::Date(..));
        let counts = looked
            .questions
            .iter()
            .map(|question| self.book[*question].classes.len() + more + if dated(question) { 2 } else { 0 });
        counts.fold(1, usize::saturating_mul)
    }

    /// The rulebook with the classes of each of these days.
    fn on_each(&self, days: &[AsOf]) -> Vec<(AsOf, Rulebook)> {
        days.iter().map(|as_of| (*as_of, on_days(&self.book, &[*as_of]))).collect()
    }

    /// One of the days for each past that a rule can tell apart.
    fn days(&self, rule: RuleIx, days: impl Iterator<Item = AsOf>) -> Vec<AsOf> {
        let looked = Looked::at(&self.book, rule);
        let mut seen = BTreeSet::new();
        let mut kept = Vec::new();
        for as_of in days {
            let whens = looked.moments.iter().flat_map(|moment| self.book[*moment].whens());
            let passed = whens.flat_map(|when| [as_of.instant > when.instant, as_of.instant > when.over]);
            // A plan for a day behind is none, and what lies ahead is one.
            let classes = looked.questions.iter().flat_map(|question| &self.book[*question].classes);
            let behind = classes.filter_map(|class| match class {
                Answer::Planned(plan) => Some(plan.last < as_of.day),
                Answer::Date(date) => Some(date.last <= as_of.day),
                _ => None,
            });
            if seen.insert(passed.chain(behind).collect::<Vec<bool>>()) {
                kept.push(as_of);
            }
        }
        kept
    }

    fn named(&self, rule: RuleIx) -> String {
        let questions: Vec<QuestionIx> = Looked::at(&self.book, rule).questions.into_iter().collect();
        let mut biggest = questions.clone();
        biggest.sort_by_key(|question| std::cmp::Reverse(self.book[*question].classes.len()));
        let biggest: Vec<String> = biggest.iter().take(3).map(|question| sized(&self.book, *question)).collect();
        let id = &self.book[rule].id;
        format!(
            "{id}: {:.1e} answer sets of {} questions, such as {}",
            order(&self.book, &questions),
            questions.len(),
            biggest.join(", ")
        )
    }
}

/// Everything that a rule looks at, through other rules and through scopes.
#[derive(Default)]
struct Looked {
    rules: BTreeSet<RuleIx>,
    questions: BTreeSet<QuestionIx>,
    moments: BTreeSet<MomentIx>,
}

impl Looked {
    fn at(book: &Rulebook, rule: RuleIx) -> Looked {
        let mut looked = Looked::default();
        looked.rule(book, rule);
        looked
    }

    fn rule(&mut self, book: &Rulebook, rule: RuleIx) {
        if self.rules.insert(rule) {
            self.moments.extend(book[rule].dues.iter().copied().chain(book.last));
            book[rule].bodies().for_each(|(condition, _)| self.condition(book, condition));
        }
    }

    fn condition(&mut self, book: &Rulebook, condition: &Condition) {
        super::model::moments_in(condition, &mut self.moments);
        let bounds: Vec<MomentIx> = self.moments.iter().flat_map(|moment| book[*moment].bounds.clone()).collect();
        self.moments.extend(bounds);
        condition.each_leaf(&mut |leaf| {
            if let Condition::Rule(rule) = leaf {
                self.rule(book, *rule);
            }
            if let Some(question) = leaf.question()
                && self.questions.insert(question)
            {
                book[question].relevant_when.iter().for_each(|scope| self.condition(book, scope));
                if let QuestionKind::Choice(choices) = &book[question].kind {
                    for choice in choices {
                        self.moments.extend([choice.not_before, choice.not_after, choice.by].into_iter().flatten());
                    }
                }
            }
        });
    }
}

impl Prover<'_> {
    /// Every complete answer set of every condition, on every day that it can tell apart, under every reading, in both
    /// futures and strengths.
    pub(super) fn conditions_agree(&self) -> Found {
        let mut found = Found::default();
        let (engine, drawn) = (Laid::new(self.people.book), Laid::new(self.drawn));
        let all_days: Vec<AsOf> = self.models.iter().map(|model| model.as_of).collect();
        let books = drawn.on_each(&all_days);
        let spaces: Vec<(AsOf, Space<'_>)> = books.iter().map(|(as_of, book)| (*as_of, Space::new(book))).collect();
        let people = People { book: &engine.book, ..self.people };
        let mut random = Random::new(11);
        for rule in (0..drawn.book.rules.len().min(engine.book.rules.len())).map(RuleIx::nth) {
            let questions: Vec<QuestionIx> = Looked::at(&drawn.book, rule).questions.into_iter().collect();
            let days = drawn.days(rule, all_days.iter().copied());
            let all = drawn.size(rule, 0).saturating_mul(days.len()) <= MOST_SETS;
            if !all {
                found.notes.push(format!("{}; by its parts, and {DRAWN} drawn on each day", drawn.named(rule)));
            } else if drawn.parts.contains(&rule) {
                // The whole was tried, or will be.
                continue;
            }
            for (as_of, space) in spaces.iter().filter(|(as_of, _)| days.contains(as_of)) {
                let as_of = *as_of;
                let model = Model::new(space, as_of);
                let ways = model.lenses(rule);
                let Some(size) = space.size(&questions) else { continue };
                for number in 0..if all { size } else { DRAWN } {
                    let answers = if all {
                        space.nth_answers(&questions, number)
                    } else {
                        space.random_answers(&questions, &mut random)
                    };
                    if answers.iter().any(|(question, answer)| !model.says_something(*question, *answer)) {
                        continue;
                    }
                    found.count += 1;
                    let facts = people.facts(&answers, as_of);
                    let member = space.member(&answers);
                    for (lens, values) in &ways {
                        let expected = values.at(&member);
                        let got = facts.rule(rule, lens.as_lens());
                        if got != expected {
                            let id = &drawn.book[rule].id;
                            let what = format!("{id:?} is {got:?} for the engine and {expected:?} for the diagram");
                            found.fail(what, self.people.witness(as_of, &answers));
                        }
                    }
                }
            }
        }
        found
    }

    /// Every partial state of every condition: with one more answer its values, and the questions that it leaves open, are
    /// among those of before. So with all answers it has the one value that the diagrams give, and without some it has
    /// at least that one. What a cell leaves open is the union over its rules, and shrinks with them.
    pub(super) fn conditions_settle(&self) -> Found {
        let mut found = Found::default();
        let laid = Laid::new(self.people.book);
        let people = People { book: &laid.book, ..self.people };
        let mut random = Random::new(13);
        for rule in (0..laid.book.rules.len()).map(RuleIx::nth) {
            let days = laid.on_each(&laid.days(rule, self.models.iter().map(|model| model.as_of)));
            let states = laid.size(rule, 1);
            if states <= MOST_STATES {
                for (as_of, book) in days {
                    let people = People { book: &book, ..people };
                    self.every_state(&people, rule, CellIx::nth(rule.index()), as_of, &mut found);
                }
            } else if let Some(cut) = laid.cuts.iter().find(|cut| cut.rule == rule) {
                let states = format!("{states} partial states");
                found.notes.push(format!("{}; {states}, by its parts", laid.named(rule)));
                for (as_of, book) in days {
                    let people = People { book: &book, ..people };
                    self.put_together(&people, cut, as_of, &mut random, &mut found);
                }
            } else {
                found.notes.push(format!("{}; not tried: it has no parts", laid.named(rule)));
            }
        }
        found
    }

    fn every_state(&self, people: &People<'_>, rule: RuleIx, cell: CellIx, as_of: AsOf, found: &mut Found) {
        let book = people.book;
        let questions: Vec<QuestionIx> = Looked::at(book, rule).questions.into_iter().collect();
        let counts: Vec<usize> = questions.iter().map(|question| book[*question].classes.len()).collect();
        let states: usize = counts.iter().map(|count| count + 1).product();
        // Number 0 of a question is: not answered.
        let answers = |state: usize| -> Vec<(QuestionIx, Answer)> {
            let mut rest = state;
            let mut answers = Vec::new();
            for (question, count) in questions.iter().zip(&counts) {
                if let Some(class) = (rest % (count + 1)).checked_sub(1) {
                    answers.push((*question, book[*question].classes[class]));
                }
                rest /= count + 1;
            }
            answers
        };
        let seen: Vec<(Vec<Possible>, u128)> = (0..states)
            .map(|state| {
                let facts = people.facts(&answers(state), as_of);
                let open = facts.open_questions(cell);
                (values(&facts, rule, cell), open.iter().fold(0, |bits, question| bits | 1 << (question.index() % 128)))
            })
            .collect();
        for (state, (values, open)) in seen.iter().enumerate() {
            let mut stride = 1;
            for count in &counts {
                if state / stride % (count + 1) == 0 {
                    for class in 1..=*count {
                        found.count += 1;
                        let more = state + class * stride;
                        let (fewer_values, fewer_open) = &seen[more];
                        let shrinks = fewer_values.iter().zip(values).all(|(after, before)| after.must(*before));
                        if !shrinks || fewer_open & !open != 0 {
                            let what = format!("{:?} grows with an answer", book[rule].id);
                            found.fail(what, self.people.witness(as_of, &answers(more)));
                        }
                    }
                }
                stride *= count + 1;
            }
        }
    }

    /// Random states: a rule comes to what its connective makes of its parts.
    fn put_together(&self, people: &People<'_>, cut: &Cut, as_of: AsOf, random: &mut Random, found: &mut Found) {
        let book = people.book;
        let questions: Vec<QuestionIx> = Looked::at(book, cut.rule).questions.into_iter().collect();
        for _ in 0..DRAWN {
            let mut answers = Vec::new();
            for &question in &questions {
                let classes = &book[question].classes;
                if random.coin() {
                    answers.push((question, classes[random.below(classes.len())]));
                }
            }
            found.count += 1;
            let facts = people.facts(&answers, as_of);
            let mut readings = vec![0; book.conflicts.len()];
            for (reading, (connective, parts)) in cut.bodies.iter().enumerate() {
                if let Body::Readings(conflict, _) = &book[cut.rule].body {
                    readings[conflict.index()] = u8::try_from(reading).unwrap_or(0);
                }
                for future in [Future::AsItIs, Future::AtBest] {
                    let lens = Lens { future, strong: false, readings: &readings };
                    let parts: Vec<Possible> = parts.iter().map(|part| facts.rule(*part, lens)).collect();
                    if Some(facts.rule(cut.rule, lens)) != connective.of(&parts) {
                        let what = format!("{:?} is not what its parts make of it", book[cut.rule].id);
                        found.fail(what, self.people.witness(as_of, &answers));
                    }
                }
            }
        }
    }
}

/// The values of a rule through every lens that its cell looks through.
fn values(facts: &Facts<'_>, rule: RuleIx, cell: CellIx) -> Vec<Possible> {
    let ways = facts.rulebook.ways(&facts.rulebook[cell]);
    let mut values = Vec::new();
    for readings in &ways {
        for (future, strong) in
            [(Future::AsItIs, false), (Future::AsItIs, true), (Future::AtBest, false), (Future::AtBest, true)]
        {
            values.push(facts.rule(rule, Lens { future, strong, readings }));
        }
    }
    values
}
