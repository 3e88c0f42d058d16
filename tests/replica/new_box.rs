//! The box died, here is a new box: what a terminal replicated becomes a terminal again, and the old one stays away.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::absorbing::{Floor, sent};
use super::desk::files;
use super::traced;
use crate::support::shell::{Answer, LEAD_PIN, OPERATOR_PIN, Shell, VALVE};

/// A terminal at work, with one unit that is done and one that has begun.
pub(super) fn at_work(floor: &Floor) -> Shell {
    let shell = floor.terminal("T1");
    shell.run("operator enrol --badge OP-1001 --name Lead --role lead --terminal T1").done();
    for (badge, role) in [("OP-2001", "operator"), ("OP-3001", "inspector")] {
        shell.run(&format!("operator enrol --badge {badge} --name {role} --role {role} --by OP-1001")).done();
    }
    shell.run(&format!("route release {VALVE} --by OP-1001")).done();
    shell.run("lot receive L-1 --part SEAL --quantity 100 --by OP-1001").done();
    shell.make("V000001", "B0001");
    shell.pipe("KIT-1", &["OP-2001", "V000002", "V000002", "B0002", "L-1"]);
    sent(&shell);
    shell
}

/// The files of a device, elsewhere.
pub(super) fn image(of: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for file in files(of).into_iter().filter(|file| file.parent() == Some(of)) {
        fs::copy(&file, to.join(file.file_name().unwrap())).unwrap();
    }
}

pub(super) fn restore(shell: &Shell) -> Answer {
    shell.run("restore --from ../nas --terminal T1 --json")
}

/// Everybody is told of the recovered PIN, until somebody else who may says that it was right.
fn a_second_lead_confirms(shell: &Shell) {
    let told = || {
        let doctor = shell.run("doctor");
        let board = shell.run("board --once").done().contains("recovered: a second lead");
        (doctor.out.contains("the PIN of OP-1001 was recovered"), shell.run("verify").done().contains("OP-1001"), board)
    };
    assert_eq!(told(), (true, true, true));
    let confirm = |by: &str, pin: &str| {
        let answer = shell.run_with(&format!("operator confirm OP-1001 --by {by} --json"), "TRAVELLER_PIN", pin);
        let verdict: Value = serde_json::from_str(&answer.out).unwrap();
        verdict["code"].as_str().or(verdict["did"].as_str()).unwrap().to_owned()
    };
    assert_eq!(confirm("OP-1001", LEAD_PIN), "second-person");
    assert_eq!(confirm("OP-2001", OPERATOR_PIN), "role");
    shell.run("operator enrol --badge OP-1002 --name Second --role lead --by OP-1001").done();
    assert_eq!(confirm("OP-1002", OPERATOR_PIN), "pin-confirmed");
    assert_eq!(confirm("OP-1002", OPERATOR_PIN), "already-recorded");
    assert_eq!(told(), (false, false, false));
}

