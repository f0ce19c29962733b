//! Made-up people: random answers, the same ones on every run.

use super::root;
use rulebook::evaluate;
use rules::answers::{Answer, Answers};
use rules::day::{Day, DayRange};
use rules::facts::Facts;
use rules::interview::Interview;
use rules::rulebook::{AsOf, Moment, MomentIx, QuestionIx, QuestionKind, Rulebook};

/// Sebastiano Vigna's `SplitMix64`.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `bound`, which is small.
    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).expect("below a usize")
    }

    pub fn one_in(&mut self, chances: usize) -> bool {
        self.below(chances) == 0
    }

    pub fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }
}

pub fn questions(book: &Rulebook) -> impl Iterator<Item = QuestionIx> + use<> {
    (0..book.questions.len()).map(QuestionIx::nth)
}

/// The instants around which something changes, and some in between.
pub fn instants(book: &Rulebook) -> Vec<i64> {
    let whens = book.moments.iter().flat_map(Moment::whens);
    let edges = whens.flat_map(|when| [when.instant, when.over]).chain([book.check_by, book.span.0, book.span.1 - 2]);
    let near = edges.flat_map(|instant| [instant - 1, instant, instant + 1]);
    let mut all: Vec<i64> = near.filter(|instant| (book.span.0..book.span.1).contains(instant)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn as_of(book: &Rulebook, random: &mut Random) -> AsOf {
    let instants = instants(book);
    book.as_of(random.pick(&instants))
}

/// One complete answer: of a class that rules can tell apart.
pub fn plain(book: &Rulebook, question: QuestionIx, random: &mut Random) -> Answer {
    random.pick(&book[question].classes)
}

/// An answer as people give them: plain, planned, not exactly known, or not known at all.
pub fn loose(book: &Rulebook, question: QuestionIx, as_of: AsOf, random: &mut Random) -> Answer {
    match (random.below(8), &book[question].kind) {
        (0, _) => Answer::DontKnow,
        (1..=2, QuestionKind::Event) => {
            let days = i32::try_from(random.below(400)).expect("few days");
            Answer::Planned(as_of.day.plus(days).into())
        }
        (1..=3, QuestionKind::Date(..)) => match plain(book, question, random) {
            Answer::Date(DayRange { first, .. }) => Answer::Date(around(first, random.one_in(2))),
            answer => answer,
        },
        _ => plain(book, question, random),
    }
}

/// The month or the year of a day.
fn around(day: Day, year: bool) -> DayRange {
    let text = day.to_string();
    DayRange::parse(&text[..if year { 4 } else { 7 }]).expect("a day has a month and a year")
}

pub fn choose_cells(book: &Rulebook, answers: &mut Answers, random: &mut Random) {
    let chosen: Vec<usize> = (0..book.cells.len()).filter(|_| random.one_in(2)).collect();
    answers.choose_cells(book, chosen);
}

pub fn interview(book: &Rulebook, answers: &Answers, as_of: AsOf, current: Option<QuestionIx>) -> Interview {
    let facts = Facts::new(book, answers, as_of);
    facts.interview(answers, &facts.verdicts(), current)
}

/// Somebody who follows the interview and stops somewhere.
fn walker(book: &Rulebook, as_of: AsOf, random: &mut Random) -> Answers {
    let mut answers = Answers::none(book);
    for _ in 0..random.below(book.questions.len() + 1) {
        let Some(question) = interview(book, &answers, as_of, None).next else { break };
        let answer = loose(book, question, as_of, random);
        answers.set(book, question, answer).expect("a valid answer");
    }
    answers
}

/// Somebody who answers here and there, also what nobody asked.
fn scatterer(book: &Rulebook, as_of: AsOf, random: &mut Random) -> Answers {
    let mut answers = Answers::none(book);
    let chances = 1 + random.below(4);
    for question in questions(book) {
        if random.below(chances) == 0 {
            let answer = loose(book, question, as_of, random);
            answers.set(book, question, answer).expect("a valid answer");
        }
    }
    for moment in (0..book.moments.len()).map(MomentIx::nth) {
        if random.one_in(8) {
            let days = i32::try_from(random.below(300)).expect("few days");
            // Days that do not fit are refused.
            let _ = answers.enter(book, moment, Some(as_of.day.plus(days - 150).into()));
        }
    }
    answers
}

/// Somebody much like one of the people in the tables: a few answers are missing, a few differ.
fn neighbour(book: &Rulebook, rows: &[(AsOf, Answers)], random: &mut Random) -> (AsOf, Answers) {
    let (as_of, mut answers) = rows[random.below(rows.len())].clone();
    let given: Vec<QuestionIx> = answers.iter().map(|(question, _)| question).collect();
    let chances = 4 + random.below(12);
    for question in given {
        match random.below(chances) {
            0 => answers.clear(question),
            1 => answers.set(book, question, loose(book, question, as_of, random)).expect("a valid answer"),
            _ => {}
        }
    }
    (as_of, answers)
}

pub fn anyone(book: &Rulebook, rows: &[(AsOf, Answers)], random: &mut Random) -> (AsOf, Answers) {
    let as_of = as_of(book, random);
    match random.below(if rows.is_empty() { 2 } else { 4 }) {
        0 => (as_of, walker(book, as_of, random)),
        1 => (as_of, scatterer(book, as_of, random)),
        _ => neighbour(book, rows, random),
    }
}

/// The people in this cycle, from a folder of tables or from one table.
pub fn rows(book: &Rulebook, tables: &str) -> Vec<(AsOf, Answers)> {
    let mut rows = Vec::new();
    let tables = root().join(tables);
    let mut files = vec![tables.clone()];
    if tables.is_dir() {
        let found = std::fs::read_dir(tables).expect("the folder of the scenarios can be read");
        files = found.map(|file| file.expect("the folder can be read").path()).collect();
        files.sort();
    }
    for file in files {
        let text = std::fs::read_to_string(file).expect("a scenario file can be read");
        let table: toml::Table = text.parse().expect("a scenario file is TOML");
        for case in table["case"].as_array().into_iter().flatten() {
            if case["cycle"].as_str() == Some(&*book.cycle) {
                let answers = case["answers"].as_table().expect("answers are a table");
                let answers = evaluate::from_table(book, answers).expect("a scenario's answers are valid");
                let as_of = case["as_of"].as_str().expect("a day");
                rows.push((evaluate::as_of(book, as_of).expect("a day with its offset"), answers));
            }
        }
    }
    rows
}

/// The answers in the form of an answers file, for the message of a failing test.
pub fn described(book: &Rulebook, answers: &Answers, as_of: AsOf) -> String {
    let each = answers.iter().map(|(question, answer)| {
        let question = &book[question];
        format!("{} = {:?}", question.id, question.write(answer))
    });
    let entered = answers.iter_entered().map(|(moment, day)| format!("date.{} = {day}", book[moment].id));
    let cells = book.cells.iter().enumerate().filter(|(cell, _)| answers.is_chosen(*cell)).map(|(_, cell)| &*cell.id);
    let cells = format!("cells = {:?}", cells.collect::<Vec<_>>());
    let lines: Vec<String> = each.chain(entered).chain([cells]).collect();
    format!("cycle {}, as of {} ({})\n{}", book.cycle, as_of.day, as_of.instant, lines.join("\n"))
}
