//! What a station works with, in words: orders, lots, gauges, parts. And the part of the ready screen that shows it.

use crate::app::model::Model;
use crate::app::shelf::{ShelfGauge, ShelfLot, ShelfPart};
use crate::domain::gauge::Gauge;
use crate::domain::lot::Lot;
use crate::domain::order::Order;
use crate::ui::pen::{Page, Pen};
use crate::ui::words::label::Label;
use crate::ui::words::shop::Shop;

/// Cells from which on there is room for all of it.
const WIDE: u16 = 60;

/// How far an order is: how many of its units are finished, and how many began where there is room.
pub(super) fn progress(pen: &Pen<'_>, order: &Order, wide: bool) -> String {
    let done = format!("{} {} {}", order.finished, pen.say(Label::Of), order.quantity);
    if wide && order.started > order.finished {
        format!("{done}  {} {}", order.started, pen.say(Shop::Started))
    } else {
        done
    }
}

/// An order: what it makes, and how far it is.
pub(super) fn order(pen: &Pen<'_>, order: &Order, wide: bool) -> String {
    let variant = order.variant.as_deref().map(|v| format!(" {v}")).unwrap_or_default();
    let far = progress(pen, order, wide);
    if !wide {
        return format!("{}{variant}  {far}", order.order);
    }
    let revision = pen.say(Label::Revision);
    let range = order.serials.as_ref().map(|s| format!("  {s}")).unwrap_or_default();
    format!("{}  {far}  {} {revision} {}{variant}{range}", order.order, order.route, order.revision)
}

/// How much of a lot is left by the book, and its last day.
fn left(pen: &Pen<'_>, lot: &Lot) -> String {
    let until = lot.expires.map(|day| format!("  {} {day}", pen.say(Shop::Until))).unwrap_or_default();
    format!("{} {}{until}", lot.left, pen.say(Shop::Left))
}

/// A lot to choose: what it is, how much is left by the book, and its last day.
pub(super) fn lot(pen: &Pen<'_>, of: &ShelfLot, wide: bool) -> String {
    let Lot { lot, part, expires, .. } = &of.lot;
    if wide {
        return format!("{lot}  {} {part}  {}", of.title, left(pen, &of.lot));
    }
    let until = expires.map(|day| format!("  {day}")).unwrap_or_default();
    format!("{lot}  {part}  {}{until}", of.lot.left)
}

/// A gauge to choose, and whether its calibration counts no more.
pub(super) fn gauge(pen: &Pen<'_>, of: &ShelfGauge, wide: bool) -> String {
    let Gauge { gauge, kind, due, .. } = &of.gauge;
    let mark = if of.overdue { format!("  {}", pen.say(Shop::Overdue)) } else { String::new() };
    let until = if wide { format!("{} ", pen.say(Shop::Until)) } else { String::new() };
    format!("{gauge}  {kind}  {until}{due}{mark}")
}

/// A part to choose.
pub(super) fn part(of: &ShelfPart, wide: bool) -> String {
    if wide { format!("{:<20}  {}", of.part, of.about.title) } else { of.part.to_string() }
}

/// What the station works with: a row for each order, lot and gauge.
pub(super) fn here(page: &mut Page<'_, '_>, model: &Model) {
    let (station, stock) = (&model.desk.station, &model.stock);
    let before = page.left();
    let wide = page.width() >= WIDE;
    for chosen in &station.orders {
        let known = stock.orders.iter().find(|o| o.order == chosen.order);
        let text = known.map_or_else(|| chosen.order.to_string(), |o| order(page.pen, o, wide));
        row(page, Shop::Order, &text);
    }
    for loaded in &station.loaded {
        let known = stock.lots.iter().find(|l| l.lot == loaded.lot);
        let rest = known.map(|l| format!("  {}", left(page.pen, l))).unwrap_or_default();
        let text = format!("{}  {}{rest}", loaded.part, loaded.lot);
        row(page, Shop::Loaded, &text);
    }
    for chosen in &station.gauges {
        let due = stock.gauges.iter().find(|g| g.gauge == chosen.gauge).map(|g| g.due);
        let due = due.map(|day| format!("  {} {day}", page.pen.say(Shop::Until))).unwrap_or_default();
        row(page, Shop::Gauge, &format!("{}  {}{due}", chosen.kind, chosen.gauge));
    }
    if page.left() < before {
        page.skip(1);
    }
}

fn row(page: &mut Page<'_, '_>, word: Shop, text: &str) {
    const WORD_CELLS: u16 = 10;
    let (strong, plain) = (page.pen.theme.strong(), page.pen.theme.plain());
    let word = page.pen.say(word);
    page.at(0, word, plain);
    page.at(WORD_CELLS, text, strong);
    page.skip(1);
}

/// How much of a loaded lot is left by the book, where that is known.
pub(super) fn left_of(pen: &Pen<'_>, model: &Model, lot: &str) -> Option<String> {
    let known = model.stock.lots.iter().find(|l| l.lot.as_str() == lot)?;
    Some(format!("{} {}", known.left, pen.say(Shop::Left)))
}
