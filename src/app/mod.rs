//! What the program does, apart from any device: it submits commands, and keeps the terminal's model.
//!
//! Deliberately absent: SQL, screens, devices, threads and clocks. The app knows traits and plain values.

pub mod port;
pub mod replay;
pub mod settlement;
pub mod stamp;
pub mod submit;

pub use submit::{enact, submit};
