//! The form of a question. What is ticked and typed stays in the form itself and is read when the person goes on, so
//! nothing is lost that was entered before the app took over, and nothing is redrawn while somebody types.

use crate::given::{self, DONT_KNOW, Fault, Given, PLANNED};
use crate::store::browser;
use crate::text::Messages;
use rules::answers::RawAnswer;
use rules::day::Day;
use rules::outline::{Field, QuestionView};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement};
use yew::{
    AttrValue, Callback, Html, InputEvent, MouseEvent, NodeRef, Properties, SubmitEvent, TargetCast, component, html,
    use_effect_with, use_node_ref, use_state,
};

#[derive(Clone, PartialEq, Properties)]
pub struct QuestionFormProps {
    pub text: &'static Messages,
    pub question: QuestionView,
    /// The answer given before.
    pub answer: Option<RawAnswer>,
    /// Changes when the form must fill itself anew.
    pub epoch: u32,
    /// There are no answers at all: if there were some before, they were erased, and the form must be too.
    pub erased: bool,
    pub today: Option<Day>,
    /// The browser's title while nothing is wrong.
    pub title: AttrValue,
    /// The answer, or none when the person skips the question.
    pub on_answer: Callback<Option<RawAnswer>>,
}

#[component]
pub fn QuestionForm(props: &QuestionFormProps) -> Html {
    let form = use_node_ref();
    // What is wrong, and how often the person was told, so that they are told again.
    let fault = use_state(|| None::<(Fault, u32)>);

    use_effect_with(props.epoch, {
        let (form, answer, erased) = (form.clone(), props.answer.clone(), props.erased && props.epoch > 0);
        move |_| match answer {
            Some(answer) => fill(&form, &given::given(&answer)),
            None if erased => fill(&form, &Given::default()),
            None => {}
        }
    });
    use_effect_with(*fault, {
        let (title, error_title) = (props.title.clone(), props.text.question.error_title);
        move |fault| {
            if fault.is_some() {
                browser::set_title(&error_title(&title));
                browser::focus(".error-summary");
            }
        }
    });

    let onsubmit = {
        let (form, fault, props) = (form.clone(), fault.clone(), props.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            match given::read(&props.question.field, &read(&form), props.today) {
                Ok(answer) => props.on_answer.emit(Some(answer)),
                Err(found) => fault.set(Some((found, fault.map_or(0, |(_, times)| times + 1)))),
            }
        }
    };
    let oninput = {
        let form = form.clone();
        move |event: InputEvent| {
            if let Some(changed) = event.target_dyn_into::<Element>() {
                exclude(&form, &changed);
            }
        }
    };
    let skip = props.on_answer.reform(|_: MouseEvent| None);

    let text = &props.text.question;
    let question = &props.question;
    let shown = fault.map(|(fault, _)| {
        let words = (text.fault)(fault, &|day| props.text.common.date(day));
        (fault, words)
    });
    let described = match (&question.hint, &shown) {
        (None, None) => None,
        (Some(_), None) => Some("hint"),
        (None, Some(_)) => Some("fault"),
        (Some(_), Some(_)) => Some("hint fault"),
    };
    html! {
        <form ref={form} class="question" novalidate=true autocomplete="off" {onsubmit} {oninput}>
            if let Some((fault, words)) = &shown {
                {view_summary(props.text, *fault, words)}
            }
            <fieldset class={if shown.is_some() { "invalid" } else { "valid" }} aria-describedby={described}>
                <legend><h1 tabindex="-1">{question.title.clone()}</h1></legend>
                if let Some(hint) = &question.hint {
                    <p id="hint" class="hint">{hint.clone()}</p>
                }
                if let Some((_, words)) = &shown {
                    <p id="fault" class="error" key={words.clone()}>{words.clone()}</p>
                }
                {view_field(props.text, &question.field, shown.as_ref().map(|(fault, _)| *fault))}
            </fieldset>
            <div class="actions">
                <button type="submit" class="button">{text.go_on}</button>
                <button type="button" class="link" onclick={skip}>{text.skip}</button>
            </div>
        </form>
    }
}

fn view_summary(text: &Messages, fault: Fault, words: &str) -> Html {
    html! {
        <div key="summary" class="error-summary" role="alert" aria-labelledby="problem" tabindex="-1">
            <h2 id="problem">{text.question.problem}</h2>
            <p><a key={words.to_owned()} href={format!("#answer-{}", fault.place())}>{words.to_owned()}</a></p>
        </div>
    }
}

