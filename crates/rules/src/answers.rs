//! What the person said.

use crate::day::{Day, DayRange};
use crate::rulebook::{MomentIx, Question, QuestionIx, QuestionKind, Rulebook, Text};
use serde::{Deserialize, Serialize};
use std::fmt;

/// One answer. A question without an answer was not asked yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Answer {
    Skipped,
    DontKnow,
    /// Position of the choice; for yes-no questions 0 is yes and 1 is no.
    Choice(u8),
    /// Choices as bits.
    Choices(u64),
    Number(i64),
    Date(DayRange),
    Done,
    Planned(DayRange),
    NotYet,
    Never,
}

/// Answers to the questions of one rulebook, the cells that interest the person, and dates they entered.
#[derive(Clone, Debug, PartialEq)]
pub struct Answers {
    values: Vec<Option<Answer>>,
    entered: Vec<Option<Entered>>,
    /// Cells (as bits) that drive questions and checklist.
    cells: u64,
}

impl Answers {
    /// No answers, all cells.
    #[must_use]
    pub fn none(rulebook: &Rulebook) -> Answers {
        Answers {
            values: vec![None; rulebook.questions.len()],
            entered: vec![None; rulebook.moments.len()],
            cells: all_bits(rulebook.cells.len()),
        }
    }

    #[must_use]
    pub fn get(&self, question: QuestionIx) -> Option<Answer> {
        self.values.get(question.index()).copied().flatten()
    }

    /// Replaces an answer. One that does not fit the question is refused and changes nothing.
    ///
    /// # Errors
    /// When the answer is of another type, names no choice of the question, or is out of its bounds.
    pub fn set(&mut self, rulebook: &Rulebook, question: QuestionIx, answer: Answer) -> Result<(), Refusal> {
        let asked = rulebook.questions.get(question.index()).ok_or(Refusal::NoSuchQuestion)?;
        asked.accepts(answer)?;
        self.values[question.index()] = Some(answer);
        Ok(())
    }

    pub fn clear(&mut self, question: QuestionIx) {
        if let Some(value) = self.values.get_mut(question.index()) {
            *value = None;
        }
    }

    /// Enters the official day of a date, or takes it back. It beats every day of the rulebook that is soft, and stands
    /// beside one that is firm.
    ///
    /// # Errors
    /// When the day lies outside the cycle's season, or on the wrong side of a day that is firm or was entered before.
    pub fn enter(&mut self, rulebook: &Rulebook, moment: MomentIx, entered: Option<Entered>) -> Result<(), Refusal> {
        let Some(known) = rulebook.moments.get(moment.index()) else { return Err(Refusal::NoSuchDate) };
        if let Some(entered) = entered {
            let day = entered.day;
            if let Some((from, until)) = rulebook.season.filter(|(from, until)| !(*from..=*until).contains(&day)) {
                let [given, from, until] = [day, from, until].map(|day| day.to_string());
                return Err(Refusal::OutOfBounds { given, from, until });
            }
            let settled = |other: MomentIx| {
                let firm = rulebook[other].firm().map(|when| when.day);
                firm.or_else(|| self.entered[other.index()].map(|entered| entered.day))
            };
            let others = || (0..rulebook.moments.len()).map(MomentIx::nth).filter(|other| *other != moment);
            let misplaced = others().find_map(|other| {
                let day_of_other = settled(other)?;
                let is_early = known.earlier.contains(&other) && day < day_of_other;
                let is_late = rulebook[other].earlier.contains(&moment) && day > day_of_other;
                let side = if is_early { Side::Before } else { Side::After };
                (is_early || is_late).then(|| Refusal::WrongOrder {
                    given: day.to_string(),
                    side,
                    other: rulebook[other].id.clone(),
                    title: rulebook[rulebook[other].date].title.clone(),
                    day: day_of_other.to_string(),
                })
            });
            if let Some(misplaced) = misplaced {
                return Err(misplaced);
            }
        }
        self.entered[moment.index()] = entered;
        Ok(())
    }

    /// The day that the person entered for a date.
    #[must_use]
    pub fn entered(&self, moment: MomentIx) -> Option<Entered> {
        self.entered.get(moment.index()).copied().flatten()
    }

    #[must_use]
    pub fn is_chosen(&self, cell: usize) -> bool {
        cell < 64 && self.cells & (1 << cell) != 0
    }

