//! Who stood by at a load and what it was measured with, wherever somebody looks for it later.

use serde::Deserialize;

use crate::support::act::Act;
use crate::support::floor::Floor;
use crate::support::shell::{Home, Shell};

const DAY: &str = r#"acts = [
    { release = "pot" },
    { give = { register-gauge = { gauge = "TH-1", kind = "thermometer", due = "2027-06-30" } } },
    { give = { qualify = { badge = "OP-1", qualifications = [{ name = "fire", until = "2027-11-22" }] } } },
    { give = { qualify = { badge = "OP-2", qualifications = [
        { name = "fire", until = "2027-11-22", supervised = true }
    ] } } },
    "bench: OP-1", "bench: PT0001", "bench: = pass", "bench: PT0002", "bench: = pass", "bench: PT0003", "bench: = pass",
    "kiln: OP-2", "kiln: PT0001 -> second-person", "kiln: OP-1 -> load-entered",
    "kiln: OP-1 -> signed-on", "kiln: PT0002 -> load-entered", "kiln: TH-1", "kiln: /begin", "kiln: = 920",
    "wait 10 minutes", "kiln: /end -> load-ended",
]"#;

#[derive(Deserialize)]
struct Acts {
    acts: Vec<Act>,
}

#[test]
fn who_stood_by_at_a_load_and_what_it_was_measured_with_is_found_later() {
    let mut floor = Floor::new();
    let acts: Acts = toml::from_str(DAY).unwrap();
    floor.play("a firing", &acts.acts);
    let plant = floor.close();
    let shell = Shell { home: Home::Lasting(plant.dir.path().to_path_buf()) };
    let run = |line: &str| shell.run(&format!("{line} --json")).json();

    let suspects = run("suspects gauge:TH-1 --since 2026-11-23");
    let units: Vec<_> = suspects["units"].as_array().unwrap().iter().map(|line| line["unit"].as_str()).collect();
    assert_eq!(units, [Some("PT0001"), Some("PT0002")], "one was in no load");

    let load = run("load show kiln-1");
    assert_eq!((&load["checks"][0]["value"], &load["checks"][0]["gauge"]), (&"920".into(), &"TH-1".into()));
    assert_eq!((&load["units"][0]["by"], &load["units"][0]["stood_by"]), (&"OP-2".into(), &"OP-1".into()));
    assert!(load["units"][1]["stood_by"].is_null(), "{load}");
    let page = shell.run("load show kiln-1").done();
    assert!(page.contains("heat 920 with TH-1 passed") && page.contains("stood by"), "{page}");

    let fired = |unit: &str| run(&format!("show {unit}"))["steps"][1]["attempts"][0].clone();
    assert_eq!(fired("PT0001")["supervisors"], serde_json::json!(["OP-1"]));
    assert_eq!(fired("PT0001")["checks"][0]["gauge"], "TH-1");
    assert!(fired("PT0002")["supervisors"].is_null());
    let told = shell.run("show PT0001").done();
    assert!(told.contains("OP-1 stood by") && told.contains("gauge TH-1"), "{told}");
}
