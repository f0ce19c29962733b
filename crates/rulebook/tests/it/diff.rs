//! The comparison of two cycles: what it says changed, and its counts against trying everybody.

use crate::people::questions;
use crate::{books, compiled, root};
use expect_test::expect;
use rulebook::diff::{Asked, Diff, VerdictOut, diff};
use rulebook::{compile, evaluate};
use rules::facts::Facts;
use rules::rulebook::{
    Basis, Body, Cell, CellIx, Choice, Condition, Constraint, Question, QuestionIx, QuestionKind, Relation, Rule,
    RuleIx, Rulebook,
};
use rules::verdict::{Outcome, Verdict};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

fn toy() -> Rulebook {
    compiled("tests/rulebooks_bad/base", "2031")
}

fn changed(change: impl Fn(&mut Rulebook)) -> Rulebook {
    let mut book = toy();
    change(&mut book);
    compile::refresh(&mut book);
    book
}

fn compare(old: &Rulebook, new: &Rulebook) -> Diff {
    diff(old, new).expect("both cycles are named by a year")
}

fn question(book: &Rulebook, id: &str) -> QuestionIx {
    book.question(id).expect("the question is there")
}

fn rule<'b>(book: &'b mut Rulebook, id: &str) -> &'b mut Rule {
    book.rules.iter_mut().find(|rule| &*rule.id == id).expect("the rule is there")
}

/// Takes a requirement out of the picnic.
fn without(cell: &mut Cell, rules: &[Rule], id: &str) {
    cell.requires.retain(|rule| &*rules[rule.index()].id != id);
}

fn without_calm(book: &mut Rulebook) {
    without(&mut book.cells[0], &book.rules, "calm");
}

/// The pass must be valid on the day after, too.
fn longer_pass(book: &mut Rulebook) {
    if let Body::Plain(Condition::Compare(_, relation, _), _) = &mut rule(book, "pass-valid").body {
        *relation = Relation::After;
    }
}

fn sure_pass(book: &mut Rulebook) {
    if let Body::Plain(_, grounds) = &mut rule(book, "pass-valid").body {
        grounds.basis = Basis::Stated;
    }
}

fn with_snow(book: &mut Rulebook) {
    let weather = question(book, "weather");
    if let QuestionKind::Choice(choices) = &mut book.questions[weather.index()].kind {
        // In front, so that the other choices stand at other places.
        choices.iter_mut().for_each(|choice| choice.may_become <<= 1);
        choices.insert(0, Choice { id: "snowy".into(), text: "Snowy".into(), ..Choice::default() });
    }
    let shift = |condition: &mut Condition| {
        if let Condition::Is(of, set) = condition
            && *of == weather
        {
            *set <<= 1;
        }
    };
    if let Body::Plain(condition, _) = &mut rule(book, "dry").body {
        shift(condition);
    }
    book.questions.iter_mut().filter_map(|question| question.relevant_when.as_mut()).for_each(shift);
}

/// Another question, before all others, and a rule that asks it.
fn with_blanket(book: &mut Rulebook) {
    let rest = book.questions.clone();
    let blanket = Question {
        id: "blanket".into(),
        short: "Blanket".into(),
        kind: QuestionKind::YesNo,
        relevant_when: None,
        ..rest[3].clone()
    };
    book.questions.push(blanket);
    let asked = QuestionIx::nth(rest.len());
    let body = Body::Plain(Condition::Is(asked, 1), rule(book, "calm").bodies().next().expect("a body").1.clone());
    let blanket = Rule { id: "blanket-there".into(), title: "Blanket".into(), body, ..book.rules[0].clone() };
    book.rules.push(blanket);
    book.cells[0].requires.push(RuleIx::nth(book.rules.len() - 1));
}

/// Who has a basket brings a guest.
fn with_constraint(book: &mut Rulebook) {
    let (guests, basket) = (question(book, "guests"), question(book, "basket"));
    let holds_when = Condition::Any(vec![Condition::Is(guests, 0b011), Condition::Is(basket, 0b10)]);
    book.constraints.push(Constraint {
        id: "basket-for-guests".into(),
        holds_when,
        text: "A basket is for guests.".into(),
    });
}