    /// Chooses the cells that interest the person; choosing none means all.
    pub fn choose_cells(&mut self, rulebook: &Rulebook, chosen: impl IntoIterator<Item = usize>) {
        let all = all_bits(rulebook.cells.len());
        let bits = chosen.into_iter().filter(|cell| *cell < 64).fold(0, |bits, cell| bits | 1 << cell) & all;
        self.cells = if bits == 0 { all } else { bits };
    }

    /// Every answer, in the author's order.
    pub fn iter(&self) -> impl Iterator<Item = (QuestionIx, Answer)> + '_ {
        self.values.iter().enumerate().filter_map(|(index, value)| value.map(|v| (QuestionIx::nth(index), v)))
    }

    /// Every date that the person entered.
    pub fn iter_entered(&self) -> impl Iterator<Item = (MomentIx, Entered)> + '_ {
        self.entered.iter().enumerate().filter_map(|(index, day)| day.map(|d| (MomentIx::nth(index), d)))
    }
}

/// An official day that the reader knows: with the wall time in the date's zone (minutes after midnight), if they gave
/// one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Entered {
    pub day: Day,
    pub minutes: Option<u16>,
}

impl From<Day> for Entered {
    fn from(day: Day) -> Entered {
        Entered { day, minutes: None }
    }
}

impl Entered {
    /// The wall time, such as `12:00`, if there is one.
    #[must_use]
    pub fn time(self) -> Option<String> {
        self.minutes.map(|minutes| format!("{:02}:{:02}", minutes / 60, minutes % 60))
    }

    /// Reads `2027-03-02` or `2027-03-02T12:00`; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Entered> {
        let (day, time) = text.split_once('T').map_or((text, None), |(day, time)| (day, Some(time)));
        let range = DayRange::parse(day).filter(|range| range.first == range.last)?;
        let minutes = match time {
            None => None,
            Some(time) => {
                let (hours, minutes) = time.split_once(':')?;
                let two = |text: &str| -> Option<u16> {
                    let plain = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
                    plain.then(|| text.parse().ok()).flatten()
                };
                let (hours, minutes) = (two(hours)?, two(minutes)?);
                if hours >= 24 || minutes >= 60 {
                    return None;
                }
                Some(hours * 60 + minutes)
            }
        };
        Some(Entered { day: range.first, minutes })
    }
}

/// As [`Entered::parse`] reads it.
impl fmt::Display for Entered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.day.fmt(f)?;
        self.time().map_or(Ok(()), |time| write!(f, "T{time}"))
    }
}

/// On which side of another date a day lies that should not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Before,
    After,
}

fn all_bits(count: usize) -> u64 {
    if count >= 64 { u64::MAX } else { (1 << count) - 1 }
}

/// An answer as files and forms carry it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RawAnswer {
    Text(String),
    List(Vec<String>),
    Bool(bool),
    Number(i64),
    Planned(String),
}

/// What a question takes. Put into words only where a refusal is shown, which the app does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Takes {
    OneOf(Vec<String>),
    SomeOf(Vec<String>),
    YesNo,
    Number(i64, i64),
    Date,
    Event,
}

impl fmt::Display for Takes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Takes::OneOf(choices) => write!(f, "one of {}", choices.join(", ")),
            Takes::SomeOf(choices) => write!(f, "a list of one or more of {}", choices.join(", ")),
            Takes::YesNo => f.write_str("true or false"),
            Takes::Number(from, until) => write!(f, "a whole number from {from} to {until}"),
            Takes::Date => {
                f.write_str("a date such as \"2027\", \"2027-05\" or \"2027-05-01\", or { planned = \"2027-05\" }")
            }
            Takes::Event => f.write_str("\"done\", \"not-yet\", \"never\" or { planned = \"2027-05\" }"),
        }
    }
}

