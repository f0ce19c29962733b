//! `bench COMMAND FOLDER`: the native part of the benchmarks. Tables go to the standard output; the figures that have a
//! goal are added to `FOLDER/goals.md`, and what the others need is written to the folder. `bench once PART COUNT` runs a
//! part once on so many copies, and `bench again PART FOLDER` once on its slowest states, for whoever counts its instructions.

use bench::formulas::{Formulas, Value};
use bench::states::{self, Person};
use bench::synthetic;
use bench::timing::{batch, median, shown};
use bench_parts::{Part, State, code, pack, unpack, verdicts};
use rulebook::prove::witness;
use rules::answers::Answers;
use rules::rulebook::{AsOf, Rulebook};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::hint::black_box;
use std::io::Write;
use std::iter;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

/// The live cycle, and the day for which everything is compared.
const CYCLE: &str = "2027";
const DAY: &str = "2026-11-23T09:00-06:00";
/// States that are looked at closely for each part, out of all.
const CLOSELY: usize = 20;
/// The file that they are kept in, one part after the other.
const SLOW: &str = "slow.bin";
/// How often short runs are repeated to find them.
const SCREENED: usize = 4;
/// How many times as big the rulebooks get.
const SIZES: [usize; 4] = [1, 10, 100, 1000];
/// People whose answers are spread over big rulebooks.
const SPREAD: usize = 5;
/// How often every size has a turn.
const ROUNDS: usize = 9;
/// Nothing is begun that would take longer.
const MOST: Duration = Duration::from_mins(1);
/// Between the smallest and the biggest rulebook instructions and time may grow as size to this power: to the power 1.1
/// means that at × 1000 a copy takes twice as many, or as long, as alone.
const LINEAR: f64 = 1.1;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let done = match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["export", folder] => export(Path::new(folder)),
        ["engine", folder] => engine(Path::new(folder)),
        ["size", folder] => size(Path::new(folder)),
        ["slow", folder] => slow(Path::new(folder)),
        ["once", part, count] => once(part, count),
        ["again", part, folder] => again(part, Path::new(folder)),
        _ => {
            eprintln!("usage: bench export|engine|size|slow FOLDER, bench once PART COUNT, or bench again PART FOLDER");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn live() -> Result<(Rulebook, Vec<Person>), String> {
    let compiled = rulebook::compile::compile(&root().join("rulebooks"), CYCLE, "en");
    let book = compiled.map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
    let people = states::people(&root(), &book)?;
    Ok((book, people))
}

/// Adds a figure beside its goal.
fn goal(folder: &Path, what: &str, value: &str, goal: &str, met: bool) -> Result<(), String> {
    let met = if met { "met" } else { "not met" };
    let file = folder.join("goals.md");
    let mut goals = OpenOptions::new().create(true).append(true).open(&file).map_err(|error| error.to_string())?;
    writeln!(goals, "| {what} | {value} | {goal} | {met} |").map_err(|error| error.to_string())
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), String> {
    fs::write(folder.join(name), bytes).map_err(|error| format!("{name}: {error}"))
}

/// Complete answers with the verdicts that everybody must give.
#[derive(Serialize)]
struct Input<'a> {
    name: &'a str,
    values: Vec<Value>,
    verdicts: Vec<u8>,
}

#[derive(Serialize)]
struct Exported<'a> {
    #[serde(flatten)]
    formulas: &'a Formulas,
    inputs: Vec<Input<'a>>,
}

