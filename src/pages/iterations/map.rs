//! The match as a picture: the way that everybody goes, the fork after match day, the ways on from there, and how far
//! the person has come. It says nothing that the list of stages does not say, so it is hidden from assistive technology.
//!
//! Each way is a drawing of its own, so that rows grow with their words.

use crate::components::drawing::view_drawing;
use crate::components::node::{line, words};
use crate::text::Messages;
use rules::report::StageReport;
use rules::rulebook::Text;
use yew::{Html, html};

/// Where the first stage is, where match day, where the ways part (as the lines say too), and where the last stage.
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
    let view_way = |(row, (name, stages)): (usize, &Way<'_>)| {
        let across = |stage: usize| match row {
            0 => FIRST_STAGE + stage * (MATCH_DAY - FIRST_STAGE) / stages.len().saturating_sub(1).max(1),
            _ => FORK + (stage + 1) * (LAST_STAGE - FORK) / longest,
        };
        let (line_to, line_on) = if row == 0 { ("M16 1H", "M16 1H670V2") } else { ("M670 0V1H", "M670 0V2") };
        let line_to = |stage| [line_to, &across(stage).to_string()].concat();
        let line_on = if row + 1 < ways.len() { line_on } else { "" };
        let line = line_to(stages.len().saturating_sub(1)) + line_on;
        let (gone, here) = match here {
            Some((of, stage, _)) if of == row => (line_to(stage), Some(stage)),
            Some((of, ..)) if of > row => (line_on.to_owned(), None),
            _ => (String::new(), None),
        };
        let dot = |stage| ["M", &across(stage).to_string(), " 1h0"].concat();
        let dots: String = (0..stages.len()).map(dot).collect();
        let here = here.map(dot).unwrap_or_default();
        let lines = vec![("way", line), ("gone", gone), ("stop", dots.clone()), ("hole", dots), ("here", here)];
        let name = name.map(|name| words("span", "", name.clone()));
        html! { <li>{view_drawing(2, "100%".into(), lines)}{name}</li> }
    };
    html! {
        <div class="picture ways" aria-hidden="true">
            <ol>{for ways.iter().enumerate().map(view_way)}</ol>
            {here.map(|(.., title)| line("here", [text.iterations.here, ": ", title].concat()))}
        </div>
    }
}
