//! The timeline as a picture: months, windows as bars, deadlines, other dates, the person's own plans, today. It says
//! nothing that the list does not say, so it is hidden from assistive technology.

use crate::components::drawing::{WIDTH, view_drawing};
use crate::components::node::words;
use crate::text::Messages;
use rules::day::Day;
use rules::report::{EntryKind, MomentReport, TimelineEntry};
use rules::sort::sort_by_key;
use std::fmt::Write;
use yew::{Html, html};

/// How high a row is, in pixels.
const ROW: usize = 14;
/// Names of months are cut to one letter when there are more.
const NAMED: usize = 8;
/// When there are more than two years, only the months that begin a quarter are named.
const LETTERED: usize = 24;

/// `plans` are the days for which the person plans something.
pub fn view_strip(text: &Messages, entries: &[&TimelineEntry], plans: &[Day], today: Option<Day>) -> Html {
    let day = |end: &MomentReport| end.when.as_ref().map(|when| when.day);
    let ends = |entry: &&TimelineEntry| (day(&entry.at), entry.closes.as_ref().and_then(day), entry.kind);
    let days =
        || entries.iter().map(ends).flat_map(|(at, closes, _)| [at, closes]).flatten().chain(plans.iter().copied());
    let (Some(first), Some(last)) = (days().min().map(month), days().max()) else { return html! {} };
    let months = months(first, last);
    let Some(end) = months.last().copied().map(after) else { return html! {} };
    let x = |day: Day| (day.0 - first.0) * WIDTH / (end.0 - first.0).max(1);

    let mut windows: Vec<(i32, i32)> = Vec::new();
    let (mut deadlines, mut events) = (Vec::new(), Vec::new());
    for entry in entries {
        match ends(entry) {
            (Some(from), Some(until), _) => windows.push((x(from), x(until))),
            (Some(at), _, EntryKind::Deadline) => deadlines.push(x(at)),
            (Some(at), ..) | (None, Some(at), _) => events.push(x(at)),
            (None, None, _) => {}
        }
    }
    sort_by_key(&mut windows, |(from, _)| *from);
    // Each bar goes into the first row that is free by then.
    let (mut rows, mut bars) = (Vec::new(), String::new());
    for (from, until) in windows {
        let row = rows.iter().position(|taken| *taken < from).unwrap_or(rows.len());
        rows.resize(rows.len().max(row + 1), until);
        rows[row] = until;
        // Writing to a string does not fail.
        let _ = write!(bars, "M{from} {}H{}", row * ROW + 7, until.max(from + 8));
    }
    let mut next = rows.len();
    // Each as a stroke of this height, or as a point.
    let mut marks = |places: &[i32], height: usize| {
        let top = next * ROW + (ROW - height) / 2;
        next += usize::from(!places.is_empty());
        let mut path = String::new();
        for x in places {
            let _ = write!(path, "M{x} {top}v{height}");
        }
        path
    };
    let words_ = &text.timeline;
    let kinds = [
        ("bar", words_.window, bars),
        ("deadline", words_.deadline, marks(&deadlines, 10)),
        ("event", words_.event, marks(&events, 0)),
        ("plan", words_.plan, marks(&plans.iter().map(|day| x(*day)).collect::<Vec<_>>(), 0)),
    ];
    let height = next * ROW;
    let line = |day: Day| format!("M{} 0V{height}", x(day));
    let now = today.filter(|day| (first..end).contains(day)).map_or_else(String::new, line);
    let grid = ("month", "", months.iter().map(|month| line(*month)).collect());
    let drawn: Vec<_> = [grid].into_iter().chain(kinds).chain([("now", words_.now, now)]).collect();
    let used = drawn.iter().filter(|(_, name, path)| !name.is_empty() && !path.is_empty());
    let legend: Html = used.map(|(class, name, _)| words("li", class, *name)).collect();
    let lines = drawn.into_iter().map(|(class, _, path)| (class, path)).collect();
    html! {
        <div class="picture" aria-hidden="true">
            <ol>{for months.iter().enumerate().map(|(n, month)| view_month(text, *month, n == 0, months.len()))}</ol>
            {view_drawing(height, height.to_string(), lines)}
            <ul>{legend}</ul>
        </div>
    }
}

/// The first day of a month.
fn month(day: Day) -> Day {
    let (.., of_month) = day.ymd();
    Day(day.0 - i32::from(of_month) + 1)
}

/// The first day of the next month.
fn after(first: Day) -> Day {
    month(Day(first.0 + 31))
}

fn months(first: Day, last: Day) -> Vec<Day> {
    std::iter::successors(Some(first), |month| Some(after(*month)).filter(|next| *next <= last)).collect()
}

/// A month's name, with the year where one begins.
fn view_month(text: &Messages, month: Day, first: bool, all: usize) -> Html {
    let (year, number, _) = month.ymd();
    let name = text.common.short_months[usize::from(number) - 1];
    let length = match all {
        _ if all <= NAMED => name.len(),
        _ if all <= LETTERED || number % 3 == 1 => 1,
        _ => 0,
    };
    let name: String = name.chars().take(length).collect();
    let year = if first || number == 1 { year.to_string() } else { String::new() };
    html! { <li>{words("span", "year", year)}{words("span", "", name)}</li> }
}
