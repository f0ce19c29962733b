//! The pages as HTML, drawn on the host from the real rulebooks, for a few people as they come.

use rulebook::{compile, evaluate};
use rules::answers::{Entered, RawAnswer};
use rules::outline::{Outline, outline};
use rules::report::{Report, full_report};
use rules::rulebook::Rulebook;
use self_check::context::Context;
use self_check::pages::view;
use self_check::route::{Page, Route};
use self_check::session::Map;
use self_check::session::{Mark, Misfit, Session};
use self_check::text::Language;
use std::collections::BTreeSet;
use std::path::Path;
use std::rc::Rc;
use tokio::{runtime::Builder, task::LocalSet};
use yew::{Callback, Html, LocalServerRenderer, Properties, component};

const NOBODY: &str = "";
const NOT_APPLIED: &str = r#"aimg-status = "not-applied""#;
const ELIGIBLE: &str = r#"
    aimg-status = "eligible"
    mmi = "done"
    carms-registered = "done"
    earlier-training = "none"
    other-match = "none"
    graduation = "graduated"
    cap-done = false
    other-language-papers = false
"#;
/// Somebody in the trial for Ontario, whose tie is still open.
const ONTARIO: &str = r#"
    first-iteration = "not-run-yet"
    carms-registered = "done"
    school = "us-do"
    graduation = "by-the-limit"
    earlier-training = "none"
    in-practice = false
    status = "citizen"
    mccqe1 = "done"
    nac = "done"
"#;
const AUTUMN: &str = "2026-11-23T09:00-06:00";
const SPRING: &str = "2027-03-20T09:00-06:00";

struct Case {
    book: Rulebook,
    outline: Rc<Outline>,
    report: Option<Rc<Report>>,
    session: Session,
    misfits: Rc<Map<Misfit>>,
}

impl Case {
    fn general(cycle: &str) -> Case {
        Case::in_folder("rulebooks", cycle)
    }

    fn in_folder(rulebooks: &str, cycle: &str) -> Case {
        let book = compile::compile(Path::new(rulebooks), cycle, "en").expect("the rulebook compiles");
        Case {
            outline: Rc::new(outline(&book)),
            report: None,
            session: Session::default(),
            misfits: Rc::default(),
            book,
        }
    }

    fn of(answers: &str, as_of: &str) -> Case {
        Case::general("2027").with(answers, as_of)
    }

    fn in_ontario(answers: &str) -> Case {
        Case::in_folder("tests/trials/ontario", "2027").with(&format!("{ONTARIO}\n{answers}"), AUTUMN)
    }

    fn with(self, answers: &str, as_of: &str) -> Case {
        let case = self;
        let answers = evaluate::answers(&case.book, answers).expect("the answers fit");
        let as_of = evaluate::as_of(&case.book, as_of).expect("a time with an offset");
        Case { report: Some(Rc::new(full_report(&case.book, &answers, as_of, None))), ..case }
    }

    fn eligible(first_iteration: &str, as_of: &str) -> Case {
        Case::of(&format!("{ELIGIBLE}\nfirst-iteration = \"{first_iteration}\""), as_of)
    }

    fn draw(&self, page: Page) -> String {
        let props = DrawnProps {
            page: Context {
                text: Language::En.messages(),
                route: Route { language: Language::En, cycle: None, page },
                outline: self.outline.clone(),
                report: self.report.clone(),
                session: Rc::new(self.session.clone()),
                misfits: self.misfits.clone(),
                tried: None,
                epoch: 0,
                root: "".into(),
                cycles: [self.outline.cycle.clone(), self.outline.next_cycle.id.clone()].into(),
                default_cycle: self.outline.cycle.clone(),
                general: None,
                is_whole: true,
                on: Callback::noop(),
            },
        };
        let runtime = Builder::new_current_thread().build().expect("a runtime");
        let renderer = LocalServerRenderer::<Drawn>::with_props(props).hydratable(false);
        runtime.block_on(LocalSet::new().run_until(renderer.render()))
    }
}

#[derive(PartialEq, Properties)]
struct DrawnProps {
    page: Context,
}

#[component]
fn Drawn(props: &DrawnProps) -> Html {
    view(&props.page)
}

fn people() -> [Case; 7] {
    [
        Case::general("2027"),
        Case::general("2022"),
        Case::of(NOBODY, AUTUMN),
        Case::of(NOT_APPLIED, AUTUMN),
        Case::eligible("not-run-yet", AUTUMN),
        Case::eligible("unmatched", SPRING),
        Case::eligible("took-no-part", SPRING),
    ]
}

fn pages() -> [Page; 4] {
    [Page::Result, Page::Checklist, Page::Timeline, Page::Iterations]
}

/// A page as it is read: without what is escaped, or keeps words on one line.
fn plain(html: &str) -> String {
    let html = html.replace("&#39;", "'").replace("&#x27;", "'").replace("&quot;", "\"").replace("&amp;", "&");
    html.replace('\u{a0}', " ")
}

#[track_caller]
fn says(html: &str, words: &[&str]) {
    let text = plain(html);
    for words in words {
        assert!(text.contains(words), "no {words:?} in {text}");
    }
}

/// What the result page says of the next thing to do.
fn next_thing(html: &str) -> &str {
    let (_, from) = html.split_once("id=\"next\"").expect("a next thing to do");
    from.split_once("id=\"why\"").map_or(from, |(next, _)| next)
}

