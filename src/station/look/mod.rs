//! The running inspector, and the running [`board`]: a thread that reads the ledger, one that reads the keyboard, one
//! that hears of changes, and the loop that draws. Nothing of it can write a ledger.
//!
//! What is asked last comes first: a query that nobody waits for any more ends within microseconds, so that the
//! keyboard never waits for the disk. Every query is one short read transaction, and a process that is stopped within
//! one is ended by the kernel ([`dead_man`]), so that nobody who looks keeps the log of the one who works.
//!
//! Deliberately absent: a writer, the gate, words and drawing.

pub mod board;
mod changes;
pub mod dead_man;
mod desk;
mod export;
mod front;
mod hits;
pub mod known_routes;
pub mod lacking;
pub mod reading;
mod run;
pub mod scanned;
pub mod search;
mod seat;
mod signals;
mod things;
mod watch;
mod worker;

pub use run::{Start, run};
