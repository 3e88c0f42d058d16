//! A code drawn as text, to be scanned off the screen.

use datamatrix::{DataMatrix, SymbolList};

/// Modules of light around a symbol: scanners find it by them.
const QUIET: usize = 2;

/// A text as a Data Matrix, two modules to a character, light drawn on a dark terminal. None where it is too long for
/// one.
pub(super) fn drawn(text: &str) -> Option<String> {
    let bitmap = DataMatrix::encode(text.as_bytes(), SymbolList::default().enforce_square()).ok()?.bitmap();
    let dark = |x: usize, y: usize| {
        let (x, y) = (x.checked_sub(QUIET)?, y.checked_sub(QUIET)?);
        let inside = x < bitmap.width();
        bitmap.bits().get(y * bitmap.width() + x).filter(|_| inside).copied()
    };
    let light = |x, y| !dark(x, y).unwrap_or(false);
    let (width, height) = (bitmap.width() + 2 * QUIET, bitmap.height() + 2 * QUIET);
    let cell = |x, y| match (light(x, y), light(x, y + 1)) {
        (true, true) => '\u{2588}',
        (true, false) => '\u{2580}',
        (false, true) => '\u{2584}',
        (false, false) => ' ',
    };
    let row = |y| (0..width).map(|x| cell(x, y)).collect::<String>();
    Some((0..height).step_by(2).map(row).collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_reads_as_the_text() {
        let drawn = drawn("TRAVELLER").unwrap();
        let rows: Vec<Vec<char>> = drawn.lines().map(|line| line.chars().collect()).collect();
        let dark = |x: usize, y: usize| {
            let upper = y.is_multiple_of(2);
            match rows[y / 2][x] {
                '\u{2588}' => false,
                '\u{2580}' => !upper,
                '\u{2584}' => upper,
                ' ' => true,
                other => panic!("{other:?}"),
            }
        };
        let (width, height) = (rows[0].len() - 2 * QUIET, rows.len() * 2 - 2 * QUIET);
        let pixels: Vec<bool> = (0..height)
            .flat_map(|y| (0..width).map(move |x| (x, y)))
            .map(|(x, y)| dark(x + QUIET, y + QUIET))
            .collect();
        assert_eq!(DataMatrix::decode(&pixels, width).unwrap(), b"TRAVELLER");
        assert!((0..width + 2 * QUIET).all(|x| !dark(x, 0) && !dark(x, 1)), "the quiet zone is light");
    }
}
