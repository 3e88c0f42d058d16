//! Opening: what is made, what is refused, and with which words.

use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::Path;
use std::process::Command;

use super::day::*;
use super::plant::*;
use super::small_route::read_route;
use crate::app::port::Ledger as _;
use crate::domain::id::TerminalId;
use crate::ledger::head_file::HeadTrouble;
use crate::ledger::open::{Options, open_reader, open_writer};
use crate::ledger::open_error::OpenError;
use crate::ledger::writer::Warning;
use crate::ledger::{schema, verify};

#[test]
fn nothing_is_made_unless_it_is_asked_for() {
    let plant = Plant::new();
    assert!(matches!(open_reader(&plant.path), Err(OpenError::Missing { .. })));
    let error = open_writer(&plant.path, &Options::new(read_route)).unwrap_err();
    assert!(matches!(error, OpenError::Missing { .. }) && error.is_wrong_use());
    assert_eq!(std::fs::read_dir(plant.dir.path()).unwrap().count(), 0);
}

#[test]
fn a_ledger_is_of_one_terminal() {
    let plant = Plant::new();
    let named = |name: &str| Options { terminal: TerminalId::parse(name).ok(), ..making() };
    assert_eq!(
        open_writer(&plant.path, &named("LINE-3")).unwrap().reader().head().unwrap().unwrap().terminal.as_str(),
        "LINE-3"
    );
    let error = open_writer(&plant.path, &named("T1")).unwrap_err();
    assert!(error.is_wrong_use());
    assert_eq!(
        error.to_string(),
        "the ledger is of terminal LINE-3, not of T1; leave out --terminal, or name another --ledger"
    );
    assert!(open_writer(&plant.path, &making()).is_ok(), "whose it is need not be named");
}

#[test]
fn files_are_for_the_owner_and_the_group() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    act(&mut ledger, &[started("U1")]);
    drop(ledger);
    for end in ["", "-wal", "-shm", ".head"] {
        let path = plant.dir.path().join(format!("plant.db{end}"));
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777 & !0o640, 0, "{end}: {mode:o}");
    }
}

#[test]
fn what_is_no_ledger_is_left_alone() {
    let plant = Plant::new();
    for content in [&b""[..], b"not a database, but long enough to be read as one: 0123456789", &[0; 4096]] {
        std::fs::write(&plant.path, content).unwrap();
        let reading = open_reader(&plant.path).unwrap_err();
        assert!(matches!(reading, OpenError::NotALedger { .. }), "{reading:?}");
        let writing = open_writer(&plant.path, &Options::new(read_route)).unwrap_err();
        assert!(matches!(writing, OpenError::NotALedger { .. }), "{writing:?}");
        assert_eq!(std::fs::read(&plant.path).unwrap(), content);
    }
    std::fs::remove_file(&plant.path).unwrap();
    plant.stranger().execute_batch("CREATE TABLE other (x)").unwrap();
    let before = std::fs::read(&plant.path).unwrap();
    assert!(matches!(open_writer(&plant.path, &making()), Err(OpenError::NotALedger { .. })));
    assert_eq!(std::fs::read(&plant.path).unwrap(), before);
    let directory = open_writer(plant.dir.path(), &making()).unwrap_err();
    assert!(matches!(directory, OpenError::NotALedger { .. }));
}

#[test]
fn a_newer_ledger_is_refused_and_an_older_one_not_read_unchanged() {
    let plant = Plant::new();
    drop(plant.writer());
    let newer = schema::version() + 1;
    plant.stranger().pragma_update(None, "user_version", newer).unwrap();
    for error in [open_reader(&plant.path).unwrap_err(), open_writer(&plant.path, &making()).unwrap_err()] {
        assert!(matches!(error, OpenError::Newer { found, .. } if found == newer) && error.is_wrong_use());
    }
    let version: i32 = plant.stranger().query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
    assert_eq!(version, newer);
    plant.stranger().pragma_update(None, "user_version", schema::version() - 1).unwrap();
    assert!(matches!(open_reader(&plant.path), Err(OpenError::Older { .. })));
}

