//! The compiled rulebook: what a cycle's files become once every check has passed.
//!
//! All references are positions in the lists of the same rulebook. Texts are in one language.

use crate::day::Day;
pub use crate::index::Derived;
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// A text in the reader's language, cheap to copy.
pub type Text = Rc<str>;

macro_rules! positions {
    ($($(#[$doc:meta])* $name:ident => $list:ident: $item:ident,)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub u16);

        impl $name {
            #[must_use]
            pub fn index(self) -> usize {
                usize::from(self.0)
            }

            /// The position of a list's nth item. A list holds fewer than 65,536 items.
            #[must_use]
            #[allow(clippy::cast_possible_truncation, reason = "the compiler refuses longer lists")]
            pub fn nth(index: usize) -> $name {
                $name(index as u16)
            }
        }

        impl std::ops::Index<$name> for Rulebook {
            type Output = $item;
            fn index(&self, position: $name) -> &$item {
                &self.$list[position.index()]
            }
        }
    )*};
}

positions! {
    /// Position in [`Rulebook::questions`].
    QuestionIx => questions: Question,
    /// Position in [`Rulebook::moments`].
    MomentIx => moments: Moment,
    /// Position in [`Rulebook::rules`].
    RuleIx => rules: Rule,
    /// Position in [`Rulebook::conflicts`].
    ConflictIx => conflicts: Conflict,
    /// Position in [`Rulebook::cells`].
    CellIx => cells: Cell,
    /// Position in [`Rulebook::documents`].
    DocumentIx => documents: Document,
    /// Position in [`Rulebook::dates`].
    DateIx => dates: DateEntry,
    /// Position in [`Rulebook::stages`].
    StageIx => stages: Stage,
    /// Position in [`Rulebook::sources`].
    SourceIx => sources: Source,
    /// Position in [`Rulebook::topics`].
    TopicIx => topics: Named,
    /// Position in [`Rulebook::contacts`].
    ContactIx => contacts: Contact,
}

/// Everything that one cycle says, in one language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rulebook {
    pub cycle: Text,
    pub language: Text,
    /// Hash over the structure, the same in every language.
    pub hash: Text,
    pub title: Text,
    pub summary: Text,
    pub next_cycle: Named,
    /// A question that is ready to send, about rules that are in doubt: `{questions}` stands for theirs.
    pub ask_rules: Text,
    /// The question about a rule that has none of its own: `{rule}` stands for its title.
    pub ask_rule: Text,
    /// The same about a list of requirements that was not read: `{cell}` stands for what it is the list of.
    pub ask_list: Text,
    /// The same about dates of which only weak sources tell: `{dates}` stands for their titles.
    pub ask_dates: Text,
    /// Why an answer contradicts the day of asking: `{date}` stands for the title of the date before which it cannot be
    /// true.
    pub too_early: Text,
    /// Verdicts are given from the first instant to the second, in seconds since 1970-01-01T00:00Z.
    pub span: (i64, i64),
    /// From this instant on no positive verdict is given.
    pub check_by: i64,
    pub check_by_day: Day,
    pub checked_on: Day,
    /// The zones of its dates; the first one is the official one.
    pub zones: Vec<Zone>,
    /// Every date of the cycle lies within; days that a reader enters too.
    pub season: Option<(Day, Day)>,
    /// The last date of all: what has no date of its own cannot happen after it.
    pub last: Option<MomentIx>,
    pub topics: Vec<Named>,
    pub contacts: Vec<Contact>,
    pub sources: Vec<Source>,
    pub questions: Vec<Question>,
    /// Questions in an order in which scope can be settled: each after all that its `relevant_when` looks at.
    pub scope_order: Vec<QuestionIx>,
    pub constraints: Vec<Constraint>,
    pub dates: Vec<DateEntry>,
    pub moments: Vec<Moment>,
    pub rules: Vec<Rule>,
    pub conflicts: Vec<Conflict>,
    pub cells: Vec<Cell>,
    pub documents: Vec<Document>,
    pub stages: Vec<Stage>,
    pub branches: Vec<Named>,
    pub notices: Vec<Notice>,
    /// Only on the page of rules, which is a file of its own: not in the compact file.
    #[serde(skip)]
    pub sentences: Vec<Sentence>,
    pub glossary: Vec<Named>,
    /// What follows from all this. Whoever changes a rulebook in place has to begin a new one.
    #[serde(skip)]
    pub derived: Derived,
}

/// An id with its text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Named {
    pub id: Text,
    pub text: Text,
}

