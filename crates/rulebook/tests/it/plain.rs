//! Whether people under stress, whose third language is English, can read what we write.

mod grade;

use crate::root;
use crate::tidy::{files, named, read};
use grade::{count, sentences};
use std::collections::BTreeMap;

/// The hardest grade for the text in the middle, and for any text without a reason.
const MEDIAN: f64 = 8.0;
const HARDEST: f64 = 12.0;

/// The most words in one sentence without a reason, as in the guidance for GOV.UK: a text can hide one hard sentence.
const LONGEST: u32 = 25;

/// Below this, a text is a name, a label or a part of a sentence, and a grade says nothing.
const FEWEST_WORDS: u32 = 6;

/// What is written beside the texts: `terms`, and the reason for each hard text.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Allowed {
    /// Fixed terms of the field, which no other word can take the place of.
    terms: Vec<String>,
    /// By place.
    hard: BTreeMap<String, String>,
}

/// Everything that somebody reads, with its place: the rulebooks' words, and those of the page and of its files.
fn texts() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for path in files("rulebooks", "toml") {
        // Elsewhere there is structure, and the titles that sources have given themselves.
        if path.parent().is_some_and(|folder| folder.ends_with("en")) {
            let table: toml::Table = read(&path).parse().expect("the check has read it");
            add_leaves(&mut found, &named(&path), &toml::Value::Table(table));
        }
    }
    for path in files("src/text", "rs").into_iter().chain(files("crates/site/src/text", "rs")) {
        add_literals(&mut found, &named(&path), &read(&path));
    }
    found
}

fn add_leaves(found: &mut BTreeMap<String, String>, place: &str, value: &toml::Value) {
    match value {
        toml::Value::String(text) => {
            found.insert(place.to_owned(), text.clone());
        }
        toml::Value::Array(values) => {
            values.iter().enumerate().for_each(|(at, value)| add_leaves(found, &format!("{place} {}", at + 1), value));
        }
        toml::Value::Table(table) => {
            table.iter().for_each(|(key, value)| add_leaves(found, &format!("{place} {key}"), value));
        }
        _ => {}
    }
}

/// The texts between quotation marks in a file of typed words, named by the field that they stand in.
fn add_literals(found: &mut BTreeMap<String, String>, file: &str, code: &str) {
    let words = code.split_once("pub const EN").expect("there is English").1;
    let mut place = String::new();
    for line in words.lines().map(str::trim_start) {
        if let Some((field, rest)) = line.split_once(':')
            && field.chars().all(|c| c.is_alphanumeric() || c == '_')
            && !rest.starts_with(':')
        {
            place = format!("{file} {field}");
        }
        let mut rest = line;
        while let Some((_, after)) = rest.split_once('"') {
            let mut text = String::new();
            let mut letters = after.chars();
            while let Some(letter) = letters.next().filter(|letter| *letter != '"') {
                match (letter, letter == '\\') {
                    (_, true) if letters.clone().next() == Some('n') => text.push('\n'),
                    (_, true) => text.extend(letters.clone().next()),
                    _ => text.push(letter),
                }
                if letter == '\\' {
                    letters.next();
                }
            }
            rest = letters.as_str();
            let mut name = place.clone();
            let mut number = 1;
            while found.contains_key(&name) {
                number += 1;
                name = format!("{place} {number}");
            }
            found.insert(name, text);
        }
    }
}

