//! Every document to gather, what is next first.

mod marks;

use crate::components::grounds::view_grounds;
use crate::components::moment::view_due;
use crate::components::next::{to_next_cycle, view_instead};
use crate::components::node::{heading, line, link, words};
use crate::components::notices::view_notices;
use crate::components::part::{anchor, fact, fold, grouped, later, named, section};
use crate::components::row::{view_contradictions, view_rows};
use crate::components::tag::view_tag;
use crate::context::Context;
use crate::papers::{Paper, PaperState, papers, past};
use crate::session::{Action, LONGEST_NOTE, mark_key};
use crate::store::browser;
use marks::view_marks;
use rules::report::ChecklistItem;
use rules::rulebook::Text;
use std::slice;
use yew::{Event, Html, InputEvent, Properties, component, html, use_state_eq};

pub fn view(context: &Context) -> Html {
    let text = &context.text.checklist;
    let mine = context.report.as_ref().filter(|_| context.is_begun());
    let items = mine.map_or(&context.outline.documents, |report| &report.checklist);
    html! {
        <>
            {heading(text.title)}
            {line("eyebrow", context.outline.title.clone())}
            // Who has not answered anything is told so below.
            if (mine.is_some() || context.report.is_none()) && !items.is_empty() {
                {line("", if mine.is_some() { text.lead } else { text.lead_general })}
            }
            {mine.map(|report| view_contradictions(context, report.contradictions.iter()))}
            <div>
                {match (&context.report, mine) {
                    (None, _) => html! {
                        <div class="card place">
                            {line("", text.place)}
                            {line("no-script", context.text.layout.no_script)}
                        </div>
                    },
                    (Some(report), None) => view_instead(text.empty, report.next.as_ref().map(|next| {
                        link("button", context.question(next), context.text.result.first_question)
                    })),
                    (_, Some(_)) if items.is_empty() => view_instead(text.nothing, to_next_cycle(context, "button")),
                    (_, Some(_)) => view_progress(context, items),
                }}
            </div>
            if mine.is_some() {
                // Without papers there is nothing to choose from.
                if !items.is_empty() {
                    <Mine context={context.clone()} />
                }
            } else {
                {for grouped(items, |item| &item.place).iter().map(|items| view_place(context, items))}
            }
            if !items.is_empty() {
                {view_notices(context, "checklist", text.notices)}
            }
        </>
    }
}

fn view_progress(context: &Context, items: &[ChecklistItem]) -> Html {
    let needed = items.iter().filter(|item| item.needed);
    let done = needed.clone().filter(|item| context.is_finished(item)).count();
    let all = needed.count();
    html! {
        <div class="progress">
            {line("strong", (context.text.checklist.progress)(done, all))}
            <progress value={done.to_string()} max={all.to_string()} aria-hidden="true" />
        </div>
    }
}

/// What may be needed, for people who have not answered anything: by the place where it goes.
fn view_place(context: &Context, items: &[&ChecklistItem]) -> Html {
    let place = items.first().map(|item| words("h2", "", item.place.clone()));
    let rows = items.iter().map(|item| {
        let head = words("h3", "", item.title.clone());
        fold(anchor("document", &item.id), "paper", head, view_about(context, item))
    });
    html! { <section class="folds">{place}{for rows}</section> }
}

/// Which papers are shown.
#[derive(Clone, Debug, PartialEq)]
enum Show {
    All,
    Soon,
    Problems,
    Place(Text),
}

/// Due within so many days is soon.
const SOON: i32 = 14;

impl Show {
    fn shows(&self, paper: &Paper<'_>) -> bool {
        match self {
            Show::All => true,
            // What has no day at all may be due at any time.
            Show::Soon => match (paper.days, paper.by) {
                (Some(days), _) => days <= SOON,
                (None, Some(by)) => by.when.is_none() && by.last.is_none(),
                (None, None) => false,
            },
            Show::Problems => paper.is_problem(),
            Show::Place(place) => paper.item.place == *place,
        }
    }
}

#[derive(Clone, PartialEq, Properties)]
struct MineProps {
    context: Context,
}

/// Ids of the papers that are done.
fn finished(context: &Context) -> Vec<Text> {
    let items = context.report.iter().flat_map(|report| &report.checklist);
    items.filter(|item| context.is_finished(item)).map(|item| item.id.clone()).collect()
}

