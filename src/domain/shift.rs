//! The shift that an action falls into, as the outside tells it. The domain has no time zone: it takes the shift as it
//! takes the time, and the record keeps both.

use serde::{Deserialize, Serialize};

use super::id::ShiftName;
use super::time::At;

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
