//! A scan belongs to the screen that it was made on.

use traveller::app::effect::Effect;
use traveller::app::model::{Band, Note, WAITING_MOST};
use traveller::app::msg::{Key, Millis, News};
use traveller::app::seat::Seat;
use traveller::domain::label::Label;

use super::plant::{PIN, Plant, Post};

const PUMP: &str = "PC226-000417";

/// What is submitted next: how long the screen had shown.
fn screen_ms(post: &Post) -> u32 {
    let submitted = |e: &Effect| if let Effect::Submit(s) = e { Some(s.screen_ms) } else { None };
    post.out.iter().rev().find_map(submitted).expect("something was submitted")
}

#[test]
fn scans_in_flight_wait_and_are_taken_in_order() {
    let plant = Plant::new();
    plant.working("receiving", PUMP).all(&["1", "1"]);
    let mut post = plant.working("assembly", PUMP);
    post.now += 1_000;
    for label in ["B0004170", "SCR-1"] {
        post.typed(label);
        post.key(Key::Enter);
    }
    post.typed("1");
    assert_eq!(post.out.iter().filter(|e| matches!(e, Effect::Submit(_))).count(), 1, "one action at a time");
    post.settle();
    assert_eq!(post.answer(), "material-installed");
    assert_eq!(post.model.line.text(), "1", "what is being typed stays");
    post.key(Key::Enter);
    post.settle();
    assert_eq!(post.answer(), "step-passed");
}

#[test]
fn a_scan_that_waited_while_the_screen_changed_is_stale() {
    let plant = Plant::new();
    plant.working("receiving", PUMP).all(&["1", "1"]);
    let mut post = plant.manned("assembly");
    post.now += 1_000;
    for label in [PUMP, "B0004170"] {
        post.typed(label);
        post.key(Key::Enter);
    }
    post.settle();
    assert_eq!((post.answer(), post.screen()), ("stale-scan", "stopped"));
    post.esc();
    assert_eq!(post.screen(), "step", "the unit is open all the same");
}

#[test]
fn a_scan_right_after_a_change_that_it_did_not_cause_is_stale() {
    let plant = Plant::new();
    plant.working("receiving", PUMP).all(&["1", "1"]);
    for (wait, stale) in [(399, true), (400, false)] {
        let mut post = plant.working("assembly", PUMP);
        post.now += wait;
        post.typed("B0004170");
        post.key(Key::Enter);
        assert_eq!(screen_ms(&post), u32::try_from(wait).unwrap());
        post.settle();
        assert_eq!(post.answer() == "stale-scan", stale, "{wait} ms");
    }
}

#[test]
fn a_line_begun_on_another_screen_is_stale_whenever_it_ends() {
    let plant = Plant::new();
    plant.working("receiving", PUMP).all(&["1", "1"]);
    let mut post = plant.manned("assembly");
    post.now += 1_000;
    post.typed(PUMP);
    post.key(Key::Enter);
    post.typed("B00");
    post.settle();
    assert_eq!(post.screen(), "step");
    post.now += 5_000;
    post.typed("04170");
    post.key(Key::Enter);
    assert_eq!(screen_ms(&post), 0);
    post.settle();
    assert_eq!(post.answer(), "stale-scan");
}

#[test]
fn a_value_meant_for_another_screen_is_no_value_there() {
    let plant = Plant::new();
    plant.working("receiving", PUMP).all(&["1", "1"]);
    let mut post = plant.working("assembly", PUMP);
    post.all(&["B0004170", "SCR-1"]);
    post.now += 1_000;
    for _ in 0..2 {
        post.typed("1");
        post.key(Key::Enter);
    }
    post.settle();
    let record = post.last().work.clone().unwrap().traveller;
    assert_eq!(post.answer(), "stale-scan");
    assert!(record.step(&"30".parse().unwrap()).is_none(), "the next step got nothing of it");
}

#[test]
fn a_value_that_was_typed_before_a_question_does_not_answer_it() {
    let plant = Plant::new();
    plant.working("receiving", PUMP).all(&["1", "1"]);
    let mut post = plant.working("assembly", PUMP);
    post.all(&["B0004170", "SCR-1", "1", "GSK-1", "SCR-1"]);
    post.now += 1_000;
    for value in ["2.90", "2.21"] {
        post.typed(value);
        post.key(Key::Enter);
    }
    post.settle();
    let answers: Vec<_> =
        post.settled.iter().rev().take(2).map(|s| s.answer.as_ref().unwrap_err().code.word()).collect();
    assert_eq!(answers, ["stale-scan", "confirm-value"]);
}

