//! Words of the question pages.

use crate::given::Fault;
use rules::day::Day;

#[derive(Debug)]
pub struct Question {
    pub back: &'static str,
    pub or: &'static str,
    pub dont_know: &'static str,
    pub go_on: &'static str,
    pub skip: &'static str,
    pub yes: &'static str,
    pub no: &'static str,
    pub done: &'static str,
    pub planned: &'static str,
    pub not_yet: &'static str,
    pub never: &'static str,
    pub planned_for: &'static str,
    pub number: &'static str,
    pub year: &'static str,
    pub month: &'static str,
    /// The choice of no month.
    pub no_month: &'static str,
    pub day: &'static str,
    pub date_hint: &'static str,
    pub all_that_apply: &'static str,

    pub problem: &'static str,
    /// The title of a page with a problem.
    pub error_title: fn(&str) -> String,
    /// What is wrong; the function writes a day out.
    pub fault: fn(Fault, &dyn Fn(Day) -> String) -> String,

    pub more: &'static str,
    pub why: &'static str,
    pub where_to_find: &'static str,
    pub who_knows: &'static str,
    pub affects: &'static str,
    pub terms: &'static str,
    /// No more than so many questions are left.
    pub left: fn(usize) -> String,
    pub set_aside: &'static str,
    pub withdrawn: &'static str,
    pub contradiction: &'static str,
    pub unknown: &'static str,
    pub unknown_why: &'static str,

    pub so_far: &'static str,
    pub so_far_why: &'static str,
    pub leans_to: fn(&str) -> String,
}

pub const EN: Question = Question {
    back: "Back",
    or: "or",
    dont_know: "I don’t know",
    go_on: "Continue",
    skip: "Skip this question",
    yes: "Yes",
    no: "No",
    done: "Yes, this is done",
    planned: "Not yet, but I have a plan with a date",
    not_yet: "Not yet, and I have no date",
    never: "No, and it will not happen",
    planned_for: "When do you plan it?",
    number: "Number",
    year: "Year",
    month: "Month",
    no_month: "I only know the year",
    day: "Day",
    date_hint: "If you do not know the day, give the month, or the year alone. Sometimes that is not exact enough: then we say so. Example: 2026, May, 14.",
    all_that_apply: "Choose all that apply.",

    problem: "There is a problem",
    error_title: |title| format!("Error: {title}"),
    fault: |fault, day| match fault {
        Fault::NothingChosen => "Choose an answer, or choose “I don’t know”".to_owned(),
        Fault::NoneAndMore => "Choose this answer alone, or choose others without it".to_owned(),
        Fault::NoNumber => "Write a whole number, for example 3".to_owned(),
        Fault::NumberOutOfBounds { from, until } => format!("Write a number from {from} to {until}"),
        Fault::NoYear => "Write the year with four digits, for example 2026".to_owned(),
        Fault::NoMonth => "Choose the month, or leave the day empty".to_owned(),
        Fault::NotWhole(_) => "Write the whole date: year, month and day".to_owned(),
        Fault::NoSuchTime => "Write the time as hours and minutes, for example 15:00, or leave it empty".to_owned(),
        Fault::NoSuchDay => "This day does not exist. Check the day and the month".to_owned(),
        Fault::DateOutOfBounds { from, until } => {
            format!("The date must be between {} and {}", day(from), day(until))
        }
        Fault::PlanPassed => "This date has passed. Choose a later date or another answer".to_owned(),
    },

    more: "Help with this question",
    why: "Why we ask",
    where_to_find: "Where to find the answer",
    who_knows: "Who knows",
    terms: "Words used here",
    affects: "What it can change",
    left: |n| if n == 1 { "At most 1 question left".to_owned() } else { format!("At most {n} questions left") },
    withdrawn: "Your answer can no longer be true, because its day has passed. Please answer again.",
    set_aside: "Because of your other answers, this question does not count. Your answer is kept, but not used.",
    contradiction: "These answers do not fit together",
    unknown: "There is no such question",
    unknown_why: "Perhaps it belongs to another cycle.",

    so_far: "So far",
    so_far_why: "This is what the published rules seem to say, going by your answers so far. It is not a decision.",
    leans_to: |outcome| format!("may turn out to be “{outcome}”"),
};
