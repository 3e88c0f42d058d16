//! What keys and scans come to.

use traveller::app::effect::{Bell, Effect};
use traveller::app::lang::Lang;
use traveller::app::model::{Band, Log, Note};
use traveller::app::msg::{Deadline, Key, Millis, Msg, News};
use traveller::app::offer::{Act, offers};
use traveller::app::port::Fault;
use traveller::app::question::Unfit;
use traveller::app::update;
use traveller::domain::command::Command;
use traveller::domain::command_code::CommandCode;
use traveller::domain::event::How;
use traveller::domain::label::{Label, Loss};
use traveller::domain::what::Leaving;

use super::plant::{PIN, Plant, Post};

const PUMP: &str = "PC226-000417";

fn offered(post: &Post) -> Vec<Act> {
    offers(&post.model).into_iter().filter(|o| o.shown).map(|o| o.act).collect()
}

#[test]
fn a_unit_is_walked_through_its_first_steps_with_scans_and_values_alone() {
    let plant = Plant::new();
    let mut post = plant.post("receiving", true);
    post.all(&["OP-1", PIN, PUMP, PUMP, "1", "1"]);
    assert_eq!((post.screen(), post.answer()), ("passed", "step-passed"));
    let mut post = plant.post("assembly", true);
    post.all(&["OP-1", PIN, PUMP, "B0004170", "SCR-1", "1"]);
    assert_eq!((post.screen(), post.answer()), ("step", "step-passed"), "the next step is done here too");
    assert!(matches!(post.model.band, Band::Passed(_)));
    post.all(&["GSK-1", "SCR-1", "2.20", "2.21", "2.22", "2.23"]);
    post.enter("1");
    assert_eq!(post.screen(), "passed");
}

#[test]
fn a_pass_shows_only_with_a_receipt() {
    let mut post = Plant::new().working("receiving", PUMP);
    post.enter("1");
    post.now += 1_000;
    post.typed("1");
    post.key(Key::Enter);
    assert!(post.out.iter().any(|e| matches!(e, Effect::Submit(_))), "it is under way");
    assert_eq!(post.screen(), "step", "and nothing passed yet");
    post.settle();
    assert_eq!(post.screen(), "passed");
    assert!(post.last().receipt.is_some());
    assert!(post.out.contains(&Effect::Bell(Bell::Pass)));
}

#[test]
fn enter_alone_does_nothing() {
    let mut post = Plant::new().working("receiving", PUMP);
    let before = post.settled.len();
    for _ in 0..5 {
        post.enter("");
    }
    assert_eq!((post.settled.len(), post.screen()), (before, "step"));
}

#[test]
fn typed_and_scanned_are_told_apart_in_the_record() {
    let plant = Plant::new();
    plant.working("receiving", PUMP).all(&["1", "1"]);
    let mut post = plant.working("assembly", PUMP);
    post.scan(b"B0004170");
    post.enter("SCR-1");
    let installed = &post.last().work.as_ref().unwrap().traveller.installed;
    assert_eq!(installed[0].how, Some(How::Scanned("DS2208".parse().unwrap())));
    assert_eq!(installed[1].how, Some(How::Typed));
}

#[test]
fn a_lost_scan_says_what_happened_and_leaves_the_step_alone() {
    let mut post = Plant::new().working("receiving", PUMP);
    post.now += 1_000;
    let device = "DS2208".parse().unwrap();
    post.hear(News::Scan { label: Label::Lost(Loss::Removed), device, begun: Millis(post.now) });
    post.settle();
    assert_eq!((post.answer(), post.screen()), ("misread", "step"));
    assert_eq!(post.last().answer.as_ref().unwrap_err().evidence.lost, Some(Loss::Removed));
}

#[test]
fn a_command_code_may_have_the_mark_of_its_barcode() {
    let mut post = Plant::new().working("receiving", PUMP);
    post.scan(format!("]C0{}", CommandCode::Fail.text()).as_bytes());
    assert_eq!(post.question(), Some("reason"), "it asks for the reason, as its key does");
    post.esc();
    post.scan(format!("]C0{}", CommandCode::Close.text()).as_bytes());
    assert_eq!(post.screen(), "ready");
}

