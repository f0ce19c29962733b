//! `cargo xtask test`: a list of steps, a table of their times, and one closing line that counts the tests.

use crate::{
    run::{Problem, command, run, run_reading},
    site,
    tools::{For, Tools, set_up},
};
use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

struct Step {
    name: &'static str,
    what: &'static str,
    /// Step without which this one makes no sense.
    after: Option<&'static str>,
    run: fn(&Tools) -> Result<Count, Problem>,
}

const STEPS: &[Step] = &[
    Step { name: "fmt", what: "formatting", after: None, run: fmt },
    Step { name: "clippy", what: "lints, host", after: None, run: clippy },
    Step { name: "clippy-wasm", what: "lints, browser", after: None, run: clippy_wasm },
    Step { name: "cargo-test", what: "tests, host", after: None, run: cargo_test },
    Step { name: "rulebooks", what: "the rulebooks' own check", after: None, run: rulebooks },
    Step { name: "prove", what: "the rulebooks' proof", after: Some("rulebooks"), run: prove },
    Step { name: "build", what: "the site", after: Some("prove"), run: build },
    Step { name: "site", what: "tests of the site's files", after: Some("build"), run: site_tests },
    Step { name: "browser", what: "journeys in Chromium", after: Some("build"), run: browser_tests },
];

/// Tests that ran. Steps that check one thing run none.
#[derive(Clone, Copy, Default)]
struct Count {
    passed: u32,
    failed: u32,
}

enum Outcome {
    Passed,
    Failed,
    Skipped,
}

pub fn run_steps(names: &[&str]) -> Result<(), Problem> {
    if names == ["--list"] {
        for step in STEPS {
            println!("{:12} {}", step.name, step.what);
        }
        return Ok(());
    }
    if let Some(unknown) = names.iter().find(|name| STEPS.iter().all(|step| step.name != **name)) {
        return Err(Problem::usage(format!("there is no step `{unknown}`; `cargo xtask test --list` names them")));
    }

    let start = Instant::now();
    println!("== set-up");
    let tools = set_up(For::Test)?;
    println!("   set-up took {}", seconds(start.elapsed()));
    let mut table = vec![("set-up", Outcome::Passed, start.elapsed())];
    let mut total = Count::default();
    for step in STEPS.iter().filter(|step| names.is_empty() || names.contains(&step.name)) {
        println!("== {}: {}", step.name, step.what);
        let blocked =
            table.iter().any(|(name, outcome, _)| Some(*name) == step.after && !matches!(outcome, Outcome::Passed));
        if blocked {
            table.push((step.name, Outcome::Skipped, Duration::ZERO));
            continue;
        }
        let start = Instant::now();
        let outcome = match (step.run)(&tools) {
            Ok(count) => {
                total.passed += count.passed;
                total.failed += count.failed;
                if count.failed == 0 { Outcome::Passed } else { Outcome::Failed }
            }
            Err(problem) => {
                println!("{problem}");
                // A step that broke without saying how many of its tests failed counts as one.
                total.failed += 1;
                Outcome::Failed
            }
        };
        println!("   {} took {}", step.name, seconds(start.elapsed()));
        table.push((step.name, outcome, start.elapsed()));
    }

    println!("\n{:12} {:8} {:>8}", "step", "", "time");
    let mut good = true;
    for (name, outcome, took) in &table {
        let outcome = match outcome {
            Outcome::Passed => "passed",
            Outcome::Failed => "FAILED",
            Outcome::Skipped => "skipped",
        };
        good &= outcome == "passed";
        println!("{name:12} {outcome:8} {:>8}", seconds(*took));
    }
    println!("{:12} {:8} {:>8}\n", "all", "", seconds(start.elapsed()));
    println!("{} passed, {} failed", total.passed, total.failed);
    if good { Ok(()) } else { Err(Problem::new("")) }
}

fn seconds(took: Duration) -> String {
    format!("{:.1} s", took.as_secs_f64())
}

fn fmt(_tools: &Tools) -> Result<Count, Problem> {
    run(&mut command("cargo", &["fmt", "--all", "--check"]))?;
    Ok(Count::default())
}

fn clippy(_tools: &Tools) -> Result<Count, Problem> {
    let args = ["clippy", "-q", "--workspace", "--all-targets", "--", "-Dwarnings"];
    run(&mut command("cargo", &args))?;
    Ok(Count::default())
}

fn clippy_wasm(tools: &Tools) -> Result<Count, Problem> {
    let args = ["clippy", "-q", "-p", "self-check", "--lib", "--bins", "--features", "browser"];
    let target = ["--target", "wasm32-unknown-unknown", "--", "-Dwarnings"];
    run(tools.wasm(command("cargo", &args).args(target)))?;
    Ok(Count::default())
}

