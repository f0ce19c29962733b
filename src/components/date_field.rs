//! The fields of a date: year, month and day, for every form that takes one.

use super::node::{el, with};
use crate::text::Messages;
use yew::{AttrValue, Html, html};

/// How one form differs from another.
pub struct DateField<'a> {
    /// What the ids of its elements begin with.
    pub id: &'a str,
    pub hint: &'static str,
    /// The choice of no month.
    pub no_month: &'static str,
}

/// The three fields; `wrong` is the one to mend.
pub fn view_date(text: &Messages, field: &DateField<'_>, wrong: Option<&str>) -> Html {
    let (id, words) = (field.id, &text.question);
    let month = |(n, name): (usize, &&'static str)| {
        with("option", &["value"], vec![Some(format!("{:02}", n + 1).into())], vec![(*name).into()])
    };
    // Named as chosen, because the browser would otherwise choose whichever it gets first.
    let no_month = vec![Some("".into()), Some("".into())];
    let mut months = vec![with("option", &["value", "selected"], no_month, vec![field.no_month.into()])];
    months.extend(text.common.months.iter().enumerate().map(month));
    let names = &["id", "class", "name", "aria-invalid"];
    let values = vec![
        Some(part(id, "month")),
        Some("input month".into()),
        Some("month".into()),
        (wrong == Some("month")).then_some("true".into()),
    ];
    let hint = part(id, "date-hint");
    let hinted = vec![Some(hint.clone()), Some("soft".into())];
    let month = vec![view_label(id, "month", words.month), with("select", names, values, months)];
    let fields = vec![
        view_input(id, "year", words.year, Some(hint), wrong),
        el("div", "field", month),
        view_input(id, "day", words.day, None, wrong),
    ];
    el("div", "date", vec![with("p", &["id", "class"], hinted, vec![field.hint.into()]), el("div", "fields", fields)])
}

/// One field for a number or a time.
pub fn view_input(
    id: &str,
    name: &'static str,
    words: impl Into<AttrValue>,
    hint: Option<AttrValue>,
    wrong: Option<&str>,
) -> Html {
    let invalid = (wrong == Some(name)).then_some("true");
    let input = html! {
        <input id={part(id, name)} class={format!("input {name}")} {name} type="text" inputmode="numeric"
            maxlength="12" aria-describedby={hint} aria-invalid={invalid} />
    };
    el("div", "field", vec![view_label(id, name, words), input])
}

fn view_label(id: &str, name: &str, words: impl Into<AttrValue>) -> Html {
    with("label", &["for"], vec![Some(part(id, name))], vec![words.into().into()])
}

fn part(id: &str, name: &str) -> AttrValue {
    AttrValue::from([id, "-", name].concat())
}