#[test]
fn a_damaged_file_is_an_error_with_words() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    busy_day(&mut ledger);
    drop(ledger);
    let mut bytes = std::fs::read(&plant.path).unwrap();
    for byte in bytes.iter_mut().skip(100).take(3_000) {
        *byte = 0x5a;
    }
    std::fs::write(&plant.path, &bytes).unwrap();
    let error = open_writer(&plant.path, &making()).unwrap_err();
    assert!(error.to_string().starts_with("the ledger's file is damaged ("), "{error}");
    assert!(open_reader(&plant.path).and_then(|r| Ok(verify(&r, None)?)).is_err());
}

/// Runs a test as somebody who owns nothing here, where the tests run as root; else as oneself. What it reports.
fn as_nobody(ledger: &Path, test: &str) -> String {
    let binary = std::env::current_exe().unwrap();
    // The binary may lie where nobody else can go.
    let place = tempfile::tempdir().unwrap();
    std::fs::set_permissions(place.path(), std::fs::Permissions::from_mode(0o777)).unwrap();
    let (reachable, report) = (place.path().join("tests"), place.path().join("report"));
    let is_root = std::fs::metadata("/proc/self").unwrap().uid() == 0;
    let mut command = if is_root {
        std::fs::copy(binary, &reachable).unwrap();
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(&reachable);
        command
    } else {
        Command::new(binary)
    };
    command.args(["--exact", "--ignored", test]).env("LEDGER_OF_OTHERS", ledger).env("LEDGER_REPORT", &report);
    let out = command.output().unwrap();
    std::fs::read_to_string(report).unwrap_or_else(|e| panic!("{e}: {out:?}"))
}

#[test]
fn a_reader_who_may_write_nothing_reads_beside_a_writer_and_after_a_clean_close() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    busy_day(&mut ledger);
    let events = ledger.reader().head().unwrap().unwrap().seq;
    let modes = |file: u32, directory: u32| {
        for entry in std::fs::read_dir(plant.dir.path()).unwrap() {
            std::fs::set_permissions(entry.unwrap().path(), std::fs::Permissions::from_mode(file)).unwrap();
        }
        std::fs::set_permissions(plant.dir.path(), std::fs::Permissions::from_mode(directory)).unwrap();
    };
    let read = |when: &str| {
        modes(0o444, 0o555);
        let said = as_nobody(&plant.path, "ledger::tests::opening::reads_the_ledger_of_others");
        modes(0o640, 0o700);
        assert!(said.starts_with(&format!("read {events} events\n")), "{when}: {said}");
        assert!(said.contains("may not be written; check who owns it"), "{when}: {said}");
    };
    read("beside a writer");
    drop(ledger);
    read("after a clean close");
    let mut names: Vec<_> =
        std::fs::read_dir(plant.dir.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, ["plant.db", "plant.db-shm", "plant.db-wal", "plant.db.head"], "the reader left nothing");
}

#[test]
#[ignore = "is run by another test, as another user"]
fn reads_the_ledger_of_others() {
    let path = std::env::var_os("LEDGER_OF_OTHERS").unwrap();
    let reader = open_reader(path.as_ref()).unwrap();
    let read = reader.events_before(None, 100).unwrap().len();
    let refused = open_writer(path.as_ref(), &making()).unwrap_err();
    std::fs::write(std::env::var_os("LEDGER_REPORT").unwrap(), format!("read {read} events\n{refused}\n")).unwrap();
}

#[test]
fn a_reader_cannot_change_anything() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    act(&mut ledger, &[started("U1")]);
    let reader = open_reader(&plant.path).unwrap();
    for sql in [
        "DELETE FROM event",
        "UPDATE unit SET state = 'dispatched'",
        "PRAGMA user_version = 9",
        "CREATE TEMP TABLE x (y)",
    ] {
        assert!(reader.conn.execute_batch(sql).is_err(), "{sql}");
    }
    assert_eq!(reader.head().unwrap().unwrap().seq, 2);
}

