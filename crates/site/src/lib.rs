//! The site around the app: every page as a file, the assets under names that hold a hash of their content, the headers
//! for the host, and the page for addresses that lead nowhere.
//!
//! Trunk builds the app and runs this crate's program, see `Trunk.toml`. Pages are drawn by the app's own code or, where
//! they are the same for everybody, by [`general`], whose words and markup nobody has to load with the app.

pub mod assets;
pub mod data;
pub mod general;
pub mod headers;
pub mod minify;
pub mod pages;
pub mod proof;
pub mod template;
pub mod text;
