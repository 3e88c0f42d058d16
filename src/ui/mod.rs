//! What people see and press: the terminal's screens, drawn from the model, and its keys.
//!
//! Screens are functions from the model to cells. They name what a thing means, and the [`theme`] knows how that looks;
//! every word comes from [`words`].
//!
//! Deliberately absent: decisions, state of its own, clocks, animation, the mouse, and any colour outside of the theme.

pub mod ansi;
pub mod band;
pub mod big;
pub mod board;
pub mod field;
pub mod glyph;
pub mod inspect;
pub mod key_line;
pub mod keymap;
pub mod operator;
pub mod panes;
pub mod pen;
mod row;
pub mod seats;
pub mod sheet;
pub mod status_line;
pub mod terminal;
pub mod theme;
pub mod view;
pub mod words;
pub mod wrap;
