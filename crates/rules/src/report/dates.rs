//! Dates as they stand on the day, by themselves and along the stages of the match.

use super::{Bound, EntryKind, MomentReport, StageReport, TimelineEntry, WhenReport};
use crate::answers::{Answer, Entered};
use crate::calendar::Behind;
use crate::day::Day;
use crate::facts::{Facts, Lens};
use crate::possible::Possible;
use crate::rulebook::{Basis, Condition, DateKind, Moment, MomentIx, When};

impl Facts<'_> {
    pub(crate) fn timeline_entry(&self, index: usize) -> TimelineEntry {
        let entry = &self.rulebook.dates[index];
        let (kind, at, closes) = match entry.kind {
            DateKind::Deadline(at) => (EntryKind::Deadline, at, None),
            DateKind::Milestone(at) => (EntryKind::Milestone, at, None),
            DateKind::Event(at) => (EntryKind::Event, at, None),
            DateKind::Window(opens, closes) => (EntryKind::Window, opens, Some(closes)),
        };
        TimelineEntry {
            id: entry.id.clone(),
            kind,
            title: entry.title.clone(),
            note: entry.note.clone(),
            at: self.moment(at),
            closes: closes.map(|moment| self.moment(moment)),
        }
    }

    pub(super) fn moment(&self, ix: MomentIx) -> MomentReport {
        let moment = &self.rulebook[ix];
        let entered = self.calendar().entered(ix);
        // The reader's own day beats every soft one.
        let own = entered.filter(|_| moment.firm().is_none());
        let own = own.map(|Entered { day, minutes }| self.rulebook.when(ix, day, minutes));
        let is_own = own.is_some();
        let read = moment.when.as_ref().map(|when| (when, &moment.grounds.basis));
        let others = moment.others.iter().map(|(when, grounds)| (when, &grounds.basis));
        let others = read.filter(|_| is_own).into_iter().chain(others);
        let when = own.as_ref().or(moment.when.as_ref());
        MomentReport {
            id: moment.id.clone(),
            title: self.rulebook[moment.date].title.clone(),
            zone: self.rulebook.zone_of(moment),
            when: when.map(|when| self.when_report(ix, when)),
            others: others.map(|(when, basis)| (self.when_report(ix, when), basis.clone())).collect(),
            over: when.is_none() && self.over(ix).is_some_and(|over| over != Behind::No),
            before: if when.is_none() { self.first_bound(moment) } else { None },
            last: moment.last.as_ref().map(|last| (last.cycle.clone(), last.day)),
            entered,
            basis: if is_own { Basis::Entered } else { moment.grounds.basis.clone() },
            cited: self.cited(&moment.grounds.sources),
        }
    }

    /// Of the dates before which this one comes, the first that lies ahead, by the earliest day that is known of it.
    fn first_bound(&self, moment: &Moment) -> Option<Bound> {
        let ahead = |ix: &MomentIx| {
            let report = self.moment(*ix);
            let mut first = report.when.as_ref().filter(|when| !when.passed).map(|when| (when.day, &report.basis));
            for (when, basis) in report.others.iter().filter(|(when, _)| !when.passed) {
                if first.is_none_or(|(day, _)| when.day < day) {
                    first = Some((when.day, basis));
                }
            }
            let (day, basis) = first?;
            Some(Bound { day, basis: basis.clone(), title: report.title })
        };
        moment.bounds.iter().filter_map(ahead).min_by_key(|bound| bound.day)
    }

    /// The same, where something is due by the date: there is time until its firm day is over, or the day on which
    /// something is expected to begin.
    pub(super) fn falls_due(&self, ix: MomentIx) -> MomentReport {
        let mut report = self.moment(ix);
        let due = self.calendar().due(ix);
        let point = match due.firm {
            Some((point, is_own)) => is_own.then_some(point),
            None => due.own_soft.and(due.soft),
        };
        if let (Some(when), Some(point)) = (&mut report.when, point) {
            when.instant = point.instant;
            when.passed = self.as_of().is_some_and(|as_of| as_of.instant > point.instant);
        }
        report
    }

    fn when_report(&self, ix: MomentIx, when: &When) -> WhenReport {
        let home_offset = self.rulebook.offset(when.instant);
        let home = (when.minutes.is_some() && home_offset != when.offset).then(|| {
            let wall = when.instant + i64::from(home_offset);
            let minutes = u16::try_from(wall.rem_euclid(86_400) / 60).unwrap_or(0);
            (Day::from_wall_seconds(wall), minutes)
        });
        // What happens on a day without an hour is not told as past before that day is.
        let wall = when.instant + i64::from(when.offset);
        let end = if when.minutes.is_some() { when.instant } else { when.instant - wall.rem_euclid(86_400) + 86_399 };
        WhenReport {
            day: when.day,
            minutes: when.minutes,
            zone: self.rulebook.zone_of(&self.rulebook[ix]),
            offset: when.offset,
            instant: when.instant,
            home,
            passed: self.as_of().is_some_and(|as_of| as_of.instant > end),
        }
    }

    pub(crate) fn stages(&self) -> Vec<StageReport> {
        let stages = &self.rulebook.stages;
        let here = stages.iter().rposition(|s| self.condition(&s.here_when, Lens::PLAIN) == Possible::YES);
        let each = stages.iter().enumerate().map(|(index, stage)| StageReport {
            id: stage.id.clone(),
            cells: stage.cells.iter().map(|cell| self.rulebook[*cell].id.clone()).collect(),
            title: stage.title.clone(),
            text: stage.text.clone(),
            to_do: stage.to_do.clone(),
            lost: stage.lost.clone(),
            branch: stage.branch.map(|branch| self.rulebook.branches[usize::from(branch)].clone()),
            here: here == Some(index),
            moves_on: stages.get(index + 1).filter(|next| next.branch == stage.branch).and_then(|next| {
                let mut left = None;
                next.here_when.each_leaf(&mut |leaf| match leaf {
                    Condition::Done(event) if self.value(*event) != Some(Answer::Done) => left = left.or(Some(*event)),
                    _ => {}
                });
                left.map(|event| self.rulebook[event].id.clone())
            }),
            dates: stage.dates.iter().map(|date| self.timeline_entry(date.index())).collect(),
            basis: stage.grounds.basis.clone(),
            cited: self.cited(&stage.grounds.sources),
        });
        each.collect()
    }
}
