//! `cargo xtask test`: a list of steps, a table of their times, and one closing line that counts the tests.

use crate::{
    report::{self, Count},
    shell::{Result, Surroundings},
    site,
    tools::{For, Tools, WASM, set_up},
};
use std::{
    fs,
    path::{Path, PathBuf},
    str::FromStr,
    time::{Duration, Instant},
};
use xshell::{Shell, cmd};

#[derive(Debug)]
pub struct Step {
    name: &'static str,
    what: &'static str,
    /// Step without which this one makes no sense.
    after: Option<&'static str>,
    run: fn(&Tools<'_>) -> Result<Count>,
}

/// A step that somebody asks for by its name.
pub type Chosen = &'static Step;

impl FromStr for Chosen {
    type Err = String;

    fn from_str(name: &str) -> std::result::Result<Chosen, String> {
        let found = STEPS.iter().find(|step| step.name == name);
        found.ok_or_else(|| format!("there is no step `{name}`; `cargo xtask test --list` names them"))
    }
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

enum Outcome {
    Passed,
    Failed,
    Skipped,
}

pub fn list() {
    for step in STEPS {
        println!("{:12} {}", step.name, step.what);
    }
}

pub fn run_steps(shell: &Shell, chosen: &[Chosen]) -> Result {
    let start = Instant::now();
    println!("== set-up");
    let tools = set_up(shell, For::Test)?;
    println!("   set-up took {}", seconds(start.elapsed()));
    let mut table = vec![("set-up", Outcome::Passed, start.elapsed())];
    let mut total = Count::default();
    for step in STEPS.iter().filter(|step| chosen.is_empty() || chosen.iter().any(|one| one.name == step.name)) {
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
    if good { Ok(()) } else { Err("some steps failed".into()) }
}

fn seconds(took: Duration) -> String {
    format!("{:.1} s", took.as_secs_f64())
}

fn fmt(tools: &Tools<'_>) -> Result<Count> {
    cmd!(tools.host(), "cargo fmt --all --check").run()?;
    Ok(Count::default())
}

fn clippy(tools: &Tools<'_>) -> Result<Count> {
    cmd!(tools.host(), "cargo clippy -q --workspace --all-targets -- -Dwarnings").run()?;
    // The benchmarks are a workspace of their own, which is built by its lock file only when somebody measures.
    cmd!(tools.host(), "cargo update -q --workspace --locked --manifest-path bench/Cargo.toml").run()?;
    Ok(Count::default())
}

fn clippy_wasm(tools: &Tools<'_>) -> Result<Count> {
    let what = ["--package", "self-check", "--lib", "--bins", "--features", "browser", "--target", WASM];
    cmd!(tools.wasm(), "cargo clippy -q {what...} -- -Dwarnings").run()?;
    Ok(Count::default())
}

fn cargo_test(tools: &Tools<'_>) -> Result<Count> {
    report::cargo(&tools.host())
}

fn rulebooks(tools: &Tools<'_>) -> Result<Count> {
    cmd!(tools.host(), "cargo run -q --bin rulebook -- check").run()?;
    of_trials(&tools.host(), "check")
}

/// With the toolchain of the site's build, which takes the proof over as long as the same program has written it.
fn prove(tools: &Tools<'_>) -> Result<Count> {
    cmd!(tools.wasm(), "cargo run -q --bin rulebook -- prove --out target/site-data").run()?;
    of_trials(&tools.host(), "prove")
}

/// Runs a command of `rulebook` on each trial for another jurisdiction.
fn of_trials(with: &Surroundings<'_>, name: &str) -> Result<Count> {
    let trials = fs::read_dir("tests/trials")?.flatten().map(|entry| entry.path());
    let mut trials: Vec<PathBuf> = trials.filter(|path| path.is_dir()).collect();
    trials.sort();
    for folder in trials {
        println!("-- {}", folder.display());
        cmd!(with, "cargo run -q --bin rulebook -- {name} --rulebooks {folder}").run()?;
    }
    Ok(Count::default())
}

fn build(tools: &Tools<'_>) -> Result<Count> {
    site::build(tools)?;
    Ok(Count::default())
}

fn site_tests(tools: &Tools<'_>) -> Result<Count> {
    report::node(&tools.on_path(), Path::new("tests/site"))
}

fn browser_tests(tools: &Tools<'_>) -> Result<Count> {
    report::node(&tools.on_path(), Path::new("tests/browser"))
}
