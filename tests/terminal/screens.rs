//! Every screen, as it looks: 80 by 24, 40 by 12, and 132 by 43; German where it differs in more than words.

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};
use traveller::app::model::{CardLine, Model};
use traveller::app::msg::{Key, News, Replica, ReplicaAge, ReplicaLevel, ScannerState, Status, WaitingUnit};
use traveller::app::port::Fault;
use traveller::app::seat::Seat;
use traveller::domain::time::Clock;
use traveller::ui::theme::Theme;

use super::picture::{cells, fits_every_console, kept_beside, one, picture};
use super::plant::{PIN, Plant, status};

const PUMP: &str = "PC226-000417";
const GEARBOX: &str = "GX80-00042";

pub(super) fn same(name: &str, model: &Model) {
    same_cells(name, |size| cells(model, Theme::colour16(), size));
}

/// A screen looks as it did, in every size, and every console can show it.
pub(super) fn same_cells(name: &str, cells: impl Fn((u16, u16)) -> Buffer) {
    fits_every_console(name, &cells);
    kept(name, &picture(cells));
}

pub(super) fn kept(name: &str, picture: &str) {
    kept_beside().bind(|| insta::assert_snapshot!(name, picture));
}

#[test]
fn sign_on() {
    let plant = Plant::new();
    let mut post = plant.post("assembly", true);
    same("sign-on", &post.model);
    post.typed("OP-1");
    same("sign-on-badge", &post.model);
    post.key(Key::Esc);
    post.enter("OP-1");
    assert_eq!(post.question(), Some("pin"));
    post.typed("2718");
    same("sign-on-pin", &post.model);
}

#[test]
fn sign_on_with_a_card_of_codes() {
    let mut post = Plant::new().post("assembly", true);
    let line = |code: &str, what: &str| CardLine { code: code.to_owned(), what: what.to_owned() };
    post.model.settings.card = vec![
        line("OP-1", "Otto Operator's badge, PIN 271828"),
        line("PC226-000417", "a pump controller"),
        line("B0000417", "its main board"),
        line("SCR-1", "a lot of screws"),
    ];
    same("sign-on-card", &post.model);
}

#[test]
fn ready() {
    let mut post = Plant::new().manned("assembly");
    same("ready", &post.model);
    let waits = |unit: &str| WaitingUnit {
        unit: unit.parse().unwrap(),
        step: "20".parse().unwrap(),
        title: "Fit main board".to_owned(),
        half_done: None,
    };
    post.hear(News::Waiting(Seat::First, vec![waits("PC226-000415"), waits("PC226-000416")]));
    same("ready-waiting", &post.model);
}

#[test]
fn ready_asks_for_a_new_label_again() {
    let mut post = Plant::new().manned("receiving");
    post.enter(PUMP);
    assert_eq!(post.answer(), "confirm-start");
    same("ready-confirm-start", &post.model);
}

#[test]
fn a_step_with_material() {
    let plant = Plant::new();
    plant.working("receiving", PUMP).all(&["1", "1"]);
    let mut post = plant.working("assembly", PUMP);
    same("step", &post.model);
    post.all(&["B0004170", "SCR-1"]);
    same("step-material", &post.model);
    post.enter("1");
    assert_eq!(post.answer(), "step-passed");
    same("step-after-pass", &post.model);
    post.model.lang = post.model.lang.other();
    same("step-after-pass-de", &post.model);
}

#[test]
fn a_step_with_values() {
    let plant = Plant::new();
    plant.working("receiving", PUMP).all(&["1", "1"]);
    let mut post = plant.working("assembly", PUMP);
    post.all(&["B0004170", "SCR-1", "1", "GSK-1", "SCR-1", "2.21"]);
    post.typed("2.4");
    same("step-typing", &post.model);
    post.typed("5");
    post.now += 1_000;
    post.key(Key::Enter);
    post.settle();
    assert_eq!(post.answer(), "confirm-value");
    same("step-confirm-value", &post.model);
    post.model.lang = post.model.lang.other();
    same("step-confirm-value-de", &post.model);
}

