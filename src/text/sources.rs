//! Words of the sources page.

#[derive(Debug)]
pub struct Sources {
    pub title: &'static str,
}

pub const EN: Sources = Sources { title: "Sources" };
