//! What everybody is shown before any answer.

use crate::toy::{grounds, picnic};
use rules::catalog::catalog;
use rules::outline::outline;
use rules::rulebook::{Basis, Body, Condition, QuestionIx, RuleIx, Rulebook, Text};

#[test]
fn a_notice_for_some_people_is_no_notice_for_everybody() {
    let mut book = picnic();
    let mut rain = book.notices[0].clone();
    rain.id = "rain".into();
    rain.show_when = Condition::Is(QuestionIx(0), 4);
    book.notices.insert(0, rain);
    let (outline, catalog) = (outline(&book), catalog(&book));
    let ids = |notices: &[rules::report::NoticeReport]| -> Vec<Text> { notices.iter().map(|n| n.id.clone()).collect() };
    assert_eq!(ids(&outline.notices), ["leave-no-trace".into()]);
    assert_eq!(ids(&catalog.notices), ["rain".into(), "leave-no-trace".into()]);
}

#[test]
fn every_source_is_listed() {
    let catalog = catalog(&picnic());
    let sources: Vec<(&str, &str)> = catalog.sources.iter().map(|source| (&*source.id, &*source.url)).collect();
    assert_eq!(sources, [("park-notice", "https://park.example/picnics"), ("neighbour", "https://neighbour.example")]);
}

#[test]
fn a_rule_names_the_cells_that_look_at_it_through_other_rules_too() {
    let mut book = picnic();
    let rule = |book: &Rulebook, id: &str| {
        RuleIx::nth(book.rules.iter().position(|rule| &*rule.id == id).expect("a rule of the picnic"))
    };
    let (dry, calm, food) = (rule(&book, "dry"), rule(&book, "calm"), rule(&book, "food"));
    // The picnic requires fair weather, and fair weather is dry and calm; nothing asks for food, permit or pass.
    let fair = Condition::All(vec![Condition::Rule(dry), Condition::Rule(calm)]);
    book.rules[food.index()].id = "fair".into();
    book.rules[food.index()].body = Body::Plain(fair, grounds(Basis::Stated));
    book.cells[0].requires = vec![food];
    let rows = [
        ("fair", true),
        ("dry", true),
        ("calm", true),
        ("picnic-over", true),
        ("permit-held", false),
        ("pass-valid", false),
    ];
    let catalog = catalog(&book);
    assert_eq!(catalog.rules.len(), rows.len());
    for (id, looked_at) in rows {
        let rule = catalog.rules.iter().find(|rule| &*rule.id == id).expect("a rule");
        let cells: Vec<&str> = rule.cells.iter().map(|title| &**title).collect();
        assert_eq!(cells, if looked_at { vec!["Picnic in the park"] } else { vec![] }, "{id}");
    }
}

#[test]
fn a_rule_belongs_to_the_subject_of_the_first_question_that_it_looks_at() {
    let mut book = picnic();
    let topic = |book: &Rulebook, id: &str| {
        let catalog = catalog(book);
        let rule = catalog.rules.iter().find(|rule| &*rule.id == id).expect("a rule of the picnic");
        rule.topic.as_ref().map(|topic| topic.id.to_string())
    };
    let own = topic(&book, "dry");
    assert!(own.is_some(), "it looks at a question");
    // Through another rule, and past a part that looks at none.
    let dry = book.rules.iter().position(|rule| &*rule.id == "dry").map(RuleIx::nth).expect("a rule of the picnic");
    let food = book.rules.iter().position(|rule| &*rule.id == "food").expect("a rule of the picnic");
    let parts = vec![Condition::Const(true), Condition::Rule(dry)];
    book.rules[food].body = Body::Plain(Condition::All(parts), grounds(Basis::Stated));
    assert_eq!(topic(&book, "food"), own);
    book.rules[food].body = Body::Plain(Condition::Const(true), grounds(Basis::Stated));
    assert_eq!(topic(&book, "food"), None);
}
