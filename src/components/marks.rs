//! The person's own marks on a document. They are kept, and nothing is sent.

use crate::components::next_thing::{is_finished, mark_key};
use crate::components::view_line;
use crate::pages::PageProps;
use crate::session::{Action, Mark};
use rules::report::ChecklistItem;
use yew::{Html, html};

const LADDER: [Option<Mark>; 5] =
    [None, Some(Mark::Have), Some(Mark::Uploaded), Some(Mark::SeenDisplayed), Some(Mark::Confirmed)];

/// A ladder of states for what must be seen in a portal, a tick for everything else.
pub fn view_marks(props: &PageProps, item: &ChecklistItem) -> Html {
    let words = &props.text.checklist;
    let done = is_finished(props, item);
    let said = done.then(|| view_line("soft", if item.ladder { words.marked_confirmed } else { words.marked }));
    let marks = if item.ladder { view_ladder(props, item) } else { view_tick(props, item, done) };
    html! { <>{marks}{for said}</> }
}

fn view_tick(props: &PageProps, item: &ChecklistItem, done: bool) -> Html {
    let key = mark_key(props, &item.id);
    let onchange = props.on.reform(move |_| Action::Marked(key.clone(), (!done).then_some(Mark::Have)));
    html! {
        <label key="tick" class="choice tick">
            <input type="checkbox" checked={done} onchange={onchange} />
            <span>{props.text.checklist.done}<span class="hush">{[": ", &*item.title].concat()}</span></span>
        </label>
    }
}

fn view_ladder(props: &PageProps, item: &ChecklistItem) -> Html {
    let words = &props.text.checklist;
    let mark = props.session.marks.get(&mark_key(props, &item.id)).copied();
    let rungs = LADDER.iter().zip(words.steps).map(|(rung, name)| {
        let (key, rung) = (mark_key(props, &item.id), *rung);
        let onchange = props.on.reform(move |_| Action::Marked(key.clone(), rung));
        html! {
            <label key={name} class="choice">
                <input type="radio" name={["mark-", &*item.id].concat()} checked={mark == rung} onchange={onchange} />
                <span>{name}</span>
            </label>
        }
    });
    let reminder = (mark == Some(Mark::Uploaded)).then(|| view_line("strong", words.check_display));
    html! {
        <fieldset key="ladder" class="ladder">
            <legend><span>{words.how_far}</span><span class="hush">{[" ", &*item.title].concat()}</span></legend>
            <div class="choices">{for rungs}</div>
            {for reminder}
        </fieldset>
    }
}