/// Whom to ask.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contact {
    pub id: Text,
    pub name: Text,
    pub url: Text,
}

/// A page that was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// How rules cite it. In a packed rulebook positions do that, and it is empty.
    #[serde(skip)]
    pub id: Text,
    pub publisher: Text,
    pub title: Text,
    pub url: Text,
    /// The cycle that the page names, if any.
    pub cycle: Option<Text>,
    pub read_on: Day,
}

/// A place in a source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Citation {
    pub source: SourceIx,
    pub section: Option<Text>,
}

/// How sure a statement is for this cycle, and where it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Grounds {
    pub basis: Basis,
    pub sources: Vec<Citation>,
}

/// How a statement came to be known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Basis {
    /// A page that names this cycle says it.
    Stated,
    /// Pages of these cycles say the same, and nothing speaks against it.
    Standing(Vec<Text>),
    /// Last read for this earlier cycle.
    CarriedOver(Text),
    /// Read on another body's page only.
    SecondHand,
    /// Our deduction or a pattern.
    Inferred,
    /// Sources disagree; each reading has its own basis.
    Conflicting,
    /// A day that the reader entered.
    Entered,
}

impl Basis {
    /// Whether a rule on this basis is too weak to close a cell, and a day on it is soft.
    #[must_use]
    pub fn is_weak(&self) -> bool {
        !matches!(self, Basis::Stated | Basis::Standing(_) | Basis::Entered)
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each stands for itself, as in the authors' tables")]
pub struct Question {
    pub id: Text,
    pub topic: TopicIx,
    pub kind: QuestionKind,
    /// An answer about this cycle's run, never carried to another.
    pub per_cycle: bool,
    /// The day on which it happens is not the person's to choose, so a plan that is too late cannot be moved.
    pub set_by_others: bool,
    /// The day may lie ahead of the day of asking without being a plan, as an expiry does.
    pub may_lie_ahead: bool,
    /// What the date is about can be done again, so a day that is too early is not the last word.
    pub renewable: bool,
    pub relevant_when: Option<Condition>,
    pub change: Change,
    pub ask: Option<ContactIx>,
    pub title: Text,
    pub short: Text,
    pub hint: Option<Text>,
    pub why: Text,
    pub where_to_find: Text,
    /// Values between which rules can tell: with one answer from each class, every way to answer is covered.
    pub classes: Vec<crate::answers::Answer>,
}

impl Question {
    /// One of its choices, where it is a choice between several.
    #[must_use]
    pub fn choice_at(&self, choice: u8) -> Option<&Choice> {
        match &self.kind {
            QuestionKind::Choice(choices) => choices.get(usize::from(choice)),
            _ => None,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum QuestionKind {
    /// Exactly one choice.
    Choice(Vec<Choice>),
    /// Any number of choices; the position of the exclusive "none", if there is one.
    Choices(Vec<Choice>, Option<u8>),
    YesNo,
    /// A whole number within the bounds.
    Number(i64, i64),
    /// A date within the bounds.
    Date(Day, Day),
    /// Something that happens over time.
    Event,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    pub id: Text,
    pub text: Text,
    /// What a letter says instead, with blanks for what whoever reads it needs to know and nobody was asked for.
    pub letter: Option<Text>,
    /// The choices (as bits) that this one can still turn into. One that another of them can turn into is reached through
    /// that one.
    pub may_become: u64,
    /// Somebody else decides it, so the person cannot bring it about.
    pub decided_by_others: bool,
    /// It cannot be true before this date.
    pub not_before: Option<MomentIx>,
    /// It cannot be true any more once this date has passed.
    pub not_after: Option<MomentIx>,
    /// It can be come to until this date.
    pub by: Option<MomentIx>,
    /// It is an outcome of this cell: it cannot come about once the cell is closed to the person.
    pub outcome_of: Option<CellIx>,
}

impl Choice {
    /// Whether the day or another cell has a say in whether it can be true.
    #[must_use]
    pub fn depends_on_time(&self) -> bool {
        self.not_before.is_some() || self.not_after.is_some() || self.by.is_some() || self.outcome_of.is_some()
    }
}

/// How a fact can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    Fixed,
    Time,
    Action,
    Paper,
    Correction,
}

/// What must hold between answers; where it cannot, they contradict each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Constraint {
    pub id: Text,
    pub holds_when: Condition,
    pub text: Text,
}

/// What a rule, a scope or a document depends on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Condition {
    Const(bool),
    All(Vec<Condition>),
    Any(Vec<Condition>),
    AtLeast(u8, Vec<Condition>),
    Not(Box<Condition>),
    /// The answer is one of these choices (as bits); yes-no questions have yes as bit 0 and no as bit 1.
    Is(QuestionIx, u64),
    /// The number lies between the two, both included.
    Between(QuestionIx, i64, i64),
    Compare(QuestionIx, Relation, MomentIx),
    Done(QuestionIx),
    /// The event is not done so far, whatever may come.
    Undone(QuestionIx),
    /// The choice is one that can be true on the day of asking.
    Timely(QuestionIx),
    Passed(MomentIx),
    Rule(RuleIx),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Relation {
    Before,
    OnOrBefore,
    OnOrAfter,
    After,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    pub id: Text,
    pub body: Body,
    /// By when it must hold: by each of these dates.
    pub dues: Vec<MomentIx>,
    /// Falls due only after applying: what is not done yet counts as met for now.
    pub due_after_applying: bool,
    /// It has readings, or is made of a rule that has.
    pub disputed: bool,
    pub title: Text,
    pub text: Text,
    /// What must still happen.
    pub step: Option<Text>,
    /// The same to somebody who has done it, while somebody else decides.
    pub wait: Option<Text>,
    /// Whom to ask about it, where that is not whom to ask about the cell.
    pub ask: Option<ContactIx>,
    /// The condition that remains, for rules that fall due after applying.
    pub condition: Option<Text>,
    /// What it means when it can no longer be met.
    pub missed: Option<Text>,
    /// What is open instead to somebody whom this closes out, where the cell's own words do not fit.
    pub instead: Option<Text>,
    /// Where this holds, the rule cannot matter to the person, whatever it says in truth: nothing is left to confirm.
    pub moot: Option<Condition>,
    /// What to ask about it where it is in doubt: a question that says nothing of who asks.
    pub question: Option<Text>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Body {
    Plain(Condition, Grounds),
    /// One condition for each reading of the conflict, in the conflict's order.
    Readings(ConflictIx, Vec<(Condition, Grounds)>),
}

impl Rule {
    /// Condition and grounds under the given readings, one for each conflict of the rulebook.
    #[must_use]
    pub fn under(&self, readings: &[u8]) -> (&Condition, &Grounds) {
        match &self.body {
            Body::Plain(condition, grounds) => (condition, grounds),
            Body::Readings(conflict, bodies) => {
                let reading = readings.get(conflict.index()).copied().unwrap_or(0);
                let (condition, grounds) = &bodies[usize::from(reading).min(bodies.len() - 1)];
                (condition, grounds)
            }
        }
    }

    /// Every condition that the rule can stand for, with its grounds.
    pub fn bodies(&self) -> impl Iterator<Item = (&Condition, &Grounds)> {
        let (plain, readings) = match &self.body {
            Body::Plain(condition, grounds) => (Some((condition, grounds)), &[][..]),
            Body::Readings(_, bodies) => (None, bodies.as_slice()),
        };
        plain.into_iter().chain(readings.iter().map(|(condition, grounds)| (condition, grounds)))
    }
}

/// A point at which sources disagree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Conflict {
    pub id: Text,
    /// Whom to ask: everybody whose texts disagree.
    pub ask: Vec<ContactIx>,
    pub title: Text,
    pub text: Text,
    pub likely: Text,
    pub question: Text,
    pub readings: Vec<Named>,
}

/// What gets one verdict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    pub id: Text,
    pub title: Text,
    pub place: Text,
    pub what: Text,
    pub requires: Vec<RuleIx>,
    /// Closed with this kind (a position in `kinds`) while the rule holds; the first one wins.
    pub closed: Vec<(u8, RuleIx)>,
    pub kinds: Vec<Named>,
    /// The kind that says that it is over, for everybody alike.
    pub over: Option<u8>,
    /// Was the whole list of requirements read?
    pub covered: Condition,
    pub opens: Option<MomentIx>,
    pub closes: Option<MomentIx>,
    pub ask: ContactIx,
    pub sources: Vec<Citation>,
    pub open_text: Text,
    pub not_yet_text: Text,
    pub closed_text: Text,
    pub instead: Text,
    /// The conflicts that any of its rules looks at.
    pub conflicts: Vec<ConflictIx>,
    /// The questions that it can depend on, scope and constraints included, in the author's order.
    pub questions: Vec<QuestionIx>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    pub id: Text,
    pub cells: Vec<CellIx>,
    pub needed_when: Condition,
    pub place: Text,
    /// By when, for each cell that has a date for it.
    pub dues: Vec<(CellIx, MomentIx)>,
    pub issued_from: Option<MomentIx>,
    pub issued_until: Option<MomentIx>,
    pub depends_on: Vec<Text>,
    pub ladder: bool,
    /// The event with which this is done.
    pub done_with: Option<QuestionIx>,
    pub grounds: Grounds,
    pub title: Text,
    pub what: Text,
    pub why: Text,
    pub form: Option<Text>,
    pub consequence: Text,
    pub note: Option<Text>,
}

/// An entry of the timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DateEntry {
    pub id: Text,
    pub kind: DateKind,
    /// Whom to ask for it, where that is not whom to ask about the cell.
    pub ask: Option<ContactIx>,
    pub title: Text,
    pub note: Option<Text>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DateKind {
    Deadline(MomentIx),
    Milestone(MomentIx),
    Event(MomentIx),
    /// Opens, closes.
    Window(MomentIx, MomentIx),
}

/// A date that rules can use.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Moment {
    /// The id of the date; of a window's two ends, see [`ends_of`].
    pub id: Text,
    pub date: DateIx,
    /// Position in [`Rulebook::zones`].
    pub zone: u8,
    pub edge: Edge,
    /// Absent when nothing is published for this cycle. Of several soft days the latest.
    pub when: Option<When>,
    pub grounds: Grounds,
    /// Other soft days that were read, with their grounds.
    pub others: Vec<(When, Grounds)>,
    /// The last value seen for an earlier cycle.
    pub last: Option<LastSeen>,
    /// That day moved by whole years, where nothing is known of this cycle: a soft day, which compares with nothing.
    pub moved: Option<When>,
    /// What comes later may still count: past it nobody can say, even by a firm day.
    pub late_may_count: bool,
    /// Dates that this one comes before, as strong sources say: it has passed once one of them has.
    pub bounds: Vec<MomentIx>,
    /// Dates that come no later than this one.
    pub earlier: Vec<MomentIx>,
}

/// The ids of a window's two moments: when it opens, and when it closes.
#[must_use]
pub fn ends_of(window: &str) -> [String; 2] {
    [[window, ".opens"].concat(), [window, ".closes"].concat()]
}

/// The id of the date that a moment belongs to.
#[must_use]
pub fn date_of(moment: &str) -> &str {
    moment.split('.').next().unwrap_or(moment)
}

impl Moment {
    /// Every day that is known of it: of this cycle, or last cycle's moved.
    pub fn whens(&self) -> impl Iterator<Item = &When> {
        self.when.iter().chain(self.others.iter().map(|(when, _)| when)).chain(&self.moved)
    }
}

/// How a day without a time counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Edge {
    /// The date passes at 00:00: an event, the opening of a window.
    Start,
    /// The date passes at the end of its day: a deadline, a milestone, the closing of a window.
    End,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct When {
    pub day: Day,
    /// Wall time in the date's zone, minutes after midnight, when a time is published.
    pub minutes: Option<u16>,
    /// Offset of that wall time from UTC, in seconds.
    pub offset: i32,
    /// When it passes, in seconds since 1970-01-01T00:00Z.
    pub instant: i64,
    /// When that is over for certain: the same with a time, else the end of the day.
    pub over: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LastSeen {
    pub cycle: Text,
    pub day: Day,
    /// For whoever reads the rules again; they do not come with the rulebook.
    #[serde(skip)]
    pub sources: Vec<Citation>,
}

/// A zone with its offsets from UTC over the cycle.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Zone {
    /// IANA name.
    pub name: Text,
    /// Offsets in seconds, each from the given instant on, in order.
    pub offsets: Vec<(i64, i32)>,
}

impl Zone {
    /// The offset from UTC at an instant, in seconds.
    #[must_use]
    pub fn offset(&self, instant: i64) -> i32 {
        let after = self.offsets.iter().take_while(|(from, _)| *from <= instant).last();
        after.or(self.offsets.first()).map_or(0, |(_, offset)| *offset)
    }

