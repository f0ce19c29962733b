//! The page's own words, as typed data: each page has a struct of them, and a language is one value of each.
//!
//! A new language adds a variant to [`Language`] and a constant beside each `EN`; the compiler names what is missing.
//! The rulebook's words are not here: they come with the rulebook, in the same language.

pub mod answers;
pub mod checklist;
pub mod common;
pub mod iterations;
pub mod layout;
pub mod question;
pub mod result;
pub mod start;
pub mod timeline;

/// A language of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    En,
}

impl Language {
    pub const ALL: [Language; 1] = [Language::En];

    /// As `<html lang>` and the rulebooks write it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Language::En => "en",
        }
    }

    /// The folder of its pages below the site's root, with a slash at its end; empty for the first language.
    #[must_use]
    pub fn folder(self) -> &'static str {
        match self {
            Language::En => "",
        }
    }

    #[must_use]
    pub fn messages(self) -> &'static Messages {
        match self {
            Language::En => &EN,
        }
    }
}

/// All words of one language.
#[derive(Debug)]
pub struct Messages {
    pub language: Language,
    pub common: common::Common,
    pub layout: layout::Layout,
    pub start: start::Start,
    pub question: question::Question,
    pub answers: answers::Answers,
    pub result: result::Result,
    pub checklist: checklist::Checklist,
    pub timeline: timeline::Timeline,
    pub iterations: iterations::Iterations,
}

/// There is one value per language, so the language tells them apart.
impl PartialEq for Messages {
    fn eq(&self, other: &Messages) -> bool {
        self.language == other.language
    }
}

static EN: Messages = Messages {
    language: Language::En,
    common: common::EN,
    layout: layout::EN,
    start: start::EN,
    question: question::EN,
    answers: answers::EN,
    result: result::EN,
    checklist: checklist::EN,
    timeline: timeline::EN,
    iterations: iterations::EN,
};
