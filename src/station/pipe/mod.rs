//! The gate on stdin and stdout: one line in, one JSON verdict out. For machines, fixed scanners and scripts.
//!
//! Deliberately absent: any rule of the floor. A line becomes a command, and the gate answers.

pub mod input;
#[cfg(test)]
mod input_forms;
mod labels;
mod line;
mod pack;
pub mod receive;
pub mod serve;
pub mod verdict;
