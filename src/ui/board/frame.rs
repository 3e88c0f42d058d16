//! The frame around every page of the board, and how much of a page it shows.

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use super::{help, table, top, trend};
use crate::app::board::model::Model;
use crate::app::board::pages::{Page, tables};
use crate::app::board::word::Word;
use crate::ui::pen::Pen;
use crate::ui::row::{Row, Tone};
use crate::ui::theme::Theme;
use crate::ui::words::look::Look;
use crate::ui::words::speech::Speech;

/// Rows above and below the page.
const AROUND: u16 = 3;
/// Cells below which nothing can be read.
const WIDTH_LEAST: u16 = 20;

fn pen<'a>(model: &Model, theme: Theme, buffer: &'a mut Buffer) -> Pen<'a> {
    Pen::new(buffer, theme, Speech { lang: model.lang, utc_offset: None })
}

/// Rows that a page has on a screen.
pub fn rows(size: Size) -> usize {
    usize::from(size.height.saturating_sub(AROUND))
}

/// How long the page is that shows.
pub fn extent(model: &Model, size: Size) -> usize {
    let mut scratch = Buffer::empty(Rect::default());
    let pen = pen(model, Theme::mono(), &mut scratch);
    page(&pen, model, size.width, size.height.saturating_sub(AROUND)).len()
}

/// Draws the screen. It reads no clock, changes nothing, and fits any terminal.
pub fn view(model: &Model, theme: Theme, buffer: &mut Buffer) {
    let whole = buffer.area;
    let mut pen = pen(model, theme, buffer);
    if whole.height <= AROUND || whole.width < WIDTH_LEAST {
        let text = pen.say(Look::TooSmall);
        pen.put(whole, 0, 0, text, theme.plain());
        return;
    }
    let row = |y: u16| Rect { y, height: 1, ..whole };
    top::status(&mut pen, row(0), model);
    top::pages(&mut pen, row(1), model);
    let body = Rect { y: 2, height: whole.height - AROUND, ..whole };
    let lines = page(&pen, model, body.width, body.height);
    for (n, line) in lines.iter().skip(model.top()).take(usize::from(body.height)).enumerate() {
        line.draw(&mut pen, body, u16::try_from(n).unwrap_or(u16::MAX), false);
    }
    let more = lines.len() > model.top() + usize::from(body.height);
    top::keys(&mut pen, row(whole.height - 1), model, more);
}

fn page(pen: &Pen<'_>, model: &Model, width: u16, height: u16) -> Vec<Row> {
    if model.help {
        return help::rows(pen, width);
    }
    let Some(board) = &model.board else { return vec![Row::line(pen.say(Word::Reading), Tone::Plain)] };
    let mut lines = Vec::new();
    if model.page == Page::Trend {
        lines.extend(trend::rows(pen, model, board, width, height));
    }
    for of in &tables(board, model.page, &model.zone) {
        if !lines.is_empty() {
            lines.push(Row::default());
        }
        lines.extend(table::rows(pen, of, width));
    }
    lines
}