/// The permit is asked for as a yes or no.
fn with_plain_permit(book: &mut Rulebook) {
    let permit = question(book, "permit");
    book.questions[permit.index()].kind = QuestionKind::YesNo;
    if let Body::Plain(condition, _) = &mut rule(book, "permit-held").body {
        *condition = Condition::Is(permit, 1);
    }
}

/// The permit falls due only after the picnic was planned: a plan for the day after its due date is too late.
fn with_late_permit(book: &mut Rulebook) {
    rule(book, "permit-held").due_after_applying = true;
}

fn later_day(book: &mut Rulebook) {
    let day = book.moments.iter_mut().find(|moment| &*moment.id == "picnic-day").expect("the day is there");
    let when = day.when.as_mut().expect("it is published");
    when.day = when.day.plus(1);
    when.instant += 86_400;
    when.over += 86_400;
}

/// For one question the answers of everybody, as lines of an answers file: in the old cycle and in the new one. A line
/// with a dash is one that the cycle does not take.
type Everybody = Vec<Vec<[&'static str; 2]>>;

fn everybody() -> Everybody {
    let same = |lines: &[&'static str]| lines.iter().map(|line| [*line; 2]).collect();
    vec![
        same(&["weather = 'sunny'", "weather = 'cloudy'", "weather = 'rainy'"]),
        same(&["wind = 40", "wind = 41"]),
        same(&["guests = ['family']", "guests = ['friends']", "guests = ['family', 'friends']", "guests = ['nobody']"]),
        same(&["basket = true", "basket = false"]),
        same(&[
            "permit = 'done'",
            "permit = 'not-yet'",
            "permit = 'never'",
            "permit = { planned = '2031-05-30' }",
            "permit = { planned = '2031-05-31' }",
        ]),
        same(&["pass-until = '2031-06-13'", "pass-until = '2031-06-14'"]),
    ]
}

fn three_passes() -> Everybody {
    let mut all = everybody();
    all[5].push(["pass-until = '2031-06-15'"; 2]);
    all
}

fn and_snow() -> Everybody {
    let mut all = everybody();
    all[0].push(["-", "weather = 'snowy'"]);
    all
}

fn and_blanket() -> Everybody {
    let mut all = everybody();
    all.push(vec![["", "blanket = true"], ["", "blanket = false"]]);
    all
}

fn two_permits() -> Everybody {
    let mut all = everybody();
    all[4].iter_mut().for_each(|lines| lines[1] = "");
    all.push(vec![["", "permit = true"], ["", "permit = false"]]);
    all
}

struct Case {
    name: &'static str,
    change: fn(&mut Rulebook),
    everybody: fn() -> Everybody,
    /// Worked out by hand: how many are affected on the first day and whom the comparison leaves out.
    affected: usize,
    only_old: usize,
    only_new: usize,
}

const fn case(name: &'static str, change: fn(&mut Rulebook), everybody: fn() -> Everybody, affected: usize) -> Case {
    Case { name, change, everybody, affected, only_old: 0, only_new: 0 }
}

fn cases() -> Vec<Case> {
    vec![
        // Of the five answers about the permit, all but "never" leave it possible: it is there, still to come, or planned for
        // its last day, or for the day after, and can then come earlier.
        // Too much wind: not rainy (2), 4 kinds of guests, 2 baskets, the permit still possible (4), 2 passes.
        case("a requirement dropped", without_calm, everybody, 128),
        // A pass until the day itself: not rainy (2), little wind, 4 kinds of guests, a basket, the permit possible (4).
        case("a comparison shifted", longer_pass, three_passes, 32),
        // A pass that is too short: not rainy (2), little wind, 4 kinds of guests, 2 baskets, the permit possible (4).
        case("a basis flipped", sure_pass, everybody, 64),
        // Two winds, 4 kinds of guests, 2 baskets, 5 permits, 2 passes in the snow, which only the new one knows.
        Case { only_new: 160, ..case("a choice added", with_snow, and_snow, 0) },
        // No blanket, of those above who are not closed otherwise, with either pass.
        case("a question added", with_blanket, and_blanket, 128),
        case("a constraint added", with_constraint, everybody, 0),
        // Not rainy (2), little wind, 4 kinds of guests, 2 baskets, 2 passes: possible (4) in the old one and not in the
        // new one, 128; never in the old one and there in the new one, 32. With a basket and a valid pass (2 × 4), what is
        // still to come in the old one (3) becomes open where it is sunny, 12; and it is not yet in both where it is cloudy.
        case("a question asked in another form", with_plain_permit, two_permits, 172),
        // Sunny, little wind, 4 kinds of guests, a basket, a valid pass, the permit not yet or planned for its last day: now
        // counted in advance.
        case("due after applying", with_late_permit, everybody, 8),
        // The pass until the 14th is too short for the 15th: 2 × 4 × 4 as above.
        case("a date moved", later_day, three_passes, 32),
    ]
}

fn name(book: &Rulebook, verdict: Verdict) -> String {
    match verdict {
        Verdict::NeedsAnswers => "needs answers".to_owned(),
        Verdict::Decided(Outcome::Open) => "open".to_owned(),
        Verdict::Decided(Outcome::NotYet) => "not-yet".to_owned(),
        Verdict::Decided(Outcome::Ask) => "ask".to_owned(),
        Verdict::Decided(Outcome::Unmet) => "closed requirement".to_owned(),
        Verdict::Decided(Outcome::Closed(kind)) => format!("closed {}", book.cells[0].kinds[usize::from(kind)].id),
    }
}

fn said(verdict: &VerdictOut) -> String {
    let name = serde_json::to_value(&verdict.verdict).expect("a name");
    let kind = verdict.kind.iter().map(|kind| format!(" {kind}"));
    name.as_str().expect("a text").to_owned() + &kind.collect::<String>()
}

/// The engine's facts of somebody, from an answers file.
fn facts<'b>(book: &'b Rulebook, as_of: &str, answers: &str) -> Facts<'b> {
    let as_of = evaluate::as_of(book, as_of).expect("a day");
    let answers = evaluate::answers(book, answers).unwrap_or_else(|wrong| panic!("{wrong:?}"));
    Facts::new(book, &answers, as_of)
}

