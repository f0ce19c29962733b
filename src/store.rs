//! What leaves the page or comes to it. Only `browser` and `loader` touch the browser.

pub mod browser;
pub mod fragment;
pub mod loader;
pub mod saved;
