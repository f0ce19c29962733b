//! What people are told, as it was read line by line and found good: small, by ids, so that a change of it is seen and a
//! change of words is not.
//!
//! A file of `tests/people` holds one person's answers and, in a comment, the day; the file beside it what they are told.

use crate::compiled;
use expect_test::expect_file;
use rulebook::{evaluate, scenarios};
use rules::interview::Bearing;
use rules::report::{CellReport, CriterionState, Report, full_report};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

const CYCLES: [&str; 3] = ["2022", "2027", "2028"];

/// The answers files of a cycle, in the order of their names.
fn people(cycle: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/people").join(cycle);
    let files = fs::read_dir(folder).expect("the people").map(|entry| entry.expect("a file").path());
    let mut answers: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|end| end == "toml")).collect();
    answers.sort();
    answers
}

#[test]
fn people_are_told_what_was_read_and_found_good() {
    for cycle in CYCLES {
        let book = compiled("rulebooks", cycle);
        let files = people(cycle);
        assert!(files.len() >= 10, "{cycle}: {} people", files.len());
        for path in files {
            let text = fs::read_to_string(&path).expect("the answers");
            let day = text.lines().find_map(|line| line.strip_prefix("# as of ")).expect("the day");
            let as_of = evaluate::as_of(&book, day).expect("a day");
            let answers =
                evaluate::answers(&book, &text).unwrap_or_else(|wrong| panic!("{}: {wrong:?}", path.display()));
            let report = full_report(&book, &answers, as_of, None);
            expect_file![path.with_extension("txt")].assert_eq(&told(&report));
        }
    }
}

/// What is told, by its ids.
fn told(report: &Report) -> String {
    let mut text = format!("next: {}\n", scenarios::next_words(report));
    let mut line = |what: &str, items: Vec<String>| {
        if !items.is_empty() {
            writeln!(text, "{what}: {}", items.join("; ")).expect("memory");
        }
    };
    line("contradictions", report.contradictions.iter().map(|found| found.id.to_string()).collect());
    let tasks = report.find_out.iter().filter(|task| task.bearing != Bearing::Nothing);
    line("find out", tasks.map(|task| task.question.to_string()).collect());
    let done = report.checklist.iter().filter(|item| item.done.is_some());
    line("papers that are done", done.map(|item| item.id.to_string()).collect());
    let open = report.checklist.iter().filter(|item| item.done.is_none() && item.needed);
    line("papers", open.map(|item| item.id.to_string()).collect());
    for cell in &report.cells {
        text.push_str(&cell_told(cell));
    }
    text
}

fn cell_told(cell: &CellReport) -> String {
    let mut text = format!("\n{}: {}\n", cell.id, scenarios::verdict(cell));
    let mut line = |what: &str, items: Vec<String>| {
        items.into_iter().for_each(|item| writeln!(text, "  {what}: {item}").expect("memory"));
    };
    let because = cell.because.iter().map(|because| {
        let decide: Vec<&str> =
            because.deciding().map(|row| &*row.question).chain(because.day.then_some("day")).collect();
        format!("{}; besides {}", decide.join(", "), because.others().count())
    });
    line("because", because.collect());
    let steps = cell.steps.iter().map(|step| {
        let one_of = step.one_of.map_or("", |_| ", one way of several");
        let by = step.by.as_ref().map_or_else(String::new, |by| format!(" by {}", by.id));
        format!("{}{by}{one_of}", step.rule)
    });
    line("step", steps.collect());
    line("condition", cell.conditions.iter().map(|remains| remains.rule.to_string()).collect());
    line("doubt", scenarios::doubts(cell));
    line("letter", scenarios::letters(cell));
    line("change", scenarios::changes(cell));
    let missed = cell.criteria.iter().filter(|rule| rule.state == CriterionState::NotMet);
    line("missed", missed.map(|rule| rule.rule.to_string()).collect());
    text
}
