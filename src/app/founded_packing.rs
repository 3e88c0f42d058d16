//! Whether what a decision was told of cartons and shipments follows from the events that it names. How many units are
//! in one is counted, and is not held against an event.

use super::port::Fault;
use super::replay::{History, is_before, unit_as_of};
use crate::domain::event::{Event, Purpose};
use crate::domain::packing::{Aboard, Carton, PackingFacts, Shipment};
use crate::domain::traveller::{State, Traveller};
use crate::domain::what::What;

/// The first fact about packing that does not follow from the event that it names.
pub(super) fn packing(history: &mut impl History, facts: &PackingFacts, act: u64) -> Result<Option<String>, Fault> {
    for known in &facts.cartons {
        let event = history.event(&known.event)?;
        if !event.is_some_and(|event| is_before(&event, act) && carton(known, &event)) {
            return Ok(Some(format!("carton {}", known.carton)));
        }
    }
    for known in &facts.shipments {
        let event = history.event(&known.event)?;
        if !event.is_some_and(|event| is_before(&event, act) && shipment(known, &event)) {
            return Ok(Some(format!("shipment {}", known.shipment)));
        }
    }
    for aboard in &facts.cargo {
        if !is_aboard(&unit_as_of(history, &aboard.unit, act)?, aboard) {
            return Ok(Some(format!("unit {}", aboard.unit)));
        }
    }
    if let Some(last) = &facts.last {
        let names = |event: &Event| history_names(event, last.carton.as_str());
        if !history.event(&last.event)?.is_some_and(|event| is_before(&event, act) && names(&event)) {
            return Ok(Some(format!("carton {}", last.carton)));
        }
    }
    Ok(None)
}

#[expect(clippy::wildcard_enum_match_arm, reason = "few kinds are about cartons themselves")]
fn carton(c: &Carton, event: &Event) -> bool {
    match &event.what {
        What::CartonBegun(e) => e.carton == c.carton && !c.closed && c.shipment.is_none(),
        What::CartonReopened(e) => e.carton == c.carton && !c.closed && c.shipment.is_none(),
        What::CartonClosed(e) => e.carton == c.carton && c.closed && c.shipment.is_none() && e.units == c.units,
        What::CartonUnloaded(e) => e.carton == c.carton && c.closed && c.shipment.is_none() && e.units == c.units,
        What::CartonLoaded(e) => {
            e.carton == c.carton && c.closed && c.shipment.as_ref() == Some(&e.shipment) && e.units == c.units
        }
        _ => false,
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "two kinds are about shipments themselves")]
fn shipment(s: &Shipment, event: &Event) -> bool {
    match &event.what {
        What::ShipmentOpened(e) => e.shipment == s.shipment && e.customer == s.customer && !s.dispatched,
        What::ShipmentDispatched(e) => e.shipment == s.shipment && s.dispatched && e.units == s.units,
        _ => false,
    }
}

/// Whether an event is about the carton of a number.
#[expect(clippy::wildcard_enum_match_arm, reason = "few kinds are about cartons themselves")]
fn history_names(event: &Event, number: &str) -> bool {
    let carton = match &event.what {
        What::CartonBegun(e) => &e.carton,
        What::CartonReopened(e) => &e.carton,
        What::CartonClosed(e) => &e.carton,
        What::CartonLoaded(e) | What::CartonUnloaded(e) => &e.carton,
        _ => return false,
    };
    carton.as_str() == number
}

/// Whether a unit stood like that.
fn is_aboard(t: &Traveller, aboard: &Aboard) -> bool {
    let pinned = t.route.as_ref().map(|(route, revision)| (route, revision));
    let (state, purpose) = (aboard.state.unwrap_or(State::Complete), aboard.purpose.unwrap_or(Purpose::Production));
    pinned == Some((&aboard.route, &aboard.revision))
        && t.head.as_ref() == Some(&aboard.head)
        && (t.state(), t.purpose) == (state, purpose)
        && (&t.order, &t.packed.carton) == (&aboard.order, &aboard.carton)
}