    /// The instant of a wall time, given in seconds since 1970-01-01T00:00 on the zone's clocks, and the offset then.
    #[must_use]
    pub fn instant(&self, wall: i64) -> (i64, i32) {
        // The offset in force at that instant differs from the one guessed only within hours of a clock change.
        let guess = self.offset(wall);
        let offset = self.offset(wall - i64::from(guess));
        (wall - i64::from(offset), offset)
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stage {
    pub id: Text,
    pub cells: Vec<CellIx>,
    pub here_when: Condition,
    pub dates: Vec<DateIx>,
    /// Position in [`Rulebook::branches`].
    pub branch: Option<u8>,
    pub grounds: Grounds,
    pub title: Text,
    pub text: Text,
    pub to_do: Vec<Text>,
    pub lost: Vec<Text>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Notice {
    pub id: Text,
    pub pages: Vec<Text>,
    pub show_when: Condition,
    /// What it says is the next thing to do.
    pub urgent: bool,
    pub grounds: Grounds,
    pub title: Text,
    pub text: Text,
}

/// A sentence of the page that the project began with, and the ids it became.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sentence {
    pub n: u8,
    pub text: Text,
    pub became: Vec<Text>,
}

/// What is asked of the day: the instant, and the day on the official zone's clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AsOf {
    /// Seconds since 1970-01-01T00:00Z.
    pub instant: i64,
    pub day: Day,
}

impl Rulebook {
    /// Every way to read the disagreements of a cell: for each way the reading of every conflict of the rulebook. The first
    /// way takes every first reading.
    #[must_use]
    pub fn ways(&self, cell: &Cell) -> Vec<Vec<u8>> {
        let first = vec![vec![0; self.conflicts.len()]];
        cell.conflicts.iter().fold(first, |ways, conflict| {
            let read = |way: &Vec<u8>, reading: u8| {
                let mut way = way.clone();
                way[conflict.index()] = reading;
                way
            };
            let readings = || (0..=u8::MAX).take(self[*conflict].readings.len());
            ways.iter().flat_map(|way| readings().map(move |reading| read(way, reading))).collect()
        })
    }

