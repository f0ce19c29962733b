//! Words of the result page.

#[derive(Debug)]
pub struct Result {
    pub title: &'static str,
}

pub const EN: Result = Result { title: "Result" };
