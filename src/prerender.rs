//! The site's pages as files, for `src/bin/prerender.rs`.

use crate::App;
use serde::Deserialize;
use yew::LocalServerRenderer;

/// What `rulebook build` wrote.
#[derive(Debug, Deserialize)]
pub struct SiteData {
    /// The cycle that the site shows unless somebody chooses another.
    pub default_cycle: String,
    pub rulebooks: Vec<RulebookFile>,
}

/// The compact file of one cycle in one language.
#[derive(Debug, Deserialize)]
pub struct RulebookFile {
    pub cycle: String,
    pub language: String,
    /// The file's name, which holds a hash of its bytes.
    pub file: String,
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

impl SiteData {
    /// The rulebook that a page in this language starts with.
    pub fn default_rulebook(&self, language: &str) -> Option<&RulebookFile> {
        self.rulebooks.iter().find(|rulebook| rulebook.cycle == self.default_cycle && rulebook.language == language)
    }
}

/// One page of the site.
#[derive(Debug)]
pub struct Page {
    /// Where it lies below the site's root, such as `fr/result.html`.
    pub path: String,
    /// What `<html lang>` says.
    pub language: &'static str,
    pub title: String,
    pub description: String,
    /// Name of the rulebook file that the body was rendered with, which the app reads first.
    pub rulebook: Option<String>,
    /// The app's HTML, ready to be hydrated.
    pub body: String,
}

/// Every page, in the order in which they are written.
pub async fn pages(data: &SiteData) -> Vec<Page> {
    vec![Page {
        path: "index.html".to_owned(),
        language: "en",
        title: "Residency match self-check".to_owned(),
        description: "For international medical graduates who apply to Canadian residency positions.".to_owned(),
        rulebook: data.default_rulebook("en").map(|rulebook| rulebook.file.clone()),
        body: LocalServerRenderer::<App>::new().render().await,
    }]
}

/// The notice that the loader shows when the app has stopped.
pub fn stopped(language: &str) -> String {
    let [title, text, kept, with, without] = match language {
        "fr" => [
            "Cette page s’est arrêtée",
            "Une erreur de notre part a arrêté la partie interactive de la page. Rien n’a été envoyé.",
            "Vos réponses, sous forme de lien à copier et à garder",
            "Recharger avec mes réponses",
            "Recharger sans réponses",
        ],
        _ => [
            "This page has stopped",
            "A mistake of ours stopped the part of the page that answers. Nothing was sent.",
            "Your answers, as a link to copy and keep",
            "Reload with my answers",
            "Reload without answers",
        ],
    };
    format!(
        r#"<section id="stopped" class="stopped" role="alert" tabindex="-1" hidden><h2>{title}</h2><p>{text}</p><div data-kept hidden><p><label for="stopped-answers">{kept}</label></p><textarea id="stopped-answers" rows="4" readonly></textarea><p><a href="" data-reload="answers">{with}</a></p></div><p><a href="" data-reload="empty">{without}</a></p></section>"#
    )
}
