//! All that a rulebook holds, for whoever wants to read the rules: the page of rules and sources is drawn from it.

use crate::day::Day;
use crate::facts::Facts;
use crate::report::{Cited, NoticeReport, cited};
use crate::rulebook::{
    Basis, Body, Cell, Citation, Condition, Conflict, Grounds, Named, QuestionIx, Rulebook, SourceIx, Text,
};

/// What is not in the [`crate::outline::Outline`], because nobody needs it to answer or to read a result.
#[derive(Clone, Debug, PartialEq)]
pub struct Catalog {
    /// From this day on the rules should have been checked again.
    pub check_by: Day,
    pub topics: Vec<Named>,
    pub rules: Vec<RuleView>,
    pub conflicts: Vec<ConflictView>,
    /// Every notice, also those for some people only.
    pub notices: Vec<NoticeReport>,
    pub sources: Vec<Cited>,
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

/// The catalog of a rulebook.
#[must_use]
pub fn catalog(rulebook: &Rulebook) -> Catalog {
    Catalog {
        check_by: rulebook.check_by_day,
        topics: rulebook.topics.clone(),
        rules: (0..rulebook.rules.len()).map(|rule| rule_view(rulebook, rule)).collect(),
        conflicts: rulebook.conflicts.iter().map(conflict).collect(),
        notices: Facts::of_nobody(rulebook).notices(true),
        sources: all_sources(rulebook),
    }
}

fn all_sources(rulebook: &Rulebook) -> Vec<Cited> {
    let all = 0..rulebook.sources.len();
    let whole = all.map(|source| Citation { source: SourceIx::nth(source), section: None });
    whole.map(|citation| cited(rulebook, &citation)).collect()
}

fn rule_view(rulebook: &Rulebook, index: usize) -> RuleView {
    let sources = |grounds: &Grounds| grounds.sources.iter().map(|citation| cited(rulebook, citation)).collect();
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
    let looks = |cell: &&Cell| {
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

fn conflict(conflict: &Conflict) -> ConflictView {
    ConflictView {
        id: conflict.id.clone(),
        title: conflict.title.clone(),
        text: conflict.text.clone(),
        likely: conflict.likely.clone(),
        readings: conflict.readings.clone(),
    }
}
