//! Every document to gather, by the place where it goes.

use super::PageProps;
use crate::components::next_thing::is_finished;
use crate::components::{anchor, grounds, marks, moment, notices, tag, view_line};
use rules::report::{ChecklistItem, MomentReport, RowPlace};
use yew::{Html, html};

pub fn view(props: &PageProps) -> Html {
    let words = &props.text.checklist;
    let answered = props.report.as_ref().filter(|report| report.rows.iter().any(|row| row.place != RowPlace::NotAsked));
    let items = answered.map_or(&props.outline.documents, |report| &report.checklist);
    let top = match (&props.report, answered) {
        (None, _) => view_line("card place", words.place),
        (Some(_), None) => view_line("card place", words.empty),
        (_, Some(_)) if items.is_empty() => view_line("card place", words.nothing),
        (_, Some(_)) => view_progress(props, items),
    };
    let places = by_place(items).into_iter().map(|(place, items)| {
        html! {
            <section key={place}>
                <h2>{place.to_owned()}</h2>
                {for items.into_iter().map(|item| view_item(props, item, answered.is_some()))}
            </section>
        }
    });
    html! {
        <>
            <h1 tabindex="-1">{words.title}</h1>
            <p class="eyebrow">{props.outline.title.clone()}</p>
            {view_line("lead", if answered.is_some() { words.lead } else { words.lead_general })}
            <div key="top">{top}</div>
            {for places}
            {notices::view_notices(props, "checklist", words.notices)}
        </>
    }
}

/// Places in the order in which they first come.
fn by_place(items: &[ChecklistItem]) -> Vec<(&str, Vec<&ChecklistItem>)> {
    let mut places: Vec<(&str, Vec<&ChecklistItem>)> = Vec::new();
    for item in items {
        match places.iter_mut().find(|(place, _)| *place == &*item.place) {
            Some((_, items)) => items.push(item),
            None => places.push((&*item.place, vec![item])),
        }
    }
    places
}

fn view_progress(props: &PageProps, items: &[ChecklistItem]) -> Html {
    let needed: Vec<&ChecklistItem> = items.iter().filter(|item| item.needed).collect();
    let done = needed.iter().filter(|item| is_finished(props, item)).count();
    let said = (props.text.checklist.progress)(done, needed.len());
    html! {
        <>
            {view_line("strong", said)}
            <progress key="bar" aria-hidden="true" value={done.to_string()} max={needed.len().to_string()}></progress>
        </>
    }
}

fn view_item(props: &PageProps, item: &ChecklistItem, mine: bool) -> Html {
    let words = &props.text.checklist;
    let maybe = (!item.needed).then(|| html! { <p key="maybe">{tag::view_tag("needs", words.may_be_needed)}</p> });
    let outline = &props.outline.documents;
    let titles = item.depends_on.iter().filter_map(|id| outline.iter().find(|other| other.id == *id));
    let titles: Vec<&str> = titles.map(|other| &*other.title).collect();
    let form = item.form.as_ref().map(|form| view_fact(words.form, form.to_string()));
    let first = (!titles.is_empty()).then(|| view_fact(words.depends_on, titles.join("; ")));
    let dates =
        [(words.due, &item.due), (words.issued_from, &item.issued_from), (words.issued_until, &item.issued_until)];
    let dates = dates.into_iter().filter_map(|(name, moment)| Some(view_date(props, name, moment.as_ref()?)));
    let note = item.note.as_ref().map(|note| view_fact(words.note, note.to_string()));
    html! {
        <article key={&*item.id} id={anchor("document", &item.id)} class="card document">
            <h3>{item.title.clone()}</h3>
            {for maybe}
            <p>{item.what.clone()}</p>
            <dl class="rows">
                {for dates}
                {for form}
                {for first}
            </dl>
            {for mine.then(|| marks::view_marks(props, item))}
            <details>
                <summary>{words.more}</summary>
                <dl class="rows">
                    {view_fact(words.why, item.why.to_string())}
                    {view_fact(words.consequence, item.consequence.to_string())}
                    {for note}
                    {view_fact(words.cells, item.cells.join("; "))}
                </dl>
            </details>
            {grounds::view_grounds(&props.text.common, &item.basis, &item.cited)}
        </article>
    }
}

fn view_fact(name: &'static str, text: String) -> Html {
    html! { <div key={name} class="row two"><dt>{name}</dt><dd>{text}</dd></div> }
}

fn view_date(props: &PageProps, name: &'static str, moment: &MomentReport) -> Html {
    html! { <div key={name} class="row two"><dt>{name}</dt><dd>{moment::view_due(props, moment)}</dd></div> }
}
