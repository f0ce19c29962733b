//! Every page, drawn.

use crate::data::SiteData;
use crate::general::{self, General};
use crate::proof;
use crate::text::{describe::Describe, words};
use rules::catalog::catalog;
use rules::outline::Outline;
use rules::packed::unpack;
use self_check::app::{App, AppProps};
use self_check::context::Context;
use self_check::route::{self, Route};
use self_check::session::Session;
use self_check::state::Book;
use self_check::text::Language;
use self_check::title::{title, titled};
use std::collections::BTreeSet;
use std::rc::Rc;
use yew::{BaseComponent, Callback, LocalServerRenderer};

/// One page of the site.
#[derive(Debug)]
pub struct Page {
    /// Where it lies below the site's root, such as `fr/result.html`.
    pub path: String,
    pub language: Language,
    pub title: String,
    pub description: String,
    /// The page's HTML.
    pub body: String,
    /// What the app needs here. A page that has none is without the app.
    pub app: Option<ForApp>,
}

/// What a page holds for the app.
#[derive(Debug)]
pub struct ForApp {
    /// Name of the rulebook file that the page was drawn with, which the app reads first.
    pub rulebook: String,
    /// Address of the page of rules, which can be read without the app.
    pub rules: String,
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
        let catalog = catalog(&rules);
        let book = Book::new(rules);
        let proof = proof::of(&data.proofs, &file.cycle, &book.outline.rulebook)?;
        let cycle = (file.cycle != data.default_cycle).then(|| file.cycle.clone());
        let route = |page| Route { language, cycle: cycle.clone(), page };
        let context = Context {
            text: language.messages(),
            route: route(route::Page::Sources),
            outline: book.outline.clone(),
            report: None,
            session: Rc::new(Session::default()),
            misfits: Rc::default(),
            tried: None,
            epoch: 0,
            root: "".into(),
            cycles: cycles.clone(),
            default_cycle: default_cycle.clone(),
            general: None,
            is_whole: true,
            on: Callback::noop(),
        };
        let rules: Rc<str> = html::<General>(general::rules(&context, &catalog, file)).await.into();
        let questions = book.outline.questions.iter().map(|question| route::Page::Question(question.id.to_string()));
        for page in route::Page::NAMED.into_iter().chain(questions) {
            let route = route(page);
            pages.push(Page {
                path: route.path(),
                language,
                title: title(language.messages(), &route, &book.outline),
                description: describe(&words(language).describe, &route, &book.outline),
                app: Some(ForApp { rulebook: file.file.clone(), rules: route.href(&route.to(route::Page::Sources)) }),
                body: html::<App>(AppProps {
                    general: route.page.is_general().then(|| rules.clone()),
                    route,
                    book: book.clone(),
                    cycles: cycles.clone(),
                    default_cycle: default_cycle.clone(),
                })
                .await,
            });
        }
        let words = words(language);
        pages.push(Page {
            path: context.route.proof(),
            language,
            title: titled(language.messages(), &context.outline.cycle, words.proof.title),
            description: words.proof.description.to_owned(),
            app: None,
            body: html::<General>(general::proof(&context, proof)?).await,
        });
    }
    Ok(pages)
}

/// A component as HTML, as it is first drawn.
async fn html<C: BaseComponent>(props: C::Properties) -> String
where
    C::Properties: 'static,
{
    LocalServerRenderer::<C>::with_props(props).hydratable(false).render().await
}

/// What search engines and links show of a page.
fn describe(text: &Describe, route: &Route, outline: &Outline) -> String {
    let words = match &route.page {
        route::Page::Start => text.start,
        route::Page::Question(id) => {
            return (text.question)(outline.question(id).map_or("", |question| &question.title));
        }
        route::Page::Answers => text.answers,
        route::Page::Result => text.result,
        route::Page::Checklist => text.checklist,
        route::Page::Timeline => text.timeline,
        route::Page::Iterations => text.iterations,
        route::Page::Sources => text.sources,
    };
    words.to_owned()
}
