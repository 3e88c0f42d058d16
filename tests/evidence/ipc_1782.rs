//! IPC-1782, by what secondary sources say of its levels of material and process.

use serde_json::Value;

use crate::gaps::planted::Week;
use crate::support::shell::{LEAD_PIN, Shell};

#[test]
fn material_is_known_of_each_unit_with_when_who_and_how_it_was_captured() {
    let shell = Shell::at_work();
    shell.make("V000001", "B0001");
    let made_of = shell.run("trace V000001 --json").json();
    for piece in made_of["made_of"].as_array().unwrap() {
        assert!(piece["part"].is_string() && piece["quantity"].as_u64() > Some(0), "{piece}");
        assert!(piece["lot"].is_string() != piece["serial"].is_string(), "{piece}");
        assert!(piece["at"].is_string() && piece["by"] == "OP-2001" && piece["step"] == "10", "{piece}");
    }
    let shown = shell.run("show V000001 --json").json();
    let materials = shown["steps"][0]["attempts"][0]["materials"].as_array().unwrap();
    assert!(materials.iter().all(|piece| piece["how"] == "scanned"), "{materials:?}");
    let received = shell.run("lot list --json").done();
    assert!(received.contains("\"L-1\"") && received.contains("\"SEAL\""), "{received}");
}

#[test]
fn each_result_is_on_record_with_its_value_and_not_as_a_verdict_alone() {
    let shell = Shell::at_work();
    shell.make("V000001", "B0001");
    let shown = shell.run("show V000001 --json").json();
    let torque: Vec<&Value> = shown["steps"][1]["attempts"][0]["checks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|check| check["id"] == "torque")
        .collect();
    let values: Vec<_> = torque.iter().map(|check| (check["point"].as_str(), check["value"].as_str())).collect();
    assert_eq!(values, [(Some("A"), Some("2.21")), (Some("B"), Some("2.20"))]);
    assert!(torque.iter().all(|check| check["verdict"] == "pass" && check["how"].is_string()));
}

#[test]
fn what_was_typed_is_told_from_what_was_captured() {
    let review = Week::new().shell.run("review pc200 --json").json();
    let checks = review["checks"].as_array().unwrap();
    let sum = |key: &str| checks.iter().filter_map(|check| check[key].as_u64()).sum::<u64>();
    assert!(sum("seen") > sum("typed") && sum("typed") > 0, "{checks:?}");
}

#[test]
fn exceptions_and_rework_are_records_of_their_own() {
    let shell = Shell::at_work();
    shell.pipe("KIT-1", &["OP-2001", "V000001", "V000001", "B0001", "L-1"]);
    shell.pipe("BENCH-1", &["OP-2001", "V000001", r#"{"command":"fail","reason":"scratched"}"#]);
    let sign = format!(r#""sign":{{"badge":"OP-1001","pin":"{LEAD_PIN}"}}"#);
    let rework = format!(r#"{{"disposition":"rework","unit":"V000001","reason":"scratched",{sign}}}"#);
    let answers = shell.pipe("BENCH-1", &["OP-2001", "V000001", &rework]);
    assert_eq!((&answers[1]["code"], &answers[2]["did"]), (&"nonconforming".into(), &"disposed".into()), "{answers:?}");
    let shown = shell.run("show V000001 --json").json();
    assert_eq!((&shown["rework"][0]["to"], &shown["rework"][0]["by"]), (&"20".into(), &"OP-1001".into()));
    let refused = shell.run("refusals --json").done();
    assert!(refused.contains("nonconforming") && refused.contains("OP-2001"), "{refused}");
}

/// A report within 48 hours: here it is a command.
#[test]
fn a_report_of_all_units_of_a_lot_is_one_command() {
    let shell = Shell::at_work();
    shell.make("V000001", "B0001");
    shell.make("V000002", "B0002");
    let report = shell.run("export --lot L-1 --format json").done();
    let of = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
    let told: Vec<_> = report.lines().map(of).map(|record| (record["lot"].clone(), record["unit"].clone())).collect();
    let unit = |unit: &str| (serde_json::Value::Null, unit.into());
    assert_eq!(told, [("L-1".into(), serde_json::Value::Null), unit("V000001"), unit("V000002")], "the lot, then each");
    let page = shell.run("export --lot L-1 --format html").done();
    assert!(page.contains("Lot L-1") && page.contains("Unit V000001") && page.contains("Unit V000002"));
}
