//! The project's commands. `cargo xtask` alone lists them.

mod bench;
mod run;
mod serve;
mod site;
mod test;
#[cfg(test)]
mod tidy;
mod tools;

use run::Problem;
use std::{env, path::PathBuf, process::ExitCode};

const USAGE: &str = "\
Usage: cargo xtask COMMAND

  serve [--port 8080] [--base /]   builds the site and serves it on this machine alone
  test [STEP…]                     runs everything that must hold, or these steps; `--list` names them
  build                            builds the site into dist
  bench [PART…]                    measures what has a goal: peers, engine, size
  setup                            installs the tools that the other commands need; they do it by themselves

Tools go to ${XDG_CACHE_HOME:-$HOME/.cache}/img-self-check. The WebAssembly target comes from rustup, or from
Debian's packages where rustup's server is out of reach; WASM_TARGET_FROM=rustup or =debian forces one of them.";

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = env::set_current_dir(root()).map_err(Problem::from).and_then(|()| match *args {
        ["serve", ref options @ ..] => serve(options),
        ["test", ref steps @ ..] => test::run_steps(steps),
        ["bench", ref parts @ ..] => bench::run_parts(parts),
        ["build"] => site::build(&tools::set_up(tools::For::Build)?),
        ["setup"] => tools::set_up(tools::For::Test).map(|_| ()),
        _ => Err(Problem::usage(USAGE)),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::from(if problem.is_usage() { 2 } else { 1 })
        }
    }
}

fn serve(options: &[&str]) -> Result<(), Problem> {
    let mut port = 8080;
    let mut base = "/".to_owned();
    let mut options = options.iter();
    while let Some(option) = options.next() {
        match (*option, options.next()) {
            ("--port", Some(value)) => {
                port = value.parse().map_err(|_| Problem::usage(format!("`{value}` is no port")))?;
            }
            ("--base", Some(value)) => {
                base = format!("/{}/", value.trim_matches('/')).replace("//", "/");
            }
            _ => return Err(Problem::usage(USAGE)),
        }
    }
    // Before the build, which takes longer than reading that the port is taken.
    let server = serve::Server::bind(port, base)?;
    site::build(&tools::set_up(tools::For::Build)?)?;
    println!("Serving the self-check on {} (Ctrl-C ends it)", server.address()?);
    server.run();
    Ok(())
}

/// The folder of the workspace.
fn root() -> PathBuf {
    let xtask = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().map_or_else(|| xtask.clone(), PathBuf::from)
}
