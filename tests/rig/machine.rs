//! The machine that the proofs run in: its modules, its disk, its serial line.

use std::fs::{File, OpenOptions};
use std::process::Command;

/// Runs a command of the machine; it must succeed.
#[track_caller]
pub(super) fn run(line: &str) {
    let mut words = line.split_whitespace();
    let output = Command::new(words.next().unwrap()).args(words).output().unwrap();
    assert!(output.status.success(), "{line}: {output:?}");
}

/// Loads modules, with what they depend on.
pub(super) fn load(modules: &str) {
    run(&format!("modprobe -a {modules}"));
}

/// The serial line: what is written there is read outside of the machine.
pub(super) fn serial_line() -> File {
    OpenOptions::new().write(true).open("/dev/ttyS0").unwrap()
}
