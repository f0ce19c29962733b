//! Set-up: the tools that the other commands need, at the versions pinned here, kept outside the clone.
//!
//! Pinned elsewhere, each in the one place that must have it: `wasm-bindgen` in `Cargo.lock`, because the
//! program and the library must be equal; what comes from npm in `tests/browser/package-lock.json` and, for the
//! benchmarks, in `bench/package-lock.json`.

use crate::run::{Problem, command, output, run, run_at_most};
use std::{
    env, fs,
    hash::{DefaultHasher, Hash, Hasher},
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::{self, Command},
    time::Duration,
};

const TRUNK: &str = "0.21.14";
const NODE: u32 = 20;
pub const WASM: &str = "wasm32-unknown-unknown";
/// rustup answers within seconds, or its server is out of reach and it would try for long.
const RUSTUP_LIMIT: Duration = Duration::from_mins(2);
/// A toolchain that knows WebAssembly, and the linker for it.
const DEBIAN_RUST: [&str; 5] = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-clippy", "lld-22"];
/// What rustup calls Debian's toolchain.
const DEBIAN_TOOLCHAIN: &str = "debian-web";
const TEST_PACKAGES: Packages = Packages {
    folder: "tests/browser",
    link: "tests/node_modules",
    what: "wasm-opt and what the tests need",
    works: |modules| output(&mut command(modules.join(".bin/wasm-opt"), &["--version"])).is_some(),
};
const BENCH_PACKAGES: Packages = Packages {
    folder: "bench",
    link: "bench/node_modules",
    what: "what the benchmarks compare with",
    works: |modules| modules.join(".package-lock.json").is_file(),
};

/// What the tools are wanted for: tests and benchmarks need more than building.
#[derive(Clone, Copy, PartialEq)]
pub enum For {
    Build,
    Test,
    Bench,
}

/// Packages of npm, as a lock file names them.
struct Packages {
    /// Where `package.json` and its lock file are.
    folder: &'static str,
    link: &'static str,
    what: &'static str,
    /// Whether a folder `node_modules` has them.
    works: fn(&Path) -> bool,
}

pub struct Tools {
    path: std::ffi::OsString,
    /// Name of the toolchain that builds for the browser, if it is not the usual one.
    wasm_toolchain: Option<&'static str>,
    chromium: Option<PathBuf>,
}

impl Tools {
    /// The command, with the tools on its path.
    pub fn on_path<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        if let Some(chromium) = &self.chromium {
            command.env("CHROME_PATH", chromium);
        }
        command.env("PATH", &self.path)
    }

    /// The command, with the tools on its path and the toolchain that builds for the browser.
    pub fn wasm<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        if let Some(toolchain) = self.wasm_toolchain {
            command.env("RUSTUP_TOOLCHAIN", toolchain);
        }
        if let Some(flags) = anonymous_paths() {
            command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
        }
        self.on_path(command)
    }
}

