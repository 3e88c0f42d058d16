//! What the gate must know of cartons and shipments, and what the ledger answers.

use serde::{Deserialize, Serialize};

use super::carton::Carton;
use super::shipment::Shipment;
use super::sscc::Stem;
use crate::domain::event::{Link, Purpose};
use crate::domain::facts::Release;
use crate::domain::id::{CartonId, OrderId, Revision, RouteId, ShipmentId, StationId, UnitId};
use crate::domain::traveller::State;

/// One thing that the gate must know about packing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum PackingAsk {
    /// The carton of that number.
    Carton(CartonId),
    /// The shipment of that number.
    Shipment(ShipmentId),
    /// Every unit that leaves with a shipment.
    Cargo(ShipmentId),
    /// The carton with the highest number that was made from a stem.
    Last(Stem),
    /// A released route that packs at that class of stations.
    Packs(StationId),
}

/// What the ledger answered about packing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PackingFacts {
    /// Cartons.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cartons: Vec<Carton>,
    /// Shipments.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shipments: Vec<Shipment>,
    /// Every unit that leaves with the shipment, in the order of their numbers within each carton.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cargo: Vec<Aboard>,
    /// The carton with the highest number of the stem.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<LastCarton>,
    /// A route that packs here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub packs: Option<Release>,
}

/// The carton with the highest number that was made from a stem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastCarton {
    /// Its number.
    pub carton: CartonId,
    /// The event that began it.
    pub event: Link,
}

/// A unit that leaves with a shipment. What is as it should be is left out: a shipment has thousands of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aboard {
    /// The unit.
    pub unit: UnitId,
    /// The carton that it is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carton: Option<CartonId>,
    /// The route that it runs.
    pub route: RouteId,
    /// The revision that it is pinned to.
    pub revision: Revision,
    /// Its work order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderId>,
    /// What it is made for, where that is not production.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<Purpose>,
    /// Its state, where that is not complete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
    /// Its last event that changed its record.
    pub head: Link,
}

impl Aboard {
    /// Whether nothing keeps it here, as far as its row tells.
    pub fn may_leave(&self) -> bool {
        self.purpose.is_none() && self.state.is_none()
    }
}

impl PackingFacts {
    /// Whether nothing was asked, or nothing found.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The carton of that number.
    pub fn carton(&self, carton: &str) -> Option<&Carton> {
        self.cartons.iter().find(|c| c.carton.as_str() == carton)
    }

    /// The shipment of that number.
    pub fn shipment(&self, shipment: &str) -> Option<&Shipment> {
        self.shipments.iter().find(|s| s.shipment.as_str() == shipment)
    }

    /// The first unit of the cargo that may not leave.
    pub fn stays(&self) -> Option<&Aboard> {
        self.cargo.iter().find(|aboard| !aboard.may_leave())
    }
}
