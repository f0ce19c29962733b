//! Whom to ask, and what.

use super::criteria::state;
use super::doubts::DoubtfulDay;
use super::{Ask, Criterion, CriterionState, DoubtKind, Letter, Row, RowPlace, Whom, filled};
use crate::answers::{Answer, Answers};
use crate::facts::{Facts, Future, Lens};
use crate::lens::Lenses;
use crate::look::Look;
use crate::possible::Possible;
use crate::rulebook::{
    Body, Cell, CellIx, Condition, ConflictIx, ContactIx, DateIx, QuestionIx, QuestionKind, Rule, RuleIx, Text,
};
use crate::sort::sort_by_key;

impl Facts<'_> {
    pub(super) fn ask(
        &self,
        answers: &Answers,
        ix: CellIx,
        criteria: &[Criterion],
        disagreements: &[ConflictIx],
    ) -> Ask {
        let (rulebook, cell) = (self.rulebook, &self.rulebook[ix]);
        let lenses = Lenses::each(self.ways(ix));
        let mut doubtful = Vec::new();
        for (_, rule) in &cell.closed {
            let said = Look::at_once(self, lenses).rule(*rule);
            // A cause that may come about later closes nothing now.
            if said.alike(lenses.now) == Some(Possible::NO) {
                continue;
            }
            let criterion = self.criterion(ix, *rule);
            // On which grounds it does not close the cell makes no difference.
            let state = state(said, &lenses, true);
            if state == CriterionState::CannotSay || state == CriterionState::Met && criterion.weak {
                doubtful.push((criterion.rule, criterion.title));
            }
        }
        let closing = doubtful.len();
        // What sources disagree on is asked in the rulebook's own words.
        collect_doubtful(criteria, disagreements.is_empty(), &mut doubtful);
        // Where the doubt is a date, the date is asked for, and not the rule that hangs on it: but not whether something may
        // come after it. Of that the rule's own question is asked, if it has one.
        let (late, days): (Vec<_>, Vec<_>) = self.doubtful_days(ix).into_iter().partition(|day| {
            let may_come_late = match day.why {
                DoubtKind::LateMayCount | DoubtKind::ShouldHaveBegun | DoubtKind::TooLate => true,
                DoubtKind::ShouldBeOver | DoubtKind::TooEarly => false,
            };
            may_come_late && rulebook[day.rule].question.is_some()
        });
        let hangs_on_a_day = |id: &Text| days.iter().any(|day| rulebook[day.rule].id == *id);
        let mut doubtful: Vec<(RuleIx, bool)> = (0..)
            .zip(&doubtful)
            .filter(|(_, (id, _))| !hangs_on_a_day(id))
            .filter_map(|(n, (id, _))| Some((rulebook.rule(id)?, n < closing)))
            .collect();
        for rule in late.iter().map(|day| day.rule) {
            if doubtful.iter().all(|(known, _)| *known != rule) {
                doubtful.push((rule, false));
            }
        }

        let mut letters: Vec<Letter> = Vec::new();
        for conflict in disagreements {
            let rules = (0..rulebook.rules.len()).map(RuleIx::nth);
            let disputed =
                rules.filter(|rule| matches!(rulebook[*rule].body, Body::Readings(of, _) if of == *conflict));
            letters.push(Letter {
                to: self.whom(rulebook[*conflict].ask.iter().copied()),
                about: vec![rulebook[*conflict].id.clone()],
                question: rulebook[*conflict].question.clone(),
                facts: self.facts_of(answers, disputed.map(|rule| (rule, false))),
            });
        }
        // One letter for everybody who has to be asked about a rule.
        for (whom, rules) in by_whom(doubtful.iter().map(|doubt| (self.who_knows(doubt.0, cell), *doubt))) {
            let questions: Vec<Text> = rules.iter().map(|(rule, _)| self.question_about(*rule)).collect();
            let question = filled(&rulebook.ask_rules, &questions.join(" ")).into();
            let about = rules.iter().map(|(rule, _)| rulebook[*rule].id.clone()).collect();
            let facts = self.facts_of(answers, rules.into_iter());
            letters.push(Letter { to: self.whom([whom]), about, question, facts });
        }
        self.letters_about_days(answers, ix, days, &mut letters);
        if letters.is_empty() {
            let question = filled(&rulebook.ask_list, &cell.title).into();
            let about = vec![cell.id.clone()];
            letters.push(Letter { to: self.whom([cell.ask]), about, question, facts: Vec::new() });
        }

        let mut contacts: Vec<Whom> = Vec::new();
        for whom in letters.iter().flat_map(|letter| &letter.to) {
            if !contacts.contains(whom) {
                contacts.push(whom.clone());
            }
        }
        Ask { contacts, letters, rules: doubtful.into_iter().map(|(rule, _)| rulebook[rule].title.clone()).collect() }
    }

    /// One letter for everybody who has to be asked about dates, in their order, with the questions of the rules that hang
    /// on them.
    fn letters_about_days(&self, answers: &Answers, ix: CellIx, mut days: Vec<DoubtfulDay>, letters: &mut Vec<Letter>) {
        let (rulebook, cell) = (self.rulebook, &self.rulebook[ix]);
        sort_by_key(&mut days, |day| self.passing(day.moment).map_or(i64::MAX, |point| point.instant));
        let mut dates: Vec<DateIx> = Vec::new();
        for date in days.iter().map(|day| rulebook[day.moment].date) {
            if !dates.contains(&date) {
                dates.push(date);
            }
        }
        for (whom, dates) in by_whom(dates.into_iter().map(|date| (rulebook[date].ask.unwrap_or(cell.ask), date))) {
            let mut rules: Vec<RuleIx> = Vec::new();
            for day in days.iter().filter(|day| dates.contains(&rulebook[day.moment].date)) {
                if !rules.contains(&day.rule) {
                    rules.push(day.rule);
                }
            }
            let titles: Vec<&str> = dates.iter().map(|date| &*rulebook[*date].title).collect();
            let mut question = filled(&rulebook.ask_dates, &titles.join("; "));
            let mut about: Vec<Text> = dates.iter().map(|date| rulebook[*date].id.clone()).collect();
            for rule in rules.iter().map(|rule| &rulebook[*rule]) {
                let is_asked = letters.iter().any(|letter| letter.about.contains(&rule.id));
                if let (Some(own), true) = (&rule.question, rule.ask.unwrap_or(cell.ask) == whom)
                    && !is_asked
                {
                    question = [&question, " ", own].concat();
                    about.push(rule.id.clone());
                }
            }
            let closes = |rule: &RuleIx| cell.closed.iter().any(|(_, closing)| closing == rule);
            let facts = self.facts_of(answers, rules.iter().map(|rule| (*rule, closes(rule))));
            letters.push(Letter { to: self.whom([whom]), about, question: question.into(), facts });
        }
    }

    /// Whom to ask about a rule: of those whose texts disagree the first.
    fn who_knows(&self, rule: RuleIx, cell: &Cell) -> ContactIx {
        let rule = &self.rulebook[rule];
        let disagreeing = match &rule.body {
            Body::Readings(conflict, _) => self.rulebook[*conflict].ask.first().copied(),
            Body::Plain(..) => None,
        };
        disagreeing.or(rule.ask).unwrap_or(cell.ask)
    }

    fn question_about(&self, rule: RuleIx) -> Text {
        let rule = &self.rulebook[rule];
        match (&rule.body, &rule.question) {
            (Body::Readings(conflict, _), _) => self.rulebook[*conflict].question.clone(),
            (Body::Plain(..), Some(own)) => own.clone(),
            (Body::Plain(..), None) => filled(&self.rulebook.ask_rule, &rule.title).into(),
        }
    }

    fn whom(&self, contacts: impl IntoIterator<Item = ContactIx>) -> Vec<Whom> {
        let contacts = contacts.into_iter().map(|contact| &self.rulebook[contact]);
        let each = contacts.map(|whom| Whom { id: whom.id.clone(), name: whom.name.clone(), url: whom.url.clone() });
        each.collect()
    }

    /// What was answered to the questions that rules hang on, by themselves or by what they are made of: of one that closes
    /// a cell what lets it hold, of a requirement what keeps it from holding at best. Where there is nothing of the kind,
    /// everything.
    fn facts_of(&self, answers: &Answers, rules: impl Iterator<Item = (RuleIx, bool)>) -> Vec<Row> {
        let (mut hangs, mut all) = (Vec::new(), Vec::new());
        for (rule, closes) in rules {
            self.questions_of(&self.rulebook[rule], &mut all);
            self.hangs_on(rule, closes, &mut hangs);
        }
        let rows = |questions: Vec<QuestionIx>| {
            let rows = questions.into_iter().map(|question| self.row_in_letter(answers, question));
            rows.filter(|row| row.place == RowPlace::Answered).collect::<Vec<_>>()
        };
        let facts = rows(hangs);
        if facts.is_empty() { rows(all) } else { facts }
    }

    fn hangs_on(&self, rule: RuleIx, closes: bool, found: &mut Vec<QuestionIx>) {
        let at_best = Lens { future: Future::AtBest, ..Lens::PLAIN };
        let (harmless, lens) = if closes { (Possible::NO, Lens::PLAIN) } else { (Possible::YES, at_best) };
        let look = Look::through(self, lens);
        for (condition, _) in self.rulebook[rule].bodies() {
            condition.each_leaf(&mut |leaf| match leaf {
                Condition::Rule(inner) => self.hangs_on(*inner, closes, found),
                leaf if look.part(rule, leaf).through(0) == harmless => {}
                leaf => {
                    let Some(question) = leaf.question().filter(|question| !found.contains(question)) else { return };
                    let place = found.len();
                    found.push(question);
                    if let Some(cell) = self.cut_off(question, &look) {
                        self.hangs_on_closed(cell, found);
                        if found.len() > place + 1 {
                            found.remove(place);
                        }
                    }
                }
            });
        }
    }

    /// The cell of which an outcome can come about no more, as the cell is closed to the person, where the present answer
    /// waits for one: what closes it says more than that nothing is decided yet.
    fn cut_off(&self, question: QuestionIx, look: &Look<'_>) -> Option<CellIx> {
        let (Some(Answer::Choice(now)), QuestionKind::Choice(choices)) =
            (self.value(question), &self.rulebook[question].kind)
        else {
            return None;
        };
        let becoming = choices.get(usize::from(now))?.may_become;
        let outcomes = (0..).zip(choices).filter(|(number, _): &(u8, _)| becoming >> number & 1 == 1);
        outcomes.filter_map(|(_, choice)| choice.outcome_of).find(|cell| look.shut(*cell) != Possible::NO)
    }

    fn hangs_on_closed(&self, cell: CellIx, found: &mut Vec<QuestionIx>) {
        let at_best = Lens { future: Future::AtBest, ..Lens::PLAIN };
        let Cell { closed, requires, .. } = &self.rulebook[cell];
        let closing = closed.iter().map(|(_, rule)| *rule);
        for rule in closing.filter(|rule| self.rule(*rule, Lens::PLAIN).must(Possible::YES)) {
            self.hangs_on(rule, true, found);
        }
        for rule in requires.iter().filter(|rule| self.rule(**rule, at_best).must(Possible::NO)) {
            self.hangs_on(*rule, false, found);
        }
    }

    pub(crate) fn questions_of(&self, rule: &Rule, found: &mut Vec<QuestionIx>) {
        for (condition, _) in rule.bodies() {
            condition.each_leaf(&mut |leaf| match leaf {
                Condition::Rule(inner) => self.questions_of(&self.rulebook[*inner], found),
                leaf => found.extend(leaf.question().filter(|question| !found.contains(question))),
            });
        }
    }
}

/// Id and title of each rule in doubt.
fn collect_doubtful(criteria: &[Criterion], disputed: bool, found: &mut Vec<(Text, Text)>) {
    for criterion in criteria {
        let doubtful = match criterion.state {
            CriterionState::NotMet => criterion.weak,
            CriterionState::CannotSay => true,
            CriterionState::Disputed => disputed,
            _ => false,
        };
        if doubtful && criterion.parts.is_empty() {
            found.push((criterion.rule.clone(), criterion.title.clone()));
        }
        if !matches!(criterion.state, CriterionState::Met | CriterionState::DoesNotApply) {
            collect_doubtful(&criterion.parts, disputed, found);
        }
    }
}

/// What is to be asked, for everybody who has to be asked, in the order in which they come.
fn by_whom<T>(each: impl Iterator<Item = (ContactIx, T)>) -> Vec<(ContactIx, Vec<T>)> {
    let mut found: Vec<(ContactIx, Vec<T>)> = Vec::new();
    for (whom, what) in each {
        match found.iter_mut().find(|(known, _)| *known == whom) {
            Some((_, list)) => list.push(what),
            None => found.push((whom, vec![what])),
        }
    }
    found
}
