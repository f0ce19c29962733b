//! Words and forms that several pages share: verdicts, bases, answers, dates.

use rules::day::{Day, DayRange, Precision};
use rules::report::{Bound, Said, WhenReport};
use rules::rulebook::Basis;
use rules::verdict::{Outcome, Verdict};

#[derive(Debug)]
pub struct Common {
    pub months: [&'static str; 12],
    pub short_months: [&'static str; 12],
    pub weekdays: [&'static str; 7],
    /// Day and a month's short name.
    pub short: fn(u8, &str) -> String,
    /// Day, month name, year.
    pub day: fn(u8, &str, i32) -> String,
    /// Month name, year.
    pub month: fn(&str, i32) -> String,
    /// Weekday, then a day that is written out already.
    pub weekday: fn(&str, &str) -> String,
    /// Hours and minutes of a wall clock.
    pub time: fn(u16, u16) -> String,
    /// A date, a time of day and the zone's name.
    pub at: fn(&str, &str, &str) -> String,
    /// What people call a zone: by its IANA name.
    pub zone: fn(&str) -> String,

    pub open: &'static str,
    pub not_yet: &'static str,
    pub closed: &'static str,
    pub needs_answers: &'static str,
    pub ask: &'static str,

    pub stated: &'static str,
    /// The cycles that say the same.
    pub standing: fn(&str) -> String,
    /// The same for one cycle, which confirms an undated page.
    pub standing_once: fn(&str) -> String,
    /// The cycle that it was last read for.
    pub carried_over: fn(&str) -> String,
    pub second_hand: &'static str,
    /// Of a day that is inferred.
    pub expected: &'static str,
    pub inferred: &'static str,
    pub conflicting: &'static str,
    pub entered: &'static str,
    /// Another day that was read, and its basis, both written out already.
    pub read_too: fn(&str, &str) -> String,
    /// What the reader entered, beside a day that counts more.
    pub entered_too: fn(&str) -> String,

    pub yes: &'static str,
    pub no: &'static str,
    pub skipped: &'static str,
    pub dont_know: &'static str,
    pub not_answered: &'static str,
    pub done: &'static str,
    /// A date that is written out already.
    pub planned: fn(&str) -> String,
    pub not_yet_done: &'static str,
    pub never: &'static str,

    pub not_published: &'static str,
    /// A cycle and a date that is written out already.
    pub last_seen: fn(&str, &str) -> String,
    pub comes_before: fn(&str, &str) -> String,
    pub before: &'static str,
    pub expected_day: fn(&str) -> String,
    pub second_hand_day: fn(&str) -> String,
    pub and: &'static str,

    /// Stands next to every verdict.
    pub unofficial: &'static str,
    /// The link to a question that was answered, and to one that was not.
    pub change: &'static str,
    pub answer: &'static str,
    /// A basis that is written out already, and how many sources it rests on.
    pub resting_on: fn(&str, usize) -> String,
    /// A place in a source.
    pub section: fn(&str) -> String,
    /// The cycle that a source names.
    pub for_cycle: fn(&str) -> String,
    /// A date that is written out already.
    pub read_on: fn(&str) -> String,
    /// A date and time that is written out already.
    pub same_in: fn(&str) -> String,
    /// A number of days from today on.
    pub in_days: fn(i32) -> String,
    pub passed: &'static str,
    /// Somebody else gave a day that is past.
    pub perhaps_passed: &'static str,
    pub opens: &'static str,
    pub closes: &'static str,
}

pub const EN: Common = Common {
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    short_months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    short: |day, month| format!("{month} {day}"),
    weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    day: |day, month, year| format!("{month} {day}, {year}"),
    month: |month, year| format!("{month} {year}"),
    weekday: |weekday, day| format!("{weekday}, {day}"),
    time: |hours, minutes| format!("{hours:02}:{minutes:02}"),
    at: |day, time, zone| format!("{day}, {time}\u{a0}{zone}"),
    zone: |zone| match zone {
        "America/Edmonton" => "Alberta\u{a0}time".to_owned(),
        "America/Toronto" => "Eastern\u{a0}time".to_owned(),
        other => other.replace('_', " "),
    },

    open: "Open",
    not_yet: "Not yet",
    closed: "Closed",
    needs_answers: "Needs answers",
    ask: "Ask",

    stated: "Stated for this cycle",
    standing: |cycles| format!("Standing: the same in {cycles}, and nothing newer against it"),
    standing_once: |cycle| format!("Standing: on the present page, and the same in {cycle}"),
    carried_over: |cycle| format!("Last read for {cycle}, not confirmed for this cycle"),
    second_hand: "Second-hand: we found it only on somebody else’s page",
    inferred: "Worked out by us, not published",
    expected: "Expected, not announced",
    conflicting: "Official texts disagree",
    entered: "The date that you entered",
    read_too: |when, basis| format!("Or {when}. {basis}"),
    entered_too: |day| format!("You entered {day}. The official date counts: ask about the difference"),

    yes: "Yes",
    no: "No",
    skipped: "Skipped",
    dont_know: "I don’t know",
    not_answered: "Not answered",
    done: "Done",
    planned: |date| format!("Planned for {date}"),
    not_yet_done: "Not yet",
    never: "No, and I will not",

    not_published: "No day that we could read",
    last_seen: |cycle, date| format!("In the {cycle} cycle: {date}"),
    comes_before: |title, date| format!("It comes before this: {title}, {date}"),
    before: "before",
    expected_day: |day| format!("{day} (expected)"),
    second_hand_day: |day| format!("{day} (second-hand)"),
    and: "and",

    unofficial: "This is a self-check. The AIMG Program, CaRMS and the universities decide.",
    change: "Change",
    answer: "Answer",
    resting_on: |basis, sources| match sources {
        1 => format!("{basis}\u{a0}· 1\u{a0}source"),
        more => format!("{basis}\u{a0}· {more}\u{a0}sources"),
    },
    section: |section| format!("section “{section}”"),
    for_cycle: |cycle| format!("for the {cycle} cycle"),
    read_on: |date| format!("read on {date}"),
    same_in: |when| format!("The same moment: {when}"),
    in_days: |days| match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        more => format!("in {more} days"),
    },
    passed: "Past",
    perhaps_passed: "Perhaps past already: look it up now",
    opens: "From",
    closes: "Until",
};

impl Common {
    /// `June 5, 2026`
    #[must_use]
    pub fn date(&self, day: Day) -> String {
        let (year, month, of_month) = day.ymd();
        (self.day)(of_month, self.month_name(month), year)
    }

    /// `Jun 5`
    #[must_use]
    pub fn short_date(&self, day: Day) -> String {
        let (_, month, of_month) = day.ymd();
        (self.short)(of_month, self.short_months[usize::from(month.clamp(1, 12)) - 1])
    }

    /// `Jun 5, 2026`
    #[must_use]
    pub fn compact_date(&self, day: Day) -> String {
        let (year, month, of_month) = day.ymd();
        (self.day)(of_month, self.short_months[usize::from(month.clamp(1, 12)) - 1], year)
    }

    /// `Friday, June 5, 2026`
    #[must_use]
    pub fn full_date(&self, day: Day) -> String {
        (self.weekday)(self.weekdays[day.weekday()], &self.date(day))
    }

    /// A day, a month or a year, as exactly as it is known.
    #[must_use]
    pub fn range(&self, range: DayRange) -> String {
        let (year, month, _) = range.first.ymd();
        match range.precision() {
            Precision::Day => self.date(range.first),
            Precision::Month => (self.month)(self.month_name(month), year),
            Precision::Year => year.to_string(),
        }
    }

    /// The official wall time: weekday, day, and time with its zone where one is published.
    #[must_use]
    pub fn when(&self, when: &WhenReport) -> String {
        self.day_and_time(when.day, when.minutes, &when.zone)
    }

    /// A day with its weekday, and the time in the given zone where there is one.
    #[must_use]
    pub fn day_and_time(&self, day: Day, minutes: Option<u16>, zone: &str) -> String {
        let day = self.full_date(day);
        match minutes {
            Some(minutes) => (self.at)(&day, &(self.time)(minutes / 60, minutes % 60), &(self.zone)(zone)),
            None => day,
        }
    }

    #[must_use]
    pub fn said(&self, said: &Said) -> String {
        match said {
            Said::Skipped => self.skipped.to_owned(),
            Said::DontKnow => self.dont_know.to_owned(),
            Said::Yes => self.yes.to_owned(),
            Said::No => self.no.to_owned(),
            Said::Chosen(texts) => texts.iter().map(|text| &**text).collect::<Vec<_>>().join("; "),
            Said::Number(number) => number.to_string(),
            Said::Date(range) => self.range(*range),
            Said::Done => self.done.to_owned(),
            Said::Planned(range) => (self.planned)(&self.range(*range)),
            Said::NotYet => self.not_yet_done.to_owned(),
            Said::Never => self.never.to_owned(),
        }
    }

    /// The date before which another one comes.
    #[must_use]
    pub fn bound(&self, bound: &Bound) -> String {
        let day = self.full_date(bound.day);
        (self.comes_before)(&bound.title, &self.day_resting_on(day, &bound.basis))
    }

    /// A day in a sentence, with a word for what it rests on where that is little.
    #[must_use]
    pub fn day_resting_on(&self, day: String, basis: &Basis) -> String {
        match basis {
            Basis::SecondHand => (self.second_hand_day)(&day),
            basis if basis.is_weak() => (self.expected_day)(&day),
            _ => day,
        }
    }

    /// What a day rests on.
    #[must_use]
    pub fn basis_of_day(&self, basis: &Basis) -> String {
        if *basis == Basis::Inferred { self.expected.to_owned() } else { self.basis(basis) }
    }

    #[must_use]
    pub fn basis(&self, basis: &Basis) -> String {
        match basis {
            Basis::Stated => self.stated.to_owned(),
            Basis::Standing(cycles) => match &**cycles {
                [only] => (self.standing_once)(only),
                several => (self.standing)(&several.iter().map(|cycle| &**cycle).collect::<Vec<_>>().join(", ")),
            },
            Basis::CarriedOver(cycle) => (self.carried_over)(cycle),
            Basis::SecondHand => self.second_hand.to_owned(),
            Basis::Inferred => self.inferred.to_owned(),
            Basis::Conflicting => self.conflicting.to_owned(),
            Basis::Entered => self.entered.to_owned(),
        }
    }

    #[must_use]
    pub fn verdict(&self, verdict: Verdict) -> &'static str {
        match verdict {
            Verdict::NeedsAnswers => self.needs_answers,
            Verdict::Decided(outcome) => self.outcome(outcome),
        }
    }

    #[must_use]
    pub fn outcome(&self, outcome: Outcome) -> &'static str {
        match outcome {
            Outcome::Open => self.open,
            Outcome::NotYet => self.not_yet,
            Outcome::Ask => self.ask,
            Outcome::Unmet | Outcome::Closed(_) => self.closed,
        }
    }

    fn month_name(&self, month: u8) -> &'static str {
        self.months[usize::from(month.clamp(1, 12)) - 1]
    }
}