/// The values of an attribute, in order.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    html.split(&*start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn pages_are_sound_html() {
    let ontario = ["", "ontario-ties = [\"high-school\"]", "ontario-ties = [\"none-of-these\"]"].map(Case::in_ontario);
    for case in people().into_iter().chain(ontario) {
        for page in pages() {
            let name = format!("{page:?} of {}", case.outline.cycle);
            let html = case.draw(page);
            assert_eq!(html.matches("<h1").count(), 1, "{name}");
            assert!(!html.contains(" style="), "{name}: an inline style");
            let ids = values(&html, "id");
            assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{name}: an id stands twice: {ids:?}");
            for target in values(&html, "href").iter().filter_map(|href| href.strip_prefix('#')) {
                assert!(ids.contains(&target), "{name}: no #{target}");
            }
            for labelled in ["aria-labelledby", "for"] {
                let missing: Vec<_> = values(&html, labelled).into_iter().filter(|id| !ids.contains(id)).collect();
                assert!(missing.is_empty(), "{name}: {labelled} {missing:?}");
            }
            let levels = html.split("<h").skip(1).filter_map(|rest| rest.chars().next()?.to_digit(10));
            let levels: Vec<u32> = levels.collect();
            assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{name}: headings {levels:?}");
        }
    }
}

#[test]
fn a_page_says_that_it_decides_nothing() {
    for case in people() {
        says(&case.draw(Page::Result), &["This is a self-check. The AIMG Program, CaRMS and the universities decide."]);
    }
}

#[test]
fn before_any_answer_there_is_a_way_to_the_first_question() {
    let html = Case::of(NOBODY, AUTUMN).draw(Page::Result);
    says(&html, &["You have not answered anything yet", "./question-aimg-status.html"]);
    assert!(!Case::general("2027").draw(Page::Result).contains("class=\"tag"), "a verdict before the day is known");
}

#[test]
fn somebody_who_did_not_apply_learns_why_and_what_is_open() {
    let html = Case::of(NOT_APPLIED, AUTUMN).draw(Page::Result);
    says(
        &html,
        &[
            "2027 cycle, as of Monday, November 23, 2026",
            "the main deadline was June 5, 2026",
            "Closed",
            "I did not apply for the 2027 cycle",
            "What is open instead",
            "Applications through CaRMS outside Alberta are not affected.",
            "We have seen nothing announced for the 2028 cycle.",
        ],
    );
    assert!(!html.contains(">Open<"));
}

#[test]
fn no_number_of_days_is_negative() {
    // A day that is expected only has not passed for certain.
    for case in people() {
        for page in pages() {
            assert!(!case.draw(page.clone()).contains("in -"), "{page:?}");
        }
    }
}

#[test]
fn in_autumn_the_next_thing_is_the_file_review() {
    let html = Case::eligible("not-run-yet", AUTUMN).draw(Page::Result);
    let next = next_thing(&html);
    says(
        next,
        &[
            "Next thing to do",
            "Thursday, November 26, 2026, 12:00 Eastern time",
            "Second-hand: we found it only on somebody",
        ],
    );
    says(&html, &["Open", "Not yet", "The first iteration must end without a match for you."]);
}

#[test]
fn after_match_day_the_next_thing_is_to_look_up_the_result() {
    let html = Case::eligible("not-run-yet", SPRING).draw(Page::Result);
    let next = next_thing(&html);
    says(next, &["Next thing to do", "Find this out: What happened", "CaRMS Online shows your result"]);
    assert!(!next.contains("Ask: "), "{next}");
    says(
        &html,
        &[
            "or should be decided by now",
            "As far as we could read, the day for this has probably passed: Match day, first iteration.",
        ],
    );
}

#[test]
fn nobody_is_told_of_a_rule_what_it_means_to_others_that_it_was_missed() {
    let waiting = r#"
        aimg-status = "waiting"
        application-parts = "done"
        school = "international"
        canada-note = "covers-me"
        graduation = "graduated"
        degree-by-deadline = true
        status = "citizen"
        residence-routes = ["high-school"]
        high-school-full-years = 3
        mccqe1 = "done"
        nac-latest = "done"
        english = "exempt"
    "#;
    let finished = "aimg-status = \"eligible\"\ndegree = \"finished\"";
    // Cycle, answers, day, what the rule says, and what it means to have missed it.
    let rows = [
        ("2027", waiting, "2026-12-22T12:00-06:00", "eligible list for this match", "decision for 2027 stands"),
        ("2022", finished, "2022-04-20T12:00-06:00", "ask for a degree by July 1", "The limit that we expect is over"),
    ];
    for (cycle, answers, as_of, says_of_rule, missed) in rows {
        let html = Case::general(cycle).with(answers, as_of).draw(Page::Result);
        says(&html, &[says_of_rule]);
        assert!(!html.contains(missed), "{cycle}: {missed}");
    }
}

#[test]
fn after_a_first_iteration_without_a_match_the_second_is_open() {
    let case = Case::eligible("unmatched", SPRING);
    says(&case.draw(Page::Result), &["Nothing we know of stands in the way."]);
    let stages = case.draw(Page::Iterations);
    // In the picture and in the list.
    assert_eq!(stages.matches("You are here").count(), 2);
    says(&stages, &["Your rank order list is not carried over."]);
}

