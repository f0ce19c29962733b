//! The lenses through which rules are looked at.

use crate::rulebook::{ConflictIx, Rulebook};

/// In which future a condition is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Future {
    /// What is not done counts as no, except what falls due only after applying.
    AsItIs,
    /// What can still happen by its deadline counts as yes.
    AtBest,
}

/// How a rule is looked at: in which future, with which readings, and whether weak rules count.
#[derive(Clone, Copy, Debug)]
pub struct Lens<'a> {
    pub future: Future,
    /// Only rules on a strong basis say anything.
    pub strong: bool,
    /// The reading of each conflict of the rulebook.
    pub readings: &'a [u8],
}

impl Lens<'static> {
    /// As things are, with every first reading: how scopes and documents are looked at.
    pub const PLAIN: Lens<'static> = Lens { future: Future::AsItIs, strong: false, readings: &[] };
}

/// A cell has no more ways to read its disagreements: four of them with two readings each.
pub const MOST_WAYS: u8 = 16;

/// The ways to read some disagreements, numbered: one after the other has a digit in the number of a way. Way 0 takes
/// every first reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ways {
    digits: [Option<Digit>; MOST_WAYS.ilog2() as usize],
    count: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Digit {
    conflict: ConflictIx,
    /// What the next reading adds to the number of a way.
    unit: u8,
    readings: u8,
    /// A bit wherever its first reading begins again.
    each: u64,
}

impl Ways {
    /// One way, as nothing is read in several.
    pub const ONE: Ways = Ways { digits: [None; MOST_WAYS.ilog2() as usize], count: 1 };

    /// The ways for each cell. Cells one after the other share theirs, as long as there are not too many: then what a rule
    /// comes to is the same for all of them. The first [`MOST_WAYS`] of a cell count; the compiler refuses more.
    pub fn of_cells(rulebook: &Rulebook) -> Vec<Ways> {
        let with = |ways: Ways, conflict: ConflictIx| ways.with(conflict, rulebook[conflict].readings.len());
        let (mut each, mut shared) = (Vec::with_capacity(rulebook.cells.len()), Ways::ONE);
        for (number, cell) in rulebook.cells.iter().enumerate() {
            shared =
                cell.conflicts.iter().try_fold(shared, |ways, conflict| with(ways, *conflict)).unwrap_or_else(|| {
                    each.resize(number, shared);
                    cell.conflicts.iter().fold(Ways::ONE, |ways, conflict| with(ways, *conflict).unwrap_or(ways))
                });
        }
        each.resize(rulebook.cells.len(), shared);
        each
    }

    /// The same with one more disagreement to read, unless that makes too many.
    fn with(mut self, conflict: ConflictIx, readings: usize) -> Option<Ways> {
        if self.digit(conflict).is_some() || readings < 2 {
            return Some(self);
        }
        let free = self.digits.iter_mut().find(|digit| digit.is_none())?;
        let (unit, readings) = (self.count, u8::try_from(readings).ok()?);
        self.count = unit.checked_mul(readings).filter(|count| *count <= MOST_WAYS)?;
        let each = (0..64).step_by(usize::from(self.count)).map(|way| 1_u64 << way).sum();
        *free = Some(Digit { conflict, unit, readings, each });
        Some(self)
    }

    fn digit(&self, conflict: ConflictIx) -> Option<Digit> {
        self.digits.iter().flatten().find(|digit| digit.conflict == conflict).copied()
    }

    /// Pairs of ways that differ in the reading of this disagreement alone.
    pub fn apart(self, conflict: ConflictIx) -> impl Iterator<Item = (usize, usize)> {
        let digit = self.digit(conflict);
        (0..self.count()).flat_map(move |way| {
            let others = digit.map_or(0, |digit| digit.of(way));
            (1..=others).map(move |less| (way, way - less * digit.map_or(0, |digit| usize::from(digit.unit))))
        })
    }

    pub fn count(self) -> usize {
        usize::from(self.count)
    }
}

impl Digit {
    /// The reading that a way takes.
    fn of(self, way: usize) -> usize {
        way / usize::from(self.unit) % usize::from(self.readings)
    }

