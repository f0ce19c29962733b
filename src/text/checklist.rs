//! Words of the checklist page.

#[derive(Debug)]
pub struct Checklist {
    pub title: &'static str,
}

pub const EN: Checklist = Checklist { title: "Checklist" };
