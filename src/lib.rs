//! The self-check as a Yew app. It draws what the engine reports and knows no rule.

pub mod app;
#[cfg(feature = "prerender")]
pub mod prerender;
pub mod store;

pub use app::App;