/// Why an answer was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    NoSuchQuestion,
    NoSuchDate,
    /// What was given, and what the question takes.
    WrongType {
        /// None for what no file can say.
        given: Option<RawAnswer>,
        takes: Takes,
    },
    UnknownChoice {
        given: String,
        choices: Vec<String>,
    },
    /// "None" together with something else.
    NoneAndMore {
        none: String,
    },
    ImpossibleDate {
        given: String,
    },
    OutOfBounds {
        given: String,
        from: String,
        until: String,
    },
    /// A day that cannot be: it lies before or after another date that is known.
    WrongOrder {
        given: String,
        side: Side,
        /// Id and title of the other date, and its day.
        other: Text,
        title: Text,
        day: String,
    },
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::NoSuchQuestion => f.write_str("there is no such question"),
            Refusal::NoSuchDate => f.write_str("there is no such date"),
            Refusal::WrongType { given, takes } => {
                match given {
                    Some(RawAnswer::Bool(value)) => write!(f, "{value}")?,
                    Some(RawAnswer::Text(text)) => write!(f, "{text:?}")?,
                    Some(RawAnswer::List(ids)) => write!(f, "the list {ids:?}")?,
                    Some(RawAnswer::Number(value)) => write!(f, "{value}")?,
                    Some(RawAnswer::Planned(_)) => f.write_str("a plan")?,
                    None => f.write_str("this answer")?,
                }
                write!(f, " does not fit: it takes {takes}")
            }
            Refusal::UnknownChoice { given, choices } => {
                write!(f, "{given:?} is not one of its choices ({})", choices.join(", "))
            }
            Refusal::NoneAndMore { none } => write!(f, "{none:?} excludes every other choice"),
            Refusal::ImpossibleDate { given } => {
                write!(f, "{given:?} is not a date; write 2027, 2027-05 or 2027-05-01")
            }
            Refusal::OutOfBounds { given, from, until } => write!(f, "{given} is not between {from} and {until}"),
            Refusal::WrongOrder { given, side, other, day, .. } => {
                let side = if *side == Side::Before { "before" } else { "after" };
                write!(f, "{given} is {side} {other:?} on {day}, which cannot be")
            }
        }
    }
}

impl std::error::Error for Refusal {}

impl Question {
    /// Reads one answer as files write it: choice ids, lists of them, booleans, numbers, dates, and the words
    /// `dont-know`, `skipped`, `done`, `not-yet`, `never`.
    ///
    /// # Errors
    /// When it is of another type, names no choice, is no date, or is out of bounds.
    pub fn read(&self, raw: &RawAnswer) -> Result<Answer, Refusal> {
        let answer = match (raw, &self.kind) {
            (RawAnswer::Text(text), _) if text == "dont-know" => Answer::DontKnow,
            (RawAnswer::Text(text), _) if text == "skipped" => Answer::Skipped,
            (RawAnswer::Text(text), QuestionKind::Choice(_) | QuestionKind::YesNo) => {
                Answer::Choice(self.choice(text)?)
            }
            (RawAnswer::Bool(value), QuestionKind::YesNo) => Answer::Choice(u8::from(!value)),
            (RawAnswer::List(ids), QuestionKind::Choices(..)) => {
                let bits = ids.iter().map(|id| self.choice(id).map(|c| 1_u64 << c));
                Answer::Choices(bits.collect::<Result<Vec<_>, _>>()?.into_iter().fold(0, |all, bit| all | bit))
            }
            (RawAnswer::Text(id), QuestionKind::Choices(..)) => Answer::Choices(1 << self.choice(id)?),
            (RawAnswer::Number(value), QuestionKind::Number(..)) => Answer::Number(*value),
            (RawAnswer::Text(text), QuestionKind::Date(..)) => Answer::Date(read_date(text)?),
            (RawAnswer::Number(year), QuestionKind::Date(..)) => Answer::Date(read_date(&year.to_string())?),
            (RawAnswer::Planned(text), QuestionKind::Event | QuestionKind::Date(..)) => {
                Answer::Planned(read_date(text)?)
            }
            (RawAnswer::Text(text), QuestionKind::Event) => match text.as_str() {
                "done" => Answer::Done,
                "not-yet" => Answer::NotYet,
                "never" => Answer::Never,
                _ => return Err(self.wrong_type(Some(raw.clone()))),
            },
            _ => return Err(self.wrong_type(Some(raw.clone()))),
        };
        self.accepts(answer)?;
        Ok(answer)
    }

