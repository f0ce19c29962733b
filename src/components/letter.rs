//! What the rules do not settle: the readings, whom to ask, and a letter that is ready to send.

use super::grounds::{outside, view_grounds};
use super::node::{line, words};
use super::part::{anchor, details};
use super::ready::Ready;
use crate::text::Messages;
use rules::report::{Ask, Cited, Disagreement, Said, Whom};
use rules::rulebook::{Basis, Named};
use yew::{AttrValue, Html, html};

/// What the texts most likely come to, on each matter that they disagree on.
pub fn view_likely(text: &Messages, disagreements: &[Disagreement]) -> Html {
    let each = disagreements.iter().map(|found| {
        html! {
            <>
                // The headline names the only one.
                if disagreements.len() > 1 {
                    {line("strong", found.title.clone())}
                }
                {line("", found.likely.clone())}
            </>
        }
    });
    html! { <>if !disagreements.is_empty() { {words("h4", "", text.result.likely)}{for each} }</> }
}

pub fn view_whom(text: &Messages, ask: &Ask) -> Html {
    let each = ask.contacts.iter().map(|whom| html! { <li>{outside(whom.url.clone(), whom.name.clone())}</li> });
    html! { <>{words("h4", "", text.result.whom)}<ul class="plain">{for each}</ul></> }
}

/// Names in one line.
#[must_use]
pub fn names(contacts: &[Whom], and: &str) -> String {
    let names: Vec<&str> = contacts.iter().map(|whom| &*whom.name).collect();
    names.join(&[" ", and, " "].concat())
}

pub fn view_disagreement(text: &Messages, disagreement: &Disagreement) -> Html {
    let readings = disagreement.readings.iter().enumerate();
    let shown = html! {
        <>
            {line("strong", disagreement.title.clone())}
            {line("", disagreement.text.clone())}
            <ul class="grid">{for readings.map(|(n, reading)| view_reading(text, n, reading))}</ul>
        </>
    };
    details("", text.result.readings, shown)
}

fn view_reading(text: &Messages, n: usize, (named, basis, cited): &(Named, Basis, Vec<Cited>)) -> Html {
    html! {
        <li class="card">
            {line("eyebrow", (text.result.reading)(n + 1))}
            {line("", named.text.clone())}
            {view_grounds(&text.common, basis, cited)}
        </li>
    }
}

/// What to write to whom one has to ask; `of` is the cell's id.
pub fn view_letters(text: &'static Messages, of: &str, ask: &Ask) -> Html {
    let letters = ask.letters.iter().enumerate().map(|(n, letter)| {
        let id = anchor("letter", &format!("{of}-{n}"));
        // Another office reads it: what never comes is a plain no.
        let said = |said: &Said| if *said == Said::Never { text.common.no.to_owned() } else { text.common.said(said) };
        let facts = letter.facts.iter().filter_map(|row| Some((&*row.short, said(row.said.as_ref()?))));
        let to = &letter.to;
        let letter = (text.result.letter)(&letter.question, &facts.collect::<Vec<_>>());
        let content = AttrValue::from(letter.clone());
        html! {
            <>
                if ask.contacts.len() > 1 {
                    {line("eyebrow", (text.result.next.ask)(&names(to, text.common.and)))}
                }
                <Ready key={&*letter} {text} {id} {content} copy={text.result.copy} />
            </>
        }
    });
    let shown = html! { <>{line("hint", text.result.ready_hint)}{for letters}</> };
    details("", text.result.ready, shown)
}
