//! The ledger's own tests: hand-made events in real files.

mod appending;
mod damage;
mod opening;
mod plant;
mod proving;
mod random;
mod reading;
