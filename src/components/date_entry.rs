//! A field for an official date that nobody had published when the rules were read.

use super::node::{el, nothing, with, words};
use super::part::anchor;
use crate::pages::PageProps;
use crate::session::Action;
use rules::day::{Day, DayRange};
use rules::report::MomentReport;
use web_sys::HtmlInputElement;
use yew::{Callback, Event, Html, TargetCast, html};

/// While a year is being typed the field holds years such as 2 and 20.
const FIRST_YEAR: i32 = 2000;

/// Only for dates that are not published, or that the reader has entered.
pub fn view_date_entry(props: &PageProps, moment: &MomentReport, label: &'static str) -> Html {
    if props.report.is_none() || (moment.when.is_some() && !moment.entered) {
        return nothing();
    }
    let id = anchor("enter", &moment.id.replace('.', "-"));
    let value = moment.when.as_ref().map(|when| when.day.to_string()).unwrap_or_default();
    let (key, on, entered) = ([&*props.outline.cycle, "/", &*moment.id].concat(), props.on.clone(), moment.entered);
    let onchange = Callback::from(move |event: Event| {
        let value = event.target_unchecked_into::<HtmlInputElement>().value();
        let day = parse(&value);
        if day.is_some() || (value.is_empty() && entered) {
            on.emit(Action::DateEntered(key.clone(), day));
        }
    });
    let field = html! { <input class="input" type="date" id={id.clone()} value={value} onchange={onchange} /> };
    el("p", "entry", vec![with("label", &["for"], vec![Some(id)], vec![words("span", "", label)]), field])
}

fn parse(value: &str) -> Option<Day> {
    let range = DayRange::parse(value)?;
    (range.first == range.last && range.first.ymd().0 >= FIRST_YEAR).then_some(range.first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_days_of_our_time() {
        assert_eq!(parse("2026-11-26"), Day::from_ymd(2026, 11, 26));
        assert_eq!(parse("0202-11-26"), None);
        assert_eq!(parse("2026-11"), None);
        assert_eq!(parse(""), None);
    }
}
