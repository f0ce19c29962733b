//! The timeline as a picture. It says nothing that the list does not say, so it is hidden from assistive technology.

use super::node::words;
use rules::day::Day;
use rules::report::{EntryKind, TimelineEntry};
use yew::{Html, html};

const WIDTH: i32 = 720;
const MARGIN: i32 = 8;

/// A line with a mark for each dated entry; a bar for a window; a line across for today.
pub fn view_strip(entries: &[&TimelineEntry], today: Option<Day>) -> Html {
    let ends = entries.iter().flat_map(|entry| [Some(&entry.at), entry.closes.as_ref()].into_iter().flatten());
    let days: Vec<i32> = ends.filter_map(|end| end.when.as_ref()).map(|when| when.day.0).collect();
    let (Some(first), Some(last)) = (days.iter().min().copied(), days.iter().max().copied()) else {
        return html! {};
    };
    let x = |day: Day| MARGIN + (day.0 - first) * (WIDTH - 2 * MARGIN) / (last - first).max(1);
    let marks = entries.iter().filter_map(|entry| {
        let at = entry.at.when.as_ref().map(|when| x(when.day));
        let closes = entry.closes.as_ref().and_then(|closes| closes.when.as_ref()).map(|when| x(when.day));
        Some(match (at, closes, entry.kind) {
            (Some(at), Some(closes), _) => format!("M{at} 22h{}v8h-{}z", (closes - at).max(2), (closes - at).max(2)),
            (Some(at), _, EntryKind::Deadline) => format!("M{at} 6l6 8-6 8-6-8z"),
            (Some(at), ..) | (None, Some(at), _) => format!("M{at} 14m-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0"),
            (None, None, _) => return None,
        })
    });
    let years = (Day(first).ymd().0..=Day(last).ymd().0).filter_map(|year| {
        let day = Day::from_ymd(year, 1, 1).filter(|day| (first..=last).contains(&day.0))?;
        let at = x(day).min(WIDTH - 60);
        Some(html! { <text x={at.to_string()} y="52">{words("tspan", "", year.to_string())}</text> })
    });
    let today = today.filter(|day| (first..=last).contains(&day.0));
    html! {
        <svg class="strip" viewBox={format!("0 0 {WIDTH} 54")} aria-hidden="true">
            <path class="axis" d={format!("M0 36h{WIDTH}")} />
            <path d={marks.collect::<String>()} />
            {for years}
            if let Some(today) = today {
                <path class="now" d={format!("M{} 0v36", x(today))} />
            }
        </svg>
    }
}