/// Writes the formulas and the inputs for everybody who is compared, once the engine and the formulas agree on them.
fn export(folder: &Path) -> Result<bool, String> {
    let (book, people) = live()?;
    let as_of = rulebook::evaluate::as_of(&book, DAY)?;
    let formulas = Formulas::new(&book, as_of);
    let states = states::complete(&book, &people, as_of);
    let mut inputs = Vec::new();
    let mut seen: BTreeMap<(usize, u8), usize> = BTreeMap::new();
    for state in &states {
        let (answers, as_of) = state.given(&book);
        let values = formulas.values(&book, &state.answers).ok_or("an input is not complete")?;
        let ours: Vec<u8> = verdicts(&book, &answers, as_of).1.into_iter().map(code).collect();
        let theirs = formulas.verdicts(&values);
        if ours != theirs {
            return Err(format!("{}: {ours:?} for the engine, {theirs:?} for the formulas", state.name));
        }
        ours.iter().enumerate().for_each(|(cell, verdict)| *seen.entry((cell, *verdict)).or_default() += 1);
        inputs.push(Input { name: &state.name, values, verdicts: ours });
    }
    println!(
        "{} complete inputs on {DAY}; engine and formulas agree on all. {} formulas stand for the {} rules of {CYCLE}.",
        inputs.len(),
        formulas.nodes.len(),
        book.rules.len()
    );
    for (cell, list) in formulas.cells.iter().enumerate() {
        let met = seen
            .range((cell, 0)..(cell + 1, 0))
            .map(|((_, verdict), count)| format!("{} {count}", name(&book, cell, *verdict)));
        println!("- {}: {}", list.cell, met.collect::<Vec<_>>().join(", "));
    }
    let json = serde_json::to_vec(&Exported { formulas: &formulas, inputs }).map_err(|error| error.to_string())?;
    write(folder, "formulas.json", &json)?;
    write(folder, "inputs.bin", &pack(&book, &states))?;
    Ok(true)
}

fn name(book: &Rulebook, cell: usize, verdict: u8) -> String {
    match verdict {
        1 => "open".to_owned(),
        2 => "not yet".to_owned(),
        3 => "ask".to_owned(),
        4 => "closed by a requirement".to_owned(),
        kind => format!("closed, {}", book.cells[cell].kinds[usize::from(kind) - 5].id),
    }
}

/// A state that is slow in some part, for the browser.
#[derive(Serialize)]
struct Slow<'a> {
    part: usize,
    words: &'static str,
    /// Positions in the file of states.
    states: Vec<usize>,
    names: Vec<&'a str>,
    /// Nanoseconds natively, in the same order.
    native: Vec<f64>,
}

/// Times every part on every state, and the slowest ones closely.
fn engine(folder: &Path) -> Result<bool, String> {
    let (book, people) = live()?;
    let states = states::on_the_way(&book, &people);
    let given: Vec<_> = states.iter().map(|state| state.given(&book)).collect();
    println!("{} states of {CYCLE}: {} people, and on their way there\n", states.len(), people.len());
    println!("| native | median of all | worst | worst state |\n|---|---|---|---|");
    let mut slow = Vec::new();
    let mut kept: Vec<&State> = Vec::new();
    for (number, part) in Part::ALL.into_iter().enumerate() {
        let once = |(answers, as_of): &(_, AsOf)| {
            let start = Instant::now();
            part.run(&book, answers, *as_of);
            start.elapsed()
        };
        // The best of some runs, as the first one finds the caches cold, and what else the machine does may disturb any. With
        // fewer the slowest states were not among those looked at closely.
        let screened = |given: &(_, AsOf)| {
            let first = once(given);
            let more = if first < Duration::from_millis(1) { SCREENED } else { SCREENED / 2 };
            (0..more).map(|_| once(given)).fold(first, Duration::min)
        };
        let times: Vec<f64> = given.iter().map(|given| nanoseconds(screened(given))).collect();
        let mut order: Vec<usize> = (0..states.len()).collect();
        order.sort_by(|a, b| times[*b].total_cmp(&times[*a]));
        order.truncate(CLOSELY);
        // They take turns, so that what else the machine does falls on all of them.
        let mut closely = vec![Vec::new(); order.len()];
        for _ in 0..15 {
            for (state, times) in order.iter().zip(&mut closely) {
                let (answers, as_of) = &given[*state];
                times.push(batch(Duration::from_millis(2), || part.run(&book, answers, *as_of)));
            }
        }
        let mut closely: Vec<(f64, usize)> = closely.into_iter().map(median).zip(order).collect();
        closely.sort_by(|a, b| b.0.total_cmp(&a.0));
        let (worst, state) = closely[0];
        println!("| {} | {} | {} | {} |", part.words(), shown(median(times)), shown(worst), states[state].name);
        let (answers, as_of) = &given[state];
        let file = witness::answers_file(&book, answers);
        let file = format!("# --cycle {CYCLE} --as-of {}\n{file}", witness::stamp(&book, *as_of));
        write(folder, &format!("worst-{number}.toml"), file.as_bytes())?;
        let first = kept.len();
        kept.extend(closely.iter().map(|(_, state)| &states[*state]));
        slow.push(Slow {
            part: number,
            words: part.words(),
            states: (first..kept.len()).collect(),
            names: closely.iter().map(|(_, state)| states[*state].name.as_str()).collect(),
            native: closely.iter().map(|(time, _)| *time).collect(),
        });
        let limit = match part {
            Part::Steps => Some(Duration::from_micros(200)),
            Part::WhatIf => Some(Duration::from_millis(20)),
            _ => None,
        };
        if let Some(limit) = limit.map(nanoseconds) {
            let what = format!("{}, worst state, native", part.words());
            goal(folder, &what, &shown(worst), &format!("≤ {}", shown(limit)), worst <= limit)?;
        }
    }
    println!(
        "\nThe answers of the worst states, as `rulebook evaluate` takes them: {}/worst-*.toml\n",
        folder.display()
    );
    let kept: Vec<State> = kept.into_iter().cloned().collect();
    write(folder, SLOW, &pack(&book, &kept))?;
    write(folder, "slow.json", &serde_json::to_vec(&slow).map_err(|error| error.to_string())?)?;
    Ok(true)
}

