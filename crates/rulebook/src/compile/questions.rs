//! Questions, their choices and their scopes.

use super::Compiler;
use super::conditions::Place;
use super::pages::names_a_day;
use crate::files::{self};
use crate::problem::nearest;
use rules::day::Day;
use rules::rulebook::{Change, Choice, Question, QuestionKind, Text, TopicIx};

impl Compiler<'_> {
    pub(super) fn questions(&mut self) {
        let items: Vec<(usize, files::Question)> = self.files.questions.items("question", &mut self.problems);
        self.files.questions.refuse_other_keys(&["question", "constraint"], &mut self.problems);
        for (line, item) in items {
            let place = Place { file: "questions.toml", line, item: format!("question {:?}", item.id) };
            self.add_id("question", "questions.toml", line, &item.id);
            let kind = self.question_kind(&place, &item);
            let topic = self.book.topics.iter().position(|topic| *topic.id == item.topic);
            if topic.is_none() {
                let known: Vec<String> = self.book.topics.iter().map(|topic| topic.id.to_string()).collect();
                self.unknown(&place, "topic", &item.topic, &known);
            }
            let ask = item.ask.as_ref().and_then(|ask| self.contact(&place, ask));
            let change = match item.change.as_str() {
                "fixed" => Change::Fixed,
                "time" => Change::Time,
                "action" => Change::Action,
                "paper" => Change::Paper,
                "correction" => Change::Correction,
                other => {
                    let known = ["fixed", "time", "action", "paper", "correction"];
                    let message = format!("unknown change {other:?} ({})", known.join(", "));
                    self.report(place.file, line, &place.item, message, nearest(other, known));
                    Change::Fixed
                }
            };
            let words = &self.words.questions;
            let question = Question {
                title: words.need(&item.id, "title"),
                short: words.need(&item.id, "short"),
                hint: words.may(&item.id, "hint"),
                why: words.need(&item.id, "why"),
                where_to_find: words.need(&item.id, "where"),
                id: Text::from(item.id),
                topic: TopicIx::nth(topic.unwrap_or(0)),
                kind,
                per_cycle: item.per_cycle,
                set_by_others: item.set_by_others,
                renewable: item.renewable,
                may_lie_ahead: item.may_lie_ahead,
                relevant_when: None,
                change,
                ask,
                classes: Vec::new(),
            };
            if let Some(text) = self.text_of_one_cycle(&question) {
                let message = format!("is asked for every cycle, and its words name a day of one: {text:?}");
                let suggestion = Some("set `per_cycle = true`, or ask for a date instead".to_owned());
                self.report(place.file, line, &place.item, message, suggestion);
            }
            self.book.questions.push(question);
        }
    }

    /// A text of a question which makes an answer to it one about this cycle alone, though the question says otherwise.
    fn text_of_one_cycle(&self, question: &Question) -> Option<Text> {
        if question.per_cycle || matches!(question.kind, QuestionKind::Date(..)) {
            return None;
        }
        let choices = match &question.kind {
            QuestionKind::Choice(choices) | QuestionKind::Choices(choices, _) => choices.as_slice(),
            _ => &[],
        };
        let texts = [&question.title, &question.short].into_iter().chain(&question.hint);
        texts.chain(choices.iter().map(|choice| &choice.text)).find(|text| names_a_day(text, self.cycle)).cloned()
    }

    fn question_kind(&mut self, place: &Place, item: &files::Question) -> QuestionKind {
        let choices = self.choices(place, item);
        let stray = match item.kind.as_str() {
            "choice" | "choices" => item.range.is_some().then_some("range"),
            "number" | "date" => item.choices.is_some().then_some("choices"),
            _ if item.choices.is_some() => Some("choices"),
            _ => item.range.is_some().then_some("range"),
        };
        if let Some(stray) = stray {
            self.report(place.file, place.line, &place.item, format!("a {} has no `{stray}`", item.kind), None);
        }
        let ends = item.range.iter().flat_map(|range| range.keys());
        for end in ends.filter(|end| !["from", "until"].contains(&end.as_str())) {
            let message = format!("unknown key {end:?} in `range`");
            let suggestion = Some("a range has `from` and `until`".to_owned());
            self.report(place.file, place.line, &place.item, message, suggestion);
        }
        let dated = [("renewable", item.renewable), ("may_lie_ahead", item.may_lie_ahead)];
        for (key, _) in dated.into_iter().filter(|(_, given)| *given && item.kind != "date") {
            self.report(place.file, place.line, &place.item, format!("`{key}` goes with the type `date`"), None);
        }
        if item.set_by_others && !["date", "event"].contains(&item.kind.as_str()) {
            let message = "`set_by_others` goes with the types `date` and `event`";
            self.report(place.file, place.line, &place.item, message, None);
        }
        if item.none.is_some() && item.kind != "choices" {
            self.report(place.file, place.line, &place.item, "`none` goes with the type `choices`", None);
        }
        match item.kind.as_str() {
            "choice" => QuestionKind::Choice(choices),
            "choices" => {
                let none = item.none.as_ref().and_then(|none| {
                    let found = choices.iter().position(|c| *c.id == **none);
                    if found.is_none() {
                        let known: Vec<String> = choices.iter().map(|c| c.id.to_string()).collect();
                        self.unknown(place, "choice", none, &known);
                    }
                    found.and_then(|none| u8::try_from(none).ok())
                });
                QuestionKind::Choices(choices, none)
            }
            "yes-no" => QuestionKind::YesNo,
            "event" => QuestionKind::Event,
            "number" => {
                let bound = |key: &str| item.range.as_ref()?.get(key)?.number();
                let (Some(from), Some(until)) = (bound("from"), bound("until")) else {
                    let suggestion = Some("write range = { from = 0, until = 20 }".to_owned());
                    self.report(place.file, place.line, &place.item, "a number needs a `range`", suggestion);
                    return QuestionKind::Number(0, 0);
                };
                self.in_range(place, from <= until);
                QuestionKind::Number(from, until)
            }
            "date" => {
                let bound = |key: &str| super::dates::day(item.range.as_ref()?.get(key)?.day()?);
                let (Some(from), Some(until)) = (bound("from"), bound("until")) else {
                    let suggestion = Some("write range = { from = 1950-01-01, until = 2027-12-31 }".to_owned());
                    self.report(place.file, place.line, &place.item, "a date needs a `range`", suggestion);
                    return QuestionKind::Date(Day(0), Day(0));
                };
                self.in_range(place, from <= until);
                QuestionKind::Date(from, until)
            }
            other => {
                let known = ["choice", "choices", "yes-no", "number", "date", "event"];
                let message = format!("unknown type {other:?} ({})", known.join(", "));
                self.report(place.file, place.line, &place.item, message, nearest(other, known));
                QuestionKind::YesNo
            }
        }
    }

    fn in_range(&mut self, place: &Place, right: bool) {
        if !right {
            self.report(place.file, place.line, &place.item, "`range` ends before it begins", None);
        }
    }

    fn choices(&mut self, place: &Place, item: &files::Question) -> Vec<Choice> {
        let listed = item.choices.as_deref().unwrap_or_default();
        if matches!(item.kind.as_str(), "choice" | "choices") && !(2..=60).contains(&listed.len()) {
            self.report(place.file, place.line, &place.item, "needs between 2 and 60 `choices`", None);
        }
        let ids: Vec<String> = listed.iter().map(|choice| choice.id().to_owned()).collect();
        let mut choices = Vec::new();
        for (index, choice) in listed.iter().enumerate() {
            let id = choice.id();
            if ids[..index].iter().any(|earlier| earlier == id) {
                self.report(place.file, place.line, &place.item, format!("the choice {id:?} appears twice"), None);
            }
            let mut may_become = 0;
            let table = choice.table();
            for other in table.into_iter().flat_map(|table| &table.may_become) {
                match ids.iter().position(|id| id == other) {
                    Some(other) => may_become |= 1_u64 << other.min(63),
                    None => self.unknown(place, "choice", other, &ids),
                }
            }
            if table.is_some() && item.kind != "choice" {
                let message = "what a choice may become, and when it can be true, goes with the type `choice`";
                self.report(place.file, place.line, &place.item, message, None);
            }
            let mut date = |id: Option<&String>| id.and_then(|id| self.moment_at(place, id));
            let not_before = date(table.and_then(|table| table.not_before.as_ref()));
            let not_after = date(table.and_then(|table| table.not_after.as_ref()));
            let by = date(table.and_then(|table| table.by.as_ref()));
            let text = self.words.questions.need_in(&item.id, "choices", id);
            let letter = self.words.questions.may_in(&item.id, "letter", id);
            let decided_by_others = item.decided_by_others.iter().any(|decided| decided == id);
            let id = Text::from(id);
            // Cells are read later.
            let outcome_of = None;
            choices.push(Choice {
                id,
                text,
                letter,
                may_become,
                decided_by_others,
                not_before,
                not_after,
                by,
                outcome_of,
            });
        }
        for decided in item.decided_by_others.iter().filter(|decided| !ids.contains(decided)) {
            self.unknown(place, "choice", decided, &ids);
        }
        choices
    }

    /// `relevant_when` of every question, once all are known.
    pub(super) fn scopes(&mut self) {
        let mut ignored = Vec::new();
        let items: Vec<(usize, files::Question)> = self.files.questions.items("question", &mut ignored);
        for (line, item) in items {
            let (Some(value), Some(question)) = (&item.relevant_when, self.book.question(&item.id)) else { continue };
            let place = Place { file: "questions.toml", line, item: format!("question {:?}", item.id) };
            let condition = self.condition(&place, value);
            self.book.questions[question.index()].relevant_when = Some(condition);
        }
    }
}
