//! The real program on a terminal: from the first search to the last key.

use std::path::{Path, PathBuf};

use crate::support::session::Session;
use crate::support::week;

/// A small demonstration.
pub(super) fn demo(dir: &Path) -> PathBuf {
    let ledger = dir.join("ledger.db");
    week::play_into(&ledger, 12);
    ledger
}

#[test]
fn a_technician_finds_a_unit_reads_an_event_and_leaves() {
    let dir = tempfile::tempdir().unwrap();
    let mut session = Session::traveller(&demo(dir.path()), &["inspect"]);
    session.wait_for("the newest units");
    session.wait_for("chain end ok");
    session.keys("pc226-000001\r");
    session.wait_for("pc200 rev");
    session.wait_for("Made of");
    session.keys("\r");
    session.wait_for("unit-started");
    session.wait_for("follows from both");
    session.keys("\x1b");
    session.wait_for("Made of");
    session.keys("v");
    session.wait_for("every hash computed, ok");
    session.keys("?");
    session.wait_for("NOTHING HERE CHANGES A RECORD");
    session.keys("q");
    assert_eq!(session.ends(), 0);
    session.is_sane();
}

#[test]
fn a_query_on_the_command_line_is_opened_where_it_names_one_thing() {
    let dir = tempfile::tempdir().unwrap();
    let ledger = demo(dir.path());
    let mut session = Session::traveller(&ledger, &["inspect", "PC226-000001"]);
    session.wait_for("Made of");
    session.keys("q");
    assert_eq!(session.ends(), 0);
    let mut session = Session::traveller(&ledger, &["inspect", "state:complete", "route:pc200"]);
    session.wait_for("units searched");
    session.signal("-TERM");
    assert_eq!(session.ends(), 0);
    session.is_sane();
}

#[test]
fn a_terminal_that_hangs_up_keeps_no_inspector() {
    let dir = tempfile::tempdir().unwrap();
    let mut session = Session::traveller(&demo(dir.path()), &["inspect"]);
    session.wait_for("the newest units");
    session.keys = None;
    session.master = None;
    session.signal("-HUP");
    session.ends();
}
