//! The board of a shift: its figures ([`content`], [`lines`], [`trend`]), the tables in which every output shows them
//! ([`pages`]), and what keys and news do to the model of its screen.
//!
//! The screen, the text and the page for the wall are drawn from the same tables, so that none says what another
//! leaves out.
//!
//! Deliberately absent: reading, counting and commands. Nothing here can be submitted to the gate.

pub mod content;
pub mod lines;
pub mod model;
pub mod pages;
pub mod plot;
pub mod proof;
pub mod table;
pub mod trend;
pub mod update;
pub mod word;

mod page_limits;
mod page_line;
mod page_quality;
mod page_shift;
mod page_units;
