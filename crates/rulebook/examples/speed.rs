//! Prints how long the engine takes for the people of `tests/scenarios`: medians, in microseconds.
//!
//! `cargo run --release -q -p rulebook --example speed [CYCLE [WORDS]]`; with words only the scenarios that have them.

use rulebook::{compile::compile, evaluate};
use rules::answers::Answers;
use rules::facts::Facts;
use rules::report::{full_report, report};
use rules::rulebook::{AsOf, CellIx, Rulebook};
use rules::verdict::Verdict;
use std::error::Error;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

/// What is timed, from the smallest to the whole.
const PARTS: [&str; 6] = ["verdicts", "interview", "standing", "leverage", "report", "full"];

fn main() -> Result<(), Box<dyn Error>> {
    let cycle = std::env::args().nth(1).unwrap_or_else(|| "2027".to_owned());
    let words = std::env::args().nth(2).unwrap_or_default();
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let book = compile(&root.join("rulebooks"), &cycle, "en").map_err(|problems| problems[0].to_string())?;
    let mut rows = Vec::new();
    let mut files: Vec<_> =
        std::fs::read_dir(root.join("tests/scenarios"))?.flatten().map(|file| file.path()).collect();
    files.sort();
    for file in files {
        let table: toml::Table = std::fs::read_to_string(&file)?.parse()?;
        for case in
            table["case"].as_array().into_iter().flatten().filter(|case| case["cycle"].as_str() == Some(&*cycle))
        {
            if !name(&file, case).contains(&words) {
                continue;
            }
            let answers = case["answers"].as_table().ok_or("answers are a table")?;
            let answers = evaluate::from_table(&book, answers).map_err(|wrong| wrong.join("\n"))?;
            let as_of = evaluate::as_of(&book, case["as_of"].as_str().unwrap_or_default())?;
            rows.push((name(&file, case), times(&book, &answers, as_of)));
        }
    }
    rows.sort_by_key(|(_, times)| times[4]);
    for part in PARTS {
        print!("{part:>10}");
    }
    println!("   µs, {} scenarios of {cycle}", rows.len());
    for (name, times) in &rows {
        print_row(times, name);
    }
    let each = |part: usize| rows.iter().map(|(_, times)| times[part]).collect::<Vec<_>>();
    print_row(&std::array::from_fn(|part| median(each(part))), "median");
    print_row(&std::array::from_fn(|part| each(part).into_iter().max().unwrap_or_default()), "worst");
    Ok(())
}

fn name(file: &Path, case: &toml::Value) -> String {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    format!("{stem}/{}", case["name"].as_str().unwrap_or_default())
}

fn print_row(times: &[Duration; 6], name: &str) {
    for time in times {
        print!("{:10.1}", time.as_secs_f64() * 1e6);
    }
    println!("   {name}");
}

fn times(book: &Rulebook, answers: &Answers, as_of: AsOf) -> [Duration; 6] {
    let cells = || (0..book.cells.len()).map(CellIx::nth);
    let known = Facts::new(book, answers, as_of);
    let verdicts: Vec<Verdict> = cells().map(|cell| known.clone().verdict(cell)).collect();
    let decided = || {
        cells().filter_map(|cell| match verdicts[cell.index()] {
            Verdict::Decided(outcome) => Some((cell, outcome)),
            Verdict::NeedsAnswers => None,
        })
    };
    [
        timed(|| {
            let facts = Facts::new(book, answers, as_of);
            cells().for_each(|cell| {
                black_box(facts.verdict(cell));
            });
        }),
        timed(|| drop(black_box(known.clone().interview(answers, &verdicts, None)))),
        timed(|| drop(black_box(Facts::new(book, answers, as_of).standing(answers, None)))),
        timed(|| decided().for_each(|(cell, outcome)| drop(black_box(known.clone().leverage(cell, outcome))))),
        timed(|| drop(black_box(report(book, answers, as_of, None)))),
        timed(|| drop(black_box(full_report(book, answers, as_of, None)))),
    ]
}

/// The median of up to 41 runs; of fewer when they take long.
fn timed(mut run: impl FnMut()) -> Duration {
    let began = Instant::now();
    let mut times = Vec::new();
    while times.len() < 41 && (times.len() < 5 || began.elapsed() < Duration::from_millis(200)) {
        let start = Instant::now();
        run();
        times.push(start.elapsed());
    }
    median(times)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
