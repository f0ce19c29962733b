//! The match as a picture: the way that everybody goes, the fork after match day, the ways on from there, and how far
//! the person has come. It says nothing that the list of stages does not say, so it is hidden from assistive technology.
//!
//! Each way is a row of its own, so that rows grow with their words. Rows are a thousand wide however wide they are
//! shown, and strokes do not stretch.

use super::node::{line, words};
use crate::text::Messages;
use rules::report::StageReport;
use rules::rulebook::Text;
use std::cmp::Ordering;
use yew::{Html, html};

const FIRST_STAGE: usize = 16;
const MATCH_DAY: usize = 620;
const FORK: usize = 670;
const LAST_STAGE: usize = 976;

/// A way: what it is called, and its stages. The first is everybody's, up to the fork; the others lead on from there.
pub type Way<'a> = (Option<&'a Text>, &'a [&'a StageReport]);

pub fn view_map(text: &Messages, ways: &[Way<'_>]) -> Html {
    let longest = ways.iter().skip(1).map(|(_, stages)| stages.len()).max().unwrap_or_default();
    let here = ways.iter().enumerate().find_map(|(row, (_, stages))| {
        let stage = stages.iter().position(|stage| stage.here)?;
        Some((row, stage, &stages[stage].title))
    });
    let view_way = |row: usize, (name, stages): &Way<'_>| {
        let across = |stage: usize| match row {
            0 => FIRST_STAGE + stage * (MATCH_DAY - FIRST_STAGE) / stages.len().saturating_sub(1).max(1),
            _ => FORK + (stage + 1) * (LAST_STAGE - FORK) / longest,
        };
        let line_to = |stage| match row {
            0 => format!("M{FIRST_STAGE} 1H{}", across(stage)),
            _ => format!("M{FORK} 0V1H{}", across(stage)),
        };
        let line_on = if row == 0 { format!("M{FIRST_STAGE} 1H{FORK}V2") } else { format!("M{FORK} 0V2") };
        let mut line = line_to(stages.len().saturating_sub(1));
        if row + 1 < ways.len() {
            line += &line_on;
        }
        let (gone, here) = match here.map(|(of, stage, _)| (row.cmp(&of), stage)) {
            Some((Ordering::Less, _)) => (line_on, None),
            Some((Ordering::Equal, stage)) => (line_to(stage), Some(stage)),
            Some((Ordering::Greater, _)) | None => (String::new(), None),
        };
        let dot = |stage| format!("M{} 1h0", across(stage));
        let dots: String = (0..stages.len()).map(dot).collect();
        let drawn = [
            ("way", line),
            ("gone", gone),
            ("stop", dots.clone()),
            ("hole", dots),
            ("here", here.map(dot).unwrap_or_default()),
        ];
        html! {
            <li>
                <svg viewBox="0 0 1000 2" preserveAspectRatio="none">
                    {for drawn.into_iter().map(|(class, d)| html! { <path {class} {d} /> })}
                </svg>
                {name.map(|name| words("span", "", name.clone()))}
            </li>
        }
    };
    html! {
        <div class="picture ways" aria-hidden="true">
            <ol>{for ways.iter().enumerate().map(|(row, way)| view_way(row, way))}</ol>
            {here.map(|(.., title)| line("here", [text.iterations.here, ": ", title].concat()))}
        </div>
    }
}
