//! Every rule in words, and where it comes from. It looks at nobody's answers.

use super::PageProps;
use crate::components::{anchor, grounds, moment, notices, tag, view_line};
use crate::route::Page;
use rules::outline::{ConflictView, RuleView};
use rules::report::{Cited, MomentReport};
use rules::rulebook::{Basis, Sentence, Text};
use yew::{Html, html};

pub fn view(props: &PageProps) -> Html {
    let (words, outline) = (&props.text.sources, &props.outline);
    let common = &props.text.common;
    let checked = (words.checked)(&common.date(outline.checked_on), &common.date(outline.check_by));
    let sections: [(&str, &'static str, Html); 10] = [
        ("bases", words.bases, view_bases(props)),
        ("rules", words.rules, view_rules(props)),
        ("conflicts", words.conflicts, view_conflicts(props)),
        ("dates", words.dates, view_dates(props)),
        ("documents", words.documents, view_documents(props)),
        (
            "notices",
            words.notices,
            outline.all_notices.iter().map(|notice| notices::view_notice(props, notice)).collect(),
        ),
        ("sentences", words.sentences, view_sentences(props)),
        ("glossary", words.glossary, view_glossary(props)),
        ("sources", words.sources, view_all(props)),
        ("privacy", words.privacy, words.kept.iter().map(|text| view_line("", *text)).collect()),
    ];
    let contents = sections.iter().map(|(id, heading, _)| {
        html! { <li key={*id}><a href={["#", *id].concat()}>{*heading}</a></li> }
    });
    let contents: Html = contents.collect();
    let sections = sections.into_iter().map(|(id, heading, body)| {
        html! { <section key={id} aria-labelledby={id}><h2 id={id}>{heading}</h2>{body}</section> }
    });
    html! {
        <>
            <h1 tabindex="-1">{words.title}</h1>
            <p class="eyebrow">{outline.title.clone()}</p>
            <p class="lead">{words.lead}</p>
            <p class="soft">{checked}</p>
            <p class="soft">{common.unofficial}</p>
            <nav class="contents" aria-labelledby="contents">
                <h2 id="contents">{words.contents}</h2>
                <ul>{contents}</ul>
            </nav>
            {for sections}
        </>
    }
}

fn view_bases(props: &PageProps) -> Html {
    let words = &props.text.sources;
    let each = words.legend.iter().map(|(name, strong, text)| {
        let weight = if *strong { tag::view_tag("open", words.strong) } else { tag::view_tag("ask", words.weak) };
        html! {
            <div key={*name} class="row">
                <dt>{*name}</dt>
                <dd>{*text}</dd>
                <dd>{weight}</dd>
            </div>
        }
    });
    html! { <><p>{words.bases_lead}</p><dl class="rows">{for each}</dl></> }
}

fn view_rules(props: &PageProps) -> Html {
    let words = &props.text.sources;
    let rules = &props.outline.rules;
    let names = rules.iter().map(|rule| {
        html! { <li key={&*rule.id}><a href={["#", &anchor("rule", &rule.id)].concat()}>{rule.title.clone()}</a></li> }
    });
    html! {
        <>
            <p>{words.rules_lead}</p>
            <ul class="columns">{for names}</ul>
            {for rules.iter().map(|rule| view_rule(props, rule))}
        </>
    }
}

fn view_rule(props: &PageProps, rule: &RuleView) -> Html {
    let words = &props.text.sources;
    let conflict = rule.conflict.iter().map(|title| view_line("strong", (words.disagree_on)(title)));
    let used = (!rule.cells.is_empty()).then(|| {
        let cells = rule.cells.join("; ");
        html! { <p key="used" class="source"><span class="strong">{words.used_in}</span>{" "}<span>{cells}</span></p> }
    });
    let readings = rule.readings.iter().enumerate().map(|(idx, (text, basis, cited))| {
        html! {
            <div key={idx}>
                {for text.iter().map(|text| html! { <p key="text"><span class="strong">{words.reading}</span>{" "}<span>{text.clone()}</span></p> })}
                {view_basis(props, basis, cited)}
            </div>
        }
    });
    html! {
        <article key={&*rule.id} id={anchor("rule", &rule.id)} class="rule">
            <h3>{rule.title.clone()}</h3>
            <p>{rule.text.clone()}</p>
            {for conflict}
            {for readings}
            {for used}
        </article>
    }
}

/// Basis and sources, both in plain view.
fn view_basis(props: &PageProps, basis: &Basis, cited: &[Cited]) -> Html {
    let common = &props.text.common;
    html! { <>{view_line("source strong", common.basis(basis))}{grounds::view_sources(common, cited)}</> }
}

fn view_conflicts(props: &PageProps) -> Html {
    let words = &props.text.sources;
    let each = props.outline.conflicts.iter().map(|conflict: &ConflictView| {
        let readings =
            conflict.readings.iter().map(|reading| html! { <li key={&*reading.id}>{reading.text.clone()}</li> });
        html! {
            <article key={&*conflict.id} id={anchor("conflict", &conflict.id)} class="rule">
                <h3>{conflict.title.clone()}</h3>
                <p>{conflict.text.clone()}</p>
                <ul>{for readings}</ul>
                <p><span class="strong">{words.likely}</span>{" "}<span>{conflict.likely.clone()}</span></p>
            </article>
        }
    });
    html! { <><p>{words.conflicts_lead}</p>{for each}</> }
}

fn view_dates(props: &PageProps) -> Html {
    let each = props.outline.timeline.iter().map(|entry| {
        let ends = [Some(&entry.at), entry.closes.as_ref()].into_iter().flatten();
        html! {
            <li key={&*entry.id}>
                <p class="strong">{entry.title.clone()}</p>
                {for ends.map(|end| view_end(props, end))}
            </li>
        }
    });
    html! {
        <>
            <p>{props.text.sources.dates_lead}</p>
            <p><a href={props.href(Page::Timeline)}>{props.text.timeline.title}</a></p>
            <ul class="plain brief">{for each}</ul>
        </>
    }
}

fn view_end(props: &PageProps, end: &MomentReport) -> Html {
    html! {
        <div key={&*end.id}>
            <p>{moment::view_moment(props, end)}</p>
            {grounds::view_grounds(&props.text.common, &end.basis, &end.cited)}
        </div>
    }
}

fn view_documents(props: &PageProps) -> Html {
    let each = props.outline.documents.iter().map(|item| {
        html! {
            <li key={&*item.id}>
                <p class="strong">{item.title.clone()}</p>
                {grounds::view_grounds(&props.text.common, &item.basis, &item.cited)}
            </li>
        }
    });
    html! {
        <>
            <p>{props.text.sources.documents_lead}</p>
            <p><a href={props.href(Page::Checklist)}>{props.text.checklist.title}</a></p>
            <ul class="plain brief">{for each}</ul>
        </>
    }
}

fn view_sentences(props: &PageProps) -> Html {
    let words = &props.text.sources;
    html! {
        <>
            <p>{words.sentences_lead}</p>
            <table class="stack">
                <thead>
                    <tr>
                        <th scope="col">{words.number}</th>
                        <th scope="col">{words.sentence}</th>
                        <th scope="col">{words.became}</th>
                    </tr>
                </thead>
                <tbody>{for props.outline.sentences.iter().map(|sentence| view_sentence(props, sentence))}</tbody>
            </table>
        </>
    }
}

fn view_sentence(props: &PageProps, sentence: &Sentence) -> Html {
    let became = sentence.became.iter().map(|id| html! { <li key={&**id}>{view_became(props, id)}</li> });
    html! {
        <tr key={sentence.n}>
            <td>{sentence.n}</td>
            <td>{sentence.text.clone()}</td>
            <td><ul class="plain">{for became}</ul></td>
        </tr>
    }
}

/// A link to what a sentence became: `rule:mmi-done`.
fn view_became(props: &PageProps, reference: &str) -> Html {
    let (kind, id) = reference.split_once(':').unwrap_or(("", reference));
    let (href, name, title) = target(props, kind, id);
    let title = title.map_or_else(|| id.to_owned(), ToString::to_string);
    html! { <><span class="soft">{name}</span>{" "}<a href={href}>{title}</a></> }
}

fn target<'a>(props: &'a PageProps, kind: &str, id: &str) -> (String, &'static str, Option<&'a Text>) {
    let outline = &props.outline;
    let [rule, question, document, date, stage, notice] = props.text.sources.kinds;
    let on = |page: Page| [props.href(page), "#".to_owned(), anchor(kind, id)].concat();
    match kind {
        "rule" => {
            let found = outline.rules.iter().find(|known| &*known.id == id);
            (["#", &anchor(kind, id)].concat(), rule, found.map(|found| &found.title))
        }
        "question" => {
            let found = outline.questions.iter().find(|known| &*known.id == id);
            (props.href(Page::Question(id.to_owned())), question, found.map(|found| &found.short))
        }
        "document" => {
            let found = outline.documents.iter().find(|known| &*known.id == id);
            (on(Page::Checklist), document, found.map(|found| &found.title))
        }
        "date" => {
            let found = outline.timeline.iter().find(|known| &*known.id == id);
            (on(Page::Timeline), date, found.map(|found| &found.title))
        }
        "stage" => {
            let found = outline.stages.iter().find(|known| &*known.id == id);
            (on(Page::Iterations), stage, found.map(|found| &found.title))
        }
        _ => {
            let found = outline.all_notices.iter().find(|known| &*known.id == id);
            (["#", &anchor(kind, id)].concat(), notice, found.map(|found| &found.title))
        }
    }
}

fn view_glossary(props: &PageProps) -> Html {
    let each = props.outline.glossary.iter().map(|entry| {
        html! { <div key={&*entry.id} class="row two"><dt>{entry.id.clone()}</dt><dd>{entry.text.clone()}</dd></div> }
    });
    html! { <dl class="rows">{for each}</dl> }
}

fn view_all(props: &PageProps) -> Html {
    let sources = &props.outline.sources;
    html! {
        <>
            <p>{(props.text.sources.sources_lead)(sources.len())}</p>
            {grounds::view_sources(&props.text.common, sources)}
        </>
    }
}
