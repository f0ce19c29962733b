//! What the self-check is, and where it begins.

use crate::components::moment::{first_day, other_days};
use crate::components::node::{heading, line, link, words};
use crate::components::part::{details, list};
use crate::context::Context;
use crate::route::Page;
use crate::session::{Action, question_of};
use rules::outline::CellView;
use rules::report::{EntryKind, MomentReport, TimelineEntry};
use rules::rulebook::Text;
use rules::sort::sort_by_key;
use yew::{Html, MouseEvent, html};

/// How many dates the page shows before it points to the timeline.
const DATES: usize = 4;

pub fn view(context: &Context) -> Html {
    let (text, outline) = (&context.text.start, &context.outline);
    html! {
        <>
            {heading(text.title)}
            {line("lead", text.lead)}
            {line("strong", text.decides_nothing)}
            <div class="doors">
                <section class="card next">
                    {words("h2", "", door(context, &outline.cycle))}
                    {view_carried(context)}
                    {view_ways(context)}
                    {line("no-script", context.text.layout.no_script)}
                </section>
                {view_other_door(context)}
            </div>
            {line("", outline.summary.clone())}
            {line("", (text.how_many)(outline.questions.len()))}
            {view_positions(context)}
            {view_dates(context)}
            {view_list(text.at_hand, &text.at_hand_items)}
            {view_list(text.kept, &text.kept_items)}
            {words("h2", "", text.other_cycles)}
            <ul>{for other_cycles(context)}<li>{link("", context.href(Page::Sources), text.all_rules)}</li></ul>
        </>
    }
}

fn view_list(title: &'static str, items: &[&'static str]) -> Html {
    html! { <section>{words("h2", "", title)}{list("", items)}</section> }
}

/// Whom a cycle is for: people who applied for it or, once it lies ahead of the one that the site shows first, people
/// who prepare for it.
fn door(context: &Context, cycle: &str) -> String {
    let text = &context.text.start;
    if *cycle > *context.default_cycle { (text.preparing)(cycle) } else { (text.applied)(cycle, &spring(cycle)) }
}

/// The way to the next cycle or, from another one, to the cycle that the site shows first.
fn view_other_door(context: &Context) -> Html {
    let (text, next) = (&context.text.start, &context.outline.next_cycle);
    let (cycle, about) = match context.href_in(&next.id, Page::Start) {
        Some(_) => (&*next.id, next.text.clone()),
        None if *context.outline.cycle != *context.default_cycle => (&*context.default_cycle, text.under_way.into()),
        None => return details("card", (text.preparing)(&next.id), line("", next.text.clone())),
    };
    let href = context.href_in(cycle, Page::Start).unwrap_or_default();
    html! {
        <section class="card">
            {words("h2", "", door(context, cycle))}
            <p class="actions">{link("button quiet", href, (text.go_to)(cycle))}</p>
            {details("", text.more, line("", about))}
        </section>
    }
}

/// What of the answers to another cycle counts for this one, as long as nothing was answered for this one alone.
fn view_carried(context: &Context) -> Html {
    let (text, answers) = (&context.text.start, &context.session.answers);
    let here = [&*context.outline.cycle, "/"].concat();
    let of_a_cycle: Vec<&String> = answers.keys().filter(|key| key.contains('/')).collect();
    if of_a_cycle.is_empty() || of_a_cycle.iter().any(|key| key.starts_with(&here)) {
        return html! {};
    }
    let questions = || context.outline.questions.iter();
    let about_the_run = |id: &str| of_a_cycle.iter().any(|key| question_of(key) == id);
    let carried = questions().filter(|asked| !asked.per_cycle && answers.contains_key(&asked.id));
    let carried: Vec<Text> = carried.map(|asked| asked.short.clone()).collect();
    let left = questions().filter(|asked| asked.per_cycle && about_the_run(&asked.id));
    let left: Vec<Text> = left.map(|asked| asked.short.clone()).collect();
    html! {
        <div key="carried" class="carried">
            if !carried.is_empty() {
                {line("", text.carried)}
                {list("", &carried)}
            }
            if !left.is_empty() {
                {line("", text.not_carried)}
                {list("", &left)}
            }
        </div>
    }
}

/// The spring in which people applied for a cycle.
fn spring(cycle: &str) -> String {
    cycle.parse().map_or_else(|_| cycle.to_owned(), |year: i32| (year - 1).to_string())
}

fn view_ways(context: &Context) -> Html {
    let text = &context.text.start;
    let question = |id: &str| context.href(Page::Question(id.to_owned()));
    let next = context.report.as_ref().and_then(|report| report.next.as_deref());
    if context.session.answers.is_empty() {
        let first = context.outline.questions.first().map(|question| &*question.id);
        let href = next.or(first).map(question).unwrap_or_default();
        return html! { <p key="start" class="actions">{link("button", href, text.start)}</p> };
    }
    html! {
        <p key="resume" class="actions">
            {next.map(|next| link("button", question(next), text.resume))}
            // Who has answered everything came for the result.
            {link(if next.is_some() { "button quiet" } else { "button" }, context.href(Page::Result), text.see_result)}
            {link("button quiet", context.href(Page::Answers), text.see_answers)}
        </p>
    }
}

