//! Cells, and the documents that they call for.

use super::conditions::Place;
use super::{BasisItem, Compiler, OVER, basis_of};
use crate::files::{self, Closed, DueDate};
use rules::rulebook::{Cell, CellIx, Condition, ContactIx, Document, MomentIx, Named, QuestionKind, RuleIx, Text};

impl Compiler<'_> {
    /// The cells of which choices are outcomes, once all are known.
    pub(super) fn outcomes(&mut self) {
        let mut ignored = Vec::new();
        let items: Vec<(usize, files::Question)> = self.files.questions.items("question", &mut ignored);
        for (line, item) in items {
            let place = Place { file: "questions.toml", line, item: format!("question {:?}", item.id) };
            let Some(question) = self.book.question(&item.id) else { continue };
            for (number, choice) in item.choices.iter().flatten().enumerate() {
                let Some(id) = choice.table().and_then(|table| table.outcome_of.as_ref()) else { continue };
                let cell = self.cell_at(&place, id);
                if let QuestionKind::Choice(choices) = &mut self.book.questions[question.index()].kind
                    && let Some(choice) = choices.get_mut(number)
                {
                    choice.outcome_of = cell;
                }
            }
        }
    }

    pub(super) fn cells(&mut self) {
        let items: Vec<(usize, files::Cell)> = self.files.cells.items("cell", &mut self.problems);
        self.files.cells.refuse_other_keys(&["cell"], &mut self.problems);
        for (line, item) in items {
            let place = Place { file: "cells.toml", line, item: format!("cell {:?}", item.id) };
            self.add_id("cell", "cells.toml", line, &item.id);
            let requires: Vec<RuleIx> = item.requires.iter().filter_map(|id| self.rule_at(&place, id)).collect();
            let mut kinds: Vec<Named> = Vec::new();
            let mut closed = Vec::new();
            for Closed { kind, rule } in item.closed {
                let position = kinds.iter().position(|known| *known.id == *kind).unwrap_or_else(|| {
                    let text = self.words.cells.need_in(&item.id, "kinds", &kind);
                    kinds.push(Named { id: Text::from(kind.as_str()), text });
                    kinds.len() - 1
                });
                if let (Some(rule), Ok(position)) = (self.rule_at(&place, &rule), u8::try_from(position)) {
                    closed.push((position, rule));
                }
            }
            let covered = self.condition(&place, &item.covered_when);
            let opens = item.opens.as_ref().and_then(|id| self.moment_at(&place, id));
            let closes = item.closes.as_ref().and_then(|id| self.moment_at(&place, id));
            let ask = self.contact(&place, &item.ask).unwrap_or(ContactIx(0));
            let sources = self.need_citations(&place, &item.sources);
            let words = &self.words.cells;
            // A cell whose list of requirements nobody read is never open, and has no words for it.
            let open_text =
                if covered == Condition::Const(false) { Text::from("") } else { words.need(&item.id, "open") };
            self.book.cells.push(Cell {
                title: words.need(&item.id, "title"),
                place: words.need(&item.id, "place"),
                what: words.need(&item.id, "what"),
                open_text,
                not_yet_text: words.need(&item.id, "not_yet"),
                closed_text: words.need(&item.id, "closed"),
                instead: words.need(&item.id, "instead"),
                id: Text::from(item.id),
                requires,
                closed,
                over: kinds.iter().position(|kind| &*kind.id == OVER).and_then(|kind| u8::try_from(kind).ok()),
                kinds,
                covered,
                opens,
                closes,
                ask,
                sources,
                conflicts: Vec::new(),
                questions: Vec::new(),
            });
        }
    }

    pub(super) fn documents(&mut self) {
        let items: Vec<(usize, files::Document)> = self.files.documents.items("document", &mut self.problems);
        self.files.documents.refuse_other_keys(&["document"], &mut self.problems);
        let ids: Vec<String> = items.iter().map(|(_, item)| item.id.clone()).collect();
        for (line, item) in items {
            let place = Place { file: "documents.toml", line, item: format!("document {:?}", item.id) };
            self.add_id("document", "documents.toml", line, &item.id);
            let cells: Vec<CellIx> = item.cells.iter().filter_map(|id| self.cell_at(&place, id)).collect();
            if item.cells.is_empty() {
                self.report(place.file, line, &place.item, "`for` names no cell", None);
            }
            let needed_when = item.needed_when.as_ref().map(|value| self.condition(&place, value));
            for other in &item.depends_on {
                if !ids.contains(other) && !self.rules.contains_key(other) {
                    let known: Vec<String> = ids.iter().chain(self.rules.keys()).cloned().collect();
                    self.unknown(&place, "document or rule", other, &known);
                }
            }
            let grounds = self.grounds(place.file, line, &place.item, &basis_of!(item));
            let dues = self.dues(&place, &cells, item.due.as_ref());
            let done_with = item.done_with.as_ref().and_then(|id| self.event_at(&place, "done_with", id));
            let issued = item.issued.as_ref();
            let issued_from = issued.and_then(|i| i.from.as_ref()).and_then(|id| self.moment_at(&place, id));
            let issued_until = issued.and_then(|i| i.until.as_ref()).and_then(|id| self.moment_at(&place, id));
            if issued_until.is_some() && !item.ladder {
                let message = "has a last day for its issue, and nobody could say that it is there but not sent yet";
                self.report(place.file, place.line, &place.item, message, Some("add `ladder = true`".to_owned()));
            }
            let words = &self.words.documents;
            let named = self.book.contacts.iter().find(|contact| *contact.id == item.place);
            let place_name = match named {
                Some(contact) => contact.name.clone(),
                None => words.need_in("", "places", &item.place),
            };
            self.book.documents.push(Document {
                title: words.need(&item.id, "title"),
                what: words.need(&item.id, "what"),
                why: words.need(&item.id, "why"),
                form: words.may(&item.id, "form"),
                consequence: words.need(&item.id, "consequence"),
                note: words.may(&item.id, "note"),
                id: Text::from(item.id),
                cells,
                needed_when: needed_when.unwrap_or(Condition::Const(true)),
                place: place_name,
                dues,
                issued_from,
                issued_until,
                depends_on: item.depends_on.into_iter().map(Text::from).collect(),
                ladder: item.ladder,
                done_with,
                grounds,
            });
        }
    }

    /// By when a document is due, for each cell that it serves and that has a date.
    fn dues(&mut self, place: &Place, cells: &[CellIx], due: Option<&DueDate>) -> Vec<(CellIx, MomentIx)> {
        match due {
            None => Vec::new(),
            Some(DueDate::Same(id)) => {
                let due = self.moment_at(place, id);
                due.map(|due| cells.iter().map(|cell| (*cell, due)).collect()).unwrap_or_default()
            }
            Some(DueDate::Each(dues)) => {
                let mut found = Vec::new();
                for (id, due) in dues {
                    let (cell, due) = (self.cell_at(place, id), self.moment_at(place, due));
                    if cell.is_some_and(|cell| !cells.contains(&cell)) {
                        let message = format!("`due` names {id:?}, and `for` does not");
                        self.report(place.file, place.line, &place.item, message, None);
                    }
                    found.extend(cell.zip(due));
                }
                found.sort_unstable();
                found
            }
        }
    }

    pub(super) fn cell_at(&mut self, place: &Place, id: &str) -> Option<CellIx> {
        let found = self.book.cell(id);
        if found.is_none() {
            let known: Vec<String> = self.book.cells.iter().map(|cell| cell.id.to_string()).collect();
            self.unknown(place, "cell", id, &known);
        }
        found
    }
}
