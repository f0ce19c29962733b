use super::*;
use crate::session::key;
use proptest::prop_assert_eq;
use proptest::test_runner::TestRunner;
use rulebook::compile::compile;
use std::path::Path;

/// 2026-11-23T16:00:00Z
const NOW: i64 = 1_795_449_600;

fn start() -> State {
    let book = Book::new(compile(Path::new("rulebooks"), "2027", "en").unwrap());
    let route = Route { language: Language::En, cycle: None, page: Page::Start };
    State::new(route, book, "2027".into(), None).next(Event::Clock(NOW))
}

/// Something that the person does while nothing is kept.
fn did(action: Action) -> Event {
    Event::Did(action, Kept::Nothing)
}

/// Something that they do while this is kept.
fn over(action: Action, kept: &str) -> Event {
    Event::Did(action, Kept::Text(kept.to_owned()))
}

/// A page begins with what is kept.
fn began(kept: &str) -> Event {
    Event::Began(Began { kept: Kept::Text(kept.to_owned()), start: None, linked: None, place: String::new(), now: NOW })
}

/// What is on its way does not come.
fn missing(state: &State, why: Failure) -> Event {
    Event::Failed(effect::fetched(state).unwrap(), why)
}

/// Whether a new report is made when the clock shows this.
fn is_judged_at(state: &State, now: i64) -> bool {
    let later = state.next(Event::Clock(now));
    !Rc::ptr_eq(state.report.as_ref().unwrap(), later.report.as_ref().unwrap())
}

fn go(state: &State, page: Page) -> State {
    state.next(Event::Went(state.route.to(page), String::new()))
}

fn question(id: &str) -> Page {
    Page::Question(id.to_owned())
}

/// Answers a question on its page and goes on.
fn answer(state: &State, id: &str, value: &str) -> State {
    let state = go(state, question(id));
    let asked = state.book.outline.question(id).unwrap();
    let key = key("2027", id, asked.per_cycle);
    let state = state.next(did(Action::Answered(key, RawAnswer::Text(value.to_owned()))));
    state.next(did(Action::Continued(id.to_owned())))
}

#[test]
fn a_page_is_drawn_on_the_host_without_answers_and_day() {
    let book = start().book;
    let route = Route { language: Language::En, cycle: None, page: Page::Result };
    assert_eq!(State::new(route, book, "2027".into(), None).report, None);
}

#[test]
fn answering_leads_on_until_nothing_is_left_to_ask() {
    let state = answer(&start(), "aimg-status", "eligible");
    let next = state.report.as_ref().and_then(|report| report.next.clone()).unwrap();
    assert_eq!(state.route.page, question(&next));
    let state = answer(&state, "aimg-status", "not-applied");
    assert_eq!(state.route.page, Page::Result);
}

#[test]
fn skipping_everything_comes_to_an_end() {
    let mut state = go(&start(), question("aimg-status"));
    for _ in 0..=state.book.outline.questions.len() {
        let Page::Question(id) = state.route.page.clone() else { break };
        state = answer(&state, &id, "skipped");
    }
    assert_eq!(state.route.page, Page::Answers);
}

#[test]
fn a_change_leads_back_to_the_answers_unless_it_asks_for_more() {
    let done = answer(&start(), "aimg-status", "not-applied");
    let state = answer(&go(&done, Page::Answers), "aimg-status", "not-applied");
    assert_eq!(state.route.page, Page::Answers);
    let state = answer(&go(&done, Page::Answers), "aimg-status", "eligible");
    assert!(matches!(state.route.page, Page::Question(_)));
    // With questions open anyway, the change alone asks for none of them.
    let state = answer(&go(&state, Page::Answers), "aimg-status", "eligible");
    assert_eq!(state.route.page, Page::Answers);
}

#[test]
fn minutes_pass_without_a_new_report() {
    let state = start();
    assert!(!is_judged_at(&state, NOW + 60));
    assert!(is_judged_at(&state, NOW + 86_400));
    // 2026-08-28T15:30-06:00, the last day for the status in Canada.
    let due = 1_787_952_600;
    let before = state.next(Event::Clock(due - 1));
    assert!(is_judged_at(&before, due));
}

#[test]
fn what_would_change_a_verdict_comes_with_time() {
    let state = answer(&start(), "aimg-status", "not-applied");
    let leverage = |state: &State| state.report.as_ref().is_some_and(|report| report.cells[0].leverage.is_some());
    assert!(!leverage(&state));
    assert!(leverage(&state.next(Event::Idle)));
}

