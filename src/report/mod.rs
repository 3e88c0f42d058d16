//! What is told of the record: the traveller document of one unit, the tree of what it is made of, and what a
//! record lacks; the document of a lot; the sheet of a route; the sheet of a shift; and the sheet of command barcodes.
//!
//! Deliberately absent: judgement beyond the route. A document says what is on record and what the route asks for;
//! it never repairs, rounds or leaves out.

pub mod board;
mod columns;
pub mod deviations;
pub mod difference;
pub mod export;
pub mod gaps;
pub mod label;
pub mod label_document;
pub mod lot_document;
pub mod lot_text;
mod page;
pub mod recall;
pub mod review;
pub mod route_sheet;
pub mod sheet;
pub mod shift;
pub mod step_document;
pub mod traveller_document;
pub mod traveller_text;
