//! The machine failed: nothing can be recorded, so nothing is done.

use ratatui::layout::Rect;

use super::unit::verdict;
use crate::app::port::Fault;
use crate::ui::pen::{Page, Pen};
use crate::ui::words::label::Label;

/// Draws the screen.
pub fn draw(pen: &mut Pen<'_>, body: Rect, fault: &Fault) {
    let (title, nothing) = (pen.say(Label::FaultTitle), pen.say(Label::FaultNothing));
    let (block, strong, plain) = (pen.theme.stop(), pen.theme.strong(), pen.theme.plain());
    let rest = verdict(pen, body, Label::BigStop, block, &[title]);
    let mut page = Page::new(pen, rest);
    page.text(nothing, 2, strong);
    if page.left() > 4 {
        page.skip(1);
    }
    page.text(&fault.what, 4, plain);
    page.text(&fault.instead, 4, strong);
}
