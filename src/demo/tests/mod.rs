//! A week is played, and must have told all that it has to tell.

mod told;
mod week;
