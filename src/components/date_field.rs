//! The fields of a date: year, month and day, for every form that takes one.

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
    let hint = part(id, "date-hint");
    let invalid = (wrong == Some("month")).then_some("true");
    let months = text.common.months.iter().enumerate();
    html! {
        <div class="date">
            <p id={hint.clone()} class="soft">{field.hint}</p>
            <div class="fields">
                {view_input(id, "year", words.year, Some(hint), wrong)}
                <div class="field">
                    <label for={part(id, "month")}>{words.month}</label>
                    <select id={part(id, "month")} class="input month" name="month" aria-invalid={invalid}>
                        // Named as chosen, because the browser would otherwise choose whichever it gets first.
                        <option value="" selected=true>{field.no_month}</option>
                        {for months.map(|(n, name)| html! { <option value={format!("{:02}", n + 1)}>{*name}</option> })}
                    </select>
                </div>
                {view_input(id, "day", words.day, None, wrong)}
            </div>
        </div>
    }
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
    html! {
        <div class="field">
            <label for={part(id, name)}>{words.into()}</label>
            <input id={part(id, name)} class={["input ", name].concat()} {name} type="text" inputmode="numeric"
                maxlength="12" aria-describedby={hint} aria-invalid={invalid} />
        </div>
    }
}

fn part(id: &str, name: &str) -> AttrValue {
    AttrValue::from([id, "-", name].concat())
}