#[allow(clippy::cast_precision_loss, reason = "a time of days would lose nanoseconds")]
fn nanoseconds(time: Duration) -> f64 {
    time.as_nanos() as f64
}

/// Runs a part on so many copies, once for each of the people of [`size`].
fn once(part: &str, count: &str) -> Result<bool, String> {
    let part = named(part)?;
    let count = count.parse().map_err(|_| format!("{count:?} is no number of copies"))?;
    let (book, people) = live()?;
    let big = synthetic::copies(&book, count)?;
    for state in spread_people(&book, &people) {
        let (answers, as_of) = synthetic::spread(&book, &state, count).given(&big);
        // What follows from the rulebook alone is worked out here, and counted for nobody.
        verdicts(&big, &answers, as_of);
        part.run(&big, &answers, as_of);
    }
    Ok(true)
}

/// Runs a part once on each of the states that were its slowest when [`engine`] looked.
fn again(part: &str, folder: &Path) -> Result<bool, String> {
    let part = named(part)?;
    let (book, given) = slowest(folder)?;
    for (answers, as_of) in &given[part as usize] {
        // What follows from the rulebook alone is worked out here, and counted for nobody.
        verdicts(&book, answers, *as_of);
        part.run(&book, answers, *as_of);
    }
    Ok(true)
}

/// Instructions and times of every part on the states that were its slowest when [`engine`] looked: what a change to the
/// engine does to them, in seconds.
#[allow(clippy::cast_precision_loss, reason = "there are few states")]
fn slow(folder: &Path) -> Result<bool, String> {
    let (book, given) = slowest(folder)?;
    println!("| the slowest states | instructions, mean | median | worst |\n|---|---|---|---|");
    for (part, given) in Part::ALL.into_iter().zip(&given) {
        let count = instructions(&["again", &name_of(part), &folder.to_string_lossy()])? / given.len() as f64;
        let once = |(answers, as_of): &(_, AsOf)| batch(Duration::from_millis(2), || part.run(&book, answers, *as_of));
        let best = |given: &(_, AsOf)| (0..ROUNDS).map(|_| once(given)).fold(f64::INFINITY, f64::min);
        let times: Vec<f64> = given.iter().map(best).collect();
        let worst = times.iter().copied().fold(0.0, f64::max);
        println!("| {} | {count:.0} | {} | {} |", part.words(), shown(median(times)), shown(worst));
    }
    Ok(true)
}

