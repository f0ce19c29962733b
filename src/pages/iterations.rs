use super::PageProps;
use yew::{Html, html};

#[must_use]
pub fn view(props: &PageProps) -> Html {
    html! { <h1 tabindex="-1">{props.text.iterations.title}</h1> }
}
