//! Checks over the whole rulebook, and the tables that the engine walks.

use super::Compiler;
use rules::answers::Answer;
use rules::day::Day;
use rules::facts::MOST_WAYS;
use rules::rulebook::{
    Body, CellIx, Citation, Condition, ConflictIx, Derived, MomentIx, QuestionIx, QuestionKind, RuleIx, Rulebook,
    SourceIx,
};
use std::collections::{BTreeMap, BTreeSet};

/// More disagreements than this in one cell cannot be shown to anybody.
const MOST_CONFLICTS: usize = 4;

impl Compiler<'_> {
    /// Everything that can only be seen once all files are read.
    pub(super) fn check(&mut self) {
        self.short_enough();
        let no_rule_circle = self.no_rule_circle();
        self.no_scope_circle();
        if no_rule_circle {
            self.nots();
            self.conflicts_per_cell();
            self.outcomes_of_others();
            self.steps();
            if !self.unread {
                self.all_used();
            }
        }
    }

    /// Positions in the compact file have sixteen bits, and a cell's place among the chosen ones has six.
    fn short_enough(&mut self) {
        let book = &self.book;
        let lists = [
            ("sources.toml", book.sources.len(), usize::from(u16::MAX)),
            ("questions.toml", book.questions.len(), usize::from(u16::MAX)),
            ("rules.toml", book.rules.len(), usize::from(u16::MAX)),
            ("dates.toml", book.moments.len(), usize::from(u16::MAX)),
            ("documents.toml", book.documents.len(), usize::from(u16::MAX)),
            ("cells.toml", book.cells.len(), 64),
        ];
        for (file, length, most) in lists {
            if length > most {
                self.report(file, 0, "", format!("holds {length} items, and {most} is the most"), None);
            }
        }
    }

    fn line(&self, file: &str, id: &str) -> usize {
        self.ids.iter().find(|((_, known), (of, _))| known == id && *of == file).map_or(0, |(_, (_, line))| *line)
    }

    fn no_rule_circle(&mut self) -> bool {
        let next: Vec<Vec<usize>> = self.book.rules.iter().map(rules_in).collect();
        let circle = find_circle(&next);
        if let Some(circle) = &circle {
            let names: Vec<String> = circle.iter().map(|rule| self.book.rules[*rule].id.to_string()).collect();
            let line = self.line("rules.toml", &names[0]);
            let message = format!("depends on itself: {} → {}", names.join(" → "), names[0]);
            self.report("rules.toml", line, &format!("rule {:?}", names[0]), message, None);
        }
        circle.is_none()
    }

    fn no_scope_circle(&mut self) {
        let next: Vec<Vec<usize>> = (0..self.book.questions.len()).map(|q| scope_of(&self.book, q)).collect();
        if let Some(circle) = find_circle(&next) {
            let names: Vec<String> = circle.iter().map(|q| self.book.questions[*q].id.to_string()).collect();
            let line = self.line("questions.toml", &names[0]);
            let message = format!("`relevant_when` runs in a circle: {} → {}", names.join(" → "), names[0]);
            self.report("questions.toml", line, &format!("question {:?}", names[0]), message, None);
        }
    }

    /// `not` turns "can still happen" into "can still stop", which nothing here means.
    fn nots(&mut self) {
        const WITHOUT_NOT: &str = "say it without `not`, by listing what may hold";
        let mut found = Vec::new();
        for rule in &self.book.rules {
            for (condition, _) in rule.bodies() {
                under_not(&self.book, condition, false, &mut |why| {
                    found.push(("rules.toml", format!("rule {:?}", rule.id), rule.id.to_string(), why, WITHOUT_NOT));
                });
            }
        }
        for question in &self.book.questions {
            if let Some(condition) = &question.relevant_when {
                under_not(&self.book, condition, false, &mut |why| {
                    found.push((
                        "questions.toml",
                        format!("question {:?}", question.id),
                        question.id.to_string(),
                        why,
                        WITHOUT_NOT,
                    ));
                });
                let mut rules = Vec::new();
                condition.each_leaf(&mut |leaf| {
                    if let Condition::Rule(rule) = leaf {
                        rules.push(*rule);
                    }
                });
                if rules.iter().any(|rule| !conflicts_in(&self.book, *rule).is_empty()) {
                    let why = "`relevant_when` may not depend on a disagreement".to_owned();
                    found.push((
                        "questions.toml",
                        format!("question {:?}", question.id),
                        question.id.to_string(),
                        why,
                        "name the questions that it looks at",
                    ));
                }
            }
        }
        for (file, item, id, why, remedy) in found {
            let line = self.line(file, &id);
            self.report(file, line, &item, why, Some(remedy.to_owned()));
        }
    }

    fn conflicts_per_cell(&mut self) {
        for cell in 0..self.book.cells.len() {
            let conflicts = cell_conflicts(&self.book, CellIx::nth(cell));
            let ways: usize = conflicts.iter().map(|conflict| self.book[*conflict].readings.len()).product();
            let message = if conflicts.len() > MOST_CONFLICTS {
                format!("{} disagreements meet here, more than {MOST_CONFLICTS}", conflicts.len())
            } else if ways > usize::from(MOST_WAYS) {
                format!("its disagreements can be read in {ways} ways, more than {MOST_WAYS}")
            } else {
                continue;
            };
            let id = self.book.cells[cell].id.to_string();
            let line = self.line("cells.toml", &id);
            self.report("cells.toml", line, &format!("cell {id:?}"), message, None);
        }
    }

    /// An outcome of a cell cannot happen once the cell is closed; so what is required there may not ask for it, and no
    /// rule may count it in advance.
    fn outcomes_of_others(&mut self) {
        let mut found = Vec::new();
        for (index, question) in self.book.questions.iter().enumerate() {
            let QuestionKind::Choice(choices) = &question.kind else { continue };
            let cells: BTreeSet<CellIx> = choices.iter().filter_map(|choice| choice.outcome_of).collect();
            for cell in cells {
                // What the cell looks at, and what the cells look at of which that is an outcome.
                let (mut seen, mut waiting) = (BTreeSet::new(), vec![cell]);
                let mut questions = BTreeSet::new();
                while let Some(cell) = waiting.pop() {
                    if !seen.insert(cell) {
                        continue;
                    }
                    let mut looked = BTreeSet::new();
                    for rule in &self.book[cell].requires {
                        reach_rule(&self.book, *rule, &mut BTreeSet::new(), &mut looked);
                    }
                    for looked in &looked {
                        if let QuestionKind::Choice(choices) = &self.book[*looked].kind {
                            waiting.extend(choices.iter().filter_map(|choice| choice.outcome_of));
                        }
                    }
                    questions.extend(looked);
                }
                if questions.contains(&QuestionIx::nth(index)) {
                    let (id, cell) = (question.id.to_string(), &self.book[cell].id);
                    found.push((id, format!("is an outcome of {cell:?}, and what that requires looks at it")));
                }
            }
            let in_advance = self.book.rules.iter().filter(|rule| rule.due_after_applying).find(|rule| {
                let mut looks = false;
                rule.bodies().for_each(|(condition, _)| {
                    condition.each_leaf(&mut |leaf| looks |= leaf.question() == Some(QuestionIx::nth(index)));
                });
                looks
            });
            if let Some(rule) = in_advance.filter(|_| choices.iter().any(|choice| choice.outcome_of.is_some())) {
                let message = format!("is an outcome of a cell, and rule {:?} counts it in advance", rule.id);
                found.push((question.id.to_string(), message));
            }
        }
        for (id, message) in found {
            let line = self.line("questions.toml", &id);
            self.report("questions.toml", line, &format!("question {id:?}"), message, None);
        }
    }

    /// A required rule that can still become true says what must happen; what falls due only after applying is a condition.
    fn steps(&mut self) {
        let (mut rules, mut questions) = (BTreeSet::new(), BTreeSet::new());
        for rule in self.book.cells.iter().flat_map(|cell| &cell.requires) {
            reach_rule(&self.book, *rule, &mut rules, &mut questions);
        }
        for rule in rules {
            let rule = &self.book[rule];
            if rule.step.is_none()
                && !rule.due_after_applying
                && rule.bodies().any(|(condition, _)| self.can_pend(condition))
            {
                self.words.rules.need(&rule.id, "step");
            }
        }
    }

    /// A question that nothing asks for, a rule that no cell requires, a disagreement that no rule reads.
    fn all_used(&mut self) {
        let mut questions = BTreeSet::new();
        let mut rules = BTreeSet::new();
        for cell in &self.book.cells {
            for rule in cell.requires.iter().chain(cell.closed.iter().map(|(_, rule)| rule)) {
                reach_rule(&self.book, *rule, &mut rules, &mut questions);
            }
            reach(&self.book, &cell.covered, &mut rules, &mut questions);
        }
        let conditions = self.book.documents.iter().map(|document| &document.needed_when);
        let conditions = conditions.chain(self.book.stages.iter().map(|stage| &stage.here_when));
        let conditions = conditions.chain(self.book.notices.iter().map(|notice| &notice.show_when));
        for condition in conditions {
            reach(&self.book, condition, &mut rules, &mut questions);
        }
        let mut found = Vec::new();
        for (index, question) in self.book.questions.iter().enumerate() {
            if !questions.contains(&QuestionIx::nth(index)) {
                found.push((
                    "questions.toml",
                    "question",
                    question.id.to_string(),
                    "is never asked: no rule, document, stage or notice looks at it",
                ));
            }
        }
        for (index, rule) in self.book.rules.iter().enumerate() {
            if !rules.contains(&RuleIx::nth(index)) {
                found.push((
                    "rules.toml",
                    "rule",
                    rule.id.to_string(),
                    "is never used: no cell requires it or is closed by it",
                ));
            }
        }
        let read: BTreeSet<ConflictIx> = self.book.rules.iter().filter_map(conflict_of).collect();
        for (index, conflict) in self.book.conflicts.iter().enumerate() {
            if !read.contains(&ConflictIx::nth(index)) {
                found.push(("rules.toml", "conflict", conflict.id.to_string(), "no rule has readings of it"));
            }
        }
        for (file, kind, id, message) in found {
            let line = self.line(file, &id);
            self.report(file, line, &format!("{kind} {id:?}"), message, Some("use it or take it out".to_owned()));
        }
    }
}

