//! What `rulebook evaluate` tells somebody who advises others: one person in full, as text of 80 columns, or many people
//! as a table of one line each.

use crate::output::{basis_name, name};
use rules::change::Feasible;
use rules::interview::Bearing;
use rules::next_thing::{NextThing, Progress, next_thing};
use rules::report::{
    Ask, CellReport, ChangeSetReport, ChecklistItem, Criterion, CriterionState, Disagreement, Doubt, DoubtKind, Letter,
    MomentReport, Report, Row, Said, Step, TimelineEntry,
};
use rules::rulebook::{Basis, Rulebook};
use rules::verdict::{Outcome, Verdict};
use serde_json::json;
use session::Session;
use textwrap::{Options, WordSeparator, WordSplitter, fill};

const COLUMNS: usize = 80;

/// Text that grows line by line.
#[derive(Default)]
struct Page {
    text: String,
}

impl Page {
    /// A paragraph; every line begins after `indent` spaces, and all but the first after the width of `first`.
    fn line(&mut self, indent: usize, first: &str, text: &str) {
        let before = " ".repeat(indent) + first;
        let further = " ".repeat(before.chars().count());
        // Words and addresses stay whole, so that they can be copied.
        let options = Options::new(COLUMNS)
            .initial_indent(&before)
            .subsequent_indent(&further)
            .break_words(false)
            .word_separator(WordSeparator::AsciiSpace)
            .word_splitter(WordSplitter::NoHyphenation);
        for (n, paragraph) in text.lines().enumerate() {
            let options = if n == 0 { options.clone() } else { options.clone().initial_indent(&further) };
            self.text.push_str(fill(paragraph, options).trim_end());
            self.text.push('\n');
        }
    }

    fn gap(&mut self) {
        self.text.push('\n');
    }

    /// The same after an empty line.
    fn chapter(&mut self, heading: &str, items: impl IntoIterator<Item = String>) {
        let mut items = items.into_iter().peekable();
        if items.peek().is_some() {
            self.gap();
            self.part(0, heading, items);
        }
    }

    /// A heading and, unless there is nothing, what is under it.
    fn part(&mut self, indent: usize, heading: &str, items: impl IntoIterator<Item = String>) {
        let mut items = items.into_iter().peekable();
        if items.peek().is_some() {
            self.line(indent, "", heading);
            items.for_each(|item| self.line(indent + 2, "- ", &item));
        }
    }
}

/// Where one person stands, in full: what the rules say, and what the person marked.
#[must_use]
pub fn text(book: &Rulebook, report: &Report, session: &Session) -> String {
    let how_far = |item: &ChecklistItem| session.progress(&book.cycle, item);
    let mut page = Page::default();
    page.line(0, "", &format!("{}, as of {}. Rulebook {}.", book.title, report.as_of.day, report.rulebook));
    page.line(0, "", "This is a self-check. Those who run the match decide.");
    if report.outside_span {
        page.line(0, "", "No verdict: the rulebook does not cover this day.");
    }
    if report.past_check_by {
        page.line(0, "", "The rules should have been checked again by now: nothing here is more than a hint.");
    }
    for contradiction in &report.contradictions {
        page.line(0, "", &format!("These answers contradict each other. {}", contradiction.text));
        let dates = contradiction.dates.iter().map(|date| format!("{}: {}", date.title, moment_words(date)));
        contradiction.rows.iter().map(row_words).chain(dates).for_each(|line| page.line(2, "- ", &line));
    }
    page.gap();
    let widest = report.cells.iter().map(|cell| cell.title.chars().count()).max().unwrap_or_default();
    for cell in &report.cells {
        page.line(0, "", &format!("{:widest$}  {}", cell.title, verdict(cell)));
    }
    page.gap();
    let thing = next_thing(report, &how_far);
    let is_next_cycle = matches!(thing, NextThing::NextCycle);
    let (what, by) = next(book, report, thing);
    let next = if what.is_empty() { "nothing".to_owned() } else { what };
    page.line(0, "Next: ", &by.map_or_else(|| next.clone(), |by| format!("{next} ({by})")));
    if is_next_cycle {
        page.line(6, "", &book.next_cycle.text);
    }
    match report.at_most_more {
        0 => {}
        1 => page.line(0, "", "At most 1 more question."),
        more => page.line(0, "", &format!("At most {more} more questions.")),
    }
    report.cells.iter().filter(|cell| cell.chosen).for_each(|cell| cell_text(&mut page, report, cell));

    let tasks = report.find_out.iter().map(|task| {
        let who = task.ask.as_ref().map_or_else(String::new, |(name, url)| format!(" Ask {name}, {url}"));
        let idle = if task.bearing == Bearing::Nothing { "[changes nothing now] " } else { "" };
        format!("{idle}{} {}{who}", task.title, task.where_to_find)
    });
    page.chapter("TO FIND OUT", tasks);
    page.chapter("CHECKLIST", report.checklist.iter().map(|item| item_words(item, how_far(item))));
    page.chapter("DATES", report.timeline.iter().map(entry_words));
    page.chapter("GOOD TO KNOW", report.notices.iter().map(|notice| headed(&notice.title, &notice.text)));
    page.gap();
    page.line(0, "", &format!("The cycle after this one, {}: {}", book.next_cycle.id, book.next_cycle.text));
    page.text
}

