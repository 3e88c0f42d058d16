//! Who is learning a step does it with somebody beside them, whose badge counts on the stop that asks for it.

use traveller::app::model::{Band, Note};
use traveller::app::msg::Key;
use traveller::domain::command::Command;
use traveller::domain::what::Qualification;
use traveller::ui::theme::Theme;

use super::lamp::{LABEL, LAMP, german, kitted, plant};
use super::picture::{cells, rows};
use super::plant::{PIN, Plant, Post};
use super::screens::same;

/// A trainee at the bench, stopped at the step that takes a supervisor.
fn stopped_trainee(plant: &Plant) -> Post {
    let mut post = kitted(plant);
    post.all(&["SC-2", "TQ-1", LAMP, "GL-1", "WI-1", "1"]);
    post.f(12);
    again(plant)
}

/// The trainee comes, and scans the lamp that is due.
fn again(plant: &Plant) -> Post {
    let mut post = plant.post("bench", false);
    post.all(&["OP-2", "TQ-1"]);
    post.enter(LAMP);
    assert_eq!((post.answer(), post.screen()), ("second-person", "stopped"));
    post
}

#[test]
fn a_supervisors_badge_counts_while_the_stop_shows() {
    let plant = plant();
    let mut post = stopped_trainee(&plant);
    same("stopped-trainee", &post.model);
    german("stopped-trainee-de", &mut post);
    post.scan(b"OP-1");
    assert_eq!((post.answer(), post.screen()), ("unit-opened", "step"));
    assert_eq!(post.model.desk.operator.as_ref().unwrap().badge.as_str(), "OP-2", "the trainee works");
    same("step-supervised", &post.model);
    post.all(&["2.20"]);
    post.f(6);
    same("history-supervised", &post.model);
}

#[test]
fn on_the_stop_for_a_supervisor_nothing_but_a_badge_counts() {
    let plant = plant();
    drop(stopped_trainee(&plant));
    for label in [LAMP, "88120", "SC-1", "LGCSFFB", "NOT-KNOWN"] {
        let mut post = again(&plant);
        post.scan(label.as_bytes());
        assert_eq!((post.answer(), post.screen()), ("stale-scan", "stopped"), "{label}");
        post.scan(b"OP-1");
        assert_eq!(post.answer(), "stale-scan", "it is no longer known whom the badge is for");
    }
    let mut post = again(&plant);
    post.scan("NOT-KNOWN".as_bytes());
    same("stopped-trainee-late", &post.model);
    let mut post = again(&plant);
    post.esc();
    post.enter("OP-1");
    assert_eq!((post.answer(), post.screen()), ("unit-opened", "step"), "so does the badge after Esc");
}

/// What goes to the record of a PIN that nobody asked for: nothing.
fn types_a_pin(post: &mut Post) {
    let before = post.settled.len();
    post.enter(PIN);
    assert_eq!(post.settled.len(), before, "nothing is on record");
    assert!(matches!(post.model.band, Band::Note(Note::PinUnasked)));
}

#[test]
fn a_supervisor_who_is_used_to_a_pin_leaves_none_on_record() {
    let plant = plant();
    let mut post = stopped_trainee(&plant);
    post.scan(b"OP-1");
    assert_eq!(post.answer(), "unit-opened");
    types_a_pin(&mut post);
    same("step-supervised-pin", &post.model);
    post.enter(PIN);
    assert_eq!(post.answer(), "unknown-label", "twice, it is meant as a label");
    // The badge of somebody who may not stand by, and the PIN on top of the stop.
    let plant = super::lamp::plant();
    let mut post = stopped_trainee(&plant);
    post.scan(b"LEAD");
    assert_eq!(post.screen(), "stopped");
    types_a_pin(&mut post);
    same("stopped-trainee-pin", &post.model);
    // After Esc the badge counts as well.
    let plant = super::lamp::plant();
    let mut post = stopped_trainee(&plant);
    post.esc();
    post.enter("OP-1");
    types_a_pin(&mut post);
}