pub fn set_up(purpose: For) -> Result<Tools, Problem> {
    let cache = cache()?;
    fs::create_dir_all(&cache)?;
    check_node()?;
    fetch_crates()?;
    if purpose == For::Test {
        rust_components()?;
    }
    let wasm_toolchain = wasm_target(&cache)?;
    let trunk = cargo_tool(&cache, "trunk", "trunk", TRUNK, &["--locked"])?;
    // Its lock file names a crate version that not every registry has, so it is built without.
    let wasm_bindgen = cargo_tool(&cache, "wasm-bindgen-cli", "wasm-bindgen", &locked("wasm-bindgen")?, &[])?;
    let npm = npm_packages(&cache, &TEST_PACKAGES)?;
    if purpose == For::Bench {
        npm_packages(&cache, &BENCH_PACKAGES)?;
        if on_path("valgrind").is_none() {
            apt_install(&["valgrind"], "the benchmarks count instructions")?;
        }
    }
    let chromium = if purpose == For::Build { None } else { Some(chromium()?) };

    let mut folders = vec![trunk.join("bin"), wasm_bindgen.join("bin"), npm.join(".bin")];
    folders.extend(env::var_os("PATH").iter().flat_map(env::split_paths));
    let path = env::join_paths(folders).map_err(|error| Problem::new(format!("PATH: {error}")))?;
    Ok(Tools { path, wasm_toolchain, chromium })
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

fn cache() -> Result<PathBuf, Problem> {
    let folder = |name| env::var_os(name).map(PathBuf::from).filter(|folder| folder.is_absolute());
    folder("XDG_CACHE_HOME")
        .or_else(|| Some(folder("HOME")?.join(".cache")))
        .map(|caches| caches.join("img-self-check"))
        .ok_or_else(|| Problem::new("neither XDG_CACHE_HOME nor HOME names a folder for the tools"))
}

fn check_node() -> Result<(), Problem> {
    let version = output(&mut command("node", &["--version"])).unwrap_or_default();
    let major: Option<u32> = version.strip_prefix('v').and_then(|version| version.split('.').next()?.parse().ok());
    if major.is_none_or(|major| major < NODE) {
        return Err(Problem::new(format!(
            "Node.js {NODE} or later runs wasm-opt and the browser tests, and is missing"
        )));
    }
    match output(&mut command("npm", &["--version"])) {
        Some(_) => Ok(()),
        None => Err(Problem::new("`npm` is missing; it installs wasm-opt and what the browser tests need")),
    }
}

/// A toolchain of rustup's smallest kind has neither.
fn rust_components() -> Result<(), Problem> {
    for (component, subcommand) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if output(&mut command("cargo", &[subcommand, "--version"])).is_none() {
            say(&format!("adding {component}"));
            run_at_most(&mut command("rustup", &["component", "add", component]), RUSTUP_LIMIT)?;
        }
    }
    Ok(())
}

/// Trunk builds without the network, so every crate must be there.
fn fetch_crates() -> Result<(), Problem> {
    if output(&mut command("cargo", &["fetch", "--offline"])).is_some() {
        return Ok(());
    }
    say("fetching the crates");
    run(&mut command("cargo", &["fetch"]))
}

/// Version of a crate in Cargo.lock.
fn locked(krate: &str) -> Result<String, Problem> {
    let lock = fs::read_to_string("Cargo.lock")?;
    let mut lines = lock.lines().skip_while(|line| *line != format!("name = \"{krate}\""));
    lines
        .nth(1)
        .and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
        .map(str::to_owned)
        .ok_or_else(|| Problem::new(format!("Cargo.lock has no `{krate}`")))
}

/// The folder of a program that cargo installs, which is installed now unless it is there and works.
fn cargo_tool(cache: &Path, krate: &str, program: &str, version: &str, options: &[&str]) -> Result<PathBuf, Problem> {
    let folder = cache.join(format!("{krate}-{version}"));
    let works = |folder: &Path| {
        output(&mut command(folder.join("bin").join(program), &["--version"]))
            .is_some_and(|said| said.split(' ').any(|word| word == version))
    };
    if works(&folder) {
        return Ok(folder);
    }
    say(&format!("installing {krate} {version}, which takes some minutes"));
    let new = Unfinished::in_cache(cache, krate)?;
    let mut install = command("cargo", &["install", &format!("{krate}@{version}")]);
    install.args(options).arg("--root").arg(new.path());
    // It runs a few times; a fast build serves us better than a fast program.
    install
        .env("CARGO_TARGET_DIR", new.path().join("target"))
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_RELEASE_LTO", "false")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    run(&mut install)?;
    fs::remove_dir_all(new.path().join("target"))?;
    if !works(new.path()) {
        return Err(Problem::new(format!("{krate} was installed, and yet `{program} --version` is not {version}")));
    }
    new.finish(&folder)?;
    Ok(folder)
}

