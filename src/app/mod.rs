//! What the program does, apart from any device: it submits commands, and keeps the terminal's model.
//!
//! The terminal is one function: [`update()`](update::update) takes what arrived and changes the
//! [`Model`](model::Model); it answers with effects, which somebody else carries out.
//!
//! Deliberately absent: SQL, screens, devices, threads and clocks. The app knows traits and plain values.

pub mod board;
pub mod checklist;
pub mod choosing;
pub mod confirm;
pub mod doubt;
pub mod effect;
pub mod entry;
pub mod explaining;
pub mod from_paper;
pub mod full;
pub mod giving_up;
pub mod handover;
pub mod history;
pub mod inspect;
pub mod known;
pub mod lang;
pub mod lead;
pub mod line;
pub mod load;
pub mod model;
pub mod moving;
pub mod msg;
pub mod offer;
pub mod pieces;
pub mod port;
pub mod question;
pub mod reason;
pub mod receiving;
pub mod relabelling;
pub mod replay;
pub mod screen;
pub mod seat;
pub mod seats;
pub mod secret;
pub mod settlement;
pub mod shelf;
pub mod shifts;
pub mod signing;
pub mod stamp;
pub mod stated;
pub mod submit;
pub mod together;
pub mod transcribing;
pub mod update;
pub mod wall;

mod acts;
mod flight;
mod founded;
mod founded_packing;
mod founded_units;
mod lead_choices;
mod nests;
mod packed;
mod packing;
mod seen;
mod settle;
mod settled;
mod supplier;
mod taking;

pub use submit::{enact, submit};
pub use update::update;
