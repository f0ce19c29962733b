//! A form for an official date: where nobody had published it when the rules were read, or only others had.

use crate::components::date_field::{DateField, view_date, view_input};
use crate::components::inputs::{fill, read};
use crate::components::node::words;
use crate::components::part::anchor;
use crate::context::Context;
use crate::given::{self, Fault, Given};
use crate::session::{Action, Misfit};
use crate::store::browser;
use crate::text::Messages;
use crate::text::timeline::Timeline;
use rules::answers::{Entered, Refusal, Side};
use rules::day::DayRange;
use rules::report::MomentReport;
use yew::{
    AttrValue, Callback, Html, MouseEvent, Properties, SubmitEvent, component, html, use_effect_with, use_mut_ref,
    use_node_ref, use_state_eq,
};

/// Only for dates that no strong source gives. What the reader entered stays in the fields, even when it does not fit.
pub fn view_date_entry(context: &Context, moment: &MomentReport, label: &'static str) -> Html {
    if context.report.is_none() || (moment.when.is_some() && !moment.basis.is_weak() && moment.entered.is_none()) {
        return html! {};
    }
    let text = &context.text.timeline;
    let key = [&*context.outline.cycle, "/", &*moment.id].concat();
    let misfit = context.misfits.get(&key);
    let entered = misfit.map(|misfit| misfit.entered).or(moment.entered);
    html! {
        <DateEntry text={context.text} id={anchor("enter", &moment.id.replace('.', "-"))} date={key} {label}
            time={(text.enter_time)(&(context.text.common.zone)(&moment.zone))} {entered}
            misfit={misfit.map(|misfit| AttrValue::from(why(context, misfit)))} on={context.on.clone()} />
    }
}

#[derive(Clone, PartialEq, Properties)]
struct DateEntryProps {
    text: &'static Messages,
    /// What the ids of its elements begin with.
    id: AttrValue,
    /// The date's key in the session.
    date: String,
    label: &'static str,
    /// What the time's field is called.
    time: String,
    entered: Option<Entered>,
    /// Why what was entered is not used.
    misfit: Option<AttrValue>,
    on: Callback<Action>,
}

/// Most people have nothing to enter. The form is drawn once somebody unfolds it: browsers look at every form of a page for
/// what they could fill in, and do so the slower the deeper it is folded.
#[component]
fn DateEntry(props: &DateEntryProps) -> Html {
    let is_wanted = use_state_eq(|| false);
    let form = use_node_ref();
    let fault = use_state_eq(|| None::<Fault>);
    let first = use_mut_ref(|| true);
    use_effect_with(props.entered, {
        let form = form.clone();
        move |entered| {
            // What somebody types before they ever entered a date is left alone.
            if !first.replace(false) || entered.is_some() {
                fill(&form, &entered.map_or_else(Given::default, given::given_entered));
            }
        }
    });
    // What does not fit is not hidden behind a fold.
    use_effect_with(props.misfit.is_some(), {
        let id = props.id.clone();
        move |misfit| {
            if *misfit {
                browser::unfold_to(&[&*id, "-use"].concat());
            }
        }
    });
    let (text, words_) = (&props.text.timeline, &props.text.question);
    let button = AttrValue::from([&*props.id, "-use"].concat());
    // The date may move to another list, and its form with it.
    let emit = {
        let (date, on, id) = (props.date.clone(), props.on.clone(), props.id.clone());
        move |entered: Option<Entered>| {
            on.emit(Action::DateEntered(date.clone(), entered));
            browser::focus_soon(["#", &*id, if entered.is_some() { "-use" } else { " > summary" }].concat());
        }
    };
    let onsubmit = {
        let (form, fault, emit, id) = (form.clone(), fault.clone(), emit.clone(), props.id.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            match given::read_entered(&read(&form)) {
                Ok(entered) => {
                    fault.set(None);
                    emit(Some(entered));
                }
                Err(found) => {
                    browser::focus(&["#", &id, "-", found.place()].concat());
                    fault.set(Some(found));
                }
            }
        }
    };
    let remove = move |_: MouseEvent| emit(None);
    let want = {
        let is_wanted = is_wanted.clone();
        move |_: MouseEvent| is_wanted.set(true)
    };
    let is_used = props.entered.is_some() || props.misfit.is_some();
    let wrong = fault.map(|fault| AttrValue::from((words_.fault)(fault, &|day| props.text.common.date(day))));
    let wrong = wrong.or_else(|| props.misfit.clone());
    let place = fault.map(Fault::place).or(props.misfit.is_some().then_some("year"));
    html! {
        <details id={props.id.clone()} class="entering" open={is_used}>
            <summary onclick={want}>{props.label}</summary>
            if is_used || *is_wanted {
                <form ref={form} class="entry" novalidate=true autocomplete="off" {onsubmit}>
                    <fieldset class={if wrong.is_some() { "invalid" } else { "valid" }}>
                        <legend class="visually-hidden">{props.label}</legend>
                        if let Some(wrong) = wrong {
                            <p class="error" role="alert">{words("span", "", wrong)}</p>
                        }
                        {view_date(props.text, &DateField { id: &props.id, hint: text.enter_hint, no_month: text.no_month }, place)}
                        {view_input(&props.id, "time", props.time.clone(), None, place)}
                    </fieldset>
                    <div class="actions">
                        <button key="use" type="submit" id={button} class="button quiet">{text.use_date}</button>
                        if props.entered.is_some() {
                            <button key="remove" type="button" class="link" onclick={remove}>{text.remove_date}</button>
                        }
                    </div>
                </form>
            }
        </details>
    }
}

/// Why a date is not used: what it is, where the bounds are, and what to do.
fn why(context: &Context, misfit: &Misfit) -> String {
    let (text, common) = (&context.text.timeline, &context.text.common);
    let day = |text: &str| DayRange::parse(text).map_or_else(|| text.to_owned(), |range| common.date(range.first));
    let Timeline { out_of_season, too_early, too_late, misfit: other, .. } = text;
    match &misfit.why {
        Refusal::OutOfBounds { given, from, until } => out_of_season(&day(given), &day(from), &day(until)),
        Refusal::WrongOrder { given, side: Side::Before, title, day: of, .. } => {
            too_early(&day(given), title, &day(of))
        }
        Refusal::WrongOrder { given, side: Side::After, title, day: of, .. } => too_late(&day(given), title, &day(of)),
        _ => (*other).to_owned(),
    }
}
