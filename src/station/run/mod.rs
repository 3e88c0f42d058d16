//! The running terminal: threads, inbox, deadlines and signals. It wires the screen, the model, the keyboard, the
//! scanners and the ledger together.
//!
//! Every thread sends to one bounded inbox, which gives everything that happens one order. The main loop sleeps on it
//! until the next named deadline; the recorder thread alone writes.
//!
//! Deliberately absent: rules, words and drawing. Nothing here looks into a command or a screen.

mod hotplug;
mod inbox;
mod keyboard;
mod recorder;
mod scanners;
mod signals;
mod status;
pub mod terminal;
mod waiting;
mod watch;