#[test]
fn at_a_load_it_is_one_badge_too_and_its_value_takes_a_gauge() {
    let plant = Plant::new();
    plant.release("tests/scenarios/routes/pot.toml");
    let lead = || "LEAD".parse().unwrap();
    for (badge, supervised) in [("OP-1", false), ("OP-2", true)] {
        let held = Qualification { name: "fire".to_owned(), until: "2028-01-01".parse().unwrap(), supervised };
        plant.done(&Command::Qualify { badge: badge.parse().unwrap(), qualifications: vec![held], by: lead() });
    }
    let (gauge, kind, due) = ("TH-1".parse().unwrap(), "thermometer".to_owned(), "2027-05-31".parse().unwrap());
    plant.done(&Command::RegisterGauge { gauge, kind, due, by: lead() });
    plant.manned("bench").all(&["PT0001", "1"]);
    let mut post = plant.post("kiln", false);
    post.all(&["OP-2"]);
    post.enter("PT0001");
    assert_eq!((post.answer(), post.screen()), ("second-person", "stopped"));
    post.scan(b"OP-1");
    assert_eq!((post.answer(), post.screen()), ("load-entered", "ready"));
    types_a_pin(&mut post);
    post.f(2);
    assert_eq!(post.answer(), "load-begun");
    same("load-gauge", &post.model);
    plant.later(11);
    post.enter("920");
    assert_eq!((post.answer(), post.screen()), ("gauge-missing", "stopped"));
    post.esc();
    post.all(&["TH-1", "920"]);
    assert_eq!(post.answer(), "check-recorded");
    post.f(2);
    assert_eq!((post.answer(), post.screen()), ("load-ended", "ready"));
}

#[test]
fn a_lot_that_is_loaded_again_is_named_once() {
    let plant = plant();
    let mut post = stopped_trainee(&plant);
    post.scan(b"OP-1");
    for lot in ["SC-1", "SC-2"] {
        post.scan(lot.as_bytes());
        assert_eq!(post.answer(), "lot-loaded", "{lot}");
    }
    let shown = rows(&cells(&post.model, Theme::colour16(), (80, 24)));
    let screws = shown.iter().find(|row| row.contains("Screw M4")).unwrap();
    assert_eq!((screws.matches("SC-1").count(), screws.matches("SC-2").count()), (1, 1), "{screws}");
}

#[test]
fn a_value_right_after_a_supervisors_badge_is_a_value() {
    let plant = plant();
    let mut post = stopped_trainee(&plant);
    post.scan(b"OP-1");
    post.enter("2.20");
    assert_eq!(post.answer(), "check-recorded");
}

#[test]
fn a_badge_that_was_scanned_before_the_stop_was_seen_does_not_stand_by() {
    let plant = plant();
    let mut post = stopped_trainee(&plant);
    // Within the moment in which nobody can have read the stop.
    post.typed("OP-1");
    post.key(Key::Enter);
    post.settle();
    assert_eq!((post.answer(), post.screen()), ("stale-scan", "stopped"));
}

#[test]
fn these_screens_fit_every_terminal() {
    let plant = plant();
    let widths = [0, 1, 5, 20, 39, 40, 59, 60, 80, 116, 200];
    let heights = [0, 1, 6, 11, 12, 13, 20, 24, 60];
    let fits = |post: &Post| {
        for size in widths.iter().flat_map(|w| heights.iter().map(move |h| (*w, *h))) {
            super::picture::cells(&post.model, traveller::ui::theme::Theme::colour16(), size);
        }
    };
    let mut post = plant.manned("kit");
    for line in ["1", "1", "4", LABEL, "1"] {
        post.f(2);
        post.enter(line);
        fits(&post);
    }
    fits(&stopped_trainee(&plant));
}
