//! The comparison for people to read.

use super::{Affected, CellAffected, Change, ChangedVerdict, Diff, How, Kind, Part, VerdictOut, What};
use std::fmt::Write;

impl Diff {
    /// The comparison for people to read.
    #[must_use]
    pub fn text(&self) -> String {
        self.written(false)
    }

    /// The same, with somebody for each changed verdict to whom it happens.
    #[must_use]
    pub fn text_with_people(&self) -> String {
        self.written(true)
    }

    fn written(&self, people: bool) -> String {
        let (old, new) = (&self.old, &self.new);
        let mut text =
            format!("from cycle {} ({}) to cycle {} ({})\n", old.cycle, old.rulebook, new.cycle, new.rulebook);
        if self.changes.is_empty() {
            text.push_str("  nothing changed in the rules\n");
        }
        for kind in self.changes.chunk_by(|a, b| a.kind == b.kind) {
            write_kind(&mut text, kind);
        }
        text.push_str("  who is affected\n");
        if self.years != 0 {
            let _ = writeln!(text, "    every date and day moved by {} years, so that the cycles line up", self.years);
        }
        self.affected.write(&mut text, [&old.cycle, &new.cycle], people);
        text
    }
}

fn heading(kind: Kind) -> &'static str {
    match kind {
        Kind::Cycle => "cycle",
        Kind::Question => "questions",
        Kind::Constraint => "what must hold between answers",
        Kind::Date => "dates",
        Kind::Conflict => "disagreements between sources",
        Kind::Rule => "rules",
        Kind::Cell => "cells",
        Kind::Document => "documents",
    }
}

/// As many items as say the same share one line.
const MANY: usize = 3;

/// The changed items of one kind.
fn write_kind(text: &mut String, changes: &[Change]) {
    let Some(first) = changes.first() else { return };
    let _ = writeln!(text, "  {}", heading(first.kind));
    let mut said: Vec<(String, Vec<&str>)> = Vec::new();
    for change in changes.iter().filter(|change| change.change == How::Changed) {
        for part in change.parts.iter().map(|part| part.text(true)) {
            match said.iter_mut().find(|(known, _)| *known == part) {
                Some((_, ids)) => ids.push(&change.id),
                None => said.push((part, vec![&change.id])),
            }
        }
    }
    said.retain(|(_, ids)| ids.len() >= MANY);
    for change in changes {
        let mut parts = change.lines();
        parts.retain(|part| said.iter().all(|(known, _)| known != part));
        let how = match change.change {
            How::Added => "added: ",
            How::Removed => "removed: ",
            How::Changed if parts.is_empty() => continue,
            How::Changed => "",
        };
        let _ = writeln!(text, "    {how}{} ({})", change.id, change.title);
        parts.iter().for_each(|part| {
            let _ = writeln!(text, "      {part}");
        });
    }
    for (part, ids) in said {
        let _ = writeln!(text, "    {} of them: {part}\n      {}", ids.len(), ids.join(", "));
    }
}

impl Change {
    /// What changed in it, a line for each part.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        self.parts.iter().map(|part| part.text(self.change == How::Changed)).collect()
    }
}

impl Part {
    /// The part of an item that changed, or of one that came or went as a whole.
    fn text(&self, of_change: bool) -> String {
        let what = match (self.what, self.change) {
            (what, _) if !of_change => name(what).to_owned(),
            (What::Day, How::Added) => "has a day now".to_owned(),
            (What::Day, How::Removed) => "has no day now; it was".to_owned(),
            (what, How::Added) => format!("also {}", name(what)),
            (what, How::Removed) => format!("no longer {}", name(what)),
            (what, How::Changed) => name(what).to_owned(),
        };
        let said: Vec<&str> = [&self.before, &self.after].into_iter().flatten().map(String::as_str).collect();
        let of = self.of.as_ref().map_or_else(String::new, |of| format!("{of}: "));
        let beside = self.beside.as_ref().map_or_else(String::new, |beside| format!(", beside {beside}"));
        let note = self.note.as_ref().map_or_else(String::new, |note| format!(" ({note})"));
        format!("{of}{what}: {}{beside}{note}", said.join(" → "))
    }
}

/// How a part is called: "also needed", "no longer needed".
fn name(what: What) -> &'static str {
    match what {
        What::Needed => "needed",
        What::Enough => "enough",
        What::Counted => "counted",
        What::Accepted => "accepted",
        What::Condition => "condition",
        What::Basis => "basis",
        What::Disputed => "disputed",
        What::Reading => "a reading",
        What::Due => "due",
        What::DueAfterApplying => "due only after applying",
        What::Type => "type",
        What::Choice => "a choice",
        What::Becomes => "able to become",
        What::Range => "range",
        What::PerCycle => "about one cycle only",
        What::AskedWhen => "asked when",
        What::Day => "day",
        What::Required => "required",
        What::ClosedBy => "closed by",
        What::ClosingOrder => "order of what closes it",
        What::Opens => "opens",
        What::Closes => "closes",
        What::For => "for",
        What::Place => "goes to",
        What::IssuedFrom => "issued from",
        What::IssuedUntil => "issued until",
        What::ComesAfter => "after",
        What::DoneWith => "done with",
        What::Ladder => "steps from having it to confirmed",
        What::CoveredFrom => "first day covered",
        What::CoveredUntil => "last day covered",
        What::CheckBy => "to be checked again by",
    }
}

