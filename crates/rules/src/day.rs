//! Calendar days without a clock or a zone.

use serde::{Deserialize, Serialize};
use std::fmt;
use time::{Date, Month};

/// A calendar day, as the number of days since 1970-01-01. It belongs to no zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day(pub i32);

/// Julian day number of 1970-01-01.
const EPOCH: i32 = 2_440_588;
const SECONDS_PER_DAY: i64 = 86_400;

impl Day {
    /// The day with this year, month (1 to 12) and day of month, if there is one.
    #[must_use]
    pub fn from_ymd(year: i32, month: u8, day: u8) -> Option<Day> {
        let month = Month::try_from(month).ok()?;
        let date = Date::from_calendar_date(year, month, day).ok()?;
        Some(Day(date.to_julian_day() - EPOCH))
    }

    /// The day on which this many seconds after 1970-01-01T00:00 fall, on a clock of any one zone.
    #[must_use]
    pub fn from_wall_seconds(seconds: i64) -> Day {
        let days = seconds.div_euclid(SECONDS_PER_DAY);
        Day(i32::try_from(days).unwrap_or(if days.is_negative() { i32::MIN } else { i32::MAX }))
    }

    /// Year, month (1 to 12) and day of month. Days beyond the year 9999 are clamped to its end.
    #[must_use]
    pub fn ymd(self) -> (i32, u8, u8) {
        let date = self.date();
        (date.year(), u8::from(date.month()), date.day())
    }

    /// The weekday, 0 for Monday to 6 for Sunday.
    #[must_use]
    pub fn weekday(self) -> usize {
        usize::from(self.date().weekday().number_days_from_monday())
    }

    /// The day this many days later, or earlier when negative.
    #[must_use]
    pub fn plus(self, days: i32) -> Day {
        Day(self.0.saturating_add(days))
    }

    /// The same day this many years later, or earlier when negative. February 29 becomes February 28 where the other year
    /// has none.
    #[must_use]
    pub fn plus_years(self, years: i32) -> Day {
        let (year, month, of_month) = self.ymd();
        let year = year.saturating_add(years);
        Day::from_ymd(year, month, of_month).or_else(|| Day::from_ymd(year, month, 28)).unwrap_or(self)
    }

    fn date(self) -> Date {
        let julian = self.0.saturating_add(EPOCH);
        let (first, last) = (Date::MIN.to_julian_day(), Date::MAX.to_julian_day());
        Date::from_julian_day(julian.clamp(first, last)).unwrap_or(Date::MAX)
    }
}

/// `2027-05-01`
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// How exactly a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Precision {
    Day,
    Month,
    Year,
}

/// A date as people know it: a day, a month or a year. It stands for every day from `first` to `last`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DayRange {
    pub first: Day,
    pub last: Day,
}

impl From<Day> for DayRange {
    fn from(day: Day) -> DayRange {
        DayRange { first: day, last: day }
    }
}

impl DayRange {
    /// Reads `2027`, `2027-05` or `2027-05-01`; `None` for anything else, and for days that no calendar has.
    #[must_use]
    pub fn parse(text: &str) -> Option<DayRange> {
        let mut parts = text.split('-');
        let year = digits(parts.next()?, 4)?;
        let Some(month) = parts.next() else {
            let first = Day::from_ymd(year, 1, 1)?;
            return Some(DayRange { first, last: Day::from_ymd(year, 12, 31)? });
        };
        let month = u8::try_from(digits(month, 2)?).ok()?;
        let Some(day) = parts.next() else {
            let first = Day::from_ymd(year, month, 1)?;
            let length = Month::try_from(month).ok()?.length(year);
            return Some(DayRange { first, last: first.plus(i32::from(length) - 1) });
        };
        let day = u8::try_from(digits(day, 2)?).ok()?;
        if parts.next().is_some() {
            return None;
        }
        Some(Day::from_ymd(year, month, day)?.into())
    }

    /// How exactly it is known; a range that is no whole month or year counts as a year.
    #[must_use]
    pub fn precision(self) -> Precision {
        match self.last.0.saturating_sub(self.first.0) {
            0 => Precision::Day,
            1..=30 => Precision::Month,
            _ => Precision::Year,
        }
    }
}

/// As [`DayRange::parse`] reads it.
impl fmt::Display for DayRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, _) = self.first.ymd();
        match self.precision() {
            Precision::Day => self.first.fmt(f),
            Precision::Month => write!(f, "{year:04}-{month:02}"),
            Precision::Year => write!(f, "{year:04}"),
        }
    }
}

fn digits(text: &str, count: usize) -> Option<i32> {
    let plain = text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, &str)>) {
        let read = DayRange::parse(text).map(|r| (r.first.to_string(), r.last.to_string()));
        let expected = expected.map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!(read, expected, "{text}");
        if let Some(range) = DayRange::parse(text) {
            assert_eq!(range.to_string(), text);
        }
    }

    #[test]
    fn dates_as_people_know_them() {
        check("2027", Some(("2027-01-01", "2027-12-31")));
        check("2028-02", Some(("2028-02-01", "2028-02-29")));
        check("2027-02", Some(("2027-02-01", "2027-02-28")));
        check("2026-08-28", Some(("2026-08-28", "2026-08-28")));
        check("2027-02-29", None);
        check("2027-13", None);
        check("27", None);
        check("2027-5", None);
        check("2027-05-01-01", None);
        check("+027", None);
        check("", None);
    }

    #[test]
    fn weekdays_and_epoch() {
        assert_eq!(Day(0).to_string(), "1970-01-01");
        assert_eq!(Day::from_ymd(2026, 8, 28).map(Day::weekday), Some(4));
        assert_eq!(Day::from_wall_seconds(-1), Day(-1));
        assert_eq!(Day::from_wall_seconds(86_400), Day(1));
    }

    #[test]
    fn every_day_has_its_like_in_another_year() {
        let day = |year, month, of_month| Day::from_ymd(year, month, of_month).expect("a day");
        assert_eq!(day(2021, 6, 4).plus_years(5), day(2026, 6, 4));
        assert_eq!(day(2026, 6, 4).plus_years(-5), day(2021, 6, 4));
        assert_eq!(day(2024, 2, 29).plus_years(3), day(2027, 2, 28));
        assert_eq!(day(2024, 2, 29).plus_years(4), day(2028, 2, 29));
    }

    #[test]
    fn no_day_is_beyond_printing() {
        assert_eq!(Day(i32::MAX).plus(1).ymd().0, 9999);
        assert!(Day(i32::MIN).ymd().0 <= -9999);
        assert_eq!(Day::from_wall_seconds(i64::MAX), Day(i32::MAX));
        assert_eq!(Day::from_wall_seconds(i64::MIN), Day(i32::MIN));
    }
}
