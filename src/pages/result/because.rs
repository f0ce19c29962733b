//! Why a verdict is what it is.

use crate::components::grounds::view_grounds;
use crate::components::node::{line, words};
use crate::components::part::{details, later};
use crate::components::row::view_row;
use crate::context::Context;
use crate::text::Messages;
use rules::report::{Because, Criterion};
use yew::{Html, html};

/// The alternatives, each of which alone is enough. `whole` gives the rules in full, not by their names only.
pub fn view_because(context: &Context, because: &[&Because], whole: bool) -> Html {
    let text = &context.text.result;
    match because {
        [] => html! {},
        [only] => html! { <>{words("h4", "", text.because)}{view_alternative(context, only, whole)}</> },
        _ => html! {
            <>
                {words("h4", "", text.because_any)}
                <ol class="alternatives">
                    {for because.iter().map(|each| html! { <li>{view_alternative(context, each, whole)}</li> })}
                </ol>
            </>
        },
    }
}

fn view_alternative(context: &Context, because: &Because, whole: bool) -> Html {
    let text = &context.text.result;
    let day = context.report.as_ref().filter(|_| because.day).map(|report| {
        let day = context.text.common.full_date(report.as_of.day);
        html! { <div class="row">{words("dt", "", text.the_day)}{words("dd", "", day)}</div> }
    });
    let rules = || {
        html! {
            <ul class="rules">{for because.rules.iter().map(|rule| view_rule(context.text, rule, whole))}</ul>
        }
    };
    html! {
        <>
            <dl class="rows">{for because.deciding().map(|row| view_row(context, row))}{day}</dl>
            if !because.besides.is_empty() {
                {details("", text.besides, html! {
                    <dl class="rows">{for because.others().map(|row| view_row(context, row))}</dl>
                })}
            }
            if because.rules.is_empty() {
                // None decides where the rules are too old to.
            } else if whole {
                <div>{line("eyebrow", text.by_rules)}{rules()}</div>
            } else {
                {details("", text.by_rules, later(context, rules))}
            }
        </>
    }
}

/// A rule with its basis and sources.
pub fn view_rule(text: &Messages, rule: &Criterion, whole: bool) -> Html {
    html! {
        <li>
            {line("strong", rule.title.clone())}
            if whole {
                {line("", rule.says().clone())}
            }
            {view_grounds(&text.common, &rule.basis, &rule.cited)}
        </li>
    }
}
