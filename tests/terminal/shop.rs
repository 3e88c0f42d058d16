//! What the rules of a route ask of the operator: orders, loaded lots, gauges, trainees, choices, and material that
//! comes in.

use traveller::app::effect::Effect;
use traveller::app::model::Band;
use traveller::app::msg::Key;
use traveller::app::offer::{Act, offers};
use traveller::app::settlement::Settlement;
use traveller::app::shelf::{Look, Seen, Shelf};
use traveller::domain::command::Command;
use traveller::domain::what::Qualification;

use super::plant::{Plant, Post};
use super::screens::same;

const LAMP: &str = "LM0001";
/// A supplier's label: ISO/IEC 15434 with part, lot, quantity, last day and supplier.
pub(super) const LABEL: &str = "[)>\u{1e}06\u{1d}1PS-4X12\u{1d}1TSC-9\u{1d}Q500\u{1d}14D20280331\u{1d}VACME\u{1e}\u{4}";
/// A supplier's label by GS1: the glue, with lot and last day, and no quantity.
const GLUE_LABEL: &str = "]d201095210000001311728043010GL-7";

/// A plant that makes lamps under an order.
fn plant() -> Plant {
    let plant = Plant::new();
    plant.release("tests/terminal/routes/lamp.toml");
    for (lot, part, quantity, expires) in [
        ("SC-1", "SCREW", 6, None),
        ("SC-2", "SCREW", 500, None),
        ("GL-1", "GLUE", 20, Some("2027-01-31")),
        ("GL-2", "GLUE", 20, Some("2027-06-30")),
        ("GL-0", "GLUE", 20, Some("2026-11-22")),
        ("WI-1", "WIRE", 20, None),
    ] {
        plant.receive(lot, part, quantity, expires);
    }
    let lead = || "LEAD".parse().unwrap();
    for (order, quantity, variant) in [("88120", 40, "STD"), ("88121", 2, "EX")] {
        plant.done(&Command::OpenOrder {
            order: order.parse().unwrap(),
            route: "lamp".parse().unwrap(),
            revision: "A".parse().unwrap(),
            variant: Some(variant.to_owned()),
            quantity,
            serials: None,
            customer: None,
            by: lead(),
        });
    }
    for (gauge, due) in [("TQ-1", "2027-05-31"), ("TQ-2", "2026-10-31")] {
        let (gauge, kind, due) = (gauge.parse().unwrap(), "torque".to_owned(), due.parse().unwrap());
        plant.done(&Command::RegisterGauge { gauge, kind, due, by: lead() });
    }
    for (badge, supervised) in [("OP-1", false), ("OP-2", true)] {
        let held = Qualification { name: "torque-m4".to_owned(), until: "2028-01-01".parse().unwrap(), supervised };
        plant.done(&Command::Qualify { badge: badge.parse().unwrap(), qualifications: vec![held], by: lead() });
    }
    plant
}

/// A lamp that left the kit.
fn kitted(plant: &Plant) -> Post {
    plant.manned("kit").all(&["88120", LAMP, "1"]);
    plant.manned("bench")
}

/// A lamp that was engraved before it is built, which the route leaves open.
fn engraved(plant: &Plant) -> Post {
    drop(kitted(plant));
    plant.manned("laser").all(&[LAMP, "1"]);
    plant.manned("bench")
}

/// A lamp that is wired, at the bench with everything that mounting takes.
fn wired(plant: &Plant) -> Post {
    let mut post = engraved(plant);
    post.all(&["SC-2", "TQ-1", LAMP, "GL-1", "WI-1", "1"]);
    assert_eq!((post.screen(), post.answer()), ("step", "step-passed"));
    post
}

/// Answers that the gate really gave at these screens.
pub(super) fn answers() -> Vec<Settlement> {
    let plant = plant();
    let mut post = wired(&plant);
    post.all(&["2.20", "2.21"]);
    post.f(2);
    let mut trainee = plant.post("bench", false);
    trainee.all(&["OP-2", "TQ-1"]);
    post.settled.append(&mut trainee.settled);
    post.settled
}

/// What a station of that plant could choose.
pub(super) fn shelf() -> Shelf {
    let mut post = plant().manned("bench");
    let Seen::Shelf(shelf) = post.look(Look::Shelf) else { unreachable!() };
    *shelf
}

fn act_of_f2(post: &Post) -> Option<Act> {
    offers(&post.model).into_iter().find(|o| o.key == Some(2)).map(|o| o.act)
}

/// The same screen in German.
fn german(name: &str, post: &mut Post) {
    post.model.lang = post.model.lang.other();
    same(name, &post.model);
    post.model.lang = post.model.lang.other();
}

