//! Small rulebooks made in memory, from parts whose values are known beforehand.

use crate::compiled;
use rulebook::{compile, prove};
use rules::answers::{Answer, Answers, Entered};
use rules::day::Day;
use rules::facts::{Facts, Future, Lens};
use rules::possible::Possible;
use rules::rulebook::{
    AsOf, Basis, Body, Change, Choice, Condition, ConflictIx, Constraint, Grounds, MomentIx, Named, QuestionIx,
    QuestionKind, Relation, RuleIx, Rulebook, Text,
};
use rules::verdict::{Outcome, Verdict};

pub const A: Answer = Answer::Choice(0);
pub const B: Answer = Answer::Choice(1);
pub const C: Answer = Answer::Choice(2);

pub const VALUES: [(&str, Possible); 4] = [
    ("yes", Possible::YES),
    ("no", Possible::NO),
    ("cannot say", Possible::CANNOT_SAY),
    ("dropped", Possible::DROPPED),
];

/// The picnic of `tests/rulebooks_bad/base`, with its calendar and nothing else: no question, no rule, an empty cell.
pub struct Toy {
    pub book: Rulebook,
    pub answers: Vec<(QuestionIx, Answer)>,
    pub entered: Vec<(MomentIx, Entered)>,
    pub as_of: AsOf,
}

impl Toy {
    pub fn new() -> Toy {
        let mut book = picnic();
        book.questions.clear();
        book.constraints.clear();
        book.rules.clear();
        book.conflicts.clear();
        book.documents.clear();
        book.stages.clear();
        book.notices.clear();
        let cell = &mut book.cells[0];
        (cell.requires, cell.closed, cell.kinds) = (Vec::new(), Vec::new(), Vec::new());
        (cell.over, cell.covered) = (None, Condition::Const(true));
        let as_of = day_at(&book, "2031-06-01T12:00:00-06:00");
        Toy { book, answers: Vec::new(), entered: Vec::new(), as_of }
    }

    pub fn question(&mut self, kind: QuestionKind, relevant_when: Option<Condition>) -> QuestionIx {
        let picnic = picnic().questions[0].clone();
        let index = self.book.questions.len();
        let id = Text::from(format!("q{index}"));
        self.book.questions.push(rules::rulebook::Question { id, kind, relevant_when, ..picnic });
        QuestionIx::nth(index)
    }

    /// A day that may lie ahead of the day of asking, between the first days of two years.
    pub fn date(&mut self, from: &str, until: &str) -> QuestionIx {
        let question = self.question(QuestionKind::Date(day(from), day(until)), None);
        self.book.questions[question.index()].may_lie_ahead = true;
        question
    }

    /// A choice between a, b, c …
    pub fn choice(&mut self, count: usize, relevant_when: Option<Condition>) -> QuestionIx {
        self.question(QuestionKind::Choice(choices(count)), relevant_when)
    }

    pub fn answer(&mut self, question: QuestionIx, answer: Answer) {
        self.answers.push((question, answer));
    }

    pub fn rule(&mut self, body: Body) -> RuleIx {
        let index = self.book.rules.len();
        self.book.rules.push(rules::rulebook::Rule {
            id: Text::from(format!("r{index}")),
            body,
            dues: Vec::new(),
            due_after_applying: false,
            disputed: false,
            title: "".into(),
            text: "".into(),
            step: None,
            wait: None,
            ask: None,
            condition: None,
            missed: None,
            instead: None,
            question: None,
            moot: None,
        });
        RuleIx::nth(index)
    }

    pub fn stated(&mut self, condition: Condition) -> RuleIx {
        self.rule(Body::Plain(condition, grounds(Basis::Stated)))
    }

    /// A rule with two readings of a disagreement of its own.
    pub fn disputed(&mut self, readings: [Condition; 2]) -> RuleIx {
        let conflict = ConflictIx::nth(self.book.conflicts.len());
        let named = |id: &str| Named { id: id.into(), text: "".into() };
        self.book.conflicts.push(rules::rulebook::Conflict {
            id: Text::from(format!("c{}", conflict.0)),
            ask: vec![rules::rulebook::ContactIx(0)],
            title: "".into(),
            text: "".into(),
            likely: "".into(),
            question: "".into(),
            readings: vec![named("one"), named("other")],
        });
        let bodies = readings.map(|condition| (condition, grounds(Basis::Stated)));
        let rule = self.rule(Body::Readings(conflict, bodies.into()));
        self.book.rules[rule.index()].disputed = true;
        rule
    }

    pub fn moment(&self, id: &str) -> MomentIx {
        let found = self.book.moments.iter().position(|moment| &*moment.id == id);
        MomentIx::nth(found.unwrap_or_else(|| panic!("there is no date {id:?}")))
    }

