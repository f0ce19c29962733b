//! What the person does not know yet, and where to look.

use super::grounds::outside;
use super::node::{line, link, words};
use super::part::{anchor, fact, fold, later, named};
use crate::context::Context;
use rules::interview::Bearing;
use rules::report::FindOut;
use yew::{Html, html};

/// A list of tasks, each with the way to its question behind its fold.
pub fn view_tasks(context: &Context, tasks: &[FindOut]) -> Html {
    tasks.iter().map(|task| view_task(context, task)).collect()
}

fn view_task(context: &Context, task: &FindOut) -> Html {
    let text = &context.text.result.find_out;
    // Once the rules are old, nothing changes what is said here, and all of it may count.
    let is_stale = context.report.as_ref().is_some_and(|report| report.past_check_by);
    let about = match &task.ask {
        _ if task.bearing == Bearing::Nothing && !is_stale => words("span", "soft whole", text.does_not_matter),
        Some((name, _)) => words("span", "soft whole", name.clone()),
        None => html! {},
    };
    let head = html! { <>{words("h3", "", task.title.clone())}{about}</> };
    let shown = || {
        html! {
            <>
                if task.bearing == Bearing::Verdict {
                    {line("", text.matters)}
                }
                <dl class="rows">
                    {named(text.where_to_find, task.where_to_find.clone())}
                    if let Some((name, url)) = &task.ask {
                        {fact(text.who_knows, outside(url.clone(), name.clone()))}
                    }
                </dl>
                <p>{link("link", context.question(&task.question), text.answer)}</p>
            </>
        }
    };
    fold(anchor("find-out", &task.question), "task", head, later(context, shown))
}
