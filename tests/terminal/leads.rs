//! A lead decides about a unit at the terminal: one thing at a time, signed at the end.

use traveller::app::model::{Band, Note};
use traveller::app::question::Unfit;
use traveller::domain::traveller::{Out, State};
use traveller::domain::what::Fate;

use super::card::on_card;
use super::hands::hands;
use super::plant::{PIN, Plant, Post};
use super::screens::same;

const PUMP: &str = "PC226-000417";

/// The unit has just failed its test, and was put down.
fn failed(plant: &Plant) -> Post {
    let mut post = plant.pump_at_test(PUMP);
    post.f(3);
    post.enter("2");
    assert_eq!(post.screen(), "failed");
    post
}

fn state(post: &Post) -> State {
    post.last().work.as_ref().unwrap().traveller.state()
}

#[test]
fn rework_names_the_step_the_components_and_the_defect() {
    let mut post = failed(&Plant::new());
    post.f(9);
    post.enter("1");
    assert_eq!(post.question(), Some("lead-to"));
    post.enter("2");
    assert_eq!(post.question(), Some("lead-removed"));
    post.enter("1");
    post.enter("1");
    post.enter("0");
    post.enter("3");
    assert_eq!(post.question(), Some("lead-badge"));
    post.enter("LEAD");
    post.enter(PIN);
    assert_eq!((post.answer(), state(&post)), ("disposed", State::InProcess));
    let traveller = post.last().work.clone().unwrap().traveller;
    assert_eq!(traveller.due.as_ref().unwrap().step.as_str(), "20");
    let board = traveller.installed.iter().find(|i| i.part.as_str() == "PCB-0417").unwrap();
    assert_eq!(board.out, Some(Out::Removed(Fate::Scrap)));
}

#[test]
fn the_component_that_was_taken_out_can_be_scanned() {
    let mut post = failed(&Plant::new());
    post.f(9);
    post.enter("rework");
    post.enter("20");
    post.scan(b"B0004170");
    assert_eq!(post.question(), Some("lead-removed"));
    for answer in ["0", "LEAK", "LEAD", PIN] {
        post.enter(answer);
    }
    let traveller = post.last().work.clone().unwrap().traveller;
    assert!(traveller.component("B0004170").is_none());
}

#[test]
fn what_is_not_done_again_is_not_taken_out() {
    let mut post = failed(&Plant::new());
    post.f(9);
    post.enter("rework");
    post.enter("30");
    assert_eq!(post.question(), Some("lead-defect"), "the board went in at step 20, which stands");
}

#[test]
fn scrap_needs_a_lead_and_use_as_is_quality() {
    let plant = Plant::new();
    let mut post = failed(&plant);
    for (choice, badge, answer) in [("3", "LEAD", "role"), ("2", "OP-1", "role"), ("2", "LEAD", "disposed")] {
        post.f(9);
        post.enter(choice);
        if choice == "2" {
            post.enter("0");
        }
        for line in ["0", "cannot be repaired", badge, PIN] {
            post.enter(line);
        }
        assert_eq!(post.answer(), answer, "{choice} by {badge}");
        post.esc();
        if answer == "role" {
            post.enter(PUMP);
            assert_eq!(post.answer(), "nonconforming");
        }
    }
    assert_eq!(state(&post), State::Scrapped);
}

#[test]
fn a_nonconforming_unit_is_decided_about_where_it_is_scanned() {
    let plant = Plant::new();
    failed(&plant).f(12);
    let mut post = plant.manned("assembly");
    post.enter(PUMP);
    assert_eq!((post.answer(), post.screen()), ("nonconforming", "stopped"));
    post.f(9);
    assert_eq!(post.question(), Some("lead-decision"));
    for line in ["3", "2", "QA-1", PIN] {
        post.enter(line);
    }
    assert_eq!((post.answer(), post.screen()), ("disposed", "ready"));
}