#[test]
fn the_picture_of_the_match_has_a_stop_for_each_stage_and_leads_to_where_one_is() {
    let lines = |html: &str, class: &str| -> Vec<String> {
        let end = format!("\" class=\"{class}\">");
        let paths = html.split("<path d=\"").skip(1);
        paths.filter_map(|path| path.split('<').next()?.strip_suffix(&end)).map(str::to_owned).collect()
    };
    // Who, and of everybody's way and the three ways on the one on which they are, with how they come there.
    let rows = [
        (Case::general("2027"), None, ["", "", "", ""]),
        (Case::eligible("not-run-yet", AUTUMN), Some(0), ["M16 1H351", "", "", ""]),
        (Case::eligible("matched", SPRING), Some(1), ["M16 1H670V2", "M670 0V1H731", "", ""]),
        (Case::eligible("unmatched", SPRING), Some(2), ["M16 1H670V2", "M670 0V2", "M670 0V1H792", ""]),
        (Case::eligible("took-no-part", SPRING), Some(3), ["M16 1H670V2", "M670 0V2", "M670 0V2", "M670 0V1H731"]),
    ];
    for (case, way, gone) in rows {
        let html = case.draw(Page::Iterations);
        assert_eq!(lines(&html, "gone"), gone, "{way:?}");
        let stops = lines(&html, "stop");
        let count: usize = stops.iter().map(|line| line.matches("h0").count()).sum();
        assert_eq!(count, html.matches("id=\"stage-").count(), "{way:?}");
        let here: Vec<usize> = (0..).zip(lines(&html, "here")).filter(|(_, d)| !d.is_empty()).map(|(n, _)| n).collect();
        assert_eq!(here, Vec::from_iter(way));
        for (stop, here) in stops.iter().zip(lines(&html, "here")) {
            assert!(stop.contains(&here), "{here}");
        }
    }
}

#[test]
fn somebody_who_took_no_part_gets_a_question_to_send() {
    let html = Case::eligible("took-no-part", SPRING).draw(Page::Result);
    says(
        &html,
        &[
            "Ask: AIMG Program and CaRMS",
            "Reading 1",
            "Reading 2",
            "Last read for 2022, not confirmed for this cycle",
            "apply to Alberta’s IMG-designated positions in the second iteration of the 2027 match",
        ],
    );
}

/// The letters of a result, as they are copied.
fn letters(html: &str) -> Vec<String> {
    let after = html.split("class=\"ready\">").skip(1);
    let whole =
        after.filter_map(|rest| Some(rest.split_once("</pre>")?.0.replace("<span>", "").replace("</span>", "")));
    whole.map(|letter| letter.replace("&#39;", "'").replace("&quot;", "\"").replace("&amp;", "&")).collect()
}

#[test]
fn a_letter_says_what_its_sender_answered_and_what_decides() {
    let skipped = letters(&Case::eligible("took-no-part", SPRING).draw(Page::Result));
    assert_eq!(skipped.len(), 1, "{skipped:?}");
    says(&skipped[0], &["Hello,", "About me:", "- First iteration 2027: I took no part", "Thank you."]);
    // Nothing of what makes no difference.
    assert!(!skipped[0].contains("Letters") && !skipped[0].contains("CAP"), "{skipped:?}");
    let no_list = letters(&Case::eligible("no-rank-list", "2027-03-20T09:00-06:00").draw(Page::Result));
    assert!(
        no_list.iter().any(|letter| letter.contains("I applied, but I never sent a rank order list")),
        "{no_list:?}"
    );
    // Both whose texts disagree are asked.
    says(&Case::eligible("took-no-part", SPRING).draw(Page::Result), &["Ask: AIMG Program and CaRMS"]);
}

#[test]
fn where_the_doubt_is_a_date_the_letter_asks_for_that_date() {
    let found = letters(&Case::eligible("not-run-yet", SPRING).draw(Page::Result));
    assert!(
        found.iter().any(|letter| letter.contains("has no official date of the 2027 cycle for this: Match day")),
        "{found:?}"
    );
    assert!(found.iter().all(|letter| !letter.contains("list of all requirements")), "{found:?}");
}

/// What a result says is open instead, cell by cell.
fn instead(case: &Case) -> Vec<String> {
    let report = case.report.as_ref().expect("a report");
    report.cells.iter().map(|cell| cell.instead.to_string()).collect()
}

#[test]
fn what_is_open_instead_follows_from_why_it_is_closed() {
    let matched = format!("{ELIGIBLE}\nfirst-iteration = \"matched\"\ndate.match-day-first = \"2027-03-02\"");
    let matched = instead(&Case::of(&matched, SPRING));
    for cell in &matched[1..] {
        assert!(cell.contains("a match is binding") && !cell.contains("not affected"), "{matched:?}");
    }
    let withdrew = format!("{ELIGIBLE}\nfirst-iteration = \"withdrew\"");
    assert!(
        instead(&Case::of(&withdrew, "2027-01-20T09:00-07:00"))[1]
            .contains("For you, the first iteration is over in every province")
    );
    let no_status = "aimg-status = \"waiting\"\nstatus = \"other\"\nstatus-exception = \"not-asked\"";
    assert!(instead(&Case::of(no_status, AUTUMN))[0].contains("in every province"));
    assert!(instead(&Case::of(NOT_APPLIED, AUTUMN))[0].contains("outside Alberta are not affected"));
}

#[test]
fn another_jurisdiction_is_shown_without_a_change_to_the_pages() {
    // The readings of a rule that is known from news only, each with a question to send.
    let disputed = Case::in_ontario("ontario-ties = [\"none-of-these\"]").draw(Page::Result);
    says(&disputed, &["Whom to ask", "Reading 1", "Reading 2", "in force, and does it keep people without a tie out"]);
    // Nothing stands in the way but a list that nobody read.
    let unread = Case::in_ontario("ontario-ties = [\"university\"]");
    let html = unread.draw(Page::Result);
    says(
        &html,
        &[
            "Whom to ask",
            "Ontario’s list for 2027 was not found",
            "I could not find a current list of all requirements",
        ],
    );
    assert!(!html.contains(">Open<") && !html.contains("Reading 1"), "{html}");
    says(&unread.draw(Page::Timeline), &["Tuesday, January 5, 2027, 12:00 Eastern time"]);
}

