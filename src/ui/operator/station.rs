//! Questions about what the station works with, and about a lot that comes in.

use crate::app::choosing::{Errand, Pick};
use crate::app::receiving::{LastDay, Receiving, Stage};
use crate::ui::pen::{Page, Pen};
use crate::ui::words::label::Label;
use crate::ui::words::shop::Shop;

/// The title of a list to choose from, and how to choose; or that it is empty.
pub(super) fn picks(pen: &Pen<'_>, pick: &Pick, is_empty: bool) -> (&'static str, Option<&'static str>) {
    let (title, none) = match pick.of {
        Errand::Order => (Shop::OrdersTitle, Shop::NoOrders),
        Errand::Gauge => (Shop::GaugesTitle, Shop::NoGauges),
        Errand::Lot | Errand::Receive => (Shop::LotsTitle, Shop::NoLots),
    };
    (pen.say(title), Some(pen.say(if is_empty { none } else { Shop::PickHint })))
}

/// What is asked of a lot that comes in, and how to answer.
pub(super) fn receives(pen: &Pen<'_>, lot: &Receiving) -> (&'static str, Option<&'static str>) {
    let (title, hint) = match lot.stage() {
        Stage::Part if lot.lot.is_some() => (Shop::ReceiveWhich, Shop::ReceivePartHint),
        Stage::Part => (Shop::ReceivePart, Shop::ReceivePartHint),
        Stage::Lot => (Shop::ReceiveLot, Shop::ReceiveLotHint),
        Stage::Quantity => (Shop::ReceiveQuantity, Shop::ReceiveQuantityHint),
        Stage::LastDay => (Shop::ReceiveDay, Shop::ReceiveDayHint),
        Stage::Confirm => return (pen.say(Shop::ReceiveConfirm), Some(pen.say(Label::ChooseHint))),
    };
    (pen.say(title), Some(pen.say(hint)))
}

/// What is known of a lot that comes in.
pub(super) fn known(page: &mut Page<'_, '_>, lot: &Receiving) {
    let strong = page.pen.theme.strong();
    let part = lot.part.as_ref().map(|part| match lot.about() {
        Some(about) => format!("{part}  {}", about.about.title),
        None => part.to_string(),
    });
    let last_day = match lot.last_day {
        LastDay::Open => None,
        LastDay::None => Some(page.pen.say(Shop::NeverExpires).to_owned()),
        LastDay::On(day) => Some(day.to_string()),
    };
    let known = [
        (Shop::Part, part),
        (Shop::Lot, lot.lot.as_ref().map(ToString::to_string)),
        (Shop::Quantity, lot.quantity.map(|n| n.to_string())),
        (Shop::LastDay, last_day),
        (Shop::Supplier, lot.supplier.clone()),
    ];
    // Where there is little room, what there is to choose comes first.
    let room = usize::from(page.left()).saturating_sub(lot.choices().len());
    if room < known.iter().filter(|(_, says)| says.is_some()).count() + usize::from(lot.is_over()) {
        let all: Vec<String> = known.into_iter().filter_map(|(_, says)| says).collect();
        page.text(&all.join(" • "), 2, strong);
    } else {
        one_below_the_other(page, known);
    }
    if lot.is_over() {
        let (text, style) = (page.pen.say(Shop::IsOver), page.pen.theme.failed());
        page.text(text, 2, style);
    }
}

fn one_below_the_other(page: &mut Page<'_, '_>, known: [(Shop, Option<String>); 5]) {
    let strong = page.pen.theme.strong();
    for (word, says) in known {
        if let Some(says) = says {
            let word = page.pen.say(word);
            page.entry(word, &says, strong);
        }
    }
}
