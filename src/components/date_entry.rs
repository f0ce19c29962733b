//! A field for an official date: where nobody had published it when the rules were read, or only others had.

use super::node::{el, nothing, with, words};
use super::part::{anchor, details};
use crate::pages::PageProps;
use crate::session::{Action, Misfit};
use crate::text::timeline::Timeline;
use rules::answers::{Entered, Refusal, Side};
use rules::day::{Day, DayRange};
use rules::report::MomentReport;
use web_sys::HtmlInputElement;
use yew::{AttrValue, Callback, Event, Html, TargetCast, html};

/// While a year is being typed the field holds years such as 2 and 20.
const FIRST_YEAR: i32 = 2000;

/// Only for dates that no strong source gives. What the reader entered stays in the field, also when it does not fit.
pub fn view_date_entry(props: &PageProps, moment: &MomentReport, label: &'static str) -> Html {
    if props.report.is_none() || (moment.when.is_some() && !moment.basis.is_weak() && moment.entered.is_none()) {
        return nothing();
    }
    let (text, common) = (&props.text.timeline, &props.text.common);
    let key = [&*props.outline.cycle, "/", &*moment.id].concat();
    let misfit = props.misfits.get(&key);
    let entered = misfit.map(|misfit| misfit.entered).or(moment.entered);
    let id = |part: &str| anchor(part, &moment.id.replace('.', "-"));
    let fault = misfit.map(|misfit| {
        let id = Some(id("fault"));
        with("p", &["id", "class"], vec![id, Some("error".into())], vec![words("span", "", why(props, misfit))])
    });
    let described = misfit.map(|_| id("fault"));
    let emit = |change: fn(Option<Entered>, &str) -> Result<Option<Entered>, StillTyping>| {
        let (key, on) = (key.clone(), props.on.clone());
        Callback::from(move |event: Event| {
            let value = event.target_unchecked_into::<HtmlInputElement>().value();
            if let Ok(entered) = change(entered, &value) {
                on.emit(Action::DateEntered(key.clone(), entered));
            }
        })
    };
    let field = |name: &'static str, label: AttrValue, kind: &'static str, value: String, onchange: Callback<Event>| {
        let invalid = misfit.map(|_| "true");
        let input = html! {
            <input class="input" type={kind} id={id(name)} {value} {onchange} aria-invalid={invalid}
                aria-describedby={described.clone()} />
        };
        el("div", "field", vec![with("label", &["for"], vec![Some(id(name))], vec![words("span", "", label)]), input])
    };
    let day = entered.map(|entered| entered.day.to_string()).unwrap_or_default();
    let mut fields = vec![field("enter", label.into(), "date", day, emit(with_day))];
    if let Some(entered) = entered {
        let label = (text.enter_time)(&(common.zone)(&moment.zone));
        let time = entered.time().unwrap_or_default();
        fields.push(field("enter-time", label.into(), "time", time, emit(with_time)));
    }
    let entry = el("div", "entry", vec![fault.unwrap_or_else(nothing), el("div", "fields", fields)]);
    // Where a day was read elsewhere, most people have nothing to enter.
    if moment.when.is_some() && entered.is_none() { details("entering", text.enter_own, vec![entry]) } else { entry }
}

/// The field holds nothing that could be entered, or taken back.
#[derive(Debug, PartialEq)]
struct StillTyping;

/// What is entered once the day is changed.
fn with_day(before: Option<Entered>, value: &str) -> Result<Option<Entered>, StillTyping> {
    if value.is_empty() {
        return before.map(|_| None).ok_or(StillTyping);
    }
    let minutes = before.and_then(|entered| entered.minutes);
    parse(value).map(|day| Some(Entered { day, minutes })).ok_or(StillTyping)
}

/// The same for the time.
fn with_time(before: Option<Entered>, value: &str) -> Result<Option<Entered>, StillTyping> {
    let day = before.ok_or(StillTyping)?.day;
    if value.is_empty() {
        return Ok(Some(Entered { day, minutes: None }));
    }
    Entered::parse(&format!("{day}T{value}")).map(Some).ok_or(StillTyping)
}

fn parse(value: &str) -> Option<Day> {
    let range = DayRange::parse(value)?;
    (range.first == range.last && range.first.ymd().0 >= FIRST_YEAR).then_some(range.first)
}

/// Why a date is not used: what it is, where the bounds are, and what to do.
fn why(props: &PageProps, misfit: &Misfit) -> String {
    let (text, common) = (&props.text.timeline, &props.text.common);
    let day = |text: &str| DayRange::parse(text).map_or_else(|| text.to_owned(), |range| common.date(range.first));
    let Timeline { out_of_season, too_early, too_late, misfit: other, .. } = text;
    match &misfit.why {
        Refusal::OutOfBounds { given, from, until } => out_of_season(&day(given), &day(from), &day(until)),
        Refusal::WrongOrder { given, side: Side::Before, title, day: of, .. } => {
            too_early(&day(given), title, &day(of))
        }
        Refusal::WrongOrder { given, side: Side::After, title, day: of, .. } => too_late(&day(given), title, &day(of)),
        _ => (*other).to_owned(),
    }
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

    #[test]
    fn a_time_belongs_to_its_day() {
        let entered = |text: &str| Entered::parse(text);
        let (day, hour) = (entered("2027-03-02"), entered("2027-03-02T12:00"));
        // What was entered before, what is changed, and what is entered then.
        assert_eq!(with_day(None, "2027-03-02"), Ok(day));
        assert_eq!(with_day(hour, "2027-03-03"), Ok(entered("2027-03-03T12:00")));
        assert_eq!(with_day(hour, ""), Ok(None));
        assert_eq!(with_day(None, ""), Err(StillTyping));
        assert_eq!(with_day(day, "0202-03-02"), Err(StillTyping));
        assert_eq!(with_time(day, "12:00"), Ok(hour));
        assert_eq!(with_time(hour, ""), Ok(day));
        assert_eq!(with_time(hour, "noon"), Err(StillTyping));
        assert_eq!(with_time(None, "12:00"), Err(StillTyping));
    }
}
