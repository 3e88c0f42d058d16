//! The terminal is too small for the screen. Scans still count, so what they come to is still said in a word.

use ratatui::layout::Rect;

use crate::app::model::{Model, Screen, Verdict};
use crate::app::port::Receipt;
use crate::ui::pen::Pen;
use crate::ui::words::label::Label;

/// Draws what there is room for.
pub fn draw(pen: &mut Pen<'_>, whole: Rect, model: &Model) {
    let (plain, stop) = (pen.theme.plain(), pen.theme.stop());
    match model.screen() {
        Screen::Fault(_) | Screen::Stopped(_) => {
            pen.put(whole, 0, 0, pen.say(Label::BigStop), stop);
        }
        Screen::Failed(_) | Screen::Nonconforming(_) => {
            pen.put(whole, 0, 0, pen.say(Label::BigFail), stop);
        }
        Screen::Passed(verdict) => draw_pass(pen, whole, &verdict.receipt, verdict),
        Screen::SignOn => {
            pen.put(whole, 0, 0, pen.say(Label::ScanBadge), plain);
        }
        Screen::Ready => {
            pen.put(whole, 0, 0, pen.say(Label::ScanUnit), plain);
        }
        Screen::Step(bench) => {
            pen.put(whole, 0, 0, &bench.step.title, plain);
        }
    }
    let size = format!("{} ({} x {})", pen.say(Label::TooSmall), whole.width, whole.height);
    pen.put(whole, 0, 1, &size, plain);
}

/// PASS is drawn from a receipt, and from nothing else.
fn draw_pass(pen: &mut Pen<'_>, whole: Rect, _receipt: &Receipt, verdict: &Verdict) {
    let step = verdict.step.as_ref().map(ToString::to_string).unwrap_or_default();
    let text = format!("{} {step}", pen.say(Label::BigPass));
    let style = pen.theme.pass();
    pen.put(whole, 0, 0, &text, style);
}
