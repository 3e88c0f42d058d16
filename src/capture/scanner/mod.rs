//! Keyboard-wedge scanners: what their key codes mean, and the devices themselves.
//!
//! A device is [`seen`] in sysfs by everybody. Its [`identity`] says whether it is a scanner of the configuration. Then
//! it is opened and kept from everybody else ([`device`]), and read ([`reader`]): [`frames`] tells keys from drops,
//! [`decode`] makes scans of keys. [`nodes`] tells when a device comes or goes, [`holder`] who else has one.
//!
//! Deliberately absent: guessing. A device is read because it was named, never because it looks like a keyboard, and a
//! scan that may have lost a character is no scan. Threads are absent too: the room blocks where it is told to.

mod alt_code;
mod caps;
mod control;
pub mod decode;
pub mod device;
pub mod frames;
pub mod holder;
pub mod identity;
mod keys;
mod layout;
#[rustfmt::skip] // each layout as four rows of keys
mod layouts;
mod modifiers;
pub mod nodes;
pub mod options;
pub mod reader;
mod request;
pub mod seen;
pub mod self_test;
