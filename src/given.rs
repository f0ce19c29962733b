//! What stands in a question's form, and the answer that it comes to.

use rules::answers::RawAnswer;
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
}

/// Why a form is no answer yet.
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
    Given { ticked, year: part(), month: part(), day: part(), number: String::new() }
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

/// Without the blanks that a keyboard adds.
fn plain(typed: &str) -> String {
    typed.chars().filter(|c| !c.is_whitespace()).collect()
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
