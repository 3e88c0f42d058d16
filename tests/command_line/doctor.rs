//! The doctor: what it finds, how it says so, and that it changes nothing.

use std::fs;

use crate::support::shell::Shell;

/// No machine has a scanner of this number.
const SCANNERS: &str = r#"
[station.TEST-1]
class = "test"

[scanner.bench-left]
vendor = "0c2e"
product = "0b6a"
serial = "no such number"
"#;

fn configured() -> Shell {
    let shell = Shell::new();
    fs::write(shell.home.path().join("traveller.toml"), SCANNERS).unwrap();
    shell
}

#[test]
fn every_check_is_told_and_what_is_wrong_with_what_to_do() {
    let shell = configured();
    let answer = shell.run("doctor");
    assert_eq!(answer.code, 1, "{answer:?}");
    assert!(answer.out.contains("ok  settings  traveller.toml; stations: 1; scanners: 1\n"), "{answer:?}");
    assert!(answer.out.contains("--  ledger    there is no ledger at "), "{answer:?}");
    assert!(answer.out.contains("\n              name the right one with --ledger"), "{answer:?}");
    let checks = shell.run("doctor --json").json();
    let subjects: Vec<_> =
        checks["checks"].as_array().unwrap().iter().map(|c| c["subject"].as_str().unwrap()).collect();
    assert_eq!(subjects, ["settings", "ledger", "clock", "disk", "scanners", "replica"]);
    assert_eq!(checks["checks"][1]["ok"], false);
    assert_eq!(fs::read_dir(shell.home.path()).unwrap().count(), 1, "nothing was made");
}

#[test]
fn a_ledger_at_work_is_told_with_its_head() {
    let shell = Shell::at_work();
    let checks = shell.run("doctor --json").json();
    let ledger = &checks["checks"][1];
    assert_eq!(ledger["ok"], true);
    assert!(ledger["what"].as_str().unwrap().starts_with("terminal T1, "), "{ledger}");
    assert!(ledger.get("do").is_none());
}

#[test]
fn a_scanner_that_is_not_there_is_missed() {
    let shell = configured();
    let answer = shell.run("doctor scanners --json");
    assert_eq!(answer.code, 1);
    let survey = answer.json();
    assert_eq!(survey["ok"], false);
    assert_eq!(survey["missing"], serde_json::json!(["bench-left"]));
    let words = shell.run("doctor scanners");
    assert!(words.code == 1 && words.out.contains("bench-left is not there: plug it in"), "{words:?}");
}

#[test]
fn rules_are_made_of_the_configuration_and_of_nothing_else() {
    let rules = configured().run("doctor scanners --udev").done();
    let given: Vec<_> = rules.lines().filter(|line| line.contains("GROUP=")).collect();
    assert_eq!(given.len(), 1, "{rules}");
    assert!(given[0].contains("ATTRS{uniq}==\"no such number\"") && given[0].contains("MODE=\"0660\""), "{rules}");
    let (what, instead) = Shell::new().run("doctor scanners --udev").failed(2);
    assert!(what.contains("names no scanner") && instead.contains("--enrol"), "{what} {instead}");
}

/// What is refused before any device is listened to.
#[test]
fn a_scanner_is_not_enrolled_twice_nor_for_a_station_that_is_not_there() {
    let shell = configured();
    let (what, _) = shell.run("doctor scanners --enrol bench-left").failed(2);
    assert!(what.contains("[scanner.bench-left] is in the configuration already"), "{what}");
    let (what, instead) = shell.run("doctor scanners --enrol bench-right --station PACK-1").failed(2);
    assert!(what.contains("lists no station PACK-1") && instead.contains("TEST-1"), "{what} {instead}");
    shell.run("doctor scanners --station TEST-1").failed(2);
    shell.run("doctor scanners --enrol a --udev").failed(2);
    assert_eq!(fs::read_to_string(shell.home.path().join("traveller.toml")).unwrap(), SCANNERS);
}
