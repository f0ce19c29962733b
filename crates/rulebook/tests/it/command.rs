//! The command as scripts meet it: exit status, messages, and the JSON with its schema.

use crate::root;
use expect_test::expect_file;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::{Command, Output};

pub struct Ran {
    pub status: Option<i32>,
    pub out: String,
    pub err: String,
}

pub fn run(args: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rulebook"));
    let Output { status, stdout, stderr } = command.current_dir(root()).args(args).output().expect("the command runs");
    let text = |bytes| String::from_utf8(bytes).expect("the command writes UTF-8");
    Ran { status: status.code(), out: text(stdout), err: text(stderr) }
}

/// A file with answers, under a name of its own.
fn answers_file(name: &str, text: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.toml"));
    std::fs::write(&path, text).expect("the file can be written");
    path
}

const AS_OF: &str = "2026-11-23T09:00-06:00";

fn evaluate(name: &str, answers: &str) -> Ran {
    let file = answers_file(name, answers);
    run(&["evaluate", "--cycle", "2027", "--as-of", AS_OF, "--format", "json", &file.to_string_lossy()])
}

pub fn json(ran: &Ran) -> Value {
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    serde_json::from_str(&ran.out).expect("the command writes JSON")
}

#[test]
fn check_is_content_and_names_its_tz_database() {
    let ran = run(&["check"]);
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    assert_eq!(ran.err, "");
    let version = ran.out.lines().last().and_then(|line| line.strip_prefix("tz database "));
    // Alberta's clocks stand still since 2026c.
    assert!(version.is_some_and(|version| version >= "2026c"), "{}", ran.out);
    let list = json(&run(&["check", "--cycle", "2027", "--format", "json"]));
    assert_eq!(list["problems"], Value::Array(Vec::new()));
    assert_eq!(list["tz_database"].as_str(), version);
}

#[test]
fn check_says_what_is_wrong_in_json_too() {
    let ran = run(&["--rulebooks", "tests/rulebooks_bad", "check", "--cycle", "base", "--format", "json"]);
    assert_eq!(ran.status, Some(1), "{}", ran.err);
    let list: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(list["problems"][0]["message"], "this file is missing");
    assert!(list["problems"][0]["file"].is_string());
}

#[test]
fn mutants_take_one_table_too() {
    let row =
        "[[case]]\nname = \"a\"\nwhy = \"b\"\ncycle = \"2031\"\nas_of = \"2031-05-01T09:00-06:00\"\n[case.answers]\n";
    let table =
        |verdict: &str| answers_file("one-table", &format!("{row}[case.verdicts]\n\"park/picnic\" = \"{verdict}\"\n"));
    let mutants = |table: &str| run(&["--rulebooks", "tests/rulebooks_bad/base", "mutants", "--scenarios", table]);
    let ran = mutants(&table("needs-answers").to_string_lossy());
    assert_eq!(ran.status, Some(1), "{}", ran.err);
    assert!(ran.out.starts_with("2031: ") && ran.out.contains("  SURVIVES: "), "{}", ran.out);
    // It would notice every change.
    let ran = mutants(&table("open").to_string_lossy());
    assert_eq!((ran.status, ran.out.as_str()), (Some(1), ""), "{}", ran.err);
    assert_eq!(
        ran.err,
        "the row \"a\" does not hold: park/picnic: verdict: expected \"open\", got \"needs-answers\"\n"
    );
    let ran = mutants("tests/no-table.toml");
    assert_eq!(ran.status, Some(1), "{}", ran.out);
    assert!(ran.err.starts_with("tests/no-table.toml: "), "{}", ran.err);
}

#[test]
fn every_question_is_listed() {
    let listed = json(&run(&["questions", "--cycle", "2027", "--format", "json"]));
    let questions = listed["questions"].as_array().expect("a list");
    assert!(questions.len() > 20);
    for question in questions {
        for key in ["id", "topic", "type", "title", "choices", "per_cycle", "change"] {
            assert!(question.get(key).is_some(), "{question} has no {key}");
        }
    }
    let text = run(&["questions", "--cycle", "2027"]).out;
    for question in questions {
        assert!(text.contains(question["id"].as_str().expect("an id")), "{question}");
    }
}

/// `UPDATE_EXPECT=1` rewrites the schema; raise `FORMAT` when readers of the old one would break.
#[test]
fn the_schema_is_the_one_in_the_docs() {
    let ran = run(&["schema"]);
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    expect_file!["../../../../docs/evaluate.schema.json"].assert_eq(&ran.out);
}