#[test]
fn another_cycle_waits_for_its_rules() {
    let state = start();
    let there = Route { cycle: Some("2022".to_owned()), ..state.route.clone() };
    let waiting = state.next(Event::Went(there.clone(), String::new()));
    assert_eq!(waiting.route, state.route);
    assert!(waiting.awaited.is_some());
    let lost = waiting.next(missing(&waiting, Failure::Lost));
    assert_eq!(lost.awaited.as_ref().and_then(|awaited| awaited.failed), Some(Failure::Lost));
    assert_eq!(lost.next(Event::Retried).awaited, waiting.awaited);
    assert_eq!(waiting.next(Event::Stayed).awaited, None);
    let book = Book::new(compile(Path::new("rulebooks"), "2022", "en").unwrap());
    let arrived = waiting.next(Event::Arrived(book));
    assert_eq!(arrived.route, there);
    assert_eq!(arrived.report.as_ref().map(|report| report.cycle.to_string()).as_deref(), Some("2022"));
    let back = arrived.next(Event::Went(state.route.clone(), String::new()));
    assert_eq!(back.book, state.book);
}

/// What could not be used, as the person reads it.
fn lines(state: &State) -> Vec<String> {
    state.session.dropped.iter().map(|dropped| dropped.line.clone()).collect()
}

#[test]
fn answers_that_do_not_fit_are_named_and_not_used() {
    let mut session = Session::default();
    session.answers.insert("2027/aimg-status".to_owned(), RawAnswer::Text("king".to_owned()));
    session.answers.insert("2022/aimg-status".to_owned(), RawAnswer::Text("king".to_owned()));
    session.answers.insert("nothing".to_owned(), RawAnswer::Bool(true));
    // Questions and choices that mean something else now have other ids.
    session.answers.insert("school-canada-note".to_owned(), RawAnswer::Bool(true));
    session.answers.insert("graduation".to_owned(), RawAnswer::Text("later".to_owned()));
    session.answers.insert("earlier-training".to_owned(), RawAnswer::Text("elsewhere".to_owned()));
    session.answers.insert("school".to_owned(), RawAnswer::Text("us-do".to_owned()));
    let state = start().next(began(&text::write(&session)));
    let dropped = [
        "2027/aimg-status = \"king\"",
        "earlier-training = \"elsewhere\"",
        "graduation = \"later\"",
        "nothing = true",
        "school-canada-note = true",
    ];
    assert_eq!(lines(&state), dropped);
    assert!(state.session.answers.contains_key("school"));
    assert_eq!(state.report.as_ref().and_then(|report| report.next.clone()).as_deref(), Some("aimg-status"));
    assert_eq!(state.next(did(Action::NoticeRead)).session.dropped, []);
}