    /// The first ways that take a reading, as bits.
    fn taking(self, reading: usize) -> u64 {
        ((1 << self.unit) - 1) << (reading * usize::from(self.unit))
    }
}

/// All lenses of a cell at once, as bits: every way to read its disagreements, in four looks.
#[derive(Clone, Copy)]
pub(crate) struct Lenses<'a> {
    readings: Readings<'a>,
    /// As it is, at best, at best on strong grounds, as it is on strong grounds: a bit for each way.
    pub now: u64,
    pub best: u64,
    pub best_strongly: u64,
    pub now_strongly: u64,
}

#[derive(Clone, Copy)]
enum Readings<'a> {
    /// One for each disagreement.
    One(&'a [u8]),
    Each(Ways),
}

impl<'a> Lenses<'a> {
    /// A single lens, as bit 0.
    pub fn one(lens: Lens<'a>) -> Lenses<'a> {
        let look = |future, strong| u64::from(lens.future == future && lens.strong == strong);
        Lenses {
            readings: Readings::One(lens.readings),
            now: look(Future::AsItIs, false),
            best: look(Future::AtBest, false),
            best_strongly: look(Future::AtBest, true),
            now_strongly: look(Future::AsItIs, true),
        }
    }

    /// Every way in every look.
    pub fn each(ways: Ways) -> Lenses<'a> {
        let now = (1_u64 << ways.count) - 1;
        let look = |number: usize| now << (number * ways.count());
        Lenses { readings: Readings::Each(ways), now, best: look(1), best_strongly: look(2), now_strongly: look(3) }
    }

    /// Whether these are all lenses of the ways.
    pub fn are_each(&self, ways: Ways) -> bool {
        matches!(self.readings, Readings::Each(each) if each == ways)
    }

    // No bit stands for two lenses, so sums join them.

    pub fn all(&self) -> u64 {
        [self.now, self.best, self.best_strongly, self.now_strongly].iter().sum()
    }

    pub fn as_it_is(&self) -> u64 {
        [self.now, self.now_strongly].iter().sum()
    }

    pub fn at_best(&self) -> u64 {
        [self.best, self.best_strongly].iter().sum()
    }

    pub fn strong(&self) -> u64 {
        [self.best_strongly, self.now_strongly].iter().sum()
    }

    /// As it is with every first reading, and the same on strong grounds: how scopes are looked at.
    pub fn plain(&self) -> u64 {
        let first = |look: u64| look & look.wrapping_neg();
        first(self.now) | first(self.now_strongly)
    }

    /// Takes what is seen as it is on strong grounds to the bits of as it is.
    pub fn strongly_to_now(&self, lenses: u64) -> u64 {
        (lenses & self.now_strongly) >> self.now_strongly.trailing_zeros().min(63)
    }

