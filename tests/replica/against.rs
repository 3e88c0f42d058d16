//! A ledger held against its replica: `traveller verify --against`.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::desk::{Desk, files};
use crate::support::shell::Answer;

/// Held against the target, with the exit code it must end with; neither side may change by it.
#[track_caller]
fn held(desk: &Desk, code: i32) -> Value {
    let content = || files(&desk.target()).into_iter().map(|f| (fs::read(&f).ok(), f)).collect::<Vec<_>>();
    let before = content();
    let answer = desk.shell.run("verify --against nas --json");
    assert_eq!(answer.code, code, "{answer:?}");
    assert_eq!(content(), before, "the target is only read");
    let answer = answer.json();
    assert_eq!((answer["ok"].as_bool(), answer["against"]["ok"].as_bool()), (Some(code == 0), Some(code == 0)));
    assert_eq!(answer["findings"], Value::Array(Vec::new()), "the ledger itself is sound");
    answer["against"].clone()
}

fn words(desk: &Desk) -> Answer {
    desk.shell.run("verify --against nas")
}

/// A device whose replica has two segments; the head before the second.
fn two_segments() -> (Desk, u64) {
    let desk = Desk::new();
    desk.replicate().done();
    let first = desk.head();
    desk.work(2001);
    desk.replicate().done();
    assert_eq!(desk.segments().len(), 2);
    (desk, first)
}

