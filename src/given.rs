//! What is in a question's form, and the answer that it comes to.

use rules::answers::{Entered, RawAnswer};
use rules::day::{Day, DayRange};
use rules::outline::Field;

pub const DONT_KNOW: &str = "dont-know";
pub const PLANNED: &str = "planned";

/// What the person ticked and typed, nothing of it checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Values of what is ticked, in the order of the page.
    pub ticked: Vec<String>,
    pub number: String,
    pub year: String,
    /// `01` to `12`, or empty.
    pub month: String,
    pub day: String,
    /// `14:30`, or empty.
    pub time: String,
}

/// Why a form is not an answer yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    NothingChosen,
    NoneAndMore,
    NoNumber,
    NumberOutOfBounds {
        from: i64,
        until: i64,
    },
    NoYear,
    NoMonth,
    NoSuchDay,
    /// A whole date is wanted, and this part is not there.
    NotWhole(&'static str),
    NoSuchTime,
    DateOutOfBounds {
        from: Day,
        until: Day,
    },
    /// A plan for a day that has passed.
    PlanPassed,
}

impl Fault {
    /// The part of the form to mend: the end of its element's id.
    #[must_use]
    pub fn place(self) -> &'static str {
        match self {
            Fault::NothingChosen | Fault::NoneAndMore => "0",
            Fault::NoNumber | Fault::NumberOutOfBounds { .. } => "number",
            Fault::NoYear | Fault::DateOutOfBounds { .. } | Fault::PlanPassed => "year",
            Fault::NoMonth => "month",
            Fault::NoSuchDay => "day",
            Fault::NotWhole(part) => part,
            Fault::NoSuchTime => "time",
        }
    }
}

/// Reads a form. Plans are for `today` or later; so is a day of something that has not happened yet, unless it may lie
/// ahead.
pub fn read(field: &Field, given: &Given, may_lie_ahead: bool, today: Option<Day>) -> Result<RawAnswer, Fault> {
    let ticked = |id: &str| given.ticked.iter().any(|ticked| ticked == id);
    if ticked(DONT_KNOW) {
        return if given.ticked.len() > 1 { Err(Fault::NoneAndMore) } else { Ok(text(DONT_KNOW)) };
    }
    match field {
        Field::Choice(_) => given.ticked.first().map(|id| text(id)).ok_or(Fault::NothingChosen),
        Field::YesNo => given.ticked.first().map(|id| RawAnswer::Bool(id == "yes")).ok_or(Fault::NothingChosen),
        Field::Choices(_, none) => match (given.ticked.len(), none) {
            (0, _) => Err(Fault::NothingChosen),
            (2.., Some(none)) if ticked(none) => Err(Fault::NoneAndMore),
            _ => Ok(RawAnswer::List(given.ticked.clone())),
        },
        Field::Number { from, until } => {
            let number: i64 = plain(&given.number).parse().map_err(|_| Fault::NoNumber)?;
            let fits = (*from..=*until).contains(&number);
            if fits {
                Ok(RawAnswer::Number(number))
            } else {
                Err(Fault::NumberOutOfBounds { from: *from, until: *until })
            }
        }
        Field::Date { from, until } => {
            let range = date(given)?;
            if range.last < *from || range.first > *until {
                return Err(Fault::DateOutOfBounds { from: *from, until: *until });
            }
            let is_planned = !may_lie_ahead && today.is_some_and(|today| range.first > today);
            let written = range.to_string();
            Ok(if is_planned { RawAnswer::Planned(written) } else { RawAnswer::Text(written) })
        }
        Field::Event => match given.ticked.first() {
            None => Err(Fault::NothingChosen),
            Some(id) if id == PLANNED => {
                let range = date(given)?;
                let passed = today.is_some_and(|today| range.last < today);
                if passed { Err(Fault::PlanPassed) } else { Ok(RawAnswer::Planned(range.to_string())) }
            }
            Some(id) => Ok(text(id)),
        },
    }
}