#[test]
fn an_order_a_lot_and_a_gauge_are_chosen_from_lists() {
    let plant = plant();
    let mut post = plant.manned("kit");
    post.f(2);
    assert_eq!(post.question(), Some("station"));
    same("station-menu", &post.model);
    german("station-menu-de", &mut post);
    post.enter("1");
    same("station-orders", &post.model);
    post.enter("3");
    assert!(matches!(post.model.band, Band::Note(_)), "there is no third");
    post.enter("2");
    assert_eq!((post.answer(), post.question()), ("order-selected", None));
    assert_eq!(post.model.stock.orders[0].order.as_str(), "88121");
    let mut post = plant.manned("bench");
    for (menu, choice, answer, name) in
        [("2", "1", "lot-loaded", "station-lots"), ("3", "1", "gauge-selected", "station-gauges")]
    {
        post.f(2);
        post.enter(menu);
        same(name, &post.model);
        post.enter(choice);
        assert_eq!(post.answer(), answer);
    }
    same("ready-station", &post.model);
    assert_eq!(post.model.desk.station.gauges[0].gauge.as_str(), "TQ-1", "one in calibration stands first");
}

#[test]
fn what_is_scanned_on_a_list_counts_as_without_it() {
    let mut post = plant().manned("kit");
    for question in [None, Some("1")] {
        post.f(2);
        question.into_iter().for_each(|q| post.enter(q));
        post.scan(b"88120");
        assert_eq!((post.answer(), post.question()), ("order-selected", None));
    }
    post.f(2);
    post.esc();
    assert_eq!((post.screen(), post.question()), ("ready", None));
    post.f(2);
    post.enter("1");
    post.esc();
    assert_eq!(post.question(), Some("station"), "Esc goes back to the menu");
}

#[test]
fn an_expired_lot_is_never_offered_and_the_first_to_expire_is_first() {
    let shelf = shelf();
    let glue: Vec<_> = shelf.lots.iter().filter(|l| l.part.as_str() == "GLUE").map(|l| l.lot.lot.as_str()).collect();
    assert_eq!(glue, ["GL-1", "GL-2"]);
    let gauges: Vec<_> = shelf.gauges.iter().map(|g| (g.gauge.gauge.as_str(), g.overdue)).collect();
    assert_eq!(gauges, [("TQ-1", false), ("TQ-2", true)]);
}

#[test]
fn nothing_to_choose_is_said() {
    let mut post = Plant::new().manned("assembly");
    post.f(2);
    post.enter("1");
    same("station-none", &post.model);
    assert!(post.model.question().unwrap().choices().is_empty());
}

#[test]
fn a_lot_is_received_by_its_label() {
    let mut post = plant().manned("kit");
    post.f(2);
    post.enter("4");
    assert_eq!(post.question(), Some("receive-part"));
    same("receive-part", &post.model);
    german("receive-part-de", &mut post);
    post.scan(LABEL.as_bytes());
    assert_eq!(post.question(), Some("receive-confirm"), "the label says all of it");
    same("receive-confirm", &post.model);
    german("receive-confirm-de", &mut post);
    post.enter("1");
    assert_eq!((post.answer(), post.question()), ("lot-received", Some("receive-part")));
    same("receive-again", &post.model);
    post.scan(LABEL.as_bytes());
    post.enter("1");
    assert_eq!((post.answer(), post.screen()), ("duplicate-serial", "stopped"));
    post.esc();
    assert_eq!(post.question(), Some("receive-part"), "the next lot follows");
    post.esc();
    assert_eq!((post.screen(), post.question()), ("ready", None));
}

#[test]
fn what_a_label_does_not_say_is_asked_for() {
    let mut post = plant().manned("kit");
    post.f(2);
    post.enter("4");
    post.scan(GLUE_LABEL.as_bytes());
    assert_eq!(post.question(), Some("receive-quantity"));
    same("receive-quantity", &post.model);
    for bad in ["0", "-3", "9999999999", "many"] {
        let before = post.settled.len();
        post.enter(bad);
        assert_eq!((post.question(), post.settled.len()), (Some("receive-quantity"), before), "{bad}");
        assert!(matches!(post.model.band, Band::Note(_)), "{bad}");
    }
    same("receive-quantity-bad", &post.model);
    post.enter("250");
    assert_eq!(post.question(), Some("receive-confirm"));
    post.enter("2");
    assert_eq!(post.question(), Some("receive-part"), "begun again");
}

#[test]
fn a_lot_without_a_label_is_typed() {
    let mut post = plant().manned("kit");
    post.f(2);
    post.enter("4");
    let screw = post.model.question().unwrap().choices().iter().position(|c| c.code == "SCREW").unwrap() + 1;
    post.enter(&screw.to_string());
    assert_eq!(post.question(), Some("receive-lot"));
    same("receive-lot", &post.model);
    post.enter("L-77");
    post.enter("500");
    assert_eq!(post.question(), Some("receive-last-day"));
    post.enter("31.03.2027");
    assert!(matches!(post.model.band, Band::Note(_)));
    same("receive-last-day", &post.model);
    post.enter("2026-11-01");
    same("receive-over", &post.model);
    post.esc();
    assert_eq!(post.question(), Some("receive-last-day"), "Esc asks the one before again");
    post.enter("0");
    post.enter("1");
    assert_eq!(post.answer(), "lot-received");
}

