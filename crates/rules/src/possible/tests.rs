//! The truth tables, and the proof that the connectives on sets are exactly the tables on each member.

use super::{PerLens, Possible};

const VALUES: [Possible; 4] = [Possible::YES, Possible::NO, Possible::CANNOT_SAY, Possible::DROPPED];

fn every_set() -> impl Iterator<Item = Possible> {
    (1..16).map(Possible)
}

fn members(set: Possible) -> impl Iterator<Item = Possible> {
    VALUES.into_iter().filter(move |value| set.can(*value))
}

/// The tables, written down: rows and columns in the order yes, no, cannot say, dropped.
#[test]
fn tables() {
    let [y, n, c, d] = VALUES;
    let and = [[y, n, c, y], [n, n, n, n], [c, n, c, c], [y, n, c, d]];
    let or = [[y, y, y, y], [y, n, c, n], [y, c, c, c], [y, n, c, d]];
    for (i, a) in VALUES.into_iter().enumerate() {
        for (j, b) in VALUES.into_iter().enumerate() {
            assert_eq!(a.and(b), and[i][j], "{a:?} and {b:?}");
            assert_eq!(a.or(b), or[i][j], "{a:?} or {b:?}");
        }
    }
    assert_eq!(VALUES.map(Possible::negate), [n, y, c, d]);
    assert_eq!(VALUES.map(Possible::weakened), [c, c, c, d]);
    assert_eq!(VALUES.map(Possible::or_doubtful), [y, n, c, c]);
}

#[test]
fn sets_are_the_union_over_their_members() {
    for a in every_set() {
        for b in every_set() {
            let and = members(a).flat_map(|x| members(b).map(move |y| x.and(y))).reduce(|x, y| x | y);
            let or = members(a).flat_map(|x| members(b).map(move |y| x.or(y))).reduce(|x, y| x | y);
            assert_eq!(Some(a.and(b)), and, "{a:?} and {b:?}");
            assert_eq!(Some(a.or(b)), or, "{a:?} or {b:?}");
        }
        let not = members(a).map(Possible::negate).reduce(|x, y| x | y);
        assert_eq!(Some(a.negate()), not);
    }
}

#[test]
fn sets_are_told_apart_by_their_members() {
    for a in every_set() {
        for b in every_set() {
            assert_eq!(a.can(b), members(a).any(|value| members(b).any(|other| other == value)), "{a:?} can {b:?}");
            assert_eq!(a.must(b), members(a).all(|value| members(b).any(|other| other == value)), "{a:?} must {b:?}");
        }
        assert_eq!(a.settled(), members(a).count() == 1, "{a:?} is settled");
    }
    assert_eq!(members(Possible::OPEN).collect::<Vec<_>>(), [Possible::YES, Possible::NO]);
    assert_eq!([true, false].map(Possible::from_bool), [Possible::YES, Possible::NO]);
}

/// One choice of values: yes when enough are yes, no when even the doubtful ones are too few.
fn count(least: usize, values: [Possible; 3]) -> Possible {
    let applying: Vec<_> = values.into_iter().filter(|v| *v != Possible::DROPPED).collect();
    let yes = applying.iter().filter(|v| **v == Possible::YES).count();
    let hazy = applying.iter().filter(|v| **v == Possible::CANNOT_SAY).count();
    match () {
        () if applying.is_empty() => Possible::DROPPED,
        () if yes >= least => Possible::YES,
        () if yes + hazy < least => Possible::NO,
        () => Possible::CANNOT_SAY,
    }
}

#[test]
fn at_least_counts() {
    for least in 1..=3 {
        for a in every_set() {
            for b in every_set() {
                for c in every_set() {
                    let each = members(a)
                        .flat_map(|x| members(b).flat_map(move |y| members(c).map(move |z| count(least, [x, y, z]))));
                    let union = each.reduce(|x, y| x | y).expect("sets are not empty");
                    assert_eq!(Possible::at_least(least, [a, b, c]), union, "{least} of {a:?}, {b:?}, {c:?}");
                }
            }
        }
    }
}

/// A lens through which nothing is seen.
const NOTHING: Possible = Possible(0);

/// The lenses, the first one first, that show a set of this kind.
fn lenses(shown: &[Possible], is: impl Fn(Possible) -> bool) -> u64 {
    (0_u32..).zip(shown).filter(|(_, set)| is(**set)).map(|(lens, _)| 1_u64 << lens).sum()
}