#[test]
fn whoever_has_to_ask_is_not_told_that_it_is_too_late() {
    let changes = |case: &Case| {
        let html = case.draw(Page::Result);
        let cells: Vec<String> =
            html.split("<section").filter(|cell| cell.contains("leverage")).map(str::to_owned).collect();
        cells.first().cloned().expect("a cell that says what would change it")
    };
    let late = "nothing that you can still do opens this";
    let asks = changes(&Case::in_ontario("ontario-ties = [\"high-school\"]"));
    assert!(asks.contains("You need the reply to your question.") && !asks.contains(late), "{asks}");
    let closed = changes(&Case::of("aimg-status = \"ineligible\"", AUTUMN));
    assert!(closed.contains(late), "{closed}");
}

#[test]
fn a_change_that_leads_to_questions_names_them_or_tells_how_many() {
    let html = Case::of("aimg-status = \"ineligible\"", AUTUMN).draw(Page::Result);
    says(&html, &["Then it would depend on:", "Then up to 6 more questions would decide it."]);
}

#[test]
fn marks_are_counted_and_send_nothing() {
    let mut case = Case::eligible("not-run-yet", AUTUMN);
    case.session.marks.insert("2027/program-descriptions".to_owned(), Mark::Have);
    case.session.marks.insert("2027/mmi-result".to_owned(), Mark::Uploaded);
    let html = case.draw(Page::Checklist);
    // A document on the ladder is done only when it is confirmed; the registration with CaRMS is done by its answer.
    says(
        &html,
        &[
            "2 of 13 done",
            "Done, according to your answer:",
            "You marked this as done. Nothing was sent.",
            "Uploading it is not enough",
        ],
    );
    assert!(!Case::general("2027").draw(Page::Checklist).contains("checkbox"), "nothing to tick without script");
}

/// Ids of the papers of a checklist, in the order in which they stand.
fn papers(html: &str) -> Vec<&str> {
    values(html, "id").into_iter().filter_map(|id| id.strip_prefix("document-")).collect()
}

#[test]
fn papers_stand_in_the_order_in_which_they_are_due() {
    let mut case = Case::eligible("not-run-yet", AUTUMN);
    let html = case.draw(Page::Checklist);
    let first = papers(&html);
    assert_eq!(first[..2], ["first-application", "carms-exam-transfer"]);
    let list = first.iter().position(|id| *id == "rank-list-first");
    let without_date = first.iter().position(|id| *id == "program-descriptions");
    assert!(list.is_some() && list < without_date, "{first:?}");
    says(
        &html,
        &["in 3 days, November 26, 2026", "in 87 days, February 18, 2027", "All that is not done (12)", "Problems (0)"],
    );
    // What is done comes after a fold, whatever is due.
    case.session.marks.insert("2027/mmi-result".to_owned(), Mark::Confirmed);
    let html = case.draw(Page::Checklist);
    says(&html, &["Done (2)", "All that is not done (11)"]);
    assert!(papers(&html)[11..].contains(&"mmi-result"), "{:?}", papers(&html));
}

#[test]
fn a_paper_tells_what_is_wrong_with_it() {
    let mut case = Case::eligible("not-run-yet", AUTUMN);
    case.session.marks.insert("2027/mmi-result".to_owned(), Mark::Uploaded);
    says(&case.draw(Page::Checklist), &["Check that it shows", "Problems (1)"]);
    // A stated day that has passed.
    let late = Case::of("aimg-status = \"waiting\"", "2026-07-10T09:00-06:00").draw(Page::Checklist);
    says(&late, &["The day has passed. Tick it if it is done.", "was due June 5, 2026"]);
    // One that is only expected: nobody can say that it is too late.
    says(&late, &["May be late", "we expect it was due May 29, 2026", "look up the official date"]);
}

#[test]
fn a_note_is_shown_with_its_paper() {
    let mut case = Case::eligible("not-run-yet", AUTUMN);
    case.session.notes.insert("2027/mmi-result".to_owned(), "ask <Calgary> & Edmonton".to_owned());
    says(&case.draw(Page::Checklist), &["ask &lt;Calgary&gt; & Edmonton"]);
}

#[test]
fn a_paper_that_has_to_be_issued_before_it_is_due() {
    let answers = include_str!("../crates/rulebook/tests/people/2028/bilal-portal-week.toml");
    let paper = |as_of: &str, mark: Option<Mark>| {
        let mut case = Case::general("2028").with(answers, as_of);
        if let Some(mark) = mark {
            case.session.marks.insert("2028/identity-form-option-c".to_owned(), mark);
        }
        let html = case.draw(Page::Checklist);
        let (_, from) = html.split_once("id=\"document-identity-form-option-c\"").expect("the form");
        from.split_once("</details>").map_or_else(String::new, |(paper, _)| paper.to_owned())
    };
    let before = paper("2027-04-29T09:00-06:00", None);
    says(&before, &["in 19 days, issued by May 18, 2027", "Friday, June 4, 2027"]);
    // The last day on which it may be issued is not the one on which it is due.
    let missing = paper("2027-05-20T09:00-06:00", None);
    let last = "the last day on which it may be issued has passed";
    says(&missing, &["Check the dates", "issued by May 18, 2027", last]);
    assert!(!missing.contains("was due"), "{missing}");
    // Once the day on which it was due is past too, that is the day that it missed.
    says(&paper("2027-06-10T09:00-06:00", None), &["May be late", "we expect it was due June 4, 2027"]);
    let there = paper("2027-05-20T09:00-06:00", Some(Mark::Have));
    says(&there, &["in 15 days, June 4, 2027"]);
    assert!(!there.contains("Check the dates"), "{there}");
}

