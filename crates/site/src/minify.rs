//! Scripts and styles without what only people read.

use std::io::Write;
use std::process::{Command, Stdio};

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Script,
    Style,
}

/// The same, as short as esbuild makes it. `cargo xtask` puts esbuild on the path.
///
/// # Errors
///
/// Says what esbuild said, or that it is not there.
pub fn minified(kind: Kind, text: &[u8]) -> Result<Vec<u8>, String> {
    let loader = match kind {
        Kind::Script => "--loader=js",
        Kind::Style => "--loader=css",
    };
    let mut esbuild = Command::new("esbuild")
        .args(["--minify", "--charset=utf8", "--log-level=warning", loader])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("esbuild does not start: {error}. `cargo xtask build` installs it"))?;
    // It reads everything before it writes anything.
    let mut input = esbuild.stdin.take().ok_or("esbuild takes no input")?;
    input.write_all(text).map_err(|error| format!("esbuild: {error}"))?;
    drop(input);
    let output = esbuild.wait_with_output().map_err(|error| format!("esbuild: {error}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    // A warning is a mistake in a file of ours.
    if output.status.success() && said.is_empty() { Ok(output.stdout) } else { Err(format!("esbuild: {said}")) }
}
