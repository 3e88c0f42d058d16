//! What can be done here: every key that does something now, in a sentence.

use ratatui::layout::Rect;

use super::list::{card, window};
use crate::app::model::{Model, Over};
use crate::app::offer::offers_beneath;
use crate::ui::key_line::cap;
use crate::ui::pen::{Page, Pen};
use crate::ui::words::act::sentence;
use crate::ui::words::label::Label;

/// Draws the page.
pub fn draw(pen: &mut Pen<'_>, body: Rect, model: &Model, over: &Over) {
    let (strong, plain, bar) = (pen.theme.strong(), pen.theme.plain(), pen.theme.bar());
    let mut page = Page::new(pen, body);
    let title = page.pen.say(Label::HelpTitle);
    page.line(title, strong);
    page.skip(1);
    let offers = offers_beneath(model);
    let (top, rows) = window(offers.len(), over.top, usize::from(page.left()));
    for offer in offers.iter().skip(top).take(rows) {
        page.at(1, &cap(*offer), bar);
        let text = sentence(model.lang, offer.act);
        page.indented(6, text, plain);
    }
    page.skip(1);
    card(&mut page, model);
}
