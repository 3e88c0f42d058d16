//! What somebody records is seen by whoever looks, within a second, and nothing else is drawn again.

use std::time::{Duration, Instant};

use crate::support::pipe::Pipe;
use crate::support::session::Session;
use crate::support::shell::Shell;

#[test]
#[expect(clippy::disallowed_methods, reason = "it is the time that is tested")]
fn what_is_recorded_shows_within_a_second() {
    let shell = Shell::at_work();
    shell.pipe("KIT-1", &["OP-2001", "V000001", "V000001"]);
    let session = Session::traveller(&shell.ledger(), &["inspect", "V000001"]);
    session.wait_for("Made of");
    let before = session.at_rest();
    assert!(!session.text().contains("L-1"));
    let mut pipe = Pipe::at(&shell, "KIT-1");
    pipe.say("OP-2001");
    pipe.say("V000001");
    pipe.say("B0077");
    let begun = Instant::now();
    pipe.say("L-1");
    session.wait_for("L-1");
    let took = begun.elapsed();
    assert!(took < Duration::from_secs(1), "{took:?}");
    let bytes = session.at_rest() - before;
    assert!(bytes < 2_000, "{bytes} bytes for some rows more");
}
