//! Every rule in words, and where it comes from. It looks at nobody's answers.

use crate::components::grounds::{view_grounds, view_sources};
use crate::components::moment::view_moment;
use crate::components::node::{el, heading, link, many, with, words};
use crate::components::notices::view_notice;
use crate::components::part::{anchor, beside, fact, here, line, list, place, section};
use crate::components::tag::view_tag;
use crate::context::Context;
use crate::route::Page;
use rules::outline::{ConflictView, RuleView};
use rules::report::{Cited, MomentReport};
use rules::rulebook::{Basis, Sentence, Text};
use yew::{AttrValue, Html};

pub fn view(context: &Context) -> Html {
    let (text, outline, common) = (&context.text.sources, &context.outline, &context.text.common);
    let checked = (text.checked)(&common.date(outline.checked_on), &common.date(outline.check_by));
    let sections: [(&'static str, &'static str, Vec<Html>); 10] = [
        ("bases", text.bases, view_bases(context)),
        ("rules", text.rules, view_rules(context)),
        ("conflicts", text.conflicts, view_conflicts(context)),
        ("dates", text.dates, view_dates(context)),
        ("documents", text.documents, view_documents(context)),
        ("notices", text.notices, outline.all_notices.iter().map(|notice| view_notice(context, notice)).collect()),
        ("sentences", text.sentences, view_sentences(context)),
        ("glossary", text.glossary, view_glossary(context)),
        ("sources", text.sources, view_all(context)),
        ("privacy", text.privacy, text.kept.iter().map(|text| line("", *text)).collect()),
    ];
    let contents = sections.iter().map(|(id, title, _)| el("li", "", vec![link("", ["#", *id].concat(), *title)]));
    let contents = el("ul", "", contents.collect());
    let mut shown = vec![
        heading(text.title),
        line("eyebrow", outline.title.clone()),
        line("lead", text.lead),
        line("soft", checked),
        line("soft", common.unofficial),
        view_proof(context),
        section("contents", "contents", text.contents, vec![contents]),
    ];
    shown.extend(sections.into_iter().map(|(id, title, body)| section(id, "", title, body)));
    many(shown)
}

/// The proof's page is without the app: in this tab it would take the place of the answers.
fn view_proof(context: &Context) -> Html {
    let values = vec![Some(context.route.address(&context.route.proof()).into()), Some("_blank".into())];
    el("p", "", vec![with("a", &["href", "target"], values, vec![context.text.sources.proof.into()])])
}

fn view_bases(context: &Context) -> Vec<Html> {
    let text = &context.text.sources;
    let each = text.legend.iter().map(|(name, strong, meaning)| {
        let (look, weight) = if *strong { ("tag open", text.strong) } else { ("tag ask", text.weak) };
        el(
            "div",
            "row",
            vec![words("dt", "", *name), words("dd", "", *meaning), el("dd", "", vec![view_tag(look, weight)])],
        )
    });
    vec![line("", text.bases_lead), el("dl", "rows", each.collect())]
}

fn view_rules(context: &Context) -> Vec<Html> {
    let rules = &context.outline.rules;
    let names = rules.iter().map(|rule| el("li", "", vec![link("", here("rule", &rule.id), rule.title.clone())]));
    let mut shown = vec![line("", context.text.sources.rules_lead), el("ul", "columns", names.collect())];
    shown.extend(rules.iter().map(|rule| view_rule(context, rule)));
    shown
}

fn view_rule(context: &Context, rule: &RuleView) -> Html {
    let text = &context.text.sources;
    let mut shown = vec![words("h3", "", rule.title.clone()), line("", rule.text.clone())];
    shown.extend(rule.conflict.iter().map(|title| line("strong", (text.disagree_on)(title))));
    for (reading, basis, cited) in &rule.readings {
        shown.extend(reading.iter().map(|reading| view_named("", text.reading, reading.clone())));
        shown.push(view_basis(context, basis, cited));
    }
    if !rule.cells.is_empty() {
        shown.push(view_named("source", text.used_in, rule.cells.join("; ")));
    }
    place("article", anchor("rule", &rule.id), "rule", shown)
}

/// A text after its name, in one line.
fn view_named(class: &'static str, name: &'static str, text: impl Into<AttrValue>) -> Html {
    el("p", class, vec![beside(words("span", "strong", name), words("span", "", text))])
}

/// Basis and sources, both in plain view.
fn view_basis(context: &Context, basis: &Basis, cited: &[Cited]) -> Html {
    let common = &context.text.common;
    many(vec![line("source strong", common.basis(basis)), view_sources(common, cited)])
}

fn view_conflicts(context: &Context) -> Vec<Html> {
    let text = &context.text.sources;
    let each = context.outline.conflicts.iter().map(|conflict: &ConflictView| {
        let readings: Vec<Text> = conflict.readings.iter().map(|reading| reading.text.clone()).collect();
        place(
            "article",
            anchor("conflict", &conflict.id),
            "rule",
            vec![
                words("h3", "", conflict.title.clone()),
                line("", conflict.text.clone()),
                list("", &readings),
                view_named("", text.likely, conflict.likely.clone()),
            ],
        )
    });
    [line("", text.conflicts_lead)].into_iter().chain(each).collect()
}

