//! What search engines and links show of a page.

#[derive(Debug)]
pub struct Describe {
    pub start: &'static str,
    pub question: fn(&str) -> String,
    pub answers: &'static str,
    pub result: &'static str,
    pub checklist: &'static str,
    pub timeline: &'static str,
    pub iterations: &'static str,
    pub sources: &'static str,
}

pub const EN: Describe = Describe {
    start: "For international medical graduates: see which residency positions in the Canadian R-1 match you can go for. Unofficial. Nothing leaves your device.",
    question: |question| format!("One question of the unofficial residency match self-check: {question}"),
    answers: "Your answers in the unofficial residency match self-check. They stay on your device.",
    result: "Where you appear to stand in each iteration of the residency match, why, and what comes next. Unofficial.",
    checklist: "The documents for the residency match: what each one is, where it goes and by when. Unofficial.",
    timeline: "The dates of this cycle of the residency match, with the official times and sources. Unofficial.",
    iterations: "The stages of the residency match, from application to both iterations, and what each outcome means. Unofficial.",
    sources: "Every rule of this self-check as text, with its source and the day on which we read it.",
};
