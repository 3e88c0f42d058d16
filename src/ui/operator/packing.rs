//! A carton is being packed, or a shipment loaded: what is at hand, how many are in it, and what to scan.

use ratatui::layout::Rect;

use super::list::card;
use super::ready::waiting;
use crate::app::model::Model;
use crate::domain::packing::{Carton, Shipment};
use crate::ui::pen::{Page, Pen};
use crate::ui::words::shop::Shop;

/// Draws the carton at hand.
pub fn carton(pen: &mut Pen<'_>, body: Rect, model: &Model, carton: &Carton) {
    let (strong, plain) = (pen.theme.strong(), pen.theme.plain());
    let mut page = Page::new(pen, body);
    let word = page.pen.say(Shop::Carton);
    page.entry(word, carton.carton.as_str(), strong);
    let count = match carton.holds {
        Some(holds) => format!("{} / {holds}", carton.units),
        None => carton.units.to_string(),
    };
    let word = page.pen.say(Shop::InIt);
    page.entry(word, &count, strong);
    let is_full = carton.units > 0 && carton.holds.is_some() && carton.is_full();
    let hint = page.pen.say(if is_full { Shop::CartonIsFull } else { Shop::CartonHint });
    page.text(hint, 2, if is_full { strong } else { plain });
    page.skip(1);
    waiting(&mut page, model);
    card(&mut page, model);
}

/// Draws the shipment at hand.
pub fn shipment(pen: &mut Pen<'_>, body: Rect, model: &Model, shipment: &Shipment) {
    let (strong, plain) = (pen.theme.strong(), pen.theme.plain());
    let mut page = Page::new(pen, body);
    for (word, says) in [
        (Shop::Shipment, shipment.shipment.to_string()),
        (Shop::Customer, shipment.customer.clone()),
        (Shop::Cartons, shipment.cartons.to_string()),
        (Shop::Units, shipment.units.to_string()),
    ] {
        let word = page.pen.say(word);
        page.entry(word, &says, strong);
    }
    let hint = page.pen.say(Shop::ShipmentHint);
    page.text(hint, 2, plain);
    page.skip(1);
    card(&mut page, model);
}
