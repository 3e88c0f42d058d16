//! The record for others: the device history record of a unit or a lot as JSON, CSV, a page and a PDF, and what
//! happened to units as EPCIS and XES events.
//!
//! [`unit_copy`] and [`lot_copy`] are the electronic copies. [`dossier`] lays such a copy out for people, whatever is
//! in it, so that [`html`] and [`pdf`] lack no fact of it; [`csv`] and [`csv_lot`] have a line for each fact. [`epcis`]
//! and [`xes`] tell events in the words of those standards.
//!
//! Deliberately absent: choosing what to leave out. And memory of more than one unit: each is written and forgotten; a
//! PDF alone holds all that is in it, and so has a limit.

pub mod csv;
pub mod csv_lot;
pub mod dossier;
pub mod epcis;
pub mod html;
pub mod lines;
pub mod lot_copy;
pub mod pdf;
pub mod unit_copy;
pub mod xes;
pub mod xes_lot;
