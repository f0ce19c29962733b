//! The page of the proof, drawn from what `rulebook prove` writes, and the refusals of what is not proven.

use rulebook::{compile, prove};
use rules::packed::pack;
use self_check::text::Language;
use serde_json::{Value, json};
use site::data::{RulebookFile, SiteData};
use site::pages::{Page, pages};
use site::text::words;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;
use tokio::{runtime::Builder, task::LocalSet};

/// The proof of a small rulebook, as the site gets it.
static PROOF: LazyLock<Value> = LazyLock::new(|| {
    let book =
        compile::compile(Path::new("../../tests/rulebooks_bad/base"), "2031", "en").expect("the rulebook compiles");
    json!([prove::prove(&book)])
});

/// The pages of a site whose only rulebook is the small one.
fn site(default_cycle: &str, proofs: &Value) -> Result<Vec<Page>, String> {
    let book =
        compile::compile(Path::new("../../tests/rulebooks_bad/base"), "2031", "en").expect("the rulebook compiles");
    let file = RulebookFile {
        cycle: "2031".to_owned(),
        language: "en".to_owned(),
        file: "rulebook.bin".to_owned(),
        sentences: Vec::new(),
        changes: None,
        bytes: pack(&book),
    };
    let data = SiteData {
        default_cycle: default_cycle.to_owned(),
        rulebooks: vec![file],
        proofs: serde_json::from_value(proofs.clone()).expect("proofs as the prover writes them"),
    };
    let runtime = Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(LocalSet::new().run_until(pages(&data)))
}

fn page(default_cycle: &str, path: &str) -> Page {
    let pages = site(default_cycle, &PROOF).expect("the site is proven");
    pages.into_iter().find(|page| page.path == path).unwrap_or_else(|| panic!("no page {path}"))
}

#[track_caller]
fn refused(change: impl FnOnce(&mut Value), says: &str) {
    let mut proofs = PROOF.clone();
    change(&mut proofs);
    let refusal = site("2031", &proofs).expect_err("the site is refused");
    assert!(refusal.contains(says), "no {says:?} in {refusal:?}");
}

#[test]
fn every_claim_has_its_words_in_every_language() {
    for language in Language::ALL {
        let words = words(language).proof.words.iter().map(|claim| claim.id);
        assert_eq!(words.collect::<Vec<_>>(), prove::claims().collect::<Vec<_>>(), "{language:?}");
    }
}

#[test]
fn the_page_shows_every_claim_with_its_count_and_its_notes() {
    let html = page("2031", "proof.html").body;
    let text = html.replace("&#x27;", "'").replace("&quot;", "\"").replace("&amp;", "&");
    for (claim, check) in words(Language::En).proof.words.iter().zip(PROOF[0]["checks"].as_array().expect("claims")) {
        assert!(text.contains(&format!("id=\"claim-{}\"", claim.id)), "{}", claim.id);
        assert!(text.contains(claim.title) && text.contains(claim.meaning), "{}", claim.id);
        let counted = (claim.counted)(&check["count"].to_string());
        assert!(text.replace(',', "").contains(&counted.replace(',', "")), "{counted}");
        for note in check["notes"].as_array().expect("notes") {
            assert!(text.contains(note.as_str().expect("a note")), "{note}");
        }
    }
    assert_eq!(html.matches(">Holds<").count(), words(Language::En).proof.words.len());
    for size in PROOF[0]["sizes"].as_array().expect("sizes") {
        assert!(text.contains(&format!("{} questions, ", size["questions"])), "{size}");
    }
}

#[test]
fn long_numbers_are_grouped() {
    let mut proofs = PROOF.clone();
    proofs[0]["sizes"][0]["answer_sets"] = json!(902_961_561_600_000.0);
    proofs[0]["checks"][0]["count"] = json!(1_234_567);
    proofs[0]["checks"][1]["count"] = json!(890);
    let pages = site("2031", &proofs).expect("the site is proven");
    let html = &pages.iter().find(|page| page.path == "proof.html").expect("the page of the proof").body;
    for words in [", 902,961,561,600,000 ways", ">1,234,567 pairs", ">890 pairs"] {
        assert!(html.contains(words), "no {words:?} in {html}");
    }
}

#[test]
fn the_page_is_sound_html_without_the_app() {
    let page = page("2031", "proof.html");
    assert!(page.app.is_none());
    assert!(!page.body.contains("<!--") && !page.body.contains(" style=") && !page.body.contains("<script"));
    assert_eq!(page.body.matches("<h1").count(), 1);
    let ids: Vec<&str> = page.body.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "an id stands twice: {ids:?}");
}

#[test]
fn the_same_sources_give_the_same_bytes() {
    let mut later = PROOF.clone();
    later[0]["seconds"] = json!(1e9);
    for check in later[0]["checks"].as_array_mut().expect("claims") {
        check["seconds"] = json!(1e9);
    }
    let bodies = |proofs| -> Vec<String> {
        site("2031", proofs).expect("the site is proven").into_iter().map(|page| page.body).collect()
    };
    assert_eq!(bodies(&PROOF), bodies(&later));
}

#[test]
fn the_rules_lead_to_the_proof_of_their_cycle_and_back() {
    for (default_cycle, cycle) in [("2031", ""), ("2030", "2031-")] {
        let link = format!("href=\"./{cycle}proof.html\" target=\"_blank\"");
        assert!(page(default_cycle, &format!("{cycle}sources.html")).body.contains(&link), "no {link}");
        let proof = page(default_cycle, &format!("{cycle}proof.html"));
        assert!(proof.body.contains(&format!("href=\"./{cycle}sources.html\"")));
        assert!(proof.title.contains("2031 cycle"), "{}", proof.title);
    }
}

#[test]
fn rules_that_are_not_proven_make_no_site() {
    refused(|proofs| *proofs = json!([]), "is not proven; `cargo run");
    refused(
        |proofs| proofs[0]["rulebook"] = json!("0123456789ab"),
        "is not proven as it stands, but another: 0123456789ab;",
    );
    let failure = json!([{ "what": "two verdicts", "witness": null }]);
    refused(|proofs| proofs[0]["checks"][4]["failures"] = failure, "the proof of 2031 fails: requirements-matter");
    refused(|proofs| proofs[0]["checks"][0]["id"] = json!("another"), "the words (en) do not match the claims");
    refused(|proofs| _ = proofs[0]["checks"].as_array_mut().map(Vec::pop), "the words (en) do not match the claims");
}
