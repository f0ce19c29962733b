//! The only modules that touch the browser.

pub mod loader;
