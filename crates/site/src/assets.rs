//! The site's files beside its pages, under names that change with their content.

use serde::Serialize;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// When the browser needs a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// For every page, before it is drawn.
    First,
    /// To start the app.
    App,
    /// The rules of one cycle in one language.
    Rules,
}

/// One file, as `assets.json` lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Asset {
    /// What it is called here, such as `app.wasm`.
    pub name: String,
    /// Its name below the site's root, which holds the hash unless it is a name that must stay.
    pub file: String,
    /// The first 16 digits of the SHA-256 of its bytes.
    pub hash: String,
    pub when: When,
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

impl Asset {
    /// A file whose name holds its hash: `app.wasm` becomes `app-0123456789abcdef.wasm`.
    #[must_use]
    pub fn hashed(name: &str, when: When, bytes: Vec<u8>) -> Asset {
        let hash = hash(&bytes);
        let (stem, end) = name.rsplit_once('.').unwrap_or((name, ""));
        Asset { name: name.to_owned(), file: format!("{stem}-{hash}.{end}"), hash, when, bytes }
    }

    /// A file that keeps its name.
    #[must_use]
    pub fn named(name: &str, file: &str, when: When, bytes: Vec<u8>) -> Asset {
        Asset { name: name.to_owned(), file: file.to_owned(), hash: hash(&bytes), when, bytes }
    }
}

fn hash(bytes: &[u8]) -> String {
    let mut hash = String::new();
    for byte in &Sha256::digest(bytes)[..8] {
        // Writing to a string does not fail.
        let _ = write!(hash, "{byte:02x}");
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_changes_with_the_content() {
        let asset = |bytes: &str| Asset::hashed("app.wasm", When::App, bytes.into()).file;
        assert_eq!(asset("abc"), "app-ba7816bf8f01cfea.wasm");
        assert_ne!(asset("abc"), asset("abd"));
        assert_eq!(Asset::named("first.js", "first.js", When::First, Vec::new()).file, "first.js");
    }
}