#[test]
fn a_head_file_that_is_gone_or_damaged_is_begun_anew_and_said() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    assert_eq!(ledger.warning(), None);
    act(&mut ledger, &[started("U1")]);
    drop(ledger);
    std::fs::remove_file(plant.head_path()).unwrap();
    let ledger = plant.writer();
    assert!(matches!(ledger.warning(), Some(Warning::HeadFileMissing { .. })));
    drop(ledger);
    assert_eq!(plant.writer().warning(), None);
    std::fs::write(plant.head_path(), "HEAD1 nonsense").unwrap();
    assert!(matches!(plant.writer().warning(), Some(Warning::HeadFileDamaged { .. })));
    assert_eq!(plant.writer().warning(), None);
}

#[test]
fn the_head_file_may_lie_elsewhere() {
    let plant = Plant::new();
    let head = plant.dir.path().join("elsewhere");
    let options = Options { head_file: Some(head.clone()), ..making() };
    let mut ledger = open_writer(&plant.path, &options).unwrap();
    act(&mut ledger, &[started("U1")]);
    assert!(!plant.head_path().exists());
    assert_eq!(verify(ledger.reader(), Some(&head)).unwrap().witnessed, Some(2));
    let nowhere = Options { head_file: Some(plant.dir.path().join("no/such/place")), ..making() };
    let error = open_writer(&plant.path, &nowhere).unwrap_err();
    assert!(error.to_string().starts_with("the head file "), "{error}");
}

#[test]
fn a_head_file_that_fails_does_not_deny_a_commit_and_is_said() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    act(&mut ledger, &[started("U1")]);
    let works = std::mem::replace(&mut ledger.head_file.file, std::fs::File::open(plant.head_path()).unwrap());
    assert_eq!(act(&mut ledger, &[opened("U1")]).seq, 3);
    assert!(matches!(ledger.warning(), Some(Warning::HeadFileFailed { .. })), "{:?}", ledger.warning());
    ledger.head_file.file = works;
    act(&mut ledger, &[opened("U1")]);
    assert_eq!(ledger.warning(), None);
    assert_eq!(verify(ledger.reader(), None).unwrap().witnessed, Some(4));
}

#[test]
fn a_ledger_is_the_same_by_whatever_name() {
    let plant = Plant::new();
    act(&mut plant.writer(), &[started("U1")]);
    let link = plant.dir.path().join("link.db");
    std::os::unix::fs::symlink(&plant.path, &link).unwrap();
    act(&mut open_writer(&link, &making()).unwrap(), &[opened("U1")]);
    assert!(!plant.dir.path().join("link.db.head").exists());
    assert_eq!(plant.writer().reader().head().unwrap().unwrap().seq, 3);
}

#[test]
fn a_ledger_that_was_removed_is_not_quietly_begun_anew() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    act(&mut ledger, &[started("U1")]);
    drop(ledger);
    for end in ["", "-wal", "-shm"] {
        std::fs::remove_file(plant.dir.path().join(format!("plant.db{end}"))).unwrap();
    }
    let error = open_writer(&plant.path, &making()).unwrap_err();
    let missing = HeadTrouble::Missing { from: 1, to: 2 };
    assert!(matches!(&error, OpenError::Head { trouble, .. } if *trouble == missing), "{error:?}");
    assert!(error.to_string().starts_with("records missing: 1 to 2"), "{error}");
    assert!(!plant.path.exists());
    std::fs::write(&plant.path, "").unwrap();
    assert!(matches!(open_writer(&plant.path, &making()), Err(OpenError::Head { .. })), "an emptied file neither");
    std::fs::remove_file(plant.head_path()).unwrap();
    assert!(open_writer(&plant.path, &making()).is_ok());
}

#[test]
fn a_ledger_that_moves_under_a_writer_takes_nothing_more() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    act(&mut ledger, &[started("U1")]);
    std::fs::rename(&plant.path, plant.dir.path().join("moved.db")).unwrap();
    let fault = ledger.begin().unwrap_err();
    assert!(fault.what.ends_with("was moved or removed"), "{fault}");
}
