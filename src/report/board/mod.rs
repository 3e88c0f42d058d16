//! The board of a shift: what it is at a glance, computed from what the ledger answered. Pure.
//!
//! Deliberately absent: reading, clocks, and any figure that is not on record.

pub mod content;
pub mod seen;
pub mod text;
