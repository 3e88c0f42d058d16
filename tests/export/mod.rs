//! The record for others: the copies carry the same facts, and what other systems take is as their standards ask.

mod copies;
mod epcis;
mod lots;
mod pdf;
mod xes;
