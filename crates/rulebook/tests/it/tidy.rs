//! What keeps the house in order.

use crate::root;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Words of the domain that the engine must never have heard of.
const DOMAIN: [&str; 21] = [
    "carms",
    "aimg",
    "alberta",
    "iteration",
    "residency",
    "residence",
    "mmi",
    "img",
    "mcc",
    "nac",
    "medical",
    "medicine",
    "physician",
    "graduate",
    "graduation",
    "canada",
    "canadian",
    "immigrant",
    "option c",
    "casper",
    "rank list",
];

/// Fields ask an event for the element that it comes from.
const FIELDS: [&str; 2] = ["src/components/inputs.rs", "src/pages/question/form.rs"];

/// Files below a folder with this extension, in order; what tools have put there does not count.
pub fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![root().join(folder)];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.expect("the folder can be read").path();
            let is_made = ["target", "dist", "node_modules", ".git"].iter().any(|name| path.ends_with(name));
            if path.is_dir() && !is_made {
                waiting.push(path);
            } else if path.extension().is_some_and(|of| of == extension) {
                found.push(path);
            }
        }
    }
    assert!(!found.is_empty(), "nothing in {folder}");
    found.sort();
    found
}

/// The folders in a folder, in order.
fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.expect("the folder can be read").path()).collect();
    found.retain(|path| path.is_dir());
    found.sort();
    found
}

pub fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub fn named(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

fn toml(path: &str) -> toml::Table {
    read(&root().join(path)).parse().unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Whether a text contains a word: nothing that continues it stands before or behind.
fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let behind = text[at + word.len()..].trim_start_matches('s').chars().next();
        !before.is_some_and(char::is_alphabetic) && !behind.is_some_and(char::is_alphabetic)
    })
}

/// Every line of these files that contains one of the words.
fn lines_with(files: &[PathBuf], words: &[&str], ignore_case: bool) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        let text = if ignore_case { read(file).to_lowercase() } else { read(file) };
        for (index, line) in text.lines().enumerate() {
            for word in words.iter().filter(|word| has_word(line, word)) {
                found.push(format!("{}:{}: {word}", named(file), index + 1));
            }
        }
    }
    found
}

#[test]
fn words_are_found_as_words() {
    assert!(has_word("the mmi.", "mmi") && has_word("imgs", "img") && has_word("img", "img"));
    assert!(!has_word("immigrant", "img") && !has_word("<imgx>", "img") && !has_word("nacre", "nac"));
}

#[test]
fn the_engine_knows_no_domain() {
    assert_eq!(lines_with(&files("crates/rules", "rs"), &DOMAIN, true), [""; 0]);
}

#[test]
fn the_engine_depends_on_little() {
    let manifest = toml("crates/rules/Cargo.toml");
    let dependencies: Vec<&String> = manifest["dependencies"].as_table().expect("a table").keys().collect();
    assert_eq!(dependencies, ["crc", "postcard", "serde", "time"]);
    assert!(!manifest.contains_key("build-dependencies"));
}

#[test]
fn the_engine_has_no_clock_no_files_and_no_surroundings() {
    let outside = ["std::time", "std::fs", "std::env", "std::net", "std::thread", "HashMap", "println"];
    assert_eq!(lines_with(&files("crates/rules/src", "rs"), &outside, false), [""; 0]);
}

#[test]
fn nothing_below_the_shell_reads_a_clock() {
    let mut below = files("src", "rs");
    below.extend(files("crates/session/src", "rs"));
    below.retain(|path| !["src/store", "src/main.rs"].iter().any(|shell| named(path).starts_with(shell)));
    assert_eq!(
        lines_with(&below, &["std::time", "SystemTime", "Instant::now", "Date::now", "Timestamp::now"], false),
        [""; 0]
    );
}

#[test]
fn views_know_neither_rules_nor_the_browser() {
    let mut views = files("src/pages", "rs");
    views.extend(files("src/components", "rs"));
    views.retain(|path| !FIELDS.contains(&named(path).as_str()));
    assert_eq!(lines_with(&views, &["Rulebook", "Condition", "web_sys", "gloo", "js_sys"], false), [""; 0]);
}

#[test]
fn one_place_touches_the_browser() {
    let mut others = files("src", "rs");
    let may = ["src/store/", "src/store.rs", "src/main.rs"];
    others.retain(|path| !may.iter().chain(&FIELDS).any(|place| named(path).starts_with(place)));
    assert_eq!(lines_with(&others, &["web_sys", "gloo", "js_sys"], false), [""; 0]);
}

