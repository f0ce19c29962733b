//! The match as a map of stages, and the walk through match day.

use super::PageProps;
use crate::components::{anchor, grounds, moment, notices, tag, view_list};
use rules::report::{StageReport, TimelineEntry};
use rules::rulebook::{Named, Text};
use yew::{Html, html};

pub fn view(props: &PageProps) -> Html {
    let words = &props.text.iterations;
    let stages = props.report.as_ref().map_or(&props.outline.stages, |report| &report.stages);
    let (branches, trunk) = fork(stages);
    let place =
        (!stages.iter().any(|stage| stage.here)).then(|| html! { <p key="place" class="soft">{words.place}</p> });
    let each = branches.iter().map(|(branch, stages)| {
        html! {
            <section key={&*branch.id} class="branch" aria-labelledby={anchor("branch", &branch.id)}>
                <h3 id={anchor("branch", &branch.id)}>{branch.text.clone()}</h3>
                <ol class="stages">{for stages.iter().map(|stage| view_stage(props, stage, true))}</ol>
            </section>
        }
    });
    html! {
        <>
            <h1 tabindex="-1">{words.title}</h1>
            <p class="eyebrow">{props.outline.title.clone()}</p>
            <p class="lead">{words.lead}</p>
            {for place}
            <nav key="map" aria-labelledby="map">
                <h2 id="map">{words.map}</h2>
                <ol class="map">{for trunk.iter().map(|stage| view_stop(props, stage))}</ol>
                <ul class="forks">{for branches.iter().map(|(branch, stages)| view_fork(props, branch, stages))}</ul>
            </nav>
            <section key="before" aria-labelledby="before">
                <h2 id="before">{words.before}</h2>
                <ol class="stages">{for trunk.iter().map(|stage| view_stage(props, stage, false))}</ol>
            </section>
            <section key="after" aria-labelledby="after">
                <h2 id="after">{words.after}</h2>
                <p>{words.after_lead}</p>
                {for each}
            </section>
            {notices::view_notices(props, "iterations", words.notices)}
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

fn view_stop(props: &PageProps, stage: &StageReport) -> Html {
    html! {
        <li key={&*stage.id} class={if stage.here { "here" } else { "" }} aria-current={stage.here.then_some("step")}>
            <a href={["#", &anchor("stage", &stage.id)].concat()}>{stage.title.clone()}</a>
            {for stage.here.then(|| tag::view_tag("not-yet", props.text.iterations.here))}
        </li>
    }
}

fn view_fork(props: &PageProps, branch: &Named, stages: &[&StageReport]) -> Html {
    html! {
        <li key={&*branch.id}>
            <p class="strong">{branch.text.clone()}</p>
            <ol class="map">{for stages.iter().map(|stage| view_stop(props, stage))}</ol>
        </li>
    }
}

fn view_stage(props: &PageProps, stage: &StageReport, deep: bool) -> Html {
    let words = &props.text.iterations;
    let title = stage.title.clone();
    let heading = if deep {
        html! { <h4>{title}</h4> }
    } else {
        html! { <h3>{title}</h3> }
    };
    let dates = (!stage.dates.is_empty()).then(|| {
        html! {
            <details key="dates">
                <summary>{(words.dates)(stage.dates.len())}</summary>
                <dl class="rows">{for stage.dates.iter().map(|entry| view_date(props, entry))}</dl>
            </details>
        }
    });
    html! {
        <li key={&*stage.id} id={anchor("stage", &stage.id)} class={if stage.here { "here" } else { "" }}>
            {heading}
            {for stage.here.then(|| html! { <p key="here">{tag::view_tag("not-yet", words.here)}</p> })}
            <p>{stage.text.clone()}</p>
            {view_part(words.to_do, &stage.to_do)}
            {view_part(words.lost, &stage.lost)}
            {for dates}
            {grounds::view_grounds(&props.text.common, &stage.basis, &stage.cited)}
        </li>
    }
}

fn view_part(heading: &'static str, texts: &[Text]) -> Html {
    if texts.is_empty() {
        return html! {};
    }
    html! { <div key={heading}><p class="eyebrow strong">{heading}</p>{view_list(texts)}</div> }
}

fn view_date(props: &PageProps, entry: &TimelineEntry) -> Html {
    let common = &props.text.common;
    let ends = match &entry.closes {
        None => html! { <dd>{moment::view_moment(props, &entry.at)}</dd> },
        Some(closes) => html! {
            <dd>
                <span key="opens" class="soft">{common.opens}</span>
                {moment::view_moment(props, &entry.at)}
                <span key="closes" class="soft">{common.closes}</span>
                {moment::view_moment(props, closes)}
            </dd>
        },
    };
    html! { <div key={&*entry.id} class="row two"><dt>{entry.title.clone()}</dt>{ends}</div> }
}
