//! Key codes of the kernel, as in `linux/input-event-codes.h`. A code names the place of a key, not what is printed
//! on it; names are those of a United States keyboard.

pub(super) const ESC: u16 = 1;
pub(super) const BACKSPACE: u16 = 14;
pub(super) const TAB: u16 = 15;
pub(super) const ENTER: u16 = 28;
pub(super) const LEFT_CTRL: u16 = 29;
pub(super) const LEFT_SHIFT: u16 = 42;
pub(super) const RIGHT_SHIFT: u16 = 54;
pub(super) const LEFT_ALT: u16 = 56;
pub(super) const SPACE: u16 = 57;
pub(super) const CAPS_LOCK: u16 = 58;
pub(super) const NUM_LOCK: u16 = 69;
pub(super) const SCROLL_LOCK: u16 = 70;
pub(super) const KEYPAD_ENTER: u16 = 96;
pub(super) const RIGHT_CTRL: u16 = 97;
pub(super) const RIGHT_ALT: u16 = 100;
pub(super) const LINE_FEED: u16 = 101;

/// The four rows of keys that give characters, each from left to right: from the key under Esc to `=`, from Q to `]`,
/// from A to the key at Enter, and from the key beside the left Shift (which United States keyboards lack) to `/`.
pub(super) const ROWS: [&[u16]; 4] = [
    &[41, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13],
    &[16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27],
    &[30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 43],
    &[86, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53],
];

/// What a key of the keypad gives, whether or not Num Lock is on. Its decimal key is left out: what that gives differs
/// within one layout.
pub(super) fn keypad(code: u16) -> Option<char> {
    Some(match code {
        55 => '*',
        71 => '7',
        72 => '8',
        73 => '9',
        74 => '-',
        75 => '4',
        76 => '5',
        77 => '6',
        78 => '+',
        79 => '1',
        80 => '2',
        81 => '3',
        82 => '0',
        98 => '/',
        117 => '=',
        _ => return None,
    })
}
