//! The board of a shift: what it is at a glance, computed from what the ledger answered. Pure.
//!
//! Deliberately absent: reading, clocks, and any figure that is not on record.

pub mod compute;
pub mod fold;
pub mod html;
pub mod limits;
pub mod seen;
pub mod text;
pub mod trend;
pub mod values;

mod attention;
mod hours;

mod pareto;
mod proofs;
mod stations;
