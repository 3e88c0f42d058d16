//! The sheet of a recall: every unit that something concerns, what became of it, and to whom it went. For the office,
//! for the customer's letter, and for whoever counts.
//!
//! Deliberately absent: deciding who is concerned, and holding anything.

pub mod content;
mod csv;
mod html;
mod text;

pub use csv::csv;
pub use html::page;
pub use text::text;
