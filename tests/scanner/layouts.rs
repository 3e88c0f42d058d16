//! Every key of every layout, against the keyboards of X.

use traveller::capture::scanner::decode::Decoder;
use traveller::capture::scanner::options::{LayoutName, Options};
use traveller::domain::label::Loss;

use super::encoder::{CAPS_LOCK, ENTER, Scanner, modifiers, tell, under};
use super::xkb::{Keyboard, LAYOUTS, Sign, keys};

/// What the keyboards of Windows, which scanners imitate, have under the right Alt: the character that the key gives
/// alone, then the one that it gives with the right Alt, `◌` where it is dead.
fn windows(layout: LayoutName) -> &'static str {
    match layout {
        LayoutName::Us => "",
        LayoutName::Gb => "`¦4€aáeéiíoóuú",
        LayoutName::De => "2²3³7{8[9]0}ß\\q@e€+~<|mµ",
        LayoutName::Fr => "é◌\"#'{([-|è◌_\\ç^à@)]=}e€$¤",
        LayoutName::Es => "º\\1|2@3#4◌5€6¬e€+]ç}",
        LayoutName::It => "5€e€è[+]ò@à#",
        LayoutName::Se => "2@3£4$5€7{8[9]0}+\\e€<|mµ",
        LayoutName::Ch => "1¦2@3#6¬7|8¢e€ü[ä{$}<\\",
    }
}

/// The same for keys that are dead by themselves, by their codes.
fn windows_on_dead(layout: LayoutName) -> &'static [(u16, char)] {
    match layout {
        LayoutName::Es => &[(26, '['), (40, '{')],
        LayoutName::Se => &[(27, '◌')],
        LayoutName::Ch => &[(27, ']'), (13, '◌')],
        LayoutName::Us | LayoutName::Gb | LayoutName::De | LayoutName::Fr | LayoutName::It => &[],
    }
}

/// With Shift and the right Alt, where both keyboards have a character.
fn windows_shifted(layout: LayoutName) -> &'static str {
    if layout == LayoutName::It { "è{+}" } else { "" }
}

/// Keys that give one character in X and another on Windows: the key that United States keyboards lack.
const UNLIKE: &[(LayoutName, u16)] = &[(LayoutName::Us, 86)];

/// What a decoder must make of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expected {
    Char(char),
    Dead,
    Refused,
}

/// What is certain: what X has without or with Shift; and of what it has under the right Alt, what Windows has too.
pub(crate) fn expected(layout: LayoutName, keyboard: &Keyboard, code: u16, level: usize) -> Expected {
    let windows = if level < 2 { None } else { on_windows(layout, keyboard, code, level) };
    match keyboard.sign(code, level) {
        Sign::Char(_) if UNLIKE.contains(&(layout, code)) => Expected::Refused,
        Sign::Char(c) if level < 2 || windows == Some(c) => Expected::Char(c),
        Sign::Char(_) if windows == Some('◌') => Expected::Dead,
        Sign::Char(_) | Sign::Nothing => Expected::Refused,
        Sign::Dead => Expected::Dead,
    }
}

fn on_windows(layout: LayoutName, keyboard: &Keyboard, code: u16, level: usize) -> Option<char> {
    let on_dead = windows_on_dead(layout).iter().find(|(key, _)| *key == code && level == 2);
    let table: Vec<char> = if level == 2 { windows(layout) } else { windows_shifted(layout) }.chars().collect();
    let mut pairs = table.chunks_exact(2);
    let pair = pairs.find(|pair| keyboard.sign(code, 0) == Sign::Char(pair[0]));
    on_dead.map(|(_, c)| *c).or_else(|| pair.map(|pair| pair[1]))
}

/// What a fresh decoder makes of one key.
fn decoded(layout: LayoutName, before: &[u16], code: u16, level: usize) -> Expected {
    let mut decoder = Decoder::new(Options { layout, ..Options::default() });
    let events = [under(&[], before), under(&modifiers(level), &[code]), under(&[], &[ENTER])].concat();
    let heard = tell(&mut decoder, &events, 0);
    assert_eq!(heard.len(), 1, "key {code} of {layout:?}: {heard:?}");
    match &heard[0].scan {
        Ok(text) => {
            let mut chars = std::str::from_utf8(text).unwrap().chars();
            let c = chars.next().unwrap();
            assert_eq!(chars.next(), None);
            Expected::Char(c)
        }
        Err(Loss::DeadKey) => Expected::Dead,
        Err(Loss::UnknownKey) => Expected::Refused,
        Err(other) => panic!("key {code} of {layout:?}: {other:?}"),
    }
}

#[test]
fn every_key_gives_what_keyboards_agree_on() {
    let mut checked = 0;
    for (layout, name) in LAYOUTS {
        let keyboard = Keyboard::of(name);
        for (code, level) in keys().flat_map(|code| (0..4).map(move |level| (code, level))) {
            let wanted = expected(layout, &keyboard, code, level);
            assert_eq!(decoded(layout, &[], code, level), wanted, "key {code}, level {level} of {name}");
            checked += 1;
        }
    }
    assert_eq!(checked, 8 * 49 * 4);
}

/// A scanner can press all of printable ASCII, except what is dead: so that a blank in a table cannot hide much.
#[test]
fn only_dead_keys_are_missing_from_ascii() {
    for scanner in Scanner::all() {
        let missing: String = (' '..='~').filter(|c| scanner.place(*c).is_none()).collect();
        let wanted = match scanner.layout {
            LayoutName::Us | LayoutName::Gb => "",
            LayoutName::De => "^`",
            LayoutName::Fr => "`",
            LayoutName::It => "`~",
            LayoutName::Es | LayoutName::Se | LayoutName::Ch => "^`~",
        };
        assert_eq!(missing, wanted, "{:?}", scanner.layout);
    }
}

/// Letters change their case under Caps Lock, as X has it. A letter that shares its key with something else is refused:
/// X makes it a capital, Windows takes the other sign.
#[test]
fn caps_lock_changes_letters_alone() {
    for (layout, name) in LAYOUTS {
        let keyboard = Keyboard::of(name);
        for (code, level) in keys().flat_map(|code| (0..4).map(move |level| (code, level))) {
            let without = expected(layout, &keyboard, code, level);
            let Expected::Char(c) = without else { continue };
            let Sign::Char(in_caps) = keyboard.sign_in_caps(code, level) else { panic!("key {code} of {name}") };
            let is_pair = |level| keyboard.sign_in_caps(code, level) == keyboard.sign(code, 1 - level);
            let has_case = !c.to_uppercase().eq([c]) || !c.to_lowercase().eq([c]);
            let shares_its_key = has_case && (level >= 2 || !(is_pair(0) && is_pair(1)));
            let wanted = if shares_its_key { Expected::Refused } else { Expected::Char(in_caps) };
            assert_eq!(decoded(layout, &[CAPS_LOCK], code, level), wanted, "key {code}, level {level} of {name}");
        }
    }
}
