//! The cycle's dates, in order.

use super::PageProps;
use crate::components::next_thing::days_left;
use crate::components::{anchor, date_entry, grounds, moment, notices, strip, tag, view_line};
use rules::report::{EntryKind, MomentReport, Report, TimelineEntry, WhenReport};
use yew::{Html, html};

pub fn view(props: &PageProps) -> Html {
    let words = &props.text.timeline;
    let entries = props.report.as_ref().map_or(&props.outline.timeline, |report| &report.timeline);
    let (mut dated, mut unknown): (Vec<&TimelineEntry>, Vec<&TimelineEntry>) =
        entries.iter().partition(|entry| known(entry).is_some());
    dated.sort_by_key(|entry| known(entry).map(|when| when.instant));
    if let Some(report) = &props.report {
        // By earlier cycles, those that come next.
        unknown.sort_by_key(|entry| days_left(report, &entry.at).unwrap_or(i32::MAX));
    }
    let body = match props.report.as_deref() {
        Some(report) => view_ahead(props, report, &dated, &unknown),
        None => html! {
            <>
                <p class="card place">{words.place}</p>
                <h2>{words.all}</h2>
                {view_entries(props, &dated, None)}
            </>
        },
    };
    let unpublished = (!unknown.is_empty()).then(|| {
        html! {
            <section key="unpublished" aria-labelledby="unpublished">
                <h2 id="unpublished">{words.unpublished}</h2>
                <p class="hint">{words.unpublished_hint}</p>
                {view_entries(props, &unknown, None)}
            </section>
        }
    });
    html! {
        <>
            <h1 tabindex="-1">{words.title}</h1>
            <p class="eyebrow">{props.outline.title.clone()}</p>
            <p class="lead">{words.lead}</p>
            <p>{words.zones}</p>
            {strip::view_strip(&dated, props.report.as_ref().map(|report| report.as_of.day))}
            {body}
            {for unpublished}
            {view_past(props, &dated)}
            {notices::view_notices(props, "timeline", words.notices)}
        </>
    }
}

/// The moment by which an entry is put in order.
fn known(entry: &TimelineEntry) -> Option<&WhenReport> {
    let closes = entry.closes.as_ref().and_then(|closes| closes.when.as_ref());
    entry.at.when.as_ref().or(closes)
}

fn is_past(entry: &TimelineEntry) -> bool {
    let last = entry.closes.as_ref().and_then(|closes| closes.when.as_ref()).or(entry.at.when.as_ref());
    last.is_some_and(|when| when.passed)
}

/// So many dates that are not published are named on top.
const SOONER: usize = 4;

/// Today, and what lies ahead.
fn view_ahead(props: &PageProps, report: &Report, dated: &[&TimelineEntry], unknown: &[&TimelineEntry]) -> Html {
    let words = &props.text.timeline;
    let today = props.text.common.full_date(report.as_of.day);
    let ahead: Vec<&TimelineEntry> = dated.iter().filter(|entry| !is_past(entry)).copied().collect();
    let first = ahead.iter().find(|entry| entry.kind == EntryKind::Deadline);
    let until = first.and_then(|entry| days_left(report, &entry.at)).unwrap_or(i32::MAX);
    let first = first.map(|entry| &*entry.id);
    let sooner = unknown.iter().filter(|entry| days_left(report, &entry.at).is_some_and(|days| days <= until));
    let sooner: Vec<Html> = sooner.take(SOONER).map(|entry| view_sooner(props, entry)).collect();
    let sooner = (!sooner.is_empty()).then(|| {
        html! { <div key="sooner" class="notice warn"><p>{words.sooner}</p><ul>{sooner}</ul></div> }
    });
    html! {
        <section key="ahead" aria-labelledby="ahead">
            <h2 id="ahead">{words.ahead}</h2>
            <p class="today">{(words.today)(&today)}</p>
            {for sooner}
            {if ahead.is_empty() { view_line("", words.nothing_ahead) } else { view_entries(props, &ahead, first) }}
        </section>
    }
}

