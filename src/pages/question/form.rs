//! The form of a question. What is ticked and typed stays in the form itself and is read when the person goes on, so
//! nothing is lost that was entered before the app took over, and nothing is redrawn while somebody types.

use crate::components::date_field::{DateField, view_date, view_input};
use crate::components::inputs::{can_be_ticked, each_input, fill, read};
use crate::components::node::{self, link};
use crate::given::{self, DONT_KNOW, Fault, Given, PLANNED};
use crate::store::{browser, loader};
use crate::text::Messages;
use rules::answers::RawAnswer;
use rules::day::Day;
use rules::outline::{Field, QuestionView};
use rules::rulebook::{Named, Text};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};
use yew::{
    AttrValue, Callback, Html, InputEvent, MouseEvent, NodeRef, Properties, SubmitEvent, TargetCast, component, html,
    use_effect_with, use_node_ref, use_state,
};

/// What the ids of the form's elements begin with.
const ID: &str = "answer";

#[derive(Clone, Properties)]
pub struct QuestionFormProps {
    pub text: &'static Messages,
    pub question: QuestionView,
    /// The answer given before.
    pub answer: Option<RawAnswer>,
    /// Changes when the form must fill itself again.
    pub epoch: u32,
    pub today: Option<Day>,
    /// Choices that can no longer be true: they are not offered.
    pub withdrawn: Vec<Text>,
    /// The browser's title while nothing is wrong.
    pub title: AttrValue,
    /// The answer, or none when the person skips the question.
    pub on_answer: Callback<Option<RawAnswer>>,
}

/// A question does not change under its id.
impl PartialEq for QuestionFormProps {
    fn eq(&self, other: &QuestionFormProps) -> bool {
        self.question.id == other.question.id
            && self.answer == other.answer
            && (self.epoch, self.today) == (other.epoch, other.today)
            && self.withdrawn == other.withdrawn
            && self.title == other.title
    }
}

#[component]
pub fn QuestionForm(props: &QuestionFormProps) -> Html {
    let form = use_node_ref();
    // What is wrong, and how often the person was told, so that they are told again.
    let fault = use_state(|| None::<(Fault, u32)>);

    use_effect_with((props.epoch, props.answer.clone()), {
        let (form, answer, came) = (form.clone(), props.answer.clone(), props.epoch > 0);
        move |_| match answer {
            Some(answer) => fill(&form, &given::given(&answer)),
            // Another session came, or went: what is ticked may be somebody else's answer.
            None if came => fill(&form, &Given::default()),
            None => {}
        }
    });
    use_effect_with(*fault, {
        let (title, error_title) = (props.title.clone(), props.text.question.error_title);
        move |fault| {
            if fault.is_some() {
                loader::drawn();
                browser::set_title(&error_title(&title));
                browser::focus(".error-summary");
            }
        }
    });

    let onsubmit = {
        let (form, fault, props) = (form.clone(), fault.clone(), props.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            let question = &props.question;
            match given::read(&question.field, &read(&form), question.may_lie_ahead, props.today) {
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
            {shown.as_ref().map(|(fault, words)| view_summary(props.text, *fault, words))}
            <fieldset class={if shown.is_some() { "invalid" } else { "valid" }} aria-describedby={described}>
                <legend><h1 tabindex="-1">{question.title.clone()}</h1></legend>
                if let Some(hint) = &question.hint {
                    <p id="hint" class="hint">{hint.clone()}</p>
                }
                if let Some((_, words)) = &shown {
                    <p id="fault" class="error" key={words.clone()}>{words.clone()}</p>
                }
                {view_field(props.text, &question.field, &props.withdrawn, shown.as_ref().map(|(fault, _)| *fault))}
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
        <div class="error-summary" role="alert" aria-labelledby="problem" tabindex="-1">
            <h2 id="problem">{text.question.problem}</h2>
            <p>{link("", format!("#answer-{}", fault.place()), words.to_owned())}</p>
        </div>
    }
}

fn view_field(text: &Messages, field: &Field, withdrawn: &[Text], fault: Option<Fault>) -> Html {
    let words = &text.question;
    let or = || node::words("p", "or", words.or);
    let dont_know = |n| view_tick("checkbox", n, DONT_KNOW, words.dont_know, true);
    let place = fault.map(Fault::place);
    let date = || {
        let field = DateField { id: ID, hint: words.date_hint, no_month: words.no_month };
        view_date(text, &field, place)
    };
    let inputs = match field {
        Field::Choice(choices) => {
            let offered = choices.iter().filter(|choice| !withdrawn.contains(&choice.id));
            let mut choices: Vec<_> = offered.map(|choice| (&*choice.id, &*choice.text)).collect();
            choices.push((DONT_KNOW, words.dont_know));
            view_radios(or(), &choices)
        }
        Field::YesNo => view_radios(or(), &[("yes", words.yes), ("no", words.no), (DONT_KNOW, words.dont_know)]),
        Field::Choices(choices, none) => {
            let is_none = |choice: &Named| Some(&choice.id) == none.as_ref();
            let tick = |n, choice: &Named| view_tick("checkbox", n, &choice.id, &choice.text, is_none(choice));
            let mut inputs = vec![node::words("p", "soft", words.all_that_apply)];
            let several = choices.iter().filter(|choice| !is_none(choice));
            inputs.extend(several.enumerate().map(|(n, choice)| tick(n, choice)));
            inputs.push(or());
            inputs.extend(choices.iter().filter(|choice| is_none(choice)).map(|choice| tick(choices.len(), choice)));
            inputs.push(dont_know(choices.len() + 1));
            inputs
        }
        Field::Number { .. } => {
            let number = view_input(ID, "number", words.number, None, place);
            vec![number, or(), dont_know(0)]
        }
        Field::Date { .. } => vec![date(), or(), dont_know(0)],
        Field::Event => {
            let radio = |n, id, words| view_tick("radio", n, id, words, false);
            vec![
                radio(0, "done", words.done),
                radio(1, PLANNED, words.planned),
                html! { <fieldset class="plan">{node::words("legend", "strong", words.planned_for)}{date()}</fieldset> },
                radio(2, "not-yet", words.not_yet),
                radio(3, "never", words.never),
                or(),
                radio(4, DONT_KNOW, words.dont_know),
            ]
        }
    };
    html! { <div class="choices">{for inputs}</div> }
}

/// One of several; the last one is set apart.
fn view_radios(or: Html, choices: &[(&str, &str)]) -> Vec<Html> {
    let radio = |(n, (id, words)): (usize, &(&str, &str))| view_tick("radio", n, id, words, false);
    let mut radios: Vec<Html> = choices.iter().enumerate().map(radio).collect();
    radios.insert(choices.len() - 1, or);
    radios
}

fn view_tick(kind: &'static str, n: usize, value: &str, words: &str, alone: bool) -> Html {
    html! {
        <label key={value.to_owned()} class={if value == PLANNED { "choice plans" } else { "choice" }}>
            <input id={format!("answer-{n}")} type={kind} name="answer" value={value.to_owned()} data-alone={alone.then_some("")} />
            <span>{words.to_owned()}</span>
        </label>
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
