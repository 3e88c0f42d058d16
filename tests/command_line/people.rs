//! Badges and PINs, from a shell.

use std::process::Stdio;
use std::time::Duration;

use crate::support::shell::{LEAD_PIN, OPERATOR_PIN, Shell};

const LEAD: &str = "operator enrol --badge OP-1001 --name Lead --role lead";
const OPERATOR: &str = "operator enrol --badge OP-2001 --name Operator --role operator --by OP-1001";

fn pins(shell: &Shell) -> serde_json::Map<String, serde_json::Value> {
    let file = shell.home.path().join("ledger.db.pins");
    serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

#[test]
fn a_ledger_begins_with_a_lead() {
    let shell = Shell::new();
    let (what, _) = shell.run(OPERATOR).failed(2);
    assert!(what.contains("there is no ledger"), "only the first person makes one: {what}");
    let (what, _) = shell.run("operator enrol --badge OP-1001 --name Lead --role operator").failed(1);
    assert!(what.contains("refused (role)"), "{what}");
    assert!(pins(&shell).is_empty(), "the PIN of a refused person is taken back");
    shell.run(LEAD).done();
    let (what, _) = shell.run("operator enrol --badge OP-1002 --name Second --role lead").failed(1);
    assert!(what.contains("refused (role)"), "the second one needs --by: {what}");
    assert_eq!(pins(&shell).len(), 1);
}

#[test]
fn a_pin_is_looked_at_and_never_shown() {
    let shell = Shell::new();
    shell.run(LEAD).done();
    let (what, _) = shell.run_with(OPERATOR, "TRAVELLER_PIN", "482914").failed(1);
    assert!(what.contains("refused (wrong-pin)"), "{what}");
    let (what, _) = shell.run_with(OPERATOR, "TRAVELLER_NEW_PIN", "123456").failed(2);
    assert!(what.contains("not a run of digits"), "{what}");
    let right = shell.run(&format!("{OPERATOR} --json"));
    let (json, said) = (right.out.clone(), right.err.clone());
    assert_eq!(right.json()["did"], "enrolled");
    for pin in [LEAD_PIN, OPERATOR_PIN] {
        assert!(!json.contains(pin) && !said.contains(pin));
        for file in std::fs::read_dir(shell.home.path()).unwrap() {
            let path = file.unwrap().path();
            let bytes = std::fs::read(&path).unwrap();
            assert!(!bytes.windows(pin.len()).any(|w| w == pin.as_bytes()), "{}", path.display());
        }
    }
}

#[test]
fn a_person_changes_a_pin_and_a_lead_takes_the_badge_back() {
    let shell = Shell::at_work();
    let own = "operator pin OP-2001";
    let (what, _) = shell.run(own).failed(1);
    assert!(what.contains("wrong-pin"), "the lead's PIN is not the operator's: {what}");
    let changed = shell.command(own).env("TRAVELLER_PIN", OPERATOR_PIN).env("TRAVELLER_NEW_PIN", "936027").output();
    assert!(changed.unwrap().status.success());
    let receive = "lot receive L-2 --part SEAL --quantity 1 --by OP-2001";
    shell.run_with(receive, "TRAVELLER_PIN", OPERATOR_PIN).failed(1);
    shell.run_with(receive, "TRAVELLER_PIN", "936027").done();

    shell.run("operator revoke OP-2001 --reason left --by OP-1001").done();
    let again = "lot receive L-3 --part SEAL --quantity 1 --by OP-2001";
    let (what, _) = shell.run_with(again, "TRAVELLER_PIN", "936027").failed(1);
    assert!(what.contains("unknown-badge"), "{what}");
    let (what, _) = shell.run("operator revoke OP-1001 --reason left --by OP-1001").failed(1);
    assert!(what.contains("refused"), "the last lead stays: {what}");
    let people = shell.run("operator list --json").json();
    let revoked: Vec<_> = people["operators"].as_array().unwrap().iter().map(|p| &p["revoked"]).collect();
    assert_eq!(revoked, [false, true, false]);
}

#[test]
fn wrong_pins_lock_a_badge_across_processes() {
    let shell = Shell::at_work();
    let hold = "lot hold L-1 --reason stop --by OP-2001";
    for _ in 0..5 {
        let (what, _) = shell.run_with(hold, "TRAVELLER_PIN", "000001").failed(1);
        assert!(what.contains("wrong-pin"), "{what}");
    }
    let (what, _) = shell.run_with(hold, "TRAVELLER_PIN", OPERATOR_PIN).failed(1);
    assert!(what.contains("locked-out"), "the right PIN is not looked at: {what}");
}

#[test]
fn a_program_that_is_killed_leaves_every_pin_as_it_was() {
    let shell = Shell::new();
    shell.run(LEAD).done();
    // Killed a little later each time, until one came to its end before it was killed.
    let came_to_its_end = (1..=500).any(|n| {
        let line = format!("operator enrol --badge OP-2{n:03} --name Operator --role operator --by OP-1001");
        let mut enrol = shell.command(&line).stdout(Stdio::null()).spawn().unwrap();
        let (_silent, nothing) = std::sync::mpsc::channel::<()>();
        nothing.recv_timeout(Duration::from_millis(8 * n)).unwrap_err();
        enrol.kill().unwrap();
        let ended = enrol.wait().unwrap();
        pins(&shell);
        ended.success()
    });
    assert!(came_to_its_end);
    let enrolled = shell.run("operator list --json").json()["operators"].as_array().unwrap().len();
    assert!(pins(&shell).len() >= enrolled, "whoever is enrolled has a PIN");
    shell.run("lot receive L-1 --part SEAL --quantity 1 --by OP-1001").done();
    shell.run("verify").done();
}

#[test]
fn a_ledger_has_one_pin_file_by_whatever_name_it_is_called() {
    let shell = Shell::new();
    shell.run(LEAD).done();
    let link = shell.home.path().join("link.db");
    std::os::unix::fs::symlink(shell.ledger(), &link).unwrap();
    shell.run_with(OPERATOR, "TRAVELLER_LEDGER", link.to_str().unwrap()).done();
    assert_eq!(pins(&shell).len(), 2);
    assert!(!shell.home.path().join("link.db.pins").exists());
}

#[test]
fn a_person_is_qualified_for_what_was_named_and_keeps_the_rest() {
    let shell = Shell::at_work();
    let held = || {
        let people = shell.run("operator list --json").json();
        let of = |q: &serde_json::Value| {
            let learns = if q["supervised"] == true { "learns " } else { "" };
            format!("{learns}{} {}", q["name"].as_str().unwrap(), q["until"].as_str().unwrap())
        };
        people["operators"][1]["qualifications"].as_array().unwrap().iter().map(of).collect::<Vec<_>>()
    };
    let qualify = |rest: &str| shell.run(&format!("operator qualify OP-2001 {rest} --by OP-1001"));
    qualify("--qualify esd=2030-01-01 --trainee torque-m4=2029-01-01").done();
    assert_eq!(held(), ["esd 2030-01-01", "learns torque-m4 2029-01-01"]);
    assert_eq!(qualify("--qualify torque-m4=2031-01-01 --json").json()["did"], "qualified");
    assert_eq!(held(), ["esd 2030-01-01", "torque-m4 2031-01-01"]);
    let past = qualify("--drop esd --qualify glue=2020-01-01");
    assert!(past.code == 0 && past.err.contains("the qualification glue ended on 2020-01-01"), "{past:?}");
    assert_eq!(held(), ["glue 2020-01-01", "torque-m4 2031-01-01"]);
    let page = shell.run("operator list").done();
    assert!(page.contains("glue to 2020-01-01, torque-m4 to 2031-01-01"), "{page}");

    let (what, _) = qualify("--drop esd").failed(1);
    assert!(what.contains("OP-2001 holds no qualification esd"), "{what}");
    qualify("--drop glue --qualify glue=2030-01-01").failed(2);
    let unknown = "operator qualify OP-9 --qualify esd=2030-01-01 --by OP-1001";
    let (what, _) = shell.run(unknown).failed(1);
    assert!(what.contains("refused (unknown-badge)"), "{what}");
    let own = "operator qualify OP-2001 --qualify esd=2030-01-01 --by OP-2001";
    let (what, _) = shell.run_with(own, "TRAVELLER_PIN", OPERATOR_PIN).failed(1);
    assert!(what.contains("refused (role)"), "{what}");
    shell.run("operator revoke OP-2001 --reason left --by OP-1001").done();
    let (what, _) = qualify("--qualify esd=2030-01-01").failed(1);
    assert!(what.contains("refused (unknown-badge)"), "{what}");
    assert_eq!(held(), ["glue 2020-01-01", "torque-m4 2031-01-01"]);

    let enrol = "operator enrol --badge OP-2002 --name Two --role operator --trainee esd=2030-01-01 --by OP-1001";
    shell.run(enrol).done();
    let people = shell.run("operator list --json").json();
    assert_eq!(people["operators"][2]["qualifications"][0]["supervised"], true);
}