/// Everybody's answers in both cycles; none where a cycle does not take them.
fn profiles(everybody: &Everybody) -> Vec<[Option<String>; 2]> {
    let mut all = vec![[Some(String::new()), Some(String::new())]];
    for question in everybody {
        let more = |answers: &[Option<String>; 2]| -> Vec<[Option<String>; 2]> {
            let each = question.iter().map(|lines| {
                [0, 1].map(|side| {
                    let before = answers[side].as_ref().filter(|_| lines[side] != "-");
                    before.map(|before| format!("{before}{}\n", lines[side]))
                })
            });
            each.collect()
        };
        all = all.iter().flat_map(more).collect();
    }
    all
}

#[allow(clippy::cast_precision_loss, reason = "the toy has few people")]
fn as_f64(count: usize) -> f64 {
    count as f64
}

#[test]
#[allow(clippy::float_cmp, reason = "few people are counted exactly")]
fn the_counts_are_those_of_trying_everybody() {
    for Case { name: case, change, everybody, affected, only_old, only_new } in cases() {
        let books = [toy(), changed(change)];
        let all = profiles(&everybody());
        let found = compare(&books[0], &books[1]);
        let [cell] = &found.affected.cells[..] else { panic!("{case}: one cell") };
        let taken: Vec<[&String; 2]> =
            all.iter().filter_map(|[old, new]| Some([old.as_ref()?, new.as_ref()?])).collect();
        assert_eq!(cell.profiles, as_f64(taken.len()), "{case}");
        assert_eq!([cell.only_old, cell.only_new], [only_old, only_new].map(as_f64), "{case}");
        assert_eq!(cell.spans[0].affected, as_f64(affected), "{case}, worked out by hand");
        for span in &cell.spans {
            let mut counted: BTreeMap<[String; 2], usize> = BTreeMap::new();
            let mut contradict = [0, 0];
            let mut compared = 0;
            for answers in &taken {
                let facts = [facts(&books[0], &span.old, answers[0]), facts(&books[1], &span.new, answers[1])];
                // A plan for a day behind is not an answer.
                let complete = |facts: &Facts<'_>| questions(facts.rulebook).all(|asked| facts.value(asked).is_some());
                if !facts.iter().all(complete) {
                    continue;
                }
                match [facts[0].is_admissible(), facts[1].is_admissible()] {
                    [true, true] => compared += 1,
                    [false, true] => contradict[0] += 1,
                    [true, false] => contradict[1] += 1,
                    [false, false] => {}
                }
                let verdicts = [0, 1].map(|side| facts[side].verdict(CellIx(0)));
                let names = [name(&books[0], verdicts[0]), name(&books[1], verdicts[1])];
                if !verdicts.contains(&Verdict::NeedsAnswers) && names[0] != names[1] {
                    *counted.entry(names).or_default() += 1;
                }
            }
            let diagrams: BTreeMap<[String; 2], usize> = span
                .changes
                .iter()
                .map(|moved| {
                    ([said(&moved.from), said(&moved.to)], format!("{}", moved.profiles).parse().expect("whole"))
                })
                .collect();
            assert_eq!(diagrams, counted, "{case}, {}", span.old);
            assert_eq!(span.compared, as_f64(compared), "{case}, {}", span.old);
            assert_eq!([span.contradict_old, span.contradict_new], contradict.map(as_f64), "{case}, {}", span.old);
        }
    }
}

