//! Scans that are not told, and why.

use traveller::capture::scanner::decode::{Decoder, Heard};
use traveller::capture::scanner::options::{GAP_MS, LayoutName, Options};
use traveller::domain::label::{LABEL_BYTES_MOST, Loss};

use super::encoder::{CAPS_LOCK, ENTER, Event, KEYPAD, LEFT_ALT, LEFT_CTRL, LEFT_SHIFT, RIGHT_ALT, tell, under};

const A: u16 = 30;
const B: u16 = 48;
const M: u16 = 50;
const Q: u16 = 16;
const S: u16 = 31;
const GAP: u64 = 1_000;

fn us() -> Decoder {
    Decoder::new(Options::default())
}

fn of(layout: LayoutName) -> Decoder {
    Decoder::new(Options { layout, ..Options::default() })
}

fn keys(codes: &[u16]) -> Vec<Event> {
    under(&[], codes)
}

/// What one fresh decoder makes of these keys and Enter.
fn scan(decoder: &mut Decoder, events: &[Event]) -> Vec<Result<String, Loss>> {
    let heard = tell(decoder, &[events, &keys(&[ENTER])].concat(), 0);
    heard.into_iter().map(|h| h.scan.map(|bytes| String::from_utf8(bytes).unwrap())).collect()
}

fn text(decoder: &mut Decoder, events: &[Event]) -> Result<String, Loss> {
    let [only] = scan(decoder, events).try_into().unwrap();
    only
}

fn alt(number: &str) -> Vec<Event> {
    let digits: Vec<u16> = number.bytes().map(|digit| KEYPAD[usize::from(digit - b'0')]).collect();
    under(&[LEFT_ALT], &digits)
}

#[test]
fn a_character_by_its_number_is_read_where_it_is_certain() {
    let wanted = [
        ("029", Ok("\u{1d}")),
        ("0029", Ok("\u{1d}")),
        ("065", Ok("A")),
        ("65", Ok("A")),
        ("126", Ok("~")),
        ("0128", Ok("€")),
        ("0150", Ok("–")),
        ("0228", Ok("ä")),
        ("0255", Ok("ÿ")),
        ("013", Ok("\r")),
        ("29", Err(Loss::UnknownKey)),
        ("127", Err(Loss::UnknownKey)),
        ("228", Err(Loss::UnknownKey)),
        ("0129", Err(Loss::UnknownKey)),
        ("0256", Err(Loss::UnknownKey)),
        ("04294967361", Err(Loss::UnknownKey)),
    ];
    for (number, wanted) in wanted {
        assert_eq!(text(&mut us(), &alt(number)), wanted.map(str::to_owned), "{number}");
    }
    assert_eq!(text(&mut us(), &[keys(&[A]), alt("029"), keys(&[B])].concat()), Ok("a\u{1d}b".to_owned()));
    assert_eq!(text(&mut us(), &[keys(&[A]), under(&[LEFT_ALT], &[])].concat()), Ok("a".to_owned()));
}

#[test]
fn the_left_alt_takes_digits_alone() {
    assert_eq!(text(&mut us(), &under(&[LEFT_ALT], &[A])), Err(Loss::UnknownKey));
    assert_eq!(text(&mut us(), &under(&[LEFT_ALT, LEFT_CTRL], &[KEYPAD[0]])), Err(Loss::UnknownKey));
    assert_eq!(text(&mut us(), &under(&[RIGHT_ALT], &[KEYPAD[0]])), Err(Loss::UnknownKey));
    // Enter while the number is still open: the character is missing.
    let open = [keys(&[A]), vec![(LEFT_ALT, 1)], keys(&[KEYPAD[0], KEYPAD[2], KEYPAD[9]])].concat();
    assert_eq!(text(&mut us(), &open), Err(Loss::UnknownKey));
}

