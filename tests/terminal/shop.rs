//! What the rules of a route ask of the operator: orders, loaded lots, gauges, steps that may be left out, and samples.

use traveller::app::effect::Effect;
use traveller::app::model::Band;
use traveller::app::msg::Key;
use traveller::app::offer::{Act, offers};
use traveller::app::shelf::{Look, Seen};
use traveller::domain::command::{Command, LotMove};
use traveller::domain::time::{Clock, Moment, SECOND};
use traveller::ui::theme::Theme;

use super::lamp::{LAMP, german, kitted, plant, shelf, wired};
use super::picture::{cells, one};
use super::plant::{Plant, Post};
use super::screens::same;

fn act_of_f2(post: &Post) -> Option<Act> {
    offers(&post.model).into_iter().find(|o| o.key == Some(2)).map(|o| o.act)
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
        if let Some(number) = question {
            post.enter(number);
        }
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
fn a_lot_that_was_open_for_too_long_is_not_offered() {
    let plant = plant();
    let (lot, reason, by) = ("GL-1".parse().unwrap(), "for the morning".to_owned(), "LEAD".parse().unwrap());
    plant.done(&Command::ChangeLot { lot, to: LotMove::Open, reason, by });
    let offered = |plant: &Plant| {
        let Seen::Shelf(shelf) = plant.manned("bench").look(Look::Shelf) else { unreachable!() };
        shelf.lots.iter().map(|l| l.lot.lot.to_string()).filter(|lot| lot.starts_with("GL")).collect::<Vec<_>>()
    };
    plant.later(479);
    assert_eq!(offered(&plant), ["GL-1", "GL-2"]);
    plant.later(2);
    assert_eq!(offered(&plant), ["GL-2"]);
}

#[test]
fn a_lead_decides_about_a_unit_that_came_too_late() {
    let plant = plant();
    drop(wired(&plant));
    plant.later(241);
    let mut post = plant.manned("bench");
    post.enter(LAMP);
    assert_eq!((post.answer(), post.screen()), ("too-late", "stopped"));
    same("stopped-too-late", &post.model);
    post.f(9);
    // The plant of the tests lets a second person override what came too late: that stands first.
    post.enter("2");
    assert_eq!(post.question(), Some("lead-to"));
    let targets: Vec<_> = post.model.question().unwrap().choices().into_iter().map(|c| c.code).collect();
    assert_eq!(targets, ["30", "10"], "the step itself, and the one that time is measured from");
    post.enter("2");
    post.enter("0");
    for line in ["the kit is counted anew", "LEAD", super::plant::PIN] {
        post.enter(line);
    }
    assert_eq!(post.answer(), "disposed", "{:?}", post.last().answer);
}

#[test]
fn by_when_a_step_begins_is_told_by_the_boot_clock() {
    let plant = plant();
    let post = wired(&plant);
    let bench = post.model.bench().unwrap();
    let from = bench.traveller.passed_moments(&"10".parse().unwrap())[0].clone();
    let minutes = |n: i64| n * 60 * SECOND;
    let later = |set: i64, boot: &str| {
        let mono = from.mono + u64::try_from(minutes(60)).unwrap();
        Moment { at: from.at.plus(minutes(60 + set)), clock: Clock::Synced, boot: boot.parse().unwrap(), mono }
    };
    let told = |now: Option<Moment>| bench.begins_by(now.as_ref()).unwrap();
    assert_eq!(told(None), from.at.plus(minutes(240)));
    let boot = from.boot.to_string();
    assert_eq!(told(Some(later(0, &boot))), from.at.plus(minutes(240)));
    assert_eq!(told(Some(later(-90, &boot))), from.at.plus(minutes(150)), "the wall clock was set back meanwhile");
    assert_eq!(told(Some(later(-90, "0000beef"))), from.at.plus(minutes(240)), "another boot knows no better");
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
fn a_lot_with_a_long_name_stands_free_at_every_width() {
    const LOT: &str = "SC-2611-000027-OF-ACME";
    let plant = plant();
    plant.receive(LOT, "SCREW", 500, None);
    let mut post = kitted(&plant);
    post.all(&[LOT, "TQ-1", LAMP, "GL-1", "WI-1", "1"]);
    for width in 60..=132 {
        let screen = one(&cells(&post.model, Theme::colour16(), (width, 24)));
        let row = screen.lines().find(|line| line.contains("Screw")).unwrap();
        let before = row.split_once(LOT).unwrap_or_else(|| panic!("at {width}: {row}")).0;
        assert!(before.ends_with("  "), "at {width}: {row}");
    }
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