/// A heading that ends as a sentence does, and what stands under it.
fn headed(title: &str, text: &str) -> String {
    if title.ends_with(['?', '!', '.']) { format!("{title} {text}") } else { format!("{title}. {text}") }
}

fn cell_text(page: &mut Page, report: &Report, cell: &CellReport) {
    page.gap();
    page.line(0, "", &format!("{}: {}", cell.title.to_uppercase(), verdict(cell)));
    cell.says.iter().for_each(|says| page.line(2, "", says));
    cell.leans_to
        .iter()
        .for_each(|leans| page.line(2, "", &format!("It could still be: {}", verdict_words(Verdict::Decided(*leans)))));
    if let Some(ask) = &cell.ask {
        ask_text(page, ask);
    }
    if matches!(cell.verdict, Verdict::Decided(Outcome::Unmet | Outcome::Closed(_))) {
        page.line(2, "Open instead: ", &cell.instead);
    }
    let open = report.rows.iter().filter(|row| cell.open.contains(&row.question));
    page.part(2, "Still to answer, or to find out", open.map(row_words));
    page.part(2, "What the dates leave open", cell.doubts.iter().map(doubt_words));
    let opens = cell.waits_for.iter().map(|opens| format!("{}: {}", opens.title, moment_words(opens)));
    let (before, after) = cell.steps.split_at(cell.steps_before_opening());
    let steps = |step: &Step| {
        let one_of = step.one_of.map_or("", |_| "(one way of several) ");
        let earlier = if step.earlier { " It has to come earlier than planned." } else { "" };
        [one_of, &step.text, &planned(step), &by(step.by.as_ref()), earlier, late(step)].concat()
    };
    let heading = if cell.verdict == Verdict::Decided(Outcome::NotYet) {
        "What must still happen"
    } else {
        "What else must still happen"
    };
    page.part(2, heading, before.iter().map(steps).chain(opens).chain(after.iter().map(steps)));
    let remains = cell.conditions.iter().map(|remains| [&*remains.text, &by(remains.by.as_ref())].concat());
    page.part(2, "This must stay true", remains);
    for because in cell.different_reasons() {
        let day = because.day.then(|| format!("the day of asking: {}", report.as_of.day));
        let rules =
            because.rules.iter().map(|rule| format!("by the rule: {} ({})", rule.title, basis_name(&rule.basis)));
        page.part(2, "Because", because.deciding().map(row_words).chain(day).chain(rules));
        let besides: Vec<&str> = because.others().map(|row| &*row.short).collect();
        if !besides.is_empty() {
            page.line(4, "", &format!("It also takes the answers about: {}.", besides.join("; ")));
        }
    }
    let weak = cell
        .to_confirm
        .iter()
        .map(|rule| format!("{}: {} ({}){}", rule.title, rule.says(), basis_name(&rule.basis), by(rule.due.as_ref())));
    page.part(2, "To confirm", weak);
    cell.readings.iter().for_each(|found| disagreement_text(page, found));
    if let Some(leverage) = &cell.leverage {
        page.part(2, "What would change it", leverage.sets.iter().map(change_words));
        let decides: Vec<&str> = leverage.rests_on.iter().map(|row| &*row.short).collect();
        if !decides.is_empty() {
            page.line(2, "", &format!("Another answer to each of these could change it: {}.", decides.join("; ")));
        }
    }
    // To whom a cell is closed for another cause, its requirements do not matter.
    if !matches!(cell.verdict, Verdict::Decided(Outcome::Closed(_))) {
        // What is still to come has been told as a step.
        let told = |rule: &&Criterion| !cell.steps.is_empty() && rule.state == CriterionState::CanStill;
        let open = cell.criteria.iter().filter(|rule| !told(rule));
        let open = open.filter_map(|rule| Some((rule, state_words(rule.state)?)));
        let open = open.map(|(rule, state)| format!("[{state}] {}: {}", rule.title, rule.says()));
        page.part(2, "Requirements that are not met, or not known to be", open);
    }
}

