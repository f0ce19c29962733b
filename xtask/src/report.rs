//! How many tests ran, by what their runners report.

use crate::shell::{Result, Surroundings, run_reading};
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
};
use xshell::cmd;

/// Tests that ran. Steps that check one thing run none.
#[derive(Clone, Copy, Default, PartialEq, Debug)]
pub struct Count {
    pub passed: u64,
    pub failed: u64,
}

/// Every test of the workspace.
///
/// By cargo, whose only report is text: nextest, which has others, starts a program for each test, and that takes
/// longer by far for the rows of `tests/scenarios`.
pub fn cargo(with: &Surroundings<'_>) -> Result<Count> {
    let mut count = Count::default();
    let command = cmd!(with, "cargo test --workspace --no-fail-fast");
    let ran = run_reading(command, |line| {
        if let Some(more) = summary(line) {
            count.passed += more.passed;
            count.failed += more.failed;
        }
    });
    counted(count, ran)
}

/// The numbers in a line such as `test result: ok. 3 passed; 0 failed; …`.
fn summary(line: &str) -> Option<Count> {
    let (_, numbers) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let mut parts = numbers.split("; ");
    let mut number = |what| parts.next()?.strip_suffix(what)?.trim().parse().ok();
    Some(Count { passed: number("passed")?, failed: number("failed")? })
}

/// The tests of a folder, by node's runner: people see its own report, we read that of `tests/browser/count.mjs`.
pub fn node(with: &Surroundings<'_>, folder: &Path) -> Result<Count> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.to_string_lossy().ends_with(".test.mjs"));
    files.sort();
    let report = PathBuf::from("target/count.json");
    fs::write(&report, "")?;
    let reporters = [
        "--test-reporter=spec",
        "--test-reporter-destination=stdout",
        "--test-reporter=./tests/browser/count.mjs",
        "--test-reporter-destination=target/count.json",
    ];
    // Two files at a time, even on two cores: a journey waits as long as it computes.
    let ran = cmd!(with, "node --test --test-concurrency=2 {reporters...} {files...}").run();
    counted(count_of(&fs::read_to_string(&report)?), ran.map_err(Into::into))
}

/// What the reporter wrote; nothing where it came to no end.
fn count_of(report: &str) -> Count {
    let report: Value = serde_json::from_str(report).unwrap_or_default();
    let number = |name| report[name].as_u64().unwrap_or_default();
    Count { passed: number("passed"), failed: number("failed") }
}

/// What a runner of tests has to show: a count, and a failure only together with failed tests.
fn counted(count: Count, ran: Result) -> Result<Count> {
    match ran {
        Err(problem) if count.failed == 0 => Err(problem),
        _ if count == Count::default() => Err("no test was found".into()),
        _ => Ok(count),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries_of_cargo_are_counted() {
        let rest = "1 ignored; 0 measured; 0 filtered out; finished in 0.00s";
        let count = |passed, failed| Some(Count { passed, failed });
        assert_eq!(summary(&format!("test result: ok. 3 passed; 0 failed; {rest}")), count(3, 0));
        assert_eq!(summary(&format!("test result: FAILED. 12 passed; 2 failed; {rest}")), count(12, 2));
        assert_eq!(summary("test truth::tests::not ... ok"), None);
    }

    #[test]
    fn reports_of_node_are_counted() {
        assert_eq!(count_of(r#"{"passed":3,"failed":1}"#), Count { passed: 3, failed: 1 });
        assert_eq!(count_of(""), Count::default());
    }

    #[test]
    fn a_runner_without_tests_fails() {
        assert!(counted(Count::default(), Ok(())).is_err());
        assert!(counted(Count { passed: 1, failed: 0 }, Ok(())).is_ok());
        assert!(counted(Count { passed: 1, failed: 0 }, Err("crash".into())).is_err());
        assert!(counted(Count { passed: 1, failed: 1 }, Err("failed".into())).is_ok());
    }
}
