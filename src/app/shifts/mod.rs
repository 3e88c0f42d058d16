//! Shifts: which one a moment is in, what is planned in it, and how much of it is work.
//!
//! Everything here is a pure function of the moment and of what `traveller.toml` says.
//!
//! Deliberately absent: the clock, and people. Who works in a shift is no matter of the calendar.

pub mod calendar;
pub mod hours;
pub mod left;
pub mod plan;