#[test]
fn what_has_no_day_and_comes_before_a_past_one_is_past() {
    let dora = include_str!("../crates/rulebook/tests/people/2027/dora-contradicts.toml");
    let html = Case::general("2027").with(dora, "2027-03-10T12:00-07:00").draw(Page::Timeline);
    let (ahead, past) = html.split_once("id=\"past\"").expect("what is past");
    assert!(!ahead.contains("id=\"date-exceptions-due\""), "the window for exceptions is not ahead");
    says(past, &["id=\"date-exceptions-due\"", "By other days, or by an earlier cycle, it is probably past."]);
}

#[test]
fn a_deadline_without_a_day_names_the_date_before_which_it_comes() {
    for (day, bound) in [
        ("2027-03-05T09:00-07:00", "Tuesday, March 23, 2027 (second-hand)"),
        ("2027-03-25T09:00-06:00", "Saturday, April 17, 2027 (expected)"),
    ] {
        let bound = format!("It comes before this: Match day, second iteration, {bound}");
        says(&Case::eligible("unmatched", day).draw(Page::Timeline), &[&bound]);
        says(&Case::eligible("unmatched", day).draw(Page::Checklist), &["No day that we could read, before"]);
    }
    let after = Case::eligible("unmatched", "2027-04-19T09:00-06:00").draw(Page::Timeline);
    assert!(!after.contains("It comes before this: Match day, second iteration"), "{after}");
}

#[test]
fn what_is_late_is_not_due_in_the_next_two_weeks() {
    let shows = |day: &str| {
        let page = Case::eligible("not-run-yet", day).draw(Page::Checklist);
        let counts = ["The next two weeks (", "Problems ("].map(|words| {
            let (_, rest) = page.split_once(words).expect("a filter");
            rest.split_once(')').and_then(|(count, _)| count.parse::<usize>().ok()).expect("a count")
        });
        (counts[0], counts[1])
    };
    let (soon, problems) = shows("2026-11-20T09:00-07:00");
    assert!(soon > 4 && problems == 0, "{soon} soon, {problems} problems");
    let (soon, problems) = shows("2026-12-20T09:00-07:00");
    assert!(soon == 0 && problems > 4, "{soon} soon, {problems} problems");
}

#[test]
fn whoever_is_closed_everywhere_has_nothing_to_do_on_the_map() {
    let closed = Case::of("aimg-status = \"not-applied\"", "2026-11-28T09:00-07:00").draw(Page::Iterations);
    says(&closed, &["every position that we cover is closed to you"]);
    assert!(!closed.contains("What to do") && !closed.contains("You are here"), "{closed}");
    says(&Case::eligible("unmatched", SPRING).draw(Page::Iterations), &["What to do", "You are here"]);
}

#[test]
fn the_first_day_that_could_end_the_plan() {
    let first_end = |case: &Case| {
        let html = case.draw(Page::Timeline);
        let (_, from) = html.split_once("id=\"first-end\"").expect("a first end");
        from.split_once("</section>").map_or_else(String::new, |(end, _)| end.to_owned())
    };
    says(
        &first_end(&Case::eligible("not-run-yet", AUTUMN)),
        &["Thursday, November 26, 2026", "Applications to programs"],
    );
    // A step without a paper, and the only way that is left.
    let toronto = r#"
        aimg-status = "not-applied"
        earlier-training = "none"
        other-match = "none"
        school = "international"
        canada-note = "covers-me"
        graduation = "graduated"
        degree-by-deadline = true
        status = "citizen"
        residence-routes = ["none-of-these"]
        option-c = "not-there"
        mccqe1 = "done"
        nac-latest = "done"
        english = "test"
        english-test-on = "2026-09-14"
        name-differs = false
        other-language-papers = false
    "#;
    // A day that is not said may have to come before all that is known.
    let unsaid = toronto.replace("not-there\"", "there\"\nlived-since = \"skipped\"");
    let unsaid = Case::general("2028").with(&unsaid, "2026-11-26T12:00-07:00");
    assert!(!unsaid.draw(Page::Timeline).contains("first-end"), "an end of which nobody knows");
    let toronto = Case::general("2028").with(toronto, "2026-11-26T12:00-07:00");
    says(
        &first_end(&toronto),
        &["Tuesday, December 1, 2026", "Expected, not announced", "Options A and B are not for you"],
    );
    assert!(!Case::of(NOBODY, AUTUMN).draw(Page::Timeline).contains("first-end"), "an end without a plan");
}

#[test]
fn positions_with_the_same_verdict_for_the_same_reason_stand_together() {
    let glance = |case: &Case| {
        let html = case.draw(Page::Result);
        let (_, from) = html.split_once("id=\"glance\"").expect("verdicts");
        from.split_once("</section>").map_or_else(String::new, |(glance, _)| glance.to_owned())
    };
    let closed = glance(&Case::of(NOT_APPLIED, AUTUMN));
    assert_eq!(closed.matches("class=\"tag").count(), 2, "{closed}");
    let eligible = glance(&Case::eligible("not-run-yet", AUTUMN));
    says(&eligible, &["The AIMG Program found you eligible.<", "Nothing we know of stands in the way.<"]);
    // The reason, and not the verdict in other words.
    says(&glance(&Case::eligible("took-no-part", SPRING)), &["The official texts disagree on this: "]);
    says(&glance(&Case::of(NOT_APPLIED, AUTUMN)), &["the main deadline was June 5, 2026"]);
}

