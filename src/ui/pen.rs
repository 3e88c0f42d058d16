//! Writing on the screen, clamped: whatever lies outside is not drawn, and nothing panics on a small terminal.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::glyph::cells;
use super::theme::Theme;
use super::words::catalogue::Text;
use super::words::speech::Speech;
use super::wrap::{fit, wrap};
use crate::domain::text::display_safe;

/// A pen over the cells of a frame.
pub struct Pen<'a> {
    buffer: &'a mut Buffer,
    /// How meanings look.
    pub theme: Theme,
    /// The words.
    pub speech: Speech,
}

/// Cells as the screen counts them.
pub(super) fn u16_of(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}

impl<'a> Pen<'a> {
    /// A pen over these cells.
    pub fn new(buffer: &'a mut Buffer, theme: Theme, speech: Speech) -> Self {
        Self { buffer, theme, speech }
    }

    /// A short text in the language of the screen.
    pub fn say(&self, label: impl Text) -> &'static str {
        label.text(self.speech.lang)
    }

    /// Writes at a place of an area, as much as fits, and tells the place behind it. Everything that is drawn passes
    /// here, and is made harmless here.
    pub fn put(&mut self, area: Rect, x: u16, y: u16, text: &str, style: Style) -> u16 {
        let inside = area.intersection(self.buffer.area);
        let (left, top) = (area.x.saturating_add(x), area.y.saturating_add(y));
        let behind = x.saturating_add(u16_of(cells(&display_safe(text))));
        if inside.is_empty()
            || !(inside.left()..inside.right()).contains(&left)
            || !(inside.top()..inside.bottom()).contains(&top)
        {
            return behind;
        }
        let room = usize::from(inside.right() - left);
        // The whole look is set: nothing shines through of what was drawn here before.
        let look = Style::reset().patch(style);
        self.buffer.set_stringn(left, top, fit(&display_safe(text), room), room, look);
        behind
    }

    /// Writes at the right edge of an area.
    pub fn put_right(&mut self, area: Rect, y: u16, text: &str, style: Style) {
        let x = area.width.saturating_sub(u16_of(cells(&display_safe(text))));
        self.put(area, x, y, text, style);
    }

    /// Gives an area a style, and empties it.
    pub fn fill(&mut self, area: Rect, style: Style) {
        let inside = area.intersection(self.buffer.area);
        for y in inside.top()..inside.bottom() {
            for x in inside.left()..inside.right() {
                if let Some(cell) = self.buffer.cell_mut((x, y)) {
                    cell.reset();
                    cell.set_style(style);
                }
            }
        }
    }
}

/// An area that is written from top to bottom.
pub struct Page<'p, 'a> {
    /// The pen.
    pub pen: &'p mut Pen<'a>,
    area: Rect,
    row: u16,
}

impl<'p, 'a> Page<'p, 'a> {
    /// An empty page.
    pub fn new(pen: &'p mut Pen<'a>, area: Rect) -> Self {
        Self { pen, area, row: 0 }
    }

    /// Rows that are left.
    pub fn left(&self) -> u16 {
        self.area.height.saturating_sub(self.row)
    }

    /// Cells of a row.
    pub fn width(&self) -> u16 {
        self.area.width
    }

    /// The rest of the page.
    pub fn rest(&self) -> Rect {
        Rect { y: self.area.y.saturating_add(self.row), height: self.left(), ..self.area }
    }

    /// Leaves rows empty.
    pub fn skip(&mut self, rows: u16) {
        self.row = self.row.saturating_add(rows);
    }

    /// One row.
    pub fn line(&mut self, text: &str, style: Style) {
        self.at(0, text, style);
        self.skip(1);
    }

    /// Writes within the row, and stays there.
    pub fn at(&mut self, x: u16, text: &str, style: Style) -> u16 {
        if self.left() == 0 {
            return x;
        }
        self.pen.put(self.area, x, self.row, text, style)
    }

    /// Writes at the right edge of the row, and stays there.
    pub fn right(&mut self, text: &str, style: Style) {
        if self.left() > 0 {
            self.pen.put_right(self.area, self.row, text, style);
        }
    }

    /// A text over as many rows as it takes, at most so many.
    pub fn text(&mut self, text: &str, most: usize, style: Style) {
        for line in wrap(&display_safe(text), usize::from(self.area.width)).into_iter().take(most) {
            self.line(&line, style);
        }
    }

    /// A word and what it says, in two columns; over as many rows as that takes.
    pub fn entry(&mut self, word: &str, says: &str, style: Style) {
        const WORD_CELLS: u16 = 10;
        let plain = self.pen.theme.plain();
        self.at(0, word, plain);
        self.indented(WORD_CELLS, says, style);
    }

    /// A text further to the right, over as many rows as it takes.
    pub fn indented(&mut self, by: u16, text: &str, style: Style) {
        let width = usize::from(self.area.width.saturating_sub(by));
        for line in wrap(&display_safe(text), width) {
            self.at(by, &line, style);
            self.skip(1);
        }
    }
}
