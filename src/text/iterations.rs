//! Words of the iterations page.

#[derive(Debug)]
pub struct Iterations {
    pub title: &'static str,
    pub lead: &'static str,
    pub here: &'static str,
    pub place: &'static str,
    /// Instead, where every position is closed.
    pub shut: &'static str,
    pub before: &'static str,
    pub after: &'static str,
    pub to_do: &'static str,
    pub lost: &'static str,
    pub dates: fn(usize) -> String,
    pub notices: &'static str,
}

pub const EN: Iterations = Iterations {
    title: "The match, step by step",
    lead: "An iteration is one full run of the match. Each year has two.",
    here: "You are here",
    place: "The map marks where you are, once your answers show it.",
    shut: "Going by your answers, every position that we cover is closed to you. This is how a cycle goes.",
    before: "Up to match day",
    after: "After match day",
    to_do: "What to do",
    lost: "What does not carry over, or is lost",
    dates: |count| format!("Dates: {count}"),
    notices: "Good to know",
};
