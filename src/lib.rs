//! The self-check as a Yew app. It draws what the engine reports and knows no rule.

pub mod app;
pub mod components;
pub mod context;
pub mod given;
pub mod mine;
pub mod pages;
pub mod papers;
pub mod route;
pub mod session;
pub mod state;
pub mod store;
pub mod text;
pub mod title;

pub use app::App;
