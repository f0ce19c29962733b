//! From one cycle to another on the calendar: by whole years.

use rules::day::Day;
use rules::rulebook::Rulebook;

/// The whole years from the match year of one cycle to that of another.
#[derive(Clone, Copy)]
pub struct Years(pub i32);

impl Years {
    /// The years from the one to the other, by the names of the cycles.
    ///
    /// # Errors
    /// When a cycle is not named by its match year.
    pub fn between(old: &Rulebook, new: &Rulebook) -> Result<Years, String> {
        let year = |book: &Rulebook| {
            let year = Some(&*book.cycle).filter(|cycle| cycle.len() == 4).and_then(|cycle| cycle.parse::<u16>().ok());
            year.map(i32::from).ok_or_else(|| {
                format!("the cycle {:?} is not named by its match year, so its dates cannot be moved", book.cycle)
            })
        };
        Ok(Years(year(new)? - year(old)?))
    }

    /// The way back.
    pub fn back(self) -> Years {
        Years(-self.0)
    }

    /// The same day of the other cycle.
    pub fn day(self, day: Day) -> Day {
        day.plus_years(self.0)
    }

    /// The instant of the other cycle at which the clocks of its official zone show the same day and time.
    pub fn instant(self, from: &Rulebook, to: &Rulebook, instant: i64) -> i64 {
        let wall = instant.saturating_add(from.offset(instant).into());
        let day = Day::from_wall_seconds(wall);
        let wall = wall + i64::from(self.day(day).0 - day.0) * 86_400;
        wall - i64::from(to.offset(wall - i64::from(to.offset(wall))))
    }
}
