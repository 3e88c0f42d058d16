//! What goes wrong on a shop floor, done to the program itself. `tests/faults.md` lists each fault with its test.

pub(crate) mod acknowledged;
pub(crate) mod cell;
mod damage;
mod files;
mod full_disk;
mod kill;
mod lines;
mod table;