/// Scope order, classes of answers, and what each cell looks at. The rulebook is known to be right.
pub(super) fn finish(book: &mut Rulebook) {
    book.derived = Derived::default();
    let next: Vec<Vec<usize>> = (0..book.questions.len()).map(|q| scope_of(book, q)).collect();
    book.scope_order = in_order(&next).into_iter().map(QuestionIx::nth).collect();
    let classes: Vec<Vec<Answer>> = (0..book.questions.len()).map(|q| classes(book, QuestionIx::nth(q))).collect();
    for (question, classes) in book.questions.iter_mut().zip(classes) {
        question.classes = classes;
    }
    for index in 0..book.rules.len() {
        book.rules[index].disputed = !conflicts_in(book, RuleIx::nth(index)).is_empty();
    }
    let constrained: Vec<BTreeSet<QuestionIx>> = book
        .constraints
        .iter()
        .map(|constraint| {
            let mut questions = BTreeSet::new();
            reach(book, &constraint.holds_when, &mut BTreeSet::new(), &mut questions);
            questions
        })
        .collect();
    for index in 0..book.cells.len() {
        let conflicts = cell_conflicts(book, CellIx::nth(index));
        let (mut rules, mut questions) = (BTreeSet::new(), BTreeSet::new());
        for rule in book.cells[index].requires.iter().chain(book.cells[index].closed.iter().map(|(_, rule)| rule)) {
            reach_rule(book, *rule, &mut rules, &mut questions);
        }
        reach(book, &book.cells[index].covered, &mut rules, &mut questions);
        reach_outcomes(book, &mut questions);
        // An answer can matter for the cell because it contradicts others that do.
        let mut apart: Vec<&BTreeSet<QuestionIx>> = constrained.iter().collect();
        while let Some(place) = apart.iter().position(|together| !together.is_disjoint(&questions)) {
            questions.extend(apart.swap_remove(place));
        }
        let cell = &mut book.cells[index];
        cell.conflicts = conflicts.into_iter().collect();
        cell.questions = questions.into_iter().collect();
    }
    // What follows from it all is worked out again, as it was worked out too early here.
    book.derived = Derived::default();
}