#[test]
fn a_hold_is_released_where_the_unit_is_scanned() {
    let plant = Plant::new();
    plant.working("receiving", PUMP).f(12);
    plant.hold(PUMP, "alert");
    let mut post = plant.manned("receiving");
    post.enter(PUMP);
    assert_eq!(post.answer(), "on-hold");
    post.f(9);
    for line in ["1", "alert was for another lot", "LEAD", PIN] {
        post.enter(line);
    }
    assert_eq!(post.answer(), "hold-released");
}

#[test]
fn of_two_holds_the_one_that_was_seen_is_released() {
    let plant = Plant::new();
    plant.working("receiving", PUMP).f(12);
    for reason in ["alert", "odd smell"] {
        plant.hold(PUMP, reason);
    }
    let mut post = plant.manned("receiving");
    post.enter(PUMP);
    assert_eq!(post.answer(), "on-hold");
    post.f(9);
    post.enter("1");
    assert_eq!(post.question(), Some("lead-hold"));
    post.enter("3");
    assert!(matches!(post.model.band, Band::Note(Note::Unfit(Unfit::NotListed))));
    for line in ["2", "it was the cleaner", "LEAD", PIN] {
        post.enter(line);
    }
    assert_eq!(post.answer(), "hold-released");
    post.enter(PUMP);
    assert_eq!(post.answer(), "on-hold");
    post.f(9);
    // One is left: nobody asks which.
    for line in ["1", "alert was for another lot", "LEAD", PIN] {
        post.enter(line);
    }
    assert_eq!(post.answer(), "hold-released");
    post.enter(PUMP);
    assert_eq!(post.answer(), "unit-opened");
}

#[test]
fn esc_goes_back_one_question_at_a_time() {
    let mut post = failed(&Plant::new());
    post.f(9);
    for line in ["1", "2", "0", "1", "LEAD"] {
        post.enter(line);
    }
    let mut seen = Vec::new();
    while let Some(question) = post.question() {
        seen.push(question);
        post.esc();
    }
    assert_eq!(seen, ["lead-pin", "lead-badge", "lead-defect", "lead-removed", "lead-to", "lead-decision"]);
    assert_eq!(post.screen(), "failed");
}

#[test]
fn what_is_no_badge_and_no_pin_is_asked_again() {
    let mut post = failed(&Plant::new());
    post.f(9);
    for line in ["2", "0", "1"] {
        post.enter(line);
    }
    post.enter(&"B".repeat(40));
    assert!(matches!(post.model.band, Band::Note(Note::Unfit(Unfit::NoBadge))));
    post.enter("LEAD");
    post.enter("not-a-pin");
    assert!(matches!(post.model.band, Band::Note(Note::Unfit(Unfit::NotDigits))));
    post.enter(PIN);
    assert_eq!(post.answer(), "disposed");
}

#[test]
fn a_stray_scan_ends_the_question_and_is_on_record() {
    let mut post = failed(&Plant::new());
    post.f(9);
    post.scan(b"PC226-000999");
    assert_eq!((post.answer(), post.screen(), post.question()), ("stale-scan", "stopped", None));
}

#[test]
fn a_history_that_forks_is_settled_where_the_unit_is_scanned() {
    let plant = Plant::forked(PUMP);
    let mut post = plant.manned("assembly");
    post.enter(PUMP);
    assert_eq!(post.answer(), "on-hold", "whoever held it is heard first");
    post.f(9);
    for line in ["1", "polished", "LEAD", PIN] {
        post.enter(line);
    }
    assert_eq!(post.answer(), "hold-released");
    post.esc();
    post.enter(PUMP);
    assert_eq!((post.answer(), post.screen()), ("fork", "stopped"));
    same("stopped-fork", &post.model);
    post.f(9);
    post.enter("1");
    assert_eq!(post.question(), Some("lead-go-on"));
    same("lead-go-on", &post.model);
    post.enter("4");
    assert_eq!(post.question(), Some("lead-go-on"), "a step that it never came to is none of the options");
    post.esc();
    post.enter("1");
    let begun = post.settled.len();
    for line in ["1", "the first box died", "LEAD", PIN] {
        post.enter(line);
    }
    assert_eq!((post.answer(), post.settled.len()), ("history-settled", begun + 1));
    post.esc();
    post.enter(PUMP);
    assert_eq!((post.answer(), post.screen()), ("unit-opened", "step"));
}

