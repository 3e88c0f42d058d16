//! What is missing is sent, once, and receipted.

use std::fs;
use std::process::Command;

use super::desk::{Desk, files};

#[test]
fn only_what_is_new_is_sent_and_the_bodies_are_the_recorded_ones() {
    let desk = Desk::new();
    let first = desk.head();
    let answer = desk.replicate().json();
    assert_eq!((answer["sent"].as_u64(), answer["already"].as_u64()), (Some(first), Some(0)), "{answer}");
    assert_eq!(answer["heads"][0]["seq"].as_u64(), Some(first));
    assert_eq!(desk.state()["heads"], answer["heads"]);
    assert_eq!((&desk.state()["done"], &desk.state()["failed"]), (&desk.state()["tried"], &serde_json::Value::Null));

    let before = files(&desk.target());
    let again = desk.replicate().json();
    assert_eq!((again["sent"].as_u64(), again["already"].as_u64()), (Some(0), Some(first)), "{again}");
    assert_eq!(files(&desk.target()), before, "twice is nothing");

    desk.work(2001);
    let then = desk.replicate().json();
    assert_eq!((then["sent"].as_u64(), then["already"].as_u64()), (Some(desk.head() - first), Some(first)));
    let bodies: Vec<u8> =
        desk.segments().iter().flat_map(|s| zstd::decode_all(&*fs::read(s).unwrap()).unwrap()).collect();
    assert_eq!(String::from_utf8(bodies).unwrap(), desk.shell.run("events --json").done());
}

#[test]
fn a_hole_in_the_replica_is_filled() {
    let desk = Desk::new();
    desk.replicate().done();
    desk.work(2001);
    desk.replicate().done();
    let before = files(&desk.target());
    fs::remove_file(&desk.segments()[0]).unwrap();
    desk.replicate().done();
    assert_eq!(files(&desk.target()), before);
}

#[test]
fn a_target_that_fails_neither_hides_another_nor_is_hidden() {
    let desk = Desk::new();
    let answer = desk.shell.run("replicate --to nas no/such/place usb --json");
    assert_eq!(answer.code, 3, "{answer:?}");
    let lines: Vec<serde_json::Value> = answer.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let failed: Vec<_> = lines.iter().map(|line| !line["failed"].is_null()).collect();
    assert_eq!(failed, [false, true, false], "{lines:?}");
    assert!(answer.err.contains("no/such/place could not be opened"), "{}", answer.err);
    assert!(!desk.shell.home.path().join("no").exists(), "only the last part of a path is made");
}

#[test]
fn the_configuration_names_targets() {
    let desk = Desk::new();
    let (what, _) = desk.shell.run("replicate").failed(2);
    assert!(what.contains("no target is named"), "{what}");
    fs::write(desk.shell.home.path().join("traveller.toml"), "[replicate]\nto = ['nas']\nstate = 'kept'\n").unwrap();
    desk.shell.run("replicate").done();
    assert!(desk.segments().len() == 1 && desk.shell.home.path().join("kept").is_dir());
    let (what, instead) = desk.shell.run("replicate --to ssh://host").failed(2);
    assert!(what.contains("is no target") && instead.contains("ssh://user@host"), "{what} {instead}");
}

#[test]
fn one_who_may_not_write_the_ledger_can_replicate_it() {
    let desk = Desk::new();
    let home = desk.shell.home.path();
    for file in files(home) {
        Command::new("chmod").arg("a+r").arg(file).status().unwrap();
    }
    Command::new("chmod").arg("755").arg(home).status().unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let place = elsewhere.path().display();
    Command::new("chmod").arg("777").arg(elsewhere.path()).status().unwrap();
    let program = desk.shell.command(&format!("replicate --to {place}/nas --state {place}/state"));
    let mut other = Command::new("setpriv");
    other.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(program.get_program());
    other.args(program.get_args()).env("TRAVELLER_LEDGER", desk.shell.ledger());
    let output = other.output().unwrap();
    if String::from_utf8_lossy(&output.stderr).starts_with("setpriv") {
        println!("SKIPPED: this user may not become another");
        return;
    }
    assert!(output.status.success(), "{output:?}");
    assert!(files(elsewhere.path()).iter().any(|f| f.extension().is_some_and(|e| e == "zst")));
}

#[test]
fn the_doctor_tells_the_age_of_each_target_and_why_one_failed() {
    let desk = Desk::new();
    let config = "[replicate]\nto = ['nas', 'dir:usb']\n";
    std::fs::write(desk.shell.home.path().join("traveller.toml"), config).unwrap();
    let told = || {
        let checks = desk.shell.run("doctor --json").json();
        let all = checks["checks"].as_array().unwrap().clone();
        let replicas = all.into_iter().filter(|check| check["subject"] == "replica");
        replicas.map(|c| (c["ok"].as_bool().unwrap(), c["what"].as_str().unwrap().to_owned())).collect::<Vec<_>>()
    };
    let never = told();
    assert!(never.len() == 2 && never.iter().all(|(ok, what)| !ok && what.contains("never held")), "{never:?}");
    desk.shell.run("replicate").done();
    let fresh = told();
    assert!(fresh.iter().all(|(ok, what)| *ok && what.ends_with(": 0 min old")), "{fresh:?}");
    std::fs::remove_dir_all(desk.shell.home.path().join("usb")).unwrap();
    desk.shell.run("replicate").failed(3);
    let failed = told();
    assert!(failed[0].0 && !failed[1].0 && failed[1].1.contains("it failed: "), "{failed:?}");
}
