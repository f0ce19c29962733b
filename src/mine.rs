//! Which dates of the cycle are about this person.

use crate::papers::{Paper, PaperState};
use rules::interview::is_closed;
use rules::report::{Report, StageReport, TimelineEntry};

/// Whether the date lies on a way that is not shut to the person. One that belongs to no stage may be anybody's.
#[must_use]
pub fn is_on_the_way(report: &Report, entry: &TimelineEntry) -> bool {
    let mut with_it = report.stages.iter().filter(|stage| stage.dates.iter().any(|date| date.id == entry.id));
    let Some(first) = with_it.next() else { return true };
    leads_on(report, first) || with_it.any(|stage| leads_on(report, stage))
}

/// Whether a stage is on the branch on which the person is; where they are on none, or it is on none, whether it leads to a
/// position that is not closed to them.
fn leads_on(report: &Report, stage: &StageReport) -> bool {
    let here = report.stages.iter().find(|stage| stage.here && stage.branch.is_some());
    match (here, &stage.branch) {
        (Some(here), Some(branch)) => here.branch.as_ref().is_some_and(|here| here.id == branch.id),
        _ => {
            let open = report.cells.iter().filter(|cell| cell.chosen && !is_closed(cell.verdict));
            open.into_iter().any(|cell| stage.cells.contains(&cell.id))
        }
    }
}

/// Whether something that the person still has to do, or a paper that is still to come, is due on the date.
#[must_use]
pub fn is_awaited(report: &Report, papers: &[Paper<'_>], entry: &TimelineEntry) -> bool {
    let steps = report.cells.iter().filter(|cell| cell.chosen).flat_map(|cell| {
        let steps = cell.steps.iter().filter_map(|step| step.by.as_ref());
        steps.chain(cell.conditions.iter().filter_map(|condition| condition.by.as_ref()))
    });
    let open = papers.iter().filter(|paper| paper.item.needed && paper.state != PaperState::Done);
    let ends = [Some(&entry.at), entry.closes.as_ref()];
    steps.chain(open.filter_map(|paper| paper.by)).any(|by| ends.into_iter().flatten().any(|end| end.id == by.id))
}
