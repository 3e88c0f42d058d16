//! A screen over a slow line: what changed is sent, and where rows only moved, the terminal moves them itself.

use std::io::{self, BufWriter, Write};

use ratatui::backend::Backend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Rect, Size};

use super::ansi::Ansi;

/// Bytes that one write to the terminal takes: a whole frame.
const FRAME_BYTES: usize = 32 * 1_024;
/// Changed cells from which on it is worth to look for rows that moved.
const LOOK_FROM: usize = 100;
/// Cells that moving must save: what the terminal is told costs some bytes itself.
const SAVED_LEAST: i64 = 40;
/// Cells of a screen up to which rows that moved are looked for.
const AREA_MOST: u32 = 250 * 80;

/// What is drawn on. It keeps what the terminal shows.
pub struct Sheet<W: Write> {
    ansi: Ansi<BufWriter<W>>,
    shown: Buffer,
}

/// Rows that moved: those from `top` to `bottom` do, by so many, up or down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shift {
    top: usize,
    bottom: usize,
    by: usize,
    up: bool,
}

fn area(size: Size) -> Rect {
    Rect { x: 0, y: 0, width: size.width, height: size.height }
}

impl<W: Write> Sheet<W> {
    /// A cleared terminal of that size.
    pub fn new(out: W, size: Size) -> Self {
        let out = BufWriter::with_capacity(FRAME_BYTES, out);
        Self { ansi: Ansi::new(out, size), shown: Buffer::empty(area(size)) }
    }

    /// Draws a frame in one write. Where nothing changed, nothing is sent.
    pub fn draw(&mut self, picture: impl FnOnce(&mut Buffer)) -> io::Result<()> {
        let mut next = Buffer::empty(self.shown.area);
        picture(&mut next);
        let changed = self.shown.diff(&next).len();
        if changed == 0 {
            return Ok(());
        }
        if changed >= LOOK_FROM
            && let Some(shift) = shift(&self.shown, &next)
        {
            self.scroll(shift)?;
        }
        self.ansi.draw(self.shown.diff(&next).into_iter())?;
        self.shown = next;
        self.ansi.flush()
    }

    /// The terminal has another size; the next frame is drawn whole.
    pub fn resize(&mut self, size: Size) -> io::Result<()> {
        self.ansi.set_size(size);
        self.shown = Buffer::empty(area(size));
        self.ansi.clear()
    }

    /// Gives a text to the clipboard of the terminal (OSC 52).
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        let out = self.ansi.out();
        write!(out, "\x1b]52;c;{}\x07", base64(text.as_bytes()))?;
        out.flush()
    }

    /// Where the bytes went.
    pub fn sent(&mut self) -> &mut W {
        self.ansi.out().get_mut()
    }

    /// Has the terminal move rows, by the lines that every terminal can delete and insert within a region.
    fn scroll(&mut self, shift: Shift) -> io::Result<()> {
        let Shift { top, bottom, by, up } = shift;
        let letter = if up { 'M' } else { 'L' };
        write!(self.ansi.out(), "\x1b[m\x1b[{0};{1}r\x1b[{0};1H\x1b[{by}{letter}\x1b[r", top + 1, bottom + 1)?;
        let width = usize::from(self.shown.area.width);
        let region = self.shown.content.get_mut(top * width..(bottom + 1) * width).unwrap_or_default();
        let moved = by * width;
        if up {
            region.rotate_left(moved);
            let end = region.len().saturating_sub(moved);
            region.iter_mut().skip(end).for_each(Cell::reset);
        } else {
            region.rotate_right(moved);
            region.iter_mut().take(moved).for_each(Cell::reset);
        }
        Ok(())
    }
}