#[test]
fn a_step_with_choices_and_a_signature() {
    let mut post = Plant::new().pump_at_test(PUMP);
    post.all(&["PC200-2.4.1", "201", "0.31"]);
    same("step-choice", &post.model);
    post.enter("1");
    same("step-signature", &post.model);
    post.enter("IN-1");
    assert_eq!(post.question(), Some("pin"));
    post.typed("271");
    same("step-pin", &post.model);
}

#[test]
fn passed() {
    let plant = Plant::new();
    let mut post = plant.working("receiving", PUMP);
    post.all(&["1", "1"]);
    assert_eq!(post.screen(), "passed");
    same("passed", &post.model);
    post.model.lang = post.model.lang.other();
    same("passed-de", &post.model);
}

#[test]
fn passed_for_the_last_time() {
    let plant = Plant::new();
    let mut post = plant.pump_at_test(PUMP);
    post.all(&["PC200-2.4.1", "201", "0.31", "1", "IN-1", PIN]);
    same("step-complete", &post.model);
    post.f(2);
    assert_eq!(post.answer(), "step-passed");
    plant.working("packing", PUMP).all(&["MAN-200-DE", "none"]);
    let mut post = plant.working("dispatch", PUMP);
    post.all(&["CN0000000001"]);
    assert_eq!(post.answer(), "unit-dispatched");
    same("passed-dispatched", &post.model);
}

#[test]
fn stopped() {
    let plant = Plant::new();
    plant.working("receiving", PUMP).all(&["1", "1"]);
    let mut post = plant.manned("test");
    post.enter(PUMP);
    assert_eq!(post.answer(), "wrong-station");
    same("stopped", &post.model);
    post.model.lang = post.model.lang.other();
    same("stopped-de", &post.model);
    post.model.lang = post.model.lang.other();
    post.enter(PUMP);
    assert_eq!(post.answer(), "stale-scan");
    same("stopped-scanned-on", &post.model);
}

#[test]
fn stopped_by_another_unit() {
    let plant = Plant::new();
    plant.working("receiving", "PC226-000416").all(&["1", "1"]);
    plant.working("receiving", PUMP).all(&["1", "1"]);
    let mut post = plant.working("assembly", PUMP);
    post.all(&["SCR-1"]);
    post.enter("PC226-000416");
    assert_eq!(post.answer(), "unit-open");
    same("stopped-unit-open", &post.model);
}

#[test]
fn failed() {
    let mut post = Plant::new().pump_at_test(PUMP);
    post.f(3);
    assert_eq!(post.question(), Some("reason"));
    same("question-fail", &post.model);
    post.enter("0");
    post.typed("does not switch off");
    same("question-words", &post.model);
    post.now += 1_000;
    post.key(Key::Enter);
    post.settle();
    assert_eq!(post.screen(), "failed");
    same("failed", &post.model);
}

#[test]
fn failed_while_open() {
    let mut post = Plant::new().working("receiving", PUMP);
    post.enter("2");
    same("fail-again", &post.model);
    post.enter("2");
    assert_eq!(post.screen(), "nonconforming");
    same("nonconforming", &post.model);
    post.model.lang = post.model.lang.other();
    same("nonconforming-de", &post.model);
}

#[test]
fn a_check_failed_and_another_attempt_is_possible() {
    let mut post = Plant::new().pump_at_test(PUMP);
    post.all(&["PC200-2.4.1", "300", "300"]);
    assert_eq!(post.last().passed, Some(false));
    same("step-failed-check", &post.model);
    post.f(2);
    same("question-retest", &post.model);
}

#[test]
fn a_unit_has_two_holds() {
    let plant = Plant::new();
    let mut post = plant.working("receiving", PUMP);
    for reason in ["supplier letter of today", "odd smell"] {
        plant.hold(PUMP, reason);
    }
    post.f(12);
    let mut post = plant.manned("receiving");
    post.enter(PUMP);
    same("refused-two-holds", &post.model);
    post.f(9);
    post.enter("1");
    same("lead-hold", &post.model);
}

#[test]
fn a_lead_decides() {
    let mut post = Plant::new().pump_at_test(PUMP);
    post.f(3);
    post.enter("2");
    post.f(9);
    same("lead-decision", &post.model);
    post.enter("1");
    same("lead-to", &post.model);
    post.enter("2");
    post.enter("1");
    same("lead-removed", &post.model);
    post.enter("0");
    post.enter("2");
    same("lead-badge", &post.model);
    post.enter("LEAD");
    post.typed(PIN);
    same("lead-pin", &post.model);
}

