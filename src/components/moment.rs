//! A date as it stands: official wall time first, then the same instant at home, or that nothing is published.

use super::node::{el, many, with, words};
use super::part::maybe;
use crate::pages::PageProps;
use rules::report::MomentReport;
use yew::{AttrValue, Html};

/// The date with all that the reader must know of it.
pub fn view_moment(props: &PageProps, moment: &MomentReport) -> Html {
    let common = &props.text.common;
    let home = moment.when.as_ref().and_then(|when| when.home).map(|(day, minutes)| {
        let there = common.day_and_time(day, Some(minutes), &props.outline.zone);
        words("span", "soft", (common.same_in)(&there))
    });
    let weak = match &moment.when {
        Some(_) if moment.entered => Some(common.entered.to_owned()),
        Some(_) if moment.basis.is_weak() => Some(common.basis(&moment.basis)),
        _ => None,
    };
    let weak = weak.map(|weak| words("span", "soft", weak));
    el("span", "when", vec![view_day(props, moment), maybe(home), maybe(weak)])
}

/// The same, and how far away it is from today, or that it is past.
pub fn view_due(props: &PageProps, moment: &MomentReport) -> Html {
    let common = &props.text.common;
    let today = props.report.as_ref().map(|report| report.as_of.day);
    let left = moment.when.as_ref().zip(today).map(|(when, today)| {
        if when.passed {
            words("span", "soft", common.passed)
        } else {
            words("span", "in-days", (common.in_days)(when.day.0 - today.0))
        }
    });
    many(vec![view_moment(props, moment), maybe(left)])
}

fn view_day(props: &PageProps, moment: &MomentReport) -> Html {
    match &moment.when {
        Some(when) => {
            let day = AttrValue::from(when.day.to_string());
            with("time", &["datetime"], vec![Some(day)], vec![words("span", "", props.text.common.when(when))])
        }
        None => words("span", "", unpublished(props, moment)),
    }
}

/// `Not published. In the 2026 cycle it was …`
fn unpublished(props: &PageProps, moment: &MomentReport) -> String {
    let common = &props.text.common;
    match &moment.last {
        Some((cycle, day)) => {
            [common.not_published, ". ", &(common.last_seen)(cycle, &common.full_date(*day))].concat()
        }
        None => common.not_published.to_owned(),
    }
}
