//! Where the person stands: every verdict, why, and what to do next.

mod because;
mod cell;
mod criteria;
mod leverage;

use crate::components::find_out::view_tasks;
use crate::components::next::{is_closed_for_good, sentence_end, to_next_cycle, view_next};
use crate::components::node::{heading, line, link, words};
use crate::components::notices::view_notices;
use crate::components::part::{fold, grouped, here, list, section};
use crate::components::tag::view_verdict_tag;
use crate::context::Context;
use crate::route::Page;
use crate::session::Action;
use rules::interview::Bearing;
use rules::report::{CellReport, Criterion, CriterionState, Report, RowPlace};
use rules::rulebook::Text;
use rules::verdict::{Outcome, Verdict};
use yew::{Html, MouseEvent, html};

pub fn view(context: &Context) -> Html {
    html! {
        <>
            {heading(context.text.result.title)}
            {match &context.report {
                None => view_general(context, true),
                Some(report) if report.rows.iter().all(|row| row.place == RowPlace::NotAsked) => html! {
                    <>{view_empty(context, report)}{view_general(context, false)}</>
                },
                Some(report) => view_report(context, report),
            }}
            {view_next_cycle(context)}
        </>
    }
}

/// What holds for everybody, with a place for the person's own part while that is not there yet.
fn view_general(context: &Context, waiting: bool) -> Html {
    let text = &context.text.result;
    let covers: Vec<Text> = context.outline.cells.iter().map(|cell| cell.title.clone()).collect();
    html! {
        <>
            {line("eyebrow", context.outline.title.clone())}
            {line("lead", text.general[0])}
            {line("", text.general[1])}
            if waiting {
                <div class="card place">
                    {line("", text.place)}
                    {line("no-script", context.text.layout.no_script)}
                </div>
            }
            {words("h2", "", text.covers)}
            {list("", &covers)}
            <p>{link("", context.href(Page::Sources), text.all_rules)}</p>
            {line("soft", context.text.common.unofficial)}
            {view_notices(context, "result", text.notices)}
        </>
    }
}

fn view_empty(context: &Context, report: &Report) -> Html {
    let text = &context.text.result;
    html! {
        <div class="card place">
            {line("", text.empty)}
            if let Some(id) = &report.next {
                <p class="actions">{link("button", context.question(id), text.first_question)}</p>
            }
        </div>
    }
}

fn view_report(context: &Context, report: &Report) -> Html {
    let text = &context.text.result;
    let day = context.text.common.full_date(report.as_of.day);
    html! {
        <>
            <p class="eyebrow">
                // On a screen it stands above.
                {words("span", "printed", (text.as_of)(&context.outline.title, &day))}
                {words("span", "", context.text.common.unofficial)}
            </p>
            if report.outside_span {
                {view_warning(&text.outside_span)}
            }
            if report.past_check_by {
                {view_warning(&text.past_check_by)}
            }
            {view_glance(context, report)}
            {view_next(context, report)}
            {view_details(context, report)}
            {view_find_out(context, report)}
            {view_notices(context, "result", text.notices)}
        </>
    }
}