#[test]
fn a_rulebook_does_not_differ_from_itself() {
    for book in books() {
        let found = compare(&book, &book);
        assert!(found.changes.is_empty(), "{}", found.text());
        assert_eq!(found.affected.cells.len(), book.cells.len());
        assert!(found.affected.days.compared > 1 && found.affected.not_compared.is_none());
        for cell in &found.affected.cells {
            assert!(cell.changes.is_empty() && cell.spans.iter().all(|span| span.compared > 0.0), "{}", found.text());
        }
    }
}

/// Both verdicts come about, and without any one of the answers they do not.
fn check_examples(books: [&Rulebook; 2], found: &Diff) -> usize {
    let mut count = 0;
    for cell in &found.affected.cells {
        for change in &cell.changes {
            let cells = books.map(|book| book.cell(&cell.cell).expect("both have the cell"));
            let kinds = |side: usize, verdict: Verdict| match verdict {
                Verdict::Decided(Outcome::Closed(kind)) => {
                    format!("closed {}", books[side][cells[side]].kinds[usize::from(kind)].id)
                }
                verdict => name(books[side], verdict),
            };
            let verdict = |side: usize, asked: &Asked, without: Option<&str>| {
                let kept =
                    asked.answers.lines().filter(|line| without.is_none_or(|id| line.split(" = ").next() != Some(id)));
                let kept: Vec<&str> = kept.collect();
                kinds(side, facts(books[side], &asked.as_of, &kept.join("\n")).verdict(cells[side]))
            };
            let both = |without| [verdict(0, &change.example.old, without), verdict(1, &change.example.new, without)];
            let expected = [said(&change.from), said(&change.to)];
            assert_ne!(expected[0], expected[1]);
            assert_eq!(both(None), expected, "{}", cell.cell);
            let lines = change.example.old.answers.lines().chain(change.example.new.answers.lines());
            let mut ids: Vec<&str> = lines.filter_map(|line| line.split(" = ").next()).collect();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), change.example.questions);
            for id in ids {
                assert_ne!(both(Some(id)), expected, "{}: {id} is not needed", cell.cell);
            }
            count += 1;
        }
    }
    count
}

