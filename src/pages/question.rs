use super::PageProps;
use yew::{Html, html};

#[must_use]
pub fn view(props: &PageProps, id: &str) -> Html {
    let question = props.outline.questions.iter().find(|question| &*question.id == id);
    html! { <h1 tabindex="-1">{question.map(|question| question.title.to_string())}</h1> }
}
