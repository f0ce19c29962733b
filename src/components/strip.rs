//! The timeline as a picture: months, windows as bars, deadlines, other dates, today, the person's own plans. It says
//! nothing that the list does not say, so it is hidden from assistive technology.
//!
//! Places along it are per cent and sizes are pixels, so that it can be read on a phone and on a wide screen alike.

use super::node::words;
use crate::text::Messages;
use rules::day::Day;
use rules::report::{EntryKind, TimelineEntry};
use rules::sort::sort_by_key;
use yew::{Html, html};

/// Where the rows begin, below the months, and how high each is.
const TOP: i32 = 40;
const ROW: i32 = 14;
/// Names of months are cut to one letter when there are more.
const NAMED: i32 = 8;

/// The span of days that is drawn, whole months.
#[derive(Clone, Copy)]
struct Span {
    first: Day,
    last: Day,
}

impl Span {
    fn of(days: &[Day]) -> Option<Span> {
        let (first, last) = (days.iter().min()?, days.iter().max()?);
        let (year, month, _) = first.ymd();
        Some(Span { first: Day::from_ymd(year, month, 1)?, last: month_after(*last)? })
    }

    /// Thousandths of the way.
    fn at(self, day: Day) -> i32 {
        (day.0 - self.first.0) * 1000 / (self.last.0 - self.first.0).max(1)
    }

    /// First days of its months.
    fn months(self) -> Vec<Day> {
        let mut months = vec![self.first];
        while let Some(next) = months.last().and_then(|day| month_after(*day)).filter(|day| *day < self.last) {
            months.push(next);
        }
        months
    }
}

fn month_after(day: Day) -> Option<Day> {
    let (year, month, _) = day.ymd();
    if month == 12 { Day::from_ymd(year + 1, 1, 1) } else { Day::from_ymd(year, month + 1, 1) }
}

fn percent(thousandths: i32) -> String {
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}

/// `plans` are the days for which the person plans something.
pub fn view_strip(text: &Messages, entries: &[&TimelineEntry], plans: &[Day], today: Option<Day>) -> Html {
    let day = |end: &rules::report::MomentReport| end.when.as_ref().map(|when| when.day);
    let ends = entries.iter().flat_map(|entry| [day(&entry.at), entry.closes.as_ref().and_then(day)]);
    let days: Vec<Day> = ends.flatten().chain(plans.iter().copied()).collect();
    let Some(span) = Span::of(&days) else { return html! {} };

    let mut windows: Vec<(i32, i32)> = Vec::new();
    let (mut deadlines, mut others) = (Vec::new(), Vec::new());
    for entry in entries {
        match (day(&entry.at), entry.closes.as_ref().and_then(day), entry.kind) {
            (Some(from), Some(until), _) => windows.push((span.at(from), span.at(until))),
            (Some(at), _, EntryKind::Deadline) => deadlines.push(span.at(at)),
            (Some(at), ..) | (None, Some(at), _) => others.push(span.at(at)),
            (None, None, _) => {}
        }
    }
    sort_by_key(&mut windows, |(from, _)| *from);
    // Each bar goes into the first row that is free by then.
    let mut rows: Vec<i32> = Vec::new();
    let bars: Vec<Html> = windows
        .iter()
        .map(|(from, until)| {
            let row = rows.iter().position(|taken| taken < from).unwrap_or(rows.len());
            if row == rows.len() {
                rows.push(*until);
            } else {
                rows[row] = *until;
            }
            let width = percent((until - from).max(8));
            html! { <rect class="bar" x={percent(*from)} y={y(row, 4)} {width} height="8" rx="2" /> }
        })
        .collect();
    let below = rows.len();
    let planned: Vec<i32> = plans.iter().map(|day| span.at(*day)).collect();
    let lines = [
        ("deadline", "M0-6l6 6-6 6-6-6z", &deadlines),
        ("event", "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z", &others),
        ("plan", "M0-6l6 10h-12z", &planned),
    ];
    let used: Vec<_> = lines.into_iter().filter(|(.., places)| !places.is_empty()).collect();
    let height = TOP + ROW * i32::try_from(below + used.len()).unwrap_or_default() + 6;
    let marks =
        used.iter().enumerate().flat_map(|(n, (class, shape, places))| {
            places.iter().map(move |at| html! {
            <svg x={percent(*at)} y={y(below + n, 9)} overflow="visible"><path class={*class} d={*shape} /></svg>
        })
        });
    let months = span.months();
    let short = i32::try_from(months.len()).is_ok_and(|count| count > NAMED);
    let months = months.iter().enumerate().map(|(n, first)| {
        let (year, month, _) = first.ymd();
        let name = text.common.months[usize::from(month) - 1];
        let name: String = name.chars().take(if short { 1 } else { 3 }).collect();
        let x = percent(span.at(*first));
        html! {
            <g>
                <line class="month" x1={x.clone()} x2={x.clone()} y1="20" y2={height.to_string()} />
                <text {x} dx="3" y="34">{words("tspan", "", name)}</text>
                if n == 0 || month == 1 {
                    <text class="year" x={percent(span.at(*first))} dx="3" y="14">{words("tspan", "", year.to_string())}</text>
                }
            </g>
        }
    });
    let today = today.filter(|day| (span.first..=span.last).contains(day)).map(|day| percent(span.at(day)));
    let words_ = &text.timeline;
    let legend = [
        ("window", words_.window, !bars.is_empty()),
        ("deadline", words_.deadline, !deadlines.is_empty()),
        ("event", words_.event, !others.is_empty()),
        ("plan", words_.plan, !planned.is_empty()),
        ("now", words_.now, today.is_some()),
    ];
    let legend = legend
        .into_iter()
        .filter(|(.., used)| *used)
        .map(|(class, name, _)| html! { <li class={class}>{words("span", "", name)}</li> });
    html! {
        <div class="picture" aria-hidden="true">
            <svg class="strip" width="100%" height={height.to_string()}>
                {for months}
                {for bars}
                {for marks}
                {for today.map(|x| html! { <line class="now" x1={x.clone()} x2={x} y1="18" y2={height.to_string()} /> })}
            </svg>
            <ul class="legend">{for legend}</ul>
        </div>
    }
}

fn y(row: usize, into: i32) -> String {
    (TOP + ROW * i32::try_from(row).unwrap_or_default() + into).to_string()
}
