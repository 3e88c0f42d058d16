//! Whole streams of keys: what is told is what was sent, or that something is lost.

use std::cell::LazyCell;
use std::ops::Range;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use traveller::capture::scanner::decode::{Decoder, Heard};
use traveller::capture::scanner::options::{End, GAP_MS, Options};
use traveller::domain::label::Loss;

use super::encoder::{Control, ENTER, Event, LEFT_CTRL, LEFT_SHIFT, RIGHT_SHIFT, Scanner, tell, under};

/// Keys that may end a scan: Enter, Tab, the keypad's Enter, line feed; and J, I and M (which France has elsewhere),
/// with Ctrl.
const TERMINATORS: [u16; 8] = [28, 15, 96, 101, 36, 23, 50, 39];
/// Keys that hold something while they are down.
const MODIFIERS: [u16; 6] = [29, 42, 54, 56, 97, 100];

thread_local! {
    static SCANNERS: LazyCell<Vec<Scanner>> = LazyCell::new(|| Scanner::all().collect());
}

/// A text as a scanner sends it.
#[derive(Debug, Clone)]
struct Sent {
    /// Which of the layouts.
    layout: usize,
    text: String,
    events: Vec<Event>,
}

/// A text of a layout, with separators of structured labels in it.
fn sent(layout: usize) -> impl Strategy<Value = Sent> {
    let separators = ['\u{4}', '\u{1c}', '\u{1d}', '\u{1e}', '\u{1f}'];
    let controls = [Control::Own, Control::UnitedStates, Control::ThreeDigits, Control::FourDigits];
    let alphabet = SCANNERS.with(|all| all[layout].alphabet());
    let c = prop_oneof![9 => select(alphabet), 1 => select(separators.to_vec())];
    (vec(c, 1..40), select(controls.to_vec())).prop_map(move |(text, control)| {
        let text: String = text.into_iter().collect();
        let events = SCANNERS.with(|all| all[layout].text(&text, control));
        Sent { layout, text, events }
    })
}

fn scans() -> impl Strategy<Value = Vec<Sent>> {
    (0_usize..8).prop_flat_map(|layout| vec(sent(layout), 1..4))
}

fn decoder(layout: usize) -> Decoder {
    let layout = SCANNERS.with(|all| all[layout].layout);
    Decoder::new(Options { layout, ..Options::default() })
}

/// Scans one after the other, each ended by Enter.
fn stream(scans: &[Sent]) -> Vec<Event> {
    scans.iter().flat_map(|s| [s.events.clone(), under(&[], &[ENTER])].concat()).collect()
}

fn texts(heard: &[Heard]) -> Vec<Result<String, Loss>> {
    heard.iter().map(|h| h.scan.clone().map(|bytes| String::from_utf8(bytes).unwrap())).collect()
}

fn all_of(scans: &[Sent]) -> Vec<Result<String, Loss>> {
    scans.iter().map(|s| Ok(s.text.clone())).collect()
}

/// The keys that are down after these events.
fn down_after(events: &[Event]) -> Vec<u16> {
    let mut down = Vec::new();
    for (code, value) in events {
        down.retain(|d| d != code);
        if *value == 1 {
            down.push(*code);
        }
    }
    down
}

/// Some events of a stream, first to last.
fn span(len: usize, a: Index, b: Index) -> Range<usize> {
    let (a, b) = (a.index(len), b.index(len));
    a.min(b)..a.max(b) + 1
}

