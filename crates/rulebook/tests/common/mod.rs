//! What several test programs need: the repository's root, the rulebooks, and made-up people.

#![allow(dead_code, reason = "each program uses a part of it")]

pub mod people;

use rulebook::compile::compile;
use rules::rulebook::Rulebook;
use std::fs;
use std::path::{Path, PathBuf};

/// The repository's root.
pub fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

pub fn compiled(folder: &str, cycle: &str) -> Rulebook {
    compile(&root().join(folder), cycle, "en").unwrap_or_else(|problems| {
        panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    })
}

/// The real rulebooks, the trial for another jurisdiction, and the toy one: the folder, the cycle, and the tables of its
/// people.
pub const BOOKS: [(&str, &str, &str); 4] = [
    ("rulebooks", "2022", "tests/scenarios"),
    ("rulebooks", "2027", "tests/scenarios"),
    ("tests/trials/ontario", "2027", "tests/trials/ontario/scenarios.toml"),
    ("tests/rulebooks_bad/base", "2031", "tests/scenarios"),
];

pub fn books() -> [Rulebook; 4] {
    BOOKS.map(|(folder, cycle, _)| compiled(folder, cycle))
}

/// A copy of a folder under a name of its own, with changes to its files: path, what stands there, and what instead.
pub fn changed_copy(folder: &str, name: &str, changes: &[(&str, &str, &str)]) -> PathBuf {
    let copy = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    // A run before may have left one.
    let _ = fs::remove_dir_all(&copy);
    copy_folder(&root().join(folder), &copy);
    for (path, from, to) in changes {
        let path = copy.join(path);
        let text = fs::read_to_string(&path).expect("the file can be read");
        assert!(text.contains(from), "{from:?} is not in {}", path.display());
        fs::write(&path, text.replacen(from, to, 1)).expect("the file can be written");
    }
    copy
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the folder can be made");
    for entry in fs::read_dir(from).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        let to = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy_folder(&path, &to);
        } else {
            fs::copy(&path, &to).expect("the file can be copied");
        }
    }
}
