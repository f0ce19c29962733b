//! Words of the page of rules and sources.

#[derive(Debug)]
pub struct Sources {
    pub lead: &'static str,
    /// The day on which the rules were last checked, and the day by which they must be checked again.
    pub checked: fn(&str, &str) -> String,
    pub proof: &'static str,

    pub bases: &'static str,
    pub bases_lead: &'static str,
    pub strong: &'static str,
    pub weak: &'static str,
    /// Name, weight and meaning of each basis.
    pub legend: [(&'static str, bool, &'static str); 7],

    pub rules: &'static str,
    pub rules_lead: &'static str,
    /// Of rules that look at no answer.
    pub dates_alone: &'static str,
    pub used_in: &'static str,
    pub reading: &'static str,
    /// A rule's id, the cycle and the rulebook's hash.
    pub named: fn(&str, &str, &str) -> String,
    /// A disagreement's title.
    pub disagree_on: fn(&str) -> String,

    pub conflicts: &'static str,
    pub conflicts_lead: &'static str,
    pub likely: &'static str,

    /// Takes the earlier cycle, as does the lead.
    pub changes: fn(&str) -> String,
    pub changes_lead: fn(&str) -> String,
    /// Of dates, disagreements, rules and documents.
    pub changed: [&'static str; 4],
    pub added: &'static str,
    pub removed: &'static str,

    pub dates: &'static str,
    pub dates_lead: &'static str,
    pub documents: &'static str,
    pub documents_lead: &'static str,
    pub notices: &'static str,

    pub sentences: &'static str,
    pub sentences_lead: &'static str,
    pub number: &'static str,
    pub sentence: &'static str,
    pub became: &'static str,
    /// What a sentence can become: a rule, a question, a document, a date, a stage, a notice.
    pub kinds: [&'static str; 6],

    pub glossary: &'static str,
    pub sources: &'static str,
    pub sources_lead: fn(usize) -> String,

    pub privacy: &'static str,
    pub kept: [&'static str; 4],
}

pub const EN: Sources = Sources {
    lead: "Every rule that this self-check uses, in words, with the page that it comes from.",
    checked: |checked, by| format!("Last checked on {checked}. To be checked again by {by}."),
    proof: "How these rules were tested (opens in a new tab)",

    bases: "How sure a rule is",
    bases_lead: "Every rule and every date says how we know it. A weak one on its own never closes anything for you.",
    strong: "Strong",
    weak: "Weak",
    legend: [
        ("Stated", true, "A page that names this cycle says it."),
        (
            "Standing",
            true,
            "Pages of several cycles, one of them recent, say the same. Nothing that we read says otherwise.",
        ),
        ("Carried over", false, "Last read for an earlier cycle. It may have changed."),
        ("Second-hand", false, "Read only on somebody else’s page."),
        ("Inferred", false, "Worked out by us, or a pattern from earlier years."),
        ("Entered", false, "A date that you typed in."),
        ("Conflicting", false, "Official texts disagree. Each reading is kept, with its own source."),
    ],

    rules: "The rules",
    rules_lead: "These are our own words. What counts is the page behind each rule.",
    dates_alone: "Dates",
    used_in: "Used for",
    reading: "Reading",
    named: |rule, cycle, rulebook| format!("Rule {rule}, {cycle} cycle, rulebook {rulebook}"),
    disagree_on: |title| format!("Sources disagree: {title}"),

    conflicts: "Where official texts disagree",
    conflicts_lead: "We keep every reading, and tell you to ask if it matters for you.",
    likely: "Our best guess",

    changes: |cycle| format!("What changed since the {cycle} cycle"),
    changes_lead: |cycle| {
        format!(
            "What our rules for the {cycle} cycle said otherwise, or with more or less certainty. A deadline on the same day of its year is no change. What is not in these rules may still hold: we write down only what we could read."
        )
    },
    changed: ["Dates", "Where official texts disagree", "Rules", "Documents"],
    added: "New here",
    removed: "Not here",

    dates: "Sources of the dates",
    dates_lead: "The dates themselves, with times and time zones, are on the page of dates.",
    documents: "Sources of the documents",
    documents_lead: "What each document is for is on the checklist.",
    notices: "Other things to know",

    sentences: "The page that this project began with",
    sentences_lead: "It was a page about the 2022 cycle, with 21 sentences. This is what became of each one.",
    number: "No.",
    sentence: "Sentence",
    became: "Became",
    kinds: ["Rule", "Question", "Document", "Date", "Step of the match", "Notice"],

    glossary: "Words and abbreviations",
    sources: "All pages that we read",
    sources_lead: |count| format!("{count} pages, each with the day on which we read it."),

    privacy: "Privacy: what is kept where",
    kept: [
        "Your answers stay in this browser tab. They are not sent to anyone: this site has no server that could take them.",
        "They are kept on this device only if you say so. Then you can go on later. You can erase them with one tap.",
        "On a shared computer, say so when you are asked: then nothing is written, and closing the tab forgets everything.",
        "A link that you share carries your answers in the part after “#”, which browsers do not send to any server. Whoever has the link can read them.",
    ],
};
