//! Between two shifts at the terminal: downtime, the call for a lead, notes, work that is taken over; and a unit that
//! is moved to another revision. Each flow takes so many keys and scans, and no more.

use jiff::tz::TimeZone;
use traveller::app::offer::{Act, offers};
use traveller::app::shifts::calendar::{Calendar, Hours, Shift};
use traveller::domain::command::Command;
use traveller::domain::moving::RouteMove;
use traveller::domain::time::{Clock, Moment};
use traveller::domain::traveller::Traveller;

use super::card::on_card;
use super::hands::{cost, hands};
use super::plant::{PIN, Plant, Post};
use super::screens::same;

const PUMP: &str = "PC226-000417";
const MOTOR: [&str; 3] =
    ["tests/scenarios/routes/motor_c.toml", "tests/scenarios/routes/motor_b.toml", "tests/scenarios/routes/motor.toml"];

#[test]
fn a_lead_is_called_by_one_key_and_answers_by_one_scan() {
    let plant = Plant::new();
    let mut post = plant.working("receiving", PUMP);
    let mut other = plant.manned("test");
    let mut at = hands(&mut post);
    at.f(8);
    assert_eq!((at.post.answer(), &at.cost), ("lead-called", &cost(1, 0)));
    same("call", &at.post.model);
    other.enter("nothing known");
    let calling: Vec<_> = other.model.stock.calling.iter().map(|at| at.station.as_str()).collect();
    assert_eq!(calling, ["RECEIVING-1"], "the other stations tell it");
    same("call-elsewhere", &other.model);
    plant.later(7);
    at.scan("LEAD");
    assert_eq!((at.post.answer(), &at.cost), ("call-answered", &cost(1, 1)));
    on_card("call a lead", &at.cost, &[]);
    assert_eq!(at.post.screen(), "step", "the work goes on where it was");
}

#[test]
fn a_call_is_taken_back_with_a_reason() {
    let mut post = Plant::new().manned("test");
    post.f(8);
    let mut at = hands(&mut post);
    at.f(8);
    same("call-withdraw", &at.post.model);
    at.line("2");
    assert_eq!(at.post.answer(), "call-withdrawn");
    on_card("take the call back", &at.cost, &[]);
}

#[test]
fn a_station_goes_down_and_works_again() {
    let plant = Plant::new();
    let mut post = plant.working("receiving", PUMP);
    let mut at = hands(&mut post);
    at.f(11);
    same("shift-menu", &at.post.model);
    at.line("1");
    same("shift-down", &at.post.model);
    at.line("2");
    assert_eq!((at.post.answer(), &at.cost), ("station-down", &cost(5, 0)));
    on_card("say that the station is down", &at.cost, &[]);
    assert_eq!(at.post.model.desk.station.watch.down.as_ref().unwrap().reason, "MATERIAL");
    at.post.enter("1");
    assert_eq!(at.post.answer(), "station-down");
    same("down-stopped", &at.post.model);
    at.post.esc();
    let mut at = hands(&mut post);
    at.f(11);
    at.line("1");
    assert_eq!(at.post.answer(), "station-up");
    on_card("say that it works again", &at.cost, &[]);
    post.enter("1");
    assert_eq!(post.answer(), "check-recorded");
}

/// A shift from six to two, every day, by the clock of Berlin.
fn early() -> Calendar {
    let hours = Hours { from: "06:00".parse().unwrap(), to: "14:00".parse().unwrap() };
    let days = jiff::civil::Weekday::cycle_forward(jiff::civil::Weekday::Monday).take(7).collect();
    let shift = Shift { name: "early".parse().unwrap(), hours, days, breaks: Vec::new() };
    Calendar::new(TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap(), vec![shift])
}

#[test]
fn a_lead_says_why_an_hour_fell_short() {
    let plant = Plant::new();
    plant.later(200);
    let mut post = plant.manned("test");
    assert!(!offers(&post.model).iter().any(|offer| offer.act == Act::Hour), "the plant has no shifts");
    post.model.settings.calendar = early();
    let moment = |text: &str| Moment {
        at: text.parse().unwrap(),
        clock: Clock::Synced,
        boot: "01234567".parse().unwrap(),
        mono: 1,
    };
    post.model.status.now = Some(moment("2026-11-23T09:20:00Z"));
    same("hour-ready", &post.model);
    let mut at = hands(&mut post);
    at.f(9);
    assert_eq!(at.post.question(), Some("hour"));
    same("hour", &at.post.model);
    at.line("77");
    assert_eq!(at.post.question(), Some("hour"), "no hour has that number");
    at.line("0");
    assert_eq!(at.post.question(), Some("paper-time"), "a paper is entered instead");
    at.post.esc();
    at.post.f(9);
    at.line("2");
    same("hour-reason", &at.post.model);
    at.post.esc();
    assert_eq!(at.post.question(), Some("hour"), "one question back");
    let mut at = hands(&mut post);
    at.f(9);
    assert_eq!(at.post.question(), Some("hour"), "the key means nothing here");
    at.line("2");
    at.line("1");
    assert_eq!(at.post.question(), Some("hour-badge"));
    at.scan("LEAD");
    same("hour-pin", &at.post.model);
    at.line(PIN);
    assert_eq!(at.post.answer(), "hour-explained");
    on_card("say why an hour fell short", &at.cost, &[PIN]);
    let said = &post.model.desk.station.watch.explained[0];
    assert_eq!((said.hour.to_string().as_str(), said.reason.as_str()), ("2026-11-23T08:00:00.000000Z", "MACHINE"));
    // Words of one's own, by somebody who is no lead.
    post.f(9);
    post.enter("1");
    post.enter("0");
    post.enter("no pallets");
    post.scan(b"OP-1");
    post.enter(PIN);
    assert_eq!(post.answer(), "role");
}