#[test]
fn whoever_has_nothing_to_gather_is_not_told_what_to_mind_before_sending_it() {
    let before_sending = "Before you send anything";
    says(&Case::eligible("not-run-yet", AUTUMN).draw(Page::Checklist), &[before_sending]);
    let html = Case::of(NOT_APPLIED, AUTUMN).draw(Page::Checklist);
    says(&html, &["Going by your answers, there is nothing to gather for these positions."]);
    assert!(!html.contains(before_sending), "{html}");
}

#[test]
fn whoever_is_closed_everywhere_gathers_and_asks_nothing_more() {
    let closed = [
        (NOT_APPLIED, AUTUMN),
        ("aimg-status = \"ineligible\"", AUTUMN),
        ("aimg-status = \"waiting\"\nstatus = \"other\"\nstatus-exception = \"not-asked\"", AUTUMN),
    ];
    for (answers, as_of) in closed {
        let html = Case::of(answers, as_of).draw(Page::Result);
        let next = next_thing(&html);
        assert!(!["Get ready:", "Ask:", "Find this out:", "Upload"].iter().any(|words| next.contains(words)), "{next}");
        assert!(next.contains("2028"), "{next}");
    }
}

#[test]
fn whoever_is_closed_for_good_is_not_sent_to_the_next_cycle() {
    let graduate = Case::of("aimg-status = \"canadian-graduate\"\nschool = \"canadian\"", AUTUMN);
    for page in [Page::Result, Page::Checklist, Page::Timeline] {
        says(&Case::of(NOT_APPLIED, AUTUMN).draw(page.clone()), &["Go to the 2028 cycle"]);
        let html = graduate.draw(page);
        assert!(!html.contains("Go to the 2028 cycle"), "{html}");
    }
}

#[test]
fn whoever_only_has_to_go_on_reads_that_and_nothing_longer() {
    let there = "aimg-status = \"not-applied\"\nschool = \"international\"\ncanada-note = \"covers-me\"\n\
        graduation = \"graduated\"\ndegree-by-deadline = true\nstatus = \"citizen\"\n\
        earlier-training = \"none\"\nother-match = \"none\"\nresidence-routes = [\"none-of-these\"]\n\
        option-c = \"there\"\nlived-since = \"2025-10-01\"\n\
        stayed-to-end = \"not-over\"\nabsences = \"none\"\nalberta-health-cover = \"covered\"\n\
        mccqe1 = \"done\"\nnac-latest = \"done\"\nenglish = \"test\"\nenglish-test-on = \"2026-09-14\"\n";
    for (id, first) in [("alberta-only", "Stay in Alberta"), ("no-alberta", "Live in Alberta for all 24 weeks")] {
        let answers = format!("{there}alberta-id = \"{id}\"");
        let html = Case::general("2028").with(&answers, "2027-02-10T09:00-07:00").draw(Page::Result);
        assert!(next_thing(&html).contains(first), "{}", next_thing(&html));
    }
}

#[test]
fn nobody_is_sent_to_do_what_they_answered_is_done() {
    // The registration with CaRMS is due first, and it is done; the applications are due next.
    let applications = "Get ready: Applications to programs in the first iteration";
    says(&Case::eligible("not-run-yet", AUTUMN).draw(Page::Result), &[applications]);
}

#[test]
fn papers_are_not_due_for_an_iteration_that_is_over() {
    let checklist = |first: &str| Case::eligible(first, AUTUMN).draw(Page::Checklist);
    let first = "Thursday, November 26, 2026, 12:00 Eastern time";
    says(&checklist("not-run-yet"), &[first]);
    let over = plain(&checklist("withdrew"));
    assert!(over.contains("MMI result, if you are asked for it") && !over.contains(first), "{over}");
}

#[test]
fn dates_stand_in_their_own_zone_and_in_alberta() {
    let html = Case::eligible("not-run-yet", AUTUMN).draw(Page::Timeline);
    says(
        &html,
        &[
            "Today: Monday, November 23, 2026",
            "Tuesday, January 5, 2027, 12:00 Eastern time",
            "The same moment: Tuesday, January 5, 2027, 11:00 Alberta time",
            "in 43 days",
        ],
    );
    let before = Case::of(NOT_APPLIED, "2026-05-20T09:00-06:00").draw(Page::Timeline);
    says(&before, &["we know no day for these deadlines", "In the 2026 cycle: Tuesday, May 27, 2025"]);
}

#[test]
fn a_date_that_the_reader_entered_is_shown_as_theirs() {
    let html = Case::of(&format!("{ELIGIBLE}\ndate.match-day-first = \"2027-03-02\""), AUTUMN).draw(Page::Timeline);
    says(
        &html,
        &[
            "Tuesday, March 2, 2027",
            "The date that you entered",
            "Remove this date",
            "Time, if you know it, such as 15:00 (Eastern time)",
            "Or Tuesday, March 2, 2027, 12:00 Eastern time. Second-hand",
        ],
    );
    let with_time = Case::of("date.match-day-first = \"2027-03-09T13:00\"", AUTUMN).draw(Page::Timeline);
    says(&with_time, &["Tuesday, March 9, 2027, 13:00 Eastern time", "Remove this date"]);
}

