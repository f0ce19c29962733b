//! Changes to a TOML file that leave the rest of its text as it is: comments, order and spaces.

use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Changes to a text, none of which touches another.
pub struct Edits<'t> {
    text: &'t str,
    edits: Vec<(Range<usize>, String)>,
}

/// A table, where it is in the text.
#[derive(Clone, Copy)]
pub struct Table<'a, 't> {
    pub text: &'t str,
    pub table: &'a DeTable<'t>,
    /// Where its header or its brace is.
    pub start: usize,
}

/// A key with its value.
#[derive(Clone, Copy)]
pub struct Entry<'a, 't> {
    start: usize,
    pub value: &'a Spanned<DeValue<'t>>,
}

impl<'a, 't> Table<'a, 't> {
    pub fn get(self, key: &str) -> Option<Entry<'a, 't>> {
        let (key, value) = self.table.get_key_value(key)?;
        Some(Entry { start: key.span().start, value })
    }

    pub fn str(self, key: &str) -> Option<&'a str> {
        self.table.get(key)?.get_ref().as_str()
    }

    /// The text of a value.
    pub fn written(self, key: &str) -> Option<&'t str> {
        Some(&self.text[self.table.get(key)?.span()])
    }

    pub fn is_inline(self) -> bool {
        self.text[self.start..].starts_with('{')
    }

    /// The tables in a list, repeated or inline.
    pub fn list(self, key: &str) -> impl Iterator<Item = Table<'a, 't>> {
        let list = self.table.get(key).and_then(|list| list.get_ref().as_array());
        list.into_iter().flat_map(|list| list.iter()).filter_map(move |item| Table::of(self.text, item))
    }

    pub fn of(text: &'t str, value: &'a Spanned<DeValue<'t>>) -> Option<Table<'a, 't>> {
        Some(Table { text, table: value.get_ref().as_table()?, start: value.span().start })
    }
}

impl<'t> Edits<'t> {
    pub fn new(text: &'t str) -> Edits<'t> {
        Edits { text, edits: Vec::new() }
    }

    pub fn replace(&mut self, span: Range<usize>, with: impl Into<String>) {
        self.edits.push((span, with.into()));
    }

    /// Puts another key and value, or several, in the place of an entry.
    pub fn replace_entry(&mut self, entry: Entry<'_, '_>, with: impl Into<String>) {
        self.replace(entry.start..entry.value.span().end, with);
    }

    /// A comment on a line of its own, above the line of this place.
    pub fn comment_above(&mut self, at: usize, comment: &str) {
        let start = self.text[..at].rfind('\n').map_or(0, |end| end + 1);
        let edit = (start..start, format!("{comment}\n"));
        // Several things on one line need it only once.
        if !self.edits.contains(&edit) {
            self.edits.push(edit);
        }
    }

    /// Lines below the one on which an entry ends.
    pub fn lines_below(&mut self, entry: Entry<'_, '_>, lines: &str) {
        let end = self.line_end(entry.value.span().end);
        self.replace(end..end, format!("\n{lines}"));
    }

    /// Takes an entry of a table out. In an inline table, `beside` is one that stays: the comma towards it goes, too.
    pub fn remove(&mut self, entry: Entry<'_, '_>, beside: Option<Entry<'_, '_>>) {
        let (start, end) = (entry.start, entry.value.span().end);
        let behind = self.text[end..].trim_start();
        let blank = self.text.len() - behind.len();
        let span = match beside {
            Some(beside) if beside.start < start => {
                let before = self.text[..start].trim_end();
                before.strip_suffix(',').unwrap_or(before).len()..end
            }
            Some(_) => {
                let behind = behind.strip_prefix(',').unwrap_or(behind);
                start..self.text.len() - behind.trim_start().len()
            }
            // What is said about it on the same line stays.
            None if behind.starts_with('#') && !self.text[end..blank].contains('\n') => start..blank,
            None => start..(self.line_end(end) + 1).min(self.text.len()),
        };
        self.replace(span, "");
    }

    /// Takes a table out that has a header of its own, with what is in it and the blank lines behind it.
    pub fn remove_table(&mut self, table: &Spanned<DeValue<'_>>) {
        let end = self.line_end(last_end(table));
        let behind = self.text[end..].trim_start_matches([' ', '\t', '\r', '\n']);
        self.replace(table.span().start..self.text.len() - behind.len(), "");
    }

    fn line_end(&self, at: usize) -> usize {
        self.text[at..].find('\n').map_or(self.text.len(), |length| at + length)
    }

    /// The text with all changes.
    pub fn apply(mut self) -> String {
        self.edits.sort_by_key(|(span, _)| (span.start, span.end));
        let (mut changed, mut done) = (String::with_capacity(self.text.len()), 0);
        for (span, with) in &self.edits {
            changed.push_str(&self.text[done..span.start]);
            changed.push_str(with);
            done = span.end;
        }
        changed.push_str(&self.text[done..]);
        changed
    }
}

/// Where the last thing of a value ends.
fn last_end(value: &Spanned<DeValue<'_>>) -> usize {
    let inner = match value.get_ref() {
        DeValue::Array(list) => list.iter().map(last_end).max(),
        DeValue::Table(table) => table.iter().map(|(key, value)| key.span().end.max(last_end(value))).max(),
        _ => None,
    };
    value.span().end.max(inner.unwrap_or(0))
}