#[test]
fn control_characters_come_from_two_places_and_never_from_a_doubtful_one() {
    let ctrl = |layout, held: &[u16], code| {
        text(&mut of(layout), &[keys(&[S]), under(&[&[LEFT_CTRL], held].concat(), &[code])].concat())
    };
    let gs = Ok("s\u{1d}".to_owned());
    assert_eq!(ctrl(LayoutName::Us, &[], 27), gs);
    assert_eq!(ctrl(LayoutName::De, &[], 27), gs);
    assert_eq!(ctrl(LayoutName::De, &[RIGHT_ALT], 10), gs);
    assert_eq!(ctrl(LayoutName::Fr, &[RIGHT_ALT], 12), gs);
    assert_eq!(ctrl(LayoutName::Us, &[LEFT_SHIFT], 7), Ok("s\u{1e}".to_owned()));
    assert_eq!(ctrl(LayoutName::Us, &[], 7), Ok("s\u{1e}".to_owned()));
    assert_eq!(ctrl(LayoutName::Us, &[], 12), Ok("s\u{1f}".to_owned()));
    assert_eq!(ctrl(LayoutName::Us, &[], 32), Ok("s\u{4}".to_owned()));
    // Z by its own keyboard, Y by the other.
    assert_eq!(ctrl(LayoutName::De, &[], 21), Err(Loss::UnknownKey));
    assert_eq!(ctrl(LayoutName::Fr, &[], Q), Err(Loss::UnknownKey));
    assert_eq!(ctrl(LayoutName::Us, &[], 13), Err(Loss::UnknownKey));
    assert_eq!(ctrl(LayoutName::De, &[], 41), Err(Loss::DeadKey));
    // Ctrl with M is CR, the terminator: the scan ends there.
    let mut us = us();
    assert_eq!(scan(&mut us, &[keys(&[A]), under(&[LEFT_CTRL], &[M])].concat()), [Ok("a".to_owned())]);
}

#[test]
fn a_substitute_stands_for_gs() {
    let mut decoder = Decoder::new(Options { gs: Some('~'), ..Options::default() });
    let tilde = under(&[LEFT_SHIFT], &[41]);
    assert_eq!(text(&mut decoder, &[keys(&[A]), tilde, keys(&[B])].concat()), Ok("a\u{1d}b".to_owned()));
}

#[test]
fn a_bad_key_spoils_its_scan_and_no_other() {
    // F1, the arrow up, a dead accent, the keypad's decimal key, a key of a remote control.
    for (layout, code, loss) in [
        (LayoutName::Us, 59, Loss::UnknownKey),
        (LayoutName::Us, 103, Loss::UnknownKey),
        (LayoutName::De, 13, Loss::DeadKey),
        (LayoutName::De, 83, Loss::UnknownKey),
        (LayoutName::Us, 0x160, Loss::UnknownKey),
    ] {
        let mut decoder = of(layout);
        assert_eq!(scan(&mut decoder, &keys(&[A, code, B, code, A])), [Err(loss)], "key {code}");
        assert_eq!(scan(&mut decoder, &keys(&[A, B])), [Ok("ab".to_owned())]);
    }
    // Num Lock and Scroll Lock say nothing.
    assert_eq!(scan(&mut us(), &keys(&[A, 69, 70, B])), [Ok("ab".to_owned())]);
    assert_eq!(scan(&mut us(), &keys(&[69])), []);
}

#[test]
fn the_keypad_gives_digits() {
    assert_eq!(scan(&mut us(), &keys(&[KEYPAD[4], KEYPAD[0], 78, 98])), [Ok("40+/".to_owned())]);
}

#[test]
fn too_long_is_told_once() {
    let mut decoder = us();
    let most = vec![A; LABEL_BYTES_MOST];
    assert_eq!(scan(&mut decoder, &keys(&most)), [Ok("a".repeat(LABEL_BYTES_MOST))]);
    assert_eq!(scan(&mut decoder, &keys(&[most.as_slice(), &most, &[A]].concat())), [Err(Loss::TooLong)]);
    assert_eq!(scan(&mut decoder, &keys(&[B])), [Ok("b".to_owned())]);
}

