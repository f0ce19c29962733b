//! Who is affected: how many ways to answer get another verdict in the other cycle, counted on decision diagrams, and for
//! each such change a few answers that show it, which the engine confirms.

use super::joint::{Class, Joint, SIDES};
use super::years::Years;
use super::{Affected, Asked, CellAffected, ChangedVerdict, Days, Example, Moved, Span, VerdictOut};
use crate::output::outcome_name;
use crate::prove::model::{Codes, MOST_NODES, MOST_VARIABLES, Model, Outcomes, Space};
use crate::prove::{self, witness};
use biodivine_lib_bdd::Bdd;
use rules::answers::{Answer, Answers};
use rules::facts::Facts;
use rules::rulebook::{AsOf, CellIx, QuestionIx, Rulebook};
use rules::verdict::{Outcome, Verdict};
use std::collections::{BTreeMap, BTreeSet};

/// Counts on the diagrams who gets another verdict.
pub fn affected(books: [&Rulebook; 2], years: Years) -> Affected {
    let joint = Joint::new(books[0], books[1], years);
    let (spans, days) = spans(books, &joint, years);
    let only = |side: usize| -> Vec<String> {
        let cells = books[side].cells.iter().filter(|cell| books[1 - side].cell(&cell.id).is_none());
        cells.map(|cell| cell.id.to_string()).collect()
    };
    let mut affected = Affected { days, only_old: only(0), only_new: only(1), cells: Vec::new(), not_compared: None };
    let counts: Vec<usize> = joint.questions.iter().map(|question| question.classes.len()).collect();
    let variables = Codes::count(&counts);
    if variables > MOST_VARIABLES {
        let what = format!("the space of both cycles ({variables} Boolean variables)");
        affected.not_compared = Some(too_big(&what, MOST_VARIABLES as usize, books, &joint));
        return affected;
    }
    let codes = Codes::new(&counts);
    let spaces = SIDES.map(|side| Space::placed(&joint.drawn[side], &codes, joint.places(side)));
    let comparison = Comparison {
        books,
        joint: &joint,
        codes: &codes,
        spaces: &spaces,
        models: models(&spaces, &spans),
        spans: &spans,
    };
    for (place, cell) in books[0].cells.iter().enumerate() {
        let Some(other) = books[1].cell(&cell.id) else { continue };
        match comparison.cell([CellIx::nth(place), other]) {
            Ok(cell) => affected.cells.push(cell),
            Err(why) => {
                affected.not_compared = Some(why);
                break;
            }
        }
    }
    affected
}

/// Why there is no comparison: what outgrew its limit, and what makes it big.
fn too_big(what: &str, most: usize, books: [&Rulebook; 2], joint: &Joint) -> String {
    let mut biggest: Vec<(usize, &str)> = joint
        .questions
        .iter()
        .filter_map(|question| {
            let side = SIDES.into_iter().find(|side| question.asked[*side].is_some())?;
            Some((question.classes.len(), &*books[side][question.asked[side]?].id))
        })
        .collect();
    biggest.sort_by_key(|(classes, _)| std::cmp::Reverse(*classes));
    let named: Vec<String> = biggest.iter().take(5).map(|(classes, id)| format!("{id} ({classes})")).collect();
    format!(
        "{} and {} cannot be compared: {what} is too big (more than {most}), with {} questions; the biggest are {}",
        books[0].cycle,
        books[1].cycle,
        joint.questions.len(),
        named.join(", ")
    )
}

/// A span of time in which neither rulebook can tell days apart, by its first instant in each cycle.
struct Together {
    as_of: [AsOf; 2],
    /// What has passed by then, and which answers lie behind, in each cycle.
    passed: [Vec<bool>; 2],
}