type Given = (Answers, AsOf);

/// The states that were the slowest ones for each part.
fn slowest(folder: &Path) -> Result<(Rulebook, Vec<Vec<Given>>), String> {
    let bytes = fs::read(folder.join(SLOW)).map_err(|error| format!("{SLOW}: {error}"))?;
    let (book, states) = unpack(&bytes).ok_or_else(|| format!("{SLOW} has no states"))?;
    let given = states.chunks(CLOSELY).map(|states| states.iter().map(|state| state.given(&book)).collect());
    let given: Vec<_> = given.collect();
    Ok((book, given))
}

fn name_of(part: Part) -> String {
    format!("{part:?}").to_lowercase()
}

fn named(name: &str) -> Result<Part, String> {
    Part::ALL.into_iter().find(|part| name_of(*part) == name).ok_or_else(|| format!("{name:?} is no part"))
}

/// The instructions that parts take when this program is told to run some, counted by valgrind.
fn instructions(told: &[&str]) -> Result<f64, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let count_calls = ["--tool=callgrind", "--callgrind-out-file=/dev/null", "--toggle-collect=*Part*run*"];
    let mut valgrind = Command::new("valgrind");
    let valgrind = valgrind.args(count_calls).arg(program).args(told);
    let done = valgrind.output().map_err(|error| format!("valgrind: {error}"))?;
    let said = String::from_utf8_lossy(&done.stderr);
    let collected = said.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse::<f64>().ok());
    let collected = collected.filter(|collected| done.status.success() && *collected > 0.0);
    collected.ok_or_else(|| format!("valgrind counted nothing: {said}"))
}

/// A few people of all kinds.
fn spread_people(book: &Rulebook, people: &[Person]) -> Vec<State> {
    let step = (people.len() / SPREAD).max(1);
    let some = people.iter().step_by(step).take(SPREAD);
    some.map(|person| State::new(person.name.clone(), book, &person.answers, person.as_of)).collect()
}