#[test]
fn evaluations_match_the_schema() {
    let schema = json(&run(&["schema"]));
    let people = [
        ("nobody", ""),
        (
            "eligible",
            "aimg-status = \"eligible\"\nmmi = \"not-yet\"\nnac-latest = \"never\"\ncells = [\"alberta/first\"]",
        ),
        ("waiting", "aimg-status = \"waiting\"\nstatus = \"dont-know\"\nmmi = { planned = \"2027-05\" }"),
        ("not-applied", "aimg-status = \"not-applied\""),
        (
            "matched",
            "aimg-status = \"eligible\"\nfirst-iteration = \"matched\"\n\"date.eligibility-notices\" = \"2027-01-15\"",
        ),
    ];
    for (name, answers) in people {
        let evaluation = json(&evaluate(name, answers));
        let mut wrong = Vec::new();
        conforms(&schema, &schema, &evaluation, "", &mut wrong);
        assert_eq!(wrong, [""; 0], "{name}");
        assert_eq!(evaluation["as_of"], "2026-11-23T09:00:00-06:00");
    }
}

/// The part of JSON Schema that our schema uses.
fn conforms(whole: &Value, schema: &Value, value: &Value, at: &str, wrong: &mut Vec<String>) {
    let mut complain = |what: String| wrong.push(format!("{at}: {what}"));
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let target = reference.strip_prefix('#').and_then(|path| whole.pointer(path));
        return conforms(whole, target.expect("a reference leads somewhere"), value, at, wrong);
    }
    if let Some(kinds) = schema.get("anyOf").or(schema.get("oneOf")).and_then(Value::as_array) {
        let fits = kinds.iter().any(|kind| {
            let mut wrong = Vec::new();
            conforms(whole, kind, value, at, &mut wrong);
            wrong.is_empty()
        });
        if !fits {
            complain(format!("{value} fits none"));
        }
        return;
    }
    if let Some(names) = schema.get("enum").and_then(Value::as_array)
        && !names.contains(value)
    {
        complain(format!("{value} is none of {names:?}"));
    }
    let types = match schema.get("type") {
        Some(Value::String(one)) => vec![one.as_str()],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        _ => return,
    };
    let is = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_i64() || number.is_u64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    if !types.contains(&is) {
        complain(format!("{value} is no {types:?}"));
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        if let Some(items) = schema.get("items") {
            conforms(whole, items, item, &format!("{at}/{index}"), wrong);
        }
    }
    let properties = schema.get("properties").and_then(Value::as_object);
    for key in schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
        if value.is_object() && value.get(key).is_none() {
            wrong.push(format!("{at}: {key} is missing"));
        }
    }
    let others = schema.get("additionalProperties").filter(|others| others.is_object());
    for (key, item) in value.as_object().into_iter().flatten() {
        match properties.and_then(|properties| properties.get(key)).or(others) {
            Some(property) => conforms(whole, property, item, &format!("{at}/{key}"), wrong),
            None => wrong.push(format!("{at}: the schema does not know {key}")),
        }
    }
}

#[test]
fn the_schema_is_really_looked_at() {
    let schema = json(&run(&["schema"]));
    let mut evaluation = json(&evaluate("changed", ""));
    evaluation["format"] = Value::from("one");
    evaluation["verdicts"][0]["verdict"] = Value::from("maybe");
    evaluation["verdicts"][1]["more"] = Value::Null;
    evaluation["checklist"] = Value::Null;
    evaluation.as_object_mut().expect("an object").remove("at_most_more");
    let mut wrong = Vec::new();
    conforms(&schema, &schema, &evaluation, "", &mut wrong);
    assert_eq!(wrong.len(), 5, "{wrong:#?}");
}

/// Somebody who will not do what the match asks for, and whose answers are otherwise complete.
const NOT_WILLING: &str = r#"
aimg-status = "waiting"
application-parts = "done"
mmi = "never"
carms-registered = "done"
first-iteration = "not-run-yet"
earlier-training = "none"
other-match = "none"
school = "international"
canada-note = "covers-me"
graduation = "graduated"
degree-by-deadline = true
status = "citizen"
residence-routes = ["high-school"]
high-school-full-years = 2
mccqe1 = "done"
nac-latest = "done"
english = "test"
english-test-on = "2025-09-14"
"#;

