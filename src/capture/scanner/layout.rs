//! A keyboard: which character lies where.

use super::options::LayoutName;
use super::{keys, layouts};

/// What is on the keys of a keyboard, level by level.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// Without a modifier.
    pub(super) plain: Rows,
    /// With Shift.
    pub(super) shift: Rows,
    /// With the right Alt.
    pub(super) alt_gr: Rows,
    /// With both.
    pub(super) shift_alt_gr: Rows,
}

/// The four rows of keys as in [`keys::ROWS`]. One character stands for one key: a dotted circle for a dead key, which
/// gives no character by itself but puts an accent on the next, and a blank for a key that gives nothing.
pub(super) type Rows = [&'static str; 4];

/// Which of the characters of a key counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Plain,
    Shift,
    AltGr,
    ShiftAltGr,
}

/// What one key gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Glyph {
    Char(char),
    Dead,
    None,
}

impl Level {
    pub(super) fn of(shift: bool, alt_gr: bool) -> Self {
        match (shift, alt_gr) {
            (false, false) => Self::Plain,
            (true, false) => Self::Shift,
            (false, true) => Self::AltGr,
            (true, true) => Self::ShiftAltGr,
        }
    }
}

impl Layout {
    /// The keyboard of this name.
    pub(super) fn of(name: LayoutName) -> &'static Self {
        match name {
            LayoutName::Us => &layouts::US,
            LayoutName::Gb => &layouts::GB,
            LayoutName::De => &layouts::DE,
            LayoutName::Fr => &layouts::FR,
            LayoutName::Es => &layouts::ES,
            LayoutName::It => &layouts::IT,
            LayoutName::Se => &layouts::SE,
            LayoutName::Ch => &layouts::CH,
        }
    }

    /// What this key gives.
    pub(super) fn glyph(&self, code: u16, level: Level) -> Glyph {
        let rows = match level {
            Level::Plain | Level::Shift if code == keys::SPACE => return Glyph::Char(' '),
            Level::Plain => &self.plain,
            Level::Shift => &self.shift,
            Level::AltGr => &self.alt_gr,
            Level::ShiftAltGr => &self.shift_alt_gr,
        };
        let place = |row: &&[u16]| row.iter().position(|key| *key == code);
        let found = keys::ROWS.iter().zip(rows).find_map(|(row, glyphs)| glyphs.chars().nth(place(row)?));
        match found {
            None | Some(' ') => Glyph::None,
            Some('◌') => Glyph::Dead,
            Some(c) => Glyph::Char(c),
        }
    }

    /// Where a character lies: the key, and the lowest level that gives it.
    pub(super) fn place(&self, c: char) -> Option<(u16, Level)> {
        let levels = [Level::Plain, Level::Shift, Level::AltGr, Level::ShiftAltGr];
        let keys = || keys::ROWS.into_iter().flatten().copied();
        let mut places = levels.into_iter().flat_map(|level| keys().map(move |code| (code, level)));
        places.find(|(code, level)| self.glyph(*code, *level) == Glyph::Char(c))
    }

    /// What this key gives while Caps Lock is on. Letters change their case; a letter that shares its key with
    /// something else gives nothing, since keyboards differ in that.
    pub(super) fn glyph_in_caps(&self, code: u16, level: Level) -> Glyph {
        let (Glyph::Char(plain), Glyph::Char(shift)) = (self.glyph(code, Level::Plain), self.glyph(code, Level::Shift))
        else {
            return self.glyph(code, level);
        };
        let is_pair = plain != shift && plain.to_uppercase().eq([shift]);
        match (level, self.glyph(code, level)) {
            (Level::Plain, _) if is_pair => Glyph::Char(shift),
            (Level::Shift, _) if is_pair => Glyph::Char(plain),
            (_, Glyph::Char(c)) if !is_caseless(c) => Glyph::None,
            (_, glyph) => glyph,
        }
    }
}

/// Whether upper and lower case of this character are the same.
fn is_caseless(c: char) -> bool {
    c.to_uppercase().eq([c]) && c.to_lowercase().eq([c])
}
