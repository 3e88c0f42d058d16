//! The field: what is typed, what it is for, and in which unit of measure.

use ratatui::layout::Rect;

use super::glyph::cells;
use super::pen::{Pen, u16_of};
use super::view::Keyboard;
use super::words::label::Label;
use super::words::paper::Paper;
use super::words::shop::Shop;
use super::wrap::{fit, tail};
use crate::app::model::{Model, Screen};
use crate::app::pieces::Stage as Moved;
use crate::app::question::Question;
use crate::app::receiving::Stage;
use crate::domain::need::Need;
use crate::domain::route::CheckKind;
use crate::domain::text::display_safe;

/// Cells of what the field is for.
const NAME_CELLS: usize = 28;
/// Cells of the field at most.
const FIELD_CELLS: usize = 34;

/// What the field is for, and the unit of measure.
struct Purpose {
    name: String,
    unit: String,
}

/// Draws the field. Where the keyboard does not type there is no cursor and nothing to fill in; what is half typed
/// stays in sight.
pub fn draw(pen: &mut Pen<'_>, area: Rect, model: &Model, keyboard: Keyboard) {
    if model.over.is_none() && draw_closed(pen, area, model) {
        return;
    }
    let narrow = area.width < 60;
    let Purpose { name, unit } = purpose(pen, model);
    let name = fit(&name, if narrow { 12 } else { NAME_CELLS });
    let unit_cells = if unit.is_empty() { 0 } else { cells(&unit) + 1 };
    let free = usize::from(area.width).saturating_sub(cells(&name) + unit_cells + 5);
    let room = free.min(FIELD_CELLS);
    let shown = if model.is_masked() || model.line.is_secret() {
        "*".repeat(model.line.len().min(room.saturating_sub(1)))
    } else {
        tail(&display_safe(model.line.text()), room.saturating_sub(1))
    };
    if keyboard == Keyboard::Away {
        let plain = pen.theme.plain();
        let x = pen.put(area, 1, 0, &name, plain);
        pen.put(area, x.saturating_add(2), 0, &shown, plain);
        return;
    }
    let x = pen.put(area, 1, 0, &name, pen.theme.strong());
    let x = pen.put(area, x.saturating_add(1), 0, "[", pen.theme.plain());
    pen.put(area, x, 0, &format!("{shown}_"), pen.theme.strong());
    let x = pen.put(area, x.saturating_add(u16_of(room)), 0, "]", pen.theme.plain());
    pen.put(area, x.saturating_add(1), 0, &unit, pen.theme.plain());
}

/// While a stop or a fault shows, there is no field; that is said in its place.
fn draw_closed(pen: &mut Pen<'_>, area: Rect, model: &Model) -> bool {
    let closed = match model.screen() {
        Screen::Stopped(_) if model.awaits_supervisor() => return false,
        Screen::Stopped(_) if area.width < 60 => Label::FieldClosedShort,
        Screen::Stopped(_) => Label::FieldClosed,
        Screen::Fault(_) => Label::FieldFault,
        Screen::Passed(_)
        | Screen::Failed(_)
        | Screen::SignOn
        | Screen::Ready
        | Screen::Carton(_)
        | Screen::Shipment(_)
        | Screen::Step(_)
        | Screen::Nonconforming(_) => return false,
    };
    pen.put(area, 1, 0, pen.say(closed), pen.theme.plain());
    true
}

/// What the field is for while a lot is received.
fn received(pen: &Pen<'_>, stage: Stage) -> Purpose {
    let label = match stage {
        Stage::Part => Shop::FieldLabel,
        Stage::Lot => Shop::Lot,
        Stage::Quantity => Shop::Quantity,
        Stage::LastDay => Shop::FieldDay,
        Stage::Confirm => return Purpose { name: pen.say(Label::FieldNumber).to_owned(), unit: String::new() },
    };
    Purpose { name: pen.say(label).to_owned(), unit: String::new() }
}

fn purpose(pen: &Pen<'_>, model: &Model) -> Purpose {
    let named = |label: Label| Purpose { name: pen.say(label).to_owned(), unit: String::new() };
    match model.question() {
        Some(question) if question.is_secret() => return named(Label::FieldPin),
        Some(question) if question.asks_badge() => return named(Label::FieldBadge),
        Some(Question::Receive(lot)) => return received(pen, lot.stage()),
        Some(Question::Pick(_)) if model.question().is_some_and(Question::is_written) => {
            return named(Label::FieldScan);
        }
        Some(Question::Pieces(pieces)) if pieces.stage() == Moved::Label => return named(Label::FieldScan),
        Some(Question::Label(label)) if label.asks_label() => return named(Label::FieldScan),
        Some(Question::Paper(_)) => {
            return Purpose { name: pen.say(Paper::FieldTime).to_owned(), unit: String::new() };
        }
        Some(question)
            if question.is_written() && !matches!(question, Question::Pieces(p) if p.stage() == Moved::Count) =>
        {
            return named(Label::FieldReason);
        }
        Some(_listed) => return named(Label::FieldNumber),
        None => {}
    }
    if let (Screen::Ready, Some(check)) = (model.screen(), model.load().and_then(|at_hand| at_hand.next)) {
        return Purpose { name: check.title.clone(), unit: String::new() };
    }
    let bench = match model.screen() {
        Screen::SignOn => return named(Label::FieldBadge),
        Screen::Stopped(_) if model.awaits_supervisor() => return named(Label::FieldBadge),
        Screen::Step(bench) | Screen::Nonconforming(bench) => bench,
        Screen::Carton(_) | Screen::Shipment(_) => return named(Label::FieldScan),
        Screen::Ready | Screen::Passed(_) | Screen::Failed(_) | Screen::Stopped(_) | Screen::Fault(_) => {
            return named(Label::FieldUnit);
        }
    };
    match bench.next() {
        None => named(Label::FieldScan),
        Some(Need::Material { title, .. }) => Purpose { name: title.to_owned(), unit: String::new() },
        Some(Need::Gauge(kind)) => Purpose { name: kind.to_owned(), unit: String::new() },
        Some(Need::Signature(_) | Need::FirstPiece) => named(Label::FieldBadge),
        Some(Need::Check { check, point, .. }) => {
            let unit = match &check.kind {
                CheckKind::Number { limits, .. } => limits.unit.clone(),
                CheckKind::Confirm | CheckKind::Text { .. } | CheckKind::Choice { .. } | CheckKind::Scan { .. } => {
                    String::new()
                }
            };
            let name = point.map_or_else(|| check.title.clone(), |p| format!("{} {p}", check.title));
            Purpose { name, unit }
        }
    }
}