/// Takes out the sources that nothing in this cycle cites.
pub(super) fn drop_unused_sources(book: &mut Rulebook) {
    let mut used = BTreeSet::new();
    each_citation(book, &mut |citation| {
        used.insert(citation.source);
    });
    let kept: BTreeMap<SourceIx, SourceIx> =
        used.iter().enumerate().map(|(new, old)| (*old, SourceIx::nth(new))).collect();
    each_citation(book, &mut |citation| citation.source = kept[&citation.source]);
    book.sources = used.iter().map(|old| book[*old].clone()).collect();
}

fn each_citation(book: &mut Rulebook, f: &mut impl FnMut(&mut Citation)) {
    for rule in &mut book.rules {
        match &mut rule.body {
            Body::Plain(_, grounds) => grounds.sources.iter_mut().for_each(&mut *f),
            Body::Readings(_, bodies) => {
                bodies.iter_mut().for_each(|(_, grounds)| grounds.sources.iter_mut().for_each(&mut *f));
            }
        }
    }
    for moment in &mut book.moments {
        moment.grounds.sources.iter_mut().for_each(&mut *f);
        moment.last.iter_mut().for_each(|last| last.sources.iter_mut().for_each(&mut *f));
    }
    book.cells.iter_mut().for_each(|cell| cell.sources.iter_mut().for_each(&mut *f));
    book.documents.iter_mut().for_each(|item| item.grounds.sources.iter_mut().for_each(&mut *f));
    book.stages.iter_mut().for_each(|item| item.grounds.sources.iter_mut().for_each(&mut *f));
    book.notices.iter_mut().for_each(|item| item.grounds.sources.iter_mut().for_each(&mut *f));
}

