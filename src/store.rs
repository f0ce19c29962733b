//! The browser, and the page's own scripts. Nothing else touches them but forms, which read and fill their own fields.

pub mod browser;
pub mod entries;
pub mod loader;
pub mod runner;
