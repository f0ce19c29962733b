//! Something wrong in a rulebook: where, what, and what to do about it.

use std::fmt;

/// One problem. All problems of a rulebook are reported together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Path below `rulebooks/`.
    pub file: String,
    /// Counted from 1; 0 when the problem is that something is missing from the file.
    pub line: usize,
    /// The item that it is about, such as `rule "mmi-done"`.
    pub item: String,
    pub message: String,
    pub suggestion: Option<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        if !self.item.is_empty() {
            write!(f, ": {}", self.item)?;
        }
        write!(f, ": {}", self.message)?;
        match &self.suggestion {
            Some(suggestion) => write!(f, "; {suggestion}"),
            None => Ok(()),
        }
    }
}

/// "Did you mean …?" with the nearest of the known names, when one is near.
pub fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let near = known.into_iter().map(|name| (strsim::damerau_levenshtein(given, name), name));
    let (distance, name) = near.min_by_key(|(distance, _)| *distance)?;
    let close = distance <= 3.max(given.len() / 3);
    close.then(|| format!("did you mean {name:?}?"))
}
