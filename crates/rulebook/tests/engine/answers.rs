//! What the person said: how files and forms write it, what is refused and in which words.

use crate::toy::{Toy, day, picnic};
use rules::answers::{Answer, Answers, Entered, RawAnswer};
use rules::day::DayRange;
use rules::rulebook::{Question, Rulebook};

fn question<'a>(book: &'a Rulebook, id: &str) -> &'a Question {
    &book[book.question(id).expect("a question of the picnic")]
}

fn text(text: &str) -> RawAnswer {
    RawAnswer::Text(text.to_owned())
}

fn list(ids: &[&str]) -> RawAnswer {
    RawAnswer::List(ids.iter().map(|id| (*id).to_owned()).collect())
}

fn planned(text: &str) -> RawAnswer {
    RawAnswer::Planned(text.to_owned())
}

fn range(text: &str) -> DayRange {
    DayRange::parse(text).expect("a date")
}

#[test]
fn what_is_written_is_read_and_written_again_in_the_same_way() {
    let book = picnic();
    let rows = [
        ("weather", text("sunny"), Answer::Choice(0)),
        ("weather", text("rainy"), Answer::Choice(2)),
        ("weather", text("dont-know"), Answer::DontKnow),
        ("weather", text("skipped"), Answer::Skipped),
        ("basket", RawAnswer::Bool(true), Answer::Choice(0)),
        ("basket", RawAnswer::Bool(false), Answer::Choice(1)),
        ("guests", list(&["family"]), Answer::Choices(1)),
        ("guests", list(&["friends"]), Answer::Choices(2)),
        ("guests", list(&["family", "friends"]), Answer::Choices(3)),
        ("guests", list(&["nobody"]), Answer::Choices(4)),
        ("wind", RawAnswer::Number(0), Answer::Number(0)),
        ("wind", RawAnswer::Number(120), Answer::Number(120)),
        ("pass-until", text("2031"), Answer::Date(range("2031"))),
        ("pass-until", text("2031-05"), Answer::Date(range("2031-05"))),
        ("pass-until", text("2030-01-01"), Answer::Date(range("2030-01-01"))),
        ("pass-until", text("2033-12-31"), Answer::Date(range("2033-12-31"))),
        ("permit", text("done"), Answer::Done),
        ("permit", text("not-yet"), Answer::NotYet),
        ("permit", text("never"), Answer::Never),
        ("permit", planned("2031-05"), Answer::Planned(range("2031-05"))),
    ];
    for (id, raw, answer) in rows {
        let question = question(&book, id);
        assert_eq!(question.read(&raw), Ok(answer), "{id} = {raw:?}");
        assert_eq!(question.write(answer), raw, "{id} = {answer:?}");
    }
}

#[test]
fn another_spelling_says_the_same() {
    let book = picnic();
    let rows = [
        ("basket", text("yes"), RawAnswer::Bool(true)),
        ("basket", text("no"), RawAnswer::Bool(false)),
        ("guests", text("family"), list(&["family"])),
        ("guests", text("friends"), list(&["friends"])),
        ("guests", list(&["friends", "family", "friends"]), list(&["family", "friends"])),
        ("pass-until", RawAnswer::Number(2031), text("2031")),
    ];
    for (id, raw, as_written) in rows {
        let answer = question(&book, id).read(&raw);
        assert_eq!(answer.map(|answer| question(&book, id).write(answer)), Ok(as_written), "{id} = {raw:?}");
    }
}