fn cargo_test(_tools: &Tools) -> Result<Count, Problem> {
    let mut count = Count::default();
    let args = ["test", "--workspace", "--no-fail-fast"];
    let ran = run_reading(&mut command("cargo", &args), |line| {
        if let Some(more) = cargo_summary(line) {
            count.passed += more.passed;
            count.failed += more.failed;
        }
    });
    counted(count, ran)
}

fn rulebooks(_tools: &Tools) -> Result<Count, Problem> {
    run(&mut command("cargo", &["run", "-q", "--bin", "rulebook", "--", "check"]))?;
    of_trials("check")
}

/// With the toolchain of the site's build, which takes the proof over as long as the same program has written it.
fn prove(tools: &Tools) -> Result<Count, Problem> {
    let args = ["run", "-q", "--bin", "rulebook", "--", "prove", "--out", "target/site-data"];
    run(tools.wasm(&mut command("cargo", &args)))?;
    of_trials("prove")
}

/// Runs a command of `rulebook` on each trial for another jurisdiction.
fn of_trials(name: &str) -> Result<Count, Problem> {
    let trials = fs::read_dir("tests/trials")?.flatten().map(|entry| entry.path());
    let mut trials: Vec<PathBuf> = trials.filter(|path| path.is_dir()).collect();
    trials.sort();
    for folder in trials {
        println!("-- {}", folder.display());
        let args = ["run", "-q", "--bin", "rulebook", "--", name, "--rulebooks"];
        run(command("cargo", &args).arg(folder))?;
    }
    Ok(Count::default())
}

fn build(tools: &Tools) -> Result<Count, Problem> {
    site::build(tools)?;
    Ok(Count::default())
}

fn site_tests(tools: &Tools) -> Result<Count, Problem> {
    node_tests(tools, Path::new("tests/site"))
}

fn browser_tests(tools: &Tools) -> Result<Count, Problem> {
    node_tests(tools, Path::new("tests/browser"))
}

fn node_tests(tools: &Tools, folder: &Path) -> Result<Count, Problem> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.to_string_lossy().ends_with(".test.mjs"));
    files.sort();
    let mut count = Count::default();
    // Two files at a time, also on two cores: a journey waits as long as it computes.
    let mut node = command("node", &["--test", "--test-concurrency=2", "--test-reporter=spec"]);
    let ran = run_reading(tools.on_path(node.args(files)), |line| {
        let mut words = line.split(' ');
        let number = |word: Option<&str>| word.and_then(|word| word.parse().ok()).unwrap_or(0u32);
        match (words.next(), words.next()) {
            (Some("ℹ"), Some("pass")) => count.passed += number(words.next()),
            (Some("ℹ"), Some("fail" | "cancelled")) => count.failed += number(words.next()),
            _ => {}
        }
    });
    counted(count, ran)
}

/// What a runner of tests has to show: a count, and a failure only together with failed tests.
fn counted(count: Count, ran: Result<(), Problem>) -> Result<Count, Problem> {
    match ran {
        Err(problem) if count.failed == 0 => Err(problem),
        _ if count.passed + count.failed == 0 => Err(Problem::new("no test was found")),
        _ => Ok(count),
    }
}

/// The numbers in a line such as `test result: ok. 3 passed; 0 failed; …`.
fn cargo_summary(line: &str) -> Option<Count> {
    let (_, numbers) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let mut parts = numbers.split("; ");
    let mut number = |what| parts.next()?.strip_suffix(what)?.trim().parse().ok();
    Some(Count { passed: number("passed")?, failed: number("failed")? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries_of_cargo_are_counted() {
        let count = |line: &str| cargo_summary(line).map(|count| (count.passed, count.failed));
        let rest = "1 ignored; 0 measured; 0 filtered out; finished in 0.00s";
        assert_eq!(count(&format!("test result: ok. 3 passed; 0 failed; {rest}")), Some((3, 0)));
        assert_eq!(count(&format!("test result: FAILED. 12 passed; 2 failed; {rest}")), Some((12, 2)));
        assert_eq!(count("test truth::tests::not ... ok"), None);
    }

    #[test]
    fn a_runner_without_tests_fails() {
        assert!(counted(Count::default(), Ok(())).is_err());
        assert!(counted(Count { passed: 1, failed: 0 }, Ok(())).is_ok());
        assert!(counted(Count { passed: 1, failed: 0 }, Err(Problem::new("crash"))).is_err());
    }
}
