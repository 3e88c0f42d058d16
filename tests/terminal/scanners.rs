//! Scanners of their own: what they send while something else shows, and what the terminal says of them.

use traveller::app::effect::Effect;
use traveller::app::lang::Lang;
use traveller::app::model::{Band, Note, WAITING_MOST};
use traveller::app::msg::{Key, Millis, News, ScannerState};
use traveller::app::seat::Seat::Second;
use traveller::domain::command_code::CommandCode;
use traveller::domain::label::{Label, Loss};
use traveller::ui::theme::Theme;

use super::pair::Pair;
use super::picture::{cells, rows};
use super::plant::{PIN, Plant, Post};
use super::screens::{same, same_cells};

const PUMP: &str = "PC226-000417";
const BOARD: &str = "B0004170";

/// A pump controller is open at assembly, and its board is next.
fn at_assembly() -> Post {
    let plant = Plant::new();
    plant.working("receiving", PUMP).all(&["1", "1"]);
    plant.working("assembly", PUMP)
}

/// A scan whose first character came so long ago.
fn scanned(post: &mut Post, label: Label, ago: u64) {
    let begun = Millis(post.now - ago);
    post.hear(News::Scan { label, device: "DS2208".parse().unwrap(), begun });
}

fn text(label: &str) -> Label {
    Label::read(label.as_bytes())
}

/// The answers since then, as the contract's words.
fn answers(post: &Post, since: usize) -> Vec<&'static str> {
    let word = |s: &traveller::app::settlement::Settlement| match &s.answer {
        Ok(did) => did.word(),
        Err(refusal) => refusal.code.word(),
    };
    post.settled.iter().skip(since).map(word).collect()
}

#[test]
fn a_scan_belongs_to_the_screen_that_its_first_character_was_read_on() {
    for (ago, answer) in [(1_000, "stale-scan"), (601, "stale-scan"), (600, "material-installed")] {
        let mut post = at_assembly();
        // The screen has shown for a second; the scan was begun so long before it came.
        post.now += 1_000;
        scanned(&mut post, text(BOARD), ago);
        post.settle();
        assert_eq!(post.answer(), answer, "begun {ago} ms before");
    }
    let mut post = at_assembly();
    post.now += 100;
    scanned(&mut post, text(BOARD), 200);
    post.settle();
    assert_eq!(post.answer(), "stale-scan", "it was begun on the screen before");
}

#[test]
fn of_two_scans_at_one_seat_the_second_is_stale_where_the_first_changed_the_screen() {
    let plant = Plant::new();
    plant.working("receiving", PUMP).all(&["1", "1"]);
    let mut pair = Pair::new(&plant, ["receiving", "assembly"], false);
    pair.scan("right", "OP-2");
    pair.now += 1_000;
    // Both scanners are read at once, and both scans come before either is answered.
    pair.scanned("right", text(PUMP), 30);
    pair.scanned("spare", text(BOARD), 20);
    pair.settle();
    assert_eq!((pair.answer(), pair.screens()), ((Second, "stale-scan"), ["sign-on", "stopped"]));
    pair.press(Key::Esc);
    pair.scan("spare", BOARD);
    assert_eq!(pair.answer(), (Second, "material-installed"));
    pair.now += 1_000;
    pair.scanned("right", text("SCR-1"), 30);
    pair.scanned("spare", text("SCR-1"), 20);
    pair.settle();
    assert_eq!(pair.answer(), (Second, "already-recorded"), "the screen is the same, so both were meant");
}

#[test]
fn a_scan_under_way_as_another_one_is_answered_is_stale() {
    let plant = Plant::new();
    plant.working("receiving", PUMP).all(&["1", "1"]);
    let mut post = plant.manned("assembly");
    post.now += 1_000;
    scanned(&mut post, text(PUMP), 30);
    post.settle();
    assert_eq!(post.screen(), "step");
    post.now += 20;
    scanned(&mut post, text(BOARD), 40);
    post.settle();
    assert_eq!((post.answer(), post.screen()), ("stale-scan", "stopped"));
}

#[test]
fn more_scans_than_may_wait_are_not_taken_and_that_is_said() {
    let mut post = at_assembly();
    post.now += 1_000;
    let before = post.settled.len();
    for n in 0..=WAITING_MOST + 1 {
        scanned(&mut post, text(&format!("NOT-KNOWN-{n}")), 0);
    }
    assert!(matches!(post.model.band, Band::Note(Note::TooFast(1))));
    post.settle();
    assert_eq!(answers(&post, before), ["unknown-label"; WAITING_MOST + 1]);
}

