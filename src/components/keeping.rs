//! Whether answers are kept on the device, and how to erase them.

use super::node::words;
use crate::context::Context;
use crate::session::{Action, Keeping};
use yew::{Html, MouseEvent, html};

/// What happened last to what was there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lately {
    Nothing,
    /// The person has erased everything.
    Erased,
    /// It was erased or replaced, and can still come back.
    Undoable,
}

/// `left_out`: other answers are kept, and would be replaced.
pub fn view_keeping(context: &Context, lately: Lately, left_out: bool) -> Html {
    let text = &context.text.layout.keeping;
    let (keeping, empty) = (context.session.keeping, context.session.is_empty());
    let button = |action: Action, words: &'static str, class: &'static str| {
        let onclick = context.on.reform(move |_: MouseEvent| action.clone());
        html! { <button key={words} type="button" {class} {onclick}>{words}</button> }
    };
    let choose = |keeping, words, class| button(Action::KeepingChosen(keeping), words, class);
    let erase = || button(Action::Erased, text.erase, "link");
    let undo = || button(Action::Undone, text.undo, "button quiet");
    let (heading, why, buttons) = match keeping {
        _ if empty && lately == Lately::Undoable => (text.erased, text.undo_why, vec![undo()]),
        _ if empty && lately == Lately::Erased => (text.erased, text.erased_why, vec![]),
        _ if empty => return html! {},
        _ if lately == Lately::Undoable => (text.replaced, text.undo_why, vec![undo()]),
        Keeping::NotAsked => {
            let buttons = vec![
                choose(Keeping::Yes, text.yes, "button quiet"),
                choose(Keeping::No, text.no, "button quiet"),
                choose(Keeping::Shared, text.shared, "button quiet"),
            ];
            (text.ask, text.ask_why, buttons)
        }
        Keeping::Yes => (text.kept, text.kept_why, vec![erase()]),
        Keeping::No | Keeping::Shared => {
            (text.not_kept, text.not_kept_why, vec![choose(Keeping::Yes, text.after_all, "button quiet"), erase()])
        }
        Keeping::Impossible => (text.impossible, text.impossible_why, vec![erase()]),
    };
    let replaces = left_out && !empty && lately != Lately::Undoable;
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