/// The folder `node_modules` with the packages of the lock file. Node looks for packages beside the file
/// that asks and above it, so a link among the files that ask leads there.
fn npm_packages(cache: &Path, packages: &Packages) -> Result<PathBuf, Problem> {
    let Packages { folder: from, link, what, works } = packages;
    let lock = fs::read_to_string(Path::new(from).join("package-lock.json"))?;
    let mut hash = DefaultHasher::new();
    lock.hash(&mut hash);
    let folder = cache.join(format!("npm-{:016x}", hash.finish()));
    let modules = folder.join("node_modules");
    if !works(&modules) {
        say(&format!("installing {what} from npm"));
        let new = Unfinished::in_cache(cache, "npm")?;
        for file in ["package.json", "package-lock.json"] {
            fs::copy(Path::new(from).join(file), new.path().join(file))?;
        }
        let ci = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
        run(command("npm", &ci).current_dir(new.path()))?;
        if !works(&new.path().join("node_modules")) {
            return Err(Problem::new(format!("npm installed {what}, and yet it does not run")));
        }
        new.finish(&folder)?;
    }
    if fs::read_link(link).ok().as_ref() != Some(&modules) {
        if fs::symlink_metadata(link).is_ok_and(|found| found.is_symlink()) {
            fs::remove_file(link)?;
        }
        symlink(&modules, link).map_err(|error| Problem::new(format!("{link}: {error}")))?;
    }
    Ok(modules)
}

fn chromium() -> Result<PathBuf, Problem> {
    if let Some(path) = env::var_os("CHROME_PATH") {
        return Ok(path.into());
    }
    on_path("chromium").map_or_else(
        || {
            apt_install(&["chromium", "chromium-driver"], "the browser tests need Chromium")?;
            on_path("chromium").ok_or_else(|| Problem::new("Debian's chromium is installed, but not on the path"))
        },
        Ok,
    )
}

/// Name of the toolchain that can build for the browser, if it is not the usual one.
fn wasm_target(cache: &Path) -> Result<Option<&'static str>, Problem> {
    let from = env::var("WASM_TARGET_FROM").unwrap_or_default();
    match from.as_str() {
        "rustup" => rustup_target().map(|()| None),
        "debian" => debian_target(cache).map(Some),
        "" => match rustup_target() {
            Ok(()) => Ok(None),
            Err(problem) => {
                say(&format!("{problem}; trying Debian's packages"));
                debian_target(cache).map(Some)
            }
        },
        _ => Err(Problem::usage(format!("WASM_TARGET_FROM is `{from}`, but may be `rustup` or `debian`"))),
    }
}

fn rustup_target() -> Result<(), Problem> {
    let there = output(&mut command("rustc", &["--print", "target-libdir", "--target", WASM]))
        .is_some_and(|folder| has_std(Path::new(&folder)));
    if there {
        return Ok(());
    }
    say(&format!("adding the target {WASM}"));
    run_at_most(&mut command("rustup", &["target", "add", WASM]), RUSTUP_LIMIT)
}

