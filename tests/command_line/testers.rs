//! First pieces and golden samples over the pipe and from a shell: approved, given up, and who is suspect.

use crate::support::shell::{LEAD_PIN, Shell};

const JIG: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scenarios/routes/jig.toml");

fn shell() -> Shell {
    let shell = Shell::at_work();
    shell.run(&format!("route release {JIG} --by OP-1001")).done();
    shell
}

fn sign() -> String {
    format!(r#"{{"sign":{{"badge":"OP-1001","pin":"{LEAD_PIN}"}}}}"#)
}

/// Units that passed the bench; the first of them was approved.
fn pressed(shell: &Shell, units: &[&str]) {
    for unit in units {
        let told = shell.pipe("bench", &["OP-2001", unit, r#"{"value":"4.10"}"#, r#"{"value":"pass"}"#, &sign()]);
        assert!(told.iter().any(|line| line["did"] == "step-passed"), "{told:?}");
    }
}

fn tested(shell: &Shell, unit: &str, flow: &str, lamp: &str) -> String {
    let flow = format!(r#"{{"value":"{flow}"}}"#);
    let told = shell.pipe("test", &["OP-2001", unit, &flow, &flow, &format!(r#"{{"value":"{lamp}"}}"#)]);
    let words: Vec<_> = told.iter().filter_map(|line| line["did"].as_str().or(line["code"].as_str())).collect();
    words.join(" ")
}

/// First pieces and golden samples as the board has them: what, how far, which unit.
fn proofs(shell: &Shell) -> Vec<String> {
    let board = shell.run("board --json --since 2020-01-01").json();
    let word = |line: &serde_json::Value, name: &str| line[name].as_str().unwrap_or("-").to_owned();
    let told = |line| ["station", "what", "stands", "unit"].map(|name| word(line, name)).join(" ");
    board["proofs"].as_array().unwrap().iter().map(told).collect()
}

/// Sorts of things that need a person.
fn attention(shell: &Shell) -> Vec<String> {
    let board = shell.run("board --json --since 2020-01-01").json();
    let told = |line: &serde_json::Value| format!("{} {}", line["what"], line["unit"]).replace('"', "");
    board["attention"].as_array().unwrap().iter().map(told).collect()
}

#[test]
fn a_first_piece_is_needed_signed_and_given_up_over_the_pipe() {
    let shell = shell();
    let told = shell.pipe(
        "bench",
        &["OP-2001", "J0001", r#"{"value":"4.10"}"#, r#"{"value":"pass"}"#, r#"{"command":"close"}"#, "J0002"],
    );
    let needs: Vec<_> = told[3]["needs"].as_array().unwrap().iter().map(|n| (&n["kind"], &n["id"])).collect();
    assert_eq!(needs, [(&"signature".into(), &"first-piece".into())]);
    assert_eq!((&told[5]["code"], &told[5]["evidence"]["first"]), (&"first-piece".into(), &"J0001".into()));
    let waits = "bench first-piece waits J0001".to_owned();
    assert!(proofs(&shell).contains(&waits), "{:?}", proofs(&shell));
    assert!(attention(&shell).contains(&"first-piece J0001".to_owned()), "{:?}", attention(&shell));
    let page = shell.run("board --once --since 2020-01-01").done();
    assert!(page.contains("first piece") && page.contains("waiting"), "{page}");
    let drop = format!(
        r#"{{"drop-first-piece":"J0001","reason":"to the laboratory","sign":{{"badge":"OP-1001","pin":"{LEAD_PIN}"}}}}"#
    );
    let told = shell.pipe("bench", &["OP-2001", &drop, "J0002"]);
    assert_eq!((&told[1]["did"], &told[2]["did"]), (&"first-piece-dropped".into(), &"unit-opened".into()));
    let nothing = shell.pipe("bench", &["OP-2001", r#"{"drop-first-piece":"J0001","reason":"x"}"#]);
    assert_eq!(nothing[1]["code"], "bad-input", "somebody signs for it");
    assert!(!proofs(&shell).contains(&waits), "it was given up");
}

#[test]
fn what_a_tester_passed_since_its_sample_was_good_is_suspect_when_it_fails() {
    let shell = shell();
    pressed(&shell, &["J0001", "J0002", "J0003"]);
    assert_eq!(proofs(&shell), ["bench first-piece passed J0001"]);
    let (what, _) = shell.run("suspects tester:test").failed(1);
    assert!(what.contains("no run of a golden sample at test failed"), "{what}");
    assert!(tested(&shell, "GOLD-9", "0.90", "pass").contains("golden-passed"));
    assert_eq!(proofs(&shell)[1..], ["test good-sample due -", "test bad-sample passed GOLD-9"]);
    assert!(tested(&shell, "GOLD-1", "0.30", "pass").contains("golden-passed"));
    let proved = ["test good-sample passed GOLD-1", "test bad-sample passed GOLD-9"];
    assert_eq!(proofs(&shell)[1..], proved);
    assert!(tested(&shell, "J0001", "0.30", "pass").contains("unit-completed"));
    assert!(tested(&shell, "GOLD-1", "0.31", "pass").contains("golden-passed"));
    assert!(tested(&shell, "J0002", "0.30", "pass").contains("unit-completed"));
    assert!(tested(&shell, "GOLD-1", "0.90", "pass").contains("golden-failed"));
    assert!(tested(&shell, "J0003", "0.30", "pass").contains("golden-failed"));
    assert!(proofs(&shell).contains(&"test good-sample failed GOLD-1".to_owned()), "{:?}", proofs(&shell));
    assert!(attention(&shell).contains(&"sample-failed GOLD-1".to_owned()), "{:?}", attention(&shell));
    let listed = shell.run("suspects tester:test --json").json();
    let units: Vec<_> = listed["units"].as_array().unwrap().iter().map(|u| u["unit"].as_str().unwrap()).collect();
    assert_eq!(units, ["J0002"], "what went through since the last good run");
    let held = shell.run("hold --suspect tester:test --reason sample --by OP-1001 --json").json();
    assert_eq!(held["held"], 1);
    // The run stands in the record of the sample, with its values against the limits.
    let record = shell.run("show GOLD-1 --json").json();
    let attempts = record["steps"][1]["attempts"].as_array().unwrap();
    assert_eq!((attempts.len(), &attempts[2]["result"]), (3, &"failed".into()));
    assert_eq!(attempts[2]["checks"][0]["value"], "0.90");
    assert_eq!((&record["state"], &record["complete"]), (&"in-process".into(), &false.into()));
    shell.run("verify").done();
    shell.run("replay --all").done();
}
