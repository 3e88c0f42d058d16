//! A step passed, and the unit goes on elsewhere.

use ratatui::layout::Rect;

use super::unit::{order_line, unit_line, verdict};
use crate::app::model::{Model, Verdict};
use crate::app::port::Receipt;
use crate::domain::gate::decision::Did;
use crate::ui::pen::{Page, Pen};
use crate::ui::words::label::Label;

/// Draws the screen.
pub fn draw(pen: &mut Pen<'_>, body: Rect, model: &Model, passed: &Verdict) {
    let rest = draw_pass(pen, body, &passed.receipt, passed);
    let mut page = Page::new(pen, rest);
    page.skip(1);
    unit_line(&mut page, &passed.work);
    let order = model.stock.orders.iter().find(|o| Some(&o.order) == passed.work.traveller.order.as_ref());
    order_line(&mut page, &passed.work, order);
    let plain = page.pen.theme.plain();
    if let Some(step) = passed.step.as_ref().and_then(|s| passed.work.route.step(s)) {
        let word = page.pen.say(Label::Step);
        page.entry(word, &format!("{}  {}", step.id, step.title), plain);
    }
    let head = passed.receipt.head();
    let word = page.pen.say(Label::Recorded);
    page.entry(word, &format!("{}:{}", head.terminal, head.seq), plain);
    for remark in &passed.remarks {
        let (text, strong) = (page.pen.speech.remark(remark), page.pen.theme.strong());
        page.text(&text, 2, strong);
    }
}

/// PASS is drawn from a receipt, and from nothing else.
fn draw_pass(pen: &mut Pen<'_>, body: Rect, _receipt: &Receipt, passed: &Verdict) -> Rect {
    let due = passed.work.traveller.due.as_ref();
    let step = due.and_then(|d| passed.work.route.step(&d.step));
    let follows = match (passed.did, due) {
        (Did::UnitDispatched, _) => pen.say(Label::Dispatched).to_owned(),
        (_, Some(due)) => {
            let title = step.map(|s| s.title.as_str()).unwrap_or_default();
            format!("{}  {}  {title}  {} {}", pen.say(Label::Next), due.step, pen.say(Label::At), due.station)
        }
        (_, None) => pen.say(Label::Complete).to_owned(),
    };
    let scan = pen.say(Label::ScanUnit);
    let style = pen.theme.pass();
    verdict(pen, body, Label::BigPass, style, &[&follows, scan])
}
