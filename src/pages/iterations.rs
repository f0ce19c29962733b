//! The match as a map of stages, and the walk through match day.

mod map;

use crate::components::grounds::view_grounds;
use crate::components::moment::view_moment;
use crate::components::node::{heading, line, words};
use crate::components::notices::view_notices;
use crate::components::part::{anchor, details, fact, fold, list, section, view_fold};
use crate::components::tag::view_tag;
use crate::context::Context;
use map::view_map;
use rules::next_thing::all_closed;
use rules::report::{StageReport, TimelineEntry};
use rules::rulebook::{Named, Text};
use rules::sort::sort_by_key;
use std::iter::once;
use yew::{Html, html};

pub fn view(context: &Context) -> Html {
    let text = &context.text.iterations;
    let stages = context.report.as_ref().map_or(&context.outline.stages, |report| &report.stages);
    let (mut branches, trunk) = fork(stages);
    let ways = once((None, &*trunk)).chain(branches.iter().map(|(branch, stages)| (Some(&branch.text), &**stages)));
    let map = view_map(context.text, &ways.collect::<Vec<_>>());
    // Whoever is on one of the ways after match day has no more use for what comes before it.
    let is_past = branches.iter().any(|(_, stages)| stages.iter().any(|stage| stage.here));
    let is_here = stages.iter().any(|stage| stage.here);
    // To whom everything is closed nothing of it is to be done.
    let is_shut = !is_here && context.report.as_ref().is_some_and(|report| all_closed(report));
    let passed = if is_past || is_shut { trunk.len() } else { behind(&trunk) };
    // Their own way comes first.
    sort_by_key(&mut branches, |(_, stages)| !stages.iter().any(|stage| stage.here));
    let after = branches.iter().map(|(branch, stages)| {
        let passed = if is_shut { stages.len() } else { behind(stages) };
        view_branch(context, branch, stages, passed)
    });
    html! {
        <>
            {heading(text.title)}
            {line("eyebrow", context.outline.title.clone())}
            {line("", text.lead)}
            {map}
            if is_shut {
                {line("strong", text.shut)}
            } else if !is_here {
                {line("soft", text.place)}
            }
            if is_past {
                {fold("before".into(), "", words("h2", "", text.before), view_stages(context, &trunk, passed, "h3"))}
            } else {
                {section("before", "folds", text.before, view_stages(context, &trunk, passed, "h3"))}
            }
            {section("after", "folds", text.after, html! { <>{for after}</> })}
            {view_notices(context, "iterations", text.notices)}
        </>
    }
}

type Branches<'a> = Vec<(&'a Named, Vec<&'a StageReport>)>;

/// The stages that everybody passes, and those of each branch in the order in which it first comes.
fn fork(stages: &[StageReport]) -> (Branches<'_>, Vec<&StageReport>) {
    let (mut branches, mut trunk): (Branches<'_>, Vec<&StageReport>) = (Vec::new(), Vec::new());
    for stage in stages {
        match &stage.branch {
            None => trunk.push(stage),
            Some(branch) => match branches.iter_mut().find(|(known, _)| known.id == branch.id) {
                Some((_, stages)) => stages.push(stage),
                None => branches.push((branch, vec![stage])),
            },
        }
    }
    (branches, trunk)
}

/// A way on from the fork. What it costs is said before somebody unfolds it.
fn view_branch(context: &Context, branch: &Named, stages: &[&StageReport], passed: usize) -> Html {
    let lost = stages.iter().flat_map(|stage| &stage.lost).next();
    let head = html! {
        <>
            {words("h3", "", branch.text.clone())}
            {lost.map(|lost| words("span", "soft whole", lost.clone()))}
        </>
    };
    let is_here = stages.iter().any(|stage| stage.here);
    view_fold(anchor("branch", &branch.id), "", is_here, head, view_stages(context, stages, passed, "h4"))
}

/// How many stages come before the one where the person is.
fn behind(stages: &[&StageReport]) -> usize {
    stages.iter().position(|stage| stage.here).unwrap_or(0)
}

/// The map: one stage after the other, each with what there is to do behind its fold.
fn view_stages(context: &Context, stages: &[&StageReport], behind: usize, level: &'static str) -> Html {
    let stop = |(place, stage): (usize, &&StageReport)| {
        let head = html! {
            <>
                {words(level, "", stage.title.clone())}
                {stage.here.then(|| view_tag("tag here", context.text.iterations.here))}
            </>
        };
        // Where the person is, it is unfolded.
        let shown = if stage.here || context.is_whole {
            view_stage(context, stage, place < behind)
        } else {
            html! {}
        };
        html! {
            <li class={stage.here.then_some("here")} aria-current={stage.here.then_some("step")}>
                {view_fold(anchor("stage", &stage.id), "", stage.here, head, shown)}
            </li>
        }
    };
    html! { <ol class="map">{for stages.iter().enumerate().map(stop)}</ol> }
}

/// What is done lies behind the person: there is nothing to do for it any more.
fn view_stage(context: &Context, stage: &StageReport, done: bool) -> Html {
    let text = &context.text.iterations;
    html! {
        <>
            {line("", stage.text.clone())}
            {view_part(text.to_do, if done { &[] } else { &stage.to_do })}
            {view_part(text.lost, &stage.lost)}
            if !stage.dates.is_empty() {
                {details("", (text.dates)(stage.dates.len()), view_dates(context, &stage.dates))}
            }
            {view_grounds(&context.text.common, &stage.basis, &stage.cited)}
        </>
    }
}

fn view_part(title: &'static str, texts: &[Text]) -> Html {
    if texts.is_empty() {
        return html! {};
    }
    html! { <>{line("eyebrow strong", title)}{list("", texts)}</> }
}

fn view_dates(context: &Context, dates: &[TimelineEntry]) -> Html {
    html! { <dl class="rows">{for dates.iter().map(|entry| view_date(context, entry))}</dl> }
}

fn view_date(context: &Context, entry: &TimelineEntry) -> Html {
    let common = &context.text.common;
    let over = entry.at.over.then(|| words("span", "soft", context.text.timeline.over));
    let at = html! { <>{view_moment(context, &entry.at)}{over}</> };
    let ends = match &entry.closes {
        None => at,
        Some(closes) => html! {
            <>
                {words("span", "soft", common.opens)}
                {at}
                {words("span", "soft", common.closes)}
                {view_moment(context, closes)}
            </>
        },
    };
    fact(entry.title.clone(), ends)
}