/// What is over. Before the day is known, nothing is.
fn view_past(props: &PageProps, dated: &[&TimelineEntry]) -> Html {
    let words = &props.text.timeline;
    let past: Vec<&TimelineEntry> = dated.iter().filter(|entry| is_past(entry)).copied().collect();
    if props.report.is_none() || past.is_empty() {
        return html! {};
    }
    html! {
        <section key="past" aria-labelledby="past">
            <h2 id="past">{words.past}</h2>
            <details>
                <summary>{(words.passed)(past.len())}</summary>
                {view_entries(props, &past, None)}
            </details>
        </section>
    }
}

fn view_sooner(props: &PageProps, entry: &TimelineEntry) -> Html {
    let last = entry.at.last.as_ref();
    let last = last.map(|(cycle, day)| (props.text.common.last_seen)(cycle, &props.text.common.full_date(*day)));
    html! {
        <li key={&*entry.id}>
            <a href={["#", &anchor("date", &entry.id)].concat()}>{entry.title.clone()}</a>
            {for last.map(|last| view_line("source", last))}
        </li>
    }
}

fn view_entries(props: &PageProps, entries: &[&TimelineEntry], first: Option<&str>) -> Html {
    html! { <ol class="timeline">{for entries.iter().map(|entry| view_entry(props, entry, first == Some(&*entry.id)))}</ol> }
}

fn view_entry(props: &PageProps, entry: &TimelineEntry, first: bool) -> Html {
    let (common, words) = (&props.text.common, &props.text.timeline);
    let at_label = if entry.closes.is_some() { words.enter_opens } else { words.enter };
    let open_now = entry.closes.is_some() && !is_past(entry) && entry.at.when.as_ref().is_some_and(|when| when.passed);
    let first = first.then(|| view_line("first-deadline", words.first_deadline));
    let dates = match &entry.closes {
        None => html! { <p>{moment::view_moment(props, &entry.at)}</p> },
        Some(closes) => html! {
            <dl class="span">
                {view_end(props, common.opens, &entry.at)}
                {view_end(props, common.closes, closes)}
            </dl>
        },
    };
    let closes = entry.closes.as_ref().map(|closes| date_entry::view_date_entry(props, closes, words.enter_closes));
    let shown = [Some(&entry.at), entry.closes.as_ref()].into_iter().flatten();
    let shown = shown.map(|moment| moment.when.as_ref().map_or(0, |when| when.day.0).to_string());
    html! {
        <li key={format!("{}{}", entry.id, shown.collect::<Vec<_>>().join("/"))} id={anchor("date", &entry.id)} class={if first.is_some() { "first" } else { "" }}>
            {for first}
            <div class="dates">
                {dates}
                {for view_days(props, entry)}
            </div>
            <div class="what">
                <h3>{entry.title.clone()}</h3>
                <p>
                    {tag::view_kind(props.text, entry.kind)}
                    {for open_now.then(|| html! { <>{" "}{tag::view_tag("open", words.open_now)}</> })}
                </p>
                {for entry.note.iter().map(|note| view_line("", note.clone()))}
                {date_entry::view_date_entry(props, &entry.at, at_label)}
                {for closes}
                {grounds::view_grounds(common, &entry.at.basis, &entry.at.cited)}
            </div>
        </li>
    }
}

fn view_end(props: &PageProps, name: &'static str, moment: &MomentReport) -> Html {
    html! { <div key={name}><dt>{name}</dt><dd>{moment::view_moment(props, moment)}</dd></div> }
}

/// How many days are left until the next end of an entry.
fn view_days(props: &PageProps, entry: &TimelineEntry) -> Option<Html> {
    let today = props.report.as_ref()?.as_of.day;
    let ends = [Some(&entry.at), entry.closes.as_ref()].into_iter().flatten();
    let next = ends.filter_map(|end| end.when.as_ref()).find(|when| !when.passed)?;
    Some(view_line("in-days", (props.text.common.in_days)(next.day.0 - today.0)))
}
