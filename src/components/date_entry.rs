//! A field for an official date that nobody had published when the rules were read.

use crate::pages::PageProps;
use crate::session::Action;
use rules::day::{Day, DayRange};
use rules::report::MomentReport;
use web_sys::HtmlInputElement;
use yew::{Event, Html, TargetCast, html};

/// Only for dates that are not published, or that the reader has entered.
pub fn view_date_entry(props: &PageProps, moment: &MomentReport, label: &'static str) -> Html {
    if props.report.is_none() || (moment.when.is_some() && !moment.entered) {
        return html! {};
    }
    let id = super::anchor("enter", &moment.id.replace('.', "-"));
    let value = moment.when.as_ref().map(|when| when.day.to_string()).unwrap_or_default();
    let key = format!("{}/{}", props.outline.cycle, moment.id);
    let onchange = props.on.reform(move |event: Event| {
        let value = event.target_unchecked_into::<HtmlInputElement>().value();
        Action::DateEntered(key.clone(), parse(&value))
    });
    html! {
        <p class="entry">
            <label for={id.clone()}>{label}</label>
            <input class="input" type="date" id={id} value={value} onchange={onchange} />
        </p>
    }
}

fn parse(value: &str) -> Option<Day> {
    let range = DayRange::parse(value)?;
    (range.first == range.last).then_some(range.first)
}
