//! An answers file, read against a rulebook.
//!
//! `question-id = value`, where values are choice ids, lists of them, booleans, numbers, dates, `"dont-know"`,
//! `"skipped"`, `"done"`, `"not-yet"`, `"never"`, `{ planned = "2027-05" }`; `cells = ["…"]` picks cells, and
//! `date.<id> = "…"` enters a date.

use crate::compile::raw_answer;
use crate::problem::nearest;
use jiff::Timestamp;
use jiff::fmt::temporal::DateTimeParser;
use rules::answers::{Answers, Entered};
use rules::rulebook::{AsOf, MomentIx, Rulebook};
use toml::{Table, Value};

/// The instant of an `--as-of` value such as `2026-11-23T09:00-06:00`. The offset is required.
///
/// # Errors
/// A message that names the value and the form.
pub fn as_of(rulebook: &Rulebook, text: &str) -> Result<AsOf, String> {
    let form = || format!("--as-of {text:?} is not a time with an offset; write it as 2026-11-23T09:00-06:00");
    let instant: Timestamp = DateTimeParser::new().parse_timestamp(text).map_err(|_| form())?;
    Ok(rulebook.as_of(instant.as_second()))
}

/// Reads the answers of a file.
///
/// # Errors
/// Every unknown id, wrong type and impossible date, each by name.
pub fn answers(rulebook: &Rulebook, text: &str) -> Result<Answers, Vec<String>> {
    let table: Table = text.parse().map_err(|error: toml::de::Error| {
        let line = error.span().map_or(0, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        vec![format!("line {line}: {}", error.message().replace('\n', " "))]
    })?;
    from_table(rulebook, &table)
}

/// The same for answers that are already a table.
///
/// # Errors
/// Every unknown id, wrong type and impossible date, each by name.
pub fn from_table(rulebook: &Rulebook, table: &Table) -> Result<Answers, Vec<String>> {
    let mut answers = Answers::none(rulebook);
    let mut wrong = Vec::new();
    for (id, value) in table {
        let taken = match (id.as_str(), value) {
            ("cells", value) => take_cells(rulebook, &mut answers, value),
            ("date", Value::Table(dates)) => {
                dates.iter().try_for_each(|(id, value)| take_date(rulebook, &mut answers, id, value))
            }
            (id, value) => match id.strip_prefix("date.") {
                Some(date) => take_date(rulebook, &mut answers, date, value),
                None => take_answer(rulebook, &mut answers, id, value),
            },
        };
        wrong.extend(taken.err());
    }
    if wrong.is_empty() { Ok(answers) } else { Err(wrong) }
}

fn with_hint(message: String, hint: Option<String>) -> String {
    match hint {
        Some(hint) => format!("{message}; {hint}"),
        None => message,
    }
}

fn take_answer(rulebook: &Rulebook, answers: &mut Answers, id: &str, value: &Value) -> Result<(), String> {
    let known = rulebook.questions.iter().map(|question| &*question.id);
    let question =
        rulebook.question(id).ok_or_else(|| with_hint(format!("unknown question {id:?}"), nearest(id, known)))?;
    let raw = raw_answer(value).ok_or_else(|| format!("{id:?}: {value} is not an answer that any question takes"))?;
    let answer = rulebook[question].read(&raw).map_err(|refusal| format!("{id:?}: {refusal}"))?;
    answers.set(rulebook, question, answer).map_err(|refusal| format!("{id:?}: {refusal}"))
}

fn take_cells(rulebook: &Rulebook, answers: &mut Answers, value: &Value) -> Result<(), String> {
    let ids = value.as_array().and_then(|list| list.iter().map(Value::as_str).collect::<Option<Vec<_>>>());
    let ids = ids.ok_or("\"cells\" takes a list of cell ids such as [\"alberta/first\"]")?;
    let mut chosen = Vec::new();
    for id in ids {
        let known = rulebook.cells.iter().map(|cell| &*cell.id);
        let cell = rulebook.cell(id).ok_or_else(|| with_hint(format!("unknown cell {id:?}"), nearest(id, known)))?;
        chosen.push(cell.index());
    }
    answers.choose_cells(rulebook, chosen);
    Ok(())
}

fn take_date(rulebook: &Rulebook, answers: &mut Answers, id: &str, value: &Value) -> Result<(), String> {
    let ids = rulebook.moments.iter().map(|moment| &*moment.id);
    let found = rulebook.moments.iter().position(|moment| &*moment.id == id);
    let moment = found.map(MomentIx::nth).ok_or_else(|| with_hint(format!("unknown date {id:?}"), nearest(id, ids)))?;
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Datetime(date) => date.to_string(),
        other => return Err(format!("date {id:?}: {other} is not a date; write \"2027-03-04\"")),
    };
    // TOML writes a time with its seconds.
    let text = text.strip_suffix(":00").filter(|text| text.len() == "2027-03-04T12:00".len()).unwrap_or(&text);
    let entered = Entered::parse(text).ok_or_else(|| {
        format!("date {id:?}: {text:?} is not a calendar day; write \"2027-03-04\" or \"2027-03-04T12:00\"")
    })?;
    answers.enter(rulebook, moment, Some(entered)).map_err(|refusal| format!("date {id:?}: {refusal}"))
}