/// What is too hard, or allowed for no reason, and the grade in the middle.
fn look(texts: &BTreeMap<String, String>, allowed: &Allowed) -> (Vec<String>, f64) {
    let mut grades = Vec::new();
    let mut hard = BTreeMap::new();
    for (place, text) in texts {
        let counted = count(text, &allowed.terms);
        if counted.words >= FEWEST_WORDS {
            grades.push(counted.grade());
            if counted.grade() > HARDEST {
                hard.insert(place, format!("{place}: grade {:.1}: {text}", counted.grade()));
            }
        }
        for sentence in sentences(text).into_iter().filter(|sentence| count(sentence, &[]).words > LONGEST) {
            hard.insert(place, format!("{place}: a long sentence: {sentence}"));
        }
    }
    let mut found = Vec::new();
    for (place, reason) in &allowed.hard {
        match hard.remove(place) {
            None => found.push(format!("{place}: needs no reason")),
            Some(why) if reason.trim().is_empty() => found.push(why),
            Some(_) => {}
        }
    }
    found.extend(hard.into_values());
    grades.sort_by(f64::total_cmp);
    (found, grades.get(grades.len() / 2).copied().unwrap_or_default())
}

#[test]
fn every_text_is_plain() {
    let allowed: Allowed =
        toml::from_str(&read(&root().join("crates/rulebook/tests/plain.toml"))).expect("it is whole");
    let texts = texts();
    for (place, text) in &texts {
        let counted = count(text, &allowed.terms);
        if counted.words >= FEWEST_WORDS {
            println!("{:5.1} {place}: {text}", counted.grade());
        }
    }
    let (found, median) = look(&texts, &allowed);
    let strictly = look(&texts, &Allowed { terms: Vec::new(), hard: BTreeMap::new() });
    println!("median {median:.1}; with every term as long as it is {:.1}", strictly.1);
    assert!(found.is_empty(), "too hard to read, for no reason given:\n{}", found.join("\n"));
    assert!(median <= MEDIAN, "half of all texts are harder than grade {median:.1}");
}

/// Sentences name rules and dates: "This is not settled: …", "…: as far as we could read, this should be over."
#[test]
fn a_title_that_stands_in_sentences_is_a_name() {
    let mut titles = texts();
    titles.retain(|place, _| {
        place.ends_with(" title") && ["en/rules.toml", "en/dates.toml"].iter().any(|file| place.contains(file))
    });
    assert!(titles.len() > 150, "only {} titles", titles.len());
    titles.retain(|_, text| text.contains(": ") || text.ends_with(['?', '.']));
    assert!(titles.is_empty(), "{titles:#?}");
}

#[test]
fn a_hard_text_needs_a_reason() {
    let long = "one two three four five six seven eight nine ten ".repeat(3);
    let texts = [
        ("easy", "The cat sat on the red mat."),
        ("hard", "Administrative authorities habitually necessitate additional documentation."),
        ("harder", "Nevertheless, additional administrative documentation remains indispensable."),
        ("long", &long),
        ("name", "Institutional accreditation"),
    ];
    let texts = texts.into_iter().map(|(place, text)| (place.to_owned(), text.to_owned())).collect();
    let hard = [("harder", "It is quoted."), ("easy", "It was hard once."), ("long", " ")];
    let hard = hard.into_iter().map(|(place, reason)| (place.to_owned(), reason.to_owned())).collect();
    let (found, median) = look(&texts, &Allowed { terms: Vec::new(), hard });
    let found: Vec<&str> = found.iter().map(|line| &line[..line.len().min(16)]).collect();
    assert_eq!(found, ["easy: needs no r", "long: a long sen", "hard: grade 39.8"]);
    assert!(median > HARDEST, "{median}");
}

#[test]
fn words_are_found_in_code() {
    let code = "pub const EN: A = A {\n    one: \"Say \\\"yes\\\"\",\n    many: |n| match n {\n        1 => \"1 line\\n\",\n        \
                Fault::No => \"No\",\n    },\n    list: [\n        \"x\",\n    ],\n};\n";
    let mut found = BTreeMap::new();
    add_literals(&mut found, "f", code);
    let found: Vec<(&str, &str)> = found.iter().map(|(place, text)| (place.as_str(), text.as_str())).collect();
    assert_eq!(found, [("f list", "x"), ("f many", "1 line\n"), ("f many 2", "No"), ("f one", "Say \"yes\"")]);
}
