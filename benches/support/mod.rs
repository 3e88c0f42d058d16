//! What every measurement here needs: a stopwatch, samples in whole numbers, a table of ratios.

pub(crate) mod bare;
pub(crate) mod follow;
pub(crate) mod hands;
pub(crate) mod mass;
pub(crate) mod plant;
pub(crate) mod program;
pub(crate) mod sample;
pub(crate) mod table;

/// What a measurement answers, or why it could not be made.
pub(crate) type Outcome<T> = Result<T, Box<dyn std::error::Error>>;