fn classes(book: &Rulebook, question: QuestionIx) -> Vec<Answer> {
    let kind = &book[question].kind;
    let mut classes = super::plain_classes(kind);
    let mut add = |condition: &Condition| {
        condition.each_leaf(&mut |leaf| match (leaf, kind) {
            (Condition::Between(of, least, most), QuestionKind::Number(from, until)) if *of == question => {
                let around = [least.saturating_sub(1), *least, *most, most.saturating_add(1)];
                classes.extend(around.into_iter().filter(|n| (from..=until).contains(&n)).map(Answer::Number));
            }
            _ => {}
        });
    };
    book.rules.iter().flat_map(rules::rulebook::Rule::bodies).for_each(|(condition, _)| add(condition));
    book.questions.iter().filter_map(|q| q.relevant_when.as_ref()).for_each(&mut add);
    book.constraints.iter().for_each(|constraint| add(&constraint.holds_when));
    book.cells.iter().for_each(|cell| add(&cell.covered));
    book.documents.iter().for_each(|document| add(&document.needed_when));
    // One class on each side of every day that an answer is compared with.
    let days = days_of(book, question);
    match kind {
        QuestionKind::Date(from, until) => {
            let around = days.into_iter().flat_map(|day| [day.plus(-1), day, day.plus(1)]);
            let inside = around.filter(|day| (from..=until).contains(&day));
            classes.extend(inside.map(|day| Answer::Date(day.into())));
        }
        QuestionKind::Event => {
            let around = days.into_iter().flat_map(|day| [day, day.plus(1)]);
            classes.extend(around.map(|day| Answer::Planned(day.into())));
        }
        _ => {}
    }
    let mut seen: Vec<Answer> = Vec::new();
    for class in classes {
        if !seen.contains(&class) {
            seen.push(class);
        }
    }
    seen
}

/// The days on which the dates that an answer to the question is compared with may fall, as far as the rulebook knows.
fn days_of(book: &Rulebook, question: QuestionIx) -> BTreeSet<Day> {
    let with_bounds = |moment: &MomentIx| std::iter::once(*moment).chain(book[*moment].bounds.iter().copied());
    let whens = book.dates_of(question).iter().flat_map(with_bounds).flat_map(|moment| book[moment].whens());
    whens.map(|when| when.day).collect()
}

fn scope_of(book: &Rulebook, question: usize) -> Vec<usize> {
    let (mut rules, mut questions) = (BTreeSet::new(), Vec::new());
    if let Some(condition) = &book.questions[question].relevant_when {
        direct(book, condition, &mut rules, &mut questions);
    }
    questions.into_iter().map(QuestionIx::index).collect()
}

/// The questions that a condition names, rules followed, scopes not.
fn direct(book: &Rulebook, condition: &Condition, rules: &mut BTreeSet<RuleIx>, questions: &mut Vec<QuestionIx>) {
    condition.each_leaf(&mut |leaf| {
        questions.extend(leaf.question());
        if let Condition::Rule(rule) = leaf
            && rules.insert(*rule)
        {
            book[*rule].bodies().for_each(|(condition, _)| direct(book, condition, rules, questions));
        }
    });
}

/// The same with the scopes of the questions.
fn reach(book: &Rulebook, condition: &Condition, rules: &mut BTreeSet<RuleIx>, questions: &mut BTreeSet<QuestionIx>) {
    condition.each_leaf(&mut |leaf| {
        if let Condition::Rule(rule) = leaf {
            reach_rule(book, *rule, rules, questions);
        }
        if let Some(question) = leaf.question()
            && questions.insert(question)
            && let Some(scope) = &book[question].relevant_when
        {
            reach(book, scope, rules, questions);
        }
    });
}

