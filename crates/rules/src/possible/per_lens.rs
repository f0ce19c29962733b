//! Possible values through up to 64 lenses at once, one bit for each.

use super::Possible;
use std::ops::BitOr;

/// For each value the lenses (as bits) through which a condition can take it.
///
/// A cell is looked at through dozens of lenses, and most conditions look the same through all of them. The connectives
/// work on all lenses in a few machine words; through one lens they are those of [`Possible`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PerLens {
    pub yes: u64,
    pub no: u64,
    pub cannot_say: u64,
    pub dropped: u64,
}

impl PerLens {
    pub const ANYTHING: PerLens = PerLens { yes: u64::MAX, no: u64::MAX, cannot_say: u64::MAX, dropped: u64::MAX };

    /// The values that both have left.
    #[must_use]
    pub fn within_values(self, other: PerLens) -> PerLens {
        PerLens {
            yes: self.yes & other.yes,
            no: self.no & other.no,
            cannot_say: self.cannot_say & other.cannot_say,
            dropped: self.dropped & other.dropped,
        }
    }

    /// The same through each of these lenses.
    #[must_use]
    pub fn of(value: Possible, lenses: u64) -> PerLens {
        let through = |which: Possible| u64::from(value.can(which)).wrapping_neg() & lenses;
        PerLens {
            yes: through(Possible::YES),
            no: through(Possible::NO),
            cannot_say: through(Possible::CANNOT_SAY),
            dropped: through(Possible::DROPPED),
        }
    }

    /// What one lens shows: 0 is the first.
    #[must_use]
    pub fn through(self, lens: u32) -> Possible {
        let PerLens { yes, no, cannot_say, dropped } = self;
        let held = [(yes, 0b0001), (no, 0b0010), (cannot_say, 0b0100), (dropped, 0b1000)];
        Possible(held.into_iter().filter(|(lenses, _)| lenses >> lens & 1 == 1).map(|(_, value)| value).sum())
    }

    /// What all of these lenses show, if that is the same.
    #[must_use]
    pub fn alike(self, lenses: u64) -> Option<Possible> {
        let first = self.through(lenses.trailing_zeros());
        (self.within(lenses) == PerLens::of(first, lenses)).then_some(first)
    }

    /// What these lenses show, and nothing through the others.
    #[must_use]
    pub fn within(self, lenses: u64) -> PerLens {
        PerLens {
            yes: self.yes & lenses,
            no: self.no & lenses,
            cannot_say: self.cannot_say & lenses,
            dropped: self.dropped & lenses,
        }
    }

    /// The lenses through which more than one value is left.
    #[must_use]
    pub fn unsettled(self) -> u64 {
        let values = [self.yes, self.no, self.cannot_say, self.dropped];
        let (_, more) = values.into_iter().fold((0, 0), |(seen, more), value| (seen | value, more | (seen & value)));
        more
    }

    /// The lenses through which it is yes for certain.
    #[must_use]
    pub fn only_yes(self) -> u64 {
        self.yes & !(self.no | self.cannot_say | self.dropped)
    }

    /// The lenses through which it is no for certain.
    #[must_use]
    pub fn only_no(self) -> u64 {
        self.negate().only_yes()
    }

    #[must_use]
    pub fn and(self, other: PerLens) -> PerLens {
        let (a, b) = (self, other);
        let (quiet_a, quiet_b) = (a.yes | a.dropped, b.yes | b.dropped);
        PerLens {
            yes: quiet_a & quiet_b & (a.yes | b.yes),
            no: a.no | b.no,
            cannot_say: (quiet_a | a.cannot_say) & (quiet_b | b.cannot_say) & (a.cannot_say | b.cannot_say),
            dropped: a.dropped & b.dropped,
        }
    }

    #[must_use]
    pub fn or(self, other: PerLens) -> PerLens {
        self.negate().and(other.negate()).negate()
    }

    #[must_use]
    pub fn negate(self) -> PerLens {
        PerLens { yes: self.no, no: self.yes, ..self }
    }

    /// At least this many of the parts hold, through these lenses.
    #[must_use]
    pub fn at_least(least: usize, parts: impl IntoIterator<Item = PerLens>, lenses: u64) -> PerLens {
        // For each count of parts that hold, of parts that may hold, and whether any part applies: the lenses.
        let mut counts = vec![((0_usize, 0_usize, false), lenses)];
        for part in parts {
            let mut next: Vec<((usize, usize, bool), u64)> = Vec::new();
            let mut reach = |count, through: u64| {
                if through != 0 {
                    match next.iter_mut().find(|(known, _)| *known == count) {
                        Some((_, lenses)) => *lenses |= through,
                        None => next.push((count, through)),
                    }
                }
            };
            for ((yes, hazy, any), lenses) in counts {
                reach((yes + 1, hazy, true), lenses & part.yes);
                reach((yes, hazy + 1, true), lenses & part.cannot_say);
                reach((yes, hazy, true), lenses & part.no);
                reach((yes, hazy, any), lenses & part.dropped);
            }
            counts = next;
        }
        counts.into_iter().fold(PerLens::default(), |seen, ((yes, hazy, any), lenses)| {
            let value = match () {
                () if !any => Possible::DROPPED,
                () if yes >= least => Possible::YES,
                () if yes + hazy < least => Possible::NO,
                () => Possible::CANNOT_SAY,
            };
            seen | PerLens::of(value, lenses)
        })
    }

    /// The same, but through these lenses everything that would be said becomes *cannot say*.
    #[must_use]
    pub fn weakened(self, lenses: u64) -> PerLens {
        PerLens {
            yes: self.yes & !lenses,
            no: self.no & !lenses,
            cannot_say: self.cannot_say | ((self.yes | self.no) & lenses),
            ..self
        }
    }

    /// Cannot say where nothing applied.
    #[must_use]
    pub fn or_doubtful(self) -> PerLens {
        PerLens { cannot_say: self.cannot_say | self.dropped, dropped: 0, ..self }
    }
}

impl BitOr for PerLens {
    type Output = PerLens;
    fn bitor(self, other: PerLens) -> PerLens {
        PerLens {
            yes: self.yes | other.yes,
            no: self.no | other.no,
            cannot_say: self.cannot_say | other.cannot_say,
            dropped: self.dropped | other.dropped,
        }
    }
}
