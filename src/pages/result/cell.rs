//! One verdict in full.

use super::because::{view_because, view_rule};
use super::criteria::view_criteria;
use super::leverage::view_leverage;
use crate::components::grounds::view_sources;
use crate::components::letter::{view_disagreement, view_letters, view_likely, view_whom};
use crate::components::moment::{view_due, view_moment, view_plan};
use crate::components::node::{line, link, words};
use crate::components::part::{anchor, details, fold, here, later};
use crate::components::row::view_changed;
use crate::components::tag::view_verdict_tag;
use crate::context::Context;
use crate::route::Page;
use rules::report::{CellReport, Criterion, Doubt, MomentReport, Remaining, Step};
use rules::rulebook::{Text, date_of};
use rules::verdict::{Outcome, Verdict};
use std::slice;
use yew::{Html, html};

pub fn view(context: &Context, cell: &CellReport) -> Html {
    let head = html! {
        <>
            {words("h3", "", cell.what.clone())}
            {view_verdict_tag(context.text, cell.verdict)}
        </>
    };
    let shown = later(context, || view_folded(context, cell));
    fold(anchor("cell", &cell.id), "verdict", head, shown)
}

/// What leads on comes first: whom to ask, what is open instead, what must happen. Then why, and what it rests on.
fn view_folded(context: &Context, cell: &CellReport) -> Html {
    let (text, common) = (&context.text.result, &context.text.common);
    let positive = matches!(cell.verdict, Verdict::Decided(Outcome::Open | Outcome::NotYet));
    let closed = matches!(cell.verdict, Verdict::Decided(Outcome::Unmet | Outcome::Closed(_)));
    let says = cell.says.as_deref().map_or_else(|| super::in_short(context, cell), str::to_owned);
    html! {
        <>
            {line("eyebrow", cell.title.clone())}
            {line("lead", says)}
            {for cell.leans_to.map(|outcome| line("", (text.leans_to)(common.outcome(outcome))))}
            {line("soft", common.unofficial)}
            {view_likely(context.text, &cell.readings)}
            if let Some(ask) = &cell.ask {
                {view_whom(context.text, ask)}
            }
            if closed {
                {words("h4", "", text.instead)}
                {line("", cell.instead.clone())}
            }
            {view_doubts(context, &cell.doubts)}
            {view_steps(context, cell)}
            {view_conditions(context, &cell.conditions)}
            {view_open(context, cell)}
            {view_because(context, &cell.different_reasons(), !positive)}
            {view_to_confirm(context, &cell.to_confirm)}
            {view_leverage(context, cell)}
            // Where it is closed for another cause, what is required does not matter.
            if !matches!(cell.verdict, Verdict::Decided(Outcome::Closed(_))) {
                {view_criteria(context, &cell.criteria, closed)}
            }
            {for cell.readings.iter().map(|found| view_disagreement(context.text, found))}
            if let Some(ask) = &cell.ask {
                {view_letters(context.text, &cell.id, ask)}
            }
            {details("", text.sources, view_sources(common, &cell.sources))}
        </>
    }
}

fn view_step(context: &Context, text: &Text, by: Option<&MomentReport>, plan: Html) -> Html {
    html! {
        <li>
            {line("", text.clone())}
            {plan}
            {for by.map(|by| html! { <p>{view_due(context, by)}</p> })}
        </li>
    }
}

/// Why the day makes the verdict doubtful: each date once, with the way to where it can be entered.
fn view_doubts(context: &Context, doubts: &[Doubt]) -> Html {
    if doubts.is_empty() {
        return html! {};
    }
    html! {
        <>
            {words("h4", "", context.text.result.doubts.title)}
            <ul class="steps">{for doubts.iter().map(|doubt| view_doubt(context, doubt))}</ul>
        </>
    }
}

fn view_doubt(context: &Context, doubt: &Doubt) -> Html {
    let text = &context.text.result.doubts;
    let there = [&context.href(Page::Timeline), &*here("date", date_of(&doubt.date.id))].concat();
    html! {
        <li>
            {line("", text.says(doubt))}
            <p>{view_moment(context, &doubt.date)}</p>
            {view_changed(context, slice::from_ref(doubt))}
            <p>{link("link", there, text.look_up)}</p>
        </li>
    }
}

/// What has to open, and what has to be done. Alternatives are together under one heading.
fn view_steps(context: &Context, cell: &CellReport) -> Html {
    if cell.steps.is_empty() && cell.waits_for.is_none() {
        return html! {};
    }
    let text = &context.text.result;
    let opens = cell
        .waits_for
        .as_ref()
        .map(|opens| view_step(context, &(text.waits_for)(&opens.title).as_str().into(), Some(opens), html! {}));
    let waits = cell.verdict == Verdict::Decided(Outcome::NotYet);
    let (before, after) = cell.steps.split_at(cell.steps_before_opening());
    let groups = |steps: &[Step]| -> Html {
        let groups = steps.chunk_by(|one, other| one.one_of.is_some() && one.one_of == other.one_of);
        groups.map(|group| view_group(context, group)).collect()
    };
    html! {
        <>
            {words("h4", "", if waits { text.steps } else { text.steps_besides })}
            <ul class="steps">{groups(before)}{for opens}{groups(after)}</ul>
        </>
    }
}

fn view_group(context: &Context, group: &[Step]) -> Html {
    let each = group.iter().map(|step| view_step(context, &step.text, step.by.as_ref(), view_plan(context, step)));
    match group {
        [_] => each.collect(),
        _ => html! {
            <li>
                {line("strong", context.text.result.one_of)}
                <ul>{for each}</ul>
            </li>
        },
    }
}

fn view_conditions(context: &Context, conditions: &[Remaining]) -> Html {
    if conditions.is_empty() {
        return html! {};
    }
    let each = conditions.iter().map(|condition| view_step(context, &condition.text, condition.by.as_ref(), html! {}));
    html! {
        <>
            {words("h4", "", context.text.result.conditions)}
            <ul class="steps">{for each}</ul>
        </>
    }
}

/// The questions that are still open, as links.
fn view_open(context: &Context, cell: &CellReport) -> Html {
    if cell.open.is_empty() {
        return html! {};
    }
    let text = &context.text.result;
    let each = cell.open.iter().filter_map(|id| context.outline.question(id));
    let each = each.map(|question| {
        let href = context.href(Page::Question(question.id.to_string()));
        html! { <li>{link("", href, question.short.clone())}</li> }
    });
    // With nothing left to ask, these were answered with "I don't know".
    let (title, left) = match cell.at_most_more {
        0 => (text.still_to_find_out, None),
        more => (text.open_questions, Some((text.at_most_decide)(more, cell.open.len() > more))),
    };
    html! {
        <>
            {words("h4", "", title)}
            {left.map(|left| line("soft", left))}
            <ul class="columns">{for each}</ul>
        </>
    }
}

fn view_to_confirm(context: &Context, weak: &[Criterion]) -> Html {
    if weak.is_empty() {
        return html! {};
    }
    let text = &context.text.result;
    html! {
        <>
            {words("h4", "", text.to_confirm)}
            {line("hint", text.to_confirm_hint)}
            <ul class="rules">{for weak.iter().map(|rule| view_rule(context.text, rule, true))}</ul>
        </>
    }
}