/// Who loses in the one direction wins in the other.
fn check_mirror(there: &Diff, back: &Diff) {
    let near = |a: f64, b: f64| assert!((a - b).abs() <= 1e-9 * a.abs().max(b.abs()), "{a} and {b}");
    assert_eq!(there.years, -back.years);
    assert_eq!(there.affected.days.compared, back.affected.days.compared);
    assert_eq!(there.affected.days.only_old, back.affected.days.only_new);
    for cell in &there.affected.cells {
        let other = back.affected.cells.iter().find(|other| other.cell == cell.cell).expect("both have the cell");
        near(cell.profiles, other.profiles);
        near(cell.only_old, other.only_new);
        near(cell.only_new, other.only_old);
        for (span, other) in cell.spans.iter().zip(&other.spans) {
            assert_eq!([&span.old, &span.new], [&other.new, &other.old]);
            near(span.compared, other.compared);
            near(span.contradict_old, other.contradict_new);
            assert_eq!(span.changes.len(), other.changes.len());
            for moved in &span.changes {
                let back = other.changes.iter().find(|back| back.from == moved.to && back.to == moved.from);
                near(moved.profiles, back.expect("the change is mirrored").profiles);
            }
        }
    }
}

#[test]
fn examples_differ_need_every_answer_and_are_mirrored() {
    for Case { name, change, .. } in cases() {
        let books = [toy(), changed(change)];
        let (there, back) = (compare(&books[0], &books[1]), compare(&books[1], &books[0]));
        let count = check_examples([&books[0], &books[1]], &there) + check_examples([&books[1], &books[0]], &back);
        assert!(count > 0 || there.affected.cells[0].changes.is_empty(), "{name}");
        check_mirror(&there, &back);
    }
}

#[test]
fn the_real_cycles_differ_by_examples_that_can_be_tried() {
    let books = [compiled("rulebooks", "2022"), compiled("rulebooks", "2027")];
    let (there, back) = (compare(&books[0], &books[1]), compare(&books[1], &books[0]));
    assert_eq!(there.years, 5);
    assert_eq!(there.affected.not_compared, None);
    assert!(check_examples([&books[0], &books[1]], &there) > 20);
    check_mirror(&there, &back);
    // The same wall time of the same day, five years on; Alberta's clocks differ in winter.
    for span in there.affected.cells.iter().flat_map(|cell| &cell.spans) {
        assert_eq!(span.old[4..19], span.new[4..19], "{} {}", span.old, span.new);
    }
}

