//! The cycle's dates, in order.

use crate::components::date_entry::view_date_entry;
use crate::components::grounds::view_grounds;
use crate::components::moment::view_moment;
use crate::components::node::{heading, line, link, words};
use crate::components::notices::view_notices;
use crate::components::part::{anchor, details, here, section};
use crate::components::strip::view_strip;
use crate::components::tag::{view_kind, view_tag};
use crate::context::Context;
use rules::next_thing::days_left;
use rules::report::{EntryKind, MomentReport, Report, TimelineEntry, WhenReport};
use rules::sort::sort_by_key;
use yew::{Html, html};

pub fn view(context: &Context) -> Html {
    let text = &context.text.timeline;
    let entries = context.report.as_ref().map_or(&context.outline.timeline, |report| &report.timeline);
    let (mut dated, mut unknown): (Vec<&TimelineEntry>, Vec<&TimelineEntry>) =
        entries.iter().partition(|entry| known(entry).is_some());
    sort_by_key(&mut dated, |entry| known(entry).map(|when| when.instant));
    if let Some(report) = &context.report {
        // By earlier cycles, those that come next.
        sort_by_key(&mut unknown, |entry| days_left(report, &entry.at).unwrap_or(i32::MAX));
    }
    html! {
        <>
            {heading(text.title)}
            {line("eyebrow", context.outline.title.clone())}
            {line("lead", text.lead)}
            {line("", text.zones)}
            {view_strip(&dated, context.today())}
            if let Some(report) = &context.report {
                {view_ahead(context, report, &dated, &unknown)}
            } else {
                {line("card place", text.place)}
                {words("h2", "", text.all)}
                {view_entries(context, &dated, None)}
            }
            if !unknown.is_empty() {
                {section("unpublished", "", text.unpublished,
                    html! { <>{line("hint", text.unpublished_hint)}{view_entries(context, &unknown, None)}</> })}
            }
            {view_past(context, &dated)}
            {view_notices(context, "timeline", text.notices)}
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
fn view_ahead(context: &Context, report: &Report, dated: &[&TimelineEntry], unknown: &[&TimelineEntry]) -> Html {
    let text = &context.text.timeline;
    let today = context.text.common.full_date(report.as_of.day);
    let ahead: Vec<&TimelineEntry> = dated.iter().filter(|entry| !is_past(entry)).copied().collect();
    let first = ahead.iter().find(|entry| entry.kind == EntryKind::Deadline);
    let until = first.and_then(|entry| days_left(report, &entry.at)).unwrap_or(i32::MAX);
    let sooner = unknown.iter().filter(|entry| days_left(report, &entry.at).is_some_and(|days| days <= until));
    let sooner: Vec<Html> = sooner.take(SOONER).map(|entry| view_sooner(context, entry)).collect();
    let shown = html! {
        <>
            {line("today", (text.today)(&today))}
            if !sooner.is_empty() {
                <div class="notice warn">{line("", text.sooner)}<ul>{for sooner}</ul></div>
            }
            {match ahead.as_slice() {
                [] => line("", text.nothing_ahead),
                ahead => view_entries(context, ahead, first.map(|entry| &*entry.id)),
            }}
        </>
    };
    section("ahead", "", text.ahead, shown)
}

/// What is over. Before the day is known, nothing is.
fn view_past(context: &Context, dated: &[&TimelineEntry]) -> Html {
    let text = &context.text.timeline;
    let past: Vec<&TimelineEntry> = dated.iter().filter(|entry| is_past(entry)).copied().collect();
    if context.report.is_none() || past.is_empty() {
        return html! {};
    }
    let list = view_entries(context, &past, None);
    section("past", "", text.past, details("", (text.passed)(past.len()), list))
}

fn view_sooner(context: &Context, entry: &TimelineEntry) -> Html {
    let common = &context.text.common;
    let last = entry.at.last.as_ref();
    let last = last.map(|(cycle, day)| line("source", (common.last_seen)(cycle, &common.full_date(*day))));
    html! { <li>{link("", here("date", &entry.id), entry.title.clone())}{last}</li> }
}

fn view_entries(context: &Context, entries: &[&TimelineEntry], first: Option<&str>) -> Html {
    let each = entries.iter().map(|entry| view_entry(context, entry, first == Some(&*entry.id)));
    html! { <ol class="timeline">{for each}</ol> }
}

fn view_entry(context: &Context, entry: &TimelineEntry, first: bool) -> Html {
    let (common, text) = (&context.text.common, &context.text.timeline);
    let at_label = if entry.closes.is_some() { text.enter_opens } else { text.enter };
    let open_now = entry.closes.is_some() && !is_past(entry) && entry.at.when.as_ref().is_some_and(|when| when.passed);
    // Keyed, so that a field that is being typed into never becomes another date's.
    html! {
        <li key={&*entry.id} class={first.then_some("first")}>
            if first {
                {line("first-deadline", text.first_deadline)}
            }
            <div class="dates">
                if let Some(closes) = &entry.closes {
                    <dl class="span">
                        {view_end(context, common.opens, &entry.at)}
                        {view_end(context, common.closes, closes)}
                    </dl>
                } else {
                    <p>{view_moment(context, &entry.at)}</p>
                }
                {view_days(context, entry)}
            </div>
            <div class="what">
                <h3 id={anchor("date", &entry.id)}>{words("span", "", entry.title.clone())}</h3>
                <p>
                    {view_kind(context.text, entry.kind)}
                    if open_now {
                        {" "}{view_tag("tag open", text.open_now)}
                    }
                </p>
                {entry.note.as_ref().map(|note| line("", note.clone()))}
                {view_date_entry(context, &entry.at, at_label)}
                {entry.closes.as_ref().map(|closes| view_date_entry(context, closes, text.enter_closes))}
                {view_grounds(common, &entry.at.basis, &entry.at.cited)}
            </div>
        </li>
    }
}

fn view_end(context: &Context, name: &'static str, moment: &MomentReport) -> Html {
    html! { <div>{words("dt", "", name)}<dd>{view_moment(context, moment)}</dd></div> }
}

/// How many days are left until the next end of an entry.
fn view_days(context: &Context, entry: &TimelineEntry) -> Option<Html> {
    let today = context.today()?;
    let ends = [Some(&entry.at), entry.closes.as_ref()].into_iter().flatten();
    let next = ends.filter_map(|end| end.when.as_ref()).find(|when| !when.passed && when.day >= today)?;
    Some(line("in-days", (context.text.common.in_days)(next.day.0 - today.0)))
}
