//! Keyboard-wedge scanners: what their key codes mean, and the devices themselves.
//!
//! Deliberately absent: guessing. A device is read because it was named, never because it looks like a keyboard, and a
//! scan that may have lost a character is no scan.

mod alt_code;
mod caps;
mod control;
pub mod decode;
mod keys;
mod layout;
#[rustfmt::skip] // each layout as four rows of keys
mod layouts;
mod modifiers;
pub mod options;
pub mod self_test;
