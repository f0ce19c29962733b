//! The rule keeper's command. Exit status: 0 fine, 1 the rulebook or the input is at fault, 2 wrong usage.

use clap::{Parser, Subcommand, ValueEnum};
use rulebook::compile::{self, dates::tz_version};
use rulebook::diff::Kind;
use rulebook::mutants::Share;
use rulebook::problem::{Problem, nearest};
use rulebook::scenarios::{Case, Table};
use rulebook::{adviser, diff, evaluate, facts, mutants, new_cycle, output, prove, todo};
use rules::report::{Report, full_report};
use rules::rulebook::Rulebook;
use serde::Deserialize;
use serde_json::{Value, json};
use session::Session;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "rulebook", about = "Checks, compiles and tries out the rulebooks.")]
struct Args {
    /// The folder that holds one folder for each cycle.
    #[arg(long, default_value = "rulebooks", global = true)]
    rulebooks: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    Text,
    Json,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum People {
    Text,
    Json,
    /// One line for each file.
    Csv,
}

#[derive(Subcommand)]
enum Command {
    /// Reports every problem in the rulebooks.
    Check {
        /// One cycle instead of all.
        #[arg(long)]
        cycle: Option<String>,
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
    /// Proves what holds for every way to answer, with an example if something fails.
    Prove {
        /// One cycle instead of all.
        #[arg(long)]
        cycle: Option<String>,
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
        /// Also writes the proof into this folder, for the page of the site that shows it.
        #[arg(long, conflicts_with = "cycle")]
        out: Option<PathBuf>,
        /// Skips the proof if the one in that folder is of these rulebooks and by this program.
        #[arg(long, requires = "out", conflicts_with = "format")]
        reuse: bool,
    },
    /// Changes one thing at a time, and says which changes no scenario notices.
    Mutants {
        /// One cycle instead of all.
        #[arg(long)]
        cycle: Option<String>,
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
        /// The folder with the tables, or one table.
        #[arg(long, default_value = "tests/scenarios")]
        scenarios: PathBuf,
    },
    /// Says what changed from one cycle to another, and who is affected.
    Diff {
        /// The cycle before.
        old: String,
        /// The cycle after.
        new: String,
        /// Shows for each changed verdict somebody to whom it happens.
        #[arg(long)]
        people: bool,
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
    /// Lists what has to be read again for a cycle, page by page, and the dates without a day.
    Todo {
        cycle: String,
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
    /// Makes the folder of a new cycle from that of an earlier one, with all its words and none of its days.
    NewCycle {
        /// The match year of the new cycle.
        new: String,
        /// The cycle to make it from.
        #[arg(long, value_name = "OLD")]
        from: String,
    },
    /// Lists every question of a cycle.
    Questions {
        #[arg(long)]
        cycle: String,
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
    /// Says where someone stands, by the answers in a file. For a folder, says it for everybody, in one line each.
    Evaluate {
        #[arg(long)]
        cycle: String,
        /// Day, time and offset, such as 2026-11-23T09:00-06:00.
        #[arg(long)]
        as_of: String,
        #[arg(long, value_enum, default_value = "text")]
        format: People,
        /// An answers file, or a folder of them.
        answers: PathBuf,
    },
    /// Prints the end of a link, with its `#`, that opens the site with the answers in a file.
    Link {
        #[arg(long)]
        cycle: String,
        /// An answers file.
        answers: PathBuf,
    },
    /// Writes the compact file for each cycle and language, named by its hash, with a manifest.
    Build {
        #[arg(long)]
        out: PathBuf,
    },
    /// Prints the schema of the JSON that `evaluate` writes.
    Schema,
}

/// What went wrong: lines for standard error, and the exit status.
struct Failure {
    lines: Vec<String>,
    status: u8,
}

impl Failure {
    fn input(line: impl Into<String>) -> Failure {
        Failure { lines: vec![line.into()], status: 1 }
    }
}

impl From<Vec<Problem>> for Failure {
    fn from(problems: Vec<Problem>) -> Failure {
        Failure { lines: problems.iter().map(ToString::to_string).collect(), status: 1 }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        Failure::input(error.to_string())
    }
}

fn main() -> ExitCode {
    let args = Args::parse();
    let done = match args.command {
        Command::Check { cycle, format } => check(&args.rulebooks, cycle.as_deref(), format),
        Command::Prove { cycle, format, out, reuse } => {
            prove(&args.rulebooks, cycle.as_deref(), format, out.as_deref(), reuse)
        }
        Command::Mutants { cycle, format, scenarios } => mutants(&args.rulebooks, cycle.as_deref(), format, &scenarios),
        Command::Diff { old, new, people, format } => compare(&args.rulebooks, &old, &new, people, format),
        Command::Todo { cycle, format } => to_read(&args.rulebooks, &cycle, format),
        Command::NewCycle { new, from } => make(&args.rulebooks, &new, &from),
        Command::Questions { cycle, format } => questions(&args.rulebooks, &cycle, format),
        Command::Evaluate { cycle, as_of, format, answers } => {
            evaluate_path(&args.rulebooks, &cycle, &as_of, format, &answers)
        }
        Command::Link { cycle, answers } => print_link(&args.rulebooks, &cycle, &answers),
        Command::Build { out } => build(&args.rulebooks, &out),
        Command::Schema => print_json(&json!(schemars::schema_for!(output::Evaluation))),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.lines.iter().for_each(|line| eprintln!("{line}"));
            ExitCode::from(failure.status)
        }
    }
}

/// Standard output may be closed early by whoever reads it; that is not a failure of ours.
fn print(text: &str) -> Result<(), Failure> {
    match writeln!(std::io::stdout(), "{text}") {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        done => Ok(done?),
    }
}

fn print_json(value: &impl serde::Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value).map_err(|error| Failure::input(error.to_string()))?;
    print(&text)
}

fn known_cycle(root: &Path, cycle: &str) -> Result<(), Failure> {
    let cycles = compile::cycles(root)?;
    if cycles.iter().any(|known| known == cycle) {
        return Ok(());
    }
    let hint = nearest(cycle, cycles.iter().map(String::as_str)).map_or_else(String::new, |hint| format!("; {hint}"));
    Err(Failure::input(format!("there is no rulebook for the cycle {cycle:?} ({}){hint}", cycles.join(", "))))
}

fn load(root: &Path, cycle: &str) -> Result<Rulebook, Failure> {
    known_cycle(root, cycle)?;
    Ok(compile::compile(root, cycle, "en")?)
}

fn check(root: &Path, cycle: Option<&str>, format: Format) -> Result<(), Failure> {
    let cycles = match cycle {
        Some(cycle) => {
            known_cycle(root, cycle)?;
            vec![cycle.to_owned()]
        }
        None => compile::cycles(root)?,
    };
    let mut problems = Vec::new();
    let mut lines = Vec::new();
    if let Err(found) = compile::default_cycle(root) {
        problems.extend(found);
    }
    problems.extend(facts::check(root));
    for cycle in &cycles {
        for language in compile::languages(root, cycle) {
            match compile::compile(root, cycle, &language) {
                Ok(book) => lines.push(format!(
                    "{cycle} ({language}): {} questions, {} rules, {} cells, {} documents, {} dates, {} sources; fine",
                    book.questions.len(),
                    book.rules.len(),
                    book.cells.len(),
                    book.documents.len(),
                    book.dates.len(),
                    book.sources.len(),
                )),
                Err(found) => problems.extend(found),
            }
        }
    }
    problems.sort();
    problems.dedup();
    if format == Format::Json {
        let list: Vec<_> = problems
            .iter()
            .map(|p| {
                json!({ "file": p.file, "line": p.line, "item": p.item, "message": p.message, "suggestion": p.suggestion })
            })
            .collect();
        print_json(&json!({ "tz_database": tz_version(), "cycles": cycles, "problems": list }))?;
        return if problems.is_empty() { Ok(()) } else { Err(Failure { lines: Vec::new(), status: 1 }) };
    }
    for line in lines {
        print(&line)?;
    }
    if problems.is_empty() {
        return print(&format!("tz database {}", tz_version()));
    }
    let count = problems.len();
    let mut failure = Failure::from(problems);
    failure.lines.push(format!("{count} problem{}", if count == 1 { "" } else { "s" }));
    Err(failure)
}

fn prove(root: &Path, cycle: Option<&str>, format: Format, out: Option<&Path>, reuse: bool) -> Result<(), Failure> {
    let cycles = match cycle {
        Some(cycle) => vec![cycle.to_owned()],
        None => compile::cycles(root)?,
    };
    let file = out.map(|out| out.join("proof.json"));
    if let Some(file) = file.as_ref().filter(|_| reuse)
        && is_proven(file, root, &cycles)?
    {
        return print(&format!("{}: already proven, and nothing has changed since", file.display()));
    }
    // Each cycle takes a while, and they have nothing to do with each other.
    let proofs: Result<Vec<prove::Proof>, Failure> = std::thread::scope(|scope| {
        let prove_one = |cycle: &str| load(root, cycle).map(|book| prove::prove(&book));
        let running: Vec<_> = cycles.iter().map(|cycle| scope.spawn(move || prove_one(cycle))).collect();
        running.into_iter().map(joined).collect()
    });
    let proofs = proofs?;
    if format == Format::Text {
        proofs.iter().try_for_each(|proof| print(&proof.text()))?;
    }
    if format == Format::Json {
        print_json(&proofs)?;
    }
    let failed: Vec<&str> = proofs.iter().filter(|proof| !proof.holds()).map(|proof| &*proof.cycle).collect();
    if !failed.is_empty() {
        return Err(Failure::input(format!("not proven: {}", failed.join(", "))));
    }
    if let (Some(folder), Some(file)) = (out, file) {
        std::fs::create_dir_all(folder)?;
        std::fs::write(file, format!("{:#}\n", json!(proofs)))?;
    }
    Ok(())
}

/// Whether a file holds the proof of the rulebooks as they stand, and was written since this program was built. Only a
/// proof that holds is ever written.
fn is_proven(file: &Path, root: &Path, cycles: &[String]) -> Result<bool, Failure> {
    #[derive(Deserialize)]
    struct Proven {
        rulebook: String,
    }
    let hashes: Vec<String> =
        cycles.iter().map(|cycle| Ok(load(root, cycle)?.hash.to_string())).collect::<Result<_, Failure>>()?;
    let written = file.metadata().and_then(|file| file.modified());
    let built = std::env::current_exe().and_then(|program| program.metadata()?.modified());
    let is_newer = matches!((written, built), (Ok(written), Ok(built)) if written > built);
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let proven: Vec<Proven> = serde_json::from_str(&text).unwrap_or_default();
    Ok(is_newer && proven.into_iter().map(|proven| proven.rulebook).eq(hashes))
}

fn mutants(root: &Path, cycle: Option<&str>, format: Format, scenarios: &Path) -> Result<(), Failure> {
    let cycles = match cycle {
        Some(cycle) => vec![cycle.to_owned()],
        None => compile::cycles(root)?,
    };
    let mut cases = Vec::new();
    for file in tables(scenarios)? {
        let input = |error: &dyn std::fmt::Display| Failure::input(format!("{}: {error}", file.display()));
        let text = std::fs::read_to_string(&file).map_err(|error| input(&error))?;
        let table: Table = toml::from_str(&text).map_err(|error| input(&error))?;
        cases.extend(table.case);
    }
    let mut outcomes = Vec::new();
    for cycle in &cycles {
        rows_hold(&load(root, cycle)?, &cases)?;
        let outcome = tried(root, cycle, &cases)?;
        outcomes.push(outcome);
        let Some(outcome) = outcomes.last().filter(|_| format == Format::Text) else { continue };
        let (equivalent, surviving) = (outcome.equivalent.len(), outcome.surviving.len());
        print(&format!(
            "{}: {} mutants, {} killed, {equivalent} equivalent (proven), {surviving} surviving",
            outcome.cycle, outcome.mutants, outcome.killed
        ))?;
        outcome.equivalent.iter().try_for_each(|what| print(&format!("  equivalent: {what}")))?;
        for survivor in &outcome.surviving {
            print(&format!("  SURVIVES: {}", survivor.what))?;
            survivor.called_for.iter().try_for_each(|what| print(&format!("    only with one of the two: {what}")))?;
            let Some(witness) = &survivor.witness else { continue };
            print(&format!("      --as-of {}", witness.as_of))?;
            witness.answers.lines().try_for_each(|line| print(&format!("      {line}")))?;
        }
    }
    if format == Format::Json {
        print_json(&outcomes)?;
    }
    if outcomes.iter().all(|outcome| outcome.surviving.is_empty()) {
        return Ok(());
    }
    Err(Failure::input("some changes are noticed by no scenario"))
}

/// A row that already fails would notice every change.
fn rows_hold(book: &Rulebook, cases: &[Case]) -> Result<(), Failure> {
    let mut lines = Vec::new();
    for case in cases.iter().filter(|case| *case.cycle == *book.cycle) {
        let wrong = case.wrong(book).unwrap_or_else(|unfit| vec![unfit]);
        lines.extend(wrong.into_iter().map(|wrong| format!("the row {:?} does not hold: {wrong}", case.name)));
    }
    if lines.is_empty() { Ok(()) } else { Err(Failure { lines, status: 1 }) }
}

/// Tries the mutants of a cycle on as many threads as there are. Each reads the rulebook for itself.
fn tried(root: &Path, cycle: &str, cases: &[Case]) -> Result<mutants::Outcome, Failure> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = |first| load(root, cycle).map(|book| mutants::run(&book, cases, Share { first, nth: threads }));
    let shares: Result<Vec<mutants::Outcome>, Failure> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|first| scope.spawn(move || share(first))).collect();
        running.into_iter().map(joined).collect()
    });
    let together = shares?.into_iter().reduce(mutants::Outcome::with);
    together.ok_or_else(|| Failure::input("no thread tried anything"))
}

