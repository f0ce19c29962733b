//! A date as it stands: official wall time first, then the same instant at home, or that nothing is published.

use super::node::{line, words};
use crate::context::Context;
use rules::report::{MomentReport, Step, WhenReport};
use rules::rulebook::Basis;
use yew::{Html, html};

/// A date's day or, of several that were only read or expected, the first that is still to come: whoever waits for a later
/// one may miss it.
pub fn first_day(moment: &MomentReport) -> Option<(&WhenReport, &Basis)> {
    let mut first = (moment.when.as_ref()?, &moment.basis);
    for (when, basis) in moment.others.iter().filter(|(when, _)| moment.basis.is_weak() && !when.passed) {
        if when.instant < first.0.instant {
            first = (when, basis);
        }
    }
    Some(first)
}

/// Its other days.
pub fn other_days(moment: &MomentReport) -> impl Iterator<Item = (&WhenReport, &Basis)> {
    let all = moment.when.iter().map(|when| (when, &moment.basis));
    let all = all.chain(moment.others.iter().map(|(when, basis)| (when, basis)));
    let first = first_day(moment).map(|(when, _)| when.instant);
    all.filter(move |(when, _)| Some(when.instant) != first)
}

/// The date with all that the reader must know of it.
pub fn view_moment(context: &Context, moment: &MomentReport) -> Html {
    let common = &context.text.common;
    let first = first_day(moment);
    let home = first.and_then(|(when, _)| when.home).map(|(day, minutes)| {
        let there = common.day_and_time(day, Some(minutes), &context.outline.zone);
        words("span", "soft", (common.same_in)(&there))
    });
    let own = moment.basis == Basis::Entered;
    let basis = first.filter(|(_, basis)| own || basis.is_weak()).map(|(_, basis)| common.basis_of_day(basis));
    let others = other_days(moment);
    let others = others.map(|(when, basis)| (common.read_too)(&common.when(when), &common.basis_of_day(basis)));
    // A strong source gives another day than the reader: theirs is not used.
    let beside =
        moment.entered.filter(|entered| !own && moment.when.as_ref().map(|when| when.day) != Some(entered.day));
    let beside = beside.map(|entered| (common.entered_too)(&common.full_date(entered.day)));
    html! {
        <span class="when">
            {view_day(context, moment)}
            {home}
            {for basis.into_iter().chain(others).chain(beside).map(|text| words("span", "soft", text))}
        </span>
    }
}

/// A date, after how far away it is from today; or that it is past.
pub fn view_due(context: &Context, moment: &MomentReport) -> Html {
    let common = &context.text.common;
    let first = first_day(moment).zip(context.today());
    let left = first.map(|((when, _), today)| (when.passed, when.day.0 - today.0));
    let another_passed = moment.basis.is_weak() && moment.others.iter().any(|(when, _)| when.passed);
    html! {
        <>
            // Where a day that is only expected is past, nobody knows whether it was that one.
            if let (Some((false, days @ 0..)), false) = (left, another_passed) {
                {words("span", "in-days", (common.in_days)(days))}{" "}
            }
            {view_moment(context, moment)}
            {match left {
                Some((true, _)) => words("span", "soft", common.passed),
                Some(_) if another_passed => words("span", "soft", common.perhaps_passed),
                _ => html! {},
            }}
        </>
    }
}

/// When the person plans a step, and whether that or the day of asking is late.
pub fn view_plan(context: &Context, step: &Step) -> Html {
    let text = &context.text.result;
    let planned = step.planned.map(|day| (context.text.common.planned)(&context.text.common.range(day)));
    html! {
        <>
            {for planned.map(|planned| line("soft", planned))}
            if step.earlier {
                {line("strong", text.earlier)}
            }
            if step.late {
                {line("strong", text.change.may_be_too_late)}
            }
        </>
    }
}

fn view_day(context: &Context, moment: &MomentReport) -> Html {
    match first_day(moment) {
        Some((when, _)) => html! {
            <time datetime={when.day.to_string()}>{words("span", "", context.text.common.when(when))}</time>
        },
        None => words("span", "", unpublished(context, moment)),
    }
}

/// `Not published. It comes before this: … In the 2026 cycle: …`
fn unpublished(context: &Context, moment: &MomentReport) -> String {
    let common = &context.text.common;
    let before = moment.before.iter().map(|bound| common.bound(bound));
    let last = moment.last.iter().map(|(cycle, day)| (common.last_seen)(cycle, &common.full_date(*day)));
    let all: Vec<String> = [common.not_published.to_owned()].into_iter().chain(before).chain(last).collect();
    all.join(". ")
}
