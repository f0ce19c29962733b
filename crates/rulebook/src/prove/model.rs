//! Conditions, rules and verdicts on decision diagrams.
//!
//! Written from `docs/semantics.md`, not from the engine: nothing here calls its evaluation.

use super::random::Random;
use biodivine_lib_bdd::{Bdd, BddValuation, BddVariable, BddVariableSet, op_function};
use rules::answers::Answer;
use rules::day::Day;
use rules::facts::{Future, Lens};
use rules::possible::Possible;
use rules::rulebook::{
    AsOf, Body, Cell, CellIx, Choice, Condition, ConflictIx, DateKind, Document, MomentIx, Question, QuestionIx,
    QuestionKind, Relation, RuleIx, Rulebook, When,
};
use rules::verdict::Outcome;
use std::cell::{Cell as Shared, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Boolean variables for the answers to a list of questions: for each question a code for each of its classes.
pub struct Codes {
    variables: BddVariableSet,
    bits: Vec<Vec<BddVariable>>,
    /// For each question and class the diagram of its code.
    codes: Vec<Vec<Bdd>>,
    /// Only codes that stand for a class.
    valid: Bdd,
}

impl Codes {
    /// The Boolean variables that a question with so many classes needs.
    fn width(classes: usize) -> u32 {
        classes.max(2).next_power_of_two().ilog2()
    }

    /// The Boolean variables that questions with so many classes need; [`Codes::new`] takes [`MOST_VARIABLES`].
    pub fn count(classes: &[usize]) -> u32 {
        classes.iter().map(|classes| Codes::width(*classes)).sum()
    }

    pub fn new(classes: &[usize]) -> Codes {
        let total = Codes::count(classes).min(MOST_VARIABLES);
        let variables = BddVariableSet::new_anonymous(u16::try_from(total).unwrap_or(u16::MAX));
        let mut all = variables.variables().into_iter();
        let bits: Vec<Vec<BddVariable>> =
            classes.iter().map(|classes| all.by_ref().take(Codes::width(*classes) as usize).collect()).collect();
        let mut codes = Vec::new();
        let mut valid = variables.mk_true();
        for (classes, bits) in classes.iter().zip(&bits) {
            let of_class = |class: usize| {
                let literals = bits
                    .iter()
                    .enumerate()
                    .map(|(bit, variable)| variables.mk_literal(*variable, class >> bit & 1 == 1));
                literals.fold(variables.mk_true(), |all, literal| all.and(&literal))
            };
            let of_question: Vec<Bdd> = (0..*classes).map(of_class).collect();
            valid = valid.and(&of_question.iter().fold(variables.mk_false(), |any, code| any.or(code)));
            codes.push(of_question);
        }
        Codes { variables, bits, codes, valid }
    }

    fn bits_of(&self, questions: &[usize]) -> Vec<BddVariable> {
        questions.iter().flat_map(|question| self.bits[*question].clone()).collect()
    }

    /// The answer sets that are in the set once these questions are answered somehow.
    pub fn forget(&self, set: &Bdd, questions: &[usize]) -> Bdd {
        set.exists(&self.bits_of(questions))
    }

    /// How many answer sets there are, of those that differ in other questions than these. The set is one that forgot them.
    pub fn size_without(&self, set: &Bdd, questions: &[usize]) -> f64 {
        let free = i32::try_from(self.bits_of(questions).len()).unwrap_or(i32::MAX);
        set.cardinality() / 2_f64.powi(free)
    }

    /// One of the answer sets, as the class of each of the questions.
    pub fn member(&self, set: &Bdd, questions: &[usize]) -> Option<Vec<(usize, usize)>> {
        let member = set.sat_witness()?;
        let class = |question: &usize| {
            let bits = self.bits[*question].iter().enumerate();
            bits.fold(0, |class, (bit, variable)| class | usize::from(member.value(*variable)) << bit)
        };
        Some(questions.iter().map(|question| (*question, class(question))).collect())
    }
}

/// All answer sets of a rulebook: for each question a code of Boolean variables for each class of answers.
pub struct Space<'a> {
    book: &'a Rulebook,
    variables: BddVariableSet,
    bits: Vec<Vec<BddVariable>>,
    /// For each question and class the diagram of its code.
    codes: Vec<Vec<Bdd>>,
    /// Only codes that stand for a class.
    valid: Bdd,
    /// For each rule the rules that it is made of, itself included.
    made_of: Vec<BTreeSet<RuleIx>>,
    /// The rule whose diagram is being made.
    making: Shared<Option<RuleIx>>,
    outgrown: Shared<Option<Outgrown>>,
}

/// A diagram that outgrew [`MOST_NODES`]: of this rule, or of a cell.
#[derive(Clone, Copy)]
pub struct Outgrown {
    pub rule: Option<RuleIx>,
}

/// A diagram with more nodes than this is given up: nobody would wait for its end.
pub const MOST_NODES: usize = 200_000;
/// More Boolean variables than this are not begun with.
pub const MOST_VARIABLES: u32 = 4_000;

/// For each of the four values the answer sets that give it.
#[derive(Clone)]
pub struct Values {
    yes: Bdd,
    no: Bdd,
    cannot: Bdd,
    dropped: Bdd,
}

impl Values {
    fn each(&self) -> [(&Bdd, Possible); 4] {
        [
            (&self.yes, Possible::YES),
            (&self.no, Possible::NO),
            (&self.cannot, Possible::CANNOT_SAY),
            (&self.dropped, Possible::DROPPED),
        ]
    }

    /// The value that one answer set gives.
    pub fn at(&self, member: &BddValuation) -> Possible {
        let held = self.each().into_iter().filter(|(set, _)| set.eval_in(member)).map(|(_, value)| value);
        held.reduce(|a, b| a | b).unwrap_or(Possible::OPEN)
    }
}

/// A rule that is taken to hold, or not to, whatever its condition says.
#[derive(Clone, Copy)]
pub struct Force {
    pub rule: RuleIx,
    pub holds: bool,
}

/// A lens with readings of its own.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OwnedLens {
    pub best: bool,
    pub strong: bool,
    pub readings: Vec<u8>,
    /// The days on which outcomes of this cell come out count as still ahead.
    pub awaits: Option<CellIx>,
}

impl OwnedLens {
    /// The lens with these readings, one for each conflict of the rulebook.
    pub fn new(future: Future, strong: bool, readings: &[u8]) -> OwnedLens {
        OwnedLens { best: future == Future::AtBest, strong, readings: readings.to_vec(), awaits: None }
    }

    pub fn as_lens(&self) -> Lens<'_> {
        let future = if self.best { Future::AtBest } else { Future::AsItIs };
        Lens { future, strong: self.strong, readings: &self.readings }
    }
}

/// The verdict table of a cell: each outcome with the answer sets that have it.
pub type Outcomes = Rc<[(Outcome, Bdd)]>;

/// The evaluation on one day.
pub struct Model<'a> {
    space: &'a Space<'a>,
    pub as_of: AsOf,
    /// For each question where it is in scope and where it is not, to weak eyes and to strong ones. Where it is neither,
    /// nobody can say.
    scope: Vec<[Scope; 2]>,
    admissible: Bdd,
    rules: RefCell<BTreeMap<(RuleIx, OwnedLens), Values>>,
    outcomes: RefCell<BTreeMap<CellIx, Outcomes>>,
    met_as_it_is: RefCell<BTreeMap<CellIx, Rc<Bdd>>>,
    shut: RefCell<BTreeMap<CellIx, Shut>>,
}

#[derive(Clone)]
struct Scope {
    inside: Bdd,
    outside: Bdd,
}

