//! Somebody is here, and no unit is open.

use ratatui::layout::Rect;

use super::between::left;
use super::first;
use super::list::card;
use super::shelf::here;
use crate::app::load::AtHand;
use crate::app::model::Model;
use crate::domain::route::CheckKind;
use crate::domain::time::{At, SECOND};
use crate::ui::pen::{Page, Pen};
use crate::ui::words::label::Label;
use crate::ui::words::many::Many;
use crate::ui::words::shop::Shop;

/// Draws the screen.
pub fn draw(pen: &mut Pen<'_>, body: Rect, model: &Model) {
    let (strong, plain) = (pen.theme.strong(), pen.theme.plain());
    let mut page = Page::new(pen, body);
    let (title, hint) = (page.pen.say(Label::ScanUnit), page.pen.say(Label::ReadyHint));
    page.line(title, strong);
    page.text(hint, 2, plain);
    page.skip(1);
    load(&mut page, model);
    first::station(&mut page, model);
    left(&mut page, model);
    here(&mut page, model);
    waiting(&mut page, model);
    card(&mut page, model);
}

/// The load: how many units are in it, when it may end, and what is to be observed of it.
fn load(page: &mut Page<'_, '_>, model: &Model) {
    let Some(AtHand { load, rule, next, gauge, .. }) = model.load() else { return };
    let (strong, plain) = (page.pen.theme.strong(), page.pen.theme.plain());
    let say = |label: Many| page.pen.say(label);
    let title = format!("{} {}   {} / {}", say(Many::Load), load.load, load.units.len(), rule.units);
    let time = |minutes: u32, from: At| page.pen.speech.time(from.plus(i64::from(minutes) * 60 * SECOND));
    let mut lines = Vec::new();
    if let Some(begun) = load.begun.as_ref().map(|moment| moment.at) {
        lines.push(format!("{} {}", say(Many::Begun), page.pen.speech.time(begun)));
        lines.extend(rule.min.map(|min| format!("{} {}", say(Many::NotBefore), time(min, begun))));
        lines.extend(rule.max.map(|max| format!("{} {}", say(Many::NotAfter), time(max, begun))));
    }
    // What comes first has the mark.
    let mark = if gauge.is_some() { " " } else { "▶" };
    let wanted = next.map(|check| match &check.kind {
        CheckKind::Number { limits, .. } => format!("{mark} {}  {limits}", check.title),
        CheckKind::Confirm | CheckKind::Text { .. } | CheckKind::Choice { .. } | CheckKind::Scan { .. } => {
            format!("{mark} {}", check.title)
        }
    });
    let units: Vec<String> = load.units.iter().map(ToString::to_string).collect();
    page.line(&title, strong);
    if !lines.is_empty() {
        page.text(&lines.join(" • "), 2, plain);
    }
    if let Some(kind) = gauge {
        page.text(&format!("▶ {} {kind}", page.pen.say(Shop::Gauge)), 2, strong);
    }
    if let Some(wanted) = wanted {
        page.text(&wanted, 2, strong);
    }
    page.text(&units.join("  "), 3, plain);
    page.skip(1);
}

/// The units that wait here, as many as there is room for beside the card.
pub(super) fn waiting(page: &mut Page<'_, '_>, model: &Model) {
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
