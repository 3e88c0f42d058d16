//! The inspector: a read-only screen over a ledger, for technicians. What its search line means ([`query`]), what a
//! search and a look into the ledger found ([`found`], [`record`], [`things`]), and what keys and answers do to its
//! model.
//!
//! Deliberately absent: commands. Nothing here can be submitted to the gate, and no effect writes to a ledger.

pub mod completion;
pub mod found;
pub mod model;
pub mod page;
pub mod query;
pub mod record;
pub mod things;
pub mod update;
pub mod when;

mod keys;