    /// A date that lies ahead of the day of asking or behind it, firm or soft, or of which nothing is known; `none` for no
    /// date.
    pub fn moment_that_is(&mut self, words: &str) -> Option<MomentIx> {
        Some(match words {
            "none" => return None,
            "not published" => self.moment("parade"),
            "firm ahead" => self.moment("picnic-day"),
            "firm behind" => self.moment("permit-due"),
            "soft ahead" => self.moment_on("picnic-day", Basis::Inferred),
            "soft behind" => self.moment_on("permit-due", Basis::Inferred),
            "known to come before one that is ahead" => {
                let (moment, later) = (self.moment("parade"), self.moment("picnic-day"));
                self.book.moments[moment.index()].bounds.push(later);
                moment
            }
            other => match other.split_once(' ') {
                Some((firm, on)) => {
                    let basis = if firm == "firm" { Basis::Stated } else { Basis::SecondHand };
                    let moment = self.moment_on("booking.closes", basis);
                    self.book.moments[moment.index()].when = Some(self.book.when(moment, day(on), None));
                    moment
                }
                None => panic!("no date is {other:?}"),
            },
        })
    }

    /// A copy of a date, on another basis.
    pub fn moment_on(&mut self, id: &str, basis: Basis) -> MomentIx {
        let mut copy = self.book[self.moment(id)].clone();
        copy.grounds.basis = basis;
        self.book.moments.push(copy);
        MomentIx::nth(self.book.moments.len() - 1)
    }

    /// A condition with exactly these values, such as `yes/no`: one that holds, does not, cannot be said or is open, over a
    /// question that is in scope, out of it, or perhaps in it.
    pub fn part(&mut self, values: &str) -> Condition {
        match values {
            "yes/cannot say" => return Condition::Any(vec![self.part("yes/no"), self.part("cannot say")]),
            "no/cannot say" => return Condition::All(vec![self.part("yes/no"), self.part("cannot say")]),
            _ => {}
        }
        let (applies, scope) = match (values, values.strip_suffix("/dropped")) {
            ("dropped", _) => ("yes", Some(Condition::Const(false))),
            (_, Some(applies)) => (applies, Some(Condition::Is(self.choice(2, None), 1))),
            (_, None) => (values, None),
        };
        match applies {
            "yes" => Condition::Is(self.choice(1, scope), 1),
            "no" => Condition::Is(self.choice(1, scope), 0),
            "yes/no" => Condition::Is(self.choice(2, scope), 1),
            "cannot say" => {
                let date = self.question(QuestionKind::Date(day("2031-01-01"), day("2031-12-31")), scope);
                Condition::Compare(date, Relation::Before, self.moment("parade"))
            }
            other => panic!("no part has the values {other:?}"),
        }
    }

    /// An odd number of these questions, of two choices each, has the first answer: it can be yes or no until the last of
    /// them is answered.
    pub fn odd(&mut self, questions: &[QuestionIx]) -> Condition {
        questions.iter().fold(Condition::Const(false), |odd, question| {
            let before = Condition::Rule(self.stated(odd));
            let (first, not) =
                (is(*question, &[0]), |condition: &Condition| Condition::Not(Box::new(condition.clone())));
            any([Condition::All(vec![first.clone(), not(&before)]), Condition::All(vec![not(&first), before])])
        })
    }

    /// An answered question, about something that the person can do.
    pub fn answered(&mut self, kind: QuestionKind, answer: Answer) -> QuestionIx {
        let question = self.question(kind, None);
        self.book.questions[question.index()].change = Change::Action;
        self.answer(question, answer);
        question
    }

    /// The same, for a choice between a, b and c.
    pub fn chosen(&mut self, answer: Answer) -> QuestionIx {
        self.answered(QuestionKind::Choice(choices(3)), answer)
    }

    pub fn event(&mut self, answer: Answer) -> QuestionIx {
        self.answered(QuestionKind::Event, answer)
    }

    /// A rule that the cell requires.
    pub fn require(&mut self, condition: Condition) -> RuleIx {
        let rule = self.stated(condition);
        self.book.cells[0].requires.push(rule);
        rule
    }

    /// A rule that closes the cell.
    pub fn close(&mut self, condition: Condition, basis: Basis) -> RuleIx {
        let rule = self.rule(Body::Plain(condition, grounds(basis)));
        let cell = &mut self.book.cells[0];
        cell.closed.push((u8::try_from(cell.kinds.len()).expect("few kinds"), rule));
        cell.kinds.push(Named { id: self.book.rules[rule.index()].id.clone(), text: "".into() });
        rule
    }

    /// By when the rule wants what it asks for; `none` for no date.
    pub fn due(&mut self, rule: RuleIx, id: &str) {
        self.book.rules[rule.index()].dues = if id == "none" { Vec::new() } else { vec![self.moment(id)] };
    }

    /// The rulebook as the engine takes it.
    pub fn done(&mut self) {
        compile::refresh(&mut self.book);
    }

    pub fn given(&self) -> Answers {
        let mut given = Answers::none(&self.book);
        for (question, answer) in &self.answers {
            given.set(&self.book, *question, *answer).expect("the answer fits its question");
        }
        for (moment, entered) in &self.entered {
            given.enter(&self.book, *moment, Some(*entered)).expect("the day fits its date");
        }
        given
    }

