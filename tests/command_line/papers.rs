//! A paper from a shell: all of it is entered, or nothing; and it shows as what it is.

use std::fs;

use crate::support::shell::{Answer, OPERATOR_PIN, Shell};

/// A route of batches.
const WASHER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scenarios/routes/washer.toml");

/// Enters a paper of this minute.
fn enter(shell: &Shell, text: &str, witness: &str) -> Answer {
    let paper = shell.ledger().with_file_name("paper.txt");
    fs::write(&paper, text).unwrap();
    let now = fs::metadata(&paper).unwrap().modified().unwrap();
    let time = jiff::tz::TimeZone::system().to_datetime(jiff::Timestamp::try_from(now).unwrap());
    let time = time.strftime("%Y-%m-%dT%H:%M");
    let line =
        format!("transcribe --at PRESS-1 --time {time} --by OP-1001 --witness {witness} {} --json", paper.display());
    shell.run_with(&line, "TRAVELLER_WITNESS_PIN", OPERATOR_PIN)
}

#[test]
fn a_paper_is_entered_as_a_whole_or_not_at_all() {
    let shell = Shell::at_work();
    shell.run(&format!("route release {WASHER} --by OP-1001")).done();
    shell.run("lot receive ST-1 --part STEEL --quantity 1000 --by OP-1001").done();
    let begun = "OP-2001\nBW0001\n{\"value\":\"40\"}\n\nST-1\n";
    let refused = enter(&shell, &format!("{begun}{{\"command\":\"pass\"}}\n"), "OP-2001");
    assert!(refused.code == 1 && refused.out.contains("\"line\":6"), "{refused:?}");
    shell.run("show BW0001").failed(1);
    let refused = shell.run("refusals --json").done();
    assert!(refused.contains("check-missing"), "{refused}");
    let entered = enter(&shell, &format!("{begun}{{\"value\":\"pass\"}}\n"), "OP-2001").json();
    assert_eq!((&entered["lines"], &entered["witness"]), (&5.into(), &"OP-2001".into()));
    let shown = shell.run("show BW0001 --json").json();
    let attempt = &shown["steps"][0]["attempts"][0];
    assert_eq!(attempt["result"], "passed");
    assert_eq!(attempt["transcribed"]["by"], "OP-1001");
    assert_eq!(attempt["transcribed"]["witness"], "OP-2001");
    assert_eq!(attempt["checks"][0]["how"], "transcribed");
    assert!(shell.run("show BW0001").done().contains("from paper, entered by OP-1001, witnessed by OP-2001"));
    let paper = "from paper, entered 2";
    assert!(shell.run("trace BW0001").done().contains(paper));
    let made = &shell.run("trace BW0001 --json").json()["made_of"][0];
    assert_eq!((&made["how"], &made["transcribed"]["witness"]), (&"transcribed".into(), &"OP-2001".into()));
    let events: Vec<serde_json::Value> =
        shell.run("events --json").done().lines().map(|l| l.parse().unwrap()).collect();
    let copied = |e: &&serde_json::Value| e["unit"] == "BW0001" && e.get("happened").is_some();
    assert_eq!(shown["transcribed"], events.iter().filter(copied).count());
    let records =
        events.iter().filter(copied).filter(|e| e["kind"] == "material-installed" || e["kind"] == "check-recorded");
    let board = shell.run("board --json").json();
    assert_eq!(board["shares"]["transcribed"], records.count(), "{board}");
    let gaps = shell.run("gaps BW0001 --json").json();
    let told: Vec<_> = gaps["remarks"].as_array().unwrap().iter().filter(|r| r["code"] == "transcribed").collect();
    let steps: Vec<_> = told.iter().map(|r| r["step"].as_str()).collect();
    assert_eq!(steps, [None, Some("10")], "that it began, and what was done: {gaps}");
    assert!(told[0]["what"].as_str().unwrap().contains("by OP-1001, witness OP-2001"), "{gaps}");
    assert_eq!(enter(&shell, "OP-2001\n", "OP-1001").code, 1, "nobody witnesses what they enter");
    shell.run("verify").done();
    shell.run("replay --all").done();
}
