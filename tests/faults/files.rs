//! A ledger that is none, is of a newer program, is damaged, or belongs to somebody else.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::cell::{furnish, goes_on, lines_of};
use crate::support::pipe::Pipe;
use crate::support::shell::{Answer, Shell};

/// Commands that read.
const READING: [&str; 12] = [
    "units --json",
    "show C000001 --json",
    "trace C000001 --json",
    "where-used N-1 --json",
    "refusals --json",
    "events --json",
    "verify --json",
    "replay --all --json",
    "route list --json",
    "route show cell",
    "lot list --json",
    "operator list --json",
];
/// Commands that change something.
const CHANGING: [&str; 3] = [
    "pipe --station CELL-1",
    "lot receive N-2 --part NUT --quantity 1 --by OP-1001",
    "hold C000001 --reason stop --by OP-1001",
];

#[expect(clippy::disallowed_methods, reason = "a stranger's hand")]
fn sqlite(path: &Path, sql: &str) {
    rusqlite::Connection::open(path).unwrap().execute_batch(sql).unwrap();
}

/// Every command refuses the file with that exit code, in two lines, and leaves it as it is.
#[track_caller]
fn is_left_alone(shell: &Shell, code: i32, why: &str) {
    let before = fs::read(shell.ledger()).unwrap();
    for line in READING.iter().chain(&CHANGING) {
        let (what, _) = shell.run(line).failed(code);
        assert!(what.contains(why), "{line}: {what}");
    }
    assert!(fs::read(shell.ledger()).unwrap() == before, "the file was changed");
}

#[test]
fn what_is_no_ledger_is_left_alone() {
    let shell = Shell::new();
    for content in ["a shopping list\n".repeat(100).as_bytes(), b"x"] {
        fs::write(shell.ledger(), content).unwrap();
        is_left_alone(&shell, 2, "is not a ledger");
    }
    fs::remove_file(shell.ledger()).unwrap();
    sqlite(&shell.ledger(), "CREATE TABLE shopping (what TEXT); PRAGMA user_version = 3");
    is_left_alone(&shell, 2, "is not a ledger");
}

#[test]
fn a_newer_ledger_is_left_alone() {
    let shell = Shell::new();
    furnish(&shell);
    sqlite(&shell.ledger(), "PRAGMA user_version = 9999; PRAGMA wal_checkpoint(TRUNCATE)");
    is_left_alone(&shell, 2, "is of version 9999, newer than");
}

#[test]
fn a_damaged_file_is_said_to_be() {
    let shell = Shell::new();
    furnish(&shell);
    sqlite(&shell.ledger(), "PRAGMA wal_checkpoint(TRUNCATE)");
    let mut bytes = fs::read(shell.ledger()).unwrap();
    bytes[100..4_000].fill(0x5a);
    fs::write(shell.ledger(), bytes).unwrap();
    is_left_alone(&shell, 3, "damaged");
}

#[test]
fn a_demonstration_is_never_played_into_a_ledger() {
    let shell = Shell::new();
    furnish(&shell);
    let before = shell.run("events --json").done();
    let (what, _) = shell.run("demo --units 1 --no-terminal").failed(2);
    assert!(what.contains("there is something at"), "{what}");
    assert_eq!(shell.run("events --json").done(), before);
}

/// Somebody who may not write the ledger, nor its directory.
struct Visitor {
    /// The program, where the visitor can reach it.
    program: PathBuf,
    _place: TempDir,
}

impl Visitor {
    fn new() -> Self {
        let place = tempfile::tempdir().unwrap();
        fs::set_permissions(place.path(), Permissions::from_mode(0o755)).unwrap();
        let program = place.path().join("traveller");
        fs::copy(env!("CARGO_BIN_EXE_traveller"), &program).unwrap();
        Self { program, _place: place }
    }

    fn run(&self, shell: &Shell, line: &str) -> Answer {
        let asked = shell.command(line);
        let mut command = Command::new(&self.program);
        command.args(asked.get_args()).current_dir("/").env_clear();
        command.envs(asked.get_envs().filter_map(|(name, value)| Some((name, value?))));
        if fs::metadata("/proc/self").unwrap().uid() == 0 {
            command.uid(65_534).gid(65_534);
        }
        Answer::of(&command.output().unwrap())
    }
}

/// Sets what others may do with the files and their directory.
fn modes(shell: &Shell, file: u32, directory: u32) {
    for entry in fs::read_dir(shell.home.path()).unwrap() {
        fs::set_permissions(entry.unwrap().path(), Permissions::from_mode(file)).unwrap();
    }
    fs::set_permissions(shell.home.path(), Permissions::from_mode(directory)).unwrap();
}

#[test]
fn whoever_may_not_write_reads_all_the_same() {
    let shell = Shell::new();
    furnish(&shell);
    let visitor = Visitor::new();
    let mut pipe = Pipe::at(&shell, "CELL-1");
    let mut last = pipe.ask(b"OP-1001").unwrap();
    for line in (1..=3).flat_map(lines_of) {
        last = pipe.ask(line.as_bytes()).unwrap();
    }
    let read = |when: &str| {
        modes(&shell, 0o444, 0o555);
        for line in READING {
            let theirs = visitor.run(&shell, line);
            assert_eq!(theirs.code, 0, "{when}: {line}: {theirs:?}");
            assert_eq!(theirs.out, shell.run(line).out, "{when}: {line}");
        }
        for line in CHANGING {
            let (what, _) = visitor.run(&shell, line).failed(3);
            assert!(what.contains("may not be written"), "{when}: {line}: {what}");
        }
        modes(&shell, 0o640, 0o700);
    };
    read("beside a pipe");
    assert_eq!(pipe.end().code, 0);
    read("after it ended");
    goes_on(&shell, &last, 4);
}
