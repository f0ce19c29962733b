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
                let taken = taken.fold(0_u64, |taken, (number, _)| taken | 1 << number);
                (0..4).fold(0, |all, look| all | taken << (look * ways.len()))
            }
        }
    }
}
