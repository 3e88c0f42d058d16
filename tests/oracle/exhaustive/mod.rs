//! Every small route, and everything that can be done on it up to a depth: no sequence of commands leads around the
//! gate.
//!
//! Routes are enumerated, not drawn; states that differ in nothing that matters are visited once. Each answer of the
//! gate is judged by the oracle. And the same harness finds a gate that is broken on purpose.

mod broken;
mod features;
mod goods;
mod moves;
mod walk;
mod world;
