//! A terminal that serves two stations: who types where, what lands where, and what it looks like.

use traveller::app::effect::Effect;
use traveller::app::msg::{Deadline, Key, News};
use traveller::app::seat::Seat::{self, First, Second};
use traveller::domain::event::How;
use traveller::ui::theme::Theme;

use super::pair::Pair;
use super::picture::{cells_of_seats, one, rows};
use super::plant::{PIN, Plant};
use super::screens::{kept, same_cells};

const PUMP: &str = "PC226-000417";
const NEW: &str = "PC226-000420";

/// Receiving above and assembly below, both manned, a unit open at each.
fn working() -> Pair {
    let plant = Plant::new();
    plant.working("receiving", PUMP).all(&["1", "1"]);
    let mut pair = Pair::new(&plant, ["receiving", "assembly"], false);
    for (scanner, label) in [("left", "OP-1"), ("right", "OP-2"), ("right", PUMP), ("left", NEW), ("left", NEW)] {
        pair.scan(scanner, label);
    }
    assert_eq!(pair.screens(), ["step", "step"]);
    pair
}

fn same(name: &str, pair: &Pair) {
    same_cells(name, |size| cells_of_seats(&pair.seats, Theme::colour16(), size));
}

#[test]
fn two_units_are_walked_at_once_by_two_scanners_and_one_keyboard() {
    let mut pair = working();
    pair.enter("1");
    assert_eq!(pair.answer(), (First, "check-recorded"), "the left scanner brought the keyboard along");
    pair.scan("right", "B0004170");
    pair.scan("right", "SCR-1");
    pair.enter("1");
    assert_eq!(pair.answer(), (Second, "step-passed"));
    pair.press(Key::Tab);
    pair.enter("1");
    assert_eq!((pair.answer(), pair.screens()), ((First, "step-passed"), ["passed", "step"]));
}

#[test]
fn every_record_names_the_scanner_of_its_station() {
    let mut pair = working();
    pair.scan("right", "B0004170");
    pair.scan("spare", "SCR-1");
    let (_, settlement) = pair.settled.last().unwrap();
    let installed = &settlement.work.as_ref().unwrap().traveller.installed;
    let how: Vec<_> = installed.iter().map(|i| i.how.clone().unwrap()).collect();
    assert_eq!(how, ["right", "spare"].map(|name| How::Scanned(name.parse().unwrap())));
}

#[test]
fn both_may_be_in_flight_and_each_answer_finds_its_seat() {
    let mut pair = working();
    pair.now += 1_000;
    for (scanner, label) in [("right", "B0004170"), ("left", "NOT-KNOWN"), ("right", "SCR-1")] {
        pair.scanned(scanner, traveller::domain::label::Label::read(label.as_bytes()), 0);
    }
    let in_flight = |pair: &Pair| pair.out.iter().filter(|e| matches!(e, Effect::Submit(_))).count();
    assert_eq!(in_flight(&pair), 2, "one action at a time, at each seat");
    pair.settle();
    let answers: Vec<_> = pair.settled.iter().rev().take(3).map(|(seat, _)| *seat).collect();
    assert_eq!(answers, [Second, First, Second]);
    assert_eq!(pair.screens(), ["step", "step"]);
}

#[test]
fn a_value_half_typed_keeps_the_keyboard_where_it_is() {
    let mut pair = working();
    assert_eq!(pair.keyboard(), First);
    pair.now += 1_000;
    pair.typed("1");
    pair.scan("right", "B0004170");
    assert_eq!((pair.answer(), pair.keyboard()), ((Second, "material-installed"), First));
    pair.press(Key::Enter);
    assert_eq!(pair.answer(), (First, "check-recorded"));
}

#[test]
fn a_question_keeps_the_keyboard_and_the_scan_counts_all_the_same() {
    let mut pair = working();
    pair.press(Key::F(3));
    pair.scan("right", "B0004170");
    assert_eq!((pair.answer(), pair.keyboard()), ((Second, "material-installed"), First));
    pair.enter("2");
    assert_eq!((pair.answer(), pair.screens()), ((First, "step-failed"), ["failed", "step"]));
}

