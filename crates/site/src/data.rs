//! What the host's other commands have written: rulebooks and their proofs.

use crate::proof::Proof;
use rules::rulebook::Sentence;
use serde::Deserialize;
use std::fs;
use std::path::Path;

/// What `rulebook build` and `rulebook prove` wrote.
#[derive(Debug, Deserialize)]
pub struct SiteData {
    /// The cycle that the site shows unless somebody chooses another.
    pub default_cycle: String,
    pub rulebooks: Vec<RulebookFile>,
    #[serde(skip)]
    pub proofs: Vec<Proof>,
}

/// The compact file of one cycle in one language.
#[derive(Debug, Deserialize)]
pub struct RulebookFile {
    pub cycle: String,
    pub language: String,
    /// The file's name, which holds a hash of its bytes.
    pub file: String,
    /// What became of the sentences of a source page.
    pub sentences: Vec<Sentence>,
    /// What changed since the last cycle before it, if there is one.
    pub changes: Option<Changes>,
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

/// What changed since an earlier cycle.
#[derive(Debug, Deserialize)]
pub struct Changes {
    /// That cycle.
    pub since: String,
    pub items: Vec<Change>,
}

/// A date, disagreement, rule or document that came, went, or says something else.
#[derive(Debug, Deserialize)]
pub struct Change {
    pub kind: Kind,
    pub title: String,
    pub change: How,
    /// What changed in it.
    pub lines: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Date,
    Conflict,
    Rule,
    Document,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    Added,
    Removed,
    Changed,
}

impl SiteData {
    /// Reads a folder in which `rulebook build` and `rulebook prove` have written.
    ///
    /// # Errors
    /// When a file is not there or cannot be read.
    pub fn read(folder: &Path) -> Result<SiteData, String> {
        let text = |name: &str| {
            let file = folder.join(name);
            fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))
        };
        let parsed = |name: &str, error: serde_json::Error| format!("{}: {error}", folder.join(name).display());
        let manifest = text("manifest.json")?;
        let mut data: SiteData = serde_json::from_str(&manifest).map_err(|error| parsed("manifest.json", error))?;
        for rulebook in &mut data.rulebooks {
            let file = folder.join(&rulebook.file);
            rulebook.bytes = fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        }
        data.proofs = serde_json::from_str(&text("proof.json")?).map_err(|error| parsed("proof.json", error))?;
        Ok(data)
    }
}
