//! ISO 9001:2015, 8.5.2.

use std::collections::BTreeSet;

use crate::support::shell::Shell;

#[test]
fn c8_5_2_each_output_has_a_number_of_its_own_that_is_never_used_twice() {
    let shell = Shell::at_work();
    shell.make("V000001", "B0001");
    let answer = shell.pipe("KIT-1", &["OP-2001", "V000001"]).remove(1);
    assert_eq!((&answer["verdict"], &answer["code"]), (&"refused".into(), &"dispatched".into()));
    let answers = shell.pipe("KIT-1", &["OP-2001", "V000002", "V000002", "B0001"]);
    assert_eq!((&answers[3]["verdict"], &answers[3]["code"]), (&"refused".into(), &"already-installed".into()));
    let answer = shell.pipe("KIT-1", &["OP-2001", "W1"]).remove(1);
    assert_eq!(answer["verdict"], "refused", "no number of any product: {answer}");
}

#[test]
fn c8_5_2_the_status_of_each_output_is_told_throughout_production() {
    let shell = Shell::at_work();
    shell.make("V000001", "B0001");
    for (unit, body) in [("V000002", "B0002"), ("V000003", "B0003"), ("V000004", "B0004")] {
        shell.pipe("KIT-1", &["OP-2001", unit, unit, body, "L-1"]);
    }
    shell.run("hold V000003 --reason odd --by OP-1001").done();
    shell.pipe("BENCH-1", &["OP-2001", "V000004", r#"{"command":"fail","reason":"scratched"}"#]);
    let state = |unit: &str| shell.run(&format!("show {unit} --json")).json()["state"].as_str().unwrap().to_owned();
    let states: Vec<_> = (1..=4).map(|n| state(&format!("V00000{n}"))).collect();
    assert_eq!(states, ["dispatched", "in-process", "held", "nonconforming"]);
    let listed = shell.run("units --json").json();
    let listed: BTreeSet<_> = listed["units"].as_array().unwrap().iter().map(|u| u["state"].to_string()).collect();
    assert_eq!(listed.len(), 4);
    let steps = shell.run("show V000002 --json").json()["steps"].clone();
    let steps: Vec<_> =
        steps.as_array().unwrap().iter().map(|step| step["state"].as_str().unwrap().to_owned()).collect();
    assert_eq!(steps, ["passed", "due", "ahead", "ahead"], "against what is measured and watched");
}

#[test]
fn c8_5_2_what_went_in_leads_to_what_came_out_and_back() {
    let shell = Shell::at_work();
    shell.make("V000001", "B0001");
    shell.make("V000002", "B0002");
    let made_of = shell.run("trace V000001 --json").json();
    let pieces: BTreeSet<_> = made_of["made_of"]
        .as_array()
        .unwrap()
        .iter()
        .map(|piece| piece["lot"].as_str().or(piece["serial"].as_str()).unwrap().to_owned())
        .collect();
    assert_eq!(pieces, BTreeSet::from(["B0001".to_owned(), "L-1".to_owned()]));
    let users = |of: &str| {
        let used = shell.run(&format!("where-used {of} --json")).json();
        used["units"].as_array().unwrap().iter().map(|u| u["unit"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(users("L-1"), ["V000001", "V000002"]);
    assert_eq!(users("B0002"), ["V000002"]);
}