    /// The lenses that take this reading of a conflict.
    pub fn reading(&self, conflict: ConflictIx, reading: usize) -> u64 {
        match self.readings {
            Readings::One(way) => u64::from(usize::from(way.get(conflict.index()).copied().unwrap_or(0)) == reading),
            Readings::Each(ways) => match ways.digit(conflict) {
                // The same bits again and again, through all looks.
                Some(digit) => digit.taking(reading).wrapping_mul(digit.each) & self.all(),
                None if reading == 0 => self.all(),
                None => 0,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looks(lenses: Lenses<'_>) -> [u64; 4] {
        [lenses.now, lenses.best, lenses.best_strongly, lenses.now_strongly]
    }

    /// The ways to read disagreements with so many readings.
    fn ways(readings: &[usize]) -> Option<Ways> {
        let conflicts = readings.iter().zip(0..);
        conflicts
            .map(|(count, ix)| (ConflictIx(ix), *count))
            .try_fold(Ways::ONE, |ways, (ix, count)| ways.with(ix, count))
    }

    #[test]
    fn every_way_in_every_look_has_a_bit_of_its_own() {
        let most = [0xffff, 0xffff_0000, 0xffff_0000_0000, 0xffff_0000_0000_0000];
        let rows: [(&[usize], usize, [u64; 4]); 7] = [
            (&[], 1, [0b0001, 0b0010, 0b0100, 0b1000]),
            (&[1], 1, [0b0001, 0b0010, 0b0100, 0b1000]),
            (&[2], 2, [0x03, 0x0c, 0x30, 0xc0]),
            (&[1, 2, 2], 4, [0x000f, 0x00f0, 0x0f00, 0xf000]),
            (&[2, 2, 2, 2], usize::from(MOST_WAYS), most),
            (&[4, 4], usize::from(MOST_WAYS), most),
            (&[16], usize::from(MOST_WAYS), most),
        ];
        for (readings, count, bits) in rows {
            let ways = ways(readings).expect("there are not too many");
            assert_eq!(ways.count(), count, "{readings:?}");
            let lenses = Lenses::each(ways);
            let [now, best, best_strongly, now_strongly] = bits;
            assert_eq!(looks(lenses), bits, "{readings:?}");
            assert_eq!(lenses.all(), now + best + best_strongly + now_strongly, "{readings:?}");
            assert_eq!(lenses.as_it_is(), now + now_strongly, "{readings:?}");
            assert_eq!(lenses.at_best(), best + best_strongly, "{readings:?}");
            assert_eq!(lenses.strong(), best_strongly + now_strongly, "{readings:?}");
        }
    }

    #[test]
    fn more_ways_than_there_are_bits_are_refused() {
        for readings in [&[2, 2, 2, 2, 2][..], &[3, 3, 2], &[17]] {
            assert_eq!(ways(readings), None, "{readings:?}");
        }
        let full = ways(&[2, 2, 2, 2]);
        assert_eq!(full.and_then(|ways| ways.with(ConflictIx(3), 2)), full, "a disagreement that is read already");
    }

    #[test]
    fn pairs_of_ways_differ_in_one_reading_alone() {
        let rows = [
            (&[2, 2], 0, &[(1, 0), (3, 2)][..]),
            (&[2, 2], 1, &[(2, 0), (3, 1)]),
            (&[2, 3], 1, &[(2, 0), (3, 1), (4, 2), (4, 0), (5, 3), (5, 1)]),
            (&[2, 2], 2, &[]),
        ];
        for (readings, conflict, pairs) in rows {
            let apart: Vec<_> = ways(readings).into_iter().flat_map(|ways| ways.apart(ConflictIx(conflict))).collect();
            assert_eq!(apart, pairs, "{conflict} of {readings:?}");
        }
    }

    #[test]
    fn a_single_lens_is_the_first_bit_of_its_look() {
        let rows = [
            (Future::AsItIs, false, [1, 0, 0, 0]),
            (Future::AtBest, false, [0, 1, 0, 0]),
            (Future::AtBest, true, [0, 0, 1, 0]),
            (Future::AsItIs, true, [0, 0, 0, 1]),
        ];
        for (future, strong, bits) in rows {
            let lens = Lens { future, strong, readings: &[1] };
            assert_eq!(looks(Lenses::one(lens)), bits, "{lens:?}");
            assert_eq!(Lenses::one(lens).reading(ConflictIx(0), 1), 1, "{lens:?}");
            assert_eq!(Lenses::one(lens).reading(ConflictIx(0), 0), 0, "{lens:?}");
        }
    }

    #[test]
    fn what_is_seen_on_strong_grounds_is_told_of_the_same_way() {
        let ways = ways(&[2]).expect("there are not too many");
        let rows = [(0x00, 0b00), (0x40, 0b01), (0x80, 0b10), (0xff, 0b11), (0x3f, 0b00)];
        for (seen, now) in rows {
            assert_eq!(Lenses::each(ways).strongly_to_now(seen), now, "{seen:#x}");
        }
        assert_eq!(Lenses::one(Lens::PLAIN).strongly_to_now(1), 0);
    }

    #[test]
    fn a_reading_is_taken_by_its_ways_in_every_look() {
        let ways = ways(&[2, 2]).expect("there are not too many");
        // The conflict, the reading, and the lenses; a conflict that the ways say nothing of has the first reading.
        let rows = [(0, 0, 0x5555), (0, 1, 0xaaaa), (1, 0, 0x3333), (1, 1, 0xcccc), (2, 0, 0xffff), (2, 1, 0)];
        for (conflict, reading, lenses) in rows {
            assert_eq!(Lenses::each(ways).reading(ConflictIx(conflict), reading), lenses, "{reading} of {conflict}");
        }
    }
}