#[test]
fn a_value_behind_a_hint_is_stale_and_a_label_is_not() {
    let plant = Plant::new();
    plant.working("receiving", PUMP).all(&["1", "1"]);
    let mut post = plant.working("assembly", PUMP);
    post.now += 1_000;
    for label in ["NOT-KNOWN", "B0004170"] {
        post.typed(label);
        post.key(Key::Enter);
    }
    post.settle();
    assert_eq!(post.answer(), "material-installed");
    post.all(&["SCR-1", "1", "GSK-1", "SCR-1"]);
    post.now += 1_000;
    for value in ["2,21", "2.20"] {
        post.typed(value);
        post.key(Key::Enter);
    }
    post.settle();
    assert_eq!(post.answer(), "stale-scan", "it was meant for the point after");
}

#[test]
fn the_same_scan_five_times_begins_nothing_and_loses_nothing() {
    let mut post = Plant::new().manned("receiving");
    let before = post.settled.len();
    post.now += 1_000;
    for _ in 0..5 {
        post.now += 60;
        post.typed(PUMP);
        post.key(Key::Enter);
    }
    post.settle();
    let codes: Vec<_> = post.settled[before..].iter().map(|s| s.answer.as_ref().unwrap_err().code.word()).collect();
    assert_eq!(codes[0], "confirm-start");
    assert_eq!(codes[1..], ["stale-scan"; 4]);
    post.esc();
    assert_eq!(post.screen(), "ready");
}

#[test]
fn while_a_stop_shows_scans_are_refused_and_counted_and_it_stays() {
    let plant = Plant::new();
    plant.working("receiving", PUMP).all(&["1", "1"]);
    let mut post = plant.manned("test");
    post.enter(PUMP);
    for _ in 0..3 {
        post.enter(PUMP);
        assert_eq!(post.answer(), "stale-scan");
    }
    let traveller::app::model::Face::Stopped(stop) = &post.model.face else { panic!("the stop is gone") };
    assert_eq!((stop.refusal.code.word(), stop.more), ("wrong-station", 3));
}

#[test]
fn more_inputs_than_may_wait_are_not_taken_and_that_is_said() {
    let plant = Plant::new();
    plant.working("receiving", PUMP).all(&["1", "1"]);
    let mut post = plant.working("assembly", PUMP);
    post.now += 1_000;
    let before = post.settled.len();
    for n in 0..=WAITING_MOST + 2 {
        post.typed(&format!("NOT-KNOWN-{n}"));
        post.key(Key::Enter);
    }
    assert!(matches!(post.model.band, Band::Note(Note::TooFast(2))));
    post.settle();
    assert_eq!(post.settled.len() - before, WAITING_MOST + 1, "every one that was taken has an answer");
}

#[test]
fn a_pin_under_way_is_dropped_when_its_question_is_gone() {
    let mut post = Plant::new().post("receiving", true);
    post.enter("OP-1");
    post.typed(PIN);
    let desk = traveller::app::settlement::Desk { operator: None, ..post.model.desk.clone() };
    post.hear(News::LedgerChanged(Seat::First, Box::new(desk)));
    post.now += 1_000;
    post.hear(News::Scan { label: Label::read(b"IN-1"), device: "DS2208".parse().unwrap(), begun: Millis(post.now) });
    post.settle();
    assert_eq!(post.question(), Some("pin"), "another badge was read");
    let before = post.settled.len();
    post.key(Key::Enter);
    post.settle();
    assert_eq!(post.settled.len(), before, "the PIN of the one before is not tried for the other");
}

#[test]
fn a_badge_that_is_read_twice_in_a_moment_is_not_tried_as_a_pin() {
    let mut post = Plant::new().post("receiving", true);
    post.enter("OP-1");
    let before = post.settled.len();
    post.now += 200;
    post.typed("4711471147");
    post.key(Key::Enter);
    post.settle();
    assert_eq!((post.settled.len(), post.question()), (before, Some("pin")));
    post.enter(PIN);
    assert_eq!(post.answer(), "signed-on");
}

#[test]
fn a_key_pressed_for_another_screen_does_nothing() {
    let mut post = Plant::new().working("receiving", PUMP);
    post.enter("1");
    post.now += 1_000;
    post.typed("1");
    post.key(Key::Enter);
    post.key(Key::F(3));
    post.settle();
    assert_eq!((post.screen(), post.question()), ("passed", None));
    assert!(matches!(post.model.band, Band::Note(Note::ScreenChanged)));
}

#[test]
fn what_no_label_is_reaches_the_gate_and_is_refused() {
    let mut post = Plant::new().working("receiving", PUMP);
    for bytes in [&b"\xff\xfe"[..], b"A\x1b[2J", "A\u{202e}B".as_bytes(), &[b'7'; 7_089]] {
        post.scan(bytes);
        assert_eq!(post.answer(), "misread");
    }
    post.now += 1_000;
    post.typed(&"7".repeat(7_089));
    post.key(Key::Enter);
    post.settle();
    assert_eq!((post.answer(), post.screen()), ("misread", "step"));
}
