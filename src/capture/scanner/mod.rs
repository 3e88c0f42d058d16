//! Keyboard-wedge scanners: what their key codes mean, and the devices themselves.
//!
//! Deliberately absent: guessing. A device is read because it was named, never because it looks like a keyboard, and a
//! scan that may have lost a character is no scan.

pub mod decode;
pub mod options;
