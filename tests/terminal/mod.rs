//! The operator's terminal as an operator meets it: real keys into the model, real answers from the gate on a real
//! ledger, and the cells that come of it.
//!
//! Deliberately absent: settlements made by hand. What a screen shows here was recorded.

mod batches;
mod bytes;
mod card;
mod chaos;
mod deviating;
mod entries;
mod everyday;
mod first;
mod flow;
mod handover;
mod hands;
mod labels;
mod lamp;
mod leads;
mod many;
mod packing;
mod pair;
mod papers;
pub(crate) mod picture;
pub(crate) mod plant;
mod receiving;
mod scanners;
mod screens;
mod seats;
mod shop;
mod stale;
mod trainees;