    pub fn facts(&self) -> Facts<'_> {
        Facts::new(&self.book, &self.given(), self.as_of)
    }

    /// The answers that say something.
    pub fn known(&self) -> Vec<(QuestionIx, Answer)> {
        let says = |(_, answer): &&(QuestionIx, Answer)| match answer {
            Answer::Skipped | Answer::DontKnow => false,
            Answer::Planned(plan) => plan.last >= self.as_of.day,
            _ => true,
        };
        let facts = self.facts();
        let says = |given: &&(QuestionIx, Answer)| says(given) && facts.value(given.0).is_some();
        self.answers.iter().filter(says).copied().collect()
    }

    /// What a rule comes to, for the engine and for the diagrams. The book is done.
    #[track_caller]
    pub fn both(&self, rule: RuleIx, future: Future, strong: bool) -> [Possible; 2] {
        let readings = vec![0; self.book.conflicts.len()];
        let engine = self.facts().rule(rule, Lens { future, strong, readings: &readings });
        let book = prove::with_entered(&self.book, &self.entered);
        let mut book = prove::on_days(&book, &[self.as_of]);
        // Answers that no threshold tells apart from a class are classes here.
        for (question, answer) in self.known() {
            let classes = &mut book.questions[question.index()].classes;
            match answer {
                Answer::Date(range) => {
                    let mut ends = vec![range.first, range.last];
                    ends.dedup();
                    let ends = ends.into_iter().map(|day| Answer::Date(day.into()));
                    let new: Vec<Answer> = ends.filter(|day| !classes.contains(day)).collect();
                    classes.extend(new);
                }
                answer if classes.contains(&answer) => {}
                answer => classes.push(answer),
            }
        }
        let space = prove::model::Space::new(&book);
        let model = prove::model::Model::new(&space, self.as_of);
        let values = model.rule(rule, &prove::model::OwnedLens::new(future, strong, &readings), None);
        [engine, space.left(&values, model.admissible(), &self.known())]
    }

    /// The verdict of the only cell, for the engine and for the diagrams.
    pub fn verdicts(&self) -> [Verdict; 2] {
        let cell = rules::rulebook::CellIx(0);
        let book = prove::with_entered(&self.book, &self.entered);
        let book = prove::on_days(&book, &[self.as_of]);
        let space = prove::model::Space::new(&book);
        let model = prove::model::Model::new(&space, self.as_of);
        let single = model.single(cell, &self.known());
        [self.facts().verdict(cell), single.map_or(Verdict::NeedsAnswers, Verdict::Decided)]
    }
}

/// The rulebook of `tests/rulebooks_bad/base`.
pub fn picnic() -> Rulebook {
    thread_local! {
        static PICNIC: Rulebook = compiled("tests/rulebooks_bad/base", "2031");
    }
    PICNIC.with(Clone::clone)
}

pub fn choices(count: usize) -> Vec<Choice> {
    let ids = ["a", "b", "c", "d"];
    ids[..count].iter().map(|id| Choice { id: (*id).into(), ..Choice::default() }).collect()
}

/// A constraint that asks the same of the day as those that the compiler adds.
pub fn timely(question: QuestionIx) -> Constraint {
    Constraint { id: "in-time".into(), holds_when: Condition::Timely(question), text: "".into() }
}

/// The answer is one of these choices.
pub fn is(question: QuestionIx, choices: &[u8]) -> Condition {
    Condition::Is(question, choices.iter().map(|choice| 1 << choice).sum())
}

pub fn any<const N: usize>(parts: [Condition; N]) -> Condition {
    Condition::Any(parts.into())
}

pub fn grounds(basis: Basis) -> Grounds {
    Grounds { basis, sources: Vec::new() }
}

pub fn day(text: &str) -> Day {
    rules::day::DayRange::parse(text).expect("a day").first
}

pub fn day_at(book: &Rulebook, text: &str) -> AsOf {
    rulebook::evaluate::as_of(book, text).expect("a time with an offset")
}

fn position(value: &str) -> usize {
    let found = VALUES.iter().position(|(name, _)| *name == value);
    found.unwrap_or_else(|| panic!("{value:?} is no value"))
}

/// The set that a table names, such as `yes/no`.
pub fn set(values: &str) -> Possible {
    let each = values.split('/').map(|value| VALUES[position(value.trim())].1);
    each.reduce(|a, b| a | b).expect("a set has a value")
}

/// As a table names it.
pub fn name(verdict: Verdict) -> String {
    match verdict {
        Verdict::NeedsAnswers => "needs answers".to_owned(),
        Verdict::Decided(Outcome::Open) => "open".to_owned(),
        Verdict::Decided(Outcome::NotYet) => "not yet".to_owned(),
        Verdict::Decided(Outcome::Ask) => "ask".to_owned(),
        Verdict::Decided(Outcome::Unmet) => "closed by a requirement".to_owned(),
        Verdict::Decided(Outcome::Closed(kind)) => format!("closed by {}", kind + 1),
    }
}
