//! `cargo xtask bench`: the figures that have a goal, measured by the workspace in `bench/`. What depends on how busy the
//! machine is, a time by itself, is shown beside its goal and decides nothing; ratios, numbers of instructions and
//! agreement do.

use crate::{
    shell::{Result, Surroundings, said},
    site,
    tools::{For, Tools, WASM, set_up},
};
use std::{
    env, fs,
    path::Path,
    str::FromStr,
    time::{Duration, Instant},
};
use xshell::{Shell, cmd};

#[derive(Debug)]
pub struct Part {
    name: &'static str,
    what: &'static str,
    run: fn(&Tools<'_>) -> Result,
}

/// A part that somebody asks for by its name.
pub type Chosen = &'static Part;

impl FromStr for Chosen {
    type Err = String;

    fn from_str(name: &str) -> std::result::Result<Chosen, String> {
        let known: Vec<&str> = PARTS.iter().map(|part| part.name).collect();
        let found = PARTS.iter().find(|part| part.name == name);
        found.ok_or_else(|| format!("there is no part `{name}`; the parts are {}", known.join(", ")))
    }
}

const PARTS: &[Part] = &[
    Part { name: "peers", what: "verdicts, against other rule engines", run: peers },
    Part { name: "engine", what: "the engine's own times", run: engine },
    Part { name: "size", what: "rulebooks many times as big", run: size },
    Part { name: "lighthouse", what: "what Lighthouse says of every kind of page", run: lighthouse },
    Part { name: "page", what: "the page in Chromium, against other form pages", run: page },
];

const TARGET: &str = "target/bench";
/// What the parts tell each other and us.
const DATA: &str = "target/bench/data";
const WASM_FILE: &str = "target/bench/data/engine.wasm";
const PROOF: Duration = Duration::from_mins(2);

pub fn run_parts(shell: &Shell, chosen: &[Chosen]) -> Result {
    let tools = set_up(shell, For::Bench)?;
    fs::create_dir_all(DATA)?;
    let goals = Path::new(DATA).join("goals.md");
    fs::write(&goals, "")?;
    let mut failed = Vec::new();
    for part in PARTS.iter().filter(|part| chosen.is_empty() || chosen.iter().any(|one| one.name == part.name)) {
        println!("\n## {}: {}\n", part.name, part.what);
        if let Err(problem) = (part.run)(&tools) {
            println!("{problem}");
            failed.push(part.name);
        }
    }
    println!("\n## Goals\n\n| figure | here | goal | |\n|---|---|---|---|");
    print!("{}", fs::read_to_string(&goals)?);
    println!("\n{}", versions(&tools));
    if failed.is_empty() { Ok(()) } else { Err(format!("failed: {}", failed.join(", ")).into()) }
}

fn versions(tools: &Tools<'_>) -> String {
    let of = |with: Surroundings<'_>, program| {
        said(cmd!(with, "{program} --version")).unwrap_or_else(|| "nothing".to_owned())
    };
    let native = of(tools.host(), "rustc");
    let browser = of(tools.wasm(), "rustc");
    let opt = of(tools.on_path(), "wasm-opt");
    let node = of(tools.host(), "node");
    format!("Natively {native}; for the browser {browser}, {opt}; Node {node}")
}

fn peers(tools: &Tools<'_>) -> Result {
    build(tools, &["bench-zen", "bench"])?;
    bench(tools, "export")?;
    build_wasm(tools)?;
    println!();
    let zen = program("bench-zen");
    Ok(cmd!(tools.on_path(), "node bench/peers.mjs {DATA} {zen} {WASM_FILE}").run()?)
}

fn engine(tools: &Tools<'_>) -> Result {
    build(tools, &["bench"])?;
    bench(tools, "engine")?;
    build_wasm(tools)?;
    cmd!(tools.on_path(), "node bench/slow.mjs {DATA} {WASM_FILE}").run()?;
    prove(tools)
}

fn size(tools: &Tools<'_>) -> Result {
    build(tools, &["bench"])?;
    bench(tools, "size")
}

fn lighthouse(tools: &Tools<'_>) -> Result {
    site::build(tools)?;
    Ok(cmd!(tools.on_path(), "node bench/page/lighthouse.mjs dist 5 {DATA}/goals.md").run()?)
}

fn page(tools: &Tools<'_>) -> Result {
    site::build(tools)?;
    cmd!(tools.on_path(), "node bench/page/run.mjs dist 5 {DATA}/goals.md").run()?;
    Ok(cmd!(tools.on_path(), "node bench/page/timeline.mjs dist 9 {DATA}/goals.md").run()?)
}

fn program(name: &str) -> String {
    format!("{TARGET}/release/{name}")
}

fn bench(tools: &Tools<'_>, what: &str) -> Result {
    let bench = program("bench");
    Ok(cmd!(tools.host(), "{bench} {what} {DATA}").run()?)
}

fn build(tools: &Tools<'_>, packages: &[&str]) -> Result {
    let packages = packages.iter().flat_map(|package| ["--package", package]);
    let place = ["--locked", "--manifest-path", "bench/Cargo.toml", "--target-dir", TARGET];
    let mut cargo = cmd!(tools.host(), "cargo build -q --release {place...} {packages...}");
    // What cargo tells us about ourselves: build scripts that look at it would run again, and zen-engine be rebuilt,
    // whenever somebody builds without us.
    for (name, _) in env::vars_os() {
        let shown = name.to_string_lossy();
        if shown.starts_with("CARGO_PKG_") || shown.starts_with("CARGO_MANIFEST_") {
            cargo = cargo.env_remove(&name);
        }
    }
    Ok(cargo.run()?)
}

/// The engine as the site's browsers run it: the app's profile, then what Trunk does with `data-wasm-opt="z"`.
fn build_wasm(tools: &Tools<'_>) -> Result {
    let place = ["--locked", "--manifest-path", "bench/Cargo.toml", "--target-dir", TARGET];
    cmd!(tools.wasm(), "cargo build -q --profile web {place...} --package bench-wasm --target {WASM}").run()?;
    let built = format!("{TARGET}/{WASM}/web/bench_wasm.wasm");
    Ok(cmd!(tools.on_path(), "wasm-opt -Oz {built} -o {WASM_FILE}").run()?)
}

/// The proof of every cycle, by the program that the tests use.
fn prove(tools: &Tools<'_>) -> Result {
    cmd!(tools.host(), "cargo build -q --bin rulebook").run()?;
    let start = Instant::now();
    let proof = said(cmd!(tools.host(), "cargo run -q --bin rulebook -- prove"));
    let took = start.elapsed();
    proof.ok_or("`rulebook prove` fails")?;
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
