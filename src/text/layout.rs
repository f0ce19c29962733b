//! Words around every page.

#[derive(Debug)]
pub struct Layout {
    /// The tool's name.
    pub name: &'static str,
    /// A page's heading before the tool's name, as the browser's title has it.
    pub title: fn(&str) -> String,
    /// A page's heading and the name of its cycle.
    pub of_cycle: fn(&str, &str) -> String,
    pub skip: &'static str,
    pub pages: &'static str,
    pub questions: &'static str,
    pub answers: &'static str,
    pub result: &'static str,
    pub checklist: &'static str,
    pub timeline: &'static str,
    pub iterations: &'static str,
    pub rules: &'static str,
    /// The heading of the page of rules.
    pub rules_title: &'static str,
    pub search: &'static str,
    pub search_hint: &'static str,
    /// How many entries were found, of how many.
    pub found: fn(usize, usize) -> String,

    /// The cycle's name.
    pub banner: fn(&str) -> String,
    /// The cycle's name and the day on which the verdicts are given.
    pub banner_on: fn(&str, &str) -> String,
    pub outside_span: &'static str,
    pub past_check_by: &'static str,

    pub unofficial: &'static str,
    pub private: &'static str,
    /// The day on which the rules were last read, and the rulebook's hash.
    pub checked: fn(&str, &str) -> String,

    /// What to name who reports a mistake: the cycle and the rulebook's hash.
    pub mistake: fn(&str, &str) -> String,
    pub write_to: &'static str,
    pub no_operator: &'static str,

    pub loading: fn(&str) -> String,
    pub not_loaded: fn(&str) -> String,
    pub no_connection: &'static str,
    /// The site has other files by now.
    pub renewed: &'static str,
    pub lost: &'static str,
    pub try_again: &'static str,
    pub reload: &'static str,
    pub stay: &'static str,

    pub dropped: &'static str,
    pub dropped_why: &'static str,
    pub dropped_stays: &'static str,
    pub understood: &'static str,
    pub remove_lines: &'static str,
    pub left_out: &'static str,
    pub left_out_why: &'static str,
    pub take_in: &'static str,
    pub no_script: &'static str,

    pub keeping: Keeping,
    pub linked: Linked,
}

/// Words about answers that came with a link.
#[derive(Debug)]
pub struct Linked {
    pub title: &'static str,
    pub why: &'static str,
    /// The person has answers of their own.
    pub own: &'static str,
    pub back: &'static str,
    pub put_away: &'static str,
    pub replace: &'static str,
    pub adopt: &'static str,
    /// Something of the link is missing.
    pub partly: &'static str,
    /// So many entries came, of so many where the link says that.
    pub came: fn(usize, Option<usize>) -> String,
    pub partly_why: &'static str,
    pub arrived: &'static str,
    pub go_on: &'static str,
    pub dropped: &'static str,
    /// So many entries that the page does not know.
    pub unknown: fn(usize) -> String,
}

/// Words about keeping answers on the device.
#[derive(Debug)]
pub struct Keeping {
    pub ask: &'static str,
    pub ask_why: &'static str,
    pub replaces: &'static str,
    pub yes: &'static str,
    pub no: &'static str,
    pub shared: &'static str,
    pub kept: &'static str,
    pub kept_why: &'static str,
    pub not_kept: &'static str,
    pub not_kept_why: &'static str,
    pub after_all: &'static str,
    pub impossible: &'static str,
    pub impossible_why: &'static str,
    pub erase: &'static str,
    pub erased: &'static str,
    pub erased_why: &'static str,
    pub undo: &'static str,
    pub undo_why: &'static str,
    pub replaced: &'static str,
}