fn state_words(state: CriterionState) -> Option<&'static str> {
    match state {
        CriterionState::Met | CriterionState::DoesNotApply => None,
        CriterionState::CanStill => Some("still to come"),
        CriterionState::NotMet => Some("not met"),
        CriterionState::NotKnown => Some("not known yet"),
        CriterionState::Disputed => Some("the texts disagree"),
        CriterionState::CannotSay => Some("to be asked"),
    }
}

fn ask_text(page: &mut Page, ask: &Ask) {
    page.part(2, "Whom to ask", ask.contacts.iter().map(|whom| format!("{}, {}", whom.name, whom.url)));
    for letter in &ask.letters {
        let to: Vec<&str> = letter.to.iter().map(|whom| &*whom.name).collect();
        page.line(2, "", &format!("A question to send to: {}", to.join(", ")));
        page.line(4, "> ", &letter_words(letter));
    }
}

fn letter_words(letter: &Letter) -> String {
    // Another office reads it: what never comes is a plain no.
    let fact = |row: &Row| match row.said {
        Some(Said::Never) => format!("\n- {}: no", row.short),
        _ => format!("\n- {}", row_words(row)),
    };
    let facts: Vec<String> = letter.facts.iter().map(fact).collect();
    if facts.is_empty() {
        letter.question.to_string()
    } else {
        format!("{}\nAbout me:{}", letter.question, facts.concat())
    }
}

fn disagreement_text(page: &mut Page, found: &Disagreement) {
    page.line(2, "", &format!("The official texts disagree: {}", found.title));
    page.line(4, "", &found.text);
    for (n, (reading, basis, cited)) in found.readings.iter().enumerate() {
        let mut sources: Vec<&str> = cited.iter().map(|cited| &*cited.title).collect();
        sources.dedup();
        page.line(
            4,
            &format!("{}. ", n + 1),
            &format!("{} ({}; {})", reading.text, basis_name(basis), sources.join("; ")),
        );
    }
    page.line(4, "Most likely: ", &found.likely);
}

/// `closed (over)`
fn verdict(cell: &CellReport) -> String {
    let kind = cell.kind.as_ref().map_or_else(String::new, |kind| format!(" ({kind})"));
    verdict_words(cell.verdict) + &kind
}

fn verdict_words(verdict: Verdict) -> String {
    json!(name(verdict)).as_str().unwrap_or_default().replace('-', " ")
}

fn row_words(row: &Row) -> String {
    format!("{}: {}", row.short, row.said.as_ref().map_or_else(|| "not answered".to_owned(), said_words))
}

fn said_words(said: &Said) -> String {
    match said {
        Said::Skipped => "skipped".to_owned(),
        Said::DontKnow => "not known".to_owned(),
        Said::Yes => "yes".to_owned(),
        Said::No => "no".to_owned(),
        Said::Chosen(texts) => texts.iter().map(|text| &**text).collect::<Vec<_>>().join("; "),
        Said::Number(number) => number.to_string(),
        Said::Date(range) => range.to_string(),
        Said::Done => "done".to_owned(),
        Said::Planned(range) => format!("planned for {range}"),
        Said::NotYet => "not yet".to_owned(),
        Said::Never => "no, and never".to_owned(),
    }
}

