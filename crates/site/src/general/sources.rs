//! Every rule in words, and where it comes from. It looks at nobody's answers.

use super::changes;
use crate::data::RulebookFile;
use crate::text::sources::Sources;
use crate::text::words;
use rules::catalog::{Catalog, ConflictView, RuleView};
use rules::report::{ChecklistItem, MomentReport, TimelineEntry};
use rules::rulebook::{Sentence, Text};
use self_check::components::grounds::{view_grounds, view_sources};
use self_check::components::moment::view_moment;
use self_check::components::node::{line, link, some, words as say};
use self_check::components::notices::view_notice;
use self_check::components::part::{anchor, fold, here, list, named};
use self_check::components::tag::view_tag;
use self_check::context::Context;
use self_check::route::Page;
use yew::{AttrValue, Html, html};

fn text(context: &Context) -> &'static Sources {
    &words(context.route.language).sources
}

/// One element, which names the rulebook that it is about.
pub fn view(context: &Context, catalog: &Catalog, file: &RulebookFile) -> Html {
    let (text, outline, common) = (text(context), &context.outline, &context.text.common);
    let since = file.changes.as_ref().map_or_else(String::new, |changes| (text.changes)(&changes.since));
    let mut sections: Vec<(&'static str, &str, Html)> = vec![
        ("bases", text.bases, view_bases(context)),
        ("rules", text.rules, view_rules(context, catalog)),
        ("conflicts", text.conflicts, view_conflicts(context, catalog)),
        ("dates", text.dates, view_dates(context)),
        ("documents", text.documents, view_documents(context)),
        ("notices", text.notices, catalog.notices.iter().map(|notice| view_notice(common, notice)).collect()),
        ("sentences", text.sentences, view_sentences(context, catalog, &file.sentences)),
        ("glossary", text.glossary, view_glossary(context)),
        ("sources", text.sources, view_all(context, catalog)),
        ("privacy", text.privacy, text.kept.iter().map(|text| line("", *text)).collect()),
    ];
    if let Some(changes) = &file.changes {
        sections.insert(3, ("changes", &since, changes::view(context, text, changes)));
    }
    html! {
        <div data-general={outline.rulebook.clone()}>
            {line("eyebrow", outline.title.clone())}
            {line("", text.lead)}
            {line("soft", (text.checked)(&common.date(outline.checked_on), &common.date(catalog.check_by)))}
            {line("soft", common.unofficial)}
            // The proof's page is without the app: in this tab it would take the place of the answers.
            <p><a href={context.route.address(&context.route.proof())} target="_blank">{text.proof}</a></p>
            {for sections.into_iter().map(|(id, title, shown)| fold(id.into(), "section", say("h2", "", title.to_owned()), shown))}
        </div>
    }
}

fn view_bases(context: &Context) -> Html {
    let text = text(context);
    let each = text.legend.iter().map(|(name, strong, meaning)| {
        let (look, weight) = if *strong { ("tag open", text.strong) } else { ("tag ask", text.weak) };
        html! {
            <div class="row">{say("dt", "", *name)}{say("dd", "", *meaning)}<dd>{view_tag(look, weight)}</dd></div>
        }
    });
    html! { <>{line("", text.bases_lead)}<dl class="rows">{for each}</dl></> }
}

/// By what they are about; the rules that look at dates alone come last.
fn view_rules(context: &Context, catalog: &Catalog) -> Html {
    let text = text(context);
    let by_topic = catalog.topics.iter().map(|topic| (Some(&topic.id), topic.text.clone()));
    let groups = by_topic.chain([(None, text.dates_alone.into())]).map(|(topic, title)| {
        let rules = catalog.rules.iter().filter(|rule| rule.topic.as_ref().map(|topic| &topic.id) == topic);
        let rules: Vec<Html> = rules.map(|rule| view_rule(context, rule)).collect();
        if rules.is_empty() {
            return html! {};
        }
        html! { <>{say("h3", "", title)}{for rules}</> }
    });
    html! { <>{line("", text.rules_lead)}{for groups}</> }
}

fn view_rule(context: &Context, rule: &RuleView) -> Html {
    let (text, common) = (text(context), &context.text.common);
    let readings = rule.readings.iter().map(|(reading, basis, cited)| {
        html! {
            <>
                {reading.as_ref().map(|reading| view_named("", text.reading, reading.clone()))}
                {view_grounds(common, basis, cited)}
            </>
        }
    });
    let shown = html! {
        <>
            {line("", rule.text.clone())}
            {rule.conflict.as_ref().map(|title| line("strong", (text.disagree_on)(title)))}
            {for readings}
            if !rule.cells.is_empty() {
                {view_named("source", text.used_in, rule.cells.join("; "))}
            }
            // What to name who reports a mistake in it.
            {line("source ready", (text.named)(&rule.id, &context.outline.cycle, &context.outline.rulebook))}
        </>
    };
    fold(anchor("rule", &rule.id), "rule", say("h4", "", rule.title.clone()), shown)
}