/// The questions on which it depends whether outcomes that these questions ask about can still happen, added to them.
fn reach_outcomes(book: &Rulebook, questions: &mut BTreeSet<QuestionIx>) {
    let mut seen = BTreeSet::new();
    loop {
        let choices = questions.iter().filter_map(|question| match &book[*question].kind {
            QuestionKind::Choice(choices) => Some(choices),
            _ => None,
        });
        let cells: Vec<CellIx> = choices.flatten().filter_map(|choice| choice.outcome_of).collect();
        let Some(cell) = cells.into_iter().find(|cell| seen.insert(*cell)) else { return };
        let cell = &book[cell];
        for rule in cell.requires.iter().chain(cell.closed.iter().map(|(_, rule)| rule)) {
            reach_rule(book, *rule, &mut BTreeSet::new(), questions);
        }
    }
}

fn reach_rule(book: &Rulebook, rule: RuleIx, rules: &mut BTreeSet<RuleIx>, questions: &mut BTreeSet<QuestionIx>) {
    if rules.insert(rule) {
        book[rule].bodies().for_each(|(condition, _)| reach(book, condition, rules, questions));
    }
}

fn rules_in(rule: &rules::rulebook::Rule) -> Vec<usize> {
    let mut found = Vec::new();
    for (condition, _) in rule.bodies() {
        condition.each_leaf(&mut |leaf| {
            if let Condition::Rule(inner) = leaf {
                found.push(inner.index());
            }
        });
    }
    found
}

fn conflict_of(rule: &rules::rulebook::Rule) -> Option<ConflictIx> {
    match rule.body {
        Body::Plain(..) => None,
        Body::Readings(conflict, _) => Some(conflict),
    }
}

fn conflicts_in(book: &Rulebook, rule: RuleIx) -> BTreeSet<ConflictIx> {
    let (mut rules, mut questions) = (BTreeSet::new(), BTreeSet::new());
    reach_rule(book, rule, &mut rules, &mut questions);
    rules.iter().filter_map(|rule| conflict_of(&book[*rule])).collect()
}

fn cell_conflicts(book: &Rulebook, cell: CellIx) -> BTreeSet<ConflictIx> {
    let cell = &book[cell];
    let rules = cell.requires.iter().chain(cell.closed.iter().map(|(_, rule)| rule));
    rules.flat_map(|rule| conflicts_in(book, *rule)).collect()
}

fn under_not(book: &Rulebook, condition: &Condition, negated: bool, found: &mut impl FnMut(String)) {
    match condition {
        Condition::Not(part) => under_not(book, part, true, found),
        Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
            parts.iter().for_each(|part| under_not(book, part, negated, found));
        }
        Condition::Rule(rule) if negated => {
            book[*rule].bodies().for_each(|(condition, _)| under_not(book, condition, true, found));
        }
        leaf if negated => {
            let Some(question) = leaf.question() else { return };
            let asked = &book[question];
            let pending = match &asked.kind {
                QuestionKind::Event => true,
                QuestionKind::Choice(choices) => choices.iter().any(|choice| choice.may_become != 0),
                _ => false,
            };
            if pending {
                found(format!("`not` is used on {:?}, which can still change", asked.id));
            } else if asked.relevant_when.is_some() {
                found(format!("`not` is used on {:?}, which can be out of scope", asked.id));
            }
        }
        _ => {}
    }
}

/// A circle in a graph given by each node's successors.
fn find_circle(next: &[Vec<usize>]) -> Option<Vec<usize>> {
    fn visit(node: usize, next: &[Vec<usize>], state: &mut [u8], path: &mut Vec<usize>) -> Option<Vec<usize>> {
        match state[node] {
            2 => return None,
            1 => {
                let start = path.iter().position(|n| *n == node).unwrap_or(0);
                return Some(path[start..].to_vec());
            }
            _ => {}
        }
        state[node] = 1;
        path.push(node);
        for &other in &next[node] {
            if let Some(circle) = visit(other, next, state, path) {
                return Some(circle);
            }
        }
        path.pop();
        state[node] = 2;
        None
    }
    let mut state = vec![0; next.len()];
    (0..next.len()).find_map(|node| visit(node, next, &mut state, &mut Vec::new()))
}

/// Every node after its successors; the graph has no circle.
fn in_order(next: &[Vec<usize>]) -> Vec<usize> {
    fn visit(node: usize, next: &[Vec<usize>], done: &mut [bool], order: &mut Vec<usize>) {
        if std::mem::replace(&mut done[node], true) {
            return;
        }
        next[node].iter().for_each(|other| visit(*other, next, done, order));
        order.push(node);
    }
    let (mut done, mut order) = (vec![false; next.len()], Vec::new());
    (0..next.len()).for_each(|node| visit(node, next, &mut done, &mut order));
    order
}