#[test]
fn what_is_typed_as_a_scan_takes_the_keyboard_away_is_recorded_nowhere() {
    let mut pair = working();
    pair.scan("right", "B0004170");
    let before = pair.settled.len();
    pair.now += 200;
    pair.typed("1");
    pair.key(Key::Enter);
    pair.settle();
    assert_eq!(pair.settled.len(), before, "it was meant for the upper half");
    same("seats-keyboard-came", &pair);
    for key in [Key::Esc, Key::F(2), Key::F(12)] {
        pair.key(key);
        pair.settle();
    }
    assert_eq!((pair.settled.len(), pair.screens()), (before, ["step", "step"]));
}

#[test]
fn a_pin_is_typed_at_the_seat_that_asks_for_it() {
    let plant = Plant::new();
    let mut pair = Pair::new(&plant, ["receiving", "assembly"], true);
    pair.scan("left", "OP-1");
    pair.scan("right", "OP-2");
    let asked = |pair: &Pair, seat| pair.model(seat).question().is_some();
    assert!(asked(&pair, First) && asked(&pair, Second) && pair.keyboard() == First);
    pair.enter(PIN);
    assert_eq!(pair.screens(), ["ready", "sign-on"]);
    pair.press(Key::Tab);
    pair.enter(PIN);
    assert_eq!(pair.screens(), ["ready", "ready"]);
    let nowhere = pair.settled.iter().all(|(_, s)| !format!("{s:?}").contains(PIN));
    assert!(nowhere && !format!("{:?}", pair.seats).contains(PIN));
}

#[test]
fn nobody_is_signed_off_for_what_happens_at_the_other_seat() {
    let mut pair = working();
    let (seat, what, _) = pair.seats.deadline().unwrap();
    assert_eq!((seat, what), (Second, Deadline::Idle), "the one that was quiet for longer");
    pair.now += 599_000;
    pair.hear(News::Due(Second, Deadline::Idle));
    pair.settle();
    assert_eq!(pair.screens(), ["step", "sign-on"]);
}

#[test]
fn two_seats_look_like_two_terminals_with_one_keyboard() {
    same("seats-sign-on", &Pair::new(&Plant::new(), ["receiving", "assembly"], true));
    let mut pair = working();
    pair.typed("1");
    same("seats-typing", &pair);
    pair.press(Key::Esc);
    pair.scan("right", "B0004170");
    same("seats-lower", &pair);
    pair.scan("left", PUMP);
    assert_eq!(pair.screens(), ["stopped", "step"]);
    same("seats-stopped", &pair);
    pair.press(Key::Tab);
    same("seats-stopped-above", &pair);
    let mono = |size| one(&cells_of_seats(&pair.seats, Theme::mono(), size));
    kept("seats-mono", &[mono((80, 24)), mono((40, 12))].join("\n"));
}

#[test]
fn a_pass_at_the_seat_that_does_not_show_is_told_in_its_row() {
    let mut pair = working();
    pair.enter("1");
    pair.scan("right", "B0004170");
    pair.press(Key::Tab);
    pair.enter("1");
    pair.press(Key::Tab);
    assert_eq!((pair.screens(), pair.keyboard()), (["passed", "step"], Second));
    same("seats-passed-above", &pair);
    let low = rows(&cells_of_seats(&pair.seats, Theme::colour16(), (80, 23)));
    assert_eq!(low.last().unwrap().trim_end(), "Tab RECEIVING-1  PASS 10");
}

#[test]
fn the_languages_of_two_operators_do_not_mix() {
    let mut pair = working();
    pair.press(Key::F(10));
    same("seats-two-languages", &pair);
    assert_ne!(pair.model(Seat::First).lang, pair.model(Seat::Second).lang);
}
