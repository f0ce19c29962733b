//! Turns Trunk's output into the site: every page as a file, the loader, the rulebooks and the page
//! for addresses that lead nowhere. Trunk runs it, see Trunk.toml.

use self_check::prerender::{Page, SiteData, pages};
use std::{
    collections::BTreeMap,
    env, fs, io,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// A host cannot know how deep below the root the wrong address lies, so this page links to nothing.
const NOT_FOUND: &str = include_str!("../../static/404.html");
/// Where `rulebook build` and `rulebook prove` have written, see Trunk.toml.
const DATA: &str = "target/site-data";
const LOADER: &str = include_str!("../../static/loader.js");

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("prerender: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let site = PathBuf::from(
        env::var_os("TRUNK_STAGING_DIR").ok_or("TRUNK_STAGING_DIR is not set; `trunk build` runs this program")?,
    );
    let data = read(Path::new(DATA))?;
    for rulebook in &data.rulebooks {
        write(&site.join(&rulebook.file), &rulebook.bytes)?;
    }

    let trunk_page = site.join("index.html");
    let shell = fs::read_to_string(&trunk_page).map_err(|error| at(&trunk_page, &error))?;
    let loader = loader(&shell, &data)?;
    let loader_name = format!("app-{:016x}.js", fnv1a(loader.as_bytes()));
    write(&site.join(&loader_name), loader.as_bytes())?;

    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .map_err(|error| format!("the renderer does not start: {error}"))?;
    let pages = runtime.block_on(tokio::task::LocalSet::new().run_until(pages(&data)))?;
    for page in &pages {
        write(&site.join(&page.path), fill(&shell, page, &loader_name)?.as_bytes())?;
    }
    write(&site.join("404.html"), NOT_FOUND.as_bytes())?;
    println!("prerender: {} pages", pages.len());
    Ok(())
}

fn read(folder: &Path) -> Result<SiteData, String> {
    let manifest = folder.join("manifest.json");
    let text = fs::read_to_string(&manifest).map_err(|error| at(&manifest, &error))?;
    let mut data: SiteData = serde_json::from_str(&text).map_err(|error| format!("{}: {error}", manifest.display()))?;
    for rulebook in &mut data.rulebooks {
        let file = folder.join(&rulebook.file);
        rulebook.bytes = fs::read(&file).map_err(|error| at(&file, &error))?;
    }
    let proof = folder.join("proof.json");
    let text = fs::read_to_string(&proof).map_err(|error| at(&proof, &error))?;
    data.proofs = serde_json::from_str(&text).map_err(|error| at(&proof, &error.into()))?;
    Ok(data)
}

fn loader(shell: &str, data: &SiteData) -> Result<String, String> {
    let js = between(shell, r#"<link rel="modulepreload" href="./"#, "\"")?;
    let wasm = between(shell, r#"crossorigin href="./"#, "\"")?;
    let mut rulebooks: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
    for rulebook in &data.rulebooks {
        rulebooks.entry(&rulebook.cycle).or_default().insert(&rulebook.language, &rulebook.file);
    }
    let rulebooks = serde_json::json!(rulebooks).to_string();
    let cycle = serde_json::json!(data.default_cycle).to_string();
    replace_each(LOADER, &[("js", js), ("wasm", wasm), ("cycle", &cycle), ("rulebooks", &rulebooks)])
}

fn fill(shell: &str, page: &Page, loader: &str) -> Result<String, String> {
    // Trunk's addresses start at the root; a page further down must first climb there.
    let depth = page.path.matches('/').count();
    let root = if depth == 0 { "./".to_owned() } else { "../".repeat(depth) };
    let shell = shell.replace("\"./", &format!("\"{root}"));
    let (title, description) = (escape(&page.title), escape(&page.description));
    let mut values = vec![
        ("language", page.language),
        ("title", &title),
        ("description", &description),
        ("skip", page.skip),
        ("body", &page.body),
    ];
    let Some(name) = &page.rulebook else {
        return replace_each(&without_app(&shell)?, &values).map_err(|problem| format!("{}: {problem}", page.path));
    };
    // The app needs the rulebook at once, and would otherwise ask for it only when it runs.
    let preload = format!(r#"<link rel="preload" as="fetch" crossorigin href="{root}{name}"></head>"#);
    values.extend([("loader", loader), ("notices", &page.notices), ("rulebook", name)]);
    replace_each(&shell.replacen("</head>", &preload, 1), &values)
        .map_err(|problem| format!("{}: {problem}", page.path))
}

/// Trunk's page without what loads the app, and without the app's places.
fn without_app(shell: &str) -> Result<String, String> {
    let app = [
        ("<script ", "</script>"),
        ("<script ", "</script>"),
        (r#"<link rel="modulepreload""#, ">"),
        (r#"<link rel="preload""#, ">"),
        ("{{notices}}", ">"),
        ("</div", ">"),
    ];
    app.into_iter().try_fold(shell.to_owned(), |shell, (from, to)| {
        let part = between(&shell, from, to)?;
        Ok(shell.replacen(&[from, part, to].concat(), "", 1))
    })
}

/// Fills in `{{name}}` for every name, each exactly once. Values are not searched again.
fn replace_each(template: &str, values: &[(&str, &str)]) -> Result<String, String> {
    let mut filled = String::new();
    let mut rest = template;
    let mut used = vec![false; values.len()];
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}").ok_or("a `{{` has no `}}`")?;
        let idx = values
            .iter()
            .position(|(known, _)| *known == name)
            .ok_or_else(|| format!("nothing to put in place of `{{{{{name}}}}}`"))?;
        used[idx] = true;
        filled.push_str(before);
        filled.push_str(values[idx].1);
        rest = after;
    }
    filled.push_str(rest);
    match used.iter().position(|used| !used) {
        Some(idx) => Err(format!("no place for `{{{{{}}}}}`", values[idx].0)),
        None => Ok(filled),
    }
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Result<&'a str, String> {
    text.split_once(before)
        .and_then(|(_, rest)| rest.split_once(after))
        .map(|(found, _)| found)
        .ok_or_else(|| format!("Trunk's page has no `{before}…`"))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// A hash for names of files: 64-bit FNV-1a.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
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
