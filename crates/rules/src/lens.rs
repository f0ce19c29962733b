//! The lenses through which rules are looked at.

use crate::rulebook::ConflictIx;

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
pub const MOST_WAYS: usize = 16;

/// All lenses of a cell at once, as bits: every way to read its disagreements, in four looks.
#[derive(Clone, Copy)]
pub(crate) struct Lenses<'a> {
    ways: Ways<'a>,
    /// As it is, at best, at best on strong grounds, as it is on strong grounds: a bit for each way.
    pub now: u64,
    pub best: u64,
    pub best_strongly: u64,
    pub now_strongly: u64,
}

#[derive(Clone, Copy)]
enum Ways<'a> {
    One(&'a [u8]),
    Each(&'a [Vec<u8>]),
}

impl<'a> Lenses<'a> {
    /// A single lens, as bit 0.
    pub fn one(lens: Lens<'a>) -> Lenses<'a> {
        let look = |future, strong| u64::from(lens.future == future && lens.strong == strong);
        Lenses {
            ways: Ways::One(lens.readings),
            now: look(Future::AsItIs, false),
            best: look(Future::AtBest, false),
            best_strongly: look(Future::AtBest, true),
            now_strongly: look(Future::AsItIs, true),
        }
    }

    /// Every way of a cell in every look. The first [`MOST_WAYS`] count; the compiler refuses more.
    pub fn each(ways: &'a [Vec<u8>]) -> Lenses<'a> {
        let ways = &ways[..ways.len().min(MOST_WAYS)];
        let now = ((1_u32 << ways.len()) - 1).into();
        let look = |number: usize| now << (number * ways.len());
        Lenses { ways: Ways::Each(ways), now, best: look(1), best_strongly: look(2), now_strongly: look(3) }
    }

    pub fn all(&self) -> u64 {
        self.now | self.best | self.best_strongly | self.now_strongly
    }

    pub fn at_best(&self) -> u64 {
        self.best | self.best_strongly
    }

    pub fn strong(&self) -> u64 {
        self.best_strongly | self.now_strongly
    }

    /// Takes what is seen as it is on strong grounds to the bits of as it is.
    pub fn strongly_to_now(&self, lenses: u64) -> u64 {
        (lenses & self.now_strongly) >> self.now_strongly.trailing_zeros().min(63)
    }

    /// The lenses that take this reading of a conflict.
    pub fn reading(&self, conflict: ConflictIx, reading: usize) -> u64 {
        let takes = |way: &[u8]| usize::from(way.get(conflict.index()).copied().unwrap_or(0)) == reading;
        match self.ways {
            Ways::One(way) => u64::from(takes(way)),
            Ways::Each(ways) => {
                let taken = ways.iter().enumerate().filter(|(_, way)| takes(way));
                let taken: u64 = taken.map(|(number, _)| 1 << number).sum();
                (0..4).map(|look| taken << (look * ways.len())).sum()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looks(lenses: Lenses<'_>) -> [u64; 4] {
        [lenses.now, lenses.best, lenses.best_strongly, lenses.now_strongly]
    }

    #[test]
    fn every_way_in_every_look_has_a_bit_of_its_own() {
        let most = [0xffff, 0xffff_0000, 0xffff_0000_0000, 0xffff_0000_0000_0000];
        let rows = [
            (1, [0b0001, 0b0010, 0b0100, 0b1000]),
            (2, [0x03, 0x0c, 0x30, 0xc0]),
            (4, [0x000f, 0x00f0, 0x0f00, 0xf000]),
            (MOST_WAYS, most),
            (MOST_WAYS + 1, most),
        ];
        for (count, bits) in rows {
            let ways = vec![Vec::new(); count];
            let lenses = Lenses::each(&ways);
            let [now, best, best_strongly, now_strongly] = bits;
            assert_eq!(looks(lenses), bits, "{count} ways");
            assert_eq!(lenses.all(), now + best + best_strongly + now_strongly, "{count} ways");
            assert_eq!(lenses.at_best(), best + best_strongly, "{count} ways");
            assert_eq!(lenses.strong(), best_strongly + now_strongly, "{count} ways");
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
        let ways = [vec![0], vec![1]];
        let rows = [(0x00, 0b00), (0x40, 0b01), (0x80, 0b10), (0xff, 0b11), (0x3f, 0b00)];
        for (seen, now) in rows {
            assert_eq!(Lenses::each(&ways).strongly_to_now(seen), now, "{seen:#x}");
        }
        assert_eq!(Lenses::one(Lens::PLAIN).strongly_to_now(1), 0);
    }

    #[test]
    fn a_reading_is_taken_by_its_ways_in_every_look() {
        let ways = [vec![0, 0], vec![0, 1], vec![1, 0], vec![1, 1]];
        // The conflict, the reading, and the lenses; a conflict that the ways say nothing of has the first reading.
        let rows =
            [(0, 0, 0x3333), (0, 1, 0xcccc), (1, 0, 0x5555), (1, 1, 0xaaaa), (0, 2, 0), (2, 0, 0xffff), (2, 1, 0)];
        for (conflict, reading, lenses) in rows {
            assert_eq!(Lenses::each(&ways).reading(ConflictIx(conflict), reading), lenses, "{reading} of {conflict}");
        }
    }
}
