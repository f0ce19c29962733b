//! What a rulebook says to everybody: everything that a page may show before any answer and without a day.

use crate::day::Day;
use crate::facts::Facts;
use crate::report::{ChecklistItem, NoticeReport, StageReport, TimelineEntry};
use crate::rulebook::{Condition, Named, QuestionIx, QuestionKind, Rulebook, Text};

/// A rulebook in the reader's words.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline {
    pub cycle: Text,
    /// The rulebook's hash.
    pub rulebook: Text,
    pub title: Text,
    pub summary: Text,
    /// The next cycle's name, and what someone can do about it.
    pub next_cycle: Named,
    pub checked_on: Day,
    pub zone: Text,
    pub questions: Vec<QuestionView>,
    pub cells: Vec<CellView>,
    pub documents: Vec<ChecklistItem>,
    pub timeline: Vec<TimelineEntry>,
    pub stages: Vec<StageReport>,
    /// Notices that do not depend on answers.
    pub notices: Vec<NoticeReport>,
    pub glossary: Vec<Named>,
}

/// A question as its page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct QuestionView {
    pub id: Text,
    pub title: Text,
    pub short: Text,
    pub hint: Option<Text>,
    pub why: Text,
    pub where_to_find: Text,
    /// Name and address of who knows.
    pub ask: Option<(Text, Text)>,
    pub field: Field,
    /// Titles of the cells that it can affect.
    pub affects: Vec<Text>,
    /// Asked again in every cycle.
    pub per_cycle: bool,
    /// A day that lies ahead is no plan.
    pub may_lie_ahead: bool,
}

/// How a question is answered.
#[derive(Clone, Debug, PartialEq)]
pub enum Field {
    /// Exactly one: ids and texts.
    Choice(Vec<Named>),
    /// Any number; the id of the exclusive "none", if there is one.
    Choices(Vec<Named>, Option<Text>),
    YesNo,
    Number {
        from: i64,
        until: i64,
    },
    Date {
        from: Day,
        until: Day,
    },
    Event,
}

#[derive(Clone, Debug, PartialEq)]
pub struct CellView {
    pub id: Text,
    pub title: Text,
}

impl Outline {
    /// The question with this id, where the cycle asks it.
    #[must_use]
    pub fn question(&self, id: &str) -> Option<&QuestionView> {
        self.questions.iter().find(|question| *question.id == *id)
    }
}

/// The outline of a rulebook.
#[must_use]
pub fn outline(rulebook: &Rulebook) -> Outline {
    let facts = Facts::of_nobody(rulebook);
    let general = facts.notices(true).into_iter().zip(&rulebook.notices);
    let general = general.filter(|(_, known)| known.show_when == Condition::Const(true));
    Outline {
        cycle: rulebook.cycle.clone(),
        rulebook: rulebook.hash.clone(),
        title: rulebook.title.clone(),
        summary: rulebook.summary.clone(),
        next_cycle: rulebook.next_cycle.clone(),
        checked_on: rulebook.checked_on,
        zone: rulebook.zones.first().map_or_else(|| "UTC".into(), |zone| zone.name.clone()),
        questions: (0..rulebook.questions.len()).map(|q| question(rulebook, QuestionIx::nth(q))).collect(),
        cells: rulebook.cells.iter().map(cell).collect(),
        documents: facts.all_documents(),
        timeline: (0..rulebook.dates.len()).map(|date| facts.timeline_entry(date)).collect(),
        stages: facts.stages(),
        notices: general.map(|(notice, _)| notice).collect(),
        glossary: rulebook.glossary.clone(),
    }
}

fn question(rulebook: &Rulebook, ix: QuestionIx) -> QuestionView {
    let question = &rulebook[ix];
    let named = |choices: &[crate::rulebook::Choice]| -> Vec<Named> {
        choices.iter().map(|choice| Named { id: choice.id.clone(), text: choice.text.clone() }).collect()
    };
    let contact = question.ask.map(|contact| &rulebook[contact]);
    let affected = rulebook.cells.iter().filter(|cell| cell.questions.contains(&ix));
    QuestionView {
        id: question.id.clone(),
        title: question.title.clone(),
        short: question.short.clone(),
        hint: question.hint.clone(),
        why: question.why.clone(),
        where_to_find: question.where_to_find.clone(),
        ask: contact.map(|contact| (contact.name.clone(), contact.url.clone())),
        field: match &question.kind {
            QuestionKind::Choice(choices) => Field::Choice(named(choices)),
            QuestionKind::Choices(choices, none) => {
                let none = none.and_then(|none| choices.get(usize::from(none)));
                Field::Choices(named(choices), none.map(|choice| choice.id.clone()))
            }
            QuestionKind::YesNo => Field::YesNo,
            QuestionKind::Number(from, until) => Field::Number { from: *from, until: *until },
            QuestionKind::Date(from, until) => Field::Date { from: *from, until: *until },
            QuestionKind::Event => Field::Event,
        },
        affects: affected.map(|cell| cell.title.clone()).collect(),
        per_cycle: question.per_cycle,
        may_lie_ahead: question.may_lie_ahead,
    }
}

fn cell(cell: &crate::rulebook::Cell) -> CellView {
    CellView { id: cell.id.clone(), title: cell.title.clone() }
}
