//! What leaves the terminal: segments of the log, the plan of what to send, the targets, and the receipts.
//!
//! A replica is a directory of immutable segments, each named by what is in it, so that a listing of names says where
//! the replica stands and whether it is of the same stream. Nothing in a replica is ever overwritten or removed.
//!
//! Deliberately absent: SQL, clocks, randomness (moments and names are handed in), words for screens, and a transport
//! of its own: another machine is reached by the system's ssh, with keys and hosts as that is configured.

pub mod address;
pub mod against;
pub mod backup;
pub mod dir;
pub mod far;
pub mod plan;
pub mod receive;
pub mod replica;
pub mod run;
pub mod segment;
pub mod state;
pub mod target;
pub mod wire;