#[test]
fn the_box_died_here_is_a_new_box() {
    let floor = Floor::new();
    let old = at_work(&floor);
    let sent_events = old.run("verify --json").json()["ledgers"][0]["events"].as_u64().unwrap();
    image(&floor.path("T1"), &floor.path("image"));
    old.run("operator enrol --badge OP-2002 --name Late --role operator --by OP-1001").done();
    fs::remove_dir_all(floor.path("T1")).unwrap();

    // The replica becomes a terminal. What was never sent is lost, and the newest event says since when.
    let new = floor.terminal("new");
    let restored = restore(&new).json();
    assert_eq!((restored["sent"].as_u64(), restored["after"][2].as_u64()), (Some(sent_events), Some(sent_events)));
    assert!(restored["newest_event"].is_string() && restored["lost"].is_null(), "{restored}");
    new.run("verify").done();
    let people = new.run("operator list --json").done();
    assert!(people.contains("OP-3001") && !people.contains("OP-2002"), "{people}");

    // Nobody has a PIN: a lead gets one from whoever owns the ledger, once; the others get theirs from the lead.
    let refused = new.run("hold V000002 --reason x --by OP-1001");
    assert!(refused.code == 1 && refused.err.contains("nobody has one since the restore"), "{refused:?}");
    assert!(refused.err.contains("operator pin --recover"), "{refused:?}");
    let (what, _) = new.run_with("operator pin OP-2001 --recover", "TRAVELLER_NEW_PIN", OPERATOR_PIN).failed(1);
    assert!(what.contains("OP-2001"), "only a lead: {what}");
    new.run_with("operator pin OP-1001 --recover", "TRAVELLER_NEW_PIN", LEAD_PIN).done();
    let (what, _) = new.run_with("operator pin OP-1001 --recover", "TRAVELLER_NEW_PIN", "271828").failed(1);
    assert!(what.contains("has a PIN, and is a lead"), "{what}");
    for badge in ["OP-2001", "OP-3001"] {
        new.run(&format!("operator pin {badge} --by OP-1001")).done();
    }
    a_second_lead_confirms(&new);
    let events = new.run("events --json").done();
    assert!(events.contains("recovered by the user") && events.contains("restored by the user"), "{events}");

    // The unit goes on where it stood, and everything still fits.
    new.finish("V000002");
    let shown: Value = serde_json::from_str(&new.run("show V000002 --json").done()).unwrap();
    assert_eq!((&shown["state"], &shown["complete"]), (&Value::from("dispatched"), &Value::from(true)), "{shown}");
    for line in ["verify", "replay --all", "rebuild", "verify", "trace V000002", "show V000001"] {
        new.run(line).done();
    }
    sent(&new);
    let absorbed = floor.absorb("nas");
    assert_eq!(absorbed.code, 0, "one life after the other is no conflict: {absorbed:?}");
    assert_eq!(absorbed.json()["heads"].as_array().unwrap().len(), 2);
    floor.plant("verify").done();
    let shown: Value = serde_json::from_str(&floor.plant("show V000002 --json").done()).unwrap();
    assert_eq!((&shown["state"], &shown["gaps"]), (&Value::from("dispatched"), &Value::Array(Vec::new())), "{shown}");
}

#[test]
fn an_old_image_that_is_brought_back_is_found_and_stopped() {
    let floor = Floor::new();
    at_work(&floor);
    image(&floor.path("T1"), &floor.path("image"));
    let new = floor.terminal("new");
    restore(&new).json();
    sent(&new);
    let old = Shell::at(floor.path("image").to_str().unwrap());
    old.run("operator enrol --badge OP-2009 --name Ghost --role operator --by OP-1001").done();
    let before = files(&floor.path("nas"));
    let answer = old.run("replicate --to ../nas --json");
    assert_eq!(answer.code, 1, "{answer:?}");
    let diverged = answer.json()["divergence"][0]["what"].as_str().unwrap().to_owned();
    assert!(diverged.contains("was replaced") && diverged.contains("not to be worked on"), "{diverged}");
    assert_eq!(files(&floor.path("nas")), before, "nothing of it is sent");
    for line in [
        "operator enrol --badge OP-2010 --name Ghost --role operator --by OP-1001",
        "pipe --station KIT-1",
        "lot receive L-9 --part SEAL --quantity 1 --by OP-1001",
    ] {
        let (what, instead) = old.run(line).failed(3);
        assert!(what.contains("was replaced") && instead.contains("work on that one"), "{what} {instead}");
    }
    old.run("show V000001").done();
    // The receipts may be carried over to the new box: what they say of the old one stops that one alone.
    let kept = "ledger.db.state/superseded.json";
    fs::create_dir_all(floor.path("new").join("ledger.db.state")).unwrap();
    fs::copy(floor.path("image").join(kept), floor.path("new").join(kept)).unwrap();
    new.run_with("operator pin OP-1001 --recover", "TRAVELLER_NEW_PIN", LEAD_PIN).done();
    // Where it was sent elsewhere before, the plant sees both.
    fs::remove_file(floor.path("image").join("ledger.db.state/superseded.json")).unwrap();
    old.run("replicate --to ../other").done();
    floor.absorb("nas").json();
    let both = floor.absorb("other");
    assert_eq!(both.code, 1, "{both:?}");
    let told = both.json()["divergence"].to_string();
    assert!(told.contains("both go on as terminal T1"), "{told}");
}

