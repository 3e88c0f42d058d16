//! Keys as a keyboard reports them, and the characters that a scanner means by them.
//!
//! A key has the number that USB gives it (HID usage tables, page 7). Scanners send keys; which character a key gives
//! is a matter of the layout that the scanner was programmed for.

/// One key, and what is held beside it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stroke {
    pub(super) held: u8,
    pub(super) key: u8,
}

impl Stroke {
    /// Eight bytes: what is held, a zero, and up to six keys.
    pub(super) fn report(self) -> [u8; 8] {
        [self.held, 0, self.key, 0, 0, 0, 0, 0]
    }
}

/// Bits of what is held.
pub(super) const CTRL: u8 = 0x01;
pub(super) const SHIFT: u8 = 0x02;
pub(super) const ALT: u8 = 0x04;
const ALT_GR: u8 = 0x40;

pub(super) const ENTER: Stroke = Stroke { held: 0, key: 0x28 };
/// `]` of a keyboard of the United States.
const RIGHT_BRACKET: u8 = 0x30;
/// 1 of the keypad; 2 to 9 and 0 come behind it.
const KEYPAD_1: u8 = 0x59;
/// The first key that has a character.
const FIRST: u8 = 0x04;

/// The characters of the keys from the first one on, without Shift and with it. `¤` stands for Enter, Escape,
/// Backspace, Tab, and the key that only some keyboards have.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    plain: &'static str,
    shifted: &'static str,
    /// What `AltGr` gives, each with the plain character of its key.
    alt_gr: &'static [(char, char)],
}

pub(super) const US: Layout = Layout {
    plain: r"abcdefghijklmnopqrstuvwxyz1234567890¤¤¤¤ -=[]\¤;'`,./",
    shifted: r#"ABCDEFGHIJKLMNOPQRSTUVWXYZ!@#$%^&*()¤¤¤¤ _+{}|¤:"~<>?"#,
    alt_gr: &[],
};
pub(super) const DE: Layout = Layout {
    plain: r"abcdefghijklmnopqrstuvwxzy1234567890¤¤¤¤ ß´ü+#¤öä^,.-",
    shifted: r#"ABCDEFGHIJKLMNOPQRSTUVWXZY!"§$%&/()=¤¤¤¤ ?`Ü*'¤ÖÄ°;:_"#,
    alt_gr: &[('@', 'q'), ('\\', 'ß'), ('[', '8'), (']', '9'), ('{', '7'), ('}', '0')],
};
pub(super) const FR: Layout = Layout {
    plain: r#"qbcdefghijkl,noparstuvzxyw&é"'(-è_çà¤¤¤¤ )=^$*¤mù²;:!"#,
    shifted: r"QBCDEFGHIJKL?NOPARSTUVZXYW1234567890¤¤¤¤ °+¨£µ¤M%~./§",
    alt_gr: &[('@', 'à'), ('\\', '_'), ('[', '('), (']', ')'), ('{', '\''), ('}', '=')],
};

impl Layout {
    /// The key that gives a character.
    #[track_caller]
    pub(super) fn stroke(self, character: char) -> Stroke {
        let on = |keys: &str| keys.chars().position(|c| c == character);
        let stroke = |held, at: usize| Stroke { held, key: FIRST + u8::try_from(at).unwrap() };
        let plain = on(self.plain).map(|at| stroke(0, at));
        let found = plain.or(on(self.shifted).map(|at| stroke(SHIFT, at)));
        let under_alt_gr = self.alt_gr.iter().find(|(c, _)| *c == character);
        let under_alt_gr = under_alt_gr.map(|(_, key)| Stroke { held: ALT_GR, ..self.stroke(*key) });
        found.or(under_alt_gr).unwrap_or_else(|| panic!("no key gives {character:?}"))
    }

    /// A text, and Enter behind it.
    #[track_caller]
    pub(super) fn scan(self, text: &str) -> Vec<Stroke> {
        text.chars().map(|c| self.stroke(c)).chain([ENTER]).collect()
    }
}

/// GS as Ctrl and `]`.
pub(super) fn gs_by_ctrl() -> Vec<Stroke> {
    vec![Stroke { held: CTRL, key: RIGHT_BRACKET }]
}

/// GS as its number on the keypad, Alt held.
pub(super) fn gs_by_keypad() -> Vec<Stroke> {
    [10, 2, 9].map(|digit| Stroke { held: ALT, key: KEYPAD_1 + digit - 1 }).to_vec()
}

/// The code that Linux has for a key of the main block: `linux/input-event-codes.h`.
pub(super) fn linux_code(key: u8) -> u16 {
    const CODES: [u16; 53] = [
        30, 48, 46, 32, 18, 33, 34, 35, 23, 36, 37, 38, 50, 49, 24, 25, 16, 19, 31, 20, 22, 47, 17, 45, 21, 44, 2, 3,
        4, 5, 6, 7, 8, 9, 10, 11, 28, 1, 14, 15, 57, 12, 13, 26, 27, 43, 43, 39, 40, 41, 51, 52, 53,
    ];
    CODES[usize::from(key - FIRST)]
}
