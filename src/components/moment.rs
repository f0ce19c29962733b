//! A date as it stands: official wall time first, then the same instant at home, or that nothing is published.

use crate::pages::PageProps;
use rules::report::MomentReport;
use yew::{Html, html};

/// The date with all that the reader must know of it.
pub fn view_moment(props: &PageProps, moment: &MomentReport) -> Html {
    let common = &props.text.common;
    let home = moment.when.as_ref().and_then(|when| when.home).map(|(day, minutes)| {
        let there = common.day_and_time(day, Some(minutes), &props.outline.zone);
        super::view_run("soft", (common.same_in)(&there))
    });
    let weak = match &moment.when {
        Some(_) if moment.entered => Some(common.entered.to_owned()),
        Some(_) if moment.basis.is_weak() => Some(common.basis(&moment.basis)),
        _ => None,
    };
    html! {
        <span class="when">
            {view_day(props, moment)}
            {for home}
            {for weak.map(|weak| super::view_run("soft", weak))}
        </span>
    }
}

/// The same, and how far away it is from today, or that it is past.
pub fn view_due(props: &PageProps, moment: &MomentReport) -> Html {
    let common = &props.text.common;
    let today = props.report.as_ref().map(|report| report.as_of.day);
    let left = moment.when.as_ref().zip(today).map(|(when, today)| {
        // What holds for everybody knows no day, so it never says by itself that a date has passed.
        if when.passed || when.day < today {
            super::view_run("soft", common.passed)
        } else {
            super::view_run("in-days", (common.in_days)(when.day.0 - today.0))
        }
    });
    html! { <>{view_moment(props, moment)}{for left}</> }
}

fn view_day(props: &PageProps, moment: &MomentReport) -> Html {
    let common = &props.text.common;
    match &moment.when {
        Some(when) => {
            let words = common.when(when);
            html! { <time key={words.clone()} datetime={when.day.to_string()}>{words}</time> }
        }
        None => super::view_run("", unpublished(props, moment)),
    }
}

/// `Not published. In the 2026 cycle it was …`
pub fn unpublished(props: &PageProps, moment: &MomentReport) -> String {
    let common = &props.text.common;
    match &moment.last {
        Some((cycle, day)) => {
            format!("{}. {}", common.not_published, (common.last_seen)(cycle, &common.full_date(*day)))
        }
        None => common.not_published.to_owned(),
    }
}
