//! The small examples that rules carry: a rulebook that contradicts its own examples does not build.

use super::{Compiler, dates, raw_answer};
use crate::files;
use crate::problem::nearest;
use rules::answers::{Answers, Entered};
use rules::facts::{Facts, Future, Lens};
use rules::possible::Possible;
use rules::rulebook::RuleIx;

const NOON: u16 = 12 * 60;

impl Compiler<'_> {
    pub(super) fn examples(&mut self) {
        let mut ignored = Vec::new();
        let items: Vec<(usize, files::Rule)> = self.files.rules.items("rule", &mut ignored);
        for (index, (line, item)) in items.iter().enumerate() {
            for (number, example) in item.example.iter().enumerate() {
                let name = format!("rule {:?}, example {}", item.id, number + 1);
                if let Err(message) = self.example(RuleIx::nth(index), example) {
                    self.report("rules.toml", *line, &name, message, None);
                }
            }
        }
    }

    fn example(&self, rule: RuleIx, example: &files::Example) -> Result<(), String> {
        let book = &self.book;
        let mut answers = Answers::none(book);
        for (id, value) in &example.answers {
            if let Some(moment) = id.strip_prefix("date.") {
                let moment = self.moments.get(moment).ok_or_else(|| format!("unknown date {moment:?}"))?;
                let text = value.as_str().ok_or_else(|| format!("{id:?} takes a date as a text"))?;
                let entered = Entered::parse(text).ok_or_else(|| format!("{text:?} is not a day"))?;
                answers.enter(book, *moment, Some(entered)).map_err(|refusal| format!("{id:?}: {refusal}"))?;
                continue;
            }
            let (question, asked) = super::question(book, id).ok_or_else(|| {
                let hint = nearest(id, book.questions.iter().map(|question| &*question.id));
                format!("unknown question {id:?}{}", hint.map_or_else(String::new, |hint| format!("; {hint}")))
            })?;
            let raw = raw_answer(value).ok_or_else(|| format!("the answer to {id:?} has no known form"))?;
            let answer = asked.read(&raw).map_err(|refusal| format!("{id:?}: {refusal}"))?;
            answers.set(book, question, answer).map_err(|refusal| format!("{id:?}: {refusal}"))?;
        }
        let as_of = match example.as_of {
            Some(day) => {
                let day = dates::day(day).ok_or("`as_of` is not a calendar day")?;
                let zone = dates::zone(&self.zone_name).ok_or("the zone is unknown")?;
                dates::instant(&zone, day, NOON).map_or(0, |(instant, _)| instant)
            }
            None => book.span.0 + 12 * 3600,
        };
        let readings = self.readings(example)?;
        let lens = Lens { future: Future::AsItIs, strong: false, readings: &readings };
        let value = Facts::new(book, &answers, book.as_of(as_of)).rule(rule, lens);
        let gives = match value {
            Possible::YES => "yes",
            Possible::NO => "no",
            Possible::DROPPED => "not-applicable",
            _ => "unknown",
        };
        if gives == example.gives {
            return Ok(());
        }
        if !["yes", "no", "unknown", "not-applicable"].contains(&example.gives.as_str()) {
            return Err(format!("`gives` is yes, no, unknown or not-applicable, not {:?}", example.gives));
        }
        Err(format!("should give {:?}, but gives {gives:?}", example.gives))
    }

    fn readings(&self, example: &files::Example) -> Result<Vec<u8>, String> {
        let mut readings = vec![0; self.book.conflicts.len()];
        for (conflict, reading) in &example.reading {
            let ix = self.book.conflicts.iter().position(|c| *c.id == **conflict);
            let ix = ix.ok_or_else(|| format!("unknown conflict {conflict:?}"))?;
            let known = &self.book.conflicts[ix].readings;
            let found = known.iter().position(|named| *named.id == **reading);
            let found = found.ok_or_else(|| {
                let ids: Vec<&str> = known.iter().map(|named| &*named.id).collect();
                format!("unknown reading {reading:?} of {conflict:?} ({})", ids.join(", "))
            })?;
            readings[ix] = u8::try_from(found).unwrap_or(0);
        }
        Ok(readings)
    }
}
