//! What was answered, what of it contradicts itself, and what is still to be found out.

use super::{Contradiction, FindOut, Row, RowPlace, Said, filled};
use crate::answers::{Answer, Answers};
use crate::facts::Facts;
use crate::interview::Bearing;
use crate::possible::Possible;
use crate::rulebook::{Choice, Condition, Constraint, MomentIx, QuestionIx, QuestionKind, Text};

impl Facts<'_> {
    pub(super) fn withdrawn_choices(&self) -> Vec<(Text, Text)> {
        let mut found = Vec::new();
        for (index, question) in self.rulebook.questions.iter().enumerate() {
            if let QuestionKind::Choice(choices) = &question.kind {
                let gone = (0..).zip(choices).filter(|(number, _)| self.withdrawn(QuestionIx::nth(index), *number));
                found.extend(gone.map(|(_, choice)| (question.id.clone(), choice.id.clone())));
            }
        }
        found
    }

    pub(super) fn contradictions(&self, answers: &Answers) -> Vec<Contradiction> {
        let each = self.clashes().into_iter().map(|clash| {
            let broken = clash.constraints.iter().map(|number| &self.rulebook.constraints[*number]);
            let texts: Vec<String> = broken.clone().map(|constraint| self.broken_text(constraint)).collect();
            Contradiction {
                id: broken.clone().map(|constraint| &*constraint.id).collect::<Vec<_>>().join("+").into(),
                text: texts.join(" ").into(),
                rows: clash.questions.iter().map(|question| self.row(answers, *question)).collect(),
                dates: broken
                    .filter_map(|constraint| self.too_early(constraint))
                    .map(|date| self.moment(date))
                    .collect(),
            }
        });
        each.collect()
    }

    /// What a broken constraint says. Of an answer that cannot be true yet it names the date.
    fn broken_text(&self, constraint: &Constraint) -> String {
        let date = self.too_early(constraint);
        let title = date.map(|date| self.rulebook[self.rulebook[date].date].title.clone());
        title.map_or_else(|| constraint.text.to_string(), |title| filled(&constraint.text, &title))
    }

    /// The date before which the answer that breaks the constraint cannot be true.
    fn too_early(&self, constraint: &Constraint) -> Option<MomentIx> {
        let Condition::Timely(question) = &constraint.holds_when else { return None };
        self.not_before(*question)
    }

    pub(super) fn rows(&self, answers: &Answers) -> Vec<Row> {
        let all = (0..self.rulebook.questions.len()).map(QuestionIx::nth);
        let shown = all.filter(|q| answers.get(*q).is_some() || self.scope(*q).can(Possible::YES));
        shown.map(|question| self.row(answers, question)).collect()
    }

    pub(super) fn row(&self, answers: &Answers, ix: QuestionIx) -> Row {
        let question = &self.rulebook[ix];
        let answer = answers.get(ix);
        let place = match answer {
            None => RowPlace::NotAsked,
            Some(_) if self.scope(ix) == Possible::NO => RowPlace::SetAside,
            Some(Answer::Skipped | Answer::DontKnow) => RowPlace::Open,
            Some(_) if self.value(ix).is_none() => RowPlace::Open,
            Some(_) => RowPlace::Answered,
        };
        Row {
            question: question.id.clone(),
            topic: self.rulebook[question.topic].id.clone(),
            short: question.short.clone(),
            said: answer.map(|answer| said(&question.kind, answer, |choice| &choice.text)),
            place,
        }
    }

    /// An answer as a letter tells it to somebody who does not see the questions.
    pub(super) fn row_in_letter(&self, answers: &Answers, ix: QuestionIx) -> Row {
        let kind = &self.rulebook[ix].kind;
        let told = |answer| said(kind, answer, |choice| choice.letter.as_ref().unwrap_or(&choice.text));
        Row { said: answers.get(ix).map(told), ..self.row(answers, ix) }
    }

    pub(super) fn find_out(&self, ix: QuestionIx, bearing: Bearing) -> FindOut {
        let question = &self.rulebook[ix];
        let contact = question.ask.map(|contact| &self.rulebook[contact]);
        FindOut {
            question: question.id.clone(),
            title: question.title.clone(),
            where_to_find: question.where_to_find.clone(),
            ask: contact.map(|contact| (contact.name.clone(), contact.url.clone())),
            bearing,
            hangs: self.scope(ix) != Possible::YES,
        }
    }
}

pub(super) fn said(kind: &QuestionKind, answer: Answer, words: fn(&Choice) -> &Text) -> Said {
    match (answer, kind) {
        (Answer::Skipped, _) => Said::Skipped,
        (Answer::DontKnow, _) => Said::DontKnow,
        (Answer::Choice(choice), QuestionKind::Choice(choices)) => {
            Said::Chosen(choices.get(usize::from(choice)).map(|choice| words(choice).clone()).into_iter().collect())
        }
        (Answer::Choice(choice), _) => {
            if choice == 0 {
                Said::Yes
            } else {
                Said::No
            }
        }
        (Answer::Choices(bits), QuestionKind::Choices(choices, _)) => {
            let held = (0..64).zip(choices).filter(|(choice, _)| bits >> choice & 1 == 1);
            Said::Chosen(held.map(|(_, choice)| words(choice).clone()).collect())
        }
        (Answer::Choices(_), _) => Said::Chosen(Vec::new()),
        (Answer::Number(value), _) => Said::Number(value),
        (Answer::Date(range), _) => Said::Date(range),
        (Answer::Done, _) => Said::Done,
        (Answer::Planned(range), _) => Said::Planned(range),
        (Answer::NotYet, _) => Said::NotYet,
        (Answer::Never, _) => Said::Never,
    }
}