fn view_positions(context: &Context) -> Html {
    let text = &context.text.start;
    let outline = &context.outline;
    let chosen = context.session.cells.get(&outline.cycle);
    let tick = |cell: &CellView| {
        let id = cell.id.to_string();
        let ticked = chosen.is_none_or(|chosen| chosen.contains(&id));
        let onclick = {
            let all = outline.cells.iter().map(|cell| cell.id.to_string()).collect();
            let toggled = Action::CellToggled { cycle: outline.cycle.to_string(), cell: id.clone(), all };
            context.on.reform(move |_: MouseEvent| toggled.clone())
        };
        html! {
            <label key={id.clone()} class="choice">
                <input type="checkbox" name="positions" value={id.clone()} checked={ticked} {onclick} />
                <span>{cell.title.clone()}</span>
            </label>
        }
    };
    html! {
        <section id="positions" class="positions">
            <fieldset aria-describedby="positions-hint">
                <legend><h2>{text.positions}</h2></legend>
                <p id="positions-hint" class="hint">{text.positions_hint}</p>
                <div class="choices">{for outline.cells.iter().map(tick)}</div>
            </fieldset>
        </section>
    }
}

/// The dates that come next: by the reader's day, or by the day on which the rules were read.
fn view_dates(context: &Context) -> Html {
    let text = &context.text.start;
    let dates = next_dates(context);
    html! {
        <section class="dates">
            {words("h2", "", text.dates)}
            if dates.is_empty() {
                {line("", text.no_dates)}
            } else {
                <dl key="dates" class="rows">
                    {for dates.into_iter().take(DATES).map(|date| view_date(context, date))}
                </dl>
            }
            <p>{link("", context.href(Page::Timeline), text.all_dates)}</p>
        </section>
    }
}

/// An entry with that of its ends which comes next, and whether it closes then.
type NextDate<'a> = (&'a TimelineEntry, &'a MomentReport, bool);

fn next_dates(context: &Context) -> Vec<NextDate<'_>> {
    let (timeline, today) = match &context.report {
        Some(report) => (&report.timeline, report.as_of.day),
        None => (&context.outline.timeline, context.outline.checked_on),
    };
    let ahead = |moment: &MomentReport| moment.when.as_ref().is_some_and(|when| when.day >= today && !when.passed);
    let entries = timeline.iter().filter(|entry| entry.kind != EntryKind::Milestone);
    let dates = entries.filter_map(|entry| match &entry.closes {
        _ if ahead(&entry.at) => Some((entry, &entry.at, false)),
        Some(closes) if ahead(closes) => Some((entry, closes, true)),
        _ => None,
    });
    let mut dates: Vec<NextDate<'_>> = dates.collect();
    sort_by_key(&mut dates, |(_, moment, _)| first_day(moment).map(|(when, _)| when.instant));
    dates
}

fn view_date(context: &Context, (entry, moment, closes): NextDate<'_>) -> Html {
    let (text, common) = (&context.text.start, &context.text.common);
    let Some((when, basis)) = first_day(moment) else { return html! {} };
    let others = other_days(moment).filter(|(when, _)| !when.passed);
    let others = others.map(|(when, basis)| (common.read_too)(&common.when(when), &common.basis_of_day(basis)));
    let when = common.when(when);
    let when = match (entry.kind, closes) {
        (EntryKind::Window, false) => (text.opens)(&when),
        (_, true) => (text.closes)(&when),
        _ => when,
    };
    let basis = basis.is_weak().then(|| common.basis_of_day(basis));
    html! {
        <div key={&*entry.id} class="row two">
            {words("dt", "", entry.title.clone())}
            <dd class="when">
                {words("span", "", when)}
                {basis.map(|basis| words("span", "soft", basis))}
                {for others.map(|other| words("span", "soft", other))}
            </dd>
        </div>
    }
}

fn other_cycles(context: &Context) -> impl Iterator<Item = Html> {
    let text = &context.text.start;
    let others = context.cycles.iter().filter(|cycle| ***cycle != *context.outline.cycle);
    others.map(|cycle| {
        let words = match () {
            () if *cycle == context.default_cycle => (text.current_cycle)(cycle),
            () if *cycle > context.default_cycle => (text.preparing)(cycle),
            () => (text.other_cycle)(cycle),
        };
        html! { <li>{link("", context.href_in(cycle, Page::Start).unwrap_or_default(), words)}</li> }
    })
}
