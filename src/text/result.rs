//! Words of the result page.

use rules::report::{Doubt, DoubtKind};

#[derive(Debug)]
pub struct Result {
    pub title: &'static str,
    /// What a cycle is called, then a day that is written out already.
    pub as_of: fn(&str, &str) -> String,
    pub general: [&'static str; 2],
    pub place: &'static str,
    pub covers: &'static str,
    pub empty: &'static str,
    pub first_question: &'static str,
    pub all_rules: &'static str,

    pub outside_span: [&'static str; 2],
    pub past_check_by: [&'static str; 2],
    pub contradict: &'static str,

    pub next: Next,
    /// The number of papers to be looked after.
    pub problems: fn(usize) -> String,
    pub go_on: &'static str,
    /// The number of questions that can still come.
    pub at_most_more: fn(usize) -> String,
    /// The same for one position, and whether something has to be found out besides.
    pub at_most_decide: fn(usize, bool) -> String,

    pub at_a_glance: &'static str,
    pub not_chosen: &'static str,
    pub details: &'static str,
    pub unfold: &'static str,
    pub not_yet: &'static str,
    pub closed: &'static str,
    /// The first day by which something must, written out already.
    pub must_happen: fn(Option<&str>) -> String,
    pub ask: &'static str,
    pub answer_missing: &'static str,
    /// What sources disagree on.
    pub disagree: fn(&str) -> String,
    /// The title of a rule.
    pub not_settled: fn(&str) -> String,
    pub perhaps_not_met: fn(&str) -> String,
    pub needs_find_out: fn(&str) -> String,
    /// An outcome's name.
    pub leans_to: fn(&str) -> String,

    pub because: &'static str,
    pub because_any: &'static str,
    pub the_day: &'static str,
    pub by_rules: &'static str,
    pub besides: &'static str,
    pub conditions: &'static str,
    pub steps: &'static str,
    pub steps_besides: &'static str,
    pub one_of: &'static str,
    /// The title of what opens.
    pub waits_for: fn(&str) -> String,
    pub earlier: &'static str,
    pub doubts: Doubts,
    /// A date that is written out already.
    pub by: fn(&str) -> String,
    pub to_confirm: &'static str,
    pub to_confirm_hint: &'static str,
    pub open_questions: &'static str,
    pub still_to_find_out: &'static str,
    pub instead: &'static str,

    pub readings: &'static str,
    pub reading: fn(usize) -> String,
    pub likely: &'static str,
    pub whom: &'static str,
    pub ready: &'static str,
    pub ready_hint: &'static str,
    /// A question, and what its sender answered: what was asked, in short, and what they said.
    pub letter: fn(&str, &[(&str, String)]) -> String,
    pub copy: &'static str,
    pub copied: &'static str,
    /// The browser copies nothing; the text is selected.
    pub not_copied: &'static str,

    pub met_of: fn(usize, usize) -> String,
    pub do_not_apply: &'static str,
    pub are_met: &'static str,
    pub states: States,
    pub sources: &'static str,

    pub change: Change,
    pub find_out: FindOut,
    pub notices: &'static str,
    pub next_cycle: &'static str,
    pub checklist: &'static str,
    pub timeline: &'static str,
}

/// The one next thing.
#[derive(Debug)]
pub struct Next {
    pub title: &'static str,
    pub mend: &'static str,
    pub check: &'static str,
    pub question: &'static str,
    /// A question's title.
    pub find_out: fn(&str) -> String,
    pub ask: fn(&str) -> String,
    pub ask_how: &'static str,
    pub letter: &'static str,
    /// A deadline's title.
    pub date: fn(&str) -> String,
    pub document: fn(&str) -> String,
    /// The same on the day by which it has to be there.
    pub document_today: fn(&str) -> String,
    /// What to do until an answer comes.
    pub meanwhile: &'static str,
    /// What was said may have changed since.
    pub changed: &'static str,
    /// Leads to the question by which a stage ends; takes the question.
    pub tell: fn(&str) -> String,
    /// A cycle.
    pub next_cycle: fn(&str) -> String,
}

#[derive(Debug)]
pub struct States {
    pub met: &'static str,
    pub can_still: &'static str,
    pub not_met: &'static str,
    pub perhaps_not_met: &'static str,
    pub not_this_way: &'static str,
    pub not_known: &'static str,
    pub does_not_apply: &'static str,
    pub disputed: &'static str,
    pub cannot_say: &'static str,
}

/// Why a date leaves a verdict open. The functions take the date's title.
#[derive(Debug)]
pub struct Doubts {
    pub title: &'static str,
    pub should_be_over: fn(&str) -> String,
    pub should_have_passed: fn(&str) -> String,
    pub should_have_begun: fn(&str) -> String,
    pub late_may_count: fn(&str) -> String,
    pub too_early: fn(&str) -> String,
    pub too_late: fn(&str) -> String,
    pub look_up: &'static str,
}

impl Doubts {
    #[must_use]
    pub fn says(&self, doubt: &Doubt) -> String {
        let says = match doubt.why {
            // The end of a window is named with it.
            DoubtKind::ShouldBeOver if doubt.date.id.contains('.') => self.should_be_over,
            DoubtKind::ShouldBeOver => self.should_have_passed,
            DoubtKind::ShouldHaveBegun => self.should_have_begun,
            DoubtKind::LateMayCount => self.late_may_count,
            DoubtKind::TooEarly => self.too_early,
            DoubtKind::TooLate => self.too_late,
        };
        says(&doubt.date.title)
    }
}

/// What would change a verdict.
#[derive(Debug)]
pub struct Change {
    pub title: &'static str,
    pub none: &'static str,
    /// Not every change was tried.
    pub none_found: &'static str,
    /// Every change was tried, and none is possible now.
    pub none_this_cycle: &'static str,
    /// The verdict is to ask, and no change was found.
    pub none_settles: &'static str,
    /// What the verdict would be.
    pub becomes: fn(&str) -> String,
    /// The verdict would depend on the questions that are listed after this.
    pub hangs: &'static str,
    /// On more than are listed.
    pub hangs_on_many: fn(usize) -> String,
    pub still_possible: &'static str,
    pub may_be_too_late: &'static str,
    pub only_if_wrong: &'static str,
    pub too_late: &'static str,
    pub beside: &'static str,
    pub position: &'static str,
    pub today: &'static str,
    pub then: &'static str,
    pub rests_on: &'static str,
    pub indifferent: &'static str,
}

#[derive(Debug)]
pub struct FindOut {
    pub title: &'static str,
    pub hint: &'static str,
    pub where_to_find: &'static str,
    pub who_knows: &'static str,
    pub matters: &'static str,
    pub does_not_matter: &'static str,
    pub answer: &'static str,
}

pub const EN: Result = Result {
    title: "Where you stand",
    as_of: |cycle, day| format!("{cycle}, as of {day}. "),
    general: [
        "From your answers, this page says which positions you can go for, why, what is still missing, and what to do next.",
        "It never guesses. If the official pages do not settle something, it says so, and tells you whom to ask.",
    ],
    place: "Your own result appears here once the page has loaded. It is worked out on your device. Nothing is sent.",
    covers: "It looks at",
    empty: "You have not answered anything yet. A few questions are enough for a first result.",
    first_question: "Answer the first question",
    all_rules: "Read all rules as text",

    outside_span: [
        "No verdict for this day",
        "The rules that we have are not for this day. Choose the cycle that fits, or look at the official pages.",
    ],
    past_check_by: [
        "These rules should have been checked again",
        "They may have changed since. So nothing here says “open” or “not yet”: ask before you rely on it.",
    ],
    contradict: "Some of your answers contradict each other. Until they fit together, there is no verdict.",

    next: Next {
        title: "Next thing to do",
        mend: "Look at these answers again. Until they fit together, there is no verdict.",
        check: "Look at this answer again. It can be true only after a date that should still be to come.",
        question: "Answer the next question",
        find_out: |title| format!("Find this out: {title}"),
        ask: |whom| format!("Ask: {whom}"),
        ask_how: "The rules do not settle your case. We have prepared the question for you.",
        letter: "See the question",
        date: |title| format!("Keep this date in mind: {title}"),
        document: |title| format!("Get ready: {title}"),
        document_today: |title| format!("Today is the day: {title}"),
        meanwhile: "Until you have the answer",
        changed: "Is this still true? If not, change your answer:",
        tell: |question| format!("Done? Answer this: {question}"),
        next_cycle: |cycle| format!("Prepare for the {cycle} cycle"),
    },
    problems: |count| match count {
        1 => "1 paper of your checklist needs a look".to_owned(),
        more => format!("{more} papers of your checklist need a look"),
    },
    go_on: "Go on with the questions",
    at_most_decide: |count, besides| match (count, besides) {
        (1, false) => "At most 1 more question decides this.".to_owned(),
        (more, false) => format!("At most {more} more questions decide this."),
        (1, true) => "At most 1 more question decides this, and what you find out.".to_owned(),
        (more, true) => format!("At most {more} more questions decide this, and what you find out."),
    },
    at_most_more: |count| match count {
        1 => "At most 1 more question".to_owned(),
        more => format!("At most {more} more questions"),
    },

    at_a_glance: "At a glance",
    not_chosen: "Not among the positions that you chose",
    details: "Why, and what to do",
    unfold: "Unfold or fold all",
    not_yet: "Possible, but something must still happen.",
    must_happen: |first| match first {
        Some(day) => format!("Several things must still happen. The first date to meet: {day}."),
        None => "Several things must still happen.".to_owned(),
    },
    closed: "By your answers, a requirement will not be met this cycle.",
    ask: "The rules that we could read do not settle this.",
    answer_missing: "An answer is missing, or is not true any more: see the next question.",
    disagree: |title| format!("The official texts disagree on this: {title}."),
    not_settled: |title| format!("This is not settled: {title}."),
    perhaps_not_met: |title| format!("Perhaps not met: {title}."),
    needs_find_out: |what| format!("You need to find this out first: {what}"),
    leans_to: |outcome| format!("With your answers so far, it could still be: {outcome}"),

    because: "Because",
    because_any: "Because: each of these groups is enough",
    the_day: "Today’s date",
    by_rules: "Rules behind this",
    besides: "These answers count too",
    conditions: "This must stay true",
    steps: "What must still happen",
    steps_besides: "What else must still happen",
    one_of: "One of these is enough",
    waits_for: |title| format!("Wait for this date: {title}"),
    earlier: "It must be earlier than you plan.",
    doubts: Doubts {
        title: "What the dates leave open",
        should_be_over: |title| format!("As far as we could read, this is probably over: {title}."),
        should_have_passed: |title| format!("As far as we could read, the day for this has probably passed: {title}."),
        should_have_begun: |title| {
            format!("It may be too late for this: {title}. As far as we could read, it has begun.")
        },
        late_may_count: |title| {
            format!("The day for this has passed: {title}. Some may still accept what comes later. Ask them.")
        },
        too_early: |title| {
            format!("This should still be to come: {title}. One of your answers can be true only after it.")
        },
        too_late: |title| {
            format!("As far as we could read, what you plan, or what you did, comes after this date: {title}.")
        },
        look_up: "Look up the official date, and enter it",
    },
    by: |date| format!("By {date}"),
    to_confirm: "Confirm these points",
    to_confirm_hint: "We could not read them for this cycle, or only on another page. The verdict depends on them.",
    open_questions: "Still to answer",
    still_to_find_out: "Still to find out",
    instead: "What is open instead",

    readings: "The official texts can be read in more than one way",
    reading: |n| format!("Reading {n}"),
    likely: "Our best guess",
    whom: "Whom to ask",
    ready: "A question that you can send",
    ready_hint: "Copy the text, fill in its blanks if it has any, and add your name. It says about you only what you answered here, and only what matters for the question.",

    letter: |question, facts| {
        let mut letter = format!("Hello,\n\n{question}\n\n");
        if !facts.is_empty() {
            letter.push_str("About me:\n");
        }
        for (short, said) in facts {
            letter.extend(["- ", *short, ": ", said, "\n"]);
        }
        letter + if facts.is_empty() { "Thank you." } else { "\nThank you." }
    },
    copy: "Copy the text",
    copied: "Copied",
    not_copied: "Your browser does not let us copy. The text is selected, so you can copy it yourself.",

    met_of: |met, all| format!("All requirements: {met} of {all} met"),
    are_met: "Met:",
    do_not_apply: "Settled already, still to come, or not about you:",
    states: States {
        met: "Met",
        can_still: "Not yet met",
        not_met: "Not met",
        perhaps_not_met: "Perhaps not met",
        not_this_way: "Not this way",
        not_known: "Not known",
        does_not_apply: "Does not apply",
        disputed: "Sources disagree",
        cannot_say: "Cannot say",
    },
    sources: "Sources for this verdict",

    change: Change {
        title: "What would change it",
        none: "No change of up to three answers would open this.",
        none_found: "We tried the nearest changes and found none that would open this. Others may exist.",
        none_this_cycle: "By the rules alone, nothing that you can still do opens this.",
        none_settles: "We found no other answer of yours that would settle this. You need the reply to your question.",
        becomes: |outcome| format!("Then it would be: {outcome}"),
        hangs: "Then it would depend on:",
        hangs_on_many: |count| format!("Then up to {count} more questions would decide it."),
        still_possible: "You can still do this",
        may_be_too_late: "Perhaps too late: ask at once",
        only_if_wrong: "Only if your answer was wrong",
        too_late: "Too late for this cycle",
        beside: "Compare with today",
        position: "Position",
        today: "Today",
        then: "Then",
        rests_on: "Check again what decides:",
        indifferent: "Another answer to these would not change this verdict today:",
    },
    find_out: FindOut {
        title: "Find these out",
        hint: "This is open, not exact enough, or should be decided by now. This is where you usually find the answer.",
        where_to_find: "Where to look",
        who_knows: "Who knows",
        matters: "It can change your result.",
        does_not_matter: "It can no longer change your result.",
        answer: "Answer it now",
    },
    notices: "Good to know",
    next_cycle: "The next cycle",
    checklist: "See your checklist",
    timeline: "See all dates",
};