/// The sets that the lenses show, the first one first, and nothing through the rest.
fn spread(shown: &[Possible]) -> PerLens {
    let taking = |value: Possible| lenses(shown, |set| set.can(value));
    let [yes, no, cannot_say, dropped] = VALUES.map(taking);
    PerLens { yes, no, cannot_say, dropped }
}

#[test]
fn through_each_lens_the_connectives_are_those_on_sets() {
    let pairs: Vec<[Possible; 2]> = every_set().flat_map(|a| every_set().map(move |b| [a, b])).collect();
    // Fewer than all 64 lenses are taken, and through the others nothing may appear.
    for pairs in pairs.chunks(60) {
        let [a, b] = [0, 1].map(|place| spread(&pairs.iter().map(|pair| pair[place]).collect::<Vec<_>>()));
        let each = |connective: fn(Possible, Possible) -> Possible| {
            spread(&pairs.iter().map(|[a, b]| connective(*a, *b)).collect::<Vec<_>>())
        };
        assert_eq!(a.and(b), each(Possible::and));
        assert_eq!(a.or(b), each(Possible::or));
        assert_eq!(a | b, each(|a, b| a | b));
    }
}

#[test]
fn through_each_lens_so_many_of_the_parts_hold() {
    let triples: Vec<[Possible; 3]> =
        every_set().flat_map(|a| every_set().flat_map(move |b| every_set().map(move |c| [a, b, c]))).collect();
    let odd = 0x5555_5555_5555_5555;
    for parts in triples.chunks(64) {
        let part = |place: usize| spread(&parts.iter().map(|parts| parts[place]).collect::<Vec<_>>());
        for least in 1..=3 {
            let each: Vec<Possible> = parts.iter().map(|parts| Possible::at_least(least, *parts)).collect();
            let found = PerLens::at_least(least, [0, 1, 2].map(part), odd);
            assert_eq!(found, spread(&each).within(odd), "{least} of {parts:?}");
        }
    }
}

#[test]
fn a_look_through_some_lenses_says_nothing_about_the_others() {
    let sets: Vec<Possible> = every_set().collect();
    let some: u64 = 0b101_0011_0110_0101;
    let is_some = |lens: usize| some >> lens & 1 == 1;
    let each = |through: fn(Possible) -> Possible, other: fn(Possible) -> Possible| {
        let shown = sets.iter().enumerate();
        spread(&shown.map(|(lens, set)| if is_some(lens) { through(*set) } else { other(*set) }).collect::<Vec<_>>())
    };
    let all = spread(&sets);
    (0_u32..).zip(&sets).for_each(|(lens, set)| assert_eq!(all.through(lens), *set));
    assert_eq!(all.through(63), NOTHING);
    assert_eq!(all.within(some), each(|set| set, |_| NOTHING));
    assert_eq!(all.weakened(some), each(Possible::weakened, |set| set));
    assert_eq!(all.negate(), each(Possible::negate, Possible::negate));
    assert_eq!(all.or_doubtful(), each(Possible::or_doubtful, Possible::or_doubtful));
    assert_eq!(PerLens::of(Possible::OPEN, some), each(|_| Possible::OPEN, |_| NOTHING));
}

#[test]
fn lenses_are_alike_where_they_show_the_same() {
    let shown = spread(&[Possible::YES, Possible::NO, Possible::NO, Possible::OPEN, NOTHING, Possible::OPEN]);
    let rows = [
        (0b00_0001, Some(Possible::YES)),
        (0b00_0110, Some(Possible::NO)),
        (0b10_1000, Some(Possible::OPEN)),
        (0b00_0011, None),
        (0b00_1100, None),
        (0b01_0010, None),
    ];
    for (lenses, alike) in rows {
        assert_eq!(shown.alike(lenses), alike, "{lenses:b}");
    }
}

#[test]
fn lenses_are_told_apart_by_what_they_show() {
    let sets: Vec<Possible> = every_set().collect();
    let shown = spread(&sets);
    assert_eq!(shown.unsettled(), lenses(&sets, |set| members(set).count() > 1));
    assert_eq!(shown.only_yes(), lenses(&sets, |set| set == Possible::YES));
    assert_eq!(shown.only_no(), lenses(&sets, |set| set == Possible::NO));
}

#[test]
fn a_set_weakens_as_its_members_do() {
    for a in every_set() {
        assert_eq!(Some(a.weakened()), members(a).map(Possible::weakened).reduce(|x, y| x | y), "{a:?}");
        assert_eq!(Some(a.or_doubtful()), members(a).map(Possible::or_doubtful).reduce(|x, y| x | y), "{a:?}");
    }
}
