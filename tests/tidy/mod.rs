//! The rules of the house, read off the source: which room may name which, what has one home, how long a file may be.
//!
//! Each rule is a function from a source file to its findings, and has two tests: the house keeps it, and a bad
//! snippet breaks it. Deliberately absent: a list of exceptions.

mod arrows;
mod homes;
mod paths;
mod rooms;
mod shape;
mod source;
mod tokens;
