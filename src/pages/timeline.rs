//! The cycle's dates, in order.

mod date_entry;
mod strip;

use crate::components::grounds::view_grounds;
use crate::components::moment::{first_day, view_due, view_moment};
use crate::components::next::{headed, to_next_cycle, view_instead};
use crate::components::node::{heading, line, link, words};
use crate::components::notices::view_notices;
use crate::components::part::{anchor, fold, here, later, section};
use crate::components::tag::{view_kind, view_tag};
use crate::context::Context;
use crate::mine::{is_awaited, is_on_the_way};
use crate::papers::{Paper, first_end, papers};
use crate::route::Page;
use crate::text::common::Common;
use date_entry::view_date_entry;
use rules::day::Day;
use rules::next_thing::{all_closed, days_left};
use rules::report::{DoubtKind, EntryKind, MomentReport, Report, Said, TimelineEntry, WhenReport};
use rules::sort::sort_by_key;
use rules::verdict::Verdict;
use strip::view_strip;
use yew::{Html, html};

pub fn view(context: &Context) -> Html {
    let text = &context.text.timeline;
    let entries = context.report.as_ref().map_or(&context.outline.timeline, |report| &report.timeline);
    let (mut dated, mut unknown): (Vec<&TimelineEntry>, Vec<&TimelineEntry>) =
        entries.iter().partition(|entry| known(entry).is_some() || is_past(entry));
    sort_by_key(&mut dated, |entry| known(entry).map(|when| when.instant));
    if let Some(report) = &context.report {
        // By earlier cycles, those that come next.
        sort_by_key(&mut unknown, |entry| days_left(report, &entry.at).unwrap_or(i32::MAX));
    }
    let papers = context.report.as_ref().map_or_else(Vec::new, |report| papers(context, &report.checklist));
    html! {
        <>
            {heading(text.title)}
            {line("eyebrow", context.outline.title.clone())}
            if let Some(report) = &context.report {
                {line("today", (text.today)(&context.text.common.full_date(report.as_of.day)))}
                {if all_closed(report) {
                    view_instead(text.closed, to_next_cycle(context, "button"))
                } else {
                    view_first_end(context, report, &papers)
                }}
            } else {
                {line("", text.lead)}
                <div class="card place">
                    {line("", text.place)}
                    {line("no-script", context.text.layout.no_script)}
                </div>
            }
            {view_strip(context.text, &dated, &plans(context), context.today())}
            if let Some(report) = &context.report {
                {view_ahead(context, report, &papers, &dated, &unknown)}
            } else {
                {section("ahead", "folds", text.all, view_entries(context, &papers, &dated, None))}
            }
            {view_unpublished(context, &papers, &unknown)}
            {view_past(context, &papers, &dated)}
            {line("soft", text.zones)}
            {view_notices(context, "timeline", text.notices)}
        </>
    }
}

/// The days for which the person plans something.
fn plans(context: &Context) -> Vec<Day> {
    let rows = context.report.iter().flat_map(|report| &report.rows);
    let planned = rows.filter_map(|row| match row.said {
        Some(Said::Planned(range)) => Some(range.first),
        _ => None,
    });
    planned.collect()
}

