//! The truth tables, and the proof that the connectives on sets are exactly the tables on each member.

use super::Possible;

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
    assert_eq!(VALUES.map(Possible::or_met), [y, n, c, y]);
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