/// What is known of when a date passes: the instant, and the day of it.
#[derive(Clone, Copy)]
struct Passing {
    /// It has passed by then, as firm days say; and whether that is a day of its own.
    firm: Option<(i64, Day)>,
    own: bool,
    /// It should have passed by then.
    soft: Option<(i64, Day)>,
    /// Until when the firm and the soft day go on, for what can happen all day long.
    over: [Option<i64>; 2],
}

/// Whether a lens looks at best, and whether it looks at strong rules only: every way to do so.
const FUTURES_AND_STRENGTHS: [(bool, bool); 4] = [(false, false), (true, false), (true, true), (false, true)];

/// What the requirements of a cell come to together; neither, where one cannot be told and none is failed.
struct Required {
    met: Bdd,
    failed: Bdd,
}

/// Inside of a rule what has not happened yet is still to be done, by these dates.
#[derive(Clone, Copy)]
pub struct Asked<'r> {
    pub dues: &'r [MomentIx],
    pub after_applying: bool,
    pub in_rule: bool,
}

pub const OUTSIDE: Asked<'static> = Asked { dues: &[], after_applying: false, in_rule: false };

/// A day for which something is planned.
#[derive(Clone, Copy)]
struct Plan {
    day: Day,
    set_by_others: bool,
}

impl<'a> Space<'a> {
    fn class_counts(book: &Rulebook) -> Vec<usize> {
        book.questions.iter().map(|question| question.classes.len()).collect()
    }

    /// The Boolean variables that all questions need; [`Space::new`] takes [`MOST_VARIABLES`].
    pub fn variables(book: &Rulebook) -> u32 {
        Codes::count(&Space::class_counts(book))
    }

