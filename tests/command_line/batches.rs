//! Batches from a shell: split and merged, traced both ways through any depth, and counted under their order.

use serde_json::Value;

use crate::support::shell::Shell;

/// A route of batches.
const WASHER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scenarios/routes/washer.toml");

fn shell() -> Shell {
    let shell = Shell::at_work();
    shell.run(&format!("route release {WASHER} --by OP-1001")).done();
    for (lot, part) in [("ST-1", "STEEL"), ("ST-2", "STEEL"), ("GR-1", "GREASE")] {
        shell.run(&format!("lot receive {lot} --part {part} --quantity 1000 --by OP-1001")).done();
    }
    shell
}

fn split(shell: &Shell, unit: &str, quantity: u32, into: &str) {
    shell.run(&format!("batch split {unit} --quantity {quantity} --into {into} --by OP-1001")).done();
}

fn used(shell: &Shell, what: &str) -> Vec<String> {
    let answer = shell.run(&format!("where-used {what} --json")).json();
    let units = answer["units"].as_array().unwrap();
    assert_eq!(answer["total"], units.len());
    let mut units: Vec<_> = units.iter().map(|u| u["unit"].as_str().unwrap().to_owned()).collect();
    units.sort();
    units
}

#[test]
fn what_went_in_before_a_split_is_in_both_and_after_it_only_in_the_one() {
    let shell = shell();
    let pass = r#"{"value":"pass"}"#;
    let begun = shell.pipe("PRESS-1", &["OP-2001", "BW0001", r#"{"value":"40"}"#, "ST-1", pass]);
    assert_eq!(begun[4]["did"], "step-passed", "{begun:?}");
    split(&shell, "BW0001", 20, "BW0002");
    split(&shell, "BW0002", 10, "BW0003");
    shell.pipe("PRESS-1", &["OP-2001", "BW0003", "GR-1", r#"{"command":"pass"}"#]);
    split(&shell, "BW0003", 5, "BW0004");
    shell.run("batch merge BW0002 --into BW0001 --by OP-1001").done();
    assert_eq!(used(&shell, "ST-1"), ["BW0001", "BW0002", "BW0003", "BW0004"]);
    assert_eq!(used(&shell, "GR-1"), ["BW0003", "BW0004"]);
    assert_eq!(used(&shell, "BW0002"), ["BW0001", "BW0003", "BW0004"]);
    let traced = shell.run("trace BW0004 --json").json();
    assert_eq!(traced["from"][0]["unit"], "BW0003");
    assert_eq!(traced["from"][0]["made_of"][0]["lot"], "GR-1");
    assert_eq!(traced["from"][0]["from"][0]["from"][0]["made_of"][0]["lot"], "ST-1");
    let merged = shell.run("trace BW0001 --json").json();
    assert_eq!((&merged["made_of"][0]["lot"], &merged["from"][0]["unit"]), (&"ST-1".into(), &"BW0002".into()));
    assert!(shell.run("trace BW0004").done().contains("5 pieces from batch BW0003"));
    // A later lot of another batch is in none of these.
    shell.pipe("PRESS-1", &["OP-2001", "BW0009", r#"{"value":"4"}"#, "ST-2", pass]);
    assert_eq!(used(&shell, "ST-2"), ["BW0009"]);
    // A recall finds all of them, and each page follows the one before.
    shell.run("hold --where-used ST-1 --reason soft --by OP-1001").done();
    let states: Vec<Value> = ["BW0001", "BW0003", "BW0004"]
        .iter()
        .map(|unit| shell.run(&format!("show {unit} --json")).json()["state"].clone())
        .collect();
    assert_eq!(states, ["held", "held", "held"]);
    assert_eq!(shell.run("show BW0002 --json").json()["state"], "merged");
    let mut paged = Vec::new();
    let mut after = String::new();
    loop {
        let page = shell.run(&format!("where-used ST-1 --limit 1{after} --json")).json();
        let Some(unit) = page["units"].get(0).and_then(|u| u["unit"].as_str().map(str::to_owned)) else { break };
        after = format!(" --after {unit}");
        paged.push(unit);
    }
    paged.sort();
    assert_eq!(paged, ["BW0001", "BW0002", "BW0003", "BW0004"]);
    assert_eq!(shell.run("verify --json").json()["ok"], true);
    assert_eq!(shell.run("replay --all --json").json()["different"], serde_json::json!([]));
}

#[test]
fn an_order_counts_pieces_and_a_label_says_how_many() {
    let shell = shell();
    shell.run("order open W-1 --route washer --revision A --quantity 60 --by OP-1001").done();
    let label = "]C1010952100000030810BW0001\u{1d}3040";
    let begun = shell.pipe("PRESS-1", &["OP-2001", "W-1", label, label]);
    assert_eq!((&begun[2]["code"], &begun[3]["did"]), (&"confirm-start".into(), &"unit-opened".into()), "{begun:?}");
    let rest = shell.pipe("PRESS-2", &["OP-2001", "W-1", "BW0002", "BW0002"]);
    assert_eq!((&rest[2]["evidence"]["pieces"], &rest[3]["did"]), (&20.into(), &"unit-opened".into()), "{rest:?}");
    let full = shell.pipe("PRESS-2", &["OP-2001", "BW0003"]);
    assert_eq!(full[1]["code"], "order-full", "{full:?}");
    let order = &shell.run("order list --json").json()["orders"][0];
    assert_eq!((&order["started"], &order["remaining"]), (&60.into(), &60.into()));
    let units = shell.run("units --json").json();
    assert_eq!(units["units"][0]["pieces"], 40);
    let pass = r#"{"value":"pass"}"#;
    let work = ["OP-2001", "BW0002", "ST-1", pass, "GR-1"];
    shell.pipe("PRESS-2", &work);
    let scale = shell.pipe("GATE-1", &["OP-2001", "BW0002", r#"{"value":"1.1"}"#, pass]);
    assert_eq!(scale[3]["did"], "unit-completed", "{scale:?}");
    assert_eq!(shell.run("order list --json").json()["orders"][0]["finished"], 20);
    assert_eq!(shell.run("show BW0002 --json").json()["complete"], true);
    let page = shell.run("show BW0002").done();
    assert!(page.contains("Pieces    20 (began with 20)"), "{page}");
}

#[test]
fn a_batch_is_moved_only_as_it_may_be() {
    let shell = shell();
    shell.pipe("PRESS-1", &["OP-2001", "BW0001", r#"{"value":"40"}"#]);
    for (line, code) in [
        ("batch split BW0001 --quantity 40 --into BW0002 --by OP-1001", "too-many"),
        ("batch split BW0009 --quantity 1 --into BW0002 --by OP-1001", "unknown-unit"),
        ("batch split BW0001 --quantity 1 --into V0002 --by OP-1001", "wrong-identifier"),
        ("batch merge BW0009 --into BW0001 --by OP-1001", "unknown-unit"),
        ("batch split BW0001 --quantity 1 --into BW0002 --by OP-9", "unknown-badge"),
    ] {
        let (what, _) = shell.run(line).failed(1);
        assert!(what.contains(&format!("refused ({code})")), "{line}: {what}");
    }
    let (what, _) = shell.run("batch split BW0001 --quantity -1 --into BW0002 --by OP-1001").failed(2);
    assert!(what.contains("-1"), "{what}");
}