#[test]
fn a_failing_answer_takes_two_acts() {
    let mut post = Plant::new().working("receiving", PUMP);
    let before = post.settled.len();
    post.enter("2");
    assert!(matches!(&post.model.band, Band::Note(Note::FailAgain { title, .. }) if title == "Kit is complete"));
    assert_eq!(post.settled.len(), before, "nothing is recorded yet");
    post.enter("1");
    assert_eq!(post.last().passed, Some(true), "another answer is taken as that");
    post.enter("3");
    post.enter("2");
    assert_eq!(post.settled.len(), before + 1, "another failing answer is asked again, too");
    post.enter("2");
    assert_eq!((post.last().passed, post.screen()), (Some(false), "nonconforming"));
}

#[test]
fn fail_takes_a_key_and_a_reason() {
    let mut post = Plant::new().working("receiving", PUMP);
    post.f(3);
    assert_eq!(post.question(), Some("reason"));
    post.enter("9");
    assert!(matches!(post.model.band, Band::Note(Note::Unfit(Unfit::NotListed))));
    post.enter("2");
    assert_eq!((post.answer(), post.screen()), ("step-failed", "failed"));
    let traveller = post.last().work.clone().unwrap().traveller;
    assert_eq!(traveller.steps[0].attempts[0].result.as_ref().unwrap().reason.as_deref(), Some("LEAK"));
}

#[test]
fn words_are_taken_as_a_reason_and_labels_are_not() {
    let mut post = Plant::new().working("receiving", PUMP);
    post.f(4);
    post.enter("0");
    assert_eq!(post.question(), Some("reason-words"));
    post.key(Key::Esc);
    assert_eq!(post.question(), Some("reason"), "Esc goes back to the list");
    post.enter("0");
    post.enter("cover is bent");
    assert_eq!(post.answer(), "unit-held");
    post.enter("PC226-000418");
    post.enter("PC226-000418");
    post.f(4);
    post.enter("0");
    post.enter("PC226-000419");
    assert_eq!(post.answer(), "stale-scan", "a unit's label is no reason to hold another");
}

#[test]
fn command_codes_do_what_keys_do() {
    let plant = Plant::new();
    let mut post = plant.working("receiving", PUMP);
    post.enter(&CommandCode::Fail.text());
    assert_eq!(post.question(), Some("reason"));
    post.esc();
    post.scan(CommandCode::Hold.text().as_bytes());
    assert_eq!(post.question(), Some("reason"));
    post.esc();
    post.enter("1");
    post.enter(&CommandCode::Void.text());
    post.enter("1");
    assert_eq!(post.answer(), "voided");
    post.enter(&CommandCode::Close.text());
    assert_eq!((post.answer(), post.screen()), ("closed", "ready"));
    post.enter(&CommandCode::SignOff.text());
    assert_eq!((post.answer(), post.screen()), ("signed-off", "sign-on"));
}

#[test]
fn a_premature_pass_is_refused_by_the_gate() {
    let mut post = Plant::new().working("receiving", PUMP);
    assert!(!offered(&post).contains(&Act::Pass));
    post.f(2);
    assert_eq!((post.answer(), post.screen()), ("check-missing", "stopped"));
    assert!(post.out.contains(&Effect::Bell(Bell::Stop)));
    post.esc();
    assert_eq!(post.screen(), "step");
}

#[test]
fn undo_is_for_ones_own_last_record_and_not_for_a_failure() {
    let mut post = Plant::new().pump_at_test(PUMP);
    assert!(!offered(&post).contains(&Act::Void), "there is nothing to take back");
    post.enter("PC200-2.4.1");
    post.f(7);
    post.enter("1");
    assert_eq!(post.answer(), "voided");
    post.all(&["PC200-2.4.1", "300", "300"]);
    assert!(!offered(&post).contains(&Act::Void));
    assert!(offered(&post).contains(&Act::Retest));
    post.f(2);
    post.enter("1");
    assert_eq!(post.answer(), "retest-begun");
    assert_eq!(post.model.bench().unwrap().traveller.attempt_number(&"40".parse().unwrap()), 2);
}