#[test]
fn a_date_that_does_not_fit_stays_and_says_why() {
    let mut case = Case::of(NOBODY, AUTUMN);
    let rows = [
        (
            "2036-03-02",
            "match-day-first",
            "March 2, 2036 is outside this cycle, which runs from May 1, 2025 to July 31, 2027.",
        ),
        (
            "2027-03-05",
            "first-rank-list",
            "March 5, 2027 is too late. This date comes before “Match day, first iteration”",
        ),
        (
            "2027-01-02",
            "second-access",
            "January 2, 2027 is too early. This date comes after “Match day, first iteration”",
        ),
    ];
    case.session.entered.insert("2027/match-day-first".to_owned(), Entered::parse("2027-03-02").expect("a day"));
    for (day, id, says_why) in rows {
        let typed = vec![(format!("2027/{id}"), Entered::parse(day).expect("a day"))];
        let mut session = case.session.clone();
        if id == "match-day-first" {
            session.entered = Map::default();
        }
        case.misfits = Rc::new(session.enter(&case.book, typed));
        let html = case.draw(Page::Timeline);
        says(&html, &[says_why, "It is not used.", "Remove this date", "aria-invalid=\"true\""]);
    }
}

#[test]
fn a_verdict_that_dates_leave_open_says_which_and_where_to_enter_them() {
    let spring = "2027-04-10T12:00-06:00";
    let html = Case::eligible("not-run-yet", spring).draw(Page::Result);
    says(
        &html,
        &[
            "What the dates leave open",
            "As far as we could read, the day for this has probably passed: Match day, first iteration.",
            "timeline.html#date-match-day-first",
            "Find these out",
        ],
    );
    let early = Case::eligible("unmatched", AUTUMN).draw(Page::Result);
    says(&early, &["This should still be to come: Match day, first iteration."]);
    let answers = format!("{ELIGIBLE}\nfirst-iteration = \"not-run-yet\"\nmmi = {{ planned = \"2027-10\" }}");
    let late = Case::of(&answers.replacen("mmi = \"done\"", "", 1), AUTUMN).draw(Page::Result);
    says(&late, &["As far as we could read, what you plan, or what you did, comes after this date: "]);
    let answers = format!(
        "{ELIGIBLE}\nfirst-iteration = \"not-run-yet\"\napplied-first = \"not-yet\"\n\
        date.first-review = \"2026-11-26\""
    );
    let may_count = Case::of(&answers, "2026-12-10T12:00-07:00").draw(Page::Result);
    says(&may_count, &["The day for this has passed: ", "Some may still accept what comes later."]);
}

#[test]
fn what_must_happen_says_what_opens_and_what_must_come_earlier() {
    let html = Case::eligible("not-run-yet", AUTUMN).draw(Page::Result);
    says(&html, &["Wait for this date: CaRMS Online opens for applicants, second iteration"]);
    let waiting = "aimg-status = \"waiting\"\napplication-parts = { planned = \"2026-06-20\" }\nmmi = \"not-yet\"\n\
        carms-registered = \"not-yet\"\nfirst-iteration = \"not-run-yet\"\nearlier-training = \"none\"\nother-match = \"none\"\n\
        school = \"us-do\"\ngraduation = \"graduated\"\nstatus = \"citizen\"\nmccqe1 = \"done\"\nnac-latest = \"done\"\n\
        english = \"exempt\"\nresidence-routes = [\"high-school\"]\nhigh-school-full-years = 2";
    let html = Case::of(waiting, "2026-05-20T12:00-06:00").draw(Page::Result);
    says(&html, &["It must be earlier than you plan.", "Friday, June 5, 2026"]);
}

#[test]
fn what_cannot_be_true_any_more_is_not_offered_and_asked_again() {
    let mut case = Case::of(
        &format!("{ELIGIBLE}\nfirst-iteration = \"not-run-yet\"\ndate.match-day-first = \"2027-03-02\""),
        "2027-04-10T12:00-06:00",
    );
    let answer = RawAnswer::Text("not-run-yet".to_owned());
    case.session.answers.insert("2027/first-iteration".to_owned(), answer);
    let html = case.draw(Page::Question("first-iteration".to_owned()));
    says(&html, &["Your answer can no longer be true", "value=\"unmatched\""]);
    assert!(!html.contains("value=\"not-run-yet\""));
    let before = Case::eligible("not-run-yet", AUTUMN).draw(Page::Question("first-iteration".to_owned()));
    says(&before, &["value=\"not-run-yet\""]);
    assert!(!before.contains("Your answer can no longer be true"));
}

#[test]
fn what_is_not_known_is_found_out_and_not_answered_once_more() {
    let nadia = include_str!("../crates/rulebook/tests/people/2027/nadia-waiting-one-trip.toml");
    let page = Case::of(nadia, "2026-11-27T09:00-06:00").draw(Page::Result);
    says(
        &page,
        &[
            "You need to find this out first: Does the World Directory of Medical Schools show a note for Canada for your school?<",
            "Still to find out",
        ],
    );
    assert!(!page.contains("No more questions") && !page.contains("Still to answer"), "{page}");
}

/// What the result page says to one of the people, as their file has it.
fn result_of(cycle: &str, person: &str) -> String {
    person_of(cycle, person).draw(Page::Result)
}

/// One of the people, as their file has it.
fn person_of(cycle: &str, person: &str) -> Case {
    let path = format!("crates/rulebook/tests/people/{cycle}/{person}.toml");
    let answers = std::fs::read_to_string(path).expect("a person");
    let day = answers.lines().find_map(|line| line.strip_prefix("# as of ")).expect("a day").to_owned();
    Case::general(cycle).with(&answers, &day)
}

