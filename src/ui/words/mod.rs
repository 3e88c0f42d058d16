//! Every text that an operator reads, in every language, in one catalogue. Codes and what is recorded are the same in
//! all of them. Pipes and shells take their English from here too.
//!
//! Deliberately absent: layout, colour, and any text that is put together outside of this room.

pub mod act;
pub mod batch;
pub mod between;
pub mod board;
pub mod catalogue;
pub mod label;
pub mod look;
pub mod many;
pub mod paper;
pub mod shop;
pub mod speech;

mod english;
mod evidence;
mod german;
mod misread;
mod self_test;
mod template;

pub use evidence::named as events;
pub use misread::flaw;
pub use speech::{did, done, message, rule, what_to_do};
