//! Every component in every state, on one page that no site has: `cargo run -p site --example gallery > gallery.html`,
//! beside a copy of `static/style.css`.

use rulebook::{compile, evaluate};
use rules::outline::outline;
use rules::report::{CriterionState, EntryKind, full_report};
use rules::verdict::{Outcome, Verdict};
use self_check::components::find_out::view_tasks;
use self_check::components::keeping::{Lately, view_keeping};
use self_check::components::layout::{Frame, view_layout};
use self_check::components::letter::{view_disagreement, view_letters};
use self_check::components::next::view_next;
use self_check::components::node::{line, link, words};
use self_check::components::notices::view_notice;
use self_check::components::part::{details, view_fold};
use self_check::components::so_far::view_so_far;
use self_check::components::tag::{view_kind, view_state, view_verdict_tag};
use self_check::context::Context;
use self_check::route::{Page, Route};
use self_check::session::{Keeping, Session, text};
use self_check::state::{Awaited, Failure};
use self_check::text::Language;
use std::error::Error;
use std::path::Path;
use std::rc::Rc;
use tokio::{runtime::Builder, task::LocalSet};
use yew::{Callback, Html, LocalServerRenderer, Properties, component, html};

/// People whose next things and letters differ: the cycle's day, and what they answered.
const PEOPLE: [(&str, &str); 4] = [
    ("2026-11-23T09:00-07:00", "aimg-status = \"not-applied\""),
    ("2026-11-23T09:00-07:00", "aimg-status = \"waiting\""),
    ("2027-03-20T09:00-06:00", "aimg-status = \"eligible\"\nmmi = \"done\"\nfirst-iteration = \"not-run-yet\""),
    (
        "2027-03-20T09:00-06:00",
        "aimg-status = \"eligible\"\nmmi = \"done\"\ncarms-registered = \"done\"\nearlier-training = \"none\"\n\
         other-match = \"none\"\ngraduation = \"graduated\"\ncap-done = false\nother-language-papers = false\n\
         first-iteration = \"took-no-part\"",
    ),
];

fn main() -> Result<(), Box<dyn Error>> {
    let book = compile::compile(Path::new("rulebooks"), "2027", "en").map_err(|problems| format!("{problems:?}"))?;
    let mut people = Vec::new();
    for (as_of, answers) in PEOPLE {
        let answers = evaluate::answers(&book, answers).map_err(|problems| format!("{problems:?}"))?;
        let as_of = evaluate::as_of(&book, as_of).map_err(|problem| format!("{problem:?}"))?;
        people.push(Context {
            text: Language::En.messages(),
            route: Route { language: Language::En, cycle: None, page: Page::Result },
            outline: Rc::new(outline(&book)),
            report: Some(Rc::new(full_report(&book, &answers, as_of, None))),
            session: Rc::new(Session::default()),
            misfits: Rc::default(),
            tried: None,
            epoch: 0,
            root: "".into(),
            cycles: [Rc::from("2027")].into(),
            default_cycle: Rc::from("2027"),
            general: None,
            is_whole: true,
            on: Callback::noop(),
        });
    }
    let runtime = Builder::new_current_thread().build()?;
    let renderer = LocalServerRenderer::<Gallery>::with_props(GalleryProps { people }).hydratable(false);
    let body = runtime.block_on(LocalSet::new().run_until(renderer.render()));
    println!(
        "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>Gallery</title><link rel=\"stylesheet\" href=\"style.css\"><body><div class=\"wrap\">{body}</div>"
    );
    Ok(())
}

#[derive(PartialEq, Properties)]
struct GalleryProps {
    people: Vec<Context>,
}

#[component]
fn Gallery(GalleryProps { people }: &GalleryProps) -> Html {
    let shown = people.first().map(|first| html! { <>{view_small(first)}{view_frames(first)}</> });
    html! { <>{shown}{for people.iter().map(view_person)}</> }
}

