//! The manufacturing traveller: a route as a sheet, with places to write what was done. It is for looking over a route
//! before release, and for work by hand where a terminal is out of order.
//!
//! [`content`] says what is on the sheet, `step` what is on it of one step; [`text`] and [`html`] draw it.
//!
//! Deliberately absent: what was recorded of a unit. That is the traveller document.

pub mod content;
mod first;
pub mod html;
mod step;
pub mod text;