/// Data flows one way through the app's files. A part may use what it is a part of: `state/effect.rs` uses `state.rs`.
#[test]
fn no_file_of_the_app_needs_another_that_needs_it() {
    let files = files("src", "rs");
    let module = |path: &Path| {
        let name = named(path);
        let name = name.strip_prefix("src/").and_then(|name| name.strip_suffix(".rs")).unwrap_or_default();
        name.split('/').map(str::to_owned).collect::<Vec<_>>()
    };
    let modules: Vec<Vec<String>> = files.iter().map(|path| module(path)).collect();
    let needs: Vec<Vec<usize>> = files
        .iter()
        .zip(&modules)
        .map(|(path, here)| {
            let text = fs::read_to_string(path).expect("a text");
            // Tests may look at the whole.
            let text = text.split("#[cfg(test)]").next().unwrap_or_default();
            let parent = &here[..here.len() - 1];
            let from_root = text.split("crate::").skip(1).map(|rest| (Vec::new(), rest));
            let from_parent = text.split("super::").skip(1).map(|rest| (parent.to_vec(), rest));
            let used = from_root.chain(from_parent).flat_map(|(mut from, rest)| {
                let names = |rest: &str| -> Vec<String> {
                    let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).unwrap_or(rest.len());
                    rest[..end].split("::").filter(|name| !name.is_empty()).map(str::to_owned).collect()
                };
                from.extend(names(rest));
                // `use crate::session::{Map, saved};`
                let several = rest
                    .find("::{")
                    .filter(|start| rest[..*start].chars().all(|c| c.is_alphanumeric() || "_:".contains(c)));
                let several = several.map_or("", |start| rest[start + 3..].split(';').next().unwrap_or_default());
                let several = several.split([',', '{', '}']).map(str::trim).filter(|name| !name.is_empty());
                let mut all: Vec<Vec<String>> = several.map(|name| [from.clone(), names(name)].concat()).collect();
                all.push(from);
                all
            });
            let parts = text.lines().filter_map(|line| {
                let name = line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';')?;
                Some([here.clone(), vec![name.to_owned()]].concat())
            });
            let found = used.chain(parts).filter_map(|path| {
                // The longest beginning that is a file.
                (1..=path.len()).rev().find_map(|length| modules.iter().position(|module| *module == path[..length]))
            });
            let own_parent = modules.iter().position(|module| module == parent);
            found.filter(|other| modules[*other] != *here && Some(*other) != own_parent).collect()
        })
        .collect();
    assert!(needs.iter().map(Vec::len).sum::<usize>() > 100, "the files were not read");
    // Take away what needs nothing that is left, until only circles are left.
    let mut left: Vec<usize> = (0..files.len()).collect();
    loop {
        let free: Vec<usize> =
            left.iter().copied().filter(|file| !needs[*file].iter().any(|other| left.contains(other))).collect();
        if free.is_empty() {
            break;
        }
        left.retain(|file| !free.contains(file));
    }
    let circle: Vec<String> = left
        .iter()
        .map(|file| {
            format!(
                "{} needs {:?}",
                modules[*file].join("/"),
                needs[*file]
                    .iter()
                    .filter(|other| left.contains(other))
                    .map(|other| modules[*other].join("/"))
                    .collect::<Vec<_>>()
            )
        })
        .collect();
    assert_eq!(circle, [""; 0]);
}

/// The policy is written in `crates/site/src/headers.rs`. Tests and the document for hosts that read no file of ours say
/// what it must be.
#[test]
fn the_policy_stands_in_one_place() {
    let read = [
        ("src", "rs"),
        ("static", "js"),
        ("crates", "rs"),
        ("crates", "html"),
        ("xtask", "rs"),
        ("tests/browser", "mjs"),
    ];
    let mut read: Vec<PathBuf> = read.into_iter().flat_map(|(folder, extension)| files(folder, extension)).collect();
    read.push(root().join("index.html"));
    read.retain(|path| !named(path).contains("/node_modules/") && !named(path).ends_with("it/tidy.rs"));
    let found = read
        .iter()
        .filter(|path| fs::read_to_string(path).is_ok_and(|text| text.contains("default-src 'none'; script-src")));
    assert_eq!(found.map(|path| named(path)).collect::<Vec<_>>(), ["crates/site/src/headers.rs"]);
}

