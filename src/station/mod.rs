//! The running station: what its process needs of the machine it runs on. Clocks, random numbers, secrets,
//! configuration and threads are reached here and nowhere else.
//!
//! Deliberately absent: rules. Whether a PIN was right is found out here; what follows from it is the gate's matter.

pub mod clerk;
pub mod clock;
pub mod config;
pub mod config_file;
pub mod doctor;
pub mod look;
pub mod office;
pub mod open;
pub mod override_file;
mod packing_file;
pub mod pin;
pub mod pins;
pub mod pipe;
pub mod priority;
pub mod put;
pub mod random;
pub mod replicas;
pub mod replicate_file;
pub mod run;
pub mod scanner_file;
mod shelf;
pub mod shift_file;
pub mod threads;
pub mod user;
