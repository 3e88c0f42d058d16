//! The real program on a terminal: it follows the line within a second, and leaves the terminal sane.

use std::time::{Duration, Instant};

use crate::support::pipe::Pipe;
use crate::support::session::Session;
use crate::support::shell::Shell;

#[test]
#[expect(clippy::disallowed_methods, reason = "it is the time that is tested")]
fn what_is_recorded_shows_within_a_second_and_the_board_is_left_sane() {
    let shell = Shell::at_work();
    shell.pipe("KIT-1", &["OP-2001", "V000001", "V000001"]);
    let mut session = Session::traveller(&shell.ledger(), &["board"]);
    session.wait_for("KIT-1");
    session.wait_for("nobody");
    let before = session.at_rest();
    let mut pipe = Pipe::at(&shell, "KIT-1");
    let begun = Instant::now();
    pipe.say("OP-2001");
    session.wait_for("waiting");
    let took = begun.elapsed();
    assert!(took < Duration::from_secs(1), "{took:?}");
    let bytes = session.at_rest() - before;
    assert!(bytes < 1_000, "{bytes} bytes for one row");
    session.keys("5");
    session.wait_for("Refused most");
    session.keys("\t");
    session.wait_for("Ends this shift");
    session.keys("?");
    session.wait_for("NOTHING HERE CHANGES A RECORD");
    session.keys("q");
    assert_eq!(session.ends(), 0);
    session.is_sane();
}

/// The log is written before what is in it is committed. Whoever looks in between finds nothing, and must look again.
#[expect(clippy::disallowed_methods, reason = "it is the time that is tested")]
#[test]
fn each_of_many_changes_shows_though_nothing_follows_it() {
    let shell = Shell::at_work();
    shell.pipe("KIT-1", &["OP-2001", "V000001"]);
    let board = Session::traveller(&shell.ledger(), &["board"]);
    let inspector = Session::traveller(&shell.ledger(), &["inspect", "op:OP-2001"]);
    board.wait_for("KIT-1");
    inspector.wait_for("signed-on");
    let mut pipe = Pipe::at(&shell, "KIT-1");
    for n in 0..12_u64 {
        // At other moments than the last look, and never the same.
        std::thread::sleep(Duration::from_millis(530 + 37 * n));
        let on = n % 2 == 0;
        pipe.say(if on { "OP-2001" } else { r#"{"command":"sign-off"}"# });
        let begun = Instant::now();
        board.wait_for(if on { "waiting" } else { "nobody" });
        let newest = if on { "signed-on" } else { "signed-off" };
        inspector.wait(newest, |screen| {
            screen.contents().lines().find(|line| line.contains("signed-o")).is_some_and(|line| line.contains(newest))
        });
        let took = begun.elapsed();
        assert!(took < Duration::from_millis(1_500), "change {n} took {took:?}");
    }
}

#[test]
fn a_trend_is_asked_for_on_the_command_line() {
    let shell = Shell::new();
    shell.run("demo --no-terminal --units 12").done();
    let mut session =
        Session::traveller(&shell.ledger(), &["board", "--trend", "pc200:50:leak", "--since", "2020-01-01"]);
    session.wait_for("pc200:50:leak");
    session.wait_for("control");
    session.keys("n");
    session.wait("another check", |screen| {
        screen.contents().contains('/') && !screen.contents().contains("pc200:50:leak")
    });
    session.signal("-TERM");
    assert_eq!(session.ends(), 0);
    session.is_sane();
}

#[test]
fn a_terminal_that_hangs_up_keeps_no_board() {
    let shell = Shell::at_work();
    let mut session = Session::traveller(&shell.ledger(), &["board"]);
    session.wait_for("Stations");
    session.keys = None;
    session.master = None;
    session.signal("-HUP");
    session.ends();
}
