//! The words of one language, looked up by id; what is missing and what nobody asks for are problems.

use crate::files::{File, problem};
use crate::problem::{Problem, nearest};
use rules::rulebook::Text;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use toml::{Table, Value};

/// The problem of words whose id no structure file has.
pub const FOR_NOTHING: &str = "nothing in the structure files has this id";

/// One file of words.
pub struct Words {
    file: File,
    tables: BTreeMap<String, Table>,
    /// Ids and their fields that were asked for.
    used: RefCell<BTreeMap<String, BTreeSet<String>>>,
    problems: RefCell<Vec<Problem>>,
}

impl Words {
    pub fn new(file: File) -> Words {
        let mut problems = Vec::new();
        let mut tables = BTreeMap::new();
        let mut top = Table::new();
        for (id, value) in file.tables() {
            match value {
                Value::Table(table) => {
                    tables.insert(id.clone(), table.clone());
                }
                other => {
                    top.insert(id.clone(), other.clone());
                }
            }
        }
        if !top.is_empty() {
            tables.insert(String::new(), top);
        }
        if tables.is_empty() && !file.text.is_empty() {
            problems.push(problem(&file.path, 1, "", "holds no words", None));
        }
        Words { file, tables, used: RefCell::default(), problems: RefCell::new(problems) }
    }

    /// A text that must be there.
    pub fn need(&self, id: &str, field: &str) -> Text {
        self.may(id, field).unwrap_or_else(|| {
            if self.value(id, field).is_none() {
                self.missing(id, field);
            }
            Text::from("")
        })
    }

    /// A text at the top that must be there, with a place to fill in.
    pub fn need_with(&self, field: &str, place: &str) -> Text {
        let text = self.need("", field);
        if !text.is_empty() && (text.matches(place).count() != 1 || text.matches(['{', '}']).count() != 2) {
            self.report("", format!("{field:?} must hold {place:?} once, and no other braces"), None);
        }
        text
    }

    /// A text that may be there.
    pub fn may(&self, id: &str, field: &str) -> Option<Text> {
        let value = self.value(id, field)?;
        match value.as_str() {
            Some(text) if !text.trim().is_empty() => Some(typeset(text.trim())),
            Some(_) => {
                self.report(id, format!("{field:?} is empty"), Some("write it or leave it out".to_owned()));
                None
            }
            None => {
                self.report(id, format!("{field:?} must be a text"), None);
                None
            }
        }
    }

    /// A list of texts that may be there.
    pub fn list(&self, id: &str, field: &str) -> Vec<Text> {
        let Some(value) = self.value(id, field) else { return Vec::new() };
        let texts: Option<Vec<Text>> =
            value.as_array().and_then(|list| list.iter().map(|text| text.as_str().map(typeset)).collect());
        texts.unwrap_or_else(|| {
            self.report(id, format!("{field:?} must be a list of texts"), None);
            Vec::new()
        })
    }

    /// A text in a table below an id, such as a choice of a question.
    pub fn need_in(&self, id: &str, table: &str, key: &str) -> Text {
        self.may_in(id, table, key).unwrap_or_else(|| {
            let holder = if id.is_empty() { format!("[{table}]") } else { format!("[{id}.{table}]") };
            self.report(id, format!("the text of {key:?} is missing in {holder}"), None);
            Text::from("")
        })
    }

    /// A text in a table of an item that may be there, and the table with it.
    pub fn may_in(&self, id: &str, table: &str, key: &str) -> Option<Text> {
        let found = self.value(id, table).and_then(|value| value.get(key).and_then(Value::as_str).map(typeset));
        self.used.borrow_mut().entry(format!("{id}.{table}")).or_default().insert(key.to_owned());
        found
    }

