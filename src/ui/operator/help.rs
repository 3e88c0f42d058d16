//! What can be done here: every key that does something now, in a sentence.

use ratatui::layout::Rect;

use super::list::{card, window};
use crate::app::model::{Model, Over};
use crate::app::msg::{ReplicaLevel, ScannerState};
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
    let before = page.left();
    replica(&mut page, model);
    scanners(&mut page, model);
    if page.left() < before && page.left() > 6 {
        page.skip(1);
    }
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

/// What to do about a replica that is late.
fn replica(page: &mut Page<'_, '_>, model: &Model) {
    let advice = match model.status.replica.map(|replica| replica.level) {
        None | Some(ReplicaLevel::Fresh) => return,
        Some(ReplicaLevel::Late) => Label::HelpReplicaLate,
        Some(ReplicaLevel::Attention) => Label::HelpReplicaLead,
    };
    let (text, strong) = (page.pen.say(advice), page.pen.theme.strong());
    page.text(text, 3, strong);
}

/// What to do about scanners that cannot be used.
fn scanners(page: &mut Page<'_, '_>, model: &Model) {
    let strong = page.pen.theme.strong();
    for (name, state) in &model.scanners {
        let (advice, by) = match state {
            ScannerState::Ready => continue,
            ScannerState::Lost => (Label::HelpLost, None),
            ScannerState::NotPermitted => (Label::HelpDenied, None),
            ScannerState::Taken { by } => (Label::HelpTaken, by.as_deref()),
        };
        let by = by.map(|by| format!(" {} {by}", page.pen.say(Label::HelpProgram))).unwrap_or_default();
        let text = format!("{name}: {}{by}", page.pen.say(advice));
        page.text(&text, 3, strong);
    }
}
