//! What a unit is packed in and leaves with, and what a station has at hand.

use serde::{Deserialize, Serialize};

use crate::domain::event::{Event, Link};
use crate::domain::id::{Badge, CartonId, ShipmentId};
use crate::domain::time::At;
use crate::domain::what::What;

/// What a unit is packed in, and what it leaves or left with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Packed {
    /// The carton that it is in.
    pub carton: Option<CartonId>,
    /// The shipment that it is loaded on by itself, or left with.
    pub shipment: Option<ShipmentId>,
    /// How it came back, while nobody has decided what becomes of it.
    pub returned: Option<Returned>,
    /// Whether it was complete before: a unit that is done again counts once.
    pub finished: bool,
}

/// A unit came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// The carton that it left in.
    pub carton: Option<CartonId>,
    /// The shipment that it left with.
    pub shipment: Option<ShipmentId>,
    /// Why.
    pub reason: String,
    /// Who took it back.
    pub by: Option<Badge>,
    /// When.
    pub at: At,
    /// Which event.
    pub event: Link,
}

impl Packed {
    /// Folds one event about the unit.
    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold reads the kinds that concern it")]
    pub fn apply(&mut self, event: &Event) {
        match &event.what {
            What::UnitPacked(e) => self.carton = Some(e.carton.clone()),
            What::UnitUnpacked(_) => self.carton = None,
            What::UnitLoaded(e) => self.shipment = Some(e.shipment.clone()),
            What::UnitUnloaded(_) => self.shipment = None,
            What::UnitCompleted(_) => self.finished = true,
            What::UnitDispatched(e) => {
                self.finished = true;
                self.shipment.clone_from(&e.shipment);
            }
            What::UnitReturned(_) => {
                self.returned = Some(Returned {
                    carton: self.carton.take(),
                    shipment: self.shipment.take(),
                    reason: event.about.reason.clone().unwrap_or_default(),
                    by: event.about.by.clone(),
                    at: event.stamp.at,
                    event: event.stamp.link(),
                });
            }
            What::ReturnEnded(_) => {
                let left = self.returned.take();
                (self.carton, self.shipment) = left.map(|r| (r.carton, r.shipment)).unwrap_or_default();
            }
            What::Disposed(_) => self.returned = None,
            _ => {}
        }
    }
}

/// What a station has at hand to pack into, or to load.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AtHand {
    /// The carton that units are packed into.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carton: Option<CartonId>,
    /// The shipment that cartons and units are loaded on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipment: Option<ShipmentId>,
}

impl AtHand {
    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Folds one event of the station.
    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold reads the kinds that concern it")]
    pub fn apply(&mut self, event: &Event) {
        match &event.what {
            What::CartonBegun(e) => *self = Self { carton: Some(e.carton.clone()), shipment: None },
            What::CartonOpened(e) => *self = Self { carton: Some(e.carton.clone()), shipment: None },
            What::ShipmentSelected(e) => *self = Self { carton: None, shipment: Some(e.shipment.clone()) },
            What::CartonClosed(_) => self.carton = None,
            What::ShipmentDispatched(_) => self.shipment = None,
            What::PutAside(_) => *self = Self::default(),
            _ => {}
        }
    }
}