fn view_dates(context: &Context) -> Vec<Html> {
    let each = context.outline.timeline.iter().map(|entry| {
        let mut shown = vec![line("strong", entry.title.clone()), view_end(context, &entry.at)];
        shown.extend(entry.closes.iter().map(|closes| view_end(context, closes)));
        el("li", "", shown)
    });
    view_brief(context, context.text.sources.dates_lead, Page::Timeline, context.text.timeline.title, each.collect())
}

fn view_end(context: &Context, end: &MomentReport) -> Html {
    let moment = el("p", "", vec![view_moment(context, end)]);
    el("div", "", vec![moment, view_grounds(&context.text.common, &end.basis, &end.cited)])
}

fn view_documents(context: &Context) -> Vec<Html> {
    let each = context.outline.documents.iter().map(|item| {
        let grounds = view_grounds(&context.text.common, &item.basis, &item.cited);
        el("li", "", vec![line("strong", item.title.clone()), grounds])
    });
    view_brief(
        context,
        context.text.sources.documents_lead,
        Page::Checklist,
        context.text.checklist.title,
        each.collect(),
    )
}

/// A list of what another page shows in full.
fn view_brief(context: &Context, lead: &'static str, page: Page, title: &'static str, each: Vec<Html>) -> Vec<Html> {
    vec![line("", lead), el("p", "", vec![link("", context.href(page), title)]), el("ul", "plain brief", each)]
}

fn view_sentences(context: &Context) -> Vec<Html> {
    let text = &context.text.sources;
    let column = |name: &'static str| with("th", &["scope"], vec![Some("col".into())], vec![words("span", "", name)]);
    let head = el("tr", "", vec![column(text.number), column(text.sentence), column(text.became)]);
    let rows = context.outline.sentences.iter().map(|sentence| view_sentence(context, sentence)).collect();
    let table = vec![el("thead", "", vec![head]), el("tbody", "", rows)];
    vec![line("", text.sentences_lead), el("table", "stack", table)]
}

fn view_sentence(context: &Context, sentence: &Sentence) -> Html {
    let became = sentence.became.iter().map(|id| el("li", "", vec![view_became(context, id)])).collect();
    el(
        "tr",
        "",
        vec![
            words("td", "", sentence.n.to_string()),
            words("td", "", sentence.text.clone()),
            el("td", "", vec![el("ul", "plain", became)]),
        ],
    )
}

/// A link to what a sentence became: `rule:mmi-done`.
fn view_became(context: &Context, reference: &str) -> Html {
    let (kind, id) = reference.split_once(':').unwrap_or(("", reference));
    let (href, name, title) = target(context, kind, id);
    let title = title.map_or_else(|| AttrValue::from(id.to_owned()), |title| title.clone().into());
    beside(words("span", "soft", name), link("", href, title))
}

fn target<'a>(context: &'a Context, kind: &str, id: &str) -> (AttrValue, &'static str, Option<&'a Text>) {
    let outline = &context.outline;
    let [rule, question, document, date, stage, notice] = context.text.sources.kinds;
    let on = |page: Page| AttrValue::from([&*context.href(page), &here(kind, id)].concat());
    match kind {
        "rule" => {
            let found = outline.rules.iter().find(|known| *known.id == *id);
            (here(kind, id), rule, found.map(|found| &found.title))
        }
        "question" => {
            let found = outline.questions.iter().find(|known| *known.id == *id);
            (context.href(Page::Question(id.to_owned())).into(), question, found.map(|found| &found.short))
        }
        "document" => {
            let found = outline.documents.iter().find(|known| *known.id == *id);
            (on(Page::Checklist), document, found.map(|found| &found.title))
        }
        "date" => {
            let found = outline.timeline.iter().find(|known| *known.id == *id);
            (on(Page::Timeline), date, found.map(|found| &found.title))
        }
        "stage" => {
            let found = outline.stages.iter().find(|known| *known.id == *id);
            (on(Page::Iterations), stage, found.map(|found| &found.title))
        }
        _ => {
            let found = outline.all_notices.iter().find(|known| *known.id == *id);
            (here(kind, id), notice, found.map(|found| &found.title))
        }
    }
}

fn view_glossary(context: &Context) -> Vec<Html> {
    let terms = context.outline.glossary.iter();
    let each = terms.map(|term| fact(term.id.clone(), words("span", "", term.text.clone())));
    vec![el("dl", "rows", each.collect())]
}

fn view_all(context: &Context) -> Vec<Html> {
    let sources = &context.outline.sources;
    vec![line("", (context.text.sources.sources_lead)(sources.len())), view_sources(&context.text.common, sources)]
}
