//! The machine that the proofs run in: its commands, its modules, its serial line.
#![expect(clippy::disallowed_methods, reason = "a test waits for another process, and not for ever")]

use std::fs::{File, OpenOptions};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// What an emulated machine may take for anything at all.
const PATIENCE: Duration = Duration::from_secs(20);

/// Stops what was started on a machine that is somebody's.
pub(super) fn only_in_the_rig() {
    assert!(Path::new("/rig/proofs").exists(), "this takes over the machine that it runs on: use tests/rig/run");
}

/// Runs a command of the machine; it must succeed.
#[track_caller]
pub(super) fn run(line: &str) {
    only_in_the_rig();
    let mut words = line.split_whitespace();
    let output = Command::new(words.next().unwrap()).args(words).output().unwrap();
    assert!(output.status.success(), "{line}: {output:?}");
}

/// Loads modules, with what they depend on.
pub(super) fn load(modules: &str) {
    run(&format!("modprobe -a {modules}"));
}

/// Unloads a module, if it is loaded. Devices that it made go with it.
pub(super) fn unload(module: &str) {
    only_in_the_rig();
    if Path::new("/sys/module").join(module).exists() {
        run(&format!("rmmod {module}"));
    }
}

/// The serial line: what is written there is read outside of the machine.
pub(super) fn serial_line() -> File {
    OpenOptions::new().write(true).open("/dev/ttyS0").unwrap()
}

/// Waits until something is so.
#[track_caller]
pub(super) fn until(is_so: impl FnMut() -> bool, otherwise: impl Fn() -> String) {
    assert!(comes_true(is_so), "{}", otherwise());
}

/// Waits until something is so; false where it does not come to be.
pub(super) fn comes_true(mut is_so: impl FnMut() -> bool) -> bool {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        if is_so() {
            return true;
        }
        pause(20);
    }
    is_so()
}

/// Lets milliseconds go by.
pub(super) fn pause(millis: u64) {
    std::thread::sleep(Duration::from_millis(millis));
}

/// A beat to keep.
pub(super) struct Pace {
    next: Instant,
    every: Duration,
}

impl Pace {
    pub(super) fn new(every: Duration) -> Self {
        Self { next: Instant::now() + every, every }
    }

    /// Waits for the next beat.
    pub(super) fn keep(&mut self) {
        std::thread::sleep(self.next.saturating_duration_since(Instant::now()));
        self.next += self.every;
    }
}
