//! The command line, as scripts and people use it: the program itself, in a directory of its own.

mod labels;
mod listings;
mod lot_labels;
mod people;
mod prompt;
mod record;
mod wrong_use;
