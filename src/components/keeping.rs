//! Whether answers are kept on the device, and how to erase them.

use super::node::words;
use crate::session::{Action, Keeping as State};
use crate::text::Messages;
use yew::{Callback, Html, MouseEvent, Properties, component, html};

#[derive(Clone, PartialEq, Properties)]
pub struct KeepingProps {
    pub text: &'static Messages,
    pub keeping: State,
    /// There is nothing to keep.
    pub empty: bool,
    pub lately: Lately,
    /// Other answers are kept, and would be replaced.
    pub replaces: bool,
    pub on: Callback<Action>,
}

/// What happened last to what was there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lately {
    Nothing,
    /// The person has erased everything.
    Erased,
    /// It was erased or replaced, and can still come back.
    Undoable,
}

#[component]
pub fn Keeping(props: &KeepingProps) -> Html {
    let text = &props.text.layout.keeping;
    let button = |action: Action, words: &'static str, class: &'static str| {
        let onclick = props.on.reform(move |_: MouseEvent| action.clone());
        html! { <button key={words} type="button" {class} {onclick}>{words}</button> }
    };
    let choose = |keeping, words, class| button(Action::KeepingChosen(keeping), words, class);
    let erase = || button(Action::Erased, text.erase, "button quiet");
    let undo = || button(Action::Undone, text.undo, "button quiet");
    let (heading, why, buttons) = match props.keeping {
        _ if props.empty && props.lately == Lately::Undoable => (text.erased, text.undo_why, vec![undo()]),
        _ if props.empty && props.lately == Lately::Erased => (text.erased, text.erased_why, vec![]),
        _ if props.empty => return html! {},
        _ if props.lately == Lately::Undoable => (text.replaced, text.undo_why, vec![undo()]),
        State::NotAsked => {
            let buttons = vec![
                choose(State::Yes, text.yes, "button quiet"),
                choose(State::No, text.no, "button quiet"),
                choose(State::Shared, text.shared, "button quiet"),
            ];
            (text.ask, text.ask_why, buttons)
        }
        State::Yes => (text.kept, text.kept_why, vec![erase()]),
        State::No | State::Shared => {
            (text.not_kept, text.not_kept_why, vec![choose(State::Yes, text.after_all, "button quiet"), erase()])
        }
        State::Impossible => (text.impossible, text.impossible_why, vec![erase()]),
    };
    let replaces = props.replaces && !props.empty && props.lately != Lately::Undoable;
    html! {
        <section class="card keeping" aria-labelledby="keeping">
            <h2 id="keeping" key={heading} tabindex="-1">{heading}</h2>
            {words("p", "", why)}
            if replaces {
                {words("p", "", text.replaces)}
            }
            <div class="actions">{for buttons}</div>
        </section>
    }
}
