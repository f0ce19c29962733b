//! What a rulebook says to everybody: everything that a page may show before any answer and without a day.

use crate::answers::Answers;
use crate::day::Day;
use crate::facts::Facts;
use crate::report::{ChecklistItem, Cited, NoticeReport, StageReport, TimelineEntry, cited};
use crate::rulebook::{AsOf, Basis, Body, Condition, Grounds, Named, QuestionIx, QuestionKind, Rulebook, Text};

/// A rulebook in the reader's words.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline {
    pub cycle: Text,
    pub language: Text,
    /// The rulebook's hash.
    pub rulebook: Text,
    pub title: Text,
    pub summary: Text,
    /// The next cycle's name, and what someone can do about it.
    pub next_cycle: Named,
    pub checked_on: Day,
    pub check_by: Day,
    pub zone: Text,
    pub topics: Vec<Named>,
    pub questions: Vec<QuestionView>,
    pub cells: Vec<CellView>,
    pub rules: Vec<RuleView>,
    pub conflicts: Vec<ConflictView>,
    pub documents: Vec<ChecklistItem>,
    pub timeline: Vec<TimelineEntry>,
    pub stages: Vec<StageReport>,
    /// Notices that do not depend on answers.
    pub notices: Vec<NoticeReport>,
    /// Every notice, also those for some people only.
    pub all_notices: Vec<NoticeReport>,
    pub sources: Vec<Cited>,
    pub glossary: Vec<Named>,
}

/// A question as its page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct QuestionView {
    pub id: Text,
    pub topic: Text,
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
    pub place: Text,
    pub what: Text,
}

/// A rule in words.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleView {
    pub id: Text,
    pub title: Text,
    pub text: Text,
    /// Titles of the cells that look at it.
    pub cells: Vec<Text>,
    /// One entry, or one for each reading: the reading's text, its basis and sources.
    pub readings: Vec<(Option<Text>, Basis, Vec<Cited>)>,
    /// The disagreement that its readings belong to.
    pub conflict: Option<Text>,
    /// What it is about: the topic of the first question that it looks at. None where it looks at dates alone.
    pub topic: Option<Named>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ConflictView {
    pub id: Text,
    pub title: Text,
    pub text: Text,
    pub likely: Text,
    pub readings: Vec<Named>,
}

/// The outline of a rulebook.
#[must_use]
pub fn outline(rulebook: &Rulebook) -> Outline {
    let nothing = Answers::none(rulebook);
    let mut facts = Facts::new(rulebook, &nothing, AsOf { instant: 0, day: Day(0) });
    facts.set_as_of(None, &rulebook.scope_order);
    let sources = |grounds: &Grounds| grounds.sources.iter().map(|citation| cited(rulebook, citation)).collect();
    let all_notices = facts.notices(true);
    let general =
        all_notices.iter().zip(&rulebook.notices).filter(|(_, known)| known.show_when == Condition::Const(true));
    Outline {
        cycle: rulebook.cycle.clone(),
        language: rulebook.language.clone(),
        rulebook: rulebook.hash.clone(),
        title: rulebook.title.clone(),
        summary: rulebook.summary.clone(),
        next_cycle: rulebook.next_cycle.clone(),
        checked_on: rulebook.checked_on,
        check_by: rulebook.check_by_day,
        zone: rulebook.zones.first().map_or_else(|| "UTC".into(), |zone| zone.name.clone()),
        topics: rulebook.topics.clone(),
        questions: (0..rulebook.questions.len()).map(|q| question(rulebook, QuestionIx::nth(q))).collect(),
        cells: rulebook.cells.iter().map(cell).collect(),
        rules: (0..rulebook.rules.len()).map(|rule| rule_view(rulebook, rule, &sources)).collect(),
        conflicts: rulebook.conflicts.iter().map(conflict).collect(),
        documents: facts.all_documents(),
        timeline: (0..rulebook.dates.len()).map(|date| facts.timeline_entry(date)).collect(),
        stages: facts.stages(),
        notices: general.map(|(notice, _)| notice.clone()).collect(),
        all_notices,
        sources: all_sources(rulebook),
        glossary: rulebook.glossary.clone(),
    }
}

fn all_sources(rulebook: &Rulebook) -> Vec<Cited> {
    let all = 0..rulebook.sources.len();
    let whole =
        all.map(|source| crate::rulebook::Citation { source: crate::rulebook::SourceIx::nth(source), section: None });
    whole.map(|citation| cited(rulebook, &citation)).collect()
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
        topic: rulebook[question.topic].id.clone(),
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
    CellView { id: cell.id.clone(), title: cell.title.clone(), place: cell.place.clone(), what: cell.what.clone() }
}

fn rule_view(rulebook: &Rulebook, index: usize, sources: &impl Fn(&Grounds) -> Vec<Cited>) -> RuleView {
    let rule = &rulebook.rules[index];
    let (conflict, readings) = match &rule.body {
        Body::Plain(_, grounds) => (None, vec![(None, grounds.basis.clone(), sources(grounds))]),
        Body::Readings(conflict, bodies) => {
            let conflict = &rulebook[*conflict];
            let readings = bodies.iter().enumerate().map(|(reading, (_, grounds))| {
                let text = conflict.readings.get(reading).map(|named| named.text.clone());
                (text, grounds.basis.clone(), sources(grounds))
            });
            (Some(conflict.title.clone()), readings.collect())
        }
    };
    let looks = |cell: &&crate::rulebook::Cell| {
        cell.requires
            .iter()
            .chain(cell.closed.iter().map(|(_, rule)| rule))
            .any(|top| reaches(rulebook, top.index(), index))
    };
    RuleView {
        id: rule.id.clone(),
        title: rule.title.clone(),
        text: rule.text.clone(),
        cells: rulebook.cells.iter().filter(looks).map(|cell| cell.title.clone()).collect(),
        readings,
        conflict,
        topic: first_question(rulebook, index).map(|question| rulebook[rulebook[question].topic].clone()),
    }
}

/// The first question that a rule looks at, by itself or by what it is made of.
fn first_question(rulebook: &Rulebook, rule: usize) -> Option<QuestionIx> {
    let mut found = None;
    for (condition, _) in rulebook.rules[rule].bodies() {
        condition.each_leaf(&mut |leaf| {
            found = found.or_else(|| match leaf {
                Condition::Rule(inner) => first_question(rulebook, inner.index()),
                leaf => leaf.question(),
            });
        });
    }
    found
}

/// Whether a rule is another one, or is made of it. Rules have no circles.
fn reaches(rulebook: &Rulebook, from: usize, to: usize) -> bool {
    let mut found = from == to;
    for (condition, _) in rulebook.rules[from].bodies() {
        condition.each_leaf(&mut |leaf| {
            if let Condition::Rule(inner) = leaf {
                found = found || reaches(rulebook, inner.index(), to);
            }
        });
    }
    found
}

fn conflict(conflict: &crate::rulebook::Conflict) -> ConflictView {
    ConflictView {
        id: conflict.id.clone(),
        title: conflict.title.clone(),
        text: conflict.text.clone(),
        likely: conflict.likely.clone(),
        readings: conflict.readings.clone(),
    }
}
