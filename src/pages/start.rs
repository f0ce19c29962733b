//! What the self-check is, and where it begins.

use super::PageProps;
use crate::route::{Page, Route};
use crate::session::Action;
use rules::outline::CellView;
use rules::report::{EntryKind, MomentReport, TimelineEntry};
use yew::{Html, MouseEvent, html};

/// How many dates the page shows before it points to the timeline.
const DATES: usize = 4;

pub fn view(props: &PageProps) -> Html {
    let text = &props.text.start;
    let outline = &props.outline;
    html! {
        <>
            <h1 tabindex="-1">{text.title}</h1>
            <p class="lead">{text.lead}</p>
            <p class="strong">{text.decides_nothing}</p>
            <div class="card next">
                <h2>{(text.applied)(&outline.title, &spring(&outline.cycle))}</h2>
                {view_ways(props)}
                <p>{(text.how_many)(outline.questions.len())}</p>
                <p class="no-script strong">{props.text.layout.no_script}</p>
                <p class="soft">{outline.summary.clone()}</p>
            </div>
            <details class="card">
                <summary>{(text.preparing)(&outline.next_cycle.id)}</summary>
                <p>{outline.next_cycle.text.clone()}</p>
                <p><a href={props.href(Page::Sources)}>{text.all_rules}</a></p>
            </details>
            {view_positions(props)}
            {view_dates(props)}
            <section>
                <h2>{text.at_hand}</h2>
                <ul>{for text.at_hand_items.iter().map(|item| html! { <li>{*item}</li> })}</ul>
            </section>
            <section>
                <h2>{text.kept}</h2>
                <ul>{for text.kept_items.iter().map(|item| html! { <li>{*item}</li> })}</ul>
            </section>
            <section>
                <h2>{text.other_cycles}</h2>
                <ul>
                    {for other_cycles(props)}
                    <li><a href={props.href(Page::Sources)}>{text.all_rules}</a></li>
                </ul>
            </section>
        </>
    }
}

/// The spring in which people applied for a cycle.
fn spring(cycle: &str) -> String {
    cycle.parse().map_or_else(|_| cycle.to_owned(), |year: i32| (year - 1).to_string())
}

fn view_ways(props: &PageProps) -> Html {
    let text = &props.text.start;
    let question = |id: &str| props.href(Page::Question(id.to_owned()));
    let first = props.outline.questions.first().map(|question| &*question.id);
    let next = props.report.as_ref().and_then(|report| report.next.as_deref());
    if props.session.answers.is_empty() {
        let href = next.or(first).map(question);
        return html! { <p key="start" class="actions"><a class="button" {href}>{text.start}</a></p> };
    }
    html! {
        <p key="resume" class="actions">
            {for next.map(|next| html! { <a key="next" class="button" href={question(next)}>{text.resume}</a> })}
            <a key="answers" class="button quiet" href={props.href(Page::Answers)}>{text.see_answers}</a>
            <a key="result" class="button quiet" href={props.href(Page::Result)}>{text.see_result}</a>
        </p>
    }
}

fn view_positions(props: &PageProps) -> Html {
    let text = &props.text.start;
    let outline = &props.outline;
    let chosen = props.session.cells.get(&*outline.cycle);
    let tick = |cell: &CellView| {
        let id = cell.id.to_string();
        let ticked = chosen.is_none_or(|chosen| chosen.contains(&id));
        let onclick = {
            let all = outline.cells.iter().map(|cell| cell.id.to_string());
            let mut cells: Vec<String> = all.filter(|id| chosen.is_none_or(|chosen| chosen.contains(id))).collect();
            if ticked {
                cells.retain(|known| *known != id);
            } else {
                cells.push(id.clone());
            }
            let (on, cycle) = (props.on.clone(), outline.cycle.to_string());
            move |_: MouseEvent| on.emit(Action::CellsChosen { cycle: cycle.clone(), cells: cells.clone() })
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
fn view_dates(props: &PageProps) -> Html {
    let text = &props.text.start;
    let (timeline, today) = match &props.report {
        Some(report) => (&report.timeline, report.as_of.day),
        None => (&props.outline.timeline, props.outline.checked_on),
    };
    let ahead = |moment: &MomentReport| moment.when.as_ref().is_some_and(|when| when.day >= today && !when.passed);
    let mut dates: Vec<(&TimelineEntry, &MomentReport, bool)> = Vec::new();
    for entry in timeline {
        if entry.kind == EntryKind::Milestone {
            continue;
        }
        let closes = entry.closes.as_ref().filter(|closes| ahead(closes));
        if ahead(&entry.at) {
            dates.push((entry, &entry.at, false));
        } else if let Some(closes) = closes {
            dates.push((entry, closes, true));
        }
    }
    dates.sort_by_key(|(_, moment, _)| moment.when.as_ref().map(|when| when.instant));
    let none = dates.is_empty();
    let rows = dates.into_iter().take(DATES).filter_map(|(entry, moment, closes)| {
        let when = props.text.common.when(moment.when.as_ref()?);
        let when = match (entry.kind, closes) {
            (EntryKind::Window, false) => (text.opens)(&when),
            (_, true) => (text.closes)(&when),
            _ => when,
        };
        Some(html! {
            <div key={&*entry.id} class="row two">
                <dt>{entry.title.clone()}</dt>
                <dd key={when.clone()}>{when}</dd>
            </div>
        })
    });
    html! {
        <section class="dates">
            <h2>{text.dates}</h2>
            if none {
                <p>{text.no_dates}</p>
            } else {
                <dl class="rows">{for rows}</dl>
            }
            <p><a href={props.href(Page::Timeline)}>{text.all_dates}</a></p>
        </section>
    }
}

fn other_cycles(props: &PageProps) -> Vec<Html> {
    let text = &props.text.start;
    let others = props.cycles.iter().filter(|cycle| ***cycle != *props.outline.cycle);
    let link = |cycle: &std::rc::Rc<str>| {
        let default = *cycle == props.default_cycle;
        let route = Route { cycle: (!default).then(|| cycle.to_string()), ..props.route.clone() };
        let words = if default { (text.current_cycle)(cycle) } else { (text.other_cycle)(cycle) };
        html! { <li key={cycle.to_string()}><a href={props.route.href(&route)}>{words}</a></li> }
    };
    others.map(link).collect()
}
