//! Full copies of which only so many are kept: `traveller backup --into DIR --keep N`.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::desk::{Desk, files};
use super::disk::Mount;
use super::traced;

fn keep(desk: &Desk, most: u32) -> Value {
    desk.shell.run(&format!("backup --into copies --keep {most} --json")).json()
}

/// The copies that are there, oldest first.
fn copies(desk: &Desk) -> Vec<PathBuf> {
    let found = files(&desk.shell.home.path().join("copies"));
    found.into_iter().filter(|f| name(f).starts_with("copy-")).collect()
}

fn name(file: &Path) -> String {
    file.file_name().unwrap().to_str().unwrap().to_owned()
}

fn desk() -> Desk {
    let desk = Desk::new();
    fs::create_dir(desk.shell.home.path().join("copies")).unwrap();
    desk
}

#[test]
fn the_oldest_copy_goes_once_a_newer_one_holds_all_of_it() {
    let desk = desk();
    let first = keep(&desk, 2);
    assert_eq!((first["removed"].as_array().unwrap().len(), copies(&desk).len()), (0, 1));
    let again = keep(&desk, 2);
    assert_eq!((again["sent"].as_u64(), copies(&desk).len()), (Some(0), 1), "nothing was recorded since: {again}");
    fs::write(desk.shell.home.path().join("copies/notes.txt"), "mine").unwrap();
    let oldest = copies(&desk)[0].clone();
    for badge in [2001, 2002] {
        desk.work(badge);
        keep(&desk, 2);
    }
    let left = copies(&desk);
    assert_eq!(left.len(), 2);
    assert!(!oldest.exists() && desk.shell.home.path().join("copies/notes.txt").exists());
    for copy in &left {
        desk.shell.run(&format!("verify --ledger {}", copy.display())).done();
    }
    let newest = desk.shell.run(&format!("verify --ledger {} --json", left[1].display())).json();
    assert_eq!(newest["ledgers"][0]["events"].as_u64(), Some(desk.head()));
    desk.work(2003);
    let one = keep(&desk, 1);
    assert_eq!((one["removed"].as_array().unwrap().len(), copies(&desk).len()), (2, 1), "{one}");
}

#[test]
fn what_only_an_older_copy_tells_stays() {
    let desk = desk();
    let before = desk.shell.home.path().join("before");
    let image = desk.copied(&before);
    desk.work(2001);
    keep(&desk, 1);
    let evidence = copies(&desk)[0].clone();
    // The ledger is set back, and grows again, to something else.
    for file in files(&before) {
        fs::copy(&file, desk.shell.home.path().join(name(&file))).unwrap();
    }
    drop(image);
    for badge in [2002, 2003] {
        desk.work(badge);
    }
    let kept = keep(&desk, 1);
    assert_eq!((kept["removed"].as_array().unwrap().len(), copies(&desk).len()), (0, 2), "{kept}");
    assert!(kept["remarks"][0].as_str().unwrap().contains("is in it, and not in the ledger"), "{kept}");
    // Nor does one go that cannot be read.
    fs::write(&evidence, "no ledger").unwrap();
    let kept = keep(&desk, 1);
    assert!(evidence.exists() && kept["remarks"][0].as_str().unwrap().contains("was not removed"), "{kept}");
}

#[test]
fn a_disk_that_is_full_loses_no_copy_for_the_one_that_does_not_fit() {
    let desk = desk();
    let place = desk.shell.home.path().join("copies");
    // Room for one copy and not for two, however many tables a ledger has.
    keep(&desk, 1);
    let copy = fs::metadata(&copies(&desk)[0]).unwrap().len();
    let Some(_mount) = Mount::at(&place, &format!("size={}", copy + copy / 2)) else { return };
    keep(&desk, 1);
    desk.work(2001);
    let (what, instead) = desk.shell.run("backup --into copies --keep 1").failed(3);
    assert!(what.contains("no room") && instead.contains("make room there"), "{what} {instead}");
    assert_eq!(files(&place).len(), 1, "the older copy is the only one: {:?}", files(&place));
    desk.shell.run(&format!("verify --ledger {}", copies(&desk)[0].display())).done();
}

#[test]
fn killed_anywhere_it_keeps_a_copy_and_the_next_run_ends_it() {
    if !traced::is_there() {
        return;
    }
    let desk = desk();
    keep(&desk, 1);
    desk.work(2001);
    let line = "backup --into copies --keep 1";
    let calls = traced::calls(&desk.shell, line);
    for (badge, (call, when)) in (2_100..).zip(calls) {
        desk.work(badge);
        assert!(traced::killed(&desk.shell, line, call, when), "{call} {when}: it ended before");
        let there = copies(&desk);
        assert!(!there.is_empty(), "{call} {when}: no copy is left");
        desk.shell.run(&format!("verify --ledger {}", there[0].display())).done();
        keep(&desk, 1);
        let left = files(&desk.shell.home.path().join("copies"));
        assert_eq!((left.len(), copies(&desk).len()), (1, 1), "{call} {when}: {left:?}");
    }
}