fn file_name(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

#[test]
fn the_same_and_what_is_not_there_yet_is_no_contradiction() {
    let (desk, _) = two_segments();
    let answer = held(&desk, 0);
    let stream = &answer["streams"][0];
    assert_eq!((stream["here"].as_u64(), &stream["here"]), (Some(desk.head()), &stream["there"]), "{answer}");
    assert_eq!((stream["missing"].as_u64(), stream["difference"].is_null()), (Some(0), true), "{answer}");
    let said = words(&desk).done();
    assert!(
        said.contains(&format!("the same there, up to event {}\n", desk.head())) && said.ends_with("ok\n"),
        "{said}"
    );

    let there = desk.head();
    desk.work(2002);
    let answer = held(&desk, 0);
    assert_eq!(answer["streams"][0]["missing"].as_u64(), Some(desk.head() - there), "{answer}");
    let said = words(&desk).done();
    assert!(said.contains(&format!("events {} to {} are not there yet: replicate", there + 1, desk.head())), "{said}");

    fs::remove_file(&desk.segments()[0]).unwrap();
    let answer = held(&desk, 0);
    assert_eq!(answer["streams"][0]["there"].as_u64(), Some(there), "the second is proven by the ledger: {answer}");
}

#[test]
fn a_ledger_that_was_set_back_is_told_with_what_it_lacks() {
    let desk = Desk::new();
    let old = desk.copied(&desk.shell.home.path().join("old"));
    let before = desk.head();
    desk.work(2001);
    desk.replicate().done();
    let answer = old.shell.run("verify --against ../nas --json");
    assert_eq!(answer.code, 1, "{answer:?}");
    let answer = answer.json();
    let difference = &answer["against"]["streams"][0]["difference"];
    assert_eq!((difference["seq"].as_u64(), difference["here"].is_null()), (Some(before + 1), true), "{answer}");
    let said = old.shell.run("verify --against ../nas").out;
    let lacks = format!("THE LEDGER WAS SET BACK: it lacks events {} to {}", before + 1, desk.head());
    assert!(said.contains(&lacks) && said.contains("restore the ledger from the replica"), "{said}");
}

#[test]
fn the_first_event_that_differs_is_named_with_both_hashes() {
    let desk = Desk::new();
    let twin = desk.copied(&desk.shell.home.path().join("twin"));
    let common = desk.head();
    for badge in 2001..2004 {
        desk.work(badge);
    }
    desk.replicate().done();
    for badge in 3001..3009 {
        twin.work(badge);
    }
    let answer = twin.shell.run("verify --against ../nas --json");
    assert_eq!(answer.code, 1, "{answer:?}");
    let difference = answer.json()["against"]["streams"][0]["difference"].clone();
    assert_eq!(difference["seq"].as_u64(), Some(common + 1), "{difference}");
    // The hash is what anybody computes of the text there.
    let bodies = zstd::decode_all(&*fs::read(&desk.segments()[0]).unwrap()).unwrap();
    let hash = String::from_utf8(bodies)
        .unwrap()
        .lines()
        .take(usize::try_from(common).unwrap() + 1)
        .fold(traveller::ledger::chain::Hash::ZERO, |hash, body| {
            traveller::ledger::chain::Hash::after(hash, body.as_bytes())
        });
    assert_eq!(difference["there"].as_str(), Some(&*hash.hex()));
    assert!(difference["here"].as_str().is_some_and(|here| here.len() == 64 && here != hash.hex()), "{difference}");
    let said = twin.shell.run("verify --against ../nas").out;
    assert!(said.contains(&format!("event {} IS ANOTHER ONE", common + 1)) && said.contains(&hash.hex()), "{said}");
}

#[test]
fn a_segment_that_was_cut_or_flipped_is_named_and_the_next_one_still_proven() {
    let (desk, _) = two_segments();
    let segment = &desk.segments()[0];
    let whole = fs::read(segment).unwrap();
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 4;
    for spoilt in [&whole[..whole.len() - 1], &[], &flipped] {
        fs::write(segment, spoilt).unwrap();
        let answer = held(&desk, 1);
        let listed = answer["streams"][0]["spoilt"].as_array().unwrap();
        assert_eq!(listed.len(), 1, "{answer}");
        assert!(listed[0]["file"].as_str().unwrap().ends_with(file_name(segment)), "{answer}");
        let said = words(&desk).out;
        assert!(said.contains("IS SPOILT") && said.contains("move what is spoilt away"), "{said}");
    }
}

#[test]
fn a_segment_under_another_name_is_spoilt() {
    let (desk, first) = two_segments();
    let segment = &desk.segments()[0];
    let name = file_name(segment);
    let other_head = name.replace(&name[28..92], &"0".repeat(64));
    let other_range = name.replacen(&format!("{first:013}"), &format!("{:013}", first - 1), 1);
    for other in [other_head, other_range] {
        let other = segment.with_file_name(other);
        fs::rename(segment, &other).unwrap();
        let answer = held(&desk, 1);
        assert_eq!(answer["streams"][0]["spoilt"].as_array().unwrap().len(), 1, "{answer}");
        fs::rename(&other, segment).unwrap();
    }
    held(&desk, 0);
}

#[test]
fn a_segment_that_is_there_twice_in_other_cuts_is_no_contradiction() {
    let (desk, _) = two_segments();
    let segments: Vec<_> = desk.segments().into_iter().map(|f| (fs::read(&f).unwrap(), f)).collect();
    // Sent again as one, the same events are there in two cuts.
    fs::remove_file(&segments[0].1).unwrap();
    fs::remove_file(&segments[1].1).unwrap();
    desk.replicate().done();
    for (bytes, file) in &segments {
        fs::write(file, bytes).unwrap();
    }
    assert_eq!(desk.segments().len(), 3);
    held(&desk, 0);
    desk.work(2002);
    desk.replicate().done();
    held(&desk, 0);
}

#[test]
fn foreign_files_are_remarked_and_other_terminals_proven_on_their_own() {
    let (desk, _) = two_segments();
    let other = Desk::new();
    let there = desk.target().display().to_string();
    other.shell.run(&format!("verify --against {there}")).done();
    fs::write(desk.target().join("Thumbs.db"), "theirs").unwrap();
    fs::write(desk.stream().join("notes.txt"), "mine").unwrap();
    std::os::unix::fs::symlink("/etc", desk.target().join("T9")).unwrap();
    assert_eq!(held(&desk, 0)["remarks"].as_array().unwrap().len(), 3);

    // The same replica, as a ledger sees it that has no part in it.
    let seen = |code| {
        let answer = other.shell.run(&format!("verify --against {there} --json"));
        assert_eq!(answer.code, code, "{answer:?}");
        answer.json()["against"]["streams"].clone()
    };
    let streams = seen(0);
    assert_eq!((streams[0]["there"].as_u64(), streams[1]["here"].is_null()), (Some(0), true), "{streams}");
    assert_eq!(streams[1]["there"].as_u64(), Some(desk.head()), "{streams}");
    fs::remove_file(&desk.segments()[0]).unwrap();
    let what = seen(1)[1]["spoilt"][0]["what"].as_str().unwrap().to_owned();
    assert!(what.contains("the events before it are missing"), "{what}");
}

#[test]
fn what_is_no_replica_is_refused_and_left_as_it_is() {
    let desk = Desk::new();
    fs::create_dir(desk.target()).unwrap();
    let (what, _) = words(&desk).failed(3);
    assert!(what.contains("has no traveller-target.json"), "{what}");
    assert_eq!(files(&desk.target()).len(), 0, "it is not marked");
    let (what, _) = desk.shell.run("verify --against no/such").failed(3);
    assert!(what.contains("could not be opened"), "{what}");
    assert!(!desk.shell.home.path().join("no").exists() && !desk.shell.home.path().join("ledger.db.state").exists());
}