pub const EN: Layout = Layout {
    name: "Residency match self-check",
    title: |heading| format!("{heading} – Residency match self-check"),
    of_cycle: |heading, cycle| format!("{heading} – {cycle} cycle"),
    skip: "Skip to the content",
    pages: "Pages",
    questions: "Questions",
    answers: "Answers",
    result: "Result",
    checklist: "Checklist",
    timeline: "Timeline",
    iterations: "Iterations",
    rules: "Rules",
    rules_title: "Rules and sources",
    search: "Search in the rules",
    search_hint: "Every word that you type must be in an entry. Entries without them are hidden.",
    found: |found, all| format!("{found} of {all} entries"),

    banner: |cycle| format!("{cycle} · Unofficial"),
    banner_on: |cycle, day| format!("{cycle} · as of {day} · Unofficial"),
    outside_span: "These rules are not for today: the cycle is over, or it has not begun. You can read them, but there is no verdict.",
    past_check_by: "These rules should have been checked again by now. Confirm everything with the AIMG Program or CaRMS.",

    unofficial: "This is not an official page. The AIMG Program, CaRMS and the universities decide. What you read here can be wrong or out of date.",
    private: "Your answers never leave this device. This page sends nothing.",
    checked: |day, hash| format!("Rules last checked on {day}. Rulebook {hash}."),

    mistake: |cycle, rulebook| format!("Found a mistake? Name the page and this: {cycle} cycle, rulebook {rulebook}."),
    write_to: "Write to",
    no_operator: "This copy of the site does not say who looks after it. Go by the official pages.",

    loading: |cycle| format!("Loading the rules of the {cycle} cycle."),
    not_loaded: |cycle| format!("The rules of the {cycle} cycle could not be loaded"),
    no_connection: "There is no connection at the moment. Your answers are still here.",
    renewed: "This site was updated after you opened the page. Load the page again. You will keep your answers.",
    lost: "A file of this site is missing, or something is blocking it. Your answers are still here.",
    try_again: "Try again",
    reload: "Load the page again",
    stay: "Stay on this page",

    dropped: "Some of your saved answers could not be used",
    dropped_why: "All your other answers are here. These lines are not used. Where one was the answer to a question, you are asked again:",
    dropped_stays: "They stay on this device with your other answers until you remove them.",
    understood: "I have read this",
    remove_lines: "Remove them",
    left_out: "Your kept answers were left out",
    left_out_why: "They are still on this device, as they were. You can read them in, or go on without them.",
    take_in: "Read them in",
    no_script: "To answer questions here, your browser must run JavaScript. Without it you can read everything on the Rules page.",

    keeping: Keeping {
        ask: "Keep your answers on this device?",
        ask_why: "Now they are only in this open page. If you close or reload it, they are gone. Nothing is ever sent.",
        replaces: "If other answers were kept here before, these take their place.",
        yes: "Yes, keep them",
        no: "No",
        shared: "This is a shared computer",
        kept: "Your answers are kept on this device",
        kept_why: "Everyone who uses this browser can see them.",
        not_kept: "Your answers are not kept",
        not_kept_why: "If you close or reload this page, they are gone. On a shared computer, close this page when you finish.",
        after_all: "Keep them on this device",
        impossible: "This browser cannot keep your answers",
        impossible_why: "It blocks storage for this page, or its storage is full. Everything else works. If you close or reload this page, your answers are gone.",
        erase: "Erase everything",
        erased: "Everything is erased",
        erased_why: "No answer is left in this page or on this device.",
        undo: "Undo",
        undo_why: "You have ten seconds to bring everything back.",
        replaced: "These answers took the place of others",
    },

    linked: Linked {
        title: "These answers came with a link",
        why: "What you see on all pages is for these answers. They are not kept on this device.",
        own: "Your own answers are as you left them.",
        back: "Back to my own answers",
        put_away: "Put them away",
        replace: "Use them in place of my own",
        adopt: "Make them my answers",
        partly: "This link did not arrive whole",
        came: |came, of| match of {
            Some(of) if came < of => format!("{came} of its {of} entries arrived."),
            Some(_) => "All of it arrived, but not as it was sent.".to_owned(),
            None if came == 1 => "1 entry arrived. The link does not say how many were sent.".to_owned(),
            None => format!("{came} entries arrived. The link does not say how many were sent."),
        },
        partly_why: "Mail and chat programs sometimes cut long links. Without the missing answers a result can look better or \
            worse than it is, so none is shown yet. Ask for the link once more, as a message with nothing else in it.",
        arrived: "What arrived",
        go_on: "Go on with what arrived",
        dropped: "Some of the link’s answers could not be used",
        unknown: |count| match count {
            1 => "1 entry that this page does not know".to_owned(),
            more => format!("{more} entries that this page does not know"),
        },
    },
};
