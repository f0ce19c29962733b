//! What changed since an earlier cycle, for whoever knows that one.

use crate::data::{Change, Changes, How, Kind};
use crate::text::sources::Sources;
use rules::day::DayRange;
use self_check::components::node::{line, words as say};
use self_check::components::part::list;
use self_check::components::tag::view_tag;
use self_check::context::Context;
use yew::{Html, html};

const KINDS: [Kind; 4] = [Kind::Date, Kind::Conflict, Kind::Rule, Kind::Document];

pub fn view(context: &Context, text: &Sources, changes: &Changes) -> Html {
    let groups = KINDS.into_iter().zip(text.changed).map(|(kind, title)| {
        let items: Vec<&Change> = changes.items.iter().filter(|change| change.kind == kind).collect();
        if items.is_empty() {
            return html! {};
        }
        html! {
            <>
                {say("h3", "", title)}
                <ul class="plain brief">{for items.into_iter().map(|change| view_change(context, text, change))}</ul>
            </>
        }
    });
    html! { <>{line("", (text.changes_lead)(&changes.since))}{for groups}</> }
}

fn view_change(context: &Context, text: &Sources, change: &Change) -> Html {
    let lines: Vec<String> = change.lines.iter().map(|line| in_words(context, line)).collect();
    let tag = match change.change {
        How::Added => view_tag("tag open", text.added),
        How::Removed => view_tag("tag closed", text.removed),
        How::Changed => html! {},
    };
    html! { <li><p class="strong">{change.title.clone()}{" "}{tag}</p>{list("", &lines)}</li> }
}

/// The line with its days as the page writes days: `2027-05-28` becomes `May 28, 2027`.
fn in_words(context: &Context, line: &str) -> String {
    let words = line.split(' ').map(|word| {
        let day = word.trim_end_matches([',', '.', ')', ';', ':']);
        match DayRange::parse(day) {
            Some(known) if day.len() == "2027-05-28".len() => {
                context.text.common.date(known.first) + &word[day.len()..]
            }
            _ => word.to_owned(),
        }
    });
    words.collect::<Vec<_>>().join(" ")
}
