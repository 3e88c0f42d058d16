//! The running board: what it asks the ledger ([`gather`]), and the screen that follows the line.
//!
//! Deliberately absent: figures. They are computed in the report, from what is gathered here.

pub mod gather;

mod desk;
mod run;
mod worker;

pub use run::{Start, run};