#[test]
fn what_does_not_fit_is_refused_in_words() {
    let book = picnic();
    let weather = "it takes one of sunny, cloudy, rainy";
    let guests = "it takes a list of one or more of family, friends, nobody";
    let permit = "it takes \"done\", \"not-yet\", \"never\" or { planned = \"2027-05\" }";
    let form = "is not a date; write 2027, 2027-05 or 2027-05-01";
    let rows = [
        ("weather", text("snowy"), "\"snowy\" is not one of its choices (sunny, cloudy, rainy)".to_owned()),
        ("weather", list(&["sunny"]), format!("the list [\"sunny\"] does not fit: {weather}")),
        ("weather", planned("2031"), format!("a plan does not fit: {weather}")),
        ("basket", text("perhaps"), "\"perhaps\" is not one of its choices (yes, no)".to_owned()),
        ("basket", RawAnswer::Number(1), "1 does not fit: it takes true or false".to_owned()),
        ("guests", RawAnswer::Bool(true), format!("true does not fit: {guests}")),
        ("guests", list(&[]), format!("this answer does not fit: {guests}")),
        ("guests", list(&["family", "nobody"]), "\"nobody\" excludes every other choice".to_owned()),
        ("guests", list(&["aunt"]), "\"aunt\" is not one of its choices (family, friends, nobody)".to_owned()),
        ("wind", text("strong"), "\"strong\" does not fit: it takes a whole number from 0 to 120".to_owned()),
        ("wind", RawAnswer::Number(-1), "-1 is not between 0 and 120".to_owned()),
        ("wind", RawAnswer::Number(121), "121 is not between 0 and 120".to_owned()),
        ("pass-until", text("2031-02-29"), format!("\"2031-02-29\" {form}")),
        ("pass-until", text("soon"), format!("\"soon\" {form}")),
        ("pass-until", text("2029"), "2029 is not between 2030-01-01 and 2033-12-31".to_owned()),
        ("pass-until", text("2034-01-01"), "2034-01-01 is not between 2030-01-01 and 2033-12-31".to_owned()),
        (
            "pass-until",
            RawAnswer::Bool(true),
            "true does not fit: it takes a date such as \"2027\", \"2027-05\" or \"2027-05-01\", or { planned = \"2027-05\" }"
                .to_owned(),
        ),
        ("permit", text("tomorrow"), format!("\"tomorrow\" does not fit: {permit}")),
        ("permit", planned("tomorrow"), format!("\"tomorrow\" {form}")),
    ];
    for (id, raw, words) in rows {
        let refusal = question(&book, id).read(&raw).expect_err("it does not fit");
        assert_eq!(refusal.to_string(), words, "{id} = {raw:?}");
    }
}

/// What no file can say, but a program could.
#[test]
fn an_answer_that_does_not_fit_changes_nothing() {
    let book = picnic();
    let backwards = DayRange { first: day("2031-05-02"), last: day("2031-05-01") };
    let rows = [
        ("weather", Answer::Choice(3), "this answer does not fit"),
        ("weather", Answer::Done, "this answer does not fit"),
        ("basket", Answer::Choice(2), "this answer does not fit"),
        ("guests", Answer::Choices(0), "this answer does not fit"),
        ("guests", Answer::Choices(8), "this answer does not fit"),
        ("guests", Answer::Choices(9), "this answer does not fit"),
        ("pass-until", Answer::Date(backwards), "\"2031-05-02 to 2031-05-01\" is not a date"),
        ("permit", Answer::Planned(backwards), "\"2031-05-02 to 2031-05-01\" is not a date"),
        ("permit", Answer::Choice(0), "this answer does not fit"),
    ];
    for (id, answer, words) in rows {
        let mut answers = Answers::none(&book);
        let question = book.question(id).expect("a question");
        answers.set(&book, question, Answer::DontKnow).expect("every question takes it");
        let refusal = answers.set(&book, question, answer).expect_err("it does not fit").to_string();
        assert!(refusal.starts_with(words), "{id} = {answer:?}: {refusal}");
        assert_eq!(answers.get(question), Some(Answer::DontKnow), "{id} = {answer:?}");
    }
}

#[test]
fn what_is_taken_back_was_never_said() {
    let book = picnic();
    let (weather, fireworks) = (book.question("weather").expect("a question"), Toy::new().moment("fireworks"));
    let mut answers = Answers::none(&book);
    answers.set(&book, weather, Answer::Choice(1)).expect("it fits");
    answers.enter(&book, fireworks, Some(day("2031-06-15").into())).expect("it fits");
    assert_eq!(answers.iter().collect::<Vec<_>>(), [(weather, Answer::Choice(1))]);
    assert_eq!(answers.iter_entered().collect::<Vec<_>>(), [(fireworks, day("2031-06-15").into())]);
    answers.clear(weather);
    answers.enter(&book, fireworks, None).expect("it can be taken back");
    assert_eq!(answers, Answers::none(&book));
}