/// The form in which an answer was given.
#[must_use]
pub fn given(answer: &RawAnswer) -> Given {
    match answer {
        RawAnswer::Text(text) if DayRange::parse(text).is_some() => with_date(text, Vec::new()),
        RawAnswer::Text(text) => Given { ticked: vec![text.clone()], ..Given::default() },
        RawAnswer::List(ids) => Given { ticked: ids.clone(), ..Given::default() },
        RawAnswer::Bool(yes) => Given { ticked: vec![if *yes { "yes" } else { "no" }.to_owned()], ..Given::default() },
        // A bare year is a number too.
        RawAnswer::Number(number) => Given { number: number.to_string(), year: number.to_string(), ..Given::default() },
        RawAnswer::Planned(date) => with_date(date, vec![PLANNED.to_owned()]),
    }
}

fn with_date(date: &str, ticked: Vec<String>) -> Given {
    let mut parts = date.split('-').map(str::to_owned);
    let mut part = || parts.next().unwrap_or_default();
    Given { ticked, year: part(), month: part(), day: part(), ..Given::default() }
}

/// Reads an official date: a whole day, perhaps with the time on that day.
pub fn read_entered(given: &Given) -> Result<Entered, Fault> {
    let parts = [("year", &given.year), ("month", &given.month), ("day", &given.day)];
    if let Some((missing, _)) = parts.into_iter().find(|(_, part)| plain(part).is_empty()) {
        return Err(Fault::NotWhole(missing));
    }
    let range = date(given)?;
    let time = plain(&given.time);
    if time.is_empty() {
        return Ok(Entered { day: range.first, minutes: None });
    }
    let parts = time.split_once([':', 'h', '.']).filter(|(hours, minutes)| !hours.is_empty() && !minutes.is_empty());
    let (hours, minutes) = parts.ok_or(Fault::NoSuchTime)?;
    Entered::parse(&format!("{}T{hours:0>2}:{minutes:0>2}", range.first)).ok_or(Fault::NoSuchTime)
}

/// The form in which an official date was entered.
#[must_use]
pub fn given_entered(entered: Entered) -> Given {
    Given { time: entered.time().unwrap_or_default(), ..with_date(&entered.day.to_string(), Vec::new()) }
}

fn date(given: &Given) -> Result<DayRange, Fault> {
    let (year, day) = (plain(&given.year), plain(&given.day));
    if year.len() != 4 || DayRange::parse(&year).is_none() {
        return Err(Fault::NoYear);
    }
    let written = match (given.month.as_str(), day.as_str()) {
        ("", "") => year,
        ("", _) => return Err(Fault::NoMonth),
        (month, "") => format!("{year}-{month}"),
        (month, day) => format!("{year}-{month}-{day:0>2}"),
    };
    DayRange::parse(&written).ok_or(Fault::NoSuchDay)
}

/// The digit 0 of scripts whose keyboards have digits of their own: Arabic, Persian and Urdu, Devanagari, Bengali,
/// Gurmukhi, Gujarati, Tamil, Thai, Burmese, Khmer, and the full width of Chinese and Japanese.
const ZEROS: [char; 11] = ['٠', '۰', '०', '০', '੦', '૦', '௦', '๐', '၀', '០', '０'];

