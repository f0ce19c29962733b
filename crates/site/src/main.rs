//! Turns Trunk's output into the site. Trunk runs it, see `Trunk.toml`.

use site::assets::{Asset, When};
use site::data::SiteData;
use site::minify::Kind::{Script, Style};
use site::minify::minified;
use site::pages::pages;
use site::template::Templates;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};
use tokio::runtime::Builder;
use tokio::task::LocalSet;

/// Where `rulebook build` and `rulebook prove` have written, see `Trunk.toml`.
const DATA: &str = "target/site-data";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("site: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let site = PathBuf::from(
        env::var_os("TRUNK_STAGING_DIR").ok_or("TRUNK_STAGING_DIR is not set; `trunk build` runs this program")?,
    );
    let data = SiteData::read(Path::new(DATA))?;
    let templates = Templates::new()?;
    let mut assets = vec![
        Asset::named("first.js", "first.js", When::First, minified(Script, &read(Path::new("static/first.js"))?)?),
        Asset::hashed("style.css", When::First, minified(Style, &read(Path::new("static/style.css"))?)?),
        Asset::hashed("icon.svg", When::First, read(Path::new("static/icon.svg"))?),
        Asset::hashed("app.js", When::App, minified(Script, &take(&site.join("self-check.js"))?)?),
        Asset::hashed("app.wasm", When::App, take(&site.join("self-check_bg.wasm"))?),
    ];
    let loader = templates.loader(&data, &assets)?;
    assets.push(Asset::hashed("loader.js", When::App, minified(Script, loader.as_bytes())?));
    for rulebook in &data.rulebooks {
        let name = format!("{}.{}", rulebook.cycle, rulebook.language);
        assets.push(Asset::named(&name, &rulebook.file, When::Rules, rulebook.bytes.clone()));
    }
    for asset in &assets {
        write(&site.join(&asset.file), &asset.bytes)?;
    }
    let list = serde_json::to_string_pretty(&assets).map_err(|error| format!("assets.json: {error}"))?;
    write(&site.join("assets.json"), list.as_bytes())?;

    let runtime =
        Builder::new_current_thread().build().map_err(|error| format!("the renderer does not start: {error}"))?;
    let pages = runtime.block_on(LocalSet::new().run_until(pages(&data)))?;
    for page in &pages {
        write(&site.join(&page.path), templates.page(page, &assets)?.as_bytes())?;
    }
    write(&site.join("404.html"), templates.not_found()?.as_bytes())?;
    write(&site.join("_headers"), templates.headers(&assets)?.as_bytes())?;
    println!("site: {} pages", pages.len());
    Ok(())
}

/// The bytes of a file that goes to the site under another name.
fn take(path: &Path) -> Result<Vec<u8>, String> {
    let bytes = read(path)?;
    fs::remove_file(path).map_err(|error| at(path, &error))?;
    Ok(bytes)
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| at(path, &error))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| at(folder, &error))?;
    }
    fs::write(path, bytes).map_err(|error| at(path, &error))
}

fn at(path: &Path, error: &io::Error) -> String {
    format!("{}: {error}", path.display())
}