#[test]
fn a_day_that_cannot_be_is_not_entered() {
    let mut toy = Toy::new();
    let [forecast, permit, picnic, parade] =
        ["forecast", "permit-due", "picnic-day", "parade"].map(|id| toy.moment(id));
    toy.book.moments[picnic.index()].earlier = vec![forecast];
    toy.book.moments[parade.index()].earlier = vec![forecast, picnic];
    let rows = [
        // What is entered, and what is said of it. The permit is due on May 30, before the forecast, and the picnic, which
        // follows the forecast, is on June 14: both are firm.
        (forecast, "2031-05-29", "2031-05-29 is before \"permit-due\" on 2031-05-30, which cannot be"),
        (forecast, "2031-05-30", ""),
        (forecast, "2031-06-14", ""),
        (forecast, "2031-06-15", "2031-06-15 is after \"picnic-day\" on 2031-06-14, which cannot be"),
        (forecast, "2030-12-31", "2030-12-31 is not between 2031-01-01 and 2031-12-31"),
        (forecast, "2031-01-01", "2031-01-01 is before \"permit-due\" on 2031-05-30, which cannot be"),
        // A day beside a firm one is kept, and so are days that do not fit soft ones.
        (permit, "2031-05-30", ""),
        (parade, "2031-06-13", "2031-06-13 is before \"picnic-day\" on 2031-06-14, which cannot be"),
        (parade, "2031-12-31", ""),
        (parade, "2032-01-01", "2032-01-01 is not between 2031-01-01 and 2031-12-31"),
    ];
    for (moment, text, refused) in rows {
        let mut answers = Answers::none(&toy.book);
        let entered = Some(day(text).into());
        let said = answers.enter(&toy.book, moment, entered).err().map_or_else(String::new, |said| said.to_string());
        assert_eq!(said, refused, "{text}");
        assert_eq!(answers.entered(moment), entered.filter(|_| refused.is_empty()), "{text}");
    }
    // Days that were entered count like firm ones.
    let mut answers = Answers::none(&toy.book);
    answers.enter(&toy.book, forecast, Some(day("2031-06-10").into())).expect("it fits");
    let said = answers.enter(&toy.book, parade, Some(day("2031-06-20").into()));
    assert_eq!(said, Ok(()), "it comes after both");
    toy.book.moments[parade.index()].earlier.clear();
    toy.book.moments[forecast.index()].earlier.push(parade);
    let said = answers.enter(&toy.book, forecast, Some(day("2031-06-11").into())).expect_err("it comes after");
    assert!(said.to_string().contains("\"parade\" on 2031-06-20"), "{said}");
    assert_eq!(answers.entered(forecast), Some(day("2031-06-10").into()), "what was entered stays");
}

#[test]
fn days_are_entered_with_or_without_a_time() {
    for text in ["2031-06-15", "2031-06-15T00:00", "2031-06-15T12:05", "2031-06-15T23:59"] {
        assert_eq!(Entered::parse(text).map(|entered| entered.to_string()).as_deref(), Some(text));
    }
    let wrong = ["2031-06", "2031-06-15T", "2031-06-15T24:00", "2031-06-15T1:00", "2031-06-15T12:60"];
    for text in wrong.into_iter().chain(["2031-06-15 12:00", "12:00", ""]) {
        assert_eq!(Entered::parse(text), None, "{text}");
    }
}

#[test]
fn chosen_cells_are_those_of_the_rulebook_and_none_means_all() {
    // How many cells the rulebook has, which are chosen, and which of the first 70 that makes.
    let all: Vec<usize> = (0..64).collect();
    let rows: [(usize, &[usize], &[usize]); 8] = [
        (3, &[], &[0, 1, 2]),
        (3, &[1], &[1]),
        (3, &[2, 0, 2], &[0, 2]),
        (3, &[3], &[0, 1, 2]),
        (3, &[2, 64], &[2]),
        (64, &[], &all),
        (64, &[63], &[63]),
        (64, &[64], &all),
    ];
    for (count, chosen, expected) in rows {
        let mut book = picnic();
        book.cells = vec![book.cells[0].clone(); count];
        let mut answers = Answers::none(&book);
        answers.choose_cells(&book, chosen.iter().copied());
        let held: Vec<usize> = (0..70).filter(|cell| answers.is_chosen(*cell)).collect();
        assert_eq!(held, expected, "{chosen:?} of {count}");
    }
}
