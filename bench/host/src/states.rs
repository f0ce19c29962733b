//! Whose answers are timed: the people of `tests/scenarios`, as they are, on their way there, and completed.

use bench_parts::State;
use rulebook::evaluate;
use rulebook::prove::model::{Model, Space};
use rulebook::prove::random::Random;
use rulebook::scenarios::{Case, Table};
use rules::answers::{Answer, Answers};
use rules::facts::Facts;
use rules::rulebook::{AsOf, CellIx, QuestionIx, Rulebook};
use rules::verdict::Verdict;
use std::fs;
use std::path::Path;

/// Complete inputs that are drawn beside those that come from the scenarios.
const DRAWN: usize = 200;
/// Interviews along each scenario.
const WALKS: u64 = 3;

/// A row of `tests/scenarios`.
pub struct Person {
    pub name: String,
    pub answers: Answers,
    pub as_of: AsOf,
}

/// The people of the rulebook's cycle.
///
/// # Errors
/// When a file cannot be read, or a row does not fit the rulebook.
pub fn people(root: &Path, book: &Rulebook) -> Result<Vec<Person>, String> {
    let folder = root.join("tests/scenarios");
    let listed = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<_> = listed.flatten().map(|entry| entry.path()).collect();
    files.sort();
    let mut people = Vec::new();
    for file in files {
        let wrong = |error: String| format!("{}: {error}", file.display());
        let text = fs::read_to_string(&file).map_err(|error| wrong(error.to_string()))?;
        let table: Table = toml::from_str(&text).map_err(|error| wrong(error.to_string()))?;
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        for case in table.case.iter().filter(|case| *case.cycle == *book.cycle) {
            people.push(person(book, &stem, case).map_err(wrong)?);
        }
    }
    Ok(people)
}

fn person(book: &Rulebook, file: &str, case: &Case) -> Result<Person, String> {
    let answers = evaluate::from_table(book, &case.answers).map_err(|wrong| wrong.join("\n"))?;
    let as_of = evaluate::as_of(book, &case.as_of)?;
    Ok(Person { name: format!("{file}/{}", case.name), answers, as_of })
}

/// Complete answers without a contradiction, all on one day: everybody of the scenarios with the rest filled in, somebody
/// for every verdict that a cell can have on that day, and people who differ from one of those in a few answers.
pub fn complete(book: &Rulebook, people: &[Person], as_of: AsOf) -> Vec<State> {
    let mut random = Random::new(11);
    let mut completed = |name: String, given: &[(QuestionIx, Answer)]| {
        let mut answers = Answers::none(book);
        for question in (0..book.questions.len()).map(QuestionIx::nth) {
            let said = given.iter().find(|(of, _)| *of == question).map(|(_, answer)| *answer);
            let answer = exact(book, question, said, as_of, &mut random);
            // Classes are answers of their own question, which it takes.
            let _ = answers.set(book, question, answer);
        }
        let facts = Facts::new(book, &answers, as_of);
        // What can be true on no such day counts as no answer.
        let all_count = (0..book.questions.len()).all(|question| facts.value(QuestionIx::nth(question)).is_some());
        (all_count && !facts.contradicts()).then(|| State::new(name, book, &answers, as_of))
    };
    let mut states: Vec<State> = Vec::new();
    for person in people {
        states.extend(completed(person.name.clone(), &person.answers.iter().collect::<Vec<_>>()));
    }
    let space = Space::new(book);
    let model = Model::new(&space, as_of);
    for cell in (0..book.cells.len()).map(CellIx::nth) {
        for (number, (_, set)) in model.outcomes(cell, None).iter().enumerate() {
            if let Some(given) = space.witness(set, &book[cell].questions) {
                states.extend(completed(format!("verdict {number} of {}", book[cell].id), &given));
            }
        }
    }
    let mut random = Random::new(13);
    let known = states.len();
    for number in 0..DRAWN {
        let mut given = states[random.below(known)].answers.clone();
        for _ in 0..=random.below(4) {
            given.remove(random.below(given.len()));
        }
        states.extend(completed(format!("drawn {number}"), &given));
    }
    states
}

/// What was said, as exactly as a class of answers is; a class at random where nothing was.
fn exact(book: &Rulebook, question: QuestionIx, said: Option<Answer>, as_of: AsOf, random: &mut Random) -> Answer {
    let classes = &book[question].classes;
    match said {
        None | Some(Answer::Skipped | Answer::DontKnow) => classes[random.below(classes.len())],
        Some(Answer::Planned(plan)) if plan.last < as_of.day => Answer::NotYet,
        Some(Answer::Date(range)) => Answer::Date(range.first.into()),
        Some(answer) => answer,
    }
}

/// The people of the scenarios, and every state on the way when they answer what they are asked, from nothing on; what
/// they are asked and their row does not say, they answer at random.
pub fn on_the_way(book: &Rulebook, people: &[Person]) -> Vec<State> {
    let mut states: Vec<State> =
        people.iter().map(|person| State::new(person.name.clone(), book, &person.answers, person.as_of)).collect();
    for walk in 0..WALKS {
        let mut random = Random::new(100 + walk);
        for person in people {
            let mut given = Answers::none(book);
            for (moment, entered) in person.answers.iter_entered() {
                let _ = given.enter(book, moment, Some(entered));
            }
            let mut current = None;
            for step in 0..=book.questions.len() {
                let name = format!("{}, walk {walk}, after {step} answers", person.name);
                states.push(State::new(name, book, &given, person.as_of));
                let facts = Facts::new(book, &given, person.as_of);
                let cells = (0..book.cells.len()).map(CellIx::nth);
                let verdicts: Vec<Verdict> = cells.map(|cell| facts.verdict(cell)).collect();
                let Some(question) = facts.interview(&given, &verdicts, current).next else { break };
                let drawn = match (&book[question].classes, random.below(10)) {
                    (_, 0) => Answer::DontKnow,
                    (classes, _) => classes[random.below(classes.len())],
                };
                // A skipped question would be asked again without end.
                let said = person.answers.get(question).filter(|answer| *answer != Answer::Skipped);
                let _ = given.set(book, question, said.unwrap_or(drawn));
                current = Some(question);
            }
        }
    }
    states
}