/// The person's own papers.
#[component]
fn Mine(MineProps { context }: &MineProps) -> Html {
    // What the person finishes here stays where they are at it, until they come back to the page.
    let shown = use_state_eq(|| (Show::All, finished(context)));
    let (show, done_before) = &*shown;
    let Some(report) = &context.report else { return html! {} };
    let text = &context.text.checklist;
    let (done, open): (Vec<Paper<'_>>, Vec<Paper<'_>>) = papers(context, &report.checklist)
        .into_iter()
        .partition(|paper| paper.state == PaperState::Done && done_before.contains(&paper.item.id));
    let mut shows = vec![(Show::All, text.show_all.to_owned()), (Show::Soon, text.show_soon.to_owned())];
    shows.push((Show::Problems, text.show_problems.to_owned()));
    let places = grouped(&report.checklist, |item| &item.place);
    let places = places.iter().filter_map(|items| Some((Show::Place(items.first()?.place.clone()), items)));
    shows.extend(places.map(|(show, items)| (show, items[0].place.to_string())));
    let options = shows.iter().enumerate().map(|(n, (which, name))| {
        let count = open.iter().filter(|paper| paper.item.needed && which.shows(paper)).count();
        html! {
            <option key={n} value={n.to_string()} selected={show == which}>{[name, " (", &count.to_string(), ")"].concat()}</option>
        }
    });
    let options: Html = options.collect();
    let onchange = {
        let shown = shown.clone();
        let shows: Vec<Show> = shows.into_iter().map(|(show, _)| show).collect();
        move |event: Event| {
            let chosen = browser::value(&event).parse().ok().and_then(|n: usize| shows.get(n));
            shown.set((chosen.cloned().unwrap_or(Show::All), shown.1.clone()));
        }
    };
    let (needed, perhaps): (Vec<&Paper<'_>>, Vec<&Paper<'_>>) =
        open.iter().filter(|paper| show.shows(paper)).partition(|paper| paper.item.needed);
    let why_none = match show {
        _ if open.is_empty() => text.all_done,
        Show::Soon if open.iter().any(Paper::is_problem) => text.none_soon,
        _ => text.none_shown,
    };
    let rows = |papers: &[&Paper<'_>]| papers.iter().map(|paper| view_paper(context, paper)).collect::<Html>();
    html! {
        <>
            <p class="show">
                <label for="show">{text.show}</label>
                <select id="show" class="input" {onchange}>{options}</select>
            </p>
            if needed.is_empty() && perhaps.is_empty() {
                <p role="status">{words("span", "", why_none)}</p>
            }
            if !needed.is_empty() {
                {section("papers", "folds", text.next, rows(&needed))}
            }
            if !perhaps.is_empty() {
                {fold("perhaps".into(), "", words("h2", "", (text.perhaps_needed)(perhaps.len())), later(context, || rows(&perhaps)))}
            }
            if !done.is_empty() {
                {fold("done".into(), "", words("h2", "", (text.done_so_far)(done.len())),
                    later(context, || done.iter().map(|paper| view_paper(context, paper)).collect()))}
            }
        </>
    }
}

fn view_paper(context: &Context, paper: &Paper<'_>) -> Html {
    let item = paper.item;
    let head = html! {
        <>
            {words("h3", "", item.title.clone())}
            {view_state(context, paper)}
            {words("span", "soft whole", view_where(context, paper))}
        </>
    };
    let shown = || {
        html! {
            <>
                {view_why_not(context, paper)}
                {view_marks_of(context, item)}
                {view_note(context, item)}
                {view_about(context, item)}
            </>
        }
    };
    fold(anchor("document", &item.id), "paper", head, later(context, shown))
}

/// Where it goes, and by when.
fn view_where(context: &Context, paper: &Paper<'_>) -> String {
    let (text, common) = (&context.text.checklist, &context.text.common);
    let until = paper.item.issued_until.as_ref();
    let due = paper.by.or(paper.item.due.as_ref()).and_then(|due| match (&due.when, &due.last) {
        _ if paper.state == PaperState::Done => None,
        (Some(when), _)
            if until != Some(due)
                && let Some(sure) = past(context, Some(due)) =>
        {
            Some((if sure { text.was_due } else { text.was_expected })(&common.date(when.day)))
        }
        (Some(when), _) => {
            let days = paper.days.map(|days| (common.in_days)(days));
            let date = common.date(when.day);
            let date = if until == Some(due) { (text.issued_by)(&date) } else { date };
            Some(days.into_iter().chain([date]).collect::<Vec<_>>().join(", "))
        }
        (None, Some((cycle, day))) => Some((text.no_date)(cycle, &common.date(*day))),
        (None, None) => Some(match &due.before {
            Some(bound) => [common.not_published, ", ", common.before, " ", &common.date(bound.day)].concat(),
            None => common.not_published.to_owned(),
        }),
    });
    [Some(paper.item.place.to_string()), due].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn view_state(context: &Context, paper: &Paper<'_>) -> Html {
    let text = &context.text.checklist;
    match &paper.state {
        PaperState::Late { sure: true } => view_tag("tag ask", text.late),
        PaperState::Late { sure: false } => view_tag("tag ask", text.perhaps_late),
        PaperState::NoDayLeft { .. } | PaperState::NotIssued => view_tag("tag ask", text.no_day_left),
        PaperState::Unseen => view_tag("tag ask", text.unseen),
        PaperState::Blocked(_) => view_tag("tag needs", text.blocked),
        PaperState::Done => view_tag("tag open", text.done),
        PaperState::Open(Some(mark)) => view_tag("tag not-yet", text.steps[*mark as usize + 1]),
        _ if !paper.item.needed => view_tag("tag needs", text.may_be_needed),
        _ => html! {},
    }
}

/// What is in the way, and what remains possible.
fn view_why_not(context: &Context, paper: &Paper<'_>) -> Html {
    let text = &context.text.checklist;
    match &paper.state {
        PaperState::Late { sure } => line("strong", if *sure { text.late_why } else { text.perhaps_late_why }),
        PaperState::NoDayLeft { sure } => {
            line("strong", if *sure { text.no_day_left_why } else { text.ask_about_days })
        }
        PaperState::NotIssued => line("strong", text.not_issued),
        PaperState::Blocked(before) => {
            let titles: Vec<&str> = before.iter().map(|title| &***title).collect();
            line("strong", (text.blocked_by)(&titles.join("; ")))
        }
        _ => html! {},
    }
}

/// How far it is: by an answer that says so, else by the person's marks.
fn view_marks_of(context: &Context, item: &ChecklistItem) -> Html {
    match &item.done {
        Some(row) => html! {
            <div>
                {line("strong", context.text.checklist.done_by_answer)}
                {view_rows(context, slice::from_ref(row))}
            </div>
        },
        None => view_marks(context, item),
    }
}

/// A note of the person's own. It stays on the device, and no link carries it.
fn view_note(context: &Context, item: &ChecklistItem) -> Html {
    let text = &context.text.checklist;
    let key = mark_key(&context.outline.cycle, &item.id);
    let note = context.session.notes.get(&key).cloned().unwrap_or_default();
    let oninput = context.on.reform(move |event: InputEvent| Action::Noted(key.clone(), browser::value(&event)));
    let id = anchor("note", &item.id);
    let hint = [&*id, "-hint"].concat();
    html! {
        <div class="field note">
            <label for={id.clone()}>{(text.own_note)(&item.title)}</label>
            <p id={hint.clone()} class="soft">{text.own_note_hint}</p>
            <textarea {id} rows="2" maxlength={LONGEST_NOTE.to_string()} autocomplete="off" aria-describedby={hint} value={note} {oninput} />
        </div>
    }
}

/// What holds of it for everybody.
fn view_about(context: &Context, item: &ChecklistItem) -> Html {
    let text = &context.text.checklist;
    let dates = [(text.due, &item.due), (text.issued_from, &item.issued_from), (text.issued_until, &item.issued_until)];
    let dates = dates.into_iter().filter_map(|(name, moment)| {
        let moment = moment.as_ref()?;
        Some(fact(name, html! { <>{line("", moment.title.clone())}{view_due(context, moment)}</> }))
    });
    let titles = item.depends_on.iter().filter_map(|id| context.outline.documents.iter().find(|other| other.id == *id));
    let titles: Vec<&str> = titles.map(|other| &*other.title).collect();
    html! {
        <>
            {line("", item.what.clone())}
            <dl class="rows">
                {for dates}
                {item.form.as_ref().map(|form| named(text.form, form.clone()))}
                // What keeps a paper of one's own from being begun is said on top.
                if !titles.is_empty() && context.report.is_none() {
                    {named(text.depends_on, titles.join("; "))}
                }
                {named(text.why, item.why.clone())}
                {named(text.consequence, item.consequence.clone())}
                {item.note.as_ref().map(|note| named(text.note, note.clone()))}
                {named(text.cells, item.cells.join("; "))}
            </dl>
            {view_grounds(&context.text.common, &item.basis, &item.cited)}
        </>
    }
}