#[test]
fn nobody_gets_a_pin_without_one_but_the_first_lead_of_a_restored_ledger() {
    let floor = Floor::new();
    let old = at_work(&floor);
    let new = floor.terminal("new");
    restore(&new).json();
    new.run_with("operator pin OP-1001 --recover", "TRAVELLER_NEW_PIN", LEAD_PIN).done();
    for shell in [&old, &new] {
        // Even where the PINs are lost, or were taken away.
        fs::remove_file(shell.home.path().join("ledger.db.pins")).unwrap();
        let refused = shell.run_with("operator pin OP-1001 --recover", "TRAVELLER_NEW_PIN", "271828");
        assert_eq!(refused.code, 1, "{refused:?}");
        let refusals = shell.run("refusals --json").json();
        assert_eq!(refusals["refusals"].as_array().unwrap().last().unwrap()["code"], "role", "{refusals}");
        shell.run("replay --all").done();
    }
}

#[test]
fn receipts_tell_how_far_it_should_reach() {
    let floor = Floor::new();
    let old = at_work(&floor);
    old.run("replicate --to ../usb").done();
    old.run("operator enrol --badge OP-2002 --name Late --role operator --by OP-1001").done();
    sent(&old);
    let new = floor.terminal("new");
    let line = "restore --from ../usb --terminal T1 --state ../T1/ledger.db.state --json";
    let restored = new.run(line).json();
    assert_eq!(restored["lost"].as_u64(), Some(1), "the other replica has one more: {restored}");
}

#[test]
fn what_is_not_one_whole_terminal_is_not_restored() {
    let floor = Floor::new();
    let old = at_work(&floor);
    let new = floor.terminal("new");
    let (what, _) = new.run("restore --from ../nas --terminal T7").failed(2);
    assert!(what.contains("nothing of terminal T7"), "{what}");
    let (what, _) = new.run("restore --from ../away --terminal T1").failed(3);
    assert!(what.contains("../away"), "{what}");
    assert!(!floor.path("new/ledger.db").exists(), "no ledger is made of nothing");
    let (what, _) = new.run("restore --from ../nas").failed(2);
    assert!(what.contains("no terminal was named"), "{what}");
    let (what, _) = old.run("restore --from ../nas --terminal T1").failed(2);
    assert!(what.contains("is that of terminal T1"), "{what}");
    let segment = files(&floor.path("nas")).into_iter().find(|f| f.extension().is_some_and(|e| e == "zst")).unwrap();
    let whole = fs::read(&segment).unwrap();
    fs::write(&segment, &whole[..whole.len() / 2]).unwrap();
    let damaged = restore(&new);
    assert!(damaged.code == 3 && damaged.err.contains("is damaged"), "{damaged:?}");
    let (what, _) = new.run("pipe --station KIT-1").failed(2);
    assert!(what.contains("only holds copies"), "half a terminal serves no station: {what}");
    fs::write(&segment, whole).unwrap();
    restore(&new).json();
    new.run("verify").done();
}

/// Killed at each call that changes something, it is run again; once it is a terminal, it is one.
#[test]
fn a_restore_that_was_killed_anywhere_is_run_again() {
    if !traced::is_there() {
        return;
    }
    let floor = Floor::new();
    let old = floor.terminal("T1");
    old.run("operator enrol --badge OP-1001 --name Lead --role lead --terminal T1").done();
    sent(&old);
    let line = format!("restore --from {} --terminal T1", floor.path("nas").display());
    for (call, when) in traced::calls(&Shell::new(), &line) {
        let new = Shell::new();
        traced::killed(&new, &line, call, when);
        let again = new.run(&line);
        let is_one_already = again.code == 2 && again.err.contains("is that of terminal T1");
        assert!(again.code == 0 || is_one_already, "{call} {when}: {again:?}");
        new.run_with("operator pin OP-1001 --recover", "TRAVELLER_NEW_PIN", LEAD_PIN).done();
        let verified = new.run("verify --json").json();
        let events: Vec<_> = verified["ledgers"].as_array().unwrap().iter().map(|l| l["events"].as_u64()).collect();
        assert_eq!(events, [Some(2), Some(2)], "{call} {when}: {verified}");
    }
}
