//! The traceability gap check: whether the record of each unit is whole and connected, where it is not, who can mend
//! that, and how.
//!
//! [`record`] says what one record lacks against its route; [`links`], [`parts`], [`times`], [`papers`] and [`signing`]
//! look at what lies around it; [`lots`] follows a lot from its receipt; [`one`] puts a unit together, [`content`] a
//! plant, with a [`score`] for each route and week. [`text`] and [`html`] draw it. [`kind`] lists every sort of
//! finding: a gap is a fact that the record lacks, a remark is what came late, waits, is from paper, or is on this
//! terminal alone.
//!
//! Deliberately absent: mending. A gap is told with the command that mends it; the gate decides that command like any
//! other. And guessing: what cannot be known from the record is not told as found.

pub mod content;
pub mod finding;
pub mod html;
pub mod kind;
pub mod links;
pub mod lots;
pub mod one;
pub mod papers;
pub mod parts;
pub mod record;
pub mod score;
mod sections;
pub mod signing;
pub mod text;
pub mod times;

pub use record::{Gap, gaps, is_complete};