#[test]
fn a_long_list_keeps_what_is_next_in_sight() {
    let plant = Plant::new();
    plant.working("receiving", GEARBOX).all(&["AB-1234", "200", "1"]);
    let mut post = plant.working("assembly", GEARBOX);
    post.all(&["IS000042", "OG000042", "9.0", "9.1", "0.10"]);
    same("step-long", &post.model);
}

#[test]
fn pages_to_read() {
    let mut post = Plant::new().pump_at_test(PUMP);
    post.all(&["PC200-2.4.1"]);
    post.f(1);
    same("help", &post.model);
    post.f(5);
    same("last", &post.model);
    post.f(6);
    same("history", &post.model);
    post.model.lang = post.model.lang.other();
    post.key(Key::PageDown);
    same("history-de", &post.model);
}

#[test]
fn faults() {
    let mut post = Plant::new().manned("assembly");
    post.fault =
        Some(Fault::new("the disk is full: 0 bytes left on /var/lib/traveller", "free space, then scan again"));
    post.enter(PUMP);
    assert_eq!(post.screen(), "fault");
    same("fault", &post.model);
    post.hear(News::Broken(Fault::new("records 4211 to 4219 are missing", "call a technician; do not go on")));
    same("fault-lasting", &post.model);
}

fn late(hours: u32) -> Replica {
    Replica { level: ReplicaLevel::Late, age: ReplicaAge::Minutes(hours * 60) }
}

#[test]
fn the_age_of_the_replica_stands_on_every_screen() {
    let mut post = Plant::new().manned("assembly");
    let mut hear = |replica| post.hear(News::Status(Status { replica, unsent: 17, ..status() }));
    hear(Some(Replica { level: ReplicaLevel::Fresh, age: ReplicaAge::Minutes(14 * 60) }));
    same("replica-fresh", &post.model);
    let mut hear = |replica| post.hear(News::Status(Status { replica, unsent: 4_211, ..status() }));
    hear(Some(late(27)));
    same("replica-late", &post.model);
    post.f(1);
    same("help-replica-late", &post.model);
    post.esc();
    let attention = |age| Some(Replica { level: ReplicaLevel::Attention, age });
    let mut hear = |replica| post.hear(News::Status(Status { replica, unsent: 4_211, ..status() }));
    hear(attention(ReplicaAge::Minutes(51 * 60)));
    same("replica-attention", &post.model);
    post.model.lang = post.model.lang.other();
    post.f(1);
    same("help-replica-attention-de", &post.model);
    post.esc();
    post.hear(News::Status(Status { replica: attention(ReplicaAge::Never), ..status() }));
    same("replica-never-de", &post.model);
}

#[test]
fn the_status_line_warns() {
    let mut post = Plant::new().manned("assembly");
    post.hear(News::Status(Status { clock: Clock::Doubt, replica: Some(late(31)), ..status() }));
    post.hear(News::Scanner { name: "DS2208".parse().unwrap(), state: ScannerState::Lost });
    same("status-warns", &post.model);
    let cells = cells(&post.model, Theme::colour16(), (80, 24));
    let warning = cells.content.iter().find(|c| c.symbol() == "!").unwrap();
    assert_eq!((warning.fg, warning.bg), (Color::White, Color::Red));
    assert!(!warning.modifier.contains(Modifier::REVERSED), "or it would be red on white");
}

#[test]
fn without_colours_the_words_and_the_blocks_say_it() {
    let plant = Plant::new();
    let mono = |model: &Model| one(&cells(model, Theme::mono(), (80, 24)));
    let mut post = plant.working("receiving", PUMP);
    post.all(&["1", "1"]);
    let passed = mono(&post.model);
    let mut post = plant.manned("test");
    post.enter(PUMP);
    let stopped = mono(&post.model);
    post.esc();
    post.enter("NOT-KNOWN");
    let hint = mono(&post.model);
    kept("mono", &[passed, stopped, hint].join("\n"));
}
