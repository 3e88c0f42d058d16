//! What happens to cartons and shipments, and to the units in them.

use serde::{Deserialize, Serialize};

use crate::domain::id::{CartonId, ShipmentId};
use crate::domain::packing::Same;

/// Data of [`What::CartonBegun`](crate::domain::what::What::CartonBegun).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartonBegun {
    /// Its number.
    pub carton: CartonId,
    /// Units that it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holds: Option<u32>,
    /// What its units must have in common, beside what their route says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub same: Vec<Same>,
    /// Whether the number was made here, and its label is to be printed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub made: bool,
}

/// Data of what is about a carton and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfCarton {
    /// Which.
    pub carton: CartonId,
}

/// Data of [`What::UnitPacked`](crate::domain::what::What::UnitPacked).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitPacked {
    /// The carton.
    pub carton: CartonId,
    /// Units that it holds.
    pub holds: u32,
    /// Whom the unit's order is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<String>,
}

/// Data of [`What::CartonClosed`](crate::domain::what::What::CartonClosed).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartonClosed {
    /// Which.
    pub carton: CartonId,
    /// Units in it.
    pub units: u32,
}

/// Data of [`What::ShipmentOpened`](crate::domain::what::What::ShipmentOpened).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShipmentOpened {
    /// Its number.
    pub shipment: ShipmentId,
    /// For whom.
    pub customer: String,
}

/// Data of what is about a shipment and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfShipment {
    /// Which.
    pub shipment: ShipmentId,
}

/// Data of [`What::CartonLoaded`](crate::domain::what::What::CartonLoaded) and of its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartonLoaded {
    /// The carton.
    pub carton: CartonId,
    /// The shipment.
    pub shipment: ShipmentId,
    /// Units in the carton.
    pub units: u32,
}

/// Data of [`What::ShipmentDispatched`](crate::domain::what::What::ShipmentDispatched).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShipmentDispatched {
    /// Which.
    pub shipment: ShipmentId,
    /// Units that left with it.
    pub units: u32,
    /// Cartons that left with it.
    pub cartons: u32,
}

/// Data of [`What::UnitCompleted`](crate::domain::what::What::UnitCompleted). Older records have none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "Option<Finish>")]
pub struct UnitCompleted {
    /// Whether the unit was complete before: it counts once.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub again: bool,
}

/// Data of [`What::UnitDispatched`](crate::domain::what::What::UnitDispatched). Older records have none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "Option<Finish>")]
pub struct UnitDispatched {
    /// The shipment that it left with; none where the last step of its route is the dispatch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipment: Option<ShipmentId>,
    /// Whether the unit was complete before: it counts once.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub again: bool,
}

/// How a unit was finished.
#[derive(Deserialize)]
struct Finish {
    #[serde(default)]
    shipment: Option<ShipmentId>,
    #[serde(default)]
    again: bool,
}

impl From<Option<Finish>> for UnitCompleted {
    fn from(read: Option<Finish>) -> Self {
        Self { again: read.is_some_and(|finish| finish.again) }
    }
}

impl From<Option<Finish>> for UnitDispatched {
    fn from(read: Option<Finish>) -> Self {
        let finish = read.unwrap_or(Finish { shipment: None, again: false });
        Self { shipment: finish.shipment, again: finish.again }
    }
}
