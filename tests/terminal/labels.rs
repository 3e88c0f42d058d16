//! Labels at the screen: another one, the same once more, and a unit that was found without; each with few keys, and
//! the label scanned back.

use traveller::domain::labelling::Found;

use super::card::on_card;
use super::hands::hands;
use super::plant::{PIN, Plant, Post};
use super::screens::same;

const PUMP: &str = "PC226-000417";
const BOARD: &str = "B0004170";

/// A pump in hand at its second step.
fn in_hand(plant: &Plant) -> Post {
    plant.working("receiving", PUMP).all(&["1", "1"]);
    plant.working("assembly", PUMP)
}

#[test]
fn a_worn_label_is_replaced_by_one_of_the_same_number_and_scanned_back() {
    let plant = Plant::new();
    let mut post = in_hand(&plant);
    let mut at = hands(&mut post);
    at.f(11);
    same("shift-menu-unit", &at.post.model);
    at.line("3");
    assert_eq!(at.post.question(), Some("label-number"));
    same("label-number", &at.post.model);
    at.line("1");
    same("label-reason", &at.post.model);
    at.line("1");
    assert_eq!(at.post.question(), Some("label-badge"));
    at.scan("LEAD");
    at.line(PIN);
    assert_eq!((at.post.answer(), at.post.screen()), ("label-replaced", "step"));
    same("label-replaced", &at.post.model);
    at.scan(PUMP);
    assert_eq!(at.post.answer(), "label-verified");
    on_card("another label for the unit in hand", &at.cost, &[PIN]);
    post.scan(BOARD.as_bytes());
    assert_eq!(post.answer(), "material-installed");
}

#[test]
fn a_new_number_is_scanned_and_until_it_is_scanned_back_nobody_works() {
    let plant = Plant::new();
    let mut post = in_hand(&plant);
    post.f(11);
    for line in ["3", "PC226-000901", "0", "wrong roll", "LEAD", PIN] {
        post.enter(line);
    }
    assert_eq!((post.answer(), post.last().unit.as_ref().unwrap().as_str()), ("label-replaced", PUMP));
    post.scan(BOARD.as_bytes());
    assert_eq!((post.answer(), post.screen()), ("label-unverified", "stopped"));
    same("stopped-label-unverified", &post.model);
    post.esc();
    post.scan(PUMP.as_bytes());
    assert_eq!(post.answer(), "label-replaced", "the old one counts no more");
    post.esc();
    post.scan(b"PC226-000901");
    assert_eq!(post.answer(), "label-verified");
    let labels = &post.last().work.as_ref().unwrap().traveller.labels;
    assert_eq!((labels.changes[0].reason.as_str(), labels.waits.as_ref()), ("wrong roll", None));
}

#[test]
fn an_operator_prints_a_label_once_more_and_replaces_none() {
    let plant = Plant::new();
    let mut post = in_hand(&plant);
    let mut at = hands(&mut post);
    at.f(11);
    at.line("4");
    assert_eq!(at.post.question(), Some("label-reason"));
    at.line("1");
    assert_eq!(at.post.question(), Some("label-pin"), "whoever is here does it");
    same("label-reprint-pin", &at.post.model);
    at.line(PIN);
    assert_eq!((at.post.answer(), at.post.screen()), ("label-reprinted", "step"));
    on_card("the label of the unit in hand once more", &at.cost, &[PIN]);
    post.f(11);
    for line in ["3", "1", "1", "OP-1", PIN] {
        post.enter(line);
    }
    assert_eq!((post.answer(), post.screen()), ("role", "stopped"));
    post.esc();
    assert_eq!(post.screen(), "step", "the work goes on where it was");
}

#[test]
fn a_unit_without_a_label_is_known_by_a_component_in_it() {
    let plant = Plant::new();
    in_hand(&plant).scan(BOARD.as_bytes());
    let mut post = plant.manned("test");
    let mut at = hands(&mut post);
    at.f(11);
    same("shift-menu-ready", &at.post.model);
    at.line("3");
    same("label-known", &at.post.model);
    at.line("1");
    assert_eq!(at.post.question(), Some("label-component"));
    same("label-component", &at.post.model);
    at.scan(BOARD);
    assert_eq!(at.post.question(), Some("label-number"));
    at.line("1");
    at.line("2");
    at.scan("QA-1");
    same("label-pin", &at.post.model);
    at.line(PIN);
    assert_eq!(at.post.answer(), "label-replaced");
    let told = at.post.last().clone();
    assert_eq!(told.unit.as_ref().unwrap().as_str(), PUMP, "the component tells which it is");
    same("label-found", &at.post.model);
    at.scan(PUMP);
    assert_eq!(at.post.answer(), "label-verified");
    on_card("a unit without a label", &at.cost, &[PIN]);
    let labels = &post.last().work.as_ref().unwrap().traveller.labels;
    assert_eq!(labels.changes[0].found, Some(Found::Component(BOARD.parse().unwrap())));
}

#[test]
fn wrong_answers_about_a_label_change_nothing() {
    let plant = Plant::new();
    let mut post = plant.manned("test");
    post.f(11);
    post.enter("3");
    post.enter("9");
    assert_eq!(post.question(), Some("label-known"), "there is no ninth");
    post.enter("3");
    assert_eq!(post.question(), Some("label-unit"));
    post.esc();
    assert_eq!(post.question(), Some("label-known"), "one question back");
    post.enter("1");
    post.scan(b"]d2010950600013435221X1");
    assert_eq!(post.question(), Some("label-component"));
    same("label-no-number", &post.model);
    post.scan(b"B9999990");
    for line in ["1", "1", "LEAD", PIN] {
        post.enter(line);
    }
    assert_eq!((post.answer(), post.screen()), ("unknown-unit", "stopped"), "nobody put that component into a unit");
    post.esc();
    // Whoever signs knows it, by a number that was never begun.
    post.f(11);
    for line in ["3", "3", "PC226-000999", "1", "2", "LEAD", "000000"] {
        post.enter(line);
    }
    assert_eq!(post.answer(), "wrong-pin");
    post.esc();
    post.f(11);
    for line in ["3", "3", "PC226-000999", "1", "2", "LEAD", PIN] {
        post.enter(line);
    }
    assert_eq!(post.answer(), "unknown-unit");
    post.esc();
    // A code for a key counts where it is scanned.
    post.f(11);
    post.enter("3");
    post.enter("1");
    post.scan(traveller::domain::command_code::CommandCode::SignOff.text().as_bytes());
    assert_eq!((post.answer(), post.screen()), ("signed-off", "sign-on"));
}

#[test]
fn a_unit_in_a_carton_is_known_by_the_carton() {
    let plant = Plant::new();
    plant.release("tests/scenarios/routes/soap.toml");
    let mut test = plant.manned("test");
    test.scan(b"SO000001");
    test.enter("1");
    let carton = "]C100306141410000001003";
    let mut post = plant.manned("packing");
    for label in [carton, "SO000001"] {
        post.scan(label.as_bytes());
    }
    post.f(2);
    assert_eq!(post.answer(), "put-aside");
    post.f(11);
    post.enter("3");
    post.enter("2");
    assert_eq!(post.question(), Some("label-carton"));
    post.scan(carton.as_bytes());
    assert_eq!(post.question(), Some("label-unit"));
    for line in ["SO000001", "1", "2", "LEAD", PIN] {
        post.enter(line);
    }
    assert_eq!(post.answer(), "label-replaced", "{:?}", post.last().answer);
}
