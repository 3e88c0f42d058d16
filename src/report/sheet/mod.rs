//! The sheet of command barcodes, to print and to keep at the station: one card for each command, and the scanner's
//! self-test.
//!
//! Deliberately absent: whatever a person must not find on a wall. No PIN, no badge, no lead's act, and no code that
//! programs a scanner.

pub mod card;
pub mod plain;
pub mod svg;
pub mod symbol;