/// Times rulebooks of several sizes and counts their instructions, and tells whether these grow with size alone. Times hang
/// on the machine, as on what fits its caches: they have the same limit, but decide nothing.
#[allow(clippy::cast_precision_loss, reason = "sizes are small numbers")]
fn size(folder: &Path) -> Result<bool, String> {
    let (book, people) = live()?;
    let states = spread_people(&book, &people);
    let parts = [Part::Verdicts, Part::Next, Part::Steps, Part::Report];
    println!(
        "Copies of {CYCLE} side by side ({} questions, {} rules, {} cells each), all answered like {} people: time per copy\n",
        book.questions.len(),
        book.rules.len(),
        book.cells.len(),
        states.len()
    );
    let mut given = Vec::new();
    for count in SIZES {
        let big = synthetic::copies(&book, count)?;
        let people: Vec<_> = states.iter().map(|state| synthetic::spread(&book, state, count).given(&big)).collect();
        for (state, (answers, as_of)) in states.iter().zip(&people) {
            let (alone, as_of_alone) = state.given(&book);
            let alone = verdicts(&book, &alone, as_of_alone).1;
            if verdicts(&big, answers, *as_of).1.chunks(alone.len()).any(|copy| copy != alone) {
                return Err(format!("{}: another verdict in one of {count} copies", state.name));
            }
        }
        given.push((big, people));
    }
    // Every size has a turn in each round, so that what else the machine does falls on all of them.
    let mut cold: Vec<Vec<f64>> = vec![Vec::new(); SIZES.len()];
    let mut rounds: Vec<Vec<Vec<f64>>> = vec![vec![Vec::new(); SIZES.len()]; parts.len()];
    for _ in 0..ROUNDS {
        for (size, (big, people)) in given.iter().enumerate() {
            let first = |(answers, as_of): &(_, AsOf)| with_cold_caches(|| Part::Verdicts.run(big, answers, *as_of));
            cold[size].push(median(people.iter().map(first).collect()));
            for (part, times) in parts.iter().zip(&mut rounds) {
                let last = |size: usize| times.get(size).and_then(|times| times.last()).copied();
                let expected = match (size.checked_sub(1).map(last), size.checked_sub(2).and_then(last)) {
                    (None, _) => 0.0,
                    (Some(None), _) => f64::INFINITY,
                    (Some(Some(before)), first) => before * 10.0 * first.map_or(1.0, |first| before / first / 10.0),
                };
                if expected * (people.len() as f64) < nanoseconds(MOST) {
                    let of = |(answers, as_of): &(_, AsOf)| with_warm_caches(|| part.run(big, answers, *as_of));
                    times[size].push(median(people.iter().map(of).collect()));
                }
            }
        }
    }
    let words = parts.map(|part| part.words().to_owned());
    let columns =
        iter::once((format!("{}, caches cold", Part::Verdicts.words()), cold)).chain(words.into_iter().zip(rounds));
    let of = |times: Vec<f64>| (!times.is_empty()).then(|| median(times));
    let columns: Vec<(String, Vec<Option<f64>>)> =
        columns.map(|(words, sizes)| (words, sizes.into_iter().map(of).collect())).collect();
    let mut counted = Vec::new();
    for part in [Part::Verdicts, Part::Steps] {
        let of_one = |count: usize| {
            let all = instructions(&["once", &name_of(part), &count.to_string()])?;
            Ok(all / (count * SPREAD) as f64)
        };
        let counts = SIZES.into_iter().map(of_one).collect::<Result<Vec<f64>, String>>()?;
        counted.push((format!("{}, instructions", part.words()), counts));
    }
    let words = counted.iter().map(|(words, _)| words).chain(columns.iter().map(|(words, _)| words));
    let words: Vec<&str> = words.map(String::as_str).collect();
    println!("| × | {} |\n|---|{}", words.join(" | "), "---|".repeat(words.len()));
    for (size, count) in SIZES.iter().enumerate() {
        let counts = counted.iter().map(|(_, counts)| format!("{:.0}", counts[size]));
        let times = columns.iter().map(|(_, times)| match times[size] {
            Some(time) => shown(time / *count as f64),
            None => format!("more than {} s in all", MOST.as_secs()),
        });
        println!("| {count} | {} |", counts.chain(times).collect::<Vec<_>>().join(" | "));
    }
    println!();
    let growth = (SIZES[SIZES.len() - 1] as f64 / SIZES[0] as f64).ln();
    let mut good = true;
    for (words, counts) in &counted {
        // These are for each copy: what grows as size alone stays the same.
        let power = 1.0 + (counts[SIZES.len() - 1] / counts[0]).ln() / growth;
        good &= power <= LINEAR;
        let value = format!("size to the power {power:.2}");
        goal(folder, &format!("{words}, × 1 to × 1000"), &value, &format!("≤ {LINEAR}"), power <= LINEAR)?;
    }
    for (words, times) in &columns {
        let power = match (times.first(), times.last()) {
            (Some(Some(one)), Some(Some(many))) => Some((many / one).ln() / growth),
            _ => None,
        };
        let met = power.is_some_and(|power| power <= LINEAR);
        let value = power.map_or_else(|| "not measured".to_owned(), |power| format!("size to the power {power:.2}"));
        goal(folder, &format!("{words}, × 1 to × 1000"), &value, &format!("≤ {LINEAR}"), met)?;
    }
    Ok(good)
}

/// The time of one run, after one that does not count. Small rulebooks run hundreds of times in a row and big ones once:
/// without it the caches would be cold for the big ones alone.
fn with_warm_caches(mut run: impl FnMut()) -> f64 {
    run();
    batch(Duration::from_millis(1), run)
}

/// The time of a run after so much else was read that the caches next to the processor hold nothing of it.
fn with_cold_caches(run: impl FnOnce()) -> f64 {
    let other = vec![1_u64; 4 << 20];
    black_box(other.iter().fold(0, |sum: u64, each| sum.rotate_left(1) ^ each));
    let start = Instant::now();
    run();
    nanoseconds(start.elapsed())
}
