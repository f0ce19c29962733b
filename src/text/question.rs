//! Words of the question page.

#[derive(Debug)]
pub struct Question {
    pub title: &'static str,
}

pub const EN: Question = Question { title: "Question" };