#[test]
fn a_scan_answers_no_question_that_came_after_it_began() {
    let mut post = at_assembly();
    post.f(3);
    assert_eq!(post.question(), Some("reason"));
    let before = post.settled.len();
    post.now += 300;
    scanned(&mut post, text("LEAK"), 0);
    post.settle();
    assert_eq!((answers(&post, before), post.screen()), (vec!["stale-scan"], "stopped"));
    post.esc();
    post.f(3);
    post.scan(b"LEAK");
    assert_eq!(post.answer(), "step-failed", "a sheet of defects may be scanned");
}

#[test]
fn a_number_of_a_list_is_typed_and_never_scanned() {
    let mut post = at_assembly();
    post.f(3);
    post.scan(b"2");
    assert_eq!((post.answer(), post.screen()), ("stale-scan", "stopped"));
    post.esc();
    post.f(4);
    post.enter("0");
    post.scan(b"cover is bent");
    assert_eq!(post.answer(), "stale-scan", "nor are words");
}

#[test]
fn a_pin_is_never_taken_from_a_scanner() {
    let mut post = Plant::new().post("receiving", true);
    post.scan(b"OP-1");
    assert_eq!(post.question(), Some("pin"));
    let before = post.settled.len();
    post.scan(PIN.as_bytes());
    assert_eq!((answers(&post, before), post.question()), (Vec::<&str>::new(), Some("pin")), "nor is it on record");
    assert!(matches!(post.model.band, Band::Note(Note::PinScanned)));
    same("pin-scanned", &post.model);
    post.enter(PIN);
    assert_eq!(post.answer(), "signed-on");
}

#[test]
fn what_is_no_pin_by_its_form_is_a_label_while_a_pin_is_asked_for() {
    let mut post = Plant::new().post("receiving", true);
    post.scan(b"OP-1");
    post.scan(b"12345");
    assert_eq!((post.answer(), post.question()), ("unknown-badge", None));
}

#[test]
fn a_lead_scans_the_badge_and_types_the_pin() {
    let mut post = Plant::new().pump_at_test(PUMP);
    post.f(3);
    post.enter("2");
    post.f(9);
    for line in ["1", "1", "0", "2"] {
        post.enter(line);
    }
    assert_eq!(post.question(), Some("lead-badge"));
    post.scan(b"LEAD");
    assert_eq!(post.question(), Some("lead-pin"));
    let before = post.settled.len();
    post.scan(PIN.as_bytes());
    assert_eq!(
        (answers(&post, before), post.question()),
        (Vec::<&str>::new(), Some("lead-pin")),
        "it is not on record"
    );
    post.scan(PUMP.as_bytes());
    assert_eq!(answers(&post, before), ["stale-scan"]);
}

#[test]
fn a_lost_scan_is_told_in_a_band_and_leaves_everything_as_it_is() {
    let mut post = at_assembly();
    post.f(3);
    post.typed("2");
    post.now += 1_000;
    scanned(&mut post, Label::Lost(Loss::Overrun), 30);
    post.settle();
    assert_eq!((post.answer(), post.question(), post.model.line.text()), ("misread", Some("reason"), "2"));
    for size in super::picture::SIZES {
        let shown = rows(&cells(&post.model, Theme::colour16(), size)).join(" ");
        assert!(shown.contains("Scan it"), "{size:?}: {shown}");
    }
    post.press_enter();
    assert_eq!(post.answer(), "step-failed", "the question is answered as if nothing had been");
    let mut post = Plant::new().post("receiving", true);
    post.scan(b"OP-1");
    post.now += 1_000;
    post.typed(PIN);
    post.now += 1_000;
    scanned(&mut post, Label::Lost(Loss::Removed), 30);
    post.settle();
    assert_eq!((post.answer(), post.question()), ("misread", Some("pin")));
    post.press_enter();
    assert_eq!(post.answer(), "signed-on");
}

#[test]
fn while_a_stop_shows_a_lost_scan_takes_nothing_away_from_it() {
    let plant = Plant::new();
    plant.working("receiving", PUMP).all(&["1", "1"]);
    let mut post = plant.manned("test");
    post.enter(PUMP);
    assert_eq!(post.answer(), "wrong-station");
    post.now += 1_000;
    scanned(&mut post, Label::Lost(Loss::NoEnd), 30);
    post.settle();
    let traveller::app::model::Face::Stopped(stop) = &post.model.face else { panic!("the stop is gone") };
    assert_eq!((stop.refusal.code.word(), stop.more), ("wrong-station", 1));
}

