//! When dates pass: what is known of each, the days that the reader entered included.
//!
//! A day is *firm* when it is stated, standing or entered, and *soft* otherwise. What has passed firmly may close a cell;
//! past a soft day nobody can say.

use crate::answers::Entered;
use crate::day::Day;
use crate::possible::Possible;
use crate::rulebook::{AsOf, DateKind, Moment, MomentIx, Rulebook, When};

/// What is known of the dates of a rulebook.
#[derive(Debug)]
pub(crate) struct Calendar {
    moments: Vec<Known>,
    /// The same, where something is due by them.
    due: Vec<Known>,
    /// The days that the reader entered.
    entered: Vec<Option<Entered>>,
    /// The last date of all, after which nothing can happen any more.
    pub last: Option<MomentIx>,
}

/// What is known of one date.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Known {
    /// The firm day by which it has passed, and whether that is its own: it may be that of a date which comes later.
    pub firm: Option<(Point, bool)>,
    /// The soft day after which it should have passed; none where it has a firm day of its own.
    pub soft: Option<Point>,
    /// Its own soft day: no day of a date that comes later.
    pub own_soft: Option<Point>,
    /// The day that answers are compared with, and whether it is firm.
    pub day: Option<(Day, bool)>,
    late_may_count: bool,
}

/// When a date passes, when that is over for certain, and the day of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Point {
    pub instant: i64,
    pub over: i64,
    pub day: Day,
}

impl From<&When> for Point {
    fn from(when: &When) -> Point {
        Point { instant: when.instant, over: when.over, day: when.day }
    }
}

/// A value as it looks to strong eyes, and to those that believe what is weak too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ByStrength {
    pub weak: Possible,
    pub strong: Possible,
}

impl ByStrength {
    pub fn same(value: Possible) -> ByStrength {
        ByStrength { weak: value, strong: value }
    }
}

impl Calendar {
    pub fn new(rulebook: &Rulebook, entered: impl Fn(MomentIx) -> Option<Entered>) -> Calendar {
        let all = || (0..rulebook.moments.len()).map(MomentIx::nth);
        let own = |ix: MomentIx| {
            let moment = &rulebook[ix];
            let late_may_count = moment.late_may_count;
            let entered = || (entered)(ix).map(|Entered { day, minutes }| rulebook.when(ix, day, minutes));
            match moment.firm().cloned().or_else(entered) {
                Some(when) => {
                    let firm = Some((Point::from(&when), true));
                    Known { firm, soft: None, own_soft: None, day: Some((when.day, true)), late_may_count }
                }
                None => {
                    let soft = moment.when.as_ref().or(moment.moved.as_ref()).map(Point::from);
                    let day = moment.when.as_ref().map(|when| (when.day, false));
                    Known { firm: None, soft, own_soft: soft, day, late_may_count }
                }
            }
        };
        let own: Vec<Known> = all().map(own).collect();
        // What comes before other dates has passed once the first of them has.
        let bounded = |ix: MomentIx| {
            let known = own[ix.index()];
            if known.firm.is_some() {
                return known;
            }
            let bounds = || rulebook[ix].bounds.iter().map(|bound| own[bound.index()]);
            let before = |point: Point| Point { over: point.instant, ..point };
            let firm = bounds().filter_map(|bound| Some(before(bound.firm?.0))).min();
            let soft = known.soft.or_else(|| bounds().filter_map(|bound| bound.soft.map(before)).min());
            Known { firm: firm.map(|point| (point, false)), soft: soft.or(firm), ..known }
        };
        let moments: Vec<Known> = all().map(bounded).collect();
        let due = |ix: MomentIx| {
            let known = moments[ix.index()].due();
            // What begins on a day that is only expected can be begun with until its end.
            match rulebook[rulebook[ix].date].kind {
                DateKind::Window(opens, _) if opens == ix => {
                    Known { soft: known.soft.map(|point| Point { instant: point.over, ..point }), ..known }
                }
                _ => known,
            }
        };
        let due = all().map(due).collect();
        Calendar { moments, due, entered: all().map(&entered).collect(), last: rulebook.last }
    }

    pub fn entered(&self, moment: MomentIx) -> Option<Entered> {
        self.entered[moment.index()]
    }

    pub fn known(&self, moment: MomentIx) -> &Known {
        &self.moments[moment.index()]
    }

    /// The same, where something is due by the date: there is time until the end of a firm day without an hour, also where
    /// the date is something that happens on it; and what comes too late by a firm day may still count.
    pub fn due(&self, moment: MomentIx) -> &Known {
        &self.due[moment.index()]
    }
}

impl Moment {
    /// Its day, where that is firm.
    #[must_use]
    pub fn firm(&self) -> Option<&When> {
        self.when.as_ref().filter(|_| !self.grounds.basis.is_weak())
    }
}

impl Known {
    fn due(&self) -> Known {
        let firm = self.firm.map(|(point, own)| (Point { instant: point.over, ..point }, own));
        match firm {
            Some((firm, _)) if self.late_may_count => Known { firm: None, soft: Some(firm), ..*self },
            _ => Known { firm, ..*self },
        }
    }

    /// Whether the date lies behind the day of asking: to strong eyes only firm days tell. Where the day of asking is left
    /// open, every value that some day gives.
    pub fn passed(&self, as_of: Option<AsOf>) -> ByStrength {
        let Some(as_of) = as_of else {
            let strong = match self.firm {
                Some((_, true)) => Possible::OPEN,
                Some((_, false)) => Possible::YES | Possible::CANNOT_SAY,
                None => Possible::CANNOT_SAY,
            };
            let is_known = self.firm.is_some() || self.soft.is_some();
            return ByStrength { weak: if is_known { Possible::OPEN } else { Possible::CANNOT_SAY }, strong };
        };
        let is_past = |point: Point| as_of.instant > point.instant;
        match (self.firm, self.soft) {
            (Some((firm, _)), _) if is_past(firm) => ByStrength::same(Possible::YES),
            (Some((_, true)), _) => ByStrength::same(Possible::NO),
            (_, Some(soft)) => ByStrength { weak: Possible::from_bool(is_past(soft)), strong: Possible::CANNOT_SAY },
            _ => ByStrength::same(Possible::CANNOT_SAY),
        }
    }

    /// Whether it has passed firmly, should have passed, or neither.
    pub fn behind(&self, as_of: AsOf) -> Behind {
        self.is_past(|point| as_of.instant > point.instant)
    }

    /// The same of its whole day: what waits for a date without an hour may still come about on it.
    pub fn over(&self, as_of: AsOf) -> Behind {
        self.is_past(|point| as_of.instant > point.over)
    }

    fn is_past(&self, is_past: impl Fn(Point) -> bool) -> Behind {
        match (self.firm, self.soft) {
            (Some((firm, _)), _) if is_past(firm) => Behind::Firmly,
            (_, Some(soft)) if is_past(soft) => Behind::Softly,
            _ => Behind::No,
        }
    }
}

/// How far a date lies behind the day of asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Behind {
    No,
    /// By soft days: it should have passed.
    Softly,
    Firmly,
}