#[test]
fn a_label_of_another_part_is_refused_on_record() {
    let mut post = plant().manned("kit");
    post.f(2);
    post.enter("4");
    let wire = post.model.question().unwrap().choices().iter().position(|c| c.code == "WIRE").unwrap() + 1;
    post.enter(&wire.to_string());
    post.scan(LABEL.as_bytes());
    post.enter("1");
    assert_eq!((post.answer(), post.screen()), ("wrong-part", "stopped"));
    same("receive-wrong-part", &post.model);
}

#[test]
fn a_badge_or_a_damaged_label_counts_while_lots_are_received() {
    let mut post = plant().manned("kit");
    post.f(2);
    post.enter("4");
    post.scan(b"]d2010952100000013217");
    assert_eq!((post.answer(), post.question()), ("misread", Some("receive-part")));
    post.scan(b"OP-2");
    assert_eq!((post.answer(), post.question()), ("signed-on", None));
    post.enter("88120");
    assert_eq!(post.question(), None, "receiving ended with the other operator");
}

#[test]
fn the_order_the_others_of_a_group_and_the_loaded_lot_show() {
    let plant = plant();
    let mut post = kitted(&plant);
    post.all(&["SC-2", "TQ-1", LAMP]);
    assert_eq!(act_of_f2(&post), Some(Act::List));
    same("step-group", &post.model);
    german("step-group-de", &mut post);
    post.f(2);
    same("step-list", &post.model);
    post.enter("2");
    assert_eq!(post.answer(), "material-installed");
    assert!(!post.last().remarks.is_empty(), "another lot expires earlier");
    same("step-remark", &post.model);
    post.all(&["WI-1", "1"]);
    assert_eq!(post.model.bench().unwrap().step.id.as_str(), "30");
    same("step-loaded", &post.model);
    german("step-loaded-de", &mut post);
}

#[test]
fn a_gauge_is_listed_where_it_is_needed_next() {
    let plant = plant();
    let mut post = kitted(&plant);
    post.all(&["SC-2", LAMP, "GL-1", "WI-1", "1"]);
    same("step-gauge", &post.model);
    post.f(2);
    assert_eq!(post.question(), Some("gauges"));
    post.enter("2");
    assert_eq!((post.answer(), post.screen()), ("gauge-overdue", "stopped"));
    same("stopped-gauge", &post.model);
    post.esc();
    post.f(2);
    post.enter("1");
    assert_eq!(post.answer(), "gauge-selected");
    assert_eq!(act_of_f2(&post), Some(Act::Pass));
}

#[test]
fn an_optional_step_is_left_out_and_the_next_is_a_sample() {
    let plant = plant();
    let mut post = wired(&plant);
    post.all(&["2.20", "2.21"]);
    assert_eq!(post.answer(), "step-passed");
    assert_eq!(act_of_f2(&post), Some(Act::Skip));
    same("step-optional", &post.model);
    post.f(2);
    assert_eq!(post.answer(), "step-skipped");
    same("step-sampled", &post.model);
    post.f(6);
    same("history-rules", &post.model);
    german("history-rules-de", &mut post);
}

#[test]
fn who_did_the_work_does_not_accept_it() {
    let plant = plant();
    let mut post = wired(&plant);
    post.all(&["2.20", "2.21"]);
    post.f(2);
    post.enter("420");
    assert_eq!(post.screen(), "passed", "step 60 is somebody else's");
    same("passed-order", &post.model);
    post.enter(LAMP);
    assert_eq!((post.answer(), post.screen()), ("second-person", "stopped"));
    same("stopped-apart", &post.model);
    post.scan(b"OP-2");
    assert_eq!(post.answer(), "stale-scan", "no badge helps on this stop");
}

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
fn while_a_list_is_looked_for_other_keys_wait() {
    let mut post = plant().manned("kit");
    post.now += 1_000;
    post.key(Key::F(2));
    post.key(Key::F(12));
    assert_eq!(post.out.iter().filter(|e| matches!(e, Effect::Look(..) | Effect::Submit(_))).count(), 1);
    post.settle();
    assert_eq!(post.question(), Some("station"), "the other key was meant for the screen before");
    assert!(post.model.desk.operator.is_some());
}

#[test]
fn a_ledger_that_cannot_be_read_is_told() {
    let mut post = plant().manned("kit");
    post.fault = Some(traveller::app::port::Fault::new("the disk cannot be read", "call a technician"));
    post.f(2);
    assert_eq!(post.screen(), "fault");
    post.esc();
    post.f(2);
    assert_eq!(post.question(), Some("station"));
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