#[test]
fn answers_that_contradict_each_other_are_said_to_and_nothing_else_is_asked() {
    for (cycle, person) in [("2027", "dora-contradicts"), ("2022", "kofi-result-too-early")] {
        let page = result_of(cycle, person);
        says(&page, &["Some of your answers contradict each other."]);
        let idle = ["You need to find this out", "Still to", "it could still be", "more question"];
        assert!(idle.iter().all(|words| !page.contains(words)), "{person}");
        // The papers rest on the same answers.
        says(&person_of(cycle, person).draw(Page::Checklist), &["These answers do not fit together"]);
    }
}

#[test]
fn of_several_disagreements_each_guess_says_which_it_is_about() {
    let quentin = result_of("2027", "quentin-us-md");
    let guesses =
        quentin.split("Our best guess").nth(2).and_then(|rest| rest.split("Whom to ask").next()).expect("guesses");
    says(
        guesses,
        &["The path of US medical graduates into the AIMG Program", "Training in Canada or the United States"],
    );
    let emil = result_of("2027", "emil-waiting-december");
    assert!(!emil.contains("Our best guess"), "nothing disagrees");
}

#[test]
fn questions_decide_alone_only_where_nothing_has_to_be_found_out() {
    let clara = result_of("2028", "clara-knows-little");
    says(&clara, &["more questions decide this, and what you find out."]);
    assert!(!clara.contains("more questions decide this."), "{clara}");
    says(&Case::of("aimg-status = \"eligible\"", AUTUMN).draw(Page::Result), &["more questions decide this."]);
}

#[test]
fn a_letter_says_no_where_something_will_never_come() {
    let page = person_of("2028", "dawit-exams-failed").draw(Page::Result);
    let letters: Vec<&str> =
        page.split("About me:").skip(1).filter_map(|rest| rest.split("Thank you").next()).collect();
    assert!(letters.iter().any(|letter| letter.contains("- NAC Examination passed: No\n")), "{letters:?}");
    assert!(letters.iter().all(|letter| !letter.contains("will not")), "{letters:?}");
}

#[test]
fn the_days_to_come_are_those_that_the_person_has_to_keep() {
    let next = |person: &str| {
        let page = person_of("2027", person).draw(Page::Timeline);
        let sooner = page.split("id=\"sooner\"").nth(1).and_then(|rest| rest.split("</details>").next()).unwrap_or("");
        let rows = page.split("<li").filter(|row| row.contains("Next deadline"));
        let rows: Vec<String> =
            rows.filter_map(|row| Some(row.split("<h3").nth(1)?.split(['>', '<']).nth(1)?.to_owned())).collect();
        (sooner.to_owned(), rows)
    };
    // Before the first rank order list is due.
    let (_, deadline) = next("samir-rank-list-near");
    assert_eq!(deadline, ["Rank order list sent, first iteration"]);
    // Whoever has matched is not told of the second iteration.
    let (sooner, deadline) = next("yara-matched");
    assert!(!sooner.contains("second iteration") && deadline.is_empty(), "{deadline:?}: {sooner}");
}

#[test]
fn an_answer_that_comes_too_early_is_shown_with_the_way_to_change_it() {
    let page = result_of("2027", "carl-result-too-early");
    says(next_thing(&page), &["Look at this answer again.", "question-first-iteration.html"]);
}

#[test]
fn who_has_to_ask_sees_what_else_must_happen_and_what_only_weak_sources_say() {
    let page = result_of("2028", "viktor-late-start");
    says(&page, &["What else must still happen", "Planned for May 15, 2027", "Perhaps not met", "Not this way"]);
    assert!(!page.contains(">Not met<") && !page.contains("What must still happen"));
    says(
        next_thing(&result_of("2027", "emil-waiting-december")),
        &["Register with CaRMS", "Perhaps too late: ask at once"],
    );
}

#[test]
fn a_closed_position_invites_nobody_to_do_what_does_not_help_any_more() {
    let page = result_of("2027", "priya-no-mmi");
    assert!(!page.contains("You can still do this") && !page.contains("in 41 days"), "{page}");
}

#[test]
fn what_is_due_before_an_opening_is_told_first() {
    let glance = |days: &str| {
        let waiting = "aimg-status = \"waiting\"\napplication-parts = \"not-yet\"\nmmi = \"not-yet\"\n\
            carms-registered = \"not-yet\"\nfirst-iteration = \"not-run-yet\"\nearlier-training = \"none\"\n\
            other-match = \"none\"\nschool = \"us-do\"\ngraduation = \"graduated\"\nstatus = \"citizen\"\n\
            mccqe1 = \"done\"\nnac-latest = \"done\"\nenglish = \"exempt\"\n\
            residence-routes = [\"high-school\"]\nhigh-school-full-years = 2";
        let html = Case::of(waiting, days).draw(Page::Result);
        let (_, from) = html.split_once("id=\"glance\"").expect("verdicts");
        from.split_once("</section>").map_or_else(String::new, |(glance, _)| glance.to_owned())
    };
    let glance = glance("2026-05-20T12:00-06:00");
    says(&glance, &["The first date to meet: June 5, 2026"]);
    assert!(!glance.contains("Wait for this date"), "{glance}");
}

#[test]
fn a_day_that_another_source_has_in_the_past_is_not_counted_down_to() {
    let page = result_of("2027", "tara-unmatched-march");
    says(next_thing(&page), &["Or Tuesday, March 23, 2027", "Perhaps past already: look it up now"]);
    assert!(!next_thing(&page).contains("in 20 days"));
}