    /// The given instant (seconds since 1970-01-01T00:00Z) with its day in the official zone.
    #[must_use]
    pub fn as_of(&self, instant: i64) -> AsOf {
        let wall = instant.saturating_add(i64::from(self.offset(instant)));
        AsOf { instant, day: Day::from_wall_seconds(wall) }
    }

    /// The official zone's offset from UTC at an instant, in seconds.
    #[must_use]
    pub fn offset(&self, instant: i64) -> i32 {
        self.zones.first().map_or(0, |zone| zone.offset(instant))
    }

    /// The IANA name of a date's zone.
    #[must_use]
    pub fn zone_of(&self, moment: &Moment) -> Text {
        self.zones.get(usize::from(moment.zone)).map_or_else(|| Text::from("UTC"), |zone| zone.name.clone())
    }

    /// A date on this day, at this wall time of its zone (minutes after midnight) or, without one, as its edge counts.
    #[must_use]
    pub fn when(&self, moment: MomentIx, day: Day, minutes: Option<u16>) -> When {
        let moment = &self[moment];
        let midnight = i64::from(day.0) * 86_400;
        let begin = midnight + i64::from(minutes.unwrap_or(0)) * 60;
        let (zone, utc) = (self.zones.get(usize::from(moment.zone)), |wall| (wall, 0));
        let instant = |wall: i64| zone.map_or_else(|| utc(wall), |zone| zone.instant(wall));
        let (start, offset) = instant(begin);
        let over = if minutes.is_some() { start } else { instant(midnight + 86_400 - 1).0 };
        let passes = if moment.edge == Edge::End { over } else { start };
        When { day, minutes, offset, instant: passes, over }
    }

