//! The drill: whether a replica would become a terminal again.

use std::fs;

use serde_json::Value;

use super::desk::{Desk, files};
use crate::support::shell::Answer;

/// A drill in a place of its own, which must be empty afterwards.
fn drill(desk: &Desk, line: &str) -> Answer {
    let place = desk.shell.home.path().join("tmp");
    fs::create_dir_all(&place).unwrap();
    let answer = desk.shell.run_with(&format!("drill {line} --json"), "TMPDIR", place.to_str().unwrap());
    assert!(fs::read_dir(&place).unwrap().next().is_none(), "nothing is left: {answer:?}");
    answer
}

/// What is kept of the last drill.
fn kept(desk: &Desk) -> Value {
    let file = desk.shell.home.path().join("ledger.db.state/drill.json");
    serde_json::from_slice(&fs::read(file).unwrap()).unwrap()
}

/// A terminal that was sent twice.
fn replicated() -> Desk {
    let desk = Desk::new();
    desk.replicate().done();
    desk.work(2001);
    desk.replicate().done();
    desk
}

#[test]
fn a_replica_that_is_what_was_receipted_is_ok() {
    let desk = replicated();
    let answer = drill(&desk, "--from nas");
    assert_eq!(answer.code, 0, "{answer:?}");
    let answer = answer.json();
    assert_eq!((&answer["outcome"], answer["events"].as_u64()), (&Value::from("ok"), Some(desk.head())), "{answer}");
    assert!(answer["took_ms"].is_u64() && answer["newest_event"].is_string(), "{answer}");
    let kept = kept(&desk);
    for key in ["outcome", "from", "at", "took_ms", "newest_event", "what"] {
        assert_eq!(kept[key], answer[key], "{key}");
    }
}

#[test]
fn a_replica_that_lost_its_end_is_bad_though_all_that_is_left_fits() {
    let desk = replicated();
    fs::remove_file(&desk.segments()[1]).unwrap();
    let answer = drill(&desk, "--from nas");
    assert_eq!(answer.code, 1, "{answer:?}");
    let kept = kept(&desk);
    assert_eq!(kept["outcome"], "bad");
    assert!(kept["what"].as_str().unwrap().contains("was receipted and is not in it"), "{kept}");
}

#[test]
fn a_replica_that_is_damaged_or_has_a_hole_is_bad() {
    let desk = replicated();
    let first = &desk.segments()[0];
    let whole = fs::read(first).unwrap();
    fs::write(first, &whole[..whole.len() / 2]).unwrap();
    let cut = drill(&desk, "--from nas");
    assert_eq!(cut.code, 1, "{cut:?}");
    assert!(kept(&desk)["what"].as_str().unwrap().contains("is damaged"), "{cut:?}");
    fs::remove_file(first).unwrap();
    let hole = drill(&desk, "--from nas");
    assert_eq!(hole.code, 1, "{hole:?}");
    assert!(kept(&desk)["what"].as_str().unwrap().contains("are not in it"), "{hole:?}");
    for segment in desk.segments() {
        fs::remove_file(segment).unwrap();
    }
    let empty = drill(&desk, "--from nas");
    assert_eq!((empty.code, kept(&desk)["outcome"].as_str()), (1, Some("bad")), "{empty:?}");
}

#[test]
fn without_receipts_it_is_inconclusive() {
    let desk = replicated();
    let answer = drill(&desk, "--from nas --state elsewhere");
    assert_eq!(answer.code, 1, "{answer:?}");
    let answer = answer.json();
    assert_eq!((&answer["outcome"], answer["events"].as_u64()), (&Value::from("inconclusive"), Some(desk.head())));
    assert!(answer["what"].as_str().unwrap().contains("no receipt says"), "{answer}");
}

#[test]
fn a_replica_that_is_not_there_and_a_place_that_cannot_be_made_are_no_outcome_of_a_drill() {
    let desk = replicated();
    fs::rename(desk.target().join("traveller-target.json"), desk.shell.home.path().join("mark")).unwrap();
    let unmounted = drill(&desk, "--from nas");
    assert_eq!((unmounted.code, kept(&desk)["outcome"].as_str()), (3, Some("inconclusive")), "{unmounted:?}");
    fs::rename(desk.shell.home.path().join("mark"), desk.target().join("traveller-target.json")).unwrap();
    let nowhere = desk.shell.run_with("drill --from nas", "TMPDIR", "/nowhere");
    let (what, instead) = nowhere.failed(3);
    assert!(what.contains("could not be made") && instead.contains("TMPDIR"), "{what} {instead}");
    let before = files(&desk.target());
    drill(&desk, "--from nas").done();
    assert_eq!(files(&desk.target()), before, "a drill changes nothing there");
}

#[test]
fn what_a_drill_left_that_was_killed_the_next_one_removes() {
    let desk = replicated();
    let left = desk.shell.home.path().join("tmp/traveller-drill-0123456789abcdef");
    fs::create_dir_all(&left).unwrap();
    fs::write(left.join("0.db"), "half a ledger").unwrap();
    assert_eq!(drill(&desk, "--from nas").code, 0);
}
