//! One list of questions and answers for two cycles: what both can ask, and what only one of them can.
//!
//! A class of answers is one answer for each cycle, of people whom neither rulebook can tell apart; an answer that a
//! cycle does not take is absent. Dates are the same day of each cycle, so they are moved by whole years.

use super::years::Years;
use crate::prove::model::stands;
use rules::answers::{Answer, Answers};
use rules::rulebook::{Condition, Question as Asked, QuestionIx, Rule, Rulebook};
use std::mem::discriminant;

/// The two cycles of a comparison, in this order.
pub const SIDES: [usize; 2] = [0, 1];

/// What a person answers in each of the two cycles.
pub type Class = [Option<Answer>; 2];

/// A question of either cycle, or of both.
pub struct Question {
    /// Where it is in each rulebook that asks it.
    pub asked: [Option<QuestionIx>; 2],
    pub classes: Vec<Class>,
}

impl Question {
    /// How many classes a person of this cycle can be in: all of them where it does not ask.
    pub fn classes_of(&self, side: usize) -> usize {
        match self.asked[side] {
            None => self.classes.len(),
            Some(_) => self.classes.iter().filter(|class| class[side].is_some()).count(),
        }
    }

    /// How many classes a person of both cycles can be in.
    pub fn classes_of_both(&self) -> usize {
        let takes = |class: &&Class| SIDES.iter().all(|side| self.asked[*side].is_none() || class[*side].is_some());
        self.classes.iter().filter(takes).count()
    }
}

/// The questions of two rulebooks, and each rulebook with these classes of answers.
pub struct Joint {
    pub questions: Vec<Question>,
    /// The rulebooks, with a class for every class of the joint questions: `Skipped` where they take no such answer.
    pub drawn: [Rulebook; 2],
}

impl Joint {
    pub fn new(old: &Rulebook, new: &Rulebook, years: Years) -> Joint {
        let questions = questions([old, new], years);
        let mut drawn = [old.clone(), new.clone()];
        for question in &questions {
            for side in SIDES {
                if let Some(asked) = question.asked[side] {
                    let classes = question.classes.iter().map(|class| class[side].unwrap_or(Answer::Skipped));
                    drawn[side].questions[asked.index()].classes = classes.collect();
                }
            }
        }
        Joint { questions, drawn }
    }

    /// Where the questions of one rulebook are among all, in its own order.
    pub fn places(&self, side: usize) -> Vec<usize> {
        let mut places: Vec<(QuestionIx, usize)> = self
            .questions
            .iter()
            .enumerate()
            .filter_map(|(place, question)| question.asked[side].map(|asked| (asked, place)))
            .collect();
        places.sort_unstable();
        places.into_iter().map(|(_, place)| place).collect()
    }
}

/// What people of one class say in each cycle, whether or not it takes such an answer.
struct Said {
    answers: Class,
    taken: [bool; 2],
}

/// All questions: the old ones in their order, each followed by the new ones that come after it. A question that is asked
/// in another form counts as two, since no answer to the one says what the other would be.
fn questions(books: [&Rulebook; 2], years: Years) -> Vec<Question> {
    let told = [leaves(books[0]), leaves(books[1])];
    let mut found: Vec<Question> = Vec::new();
    let question = |asked: [Option<QuestionIx>; 2], classes: Vec<Said>| {
        let classes = merged(books, &told, asked, classes);
        Question { asked, classes }
    };
    for asked in (0..books[0].questions.len()).map(QuestionIx::nth) {
        let other = books[1].question(&books[0][asked].id);
        let both = other.and_then(|other| shared(books, [asked, other], years));
        found.push(match both {
            Some(classes) => question([Some(asked), other], classes),
            None => question([Some(asked), None], alone(books[0], asked)),
        });
    }
    let mut after = 0;
    for asked in (0..books[1].questions.len()).map(QuestionIx::nth) {
        let known = found.iter().position(|question| question.asked[1] == Some(asked));
        after = known.unwrap_or_else(|| {
            found.insert(after, question([None, Some(asked)], alone(books[1], asked)));
            after
        }) + 1;
    }
    found
}

/// The classes of a question that one cycle asks.
fn alone(book: &Rulebook, asked: QuestionIx) -> Vec<Said> {
    book[asked].classes.iter().map(|answer| Said { answers: [Some(*answer); 2], taken: [true; 2] }).collect()
}

/// The classes of a question that both ask in the same form.
fn shared(books: [&Rulebook; 2], asked: [QuestionIx; 2], years: Years) -> Option<Vec<Said>> {
    let questions = SIDES.map(|side| &books[side][asked[side]]);
    if discriminant(&questions[0].kind) != discriminant(&questions[1].kind) {
        return None;
    }
    let takes = |side: usize, answer: Option<Answer>| {
        answer.is_some_and(|answer| Answers::none(books[side]).set(books[side], asked[side], answer).is_ok())
    };
    let said = |side: usize, answer: Answer| {
        let years = if side == 0 { years } else { years.back() };
        let other = across(questions[side], questions[1 - side], years, answer);
        let answers = if side == 0 { [Some(answer), other] } else { [other, Some(answer)] };
        Said { answers, taken: SIDES.map(|side| takes(side, answers[side])) }
    };
    let each = SIDES.into_iter().flat_map(|side| questions[side].classes.iter().map(move |answer| (side, *answer)));
    let mut classes: Vec<Said> = Vec::new();
    for class in each.map(|(side, answer)| said(side, answer)) {
        if classes.iter().all(|known| known.answers != class.answers) {
            classes.push(class);
        }
    }
    Some(classes)
}

