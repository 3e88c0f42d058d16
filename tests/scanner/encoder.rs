//! A scanner: text to the keys that it presses, by the keyboards of X and not by our own tables.

use std::collections::BTreeMap;

use traveller::capture::scanner::decode::{Decoder, Heard};
use traveller::capture::scanner::options::LayoutName;

use super::layouts::{Expected, expected};
use super::xkb::{Keyboard, LAYOUTS, keys};

pub(crate) const ENTER: u16 = 28;
pub(crate) const LEFT_CTRL: u16 = 29;
pub(crate) const LEFT_SHIFT: u16 = 42;
pub(crate) const RIGHT_SHIFT: u16 = 54;
pub(crate) const LEFT_ALT: u16 = 56;
pub(crate) const CAPS_LOCK: u16 = 58;
pub(crate) const RIGHT_ALT: u16 = 100;
/// The digits of the keypad, from 0.
pub(crate) const KEYPAD: [u16; 10] = [82, 79, 80, 81, 75, 76, 77, 71, 72, 73];

/// A key and what it did: 1 went down, 0 up, 2 repeats.
pub(crate) type Event = (u16, i32);

/// How a scanner presses what is not on a key by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Control {
    /// Ctrl and the place that the character 64 places on has in the scanner's own layout.
    Own,
    /// Ctrl and its place on a United States keyboard.
    UnitedStates,
    /// Alt and `029`.
    ThreeDigits,
    /// Alt and `0029`.
    FourDigits,
}

/// Where characters lie: the key and the level. The lowest level first, as a scanner would press it.
type Places = BTreeMap<char, (u16, usize)>;

/// A scanner that types like one keyboard.
pub(crate) struct Scanner {
    pub(crate) layout: LayoutName,
    own: Places,
    united_states: Places,
}

fn places(layout: LayoutName, name: &str) -> Places {
    let keyboard = Keyboard::of(name);
    let mut places = Places::new();
    for (level, code) in (0..4).flat_map(|level| keys().map(move |code| (level, code))) {
        if let Expected::Char(c) = expected(layout, &keyboard, code, level) {
            places.entry(c).or_insert((code, level));
        }
    }
    places
}

impl Scanner {
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        let of =
            |(layout, name)| Self { layout, own: places(layout, name), united_states: places(LayoutName::Us, "us") };
        LAYOUTS.into_iter().map(of)
    }

    /// Where a character lies.
    pub(crate) fn place(&self, c: char) -> Option<(u16, usize)> {
        self.own.get(&c).copied()
    }

    /// Every character that it can press.
    pub(crate) fn alphabet(&self) -> Vec<char> {
        self.own.keys().copied().collect()
    }

    /// The keys of one character, each let go.
    pub(crate) fn strokes(&self, c: char, control: Control) -> Vec<Event> {
        if !c.is_control() {
            let (code, level) = self.place(c).unwrap_or_else(|| panic!("{c:?} is not on {:?}", self.layout));
            return under(&modifiers(level), &[code]);
        }
        let place = match control {
            Control::Own => self.place(on_key(c)),
            Control::UnitedStates => self.united_states.get(&on_key(c)).copied(),
            Control::ThreeDigits | Control::FourDigits => None,
        };
        if let Some((code, level)) = place {
            return under(&[&[LEFT_CTRL], modifiers(level).as_slice()].concat(), &[code]);
        }
        let number = if control == Control::ThreeDigits {
            format!("{:03}", u32::from(c))
        } else {
            format!("{:04}", u32::from(c))
        };
        let digits: Vec<u16> = number.bytes().map(|digit| KEYPAD[usize::from(digit - b'0')]).collect();
        under(&[LEFT_ALT], &digits)
    }

    /// The keys of a text, without a terminator.
    pub(crate) fn text(&self, text: &str, control: Control) -> Vec<Event> {
        text.chars().flat_map(|c| self.strokes(c, control)).collect()
    }
}

/// The character that a control character is printed beside: `]` for GS.
fn on_key(c: char) -> char {
    char::from_u32(u32::from(c) + 64).unwrap().to_ascii_lowercase()
}

/// The modifiers of a level.
pub(crate) fn modifiers(level: usize) -> Vec<u16> {
    [(LEFT_SHIFT, 1), (RIGHT_ALT, 2)].into_iter().filter(|(_, bit)| level & bit != 0).map(|(code, _)| code).collect()
}

/// Keys pressed one after the other while others are held.
pub(crate) fn under(held: &[u16], codes: &[u16]) -> Vec<Event> {
    let down = held.iter().map(|code| (*code, 1));
    let up = held.iter().rev().map(|code| (*code, 0));
    let keys = codes.iter().flat_map(|code| [(*code, 1), (*code, 0)]);
    down.chain(keys).chain(up).collect()
}

/// Tells a decoder these events, two milliseconds apart.
pub(crate) fn tell(decoder: &mut Decoder, events: &[Event], from_ms: u64) -> Vec<Heard> {
    let timed = events.iter().zip((from_ms..).step_by(2));
    timed.filter_map(|((code, value), at)| decoder.key(*code, *value, at)).collect()
}
