//! A note of the person's own. It stays on the device, and no link carries it.

use crate::session::{Action, LONGEST_NOTE};
use crate::store::browser;
use yew::{AttrValue, Callback, Html, InputEvent, Properties, component, html};

#[derive(Clone, PartialEq, Properties)]
pub struct NoteProps {
    pub id: AttrValue,
    /// Where it is kept.
    pub key_: String,
    pub label: AttrValue,
    pub hint: &'static str,
    pub note: AttrValue,
    pub on: Callback<Action>,
}

#[component]
pub fn Note(props: &NoteProps) -> Html {
    let oninput = {
        let (on, key) = (props.on.clone(), props.key_.clone());
        move |event: InputEvent| on.emit(Action::Noted(key.clone(), browser::value(&event)))
    };
    html! {
        <div class="field note">
            <label for={props.id.clone()}>{props.label.clone()}</label>
            <p id={[&*props.id, "-hint"].concat()} class="soft">{props.hint}</p>
            <textarea id={props.id.clone()} rows="2" maxlength={LONGEST_NOTE.to_string()} autocomplete="off"
                aria-describedby={[&*props.id, "-hint"].concat()} value={props.note.clone()} {oninput} />
        </div>
    }
}
