//! The terminal is too small for the screen. Scans still count, so what they come to is still said in a word.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::model::{Model, Screen, Verdict};
use crate::app::port::Receipt;
use crate::ui::pen::Pen;
use crate::ui::words::label::Label;

/// Draws what there is room for.
pub fn draw(pen: &mut Pen<'_>, whole: Rect, model: &Model) {
    let (text, style) = brief(pen, model);
    pen.put(whole, 0, 0, &text, style);
    let size = format!("{} ({} x {})", pen.say(Label::TooSmall), whole.width, whole.height);
    let plain = pen.theme.plain();
    pen.put(whole, 0, 1, &size, plain);
}

/// What shows, in a word or two.
pub(super) fn brief(pen: &Pen<'_>, model: &Model) -> (String, Style) {
    let (plain, stop) = (pen.theme.plain(), pen.theme.stop());
    let say = |label: Label, style: Style| (pen.say(label).to_owned(), style);
    match model.screen() {
        Screen::Fault(_) | Screen::Stopped(_) => say(Label::BigStop, stop),
        Screen::Failed(_) | Screen::Nonconforming(_) => say(Label::BigFail, stop),
        Screen::Passed(verdict) => brief_pass(pen, &verdict.receipt, verdict),
        Screen::SignOn => say(Label::ScanBadge, plain),
        Screen::Ready => say(Label::ScanUnit, plain),
        Screen::Carton(carton) => (carton.carton.to_string(), plain),
        Screen::Shipment(shipment) => (shipment.shipment.to_string(), plain),
        Screen::Step(bench) => (bench.step.title.clone(), plain),
    }
}

/// PASS is drawn from a receipt, and from nothing else.
fn brief_pass(pen: &Pen<'_>, _receipt: &Receipt, verdict: &Verdict) -> (String, Style) {
    let step = verdict.step.as_ref().map(ToString::to_string).unwrap_or_default();
    (format!("{} {step}", pen.say(Label::BigPass)), pen.theme.pass())
}
