//! One verdict in full.

use crate::components::ask::{view_ask, view_disagreement};
use crate::components::because::{view_because, view_rule};
use crate::components::criteria::view_criteria;
use crate::components::grounds::view_sources;
use crate::components::leverage::view_leverage;
use crate::components::moment::{view_due, view_moment};
use crate::components::node::{el, link, many, nothing, words};
use crate::components::part::{anchor, beside, details, here, line, maybe, section};
use crate::components::tag::view_verdict;
use crate::context::Context;
use crate::route::Page;
use rules::report::{CellReport, Criterion, Doubt, DoubtKind, MomentReport, Step};
use rules::rulebook::Text;
use rules::verdict::{Outcome, Verdict};
use yew::Html;

pub fn view(context: &Context, cell: &CellReport) -> Html {
    let (text, common) = (&context.text.result, &context.text.common);
    let positive = matches!(cell.verdict, Verdict::Decided(Outcome::Open | Outcome::NotYet));
    let closed = matches!(cell.verdict, Verdict::Decided(Outcome::Unmet | Outcome::Closed(_)));
    let says = cell.says.as_deref().map_or_else(|| super::in_short(context, cell), str::to_owned);
    let leans = cell.leans_to.map(|outcome| line("", (text.leans_to)(common.outcome(outcome))));
    let mut shown = vec![
        el("p", "", vec![view_verdict(context.text, cell.verdict)]),
        line("lead", says),
        maybe(leans),
        line("soft", common.unofficial),
        view_doubts(context, &cell.doubts),
        view_steps(context, cell.waits_for.as_ref(), &cell.steps),
    ];
    if !cell.conditions.is_empty() {
        let each =
            cell.conditions.iter().map(|condition| view_step(context, &condition.text, condition.by.as_ref(), false));
        shown.push(words("h3", "", text.conditions));
        shown.push(el("ul", "steps", each.collect()));
    }
    shown.push(view_open(context, cell));
    shown.push(view_because(context, &cell.because, !positive));
    if closed {
        shown.push(words("h3", "", text.instead));
        shown.push(line("", cell.instead.clone()));
    }
    shown.extend(cell.readings.iter().map(|found| view_disagreement(context, found)));
    shown.extend(cell.ask.iter().map(|found| view_ask(context, found)));
    shown.push(view_to_confirm(context, &cell.to_confirm));
    if let (Some(leverage), Verdict::Decided(outcome)) = (&cell.leverage, cell.verdict) {
        shown.push(view_leverage(context, leverage, outcome));
    }
    shown.push(view_criteria(context, &cell.criteria));
    shown.push(details("", text.sources, vec![view_sources(common, &cell.sources)]));
    section(anchor("cell", &cell.id), "verdict", cell.title.clone(), shown)
}

fn view_step(context: &Context, text: &Text, by: Option<&MomentReport>, earlier: bool) -> Html {
    let by = by.map(|by| {
        let due = view_due(context, by);
        let due = if earlier { beside(words("strong", "", context.text.result.earlier), due) } else { due };
        el("p", "", vec![due])
    });
    el("li", "", vec![line("", text.clone()), maybe(by)])
}

/// Why the day makes the verdict doubtful: each date once, with the way to where it can be entered.
fn view_doubts(context: &Context, doubts: &[Doubt]) -> Html {
    if doubts.is_empty() {
        return nothing();
    }
    let text = &context.text.result.doubts;
    let view = |doubt: &Doubt| {
        let says = match doubt.why {
            DoubtKind::ShouldBeOver => text.should_be_over,
            DoubtKind::ShouldHaveBegun => text.should_have_begun,
            DoubtKind::LateMayCount => text.late_may_count,
            DoubtKind::TooEarly => text.too_early,
            DoubtKind::TooLate => text.too_late,
        };
        let date = doubt.date.id.split('.').next().unwrap_or_default();
        let there = [&context.href(Page::Timeline), &*here("date", date)].concat();
        el(
            "li",
            "",
            vec![
                line("", says(&doubt.date.title)),
                el("p", "", vec![view_moment(context, &doubt.date)]),
                el("p", "", vec![link("link", there, text.look_up)]),
            ],
        )
    };
    many(vec![words("h3", "", text.title), el("ul", "steps", doubts.iter().map(view).collect())])
}

/// What has to open, and what has to be done. Alternatives stand together under one heading.
fn view_steps(context: &Context, opens: Option<&MomentReport>, steps: &[Step]) -> Html {
    if steps.is_empty() && opens.is_none() {
        return nothing();
    }
    let text = &context.text.result;
    let opens =
        opens.map(|opens| view_step(context, &(text.waits_for)(&opens.title).as_str().into(), Some(opens), false));
    let groups = steps.chunk_by(|one, other| one.one_of.is_some() && one.one_of == other.one_of);
    let each = groups.map(|group| {
        let mut each = group.iter().map(|step| view_step(context, &step.text, step.by.as_ref(), step.earlier));
        match group {
            [_] => maybe(each.next()),
            _ => el("li", "", vec![line("strong", text.one_of), el("ul", "", each.collect())]),
        }
    });
    many(vec![words("h3", "", text.steps), el("ul", "steps", opens.into_iter().chain(each).collect())])
}

/// The questions that are still open, as links.
fn view_open(context: &Context, cell: &CellReport) -> Html {
    if cell.open.is_empty() {
        return nothing();
    }
    let each = cell.open.iter().filter_map(|id| context.outline.questions.iter().find(|question| question.id == *id));
    let each = each.map(|question| {
        let href = context.href(Page::Question(question.id.to_string()));
        el("li", "", vec![link("", href, question.short.clone())])
    });
    many(vec![
        words("h3", "", context.text.result.open_questions),
        line("soft", (context.text.result.at_most_more)(cell.at_most_more)),
        el("ul", "columns", each.collect()),
    ])
}

fn view_to_confirm(context: &Context, weak: &[Criterion]) -> Html {
    if weak.is_empty() {
        return nothing();
    }
    let text = &context.text.result;
    many(vec![
        words("h3", "", text.to_confirm),
        line("hint", text.to_confirm_hint),
        el("ul", "rules", weak.iter().map(|rule| view_rule(context, rule, true)).collect()),
    ])
}
