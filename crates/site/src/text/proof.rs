//! Words of the proof's page. The page is a file without the app, so these are not among the app's own words.

#[derive(Debug)]
pub struct Proof {
    pub title: &'static str,
    /// What search engines and links show of the page.
    pub description: &'static str,
    pub lead: &'static str,
    pub answers: &'static str,

    pub meaning: &'static str,
    pub means: &'static str,
    pub does_not_mean: &'static str,
    pub site: &'static str,

    pub space: &'static str,
    pub space_lead: &'static str,
    /// The number of questions about a verdict, and of ways to answer them, both written out already.
    pub size: fn(&str, &str) -> String,
    /// The number of moments, written out already.
    pub moments: fn(&str) -> String,
    /// The rulebook's hash, and the day on which its rules were last checked.
    pub rulebook: fn(&str, &str) -> String,

    /// How many claims hold.
    pub claims: fn(usize) -> String,
    pub in_full: &'static str,
    pub in_full_lead: &'static str,
    pub drawn: &'static str,
    pub drawn_lead: &'static str,
    pub holds: &'static str,
    pub notes: &'static str,
    /// The words for each claim, in the order of the proof.
    pub words: [Claim; 21],

    pub limits: &'static str,
    pub limits_items: [&'static str; 6],

    pub repeat: &'static str,
    pub repeat_proof: &'static str,
    pub repeat_mutants: &'static str,

    /// Stands between the thousands of a number.
    pub thousands: &'static str,
}

/// A claim of the proof, in plain words.
#[derive(Debug)]
pub struct Claim {
    /// As `rulebook prove` names it.
    pub id: &'static str,
    pub title: &'static str,
    pub meaning: &'static str,
    /// What was counted. The number is written out already.
    pub counted: fn(&str) -> String,
}

pub const EN: Proof = Proof {
    title: "How these rules were tested",
    description: "What is proven about the rules of this self-check, how it was tested, and what that does not mean.",
    lead: "This self-check follows its rules exactly as they are written. A computer tested that. It tried every way to answer where it could, and many made-up people where it could not. That does not mean that we understood the official pages correctly, or that a program will take you. The AIMG Program and CaRMS decide.",
    answers: "If you came here from the self-check, your answers are still open in the other tab.",

    meaning: "What “proven” means here",
    means: "By the rules as we wrote them down, everyone gets exactly one verdict, for a reason that holds. Nobody falls between two rules. No rule, question or document is there for nothing.",
    does_not_mean: "It is about our rules, not about the official ones. A program that follows a wrong rule exactly is still wrong. So every rule names its source, and you can compare.",
    site: "This site cannot be built unless everything below is true of exactly these rules.",

    space: "How much was looked at",
    space_lead: "There is a verdict on each of these. Two answers count as one if no rule can tell them apart, for example two days with no deadline between them.",
    size: |questions, ways| format!("{questions} questions, {ways} ways to answer them"),
    moments: |count| {
        format!(
            "Time was cut into {count} spans in which no rule can tell two moments apart. One moment of each was looked at."
        )
    },
    rulebook: |hash, checked| {
        format!(
            "This is about rulebook {hash}, last checked against its sources on {checked}. The bottom of every page names the rulebook that it uses."
        )
    },

    claims: |count| format!("What was tested: all {count} claims are true"),
    in_full: "Looked at in full",
    in_full_lead: "Everything was looked at. If that is too much to list, a decision diagram stands for all of it at once. If a single rule was still too big, it was cut into parts. How the parts go together was then tried on cases drawn at random. A note says where.",
    drawn: "Tried on cases drawn at random",
    drawn_lead: "There are too many cases to try each one. So made-up people were drawn at random, the same ones every time. Most of the tests compare what they are told with what a second program works out.",
    holds: "Holds",
    notes: "Notes for experts",
    words: [
        Claim {
            id: "one-verdict",
            title: "Exactly one verdict",
            meaning: "Every complete set of answers leads to one verdict on each of the lines above: never to none, never to two.",
            counted: |n| format!("{n} pairs of a line and a moment, each with all its ways to answer at once"),
        },
        Claim {
            id: "time-goes-on",
            title: "Time does not turn back",
            meaning: "What is over stays closed on every later day. After the end, nobody is told “Open” or “Not yet”. Anyone who is told “Not yet” has something that can still be done, or a date that is still to come. This was tested with the dates that we have, and also as if somebody had entered every date that is not certain.",
            counted: |n| format!("{n} pairs of a line and a moment, each with all its ways to answer at once"),
        },
        Claim {
            id: "verdicts-reached",
            title: "Every verdict is given",
            meaning: "For each verdict that we wrote a text for, somebody gets it.",
            counted: |n| format!("{n} verdicts"),
        },
        Claim {
            id: "rules-decide",
            title: "Every rule counts",
            meaning: "For each rule, there is somebody whose verdict depends on it alone.",
            counted: |n| format!("{n} rules"),
        },
        Claim {
            id: "requirements-matter",
            title: "Every requirement counts in its place",
            meaning: "A rule may be a requirement for several verdicts. For each of them, it decides somebody’s case.",
            counted: |n| format!("{n} requirements and closing rules"),
        },
        Claim {
            id: "questions-matter",
            title: "No question for nothing",
            meaning: "Each question can change a verdict, a document, a notice or the place on the map for somebody.",
            counted: |n| format!("{n} questions"),
        },
        Claim {
            id: "readings-matter",
            title: "Every reading counts",
            meaning: "If official texts disagree, each way to read them gives somebody a different verdict.",
            counted: |n| format!("{n} readings"),
        },
        Claim {
            id: "steps-reached",
            title: "Every instruction is shown",
            meaning: "Each text about what to do, what must stay true or what was missed is shown to somebody.",
            counted: |n| format!("{n} texts"),
        },
        Claim {
            id: "items-shown",
            title: "Every document and notice is shown",
            meaning: "Each document, each notice and each place on the map of the match is shown to somebody.",
            counted: |n| format!("{n} documents, notices and places"),
        },
        Claim {
            id: "conditions-agree",
            title: "Two programs agree on every rule",
            meaning: "Each rule was tried with every way to answer it. Two programs did so: the one that you use, and a second one that works differently.",
            counted: |n| format!("{n} answer sets"),
        },
        Claim {
            id: "conditions-settle",
            title: "Each answer brings more certainty",
            meaning: "In no rule does one more answer bring back a possibility or a question that was already ruled out.",
            counted: |n| format!("{n} steps from one state of answers to the next"),
        },
        Claim {
            id: "cases-agree",
            title: "Two programs agree on whole cases",
            meaning: "People with every verdict, at every moment, get the same verdict from both programs.",
            counted: |n| format!("{n} people"),
        },
        Claim {
            id: "entered-dates",
            title: "Dates that you enter count as they should",
            meaning: "Both programs also agree when somebody enters a date that no official page for this cycle gives.",
            counted: |n| format!("{n} people, some with answers missing"),
        },
        Claim {
            id: "decided-early",
            title: "A verdict comes as soon as it is certain",
            meaning: "If answers are missing, there is a verdict exactly when every way to complete them gives that same verdict. Only “Closed” is said earlier: as soon as every way closes it, for whatever cause. If that takes too long to find out, more is asked first. The note says how often.",
            counted: |n| format!("{n} people with answers missing"),
        },
        Claim {
            id: "reasons",
            title: "Reasons are enough, and no longer than needed",
            meaning: "The answers that a reason names lead to the verdict by themselves. If you leave out any one of them, they no longer do.",
            counted: |n| format!("{n} reasons"),
        },
        Claim {
            id: "monotone",
            title: "More answers never undo a verdict",
            meaning: "A verdict stays when more answers come in, in whatever order, and when a date becomes more exact. If something is closed, you can learn more about it: that something else closes it, too. Or it is asked which of several causes closes it.",
            counted: |n| format!("{n} verdicts before and after an answer"),
        },
        Claim {
            id: "bound",
            title: "“At most n more questions” is kept",
            meaning: "The number never grows, and nobody is asked more questions than it said.",
            counted: |n| format!("{n} steps of interviews"),
        },
        Claim {
            id: "no-dead-end",
            title: "The questions lead to an end",
            meaning: "When no question is left, every verdict is there, or it depends on something that the person does not know.",
            counted: |n| format!("{n} interviews to their end"),
        },
        Claim {
            id: "no-idle-question",
            title: "The next question can change something",
            meaning: "The program does not search forever to see whether a question can. At most one in ten is asked in doubt. The note says how many were.",
            counted: |n| format!("{n} questions as they were asked"),
        },
        Claim {
            id: "changes",
            title: "What would change a verdict does change it",
            meaning: "Each suggested set of changes leads to the verdict that it promises, or to questions whose answers can lead to a better one. No smaller part of it is enough.",
            counted: |n| format!("{n} suggestions"),
        },
        Claim {
            id: "changes-complete",
            title: "No change is missed",
            meaning: "If the program tried all changes of up to three answers and found none, there is none. If it gave up, it says so.",
            counted: |n| format!("{n} searches without a find"),
        },
    ],

    limits: "What this does not cover",
    limits_items: [
        "Whether our rules say what the official pages say. People read those, and people make mistakes.",
        "Whether the official pages have changed since we read them.",
        "Whether the words on the pages fit the rules behind them.",
        "How your browser shows the page. The pages have tests of their own.",
        "A mistake that both programs share. They were written apart, but from the same description of what a verdict is.",
        "For what was tried on cases drawn at random: a case that was not drawn.",
    ],

    repeat: "How to repeat it",
    repeat_proof: "With the source code of this site and with Rust, this command prints every claim with its count. If one fails, it also prints answers to try it with.",
    repeat_mutants: "A second command asks whether our written examples would notice a mistake. It changes the rules in one place at a time: it drops a condition, or moves a date by a day. Then it lists the changes that no example notices. That takes some minutes.",

    thousands: ",",
};
