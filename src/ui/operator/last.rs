//! The last answer, once more and whole.

use ratatui::layout::Rect;

use crate::app::model::Model;
use crate::app::settlement::Settlement;
use crate::domain::refusal::Refusal;
use crate::ui::pen::{Page, Pen};
use crate::ui::words::label::Label;
use crate::ui::words::{did, rule};

/// Draws the page.
pub fn draw(pen: &mut Pen<'_>, body: Rect, model: &Model) {
    let (strong, plain) = (pen.theme.strong(), pen.theme.plain());
    let mut page = Page::new(pen, body);
    let title = page.pen.say(Label::LastTitle);
    page.line(title, strong);
    page.skip(1);
    let Some(settlement) = &model.last else { return };
    match &settlement.answer {
        Ok(done) => {
            let (word, text) = (page.pen.say(Label::Done), did(page.pen.speech.lang, *done));
            page.entry(word, text, strong);
        }
        Err(refusal) => refused(&mut page, refusal),
    }
    if let Some(unit) = &settlement.unit {
        let word = page.pen.say(Label::Unit);
        page.entry(word, unit.as_str(), plain);
    }
    recorded(&mut page, settlement);
}

fn refused(page: &mut Page<'_, '_>, refusal: &Refusal) {
    let (strong, plain) = (page.pen.theme.strong(), page.pen.theme.plain());
    let speech = page.pen.speech;
    let (act, why, seen, by) =
        (page.pen.say(Label::Do), page.pen.say(Label::Why), page.pen.say(Label::Evidence), page.pen.say(Label::Rule));
    page.entry(act, &speech.what_to_do(refusal.code, &refusal.evidence), strong);
    page.entry(why, &speech.message(refusal.code, &refusal.evidence), plain);
    page.entry(seen, &speech.evidence(&refusal.evidence), plain);
    page.entry(by, &format!("{} ({})", rule(speech.lang, refusal.code), refusal.code.word()), plain);
}

fn recorded(page: &mut Page<'_, '_>, settlement: &Settlement) {
    if let Some(event) = &settlement.event {
        let (word, plain) = (page.pen.say(Label::Recorded), page.pen.theme.plain());
        page.entry(word, &format!("{}:{}", event.terminal, event.seq), plain);
    }
}
