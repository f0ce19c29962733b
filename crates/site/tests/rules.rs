//! The page of rules and sources, drawn from the real rulebooks.

use rulebook::compile;
use rules::catalog::{Catalog, catalog};
use rules::outline::outline;
use rules::rulebook::Rulebook;
use self_check::context::Context;
use self_check::pages::view;
use self_check::route::{Page, Route};
use self_check::session::Session;
use self_check::text::Language;
use site::data::{Change, Changes, How, Kind, RulebookFile};
use site::general::{self, General};
use std::path::Path;
use std::rc::Rc;
use tokio::{runtime::Builder, task::LocalSet};
use yew::{BaseComponent, Callback, Html, LocalServerRenderer, Properties, component};

fn book(cycle: &str) -> Rulebook {
    compile::compile(Path::new("../../rulebooks"), cycle, "en").expect("the rulebook compiles")
}

fn catalog_of(cycle: &str) -> Catalog {
    catalog(&book(cycle))
}

fn context(cycle: &str, page: Page) -> Context {
    let book = book(cycle);
    let outline = Rc::new(outline(&book));
    Context {
        text: Language::En.messages(),
        route: Route { language: Language::En, cycle: None, page },
        report: None,
        session: Rc::new(Session::default()),
        misfits: Rc::default(),
        tried: None,
        epoch: 0,
        root: "".into(),
        cycles: [outline.cycle.clone()].into(),
        default_cycle: outline.cycle.clone(),
        general: None,
        is_whole: true,
        on: Callback::noop(),
        outline,
    }
}

#[derive(PartialEq, Properties)]
struct DrawnProps {
    context: Context,
}

/// What the site reads of a cycle, without the rules themselves.
fn file(cycle: &str, changes: Option<Changes>) -> RulebookFile {
    let book = compile::compile(Path::new("../../rulebooks"), cycle, "en").expect("the rulebook compiles");
    let (file, bytes) = (String::new(), Vec::new());
    RulebookFile { cycle: cycle.to_owned(), language: "en".to_owned(), file, sentences: book.sentences, changes, bytes }
}

#[component]
fn Drawn(props: &DrawnProps) -> Html {
    view(&props.context)
}

fn html<C: BaseComponent>(props: C::Properties) -> String {
    let runtime = Builder::new_current_thread().build().expect("a runtime");
    let renderer = LocalServerRenderer::<C>::with_props(props).hydratable(false);
    runtime.block_on(LocalSet::new().run_until(renderer.render()))
}

/// The values of an attribute, in order.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    html.split(&*start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_rule_and_every_sentence_can_be_read() {
    for cycle in ["2022", "2027"] {
        let here = context(cycle, Page::Sources);
        let catalog = catalog_of(cycle);
        let html_of_rules = html::<General>(general::rules(&here, &catalog, &file(cycle, None)));
        let ids = values(&html_of_rules, "id");
        for rule in &catalog.rules {
            assert!(ids.contains(&&*format!("rule-{}", rule.id)), "{cycle}: {}", rule.id);
        }
        assert_eq!(html_of_rules.matches("<tr").count(), 22, "{cycle}: 21 sentences and the heading");
        assert!(!ids.contains(&"changes"), "nothing is older");
        // It says of which rulebook it tells.
        assert_eq!(values(&html_of_rules, "data-general"), [&*here.outline.rulebook]);
        for (page, path) in
            [(Page::Checklist, "checklist"), (Page::Timeline, "timeline"), (Page::Iterations, "iterations")]
        {
            let there = html::<Drawn>(DrawnProps { context: context(cycle, page) });
            let there = values(&there, "id");
            let start = format!("./{path}.html#");
            let targets = values(&html_of_rules, "href").into_iter().filter_map(|href| href.strip_prefix(&*start));
            for target in targets.collect::<Vec<_>>() {
                assert!(there.contains(&target), "{cycle}: no #{target} on the page {path}");
            }
        }
    }
}

#[test]
fn what_changed_is_told_by_kind_with_days_in_words() {
    let change = |kind, title: &str, change, line: &str| Change {
        kind,
        title: title.to_owned(),
        change,
        lines: vec![line.to_owned()],
    };
    let changes = Changes {
        since: "2026".to_owned(),
        items: vec![
            change(Kind::Rule, "A rule", How::Removed, "basis: inferred"),
            change(Kind::Date, "A day", How::Changed, "day: 2026-06-05 → 2027-06-04 at 15:30 (until 2027-06-05)"),
        ],
    };
    let here = context("2027", Page::Sources);
    let html = html::<General>(general::rules(&here, &catalog_of("2027"), &file("2027", Some(changes))));
    let section =
        html.split("id=\"changes\"").nth(1).and_then(|rest| rest.split("</details>").next()).expect("a section");
    let order =
        ["since the 2026 cycle", "Dates", "A day", "Rules", "A rule", "Not here"].map(|text| section.find(text));
    assert!(order.iter().all(Option::is_some) && order.is_sorted(), "{order:?}: {section}");
    assert!(section.contains("day: June 5, 2026 → June 4, 2027 at 15:30 (until June 5, 2027)"), "{section}");
    // Kinds of which nothing changed have no heading.
    assert!(!section.contains("Documents"), "{section}");
}