fn view_warning([title, why]: &[&'static str; 2]) -> Html {
    html! { <div class="notice warn">{words("h2", "", *title)}{line("", *why)}</div> }
}

/// The verdicts by place. Positions with the same verdict for the same reason are together.
fn view_glance(context: &Context, report: &Report) -> Html {
    if report.cells.is_empty() {
        return html! {};
    }
    let places = grouped(&report.cells, |cell| &cell.place).into_iter().map(|cells| {
        let told: Vec<(&CellReport, String)> = cells.iter().map(|cell| (*cell, in_short(context, cell))).collect();
        let alike = told.chunk_by(|(one, reason), (other, other_reason)| {
            (one.verdict, one.chosen, reason) == (other.verdict, other.chosen, other_reason)
        });
        let title = cells.first().map(|cell| words("h3", "", cell.place.clone()));
        html! { <>{title}<ul class="plain">{for alike.map(|cells| view_verdict(context, cells))}</ul></> }
    });
    section("glance", "glance", context.text.result.at_a_glance, places.collect())
}

fn view_verdict(context: &Context, cells: &[(&CellReport, String)]) -> Html {
    let text = &context.text.result;
    let name = |(cell, _): &(&CellReport, String)| {
        html! {
            if cell.chosen {
                {link("", here("cell", &cell.id), cell.what.clone())}
            } else {
                {words("span", "", cell.what.clone())}
            }
        }
    };
    let [(first, reason), ..] = cells else { return html! {} };
    html! {
        <li>
            <div class="head">
                <ul class="cells">{for cells.iter().map(|cell| html! { <li>{name(cell)}</li> })}</ul>
                {view_verdict_tag(context.text, first.verdict)}
            </div>
            {line("", reason.clone())}
            if !first.chosen {
                {line("soft", text.not_chosen)}
            }
        </li>
    }
}

/// Why the verdict is what it is, in one sentence.
fn in_short(context: &Context, cell: &CellReport) -> String {
    let text = &context.text.result;
    let contradict = context.report.as_ref().is_some_and(|report| !report.contradictions.is_empty());
    let because = || cell.because.iter().flat_map(|because| &because.rules).map(|rule| rule.says().to_string()).next();
    match cell.verdict {
        Verdict::NeedsAnswers if contradict => text.contradict.to_owned(),
        Verdict::NeedsAnswers if cell.at_most_more == 0 => {
            let tasks = context.report.iter().flat_map(|report| &report.find_out);
            let mut open = tasks.filter(|task| task.bearing == Bearing::Verdict && cell.open.contains(&task.question));
            let is_asked = context.report.as_ref().is_some_and(|report| report.next.is_some());
            let unsaid = if is_asked { text.answer_missing } else { text.ask };
            open.next().map_or_else(|| unsaid.to_owned(), |task| (text.needs_find_out)(&task.title))
        }
        Verdict::NeedsAnswers => (text.at_most_decide)(cell.at_most_more, cell.open.len() > cell.at_most_more),
        Verdict::Decided(Outcome::Open) => first_sentence(cell.says.as_deref().unwrap_or_default()),
        Verdict::Decided(Outcome::NotYet) => {
            let dated =
                cell.steps.iter().filter_map(|step| Some((step.by.as_ref()?, step.by.as_ref()?.when.as_ref()?)));
            let first = dated.filter(|(_, when)| !when.passed).min_by_key(|(_, when)| when.instant);
            let first = first
                .map(|(by, when)| context.text.common.day_resting_on(context.text.common.date(when.day), &by.basis));
            match (&*cell.steps, &cell.waits_for) {
                // A day comes by itself: what has to happen is said first.
                ([], Some(opens)) => (text.waits_for)(&opens.title),
                ([], None) => text.not_yet.to_owned(),
                ([only], _) => first_sentence(&only.text),
                _ => (text.must_happen)(first.as_deref()),
            }
        }
        Verdict::Decided(Outcome::Ask) => {
            let disagree = cell.readings.first().map(|found| (text.disagree)(&found.title));
            let doubt = || cell.doubts.first().map(|doubt| text.doubts.says(doubt));
            let rule = || {
                let title = cell.ask.as_ref()?.rules.first()?;
                Some((if is_missed(&cell.criteria, title) { text.perhaps_not_met } else { text.not_settled })(title))
            };
            let stale = context.report.as_ref().is_some_and(|report| report.past_check_by);
            let last = || if stale { [text.past_check_by[0], "."].concat() } else { text.ask.to_owned() };
            disagree.or_else(doubt).or_else(rule).unwrap_or_else(last)
        }
        Verdict::Decided(Outcome::Unmet) => because().unwrap_or_else(|| text.closed.to_owned()),
        Verdict::Decided(Outcome::Closed(_)) => cell.says.as_deref().unwrap_or(text.closed).to_owned(),
    }
}

fn first_sentence(text: &str) -> String {
    sentence_end(text).map_or(text, |end| &text[..=end]).trim_end().to_owned()
}

/// Whether the rule of this title, or part of another, is not met: where the verdict is to ask, by weak sources only.
fn is_missed(criteria: &[Criterion], title: &str) -> bool {
    let mut each = criteria.iter();
    each.any(|c| (c.state == CriterionState::NotMet && *c.title == *title) || is_missed(&c.parts, title))
}

/// Each position that was chosen, with all that there is to say of it behind its fold.
fn view_details(context: &Context, report: &Report) -> Html {
    let text = &context.text.result;
    let mut chosen = report.cells.iter().filter(|cell| cell.chosen).peekable();
    if chosen.peek().is_none() {
        return html! {};
    }
    let unfold = context.on.reform(|_: MouseEvent| Action::Unfolded);
    let shown = html! {
        <>
            <button type="button" class="link" onclick={unfold}>{words("span", "", text.unfold)}</button>
            {for chosen.map(|cell| cell::view(context, cell))}
        </>
    };
    section("why", "folds", text.details, shown)
}

fn view_find_out(context: &Context, report: &Report) -> Html {
    if report.find_out.is_empty() {
        return html! {};
    }
    let text = &context.text.result.find_out;
    let shown = html! { <>{line("hint", text.hint)}{view_tasks(context, &report.find_out)}</> };
    section("find-out", "folds", text.title, shown)
}

/// What comes after this cycle, and the ways on from here.
fn view_next_cycle(context: &Context) -> Html {
    let (text, next) = (&context.text.result, &context.outline.next_cycle);
    html! {
        <>
            if !is_closed_for_good(context) {
                {fold("next-cycle".into(), "", words("h2", "", text.next_cycle), line("", next.text.clone()))}
            }
            <p class="actions">
                {to_next_cycle(context, "link")}
                {link("link", context.href(Page::Checklist), text.checklist)}
                {link("link", context.href(Page::Timeline), text.timeline)}
            </p>
        </>
    }
}