fn view_small(context: &Context) -> Html {
    let text = context.text;
    let outcomes = [Outcome::Open, Outcome::NotYet, Outcome::Ask, Outcome::Unmet].map(Verdict::Decided);
    let verdicts = [Verdict::NeedsAnswers].into_iter().chain(outcomes);
    let states = [
        CriterionState::Met,
        CriterionState::CanStill,
        CriterionState::NotMet,
        CriterionState::NotKnown,
        CriterionState::DoesNotApply,
        CriterionState::Disputed,
        CriterionState::CannotSay,
    ];
    let kinds = [EntryKind::Deadline, EntryKind::Milestone, EntryKind::Event, EntryKind::Window];
    html! {
        <>
            {words("h1", "", "Gallery")}
            {words("h2", "", "Tags")}
            <p>{for verdicts.map(|verdict| html! { <>{view_verdict_tag(text, verdict)}{" "}</> })}</p>
            <p>{for states.map(|state| html! { <>{view_state(&text.result.states, state)}{" "}</> })}</p>
            <p>{for kinds.map(|kind| html! { <>{view_kind(text, kind)}{" "}</> })}</p>
            {words("h2", "", "Buttons and links")}
            <p class="actions">
                <button class="button">{"Button"}</button>
                <button class="button quiet">{"Quiet"}</button>
                <button class="link">{"Link"}</button>
                {link("", "#", "A link in a text")}
            </p>
            {words("h2", "", "Rows that unfold, notices")}
            {view_fold("folded".into(), "", false, words("h3", "", "Folded"), line("", "Behind the fold"))}
            {view_fold("unfolded".into(), "", true, words("h3", "", "Unfolded"), line("", "Behind the fold"))}
            {details("", "On demand", line("", "What was asked for"))}
            {for context.outline.notices.iter().take(3).map(|notice| view_notice(&text.common, notice))}
            <div class="error-summary">{words("h2", "", "There is a problem")}{link("", "#", "What to mend")}</div>
            <fieldset class="invalid">
                {words("p", "error", "Write the whole date")}
                <input class="input year" value="20277" aria-label="Year" />
            </fieldset>
        </>
    }
}

/// What can stand around a page: every way of keeping, every notice.
fn view_frames(context: &Context) -> Html {
    let kept = [Keeping::NotAsked, Keeping::Yes, Keeping::No, Keeping::Shared, Keeping::Impossible];
    let keeping = kept.map(|keeping| {
        let session = Rc::new(Session { keeping, ..Session::clone(&context.session) });
        view_keeping(&Context { session, ..context.clone() }, Lately::Nothing, false)
    });
    let failed = [None, Some(Failure::NoConnection), Some(Failure::Renewed), Some(Failure::Lost)];
    let frames = failed.map(|failed| Frame {
        awaited: Some(Awaited { route: context.route.clone(), fragment: String::new(), failed }),
        own: None,
        missing: None,
        lately: Lately::Nothing,
        left_out: failed.is_none(),
        on_event: Callback::noop(),
        on_click: Callback::noop(),
    });
    let dropped = Rc::new(text::read("self-check 1\nno such line\n"));
    let dropped = Context { session: dropped, ..context.clone() };
    html! {
        <>
            {words("h2", "", "Around a page")}
            {for keeping}
            {for frames.iter().map(|frame| view_layout(&dropped, frame, html! {}))}
        </>
    }
}

fn view_person(context: &Context) -> Html {
    let Some(report) = &context.report else { return html! {} };
    let cells = report.cells.iter().map(|cell| {
        html! {
            <>
                {for cell.readings.iter().map(|found| view_disagreement(context.text, found))}
                {for cell.ask.iter().map(|ask| view_letters(context.text, &cell.id, ask))}
            </>
        }
    });
    html! {
        <>
            {words("h2", "", "Somebody on the way")}
            {view_so_far(context.text, report)}
            {view_next(context, report)}
            {view_tasks(context, &report.find_out)}
            {for cells}
        </>
    }
}