/// The first date that ends the plan when it passes, with what has to be done by then.
fn view_first_end(context: &Context, report: &Report, papers: &[Paper<'_>]) -> Html {
    let text = &context.text.timeline;
    let Some(end) = first_end(report, papers).filter(|_| context.is_begun()) else { return html! {} };
    // One that should have passed may have ended it already.
    let mut doubts = report.cells.iter().filter(|cell| cell.chosen).flat_map(|cell| &cell.doubts);
    let past = doubts.find(|doubt| doubt.why != DoubtKind::TooEarly);
    let there = end.before.or(end.paper);
    let there = there.map(|paper| [&context.href(Page::Checklist), &*here("document", &paper.id)].concat());
    let (what, how) = headed(end.what);
    let shown = html! {
        <>
            {past.map(|doubt| line("", context.text.result.doubts.says(doubt)))}
            {what}
            <p class="due">{view_due(context, end.by)}</p>
            {how}
            {end.before.map(|before| line("", (text.before_it)(&before.title)))}
            {there.map(|there| html! { <p>{link("link", there, text.to_paper)}</p> })}
        </>
    };
    section("first-end", "card end", text.first_end, shown)
}

/// The moment by which an entry is put in order.
fn known(entry: &TimelineEntry) -> Option<&WhenReport> {
    let closes = entry.closes.as_ref().and_then(|closes| closes.when.as_ref());
    first_day(&entry.at).map(|(when, _)| when).or(closes)
}

fn is_past(entry: &TimelineEntry) -> bool {
    let closes = entry.closes.as_ref().filter(|closes| closes.when.is_some() || closes.over);
    let last = closes.unwrap_or(&entry.at);
    last.over || last.when.as_ref().is_some_and(|when| when.passed)
}

/// So many dates that are not published are named on top.
const SOONER: usize = 4;

/// Today, and what lies ahead.
fn view_ahead(
    context: &Context,
    report: &Report,
    papers: &[Paper<'_>],
    dated: &[&TimelineEntry],
    unknown: &[&TimelineEntry],
) -> Html {
    let text = &context.text.timeline;
    let ahead: Vec<&TimelineEntry> = dated.iter().filter(|entry| !is_past(entry)).copied().collect();
    // What somebody else has to keep is not said to be the next deadline.
    let is_mine = |entry: &&&TimelineEntry| !context.is_begun() || is_awaited(report, papers, entry);
    let ends = |entry: &&&TimelineEntry| entry.kind == EntryKind::Deadline || entry.closes.is_some();
    let first = ahead.iter().filter(ends).find(is_mine);
    let until = first.and_then(|entry| days_left(report, entry.closes.as_ref().unwrap_or(&entry.at)));
    let until = until.unwrap_or(i32::MAX);
    // A deadline of which nothing is known can be the next one, and is named first.
    let due = unknown.iter().filter(|entry| entry.kind == EntryKind::Deadline && !entry.at.over);
    // While answers are missing, any on the way may be theirs.
    let is_open = report.cells.iter().any(|cell| cell.chosen && cell.verdict == Verdict::NeedsAnswers);
    let due = due.filter(|entry| if is_open { is_on_the_way(report, entry) } else { is_mine(entry) });
    let mut sooner: Vec<_> = due.map(|entry| (days_left(report, &entry.at), entry)).collect();
    // Of what comes after the fork nothing can come before it.
    let is_forked = report.stages.iter().any(|stage| stage.here && stage.branch.is_some());
    sooner.retain(|(days, entry)| days.map_or(is_forked && entry.at.last.is_none(), |days| days <= until));
    sort_by_key(&mut sooner, |(days, _)| *days);
    let sooner: Vec<Html> = sooner.iter().take(SOONER).map(|(_, entry)| view_sooner(context, entry)).collect();
    let shown = html! {
        <>
            if !sooner.is_empty() {
                {fold("sooner".into(), "notice warn", words("span", "", text.sooner), html! { <ul>{for sooner}</ul> })}
            }
            {match ahead.as_slice() {
                [] => line("", text.nothing_ahead),
                ahead => view_entries(context, papers, ahead, first.map(|entry| &*entry.id)),
            }}
        </>
    };
    section("ahead", "folds", text.ahead, shown)
}

/// So many dates that are not published are shown before a fold.
const FIRST: usize = 6;

/// What is not published, with the day of the last cycle where one is known.
fn view_unpublished(context: &Context, papers: &[Paper<'_>], unknown: &[&TimelineEntry]) -> Html {
    let text = &context.text.timeline;
    // In the order in which they come by earlier cycles; those that lie behind come last.
    let (next, rest) = unknown.split_at(unknown.len().min(FIRST));
    if unknown.is_empty() {
        return html! {};
    }
    let shown = html! {
        <>
            {line("hint", text.unpublished_hint)}
            {view_entries(context, papers, next, None)}
            if !rest.is_empty() {
                {fold("unpublished-rest".into(), "", words("h3", "", (text.unpublished_rest)(rest.len())),
                    later(context, || view_entries(context, papers, rest, None)))}
            }
        </>
    };
    section("unpublished", "folds", context.text.common.not_published, shown)
}

/// What is over. Before the day is known, nothing is.
fn view_past(context: &Context, papers: &[Paper<'_>], dated: &[&TimelineEntry]) -> Html {
    let text = &context.text.timeline;
    let mut past: Vec<&TimelineEntry> = dated.iter().filter(|entry| is_past(entry)).copied().collect();
    // Each by the day that is shown: of a window, its last one. What has a day of an earlier cycle only comes last.
    sort_by_key(&mut past, |entry| {
        let when = entry.closes.as_ref().and_then(|closes| closes.when.as_ref()).or(known(entry));
        when.map_or(i64::MAX, |when| when.instant)
    });
    if context.report.is_none() || past.is_empty() {
        return html! {};
    }
    let head = words("h2", "", (text.past)(past.len()));
    fold("past".into(), "", head, later(context, || view_entries(context, papers, &past, None)))
}

fn view_sooner(context: &Context, entry: &TimelineEntry) -> Html {
    let common = &context.text.common;
    let last = entry.at.last.as_ref();
    let last = last.map(|(cycle, day)| line("source", (common.last_seen)(cycle, &common.full_date(*day))));
    let before = entry.at.before.as_ref().map(|bound| line("source", common.bound(bound)));
    html! { <li>{link("", here("date", &entry.id), entry.title.clone())}{before}{last}</li> }
}

fn view_entries(context: &Context, papers: &[Paper<'_>], entries: &[&TimelineEntry], first: Option<&str>) -> Html {
    let each = entries.iter().map(|entry| view_entry(context, papers, entry, first == Some(&*entry.id)));
    html! { <ol class="timeline">{for each}</ol> }
}

fn view_entry(context: &Context, papers: &[Paper<'_>], entry: &TimelineEntry, first: bool) -> Html {
    let text = &context.text.timeline;
    let is_begun = entry.closes.is_some() && entry.at.when.as_ref().is_some_and(|when| when.passed);
    let head = html! {
        <>
            {view_date(context, entry, is_begun)}
            {words("h3", "", entry.title.clone())}
            <span class="whole">
                if entry.kind != EntryKind::Event {
                    {view_kind(context.text, entry.kind)}
                }
                if is_begun && !is_past(entry) {
                    {view_tag("tag open", text.open_now)}
                }
                {view_days(context, entry, is_begun)}
                if first {
                    {words("span", "strong", text.first_deadline)}
                }
            </span>
        </>
    };
    // Keyed, so that a field that is being typed into never becomes another date's.
    html! {
        <li key={&*entry.id}>{fold(anchor("date", &entry.id), "date-row", head, later(context, || view_about(context, papers, entry)))}</li>
    }
}

/// The day by which the entry stands in order, in short; of what is not published, that of the last cycle.
fn view_date(context: &Context, entry: &TimelineEntry, is_begun: bool) -> Html {
    let common = &context.text.common;
    let closes = entry.closes.as_ref().and_then(|closes| closes.when.as_ref());
    let when = closes.filter(|_| is_begun).or(known(entry));
    match (when, &entry.at.last, &entry.at.before) {
        (Some(when), ..) => html! {
            <time class="day" datetime={when.day.to_string()}>
                {words("span", "strong", common.short_date(when.day))}{words("span", "soft", when.day.ymd().0.to_string())}
            </time>
        },
        (None, Some((cycle, day)), _) => view_other_day(common, (context.text.timeline.in_cycle)(cycle), *day),
        (None, None, Some(bound)) => view_other_day(common, common.before.to_owned(), bound.day),
        (None, None, None) => words("span", "day", "\u{2013}"),
    }
}

/// A day that is not its own, with what it has to do with it.
fn view_other_day(common: &Common, how: String, day: Day) -> Html {
    html! {
        <span class="day">
            {words("span", "soft", how)}
            {words("span", "soft", [&*common.short_date(day), ", ", &day.ymd().0.to_string()].concat())}
        </span>
    }
}

/// All that is known of an entry.
fn view_about(context: &Context, papers: &[Paper<'_>], entry: &TimelineEntry) -> Html {
    let (common, text) = (&context.text.common, &context.text.timeline);
    let at_label = if entry.closes.is_some() { text.enter_opens } else { text.enter };
    html! {
        <>
            <div class="dates">
                if let Some(closes) = &entry.closes {
                    <dl class="span">
                        {view_end(context, common.opens, &entry.at)}
                        {view_end(context, common.closes, closes)}
                    </dl>
                } else {
                    <p>{view_moment(context, &entry.at)}</p>
                }
            </div>
            if entry.at.over {
                {line("", text.over)}
            }
            {entry.note.as_ref().map(|note| line("", note.clone()))}
            if may_be_missed(context, papers, entry) {
                <p>{link("", context.href(Page::Result), text.missed)}{" "}{words("span", "", text.missed_else)}</p>
            }
            {view_date_entry(context, &entry.at, at_label)}
            {entry.closes.as_ref().map(|closes| view_date_entry(context, closes, text.enter_closes))}
            {view_grounds(common, &entry.at.basis, &entry.at.cited)}
        </>
    }
}

/// Whether it is a deadline that is past, and something of this person's was to be done by it, or hangs on it.
fn may_be_missed(context: &Context, papers: &[Paper<'_>], entry: &TimelineEntry) -> bool {
    let Some(report) = context.report.as_ref().filter(|_| context.is_begun()) else { return false };
    let mut doubts = report.cells.iter().filter(|cell| cell.chosen).flat_map(|cell| &cell.doubts);
    entry.kind == EntryKind::Deadline
        && is_past(entry)
        && (is_awaited(report, papers, entry) || doubts.any(|doubt| doubt.date.id == entry.at.id))
}

fn view_end(context: &Context, name: &'static str, moment: &MomentReport) -> Html {
    html! { <div>{words("dt", "", name)}<dd>{view_moment(context, moment)}</dd></div> }
}

/// How many days are left until the next end of an entry.
fn view_days(context: &Context, entry: &TimelineEntry, is_begun: bool) -> Option<Html> {
    let today = context.today()?;
    let ends = [Some(&entry.at), entry.closes.as_ref()].into_iter().flatten();
    let next = ends.filter_map(|end| Some(first_day(end)?.0)).find(|when| !when.passed && when.day >= today)?;
    let days = (context.text.common.in_days)(next.day.0 - today.0);
    let days = if is_begun { [context.text.timeline.ends, " ", &days].concat() } else { days };
    Some(words("span", "in-days", days))
}
