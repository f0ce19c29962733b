//! Files that are filled in: `templates/`.

use crate::assets::Asset;
use crate::data::SiteData;
use crate::headers::{POLICY, headers};
use crate::pages::Page;
use crate::text::words;
use minijinja::{Environment, UndefinedBehavior, context};
use std::collections::BTreeMap;

const PAGE: &str = include_str!("../templates/page.html");
const LOADER: &str = include_str!("../templates/loader.js");
const NOT_FOUND: &str = include_str!("../templates/404.html");
const HEADERS: &str = include_str!("../templates/_headers");

/// The templates, ready to be filled in. Whatever is put into HTML is escaped.
pub struct Templates(Environment<'static>);

impl Templates {
    /// # Errors
    /// When a template cannot be read; the message names file and line.
    pub fn new() -> Result<Templates, String> {
        let mut templates = Environment::new();
        templates.set_undefined_behavior(UndefinedBehavior::Strict);
        templates.set_keep_trailing_newline(true);
        templates.set_trim_blocks(true);
        for (name, text) in [("page.html", PAGE), ("loader.js", LOADER), ("404.html", NOT_FOUND), ("_headers", HEADERS)]
        {
            templates.add_template(name, text).map_err(|error| format!("{error:#}"))?;
        }
        Ok(Templates(templates))
    }

    /// A page, with what loads the app where it has one.
    ///
    /// # Errors
    /// When the template asks for what is not there.
    pub fn page(&self, page: &Page, assets: &[Asset]) -> Result<String, String> {
        let file = |name: &str| assets.iter().find(|asset| asset.name == name).map(|asset| &*asset.file);
        let stopped = &words(page.language).stopped;
        let causes = [
            ("mistake", stopped.mistake),
            ("renewed", stopped.renewed),
            ("missing", stopped.missing),
            ("offline", stopped.offline),
            ("unable", stopped.unable),
            ("forbidden", stopped.forbidden),
            ("file", stopped.file),
        ];
        let app = page.app.as_ref().map(|app| {
            context! {
                rulebook => app.rulebook,
                rules => app.rules,
                loader => file("loader.js"),
                js => file("app.js"),
                wasm => file("app.wasm"),
            }
        });
        let values = context! {
            language => page.language.code(),
            policy => POLICY,
            title => page.title,
            description => page.description,
            skip => page.language.messages().layout.skip,
            // Addresses start at the root; a page further down must first climb there.
            root => "../".repeat(page.path.matches('/').count()),
            style => file("style.css"),
            icon => file("icon.svg"),
            app => app,
            causes => causes,
            stopped => context! {
                late => stopped.late,
                late_why => stopped.late_why,
                again => stopped.again,
                title => stopped.title,
                general => stopped.general,
                rules => stopped.rules,
                kept => stopped.kept,
                with_answers => stopped.with_answers,
                without_answers => stopped.without_answers,
            },
            body => page.body,
        };
        self.fill("page.html", &values).map_err(|problem| format!("{}: {problem}", page.path))
    }

    /// The script that starts the app: it knows the names of the files.
    ///
    /// # Errors
    /// When the template asks for what is not there.
    pub fn loader(&self, data: &SiteData, assets: &[Asset]) -> Result<String, String> {
        let mut rulebooks: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
        for rulebook in &data.rulebooks {
            rulebooks.entry(&rulebook.cycle).or_default().insert(&rulebook.language, &rulebook.file);
        }
        let file = |name: &str| assets.iter().find(|asset| asset.name == name).map(|asset| &*asset.file);
        self.fill(
            "loader.js",
            &context! { cycle => data.default_cycle, rulebooks, js => file("app.js"), wasm => file("app.wasm") },
        )
    }

    /// The page for addresses that lead nowhere. A host cannot know how deep below the root they lie, so it links to
    /// nothing.
    ///
    /// # Errors
    /// When the template asks for what is not there.
    pub fn not_found(&self) -> Result<String, String> {
        self.fill("404.html", &context! {})
    }

    /// The file of headers that some hosts read.
    ///
    /// # Errors
    /// When the template asks for what is not there.
    pub fn headers(&self, assets: &[Asset]) -> Result<String, String> {
        let hashed = assets.iter().filter(|asset| asset.file.contains(&asset.hash)).map(|asset| &*asset.file);
        self.fill("_headers", &context! { headers => headers(), hashed => hashed.collect::<Vec<_>>() })
    }

    fn fill(&self, name: &str, values: &minijinja::Value) -> Result<String, String> {
        let template = self.0.get_template(name).map_err(|error| format!("{error:#}"))?;
        template.render(values).map_err(|error| format!("{error:#}"))
    }
}
