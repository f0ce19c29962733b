//! Words of the start page.

#[derive(Debug)]
pub struct Start {
    pub title: &'static str,
    pub lead: &'static str,
    pub decides_nothing: &'static str,
    /// How many questions there are at most.
    pub how_many: fn(usize) -> String,
    pub start: &'static str,
    pub resume: &'static str,
    pub see_answers: &'static str,
    pub see_result: &'static str,
    /// Whom a cycle is for that people applied for: the cycle, and the spring of the application.
    pub applied: fn(&str, &str) -> String,
    /// Whom a cycle is for that lies ahead.
    pub preparing: fn(&str) -> String,
    /// The way to another cycle.
    pub go_to: fn(&str) -> String,
    /// Folds out what is known of another cycle.
    pub more: &'static str,
    /// What there is to say of the cycle that the site shows first.
    pub under_way: &'static str,
    /// Before the answers to another cycle that count here too, and before those that do not.
    pub carried: &'static str,
    pub not_carried: &'static str,
    pub positions: &'static str,
    pub positions_hint: &'static str,
    pub at_hand: &'static str,
    pub at_hand_items: [&'static str; 4],
    pub kept: &'static str,
    pub kept_items: [&'static str; 3],
    pub dates: &'static str,
    pub no_dates: &'static str,
    pub all_dates: &'static str,
    pub opens: fn(&str) -> String,
    pub closes: fn(&str) -> String,
    pub other_cycles: &'static str,
    pub other_cycle: fn(&str) -> String,
    pub current_cycle: fn(&str) -> String,
    pub all_rules: &'static str,
}

pub const EN: Start = Start {
    title: "Which residency positions can you go for?",
    lead: "For international medical graduates who are interested in Alberta’s positions in the R-1 match of the Canadian Resident Matching Service (CaRMS). From your answers, this page works out what the published rules seem to say. It shows what is possible, what is missing, and by when.",
    decides_nothing: "It is unofficial and decides nothing.",
    how_many: |n| {
        format!(
            "There are {n} questions, and nobody gets all of them. For some people, one answer is enough. You can skip any question and come back to it."
        )
    },
    start: "Start the questions",
    resume: "Continue",
    see_answers: "See your answers",
    see_result: "See your result",
    applied: |cycle, spring| format!("{cycle} cycle: I applied to the AIMG Program in spring {spring}"),
    preparing: |cycle| format!("{cycle} cycle: I am preparing for it"),
    go_to: |cycle| format!("Go to the {cycle} cycle"),
    more: "What is known about it",
    under_way: "The match of this cycle is going on now.",
    carried: "These answers carry over, because they are about you:",
    not_carried: "These answers were about another cycle. You are asked again:",
    positions: "Which positions interest you?",
    positions_hint: "Only these decide which questions you get. If you tick none, all count.",
    at_hand: "What to have at hand",
    at_hand_items: [
        "emails from the AIMG Program, especially the one called Eligibility Status Notification",
        "your logins for the AIMG portal, CaRMS Online and physiciansapply.ca",
        "your diploma and your exam results, with their dates",
        "the papers that show your status in Canada",
    ],
    kept: "What happens to your answers",
    kept_items: [
        "They stay on this device. Nothing is sent to anyone.",
        "They are kept after you close the page only if you say yes.",
        "You can erase everything with one tap.",
    ],
    dates: "The next dates",
    no_dates: "No coming date is published yet.",
    all_dates: "All dates",
    opens: |when| format!("From {when}"),
    closes: |when| format!("Until {when}"),
    other_cycles: "Rules, and other cycles",
    other_cycle: |cycle| format!("Rules of the {cycle} cycle, to make sense of older advice"),
    current_cycle: |cycle| format!("The {cycle} cycle, which is under way"),
    all_rules: "Read all rules as text",
};