fn joined<T>(thread: std::thread::ScopedJoinHandle<'_, Result<T, Failure>>) -> Result<T, Failure> {
    thread.join().unwrap_or_else(|_| Err(Failure::input("it stopped because of a mistake of ours")))
}

/// The tables of a folder, or the one table that is named.
fn tables(scenarios: &Path) -> std::io::Result<Vec<PathBuf>> {
    if !scenarios.is_dir() {
        return Ok(vec![scenarios.to_owned()]);
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(scenarios)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            found.push(path);
        }
    }
    Ok(found)
}

fn compare(root: &Path, old: &str, new: &str, people: bool, format: Format) -> Result<(), Failure> {
    known_cycle(root, old)?;
    let diff = diff::diff(&load(root, old)?, &load(root, new)?).map_err(Failure::input)?;
    match format {
        Format::Text if people => print(diff.text_with_people().trim_end())?,
        Format::Text => print(diff.text().trim_end())?,
        Format::Json => print_json(&diff)?,
    }
    diff.affected.not_compared.map_or(Ok(()), |why| Err(Failure::input(why)))
}

fn to_read(root: &Path, cycle: &str, format: Format) -> Result<(), Failure> {
    known_cycle(root, cycle)?;
    let todo = todo::todo(root, cycle)?;
    match format {
        Format::Text => print(todo.text().trim_end()),
        Format::Json => print_json(&todo),
    }
}

