//! A replica that is not of this ledger, or is not what its names say.

use std::fs;

use serde_json::Value;

use super::desk::{Desk, files};

/// A run that must end in divergence and change nothing there; what it says.
fn diverges(desk: &Desk) -> Value {
    let before = files(&desk.target());
    let answer = desk.replicate();
    assert_eq!(answer.code, 1, "{answer:?}");
    assert_eq!(files(&desk.target()), before, "nothing is written");
    let kept = desk.state();
    assert!(kept["failed"]["what"].is_string() && kept["failed"]["contradicts"] == true, "{kept}");
    let answer = answer.json();
    assert_eq!((answer["sent"].as_u64(), answer["heads"].as_array().map(Vec::len)), (Some(0), Some(0)), "{answer}");
    answer["divergence"][0].clone()
}

#[test]
fn two_terminals_that_grew_from_one_disk() {
    let desk = Desk::new();
    let twin = desk.copied(&desk.shell.home.path().join("twin"));
    desk.replicate().done();
    twin.shell.run("replicate --to ../nas").done();
    desk.work(2001);
    twin.work(2002);
    desk.replicate().done();
    let before = files(&desk.target());
    let answer = twin.shell.run("replicate --to ../nas --json");
    assert_eq!(answer.code, 1, "{answer:?}");
    let diverged = &answer.json()["divergence"][0];
    assert_eq!(diverged["seq"].as_u64(), Some(desk.head()), "{diverged}");
    assert!(diverged["what"].as_str().unwrap().contains("is another one there"), "{diverged}");
    assert_eq!(files(&desk.target()), before);
}

#[test]
fn a_ledger_that_was_set_back() {
    let desk = Desk::new();
    let old = desk.copied(&desk.shell.home.path().join("old"));
    desk.work(2001);
    desk.replicate().done();
    let answer = old.shell.run("replicate --to ../nas --json");
    assert_eq!(answer.code, 1, "{answer:?}");
    assert!(answer.json()["divergence"][0]["what"].as_str().unwrap().contains("was set back"));
}

#[test]
fn a_segment_under_another_name() {
    let desk = Desk::new();
    desk.replicate().done();
    let segment = &desk.segments()[0];
    let name = segment.file_name().unwrap().to_str().unwrap();
    let other = segment.with_file_name(name.replace(&name[28..92], &"0".repeat(64)));
    fs::rename(segment, other).unwrap();
    assert_eq!(diverges(&desk)["seq"].as_u64(), Some(desk.head()));
}

#[test]
fn a_segment_that_was_cut_or_spoilt_is_named() {
    let desk = Desk::new();
    desk.replicate().done();
    let segment = &desk.segments()[0];
    let whole = fs::read(segment).unwrap();
    let mut flipped = whole.clone();
    let middle = whole.len() / 2;
    flipped[middle] ^= 4;
    for spoilt in [&whole[..whole.len() / 2], &[], &flipped] {
        fs::write(segment, spoilt).unwrap();
        let answer = desk.replicate();
        assert_eq!(answer.code, 3, "{answer:?}");
        assert!(answer.err.contains(segment.file_name().unwrap().to_str().unwrap()), "{answer:?}");
        assert!(answer.err.contains("is damaged") && answer.err.contains("move that file away"), "{answer:?}");
    }
    fs::remove_file(segment).unwrap();
    desk.replicate().done();
    assert_eq!(fs::read(segment).unwrap(), whole, "what was moved away is sent again");
}

#[test]
fn foreign_files_links_and_pipes_are_left_alone() {
    let desk = Desk::new();
    desk.replicate().done();
    let stream = desk.stream();
    fs::write(stream.join("notes.txt"), "mine").unwrap();
    fs::write(desk.target().join("Thumbs.db"), "theirs").unwrap();
    let name = |n: u32| format!("{n:013}-{n:013}-{}.jsonl.zst", "a".repeat(64));
    std::os::unix::fs::symlink("/etc/passwd", stream.join(name(1))).unwrap();
    let made = std::process::Command::new("mkfifo").arg(stream.join(name(2))).status().unwrap();
    assert!(made.success());
    fs::create_dir(stream.join(name(3))).unwrap();
    let answer = desk.replicate();
    assert_eq!(answer.code, 0, "{answer:?}");
    assert_eq!(answer.json()["remarks"].as_array().unwrap().len(), 4);
    assert_eq!(fs::read(stream.join("notes.txt")).unwrap(), b"mine");
}

#[test]
fn a_link_in_the_place_of_a_stream_is_not_followed() {
    let desk = Desk::new();
    desk.replicate().done();
    let stream = desk.stream();
    let elsewhere = desk.shell.home.path().join("elsewhere");
    fs::rename(&stream, &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &stream).unwrap();
    let before = files(&elsewhere);
    desk.work(2001);
    let answer = desk.replicate();
    assert_eq!(answer.code, 3, "{answer:?}");
    assert!(answer.err.contains("is no directory"), "{answer:?}");
    assert_eq!(files(&elsewhere), before);
}

/// The files of the ledger, its receipts aside.
fn put_back(desk: &Desk, image: &std::path::Path) {
    for file in files(image) {
        fs::copy(&file, desk.shell.home.path().join(file.file_name().unwrap())).unwrap();
    }
}

#[test]
fn a_ledger_that_was_set_back_together_with_its_target_is_told_by_its_receipts() {
    let desk = Desk::new();
    desk.replicate().done();
    let image = desk.shell.home.path().join("image");
    desk.copied(&image);
    let first = desk.segments();
    desk.work(2001);
    desk.replicate().done();
    for segment in desk.segments().iter().filter(|segment| !first.contains(segment)) {
        fs::remove_file(segment).unwrap();
    }
    put_back(&desk, &image);
    let told = diverges(&desk)["what"].as_str().unwrap().to_owned();
    assert!(told.contains("was seen with events up to 3") && told.contains("ends at 2 now"), "{told}");
    let said = desk.shell.run("replicate --to nas");
    assert!(said.out.contains("NOT SENT") && said.out.contains("call whoever keeps the replicas"), "{said:?}");
    // The receipts of any other target say the same.
    let other = desk.shell.run("replicate --to another --json");
    assert_eq!((other.code, files(&desk.shell.home.path().join("another")).len()), (1, 1), "only its mark: {other:?}");
    // It goes on, to another event of the same number.
    desk.work(2002);
    let told = diverges(&desk)["what"].as_str().unwrap().to_owned();
    assert!(told.contains("event 3 is not the one that was receipted"), "{told}");
}

#[test]
fn a_target_alone_that_was_set_back_is_filled_up_and_told() {
    let desk = Desk::new();
    desk.replicate().done();
    let first = desk.segments();
    desk.work(2001);
    desk.replicate().done();
    let lost: Vec<_> = desk.segments().into_iter().filter(|segment| !first.contains(segment)).collect();
    fs::remove_file(&lost[0]).unwrap();
    let answer = desk.replicate().json();
    assert!(answer["remarks"].to_string().contains("it was set back; sent again"), "{answer}");
    assert!(lost[0].exists());
}