fn view_field(text: &Messages, field: &Field, fault: Option<Fault>) -> Html {
    let words = &text.question;
    match field {
        Field::Choice(choices) => {
            let mut choices: Vec<_> = choices.iter().map(|choice| (&*choice.id, &*choice.text)).collect();
            choices.push((DONT_KNOW, words.dont_know));
            view_radios(text, &choices)
        }
        Field::YesNo => view_radios(text, &[("yes", words.yes), ("no", words.no), (DONT_KNOW, words.dont_know)]),
        Field::Choices(choices, none) => {
            let of_many = choices.iter().filter(|choice| Some(&choice.id) != none.as_ref());
            let of_many =
                of_many.enumerate().map(|(n, choice)| view_tick("checkbox", n, &choice.id, &choice.text, false));
            let n = choices.len();
            let none = choices.iter().filter(|choice| Some(&choice.id) == none.as_ref());
            let none = none.map(|choice| view_tick("checkbox", n, &choice.id, &choice.text, true));
            html! {
                <div class="choices">
                    <p class="soft">{words.all_that_apply}</p>
                    {for of_many}
                    <p class="or">{words.or}</p>
                    {for none}
                    {view_tick("checkbox", n + 1, DONT_KNOW, words.dont_know, true)}
                </div>
            }
        }
        Field::Number { .. } => html! {
            <div class="choices">
                <div class="field">
                    <label for="answer-number">{words.number}</label>
                    <input id="answer-number" class="input day" name="number" type="text" inputmode="numeric"
                        aria-invalid={invalid(fault, "number")} />
                </div>
                <p class="or">{words.or}</p>
                {view_tick("checkbox", 0, DONT_KNOW, words.dont_know, true)}
            </div>
        },
        Field::Date { .. } => html! {
            <div class="choices">
                {view_date(text, fault)}
                <p class="or">{words.or}</p>
                {view_tick("checkbox", 0, DONT_KNOW, words.dont_know, true)}
            </div>
        },
        Field::Event => html! {
            <div class="choices">
                {view_tick("radio", 0, "done", words.done, false)}
                {view_tick("radio", 1, PLANNED, words.planned, false)}
                <fieldset class="plan">
                    <legend class="strong">{words.planned_for}</legend>
                    {view_date(text, fault)}
                </fieldset>
                {view_tick("radio", 2, "not-yet", words.not_yet, false)}
                {view_tick("radio", 3, "never", words.never, false)}
                <p class="or">{words.or}</p>
                {view_tick("radio", 4, DONT_KNOW, words.dont_know, false)}
            </div>
        },
    }
}

/// One of several; the last one stands apart.
fn view_radios(text: &Messages, choices: &[(&str, &str)]) -> Html {
    let radio = |n: usize| choices.get(n).map(|(id, words)| view_tick("radio", n, id, words, false));
    let last = choices.len() - 1;
    html! {
        <div class="choices">
            {for (0..last).filter_map(radio)}
            <p class="or">{text.question.or}</p>
            {for radio(last)}
        </div>
    }
}

fn view_tick(kind: &'static str, n: usize, value: &str, words: &str, alone: bool) -> Html {
    html! {
        <label key={value.to_owned()} class={if value == PLANNED { "choice plans" } else { "choice" }}>
            <input id={format!("answer-{n}")} type={kind} name="answer" value={value.to_owned()} data-alone={alone.then_some("")} />
            <span>{words.to_owned()}</span>
        </label>
    }
}

fn view_date(text: &Messages, fault: Option<Fault>) -> Html {
    let words = &text.question;
    let months = text.common.months.iter().enumerate().map(|(n, month)| {
        html! { <option value={format!("{:02}", n + 1)}>{*month}</option> }
    });
    html! {
        <div class="date">
            <p id="date-hint" class="soft">{words.date_hint}</p>
            <div class="fields">
                <div class="field">
                    <label for="answer-year">{words.year}</label>
                    <input id="answer-year" class="input year" name="year" type="text" inputmode="numeric" maxlength="6"
                        aria-describedby="date-hint" aria-invalid={invalid(fault, "year")} />
                </div>
                <div class="field">
                    <label for="answer-month">{words.month}</label>
                    <select id="answer-month" class="input month" name="month" aria-invalid={invalid(fault, "month")}>
                        <option value="" selected=true>{words.no_month}</option>
                        {for months}
                    </select>
                </div>
                <div class="field">
                    <label for="answer-day">{words.day}</label>
                    <input id="answer-day" class="input day" name="day" type="text" inputmode="numeric" maxlength="4"
                        aria-invalid={invalid(fault, "day")} />
                </div>
            </div>
        </div>
    }
}

fn invalid(fault: Option<Fault>, place: &str) -> Option<&'static str> {
    fault.filter(|fault| fault.place() == place).map(|_| "true")
}

fn each_input(form: &NodeRef, mut visit: impl FnMut(HtmlInputElement)) {
    let found = form.cast::<Element>().and_then(|form| form.query_selector_all("input").ok());
    let Some(found) = found else { return };
    for n in 0..found.length() {
        if let Some(input) = found.get(n).and_then(|node| node.dyn_into().ok()) {
            visit(input);
        }
    }
}

fn month(form: &NodeRef) -> Option<HtmlSelectElement> {
    form.cast::<Element>()?.query_selector("select").ok()??.dyn_into().ok()
}

fn can_be_ticked(input: &HtmlInputElement) -> bool {
    matches!(input.type_().as_str(), "radio" | "checkbox")
}

fn read(form: &NodeRef) -> Given {
    let mut given = Given::default();
    each_input(form, |input| {
        let value = input.value();
        match input.name().as_str() {
            "number" => given.number = value,
            "year" => given.year = value,
            "day" => given.day = value,
            _ if input.checked() => given.ticked.push(value),
            _ => {}
        }
    });
    given.month = month(form).map(|month| month.value()).unwrap_or_default();
    given
}

fn fill(form: &NodeRef, given: &Given) {
    each_input(form, |input| match input.name().as_str() {
        "number" => input.set_value(&given.number),
        "year" => input.set_value(&given.year),
        "day" => input.set_value(&given.day),
        _ => input.set_checked(given.ticked.contains(&input.value())),
    });
    if let Some(month) = month(form) {
        month.set_value(&given.month);
    }
}

/// Unticks what does not go together with what was just entered.
fn exclude(form: &NodeRef, changed: &Element) {
    let ticked = changed.dyn_ref::<HtmlInputElement>().filter(|input| can_be_ticked(input));
    if ticked.is_some_and(|input| !input.checked() || input.type_() == "radio") {
        return;
    }
    let alone = changed.has_attribute("data-alone");
    let typed = ticked.is_none();
    each_input(form, |input| {
        let other = input.id() != changed.id() && can_be_ticked(&input);
        if typed && input.value() == PLANNED {
            // Whoever writes down a date has a plan.
            input.set_checked(true);
        } else if other && (alone || input.has_attribute("data-alone")) {
            input.set_checked(false);
        }
    });
}
