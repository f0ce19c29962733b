//! Tests that are rows of tables: each row is one test and fails on its own.
//!
//! `SCENARIO=words cargo test -p rulebook --test tables` runs the rows whose full name contains these words.

mod broken;
mod scenarios;

use libtest_mimic::{Arguments, FormatSetting};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut args = Arguments::from_args();
    args.format.get_or_insert(FormatSetting::Terse);
    let mut trials = scenarios::trials();
    trials.extend(broken::trials());
    let all = trials.len();
    if let Ok(words) = std::env::var("SCENARIO") {
        trials.retain(|trial| trial.name().contains(&words));
        println!("SCENARIO={words:?} picks {} of {all} rows", trials.len());
    }
    assert!(!trials.is_empty(), "no row to run");
    libtest_mimic::run(&args, trials).exit_code()
}

/// The repository's root.
fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// The tables of a folder, by file name. A folder without any fails the run.
fn tables(folder: &str) -> Vec<(String, PathBuf)> {
    let folder = root().join(folder);
    let mut found = Vec::new();
    for entry in std::fs::read_dir(&folder).expect("the folder of the tables can be read") {
        let path = entry.expect("the folder of the tables can be read").path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let name = path.file_stem().expect("a file with an extension has a stem").to_string_lossy().into_owned();
            found.push((name, path));
        }
    }
    assert!(!found.is_empty(), "no table in {}", folder.display());
    found.sort();
    found
}

/// The folders in a folder, by name. A folder without any fails the run.
fn folders(folder: &str) -> Vec<(String, PathBuf)> {
    let folder = root().join(folder);
    let mut found = Vec::new();
    for entry in std::fs::read_dir(&folder).expect("the folder can be read") {
        let entry = entry.expect("the folder can be read");
        if entry.path().is_dir() {
            found.push((entry.file_name().to_string_lossy().into_owned(), entry.path()));
        }
    }
    assert!(!found.is_empty(), "no folder in {}", folder.display());
    found.sort();
    found
}

/// Reads a table; keys that nobody knows are refused with their line.
fn read<T: serde::de::DeserializeOwned>(name: &str, path: &Path) -> T {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{name}: {error}"));
    toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Full names of the rows of one table; a second row of the same name is refused.
fn full_names<'a>(file: &str, rows: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let names: Vec<String> = rows
        .map(|row| {
            assert!(seen.insert(row), "{file}: two rows are called {row:?}");
            format!("{file}/{row}")
        })
        .collect();
    assert!(!names.is_empty(), "{file}: no row");
    names
}
