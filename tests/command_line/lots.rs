//! Lots: received, inspected, opened, and listed in the order of their use.

use serde_json::Value;

use super::pump;
use crate::support::shell::{OPERATOR_PIN, Shell};

fn lots(shell: &Shell, line: &str) -> Vec<Value> {
    shell.run(line).json()["lots"].as_array().unwrap().clone()
}

#[test]
fn a_quantity_that_no_lot_has_is_refused_and_on_record() {
    let shell = Shell::at_work();
    for quantity in ["0", "-5", "1000000000000"] {
        let line = format!("lot receive L-9 --part SEAL --quantity {quantity} --by OP-1001");
        let (what, _) = shell.run(&line).failed(1);
        assert!(what.contains("refused (bad-input)"), "{quantity}: {what}");
    }
    let told = shell.run("refusals --json").json();
    assert_eq!(told["refusals"].as_array().unwrap().len(), 3);
    assert_eq!(lots(&shell, "lot list --json").len(), 1);
}

#[test]
fn a_lot_waits_for_its_inspection() {
    let shell = Shell::at_work();
    shell.run("lot receive L-2 --part SEAL --quantity 5 --quarantine --by OP-1001").done();
    let of = |what: &str| lots(&shell, "lot list --json")[1][what].clone();
    assert_eq!((of("standing"), of("inspected"), of("usable")), ("quarantined".into(), Value::Null, false.into()));
    let inspect = "lot inspect L-2 --reason measured --by OP-3001";
    let by_inspector = |line: &str| shell.run_with(line, "TRAVELLER_PIN", OPERATOR_PIN);
    by_inspector(&format!("{inspect} --passed")).done();
    assert_eq!((of("standing"), of("inspected")), ("free".into(), true.into()));
    by_inspector(&format!("{inspect} --failed")).done();
    assert_eq!((of("standing"), of("inspected")), ("held".into(), false.into()));
    by_inspector(inspect).failed(2);
    by_inspector(&format!("{inspect} --passed --failed")).failed(2);
    let (what, _) = shell.run("lot inspect L-2 --passed --reason measured --by OP-1001").failed(1);
    assert!(what.contains("refused (role)"), "{what}");
    let (what, _) = by_inspector("lot inspect L-9 --passed --reason measured --by OP-3001").failed(1);
    assert!(what.contains("refused (unknown-lot)"), "{what}");
}

#[test]
fn a_lot_is_opened_and_sealed_again() {
    let shell = Shell::at_work();
    let open_since = || lots(&shell, "lot list --json")[0]["open_since"].clone();
    shell.run("lot open L-1 --reason use --by OP-1001").done();
    assert!(open_since().is_string());
    let (what, _) = shell.run("lot open L-1 --reason use --by OP-1001").failed(1);
    assert!(what.contains("refused (already-recorded)"), "{what}");
    shell.run("lot seal L-1 --reason rest --by OP-1001").done();
    assert!(open_since().is_null());
}

#[test]
fn the_board_tells_until_when_an_open_lot_may_be_used() {
    let shell = Shell::at_work();
    let route = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scenarios/routes/frame.toml");
    shell.run(&format!("route release {route} --by OP-1001")).done();
    shell.run("lot receive P-1 --part PASTE --quantity 40 --by OP-1001").done();
    shell.run("lot receive P-2 --part PASTE --quantity 40 --by OP-1001").done();
    shell.run("lot open P-1 --reason use --by OP-1001").done();
    let ends = || -> Vec<Value> {
        let board = shell.run("board --json").json();
        let all = board["expiring"].as_array().unwrap().iter();
        all.filter(|line| line["what"] == "floor").cloned().collect()
    };
    let told = ends();
    assert_eq!((told.len(), &told[0]["name"], &told[0]["over"]), (1, &"P-1".into(), &false.into()));
    let micros = |at: &Value| at.as_str().unwrap().parse::<jiff::Timestamp>().unwrap().as_microsecond();
    let all = lots(&shell, "lot list --part PASTE --json");
    let opened = all.iter().find(|lot| lot["lot"] == "P-1").unwrap();
    assert_eq!(micros(&told[0]["until"]) - micros(&opened["open_since"]), 60 * 60_000_000, "an hour, by its route");
    assert!(shell.run("board --once").done().contains("open lot"));
    let later = "board --json --at 2099-01-01";
    let line = shell.run(later).json()["expiring"].as_array().unwrap().iter().find(|l| l["name"] == "P-1").cloned();
    assert_eq!(line.unwrap()["over"], true);
    shell.run("lot seal P-1 --reason rest --by OP-1001").done();
    assert!(ends().is_empty());
}