#[test]
fn a_change_is_given_as_the_answers_to_write_instead() {
    let before: toml::Table = NOT_WILLING.parse().expect("a file of answers");
    let evaluation = json(&evaluate("not-willing", NOT_WILLING));
    let mut seen = 0;
    for cell in evaluation["verdicts"].as_array().expect("a list") {
        for change in cell["changes"].as_array().expect("a list") {
            let mut after = before.clone();
            for (question, answer) in change["answers"].as_object().expect("a table") {
                after.insert(question.clone(), toml::Value::try_from(answer).expect("an answer"));
            }
            let turned = json(&evaluate("willing", &after.to_string()));
            let verdicts = turned["verdicts"].as_array().expect("a list");
            let same = verdicts.iter().find(|other| other["cell"] == cell["cell"]).expect("the same cells");
            assert_eq!(same["verdict"], change["becomes"], "{after}");
            seen += 1;
        }
    }
    assert!(seen > 0, "{evaluation:#}");
    assert_eq!(evaluation["verdicts"][1]["too_late"], Value::from(false));
    let too_late = json(&evaluate("not-applied", "aimg-status = \"not-applied\""));
    assert_eq!(too_late["verdicts"][1]["too_late"], Value::from(true));
}

/// What a wrong answers file is told; the status is 1 and nothing is written to standard output.
#[track_caller]
fn refused(name: &str, answers: &str, says: &[&str]) {
    let ran = evaluate(name, answers);
    assert_eq!(ran.status, Some(1), "{}", ran.err);
    assert_eq!(ran.out, "");
    for part in says {
        assert!(ran.err.contains(part), "{part:?} is not in:\n{}", ran.err);
    }
    assert!(ran.err.contains(name), "the file is not named in:\n{}", ran.err);
}

#[test]
fn wrong_answers_are_refused_by_name() {
    refused(
        "unknown-id",
        "aimg-statsu = \"waiting\"",
        &["unknown question \"aimg-statsu\"", "did you mean \"aimg-status\"?"],
    );
    refused(
        "unknown-choice",
        "aimg-status = \"wating\"",
        &["\"aimg-status\"", "\"wating\" is not one of its choices", "waiting"],
    );
    refused(
        "number-for-choice",
        "aimg-status = 3",
        &["\"aimg-status\": 3 does not fit", "one of not-applied, waiting"],
    );
    refused("boolean-for-choice", "aimg-status = true", &["\"aimg-status\": true does not fit"]);
    refused(
        "list-for-single",
        "aimg-status = [\"waiting\"]",
        &["\"aimg-status\": the list [\"waiting\"] does not fit"],
    );
    refused(
        "text-for-number",
        "high-school-full-years = \"two\"",
        &["\"high-school-full-years\"", "a whole number from 0 to 10"],
    );
    refused(
        "number-out-of-bounds",
        "high-school-full-years = 11",
        &["\"high-school-full-years\": 11 is not between 0 and 10"],
    );
    refused(
        "float",
        "high-school-full-years = 1.5",
        &["\"high-school-full-years\": 1.5 is not an answer that any question takes"],
    );
    refused("text-for-yes-no", "cap-done = \"perhaps\"", &["\"cap-done\"", "\"perhaps\""]);
    refused("event", "mmi = \"yes\"", &["\"mmi\"", "\"done\", \"not-yet\", \"never\" or { planned = \"2027-05\" }"]);
    refused("plan-for-choice", "aimg-status = { planned = \"2027\" }", &["\"aimg-status\": a plan does not fit"]);
    refused("plan-without-a-day", "mmi = { planned = \"soon\" }", &["\"mmi\": \"soon\" is not a date"]);
    refused("other-table", "mmi = { done = true }", &["\"mmi\""]);
    refused("impossible-day", "pr-since = \"2027-02-30\"", &["\"pr-since\": \"2027-02-30\" is not a date"]);
    refused(
        "day-out-of-bounds",
        "pr-since = \"1849-01-01\"",
        &["\"pr-since\": 1849-01-01 is not between 1950-01-01 and"],
    );
    refused(
        "none-and-more",
        "residence-routes = [\"none-of-these\", \"high-school\"]",
        &["\"residence-routes\": \"none-of-these\" excludes every other choice"],
    );
    refused("empty-list", "residence-routes = []", &["\"residence-routes\"", "a list of one or more"]);
    refused(
        "unknown-cell",
        "cells = [\"alberta/frist\"]",
        &["unknown cell \"alberta/frist\"", "did you mean \"alberta/first\"?"],
    );
    refused("cell-no-list", "cells = \"alberta/first\"", &["\"cells\" takes a list of cell ids"]);
    refused("unknown-date", "\"date.first-opnes\" = \"2027-01-01\"", &["unknown date \"first-opnes\"", "did you mean"]);
    refused("date-in-table", "[date]\nmmi-day = \"2027-01-01\"", &["unknown date \"mmi-day\""]);
    refused("published-date", "\"date.documents-due\" = \"2027-01-01\"", &["\"documents-due\"", "published"]);
    refused(
        "date-no-day",
        "\"date.eligibility-notices\" = \"2027-02-30\"",
        &["\"eligibility-notices\"", "not a calendar day"],
    );
    refused("no-toml", "aimg-status = \"waiting\"\nmmi = done\n", &["line 2"]);
    refused("twice", "mmi = \"done\"\nmmi = \"never\"\n", &["line 2", "duplicate key"]);
    refused("all-at-once", "aimg-status = 3\nmmmi = \"done\"", &["\"aimg-status\": 3", "unknown question \"mmmi\""]);
}