    pub fn new(book: &'a Rulebook) -> Space<'a> {
        let codes = Codes::new(&Space::class_counts(book));
        Space::placed(book, &codes, 0..book.questions.len())
    }

    /// The answer sets of a rulebook whose questions stand at these places of a longer list, in which they have as many
    /// classes.
    pub fn placed(book: &'a Rulebook, all: &Codes, places: impl IntoIterator<Item = usize>) -> Space<'a> {
        let own = places.into_iter().map(|place| (all.bits[place].clone(), all.codes[place].clone()));
        let (bits, codes) = own.unzip();
        let (variables, valid) = (all.variables.clone(), all.valid.clone());
        let made_of = (0..book.rules.len()).map(|rule| made_of(book, RuleIx::nth(rule))).collect();
        let (making, outgrown) = (Shared::new(None), Shared::new(None));
        Space { book, variables, bits, codes, valid, made_of, making, outgrown }
    }

    /// The first diagram that outgrew [`MOST_NODES`]. Nothing that was made since means anything.
    pub fn outgrown(&self) -> Option<Outgrown> {
        self.outgrown.get()
    }

    /// Both together, given up when it grows too big. Counting nodes on the way is slow, so only big ones are watched.
    fn both(
        &self,
        a: &Bdd,
        b: &Bdd,
        quick: fn(&Bdd, &Bdd) -> Bdd,
        watched: fn(Option<bool>, Option<bool>) -> Option<bool>,
    ) -> Bdd {
        let made = if a.size().saturating_mul(b.size()) <= MOST_NODES * 100 {
            Some(quick(a, b)).filter(|made| made.size() <= MOST_NODES)
        } else {
            Bdd::binary_op_with_limit(MOST_NODES, a, b, watched)
        };
        made.unwrap_or_else(|| {
            if self.outgrown.get().is_none() {
                self.outgrown.set(Some(Outgrown { rule: self.making.get() }));
            }
            self.nothing()
        })
    }

    pub fn and(&self, a: &Bdd, b: &Bdd) -> Bdd {
        self.both(a, b, Bdd::and, op_function::and)
    }

    pub fn or(&self, a: &Bdd, b: &Bdd) -> Bdd {
        self.both(a, b, Bdd::or, op_function::or)
    }

    pub fn and_not(&self, a: &Bdd, b: &Bdd) -> Bdd {
        self.both(a, b, Bdd::and_not, op_function::and_not)
    }

    pub fn nothing(&self) -> Bdd {
        self.variables.mk_false()
    }

    pub fn everything(&self) -> Bdd {
        self.valid.clone()
    }

    /// The number of answer sets to these questions, if it can be counted.
    pub fn size(&self, questions: &[QuestionIx]) -> Option<usize> {
        let mut counts = questions.iter().map(|q| self.book[*q].classes.len());
        counts.try_fold(1_usize, usize::checked_mul)
    }

    /// The same, as an order of magnitude.
    #[allow(clippy::cast_precision_loss, reason = "an order of magnitude is all that is wanted")]
    pub fn order(&self, questions: &[QuestionIx]) -> f64 {
        questions.iter().map(|q| self.book[*q].classes.len() as f64).product()
    }

    /// The answer sets whose answer to the question fulfils the test.
    pub fn where_answer(&self, question: QuestionIx, test: impl Fn(Answer) -> bool) -> Bdd {
        let classes = self.book[question].classes.iter().zip(&self.codes[question.index()]);
        let held = classes.filter(|(class, _)| test(**class)).map(|(_, code)| code);
        held.fold(self.nothing(), |any, code| any.or(code))
    }

    /// One of the answer sets, with an answer to each of the questions.
    pub fn witness(&self, set: &Bdd, questions: &[QuestionIx]) -> Option<Vec<(QuestionIx, Answer)>> {
        let member = set.and(&self.valid).sat_witness()?;
        Some(self.decode(questions, |variable| member.value(variable)))
    }

    /// A random one of the answer sets.
    pub fn random_member(
        &self,
        set: &Bdd,
        questions: &[QuestionIx],
        random: &mut Random,
    ) -> Option<Vec<(QuestionIx, Answer)>> {
        let mut left = set.and(&self.valid);
        if left.is_false() {
            return None;
        }
        let mut answers = Vec::new();
        for &question in questions {
            let count = self.book[question].classes.len();
            let start = random.below(count);
            for step in 0..count {
                let class = (start + step) % count;
                let narrowed = left.and(&self.codes[question.index()][class]);
                if !narrowed.is_false() {
                    left = narrowed;
                    answers.push((question, self.book[question].classes[class]));
                    break;
                }
            }
        }
        Some(answers)
    }

    fn decode(&self, questions: &[QuestionIx], value: impl Fn(BddVariable) -> bool) -> Vec<(QuestionIx, Answer)> {
        let answer = |question: &QuestionIx| {
            let bits = self.bits[question.index()].iter().enumerate();
            let class = bits.fold(0, |class, (bit, variable)| class | usize::from(value(*variable)) << bit);
            self.book[*question].classes.get(class).map(|answer| (*question, *answer))
        };
        questions.iter().filter_map(answer).collect()
    }

    /// The nth of all answer sets to these questions.
    pub fn nth_answers(&self, questions: &[QuestionIx], mut number: usize) -> Vec<(QuestionIx, Answer)> {
        let mut answers = Vec::new();
        for &question in questions {
            let classes = &self.book[question].classes;
            answers.push((question, classes[number % classes.len()]));
            number /= classes.len();
        }
        answers
    }

    pub fn random_answers(&self, questions: &[QuestionIx], random: &mut Random) -> Vec<(QuestionIx, Answer)> {
        let pick = |question: &QuestionIx| {
            let classes = &self.book[*question].classes;
            (*question, classes[random.below(classes.len())])
        };
        questions.iter().map(pick).collect()
    }

    /// Answers to a random half of the questions.
    pub fn random_partial(&self, questions: &[QuestionIx], random: &mut Random) -> Vec<(QuestionIx, Answer)> {
        let mut answers = self.random_answers(questions, random);
        answers.retain(|_| random.coin());
        answers
    }

    /// The variables of a code, as these answers set them. What is not a class is not an exact answer, and sets none.
    fn literals(&self, answers: &[(QuestionIx, Answer)]) -> Vec<(BddVariable, bool)> {
        let mut literals = Vec::new();
        for (question, answer) in answers {
            let Some(class) = self.book[*question].classes.iter().position(|class| class == answer) else { continue };
            let bits = self.bits[question.index()].iter().enumerate();
            literals.extend(bits.map(|(bit, variable)| (*variable, class >> bit & 1 == 1)));
        }
        literals
    }

    /// What these answers leave of a set: its variables for what is known are gone. A date that is not exactly known
    /// leaves every class within it.
    pub fn known(&self, set: &Bdd, answers: &[(QuestionIx, Answer)]) -> Bdd {
        let mut left = set.restrict(&self.literals(answers));
        for &(question, answer) in answers {
            if let Answer::Date(range) = answer
                && range.first != range.last
            {
                let within = |day: Day| (range.first..=range.last).contains(&day);
                left =
                    left.and(&self.where_answer(question, |class| matches!(class, Answer::Date(d) if within(d.first))));
            }
        }
        left
    }

    /// The only outcome that the answers leave, if there is just one.
    pub fn single(&self, outcomes: &[(Outcome, Bdd)], answers: &[(QuestionIx, Answer)]) -> Option<Outcome> {
        let mut left =
            outcomes.iter().filter(|(_, set)| !self.known(set, answers).is_false()).map(|(outcome, _)| *outcome);
        let first = left.next()?;
        left.next().is_none().then_some(first)
    }

    /// The member of all answer sets that these answers are: they answer every question that is looked at.
    pub fn member(&self, answers: &[(QuestionIx, Answer)]) -> BddValuation {
        let mut member = BddValuation::all_false(self.variables.num_vars());
        for (variable, value) in self.literals(answers) {
            member.set_value(variable, value);
        }
        member
    }

    /// The value that the diagrams give to one answer set, which answers every question that they look at.
    pub fn value_at(&self, values: &Values, answers: &[(QuestionIx, Answer)]) -> Possible {
        values.at(&self.member(answers))
    }

    /// The values that the diagrams leave when only some questions are answered.
    pub fn left(&self, values: &Values, among: &Bdd, answers: &[(QuestionIx, Answer)]) -> Possible {
        let among = self.known(among, answers);
        let held = values.each().into_iter().filter(|(set, _)| !self.known(set, answers).and(&among).is_false());
        held.map(|(_, value)| value).reduce(|a, b| a | b).unwrap_or(Possible::OPEN)
    }

    /// The answer sets that are in the set once these questions are answered somehow.
    pub fn forget(&self, set: &Bdd, questions: &[QuestionIx]) -> Bdd {
        let bits: Vec<BddVariable> =
            questions.iter().flat_map(|question| self.bits[question.index()].clone()).collect();
        set.exists(&bits)
    }

    /// Whether membership can depend on the question alone.
    pub fn depends(&self, set: &Bdd, admissible: &Bdd, question: QuestionIx) -> bool {
        let bits = &self.bits[question.index()];
        let inside = set.and(admissible).exists(bits);
        let outside = admissible.and_not(set).exists(bits);
        !inside.and(&outside).is_false()
    }

    pub fn looks_at(&self, cell: CellIx, rule: RuleIx) -> bool {
        let cell = &self.book[cell];
        let tops = cell.requires.iter().chain(cell.closed.iter().map(|(_, rule)| rule));
        tops.into_iter().any(|top| self.made_of[top.index()].contains(&rule))
    }

    /// Whether a rule, or one that it is made of, has readings of its own for the disagreement.
    fn reads(&self, rule: RuleIx, conflict: ConflictIx) -> bool {
        let read = |rule: &RuleIx| matches!(self.book[*rule].body, Body::Readings(of, _) if of == conflict);
        self.made_of[rule.index()].iter().any(read)
    }

    /// The questions that a rule looks at, those of their scopes included.
    pub fn questions_of(&self, rule: RuleIx) -> Vec<QuestionIx> {
        let mut found = BTreeSet::new();
        for rule in &self.made_of[rule.index()] {
            self.book[*rule].bodies().for_each(|(condition, _)| self.questions_in(condition, &mut found));
        }
        found.into_iter().collect()
    }

    fn questions_in(&self, condition: &Condition, found: &mut BTreeSet<QuestionIx>) {
        condition.each_leaf(&mut |leaf| {
            if let Condition::Rule(rule) = leaf {
                found.extend(self.questions_of(*rule));
            }
            if let Some(question) = leaf.question()
                && found.insert(question)
                && let Some(scope) = &self.book[question].relevant_when
            {
                self.questions_in(scope, found);
            }
        });
    }
}

fn made_of(book: &Rulebook, rule: RuleIx) -> BTreeSet<RuleIx> {
    let mut found = BTreeSet::from([rule]);
    for (condition, _) in book[rule].bodies() {
        condition.each_leaf(&mut |leaf| {
            if let Condition::Rule(inner) = leaf {
                found.extend(made_of(book, *inner));
            }
        });
    }
    found
}

impl<'a> Model<'a> {
    pub fn new(space: &'a Space<'a>, as_of: AsOf) -> Model<'a> {
        let mut model = Model {
            space,
            as_of,
            scope: Vec::new(),
            admissible: space.valid.clone(),
            rules: RefCell::default(),
            outcomes: RefCell::default(),
            met_as_it_is: RefCell::default(),
            shut: RefCell::default(),
        };
        let always = Scope { inside: space.variables.mk_true(), outside: space.nothing() };
        model.scope = vec![[always.clone(), always]; space.book.questions.len()];
        let (plain, strong) = (model.plain(), OwnedLens { strong: true, ..model.plain() });
        for &question in &space.book.scope_order {
            if let Some(condition) = &space.book[question].relevant_when {
                let scopes = [&plain, &strong].map(|lens| {
                    let values = model.values(condition, lens, OUTSIDE, None);
                    Scope { inside: values.yes, outside: space.or(&values.no, &values.dropped) }
                });
                model.scope[question.index()] = scopes;
            }
        }
        for question in (0..space.book.questions.len()).map(QuestionIx::nth) {
            let said = space.where_answer(question, |answer| model.says_something(question, answer));
            model.admissible = space.and(&model.admissible, &said);
        }
        for constraint in &space.book.constraints {
            let broken = model.values(&constraint.holds_when, &strong, OUTSIDE, None).no;
            model.admissible = space.and_not(&model.admissible, &broken);
        }
        // What is shut was asked of all answer sets, and stays so.
        model
    }

    /// Whether an answer is one on this day: no plan for a day behind, and no choice that can no longer be true.
    pub fn says_something(&self, question: QuestionIx, answer: Answer) -> bool {
        match (answer, &self.space.book[question].kind) {
            (Answer::Planned(plan), _) => plan.last >= self.as_of.day,
            (Answer::Choice(choice), QuestionKind::Choice(choices)) => {
                choices[usize::from(choice)].not_after.is_none_or(|date| !self.is_over(date, 0))
            }
            _ => true,
        }
    }

    pub fn admissible(&self) -> &Bdd {
        &self.admissible
    }

    pub fn space(&self) -> &'a Space<'a> {
        self.space
    }

    fn plain(&self) -> OwnedLens {
        OwnedLens { best: false, strong: false, readings: vec![0; self.space.book.conflicts.len()], awaits: None }
    }

    /// The answer sets for which a condition outside of any rule holds.
    pub fn holds(&self, condition: &Condition) -> Bdd {
        self.space.and(&self.values(condition, &self.plain(), OUTSIDE, None).yes, &self.admissible)
    }

    /// Whether another model over questions of the same classes gives the same outcome in every cell to every answer set,
    /// and shows the same documents, stages and notices. What only closed cells call for is not shown.
    pub fn same(&self, other: &Model<'_>) -> bool {
        let mut cells = (0..self.space.book.cells.len()).map(CellIx::nth);
        self.admissible == other.admissible
            && cells.all(|cell| self.same_outcomes(other, cell))
            && self.items().iter().zip(&other.items()).enumerate().all(|(nth, (a, b))| {
                let closed = |document: &Document| self.all_closed(&self.either(a, b), &document.cells);
                a == b || self.space.book.documents.get(nth).is_some_and(closed)
            })
    }

    /// The answer sets that are in one of the two alone.
    fn either(&self, a: &Bdd, b: &Bdd) -> Bdd {
        self.space.or(&self.space.and_not(a, b), &self.space.and_not(b, a))
    }

    /// Whether all of these cells are closed for all of these answer sets.
    fn all_closed(&self, among: &Bdd, cells: &[CellIx]) -> bool {
        let narrow = self.within(among);
        cells.iter().all(|cell| narrow.closed(*cell) == narrow.admissible)
    }

    /// The outcome depends on nothing but what the parts come to, so only the answer sets that some part tells apart are
    /// looked at: their diagrams are much smaller.
    fn same_outcomes(&self, other: &Model<'_>, cell: CellIx) -> bool {
        let (a, b) = (&self.space.book[cell], &other.space.book[cell]);
        let same_table = (&a.requires, &a.closed) == (&b.requires, &b.closed);
        let same_ways = self.space.book.ways(a) == other.space.book.ways(b);
        let same_day = self.is_stale() == other.is_stale() && self.is_unopened(a) == other.is_unopened(b);
        if !(same_table && same_ways && same_day) {
            return self.outcomes(cell, None) == other.outcomes(cell, None);
        }
        let (one, another) = (self.parts(cell), other.parts(cell));
        let differ = one
            .iter()
            .zip(&another)
            .filter(|(a, b)| a != b)
            .fold(self.space.nothing(), |differ, (a, b)| self.space.or(&differ, &self.either(a, b)));
        let differ = self.space.and(&differ, &self.admissible);
        differ.is_false() || self.within(&differ).outcomes(cell, None) == other.within(&differ).outcomes(cell, None)
    }

    /// All that the outcome of a cell depends on, apart from how its table puts it together.
    fn parts(&self, cell: CellIx) -> Vec<Bdd> {
        let cell = &self.space.book[cell];
        let ways = self.space.book.ways(cell);
        let mut parts = vec![self.values(&cell.covered, &self.plain(), OUTSIDE, None).yes];
        for rule in cell.requires.iter().chain(cell.closed.iter().map(|(_, rule)| rule)) {
            for readings in &ways {
                for (best, strong) in FUTURES_AND_STRENGTHS {
                    let lens = OwnedLens { best, strong, readings: readings.clone(), awaits: None };
                    let Values { yes, no, cannot, dropped } = self.rule(*rule, &lens, None);
                    parts.extend([yes, no, cannot, dropped]);
                }
            }
        }
        parts
    }

    /// The same model for these answer sets alone, with the rules that were looked at so far.
    fn within(&self, among: &Bdd) -> Model<'a> {
        let narrow = |set: &Bdd| self.space.and(set, among);
        let rules = self.rules.borrow();
        let rules = rules.iter().map(|(key, Values { yes, no, cannot, dropped })| {
            let [yes, no, cannot, dropped] = [yes, no, cannot, dropped].map(narrow);
            (key.clone(), Values { yes, no, cannot, dropped })
        });
        Model {
            space: self.space,
            as_of: self.as_of,
            scope: self.scope.clone(),
            admissible: narrow(&self.admissible),
            rules: RefCell::new(rules.collect()),
            outcomes: RefCell::default(),
            met_as_it_is: RefCell::default(),
            shut: self.shut.clone(),
        }
    }