    #[must_use]
    pub fn moment(&self, id: &str) -> Option<MomentIx> {
        self.moments.iter().position(|moment| &*moment.id == id).map(MomentIx::nth)
    }

    #[must_use]
    pub fn question(&self, id: &str) -> Option<QuestionIx> {
        self.questions.iter().position(|q| &*q.id == id).map(QuestionIx::nth)
    }

    #[must_use]
    pub fn rule(&self, id: &str) -> Option<RuleIx> {
        self.rules.iter().position(|rule| &*rule.id == id).map(RuleIx::nth)
    }

    #[must_use]
    pub fn cell(&self, id: &str) -> Option<CellIx> {
        self.cells.iter().position(|c| &*c.id == id).map(CellIx::nth)
    }

    /// Whether the rulebook gives verdicts at this instant.
    #[must_use]
    pub fn covers(&self, as_of: AsOf) -> bool {
        (self.span.0..self.span.1).contains(&as_of.instant)
    }
}

impl Condition {
    /// The question that a leaf looks at.
    #[must_use]
    pub fn question(&self) -> Option<QuestionIx> {
        match self {
            Condition::Is(question, _)
            | Condition::Between(question, ..)
            | Condition::Compare(question, ..)
            | Condition::Done(question)
            | Condition::Undone(question)
            | Condition::Timely(question) => Some(*question),
            _ => None,
        }
    }
}
