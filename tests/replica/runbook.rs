//! The runbook, done as it is written: each of its commands in turn, on a machine where only the places are others.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

use crate::support::page::commands;
use crate::support::shell::{Answer, LEAD_PIN, Shell};

/// The page.
const PAGE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/runbook.md"));
/// What the page calls the places, the head that somebody kept, and the people.
const NAS: &str = "/mnt/traveller";
const RECEIPTS: &str = "/var/tmp/receipts-of-T1";
const LEDGER: &str = "/var/lib/traveller/ledger.db";
const HEAD: &str = "HEAD1 T1 ...";

/// What is done here: what follows is for records that turn up later; `forks` goes that way.
pub(crate) fn done() -> Vec<String> {
    commands(PAGE.split_once("\n## 7.").unwrap().0)
}

/// The programs that the page calls: Traveller itself, and of the others what matters here.
fn programs(place: &Path) {
    fs::create_dir(place).unwrap();
    symlink(env!("CARGO_BIN_EXE_traveller"), place.join("traveller")).unwrap();
    let script = |name: &str, text: &str| {
        fs::write(place.join(name), format!("#!/bin/sh\n{text}\n")).unwrap();
        fs::set_permissions(place.join(name), fs::Permissions::from_mode(0o755)).unwrap();
    };
    script("sudo", "shift 2; exec \"$@\"");
    script("systemctl", "case $2 in traveller-replicate.service) exec traveller replicate;; esac");
}

#[test]
fn the_page_leads_from_a_dead_terminal_to_one_at_work() {
    let place = tempfile::tempdir().unwrap();
    let at = |name: &str| place.path().join(name);
    programs(&at("bin"));
    let config = format!("[replicate]\nto = ['{0}/nas']\nstate = '{0}/receipts'\n", place.path().display());

    // The old terminal works, is replicated, prints its shift report, and dies with its disk.
    let old = Shell::at_work();
    fs::write(old.home.path().join("traveller.toml"), &config).unwrap();
    old.run("operator enrol --badge OP-1002 --name Second --role lead --by OP-1001").done();
    old.make("V000001", "B0001");
    old.run("replicate").done();
    let report = old.run("report shift --json").json();
    let kept = report["heads"][0]["words"].as_str().unwrap().to_owned();
    drop(old);

    // The new one knows its configuration.
    let new = at("new");
    fs::create_dir(&new).unwrap();
    fs::write(new.join("traveller.toml"), &config).unwrap();
    let run = |line: &str| {
        let line = line.replace(NAS, at("nas").to_str().unwrap()).replace(RECEIPTS, at("receipts").to_str().unwrap());
        let line = line.replace(LEDGER, new.join("ledger.db").to_str().unwrap()).replace(HEAD, &kept);
        let path = format!("{}:{}", at("bin").display(), std::env::var("PATH").unwrap());
        let mut shell = Command::new("sh");
        shell.args(["-c", &line]).current_dir(&new).env_clear().env("PATH", path);
        shell.env("TRAVELLER_LEDGER", new.join("ledger.db")).env("TRAVELLER_PIN", LEAD_PIN);
        Answer::of(&shell.env("TRAVELLER_NEW_PIN", LEAD_PIN).output().unwrap())
    };
    let commands = done();
    assert!(commands.len() > 8, "{commands:?}");
    for command in &commands {
        let answer = run(command);
        // What a machine of tests lacks, such as a time service, the doctor tells; nothing else may be wrong.
        let may_find = command.ends_with("traveller doctor");
        assert!(answer.code == 0 || (may_find && answer.code == 1), "{command}: {answer:?}");
        assert!(!may_find || answer.out.lines().any(|line| line.starts_with("ok  replica ")), "{answer:?}");
    }
    // A lead can work there, and the unit of the old terminal is as it was.
    assert!(run("traveller show V000001 --json").done().contains("\"state\":\"dispatched\""));
    run("traveller lot hold L-1 --reason damp --by OP-1001").done();
}
