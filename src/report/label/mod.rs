//! Labels to print and stick on: of cartons.
//!
//! Deliberately absent: printers. A label is a page of its own size, which the system prints like any other.

pub mod carton;
mod gs1_128;