/// The rows that moved, where the terminal is better told to move them than sent them anew.
fn shift(shown: &Buffer, next: &Buffer) -> Option<Shift> {
    let (width, height) = (usize::from(shown.area.width), usize::from(shown.area.height));
    if shown.area != next.area || shown.area.area() > AREA_MOST || width == 0 {
        return None;
    }
    let (old, new): (Vec<_>, Vec<_>) = (shown.content.chunks(width).collect(), next.content.chunks(width).collect());
    let differ = |a: &[Cell], b: &[Cell]| i64::try_from(a.iter().zip(b).filter(|(a, b)| a != b).count()).unwrap_or(0);
    let unmoved: Vec<i64> = old.iter().zip(&new).map(|(a, b)| differ(a, b)).collect();
    let mut best: Option<(i64, Shift)> = None;
    for by in 1..height {
        for up in [true, false] {
            let mut run: Option<(usize, i64)> = None;
            for (y, (row, unmoved)) in new.iter().zip(&unmoved).enumerate() {
                let from = if up { Some(y + by) } else { y.checked_sub(by) };
                let Some(was) = from.and_then(|from| old.get(from)) else {
                    run = None;
                    continue;
                };
                let gain = unmoved - differ(was, row);
                let (first, sum) = run.map_or((y, gain), |(first, sum)| (first, sum + gain));
                run = (sum > 0).then_some((first, sum));
                if sum > best.map_or(SAVED_LEAST, |(saved, _)| saved) {
                    let (top, bottom) = if up { (first, y + by) } else { (first - by, y) };
                    best = Some((sum, Shift { top, bottom, by, up }));
                }
            }
        }
    }
    best.map(|(_, shift)| shift)
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |n: usize| u32::from(three.get(n).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for n in 0..4_usize {
            let place = usize::try_from(bits >> (18 - 6 * n) & 63).unwrap_or(0);
            let sign = SIGNS.get(place).copied().unwrap_or(b'=');
            text.push(if n > three.len() { '=' } else { char::from(sign) });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::style::{Modifier, Style};

    fn rows(buffer: &mut Buffer, rows: &[String], marked: usize) {
        for (y, row) in rows.iter().enumerate().take(usize::from(buffer.area.height)) {
            let style = if y == marked { Style::new().add_modifier(Modifier::REVERSED) } else { Style::new() };
            buffer.set_stringn(0, u16::try_from(y).unwrap(), row, usize::from(buffer.area.width), style);
        }
    }

    fn bytes(sheet: &mut Sheet<Vec<u8>>) -> Vec<u8> {
        std::mem::take(sheet.sent())
    }

    fn terminal(height: u16) -> vt100::Parser {
        vt100::Parser::new(height.try_into().unwrap(), 60.try_into().unwrap(), 0)
    }

    #[test]
    fn a_list_that_moves_is_moved_by_the_terminal() {
        let all: Vec<String> = (0..60).map(|n| format!("PC226-{:06} step {} {}", n * 7919, n % 5, n * n)).collect();
        let mut sheet = Sheet::new(Vec::new(), Size { width: 60, height: 20 });
        let mut seen = terminal(20);
        for (top, marked, most) in [(0, 3, 2_000), (1, 3, 250), (11, 12, 700), (1, 3, 700), (0, 0, 250)] {
            sheet.draw(|buffer| rows(buffer, &all[top..], marked)).unwrap();
            let sent = bytes(&mut sheet);
            assert!(sent.len() <= most, "{top}: {} bytes", sent.len());
            seen.process(&sent);
            for (y, row) in seen.screen().rows(0, 60).enumerate() {
                assert_eq!(row.trim_end(), all[top + y].trim_end(), "{top}, row {y}");
            }
        }
        sheet.draw(|buffer| rows(buffer, &all, 0)).unwrap();
        assert_eq!(bytes(&mut sheet), b"", "nothing new is no byte");
    }

    #[test]
    fn what_is_copied_is_base64() {
        for (text, code) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(text.as_bytes()), code);
        }
    }

    fn lines() -> impl Strategy<Value = Vec<String>> {
        proptest::collection::vec("[A-C ]{0,60}", 0..14)
    }

    proptest! {
        /// Whatever moved, the terminal shows what was drawn.
        #[test]
        fn what_is_sent_is_what_is_drawn(
            frames in proptest::collection::vec((lines(), 0_usize..14, 0_usize..6), 1..6),
        ) {
            let mut sheet = Sheet::new(Vec::new(), Size { width: 60, height: 12 });
            let mut seen = terminal(12);
            let mut kept: Vec<String> = Vec::new();
            for (fresh, marked, moved) in frames {
                // Some rows of before, moved, and some new ones.
                kept = kept.into_iter().skip(moved).chain(fresh).collect();
                sheet.draw(|buffer| rows(buffer, &kept, marked)).unwrap();
                seen.process(&bytes(&mut sheet));
                for (y, row) in seen.screen().rows(0, 60).enumerate() {
                    let wanted = kept.get(y).map_or("", |row| row.trim_end());
                    prop_assert_eq!(row.trim_end(), wanted, "row {}", y);
                }
            }
        }
    }
}