    /// What documents, stages and notices depend on.
    pub fn items(&self) -> Vec<Bdd> {
        let book = self.space.book;
        let documents = book.documents.iter().map(|document| &document.needed_when);
        let stages = book.stages.iter().map(|stage| &stage.here_when);
        let notices = book.notices.iter().map(|notice| &notice.show_when);
        documents.chain(stages).chain(notices).map(|condition| self.holds(condition)).collect()
    }

    /// The answer sets for which a cell is closed.
    pub fn closed(&self, cell: CellIx) -> Bdd {
        let outcomes = self.outcomes(cell, None);
        let closed = outcomes.iter().filter(|(outcome, _)| outcome.is_closed());
        closed.fold(self.space.nothing(), |any, (_, set)| self.space.or(&any, set))
    }

    /// The first way to read the disagreements, in one future.
    fn first(&self, best: bool) -> OwnedLens {
        OwnedLens { best, ..self.plain() }
    }

    /// The answer sets for which a rule does not hold yet, and still can.
    pub fn pending(&self, rule: RuleIx) -> Bdd {
        let (now, best) = (self.rule(rule, &self.first(false), None), self.rule(rule, &self.first(true), None));
        now.no.and(&best.yes).and(&self.admissible)
    }

    /// The answer sets for which something is still to come before the cell opens: a requirement that does not hold yet and
    /// still can, in some reading, or the cell's own opening.
    pub fn awaits(&self, cell: CellIx) -> Bdd {
        let cell = &self.space.book[cell];
        if self.is_unopened(cell) {
            return self.admissible.clone();
        }
        let mut awaited = self.space.nothing();
        for way in self.space.book.ways(cell) {
            let [now, best] =
                [false, true].map(|best| OwnedLens { best, strong: false, readings: way.clone(), awaits: None });
            for rule in &cell.requires {
                let pending = self.space.and(&self.rule(*rule, &now, None).no, &self.rule(*rule, &best, None).yes);
                awaited = self.space.or(&awaited, &pending);
            }
        }
        self.space.and(&awaited, &self.admissible)
    }

    /// Whether the cell has ended for everybody, or should have: a date has passed that closes it as over by itself.
    pub fn has_ended(&self, cell: CellIx) -> bool {
        let cell = &self.space.book[cell];
        let closing = cell.closed.iter().filter(|(kind, _)| Some(*kind) == cell.over);
        let mut bodies = closing.flat_map(|(_, rule)| self.space.book[*rule].bodies());
        let passed = |condition: &Condition| match condition {
            Condition::Passed(moment) => self.passed(*moment, false) == Possible::YES,
            _ => false,
        };
        bodies.any(|(condition, _)| match condition {
            Condition::Any(parts) => parts.iter().any(passed),
            condition => passed(condition),
        })
    }

    /// The answer sets for which a rule that may close a cell leaves it to ask, as something that was due by a day that is
    /// only expected is not done.
    pub fn left_undone(&self, rule: RuleIx) -> Bdd {
        let book = self.space.book;
        let mut undone = self.space.nothing();
        for (condition, _) in book[rule].bodies() {
            condition.each_leaf(&mut |leaf| {
                if let Condition::Undone(question) = leaf {
                    let not_yet = self.space.where_answer(*question, |answer| answer == Answer::NotYet);
                    undone = undone.or(&not_yet.and(&self.scope[question.index()][0].inside));
                }
            });
        }
        let closing = (0..book.cells.len()).map(CellIx::nth);
        let closing = closing.filter(|cell| book[*cell].closed.iter().any(|(_, by)| *by == rule));
        let mut asked = self.space.nothing();
        for cell in closing {
            let outcomes = self.outcomes(cell, None);
            let asks = outcomes.iter().filter(|(outcome, _)| *outcome == Outcome::Ask);
            asks.for_each(|(_, set)| asked = asked.or(set));
        }
        undone.and(&asked).and(&self.rule(rule, &self.first(false), None).yes).and(&self.admissible)
    }

