//! What the pages tell beside verdicts: stages, notices, sentences and the glossary.

use super::conditions::Place;
use super::{BasisItem, Compiler, basis_of};
use crate::files::{self};
use crate::problem::nearest;
use rules::rulebook::{Condition, Named, Notice, Sentence, Stage, Text};

impl Compiler<'_> {
    pub(super) fn stages(&mut self) {
        let items: Vec<(usize, files::Stage)> = self.files.stages.items("stage", &mut self.problems);
        self.files.stages.refuse_other_keys(&["stage"], &mut self.problems);
        for (line, item) in items {
            let place = Place { file: "stages.toml", line, item: format!("stage {:?}", item.id) };
            self.add_id("stage", "stages.toml", line, &item.id);
            let cells = item.cells.iter().filter_map(|id| self.cell_at(&place, id)).collect();
            let here_when = self.condition(&place, &item.here_when);
            let mut dates = Vec::new();
            for id in &item.dates {
                match self.book.dates.iter().position(|date| *date.id == **id) {
                    Some(date) => dates.push(rules::rulebook::DateIx::nth(date)),
                    None => {
                        let known: Vec<String> = self.book.dates.iter().map(|date| date.id.to_string()).collect();
                        self.unknown(&place, "date", id, &known);
                    }
                }
            }
            let branch = item.branch.as_ref().and_then(|id| {
                let known = self.book.branches.iter().position(|branch| *branch.id == **id);
                let branch = known.unwrap_or_else(|| {
                    let text = self.words.stages.need_in("", "branches", id);
                    self.book.branches.push(Named { id: Text::from(id.as_str()), text });
                    self.book.branches.len() - 1
                });
                u8::try_from(branch).ok()
            });
            let grounds = self.grounds(place.file, line, &place.item, &basis_of!(item));
            let words = &self.words.stages;
            self.book.stages.push(Stage {
                title: words.need(&item.id, "title"),
                text: words.need(&item.id, "text"),
                to_do: words.list(&item.id, "do"),
                lost: words.list(&item.id, "lost"),
                id: Text::from(item.id),
                cells,
                here_when,
                dates,
                branch,
                grounds,
            });
        }
    }

    pub(super) fn notices(&mut self) {
        const PAGES: [&str; 6] = ["start", "result", "checklist", "timeline", "iterations", "sources"];
        let items: Vec<(usize, files::Notice)> = self.files.notices.items("notice", &mut self.problems);
        self.files.notices.refuse_other_keys(&["notice"], &mut self.problems);
        for (line, item) in items {
            let place = Place { file: "notices.toml", line, item: format!("notice {:?}", item.id) };
            self.add_id("notice", "notices.toml", line, &item.id);
            for page in &item.pages {
                if !PAGES.contains(&page.as_str()) {
                    self.unknown(&place, "page", page, &PAGES.map(str::to_owned));
                }
            }
            let show_when = item.show_when.as_ref().map(|value| self.condition(&place, value));
            let grounds = self.grounds(place.file, line, &place.item, &basis_of!(item));
            let words = &self.words.notices;
            self.book.notices.push(Notice {
                title: words.need(&item.id, "title"),
                text: words.need(&item.id, "text"),
                id: Text::from(item.id),
                pages: item.pages.into_iter().map(Text::from).collect(),
                urgent: item.urgent,
                show_when: show_when.unwrap_or(Condition::Const(true)),
                grounds,
            });
        }
    }

    pub(super) fn sentences(&mut self) {
        let Some(file) = &self.files.sentences else { return };
        let items: Vec<(usize, files::Sentence)> = file.items("sentence", &mut self.problems);
        file.refuse_other_keys(&["sentence"], &mut self.problems);
        for (index, (line, item)) in items.into_iter().enumerate() {
            let name = format!("sentence {}", item.n);
            if usize::from(item.n) != index + 1 {
                self.report("sentences.toml", line, &name, format!("sentence {} should stand here", index + 1), None);
            }
            if item.became.is_empty() {
                self.report("sentences.toml", line, &name, "became nothing", None);
            }
            for became in &item.became {
                let known = became.split_once(':').is_some_and(|(kind, id)| {
                    self.ids.keys().any(|(known, of)| *known == kind && of == id) || self.is_reported(kind, id)
                });
                if !known {
                    let all: Vec<String> = self.ids.keys().map(|(kind, id)| format!("{kind}:{id}")).collect();
                    let suggestion = nearest(became, all.iter().map(String::as_str));
                    self.report("sentences.toml", line, &name, format!("{became:?} does not exist"), suggestion);
                }
            }
            if let Some(words) = &self.words.sentences {
                let text = words.need(&format!("s{}", item.n), "text");
                let became = item.became.into_iter().map(Text::from).collect();
                self.book.sentences.push(Sentence { n: item.n, text, became });
            }
        }
    }

    pub(super) fn glossary(&mut self) {
        let words = &self.words.glossary;
        let ids: Vec<String> = words.ids().map(str::to_owned).collect();
        let terms = ids.iter().map(|id| Named { id: words.need(id, "term"), text: words.need(id, "text") });
        self.book.glossary = terms.collect();
        self.book.glossary.sort_by_key(|term| term.id.to_lowercase());
    }
}

/// Whether a text names the cycle, or a day of some year: a year near the number of a day.
pub(super) fn names_a_day(text: &str, cycle: &str) -> bool {
    let words: Vec<&str> =
        text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_day = |word: &&str| word.len() <= 2 && word.parse().is_ok_and(|day: u8| (1..=31).contains(&day));
    words.iter().enumerate().any(|(place, word)| {
        let is_year = word.len() == 4 && word.starts_with("20") && word.bytes().all(|letter| letter.is_ascii_digit());
        is_year && (*word == cycle || words[place.saturating_sub(2)..place].iter().any(is_day))
    })
}
