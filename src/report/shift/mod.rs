//! The sheet of a shift: what was made, refused and held, who was there, and the head of each stream. Printed, it is a
//! witness: a record that was changed or put back later is found by it.
//!
//! [`tally`] counts the events, [`planned`] holds them against the plan, [`content`] says what is on the sheet;
//! [`text`] and [`html`] draw it.
//!
//! Deliberately absent: the settings. Shift and plan are given; what else is told here was recorded.

pub mod content;
mod handover;
pub mod html;
pub mod planned;
mod rows;
pub mod tally;
pub mod text;
pub mod watched;
