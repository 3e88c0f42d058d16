//! A row of a list: texts at their places.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::ui::glyph::cells;
use crate::ui::pen::{Pen, u16_of};
use crate::ui::wrap::fit;

/// How a text of a row looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ui) enum Tone {
    Plain,
    Strong,
    Trouble,
}

/// A text at its place.
#[derive(Debug, Clone)]
struct Piece {
    x: u16,
    text: String,
    tone: Tone,
}

/// A row.
#[derive(Debug, Clone, Default)]
pub(in crate::ui) struct Row {
    pieces: Vec<Piece>,
    right: Option<String>,
}

impl Row {
    /// A text at a place, at most so wide.
    pub(in crate::ui) fn put(mut self, x: u16, width: u16, text: impl AsRef<str>, tone: Tone) -> Self {
        let text = fit(text.as_ref(), usize::from(width));
        self.pieces.push(Piece { x, text, tone });
        self
    }

    /// A text at the right edge.
    pub(in crate::ui) fn right(mut self, text: impl Into<String>) -> Self {
        self.right = Some(text.into());
        self
    }

    /// A row of one text.
    pub(in crate::ui) fn line(text: impl AsRef<str>, tone: Tone) -> Self {
        Self::default().put(1, u16::MAX, text, tone)
    }

    /// Draws it. Of the row under the cursor, only its first text looks otherwise: little is sent where it moves.
    pub(in crate::ui) fn draw(&self, pen: &mut Pen<'_>, area: Rect, y: u16, under_cursor: bool) {
        let room = self.right.as_ref().map_or(0, |right| u16_of(cells(right)) + 1);
        let left = Rect { width: area.width.saturating_sub(room), ..area };
        for (n, piece) in self.pieces.iter().enumerate() {
            let style = if under_cursor && n == 0 { pen.theme.bar() } else { style(pen, piece.tone) };
            pen.put(left, piece.x, y, &piece.text, style);
        }
        if let Some(right) = &self.right {
            pen.put_right(area, y, right, pen.theme.plain());
        }
        if under_cursor {
            pen.put(area, 0, y, "▶", pen.theme.plain());
        }
    }

    /// The row as a text, for a file.
    pub(in crate::ui) fn plain(&self, width: usize) -> String {
        let mut line = String::new();
        for piece in &self.pieces {
            let gap = usize::from(piece.x).saturating_sub(cells(&line));
            line.extend(std::iter::repeat_n(' ', gap.max(usize::from(!line.is_empty()))));
            line.push_str(&piece.text);
        }
        if let Some(right) = &self.right {
            let gap = width.saturating_sub(cells(&line) + cells(right)).max(1);
            line.extend(std::iter::repeat_n(' ', gap));
            line.push_str(right);
        }
        line.trim_end().to_owned()
    }
}

fn style(pen: &Pen<'_>, tone: Tone) -> Style {
    match tone {
        Tone::Plain => pen.theme.plain(),
        Tone::Strong => pen.theme.strong(),
        Tone::Trouble => pen.theme.failed(),
    }
}
