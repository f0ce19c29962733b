//! Words of the iterations page.

#[derive(Debug)]
pub struct Iterations {
    pub title: &'static str,
}

pub const EN: Iterations = Iterations { title: "Iterations" };