    /// The answer sets for which a rule holds although something that it asks for has not happened.
    pub fn in_advance(&self, rule: RuleIx) -> Bdd {
        let mut waiting = self.space.nothing();
        for (condition, _) in self.space.book[rule].bodies() {
            condition.each_leaf(&mut |leaf| {
                if let Condition::Done(question) | Condition::Is(question, _) = leaf {
                    let kind = &self.space.book[*question].kind;
                    let open = |answer| match (answer, kind) {
                        (Answer::NotYet | Answer::Planned(_), _) => true,
                        (Answer::Choice(choice), QuestionKind::Choice(all)) => all[usize::from(choice)].may_become != 0,
                        _ => false,
                    };
                    let open = self.space.where_answer(*question, open).and(&self.scope[question.index()][0].inside);
                    waiting = waiting.or(&open);
                }
            });
        }
        waiting.and(&self.rule(rule, &self.first(false), None).yes).and(&self.admissible)
    }

    /// The answer sets for which a rule can no longer hold.
    pub fn hopeless(&self, rule: RuleIx) -> Bdd {
        self.rule(rule, &self.first(true), None).no.and(&self.admissible)
    }

    /// A rule under every reading, in both futures and strengths.
    pub fn lenses(&self, rule: RuleIx) -> Vec<(OwnedLens, Values)> {
        let mut ways: BTreeSet<Vec<u8>> = BTreeSet::new();
        for (cell, looked) in self.space.book.cells.iter().enumerate() {
            if self.space.looks_at(CellIx::nth(cell), rule) {
                ways.extend(self.space.book.ways(looked));
            }
        }
        let mut lenses = Vec::new();
        for readings in ways {
            for (best, strong) in FUTURES_AND_STRENGTHS {
                let lens = OwnedLens { best, strong, readings: readings.clone(), awaits: None };
                let values = self.rule(rule, &lens, None);
                lenses.push((lens, values));
            }
        }
        lenses
    }

    /// What a rule comes to; a forced one comes to what it is forced to.
    pub fn rule(&self, ix: RuleIx, lens: &OwnedLens, force: Option<Force>) -> Values {
        if let Some(force) = force.filter(|force| force.rule == ix) {
            return self.constant(if force.holds { Possible::YES } else { Possible::NO });
        }
        let force = force.filter(|force| self.space.made_of[ix.index()].contains(&force.rule));
        // How disagreements are read of which it says nothing makes no difference.
        let mut lens = lens.clone();
        for (reading, conflict) in lens.readings.iter_mut().zip(0..) {
            *reading = if self.space.reads(ix, ConflictIx(conflict)) { *reading } else { 0 };
        }
        let key = (ix, lens.clone());
        if force.is_none()
            && let Some(known) = self.rules.borrow().get(&key)
        {
            return known.clone();
        }
        let rule = &self.space.book[ix];
        let (condition, grounds) = rule.under(&lens.readings);
        let asked = Asked { dues: &rule.dues, after_applying: rule.due_after_applying, in_rule: true };
        let outer = self.space.making.replace(Some(ix));
        let mut values = self.values(condition, &lens, asked, force);
        self.space.making.set(outer);
        if lens.strong && grounds.basis.is_weak() {
            values = self.hazy(values);
        }
        if force.is_none() {
            self.rules.borrow_mut().insert(key, values.clone());
        }
        values
    }

    fn constant(&self, value: Possible) -> Values {
        let (all, none) = (self.space.variables.mk_true(), self.space.nothing());
        let pick = |which: Possible| if value == which { all.clone() } else { none.clone() };
        Values {
            yes: pick(Possible::YES),
            no: pick(Possible::NO),
            cannot: pick(Possible::CANNOT_SAY),
            dropped: pick(Possible::DROPPED),
        }
    }

    /// What would be said cannot be.
    fn hazy(&self, values: Values) -> Values {
        let cannot = self.space.or(&self.space.or(&values.cannot, &values.yes), &values.no);
        Values { yes: self.space.nothing(), no: self.space.nothing(), cannot, dropped: values.dropped }
    }

    fn values(&self, condition: &Condition, lens: &OwnedLens, asked: Asked<'_>, force: Option<Force>) -> Values {
        let each = |parts: &[Condition]| -> Vec<Values> {
            parts.iter().map(|part| self.values(part, lens, asked, force)).collect()
        };
        match condition {
            Condition::Const(value) => self.constant(if *value { Possible::YES } else { Possible::NO }),
            Condition::All(parts) => self.count(&each(parts), Count::All),
            Condition::Any(parts) => self.count(&each(parts), Count::Any),
            Condition::AtLeast(least, parts) => self.count(&each(parts), Count::Least(usize::from(*least))),
            Condition::Not(part) => {
                let inner = self.values(part, lens, asked, force);
                Values { yes: inner.no, no: inner.yes, ..inner }
            }
            Condition::Rule(rule) => self.rule(*rule, lens, force),
            Condition::Passed(moment) if lens.awaits.is_some_and(|cell| comes_out(self.space.book, cell, *moment)) => {
                self.constant(Possible::NO)
            }
            Condition::Passed(moment) => self.constant(self.passed(*moment, lens.strong)),
            Condition::Is(question, set) => self.is(*question, *set, lens, asked),
            Condition::Compare(question, ..)
            | Condition::Between(question, ..)
            | Condition::Done(question)
            | Condition::Undone(question)
            | Condition::Timely(question) => {
                self.by_answer(*question, lens, |answer| self.said(condition, answer, lens, asked))
            }
        }
    }

    /// What a condition that looks at one question, but at no choice of it, comes to with this answer; none where it is no
    /// answer to that question.
    pub fn said(&self, leaf: &Condition, answer: Answer, lens: &OwnedLens, asked: Asked<'_>) -> Option<Possible> {
        let book = self.space.book;
        match (leaf, answer) {
            (Condition::Compare(question, relation, moment), Answer::Date(range) | Answer::Planned(range)) => {
                let (moment, planned) = (&book[*moment], matches!(answer, Answer::Planned(_)));
                let Some(when) = moment.when.as_ref().filter(|_| !(lens.strong && moment.grounds.basis.is_weak()))
                else {
                    return Some(Possible::CANNOT_SAY);
                };
                let holds = stands(range.first, *relation, when.day);
                Some(if asked.in_rule {
                    self.dated(&book[*question], range.first, planned, holds, *relation, lens, asked)
                } else {
                    Possible::from_bool(holds)
                })
            }
            (Condition::Between(_, from, until), Answer::Number(number)) => {
                Some(Possible::from_bool(*from <= number && number <= *until))
            }
            (Condition::Done(_), Answer::Done) => Some(Possible::YES),
            (Condition::Done(_), Answer::Never) => Some(Possible::NO),
            (Condition::Done(_), Answer::NotYet) => Some(self.waits(lens, asked, &[], None)),
            (Condition::Done(question), Answer::Planned(plan)) => {
                let set_by_others = book[*question].set_by_others;
                Some(self.waits(lens, asked, &[], Some(Plan { day: plan.first, set_by_others })))
            }
            (Condition::Undone(_), Answer::Done) => Some(Possible::NO),
            (Condition::Undone(_), Answer::Planned(_) | Answer::NotYet | Answer::Never) => Some(Possible::YES),
            (Condition::Timely(question), Answer::Choice(choice)) => {
                let choice = book[*question].choice_at(choice)?;
                let early = choice.not_before.is_some_and(|date| {
                    let known = self.passing(date);
                    known.own && !self.is_firmly_past(date)
                });
                let late = choice.not_after.is_some_and(|date| self.is_over(date, 0));
                Some(Possible::from_bool(!early && !late))
            }
            _ => None,
        }
    }

