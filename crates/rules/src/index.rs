//! What depends on what: which rules and scopes to look at again when one answer changes.

use crate::rulebook::{Condition, QuestionIx, RuleIx, Rulebook};

/// For each question of a rulebook what its answer can change.
#[derive(Debug)]
pub(crate) struct Index {
    /// The questions whose scope can change, in an order in which they can be settled.
    pub scopes: Vec<Vec<QuestionIx>>,
    /// The rules whose value can change, by way of other rules and scopes too.
    pub rules: Vec<Vec<RuleIx>>,
    /// Whether the answer can break or mend a constraint.
    pub constrained: Vec<bool>,
}

impl Index {
    pub fn new(rulebook: &Rulebook) -> Index {
        let (questions, rules) = (rulebook.questions.len(), rulebook.rules.len());
        // Direct: the scopes and rules whose conditions name a question, and those that name a rule.
        let (mut scopes_of, mut rules_of) = (vec![Vec::new(); questions], vec![Vec::new(); questions]);
        let (mut scopes_on, mut rules_on) = (vec![Vec::new(); rules], vec![Vec::new(); rules]);
        for &question in &rulebook.scope_order {
            let scope = rulebook[question].relevant_when.iter();
            scope.for_each(|scope| note(scope, question, &mut scopes_of, &mut scopes_on));
        }
        for rule in (0..rules).map(RuleIx::nth) {
            rulebook[rule].bodies().for_each(|(body, _)| note(body, rule, &mut rules_of, &mut rules_on));
        }
        let (mut constrained, mut constraint_on) = (vec![Vec::new(); questions], vec![Vec::new(); rules]);
        for (number, constraint) in rulebook.constraints.iter().enumerate() {
            note(&constraint.holds_when, number, &mut constrained, &mut constraint_on);
        }
        let mut order = vec![0; questions];
        rulebook.scope_order.iter().enumerate().for_each(|(place, question)| order[question.index()] = place);
        let mut index = Index {
            scopes: Vec::with_capacity(questions),
            rules: Vec::with_capacity(questions),
            constrained: Vec::with_capacity(questions),
        };
        for question in (0..questions).map(QuestionIx::nth) {
            let (mut scopes, mut touched) = (Vec::new(), Vec::new());
            let mut waiting = vec![question];
            let mut waiting_rules: Vec<RuleIx> = Vec::new();
            loop {
                if let Some(rule) = waiting_rules.pop() {
                    if !touched.contains(&rule) {
                        touched.push(rule);
                        waiting_rules.extend(&rules_on[rule.index()]);
                        add(&scopes_on[rule.index()], &mut scopes, &mut waiting);
                    }
                } else if let Some(next) = waiting.pop() {
                    waiting_rules.extend(&rules_of[next.index()]);
                    add(&scopes_of[next.index()], &mut scopes, &mut waiting);
                } else {
                    break;
                }
            }
            scopes.sort_by_key(|scoped| order[scoped.index()]);
            let by_scope = scopes.iter().chain([&question]).any(|question| !constrained[question.index()].is_empty());
            let by_rule = touched.iter().any(|rule: &RuleIx| !constraint_on[rule.index()].is_empty());
            index.constrained.push(by_scope || by_rule);
            index.scopes.push(scopes);
            index.rules.push(touched);
        }
        index
    }
}

/// Notes what a condition names: `by` depends on it.
fn note<T: Copy + PartialEq>(condition: &Condition, by: T, questions: &mut [Vec<T>], rules: &mut [Vec<T>]) {
    condition.each_leaf(&mut |leaf| {
        let list = match (leaf, leaf.question()) {
            (Condition::Rule(rule), _) => rules.get_mut(rule.index()),
            (_, Some(question)) => questions.get_mut(question.index()),
            _ => None,
        };
        if let Some(list) = list.filter(|list| !list.contains(&by)) {
            list.push(by);
        }
    });
}

fn add(more: &[QuestionIx], known: &mut Vec<QuestionIx>, waiting: &mut Vec<QuestionIx>) {
    for question in more {
        if !known.contains(question) {
            known.push(*question);
            waiting.push(*question);
        }
    }
}
