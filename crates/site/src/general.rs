//! Pages that are the same for everybody: drawn here, and never by the app.

mod changes;
mod proof;
mod sources;

use crate::data::RulebookFile;
use crate::proof::Proof;
use crate::text::words;
use rules::catalog::Catalog;
use self_check::components::layout::view_plain;
use self_check::context::Context;
use yew::{Html, Properties, component};

/// What [`General`] draws.
#[derive(Clone, PartialEq, Properties)]
pub struct GeneralProps {
    shown: Html,
}

/// A page, or the part of one that is the same for everybody.
#[component]
pub fn General(props: &GeneralProps) -> Html {
    props.shown.clone()
}

/// The page of rules and sources, which the app puts between its own head and foot.
#[must_use]
pub fn rules(context: &Context, catalog: &Catalog, file: &RulebookFile) -> GeneralProps {
    GeneralProps { shown: sources::view(context, catalog, file) }
}

/// The whole page of a proof, which is beside the page of the rules.
///
/// # Errors
/// When the words are not for the claims of this proof.
pub fn proof(context: &Context, proof: &Proof) -> Result<GeneralProps, String> {
    let claims = proof.checks.iter().map(|check| &*check.id);
    if !claims.eq(words(context.route.language).proof.words.iter().map(|claim| claim.id)) {
        let language = context.route.language.code();
        return Err(format!("the words ({language}) do not match the claims of the proof of {}", proof.cycle));
    }
    Ok(GeneralProps { shown: view_plain(context, proof::view(context, proof)) })
}
