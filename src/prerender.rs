//! The site's pages as files, for `src/bin/prerender.rs`.

use crate::app::{App, AppProps};
use crate::components::layout::view_plain;
use crate::context::Context;
use crate::pages;
use crate::proof::{self, Proof};
use crate::route::{self, Route};
use crate::session::Session;
use crate::state::Book;
use crate::text::{Language, Messages};
use crate::title::{title, titled};
use rules::outline::Outline;
use rules::packed::unpack;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::rc::Rc;
use yew::{Callback, Html, LocalServerRenderer, Properties, component};

/// What `rulebook build` and `rulebook prove` wrote.
#[derive(Debug, Deserialize)]
pub struct SiteData {
    /// The cycle that the site shows unless somebody chooses another.
    pub default_cycle: String,
    pub rulebooks: Vec<RulebookFile>,
    #[serde(skip)]
    pub proofs: Vec<Proof>,
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

/// One page of the site.
#[derive(Debug)]
pub struct Page {
    /// Where it lies below the site's root, such as `fr/result.html`.
    pub path: String,
    /// What `<html lang>` says.
    pub language: &'static str,
    pub title: String,
    pub description: String,
    /// The words of the link to the content, which is the first thing on a page.
    pub skip: &'static str,
    /// Name of the rulebook file that the body was rendered with, which the app reads first. A page that has none is
    /// without the app.
    pub rulebook: Option<String>,
    /// The page's HTML.
    pub body: String,
    /// What the page shows when the app is not there; empty for a page without the app.
    pub notices: String,
}

/// Every page, in the order in which they are written.
///
/// # Errors
/// When a rulebook cannot be read, or is not proven as it stands.
pub async fn pages(data: &SiteData) -> Result<Vec<Page>, String> {
    let cycles: BTreeSet<&str> = data.rulebooks.iter().map(|rulebook| &*rulebook.cycle).collect();
    let cycles: Rc<[Rc<str>]> = cycles.into_iter().map(Rc::from).collect();
    let default_cycle: Rc<str> = data.default_cycle.as_str().into();
    let mut pages = Vec::new();
    for file in &data.rulebooks {
        let Some(language) = Language::ALL.into_iter().find(|language| language.code() == file.language) else {
            continue;
        };
        let rules = unpack(&file.bytes).map_err(|problem| format!("{}: {problem}", file.file))?;
        let book = Book::new(rules);
        let proof = proof::of(&data.proofs, &file.cycle, &book.outline.rulebook)?;
        let cycle = (file.cycle != data.default_cycle).then(|| file.cycle.clone());
        let props = |page| AppProps {
            route: Route { language, cycle: cycle.clone(), page },
            book: book.clone(),
            cycles: cycles.clone(),
            default_cycle: default_cycle.clone(),
        };
        let questions = book.outline.questions.iter().map(|question| route::Page::Question(question.id.to_string()));
        for page in route::Page::NAMED.into_iter().chain(questions) {
            let props = props(page);
            pages.push(Page {
                path: props.route.path(),
                language: language.code(),
                title: title(language.messages(), &props.route, &book.outline),
                description: describe(language.messages(), &props.route, &book.outline),
                skip: language.messages().layout.skip,
                rulebook: Some(file.file.clone()),
                notices: notices(&props.route),
                body: body(props).await,
            });
        }
        pages.push(proof_page(props(route::Page::Sources), proof).await?);
    }
    Ok(pages)
}

async fn body(props: AppProps) -> String {
    LocalServerRenderer::<App>::with_props(props).hydratable(false).render().await
}

/// The page of a proof, which stands beside the page of the rules that it is given.
async fn proof_page(rules: AppProps, proof: &Proof) -> Result<Page, String> {
    let AppProps { route, book, cycles, default_cycle } = rules;
    let (language, text) = (route.language, route.language.proof());
    let claims = proof.checks.iter().map(|check| &*check.id);
    if !claims.eq(text.words.iter().map(|claim| claim.id)) {
        return Err(format!("the words ({}) are not for the claims of the proof of {}", language.code(), proof.cycle));
    }
    let page = Context {
        text: language.messages(),
        route: route.clone(),
        outline: book.outline,
        report: None,
        session: Rc::new(Session::default()),
        misfits: Rc::default(),
        epoch: 0,
        cycles,
        default_cycle,
        on: Callback::noop(),
    };
    let props = ProvenProps { page, proof: proof.clone() };
    Ok(Page {
        path: route.proof(),
        language: language.code(),
        title: titled(language.messages(), &route, text.title),
        description: text.description.to_owned(),
        skip: language.messages().layout.skip,
        rulebook: None,
        notices: String::new(),
        body: LocalServerRenderer::<Proven>::with_props(props).hydratable(false).render().await,
    })
}

#[derive(PartialEq, Properties)]
struct ProvenProps {
    page: Context,
    proof: Proof,
}

#[component]
fn Proven(props: &ProvenProps) -> Html {
    view_plain(&props.page, pages::proof::view(&props.page, &props.proof))
}

/// What search engines and links show of a page.
fn describe(text: &Messages, route: &Route, outline: &Outline) -> String {
    let text = &text.layout;
    let words = match &route.page {
        route::Page::Start => text.describe_start,
        route::Page::Question(id) => {
            let question = outline.questions.iter().find(|question| *question.id == **id);
            return (text.describe_question)(question.map_or("", |question| &question.title));
        }
        route::Page::Answers => text.describe_answers,
        route::Page::Result => text.describe_result,
        route::Page::Checklist => text.describe_checklist,
        route::Page::Timeline => text.describe_timeline,
        route::Page::Iterations => text.describe_iterations,
        route::Page::Sources => text.describe_sources,
    };
    words.to_owned()
}

/// What the page shows when its program is late, and when it has stopped; `static/first.js` picks the cause.
fn notices(route: &Route) -> String {
    let text = route.language.stopped();
    let rules = route.href(&route.to(route::Page::Sources));
    let causes = [
        ("mistake", text.mistake),
        ("renewed", text.renewed),
        ("missing", text.missing),
        ("offline", text.offline),
        ("unable", text.unable),
        ("forbidden", text.forbidden),
        ("file", text.file),
    ];
    let causes = causes.map(|(cause, words)| format!(r#"<p data-if="{cause}" hidden>{words}</p>"#)).concat();
    format!(
        r#"<section id="late" class="stopped late"><p class="strong">{}</p><p>{}</p><p><a href="?again">{}</a></p></section>
<section id="stopped" class="stopped" role="alert" tabindex="-1" hidden><p class="strong">{}</p>{causes}<p data-if="unable forbidden missing file" hidden>{} <a href="{rules}">{}</a></p><div data-kept hidden><p><label for="stopped-answers">{}</label></p><textarea id="stopped-answers" rows="4" readonly></textarea><p><a href="" data-again="answers">{}</a></p></div><p data-not-kept><a href="" data-again="usual">{}</a></p><p data-if="mistake" hidden><a href="" data-again="empty">{}</a></p></section>"#,
        text.late,
        text.late_why,
        text.again,
        text.title,
        text.general,
        text.rules,
        text.kept,
        text.with_answers,
        text.again,
        text.without_answers
    )
}
