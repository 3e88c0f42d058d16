//! A cell of one station: a small route without signatures, for many units.

use serde_json::Value;

use crate::support::pipe::Pipe;
use crate::support::shell::Shell;

const ROUTE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/faults/cell.toml");

/// Gives a shell a lead who also works, the route, and a lot that is never used up.
pub(crate) fn furnish(shell: &Shell) {
    shell.run("operator enrol --badge OP-1001 --name Lead --role lead,operator").done();
    shell.run(&format!("route release {ROUTE} --by OP-1001")).done();
    shell.run("lot receive N-1 --part NUT --quantity 10000000 --by OP-1001").done();
}

/// The lines of one unit, from its first step to its last.
pub(crate) fn lines_of(unit: u32) -> [String; 4] {
    [format!("C{unit:06}"), "N-1".to_owned(), r#"{"value":"pass"}"#.to_owned(), r#"{"command":"pass"}"#.to_owned()]
}

/// Works until the program ends; the last answer, and how many units were finished.
pub(super) fn work_until_it_ends(pipe: &mut Pipe, from: u32) -> (Value, u32) {
    let mut last = pipe.ask(b"OP-1001").expect("the first answer");
    for n in 0..5_000 {
        for line in lines_of(from + n) {
            match pipe.ask(line.as_bytes()) {
                Some(answer) => last = answer,
                None => return (last, n),
            }
        }
    }
    panic!("it never ended: {last}");
}

/// What was acknowledged last is on record, the record is sound, and work goes on where it stopped.
pub(super) fn goes_on(shell: &Shell, last: &Value, unit: u32) {
    let verified = shell.run("verify --json").json();
    assert_eq!(verified["ok"], true, "{verified}");
    let events = verified["ledgers"][0]["events"].as_u64().unwrap();
    assert!(events >= last["event"]["seq"].as_u64().unwrap(), "{last}: the ledger ends at {events}");
    let lines = lines_of(unit);
    let mut again: Vec<&str> = vec!["OP-1001"];
    again.extend(lines.iter().map(String::as_str));
    let answers = shell.pipe("CELL-1", &again);
    assert_eq!(answers.last().unwrap()["did"], "unit-dispatched", "{answers:?}");
    let replayed = shell.run("replay --all --json").json();
    assert_eq!(replayed["same"], replayed["decisions"], "{}", replayed["different"]);
}
