//! Where a page lies. Nothing else spells a path.

use crate::text::Language;

/// A page of the site: which one, in which language, for which cycle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    pub language: Language,
    /// `None` for the cycle that the site shows first.
    pub cycle: Option<String>,
    pub page: Page,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    Start,
    /// One question, by its id.
    Question(String),
    Answers,
    Result,
    Checklist,
    Timeline,
    Iterations,
    Sources,
}

impl Page {
    /// The pages that are there once.
    pub const NAMED: [Page; 7] =
        [Page::Start, Page::Answers, Page::Result, Page::Checklist, Page::Timeline, Page::Iterations, Page::Sources];

    /// Whether the page is the same for everybody: a file, which the app fetches and shows as it is.
    #[must_use]
    pub fn is_general(&self) -> bool {
        *self == Page::Sources
    }

    /// Whether most of the page is behind folds.
    #[must_use]
    pub fn is_folded(&self) -> bool {
        matches!(self, Page::Result | Page::Checklist | Page::Timeline | Page::Iterations)
    }

    fn name(&self) -> String {
        match self {
            Page::Start => "index".to_owned(),
            Page::Question(id) => ["question-", id].concat(),
            Page::Answers => "answers".to_owned(),
            Page::Result => "result".to_owned(),
            Page::Checklist => "checklist".to_owned(),
            Page::Timeline => "timeline".to_owned(),
            Page::Iterations => "iterations".to_owned(),
            Page::Sources => "sources".to_owned(),
        }
    }
}

impl Route {
    /// The file below the site's root, such as `fr/2022-question-mmi.html`.
    #[must_use]
    pub fn path(&self) -> String {
        self.file(&self.page.name())
    }

    /// The file of the proof of the same cycle in the same language. It needs no app, so it is not a page to route to.
    #[must_use]
    pub fn proof(&self) -> String {
        self.file("proof")
    }

    fn file(&self, name: &str) -> String {
        let cycle = self.cycle.as_deref().unwrap_or_default();
        [self.language.folder(), cycle, if cycle.is_empty() { "" } else { "-" }, name, ".html"].concat()
    }

    /// Reads a path below the site's root; a folder's name stands for its start page. `cycles` are all that the site
    /// has.
    #[must_use]
    pub fn parse<'a>(path: &str, cycles: impl IntoIterator<Item = &'a str>) -> Option<Route> {
        let language =
            Language::ALL.into_iter().filter(|l| !l.folder().is_empty()).find(|l| path.starts_with(l.folder()));
        let language = language.unwrap_or(Language::En);
        let file = path.strip_prefix(language.folder())?;
        let name = if file.is_empty() { "index" } else { file.strip_suffix(".html").unwrap_or(file) };
        let with_cycle = |cycle: &'a str| name.strip_prefix(cycle)?.strip_prefix('-').map(|name| (cycle, name));
        let (cycle, name) = match cycles.into_iter().find_map(with_cycle) {
            Some((cycle, name)) => (Some(cycle.to_owned()), name),
            None => (None, name),
        };
        let page = match name.strip_prefix("question-") {
            Some(id) if !id.is_empty() => Page::Question(id.to_owned()),
            _ => Page::NAMED.into_iter().find(|page| page.name() == name)?,
        };
        Some(Route { language, cycle, page })
    }

    /// Another page of the same cycle in the same language.
    #[must_use]
    pub fn to(&self, page: Page) -> Route {
        Route { page, ..self.clone() }
    }

    /// The address of another page as seen from this one: what `href` takes.
    #[must_use]
    pub fn href(&self, to: &Route) -> String {
        self.address(&to.path())
    }

    /// The address of a file below the site's root as seen from this page.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        let depth = self.path().matches('/').count();
        (if depth == 0 { "./".to_owned() } else { "../".repeat(depth) }) + path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, cycle: Option<&str>, page: Page) {
        let route = Route { language: Language::En, cycle: cycle.map(str::to_owned), page };
        assert_eq!(Route::parse(path, ["2022", "2027"]), Some(route.clone()), "{path}");
        assert_eq!(route.path(), path);
    }

    #[test]
    fn paths() {
        check("index.html", None, Page::Start);
        check("question-aimg-status.html", None, Page::Question("aimg-status".to_owned()));
        check("2022-result.html", Some("2022"), Page::Result);
        check("2022-question-mmi.html", Some("2022"), Page::Question("mmi".to_owned()));
        let start = Route { language: Language::En, cycle: None, page: Page::Start };
        assert_eq!(Route::parse("", []), Some(start.clone()));
        assert_eq!(Route::parse("result", []).map(|route| route.page), Some(Page::Result));
        assert_eq!(Route::parse("nothing.html", []), None);
        assert_eq!(Route::parse("question-.html", []), None);
        assert_eq!(start.href(&start.to(Page::Result)), "./result.html");
        // Links to it are the browser's: the app has no such page.
        let proof = Route { cycle: Some("2022".to_owned()), ..start.clone() }.proof();
        assert_eq!((&*proof, &*start.address(&proof)), ("2022-proof.html", "./2022-proof.html"));
        assert_eq!(Route::parse(&proof, ["2022", "2027"]), None);
    }
}