/// The spans that both rulebooks cover, and how many there are in all.
fn spans(books: [&Rulebook; 2], joint: &Joint, years: Years) -> (Vec<Together>, Days) {
    let used = books.map(|book| {
        let whens = prove::used(book).into_iter().flat_map(|moment| book[moment].whens());
        whens.cloned().collect::<Vec<_>>()
    });
    let passed = |side: usize, at: i64| -> Vec<bool> {
        let dates = used[side].iter().flat_map(|when| [at > when.instant, at > when.over]);
        // A plan for a day behind is none, and a day that lies ahead is a plan.
        let day = books[side].as_of(at).day;
        let classes = joint.drawn[side].questions.iter().flat_map(|question| &question.classes);
        let behind = classes.filter_map(|class| match class {
            Answer::Planned(plan) => Some(plan.last < day),
            Answer::Date(date) => Some(date.last <= day),
            _ => None,
        });
        dates.chain(behind).chain([at >= books[side].check_by]).collect()
    };
    let mut cuts: Vec<[i64; 2]> = Vec::new();
    for side in SIDES {
        let own = prove::days(books[side]).into_iter().map(|day| day.instant).chain([books[side].span.1]);
        let years = if side == 0 { years } else { years.back() };
        cuts.extend(own.map(|at| {
            let other = years.instant(books[side], books[1 - side], at);
            if side == 0 { [at, other] } else { [other, at] }
        }));
    }
    cuts.sort_unstable_by_key(|[old, new]| (*new, *old));
    let (mut found, mut days): (Vec<Together>, Days) = (Vec::new(), Days::default());
    let mut before = None;
    for cut in cuts {
        let passed = SIDES.map(|side| passed(side, cut[side]));
        let as_of = SIDES.map(|side| books[side].as_of(cut[side]));
        let covers = SIDES.map(|side| books[side].covers(as_of[side]));
        if before.replace((passed.clone(), covers)) == Some((passed.clone(), covers)) {
            continue;
        }
        match covers {
            [true, true] => {
                days.compared += 1;
                found.push(Together { as_of, passed });
            }
            [true, false] => days.only_old += 1,
            [false, true] => days.only_new += 1,
            [false, false] => {}
        }
    }
    (found, days)
}

/// For each rulebook one model for all spans in which the same has passed.
fn models<'a>(spaces: &'a [Space<'a>; 2], spans: &[Together]) -> [BTreeMap<Vec<bool>, Model<'a>>; 2] {
    SIDES.map(|side| {
        let mut models = BTreeMap::new();
        for span in spans {
            models.entry(span.passed[side].clone()).or_insert_with(|| Model::new(&spaces[side], span.as_of[side]));
        }
        models
    })
}

struct Comparison<'a> {
    books: [&'a Rulebook; 2],
    joint: &'a Joint,
    codes: &'a Codes,
    spaces: &'a [Space<'a>; 2],
    models: [BTreeMap<Vec<bool>, Model<'a>>; 2],
    spans: &'a [Together],
}

/// A way to answer: places of questions, each with the place of a class.
type Profile = Vec<(usize, usize)>;

/// A cell in both cycles, with the questions that it can depend on in either.
struct Looked {
    cells: [CellIx; 2],
    questions: Vec<usize>,
    others: Vec<usize>,
}