#[test]
fn of_one_part_the_lot_to_use_first_comes_first() {
    let shell = Shell::at_work();
    for (lot, rest) in [
        ("L-2", "--expires 2099-05-01 --supplier Acme"),
        ("L-3", "--expires 2099-04-01"),
        ("L-4", "--expires 2020-01-01"),
        ("L-5", "--expires 2099-01-01 --quarantine"),
    ] {
        shell.run(&format!("lot receive {lot} --part SEAL --quantity 5 {rest} --by OP-1001"));
    }
    shell.run("lot receive C-1 --part CLIP --quantity 5 --by OP-1001").done();
    let order: Vec<_> = lots(&shell, "lot list --part SEAL --json")
        .iter()
        .map(|l| (l["lot"].as_str().unwrap().to_owned(), l["usable"].as_bool().unwrap()))
        .collect();
    let expected = [("L-3", true), ("L-2", true), ("L-1", true), ("L-4", false), ("L-5", false)];
    assert_eq!(order, expected.map(|(lot, usable)| (lot.to_owned(), usable)));
    let page = shell.run("lot list --part SEAL").done();
    assert!(page.lines().nth(1).unwrap().starts_with("L-3 ") && page.contains("Acme"), "{page}");
    assert_eq!(lots(&shell, "lot list --json").len(), 6);
}

#[test]
fn a_receiving_station_takes_lots_in_over_the_pipe() {
    let shell = Shell::at_work();
    let receive = |rest: &str| format!(r#"{{"receive":{{"lot":"L-7","part":"SEAL","quantity":"40"{rest}}}}}"#);
    let nobody = shell.pipe("IN-1", &[&receive("")]);
    assert_eq!(nobody[0]["code"], "bad-input");
    let answers = shell.pipe("IN-1", &["OP-2001", &receive(r#","quantity":"0""#), &receive(r#","quarantine":true"#)]);
    assert_eq!((&answers[1]["code"], &answers[2]["did"]), (&"bad-input".into(), &"lot-received".into()));
    let lot = &lots(&shell, "lot list --json")[1];
    assert_eq!((&lot["lot"], &lot["standing"], &lot["left"]), (&"L-7".into(), &"quarantined".into(), &"40".into()));
    let again = shell.pipe("IN-1", &["OP-2001", &receive("")]);
    assert_eq!(again[1]["code"], "duplicate-serial");
}

#[test]
fn what_there_is_to_know_about_a_lot_is_told_and_stops_nothing() {
    let shell = pump::shell();
    for (lot, day) in [("L-2", "2099-01-01"), ("L-3", "2099-04-01")] {
        shell.run(&format!("lot receive {lot} --part SEAL --quantity 5 --expires {day} --by OP-1001")).done();
    }
    let answers = shell.pipe("KIT-1", &["OP-2001", "88120", "P000001", "L-3", "P000002", "L-2"]);
    assert_eq!(answers[3]["did"], "step-passed", "{answers:?}");
    assert_eq!(answers[3]["remarks"].to_string(), r#"[{"earlier-expiry":{"expires":"2099-01-01","lot":"L-2"}}]"#);
    assert_eq!((&answers[5]["did"], &answers[5]["remarks"]), (&"step-passed".into(), &Value::Null));
}
