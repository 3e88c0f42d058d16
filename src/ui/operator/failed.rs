//! A unit is nonconforming: what failed, where it goes now, and who decides.

use ratatui::layout::Rect;

use super::first;
use super::step::rows;
use super::unit::{order_line, unit_line, verdict};
use crate::app::checklist::{Bench, State};
use crate::app::model::Model;
use crate::app::settlement::Work;
use crate::domain::route::CheckKind;
use crate::ui::pen::{Page, Pen};
use crate::ui::words::label::Label;

/// Draws the screen. `open` tells whether the unit is still in hand, so that its other checks can be recorded.
pub fn draw(pen: &mut Pen<'_>, body: Rect, work: &Work, model: &Model, open: bool) {
    if work.traveller.is_sample() {
        return first::tester_failed(pen, body, work, model);
    }
    let style = pen.theme.stop();
    let rack = pen.say(Label::RedRack);
    let rest = verdict(pen, body, Label::BigFail, style, &[rack]);
    let mut page = Page::new(pen, rest);
    unit_line(&mut page, work);
    order_line(&mut page, work, model.desk.order.as_ref());
    let Some(bench) = Bench::of(&work.traveller, &work.route, &model.desk.station) else { return };
    why(&mut page, bench);
    let plain = page.pen.theme.plain();
    let decides = page.pen.say(Label::LeadDecides);
    page.text(decides, 2, plain);
    if open && bench.rows().iter().any(|r| r.state == State::Next) && page.left() > 2 {
        page.skip(1);
        let still = page.pen.say(Label::OthersStill);
        page.text(still, 2, plain);
        rows(&mut page, model, bench);
    }
}

/// The step, the observation, and the reason.
fn why(page: &mut Page<'_, '_>, bench: Bench<'_>) {
    let (plain, failed) = (page.pen.theme.plain(), page.pen.theme.failed());
    let (step, why) = (page.pen.say(Label::Step), page.pen.say(Label::Why));
    page.entry(step, &format!("{}  {}", bench.step.id, bench.step.title), plain);
    if let Some(seen) = bench.failed()
        && let Some(check) = bench.step.check(&seen.check)
    {
        let point = seen.point.as_ref().map(|p| format!(" {p}")).unwrap_or_default();
        let limits = match &check.kind {
            CheckKind::Number { limits, .. } => format!(" ({limits})"),
            CheckKind::Confirm | CheckKind::Text { .. } | CheckKind::Choice { .. } | CheckKind::Scan { .. } => {
                String::new()
            }
        };
        let value = page.pen.speech.observed(check, &seen.value);
        page.entry(why, &format!("{}{point}: {value}{limits}", check.title), failed);
    }
    let ending = bench.attempt().and_then(|a| a.result.as_ref());
    if let Some(reason) = ending.and_then(|e| e.reason.as_ref()) {
        let defect = bench.route.defects.iter().find(|(id, _)| id.as_str() == reason);
        page.entry(why, defect.map_or(reason, |(_, title)| title), failed);
    }
}