#[test]
fn a_command_code_does_what_its_key_does_and_not_on_another_screen() {
    let mut post = at_assembly();
    post.scan(CommandCode::Hold.text().as_bytes());
    assert_eq!(post.question(), Some("reason"));
    post.esc();
    post.now += 100;
    scanned(&mut post, text(&CommandCode::Close.text()), 0);
    post.settle();
    assert_eq!((post.answer(), post.screen()), ("stale-scan", "stopped"));
    assert!(post.out.iter().any(|e| matches!(e, Effect::Bell(_))));
}

fn told(post: &mut Post, scanners: &[(&str, ScannerState)]) {
    for (name, state) in scanners {
        post.hear(News::Scanner { name: name.parse().unwrap(), state: state.clone() });
    }
}

/// The status line in every size and language.
fn status(post: &mut Post) -> Vec<String> {
    let mut all = Vec::new();
    for lang in Lang::ALL {
        post.model.lang = lang;
        let shown = |size| rows(&cells(&post.model, Theme::colour16(), size)).into_iter().take(2).collect::<Vec<_>>();
        all.push(shown((80, 24)).join(" "));
        all.push(shown((40, 12)).join(" "));
    }
    all
}

#[test]
fn the_status_line_says_of_each_scanner_what_is_wrong_with_it() {
    // English at 80 and at 40 columns, then German.
    let said = |scanners: &[(&str, ScannerState)], wanted: [&str; 4]| {
        let mut post = Plant::new().manned("assembly");
        told(&mut post, scanners);
        for (line, wanted) in status(&mut post).into_iter().zip(wanted) {
            assert!(line.contains(wanted), "{wanted:?} is not in {line:?}");
        }
    };
    let taken = || ScannerState::Taken { by: Some("othello (4711)".to_owned()) };
    let (left, right) = (("left", ScannerState::Ready), ("right", ScannerState::Ready));
    said(&[], ["KEYBOARD", "KEYB", "TASTATUR", "TAST"]);
    said(std::slice::from_ref(&left), ["  SCANNER ", "  SCAN", "  SCANNER ", "  SCAN"]);
    said(&[("left", ScannerState::Lost)], ["!NO SCANNER", "!NO SCANNER", "!SCANNER WEG", "!SCANNER WEG"]);
    let denied = ["!SCANNER DENIED", "!SCANNER DENIED", "!SCANNER RECHTE", "!SCANNER RECHTE"];
    said(&[("left", ScannerState::NotPermitted)], denied);
    said(&[("left", taken())], ["!SCANNER TAKEN", "!SCANNER TAKEN", "!SCANNER BELEGT", "!SCANNER BELEGT"]);
    said(&[left.clone(), right], ["2 SCAN", "2 SCAN", "2 SCANNER", "2 SCAN"]);
    let right = ("right", taken());
    said(&[left.clone(), right.clone()], ["!right TAKEN", "!right TAKEN", "!right BELEGT", "!right BELEGT"]);
    let lost = ("spare-scanner-3", ScannerState::Lost);
    let several = [
        "!right  !spare-sca…  ",
        "!right TAKEN  !spare-sca… LOST",
        "!right  !spare-sca…  ",
        "!right BELEGT  !spare-sca… WEG",
    ];
    said(&[left, right, lost], several);
}

#[test]
fn help_says_what_to_do_about_a_scanner() {
    let mut post = Plant::new().manned("assembly");
    told(&mut post, &[("left", ScannerState::Lost), ("right", ScannerState::Ready)]);
    post.f(1);
    same_cells("help-scanner-lost", |size| cells(&post.model, Theme::colour16(), size));
    told(&mut post, &[("left", ScannerState::NotPermitted)]);
    told(&mut post, &[("right", ScannerState::Taken { by: Some("othello (4711)".to_owned()) })]);
    post.model.lang = Lang::German;
    same_cells("help-scanner-denied-de", |size| cells(&post.model, Theme::colour16(), size));
}

#[test]
fn what_a_scanner_types_as_it_is_plugged_in_is_dropped_and_that_is_said() {
    let mut post = at_assembly();
    let before = post.settled.len();
    post.now += 1_000;
    post.typed("B0004");
    post.now += 5;
    told(&mut post, &[("left", ScannerState::Ready)]);
    assert!(matches!(post.model.band, Band::Note(Note::Doubtful(_))), "at once, since the rest never comes");
    post.now += 5;
    post.typed("170");
    post.key(Key::Enter);
    assert!(matches!(post.model.band, Band::Note(Note::Doubtful(_))));
    post.settle();
    assert_eq!(post.settled.len(), before);
    post.enter(BOARD);
    assert_eq!(post.answer(), "material-installed");
}