#[test]
fn a_note_shows_at_sign_on_until_somebody_read_it_and_work_is_taken_over() {
    let plant = Plant::new();
    plant.working("receiving", PUMP).all(&["1", "1"]);
    let mut post = plant.working("assembly", PUMP);
    post.scan(b"B0004170");
    let mut at = hands(&mut post);
    at.f(11);
    at.line("2");
    let note = "the screwdriver slips";
    at.line(note);
    assert_eq!(at.post.answer(), "note-left");
    on_card("leave a note for whoever comes next", &at.cost, &[note]);
    assert!(at.post.model.over.is_none());
    post.f(12);
    same("left-here", &post.model);
    post.enter("OP-1");
    assert!(post.model.over.is_none(), "whoever left it knows it");
    post.enter("OP-2");
    same("note", &post.model);
    post.esc();
    post.enter("IN-1");
    assert!(post.model.over.is_some(), "nobody has read it");
    let mut at = hands(&mut post);
    at.f(2);
    assert_eq!(at.post.answer(), "note-read");
    on_card("say that what shows was read", &at.cost, &[]);
    assert!(post.model.over.is_none());
    post.enter("OP-2");
    assert!(post.model.over.is_none(), "somebody has read it");
    post.enter(PUMP);
    assert_eq!(post.answer(), "unit-opened");
    same("taken-over", &post.model);
}

fn motors() -> Plant {
    let plant = Plant::new();
    for file in MOTOR {
        plant.release(file);
    }
    plant
}

fn moved(post: &Post) -> Traveller {
    post.last().work.as_ref().unwrap().traveller.as_ref().clone()
}

#[test]
fn a_lead_moves_the_unit_in_hand_and_the_plan_shows_before_it_is_signed() {
    let plant = motors();
    plant.working("kit", "MOT-0001").scan(b"MG0001");
    let mut post = plant.working("bench", "MOT-0001");
    let mut at = hands(&mut post);
    at.f(9);
    assert_eq!(at.post.question(), Some("move"));
    same("move-revision", &at.post.model);
    let place = at.post.model.question().unwrap().choices().iter().position(|c| c.code == "B").unwrap() + 1;
    at.line(&place.to_string());
    same("move-why", &at.post.model);
    at.line("letter 12");
    at.scan("LEAD");
    at.line(PIN);
    assert_eq!(at.post.answer(), "route-moved");
    on_card("move the unit to another revision", &at.cost, &["letter 12", PIN]);
    let unit = moved(&post);
    assert_eq!(unit.due.as_ref().unwrap().step.as_str(), "15");
    assert_eq!(post.screen(), "ready", "the unit was put down");
}

#[test]
fn whoever_opens_a_moved_unit_is_told_until_it_is_seen() {
    let plant = motors();
    plant.working("kit", "MOT-0001").scan(b"MG0001");
    let (unit, route) = ("MOT-0001".parse().unwrap(), "motor".parse().unwrap());
    let (to, by) = ("B".parse().unwrap(), "LEAD".parse().unwrap());
    let reason = "letter 12".to_owned();
    plant.done(&Command::Move(Box::new(RouteMove { unit, route, to, mapped: Vec::new(), seen: None, reason, by })));
    let mut post = plant.manned("bench");
    post.enter("MOT-0001");
    same("moved", &post.model);
    post.model.lang = post.model.lang.other();
    same("moved-de", &post.model);
    post.model.lang = post.model.lang.other();
    post.esc();
    post.f(12);
    post.enter("OP-1");
    post.enter("MOT-0001");
    let mut at = hands(&mut post);
    at.f(2);
    assert_eq!(at.post.answer(), "move-seen");
    on_card("say that what shows was read", &at.cost, &[]);
    post.f(6);
    same("moved-record", &post.model);
    post.esc();
    post.f(12);
    post.enter("OP-1");
    post.enter("MOT-0001");
    assert!(post.model.over.is_none(), "it was seen");
}
