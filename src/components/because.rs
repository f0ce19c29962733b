//! Why a verdict is what it is.

use super::grounds::view_grounds;
use super::node::{el, many, nothing, view_link, words};
use super::part::{details, line, maybe, with_hush};
use crate::context::Context;
use crate::route::Page;
use rules::report::{Because, Criterion, Row};
use yew::Html;

/// The alternatives, each of which alone is enough. `whole` gives the rules in full, not by their names only.
pub fn view_because(context: &Context, because: &[Because], whole: bool) -> Html {
    let text = &context.text.result;
    let mut each: Vec<Html> = because.iter().map(|alternative| view_alternative(context, alternative, whole)).collect();
    match each.len() {
        0 => nothing(),
        1 => {
            each.insert(0, words("h3", "", text.because));
            many(each)
        }
        _ => {
            let each = each.into_iter().map(|alternative| el("li", "", vec![alternative])).collect();
            many(vec![words("h3", "", text.because_any), el("ol", "alternatives", each)])
        }
    }
}

fn view_alternative(context: &Context, because: &Because, whole: bool) -> Html {
    let text = &context.text.result;
    let mut rows: Vec<Html> = because.rows.iter().map(|row| view_row(context, row)).collect();
    if let Some(report) = context.report.as_ref().filter(|_| because.day) {
        let day = context.text.common.full_date(report.as_of.day);
        rows.push(el("div", "row", vec![words("dt", "", text.the_day), words("dd", "", day)]));
    }
    let rules = el("ul", "rules", because.rules.iter().map(|rule| view_rule(context, rule, whole)).collect());
    let rules = if whole {
        el("div", "", vec![line("eyebrow", text.by_rules), rules])
    } else {
        details("", text.by_rules, vec![rules])
    };
    many(vec![el("dl", "rows", rows), rules])
}

/// What was asked, what was said, and a way to change it.
pub fn view_row(context: &Context, row: &Row) -> Html {
    let common = &context.text.common;
    let (said, change) = match &row.said {
        Some(said) => (common.said(said), common.change),
        None => (common.not_answered.to_owned(), common.answer),
    };
    let href = context.href(Page::Question(row.question.to_string()));
    let change = view_link("", href.into(), with_hush(change, [": ", &*row.short].concat()));
    el("div", "row", vec![words("dt", "", row.short.clone()), words("dd", "", said), el("dd", "change", vec![change])])
}

pub fn view_rows(context: &Context, rows: &[Row]) -> Html {
    el("dl", "rows", rows.iter().map(|row| view_row(context, row)).collect())
}

/// A rule with its basis and sources.
pub fn view_rule(context: &Context, rule: &Criterion, whole: bool) -> Html {
    let text = whole.then(|| line("", rule.says().clone()));
    el(
        "li",
        "",
        vec![
            line("strong", rule.title.clone()),
            maybe(text),
            view_grounds(&context.text.common, &rule.basis, &rule.cited),
        ],
    )
}
