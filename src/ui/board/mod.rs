//! The board's screen: the shift and its figures above, the pages and their keys, and the tables of one page.
//!
//! Deliberately absent: reading and counting. Everything that is drawn is in the model.

mod frame;
mod help;
mod table;
mod top;
mod trend;

pub use frame::{extent, rows, view};
