//! What happened to a lot itself: received, inspected, held, released, rejected. What units took from it is told by
//! them.
//!
//! Deliberately absent, since the vocabulary has no word for it: that a lot was opened or sealed, and that it was
//! loaded at a station. Who delivered it has a name in our record, and no URI.

use jiff::tz::TimeZone;

use super::event::{Action, EpcisEvent, Quantity, Sort};
use super::map::common;
use super::names::Names;
use crate::domain::event::Event;
use crate::domain::id::LotId;
use crate::domain::lot::Lot;
use crate::domain::number::Number;
use crate::domain::what::What;

/// What happened to a lot, in order: its pieces as a class, and how many of them there were then by the book.
pub fn events((names, zone): (&Names, &TimeZone), lot: &LotId, events: &[Event]) -> Vec<EpcisEvent> {
    let mut told = Vec::new();
    let mut book: Option<Lot> = None;
    for event in events {
        book = Lot::apply(book, event);
        let (Some((biz_step, disposition)), Some(book)) = (said(&event.what), &book) else { continue };
        let pieces = Quantity { epc_class: names.lot_of(&book.part, lot), quantity: counted(book.left) };
        let plain = common((names, zone), Sort::ObjectEvent, event, (Some(Action::Observe), biz_step));
        told.push(EpcisEvent { quantity_list: vec![pieces], disposition, ..plain });
    }
    told
}

/// The step of business and the state afterwards. Releasing and rejecting are no step of the vocabulary: they have the
/// state alone.
#[expect(clippy::wildcard_enum_match_arm, reason = "few kinds are told of a lot")]
fn said(what: &What) -> Option<(Option<&'static str>, Option<&'static str>)> {
    Some(match what {
        What::LotReceived(received) => {
            (Some("receiving"), Some(if received.quarantined { "unavailable" } else { "available" }))
        }
        What::LotInspected(seen) => {
            (Some("inspecting"), Some(if seen.passed { "conformant" } else { "non_conformant" }))
        }
        What::LotHeld(_) => (Some("holding"), Some("unavailable")),
        What::LotReleased(_) => (None, Some("available")),
        What::LotRejected(_) => (None, Some("non_conformant")),
        _ => return None,
    })
}

/// How many pieces; none where nobody can say, or where there is none. What is no whole number has a unit of measure,
/// which no record tells.
fn counted(left: Number) -> Option<u32> {
    left.floor().filter(|whole| *whole > 0 && Number::whole(*whole) == left)
}
