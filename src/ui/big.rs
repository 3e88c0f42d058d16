//! Big letters, five rows high, made of coloured cells: a verdict is read from across the line.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::pen::{Pen, u16_of};

/// Rows of a big letter.
pub const ROWS: u16 = 5;
/// Cells of a big letter, with the gap behind it.
const CELLS: u16 = 6;

/// The letters that the big words need.
const LETTERS: [(char, [&str; 5]); 14] = [
    ('A', [" ### ", "#   #", "#####", "#   #", "#   #"]),
    ('E', ["#####", "#    ", "#### ", "#    ", "#####"]),
    ('F', ["#####", "#    ", "#### ", "#    ", "#    "]),
    ('G', [" ####", "#    ", "#  ##", "#   #", " ####"]),
    ('H', ["#   #", "#   #", "#####", "#   #", "#   #"]),
    ('I', [" ### ", "  #  ", "  #  ", "  #  ", " ### "]),
    ('L', ["#    ", "#    ", "#    ", "#    ", "#####"]),
    ('O', [" ### ", "#   #", "#   #", "#   #", " ### "]),
    ('P', ["#### ", "#   #", "#### ", "#    ", "#    "]),
    ('R', ["#### ", "#   #", "#### ", "#  # ", "#   #"]),
    ('S', [" ####", "#    ", " ### ", "    #", "#### "]),
    ('T', ["#####", "  #  ", "  #  ", "  #  ", "  #  "]),
    ('U', ["#   #", "#   #", "#   #", "#   #", " ### "]),
    ('V', ["#   #", "#   #", "#   #", " # # ", "  #  "]),
];

fn letter(c: char) -> Option<&'static [&'static str; 5]> {
    LETTERS.iter().find(|(l, _)| *l == c).map(|(_, rows)| rows)
}

/// Whether there is a big letter for it.
pub fn has(c: char) -> bool {
    letter(c).is_some()
}

/// Cells that a big word takes.
pub fn width(word: &str) -> u16 {
    u16_of(word.chars().count()).saturating_mul(CELLS)
}

/// Writes a word in big letters.
pub fn write(pen: &mut Pen<'_>, area: Rect, word: &str, style: Style) {
    for (i, c) in word.chars().enumerate() {
        let Some(rows) = letter(c) else { continue };
        let left = u16_of(i).saturating_mul(CELLS);
        for (y, row) in rows.iter().enumerate() {
            for (x, ink) in row.chars().enumerate() {
                if ink == '#' {
                    pen.put(area, left.saturating_add(u16_of(x)), u16_of(y), " ", style);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::app::lang::Lang;
    use crate::ui::words::label::Label;

    #[test]
    fn the_big_words_have_big_letters() {
        for label in [Label::BigPass, Label::BigStop, Label::BigFail] {
            for lang in Lang::ALL {
                assert!(label.text(lang).chars().all(super::has), "{label:?} {lang:?}");
            }
        }
    }
}