/// With plain digits, and without the blanks and the marks of direction that come along when a text is pasted.
fn plain(typed: &str) -> String {
    let is_blank = |c: &char| {
        c.is_whitespace()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    let digit = |c: char| {
        let value = |zero: char| u32::from(c).checked_sub(u32::from(zero)).filter(|value| *value < 10);
        ZEROS.into_iter().find_map(value).and_then(|value| char::from_digit(value, 10)).unwrap_or(c)
    };
    typed.chars().filter(|c| !is_blank(c)).map(digit).collect()
}

fn text(text: &str) -> RawAnswer {
    RawAnswer::Text(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rules::rulebook::Named;

    fn form(ticked: &[&str], year: &str, month: &str, day: &str) -> Given {
        Given {
            ticked: ticked.iter().map(|id| (*id).to_owned()).collect(),
            number: String::new(),
            year: year.to_owned(),
            month: month.to_owned(),
            day: day.to_owned(),
            time: String::new(),
        }
    }

    #[test]
    fn digits_and_blanks_of_other_keyboards() {
        let field = Field::Date { from: day("1950-01-01"), until: day("2030-12-31") };
        for (year, month, date) in [
            ("٢٠٢٥", "02", "٣"),
            ("۲۰۲۵", "02", "۳"),
            ("２０２５", "02", "３"),
            ("२०२५", "02", "३"),
            ("\u{a0}2025\u{200f}", "02", "\u{202f}3\t"),
        ] {
            assert_eq!(read(&field, &form(&[], year, month, date), false, None), Ok(text("2025-02-03")), "{year}");
        }
        let number = Given { number: "\u{200e}۱۲ ".to_owned(), ..Given::default() };
        assert_eq!(read(&Field::Number { from: 0, until: 20 }, &number, false, None), Ok(RawAnswer::Number(12)));
    }

    #[test]
    fn official_dates_are_whole() {
        let check = |year: &str, month: &str, day: &str, time: &str| {
            read_entered(&Given { time: time.to_owned(), ..form(&[], year, month, day) })
        };
        let entered = |text: &str| Ok(Entered::parse(text).unwrap());
        assert_eq!(check("2027", "01", "15", ""), entered("2027-01-15"));
        assert_eq!(check("٢٠٢٧", "01", "١٥", "٩:٠٥"), entered("2027-01-15T09:05"));
        assert_eq!(check("2027", "01", "15", "9h5"), entered("2027-01-15T09:05"));
        assert_eq!(check("2027", "01", "", ""), Err(Fault::NotWhole("day")));
        assert_eq!(check("2027", "", "2", ""), Err(Fault::NotWhole("month")));
        assert_eq!(check("", "01", "15", ""), Err(Fault::NotWhole("year")));
        assert_eq!(check("27", "01", "15", ""), Err(Fault::NoYear));
        assert_eq!(check("2027", "02", "30", ""), Err(Fault::NoSuchDay));
        for time in ["noon", "25:00", "12", "12:60", ":"] {
            assert_eq!(check("2027", "01", "15", time), Err(Fault::NoSuchTime), "{time}");
        }
        for text in ["2027-01-15", "2027-01-15T09:05"] {
            assert_eq!(read_entered(&given_entered(Entered::parse(text).unwrap())), entered(text));
        }
    }

    fn day(text: &str) -> Day {
        DayRange::parse(text).unwrap().first
    }

    #[test]
    fn dates_are_as_exact_as_people_know_them() {
        let field = Field::Date { from: day("1950-01-01"), until: day("2030-12-31") };
        let check = |year: &str, month: &str, day: &str| read(&field, &form(&[], year, month, day), false, None);
        assert_eq!(check("2025", "", ""), Ok(text("2025")));
        assert_eq!(check(" 2025", "02", ""), Ok(text("2025-02")));
        assert_eq!(check("2025", "02", "3 "), Ok(text("2025-02-03")));
        assert_eq!(check("2025", "02", "30"), Err(Fault::NoSuchDay));
        assert_eq!(check("2025", "02", "third"), Err(Fault::NoSuchDay));
        assert_eq!(check("2025", "", "3"), Err(Fault::NoMonth));
        assert_eq!(check("25", "02", ""), Err(Fault::NoYear));
        assert_eq!(check("", "", ""), Err(Fault::NoYear));
        assert!(matches!(check("1949", "", ""), Err(Fault::DateOutOfBounds { .. })));
    }

    #[test]
    fn plans_lie_ahead() {
        let today = Some(day("2026-11-23"));
        let check = |year: &str, month: &str| read(&Field::Event, &form(&[PLANNED], year, month, ""), false, today);
        assert_eq!(check("2026", "11"), Ok(RawAnswer::Planned("2026-11".to_owned())));
        assert_eq!(check("2026", "10"), Err(Fault::PlanPassed));
        assert_eq!(read(&Field::Event, &form(&["done"], "20", "", ""), false, today), Ok(text("done")));
        assert_eq!(read(&Field::Event, &Given::default(), false, today), Err(Fault::NothingChosen));
    }

    #[test]
    fn a_day_ahead_is_a_plan() {
        let field = Field::Date { from: day("2015-01-01"), until: day("2027-12-31") };
        let today = Some(day("2026-11-23"));
        let (past, plan) = (|date: &str| Ok(text(date)), |date: &str| Ok(RawAnswer::Planned(date.to_owned())));
        // What was typed, whether such a day may lie ahead, and the answer.
        let rows = [
            (["2026", "11", "23"], false, past("2026-11-23")),
            (["2026", "11", "24"], false, plan("2026-11-24")),
            (["2026", "11", "24"], true, past("2026-11-24")),
            // Part of the month is over.
            (["2026", "11", ""], false, past("2026-11")),
            (["2026", "12", ""], false, plan("2026-12")),
            (["2027", "", ""], false, plan("2027")),
        ];
        for ([year, month, day], may_lie_ahead, answer) in rows {
            assert_eq!(
                read(&field, &form(&[], year, month, day), may_lie_ahead, today),
                answer,
                "{year} {month} {day}"
            );
        }
        let answer = RawAnswer::Planned("2026-12-01".to_owned());
        assert_eq!(read(&field, &given(&answer), false, today), Ok(answer));
    }

    #[test]
    fn nothing_goes_together_with_none_of_these() {
        let named = |id: &str| Named { id: id.into(), text: id.into() };
        let field = Field::Choices(vec![named("a"), named("b"), named("none")], Some("none".into()));
        let check = |ticked: &[&str]| read(&field, &form(ticked, "", "", ""), false, None);
        assert_eq!(check(&["a", "b"]), Ok(RawAnswer::List(vec!["a".to_owned(), "b".to_owned()])));
        assert_eq!(check(&["none"]), Ok(RawAnswer::List(vec!["none".to_owned()])));
        assert_eq!(check(&["a", "none"]), Err(Fault::NoneAndMore));
        assert_eq!(check(&["a", DONT_KNOW]), Err(Fault::NoneAndMore));
        assert_eq!(check(&[]), Err(Fault::NothingChosen));
    }

    #[test]
    fn numbers_stay_in_their_bounds() {
        let field = Field::Number { from: 0, until: 20 };
        let check = |number: &str| read(&field, &Given { number: number.to_owned(), ..Given::default() }, false, None);
        assert_eq!(check(" 12 "), Ok(RawAnswer::Number(12)));
        assert_eq!(check("1.5"), Err(Fault::NoNumber));
        assert_eq!(check(""), Err(Fault::NoNumber));
        assert_eq!(check("21"), Err(Fault::NumberOutOfBounds { from: 0, until: 20 }));
    }

    #[test]
    fn a_form_fills_itself_with_its_answer() {
        let date = Field::Date { from: day("1950-01-01"), until: day("2030-12-31") };
        for answer in ["2025", "2025-02", "2025-02-03", DONT_KNOW].map(text) {
            assert_eq!(read(&date, &given(&answer), false, None), Ok(answer));
        }
        for answer in [text("done"), text("never"), RawAnswer::Planned("2027-02".to_owned())] {
            assert_eq!(read(&Field::Event, &given(&answer), false, None), Ok(answer));
        }
        for answer in [RawAnswer::Bool(true), RawAnswer::Bool(false)] {
            assert_eq!(read(&Field::YesNo, &given(&answer), false, None), Ok(answer));
        }
    }
}
