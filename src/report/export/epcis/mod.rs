//! What happened to units as EPCIS 2.0 events in JSON-LD, in the words of the Core Business Vocabulary 2.0.
//!
//! [`names`] makes the identifiers: GS1 Digital Link where the route or the part has a GTIN and the carton an SSCC,
//! else URIs of the plant. [`event`] is the form of an event, [`map`] says which of ours become which, `making` when a
//! batch is made, and [`lots`] what became of a lot before units took it.
//!
//! Deliberately absent: what was observed within a step. Who trades with the plant is told that a step was passed; the
//! values are in the record itself. And units that are not made to be sold.

pub mod event;
pub mod lots;
mod making;
pub mod map;
pub mod names;