#[test]
fn answers_of_every_form_are_taken() {
    let answers = "aimg-status = \"waiting\"\ncap-done = true\nhigh-school-full-years = 2\nresidence-routes = [\"high-school\"]\n\
        pr-since = 2026-05-01\nmmi = { planned = 2027-05-01 }\nenglish-test-on = \"2026\"\nnac-latest = \"skipped\"\n\
        mccqe1 = \"dont-know\"\ncells = [\"alberta/second\"]\n\"date.eligibility-notices\" = 2027-01-15\n\"date.first-rank-list\" = 2027-02-17\n\
        \"date.first-review\" = \"2026-11-25T10:30\"\n";
    let evaluation = json(&evaluate("every-form", answers));
    // A day that is entered counts as one that is published: a deadline to its last second, without a time; an event from
    // its first. What was read elsewhere stands beside it.
    let rows = [
        ("eligibility-notices", "2027-01-15", "2027-01-15T00:00:00-06:00"),
        ("first-rank-list", "2027-02-17", "2027-02-17T23:59:59-05:00"),
        ("first-review", "2026-11-25", "2026-11-25T10:30:00-05:00"),
    ];
    for (id, day, instant) in rows {
        let entered = evaluation["timeline"].as_array().into_iter().flatten().find(|date| date["date"] == id);
        let entered = entered.unwrap_or_else(|| panic!("{id} is on the timeline"));
        assert_eq!([&entered["at"]["day"], &entered["at"]["instant"]], [day, instant], "{id}");
        assert_eq!((&entered["at"]["entered"], &entered["basis"]), (&true.into(), &"entered".into()), "{id}");
    }
}

#[test]
fn what_is_missing_is_named() {
    let nobody = answers_file("missing", "");
    let nobody = nobody.to_string_lossy();
    let ran = run(&["evaluate", "--cycle", "2027", "--as-of", AS_OF, "no-such-answers.toml"]);
    assert_eq!(ran.status, Some(1));
    assert!(ran.err.contains("no-such-answers.toml"), "{}", ran.err);
    for as_of in ["2026-11-23T09:00", "2026-11-23", "today", "2026-11-31T09:00-06:00"] {
        let ran = run(&["evaluate", "--cycle", "2027", "--as-of", as_of, &nobody]);
        assert_eq!(ran.status, Some(1), "{as_of}");
        assert!(ran.err.contains(as_of) && ran.err.contains("2026-11-23T09:00-06:00"), "{}", ran.err);
    }
    for args in [
        &["evaluate", "--cycle", "2072", "--as-of", AS_OF, &nobody][..],
        &["questions", "--cycle", "2072"],
        &["check", "--cycle", "2072"],
        &["diff", "2022", "2072"],
        &["diff", "2072", "2022"],
    ] {
        let ran = run(args);
        assert_eq!(ran.status, Some(1), "{args:?}");
        assert!(ran.err.contains("\"2072\"") && ran.err.contains("2022, 2027"), "{}", ran.err);
    }
    let ran = run(&["--rulebooks", "no-such-folder", "check"]);
    assert_eq!(ran.status, Some(1));
    assert!(ran.err.contains("no-such-folder"), "{}", ran.err);
}

