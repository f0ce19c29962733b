//! The person's own marks on a document. They are kept, and nothing is sent.

use super::next_thing::{is_finished, mark_key};
use super::node::{el, many, with, words};
use super::part::{line, maybe, with_hush};
use crate::context::Context;
use crate::session::{Action, Mark};
use rules::report::ChecklistItem;
use yew::{Html, html};

const LADDER: [Option<Mark>; 5] =
    [None, Some(Mark::Have), Some(Mark::Uploaded), Some(Mark::SeenDisplayed), Some(Mark::Confirmed)];

/// A ladder of states for what must be seen in a portal, a tick for everything else.
pub fn view_marks(context: &Context, item: &ChecklistItem) -> Html {
    let text = &context.text.checklist;
    let done = is_finished(context, item);
    let said = done.then(|| line("soft", if item.ladder { text.marked_confirmed } else { text.marked }));
    let marks = if item.ladder { view_ladder(context, item) } else { view_tick(context, item, done) };
    many(vec![marks, maybe(said)])
}

fn view_tick(context: &Context, item: &ChecklistItem, done: bool) -> Html {
    let label = with_hush(context.text.checklist.done, [": ", &*item.title].concat());
    let tick = view_input(context, item, "checkbox", "", done, (!done).then_some(Mark::Have));
    el("label", "choice tick", vec![tick, el("span", "", label)])
}

fn view_ladder(context: &Context, item: &ChecklistItem) -> Html {
    let text = &context.text.checklist;
    let mark = context.session.marks.get(&mark_key(context, &item.id)).copied();
    let rungs = LADDER.iter().zip(text.steps).map(|(rung, name)| {
        let input = view_input(context, item, "radio", &["mark-", &*item.id].concat(), mark == *rung, *rung);
        el("label", "choice", vec![input, words("span", "", name)])
    });
    let reminder = (mark == Some(Mark::Uploaded)).then(|| line("strong", text.check_display));
    el(
        "fieldset",
        "ladder",
        vec![
            with("legend", &[], Vec::new(), with_hush(text.how_far, [" ", &*item.title].concat())),
            el("div", "choices", rungs.collect()),
            maybe(reminder),
        ],
    )
}

/// What a change of the field means is known beforehand.
fn view_input(
    context: &Context,
    item: &ChecklistItem,
    kind: &'static str,
    name: &str,
    checked: bool,
    becomes: Option<Mark>,
) -> Html {
    let key = mark_key(context, &item.id);
    let onchange = context.on.reform(move |_| Action::Marked(key.clone(), becomes));
    let name = (!name.is_empty()).then(|| name.to_owned());
    html! { <input type={kind} name={name} checked={checked} onchange={onchange} /> }
}
