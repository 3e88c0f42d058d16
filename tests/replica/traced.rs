//! The program under strace: which calls it makes, killed at one of them, or with one that fails.

use std::fs;
use std::process::{Command, Output};

use crate::support::shell::Shell;

/// The calls that change what is outside of the process, or make it durable.
const CHANGING: [&str; 17] = [
    "mkdir",
    "mkdirat",
    "openat",
    "write",
    "pwrite64",
    "fsync",
    "fdatasync",
    "ftruncate",
    "rename",
    "renameat",
    "renameat2",
    "linkat",
    "unlink",
    "unlinkat",
    "flock",
    "socketpair",
    "fchmod",
];

/// Whether strace is there; said where it is not.
pub(crate) fn is_there() -> bool {
    let there = Command::new("strace").arg("--version").output().is_ok();
    if !there {
        println!("SKIPPED: strace is not installed");
    }
    there
}

/// A command line of the program under strace.
fn traced(shell: &Shell, line: &str, options: &[&str]) -> Output {
    let program = shell.command(line);
    let mut traced = Command::new("strace");
    traced.arg("-f").args(options).arg(program.get_program()).args(program.get_args());
    traced.current_dir(shell.home.path()).env("TRAVELLER_LEDGER", shell.ledger()).output().unwrap()
}

/// Every changing call that a command makes, each with its number among those of its name.
pub(crate) fn calls(shell: &Shell, line: &str) -> Vec<(&'static str, usize)> {
    let log = shell.home.path().join("calls");
    let shown = log.to_str().unwrap();
    let ended = traced(shell, line, &["-o", shown, "-e", &trace()]);
    assert!(ended.status.success(), "{ended:?}");
    let calls = counted(&fs::read_to_string(log).unwrap());
    assert!(calls.len() > 10, "only {calls:?}");
    calls
}

/// What strace is to watch.
pub(crate) fn trace() -> String {
    format!("trace={}", CHANGING.join(","))
}

/// The calls in what strace wrote.
pub(crate) fn counted(log: &str) -> Vec<(&'static str, usize)> {
    let mut calls = Vec::new();
    for call in CHANGING {
        let made =
            log.lines().filter(|l| l.split_whitespace().nth(1).is_some_and(|w| w.starts_with(&format!("{call}("))));
        calls.extend((1..=made.count()).map(|when| (call, when)));
    }
    calls
}

/// A command killed at one of its calls; whether it came to it.
pub(crate) fn killed(shell: &Shell, line: &str, call: &str, when: usize) -> bool {
    let inject = format!("inject={call}:signal=KILL:when={when}");
    !traced(shell, line, &["-o", "/dev/null", "-e", &inject]).status.success()
}

/// A command whose calls of some names fail.
pub(crate) fn failing(shell: &Shell, line: &str, failures: &[&str]) -> Output {
    let mut options = vec!["-o", "/dev/null"];
    for failure in failures {
        options.extend(["-e", failure]);
    }
    traced(shell, line, &options)
}
