//! Running other programs.

use std::{
    ffi::OsStr,
    fmt, io,
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// Why a command of ours did not do what it should.
#[derive(Debug)]
pub struct Problem {
    text: String,
    usage: bool,
}

impl Problem {
    pub fn new(text: impl Into<String>) -> Problem {
        Problem { text: text.into(), usage: false }
    }

    pub fn usage(text: impl Into<String>) -> Problem {
        Problem { text: text.into(), usage: true }
    }

    pub fn is_usage(&self) -> bool {
        self.usage
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Problem {
        Problem::new(error.to_string())
    }
}

/// A program with its arguments. It does not see which cargo runs us: `cargo` on the path decides, so
/// that `RUSTUP_TOOLCHAIN` has a say.
pub fn command(program: impl AsRef<OsStr>, args: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(args).env_remove("CARGO");
    command
}

/// Runs a command whose output the person sees.
pub fn run(command: &mut Command) -> Result<(), Problem> {
    let status = command.status().map_err(|error| unstarted(command, &error))?;
    if status.success() { Ok(()) } else { Err(failed(command, &status.to_string())) }
}

/// Runs a command whose output the person sees, and hands over each line of it.
pub fn run_reading(command: &mut Command, mut on_line: impl FnMut(&str)) -> Result<(), Problem> {
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| unstarted(command, &error))?;
    if let Some(output) = child.stdout.take() {
        let mut shown = io::stdout().lock();
        for line in BufReader::new(output).lines() {
            let line = line?;
            writeln!(shown, "{line}")?;
            on_line(&line);
        }
    }
    let status = child.wait()?;
    if status.success() { Ok(()) } else { Err(failed(command, &status.to_string())) }
}

/// Runs a command and returns what it wrote, or nothing if it did not run well.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs a command that may hang, and ends it after a while.
pub fn run_at_most(command: &mut Command, limit: Duration) -> Result<(), Problem> {
    let mut child = command.stdin(Stdio::null()).spawn().map_err(|error| unstarted(command, &error))?;
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return if status.success() { Ok(()) } else { Err(failed(command, &status.to_string())) };
        }
        if start.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            return Err(failed(command, &format!("no end after {} s", limit.as_secs())));
        }
        thread::sleep(Duration::from_millis(100));
    }
}

fn unstarted(command: &Command, error: &io::Error) -> Problem {
    Problem::new(format!("`{}` does not start: {error}", shown(command)))
}

fn failed(command: &Command, how: &str) -> Problem {
    Problem::new(format!("`{}` failed: {how}", shown(command)))
}

fn shown(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy()];
    words.extend(command.get_args().map(OsStr::to_string_lossy));
    words.join(" ")
}