    /// The ids that the file has tables for.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.tables.keys().map(String::as_str).filter(|id| !id.is_empty())
    }

    fn value(&self, id: &str, field: &str) -> Option<&Value> {
        self.used.borrow_mut().entry(id.to_owned()).or_default().insert(field.to_owned());
        // A table at the top, such as [topics], is a field of the file itself.
        if id.is_empty() && self.tables.contains_key(field) {
            return self.file.tables().find(|(key, _)| *key == field).map(|(_, value)| value);
        }
        self.tables.get(id)?.get(field)
    }

    fn missing(&self, id: &str, field: &str) {
        let place = if id.is_empty() { "at the top of the file".to_owned() } else { format!("under {}", header(id)) };
        if self.tables.contains_key(id) || id.is_empty() {
            self.report(id, format!("{field:?} is missing {place}"), None);
        } else {
            let already = format!("there is no table {}", header(id));
            let mut problems = self.problems.borrow_mut();
            if !problems.iter().any(|p| p.message == already) {
                let suggestion = Some("add it with its words".to_owned());
                problems.push(problem(&self.file.path, 0, &format!("{id:?}"), already, suggestion));
            }
        }
    }

    fn report(&self, id: &str, message: String, suggestion: Option<String>) {
        let line = if id.is_empty() { 0 } else { self.line(id) };
        let item = if id.is_empty() { String::new() } else { format!("{id:?}") };
        self.problems.borrow_mut().push(problem(&self.file.path, line, &item, message, suggestion));
    }

    fn line(&self, id: &str) -> usize {
        let plain = format!("[{id}]");
        let quoted = format!("[\"{id}\"]");
        let nested = [format!("[{id}."), format!("[\"{id}\".")];
        let lines = self.file.text.lines().enumerate();
        let mut found = lines.map(|(i, line)| (i + 1, line.trim()));
        let is = |line: &str| line == plain || line == quoted || nested.iter().any(|n| line.starts_with(n.as_str()));
        found.find(|(_, line)| is(line)).map_or(0, |(line, _)| line)
    }

    /// All problems; with `all_read`, also those of words that nothing asked for.
    pub fn finish(self, all_read: bool) -> Vec<Problem> {
        let used = self.used.borrow();
        let mut problems = self.problems.borrow().clone();
        for (id, table) in &self.tables {
            let known: Vec<&str> = used.keys().map(String::as_str).collect();
            let at_top = used.get("").is_some_and(|fields| fields.contains(id));
            let Some(fields) = used.get(id) else {
                if !at_top && all_read {
                    let known = known.iter().copied().filter(|k| !k.is_empty() && !k.contains('.'));
                    problems.push(problem(
                        &self.file.path,
                        self.line(id),
                        &format!("{id:?}"),
                        FOR_NOTHING,
                        nearest(id, known),
                    ));
                }
                continue;
            };
            for (field, value) in table {
                if !fields.contains(field) {
                    let message = format!("no such text is used here: {field:?}");
                    let suggestion = nearest(field, fields.iter().map(String::as_str));
                    let line = self.line(id);
                    let line = self.file.find(field, line.max(1)).max(line);
                    problems.push(problem(&self.file.path, line, &format!("{id:?}"), message, suggestion));
                } else if let (Value::Table(inner), Some(keys)) = (value, used.get(&format!("{id}.{field}"))) {
                    for key in inner.keys().filter(|key| !keys.contains(*key)) {
                        let message = format!("no such id in [{id}.{field}]: {key:?}");
                        let suggestion = nearest(key, keys.iter().map(String::as_str));
                        problems.push(problem(&self.file.path, self.line(id), &format!("{id:?}"), message, suggestion));
                    }
                }
            }
        }
        problems
    }
}

/// With the curly quotation marks of printed English in place of those of a keyboard; others, such as « », stay as written.
fn typeset(text: &str) -> Text {
    let mut before = None;
    let marks = text.chars().map(|mark| {
        let opens = before.is_none_or(|before: char| before.is_whitespace() || before == '(');
        before = Some(mark);
        match mark {
            '"' if opens => '\u{201c}',
            '"' => '\u{201d}',
            '\'' if opens => '\u{2018}',
            '\'' => '\u{2019}',
            other => other,
        }
    });
    Text::from(marks.collect::<String>())
}

fn header(id: &str) -> String {
    if id.contains('/') { format!("[{id:?}]") } else { format!("[{id}]") }
}

#[cfg(test)]
mod tests {
    use super::typeset;

    #[test]
    fn quotation_marks_are_those_of_print() {
        for (written, printed) in [
            ("Alberta's positions", "Alberta\u{2019}s positions"),
            ("\"done\" (\"or not\")", "\u{201c}done\u{201d} (\u{201c}or not\u{201d})"),
            ("the programs' 'own'", "the programs\u{2019} \u{2018}own\u{2019}"),
            ("\u{ab}\u{a0}d\u{2019}accord\u{a0}\u{bb}", "\u{ab}\u{a0}d\u{2019}accord\u{a0}\u{bb}"),
        ] {
            assert_eq!(&*typeset(written), printed);
        }
    }
}
