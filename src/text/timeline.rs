//! Words of the timeline page.

#[derive(Debug)]
pub struct Timeline {
    pub title: &'static str,
    pub lead: &'static str,
    pub zones: &'static str,
    pub place: &'static str,
    pub past: &'static str,
    pub passed: fn(usize) -> String,
    /// A day that is written out already.
    pub today: fn(&str) -> String,
    pub ahead: &'static str,
    pub all: &'static str,
    pub nothing_ahead: &'static str,
    pub first_deadline: &'static str,
    pub sooner: &'static str,
    pub unpublished: &'static str,
    pub unpublished_hint: &'static str,
    pub enter: &'static str,
    pub enter_opens: &'static str,
    pub enter_closes: &'static str,
    pub open_now: &'static str,
    pub notices: &'static str,

    pub deadline: &'static str,
    pub milestone: &'static str,
    pub event: &'static str,
    pub window: &'static str,
}

pub const EN: Timeline = Timeline {
    title: "Dates",
    lead: "All dates of this cycle that we know of, in order.",
    zones: "Each date stands in the time zone of the office that set it. Where Alberta’s clocks show another time, both are given.",
    place: "Once the page has loaded, it also shows where you are today.",
    past: "Already past",
    passed: |count| match count {
        1 => "Show 1 date".to_owned(),
        more => format!("Show {more} dates"),
    },
    today: |day| format!("Today: {day}"),
    ahead: "From today on",
    all: "In order",
    nothing_ahead: "We know of no date from today on.",
    first_deadline: "First published deadline from today on",
    sooner: "Careful: some things come sooner than any published deadline, but have no date for this cycle yet. The next ones, by earlier cycles:",
    unpublished: "Not published, as far as we could read",
    unpublished_hint: "Look on the official page. If you find the date, enter it here: it is used for your result and stays on your device.",
    enter: "Official date",
    enter_opens: "Official opening date",
    enter_closes: "Official closing date",
    open_now: "Open now",
    notices: "About these dates",

    deadline: "Deadline",
    milestone: "Recommended, no deadline",
    event: "Event",
    window: "From – to",
};
