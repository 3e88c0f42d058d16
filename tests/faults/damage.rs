//! Files of the ledger cut, lost, put back or edited behind the program's back: it shows, and nothing goes on over it.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::cell::{furnish, goes_on, lines_of};
use crate::support::shell::Shell;

/// The last answer before the harm, and the unit that was under way.
struct Harmed {
    shell: Shell,
    last: Value,
}

impl Harmed {
    /// A ledger whose last records are in the log of SQLite alone, since the program was killed.
    fn new() -> Self {
        let shell = Shell::new();
        furnish(&shell);
        let mut pipe = crate::support::pipe::Pipe::at(&shell, "CELL-1");
        let mut last = pipe.ask(b"OP-1001").unwrap();
        for line in (1..=10).flat_map(lines_of) {
            last = pipe.ask(line.as_bytes()).unwrap();
        }
        pipe.kill();
        Self { shell, last }
    }

    fn file(&self, suffix: &str) -> PathBuf {
        PathBuf::from(format!("{}{suffix}", self.shell.ledger().display()))
    }

    /// Edits the file as somebody would who has SQLite and the rights.
    #[expect(clippy::disallowed_methods, reason = "a stranger's hand")]
    fn edit(&self, sql: &str) {
        rusqlite::Connection::open(self.shell.ledger()).unwrap().execute_batch(sql).unwrap();
    }

    /// What `traveller verify` finds; it must find something.
    #[track_caller]
    fn findings(&self) -> String {
        let verified = self.shell.run("verify --json");
        assert_eq!(verified.code, 1, "{verified:?}");
        let answer = verified.json();
        assert_eq!(answer["ok"], false);
        answer["findings"].to_string()
    }

    /// Whoever would go on is stopped, and told why and what to do.
    #[track_caller]
    fn is_stopped(&self, why: &str) {
        for line in ["pipe --station CELL-1", "lot receive N-2 --part NUT --quantity 1 --by OP-1001"] {
            let (what, instead) = self.shell.run(line).failed(3);
            assert!(what.contains(why), "{line}: {what}");
            assert!(instead.contains("call the lead"), "{line}: {instead}");
        }
    }
}

fn saved(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for file in fs::read_dir(from).unwrap().map(|f| f.unwrap().path()).filter(|f| f.is_file()) {
        fs::copy(&file, to.join(file.file_name().unwrap())).unwrap();
    }
}

fn put_back(from: &Path, to: &Path) {
    for file in fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}

#[test]
fn a_log_that_is_cut_damaged_or_lost_is_missed() {
    let harmed = Harmed::new();
    let (home, log) = (harmed.shell.home.path(), harmed.file("-wal"));
    let whole = home.join("whole");
    saved(home, &whole);
    let bytes = fs::read(&log).unwrap();
    let cut = bytes[..bytes.len() / 2].to_vec();
    let mut flipped = bytes.clone();
    flipped[bytes.len() / 3] ^= 1;
    for (what, harm) in [("cut", Some(cut)), ("flipped", Some(flipped)), ("lost", None)] {
        match harm {
            Some(harm) => fs::write(&log, harm).unwrap(),
            None => fs::remove_file(&log).unwrap(),
        }
        // What SQLite keeps of the log in shared memory is of the last run.
        fs::remove_file(harmed.file("-shm")).unwrap();
        harmed.is_stopped("records missing: ");
        assert!(harmed.findings().contains("missing"), "{what}: {}", harmed.findings());
        put_back(&whole, home);
    }
    goes_on(&harmed.shell, &harmed.last, 11);
}

#[test]
fn the_index_of_the_log_may_be_lost() {
    let harmed = Harmed::new();
    fs::remove_file(harmed.file("-shm")).unwrap();
    goes_on(&harmed.shell, &harmed.last, 11);
}

#[test]
fn an_old_image_put_back_is_missed() {
    let harmed = Harmed::new();
    let (home, image) = (harmed.shell.home.path(), harmed.shell.home.path().join("image"));
    saved(home, &image);
    fs::remove_file(image.join("ledger.db.head")).unwrap();
    goes_on(&harmed.shell, &harmed.last, 11);
    put_back(&image, home);
    harmed.is_stopped("records missing: ");
    assert!(harmed.findings().contains("missing"));
}

#[test]
fn a_head_file_that_is_lost_is_said_and_begun_anew() {
    let harmed = Harmed::new();
    fs::remove_file(harmed.file(".head")).unwrap();
    let received = harmed.shell.run("lot receive N-2 --part NUT --quantity 1 --by OP-1001");
    assert_eq!(received.code, 0, "{received:?}");
    assert!(received.err.starts_with("note: ") && received.err.contains("head file"), "{}", received.err);
    goes_on(&harmed.shell, &harmed.last, 11);
}

#[test]
fn an_edited_event_is_named() {
    let harmed = Harmed::new();
    let last = harmed.last["event"]["seq"].as_u64().unwrap();
    for seq in [1, last / 2, last] {
        let whole = harmed.shell.home.path().join(format!("whole-{seq}"));
        saved(harmed.shell.home.path(), &whole);
        let row = format!("(SELECT id FROM event ORDER BY id LIMIT 1 OFFSET {})", seq - 1);
        harmed.edit(&format!("UPDATE event SET body = replace(body, '{{\"v\":', '{{\"v\": ') WHERE id = {row}"));
        let found = harmed.findings();
        assert!(found.contains(&format!("\"seq\":{seq},")), "{seq}: {found}");
        put_back(&whole, harmed.shell.home.path());
    }
    assert_eq!(harmed.shell.run("verify --json").json()["ok"], true, "as it was");
}

#[test]
fn an_event_that_was_removed_is_missed() {
    let harmed = Harmed::new();
    let seq = harmed.last["event"]["seq"].as_u64().unwrap() / 2;
    harmed.edit(&format!("PRAGMA foreign_keys = OFF; DELETE FROM event WHERE id & 0xffffffffff = {seq}"));
    assert!(harmed.findings().contains(&format!("{seq}")), "{}", harmed.findings());
}

#[test]
fn an_edited_table_is_found_and_made_anew_from_the_events() {
    let harmed = Harmed::new();
    let units = harmed.shell.run("units --json").done();
    harmed.edit("UPDATE unit SET state = 'scrapped' WHERE name = 'C000003'");
    assert_ne!(harmed.shell.run("units --json").done(), units);
    assert!(harmed.findings().contains("C000003"), "{}", harmed.findings());
    harmed.shell.run("rebuild").done();
    assert_eq!(harmed.shell.run("units --json").done(), units);
    goes_on(&harmed.shell, &harmed.last, 11);
}
