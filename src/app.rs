//! The app's root.

use yew::{Html, component, html};

/// Everything between the head and the notice of a stopped app.
#[component]
pub fn App() -> Html {
    html! {
        <main>
            <h1>{"Residency match self-check"}</h1>
        </main>
    }
}
