//! What a lead lets go, or sends back, at the terminal: where it is scanned, with few keys, and signed.

use super::card::on_card;
use super::hands::hands;
use super::lamp::{LAMP, plant, wired};
use super::plant::{PIN, Plant, Post};
use super::screens::same;

const MOTORS: [&str; 2] = ["tests/scenarios/routes/motor_b.toml", "tests/scenarios/routes/motor.toml"];

fn codes(post: &Post) -> Vec<String> {
    post.model.question().unwrap().choices().into_iter().map(|choice| choice.code).collect()
}

/// A lamp whose time at the bench has passed.
fn late(plant: &Plant) -> Post {
    drop(wired(plant));
    plant.later(241);
    let mut post = plant.manned("bench");
    post.enter(LAMP);
    assert_eq!((post.answer(), post.screen()), ("too-late", "stopped"));
    post
}

#[test]
fn a_lead_overrides_what_came_too_late_with_one_number_a_reason_and_a_signature() {
    let plant = plant();
    let mut post = late(&plant);
    let mut at = hands(&mut post);
    at.f(9);
    assert_eq!(at.post.question(), Some("lead-decision"));
    same("override-or-decide", &at.post.model);
    at.line("1");
    assert_eq!(at.post.question(), Some("lead-words"));
    at.line("dry room");
    at.scan("LEAD");
    at.line(PIN);
    assert_eq!(at.post.answer(), "overridden");
    on_card("let a rule go once", &at.cost, &["dry room", PIN]);
    same("overridden", &post.model);
    post.enter(LAMP);
    assert_eq!(post.answer(), "unit-opened", "{:?}", post.last().answer);
}

#[test]
fn an_operator_overrides_nothing_and_a_wrong_pin_neither() {
    let plant = plant();
    let mut post = late(&plant);
    for (badge, pin, answer) in [("OP-2", PIN, "role"), ("LEAD", "000000", "wrong-pin")] {
        post.f(9);
        for line in ["1", "dry room", badge, pin] {
            post.enter(line);
        }
        assert_eq!(post.answer(), answer);
        post.esc();
        post.enter(LAMP);
        assert_eq!(post.answer(), "too-late");
    }
}

#[test]
fn a_conforming_unit_is_sent_back_from_the_step_that_it_is_at() {
    let plant = plant();
    let mut post = wired(&plant);
    let mut at = hands(&mut post);
    at.f(9);
    assert_eq!(at.post.question(), Some("lead-decision"));
    at.line("1");
    assert_eq!((at.post.question(), codes(at.post)), (Some("lead-to"), ["25", "20", "10"].map(str::to_owned).into()));
    at.line("1");
    at.line("the kit is counted anew");
    at.scan("LEAD");
    at.line(PIN);
    assert_eq!(at.post.answer(), "sent-back");
    on_card("send back a unit that conforms", &at.cost, &["the kit is counted anew", PIN]);
}

#[test]
fn where_there_is_another_revision_sending_back_is_in_the_same_list() {
    let plant = Plant::new();
    for file in MOTORS {
        plant.release(file);
    }
    plant.working("kit", "MOT-0001").scan(b"MG0001");
    let mut post = plant.working("bench", "MOT-0001");
    post.f(9);
    assert_eq!(codes(&post), ["B", "send-back"]);
    same("move-or-send-back", &post.model);
    post.enter("2");
    post.esc();
    assert_eq!(post.screen(), "step");
    post.f(9);
    post.enter("send-back");
    for line in ["0", "the magnet is loose", "LEAD", PIN] {
        if line != "0" || post.question() == Some("lead-removed") {
            post.enter(line);
        }
    }
    assert_eq!(post.answer(), "sent-back", "{:?}", post.last().answer);
}
