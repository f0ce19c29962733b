//! Every document to gather, by the place where it goes.

use crate::components::because::view_rows;
use crate::components::grounds::view_grounds;
use crate::components::marks::view_marks;
use crate::components::moment::view_due;
use crate::components::next_thing::is_finished;
use crate::components::node::{el, heading, many, with, words};
use crate::components::notices::view_notices;
use crate::components::part::{anchor, details, fact, line, maybe, place};
use crate::components::tag::view_tag;
use crate::context::Context;
use rules::report::{ChecklistItem, RowPlace};
use rules::rulebook::Text;
use yew::Html;

pub fn view(context: &Context) -> Html {
    let text = &context.text.checklist;
    let answered =
        context.report.as_ref().filter(|report| report.rows.iter().any(|row| row.place != RowPlace::NotAsked));
    let items = answered.map_or(&context.outline.documents, |report| &report.checklist);
    let top = match (&context.report, answered) {
        (None, _) => line("card place", text.place),
        (Some(_), None) => line("card place", text.empty),
        (_, Some(_)) if items.is_empty() => line("card place", text.nothing),
        (_, Some(_)) => view_progress(context, items),
    };
    let mut shown = vec![
        heading(text.title),
        line("eyebrow", context.outline.title.clone()),
        line("lead", if answered.is_some() { text.lead } else { text.lead_general }),
        el("div", "", vec![top]),
    ];
    let notices = maybe((!items.is_empty()).then(|| view_notices(context, "checklist", text.notices)));
    let mut items: Vec<&ChecklistItem> = items.iter().collect();
    while let Some(first) = items.first() {
        let place = first.place.clone();
        let (these, others): (Vec<&ChecklistItem>, Vec<&ChecklistItem>) =
            items.iter().partition(|item| item.place == place);
        shown.push(words("h2", "", place));
        shown.extend(these.iter().map(|item| view_item(context, item, answered.is_some())));
        items = others;
    }
    shown.push(notices);
    many(shown)
}

fn view_progress(context: &Context, items: &[ChecklistItem]) -> Html {
    let needed = items.iter().filter(|item| item.needed);
    let done = needed.clone().filter(|item| is_finished(context, item)).count();
    let all = needed.count();
    let values = [done.to_string(), all.to_string(), "true".to_owned()].map(|value| Some(value.into()));
    many(vec![
        line("strong", (context.text.checklist.progress)(done, all)),
        with("progress", &["value", "max", "aria-hidden"], values.into(), Vec::new()),
    ])
}

/// How far it is: by an answer that says so, else by the person's marks.
fn view_state(context: &Context, item: &ChecklistItem) -> Html {
    match &item.done {
        Some(row) => many(vec![
            line("strong", context.text.checklist.done_by_answer),
            view_rows(context, std::slice::from_ref(row)),
        ]),
        None => view_marks(context, item),
    }
}

fn view_item(context: &Context, item: &ChecklistItem, mine: bool) -> Html {
    let text = &context.text.checklist;
    let fact_of = |name: &'static str, text: &Text| fact(name, words("span", "", text.clone()));
    let titles = item.depends_on.iter().filter_map(|id| context.outline.documents.iter().find(|other| other.id == *id));
    let titles: Vec<&str> = titles.map(|other| &*other.title).collect();
    let dates = [(text.due, &item.due), (text.issued_from, &item.issued_from), (text.issued_until, &item.issued_until)];
    let dates = dates.into_iter().filter_map(|(name, moment)| Some(fact(name, view_due(context, moment.as_ref()?))));
    let mut facts: Vec<Html> = dates.collect();
    facts.extend(item.form.iter().map(|form| fact_of(text.form, form)));
    if !titles.is_empty() {
        facts.push(fact(text.depends_on, words("span", "", titles.join("; "))));
    }
    let mut more = vec![fact_of(text.why, &item.why), fact_of(text.consequence, &item.consequence)];
    more.extend(item.note.iter().map(|note| fact_of(text.note, note)));
    more.push(fact(text.cells, words("span", "", item.cells.join("; "))));
    place(
        "article",
        anchor("document", &item.id),
        "card document",
        vec![
            words("h3", "", item.title.clone()),
            maybe((!item.needed).then(|| el("p", "", vec![view_tag("tag needs", text.may_be_needed)]))),
            line("", item.what.clone()),
            el("dl", "rows", facts),
            maybe(mine.then(|| el("div", "marks", vec![view_state(context, item)]))),
            details("", text.more, vec![el("dl", "rows", more)]),
            view_grounds(&context.text.common, &item.basis, &item.cited),
        ],
    )
}