    fn is(&self, question: QuestionIx, set: u64, lens: &OwnedLens, asked: Asked<'_>) -> Values {
        let QuestionKind::Choice(choices) = &self.space.book[question].kind else {
            return self.by_answer(question, lens, |answer| match answer {
                Answer::Choice(choice) => Some(Possible::from_bool(set >> choice & 1 == 1)),
                Answer::Choices(held) => Some(Possible::from_bool(held & set != 0)),
                _ => None,
            });
        };
        let mut sum = self.constant(Possible::OPEN);
        for number in 0..choices.len() {
            let chosen = self.space.where_answer(question, |answer| match answer {
                Answer::Choice(given) => usize::from(given) == number,
                _ => false,
            });
            let values = self.chosen(choices, number, set, lens, asked);
            let narrow = |all: &Bdd, set: &Bdd| self.space.or(all, &self.space.and(set, &chosen));
            sum = Values {
                yes: narrow(&sum.yes, &values.yes),
                no: narrow(&sum.no, &values.no),
                cannot: narrow(&sum.cannot, &values.cannot),
                dropped: sum.dropped,
            };
        }
        self.scoped(question, sum, lens)
    }

    /// What one choice comes to where it is the answer.
    fn chosen(&self, choices: &[Choice], number: usize, set: u64, lens: &OwnedLens, asked: Asked<'_>) -> Values {
        let ways = self.turns(choices, number, set, lens, asked).into_iter().map(|(value, outcome_of)| {
            let values = self.constant(value);
            let Some(cell) = outcome_of else { return values };
            let Shut { surely, perhaps } = self.shut(cell);
            let cannot = self.space.or(&values.cannot, &self.space.and(&values.yes, &perhaps));
            Values {
                yes: self.space.and_not(&values.yes, &self.space.or(&surely, &perhaps)),
                cannot: self.space.and_not(&cannot, &surely),
                no: self.space.or(&values.no, &surely),
                dropped: values.dropped,
            }
        });
        self.count(&ways.collect::<Vec<_>>(), Count::Any)
    }

    /// The ways in which one choice, where it is the answer, is in the set or can still turn into what is: any of them will
    /// do. Where a cell is named it is an outcome of that one, and cannot happen once that is shut.
    pub fn turns(
        &self,
        choices: &[Choice],
        number: usize,
        set: u64,
        lens: &OwnedLens,
        asked: Asked<'_>,
    ) -> Vec<(Possible, Option<CellIx>)> {
        let choice = &choices[number];
        let alone = |value| vec![(value, None)];
        // By a soft day it should not be known yet.
        let too_early = choice
            .not_before
            .filter(|_| asked.in_rule)
            .is_some_and(|date| !self.passing(date).own && self.has_soft_day(date) && self.is_ahead(date));
        if too_early {
            return alone(Possible::CANNOT_SAY);
        }
        if set >> number & 1 == 1 {
            return alone(Possible::YES);
        }
        let targets: Vec<usize> = (0..choices.len()).filter(|to| (choice.may_become & set) >> to & 1 == 1).collect();
        if targets.is_empty() {
            return alone(Possible::NO);
        }
        // By a soft day it should have turned.
        let is_stale = |date: MomentIx| self.is_over(date, 1) && !self.is_over(date, 0);
        if choice.not_after.filter(|_| asked.in_rule).is_some_and(is_stale) {
            return alone(Possible::CANNOT_SAY);
        }
        let gone = choice.not_after.is_some_and(|date| self.is_over(date, 0));
        let fading = choice.not_after.is_some_and(is_stale);
        let ways = targets.iter().map(|to| {
            let between = (0..choices.len()).filter(|other| {
                other != to && choice.may_become >> other & 1 == 1 && choices[*other].may_become >> to & 1 == 1
            });
            let mut by: Vec<MomentIx> = between.filter_map(|other| choices[other].by).collect();
            by.extend(choices[*to].by);
            let value = match self.waits(lens, asked, &by, None) {
                _ if gone => Possible::NO,
                Possible::YES if fading => Possible::CANNOT_SAY,
                value => value,
            };
            (value, choices[*to].outcome_of.filter(|_| lens.best || asked.after_applying))
        });
        ways.collect()
    }

    /// The answer sets for which a cell is closed, whatever becomes of its own outcomes.
    fn shut(&self, cell: CellIx) -> Shut {
        if let Some(known) = self.shut.borrow().get(&cell) {
            return known.clone();
        }
        let looked = &self.space.book[cell];
        let ways = self.space.book.ways(looked);
        let all = self.space.variables.mk_true();
        let everywhere = |of: &dyn Fn(&OwnedLens) -> Bdd, best: bool, strong: bool| {
            let each = ways
                .iter()
                .map(|way| of(&OwnedLens { best, strong, readings: way.clone(), awaits: (!best).then_some(cell) }));
            each.fold(all.clone(), |all, set| self.space.and(&all, &set))
        };
        let [mut surely, missed] =
            [true, false].map(|strong| everywhere(&|lens| self.required(looked, lens, None).failed, true, strong));
        for (_, rule) in &looked.closed {
            surely = self.space.or(&surely, &everywhere(&|lens| self.rule(*rule, lens, None).yes, false, true));
        }
        let shut = Shut { perhaps: self.space.and_not(&missed, &surely), surely };
        self.shut.borrow_mut().insert(cell, shut.clone());
        shut
    }

    fn by_answer(
        &self,
        question: QuestionIx,
        lens: &OwnedLens,
        comes_to: impl Fn(Answer) -> Option<Possible>,
    ) -> Values {
        let where_it_is = |value| self.space.where_answer(question, |answer| comes_to(answer) == Some(value));
        let values = Values {
            yes: where_it_is(Possible::YES),
            no: where_it_is(Possible::NO),
            cannot: where_it_is(Possible::CANNOT_SAY),
            dropped: self.space.nothing(),
        };
        self.scoped(question, values, lens)
    }

    fn scoped(&self, question: QuestionIx, values: Values, lens: &OwnedLens) -> Values {
        let Scope { inside, outside } = &self.scope[question.index()][usize::from(lens.strong)];
        let neither = self.space.or(inside, outside).not();
        let within = |set: &Bdd| self.space.and(set, inside);
        Values {
            yes: within(&values.yes),
            no: within(&values.no),
            cannot: self.space.or(&within(&values.cannot), &neither),
            dropped: self.space.or(&within(&values.dropped), outside),
        }
    }

    /// A single day inside a rule: what lies ahead is a plan.
    #[allow(clippy::too_many_arguments, reason = "all that there is to say about one day")]
    fn dated(
        &self,
        question: &Question,
        day: Day,
        planned: bool,
        holds: bool,
        relation: Relation,
        lens: &OwnedLens,
        asked: Asked<'_>,
    ) -> Possible {
        let ahead = planned || day > self.as_of.day;
        match (holds, ahead) {
            (false, _) if question.renewable && matches!(relation, Relation::OnOrAfter | Relation::After) => {
                self.waits(lens, asked, &[], None)
            }
            (false, _) => Possible::NO,
            (true, _) if question.may_lie_ahead && !planned => Possible::YES,
            (true, true) => self.waits(lens, asked, &[], Some(Plan { day, set_by_others: question.set_by_others })),
            (true, false) => {
                let known: Vec<Passing> = asked.dues.iter().map(|due| self.falling_due(*due)).collect();
                if known.iter().any(|known| known.firm.is_some_and(|(_, due)| day > due)) {
                    Possible::NO
                } else if known.iter().any(|known| known.soft.is_some_and(|(_, due)| day > due)) {
                    Possible::CANNOT_SAY
                } else {
                    Possible::YES
                }
            }
        }
    }

