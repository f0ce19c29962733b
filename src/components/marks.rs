//! The person's own marks on a document. They are kept, and nothing is sent.

use super::node::{line, words};
use super::part::with_hidden;
use crate::context::Context;
use crate::session::{Action, Mark, mark_key};
use rules::report::ChecklistItem;
use yew::{Html, html};

const LADDER: [Option<Mark>; 5] =
    [None, Some(Mark::Have), Some(Mark::Uploaded), Some(Mark::SeenDisplayed), Some(Mark::Confirmed)];

/// A ladder of states for what must be seen in a portal, a tick for everything else.
pub fn view_marks(context: &Context, item: &ChecklistItem) -> Html {
    let text = &context.text.checklist;
    let done = context.is_finished(item);
    html! {
        <>
            {if item.ladder { view_ladder(context, item) } else { view_tick(context, item, done) }}
            if done {
                {line("soft", if item.ladder { text.marked_confirmed } else { text.marked })}
            }
        </>
    }
}

fn view_tick(context: &Context, item: &ChecklistItem, done: bool) -> Html {
    html! {
        <label class="choice tick">
            {view_input(context, item, "checkbox", "", done, (!done).then_some(Mark::Have))}
            <span>{with_hidden(context.text.checklist.done, [": ", &*item.title].concat())}</span>
        </label>
    }
}

fn view_ladder(context: &Context, item: &ChecklistItem) -> Html {
    let text = &context.text.checklist;
    let mark = context.session.mark(&context.outline.cycle, &item.id);
    let rungs = LADDER.iter().zip(text.steps).map(|(rung, name)| {
        html! {
            <label class="choice">
                {view_input(context, item, "radio", &["mark-", &*item.id].concat(), mark == *rung, *rung)}
                {words("span", "", name)}
            </label>
        }
    });
    html! {
        <fieldset class="ladder">
            <legend>{with_hidden(text.how_far, [" ", &*item.title].concat())}</legend>
            <div class="choices">{for rungs}</div>
            if mark == Some(Mark::Uploaded) {
                {line("strong", text.check_display)}
            }
        </fieldset>
    }
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
    let key = mark_key(&context.outline.cycle, &item.id);
    let onchange = context.on.reform(move |_| Action::Marked(key.clone(), becomes));
    let name = (!name.is_empty()).then(|| name.to_owned());
    html! { <input type={kind} {name} {checked} {onchange} /> }
}
