//! What a part of a value must be besides its length: a function for each rule, grouped by subject.
//!
//! Deliberately absent: who a company prefix belongs to. That changes by the day, and a label is read without network.

mod bank;
mod checks;
mod codes;
mod coupons;
mod dates;
mod lists;
mod rule;
mod sets;
mod values;

pub use rule::Lint;
pub use sets::Set;