    /// The answer as [`Question::read`] takes it back.
    #[must_use]
    pub fn write(&self, answer: Answer) -> RawAnswer {
        let text = |text: &str| RawAnswer::Text(text.to_owned());
        match answer {
            Answer::Skipped => text("skipped"),
            Answer::DontKnow => text("dont-know"),
            Answer::Done => text("done"),
            Answer::NotYet => text("not-yet"),
            Answer::Never => text("never"),
            Answer::Choice(choice) if self.kind == QuestionKind::YesNo => RawAnswer::Bool(choice == 0),
            Answer::Choice(choice) => text(self.choice_ids().get(usize::from(choice)).copied().unwrap_or_default()),
            Answer::Choices(bits) => {
                let held = (0..64).zip(self.choice_ids()).filter(|(choice, _)| bits >> choice & 1 == 1);
                RawAnswer::List(held.map(|(_, id)| id.to_owned()).collect())
            }
            Answer::Number(value) => RawAnswer::Number(value),
            Answer::Date(range) => RawAnswer::Text(range.to_string()),
            Answer::Planned(range) => RawAnswer::Planned(range.to_string()),
        }
    }

    /// The ids of the choices that it offers, in order.
    #[must_use]
    pub fn choice_ids(&self) -> Vec<&str> {
        match &self.kind {
            QuestionKind::Choice(choices) | QuestionKind::Choices(choices, _) => {
                choices.iter().map(|c| &*c.id).collect()
            }
            QuestionKind::YesNo => vec!["yes", "no"],
            QuestionKind::Number(..) | QuestionKind::Date(..) | QuestionKind::Event => Vec::new(),
        }
    }

    fn choice(&self, id: &str) -> Result<u8, Refusal> {
        let ids = self.choice_ids();
        let found = ids.iter().position(|known| *known == id).and_then(|i| u8::try_from(i).ok());
        found.ok_or_else(|| Refusal::UnknownChoice {
            given: id.to_owned(),
            choices: ids.iter().map(|id| (*id).to_owned()).collect(),
        })
    }

    fn accepts(&self, answer: Answer) -> Result<(), Refusal> {
        let count = self.choice_ids().len();
        match (answer, &self.kind) {
            (Answer::Skipped | Answer::DontKnow, _) => Ok(()),
            (Answer::Date(range) | Answer::Planned(range), _) if range.first > range.last => {
                Err(Refusal::ImpossibleDate { given: format!("{} to {}", range.first, range.last) })
            }
            (Answer::Choice(choice), QuestionKind::Choice(_) | QuestionKind::YesNo) if usize::from(choice) < count => {
                Ok(())
            }
            (Answer::Choices(bits), QuestionKind::Choices(choices, none))
                if bits & !all_bits(count) == 0 && bits != 0 =>
            {
                match none {
                    Some(none) if bits & (1 << none) != 0 && bits != 1 << none => {
                        Err(Refusal::NoneAndMore { none: choices[usize::from(*none)].id.to_string() })
                    }
                    _ => Ok(()),
                }
            }
            (Answer::Number(value), QuestionKind::Number(from, until)) => {
                within(value >= *from && value <= *until, &value, from, until)
            }
            (Answer::Date(range) | Answer::Planned(range), QuestionKind::Date(from, until)) => {
                within(range.last >= *from && range.first <= *until, &range, from, until)
            }
            (Answer::Done | Answer::NotYet | Answer::Never | Answer::Planned(_), QuestionKind::Event) => Ok(()),
            _ => Err(self.wrong_type(None)),
        }
    }

    fn wrong_type(&self, given: Option<RawAnswer>) -> Refusal {
        let ids = || self.choice_ids().into_iter().map(str::to_owned).collect();
        let takes = match &self.kind {
            QuestionKind::Choice(_) => Takes::OneOf(ids()),
            QuestionKind::Choices(..) => Takes::SomeOf(ids()),
            QuestionKind::YesNo => Takes::YesNo,
            QuestionKind::Number(from, until) => Takes::Number(*from, *until),
            QuestionKind::Date(..) => Takes::Date,
            QuestionKind::Event => Takes::Event,
        };
        Refusal::WrongType { given, takes }
    }
}

fn read_date(text: &str) -> Result<DayRange, Refusal> {
    DayRange::parse(text).ok_or_else(|| Refusal::ImpossibleDate { given: text.to_owned() })
}

fn within(
    fits: bool,
    given: &dyn fmt::Display,
    from: &dyn fmt::Display,
    until: &dyn fmt::Display,
) -> Result<(), Refusal> {
    if fits {
        return Ok(());
    }
    Err(Refusal::OutOfBounds { given: given.to_string(), from: from.to_string(), until: until.to_string() })
}