fn make(root: &Path, new: &str, old: &str) -> Result<(), Failure> {
    new_cycle::years(new, old).map_err(Failure::input)?;
    // What is wrong in the old one would be wrong in both.
    load(root, old)?;
    print(&new_cycle::make(root, new, old).map_err(Failure::input)?.text())
}

fn questions(root: &Path, cycle: &str, format: Format) -> Result<(), Failure> {
    let questions = output::questions(&load(root, cycle)?);
    if format == Format::Json {
        return print_json(&questions);
    }
    for question in questions.questions {
        let choices =
            if question.choices.is_empty() { String::new() } else { format!(" ({})", question.choices.join(", ")) };
        print(&format!("{} [{}]{choices}\n    {}", question.id, question.kind, question.title))?;
    }
    Ok(())
}

/// One person in full or, where a folder is given, everybody in it with a line each.
fn print_link(root: &Path, cycle: &str, path: &Path) -> Result<(), Failure> {
    let book = load(root, cycle)?;
    let in_file = |wrong: Vec<String>| Failure {
        lines: wrong.into_iter().map(|message| format!("{}: {message}", path.display())).collect(),
        status: 1,
    };
    let text = std::fs::read_to_string(path).map_err(|error| in_file(vec![error.to_string()]))?;
    // Nobody gets a link of which the site would refuse an answer.
    evaluate::answers(&book, &text).map_err(in_file)?;
    let session = evaluate::session(&book, &text).map_err(in_file)?;
    print(&["#", &session::link::write(&session)].concat())
}

