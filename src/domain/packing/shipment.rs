//! A shipment: what leaves together, for whom.

use serde::{Deserialize, Serialize};

use crate::domain::event::{Event, Link};
use crate::domain::id::ShipmentId;
use crate::domain::what::What;

/// A shipment. Folded from the events about it and about what is loaded on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shipment {
    /// Its number, as the delivery note has it.
    pub shipment: ShipmentId,
    /// For whom.
    pub customer: String,
    /// Cartons that are loaded.
    pub cartons: u32,
    /// Units that are loaded, those in cartons too.
    pub units: u32,
    /// Whether it left.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub dispatched: bool,
    /// The event that opened it, or with which it left.
    pub event: Link,
}

impl Shipment {
    /// The shipment after an event, or the shipment that an event brings.
    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold reads the kinds that concern it")]
    pub fn apply(before: Option<Self>, name: &ShipmentId, event: &Event) -> Option<Self> {
        let link = event.stamp.link();
        if let (What::ShipmentOpened(e), None) = (&event.what, &before) {
            return Some(Self {
                shipment: e.shipment.clone(),
                customer: e.customer.clone(),
                cartons: 0,
                units: 0,
                dispatched: false,
                event: link,
            })
            .filter(|shipment| shipment.shipment == *name);
        }
        let mut shipment = before?;
        match &event.what {
            What::CartonLoaded(e) if e.shipment == *name => {
                shipment.cartons = shipment.cartons.saturating_add(1);
                shipment.units = shipment.units.saturating_add(e.units);
            }
            What::CartonUnloaded(e) if e.shipment == *name => {
                shipment.cartons = shipment.cartons.saturating_sub(1);
                shipment.units = shipment.units.saturating_sub(e.units);
            }
            What::UnitLoaded(e) if e.shipment == *name => shipment.units = shipment.units.saturating_add(1),
            What::UnitUnloaded(e) if e.shipment == *name => shipment.units = shipment.units.saturating_sub(1),
            What::ShipmentDispatched(e) if e.shipment == *name => {
                shipment.dispatched = true;
                shipment.event = link;
            }
            _ => {}
        }
        Some(shipment)
    }
}