#[test]
fn wrong_usage_has_a_status_of_its_own() {
    let nobody = answers_file("usage", "");
    let nobody = nobody.to_string_lossy();
    for args in [
        &[][..],
        &["chekc"],
        &["check", "--format", "xml"],
        &["check", "--cylce", "2027"],
        &["questions"],
        &["evaluate", "--cycle", "2027", &nobody],
        &["evaluate", "--as-of", AS_OF, &nobody],
        &["evaluate", "--cycle", "2027", "--as-of", AS_OF],
        &["diff"],
        &["diff", "2022"],
        &["diff", "2022", "2027", "2028"],
        &["diff", "2022", "2027", "--format", "xml"],
        &["build"],
    ] {
        let ran = run(args);
        assert_eq!(ran.status, Some(2), "{args:?}");
        assert!(!ran.err.is_empty() && ran.out.is_empty(), "{args:?}");
    }
    assert_eq!(run(&["--help"]).status, Some(0));
}

#[test]
fn two_cycles_are_compared_in_text_and_json() {
    let diff = json(&run(&["diff", "2022", "2027", "--format", "json"]));
    for (key, value) in [("format", Value::from(1)), ("years", Value::from(5))] {
        assert_eq!(diff[key], value);
    }
    assert_eq!([&diff["old"]["cycle"], &diff["new"]["cycle"]], ["2022", "2027"]);
    let changes = diff["changes"].as_array().expect("a list");
    let find = |kind: &str, id: &str| changes.iter().find(|change| change["kind"] == kind && change["id"] == id);
    assert_eq!(find("question", "casper").expect("a question that went")["change"], "removed");
    let part = |rule: &str, what: &str| {
        let rule = find("rule", rule).expect("a rule that changed");
        rule["parts"].as_array().into_iter().flatten().find(|part| part["what"] == what).expect("a part of it").clone()
    };
    assert_eq!(part("entry-over", "needed")["change"], "removed");
    assert_eq!(part("residence-option-b", "basis")["note"], "from weak to strong");
    let affected = &diff["affected"];
    assert_eq!(affected["not_compared"], Value::Null);
    for cell in affected["cells"].as_array().expect("a list") {
        for key in ["cell", "questions", "profiles", "only_old", "only_new", "changes", "spans"] {
            assert!(cell.get(key).is_some(), "{cell} has no {key}");
        }
        for change in cell["changes"].as_array().expect("a list").iter().take(3) {
            assert!(change["from"]["verdict"].is_string() && change["to"]["verdict"].is_string(), "{change}");
            // The example is for the command itself.
            for (side, cycle, verdict) in [("old", "2022", &change["from"]), ("new", "2027", &change["to"])] {
                let asked = &change["example"][side];
                let file = answers_file("example", asked["answers"].as_str().expect("an answers file"));
                let as_of = asked["as_of"].as_str().expect("a day");
                let file = file.to_string_lossy();
                let args = ["evaluate", "--cycle", cycle, "--as-of", as_of, "--format", "json", &file];
                let evaluation = json(&run(&args));
                let verdicts = evaluation["verdicts"].as_array().expect("a list");
                let found = verdicts.iter().find(|verdict| verdict["cell"] == cell["cell"]).expect("the cell");
                assert_eq!(found["verdict"], verdict["verdict"], "{change}");
            }
        }
    }
    let ran = run(&["diff", "2027", "2027"]);
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    for part in ["nothing changed", "every verdict stays", "alberta/first"] {
        assert!(ran.out.contains(part), "{part:?} is not in:\n{}", ran.out);
    }
}

/// The wall time and the offset of every date, as the tz database has them since Alberta's clocks stand still.
#[test]
fn dates_have_the_offsets_of_their_zones() {
    let evaluation = json(&evaluate("offsets", "\"date.eligibility-notices\" = \"2027-01-15\""));
    let mut edmonton_in_winter = 0;
    let mut toronto = 0;
    for date in evaluation["timeline"].as_array().expect("a list") {
        for end in ["at", "closes"] {
            let when = &date[end];
            let Some(instant) = when["instant"].as_str() else { continue };
            let day = when["day"].as_str().expect("a day");
            match when["zone"].as_str().expect("a zone") {
                "America/Edmonton" => {
                    // An end of the day is the last second before midnight: it has the day's own offset.
                    let winter = ("2025-11-02".."2026-03-08").contains(&day) || day < "2025-03-09";
                    assert!(instant.ends_with(if winter { "-07:00" } else { "-06:00" }), "{date}");
                    edmonton_in_winter += usize::from(("2026-11-01".."2027-03-14").contains(&day));
                }
                "America/Toronto" => {
                    toronto += usize::from(instant == "2027-01-05T12:00:00-05:00");
                }
                other => panic!("no date was expected in {other}: {date}"),
            }
        }
    }
    assert!(edmonton_in_winter > 0 && toronto > 0, "{edmonton_in_winter} in Edmonton, {toronto} in Toronto");
}

