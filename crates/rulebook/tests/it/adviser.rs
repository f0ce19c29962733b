//! What `rulebook evaluate` tells an adviser: a person in full as text, and a folder of people as a table.

use crate::command::run;
use expect_test::expect_file;
use std::path::{Path, PathBuf};
use std::{fs, slice};

const ELIGIBLE: &str = r#"
aimg-status = "eligible"
mmi = "done"
carms-registered = "done"
earlier-training = "none"
other-match = "none"
graduation = "graduated"
cap-done = false
other-language-papers = false
"#;
const SPRING: &str = "2027-03-20T09:00-06:00";

/// A folder of its own with these answers files.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).expect("the folder can be made");
    for (file, text) in files {
        fs::write(folder.join(file), text).expect("the file can be written");
    }
    folder
}

fn evaluate(path: &Path, more: &[&str]) -> crate::command::Ran {
    let path = path.to_string_lossy();
    run(&[&["evaluate", "--cycle", "2027", "--as-of", SPRING], more, slice::from_ref(&&*path)].concat())
}

#[test]
fn a_person_is_told_in_full_in_eighty_columns() {
    let took_no_part = format!("{ELIGIBLE}first-iteration = \"took-no-part\"\n");
    let folder = folder("adviser-one", &[("took-no-part.toml", &took_no_part)]);
    let ran = evaluate(&folder.join("took-no-part.toml"), &[]);
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    let wide = ran.out.lines().filter(|line| line.chars().count() > 80 && line.split_whitespace().count() > 2);
    assert_eq!(wide.collect::<Vec<_>>(), [""; 0]);
    // The cell that decides, as it was read and found good; dates and papers have tests of their own.
    let (_, from) = ran.out.split_once("SECOND ITERATION: ask").expect("the second iteration");
    let cell = from.split_once("\nCHECKLIST").map_or(from, |(cell, _)| cell);
    expect_file!["../expected/took-no-part.txt"].assert_eq(cell);
    for part in ["\nCHECKLIST\n", "\nDATES\n", "\nGOOD TO KNOW\n", "The cycle after this one, 2028:", "America/Toronto"]
    {
        assert!(ran.out.contains(part), "no {part:?} in {}", ran.out);
    }
}

#[test]
fn what_was_marked_on_the_page_is_done() {
    let unmatched = format!("{ELIGIBLE}first-iteration = \"unmatched\"\napplied-second = \"not-yet\"\n");
    let marked = format!("{unmatched}[mark]\nfmproc = \"confirmed\"\nmmi-result = \"uploaded\"\n");
    let folder = folder("adviser-marks", &[("unmarked.toml", &unmatched), ("marked.toml", &marked)]);
    let papers = |file: &str| -> Vec<String> {
        let ran = evaluate(&folder.join(file), &[]);
        assert_eq!(ran.status, Some(0), "{}", ran.err);
        let lines = ran.out.lines().filter(|line| line.contains("FMProC, if") || line.contains("MMI result, if"));
        lines.map(|line| line.chars().take(16).collect()).collect()
    };
    assert_eq!(papers("unmarked.toml"), ["  - FMProC, if y", "  - MMI result, "]);
    assert_eq!(papers("marked.toml"), ["  - [done] FMPro", "  - [there] MMI "]);
}

#[test]
fn a_folder_is_told_in_one_line_each() {
    let unmatched = format!("{ELIGIBLE}first-iteration = \"unmatched\"\n");
    let files = [
        ("a \"quoted\", name.toml", "aimg-status = \"not-applied\""),
        ("b-unmatched.toml", &*unmatched),
        ("c-wrong.toml", "aimg-statu = 1"),
        ("no-answers.txt", "is not read"),
    ];
    let folder = folder("adviser-many", &files);
    let ran = evaluate(&folder, &["--format", "csv"]);
    assert_eq!(ran.status, Some(1), "one of the files cannot be read");
    assert!(ran.err.contains("1 of 3 files could not be read"), "{}", ran.err);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines[0], "file,alberta/entry,alberta/first,alberta/second,next,by,problem");
    assert!(lines[1].starts_with("\"a \"\"quoted\"\", name.toml\",closed (over),"), "{}", lines[1]);
    assert!(lines[2].starts_with("b-unmatched.toml,open,closed (over),"), "{}", lines[2]);
    assert!(lines[3].contains("unknown question") && lines[3].contains("did you mean"), "{}", lines[3]);
    assert_eq!(lines.len(), 4);

    let text = evaluate(&folder, &[]).out;
    assert_eq!(text.lines().count(), 4);
    assert!(text.lines().all(|line| line.chars().count() <= 7 * 30), "{text}");
}

#[test]
fn a_folder_without_answers_is_named() {
    let ran = evaluate(&folder("adviser-none", &[]), &[]);
    assert_eq!((ran.status, &*ran.out), (Some(1), ""));
    assert!(ran.err.contains("there is no answers file (*.toml, *.json) in this folder"), "{}", ran.err);
}
