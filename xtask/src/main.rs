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
use xshell::Shell;

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
        XtaskCmd::Bench(options) => bench::run_parts(&shell, &options.part),
        XtaskCmd::Setup(_) => set_up(&shell, For::Test).map(|_| ()),
    }
}

/// The folder of the workspace.
fn root() -> PathBuf {
    let xtask = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().map_or_else(|| xtask.clone(), PathBuf::from)
}