impl Affected {
    fn write(&self, text: &mut String, [old, new]: [&String; 2], people: bool) {
        let days = &self.days;
        let _ = writeln!(text, "    {} spans of days compared, in which neither can tell days apart", days.compared);
        if days.only_old + days.only_new > 0 {
            let _ = writeln!(
                text,
                "    left out: {} spans that only {old} covers, {} that only {new} covers",
                days.only_old, days.only_new
            );
        }
        for (cells, cycle) in [(&self.only_old, old), (&self.only_new, new)] {
            cells.iter().for_each(|cell| {
                let _ = writeln!(text, "    {cell}: only in {cycle}");
            });
        }
        self.cells.iter().for_each(|cell| cell.write(text, [old, new], people));
        if let Some(why) = &self.not_compared {
            let _ = writeln!(text, "    NOT COMPARED: {why}");
        }
    }
}

impl CellAffected {
    fn write(&self, text: &mut String, cycles: [&String; 2], people: bool) {
        let _ = writeln!(text, "    {}: {} questions, {:.1e} answer sets", self.cell, self.questions, self.profiles);
        let contradict = self
            .spans
            .iter()
            .fold([0.0_f64; 2], |most, span| [most[0].max(span.contradict_old), most[1].max(span.contradict_new)]);
        for (left_out, why) in
            [([self.only_old, self.only_new], "that only"), (contradict, "that contradict themselves only in")]
        {
            for (count, cycle) in left_out.into_iter().zip(cycles).filter(|(count, _)| *count > 0.0) {
                let takes = if why == "that only" { " takes" } else { "" };
                let _ = writeln!(text, "      left out: {count:.1e} {why} {cycle}{takes}");
            }
        }
        let shares = self.spans.iter().map(|span| span.share);
        let (least, most) = shares.fold((1.0_f64, 0.0_f64), |(least, most), share| (least.min(share), most.max(share)));
        if self.changes.is_empty() {
            let what = if self.spans.is_empty() { "no day is covered by both" } else { "every verdict stays" };
            let _ = writeln!(text, "      {what}");
            return;
        }
        let _ = writeln!(
            text,
            "      a different verdict for {} to {} of them, depending on the day",
            percent(least),
            percent(most)
        );
        for change in &self.changes {
            change.write(text, self.spans.len());
            if people {
                change.write_example(text, cycles);
            }
        }
    }
}

impl ChangedVerdict {
    fn write(&self, text: &mut String, spans: usize) {
        let ChangedVerdict { from, to, most, .. } = self;
        let _ = writeln!(
            text,
            "      {} → {}: {most:.1e} ({}), in {} of {spans} spans{}",
            from.text(),
            to.text(),
            percent(self.most_share),
            self.spans,
            if self.only_stale { ", all past the check-by day of one cycle" } else { "" }
        );
    }

    fn write_example(&self, text: &mut String, cycles: [&String; 2]) {
        let example = &self.example;
        // The same answers are given once, below both.
        let shared = |line: &&str| example.old.answers.lines().any(|other| other == *line);
        let shared: Vec<&str> = example.new.answers.lines().filter(shared).collect();
        for (asked, cycle) in [&example.old, &example.new].into_iter().zip(cycles) {
            let _ = writeln!(text, "        --cycle {cycle} --as-of {}", asked.as_of);
            write_lines(text, asked.answers.lines().filter(|line| !shared.contains(line)));
        }
        text.push_str("        in both\n");
        write_lines(text, shared.iter().copied());
    }
}

fn write_lines<'a>(text: &mut String, lines: impl Iterator<Item = &'a str>) {
    for line in lines {
        let _ = writeln!(text, "          {line}");
    }
}

impl VerdictOut {
    fn text(&self) -> String {
        let name = serde_json::to_value(&self.verdict).unwrap_or_default();
        let kind = self.kind.as_ref().map_or_else(String::new, |kind| format!(" ({kind})"));
        format!("{}{kind}", name.as_str().unwrap_or_default())
    }
}

/// `12 %`, `0.3 %`, `2.1e-5 %`
fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent == 0.0 || percent >= 10.0 {
        format!("{percent:.0} %")
    } else if percent >= 0.1 {
        format!("{percent:.1} %")
    } else {
        format!("{percent:.1e} %")
    }
}
