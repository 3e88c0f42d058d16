//! What leaves the terminal: segments of the log, the plan of what to send, the targets, and the receipts. And what
//! comes of it: the ledger of a plant ([`absorb`]), and a new terminal where the old one died ([`restore`]).
//!
//! A replica is a directory of immutable segments, each named by what is in it, so that a listing of names says where
//! the replica stands and whether it is of the same stream. Nothing in a replica is ever overwritten or removed.
//!
//! Deliberately absent: SQL, clocks but the two by which a far side is waited for and the floor is left alone,
//! randomness (moments and names are handed in), words for screens, and a transport of its own: another machine is
//! reached by the system's ssh, with keys and hosts as that is configured.

pub mod absorb;
pub mod address;
pub mod against;
pub mod age;
pub mod backup;
pub mod claims;
pub mod dir;
pub mod drill;
pub mod far;
pub mod keeping;
mod pace;
pub mod packing;
pub mod passing;
pub mod patience;
pub mod plan;
mod receipted;
pub mod receive;
mod replaced;
pub mod replica;
pub mod restore;
pub mod run;
pub mod segment;
pub mod state;
pub mod target;
mod unpacking;
pub mod wire;