#[test]
fn outside_of_its_span_a_rulebook_gives_no_verdict() {
    let nobody = answers_file("outside", "");
    let args =
        ["evaluate", "--cycle", "2027", "--format", "json", "--as-of", "2030-01-01T00:00Z", &nobody.to_string_lossy()];
    let evaluation = json(&run(&args));
    assert_eq!(evaluation["outside_span"], true);
    assert_eq!(evaluation["verdicts"], Value::Array(Vec::new()));
}

#[test]
fn a_proof_is_kept_until_something_changes() {
    let out = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("proven");
    // A run of this test before may have left one.
    let _ = std::fs::remove_dir_all(&out);
    let folder = out.to_string_lossy();
    let prove = |options: &[&str]| {
        let ran = run(&[&["--rulebooks", "tests/rulebooks_bad/base", "prove", "--out", &folder], options].concat());
        assert_eq!(ran.status, Some(0), "{}", ran.err);
        ran.out
    };
    let is_kept = |said: &str| said.contains("already proven");
    assert!(!is_kept(&prove(&["--reuse"])), "there is nothing to keep");
    assert!(is_kept(&prove(&["--reuse"])));
    assert!(!is_kept(&prove(&[])), "without the option it proves");

    let file = out.join("proof.json");
    let text = std::fs::read_to_string(&file).expect("the proof");
    let proof: Value = serde_json::from_str(&text).expect("JSON");
    let hash = proof[0]["rulebook"].as_str().expect("a hash");
    std::fs::write(&file, text.replace(hash, "0123456789ab")).expect("the file can be written");
    assert!(!is_kept(&prove(&["--reuse"])), "the proof is of another rulebook");
    std::fs::write(&file, "[").expect("the file can be written");
    assert!(!is_kept(&prove(&["--reuse"])), "the proof cannot be read");
    let long_ago = std::fs::File::options().write(true).open(&file).expect("the proof");
    long_ago.set_modified(std::time::SystemTime::UNIX_EPOCH).expect("a time of change");
    assert!(!is_kept(&prove(&["--reuse"])), "the program is newer than the proof");
}

#[test]
fn build_writes_every_rulebook_and_its_manifest() {
    let out = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("built");
    let ran = run(&["build", "--out", &out.to_string_lossy()]);
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    let manifest = std::fs::read_to_string(out.join("manifest.json")).expect("a manifest");
    let manifest: Value = serde_json::from_str(&manifest).expect("JSON");
    let books = manifest["rulebooks"].as_array().expect("a list");
    assert!(books.iter().any(|book| book["cycle"] == manifest["default_cycle"]), "{manifest}");
    for book in books {
        let file = std::fs::read(out.join(book["file"].as_str().expect("a name"))).expect("a file");
        let unpacked = rules::packed::unpack(&file).expect("a rulebook");
        assert_eq!(Some(&*unpacked.hash), book["hash"].as_str());
        assert_eq!(Some(&*unpacked.cycle), book["cycle"].as_str());
    }
    // What changed since the cycle before, for readers: no part of how the program asks.
    let changes: Vec<&Value> = books.iter().map(|book| &book["changes"]).collect();
    assert_eq!(changes[0], &Value::Null, "nothing is older");
    let since: Vec<_> = changes.iter().skip(1).map(|changes| changes["since"].as_str()).collect();
    assert_eq!(since, [Some("2022"), Some("2027")]);
    let items = changes[2]["items"].as_array().expect("a list");
    let deadline =
        items.iter().find(|item| item["title"] == "Main deadline for supporting documents").expect("it moved");
    assert_eq!(
        (&deadline["kind"], &deadline["change"], &deadline["lines"][0]),
        (&json!("date"), &json!("changed"), &json!("day: 2026-06-05 → 2027-06-04 (1 day earlier in the cycle)"))
    );
    let kinds: BTreeSet<_> = items.iter().filter_map(|item| item["kind"].as_str()).collect();
    assert_eq!(kinds, BTreeSet::from(["conflict", "date", "document", "rule"]));
}
