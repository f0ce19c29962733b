//! The toolchain that builds for the browser.

use super::{cache::Unfinished, debian, rust, say};
use crate::shell::{Result, Surroundings, said};
use std::{
    env, fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};
use xshell::cmd;

pub const WASM: &str = "wasm32-unknown-unknown";
/// A toolchain that knows WebAssembly, and the linker for it.
pub const DEBIAN_RUST: [&str; 5] = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-clippy", "lld-22"];
/// What rustup calls Debian's toolchain.
const DEBIAN_TOOLCHAIN: &str = "debian-web";

#[derive(Clone, Copy, PartialEq)]
pub enum Toolchain {
    Usual,
    Debian,
}

/// Which toolchain it is to be. Adds the target to the usual one where that is possible.
pub fn toolchain(host: &Surroundings<'_>) -> Result<Toolchain> {
    match env::var("WASM_TARGET_FROM").unwrap_or_default().as_str() {
        "rustup" => rustup_target(host).map(|()| Toolchain::Usual),
        "debian" => Ok(Toolchain::Debian),
        "" => Ok(rustup_target(host).map_or_else(
            |problem| {
                say(&format!("{problem}; taking Debian's packages"));
                Toolchain::Debian
            },
            |()| Toolchain::Usual,
        )),
        from => Err(format!("WASM_TARGET_FROM is `{from}`, but must be `rustup` or `debian`").into()),
    }
}

fn rustup_target(host: &Surroundings<'_>) -> Result {
    let libraries = said(cmd!(host, "rustc --print target-libdir --target {WASM}"));
    if libraries.is_some_and(|folder| has_std(Path::new(&folder))) {
        return Ok(());
    }
    say(&format!("adding the target {WASM}"));
    rust::rustup(host, &["target", "add", WASM])
}

pub fn set_up(host: &Surroundings<'_>, toolchain: Toolchain, cache: &Path) -> Result {
    if toolchain == Toolchain::Debian { debian_target(host, cache) } else { Ok(()) }
}

pub fn surroundings(with: Surroundings<'_>, toolchain: Toolchain) -> Surroundings<'_> {
    let with = if toolchain == Toolchain::Debian { with.with("RUSTUP_TOOLCHAIN", DEBIAN_TOOLCHAIN) } else { with };
    match anonymous_paths() {
        Some(flags) => with.with("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags),
        None => with,
    }
}

/// Flags that keep this machine's paths out of the messages of panics, so that the same sources give the
/// same bytes everywhere.
fn anonymous_paths() -> Option<String> {
    let home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(Path::new(&env::var_os("HOME")?).join(".cargo")))?;
    let mut registries: Vec<PathBuf> =
        fs::read_dir(home.join("registry/src")).ok()?.flatten().map(|entry| entry.path()).collect();
    registries.sort();
    let flags: Vec<String> =
        registries.iter().map(|registry| format!("--remap-path-prefix={}=crates", registry.display())).collect();
    // Cargo splits the flags at spaces.
    let flags = flags.join(" ");
    (flags.matches(' ').count() + 1 == registries.len()).then_some(flags)
}

/// Debian's compiler for its web browsers knows WebAssembly but brings no standard library for it, so that
/// is built here, once for each version of the compiler.
fn debian_target(host: &Surroundings<'_>, cache: &Path) -> Result {
    const LIBRARIES: &str = "/usr/lib/rustlib";
    let version = said(cmd!(host, "/usr/bin/rustc -vV")).ok_or("Debian's /usr/bin/rustc does not run")?;
    let machine = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .ok_or("Debian's /usr/bin/rustc does not say for which machine it builds")?;

    let folder = Path::new(LIBRARIES).join(WASM);
    let built_with = folder.join("built-with");
    if !has_std(&folder.join("lib")) || fs::read_to_string(&built_with).ok().as_ref() != Some(&version) {
        if !debian::is_root(host) {
            let text =
                format!("{LIBRARIES} lacks Rust's standard library for {WASM}. Build it as root: cargo xtask setup");
            return Err(text.into());
        }
        say(&format!("building Rust's standard library for {WASM}"));
        let linker = Path::new(LIBRARIES).join(machine).join("bin/rust-lld");
        if fs::symlink_metadata(&linker).is_err() {
            fs::create_dir_all(linker.parent().unwrap_or(&linker))
                .and_then(|()| symlink("/usr/bin/wasm-ld-22", &linker))
                .map_err(|error| format!("{}: {error}", linker.display()))?;
        }
        let new = Unfinished::in_cache(cache, "wasm-std")?;
        build_std(host, new.path())?;
        let libraries = folder.join("lib");
        fs::create_dir_all(&libraries).map_err(|error| format!("{}: {error}", libraries.display()))?;
        // Two builds of one library would be ambiguous.
        for old in fs::read_dir(&libraries)? {
            fs::remove_file(old?.path())?;
        }
        for file in fs::read_dir(new.path().join("target").join(WASM).join("release/deps"))? {
            let file = file?.path();
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if file.extension() == Some("rlib".as_ref()) && !name.starts_with("libempty") {
                fs::copy(&file, libraries.join(&name))?;
            }
        }
        fs::write(&built_with, &version)?;
    }

    let known = said(cmd!(host, "rustup toolchain list")).unwrap_or_default();
    if !known.lines().any(|line| line.split(' ').next() == Some(DEBIAN_TOOLCHAIN)) {
        say(&format!("telling rustup of Debian's toolchain, as {DEBIAN_TOOLCHAIN}"));
        cmd!(host, "rustup toolchain link {DEBIAN_TOOLCHAIN} /usr").run()?;
    }
    Ok(())
}

/// Builds the standard library as the dependency of an empty crate.
fn build_std(host: &Surroundings<'_>, folder: &Path) -> Result {
    let manifest = "[package]\nname = \"empty\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n";
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::create_dir(folder.join("src"))?;
    fs::write(folder.join("src/lib.rs"), "")?;
    let manifest = folder.join("Cargo.toml");
    let with = host
        .clone()
        .with("RUSTC", "/usr/bin/rustc")
        .with("CARGO_TARGET_DIR", folder.join("target"))
        .with("CARGO_BUILD_BUILD_DIR", folder.join("target"))
        .with("RUSTC_BOOTSTRAP", "1")
        .with("RUSTFLAGS", "-Cembed-bitcode=yes -Zforce-unstable-if-unmarked");
    let what = ["-Zbuild-std=std,panic_abort,proc_macro,test", "--target", WASM, "--manifest-path"];
    Ok(cmd!(with, "/usr/bin/cargo build --release {what...} {manifest}").env_remove("RUSTUP_TOOLCHAIN").run()?)
}

fn has_std(folder: &Path) -> bool {
    fs::read_dir(folder)
        .is_ok_and(|files| files.flatten().any(|file| file.file_name().to_string_lossy().starts_with("libstd-")))
}
