//! The screens of the operator's terminal, one file each.
//!
//! Deliberately absent: the status line, the band, the field and the key line, which are the same everywhere.

pub mod between;
pub mod elsewhere;
pub mod failed;
pub mod fault;
mod first;
pub mod help;
pub mod history;
pub mod last;
pub mod list;
pub mod nests;
pub mod packing;
pub mod paper;
pub mod passed;
mod pieces;
pub mod question;
pub mod ready;
pub mod route;
pub mod shelf;
pub mod sign_on;
pub mod station;
pub mod step;
pub mod stopped;
pub mod too_small;
pub mod unit;