#[test]
fn a_date_that_does_not_fit_stays_in_its_field_and_is_not_used() {
    let enter = |state: &State, id: &str, day: &str| {
        state.next(did(Action::DateEntered(format!("2027/{id}"), Entered::parse(day))))
    };
    let misfits = |state: &State| state.misfits.keys().cloned().collect::<Vec<_>>();
    let entered = |state: &State| state.session.entered.keys().cloned().collect::<Vec<_>>();
    // Another year, and an order that cannot be.
    let state = enter(&start(), "match-day-first", "2037-03-02");
    assert_eq!((misfits(&state), entered(&state)), (vec!["2027/match-day-first".to_owned()], vec![]));
    let state = enter(&start(), "match-day-first", "2027-03-02");
    let state = enter(&state, "first-rank-list", "2027-03-05");
    assert_eq!(misfits(&state), ["2027/first-rank-list"]);
    assert_eq!(entered(&state), ["2027/match-day-first"]);
    // Once the other date is mended, it fits.
    let mended = enter(&state, "match-day-first", "2027-03-16");
    assert_eq!(misfits(&mended), [""; 0]);
    assert_eq!(entered(&mended), ["2027/first-rank-list", "2027/match-day-first"]);
    // The field was emptied.
    let emptied = state.next(did(Action::DateEntered("2027/first-rank-list".to_owned(), None)));
    assert_eq!((misfits(&emptied), entered(&emptied)), (vec![], vec!["2027/match-day-first".to_owned()]));
    assert_eq!(misfits(&state.next(did(Action::Erased))), [""; 0]);
    // From a file: named, and kept as it was entered.
    let mut session = Session::default();
    session.entered.insert("2027/mmi-day".to_owned(), day("2026-12-12"));
    session.entered.insert("2027/mmi-days".to_owned(), day("2036-12-12"));
    let state = start().next(began(&text::write(&session)));
    assert_eq!(lines(&state), ["date.2027/mmi-day = \"2026-12-12\"", "date.2027/mmi-days = \"2036-12-12\""]);
    assert_eq!(misfits(&state), ["2027/mmi-day", "2027/mmi-days"]);
    // They stay where they are kept, until another date takes their place.
    let kept = |state: &State| text::write(&state.session);
    assert!(
        kept(&state).contains(r#""set-aside":{"mmi-day":"2026-12-12","mmi-days":"2036-12-12"}"#),
        "{}",
        kept(&state)
    );
    let mended = enter(&state, "mmi-days", "2026-12-12");
    assert!(!kept(&mended).contains("2036"), "{}", kept(&mended));
    let removed = state.next(did(Action::LinesRemoved));
    assert_eq!((kept(&removed), misfits(&removed)), ("{\"self-check\":2}".to_owned(), vec![]));
    // What was not named stays: a date of another cycle, and one that was entered since.
    session.aside.insert("2022/match-day-first".to_owned(), day("2032-04-12"));
    let state = enter(&start().next(began(&text::write(&session))), "match-day-first", "2037-03-02");
    let removed = state.next(did(Action::LinesRemoved));
    assert_eq!(misfits(&removed), ["2027/match-day-first"]);
    let aside: Vec<&str> = removed.session.aside.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(aside, ["2022/match-day-first", "2027/match-day-first"]);
}

#[test]
fn what_was_erased_comes_back_for_a_while() {
    let before = answer(&start(), "aimg-status", "eligible");
    let erased = before.next(did(Action::Erased));
    assert!(erased.session.is_empty());
    assert_eq!(erased.next(did(Action::Undone)).session, before.session);
    // Not after its time, nor once something new was answered, and never on a shared computer.
    let undone = |state: &State| !state.next(did(Action::Undone)).session.is_empty();
    assert!(undone(&erased.next(Event::TooLate(before.epoch))));
    assert!(!undone(&check_effects(&erased, Event::TooLate(erased.epoch), &["refocus #keeping"])));
    let anew = answer(&erased, "aimg-status", "waiting");
    assert_eq!(anew.next(did(Action::Undone)).session, anew.session);
    let shared = before.next(did(Action::KeepingChosen(Keeping::Shared)));
    assert!(!undone(&shared.next(did(Action::Erased))));
}

#[test]
fn what_is_entered_after_something_was_erased_is_not_undone() {
    let erased = answer(&start(), "aimg-status", "eligible").next(did(Action::Erased));
    assert!(erased.erased && erased.undo.is_some());
    let date = Action::DateEntered("2027/mmi-days".to_owned(), Some(day("2026-12-12")));
    let entered = erased.next(did(date));
    assert_eq!((entered.undo, entered.erased), (None, false));
    let kept = answer(&start(), "aimg-status", "waiting").session.as_ref().clone();
    let elsewhere = erased.next(Event::KeptElsewhere(Some(text::write(&kept))));
    assert_eq!((elsewhere.undo, elsewhere.erased), (None, false));
}

#[test]
fn what_was_left_out_can_come_back_and_so_can_what_it_replaces() {
    let kept = answer(&start(), "aimg-status", "eligible").session.as_ref().clone();
    let kept = Session { keeping: Keeping::Yes, ..kept };
    let without = Began {
        kept: Kept::Text(text::write(&kept)),
        start: Some("without".to_owned()),
        linked: None,
        place: String::new(),
        now: NOW,
    };
    let left_out = start().next(Event::Began(without));
    // Erased without having been read.
    let erased = left_out.next(did(Action::Erased));
    assert!(!erased.left_out);
    assert!(erased.next(did(Action::Undone)).left_out);
    // Read in over answers that were given meanwhile.
    let meanwhile = answer(&left_out, "aimg-status", "waiting");
    let read_in = meanwhile.next(over(Action::TakenIn, &text::write(&kept)));
    assert_eq!((read_in.left_out, &*read_in.session), (false, &kept));
    let undone = read_in.next(did(Action::Undone));
    assert_eq!((undone.left_out, &undone.session), (true, &meanwhile.session));
    // Kept in their place.
    let replaced = meanwhile.next(over(Action::KeepingChosen(Keeping::Yes), &text::write(&kept)));
    assert_eq!((replaced.left_out, replaced.session.keeping), (false, Keeping::Yes));
    assert_eq!(replaced.next(did(Action::Undone)).session, meanwhile.session);
}

#[test]
fn each_cycle_says_which_dates_fit_it() {
    let enter =
        |state: &State, key: &str, day: &str| state.next(did(Action::DateEntered(key.to_owned(), Entered::parse(day))));
    let misfits = |state: &State| state.misfits.keys().cloned().collect::<Vec<_>>();
    let there = Book::new(compile(Path::new("rulebooks"), "2028", "en").unwrap());
    let other = |state: &State, cycle: Option<&str>| {
        let route = Route { cycle: cycle.map(str::to_owned), ..state.route.clone() };
        state.next(Event::Went(route, String::new()))
    };
    let state = enter(&start(), "2027/match-day-first", "2028-03-02");
    assert_eq!(misfits(&state), ["2027/match-day-first"]);
    let away = other(&state, Some("2028")).next(Event::Arrived(there));
    assert_eq!((&*away.report.as_ref().unwrap().cycle, misfits(&away)), ("2028", vec![]));
    let away = enter(&away, "2028/match-day-first", "2028-03-02");
    let back = other(&away, None);
    assert_eq!(misfits(&back), ["2027/match-day-first"]);
    assert!(text::write(&back.session).contains(r#""2028":{"date":{"match-day-first":"2028-03-02"#));
    // What fits does not give way to what did not.
    let state = enter(&start(), "2027/match-day-first", "2027-03-02");
    let state = enter(&state, "2027/first-rank-list", "2027-03-05");
    let state = enter(&state, "2027/match-day-first", "2027-03-02T12:00");
    assert_eq!(misfits(&state), ["2027/first-rank-list"]);
    // Nothing of it is lost with the page.
    let again = start().next(began(&text::write(&state.session)));
    assert_eq!(misfits(&again), ["2027/first-rank-list"]);
}

/// A link of which nothing is missing.
fn whole(text: &str) -> Box<Linked> {
    Box::new(Linked { session: text::read(text), missing: None })
}

#[test]
fn a_link_that_did_not_arrive_whole_waits_for_a_word() {
    let own = answer(&start(), "aimg-status", "eligible");
    let sent = answer(&own, "aimg-status", "waiting");
    let fragment = link::write(&sent.session);
    let cut = link::read(&fragment[..fragment.len() - 1]).unwrap();
    let shown = own.next(Event::Linked(Box::new(cut)));
    assert_eq!(shown.missing, Some(Missing { came: 0, of: Some(1) }));
    assert!(shown.own.is_some());
    // On one's way to another page, and in the page loaded anew, it still waits.
    let other = shown.next(Event::Went(shown.route.to(Page::Result), String::new()));
    assert!(other.missing.is_some());
    let nobody = start().next(Event::Linked(Box::new(link::read(&fragment[..fragment.len() - 1]).unwrap())));
    assert_eq!(nobody.carried().linked().missing.map(|gap| gap.came), Some(0));
    // One goes on, or goes back; the whole link ends it too.
    assert_eq!(shown.next(did(Action::WentOn)).missing, None);
    let back = shown.next(did(Action::PutAway));
    assert_eq!((back.missing, &back.session), (None, &own.session));
    let arrived = shown.next(Event::Linked(Box::new(link::read(&fragment).unwrap())));
    assert_eq!((arrived.missing, arrived.session.answers.len()), (None, 1));
    assert_eq!(shown.next(did(Action::Erased)).missing, None);
}

/// Whatever a link holds, one's own answers are there again once it is put away, and nothing of it is kept.
#[test]
fn no_link_replaces_what_is_ones_own() {
    let own = answer(&start(), "aimg-status", "eligible").next(did(Action::KeepingChosen(Keeping::Yes)));
    let texts = "s2-[0-9]{0,2}-[0-9a-f]{0,8}([ACDMYZVBNPL][a-z0-9_-]{0,9}){0,9}|s=[ -~]{0,60}";
    let check = |text: String| {
        let Some(linked) = link::read(&text) else { return Ok(()) };
        let shown = own.next(Event::Linked(Box::new(linked)));
        prop_assert_eq!(shown.to_keep(), None);
        let back = shown.next(did(Action::PutAway));
        prop_assert_eq!((&back.session, back.missing), (&own.session, None));
        prop_assert_eq!(back.to_keep(), own.to_keep());
        Ok(())
    };
    TestRunner::default().run(&texts, check).unwrap();
}

#[test]
fn answers_of_a_link_are_shown_and_replace_nothing_unasked() {
    let own = answer(&start(), "aimg-status", "eligible");
    let own = own.next(did(Action::KeepingChosen(Keeping::Yes)));
    let linked = |text: &str| own.next(Event::Linked(whole(text)));
    let text = "self-check 1\n2027/aimg-status = \"waiting\"\n2027/school = \"Call 555-0199\"\nschool = \"moon\"\n\
        Send your passport to us\nno-such-question = true";
    let shown = linked(text);
    assert_eq!(shown.own.as_deref(), Some(&*own.session));
    assert_eq!(shown.session.answers["2027/aimg-status"], RawAnswer::Text("waiting".to_owned()));
    assert_eq!(shown.session.keeping, Keeping::NotAsked);
    // Only the titles of questions, never what a stranger wrote.
    let mut named = lines(&shown);
    named.dedup();
    assert_eq!((named, shown.session.unknown), (vec!["Kind of medical school".to_owned()], 2));
    assert_eq!(shown.session.unread, []);
    // Put away, or taken over when the person says so; that can be undone.
    assert_eq!(shown.next(did(Action::PutAway)).session, own.session);
    let taken = shown.next(did(Action::Adopted));
    assert!(!text::write(&taken.session).contains("555") && !text::write(&taken.session).contains("moon"));
    assert_eq!((&*taken.session.dropped, taken.session.unknown), (&[][..], 0));
    assert_eq!((taken.own.is_none(), taken.session.keeping), (true, Keeping::Yes));
    assert_eq!(taken.next(did(Action::Undone)).session, own.session);
    // Another tab changes one's own answers only.
    let other = answer(&own, "aimg-status", "waiting").session.as_ref().clone();
    let changed = shown.next(Event::KeptElsewhere(Some(text::write(&other))));
    assert_eq!((&changed.session, changed.own.as_deref()), (&shown.session, Some(&other)));
    // One's own link needs no word.
    let own_link = || Event::Linked(Box::new(link::read(&link::write(&own.session)).unwrap()));
    assert_eq!(own.next(own_link()).own, None);
    assert_eq!(shown.next(own_link()).session, own.session);
}

fn day(text: &str) -> Entered {
    Entered::parse(text).unwrap()
}

#[test]
fn a_day_that_was_entered_comes_without_a_new_answer() {
    let entered = Action::DateEntered("2027/mmi-days".to_owned(), Some(day("2026-11-23T11:00")));
    let state = start().next(did(entered));
    // 2026-11-23T17:00:00Z
    let passes = 1_795_453_200;
    let before = state.next(Event::Clock(passes - 1));
    assert!(is_judged_at(&before, passes));
}

#[test]
fn two_tabs_keep_the_same_answers() {
    let state = start();
    let other = Session { keeping: Keeping::Yes, ..answer(&state, "aimg-status", "eligible").session.as_ref().clone() };
    let came = state.next(Event::KeptElsewhere(Some(text::write(&other))));
    assert_eq!(*came.session, other);
    // Forms do not fill themselves again for it: one may be half filled.
    assert_eq!(came.epoch, state.epoch);
    let erased = came.next(Event::KeptElsewhere(None));
    assert_eq!((erased.session.keeping, &erased.session.answers), (Keeping::NotAsked, &other.answers));
    // A tab that keeps nothing is left alone.
    let own = answer(&state, "aimg-status", "waiting");
    assert_eq!(own.next(Event::KeptElsewhere(Some(text::write(&other)))).session, own.session);
}

/// Every answer that a form takes is one that the rulebook takes.
#[test]
fn forms_and_rules_agree() {
    use crate::given::{Given, PLANNED, read};
    use rules::outline::Field;

    for cycle in ["2022", "2027"] {
        let book = Book::new(compile(Path::new("rulebooks"), cycle, "en").unwrap());
        for asked in &book.outline.questions {
            let ids: Vec<&str> = match &asked.field {
                Field::Choice(choices) | Field::Choices(choices, _) => choices.iter().map(|c| &*c.id).collect(),
                Field::YesNo => vec!["yes", "no"],
                Field::Event => vec!["done", PLANNED, "not-yet", "never"],
                Field::Number { .. } | Field::Date { .. } => vec![],
            };
            let mut forms = vec![Given { ticked: vec!["dont-know".to_owned()], ..Given::default() }];
            forms.extend(ids.into_iter().map(|id| Given {
                ticked: vec![id.to_owned()],
                year: "2027".to_owned(),
                ..Given::default()
            }));
            forms.extend(["0", "1", "7", "2026", "1949"].map(|number| Given {
                number: number.to_owned(),
                year: format!("{number:0>4}"),
                month: "03".to_owned(),
                ..Given::default()
            }));
            let question = book.rules.question(&asked.id).unwrap();
            for form in forms {
                if let Ok(answer) = read(&asked.field, &form, asked.may_lie_ahead, None) {
                    assert!(book.rules[question].read(&answer).is_ok(), "{}: {answer:?}", asked.id);
                }
            }
        }
    }
}

/// What the browser must do after an event, in order, in a word each.
#[track_caller]
fn check_effects(state: &State, event: Event, expected: &[&str]) -> State {
    let (after, effects) = state.after(event);
    let words = effects.iter().map(|effect| match effect {
        Effect::Ready => "ready".to_owned(),
        Effect::Carry(carried) => ["carry ", &carried.write().unwrap_or_default()].concat(),
        Effect::Keep(text) => ["keep ", text].concat(),
        Effect::PutBack(None) => "forget".to_owned(),
        Effect::PutBack(Some(text)) => ["put back ", text.lines().last().unwrap_or_default()].concat(),
        Effect::EndUndo(epoch) => format!("end undo {}", *epoch == after.epoch),
        Effect::Go { route, place } => format!("go {}#{place}", route.path()),
        Effect::Show(place) => ["show #", place].concat(),
        Effect::Title(title) => ["title ", title].concat(),
        Effect::Focus(selector) => ["focus ", selector].concat(),
        Effect::Refocus(selector) => ["refocus ", selector].concat(),
        Effect::Unfold => "unfold".to_owned(),
        Effect::Fetch(File::Rulebook { cycle, language }) => format!("fetch {cycle} {language}"),
        Effect::Fetch(File::Page(route)) => ["fetch page ", &route.path()].concat(),
        Effect::Idle => "idle".to_owned(),
        Effect::Reload(carried) => ["reload ", &carried.write().unwrap_or_default()].concat(),
    });
    assert_eq!(words.collect::<Vec<_>>(), expected);
    after
}

const ELIGIBLE: &str = "2027/aimg-status = \"eligible\"";
const KEPT_ELIGIBLE: &str = r#"{"self-check":2,"cycle":{"2027":{"aimg-status":"eligible"}},"order":["aimg-status"]}"#;
const CARRY_ELIGIBLE: &str =
    r#"carry own {"self-check":2,"cycle":{"2027":{"aimg-status":"eligible"}},"order":["aimg-status"]}"#;

fn eligible() -> Action {
    Action::Answered("2027/aimg-status".to_owned(), RawAnswer::Text("eligible".to_owned()))
}

#[test]
fn a_page_begins_with_what_is_there() {
    let nothing = Began { kept: Kept::Nothing, start: None, linked: None, place: String::new(), now: NOW };
    check_effects(&start(), Event::Began(nothing.clone()), &["ready"]);
    let keep = ["keep ", KEPT_ELIGIBLE].concat();
    check_effects(&start(), began(ELIGIBLE), &["ready", CARRY_ELIGIBLE, &keep]);
    // The address names a place on the page.
    let place = Began { place: "cell-first".to_owned(), ..nothing.clone() };
    let shown = check_effects(
        &start(),
        Event::Began(place),
        &[
            "ready",
            "go index.html#cell-first",
            "title Which residency positions can you go for? – 2027 cycle – Residency match self-check",
            "show #cell-first",
        ],
    );
    assert_eq!(shown.fragment, "cell-first");
    // Answers of a link are carried as such, and not kept.
    let link = Began { linked: Some(whole(ELIGIBLE)), ..nothing.clone() };
    let linked = CARRY_ELIGIBLE.replace("own", "linked");
    let state = check_effects(&start(), Event::Began(link), &["ready", &linked]);
    assert!(state.own.is_some());
    // Reloaded, on a shared computer.
    let anew = CARRY_ELIGIBLE.replace("carry own", "own-shared");
    let anew = Began { start: Some(anew.clone()), ..nothing };
    let state = check_effects(&start(), Event::Began(anew), &["ready", &CARRY_ELIGIBLE.replace("own", "own-shared")]);
    assert_eq!(state.session.keeping, Keeping::Shared);
}

#[test]
fn answers_are_kept_when_the_person_said_so() {
    let state = check_effects(&start(), did(eligible()), &[CARRY_ELIGIBLE]);
    let keep = ["keep ", KEPT_ELIGIBLE].concat();
    let chosen = did(Action::KeepingChosen(Keeping::Yes));
    let kept = check_effects(&state, chosen, &["focus #keeping", CARRY_ELIGIBLE, &keep]);
    // The browser refuses.
    let refused = check_effects(&kept, Event::NotKept, &[CARRY_ELIGIBLE]);
    assert_eq!(refused.session.keeping, Keeping::Impossible);
    assert!(kept.to_keep().is_some_and(|text| text == KEPT_ELIGIBLE));
    assert_eq!(kept.next(Event::KeptElsewhere(None)).to_keep(), None);
    let erase = over(Action::Erased, ELIGIBLE);
    let gone = check_effects(&kept, erase, &["forget", "focus #keeping", "carry ", "end undo true"]);
    let back = ["put back ", ELIGIBLE].concat();
    check_effects(&gone, did(Action::Undone), &[&back, "focus #keeping", CARRY_ELIGIBLE, &keep]);
    // Nothing is kept in another's place without a way back.
    let over_other = over(Action::KeepingChosen(Keeping::Yes), "status = \"citizen\"");
    let replaced = check_effects(&state, over_other, &["focus #keeping", CARRY_ELIGIBLE, &keep, "end undo true"]);
    let undone = ["put back status = \"citizen\"", "focus #keeping", CARRY_ELIGIBLE];
    check_effects(&replaced, did(Action::Undone), &undone);
}

#[test]
fn the_browser_follows_the_page() {
    let state = answer(&start(), "aimg-status", "not-applied");
    let went = |page: Page, place: &str| Event::Went(state.route.to(page), place.to_owned());
    let state = go(&state, Page::Answers);
    let checklist = title_of(&state, Page::Checklist);
    let there =
        check_effects(&state, went(Page::Checklist, "x"), &["go checklist.html#x", &checklist, "show #x", "idle"]);
    check_effects(&there, went(Page::Checklist, "x"), &[]);
    let result = title_of(&state, Page::Result);
    let there = check_effects(&there, went(Page::Result, ""), &["go result.html#", &result, "show #", "idle"]);
    // Whoever has gone on meanwhile does not wait for it, and gets it when they come back.
    let gone = go(&there, Page::Answers);
    assert!(!gone.next(Event::Idle).is_full);
    check_effects(&gone, went(Page::Result, ""), &["go result.html#", &result, "show #", "idle"]);
    let full = check_effects(&there, Event::Idle, &[]);
    check_effects(&full, Event::Clock(NOW + 60), &[]);
    // What is folded is drawn again for whoever comes back.
    let back = go(&full, Page::Checklist);
    let back = check_effects(&back, went(Page::Result, ""), &["go result.html#", &result, "show #", "idle"]);
    assert!(back.is_full && back.next(Event::Idle).is_whole);
    // What is drawn stays, whatever is worked out again.
    assert!(
        full.next(Event::Clock(NOW + 86_400)).is_whole && full.next(did(Action::KeepingChosen(Keeping::No))).is_full
    );
    check_effects(&full, Event::Clock(NOW + 86_400), &["idle"]);
    let other = Route { cycle: Some("2022".to_owned()), ..there.route.clone() };
    let waiting = check_effects(&there, Event::Went(other, String::new()), &["fetch 2022 en"]);
    // What somebody no longer waits for is no news to them.
    let gone =
        waiting.next(Event::Went(Route { cycle: Some("2028".to_owned()), ..there.route.clone() }, String::new()));
    let late = gone.next(missing(&waiting, Failure::Lost));
    assert_eq!(late.awaited.as_ref().map(|awaited| awaited.failed), Some(None));
    let failed = check_effects(&waiting, missing(&waiting, Failure::Renewed), &[]);
    // The address may say where they wanted to go.
    check_effects(&failed, Event::Stayed, &["go result.html#"]);
    check_effects(&failed, Event::Retried, &["fetch 2022 en"]);
    let reload = format!("reload {}", failed.carried().write().unwrap_or_default());
    check_effects(&failed, Event::Reloaded, &[&reload]);
}

fn title_of(state: &State, page: Page) -> String {
    let route = state.route.to(page);
    ["title ", &crate::title::title(route.language.messages(), &route, &state.book.outline)].concat()
}

#[test]
fn a_page_for_everybody_is_fetched_and_shown_as_it_is() {
    let state = start();
    let rules = state.route.to(Page::Sources);
    let went = |state: &State| Event::Went(state.route.to(Page::Sources), "rule-x".to_owned());
    let waiting = check_effects(&state, went(&state), &["fetch page sources.html"]);
    assert_eq!(waiting.route, state.route);
    let arrived = |rules: &Rc<str>| Event::PageArrived {
        route: state.route.to(Page::Sources),
        rules: rules.clone(),
        html: "<p>All rules</p>".into(),
    };
    // It tells of other rules than those by which this page judges.
    let renewed = check_effects(&waiting, arrived(&"another".into()), &[]);
    assert_eq!(renewed.awaited.as_ref().and_then(|awaited| awaited.failed), Some(Failure::Renewed));
    let hash = &state.book.outline.rulebook;
    let title = title_of(&state, Page::Sources);
    let there = check_effects(&waiting, arrived(hash), &["go sources.html#rule-x", &title, "show #rule-x"]);
    assert_eq!((&there.route, there.general().map(|html| &**html)), (&rules, Some("<p>All rules</p>")));
    // It is fetched once.
    let away = go(&there, Page::Answers);
    check_effects(&away, went(&away), &["go sources.html#rule-x", &title, "show #rule-x"]);
    // Of another cycle the rules come first.
    let other = Route { cycle: Some("2022".to_owned()), ..rules };
    let waiting = check_effects(&there, Event::Went(other, String::new()), &["fetch 2022 en"]);
    let book = Book::new(compile(Path::new("rulebooks"), "2022", "en").unwrap());
    check_effects(&waiting, Event::Arrived(book), &["fetch page 2022-sources.html"]);
}

#[test]
fn a_page_for_everybody_that_the_document_does_not_hold_is_fetched() {
    let state = State { route: start().route.to(Page::Sources), ..start() };
    let began = Began { kept: Kept::Nothing, start: None, linked: None, place: String::new(), now: NOW };
    check_effects(&state, Event::Began(began), &["ready", "fetch page sources.html"]);
}

#[test]
fn trying_answers_out_changes_none_of_them() {
    let state = answer(&answer(&start(), "aimg-status", "eligible"), "first-iteration", "withdrew");
    let changes = vec![("first-iteration".to_owned(), RawAnswer::Text("unmatched".to_owned()))];
    let tried = check_effects(&state, did(Action::Tried(changes.clone())), &[]);
    assert_eq!((&tried.session, tried.undo.is_some()), (&state.session, false));
    let really = answer(&state, "first-iteration", "unmatched");
    let verdicts = |state: &State| {
        let cells = state.report.iter().flat_map(|report| &report.cells);
        cells.map(|cell| cell.verdict).collect::<Vec<_>>()
    };
    assert_ne!(verdicts(&really), verdicts(&state));
    assert_eq!(tried.tried.as_ref().map(|tried| tried.verdicts.clone()), Some(verdicts(&really)));
    assert_eq!(tried.tried.as_ref().map(|tried| tried.answers.clone()), Some(changes));
    // It goes with the next answer, and what no rulebook asks is not tried.
    assert_eq!(answer(&tried, "first-iteration", "unmatched").tried, None);
    let unknown = vec![("no-such-question".to_owned(), RawAnswer::Bool(true))];
    assert_eq!(state.next(did(Action::Tried(unknown))).tried, None);
}

#[test]
fn unfolding_judges_nothing_and_keeps_nothing() {
    let state = answer(&start(), "aimg-status", "not-applied").next(Event::Idle);
    let unfolded = check_effects(&state, did(Action::Unfolded), &["unfold"]);
    assert!(unfolded.is_full && unfolded.session == state.session);
}

#[test]
fn a_note_goes_along_when_the_page_is_loaded_anew_and_into_no_link() {
    let note = Action::Noted("2027/mmi-result".to_owned(), "ask \"them\" & wait\nthen go".to_owned());
    let state = answer(&start(), "aimg-status", "eligible").next(did(note));
    let carried = state.carried().write().unwrap();
    let read = Carried::read(&carried).unwrap().session;
    assert_eq!(read.notes, state.session.notes);
    assert!(carried.contains("ask"));
    let link = state.carried().fragment();
    assert!(!link.contains("ask"), "{link}");
    // Nor is a stranger's note shown.
    let older = "s=self-check+1&note.2027/mmi-result='call+me'&status='citizen'&order=%5B'status'%5D";
    assert_eq!(link::read(older).map(|linked| linked.session.notes.is_empty()), Some(true));
    // An empty note is none.
    let none = state.next(did(Action::Noted("2027/mmi-result".to_owned(), " ".to_owned())));
    assert_eq!(none.session.notes.iter().count(), 0);
}