fn evaluate_path(root: &Path, cycle: &str, as_of: &str, format: People, path: &Path) -> Result<(), Failure> {
    let book = load(root, cycle)?;
    let as_of = evaluate::as_of(&book, as_of).map_err(Failure::input)?;
    let name = path.display();
    let read = |file: &Path| -> Result<(Report, Session), Vec<String>> {
        let text = std::fs::read_to_string(file).map_err(|error| vec![error.to_string()])?;
        let session = evaluate::session(&book, &text)?;
        Ok((full_report(&book, &evaluate::taken(&book, &session)?, as_of, None), session))
    };
    if !path.is_dir() && format != People::Csv {
        let (report, session) = read(path).map_err(|wrong| Failure {
            lines: wrong.into_iter().map(|message| format!("{name}: {message}")).collect(),
            status: 1,
        })?;
        return match format {
            People::Json => print_json(&output::evaluation(&book, &report)),
            _ => print(adviser::text(&book, &report, &session).trim_end()),
        };
    }
    let mut files = vec![path.to_owned()];
    if path.is_dir() {
        let entries = std::fs::read_dir(path).map_err(|error| Failure::input(format!("{name}: {error}")))?;
        files = entries.flatten().map(|entry| entry.path()).collect();
        files.retain(|file| file.extension().is_some_and(|end| end == "toml" || end == "json"));
        files.sort();
    }
    if files.is_empty() {
        return Err(Failure::input(format!("{name}: there is no answers file (*.toml, *.json) in this folder")));
    }
    let reports: Vec<_> = files.iter().map(|file| (file, read(file))).collect();
    let wrong = reports.iter().filter(|(_, report)| report.is_err()).count();
    if format == People::Json {
        let each = reports.iter().map(|(file, report)| match report {
            Ok((report, _)) => {
                json!({ "file": file.display().to_string(), "evaluation": output::evaluation(&book, report) })
            }
            Err(wrong) => json!({ "file": file.display().to_string(), "wrong": wrong }),
        });
        print_json(&each.collect::<Vec<_>>())?;
    } else {
        let lines = reports.iter().map(|(file, report)| {
            let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            let read = report.as_ref().map(|(report, session)| (report, session));
            adviser::line(&book, &name, read.map_err(Vec::as_slice))
        });
        let rows: Vec<Vec<String>> = [adviser::columns(&book)].into_iter().chain(lines).collect();
        let table =
            if format == People::Csv { adviser::csv(&rows).map_err(Failure::input)? } else { adviser::table(&rows) };
        print(table.trim_end())?;
    }
    match wrong {
        0 => Ok(()),
        wrong => Err(Failure::input(format!("{name}: {wrong} of {} files could not be read", files.len()))),
    }
}

