//! The values that a condition can still take.
//!
//! A complete set of answers gives a condition exactly one of four values. While answers are missing it has a set of
//! them, and the connectives work on sets: strong Kleene logic is the special case in which only yes and no occur.

use std::fmt;
use std::ops::BitOr;

/// A non-empty set of the values that a condition can take over all ways to complete the answers.
///
/// - *yes*, *no*: it holds, or it does not;
/// - *cannot say*: no answer settles it, because a value was never published or only weak sources say it;
/// - *dropped*: it does not apply, and its parent looks only at the other parts.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Possible(u8);

impl Possible {
    pub const YES: Possible = Possible(1);
    pub const NO: Possible = Possible(2);
    pub const CANNOT_SAY: Possible = Possible(4);
    pub const DROPPED: Possible = Possible(8);
    /// Yes or no: what an open question leaves.
    pub const OPEN: Possible = Possible(1 | 2);
    const NONE: Possible = Possible(0);

    #[must_use]
    pub fn from_bool(value: bool) -> Possible {
        if value { Possible::YES } else { Possible::NO }
    }

    /// Whether any value of `other` is among these.
    #[must_use]
    pub fn can(self, other: Possible) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether all of these are among the values of `other`.
    #[must_use]
    pub fn must(self, other: Possible) -> bool {
        self.0 & !other.0 == 0
    }

    /// Whether exactly one value is left.
    #[must_use]
    pub fn settled(self) -> bool {
        self.0.is_power_of_two()
    }

    fn only(self, mask: Possible) -> Possible {
        Possible(self.0 & mask.0)
    }

    fn when(self, condition: bool) -> Possible {
        if condition { self } else { Possible::NONE }
    }

    /// Both: one *no* is enough for no, then one *cannot say*; what is dropped does not count.
    #[must_use]
    pub fn and(self, other: Possible) -> Possible {
        self.combine(other, Possible::NO, Possible::YES)
    }

    /// Either: one *yes* is enough for yes, then one *cannot say*; what is dropped does not count.
    #[must_use]
    pub fn or(self, other: Possible) -> Possible {
        self.combine(other, Possible::YES, Possible::NO)
    }

    /// `strong` wins over *cannot say*, which wins over `mild`; dropped is neutral.
    fn combine(self, other: Possible, strong: Possible, mild: Possible) -> Possible {
        let quiet = mild | Possible::DROPPED;
        let hazy = quiet | Possible::CANNOT_SAY;
        let (a, b) = (self, other);
        let both_hazy = a.can(hazy) && b.can(hazy);
        let both_quiet = a.can(quiet) && b.can(quiet);
        let cannot = Possible::CANNOT_SAY;
        strong.when(a.can(strong) || b.can(strong))
            | cannot.when(both_hazy && (a.can(cannot) || b.can(cannot)))
            | mild.when(both_quiet && (a.can(mild) || b.can(mild)))
            | Possible::DROPPED.when(a.can(Possible::DROPPED) && b.can(Possible::DROPPED))
    }

    /// At least this many of the parts hold; yes, no and cannot say as in [`Possible::and`] and [`Possible::or`].
    #[must_use]
    pub fn at_least(least: usize, parts: impl IntoIterator<Item = Possible>) -> Possible {
        // Every reachable count of parts that hold, that may hold, and whether any part applies.
        let mut counts = vec![(0_usize, 0_usize, false)];
        for part in parts {
            let mut next = Vec::new();
            for &(yes, hazy, any) in &counts {
                let mut reach = |value, count| {
                    if part.can(value) && !next.contains(&count) {
                        next.push(count);
                    }
                };
                reach(Possible::YES, (yes + 1, hazy, true));
                reach(Possible::CANNOT_SAY, (yes, hazy + 1, true));
                reach(Possible::NO, (yes, hazy, true));
                reach(Possible::DROPPED, (yes, hazy, any));
            }
            counts = next;
        }
        counts.into_iter().fold(Possible::NONE, |seen, (yes, hazy, any)| {
            seen | match () {
                () if !any => Possible::DROPPED,
                () if yes >= least => Possible::YES,
                () if yes + hazy < least => Possible::NO,
                () => Possible::CANNOT_SAY,
            }
        })
    }

    /// Yes and no change places; the rest stays.
    #[must_use]
    pub fn negate(self) -> Possible {
        let kept = self.only(Possible::CANNOT_SAY | Possible::DROPPED);
        kept | Possible::YES.when(self.can(Possible::NO)) | Possible::NO.when(self.can(Possible::YES))
    }

    /// The same, but everything that would be said becomes *cannot say*: how a weak rule looks to strong eyes.
    #[must_use]
    pub fn weakened(self) -> Possible {
        let said = self.can(Possible::OPEN | Possible::CANNOT_SAY);
        Possible::CANNOT_SAY.when(said) | self.only(Possible::DROPPED)
    }

    /// Yes where nothing applied: an empty list of requirements is met.
    #[must_use]
    pub fn or_met(self) -> Possible {
        let rest = self.only(Possible::OPEN | Possible::CANNOT_SAY);
        rest | Possible::YES.when(self.can(Possible::DROPPED))
    }
}

impl BitOr for Possible {
    type Output = Possible;
    fn bitor(self, other: Possible) -> Possible {
        Possible(self.0 | other.0)
    }
}

impl fmt::Debug for Possible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = ["yes", "no", "cannot say", "dropped"];
        let held: Vec<_> = (0..4).filter(|bit| self.0 & (1 << bit) != 0).map(|bit| names[bit]).collect();
        f.write_str(&held.join("/"))
    }
}

#[cfg(test)]
mod tests;
