//! Opening the files of a cycle and the words of a language.

use crate::files::{self, File, Site, problem};
use crate::problem::{Problem, nearest};
use crate::words::Words;
use sha2::{Digest, Sha256};
use std::path::Path;

/// A cycle's structure files, opened.
pub struct Files {
    pub(super) sources: File,
    pub(super) cycle: File,
    pub(super) questions: File,
    pub(super) dates: File,
    pub(super) rules: File,
    pub(super) cells: File,
    pub(super) documents: File,
    pub(super) stages: File,
    pub(super) notices: File,
    pub(super) sentences: Option<File>,
}

impl Files {
    pub(super) fn open(root: &Path, cycle: &str, problems: &mut Vec<Problem>) -> Files {
        let mut open = |name: &str| File::open(root, &format!("{cycle}/{name}"), problems);
        let sentences = root.join(cycle).join("sentences.toml").exists().then(|| open("sentences.toml"));
        Files {
            cycle: open("cycle.toml"),
            questions: open("questions.toml"),
            dates: open("dates.toml"),
            rules: open("rules.toml"),
            cells: open("cells.toml"),
            documents: open("documents.toml"),
            stages: open("stages.toml"),
            notices: open("notices.toml"),
            sentences,
            sources: File::open(root, "sources.toml", problems),
        }
    }

    pub(super) fn by_name(&self, name: &str) -> &File {
        match name {
            "sources.toml" => &self.sources,
            "questions.toml" => &self.questions,
            "dates.toml" => &self.dates,
            "rules.toml" => &self.rules,
            "cells.toml" => &self.cells,
            "documents.toml" => &self.documents,
            "stages.toml" => &self.stages,
            "notices.toml" => &self.notices,
            "sentences.toml" => self.sentences.as_ref().unwrap_or(&self.cycle),
            _ => &self.cycle,
        }
    }

    /// Hash over the structure: twelve hexadecimal digits, the same in every language.
    pub(super) fn hash(&self) -> String {
        let mut hasher = Sha256::new();
        let all = [
            &self.sources,
            &self.cycle,
            &self.questions,
            &self.dates,
            &self.rules,
            &self.cells,
            &self.documents,
            &self.stages,
            &self.notices,
        ];
        for file in all.into_iter().chain(self.sentences.as_ref()) {
            hasher.update(file.text.as_bytes());
            hasher.update([0]);
        }
        hex(&hasher.finalize()[..6])
    }
}

/// Two hexadecimal digits for each byte.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |digits, byte| digits + &format!("{byte:02x}"))
}

/// The words of one language.
pub(super) struct AllWords {
    pub(super) cycle: Words,
    pub(super) questions: Words,
    pub(super) dates: Words,
    pub(super) rules: Words,
    pub(super) cells: Words,
    pub(super) documents: Words,
    pub(super) stages: Words,
    pub(super) notices: Words,
    pub(super) sentences: Option<Words>,
    pub(super) glossary: Words,
}

impl AllWords {
    pub(super) fn open(
        root: &Path,
        cycle: &str,
        language: &str,
        sentences: bool,
        problems: &mut Vec<Problem>,
    ) -> AllWords {
        let mut open = |name: &str| Words::new(File::open(root, &format!("{cycle}/{language}/{name}"), problems));
        AllWords {
            cycle: open("cycle.toml"),
            questions: open("questions.toml"),
            dates: open("dates.toml"),
            rules: open("rules.toml"),
            cells: open("cells.toml"),
            documents: open("documents.toml"),
            stages: open("stages.toml"),
            notices: open("notices.toml"),
            sentences: sentences.then(|| open("sentences.toml")),
            glossary: open("glossary.toml"),
        }
    }

    /// With `all_read`, words that nothing asked for are problems.
    pub(super) fn finish(self, all_read: bool) -> Vec<Problem> {
        let all = [
            Some(self.cycle),
            Some(self.questions),
            Some(self.dates),
            Some(self.rules),
            Some(self.cells),
            Some(self.documents),
            Some(self.stages),
            Some(self.notices),
            self.sentences,
            Some(self.glossary),
        ];
        all.into_iter().flatten().flat_map(|words| words.finish(all_read)).collect()
    }
}

/// The default cycle of the site.
///
/// # Errors
/// The problems of `site.toml`.
pub fn default_cycle(root: &Path) -> Result<String, Vec<Problem>> {
    let mut problems = Vec::new();
    let file = File::open(root, "site.toml", &mut problems);
    let site: Option<Site> = file.whole(&mut problems);
    let cycles = cycles(root).unwrap_or_default();
    if let Some(Site { default_cycle }) = &site
        && !cycles.contains(default_cycle)
    {
        let message = format!("there is no folder for the default cycle {default_cycle:?}");
        let suggestion = nearest(default_cycle, cycles.iter().map(String::as_str));
        problems.push(problem("site.toml", file.find(default_cycle, 1), "", message, suggestion));
    }
    site.map(|site| site.default_cycle).filter(|_| problems.is_empty()).ok_or(problems)
}

/// The cycles that have a folder, in order. A name with a dot in front is that of no cycle.
pub fn cycles(root: &Path) -> std::io::Result<Vec<String>> {
    let mut cycles = Vec::new();
    let folder = std::fs::read_dir(root)
        .map_err(|error| std::io::Error::new(error.kind(), format!("{}: {error}", root.display())))?;
    for entry in folder {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() && !name.starts_with('.') {
            cycles.push(name);
        }
    }
    cycles.sort();
    Ok(cycles)
}

/// The languages that a cycle says it has.
pub fn languages(root: &Path, cycle: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let file = File::open(root, &format!("{cycle}/cycle.toml"), &mut problems);
    let cycle: Option<files::Cycle> = file.whole(&mut problems);
    cycle.map_or_else(|| vec!["en".to_owned()], |cycle| cycle.languages)
}