fn terminator() -> impl Strategy<Value = (End, Vec<Event>)> {
    let enter = under(&[], &[ENTER]);
    let tab = under(&[], &[15]);
    let line_feed = under(&[LEFT_CTRL], &[36]);
    let both = [enter.clone(), line_feed.clone()].concat();
    let twice = [enter.clone(), enter.clone()].concat();
    select(vec![
        (End::Any, enter.clone()),
        (End::Any, under(&[], &[96])),
        (End::Any, tab.clone()),
        (End::Any, line_feed.clone()),
        (End::Any, under(&[], &[101])),
        (End::Any, both.clone()),
        (End::Any, twice.clone()),
        (End::Enter, enter),
        (End::Enter, both.clone()),
        (End::Enter, twice),
        (End::Tab, tab),
        (End::LineFeed, line_feed),
        (End::LineFeed, both),
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn any_text_of_a_layout_comes_back(scans in scans(), (end, terminator) in terminator()) {
        let layout = SCANNERS.with(|all| all[scans[0].layout].layout);
        let mut decoder = Decoder::new(Options { layout, end, ..Options::default() });
        let events: Vec<Event> =
            scans.iter().flat_map(|s| [s.events.clone(), terminator.clone()].concat()).collect();
        prop_assert_eq!(texts(&tell(&mut decoder, &events, 5)), all_of(&scans));
        prop_assert_eq!(decoder.deadline(), None);
    }

    #[test]
    fn repeats_of_held_keys_change_nothing(scans in scans(), places in vec(any::<Index>(), 1..20)) {
        let mut events = stream(&scans);
        for place in places {
            let at = place.index(events.len());
            let code = events[at].0;
            events.insert(at + 1, (code, 2));
        }
        prop_assert_eq!(texts(&tell(&mut decoder(scans[0].layout), &events, 0)), all_of(&scans));
    }

    /// Some scanners let a key go only when the same key follows.
    #[test]
    fn releases_of_other_keys_may_be_missing(scans in scans()) {
        let events = stream(&scans);
        let next_down = |at: usize| events[at + 1..].iter().find(|(_, value)| *value == 1).map(|(code, _)| *code);
        let kept = events.iter().enumerate().filter(|(at, (code, value))| {
            *value == 1 || MODIFIERS.contains(code) || next_down(*at) == Some(*code)
        });
        let sparse: Vec<Event> = kept.map(|(_, event)| *event).collect();
        prop_assert!(sparse.len() < events.len());
        prop_assert_eq!(texts(&tell(&mut decoder(scans[0].layout), &sparse, 0)), all_of(&scans));
    }

    /// Where the kernel dropped some keys and says so, each scan that is told is one that was sent, whole.
    #[test]
    fn a_drop_never_makes_a_wrong_scan(scans in scans(), a in any::<Index>(), b in any::<Index>()) {
        let events = stream(&scans);
        let dropped = span(events.len(), a, b);
        let mut decoder = decoder(scans[0].layout);
        let mut heard = tell(&mut decoder, &events[..dropped.start], 0);
        heard.extend(decoder.dropped(1_000_000));
        decoder.held(&down_after(&events[..dropped.end]));
        heard.extend(tell(&mut decoder, &events[dropped.end..], 1_000_000));
        let told = texts(&heard);
        prop_assert_eq!(told.iter().filter(|t| **t == Err(Loss::Overrun)).count(), 1);
        prop_assert!(told.iter().filter(|t| t.is_ok()).all(|t| all_of(&scans).contains(t)), "{:?}", told);
    }

    /// A scan in which the drop falls is never told, and the one after the next terminator is.
    #[test]
    fn the_scan_after_a_drop_is_whole(scans in scans(), at in any::<Index>()) {
        let first = &scans[0];
        let events = [first.events.clone(), under(&[], &[ENTER])].concat();
        let at = 1 + at.index(first.events.len());
        let mut decoder = decoder(first.layout);
        let before = tell(&mut decoder, &events[..at], 0);
        let loss = decoder.dropped(500);
        prop_assert_eq!(decoder.dropped(500), None);
        decoder.held(&down_after(&events[..at]));
        let after = tell(&mut decoder, &events[at..], 501);
        prop_assert_eq!(loss.map(|h| h.scan), Some(Err(Loss::Overrun)));
        prop_assert!(before.is_empty() && after.is_empty());
        prop_assert_eq!(texts(&tell(&mut decoder, &stream(&scans), 900)), all_of(&scans));
    }

    /// Whatever keys come and are missing: no panic, and no scan but at a key that may end one.
    #[test]
    fn noise_ends_no_scan(
        scans in scans(),
        noise in vec((any::<Index>(), prop_oneof![3 => 0_u16..130, 1 => any::<u16>()], -1_i32..4), 0..12),
        missing in vec(any::<Index>(), 0..12),
    ) {
        let mut events = stream(&scans);
        for place in missing {
            events.remove(place.index(events.len()));
            if events.is_empty() {
                return Ok(());
            }
        }
        for (place, code, value) in noise {
            events.insert(place.index(events.len()), (code, value));
        }
        let mut decoder = decoder(scans[0].layout);
        for (at, (code, value)) in (0..).zip(&events) {
            let heard = decoder.key(*code, *value, at);
            if heard.is_some_and(|h| h.scan.is_ok()) {
                prop_assert!(*value == 1 && TERMINATORS.contains(code), "{:?} of {:?}", (code, value), events);
            }
        }
        let up: Vec<Event> = MODIFIERS.iter().map(|code| (*code, 0)).collect();
        tell(&mut decoder, &up, 10_000);
        let later = 10_100 + 2 * u64::from(GAP_MS);
        let heard = tell(&mut decoder, &stream(&scans), later);
        let told: Vec<_> = texts(&heard).into_iter().filter(|t| *t != Err(Loss::NoEnd)).collect();
        prop_assert_eq!(told, all_of(&scans));
    }

    #[test]
    fn either_shift_or_both_will_do(text in "[A-Z]{1,20}", which in vec(0_u8..4, 20)) {
        let us = SCANNERS.with(|all| all[0].text(&text.to_ascii_lowercase(), Control::Own));
        let keys = us.chunks(2).zip(which).flat_map(|(key, which)| {
            let code = key[0].0;
            match which {
                0 => under(&[LEFT_SHIFT], &[code]),
                1 => under(&[RIGHT_SHIFT], &[code]),
                2 => under(&[LEFT_SHIFT, RIGHT_SHIFT], &[code]),
                // One is let go while the other still holds.
                _ => under(&[RIGHT_SHIFT], &[LEFT_SHIFT, code]),
            }
        });
        let events: Vec<Event> = keys.chain(under(&[], &[ENTER])).collect();
        prop_assert_eq!(texts(&tell(&mut decoder(0), &events, 0)), vec![Ok(text)]);
    }
}
