//! A paper at the screen: the time and the witness are said once, then the work is entered as it is always done, and as
//! long as that lasts the screen says so.

use jiff::tz::TimeZone;
use traveller::app::msg::{Deadline, Millis, News};
use traveller::app::offer::{Act, offers};
use traveller::app::seat::Seat;
use traveller::app::shifts::calendar::Calendar;
use traveller::domain::event::How;
use traveller::domain::time::{At, Clock, Moment};

use super::card::on_card;
use super::hands::hands;
use super::plant::{PIN, Plant, Post};
use super::screens::same;

const PUMP: &str = "PC226-000417";

/// Somebody at a station that was dead for an hour; the unit was there by then.
fn alive_again(plant: &Plant, class: &str) -> Post {
    plant.working("receiving", PUMP).all(&["1", "1"]);
    plant.later(60);
    let mut post = plant.manned(class);
    post.model.settings.calendar = Calendar::new(TimeZone::UTC, Vec::new());
    // Longer than an hour ago is before the unit was begun.
    post.model.status.now = Some(now(plant, 0));
    post
}

fn now(plant: &Plant, minutes: i64) -> Moment {
    let at = At(plant.now().0 + minutes * 60_000_000);
    Moment { at, clock: Clock::Synced, boot: "01234567".parse().unwrap(), mono: 1 }
}

/// How somebody types the time so many minutes ago.
fn ago(plant: &Plant, minutes: i64) -> String {
    let at = jiff::Timestamp::from_microsecond(now(plant, -minutes).at.0).unwrap();
    TimeZone::UTC.to_datetime(at).strftime("%H%M").to_string()
}

#[test]
fn a_paper_is_begun_with_a_time_and_a_witness_and_entered_like_live_work() {
    let plant = Plant::new();
    let mut post = alive_again(&plant, "assembly");
    assert!(offers(&post.model).iter().any(|o| o.key == Some(9) && o.act == Act::Paper));
    let time = ago(&plant, 20);
    let mut at = hands(&mut post);
    at.f(9);
    assert_eq!(at.post.question(), Some("paper-time"));
    same("paper-time", &at.post.model);
    at.line(&time);
    assert_eq!(at.post.question(), Some("paper-badge"));
    same("paper-badge", &at.post.model);
    at.scan("LEAD");
    same("paper-pin", &at.post.model);
    at.line(PIN);
    assert_eq!((at.post.answer(), at.post.screen()), ("paper-begun", "sign-on"));
    on_card("enter what stands on paper", &at.cost, &[PIN]);
    same("paper-begun", &post.model);
    post.enter("OP-2");
    assert_eq!((post.answer(), post.screen()), ("signed-on", "ready"), "whom a paper names gives no PIN");
    same("paper-ready", &post.model);
    post.enter(PUMP);
    assert_eq!(post.screen(), "step");
    same("paper-step", &post.model);
    post.scan(b"B0004170");
    assert_eq!(post.answer(), "material-installed");
    let piece = post.last().work.as_ref().unwrap().traveller.installed[0].how.clone();
    assert!(matches!(piece, Some(How::Transcribed { .. })), "nothing on paper was scanned: {piece:?}");
    let mut at = hands(&mut post);
    at.f(9);
    assert_eq!((at.post.answer(), at.post.screen()), ("paper-ended", "sign-on"));
    on_card("the paper is at its end", &at.cost, &[]);
    same("paper-ended", &post.model);
    assert!(post.model.paper().is_none());
}

#[test]
fn a_time_that_cannot_be_and_a_witness_who_enters_it_are_refused() {
    let plant = Plant::new();
    let mut post = alive_again(&plant, "assembly");
    post.f(9);
    for text in ["25", "9999", "yesterday", "13011000"] {
        post.enter(text);
        assert_eq!(post.question(), Some("paper-time"), "{text}");
    }
    same("paper-no-time", &post.model);
    let ahead = ago(&plant, -30);
    post.enter(&ahead);
    post.enter("LEAD");
    post.enter(PIN);
    assert_eq!((post.answer(), post.screen()), ("wrong-time", "stopped"));
    same("stopped-paper-future", &post.model);
    post.esc();
    post.f(9);
    let time = ago(&plant, 10);
    for line in [time.as_str(), "OP-1", PIN] {
        post.enter(line);
    }
    assert_eq!(post.answer(), "second-person");
    post.esc();
    post.f(9);
    for line in [time.as_str(), "LEAD", "000000"] {
        post.enter(line);
    }
    assert_eq!(post.answer(), "wrong-pin");
    post.esc();
    // Esc leads back, one question at a time, and at last to the screen.
    post.f(9);
    post.enter(&time);
    post.enter("LEAD");
    for question in [Some("paper-badge"), Some("paper-time"), None] {
        post.esc();
        assert_eq!(post.question(), question);
    }
    assert!(post.model.paper().is_none());
}

#[test]
fn on_a_paper_a_stop_is_a_stop_and_only_what_was_written_can_be_done() {
    let plant = Plant::new();
    let mut post = alive_again(&plant, "test");
    post.f(9);
    let time = ago(&plant, 20);
    for line in [time.as_str(), "LEAD", PIN, "OP-2"] {
        post.enter(line);
    }
    post.enter(PUMP);
    assert_eq!((post.answer(), post.screen()), ("wrong-station", "stopped"));
    same("stopped-paper", &post.model);
    let keys: Vec<u8> = offers(&post.model).iter().filter_map(|o| o.key).collect();
    assert!(!keys.contains(&8) && !keys.contains(&11), "nobody is called from paper: {keys:?}");
    post.esc();
    post.f(12);
    assert_eq!(post.answer(), "signed-off");
    assert!(post.model.paper().is_none(), "it ends with whoever leaves the station");
}

#[test]
fn a_paper_that_nobody_goes_on_with_is_at_its_end() {
    let plant = Plant::new();
    let mut post = alive_again(&plant, "assembly");
    post.f(9);
    let time = ago(&plant, 20);
    for line in [time.as_str(), "LEAD", PIN] {
        post.enter(line);
    }
    let (deadline, at) = post.model.deadline().unwrap();
    assert_eq!(deadline, Deadline::Idle);
    let Millis(at) = at;
    post.now = at;
    post.hear(News::Due(Seat::First, Deadline::Idle));
    post.settle();
    assert_eq!(post.answer(), "paper-ended");
    assert!(post.model.deadline().is_none());
}