/// What an answer of one cycle is in the other; none where it names a choice that the other lacks.
fn across(from: &Asked, to: &Asked, years: Years, answer: Answer) -> Option<Answer> {
    let (ids, others) = (from.choice_ids(), to.choice_ids());
    let choice = |choice: usize| others.iter().position(|other| ids.get(choice) == Some(other));
    Some(match answer {
        Answer::Choice(given) => Answer::Choice(choice(given.into())?.try_into().ok()?),
        Answer::Choices(bits) => {
            let held = (0..ids.len()).filter(|choice| bits >> choice & 1 == 1);
            Answer::Choices(held.map(|held| choice(held).map(|choice| 1_u64 << choice)).sum::<Option<u64>>()?)
        }
        Answer::Date(range) => Answer::Date(years.day(range.first).into()),
        Answer::Planned(range) => Answer::Planned(years.day(range.first).into()),
        same => same,
    })
}

/// For each question of a rulebook what verdicts can ask of its number or day.
fn leaves(book: &Rulebook) -> Vec<Vec<Condition>> {
    let mut found = vec![Vec::new(); book.questions.len()];
    let mut add = |condition: &Condition| {
        condition.each_leaf(&mut |leaf| {
            if let (Some(question), Condition::Compare(..) | Condition::Between(..)) = (leaf.question(), leaf) {
                found[question.index()].push(leaf.clone());
            }
        });
    };
    book.rules.iter().flat_map(Rule::bodies).for_each(|(condition, _)| add(condition));
    book.questions.iter().filter_map(|question| question.relevant_when.as_ref()).for_each(&mut add);
    book.constraints.iter().for_each(|constraint| add(&constraint.holds_when));
    book.cells.iter().for_each(|cell| add(&cell.covered));
    found
}

/// The classes without those days and numbers that neither rulebook can tell from another one.
fn merged(
    books: [&Rulebook; 2],
    told: &[Vec<Vec<Condition>>; 2],
    asked: [Option<QuestionIx>; 2],
    mut classes: Vec<Said>,
) -> Vec<Class> {
    let told_apart = |said: &Said| -> Vec<Option<bool>> {
        let sides = SIDES.into_iter().filter_map(|side| Some((side, asked[side]?, said.answers[side]?)));
        let each = sides.flat_map(|(side, asked, answer)| {
            let leaves = told[side][asked.index()].iter().map(move |leaf| holds(books[side], leaf, answer));
            leaves.chain(in_time(books[side], asked, answer))
        });
        each.collect()
    };
    // A day that both cycles take stands for those that only one takes, the earliest first.
    let day = |said: &Said| match said.answers[0] {
        Some(Answer::Date(range)) => Some(range.first),
        _ => None,
    };
    classes.sort_by_key(|said| (said.taken != [true; 2], day(said)));
    let mut kept: Vec<Said> = Vec::new();
    for class in classes {
        let counted = matches!(class.answers, [Some(Answer::Date(_) | Answer::Number(_)), _]);
        let stands_for = |known: &Said| known.taken == [true; 2] || known.taken == class.taken;
        let same = |known: &Said| stands_for(known) && told_apart(known) == told_apart(&class);
        if !(counted && kept.iter().any(same)) {
            kept.push(class);
        }
    }
    let answer = |said: &Said, side: usize| said.answers[side].filter(|_| asked[side].is_some() && said.taken[side]);
    kept.iter().map(|said| SIDES.map(|side| answer(said, side))).collect()
}

/// By which of the days that count for a question a day of its answer comes.
fn in_time(book: &Rulebook, asked: QuestionIx, answer: Answer) -> Vec<Option<bool>> {
    let Answer::Date(range) = answer else { return Vec::new() };
    if book[asked].may_lie_ahead {
        return Vec::new();
    }
    let whens = book.dates_of(asked).iter().flat_map(|moment| book[*moment].whens());
    whens.map(|when| Some(range.first <= when.day)).collect()
}

/// What a condition on a number or a day comes to.
fn holds(book: &Rulebook, leaf: &Condition, answer: Answer) -> Option<bool> {
    match (leaf, answer) {
        (Condition::Between(_, from, until), Answer::Number(number)) => Some((*from..=*until).contains(&number)),
        (Condition::Compare(_, relation, moment), Answer::Date(range)) => {
            Some(stands(range.first, *relation, book[*moment].when.as_ref()?.day))
        }
        _ => None,
    }
}