#[test]
fn one_gloo_only() {
    let lock = toml("Cargo.lock");
    let packages = lock["package"].as_array().expect("a list").iter();
    let gloos = packages.filter(|package| package["name"].as_str() == Some("gloo"));
    let versions: Vec<&str> = gloos.filter_map(|package| package["version"].as_str()).collect();
    assert!(versions.len() <= 1 && versions.iter().all(|version| version.starts_with("0.11.")), "{versions:?}");
}

/// A version that two packages need is named once, in the workspace's manifest.
#[test]
fn versions_stand_in_one_place() {
    let mut found = Vec::new();
    let workspace = toml("Cargo.toml");
    let shared = workspace["workspace"]["dependencies"].as_table().expect("a table");
    for manifest in [
        "Cargo.toml",
        "crates/rules/Cargo.toml",
        "crates/session/Cargo.toml",
        "crates/rulebook/Cargo.toml",
        "xtask/Cargo.toml",
    ] {
        let table = toml(manifest);
        for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
            for (name, value) in table.get(section).and_then(|section| section.as_table()).into_iter().flatten() {
                let version = value.as_str().or_else(|| value.get("version").and_then(|version| version.as_str()));
                if let (Some(version), true) = (version, shared.contains_key(name)) {
                    found.push(format!("{manifest}: {name} {version} is named in the workspace already"));
                }
            }
        }
    }
    assert_eq!(found, [""; 0]);
}

#[test]
fn every_cycle_has_its_words() {
    let mut found = 0;
    let trials = folders(&root().join("tests/trials"));
    for folder in folders(&root().join("rulebooks")).into_iter().chain(trials.iter().flat_map(|trial| folders(trial))) {
        found += 1;
        let structure = fs::read_dir(&folder).expect("a cycle can be read").map(|file| file.expect("a file").path());
        let structure: Vec<PathBuf> = structure.filter(|path| path.is_file()).collect();
        for language in toml(&format!("{}/cycle.toml", named(&folder)))["languages"].as_array().expect("a list") {
            let language = folder.join(language.as_str().expect("a language"));
            for file in structure.iter().filter_map(|file| file.file_name()) {
                assert!(language.join(file).is_file(), "{} is missing", named(&language.join(file)));
            }
        }
        assert!(folder.join("en").is_dir(), "{} has no English", named(&folder));
    }
    assert!(found >= 3 && !trials.is_empty(), "{found} cycles");
}

/// A page that was read is described in the same words everywhere.
#[test]
fn trials_cite_the_same_pages() {
    let sources = |path: &str| toml(&format!("{path}/sources.toml"))["source"].as_array().expect("a list").clone();
    let real = sources("rulebooks");
    for trial in folders(&root().join("tests/trials")) {
        let cited = sources(&named(&trial));
        let mut shared = 0;
        for source in &cited {
            if let Some(same) = real.iter().find(|other| other["id"] == source["id"]) {
                assert_eq!(source, same, "{}", named(&trial));
                shared += 1;
            }
        }
        assert!(shared > 0, "{} cites none of the rulebooks' pages", named(&trial));
    }
}

#[test]
fn a_clone_builds_with_any_toolchain_that_is_new_enough() {
    // Where it names what is absent, and rustup may not install by itself, every call of cargo would stop.
    assert!(!root().join("rust-toolchain.toml").exists());
    assert!(!root().join("rust-toolchain").exists());
}

/// npm notes where each package came from unless it is told not to.
#[test]
fn no_file_names_a_machine_or_a_mirror() {
    let mut unwanted = vec![["\"resol", "ved\":"].concat()];
    let home = env::var("HOME").ok().filter(|home| Path::new(home).components().count() > 1);
    unwanted.extend(home.map(|home| home + "/"));
    let all = ["rs", "toml", "md", "mjs", "js", "json", "lock", "html", "css"];
    let mut all: Vec<PathBuf> = all.into_iter().flat_map(|extension| files(".", extension)).collect();
    all.push(root().join(".ci/run"));
    assert!(all.len() > 200, "the files were not read");
    let found = all.iter().filter(|path| {
        let text = read(path);
        unwanted.iter().any(|unwanted| text.contains(unwanted))
    });
    assert_eq!(found.map(|path| named(path)).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn nothing_is_left_for_later() {
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("X", "XX")];
    let mut all = files("crates", "rs");
    all.extend(["src", "xtask/src"].iter().flat_map(|folder| files(folder, "rs")));
    all.extend(["rulebooks", "tests/scenarios", "tests/trials"].iter().flat_map(|folder| files(folder, "toml")));
    assert_eq!(lines_with(&all, &marks, false), [""; 0]);
}
