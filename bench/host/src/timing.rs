//! Medians of times.

use std::time::{Duration, Instant};

/// The time of one run in nanoseconds: so many runs that they take at least `span`, shared.
#[allow(clippy::cast_precision_loss, reason = "a time of days would lose nanoseconds")]
pub fn batch(span: Duration, mut run: impl FnMut()) -> f64 {
    let mut count = 1_u32;
    loop {
        let start = Instant::now();
        for _ in 0..count {
            run();
        }
        let took = start.elapsed();
        if took >= span || count >= 1 << 20 {
            return took.as_nanos() as f64 / f64::from(count);
        }
        count *= if took * 8 < span { 8 } else { 2 };
    }
}

/// The median; of an even number of times the upper one of the two in the middle.
pub fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// A time for people to read, from nanoseconds.
pub fn shown(nanoseconds: f64) -> String {
    match nanoseconds {
        ns if ns < 1e6 => format!("{:.1} µs", ns / 1e3),
        ns if ns < 1e9 => format!("{:.1} ms", ns / 1e6),
        ns => format!("{:.2} s", ns / 1e9),
    }
}