#[test]
fn a_wrong_pin_stops_and_the_badge_is_scanned_again() {
    let mut post = Plant::new().post("receiving", true);
    post.enter("OP-1");
    assert_eq!(post.question(), Some("pin"));
    post.enter("271829");
    assert_eq!((post.answer(), post.screen(), post.question()), ("wrong-pin", "stopped", None));
    post.esc();
    assert_eq!(post.screen(), "sign-on");
    post.all(&["OP-1", PIN]);
    assert_eq!(post.screen(), "ready");
}

#[test]
fn what_is_typed_as_a_pin_is_never_part_of_a_record() {
    let mut post = Plant::new().post("receiving", true);
    post.enter("OP-1");
    let before = post.settled.len();
    post.enter("27182b");
    assert!(matches!(post.model.band, Band::Note(Note::Unfit(Unfit::NotDigits))));
    assert_eq!((post.settled.len(), post.question()), (before, Some("pin")));
    post.typed(PIN);
    assert!(!format!("{:?}", post.model).contains(PIN));
    post.esc();
    assert!(post.model.line.is_empty(), "Esc empties the field first");
    post.esc();
    assert_eq!(post.question(), None);
}

#[test]
fn somebody_elses_badge_relieves_the_operator() {
    let mut post = Plant::new().working("receiving", PUMP);
    post.enter("IN-1");
    assert_eq!(post.answer(), "signed-on");
    assert_eq!(post.model.desk.operator.as_ref().unwrap().name, "Ines Inspector");
    assert_eq!(post.screen(), "ready", "the unit was put down");
}

#[test]
fn ones_own_badge_again_is_no_wrong_pin() {
    let mut post = Plant::new().post("receiving", true);
    post.all(&["OP-1", PIN]);
    for _ in 0..6 {
        post.enter("OP-1");
        assert_eq!((post.answer(), post.question(), post.screen()), ("signed-on", None, "ready"));
    }
}

#[test]
fn sign_off_asks_nothing() {
    let mut post = Plant::new().working("receiving", PUMP);
    post.f(12);
    assert_eq!((post.answer(), post.screen()), ("signed-off", "sign-on"));
    post.f(12);
    assert_eq!(post.out.last(), Some(&Effect::Quit), "here the program may be left");
    post.model.settings.may_quit = false;
    post.out.clear();
    post.f(12);
    post.key(Key::Interrupt);
    assert_eq!(post.out, [], "a terminal on the line is never left");
}

#[test]
fn nothing_for_too_long_signs_the_operator_off() {
    let mut post = Plant::new().working("receiving", PUMP);
    let (what, when) = post.model.deadline().unwrap();
    assert_eq!((what, when), (Deadline::Idle, Millis(post.now + 600_000)));
    post.now += 599_000;
    post.key(Key::Char('x'));
    post.now += 1_000;
    post.hear(News::Due(Deadline::Idle));
    assert_eq!(post.screen(), "step", "somebody was there meanwhile");
    post.now += 599_000;
    post.hear(News::Due(Deadline::Idle));
    let Some(Effect::Submit(submission)) = post.out.last() else { panic!("nothing was submitted") };
    assert_eq!(submission.command, Command::SignOff { why: Leaving::Idle });
    post.settle();
    assert_eq!((post.screen(), post.model.line.len()), ("sign-on", 0));
    assert_eq!(post.model.deadline(), None, "with nobody here there is nothing to wake up for");
}

