//! The values that a condition can still take.
//!
//! A complete set of answers gives a condition exactly one of four values. While answers are missing it has a set of
//! them, and the connectives work on sets: strong Kleene logic is the special case in which only yes and no occur.

mod per_lens;

pub use per_lens::PerLens;
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
    pub const YES: Possible = Possible(0b0001);
    pub const NO: Possible = Possible(0b0010);
    pub const CANNOT_SAY: Possible = Possible(0b0100);
    pub const DROPPED: Possible = Possible(0b1000);
    /// Yes or no: what an open question leaves.
    pub const OPEN: Possible = Possible(0b0011);

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

    /// Both: one *no* is enough for no, then one *cannot say*; what is dropped does not count.
    #[must_use]
    pub fn and(self, other: Possible) -> Possible {
        PerLens::of(self, 1).and(PerLens::of(other, 1)).through(0)
    }

    /// Either: one *yes* is enough for yes, then one *cannot say*; what is dropped does not count.
    #[must_use]
    pub fn or(self, other: Possible) -> Possible {
        PerLens::of(self, 1).or(PerLens::of(other, 1)).through(0)
    }

    /// At least this many of the parts hold; yes, no and cannot say as in [`Possible::and`] and [`Possible::or`].
    #[must_use]
    pub fn at_least(least: usize, parts: impl IntoIterator<Item = Possible>) -> Possible {
        let parts = parts.into_iter().map(|part| PerLens::of(part, 1));
        PerLens::at_least(least, parts, 1).through(0)
    }

    /// Yes and no change places; the rest stays.
    #[must_use]
    pub fn negate(self) -> Possible {
        PerLens::of(self, 1).negate().through(0)
    }

    /// The same, but everything that would be said becomes *cannot say*: how a weak rule looks to strong eyes.
    #[must_use]
    pub fn weakened(self) -> Possible {
        PerLens::of(self, 1).weakened(1).through(0)
    }

    /// Cannot say where nothing applied: a list of requirements none of which applies opens nothing.
    #[must_use]
    pub fn or_doubtful(self) -> Possible {
        PerLens::of(self, 1).or_doubtful().through(0)
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