fn build(root: &Path, out: &Path) -> Result<(), Failure> {
    let default = compile::default_cycle(root)?;
    let mut books = Vec::new();
    for cycle in compile::cycles(root)? {
        for language in compile::languages(root, &cycle) {
            books.push(compile::compile(root, &cycle, &language)?);
        }
    }
    if !books.iter().any(|book| *book.cycle == *default) {
        return Err(Failure::input(format!("site.toml: there is no rulebook for the default cycle {default:?}")));
    }
    std::fs::create_dir_all(out)?;
    let mut entries = Vec::new();
    for book in &books {
        let bytes = rules::packed::pack(book);
        let name = format!("rulebook-{}-{}-{}.bin", book.cycle, book.language, short_hash(&bytes));
        std::fs::write(out.join(&name), &bytes)?;
        print(&format!("{name}: {} bytes", bytes.len()))?;
        entries.push(json!({
            "cycle": &*book.cycle, "language": &*book.language, "file": name, "hash": &*book.hash,
            "sentences": &book.sentences, "changes": changes_since(&books, book)?,
        }));
    }
    let manifest = json!({ "default_cycle": default, "rulebooks": entries });
    std::fs::write(out.join("manifest.json"), format!("{manifest:#}\n"))?;
    Ok(())
}

/// What changed since the last cycle before this one, where there is one: what somebody who knows that cycle looks for.
fn changes_since(books: &[Rulebook], book: &Rulebook) -> Result<Option<Value>, Failure> {
    let earlier = books.iter().filter(|other| other.language == book.language && other.cycle < book.cycle);
    let Some(last) = earlier.max_by_key(|other| &other.cycle) else { return Ok(None) };
    let changes = diff::changes(last, book).map_err(Failure::input)?;
    let told = changes
        .iter()
        .filter(|change| matches!(change.kind, Kind::Date | Kind::Conflict | Kind::Rule | Kind::Document));
    let told = told.map(|change| {
        json!({ "kind": change.kind, "title": change.title, "change": change.change, "lines": change.lines() })
    });
    Ok(Some(json!({ "since": &*last.cycle, "items": told.collect::<Vec<_>>() })))
}

fn short_hash(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    compile::hex(&Sha256::digest(bytes)[..8])
}