impl Comparison<'_> {
    fn cell(&self, cells: [CellIx; 2]) -> Result<CellAffected, String> {
        let depends = |place: &usize| {
            let asked = self.joint.questions[*place].asked;
            SIDES
                .iter()
                .any(|side| asked[*side].is_some_and(|q| self.books[*side][cells[*side]].questions.contains(&q)))
        };
        let (questions, others) = (0..self.joint.questions.len()).partition(depends);
        let cell = Looked { cells, questions, others };
        let mut spans = Vec::new();
        let mut changes: BTreeMap<[Outcome; 2], Vec<(&Together, Moved, f64)>> = BTreeMap::new();
        for span in self.spans {
            let (counted, moved) = self.span(&cell, span);
            self.not_outgrown(&cell)?;
            for (outcomes, moved) in moved {
                let share = moved.profiles / counted.compared;
                changes.entry(outcomes).or_default().push((span, moved, share));
            }
            spans.push(counted);
        }
        let changes: Result<Vec<ChangedVerdict>, String> =
            changes.into_iter().map(|(outcomes, befalls)| self.change(&cell, outcomes, &befalls)).collect();
        self.not_outgrown(&cell)?;
        let product =
            |count: &dyn Fn(usize) -> usize| cell.questions.iter().map(|place| as_f64(count(*place))).product();
        let both: f64 = product(&|place| self.joint.questions[place].classes_of_both());
        let of = |side: usize| -> f64 { product(&|place| self.joint.questions[place].classes_of(side)) };
        Ok(CellAffected {
            cell: self.books[0][cells[0]].id.to_string(),
            questions: cell.questions.len(),
            profiles: both,
            only_old: of(0) - both,
            only_new: of(1) - both,
            changes: changes?,
            spans,
        })
    }

    /// Fails once a diagram was given up.
    fn not_outgrown(&self, cell: &Looked) -> Result<(), String> {
        for (book, space) in self.books.iter().zip(self.spaces) {
            let Some(outgrown) = space.outgrown() else { continue };
            let id = &self.books[0][cell.cells[0]].id;
            let what = outgrown.rule.map_or_else(|| format!("cell {id:?}"), |rule| format!("rule {:?}", book[rule].id));
            let what = format!("the diagram of {what} in {}", book.cycle);
            return Err(too_big(&what, MOST_NODES, self.books, self.joint));
        }
        Ok(())
    }

    /// One change of verdict over all spans of time in which it affects somebody.
    fn change(
        &self,
        cell: &Looked,
        outcomes: [Outcome; 2],
        befalls: &[(&Together, Moved, f64)],
    ) -> Result<ChangedVerdict, String> {
        let most = befalls.iter().max_by(|(_, _, a), (_, _, b)| a.total_cmp(b));
        let examples: Result<Vec<Example>, String> =
            befalls.iter().map(|(span, ..)| self.example(cell, span, outcomes)).collect();
        let example = examples?.into_iter().min_by_key(|example| example.questions);
        let [from, to] = self.named(cell, outcomes);
        Ok(ChangedVerdict {
            from,
            to,
            spans: befalls.len(),
            most: most.map_or(0.0, |(_, moved, _)| moved.profiles),
            most_share: most.map_or(0.0, |(_, _, share)| *share),
            only_stale: befalls.iter().all(|(span, ..)| span.passed[0].last() != span.passed[1].last()),
            example: example.ok_or("a change that affects nobody is not one")?,
        })
    }

    /// The answer sets of each cycle on a span's days that it takes and that do not contradict themselves.
    fn possible(&self, span: &Together) -> [Bdd; 2] {
        SIDES.map(|side| {
            let space = &self.spaces[side];
            space.and(&self.said(side, span.as_of[side]), self.models[side][&span.passed[side]].admissible())
        })
    }

    fn outcomes(&self, cell: &Looked, span: &Together) -> [Outcomes; 2] {
        SIDES.map(|side| self.models[side][&span.passed[side]].outcomes(cell.cells[side], None))
    }

    /// Who gets another verdict in one span of time.
    fn span(&self, cell: &Looked, span: &Together) -> (Span, Vec<([Outcome; 2], Moved)>) {
        let space = &self.spaces[0];
        let possible = self.possible(span);
        let both = space.and(&possible[0], &possible[1]);
        let count = |set: &Bdd| self.codes.size_without(&self.codes.forget(set, &cell.others), &cell.others);
        let [before, after] = self.outcomes(cell, span);
        let mut found = Vec::new();
        for (old, set) in before.iter() {
            let set = space.and(set, &both);
            for (new, other) in after.iter() {
                let [from, to] = self.named(cell, [*old, *new]);
                let profiles = if from == to { 0.0 } else { count(&space.and(&set, other)) };
                if profiles > 0.0 {
                    found.push(([*old, *new], Moved { from, to, profiles }));
                }
            }
        }
        // What cannot be completed without a contradiction in one cycle, and can in the other.
        let [old, new] = possible.each_ref().map(|set| self.codes.forget(set, &cell.others));
        let said = SIDES.map(|side| self.codes.forget(&self.said(side, span.as_of[side]), &cell.others));
        let contradict = |possible: &Bdd, other: &Bdd, said: &Bdd| {
            self.codes.size_without(&space.and(&space.and_not(other, possible), said), &cell.others)
        };
        let (compared, affected) = (count(&both), found.iter().map(|(_, moved)| moved.profiles).sum::<f64>());
        let counted = Span {
            old: witness::stamp(self.books[0], span.as_of[0]),
            new: witness::stamp(self.books[1], span.as_of[1]),
            compared,
            contradict_old: contradict(&old, &new, &said[0]),
            contradict_new: contradict(&new, &old, &said[1]),
            affected,
            share: affected / compared.max(1.0),
            changes: found.iter().map(|(_, moved)| moved.clone()).collect(),
        };
        (counted, found)
    }

    /// The answer sets that a cycle takes, all of whose plans lie ahead.
    fn said(&self, side: usize, as_of: AsOf) -> Bdd {
        let space = &self.spaces[side];
        let says = |answer: Answer| match answer {
            Answer::Skipped => false,
            Answer::Planned(plan) => plan.last >= as_of.day,
            _ => true,
        };
        let each = (0..self.books[side].questions.len()).map(|asked| space.where_answer(QuestionIx::nth(asked), says));
        each.fold(space.everything(), |all, set| space.and(&all, &set))
    }

    fn named(&self, cell: &Looked, outcomes: [Outcome; 2]) -> [VerdictOut; 2] {
        SIDES.map(|side| {
            let kind = match outcomes[side] {
                Outcome::Closed(kind) => {
                    Some(self.books[side][cell.cells[side]].kinds[usize::from(kind)].id.to_string())
                }
                Outcome::Unmet => Some("requirement".to_owned()),
                _ => None,
            };
            VerdictOut { verdict: outcome_name(outcomes[side]), kind }
        })
    }

    /// Few answers that force both verdicts: one question after the other is left open, in several orders, as long as
    /// somebody's other answers still force them. The engine must agree.
    fn example(&self, cell: &Looked, span: &Together, outcomes: [Outcome; 2]) -> Result<Example, String> {
        let forward = cell.questions.clone();
        let backward: Vec<usize> = forward.iter().rev().copied().collect();
        let mut widest = forward.clone();
        widest.sort_by_key(|place| std::cmp::Reverse(self.joint.questions[*place].classes.len()));
        let found = [forward, backward, widest].map(|order| self.forced(cell, span, outcomes, &order));
        let found = found.into_iter().flatten().filter(|profile| self.differs(cell, span, outcomes, profile));
        let Some(mut profile) = found.min_by_key(Vec::len) else {
            let id = &self.books[0][cell.cells[0]].id;
            return Err(format!("{id}: engine and diagrams disagree; `rulebook prove` finds where"));
        };
        // The engine may need fewer: what is over is said before everything is known that closes the cell.
        for place in (0..profile.len()).rev() {
            let mut fewer = profile.clone();
            fewer.remove(place);
            if self.differs(cell, span, outcomes, &fewer) {
                profile = fewer;
            }
        }
        profile.sort_unstable();
        let [old, new] = SIDES.map(|side| Asked {
            as_of: witness::stamp(self.books[side], span.as_of[side]),
            answers: witness::answers_file(self.books[side], &self.answers(side, &profile)),
        });
        let id = |side: usize, place: usize| Some(&*self.books[side][self.joint.questions[place].asked[side]?].id);
        let ids: BTreeSet<&str> =
            profile.iter().flat_map(|(place, _)| SIDES.map(|side| id(side, *place))).flatten().collect();
        Ok(Example { questions: ids.len(), old, new })
    }

    /// Answers that force both verdicts, to those questions that cannot be left open in this order.
    fn forced(&self, cell: &Looked, span: &Together, outcomes: [Outcome; 2], order: &[usize]) -> Option<Profile> {
        let space = &self.spaces[0];
        let possible = self.possible(span);
        let all = self.outcomes(cell, span);
        let other = SIDES.map(|side| {
            let set = all[side].iter().find(|(outcome, _)| *outcome == outcomes[side]).map(|(_, set)| set);
            set.map_or_else(|| possible[side].clone(), |set| space.and_not(&possible[side], set))
        });
        let open = |sets: &[Bdd; 3], places: &[usize]| sets.each_ref().map(|set| self.codes.forget(set, places));
        let [old, new] = possible;
        let mut sets = open(&[old, new, space.or(&other[0], &other[1])], &cell.others);
        let forces = |[old, new, other]: &[Bdd; 3]| space.and_not(&space.and(old, new), other);
        let mut kept = Vec::new();
        for place in order {
            let wider = open(&sets, &[*place]);
            if forces(&wider).is_false() {
                kept.push(*place);
            } else {
                sets = wider;
            }
        }
        self.codes.member(&forces(&sets), &kept)
    }

    /// Whether the engine gives these outcomes to these answers.
    fn differs(&self, cell: &Looked, span: &Together, outcomes: [Outcome; 2], profile: &Profile) -> bool {
        SIDES.into_iter().all(|side| {
            let facts = Facts::new(self.books[side], &self.answers(side, profile), span.as_of[side]);
            facts.verdict(cell.cells[side]) == Verdict::Decided(outcomes[side])
        })
    }

    fn answers(&self, side: usize, profile: &Profile) -> Answers {
        let mut answers = Answers::none(self.books[side]);
        for &(place, class) in profile {
            let question = &self.joint.questions[place];
            let class: Class = question.classes[class];
            if let (Some(asked), Some(answer)) = (question.asked[side], class[side]) {
                // Classes are answers of their own question, which it takes.
                let _ = answers.set(self.books[side], asked, answer);
            }
        }
        answers
    }
}

#[allow(clippy::cast_precision_loss, reason = "an order of magnitude is all that is wanted")]
fn as_f64(count: usize) -> f64 {
    count as f64
}
