//! Where input comes from: scanners, and what a label means.
//!
//! [`label`] turns the text of a label into what a standard says it means. [`scanner`] reads keyboard-wedge scanners
//! straight from the kernel: key codes to characters, and the devices themselves.
//!
//! Deliberately absent: rules of a route. Which label is wanted here and now is the gate's matter; this room does not
//! know what a unit or a lot is. Nothing here writes to the ledger or to the screen.

pub mod label;
pub mod scanner;