/// A text after its name, in one line.
fn view_named(class: &'static str, name: &'static str, text: impl Into<AttrValue>) -> Html {
    html! { <p class={some(class)}>{say("span", "strong", name)}{" "}{say("span", "", text)}</p> }
}

fn view_conflicts(context: &Context, catalog: &Catalog) -> Html {
    let text = text(context);
    let each = catalog.conflicts.iter().map(|conflict: &ConflictView| {
        let readings: Vec<Text> = conflict.readings.iter().map(|reading| reading.text.clone()).collect();
        let shown = html! {
            <>
                {line("", conflict.text.clone())}
                {list("", &readings)}
                {view_named("", text.likely, conflict.likely.clone())}
            </>
        };
        fold(anchor("conflict", &conflict.id), "rule", say("h3", "", conflict.title.clone()), shown)
    });
    html! { <>{line("", text.conflicts_lead)}{for each}</> }
}

fn view_dates(context: &Context) -> Html {
    let each = context.outline.timeline.iter().map(|entry: &TimelineEntry| {
        html! {
            <li>
                {line("strong", entry.title.clone())}
                {view_end(context, &entry.at)}
                {entry.closes.as_ref().map(|closes| view_end(context, closes))}
            </li>
        }
    });
    let title = context.text.timeline.title;
    view_brief(context, text(context).dates_lead, Page::Timeline, title, each.collect())
}

fn view_end(context: &Context, end: &MomentReport) -> Html {
    html! {
        <div>
            <p>{view_moment(context, end)}</p>
            {view_grounds(&context.text.common, &end.basis, &end.cited)}
        </div>
    }
}

fn view_documents(context: &Context) -> Html {
    let each = context.outline.documents.iter().map(|item: &ChecklistItem| {
        let grounds = view_grounds(&context.text.common, &item.basis, &item.cited);
        html! { <li>{line("strong", item.title.clone())}{grounds}</li> }
    });
    let title = context.text.checklist.title;
    view_brief(context, text(context).documents_lead, Page::Checklist, title, each.collect())
}

/// A list of what another page shows in full.
fn view_brief(context: &Context, lead: &'static str, page: Page, title: &'static str, each: Html) -> Html {
    html! {
        <>
            {line("", lead)}
            <p>{link("", context.href(page), title)}</p>
            <ul class="plain brief">{each}</ul>
        </>
    }
}

fn view_sentences(context: &Context, catalog: &Catalog, sentences: &[Sentence]) -> Html {
    let text = text(context);
    let columns = [text.number, text.sentence, text.became];
    let columns = columns.map(|name| html! { <th scope="col">{say("span", "", name)}</th> });
    html! {
        <>
            {line("", text.sentences_lead)}
            <table class="stack">
                <thead><tr>{for columns}</tr></thead>
                <tbody>{for sentences.iter().map(|sentence| view_sentence(context, catalog, sentence))}</tbody>
            </table>
        </>
    }
}

fn view_sentence(context: &Context, catalog: &Catalog, sentence: &Sentence) -> Html {
    let became = sentence.became.iter().map(|id| html! { <li>{view_became(context, catalog, id)}</li> });
    html! {
        <tr>
            {say("td", "", sentence.n.to_string())}
            {say("td", "", sentence.text.clone())}
            <td><ul class="plain">{for became}</ul></td>
        </tr>
    }
}

/// A link to what a sentence became: `rule:mmi-done`.
fn view_became(context: &Context, catalog: &Catalog, reference: &str) -> Html {
    let (kind, id) = reference.split_once(':').unwrap_or(("", reference));
    let (href, name, title) = target(context, catalog, kind, id);
    let title = title.map_or_else(|| AttrValue::from(id.to_owned()), |title| title.clone().into());
    html! { <>{say("span", "soft", name)}{" "}{link("", href, title)}</> }
}

fn target<'a>(
    context: &'a Context,
    catalog: &'a Catalog,
    kind: &str,
    id: &str,
) -> (AttrValue, &'static str, Option<&'a Text>) {
    let outline = &context.outline;
    let [rule, question, document, date, stage, notice] = text(context).kinds;
    let on = |page: Page| AttrValue::from([&*context.href(page), &here(kind, id)].concat());
    match kind {
        "rule" => {
            let found = catalog.rules.iter().find(|known| *known.id == *id);
            (here(kind, id), rule, found.map(|found| &found.title))
        }
        "question" => {
            let found = outline.question(id);
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
            let found = catalog.notices.iter().find(|known| *known.id == *id);
            (here(kind, id), notice, found.map(|found| &found.title))
        }
    }
}

fn view_glossary(context: &Context) -> Html {
    let terms = context.outline.glossary.iter();
    html! { <dl class="rows">{for terms.map(|term| named(term.id.clone(), term.text.clone()))}</dl> }
}

fn view_all(context: &Context, catalog: &Catalog) -> Html {
    let sources = &catalog.sources;
    html! {
        <>
            {line("", (text(context).sources_lead)(sources.len()))}
            {view_sources(&context.text.common, sources)}
        </>
    }
}
