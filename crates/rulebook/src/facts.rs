//! What became of the facts that were found: each is used somewhere, or left out for a reason.

use crate::compile::cycles;
use crate::files::{Facts, File, problem};
use crate::problem::Problem;
use std::collections::BTreeSet;
use std::path::Path;
use toml::Value;

/// The table of facts, below the folder of the rulebooks. A folder without it tells of no facts.
const TABLE: &str = "facts.toml";

/// What does not fit between the table and all cycles: a fact that nothing cites and nobody left out, one that was left
/// out and is cited, and one of the same fact base that the table does not know.
#[must_use]
pub fn check(root: &Path) -> Vec<Problem> {
    let mut problems = Vec::new();
    if !root.join(TABLE).exists() {
        return problems;
    }
    let file = File::open(root, TABLE, &mut problems);
    let Some(Facts { used, unused }) = file.whole(&mut problems) else { return problems };
    let cited = cited(root);
    let mut report = |fact: &str, message: &str, suggestion: &str| {
        let line = file.find(&format!("{fact:?}"), 1);
        problems.push(problem(TABLE, line, &format!("{fact:?}"), message, Some(suggestion.to_owned())));
    };
    for fact in &used {
        if unused.contains_key(fact) {
            report(fact, "stands in `used` and in `unused`", "take one out");
        } else if !cited.contains(fact) {
            report(fact, "nothing cites it in `facts`", "use it, or move it to `unused` with the reason");
        }
    }
    for (fact, reason) in &unused {
        if cited.contains(fact) {
            report(fact, "is left out, but something cites it", "move it to `used`");
        }
        if reason.trim().is_empty() {
            report(fact, "is left out for no reason", "say why");
        }
    }
    let known = || used.iter().chain(unused.keys());
    let bases: BTreeSet<&str> = known().filter_map(|fact| base(fact)).collect();
    for fact in cited.iter().filter(|fact| base(fact).is_some_and(|base| bases.contains(base))) {
        if !known().any(|known| known == fact) {
            report(fact, "is cited, and not in the table", "add it to `used`");
        }
    }
    problems
}

/// The fact base of an id such as `aimg:E-ST-01`.
fn base(fact: &str) -> Option<&str> {
    fact.split_once(':').map(|(base, _)| base)
}

/// Every fact that the structure files of some cycle cite. A file that cannot be read is reported elsewhere.
fn cited(root: &Path) -> BTreeSet<String> {
    let mut cited = BTreeSet::new();
    for cycle in cycles(root).unwrap_or_default() {
        for entry in std::fs::read_dir(root.join(cycle)).into_iter().flatten().flatten() {
            let text = std::fs::read_to_string(entry.path()).unwrap_or_default();
            let table: toml::Table = text.parse().unwrap_or_default();
            cited_in(&Value::Table(table), &mut cited);
        }
    }
    cited
}

fn cited_in(value: &Value, cited: &mut BTreeSet<String>) {
    match value {
        Value::Array(list) => list.iter().for_each(|item| cited_in(item, cited)),
        Value::Table(table) => {
            for (key, value) in table {
                match value {
                    Value::Array(facts) if key == "facts" => {
                        cited.extend(facts.iter().filter_map(Value::as_str).map(str::to_owned));
                    }
                    _ => cited_in(value, cited),
                }
            }
        }
        _ => {}
    }
}
