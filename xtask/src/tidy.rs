//! What no compiler checks: the boundaries of ARCHITECTURE.md, and what must not lie in the repository.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

fn root() -> PathBuf {
    crate::root()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect("the repository has this file")
}

/// Every text file below a folder, except what the tools put there.
fn texts(folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = entry.file_name();
            if [".git", "target", "dist", "node_modules"].iter().any(|skipped| name == *skipped) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = fs::read_to_string(&path) {
                let path = path.strip_prefix(root()).unwrap_or(&path);
                found.push((path.display().to_string(), text));
            }
        }
    }
    assert!(!found.is_empty(), "{folder} has no text");
    found.sort();
    found
}

/// Lines in which a text stands, as `file:line`.
fn lines_with(texts: &[(String, String)], unwanted: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in texts {
        let hits = text.lines().enumerate().filter(|(_, line)| line.contains(unwanted));
        found.extend(hits.map(|(idx, _)| format!("{path}:{}: {unwanted}", idx + 1)));
    }
    found
}

const NONE: [&str; 0] = [];

#[test]
fn the_engine_knows_no_domain() {
    let texts: Vec<_> =
        texts("crates/rules").into_iter().map(|(path, text)| (path, text.to_ascii_lowercase())).collect();
    let found: Vec<_> = ["carms", "aimg", "residency"].iter().flat_map(|word| lines_with(&texts, word)).collect();
    assert_eq!(found, NONE);
}

#[test]
fn the_engine_touches_nothing() {
    let texts = texts("crates/rules/src");
    let outside = ["std::fs", "std::env", "std::time", "std::net", "SystemTime", "Instant::now", "web_sys", "js_sys"];
    let found: Vec<_> = outside.iter().flat_map(|module| lines_with(&texts, module)).collect();
    assert_eq!(found, NONE);
}

#[test]
fn pages_know_no_rule_and_no_browser() {
    let pages = [texts("src/pages"), texts("src/components")].concat();
    // What a person typed is read from its element, which is all that components may ask of the browser.
    let found: Vec<_> = ["gloo", "web_sys::window", "Rulebook", "Condition"]
        .iter()
        .flat_map(|unwanted| lines_with(&pages, unwanted))
        .collect();
    assert_eq!(found, NONE);
}

#[test]
fn gloo_is_compiled_once() {
    let lock = read("Cargo.lock");
    assert!(lock.lines().filter(|line| *line == "name = \"gloo\"").count() <= 1);
}

#[test]
fn a_clone_builds_with_any_toolchain_that_is_new_enough() {
    // Where it names what is absent, and rustup may not install by itself, every call of cargo would stop.
    assert!(!root().join("rust-toolchain.toml").exists());
    assert!(!root().join("rust-toolchain").exists());
}

#[test]
fn no_file_names_a_machine_or_a_mirror() {
    let texts = texts(".");
    // npm notes where each package came from unless it is told not to.
    let mut unwanted = vec![["\"resol", "ved\":"].concat()];
    let home = env::var("HOME").ok().filter(|home| Path::new(home).components().count() > 1);
    unwanted.extend(home.map(|home| home + "/"));
    let found: Vec<_> = unwanted.iter().flat_map(|unwanted| lines_with(&texts, unwanted)).collect();
    assert_eq!(found, NONE);
}

#[test]
fn nothing_is_left_for_later() {
    // Put together here, so that this file does not find itself.
    let texts = texts(".");
    let marks = [["TO", "DO"].concat(), ["FIX", "ME"].concat()];
    let found: Vec<_> = marks.iter().flat_map(|mark| lines_with(&texts, mark)).collect();
    assert_eq!(found, NONE);
}
