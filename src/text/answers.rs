//! Words of the answers page.

#[derive(Debug)]
pub struct Answers {
    pub title: &'static str,
}

pub const EN: Answers = Answers { title: "Answers" };
