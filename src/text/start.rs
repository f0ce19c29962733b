//! Words of the start page.

#[derive(Debug)]
pub struct Start {
    pub title: &'static str,
}

pub const EN: Start = Start { title: "Start" };
