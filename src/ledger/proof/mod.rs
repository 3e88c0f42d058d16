//! Proof that a ledger is what was recorded: the chain anew, the tables anew, and the two compared.
//!
//! Deliberately absent: any repair. A damaged log is restored from a replica; tables are made anew from the log.

pub(super) mod chains;
mod compare;
pub mod paper;
pub mod rebuild;
mod scratch;
pub mod verify;
