//! What every measurement here needs: a stopwatch, samples in whole numbers, a table of ratios.

#![allow(dead_code, reason = "each bench uses its part")]

pub(crate) mod bare;
pub(crate) mod plant;
pub(crate) mod sample;
pub(crate) mod table;

/// What a measurement answers, or why it could not be made.
pub(crate) type Outcome<T> = Result<T, Box<dyn std::error::Error>>;
