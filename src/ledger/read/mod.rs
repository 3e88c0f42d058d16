//! What people ask of a ledger, one subject a file. Every answer is typed, and long ones come in pages.
//!
//! Deliberately absent: words for people, JSON, and any decision: what the gate asks is answered within the action.

pub mod around;
pub mod board;
pub mod counts;
pub mod descent;
pub mod events;
pub mod find;
pub mod left;
pub mod lot_end;
pub mod master;
pub mod packing;
pub mod past;
pub mod proven;
pub mod refusals;
pub mod shelf;
pub mod sought;
pub mod suspects;
pub mod trace;
pub mod units;
pub mod where_used;
