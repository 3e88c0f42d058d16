//! The text of a label, and what a standard says it means.
//!
//! [`read`](fn@read) is the way in. It looks for a symbology identifier ([`aim`]), then for a structure: a GS1 element
//! string ([`elements`], with the identifiers of [`ai`] and [`table`], the value rules of [`lint`] and the rules
//! between identifiers of [`rules`]), a GS1 Digital Link ([`link`]), or an ISO/IEC 15434 envelope ([`envelope`]).
//! [`flaw`] names what can be wrong.
//!
//! Deliberately absent: guessing. A text without a mark is read as GS1 only where all of it is valid and it begins with
//! a key that has a check digit. Compressed Digital Links and composite components are not read; a supplier's own
//! format stays plain.

pub mod ai;
pub mod aim;
pub mod elements;
pub mod envelope;
pub mod flaw;
pub mod link;
pub mod lint;
pub mod part;
mod percent;
mod read;
mod retail;
pub mod rules;
pub mod table;

pub use read::{Unmarked, read, read_as};
