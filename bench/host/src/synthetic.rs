//! Rulebooks many times as big as a real one: copies of its questions, rules and cells side by side, with what belongs to
//! them. Dates, sources and contacts are shared, as they are between the cells of a real one.

use bench_parts::State;
use rules::rulebook::{
    Body, Cell, CellIx, Choice, Condition, Conflict, ConflictIx, Constraint, Document, Grounds, Question, QuestionIx,
    QuestionKind, Rule, RuleIx, Rulebook, Text,
};

/// So many copies of the rulebook in one.
///
/// # Errors
/// When a list would outgrow what its positions can count.
pub fn copies(book: &Rulebook, count: usize) -> Result<Rulebook, String> {
    let lists = [
        ("questions", book.questions.len()),
        ("rules", book.rules.len()),
        ("conflicts", book.conflicts.len()),
        ("cells", book.cells.len()),
        ("documents", book.documents.len()),
    ];
    if let Some((list, one)) = lists.iter().find(|(_, one)| one * count > usize::from(u16::MAX)) {
        let fits = usize::from(u16::MAX) / one;
        return Err(format!("{count} copies have more {list} than a list can hold; {fits} fit"));
    }
    let mut big = Rulebook {
        questions: Vec::new(),
        scope_order: Vec::new(),
        constraints: Vec::new(),
        rules: Vec::new(),
        conflicts: Vec::new(),
        cells: Vec::new(),
        documents: Vec::new(),
        stages: Vec::new(),
        notices: Vec::new(),
        sentences: Vec::new(),
        ..book.clone()
    };
    for number in 0..count {
        let copy = Copy { book, number };
        big.questions.extend(book.questions.iter().map(|question| copy.question(question)));
        big.scope_order.extend(book.scope_order.iter().map(|question| copy.asked(*question)));
        big.constraints.extend(book.constraints.iter().map(|constraint| copy.constraint(constraint)));
        big.rules.extend(book.rules.iter().map(|rule| copy.rule(rule)));
        big.conflicts.extend(book.conflicts.iter().map(|conflict| copy.conflict(conflict)));
        big.cells.extend(book.cells.iter().map(|cell| copy.cell(cell)));
        big.documents.extend(book.documents.iter().map(|document| copy.document(document)));
    }
    Ok(big)
}

/// The same answers in every copy, and every copy's cells chosen.
pub fn spread(book: &Rulebook, state: &State, count: usize) -> State {
    let copies = (0..count).map(|number| Copy { book, number });
    let answers = copies
        .clone()
        .flat_map(|copy| state.answers.iter().map(move |(question, answer)| (copy.asked(*question), *answer)));
    let cells = copies.flat_map(|copy| state.cells.iter().map(move |cell| copy.seen(CellIx(*cell)).0));
    State { answers: answers.collect(), cells: cells.collect(), ..state.clone() }
}

/// One of the copies.
#[derive(Clone, std::marker::Copy)]
struct Copy<'a> {
    book: &'a Rulebook,
    number: usize,
}

impl Copy<'_> {
    fn id(&self, id: &Text) -> Text {
        if self.number == 0 { id.clone() } else { format!("{id}-{}", self.number).into() }
    }

    fn asked(&self, question: QuestionIx) -> QuestionIx {
        QuestionIx::nth(self.number * self.book.questions.len() + question.index())
    }

    fn ruled(&self, rule: RuleIx) -> RuleIx {
        RuleIx::nth(self.number * self.book.rules.len() + rule.index())
    }

    fn seen(&self, cell: CellIx) -> CellIx {
        CellIx::nth(self.number * self.book.cells.len() + cell.index())
    }

    fn disputed(&self, conflict: ConflictIx) -> ConflictIx {
        ConflictIx::nth(self.number * self.book.conflicts.len() + conflict.index())
    }

    fn condition(&self, condition: &Condition) -> Condition {
        let each = |parts: &[Condition]| parts.iter().map(|part| self.condition(part)).collect();
        match condition {
            Condition::Const(value) => Condition::Const(*value),
            Condition::All(parts) => Condition::All(each(parts)),
            Condition::Any(parts) => Condition::Any(each(parts)),
            Condition::AtLeast(least, parts) => Condition::AtLeast(*least, each(parts)),
            Condition::Not(part) => Condition::Not(Box::new(self.condition(part))),
            Condition::Is(question, set) => Condition::Is(self.asked(*question), *set),
            Condition::Between(question, from, until) => Condition::Between(self.asked(*question), *from, *until),
            Condition::Compare(question, relation, moment) => {
                Condition::Compare(self.asked(*question), *relation, *moment)
            }
            Condition::Done(question) => Condition::Done(self.asked(*question)),
            Condition::Undone(question) => Condition::Undone(self.asked(*question)),
            Condition::Timely(question) => Condition::Timely(self.asked(*question)),
            Condition::Passed(moment) => Condition::Passed(*moment),
            Condition::Rule(rule) => Condition::Rule(self.ruled(*rule)),
        }
    }

    fn question(&self, question: &Question) -> Question {
        let kind = match &question.kind {
            QuestionKind::Choice(choices) => {
                let own = |choice: &Choice| Choice {
                    outcome_of: choice.outcome_of.map(|cell| self.seen(cell)),
                    ..choice.clone()
                };
                QuestionKind::Choice(choices.iter().map(own).collect())
            }
            kind => kind.clone(),
        };
        Question {
            id: self.id(&question.id),
            kind,
            relevant_when: question.relevant_when.as_ref().map(|condition| self.condition(condition)),
            ..question.clone()
        }
    }

    fn constraint(&self, constraint: &Constraint) -> Constraint {
        Constraint {
            id: self.id(&constraint.id),
            holds_when: self.condition(&constraint.holds_when),
            ..constraint.clone()
        }
    }

    fn rule(&self, rule: &Rule) -> Rule {
        let said = |(condition, grounds): &(Condition, Grounds)| (self.condition(condition), grounds.clone());
        let body = match &rule.body {
            Body::Plain(condition, grounds) => Body::Plain(self.condition(condition), grounds.clone()),
            Body::Readings(conflict, bodies) => {
                Body::Readings(self.disputed(*conflict), bodies.iter().map(said).collect())
            }
        };
        Rule { id: self.id(&rule.id), body, ..rule.clone() }
    }

    fn conflict(&self, conflict: &Conflict) -> Conflict {
        Conflict { id: self.id(&conflict.id), ..conflict.clone() }
    }

    fn cell(&self, cell: &Cell) -> Cell {
        Cell {
            id: self.id(&cell.id),
            requires: cell.requires.iter().map(|rule| self.ruled(*rule)).collect(),
            closed: cell.closed.iter().map(|(kind, rule)| (*kind, self.ruled(*rule))).collect(),
            covered: self.condition(&cell.covered),
            conflicts: cell.conflicts.iter().map(|conflict| self.disputed(*conflict)).collect(),
            questions: cell.questions.iter().map(|question| self.asked(*question)).collect(),
            ..cell.clone()
        }
    }

    fn document(&self, document: &Document) -> Document {
        Document {
            id: self.id(&document.id),
            cells: document.cells.iter().map(|cell| self.seen(*cell)).collect(),
            needed_when: self.condition(&document.needed_when),
            depends_on: document.depends_on.iter().map(|id| self.id(id)).collect(),
            ..document.clone()
        }
    }
}
