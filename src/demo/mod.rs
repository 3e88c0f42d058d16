//! A believable plant and its last working week, played through the gate: people, routes, orders, lots, gauges, and
//! units that pass, are refused, fail, are reworked, wait, and are half done when the week ends.
//!
//! [`play()`] fills a ledger. Each station has somebody who looks at what the step needs and gives the next thing, as
//! an operator would; nobody here knows a route by heart. What goes wrong is in `story`, how often too. The same seed
//! and the same moment give the same week.
//!
//! Every answer of the gate is foreseen: one that is not ends the play, since then the demonstration or the gate is
//! wrong.
//!
//! Deliberately absent: clocks, PIN files and screens, which the caller hands in; and every way around the gate.

mod act;
mod bringing;
mod calendar;
mod card;
mod cast;
mod crew;
mod dice;
mod fault;
mod first;
mod floor;
mod handover;
mod job;
mod material;
mod mishaps;
mod numbers;
mod office;
mod opening;
mod operator;
mod outcome;
mod plant;
mod play;
mod product;
mod readings;
mod recall;
mod routes;
mod scenes;
mod schedule;
mod sticker;
mod story;
mod taking;
#[cfg(test)]
mod tests;

pub use card::Card;
pub use cast::Pins;
pub use plant::ACTIONS_PER_COMMIT;
pub use play::{Options, Played, play};
pub use routes::{Text, examples};
