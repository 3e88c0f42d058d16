//! The ledger's own tests: hand-made events in real files.

mod answering;
mod appending;
mod damage;
mod day;
mod genealogy;
mod migrating;
mod opening;
mod plant;
mod proving;
mod random;
mod reading;
mod recalling;
mod several;
mod small_route;