    /// What has not happened yet comes to, by the dates of the rule and more of them.
    fn waits(&self, lens: &OwnedLens, asked: Asked<'_>, more: &[MomentIx], plan: Option<Plan>) -> Possible {
        if !(lens.best || asked.after_applying) {
            return Possible::NO;
        }
        let dues: Vec<MomentIx> = asked.dues.iter().chain(more).copied().chain(self.space.book.last).collect();
        let known: Vec<Passing> = dues.iter().map(|due| self.falling_due(*due)).collect();
        let is_after = |point: Option<(i64, Day)>, day: Day| point.is_some_and(|(_, due)| day > due);
        let firmly_late = plan.is_some_and(|plan| known.iter().any(|known| is_after(known.firm, plan.day)));
        let softly_late = plan.is_some_and(|plan| known.iter().any(|known| is_after(known.soft, plan.day)));
        // As it is, a plan after a firm date is not a plan in time; at best it can be moved, unless others set the day.
        let cannot_move = plan.is_some_and(|plan| plan.set_by_others);
        let asked_late =
            asked.dues.iter().any(|due| plan.is_some_and(|plan| is_after(self.falling_due(*due).firm, plan.day)));
        let is_past = |point: Option<(i64, Day)>| point.is_some_and(|(instant, _)| self.as_of.instant > instant);
        if known.iter().any(|known| is_past(known.firm)) || (firmly_late && cannot_move) || (asked_late && !lens.best) {
            Possible::NO
        } else if softly_late || known.iter().any(|known| is_past(known.soft)) {
            Possible::CANNOT_SAY
        } else {
            Possible::YES
        }
    }

    /// The same where something is due by the date: there is time until a firm day is over, and until an opening that is only
    /// expected is; where it may still count later, no day is firm.
    fn falling_due(&self, moment: MomentIx) -> Passing {
        let known = self.passing(moment);
        let firm = known.over[0].zip(known.firm).map(|(over, (_, day))| (over, day));
        let date = &self.space.book[self.space.book[moment].date];
        let opens = matches!(date.kind, DateKind::Window(opens, _) if opens == moment);
        let lasting = known.over[1].filter(|_| opens).zip(known.soft).map(|(over, (_, day))| (over, day));
        let known = Passing { soft: lasting.or(known.soft), ..known };
        let soft = Passing { firm: None, own: false, soft: firm.or(known.soft), ..known };
        if self.space.book[moment].late_may_count { soft } else { Passing { firm, ..known } }
    }

    /// What is known of when a date passes.
    fn passing(&self, moment: MomentIx) -> Passing {
        let book = self.space.book;
        let firm_of = |moment: MomentIx| {
            let moment = &book[moment];
            moment.when.clone().filter(|_| !moment.grounds.basis.is_weak())
        };
        let point = |when: &When| (when.instant, when.day);
        if let Some(firm) = firm_of(moment) {
            return Passing { firm: Some(point(&firm)), own: true, soft: None, over: [Some(firm.over), None] };
        }
        let soft_of = |moment: MomentIx| {
            let moment = &book[moment];
            let read = moment.when.iter().chain(moment.others.iter().map(|(when, _)| when));
            read.max_by_key(|when| (when.instant, when.day)).or(moment.moved.as_ref()).cloned()
        };
        let bounds = &book[moment].bounds;
        let firm = bounds.iter().filter_map(|bound| Some(point(&firm_of(*bound)?))).min();
        let unfirm = bounds.iter().filter(|bound| firm_of(**bound).is_none());
        let before = unfirm.filter_map(|bound| Some(point(&soft_of(*bound)?))).min();
        // What comes before another date has passed when that one begins.
        let own = soft_of(moment);
        let soft = own.as_ref().map(point).or(before).or(firm);
        let over = [firm.map(|(begins, _)| begins), own.map(|own| own.over).or(soft.map(|(begins, _)| begins))];
        Passing { firm, own: false, soft, over }
    }

    /// Whether the whole day of a date is past, as firm days say (0) or soft ones (1).
    fn is_over(&self, moment: MomentIx, which: usize) -> bool {
        self.passing(moment).over[which].is_some_and(|over| self.as_of.instant > over)
    }

    /// Whether a date has a soft day of its own, and not that of a date which it comes before.
    fn has_soft_day(&self, moment: MomentIx) -> bool {
        let moment = &self.space.book[moment];
        moment.when.is_some() || moment.moved.is_some()
    }

    fn is_firmly_past(&self, moment: MomentIx) -> bool {
        self.passing(moment).firm.is_some_and(|(instant, _)| self.as_of.instant > instant)
    }

    fn is_softly_past(&self, moment: MomentIx) -> bool {
        let soft = self.passing(moment).soft.is_some_and(|(instant, _)| self.as_of.instant > instant);
        soft && !self.is_firmly_past(moment)
    }

    fn is_ahead(&self, moment: MomentIx) -> bool {
        !self.is_firmly_past(moment) && !self.is_softly_past(moment)
    }

    /// Whether a date has passed; to strong eyes only firm days tell.
    pub fn passed(&self, moment: MomentIx, strong: bool) -> Possible {
        let known = self.passing(moment);
        match () {
            () if self.is_firmly_past(moment) => Possible::YES,
            () if known.own => Possible::NO,
            () if known.soft.is_some() && !strong => Possible::from_bool(self.is_softly_past(moment)),
            () => Possible::CANNOT_SAY,
        }
    }

    /// Whether the opening of a cell is known and still to come.
    pub fn is_unopened(&self, cell: &Cell) -> bool {
        cell.opens.is_some_and(|opens| self.passed(opens, false) == Possible::NO)
    }

    /// Counts over the parts that apply.
    fn count(&self, parts: &[Values], how: Count) -> Values {
        let none = self.space.nothing();
        let all = self.space.variables.mk_true();
        let (mut yes, mut no, mut cannot) = (none.clone(), none.clone(), none.clone());
        let mut dropped = all.clone();
        // For each number of parts that hold, and of parts that may hold, the answer sets.
        let mut counts: BTreeMap<(usize, usize, usize), Bdd> = BTreeMap::from([((0, 0, 0), all)]);
        for part in parts {
            dropped = self.space.and(&dropped, &part.dropped);
            let mut next: BTreeMap<(usize, usize, usize), Bdd> = BTreeMap::new();
            for ((y, c, n), set) in &counts {
                let steps = [
                    ((y + 1, *c, *n), &part.yes),
                    ((*y, c + 1, *n), &part.cannot),
                    ((*y, *c, n + 1), &part.no),
                    ((*y, *c, *n), &part.dropped),
                ];
                for (count, with) in steps {
                    let reached = self.space.and(set, with);
                    if !reached.is_false() {
                        let entry = next.entry(count).or_insert_with(|| none.clone());
                        *entry = self.space.or(entry, &reached);
                    }
                }
            }
            counts = next;
        }
        for ((y, c, n), set) in &counts {
            let target = match (how, y + c + n) {
                (_, 0) => continue,
                (Count::All, applying) if *y == applying => &mut yes,
                (Count::All, _) if *n > 0 => &mut no,
                (Count::Any, _) if *y > 0 => &mut yes,
                (Count::Any, applying) if *n == applying => &mut no,
                (Count::Least(least), _) if *y >= least => &mut yes,
                (Count::Least(least), _) if y + c < least => &mut no,
                _ => &mut cannot,
            };
            *target = self.space.or(target, set);
        }
        Values { yes, no, cannot, dropped }
    }

    /// The verdict table, line by line.
    pub fn outcomes(&self, cell: CellIx, force: Option<Force>) -> Outcomes {
        if force.is_none()
            && let Some(known) = self.outcomes.borrow().get(&cell)
        {
            return known.clone();
        }
        let looked = &self.space.book[cell];
        let outcomes: Outcomes = self.table(looked, &self.space.book.ways(looked), force).into();
        if force.is_none() {
            self.outcomes.borrow_mut().insert(cell, outcomes.clone());
        }
        outcomes
    }