/// Debian's compiler for its web browsers knows WebAssembly but brings no standard library for it, so that
/// is built here, once for each version of the compiler.
fn debian_target(cache: &Path) -> Result<&'static str, Problem> {
    const LIBRARIES: &str = "/usr/lib/rustlib";
    let installed = |package: &&str| {
        let query = ["-W", "-f=${db:Status-Status}", package];
        output(&mut command("dpkg-query", &query)).is_some_and(|status| status == "installed")
    };
    if !DEBIAN_RUST.iter().all(installed) {
        apt_install(&DEBIAN_RUST, "building for the browser needs them where rustup's server is out of reach")?;
    }
    let version = output(&mut command("/usr/bin/rustc", &["-vV"]))
        .ok_or_else(|| Problem::new("Debian's /usr/bin/rustc does not run"))?;
    let host = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .ok_or_else(|| Problem::new("Debian's /usr/bin/rustc does not say for which machine it builds"))?;

    let folder = Path::new(LIBRARIES).join(WASM);
    let built_with = folder.join("built-with");
    if !has_std(&folder.join("lib")) || fs::read_to_string(&built_with).ok().as_ref() != Some(&version) {
        say(&format!("building Rust's standard library for {WASM}"));
        let linker = Path::new(LIBRARIES).join(host).join("bin/rust-lld");
        if fs::symlink_metadata(&linker).is_err() {
            fs::create_dir_all(linker.parent().unwrap_or(&linker))
                .and_then(|()| symlink("/usr/bin/wasm-ld-22", &linker))
                .map_err(|error| Problem::new(format!("{}: {error}", linker.display())))?;
        }
        let new = Unfinished::in_cache(cache, "wasm-std")?;
        build_std(new.path())?;
        let libraries = folder.join("lib");
        fs::create_dir_all(&libraries).map_err(|error| Problem::new(format!("{}: {error}", libraries.display())))?;
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

    let known = output(&mut command("rustup", &["toolchain", "list"])).unwrap_or_default();
    if !known.lines().any(|line| line.split(' ').next() == Some(DEBIAN_TOOLCHAIN)) {
        run(&mut command("rustup", &["toolchain", "link", DEBIAN_TOOLCHAIN, "/usr"]))?;
    }
    Ok(DEBIAN_TOOLCHAIN)
}

/// Builds the standard library as the dependency of an empty crate.
fn build_std(folder: &Path) -> Result<(), Problem> {
    let manifest = "[package]\nname = \"empty\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n";
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::create_dir(folder.join("src"))?;
    fs::write(folder.join("src/lib.rs"), "")?;
    let args = ["build", "--release", "-Zbuild-std=std,panic_abort,proc_macro,test", "--target", WASM];
    run(command("/usr/bin/cargo", &args)
        .current_dir(folder)
        .env_remove("RUSTUP_TOOLCHAIN")
        .env("RUSTC", "/usr/bin/rustc")
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", "-Cembed-bitcode=yes -Zforce-unstable-if-unmarked"))
}

fn has_std(folder: &Path) -> bool {
    fs::read_dir(folder)
        .is_ok_and(|files| files.flatten().any(|file| file.file_name().to_string_lossy().starts_with("libstd-")))
}

fn apt_install(packages: &[&str], why: &str) -> Result<(), Problem> {
    let root = output(&mut command("id", &["-u"])).is_some_and(|id| id == "0");
    if !root || on_path("apt-get").is_none() {
        let packages = packages.join(" ");
        return Err(Problem::new(format!("{why}. Install as root: apt-get install {packages}")));
    }
    say(&format!("installing Debian's {}", packages.join(", ")));
    run(command("apt-get", &["update", "-q"]).env("DEBIAN_FRONTEND", "noninteractive"))?;
    let install = ["install", "-q", "-y", "--no-install-recommends"];
    run(command("apt-get", &install).args(packages).env("DEBIAN_FRONTEND", "noninteractive"))
}

fn on_path(program: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(program)).find(|file| file.is_file())
}

fn say(text: &str) {
    println!("set-up: {text}");
}

/// A folder that is filled under another name first, so that a half-finished install is never taken for a tool.
struct Unfinished(PathBuf);

impl Unfinished {
    fn in_cache(cache: &Path, name: &str) -> Result<Unfinished, Problem> {
        let folder = cache.join(format!(".{name}-{}", process::id()));
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir(&folder)?;
        Ok(Unfinished(folder))
    }

    fn path(&self) -> &Path {
        &self.0
    }

    fn finish(self, folder: &Path) -> Result<(), Problem> {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        Ok(fs::rename(&self.0, folder)?)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // Nothing is there any more once it has been renamed.
        let _ = fs::remove_dir_all(&self.0);
    }
}
