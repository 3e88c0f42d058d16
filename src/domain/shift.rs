//! The shift that an action falls into, as the outside tells it. The domain has no time zone: it takes the shift as it
//! takes the time, and the record keeps both.

use serde::{Deserialize, Serialize};

use super::ambient::Ambient;
use super::id::ShiftName;
use super::time::{At, Day};

/// The shift that runs, or the pause between two shifts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InShift {
    /// Its name; [`OFF`] between two shifts.
    pub name: ShiftName,
    /// When it began. Two moments are of one shift where name and beginning are the same.
    pub begin: At,
}

/// What the time between two shifts is called.
pub const OFF: &str = "off";

/// What comes again and again, and asks for something each time: a shift, or a day where the plant has no shifts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Turn {
    /// A shift, or the pause between two.
    Shift(InShift),
    /// A day, in UTC.
    Day(Day),
}

impl Ambient {
    /// The shift that runs now, or the day; none only where the clock shows no day at all.
    pub fn turn(&self) -> Option<Turn> {
        self.given.shift.clone().map(Turn::Shift).or_else(|| Day::of(self.at).map(Turn::Day))
    }
}