    /// The same as if a disagreement had one reading alone.
    pub fn outcomes_with(&self, cell: CellIx, conflict: ConflictIx, reading: usize) -> Vec<(Outcome, Bdd)> {
        let cell = &self.space.book[cell];
        let mut ways = self.space.book.ways(cell);
        ways.retain(|way| usize::from(way[conflict.index()]) == reading);
        self.table(cell, &ways, None)
    }

    /// Whether the rules should have been checked again by then.
    pub fn is_stale(&self) -> bool {
        self.as_of.instant >= self.space.book.check_by
    }

    /// The admissible answer sets that meet all requirements of a cell as things are, in every reading.
    pub fn met_as_it_is(&self, ix: CellIx) -> Rc<Bdd> {
        let known = self.met_as_it_is.borrow().get(&ix).cloned();
        known.unwrap_or_else(|| {
            let cell = &self.space.book[ix];
            let met = |lens: &OwnedLens| self.required(cell, lens, None).met;
            let met = Rc::new(self.everywhere(&self.space.book.ways(cell), &met, false, false));
            self.met_as_it_is.borrow_mut().insert(ix, met.clone());
            met
        })
    }

    /// The admissible answer sets that are in the set in every one of these ways to read.
    fn everywhere(&self, ways: &[Vec<u8>], of: &dyn Fn(&OwnedLens) -> Bdd, best: bool, strong: bool) -> Bdd {
        let each = ways.iter().map(|way| of(&OwnedLens { best, strong, readings: way.clone(), awaits: None }));
        each.fold(self.admissible.clone(), |all, set| self.space.and(&all, &set))
    }

    /// The answer sets that meet every requirement of a cell, or fail one. What is dropped counts as met, but where all are,
    /// none is met.
    fn required(&self, cell: &Cell, lens: &OwnedLens, force: Option<Force>) -> Required {
        let mut required = Required { met: self.space.variables.mk_true(), failed: self.space.nothing() };
        let mut none = self.space.variables.mk_true();
        for rule in &cell.requires {
            let part = self.rule(*rule, lens, force);
            let passes = self.space.or(&part.yes, &part.dropped);
            required.met = self.space.and(&required.met, &passes);
            required.failed = self.space.or(&required.failed, &part.no);
            none = self.space.and(&none, &part.dropped);
        }
        Required { met: self.space.and_not(&required.met, &none), ..required }
    }

    /// The verdict that answers leave, if there is just one: that of the only outcome or, where all of them close the cell,
    /// *over* or a requirement, whichever is among them first.
    pub fn single(&self, cell: CellIx, answers: &[(QuestionIx, Answer)]) -> Option<Outcome> {
        let outcomes = self.outcomes(cell, None);
        let left = outcomes.iter().filter(|(_, set)| !self.space.known(set, answers).is_false());
        let left: Vec<Outcome> = left.map(|(outcome, _)| *outcome).collect();
        if left.len() == 1 {
            return left.first().copied();
        }
        let over = self.space.book[cell].over.map(Outcome::Closed);
        let all_closed = left.iter().all(|outcome| outcome.is_closed());
        let told = [over, Some(Outcome::Unmet)].into_iter().flatten();
        told.filter(|_| all_closed).find(|outcome| left.contains(outcome))
    }

    /// Whether answers leave a way to a verdict other than this one, given of them all.
    pub fn leads_elsewhere(&self, cell: CellIx, outcome: Outcome, answers: &[(QuestionIx, Answer)]) -> bool {
        let over = self.space.book[cell].over.map(Outcome::Closed);
        let is_other = |other: Outcome| {
            let closed = other.is_closed();
            match outcome {
                outcome if Some(outcome) == over => !closed,
                Outcome::Unmet => !closed || Some(other) == over,
                outcome => other != outcome,
            }
        };
        let outcomes = self.outcomes(cell, None);
        outcomes.iter().any(|(other, set)| is_other(*other) && !self.space.known(set, answers).is_false())
    }

    fn table(&self, cell: &Cell, ways: &[Vec<u8>], force: Option<Force>) -> Vec<(Outcome, Bdd)> {
        let everywhere =
            |of: &dyn Fn(&OwnedLens) -> Bdd, best: bool, strong: bool| self.everywhere(ways, of, best, strong);
        let mut left = self.admissible.clone();
        let mut sets: BTreeMap<Outcome, Bdd> =
            outcomes_of(cell).into_iter().map(|outcome| (outcome, self.space.nothing())).collect();
        let mut take = |outcome: Outcome, set: &Bdd, left: &mut Bdd| {
            let taken = self.space.and(left, set);
            *left = self.space.and_not(left, &taken);
            if let Some(known) = sets.get_mut(&outcome) {
                *known = self.space.or(known, &taken);
            }
        };
        let mut doubtful = self.space.nothing();
        for &(kind, rule) in &cell.closed {
            let closes = everywhere(&|lens| self.rule(rule, lens, force).yes, false, true);
            take(Outcome::Closed(kind), &closes, &mut left);
            let silent = everywhere(
                &|lens| {
                    let values = self.rule(rule, lens, force);
                    self.space.or(&values.no, &values.dropped)
                },
                false,
                false,
            );
            doubtful = self.space.or(&doubtful, &self.space.and_not(&self.admissible, &silent));
        }
        let required = |lens: &OwnedLens| self.required(cell, lens, force);
        let hopeless = everywhere(&|lens| required(lens).failed, true, true);
        take(Outcome::Unmet, &hopeless, &mut left);
        take(Outcome::Ask, &doubtful, &mut left);
        let covered = self.values(&cell.covered, &self.plain(), OUTSIDE, force).yes;
        let now = everywhere(&|lens| required(lens).met, false, false);
        let best = everywhere(&|lens| required(lens).met, true, false);
        let stale = self.is_stale();
        let open = if self.is_unopened(cell) { Outcome::NotYet } else { Outcome::Open };
        take(if stale { Outcome::Ask } else { open }, &self.space.and(&now, &covered), &mut left);
        take(if stale { Outcome::Ask } else { Outcome::NotYet }, &self.space.and_not(&best, &now), &mut left);
        let rest = left.clone();
        take(Outcome::Ask, &rest, &mut left);
        sets.into_iter().collect()
    }
}

/// The answer sets for which a cell is closed, and those for which nobody can say.
#[derive(Clone)]
struct Shut {
    surely: Bdd,
    perhaps: Bdd,
}

#[derive(Clone, Copy)]
enum Count {
    All,
    Any,
    Least(usize),
}

/// Whether a day stands in this relation to another one.
pub fn stands(day: Day, relation: Relation, to: Day) -> bool {
    match relation {
        Relation::Before => day < to,
        Relation::OnOrBefore => day <= to,
        Relation::OnOrAfter => day >= to,
        Relation::After => day > to,
    }
}

/// Every outcome that a cell can have.
pub fn outcomes_of(cell: &Cell) -> Vec<Outcome> {
    let kinds = (0..cell.kinds.len()).filter_map(|kind| u8::try_from(kind).ok()).map(Outcome::Closed);
    [Outcome::Open, Outcome::NotYet, Outcome::Ask, Outcome::Unmet].into_iter().chain(kinds).collect()
}

/// Whether outcomes of the cell come out on this date.
pub fn comes_out(book: &Rulebook, cell: CellIx, moment: MomentIx) -> bool {
    let choices = book.questions.iter().filter_map(|question| match &question.kind {
        QuestionKind::Choice(choices) => Some(choices),
        _ => None,
    });
    choices.flatten().any(|choice| choice.outcome_of == Some(cell) && choice.not_before == Some(moment))
}

/// The dates that a condition looks at.
pub fn moments_in(condition: &Condition, found: &mut BTreeSet<MomentIx>) {
    condition.each_leaf(&mut |leaf| {
        if let Condition::Compare(_, _, moment) | Condition::Passed(moment) = leaf {
            found.insert(*moment);
        }
    });
}
