//! The inspector's screen: the ledger and the search line above, a list or a page, how far the search has looked and
//! what was told in passing, and the keys.
//!
//! Deliberately absent: reading. Everything that is drawn is in the model.

mod bottom;
mod detail;
mod event;
mod frame;
mod help;
mod hits;
mod ledger;
mod said;
mod things;
mod top;
mod unit;

pub use frame::{extent, plain, rows, view};
