//! The match as a map of stages, and the walk through match day.

use crate::components::grounds::view_grounds;
use crate::components::moment::view_moment;
use crate::components::node::{el, heading, link, many, nothing, with, words};
use crate::components::notices::view_notices;
use crate::components::part::{anchor, details, fact, here, line, list, maybe, place, section};
use crate::components::tag::view_tag;
use crate::context::Context;
use rules::report::{StageReport, TimelineEntry};
use rules::rulebook::{Named, Text};
use yew::{AttrValue, Html};

pub fn view(context: &Context) -> Html {
    let text = &context.text.iterations;
    let stages = context.report.as_ref().map_or(&context.outline.stages, |report| &report.stages);
    let (branches, trunk) = fork(stages);
    let nowhere = (!stages.iter().any(|stage| stage.here)).then(|| line("soft", text.place));
    let forks = branches
        .iter()
        .map(|(branch, stages)| el("li", "", vec![line("strong", branch.text.clone()), view_map(context, stages)]));
    let map = vec![view_map(context, &trunk), el("ul", "forks", forks.collect())];
    let mut after = vec![line("", text.after_lead)];
    after.extend(branches.iter().map(|(branch, stages)| {
        let title = place("h3", anchor("branch", &branch.id), "", vec![words("span", "", branch.text.clone())]);
        el("div", "branch", vec![title, view_stages(context, stages, "h4")])
    }));
    many(vec![
        heading(text.title),
        line("eyebrow", context.outline.title.clone()),
        line("lead", text.lead),
        maybe(nowhere),
        section("map", "", text.map, map),
        section("before", "", text.before, vec![view_stages(context, &trunk, "h3")]),
        section("after", "", text.after, after),
        view_notices(context, "iterations", text.notices),
    ])
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

fn view_map(context: &Context, stages: &[&StageReport]) -> Html {
    let stop = |stage: &&StageReport| {
        let mark = stage.here.then_some(AttrValue::Static("here"));
        let current = stage.here.then_some(AttrValue::Static("step"));
        let tag = stage.here.then(|| view_tag("tag not-yet", context.text.iterations.here));
        let stop = link("", here("stage", &stage.id), stage.title.clone());
        with("li", &["class", "aria-current"], vec![mark, current], vec![stop, maybe(tag)])
    };
    el("ol", "map", stages.iter().map(stop).collect())
}

fn view_stages(context: &Context, stages: &[&StageReport], level: &'static str) -> Html {
    el("ol", "stages", stages.iter().map(|stage| view_stage(context, stage, level)).collect())
}

fn view_stage(context: &Context, stage: &StageReport, level: &'static str) -> Html {
    let text = &context.text.iterations;
    let dates = (!stage.dates.is_empty()).then(|| {
        let each = stage.dates.iter().map(|entry| view_date(context, entry)).collect();
        details("", (text.dates)(stage.dates.len()), vec![el("dl", "rows", each)])
    });
    place(
        "li",
        anchor("stage", &stage.id),
        if stage.here { "here" } else { "" },
        vec![
            words(level, "", stage.title.clone()),
            maybe(stage.here.then(|| el("p", "", vec![view_tag("tag not-yet", text.here)]))),
            line("", stage.text.clone()),
            view_part(text.to_do, &stage.to_do),
            view_part(text.lost, &stage.lost),
            maybe(dates),
            view_grounds(&context.text.common, &stage.basis, &stage.cited),
        ],
    )
}

fn view_part(title: &'static str, texts: &[Text]) -> Html {
    if texts.is_empty() { nothing() } else { many(vec![line("eyebrow strong", title), list("", texts)]) }
}

fn view_date(context: &Context, entry: &TimelineEntry) -> Html {
    let common = &context.text.common;
    let at = view_moment(context, &entry.at);
    let ends = match &entry.closes {
        None => at,
        Some(closes) => many(vec![
            words("span", "soft", common.opens),
            at,
            words("span", "soft", common.closes),
            view_moment(context, closes),
        ]),
    };
    fact(entry.title.clone(), ends)
}
