//! Running other programs.

use std::{
    error::Error,
    ffi::{OsStr, OsString},
    io::{self, BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
};
use xshell::{Cmd, Shell};

pub type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

/// What commands find in their environment, beside what is in ours. `cmd!` takes it in place of a shell.
#[derive(Clone)]
pub struct Surroundings<'a> {
    shell: &'a Shell,
    variables: Vec<(&'static str, OsString)>,
}

impl<'a> Surroundings<'a> {
    pub fn of(shell: &'a Shell) -> Surroundings<'a> {
        Surroundings { shell, variables: Vec::new() }
    }

    pub fn with(mut self, name: &'static str, value: impl AsRef<OsStr>) -> Surroundings<'a> {
        self.variables.push((name, value.as_ref().to_owned()));
        self
    }

    /// A program. It does not see which cargo runs us: `cargo` on the path decides, so that `RUSTUP_TOOLCHAIN` has a say.
    pub fn cmd(&self, program: impl AsRef<Path>) -> Cmd<'a> {
        self.shell.cmd(program).envs(self.variables.iter().map(|(name, value)| (name, value))).env_remove("CARGO")
    }
}

/// What a command says, if it runs well.
pub fn said(command: Cmd<'_>) -> Option<String> {
    command.ignore_stderr().read().ok().map(|said| said.trim().to_owned())
}

/// Runs a command whose output the person sees, and hands over each line of it.
pub fn run_reading(command: Cmd<'_>, mut on_line: impl FnMut(&str)) -> Result {
    let shown = command.to_string();
    eprintln!("$ {shown}");
    let mut child = Command::from(command).stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    if let Some(output) = child.stdout.take() {
        let mut stdout = io::stdout().lock();
        for line in BufReader::new(output).lines() {
            let line = line?;
            writeln!(stdout, "{line}")?;
            on_line(&line);
        }
    }
    let status = child.wait()?;
    if status.success() { Ok(()) } else { Err(format!("`{shown}` failed: {status}").into()) }
}
