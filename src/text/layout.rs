//! Words of the layout page.

#[derive(Debug)]
pub struct Layout {
    pub title: &'static str,
}

pub const EN: Layout = Layout { title: "Layout" };
