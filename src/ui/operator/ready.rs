//! Somebody is here, and no unit is open.

use ratatui::layout::Rect;

use super::between::left;
use super::list::card;
use super::shelf::here;
use crate::app::model::Model;
use crate::ui::pen::{Page, Pen};
use crate::ui::words::label::Label;

/// Draws the screen.
pub fn draw(pen: &mut Pen<'_>, body: Rect, model: &Model) {
    let (strong, plain) = (pen.theme.strong(), pen.theme.plain());
    let mut page = Page::new(pen, body);
    let (title, hint) = (page.pen.say(Label::ScanUnit), page.pen.say(Label::ReadyHint));
    page.line(title, strong);
    page.text(hint, 2, plain);
    page.skip(1);
    left(&mut page, model);
    here(&mut page, model);
    waiting(&mut page, model);
    card(&mut page, model);
}

/// The units that wait here, as many as there is room for beside the card.
fn waiting(page: &mut Page<'_, '_>, model: &Model) {
    let units = &model.waiting_units;
    if units.is_empty() {
        return;
    }
    let (strong, plain) = (page.pen.theme.strong(), page.pen.theme.plain());
    let title = page.pen.say(Label::WaitingHere);
    page.line(&format!("{title} ({})", units.len()), strong);
    let room = if model.settings.card.is_empty() { page.left() } else { page.left() / 2 };
    for waits in units.iter().take(usize::from(room)) {
        let step = format!("{}  {}", waits.step, waits.title);
        let x = page.at(1, waits.unit.as_str(), plain);
        page.at(x.max(24).saturating_add(2), &step, plain);
        page.skip(1);
    }
    page.skip(1);
}
