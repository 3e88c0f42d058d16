//! What is listed, in JSON as scripts rely on it.

use crate::support::shell::{Shell, VALVE};

/// The keys of an object, in its order.
fn keys(object: &serde_json::Value) -> Vec<&str> {
    object.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn routes_are_checked_released_shown_and_withdrawn() {
    let shell = Shell::at_work();
    let text = std::fs::read_to_string(VALVE).unwrap();
    let shown = shell.run("route show valve --json").json();
    assert_eq!(shown["text"], text.as_str(), "exactly as released");
    shell.run(&format!("route release {VALVE} --by OP-1001")).done();

    let changed = shell.home.path().join("changed.toml");
    std::fs::write(&changed, text.replace("title = \"Torque\"", "title = \"Turn\"")).unwrap();
    let refused = shell.run("route release changed.toml --by OP-1001");
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("refused (route-changed)"), "{}", refused.err);
    let line = 1 + text.lines().position(|l| l.contains("Torque")).unwrap();
    let difference = format!("- {line:>4} title = \"Torque\"\n+ {line:>4} title = \"Turn\"\n");
    assert!(refused.err.ends_with(&difference), "{}", refused.err);

    std::fs::write(&changed, text.replace("route = \"valve\"", "route = \"other\"")).unwrap();
    let clash = shell.run("route release changed.toml --by OP-1001");
    assert_eq!(clash.code, 1);
    assert!(clash.out.starts_with("changed.toml:") && clash.out.contains("`valve`"), "{}", clash.out);

    shell.run("route withdraw valve --revision A --reason old --by OP-1001").done();
    let routes = shell.run("route list --json").json();
    assert_eq!(routes["routes"][0]["withdrawn"], true);
    shell.run("route show valve").failed(1);
    shell.run("route show valve --revision A").done();
}

#[test]
fn findings_say_file_line_column_and_what_to_write() {
    let shell = Shell::new();
    let text = std::fs::read_to_string(VALVE).unwrap();
    std::fs::write(shell.home.path().join("bad.toml"), text.replace("station = \"kit\"", "statoin = \"kit\"")).unwrap();
    let line = 1 + text.lines().position(|l| l == "station = \"kit\"").unwrap();
    let checked = shell.run("route check bad.toml");
    assert_eq!(checked.code, 1);
    let begins = format!("bad.toml:{line}:1: ");
    assert!(checked.out.lines().any(|l| l.starts_with(&begins) && l.contains("; write `station`")), "{}", checked.out);
    let checked = shell.run("route check bad.toml --json");
    assert_eq!(checked.code, 1);
    let answer = checked.json();
    assert_eq!(answer["sound"], false);
    assert_eq!((&answer["findings"][0]["file"], &answer["findings"][0]["line"]), (&"bad.toml".into(), &line.into()));
    assert_eq!(shell.run(&format!("route check {VALVE}")).code, 0);
    shell.run("route check nowhere.toml").failed(2);
    assert!(!shell.ledger().exists());
}

#[test]
fn lots_are_held_by_anybody_and_counted() {
    let shell = Shell::at_work();
    shell.make("V000001", "B0001");
    shell.run("hold --lot L-1 --reason stain --by OP-1001").done();
    let lots = shell.run("lot list --json").json();
    assert_eq!((&lots["lots"][0]["left"], &lots["lots"][0]["standing"]), (&"98".into(), &"held".into()));
    shell.run("hold --release --lot L-1 --reason clean --by OP-1001").done();
    let warned = shell.run("lot receive L-2 --part SEAL --quantity 1 --expires 2020-01-01 --by OP-1001");
    assert_eq!(warned.code, 0);
    assert!(warned.err.starts_with("note: lot L-2 expired on 2020-01-01"), "{}", warned.err);
}

#[test]
fn every_unit_of_a_hold_is_tried() {
    let shell = Shell::at_work();
    shell.make("V000001", "B0001");
    shell.pipe("KIT-1", &["OP-2001", "V000002", "V000002", "B0002", "L-1"]);
    shell.pipe("KIT-1", &["OP-2001", "V000003", "V000003", "B0003", "L-1"]);
    let held = shell.run("hold V000009 V000002 V000003 --reason stop --by OP-1001 --json");
    assert_eq!(held.code, 1, "{held:?}");
    let did: Vec<serde_json::Value> = held.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!((did.len(), &did[0]["code"], &did[2]["did"]), (3, &"unknown-unit".into(), &"unit-held".into()));
    let units = shell.run("units --state held --json").json();
    assert_eq!(units["units"].as_array().unwrap().len(), 2);
    shell.run("hold --release V000002 --reason fine --by OP-1001").done();
    let units = shell.run("units --route valve --station bench --json").json();
    let states: Vec<_> = units["units"].as_array().unwrap().iter().map(|u| u["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["in-process", "held"]);
}

#[test]
fn refusals_and_events_are_listed_from_a_moment_on() {
    let shell = Shell::at_work();
    shell.pipe("TEST-1", &["OP-2001", "NOTHING", r#"{"command":"pass"}"#]);
    let refusals = shell.run("refusals --json").json();
    let codes: Vec<_> = refusals["refusals"].as_array().unwrap().iter().map(|r| r["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["unknown-label", "nothing-open"]);
    assert_eq!(refusals["refusals"][1]["station"], "TEST-1");
    let none = shell.run("refusals --since 2999-01-01 --json").json();
    assert_eq!(none["refusals"].as_array().unwrap().len(), 0);

    let all = shell.run("events --json").done();
    let seqs: Vec<_> =
        all.lines().map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap()["seq"].clone()).collect();
    let dense: Vec<_> = (1..=seqs.len()).map(serde_json::Value::from).collect();
    assert_eq!(seqs, dense);
    assert_eq!(shell.run("events --since 2999-01-01").done(), "");
    shell.run("events --unit V000001").failed(1);
}

#[test]
fn the_record_of_a_unit_answers_as_the_contract_says() {
    let shell = Shell::at_work();
    shell.make("V000001", "B0001");
    let traced = shell.run("trace V000001 --json").json();
    let body = &traced["made_of"][0];
    assert_eq!((&traced["unit"], &body["serial"], &body["step"]), (&"V000001".into(), &"B0001".into(), &"10".into()));
    let of = shell.run("where-used L-1 --json").json();
    assert_eq!(
        of.to_string(),
        r#"{"of":"L-1","total":1,"units":[{"shipment":null,"state":"dispatched","unit":"V000001","via":[]}]}"#
    );
    let verified = shell.run("verify --json").json();
    assert_eq!((&verified["ok"], &verified["ledgers"][0]["terminal"]), (&true.into(), &"T1".into()));
    let replayed = shell.run("replay --all --json").json();
    assert_eq!(keys(&replayed), ["decisions", "different", "same"]);
    assert_eq!(replayed["decisions"], replayed["same"]);
    let units = shell.run("units --json").done();
    shell.run("rebuild").done();
    assert_eq!(shell.run("units --json").done(), units, "the tables follow from the events");
}
