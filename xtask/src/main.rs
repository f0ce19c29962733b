//! The project's commands. `cargo xtask` alone lists them.

mod bench;
mod flags;
mod report;
mod serve;
mod shell;
mod site;
mod test;
mod tools;

use flags::XtaskCmd;
use shell::Result;
use std::{env, path::PathBuf, process::ExitCode};
use tools::{For, set_up};
use xshell::{Shell, cmd};

fn main() -> ExitCode {
    match run(flags::read().subcommand) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: XtaskCmd) -> Result {
    env::set_current_dir(root())?;
    let shell = Shell::new()?;
    match command {
        XtaskCmd::Serve(options) => serve::serve(&shell, &options),
        XtaskCmd::Test(options) if options.list => {
            test::list();
            Ok(())
        }
        XtaskCmd::Test(options) => test::run_steps(&shell, &options.step),
        XtaskCmd::Build(_) => site::build(&set_up(&shell, For::Build)?),
        XtaskCmd::Look(options) => {
            let tools = set_up(&shell, For::Test)?;
            site::build(&tools)?;
            let (out, what) = (options.out.unwrap_or_else(|| "target/look".into()), options.what);
            Ok(cmd!(tools.on_path(), "node tests/browser/look.mjs {out} {what...}").run()?)
        }
        XtaskCmd::Bench(options) => bench::run_parts(&shell, &options.part),
        XtaskCmd::Setup(_) => set_up(&shell, For::Test).map(|_| ()),
    }
}

/// The folder of the workspace.
fn root() -> PathBuf {
    let xtask = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().map_or_else(|| xtask.clone(), PathBuf::from)
}