#[test]
fn a_scan_without_its_end_is_lost_and_so_is_what_comes_late() {
    let mut decoder = us();
    assert_eq!(GAP, u64::from(GAP_MS));
    assert_eq!(decoder.deadline(), None);
    assert_eq!(tell(&mut decoder, &keys(&[A, B]), 100), []);
    // The last of four events was at 106.
    assert_eq!(decoder.deadline(), Some(106 + GAP));
    assert_eq!(decoder.quiet(105 + GAP), None);
    assert_eq!(decoder.quiet(106 + GAP), Some(Heard { begun_ms: 100, scan: Err(Loss::NoEnd) }));
    assert_eq!(decoder.deadline(), None);
    // What comes within another pause may be its tail.
    assert_eq!(tell(&mut decoder, &keys(&[A, ENTER]), 106 + GAP + 500), []);
    assert_eq!(tell(&mut decoder, &keys(&[A]), 5_000), []);
    // Nobody asked in time: the next key tells it.
    let heard = tell(&mut decoder, &keys(&[B, ENTER]), 9_000);
    let told = [Heard { begun_ms: 5_000, scan: Err(Loss::NoEnd) }, Heard { begun_ms: 9_000, scan: Ok(b"b".to_vec()) }];
    assert_eq!(heard, told);
}

#[test]
fn a_scanner_that_goes_away_takes_its_scan_along() {
    let mut decoder = us();
    assert_eq!(decoder.removed(), None);
    tell(&mut decoder, &[vec![(LEFT_SHIFT, 1)], keys(&[A]), vec![(CAPS_LOCK, 1)]].concat(), 7);
    assert_eq!(decoder.removed(), Some(Heard { begun_ms: 9, scan: Err(Loss::Removed) }));
    assert_eq!(scan(&mut decoder, &keys(&[A])), [Ok("a".to_owned())]);
}

#[test]
fn caps_lock_counts_within_the_stream_until_a_pause() {
    let mut decoder = us();
    let wrapped = [keys(&[CAPS_LOCK, A]), under(&[LEFT_SHIFT], &[B]), keys(&[3, CAPS_LOCK])].concat();
    assert_eq!(scan(&mut decoder, &wrapped), [Ok("Ab2".to_owned())]);
    assert_eq!(tell(&mut decoder, &keys(&[CAPS_LOCK]), 50), []);
    assert_eq!(tell(&mut decoder, &keys(&[A, ENTER]), 50 + 2 * GAP)[0].scan, Ok(b"a".to_vec()));
}

/// A press of Caps Lock may have been among the keys that were dropped. A scanner that does not use it is read on; one
/// that does is not, until a pause.
#[test]
fn after_a_drop_the_case_of_letters_may_be_unknown() {
    let mut plain = us();
    tell(&mut plain, &keys(&[A]), 0);
    assert!(plain.dropped(10).is_some());
    assert_eq!(tell(&mut plain, &keys(&[B, ENTER]), 20), []);
    assert_eq!(tell(&mut plain, &keys(&[B, ENTER]), 30)[0].scan, Ok(b"b".to_vec()));

    let mut locking = us();
    tell(&mut locking, &keys(&[A]), 0);
    assert!(locking.dropped(10).is_some());
    assert_eq!(tell(&mut locking, &keys(&[B, ENTER, CAPS_LOCK]), 20), []);
    assert_eq!(tell(&mut locking, &keys(&[CAPS_LOCK, 3, ENTER]), 30)[0].scan, Ok(b"2".to_vec()));
    assert_eq!(tell(&mut locking, &keys(&[CAPS_LOCK, B, ENTER]), 40)[0].scan, Err(Loss::Overrun));
    assert_eq!(tell(&mut locking, &keys(&[CAPS_LOCK, B, ENTER]), 50 + GAP)[0].scan, Ok(b"B".to_vec()));
}
