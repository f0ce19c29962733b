//! What the self-check is, and where it begins.

use crate::components::node::{el, heading, keyed, link, many, nothing, words};
use crate::context::Context;
use crate::route::Page;
use crate::session::Action;
use rules::outline::CellView;
use rules::report::{EntryKind, MomentReport, TimelineEntry};
use rules::rulebook::Text;
use yew::{Html, MouseEvent, html};

/// How many dates the page shows before it points to the timeline.
const DATES: usize = 4;

pub fn view(context: &Context) -> Html {
    let text = &context.text.start;
    let outline = &context.outline;
    let rules = || link("", context.href(Page::Sources), text.all_rules);
    let mut others = other_cycles(context);
    others.push(el("li", "", vec![rules()]));
    many(vec![
        heading(text.title),
        words("p", "lead", text.lead),
        words("p", "strong", text.decides_nothing),
        el(
            "div",
            "doors",
            vec![
                el(
                    "section",
                    "card next",
                    vec![
                        words("h2", "", door(context, &outline.cycle)),
                        view_carried(context),
                        view_ways(context),
                        words("p", "no-script strong", context.text.layout.no_script),
                    ],
                ),
                view_other_door(context),
            ],
        ),
        words("p", "", outline.summary.clone()),
        words("p", "", (text.how_many)(outline.questions.len())),
        view_positions(context),
        view_dates(context),
        view_list(text.at_hand, &text.at_hand_items),
        view_list(text.kept, &text.kept_items),
        words("h2", "", text.other_cycles),
        el("ul", "", others),
    ])
}

fn view_list(title: &'static str, items: &[&'static str]) -> Html {
    el(
        "section",
        "",
        vec![words("h2", "", title), el("ul", "", items.iter().map(|item| words("li", "", *item)).collect())],
    )
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
        None => {
            let about = vec![words("summary", "", (text.preparing)(&next.id)), words("p", "", next.text.clone())];
            return el("details", "card", about);
        }
    };
    let href = context.href_in(cycle, Page::Start).unwrap_or_default();
    el(
        "section",
        "card",
        vec![
            words("h2", "", door(context, cycle)),
            el("p", "actions", vec![link("button quiet", href, (text.go_to)(cycle))]),
            el("details", "", vec![words("summary", "", text.more), words("p", "", about)]),
        ],
    )
}

/// What of the answers to another cycle counts for this one, as long as nothing was answered for this one alone.
fn view_carried(context: &Context) -> Html {
    let (text, answers) = (&context.text.start, &context.session.answers);
    let here = format!("{}/", context.outline.cycle);
    let of_a_cycle: Vec<&String> = answers.keys().filter(|key| key.contains('/')).collect();
    if of_a_cycle.is_empty() || of_a_cycle.iter().any(|key| key.starts_with(&here)) {
        return nothing();
    }
    let questions = || context.outline.questions.iter();
    let about_the_run = |id: &str| of_a_cycle.iter().any(|key| key.rsplit('/').next() == Some(id));
    let carried = questions().filter(|asked| !asked.per_cycle && answers.contains_key(&*asked.id));
    let left = questions().filter(|asked| asked.per_cycle && about_the_run(&asked.id));
    let part = |lead: &'static str, shorts: Vec<Text>| {
        if shorts.is_empty() {
            return nothing();
        }
        let rows = shorts.into_iter().map(|short| words("li", "", short)).collect();
        many(vec![words("p", "", lead), el("ul", "", rows)])
    };
    let carried = carried.map(|asked| asked.short.clone()).collect();
    let left = left.map(|asked| asked.short.clone()).collect();
    keyed("carried", "div", "carried", vec![part(text.carried, carried), part(text.not_carried, left)])
}

/// The spring in which people applied for a cycle.
fn spring(cycle: &str) -> String {
    cycle.parse().map_or_else(|_| cycle.to_owned(), |year: i32| (year - 1).to_string())
}

fn view_ways(context: &Context) -> Html {
    let text = &context.text.start;
    let question = |id: &str| context.href(Page::Question(id.to_owned()));
    let first = context.outline.questions.first().map(|question| &*question.id);
    let next = context.report.as_ref().and_then(|report| report.next.as_deref());
    if context.session.answers.is_empty() {
        let href = next.or(first).map(question).unwrap_or_default();
        return keyed("start", "p", "actions", vec![link("button", href, text.start)]);
    }
    keyed(
        "resume",
        "p",
        "actions",
        vec![
            next.map_or_else(nothing, |next| link("button", question(next), text.resume)),
            link("button quiet", context.href(Page::Answers), text.see_answers),
            link("button quiet", context.href(Page::Result), text.see_result),
        ],
    )
}

fn view_positions(context: &Context) -> Html {
    let text = &context.text.start;
    let outline = &context.outline;
    let chosen = context.session.cells.get(&*outline.cycle);
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
    let (timeline, today) = match &context.report {
        Some(report) => (&report.timeline, report.as_of.day),
        None => (&context.outline.timeline, context.outline.checked_on),
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
    let mut rows = Vec::new();
    // The soonest first; a sort would be more code than the rest of this page.
    while rows.len() < DATES
        && let Some(soonest) = (0..dates.len()).min_by_key(|n| dates[*n].1.when.as_ref().map(|when| when.instant))
    {
        let (entry, moment, closes) = dates.remove(soonest);
        let when = moment.when.as_ref().map(|when| context.text.common.when(when)).unwrap_or_default();
        let when = match (entry.kind, closes) {
            (EntryKind::Window, false) => (text.opens)(&when),
            (_, true) => (text.closes)(&when),
            _ => when,
        };
        let basis = moment.basis.is_weak().then(|| context.text.common.basis_of_day(&moment.basis));
        let when = vec![words("span", "", when), basis.map_or_else(nothing, |basis| words("span", "soft", basis))];
        rows.push(keyed(
            &entry.id,
            "div",
            "row two",
            vec![words("dt", "", entry.title.clone()), el("dd", "when", when)],
        ));
    }
    el(
        "section",
        "dates",
        vec![
            words("h2", "", text.dates),
            if rows.is_empty() { words("p", "", text.no_dates) } else { keyed("dates", "dl", "rows", rows) },
            el("p", "", vec![link("", context.href(Page::Timeline), text.all_dates)]),
        ],
    )
}

fn other_cycles(context: &Context) -> Vec<Html> {
    let text = &context.text.start;
    let others = context.cycles.iter().filter(|cycle| ***cycle != *context.outline.cycle);
    let link = |cycle: &std::rc::Rc<str>| {
        let words = match () {
            () if *cycle == context.default_cycle => (text.current_cycle)(cycle),
            () if *cycle > context.default_cycle => (text.preparing)(cycle),
            () => (text.other_cycle)(cycle),
        };
        el("li", "", vec![link("", context.href_in(cycle, Page::Start).unwrap_or_default(), words)])
    };
    others.map(link).collect()
}
