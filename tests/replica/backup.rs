//! A full copy of the ledger: `traveller backup`.

use std::fs;
use std::path::Path;

use super::desk::{Desk, files};
use super::disk::Mount;
use super::traced;
use crate::support::pipe::Pipe;
use crate::support::shell::Shell;

/// What a copy holds, proven: how many events, and the head.
#[track_caller]
fn proven(shell: &Shell, copy: &str) -> (u64, String) {
    let answer = shell.run(&format!("verify --ledger {copy} --json")).json();
    assert_eq!(answer["ok"].as_bool(), Some(true), "{answer}");
    let ledger = &answer["ledgers"][0];
    (ledger["events"].as_u64().unwrap(), ledger["head"].as_str().unwrap().to_owned())
}

/// Names in a directory, without those of the ledger.
fn beside(home: &Path) -> Vec<String> {
    let names = fs::read_dir(home).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| !name.starts_with("ledger.db")).collect()
}

#[test]
fn a_copy_is_a_whole_ledger_in_one_file() {
    let shell = Shell::at_work();
    shell.make("V000001", "B0001");
    let answer = shell.run("backup copy.db --json").json();
    let (events, head) = proven(&shell, "ledger.db");
    assert_eq!(proven(&shell, "copy.db"), (events, head.clone()));
    assert_eq!((answer["sent"].as_u64(), answer["already"].as_u64()), (Some(events), Some(0)), "{answer}");
    let copy = fs::metadata(shell.home.path().join("copy.db")).unwrap();
    assert_eq!(answer["bytes"].as_u64(), Some(copy.len()), "{answer}");
    assert_eq!((answer["heads"][0]["seq"].as_u64(), answer["heads"][0]["hash"].as_str()), (Some(events), Some(&*head)));
    assert_eq!(beside(shell.home.path()), ["copy.db"], "nothing else is left there");
    assert_eq!(shell.run("show V000001 --ledger copy.db").done(), shell.run("show V000001").done());
    let said = shell.run("backup another.db").done();
    assert!(said.contains("read back and proven") && said.contains(&head), "{said}");
}

#[test]
fn a_copy_is_one_moment_of_a_busy_ledger() {
    let shell = Shell::at_work();
    let (before, _) = proven(&shell, "ledger.db");
    let mut pipe = Pipe::at(&shell, "KIT-1");
    pipe.expect(&[("OP-2001", "signed-on")]);
    for n in 0..3 {
        let mut copying = shell.command(&format!("backup copy{n}.db")).spawn().unwrap();
        // Recorded without a pause, until the copy is there.
        let mut recorded = 0;
        while copying.try_wait().unwrap().is_none() || recorded == 0 {
            assert_eq!(pipe.say("NOT-A-LABEL"), "unknown-label");
            recorded += 1;
        }
        assert!(copying.wait().unwrap().success());
    }
    drop(pipe);
    let (after, _) = proven(&shell, "ledger.db");
    let copies: Vec<_> = (0..3).map(|n| proven(&shell, &format!("copy{n}.db")).0).collect();
    assert!(copies.is_sorted() && copies[0] >= before && copies[2] <= after, "{before} {copies:?} {after}");
}

#[test]
fn a_name_that_is_taken_stays_what_it_is() {
    let shell = Shell::at_work();
    let home = shell.home.path();
    fs::write(home.join("file"), "mine").unwrap();
    fs::create_dir(home.join("directory")).unwrap();
    std::os::unix::fs::symlink("nowhere", home.join("link")).unwrap();
    for name in ["file", "directory", "link", "ledger.db"] {
        let (what, instead) = shell.run(&format!("backup {name}")).failed(2);
        assert!(what.contains(&format!("{name} is there already")) && instead.contains("not there yet"), "{what}");
    }
    let (what, _) = shell.run("backup ..").failed(2);
    assert!(what.contains("is no name for a file"), "{what}");
    let (what, _) = shell.run("backup no/such/copy.db").failed(3);
    assert!(what.contains("could not be written"), "{what}");
    assert_eq!(fs::read_to_string(home.join("file")).unwrap(), "mine");
    assert!(!home.join("nowhere").exists() && !home.join("no").exists());
    proven(&shell, "ledger.db");
}

#[test]
fn a_disk_without_room_or_without_leave_gets_no_half_copy() {
    let shell = Shell::at_work();
    let place = shell.home.path().join("usb");
    let Some(mount) = Mount::at(&place, "size=100k") else { return };
    let (what, instead) = shell.run("backup usb/copy.db").failed(3);
    assert!(what.contains("no room for the copy") && instead.contains("make room there"), "{what} {instead}");
    assert_eq!(files(&place).len(), 0, "{:?}", files(&place));
    mount.read_only();
    let (what, instead) = shell.run("backup usb/copy.db").failed(3);
    assert!(what.contains("could not be written") && instead.contains("mount it writable"), "{what} {instead}");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "somebody edits the ledger behind its back")]
fn a_ledger_that_is_not_sound_is_not_kept_as_a_copy() {
    let shell = Shell::at_work();
    let conn = rusqlite::Connection::open(shell.ledger()).unwrap();
    conn.execute("UPDATE event SET body = replace(body, 'L-1', 'L-2')", []).unwrap();
    drop(conn);
    let (what, instead) = shell.run("backup copy.db").failed(1);
    assert!(what.contains("is not sound") && what.contains("does not fit its hash"), "{what}");
    assert!(instead.contains("traveller verify"), "{instead}");
    assert!(beside(shell.home.path()).is_empty(), "{:?}", beside(shell.home.path()));
}

#[test]
fn a_copy_that_is_killed_anywhere_leaves_no_half_file() {
    if !traced::is_there() {
        return;
    }
    let desk = Desk::new();
    let shell = &desk.shell;
    for (call, when) in traced::calls(shell, "backup first.db") {
        let copy = shell.home.path().join("copy.db");
        assert!(traced::killed(shell, "backup copy.db", call, when), "{call} {when}: it ended before");
        if copy.exists() {
            proven(shell, "copy.db");
            fs::remove_file(&copy).unwrap();
        }
        shell.run("backup copy.db").done();
        proven(shell, "copy.db");
        fs::remove_file(&copy).unwrap();
        let left = beside(shell.home.path());
        assert_eq!(left.len(), 2, "{call} {when}: the first copy and the log of calls, {left:?}");
    }
}