/// The toy with every year moved on by one, in a folder of its own.
fn a_year_later() -> Rulebook {
    fn copy(from: &Path, to: &Path) {
        fs::create_dir_all(to).expect("a folder");
        for entry in fs::read_dir(from).expect("the toy can be read") {
            let path = entry.expect("the toy can be read").path();
            let name = path.file_name().expect("a name").to_string_lossy().replace("2031", "2032");
            if path.is_dir() {
                copy(&path, &to.join(name));
                continue;
            }
            let text = fs::read_to_string(&path).expect("a file of the toy");
            let lines = text.lines().filter(|line| !line.starts_with("weekday"));
            let later = lines.map(|line| {
                (2029..2034)
                    .rev()
                    .fold(line.to_owned(), |line, year| line.replace(&year.to_string(), &(year + 1).to_string()))
            });
            fs::write(to.join(name), later.collect::<Vec<_>>().join("\n")).expect("a file");
        }
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("a-year-later");
    copy(&root().join("tests/rulebooks_bad/base"), &folder);
    compile::compile(&folder, "2032", "en").unwrap_or_else(|problems| panic!("{problems:?}"))
}

#[test]
fn a_cycle_that_only_moved_to_another_year_is_the_same() {
    let found = compare(&toy(), &a_year_later());
    assert!(found.changes.is_empty(), "{}", found.text());
    assert_eq!(found.years, 1);
    assert!(found.affected.cells.iter().all(|cell| cell.changes.is_empty()), "{}", found.text());
    assert_eq!(found.affected.days.only_old + found.affected.days.only_new, 0);
    assert_eq!(found.affected.days.compared, compare(&toy(), &toy()).affected.days.compared);
}

#[test]
fn days_that_one_cycle_covers_are_left_out_and_counted() {
    let shorter = changed(|book| book.span.1 = book.moments[0].when.as_ref().expect("the first date").instant + 1);
    let found = compare(&toy(), &shorter);
    assert_eq!(found.affected.days.compared, 1, "{}", found.text());
    assert_eq!([found.affected.days.only_old > 0, found.affected.days.only_new > 0], [true, false]);
    let after = changed(|book| book.span = (book.span.1, book.span.1 + 86_400));
    let found = compare(&toy(), &after);
    assert_eq!([found.affected.days.compared, found.affected.days.only_new], [0, 1]);
    assert!(found.text().contains("no day is covered by both"), "{}", found.text());
}

#[test]
fn a_cell_of_one_cycle_is_named_and_a_cycle_without_a_year_refused() {
    let renamed = changed(|book| book.cells[0].id = "park/supper".into());
    let found = compare(&toy(), &renamed);
    assert_eq!([&found.affected.only_old[..], &found.affected.only_new[..]], [["park/picnic"], ["park/supper"]]);
    assert!(found.affected.cells.is_empty());
    let unnamed = changed(|book| book.cycle = "base".into());
    assert!(diff(&toy(), &unnamed).is_err_and(|why| why.contains("\"base\"")));
}

#[test]
fn a_space_too_big_is_said_and_the_changes_too() {
    let widest = toy().questions[5].clone();
    let big = changed(|book| {
        for number in 0..4_000 {
            let id = format!("more-{number}").as_str().into();
            book.questions.push(Question { id, ..widest.clone() });
        }
    });
    let found = compare(&toy(), &big);
    let why = found.affected.not_compared.as_ref().expect("it is too big");
    for part in ["too big", "4006 questions", "Boolean variables", "guests (4)"] {
        assert!(why.contains(part), "{part:?} is not in: {why}");
    }
    assert!(found.changes.len() >= 4_000 && found.text().contains(why.as_str()));
}

#[test]
fn what_changed_is_said_in_the_rulebooks_words() {
    let busy = changed(|book| {
        without_calm(book);
        longer_pass(book);
        sure_pass(book);
        with_snow(book);
        with_constraint(book);
        later_day(book);
        let [guests, basket] = ["guests", "basket"].map(|id| question(book, id));
        if let Body::Readings(_, bodies) = &mut rule(book, "food").body {
            // A guest who is family is not enough any more; the readings stand in the order of their ids.
            bodies[0].0 = Condition::Any(vec![Condition::Is(basket, 1), Condition::Is(guests, 0b10)]);
        }
        rule(book, "dry").dues.clear();
        let wind = question(book, "wind");
        if let Body::Plain(condition, _) = &mut rule(book, "picnic-over").body {
            *condition = Condition::Any(vec![condition.clone(), Condition::Between(wind, 100, i64::MAX)]);
        }
        book.documents.clear();
    });
    let text = compare(&toy(), &busy).text();
    let (changes, _) = text.split_once("  who is affected").expect("both parts");
    let changes = changes.replace(&*toy().hash, "hash");
    expect![[r"
        from cycle 2031 (hash) to cycle 2031 (hash)
          questions
            weather (Weather)
              also a choice: “Snowy”
          what must hold between answers
            added: basket-for-guests (A basket is for guests.)
          dates
            picnic-day (The picnic)
              day: 2031-06-14 → 2031-06-15 (1 day later in the cycle)
          rules
            dry (Dry weather)
              no longer due: “The picnic”
            pass-valid (Pass)
              condition: “Pass” is on or after “The picnic” → “Pass” is after “The picnic”
              basis: carried over from 2030 → stated (from weak to strong)
            food (Food)
              read as “A guest may bring it.”: no longer accepted: “Family” for “Guests”
            picnic-over (Over)
              also enough: “Wind” is at least 100
          cells
            park/picnic (Picnic in the park)
              no longer required: “Little wind”
          documents
            removed: permit-letter (Letter with the permit)
    "]]
    .assert_eq(&changes);
}

#[test]
fn people_are_shown_when_they_are_asked_for() {
    let later = changed(later_day);
    let found = compare(&toy(), &later);
    assert!(found.affected.cells.iter().any(|cell| !cell.changes.is_empty()), "{}", found.text());
    assert!(!found.text().contains("--as-of"), "{}", found.text());
    assert!(found.text_with_people().contains("--as-of"), "{}", found.text_with_people());
    let rest = |text: &str| text.lines().filter(|line| !line.starts_with("        ")).count();
    assert_eq!(rest(&found.text()), rest(&found.text_with_people()));
}

#[test]
fn the_event_that_a_document_is_done_with_is_named() {
    let with_event = changed(|book| book.documents[0].done_with = Some(question(book, "permit")));
    for (old, new, says) in
        [(&toy(), &with_event, "also done with: “Permit”"), (&with_event, &toy(), "no longer done with: “Permit”")]
    {
        let text = compare(old, new).text();
        assert!(text.lines().any(|line| line.trim() == says), "{says:?} is not in {text}");
    }
}

/// The clauses of two conditions over a toy's questions that differ, as lines.
#[track_caller]
fn clauses(old: impl Fn(&Rulebook) -> Condition, new: impl Fn(&Rulebook) -> Condition, expected: &[&str]) {
    let with = |make: &dyn Fn(&Rulebook) -> Condition| {
        changed(|book| {
            let condition = make(book);
            if let Body::Plain(known, _) = &mut rule(book, "calm").body {
                *known = condition;
            }
        })
    };
    let text = compare(&with(&old), &with(&new)).text();
    let lines: Vec<&str> = text.lines().skip_while(|line| !line.contains("calm (")).skip(1).collect();
    let lines: Vec<&str> = lines.into_iter().map_while(|line| line.strip_prefix("      ")).collect();
    assert_eq!(lines, expected);
}

#[test]
fn clauses_are_compared_one_by_one() {
    let wind = |book: &Rulebook, most| Condition::Between(question(book, "wind"), i64::MIN, most);
    let basket = |book: &Rulebook, set| Condition::Is(question(book, "basket"), set);
    let permit = |book: &Rulebook| Condition::Done(question(book, "permit"));
    let guests = |book: &Rulebook, set| Condition::Is(question(book, "guests"), set);
    clauses(|book| wind(book, 40), |book| wind(book, 30), &["condition: “Wind” is at most 40 → “Wind” is at most 30"]);
    // Neither the order of parts nor one more bracket is a change.
    clauses(
        |book| Condition::All(vec![wind(book, 40), permit(book)]),
        |book| Condition::All(vec![permit(book), wind(book, 40)]),
        &[],
    );
    clauses(
        |book| wind(book, 40),
        |book| Condition::All(vec![permit(book), wind(book, 40)]),
        &["also needed: “Permit” is done"],
    );
    clauses(
        |book| Condition::Any(vec![wind(book, 40), permit(book), guests(book, 1)]),
        |book| Condition::Any(vec![wind(book, 40), guests(book, 2)]),
        &[
            "no longer accepted: “Family” for “Guests”",
            "also accepted: “Friends” for “Guests”",
            "no longer enough: “Permit” is done",
        ],
    );
    clauses(
        |book| Condition::Any(vec![permit(book), Condition::All(vec![wind(book, 40), basket(book, 1)])]),
        |book| {
            Condition::Any(vec![permit(book), Condition::All(vec![wind(book, 40), basket(book, 1), guests(book, 1)])])
        },
        &["also needed: “Guests” includes “Family”, beside “Wind” is at most 40 and “Basket” is yes"],
    );
    clauses(
        |book| Condition::All(vec![wind(book, 40), basket(book, 1)]),
        |book| Condition::Any(vec![permit(book), Condition::All(vec![wind(book, 40), basket(book, 1)])]),
        &["also enough: “Permit” is done"],
    );
    clauses(
        |book| Condition::All(vec![wind(book, 40), basket(book, 1)]),
        |book| Condition::Any(vec![wind(book, 40), basket(book, 1)]),
        &["condition: “Wind” is at most 40 and “Basket” is yes → “Wind” is at most 40 or “Basket” is yes"],
    );
}
