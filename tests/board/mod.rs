//! The board as a shift lead meets it: its screen in every size, the page for the wall, and the real program that
//! follows a line at work.

mod live;
mod once;
mod sample;
mod screens;
mod wall;
