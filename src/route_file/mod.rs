//! Route files: TOML to [`Route`](crate::domain::route::Route), what is wrong in them and where, and the proof before
//! release.
//!
//! [`read()`] is for a new text, [`parse()`] for one that was proven when it was released, [`check()`] for several
//! files at once, [`overlaps`] for what is wrong between files, [`unserved`] for the steps that no station of the plant
//! does.
//! Everything has a limit, in [`bounds`].
//!
//! Deliberately absent: files, the ledger, and who may release. This room is given names and texts, and answers with
//! routes or findings.

mod automaton;
pub mod bounds;
mod check;
mod choices;
mod finding;
mod first;
mod form;
mod gtin;
mod holders;
#[cfg(test)]
mod hostile;
mod identifier;
mod labels;
mod lanes;
mod later;
mod load;
mod many;
mod observed;
mod packs;
mod parse;
mod part;
mod part_rules;
mod path;
mod pattern;
mod proof;
#[cfg(test)]
mod proof_walks;
mod read;
mod released;
mod remarks;
mod render;
mod rules;
mod serving;
#[cfg(test)]
mod small_routes;
mod source;
mod step;
mod syntax;
mod table;
#[cfg(test)]
mod testing;
mod together;
mod value;
mod variant;
mod windows;

pub use finding::{Excerpt, Finding, Weight};
pub use parse::{RouteFile, parse};
pub use read::read;
pub use released::{released, sha256};
pub use render::snippet;
pub use serving::{Handover, handovers, unserved};
pub use together::{Checked, check, overlaps};
