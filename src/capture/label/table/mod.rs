//! Every Application Identifier of GS1, one file for each range of first digits. Nothing but facts, as the GS1 Barcode
//! Syntax Dictionary has them.

pub mod companions;
mod identity;
mod internal;
mod measures;
mod particulars;
mod places;
mod rows;
mod special;

pub use rows::{all, find};