#[test]
fn what_takes_long_is_shown_as_being_saved() {
    let mut post = Plant::new().working("receiving", PUMP);
    post.now += 1_000;
    post.typed("1");
    post.key(Key::Enter);
    assert_eq!(post.model.deadline(), Some((Deadline::Slow, Millis(post.now + 300))));
    post.now += 300;
    post.hear(News::Due(Deadline::Slow));
    assert_eq!(post.model.log, Log::Saving);
    assert_eq!(post.model.deadline(), None);
    post.settle();
    assert_eq!(post.model.log, Log::Ok);
}

#[test]
fn a_fault_shows_and_nothing_is_taken_until_it_is_read() {
    let mut post = Plant::new().working("receiving", PUMP);
    post.fault = Some(Fault::new("the disk is full", "free space"));
    post.enter("1");
    assert_eq!((post.screen(), post.model.log), ("fault", Log::Fault));
    let before = post.settled.len();
    post.enter("1");
    assert!(matches!(post.model.band, Band::Note(Note::NotTaken)));
    assert_eq!(post.settled.len(), before);
    post.esc();
    assert_eq!((post.screen(), post.model.log), ("step", Log::Fault), "the status line still tells");
    post.enter("1");
    assert_eq!(post.model.log, Log::Ok);
}

#[test]
fn missing_records_stop_the_terminal_for_good() {
    let mut post = Plant::new().working("receiving", PUMP);
    post.hear(News::Broken(Fault::new("records 3 to 9 are missing", "call a technician")));
    post.esc();
    post.enter("1");
    assert_eq!(post.screen(), "fault");
    assert_eq!(post.model.log, Log::Fault);
}

#[test]
fn the_language_changes_at_once_and_everywhere() {
    let mut post = Plant::new().working("receiving", PUMP);
    post.f(10);
    assert_eq!(post.model.lang, Lang::German);
    post.f(3);
    post.f(10);
    assert_eq!((post.model.lang, post.question()), (Lang::English, Some("reason")));
}

#[test]
fn pages_to_read_give_way_to_work() {
    let mut post = Plant::new().working("receiving", PUMP);
    for page in [1, 5, 6] {
        post.f(page);
        assert!(post.model.over.is_some(), "F{page}");
        post.key(Key::PageDown);
        post.f(page);
        assert!(post.model.over.is_none(), "F{page} again closes it");
    }
    post.f(6);
    post.enter("1");
    assert_eq!((post.answer(), post.model.over.is_none()), ("check-recorded", true));
}

#[test]
fn another_process_changes_what_shows() {
    let plant = Plant::new();
    let mut post = plant.working("receiving", PUMP);
    post.f(3);
    let mut desk = post.model.desk.clone();
    desk.open = None;
    post.hear(News::LedgerChanged(Box::new(desk)));
    assert_eq!((post.screen(), post.question()), ("ready", None), "a unit that is gone is not asked about");
}

#[test]
fn an_answer_to_something_else_is_not_taken() {
    let mut post = Plant::new().working("receiving", PUMP);
    let other = Box::new(post.last().clone());
    let before = format!("{:?}", post.model);
    let request = traveller::app::msg::Request(4_711);
    let effects =
        update(&mut post.model, Msg { at: Millis(post.now), news: News::Settled { request, outcome: Ok(other) } });
    assert_eq!((effects, format!("{:?}", post.model)), (Vec::new(), before));
}

#[test]
fn hold_while_a_unit_is_open_stops_its_work() {
    let plant = Plant::new();
    let mut post = plant.working("receiving", PUMP);
    let hold = Command::HoldUnit {
        unit: PUMP.parse().unwrap(),
        reason: "supplier alert".to_owned(),
        by: "QA-1".parse().unwrap(),
    };
    let mut desk = post.model.desk.clone();
    desk.open = plant.give(&hold).work;
    post.hear(News::LedgerChanged(Box::new(desk)));
    let keys = offered(&post);
    assert!(keys.contains(&Act::PutDown) && keys.contains(&Act::Lead) && !keys.contains(&Act::Fail));
    post.enter("1");
    assert_eq!(post.answer(), "on-hold");
}
