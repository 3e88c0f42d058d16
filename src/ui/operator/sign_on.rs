//! Nobody is signed on.

use ratatui::layout::Rect;

use super::between::left;
use super::list::card;
use crate::app::model::Model;
use crate::ui::pen::{Page, Pen};
use crate::ui::words::label::Label;
use crate::ui::words::paper::Paper;

/// Draws the screen.
pub fn draw(pen: &mut Pen<'_>, body: Rect, model: &Model) {
    let (strong, plain) = (pen.theme.strong(), pen.theme.plain());
    let mut page = Page::new(pen, body);
    let (title, here) = (page.pen.say(Label::ScanBadge), page.pen.say(Label::ThisStation));
    page.line(title, strong);
    if model.paper().is_some() {
        let whose = page.pen.say(Paper::WhoseWork);
        page.text(whose, 2, plain);
    }
    page.skip(1);
    page.line(&format!("{here} {}", model.settings.place.class), plain);
    page.skip(1);
    left(&mut page, model);
    card(&mut page, model);
}
