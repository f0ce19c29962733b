//! `tests/rulebooks_bad/*.toml`: what is wrong with a rulebook, and what the rule keeper is told.
//!
//! Every row changes the small valid rulebook in `tests/rulebooks_bad/base`. `UPDATE_EXPECT=1` writes what the command
//! says now into the tables.

use crate::{full_names, read, root, tables};
use libtest_mimic::{Failed, Trial};
use serde::Deserialize;
use std::fs;
use std::path::Path;
use std::process::Command;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    case: Vec<Case>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    change: Vec<Change>,
    /// What `rulebook check` says, line by line.
    says: String,
}

/// One text of one file for another, a whole file taken out, or a text put at a file's end.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    file: String,
    find: Option<String>,
    put: Option<String>,
}

pub fn trials() -> Vec<Trial> {
    let base = Trial::test("base", || match check(&root().join("tests/rulebooks_bad/base"))? {
        (true, _) => Ok(()),
        (false, says) => Err(Failed::from(says)),
    });
    let mut trials = vec![base];
    for (file, path) in tables("tests/rulebooks_bad") {
        let Table { mut case } = read(&file, &path);
        let names = full_names(&file, case.iter().map(|case| case.name.as_str()));
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            update(&path, &names, &case);
            Table { case } = read(&file, &path);
        }
        trials.extend(names.into_iter().zip(case).map(|(name, case)| {
            let folder = name.clone();
            Trial::test(name, move || run(&folder, &case))
        }));
    }
    println!("{} broken rulebooks", trials.len() - 1);
    trials
}

fn run(name: &str, case: &Case) -> Result<(), Failed> {
    let says = refused(name, case)?;
    if says.trim() == case.says.trim() {
        return Ok(());
    }
    Err(Failed::from(format!("expected:\n{}\ngot:\n{}", case.says.trim(), says.trim())))
}

/// What the command says of the changed rulebook, which it must refuse.
fn refused(name: &str, case: &Case) -> Result<String, Failed> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rulebooks_bad").join(name.replace(['/', ' '], "_"));
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    copy(&root().join("tests/rulebooks_bad/base"), &folder)?;
    for change in &case.change {
        apply(&folder, change)?;
    }
    match check(&folder)? {
        (true, _) => Err(Failed::from("the rulebook was not refused")),
        (false, says) => Ok(says),
    }
}

fn apply(folder: &Path, Change { file, find, put }: &Change) -> Result<(), Failed> {
    let path = folder.join(file);
    let text = match (find, put) {
        (None, None) => return Ok(fs::remove_file(path)?),
        (None, Some(put)) => fs::read_to_string(&path)? + put,
        (Some(find), put) => {
            let text = fs::read_to_string(&path)?;
            let found = text.matches(find.as_str()).count();
            if found != 1 {
                return Err(Failed::from(format!("{file}: {find:?} stands there {found} times, and not once")));
            }
            text.replacen(find.as_str(), put.as_deref().unwrap_or_default(), 1)
        }
    };
    Ok(fs::write(path, text)?)
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// Whether `rulebook check` is content, and what it says on standard error.
fn check(rulebooks: &Path) -> Result<(bool, String), Failed> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rulebook"));
    let output = command.arg("--rulebooks").arg(rulebooks).arg("check").output()?;
    let says = String::from_utf8(output.stderr)?;
    match output.status.code() {
        Some(0) => Ok((true, says)),
        Some(1) => Ok((false, says)),
        other => Err(Failed::from(format!("the command ended with {other:?}:\n{says}"))),
    }
}

/// Writes what the command says now into the table, in the place of each row's `says`.
fn update(path: &Path, names: &[String], cases: &[Case]) {
    let text = fs::read_to_string(path).expect("the table was read before");
    let mut rows = text.split("[[case]]");
    let mut updated = rows.next().unwrap_or_default().to_owned();
    for (row, (name, case)) in rows.zip(names.iter().zip(cases)) {
        let Ok(says) = refused(name, case) else {
            updated.extend(["[[case]]", row]);
            continue;
        };
        let (before, rest) = row.split_once("says = '''").expect("a row has `says` in '''");
        let (_, after) = rest.split_once("'''").expect("`says` ends");
        updated.extend(["[[case]]", before, "says = '''\n", says.trim(), "\n'''", after]);
    }
    fs::write(path, updated).expect("the table can be written");
}
