//! First pieces and golden samples at the screen: approved by one scan and a PIN, run like a unit, and told until they
//! are.

use traveller::app::effect::{Bell, Effect};
use traveller::app::offer::{Act, offers};

use super::card::on_card;
use super::hands::hands;
use super::plant::{PIN, Plant, Post};
use super::screens::same;

fn plant() -> Plant {
    let plant = Plant::new();
    plant.release("tests/scenarios/routes/jig.toml");
    plant
}

/// A first piece with all of its checks, which waits for somebody to approve it.
fn waiting(plant: &Plant) -> Post {
    let mut post = plant.manned("bench");
    post.all(&["J0001", "4.10", "1"]);
    post
}

/// Brings a unit to the tester.
fn at_the_tester(plant: &Plant) -> Post {
    let mut post = waiting(plant);
    approved(&mut post);
    plant.manned("test")
}

/// One scan and a PIN.
fn approved(post: &mut Post) {
    let mut at = hands(post);
    at.scan("QA-1");
    assert_eq!(at.post.question(), Some("pin"));
    at.line(PIN);
    on_card("approve a first piece, or sign a step", &at.cost, &[PIN]);
}

#[test]
fn a_first_piece_is_approved_with_one_scan_and_a_pin() {
    let plant = plant();
    let mut post = plant.manned("bench");
    post.enter("J0001");
    same("first-piece-open", &post.model);
    post.all(&["4.10", "1"]);
    assert_eq!((post.answer(), post.screen()), ("check-recorded", "step"), "it does not pass by itself");
    same("first-piece-waits", &post.model);
    post.scan(b"QA-1");
    same("first-piece-pin", &post.model);
    // A wrong PIN is asked for again by the badge.
    post.enter("271829");
    assert_eq!(post.answer(), "wrong-pin");
    post.esc();
    approved(&mut post);
    assert_eq!((post.answer(), post.screen()), ("step-passed", "passed"));
    post.all(&["J0002", "4.11", "1"]);
    assert_eq!(post.answer(), "step-passed", "the second one needs nobody");
}

#[test]
fn whoever_made_it_cannot_approve_it_and_the_next_one_is_stopped_until_somebody_did() {
    let plant = plant();
    let mut post = waiting(&plant);
    post.scan(b"OP-1");
    post.enter(PIN);
    assert_eq!(post.answer(), "role", "an operator approves nothing");
    post.esc();
    post.scan(b"J0002");
    assert_eq!(post.answer(), "unit-open");
    post.f(2);
    assert_eq!(post.answer(), "closed");
    same("first-piece-ready", &post.model);
    post.scan(b"J0002");
    assert_eq!((post.answer(), post.screen()), ("first-piece", "stopped"));
    same("first-piece-stopped", &post.model);
}

#[test]
fn a_first_piece_that_went_away_is_given_up_with_a_key_a_reason_a_badge_and_a_pin() {
    let plant = plant();
    let mut post = waiting(&plant);
    post.scan(b"J0002");
    post.f(2);
    post.scan(b"J0002");
    assert!(offers(&post.model).iter().any(|o| o.key == Some(9) && o.act == Act::Lead));
    post.f(9);
    assert_eq!(post.question(), Some("give-up-words"));
    same("first-piece-give-up", &post.model);
    post.enter("in the laboratory");
    assert_eq!(post.question(), Some("give-up-badge"));
    // Esc leads back, one question at a time.
    post.esc();
    assert_eq!(post.question(), Some("give-up-words"));
    post.esc();
    let mut at = hands(&mut post);
    at.f(9);
    at.line("in the laboratory");
    at.scan("LEAD");
    assert_eq!(at.post.question(), Some("give-up-pin"));
    at.line(PIN);
    assert_eq!(at.post.answer(), "first-piece-dropped");
    on_card("give up a first piece", &at.cost, &["in the laboratory", PIN]);
    post.enter("J0002");
    assert_eq!((post.answer(), post.screen()), ("unit-opened", "step"));
    let needs = post.model.bench().map(|bench| bench.rows().len());
    assert_eq!(needs, Some(3), "it is the first piece now");
}

#[test]
fn a_golden_sample_is_run_with_its_label_and_its_values_and_nothing_else() {
    let plant = plant();
    let mut post = at_the_tester(&plant);
    post.scan(b"J0001");
    assert_eq!((post.answer(), post.screen()), ("golden-due", "stopped"));
    same("golden-due", &post.model);
    post.esc();
    post.scan(b"GOLD-1");
    assert_eq!((post.answer(), post.screen()), ("unit-opened", "step"));
    same("golden-open", &post.model);
    let before = post.settled.len();
    post.all(&["0.31", "1"]);
    assert_eq!((post.answer(), post.settled.len() - before), ("golden-passed", 2), "two values, no key to end it");
    assert_eq!(post.screen(), "ready", "no PASS shows: nothing was passed");
    post.out.clear();
    // The bad one is found bad: that is good news, and sounds like it.
    post.scan(b"GOLD-9");
    post.all(&["0.31", "2", "2"]);
    assert_eq!(post.answer(), "golden-passed");
    assert!(matches!(post.out.last(), Some(Effect::Bell(Bell::Pass))), "{:?}", post.out);
    post.enter("J0001");
    same("golden-proved", &post.model);
    post.all(&["0.31", "1"]);
    assert_eq!(post.answer(), "unit-completed");
}

#[test]
fn a_tester_that_failed_tells_so_until_its_sample_is_found_right() {
    let plant = plant();
    let mut post = at_the_tester(&plant);
    post.scan(b"GOLD-2");
    post.all(&["0.80", "0.80"]);
    assert_eq!((post.answer(), post.screen()), ("golden-failed", "failed"));
    same("golden-failed", &post.model);
    post.esc();
    assert_eq!(post.screen(), "ready");
    same("golden-ready", &post.model);
    post.scan(b"J0001");
    assert_eq!(post.answer(), "golden-failed");
    post.esc();
    post.scan(b"GOLD-2");
    // Nothing about a sample is failed but the tester: another attempt follows by its label.
    post.all(&["0.30", "1"]);
    assert_eq!(post.answer(), "golden-passed");
}
