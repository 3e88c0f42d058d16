//! The carton and the shipment that an answer is about, or that a station has at hand.

use super::port::{Fault, Ledger};
use crate::domain::event::Event;
use crate::domain::facts::{Ask, Facts};
use crate::domain::id::CartonId;
use crate::domain::packing::{AtHand, Carton, PackingAsk, Shipment};
use crate::domain::what::What;

/// What a station has at hand, as it stands now.
pub(super) fn at_hand(ledger: &mut impl Ledger, hand: &AtHand) -> Result<(Option<Carton>, Option<Shipment>), Fault> {
    let mut facts = Facts::default();
    let carton = hand.carton.clone().map(PackingAsk::Carton);
    for ask in carton.into_iter().chain(hand.shipment.clone().map(PackingAsk::Shipment)) {
        ledger.answer(&Ask::Packing(ask), &mut facts)?;
    }
    Ok((facts.packing.cartons.pop(), facts.packing.shipments.pop()))
}

/// The carton that events are about, as it stands now: mostly the one that the station has at hand.
pub(super) fn carton(
    ledger: &mut impl Ledger,
    events: &[Event],
    at_hand_now: Option<&Carton>,
) -> Result<Option<Carton>, Fault> {
    let Some(carton) = events.iter().find_map(named) else { return Ok(None) };
    if let Some(known) = at_hand_now.filter(|known| known.carton == carton) {
        return Ok(Some(known.clone()));
    }
    Ok(at_hand(ledger, &AtHand { carton: Some(carton), shipment: None })?.0)
}

#[expect(clippy::wildcard_enum_match_arm, reason = "few kinds are about cartons")]
fn named(event: &Event) -> Option<CartonId> {
    match &event.what {
        What::CartonBegun(e) => Some(e.carton.clone()),
        What::CartonOpened(e) | What::CartonReopened(e) | What::UnitUnpacked(e) => Some(e.carton.clone()),
        What::UnitPacked(e) => Some(e.carton.clone()),
        What::CartonClosed(e) => Some(e.carton.clone()),
        What::CartonLoaded(e) | What::CartonUnloaded(e) => Some(e.carton.clone()),
        _ => None,
    }
}
