//! What is proven about the rules, how it was looked at, and what that does not mean. The same for everybody, so it is a
//! file without the app.

use crate::proof::{Check, How, Proof, Size};
use crate::text::proof::{Claim, Proof as Words};
use self_check::components::node::{heading, line, link, words};
use self_check::components::part::{anchor, details, list, named, section};
use self_check::components::tag::view_tag;
use self_check::context::Context;
use self_check::route::Page;
use yew::{AttrValue, Html, html};

pub fn view(context: &Context, proof: &Proof) -> Html {
    let (text, outline) = (&crate::text::words(context.route.language).proof, &context.outline);
    let meaning = [text.means, text.does_not_mean, text.site].map(|text| line("", text));
    html! {
        <>
            {heading(text.title)}
            {line("eyebrow", outline.title.clone())}
            {line("lead", text.lead)}
            <p>{link("", context.href(Page::Sources), context.text.layout.rules_title)}</p>
            {line("soft", text.answers)}
            {section("meaning", "", text.meaning, meaning.into_iter().collect())}
            {section("space", "", text.space, view_space(context, text, proof))}
            {section("claims", "", (text.claims)(proof.checks.len()), view_claims(text, proof))}
            {section("limits", "", text.limits, list("", &text.limits_items))}
            {section("repeat", "", text.repeat, view_repeat(text, proof))}
        </>
    }
}

fn view_space(context: &Context, text: &Words, proof: &Proof) -> Html {
    let checked = context.text.common.date(context.outline.checked_on);
    html! {
        <>
            {line("", text.space_lead)}
            <dl class="rows">{for proof.sizes.iter().map(|size| view_size(context, text, size))}</dl>
            {line("", (text.moments)(&proof.days.to_string()))}
            {line("", (text.rulebook)(&proof.rulebook, &checked))}
        </>
    }
}

fn view_size(context: &Context, text: &Words, size: &Size) -> Html {
    let cell = context.outline.cells.iter().find(|cell| *cell.id == *size.cell);
    let title = cell.map_or(AttrValue::from(size.cell.clone()), |cell| cell.title.clone().into());
    let ways = number(text, &format!("{:.0}", size.answer_sets));
    named(title, (text.size)(&size.questions.to_string(), &ways))
}

fn view_claims(text: &Words, proof: &Proof) -> Html {
    let groups = [(How::All, text.in_full, text.in_full_lead), (How::Drawn, text.drawn, text.drawn_lead)];
    let groups = groups.into_iter().map(|(how, title, lead)| {
        let checks = proof.checks.iter().filter(|check| check.how == how);
        let claims = checks.filter_map(|check| {
            let claim = text.words.iter().find(|claim| claim.id == check.id)?;
            Some(view_claim(text, claim, check))
        });
        html! { <>{words("h3", "", title)}{line("", lead)}{for claims}</> }
    });
    groups.collect()
}

fn view_claim(text: &Words, claim: &Claim, check: &Check) -> Html {
    html! {
        <article id={anchor("claim", claim.id)} class="criterion">
            {words("h4", "", claim.title)}
            {view_tag("tag open", text.holds)}
            <div>
                {line("", claim.meaning)}
                {line("source", (claim.counted)(&number(text, &check.count.to_string())))}
                {view_notes(text, check)}
            </div>
        </article>
    }
}

fn view_notes(text: &Words, check: &Check) -> Html {
    if check.notes.is_empty() {
        return html! {};
    }
    let notes = check.notes.iter().map(|note| words("li", "", note.clone()));
    details("", text.notes, html! { <ul lang="en">{for notes}</ul> })
}

fn view_repeat(text: &Words, proof: &Proof) -> Html {
    let command = |options: &str| words("pre", "", format!("cargo run -q {options} --cycle {}", proof.cycle));
    html! {
        <>
            {line("", text.repeat_proof)}
            {command("--bin rulebook -- prove")}
            {line("", text.repeat_mutants)}
            {command("--release --bin rulebook -- mutants")}
        </>
    }
}

/// A number's digits in groups of three.
fn number(text: &Words, digits: &str) -> String {
    let mut grouped = String::new();
    for (idx, digit) in digits.chars().enumerate() {
        if idx > 0 && (digits.len() - idx).is_multiple_of(3) {
            grouped.push_str(text.thousands);
        }
        grouped.push(digit);
    }
    grouped
}
