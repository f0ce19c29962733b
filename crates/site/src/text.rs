//! Words that the app does not carry, because they are only in files: typed data as in the app, one value of each
//! struct for each language.

use self_check::text::Language;

pub mod describe;
pub mod proof;
pub mod sources;
pub mod stopped;

/// All of them in one language.
#[derive(Debug)]
pub struct Words {
    pub describe: describe::Describe,
    pub proof: proof::Proof,
    pub sources: sources::Sources,
    pub stopped: stopped::Stopped,
}

static EN: Words = Words { describe: describe::EN, proof: proof::EN, sources: sources::EN, stopped: stopped::EN };

#[must_use]
pub fn words(language: Language) -> &'static Words {
    match language {
        Language::En => &EN,
    }
}
