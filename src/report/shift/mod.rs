//! The sheet of a shift: what was made, refused and held, who was there, and the head of each stream. Printed, it is a
//! witness: a record that was changed or put back later is found by it.
//!
//! [`tally`] counts the events, [`content`] says what is on the sheet; [`text`] and [`html`] draw it.
//!
//! Deliberately absent: a plan, and any figure that rests on one. What is told here was recorded.

pub mod content;
pub mod html;
mod rows;
pub mod tally;
pub mod text;
