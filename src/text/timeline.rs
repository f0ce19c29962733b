//! Words of the timeline page.

#[derive(Debug)]
pub struct Timeline {
    pub title: &'static str,
    pub lead: &'static str,
    pub zones: &'static str,
    pub place: &'static str,
    pub past: fn(usize) -> String,
    /// A day that is written out already.
    pub today: fn(&str) -> String,
    pub ahead: &'static str,
    pub all: &'static str,
    pub nothing_ahead: &'static str,
    pub first_deadline: &'static str,
    pub first_end: &'static str,
    /// To whom nothing of the cycle is open.
    pub closed: &'static str,
    /// The title of a paper.
    pub before_it: fn(&str) -> String,
    pub to_paper: &'static str,
    pub missed: &'static str,
    pub missed_else: &'static str,
    pub over: &'static str,
    pub sooner: &'static str,
    /// A cycle.
    pub in_cycle: fn(&str) -> String,
    pub unpublished_hint: &'static str,
    pub unpublished_rest: fn(usize) -> String,
    pub enter: &'static str,
    pub enter_opens: &'static str,
    pub enter_closes: &'static str,
    /// What people call the date's zone.
    pub enter_time: fn(&str) -> String,
    pub enter_hint: &'static str,
    /// The choice of no month.
    pub no_month: &'static str,
    pub use_date: &'static str,
    pub remove_date: &'static str,
    /// What was entered, and the first and the last day of the cycle, written out already.
    pub out_of_season: fn(&str, &str, &str) -> String,
    /// What was entered, and the date that comes before or after it, with its day.
    pub too_early: fn(&str, &str, &str) -> String,
    pub too_late: fn(&str, &str, &str) -> String,
    pub misfit: &'static str,
    pub open_now: &'static str,
    /// What comes in a number of days is its end.
    pub ends: &'static str,
    pub notices: &'static str,

    pub deadline: &'static str,
    pub milestone: &'static str,
    pub event: &'static str,
    pub plan: &'static str,
    pub now: &'static str,
    pub window: &'static str,
}

pub const EN: Timeline = Timeline {
    title: "Dates",
    lead: "All the dates of this cycle that we know of, in order.",
    zones: "Each time is in the time zone of the office that set it. If it is a different time in Alberta, both are given.",
    place: "Once the page has loaded, it also shows where you are today.",
    past: |count| format!("Already past ({count})"),
    today: |day| format!("Today: {day}"),
    ahead: "From today on",
    all: "In order",
    nothing_ahead: "We know of no more dates from today on.",
    first_deadline: "Next deadline",
    closed: "Going by your answers, none of these positions is open to you. These are everybody’s dates.",
    first_end: "The first day that could end your plan",
    before_it: |title| format!("Before it comes: {title}"),
    to_paper: "See it in the checklist",
    missed: "If you missed it, look at your result.",
    missed_else: "If it says nothing about this, ask the office that set the day.",
    over: "We found no day for this cycle. By other days, or by an earlier cycle, it is probably past.",
    sooner: "Careful: we know no day for these deadlines, and they may come sooner than those below",
    in_cycle: |cycle| format!("{cycle} cycle:"),
    unpublished_hint: "If you find the date on an official page, enter it here. Your result then goes by it. It stays on your device.",
    unpublished_rest: |count| format!("More without a day ({count})"),
    enter: "Enter the official date",
    enter_opens: "Enter the official opening date",
    enter_closes: "Enter the official closing date",
    enter_time: |zone| format!("Time, if you know it, such as 15:00 ({zone})"),
    enter_hint: "Enter the whole date. Example: 2027, March, 2.",
    no_month: "Choose",
    use_date: "Use this date",
    remove_date: "Remove this date",
    out_of_season: |given, from, until| {
        format!("{given} is outside this cycle, which runs from {from} to {until}. It is not used. Check the year.")
    },
    too_early: |given, title, day| {
        format!("{given} is too early. This date comes after “{title}”, which is on {day}. It is not used. Check both.")
    },
    too_late: |given, title, day| {
        format!("{given} is too late. This date comes before “{title}”, which is on {day}. It is not used. Check both.")
    },
    misfit: "This date does not fit this cycle. It is not used.",
    open_now: "Running",
    ends: "ends",
    notices: "About these dates",

    deadline: "Deadline",
    milestone: "Recommended, not a deadline",
    event: "Event",
    plan: "Your plan",
    now: "Today",
    window: "From – to",
};
