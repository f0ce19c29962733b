//! Words of the timeline page.

#[derive(Debug)]
pub struct Timeline {
    pub title: &'static str,
}

pub const EN: Timeline = Timeline { title: "Timeline" };
