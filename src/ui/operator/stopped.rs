//! The gate stopped the work: what to do now, then why.

use ratatui::layout::Rect;

use super::unit::verdict;
use crate::app::model::{Model, Stop};
use crate::domain::refusal::Code;
use crate::ui::pen::{Page, Pen};
use crate::ui::words::label::Label;
use crate::ui::words::rule;
use crate::ui::words::shop::Shop;

/// Draws the screen.
pub fn draw(pen: &mut Pen<'_>, body: Rect, model: &Model, stop: &Stop) {
    let (code, evidence) = (stop.refusal.code, &stop.refusal.evidence);
    let act = pen.speech.what_to_do(code, evidence);
    let (block, strong, plain) = (pen.theme.stop(), pen.theme.strong(), pen.theme.plain());
    let rest = verdict(pen, body, Label::BigStop, block, &[&act]);
    let mut page = Page::new(pen, rest);
    let message = page.pen.speech.message(code, evidence);
    page.text(&message, 3, if rest.height > 8 { strong } else { plain });
    if evidence.qualification.is_some() && code == Code::SecondPerson && !model.awaits_supervisor() {
        let again = page.pen.say(Shop::ScanUnitAgain);
        page.text(again, 3, strong);
    }
    if page.left() > 6 {
        page.skip(1);
    }
    about(&mut page, stop);
    let seen = page.pen.speech.evidence(evidence);
    if !seen.is_empty() {
        let word = page.pen.say(Label::Evidence);
        page.entry(word, &seen, plain);
    }
    let word = page.pen.say(Label::Rule);
    let text = format!("{} ({})", rule(page.pen.speech.lang, code), code.word());
    page.entry(word, &text, plain);
    recorded(&mut page, stop);
}

/// Which unit, at which step.
fn about(page: &mut Page<'_, '_>, stop: &Stop) {
    let plain = page.pen.theme.plain();
    let unit = stop.refusal.evidence.unit.as_ref().or(stop.settlement.unit.as_ref());
    if let Some(unit) = unit {
        let word = page.pen.say(Label::Unit);
        page.entry(word, unit.as_str(), plain);
    }
    let due = stop.settlement.work.as_ref().and_then(|w| w.route.step(&w.traveller.due.as_ref()?.step));
    if let Some(step) = due.filter(|_| stop.refusal.code != Code::UnknownLabel) {
        let word = page.pen.say(Label::Step);
        page.entry(word, &format!("{}  {}", step.id, step.title), plain);
    }
}

/// That the no is on record, and nothing else is.
fn recorded(page: &mut Page<'_, '_>, stop: &Stop) {
    let plain = page.pen.theme.plain();
    if let Some(event) = &stop.settlement.event {
        let (word, nothing) = (page.pen.say(Label::Recorded), page.pen.say(Label::NothingDone));
        page.entry(word, &format!("{}:{}  {nothing}", event.terminal, event.seq), plain);
    }
    if stop.more > 0 {
        let (text, strong) = (page.pen.say(Label::ScansRefused), page.pen.theme.strong());
        page.line(&format!("{text} {}", stop.more), strong);
    }
}
