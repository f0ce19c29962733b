//! What has to be read again for a cycle.

use crate::BOOKS;
use crate::command::{json, run};
use crate::common::{changed_copy, root};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

fn todo(folder: &str, cycle: &str) -> Value {
    json(&run(&["--rulebooks", folder, "todo", cycle, "--format", "json"]))
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn parsed(path: &str) -> toml::Table {
    let text = std::fs::read_to_string(root().join(path)).expect("the file can be read");
    text.parse().expect("TOML")
}

/// The ids of the sources that a table lists.
fn cited(table: &toml::Table) -> Vec<String> {
    let sources = table.get("sources").and_then(|sources| sources.as_array()).into_iter().flatten();
    sources.map(|source| source.as_str().or_else(|| source["id"].as_str()).expect("an id").to_owned()).collect()
}

/// Calls back for every table in a file that has a basis.
fn each_basis(value: &toml::Value, found: &mut impl FnMut(&toml::Table)) {
    match value {
        toml::Value::Array(list) => list.iter().for_each(|item| each_basis(item, found)),
        toml::Value::Table(table) => {
            if table.contains_key("basis") {
                found(table);
            }
            table.values().for_each(|value| each_basis(value, found));
        }
        _ => {}
    }
}

/// The pages on which something rests that is not known for this cycle, found in another way: by every `basis` that is
/// written anywhere.
fn weakly_used(folder: &str, cycle: &str) -> BTreeSet<String> {
    let named: BTreeMap<String, String> = parsed(&format!("{folder}/sources.toml"))["source"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|source| {
            let cycle = source.get("cycle").map_or("", |cycle| cycle.as_str().expect("a text"));
            (source["id"].as_str().expect("an id").to_owned(), cycle.to_owned())
        })
        .collect();
    let names = |sources: &[String], fits: &dyn Fn(&str) -> bool| sources.iter().any(|source| fits(&named[source]));
    let mut used = BTreeSet::new();
    for file in ["rules", "dates", "documents", "stages", "notices"] {
        each_basis(&parsed(&format!("{folder}/{cycle}/{file}.toml")).into(), &mut |table| {
            let sources = cited(table);
            let is_done = match table["basis"].as_str().expect("a text") {
                _ if table.contains_key("not_published") => false,
                "stated" => names(&sources, &|named| named == cycle),
                "standing" => {
                    let cycles = table["standing_for"].as_array().expect("a list");
                    cycles.iter().any(|named| named.as_str() >= Some(cycle)) || names(&sources, &|named| named >= cycle)
                }
                _ => false,
            };
            if !is_done {
                used.extend(sources);
                let last = table.get("last").and_then(|last| last.as_table());
                used.extend(last.map(cited).unwrap_or_default());
            }
        });
    }
    for cell in parsed(&format!("{folder}/{cycle}/cells.toml"))["cell"].as_array().expect("a list") {
        let sources = cited(cell.as_table().expect("a table"));
        if !names(&sources, &|named| named == cycle) {
            used.extend(sources);
        }
    }
    used
}

#[test]
fn every_page_with_something_weak_is_there_once() {
    for (folder, cycle, _) in BOOKS {
        let todo = todo(folder, cycle);
        assert_eq!(todo["cycle"], cycle);
        let ids: Vec<&str> = list(&todo["sources"]).iter().map(|page| text(&page["id"])).collect();
        let known: BTreeSet<String> = ids.iter().map(|id| (*id).to_owned()).collect();
        assert_eq!(known.len(), ids.len(), "{folder} {cycle}: {ids:?}");
        assert_eq!(known, weakly_used(folder, cycle), "{folder} {cycle}");
    }
    // Only what is stated for 2027, or stands for it, rests on this page.
    let real = todo("rulebooks", "2027");
    let ids: Vec<&str> = list(&real["sources"]).iter().map(|page| text(&page["id"])).collect();
    assert!(ids.contains(&"aimg-carms-2022") && !ids.contains(&"carms-second-iteration-2027"), "{ids:?}");
}

#[test]
fn the_pages_of_rules_that_decide_come_first() {
    for (folder, cycle, _) in BOOKS {
        let todo = todo(folder, cycle);
        let order: Vec<_> = list(&todo["sources"])
            .iter()
            .map(|page| {
                let age = (page["cycle"].is_null(), page["cycle"].as_str(), text(&page["read_on"]));
                (!page["decides"].as_bool().expect("yes or no"), text(&page["publisher"]), age)
            })
            .collect();
        assert!(order.is_sorted(), "{folder} {cycle}: {order:#?}");
        let rules = list(&todo["sources"]).iter().filter(|page| {
            list(&page["used_by"]).iter().any(|of| ["rule", "reading", "cell"].contains(&text(&of["kind"])))
        });
        rules.for_each(|page| assert_eq!(page["decides"], true, "{folder} {cycle}: {page}"));
    }
    // This page gives the days by which a cell closes, and no rule.
    let real = todo("rulebooks", "2027");
    let compass = list(&real["sources"]).iter().find(|page| page["id"] == "img-compass-cycles-2027");
    assert_eq!(compass.expect("the page is there")["decides"], true);
    // A choice can be taken until a day: that decides as well, whether or not a rule names the day.
    for (folder, cycle, _) in BOOKS {
        let ends = choice_ends(folder, cycle);
        let todo = todo(folder, cycle);
        for page in list(&todo["sources"]) {
            let names = |of: &Value| of["kind"] == "date" && ends.contains(&text(&of["id"]).to_owned());
            if list(&page["used_by"]).iter().any(names) {
                assert_eq!(page["decides"], true, "{folder} {cycle}: {page}");
            }
        }
    }
}

/// The dates that bound the choices of questions.
fn choice_ends(folder: &str, cycle: &str) -> Vec<String> {
    let path = root().join(folder).join(cycle).join("questions.toml");
    let table: toml::Table = std::fs::read_to_string(path).expect("the file is there").parse().expect("it is TOML");
    let questions = table["question"].as_array().expect("a list").iter();
    let choices = questions.filter_map(|question| question.get("choices")?.as_array()).flatten();
    let ends = choices.flat_map(|choice| ["not_before", "not_after", "by"].map(|end| choice.get(end)));
    ends.flatten().filter_map(|end| Some(end.as_str()?.to_owned())).collect()
}

#[test]
fn text_and_json_say_the_same() {
    for (folder, cycle, _) in BOOKS {
        let todo = todo(folder, cycle);
        let ran = run(&["--rulebooks", folder, "todo", cycle]);
        assert_eq!(ran.status, Some(0), "{}", ran.err);
        let mut at = 0;
        let mut things = BTreeSet::new();
        for page in list(&todo["sources"]) {
            let heading = format!(
                "\n  {}: {}\n    {}\n    {};",
                text(&page["publisher"]),
                text(&page["title"]),
                text(&page["url"]),
                text(&page["id"])
            );
            at +=
                ran.out[at..].find(&heading).unwrap_or_else(|| panic!("{heading:?} does not follow in:\n{}", ran.out));
            let block = ran.out[at + 1..].split("\n\n").next().expect("a block");
            for of in list(&page["used_by"]) {
                let name = format!("{} {}", text(&of["kind"]), text(&of["id"]));
                assert!(block.contains(&name) && block.contains(text(&of["why"])), "{of} is not in:\n{block}");
                things.insert(name);
            }
        }
        for date in list(&todo["dates"]) {
            let last = match &date["last"] {
                Value::Null => "no earlier day was read".to_owned(),
                last => format!("in cycle {} it was {}", text(&last["cycle"]), text(&last["on"])),
            };
            let line = format!("  {}: not published; {last}\n", text(&date["id"]));
            assert!(ran.out.contains(&line), "{line:?} is not in:\n{}", ran.out);
        }
        let [pages, dates] = ["sources", "dates"].map(|key| list(&todo[key]).len());
        let counts = ran.out.lines().rev().take(2).map(|line| line.split(|c: char| !c.is_ascii_digit()));
        let counts: Vec<&str> = counts.flatten().filter(|digits| !digits.is_empty() && *digits != cycle).collect();
        let expected = [&todo["stated"], &todo["standing"]].map(ToString::to_string).to_vec();
        let expected = [expected, vec![pages.to_string(), things.len().to_string(), dates.to_string()]].concat();
        assert_eq!(counts, expected, "{folder} {cycle}");
    }
}

/// What is said of one thing when one place of the toy rulebook is changed. An empty text: nothing, it is done.
const ROWS: [(&str, &str, &str, &str, &str); 12] = [
    ("rules.toml", "", "", "rule dry", ""),
    ("rules.toml", "", "", "rule pass-valid", "carried over from 2030"),
    ("rules.toml", "", "", "reading food.they-do", "read on another body's page only"),
    ("rules.toml", "", "", "reading food.we-do", ""),
    (
        "rules.toml",
        "basis = \"second-hand\"",
        "basis = \"inferred\"",
        "reading food.they-do",
        "inferred, not published",
    ),
    ("dates.toml", "", "", "date fireworks", "no day is published"),
    ("dates.toml", "", "", "date parade", "no day is published"),
    (
        "notices.toml",
        "basis = \"stated\"\nsources = [\"park-notice\"]",
        "basis = \"standing\"\nstanding_for = [\"2029\", \"2030\"]\nsources = [\"neighbour\"]",
        "notice leave-no-trace",
        "standing, last read for 2030",
    ),
    // A page that it rests on names this cycle.
    (
        "notices.toml",
        "basis = \"stated\"",
        "basis = \"standing\"\nstanding_for = [\"2030\"]",
        "notice leave-no-trace",
        "",
    ),
    (
        "stages.toml",
        "sources = [\"park-notice\"]",
        "sources = [{ id = \"neighbour\", section = \"Fence\" }]",
        "stage packing",
        "stated, though no page of it names 2031",
    ),
    ("cells.toml", "", "", "cell park/picnic", ""),
    (
        "cells.toml",
        "sources = [\"park-notice\"]",
        "sources = [\"neighbour\"]",
        "cell park/picnic",
        "the list of requirements: no page of it names 2031",
    ),
];

#[test]
fn each_kind_of_weakness_has_its_reason() {
    for (number, (file, from, to, thing, why)) in ROWS.into_iter().enumerate() {
        let folder =
            changed_copy("tests/rulebooks_bad/base", &format!("todo-{number}"), &[(&format!("2031/{file}"), from, to)]);
        let todo = todo(&folder.to_string_lossy(), "2031");
        let uses = list(&todo["sources"]).iter().flat_map(|page| list(&page["used_by"]));
        let said: BTreeSet<&str> = uses
            .filter(|of| thing == format!("{} {}", text(&of["kind"]), text(&of["id"])))
            .map(|of| text(&of["why"]))
            .collect();
        assert_eq!(said, BTreeSet::from_iter((!why.is_empty()).then_some(why)), "{thing}, {from:?} → {to:?}");
    }
}

#[test]
fn what_cannot_be_read_is_named() {
    let ran = run(&["todo", "2026"]);
    assert_eq!((ran.status, ran.out.as_str()), (Some(1), ""));
    assert_eq!(ran.err, "there is no rulebook for the cycle \"2026\" (2022, 2027, 2028); did you mean \"2022\"?\n");
    let change = ("2031/notices.toml", "\"park-notice\"", "\"park-note\"");
    let folder = changed_copy("tests/rulebooks_bad/base", "todo-unknown", &[change]);
    let ran = run(&["--rulebooks", &folder.to_string_lossy(), "todo", "2031"]);
    assert_eq!((ran.status, ran.out.as_str()), (Some(1), ""));
    assert_eq!(
        ran.err,
        "2031/notices.toml:1: notice \"leave-no-trace\": unknown source \"park-note\"; did you mean \"park-notice\"?\n"
    );
}
