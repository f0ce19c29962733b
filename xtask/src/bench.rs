//! `cargo xtask bench`: the figures that have a goal, measured by the workspace in `bench/`. What hangs on how busy the
//! machine is, a time by itself, is shown beside its goal and decides nothing; ratios, numbers of instructions and
//! agreement do.

use crate::{
    run::{Problem, command, output, run},
    site,
    tools::{self, For, Tools, WASM},
};
use std::{
    env,
    ffi::OsString,
    fs,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

struct Part {
    name: &'static str,
    what: &'static str,
    run: fn(&Tools) -> Result<(), Problem>,
}

const PARTS: &[Part] = &[
    Part { name: "peers", what: "verdicts, against other rule engines", run: peers },
    Part { name: "engine", what: "the engine's own times", run: engine },
    Part { name: "size", what: "rulebooks many times as big", run: size },
    Part { name: "page", what: "the page in Chromium, against other form pages", run: page },
];

const TARGET: &str = "target/bench";
/// What the parts tell each other and us.
const DATA: &str = "target/bench/data";
const WASM_FILE: &str = "target/bench/data/engine.wasm";
const PROOF: Duration = Duration::from_mins(2);

pub fn run_parts(names: &[&str]) -> Result<(), Problem> {
    if names.iter().any(|name| PARTS.iter().all(|part| part.name != *name)) {
        let known: Vec<&str> = PARTS.iter().map(|part| part.name).collect();
        return Err(Problem::usage(format!("the parts of `cargo xtask bench` are {}", known.join(", "))));
    }
    let tools = tools::set_up(For::Bench)?;
    fs::create_dir_all(DATA)?;
    let goals = Path::new(DATA).join("goals.md");
    fs::write(&goals, "")?;
    let mut failed = Vec::new();
    for part in PARTS.iter().filter(|part| names.is_empty() || names.contains(&part.name)) {
        println!("\n## {}: {}\n", part.name, part.what);
        if let Err(problem) = (part.run)(&tools) {
            println!("{problem}");
            failed.push(part.name);
        }
    }
    println!("\n## Goals\n\n| figure | here | goal | |\n|---|---|---|---|");
    print!("{}", fs::read_to_string(&goals)?);
    println!("\n{}", versions(&tools));
    if failed.is_empty() { Ok(()) } else { Err(Problem::new(format!("failed: {}", failed.join(", ")))) }
}

fn versions(tools: &Tools) -> String {
    let said = |command: &mut Command| output(command).unwrap_or_else(|| "nothing".to_owned());
    let native = said(&mut command("rustc", &["--version"]));
    let browser = said(tools.wasm(&mut command("rustc", &["--version"])));
    let opt = said(tools.on_path(&mut command("wasm-opt", &["--version"])));
    let node = said(&mut command("node", &["--version"]));
    format!("Natively {native}; for the browser {browser}, {opt}; Node {node}")
}

fn peers(tools: &Tools) -> Result<(), Problem> {
    build(&["--package", "bench-zen", "--package", "bench"])?;
    run(&mut command(program("bench"), &["export", DATA]))?;
    build_wasm(tools)?;
    println!();
    run(tools.on_path(&mut command("node", &["bench/peers.mjs", DATA, &program("bench-zen"), WASM_FILE])))
}

fn engine(tools: &Tools) -> Result<(), Problem> {
    build(&["--package", "bench"])?;
    run(&mut command(program("bench"), &["engine", DATA]))?;
    build_wasm(tools)?;
    run(tools.on_path(&mut command("node", &["bench/slow.mjs", DATA, WASM_FILE])))?;
    prove()
}

fn size(_tools: &Tools) -> Result<(), Problem> {
    build(&["--package", "bench"])?;
    run(&mut command(program("bench"), &["size", DATA]))
}

fn page(tools: &Tools) -> Result<(), Problem> {
    site::build(tools)?;
    run(tools.on_path(&mut command("node", &["bench/page/run.mjs", "dist", "5", &format!("{DATA}/goals.md")])))
}

fn program(name: &str) -> String {
    format!("{TARGET}/release/{name}")
}

fn build(packages: &[&str]) -> Result<(), Problem> {
    let args = ["build", "-q", "--release", "--locked", "--manifest-path", "bench/Cargo.toml", "--target-dir", TARGET];
    let mut cargo = command("cargo", &args);
    // What cargo tells us about ourselves: build scripts that look at it would run again, and zen-engine be built anew,
    // whenever somebody builds without us.
    let about_us = |name: &OsString| {
        let name = name.to_string_lossy();
        name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
    };
    for name in env::vars_os().map(|(name, _)| name).filter(about_us) {
        cargo.env_remove(name);
    }
    run(cargo.args(packages))
}

/// The engine as the site's browsers run it: the app's profile, then what Trunk does with `data-wasm-opt="z"`.
fn build_wasm(tools: &Tools) -> Result<(), Problem> {
    let args = ["build", "-q", "--profile", "web", "--locked", "--manifest-path", "bench/Cargo.toml"];
    let what = ["--package", "bench-wasm", "--target", WASM, "--target-dir", TARGET];
    run(tools.wasm(command("cargo", &args).args(what)))?;
    let built = format!("{TARGET}/{WASM}/web/bench_wasm.wasm");
    run(tools.on_path(&mut command("wasm-opt", &["-Oz", &built, "-o", WASM_FILE])))
}

/// The proof of every cycle, by the program that the tests use.
fn prove() -> Result<(), Problem> {
    run(&mut command("cargo", &["build", "-q", "--bin", "rulebook"]))?;
    let start = Instant::now();
    let proof = output(&mut command("cargo", &["run", "-q", "--bin", "rulebook", "--", "prove"]));
    let took = start.elapsed();
    proof.ok_or_else(|| Problem::new("`rulebook prove` fails"))?;
    let met = if took <= PROOF { "met" } else { "not met" };
    let row = format!(
        "| proof of every cycle, as the tests run it | {:.1} s | ≤ {} s | {met} |\n",
        took.as_secs_f64(),
        PROOF.as_secs()
    );
    let goals = Path::new(DATA).join("goals.md");
    let known = fs::read_to_string(&goals)?;
    Ok(fs::write(&goals, known + &row)?)
}
