//! The person's own marks on a document. They are kept, and nothing is sent.

use crate::components::inputs;
use crate::components::node::line;
use crate::components::part::{anchor, with_hidden};
use crate::context::Context;
use crate::session::{Action, Mark, mark_key};
use crate::store::browser;
use crate::text::checklist::Checklist;
use rules::report::ChecklistItem;
use yew::{AttrValue, Callback, Event, Html, Properties, component, html, use_effect_with, use_node_ref};

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

fn view_ladder(context: &Context, item: &ChecklistItem) -> Html {
    let text = &context.text.checklist;
    let mark = context.session.mark(&context.outline.cycle, &item.id);
    let at = LADDER.iter().position(|rung| *rung == mark).unwrap_or_default();
    html! {
        <>
            <Ladder {text} id={anchor("mark", &item.id)} title={AttrValue::from(item.title.clone())}
                mark={mark_key(&context.outline.cycle, &item.id)} {at} on={context.on.clone()} />
            if mark == Some(Mark::Uploaded) {
                {line("strong", text.check_display)}
            }
        </>
    }
}

#[derive(Properties)]
struct LadderProps {
    text: &'static Checklist,
    id: AttrValue,
    title: AttrValue,
    /// Where the mark is kept.
    mark: String,
    /// The rung.
    at: usize,
    on: Callback<Action>,
}

impl PartialEq for LadderProps {
    fn eq(&self, other: &LadderProps) -> bool {
        (self.at, &self.id, &self.title, &self.mark) == (other.at, &other.id, &other.title, &other.mark)
            && std::ptr::eq(self.text, other.text)
            && self.on == other.on
    }
}

/// One control for all rungs.
#[component]
fn Ladder(props: &LadderProps) -> Html {
    let select = use_node_ref();
    // Which option is named as chosen counts only until somebody has chosen.
    use_effect_with(props.at, {
        let select = select.clone();
        move |at| inputs::choose(&select, *at)
    });
    let onchange = {
        let (on, key) = (props.on.clone(), props.mark.clone());
        move |event: Event| {
            let rung = browser::value(&event).parse().ok().and_then(|n: usize| LADDER.get(n).copied());
            on.emit(Action::Marked(key.clone(), rung.flatten()));
        }
    };
    let rungs = props.text.steps.iter().enumerate();
    let rungs =
        rungs.map(|(n, name)| html! { <option value={n.to_string()} selected={n == props.at}>{*name}</option> });
    html! {
        <div class="field ladder">
            <label for={props.id.clone()}>{with_hidden(props.text.how_far, [" ", &*props.title].concat())}</label>
            <select ref={select} id={props.id.clone()} class="input" {onchange}>{for rungs}</select>
        </div>
    }
}

fn view_tick(context: &Context, item: &ChecklistItem, done: bool) -> Html {
    let key = mark_key(&context.outline.cycle, &item.id);
    let onchange = context.on.reform(move |_| Action::Marked(key.clone(), (!done).then_some(Mark::Have)));
    html! {
        <label class="choice tick">
            <input type="checkbox" checked={done} {onchange} />
            <span>{with_hidden(context.text.checklist.done, [": ", &*item.title].concat())}</span>
        </label>
    }
}
