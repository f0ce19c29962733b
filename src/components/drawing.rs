//! Pictures made of lines. They say nothing that a list beside them does not say.

use yew::{Html, html};

/// How wide a drawing is in its own units, however wide it is shown. Strokes do not stretch with it: so bars grow with
/// the screen, while marks can be told apart on a phone and on a wide screen alike.
pub const WIDTH: i32 = 1000;

/// Lines, each of a class, on a drawing that is `high` in its own units and takes `height` on the page.
#[inline(never)]
pub fn view_drawing(high: usize, height: String, lines: Vec<(&'static str, String)>) -> Html {
    let lines = lines.into_iter().map(|(class, d)| html! { <path {class} {d} /> });
    let view = ["0 0 ", &WIDTH.to_string(), " ", &high.to_string()].concat();
    html! { <svg viewBox={view} {height} preserveAspectRatio="none">{for lines}</svg> }
}
