//! What a plant does beside one unit after another: panels, loads, batches, cartons, permits, rework. Each scene is a
//! text that is played line by line between the acts of everybody else, at stations of its own.
//!
//! A line is `WHO: WHAT`, and where the gate is to refuse it, ` -> ` and the code. `WHO` is a station, or `office`.
//! `WHAT` is a label that is scanned, `sscc` and the number of a carton, `= VALUE`, a word such as `/pass`, `for UNIT`
//! and one of these, or a command as it is on record. `wait N` lets minutes pass. `@NOW@`, `@EARLIER@`, `@LATER@` are
//! the moment, the one a quarter of an hour before it and the one a week after it.
//!
//! Deliberately absent: chance, and anything that the gate does not decide.

mod line;
mod player;
mod programme;

pub(super) use player::Stage;
pub(super) use programme::ROUTES;
