//! Control characters, given as Ctrl and a key.
//!
//! A scanner may press the key that has `]` in its own layout, or the one that has it on a United States keyboard,
//! whatever its layout. Both are read; where the two say different things, neither is.

use super::layout::{Glyph, Layout, Level};
use super::options::LayoutName;
use crate::domain::label::Loss;

/// The control character that Ctrl and this key give.
pub(super) fn of(layout: &Layout, code: u16, level: Level) -> Result<char, Loss> {
    let own = layout.glyph(code, level);
    let own_reading = if let Glyph::Char(c) = own { control(c) } else { None };
    match (own_reading, united_states(code, level)) {
        (Some(own), Some(us)) if own != us => Err(Loss::UnknownKey),
        (Some(c), _) | (None, Some(c)) => Ok(c),
        (None, None) => Err(if own == Glyph::Dead { Loss::DeadKey } else { Loss::UnknownKey }),
    }
}

/// What the key gives on a United States keyboard. Shift does not matter there: scanners leave it out for `^` and `_`.
fn united_states(code: u16, level: Level) -> Option<char> {
    let us = Layout::of(LayoutName::Us);
    let at = |level| if let Glyph::Char(c) = us.glyph(code, level) { control(c) } else { None };
    match level {
        Level::Plain | Level::Shift => at(Level::Plain).or_else(|| at(Level::Shift)),
        Level::AltGr | Level::ShiftAltGr => None,
    }
}

/// Ctrl with a character of the columns `@` to `_` of ASCII gives the character 64 places before it.
fn control(c: char) -> Option<char> {
    match c.to_ascii_uppercase() {
        upper @ '@'..='_' => u8::try_from(upper).ok().map(|byte| char::from(byte & 0x1f)),
        _ => None,
    }
}