/// `2026-11-26 12:00 America/Toronto, second-hand`
fn moment_words(moment: &MomentReport) -> String {
    let last = || moment.last.as_ref().map_or_else(String::new, |(cycle, day)| format!("; in the {cycle} cycle {day}"));
    let over = if moment.over { ", its day should be past" } else { "" };
    let Some(when) = &moment.when else {
        let before = moment.before.as_ref().map_or_else(String::new, |bound| {
            let expected = match bound.basis {
                Basis::SecondHand => ", second-hand",
                ref basis if basis.is_weak() => ", expected",
                _ => "",
            };
            format!("; before {}, {}{expected}", bound.title, bound.day)
        });
        return format!("not published{over}{before}{}", last());
    };
    let time = when
        .minutes
        .map_or_else(String::new, |minutes| format!(" {:02}:{:02} {}", minutes / 60, minutes % 60, when.zone));
    let basis = match &moment.basis {
        Basis::Entered => ", entered by you".to_owned(),
        weak if weak.is_weak() => format!(", {}", basis_name(weak)),
        _ => String::new(),
    };
    let passed = if when.passed { ", past" } else { "" };
    let others = moment.others.iter().filter(|(other, _)| other.instant != when.instant).map(|(when, basis)| {
        let passed = if when.passed { ", past" } else { "" };
        format!("; or {}, {}{passed}", when.day, basis_name(basis))
    });
    format!("{}{time}{basis}{passed}{}", when.day, others.collect::<String>())
}

fn by(moment: Option<&MomentReport>) -> String {
    moment.map_or_else(String::new, |moment| format!(" By {}: {}.", moment.title, moment_words(moment)))
}

fn late(step: &Step) -> &'static str {
    if step.late { " Perhaps it is too late: ask at once." } else { "" }
}

fn planned(step: &Step) -> String {
    step.planned.map_or_else(String::new, |plan| format!(" Planned for {plan}."))
}

fn doubt_words(doubt: &Doubt) -> String {
    let says = match doubt.why {
        // The words for the date say so already.
        DoubtKind::ShouldBeOver if doubt.date.over => "",
        DoubtKind::ShouldBeOver => "; it should be over",
        DoubtKind::ShouldHaveBegun => "; it should have begun",
        DoubtKind::LateMayCount => "; it has passed, and what comes later may still count",
        DoubtKind::TooEarly => "; it should still be to come, and an answer can be true only after it",
        DoubtKind::TooLate => "; this day is earlier than the one that you gave",
    };
    // What was true when it was said may not be any more.
    let changed = match &doubt.answer {
        Some(row) if doubt.why != DoubtKind::TooEarly => format!(". Answered: {}. Has that changed?", row_words(row)),
        _ => String::new(),
    };
    format!("{}: {}{says}{changed}", doubt.date.title, moment_words(&doubt.date))
}

fn change_words(set: &ChangeSetReport) -> String {
    let feasible = match set.feasible {
        Feasible::StillPossible => "Still possible",
        Feasible::MayBeTooLate => "Perhaps too late",
        Feasible::OnlyIfWrong => "Only if the answer is wrong",
        Feasible::TooLate => "Too late for this cycle",
    };
    let changes: Vec<String> = set.changes.iter().map(row_words).collect();
    format!("{feasible}: {}; then {}.{}", changes.join(", "), verdict_words(set.becomes), by(set.by.as_ref()))
}

fn item_words(item: &ChecklistItem, how_far: Progress) -> String {
    let needed = match (how_far, item.needed) {
        (Progress::Finished, _) => "[done] ",
        (Progress::Issued, _) => "[there] ",
        (Progress::Missing, true) => "",
        (Progress::Missing, false) => "[perhaps] ",
    };
    let bound = |words: &str, moment: &Option<MomentReport>| {
        moment.as_ref().map_or_else(String::new, |moment| format!(" {words} {}.", moment_words(moment)))
    };
    let issued = match how_far {
        Progress::Missing => {
            bound("Not issued before", &item.issued_from) + &bound("Not issued after", &item.issued_until)
        }
        Progress::Issued | Progress::Finished => String::new(),
    };
    format!("{needed}{} ({}).{issued}{}", item.title, item.place, by(item.due.as_ref()))
}