#[test]
fn a_unit_whose_history_is_settled_may_be_done_again() {
    let plant = Plant::forked(PUMP);
    let mut post = plant.manned("assembly");
    post.enter(PUMP);
    post.f(9);
    // One question at a time: settle, from the second step on, why, who.
    for line in ["2", "2", "nobody knows which", "LEAD", PIN] {
        post.enter(line);
    }
    assert_eq!(post.answer(), "history-settled");
    let traveller = post.last().work.clone().unwrap().traveller;
    assert_eq!((traveller.due.as_ref().unwrap().step.as_str(), traveller.passed.len()), ("10", 0));
    assert_eq!(state(&post), State::Held, "the hold stands for itself");
}

#[test]
fn a_unit_that_lacks_a_piece_of_its_history_goes_on_from_where_that_is_missing() {
    let plant = Plant::with_a_hole(PUMP);
    let mut post = plant.manned("test");
    post.enter(PUMP);
    assert_eq!((post.answer(), post.screen()), ("incomplete-record", "stopped"));
    same("stopped-hole", &post.model);
    post.f(9);
    same("lead-decides-hole", &post.model);
    for line in ["1", "1", "the disk was lost", "LEAD", PIN] {
        post.enter(line);
    }
    assert_eq!(post.answer(), "out-of-sequence", "nobody knows whether step 10 was passed");
    post.esc();
    post.enter(PUMP);
    post.f(9);
    for line in ["1", "3", "the disk was lost", "LEAD", PIN] {
        post.enter(line);
    }
    assert_eq!(post.answer(), "out-of-sequence", "nor does it go on behind it");
    post.esc();
    post.enter(PUMP);
    post.f(9);
    for line in ["1", "2", "the disk was lost", "LEAD", PIN] {
        post.enter(line);
    }
    assert_eq!(post.answer(), "history-settled");
    let mut again = plant.manned("receiving");
    again.all(&[PUMP, "1", "1"]);
    let due = again.last().work.clone().unwrap().traveller.due.clone().unwrap();
    assert_eq!(due.step.as_str(), "20", "what was done behind it is done again too");
}

#[test]
fn a_history_is_settled_by_one_key_two_choices_a_reason_and_a_signature() {
    let reason = "the disk was lost";
    for (plant, at, choices) in
        [(Plant::with_a_hole(PUMP), "test", ["1", "2"]), (Plant::forked(PUMP), "assembly", ["2", "2"])]
    {
        let mut post = plant.manned(at);
        let mut hand = hands(&mut post);
        hand.scan(PUMP);
        hand.f(9);
        for choice in choices {
            hand.line(choice);
        }
        hand.line(reason);
        hand.scan("LEAD");
        hand.line(PIN);
        assert_eq!(hand.post.answer(), "history-settled");
        on_card("settle a history that is broken", &hand.cost, &[reason, PIN]);
    }
}

#[test]
fn a_recovered_pin_is_told_at_the_terminal_until_a_second_lead_confirms_it() {
    let plant = Plant::recovered();
    let mut post = plant.post("assembly", true);
    same("sign-on-pin-recovered", &post.model);
    post.f(9);
    assert_eq!(post.question(), Some("confirm-pin"));
    same("confirm-pin", &post.model);
    for line in ["LEAD", PIN] {
        post.enter(line);
    }
    assert_eq!(post.answer(), "second-person");
    post.esc();
    post.f(9);
    for line in ["LEAD-2", PIN] {
        post.enter(line);
    }
    assert_eq!((post.answer(), post.screen()), ("pin-confirmed", "sign-on"));
    assert_eq!(post.model.desk.recovered, None);
    post.f(9);
    assert_eq!(post.question(), None, "there is nothing left to confirm");
}
