//! The traceability gap check, on a week of the example plant: what is broken on purpose is found, and nothing else.

mod exactly;
mod lots;
pub(crate) mod planted;
mod week;