fn entry_words(entry: &TimelineEntry) -> String {
    let until = entry.closes.as_ref().map_or_else(String::new, |closes| format!("; until {}", moment_words(closes)));
    format!("{}: {}{until}", entry.title, moment_words(&entry.at))
}

/// What is next, and by when.
fn next(book: &Rulebook, report: &Report, thing: NextThing<'_>) -> (String, Option<String>) {
    let by = thing.by(report).map(moment_words);
    let what = match thing {
        NextThing::Mend(contradiction) => {
            let rows: Vec<&str> = contradiction.rows.iter().map(|row| &*row.short).collect();
            format!("look again at the answers that contradict each other: {}", rows.join("; "))
        }
        NextThing::Check(row) => format!("look again at the answer that should not be known yet: {}", row.short),
        NextThing::Step(step) => [&*step.text, &planned(step), late(step)].concat(),
        NextThing::Document(item, _) => item.title.to_string(),
        NextThing::Question(id) => {
            let question = book.question(id).map(|question| &*book[question].title);
            format!("answer the question {id}: {}", question.unwrap_or_default())
        }
        NextThing::FindOut(task) => format!("find out: {}", task.title),
        NextThing::Ask(cell, ask) => {
            let names: Vec<&str> = ask.contacts.iter().map(|whom| &*whom.name).collect();
            format!("ask {} about {}", names.join(" and "), cell.title)
        }
        NextThing::Stage(stage) => stage.to_do.first().map_or_else(String::new, ToString::to_string),
        NextThing::Date(entry) => entry.title.to_string(),
        NextThing::Instead(cell) => cell.instead.to_string(),
        NextThing::Notice(notice) => headed(&notice.title, &notice.text),
        NextThing::NextCycle => format!("prepare for the {} cycle", book.next_cycle.id),
        NextThing::Nothing => String::new(),
    };
    (what, by)
}

/// The names of a table's columns.
#[must_use]
pub fn columns(book: &Rulebook) -> Vec<String> {
    let cells = book.cells.iter().map(|cell| cell.id.to_string());
    ["file".to_owned()].into_iter().chain(cells).chain(["next", "by", "problem"].map(str::to_owned)).collect()
}

/// One person's line: a verdict for each cell, what is next and by when; or what is wrong with the file.
#[must_use]
pub fn line(book: &Rulebook, file: &str, report: Result<(&Report, &Session), &[String]>) -> Vec<String> {
    let mut line = vec![file.to_owned()];
    match report {
        Ok((report, session)) => {
            let verdict_of = |index| report.cells.get(index).map(verdict).unwrap_or_default();
            line.extend((0..book.cells.len()).map(verdict_of));
            let (what, by) = next(book, report, next_thing(report, &|item| session.progress(&book.cycle, item)));
            let outside = if report.outside_span { "the rulebook does not cover this day" } else { "" };
            line.extend([what, by.unwrap_or_default(), outside.to_owned()]);
        }
        Err(wrong) => {
            line.resize(book.cells.len() + 3, String::new());
            line.push(wrong.join("; "));
        }
    }
    line
}

/// A table as CSV, as RFC 4180 has it.
///
/// # Errors
/// None that memory allows; the library's are passed on.
pub fn csv(rows: &[Vec<String>]) -> Result<String, String> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).map_err(|error| error.to_string())?;
    }
    let bytes = writer.into_inner().map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|error| error.to_string())
}

/// A table as text: columns as wide as they have to be, and no more than 28 signs.
#[must_use]
pub fn table(rows: &[Vec<String>]) -> String {
    let cut = |text: &str| -> String {
        if text.chars().count() <= WIDEST {
            text.to_owned()
        } else {
            text.chars().take(WIDEST - 1).chain(['…']).collect()
        }
    };
    let columns = rows.first().map_or(0, Vec::len);
    let width =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|text| cut(text).chars().count()).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or_default()).collect();
    let lines = rows.iter().map(|row| {
        let padded = row.iter().zip(&widths).map(|(text, width)| format!("{:width$}", cut(text)));
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    });
    lines.collect()
}

const WIDEST: usize = 28;
