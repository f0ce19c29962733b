//! What the person does not know yet, and where to look.

use super::grounds::outside;
use super::node::{line, link, words};
use super::part::{fact, named};
use crate::context::Context;
use crate::route::Page;
use rules::report::FindOut;
use yew::{Html, html};

/// A list of tasks, each with the way to its question.
pub fn view_tasks(context: &Context, tasks: &[FindOut]) -> Html {
    html! { <ul class="plain">{for tasks.iter().map(|task| view_task(context, task))}</ul> }
}

fn view_task(context: &Context, task: &FindOut) -> Html {
    let text = &context.text.result.find_out;
    let href = context.href(Page::Question(task.question.to_string()));
    html! {
        <li key={&*task.question} class="card">
            {words("h3", "", task.title.clone())}
            {line("", if task.matters { text.matters } else { text.does_not_matter })}
            <dl class="rows">
                {named(text.where_to_find, task.where_to_find.clone())}
                if let Some((name, url)) = &task.ask {
                    {fact(text.who_knows, outside(url.clone(), name.clone()))}
                }
            </dl>
            <p>{link("link", href, text.answer)}</p>
        </li>
    }
}
