//! What is done with cartons, shipments and returns, beside scanning them.

use serde::{Deserialize, Serialize};

use super::rule::Same;
use super::sscc::Stem;
use crate::domain::id::{Badge, CartonId, ShipmentId, UnitId};

/// What is to be done. Where nobody is named, whoever is signed on at the station does it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Packing {
    /// Begin a carton.
    Begin {
        /// Its number.
        number: Number,
        /// Units that it holds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        holds: Option<u32>,
        /// What its units must have in common, beside what their route says.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        same: Vec<Same>,
        /// Who.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Badge>,
    },
    /// Put a unit whose steps are done into a carton.
    Put {
        /// Which unit.
        unit: UnitId,
        /// Into which carton.
        carton: CartonId,
        /// Who.
        by: Badge,
    },
    /// Take a unit out of the carton that it is in.
    TakeOut {
        /// Which unit.
        unit: UnitId,
        /// Why.
        reason: String,
        /// Who.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Badge>,
    },
    /// Close a carton: its label was scanned back.
    Close {
        /// Which.
        carton: CartonId,
        /// What was scanned.
        scanned: CartonId,
        /// How many units were counted; none: as many as it holds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        counted: Option<u32>,
        /// Who.
        by: Badge,
    },
    /// Open a shipment.
    OpenShipment {
        /// Its number.
        shipment: ShipmentId,
        /// For whom.
        customer: String,
        /// Who.
        by: Badge,
    },
    /// Load a carton.
    LoadCarton {
        /// Which.
        carton: CartonId,
        /// On which shipment.
        shipment: ShipmentId,
        /// Who.
        by: Badge,
    },
    /// Load a unit that is in no carton.
    LoadUnit {
        /// Which.
        unit: UnitId,
        /// On which shipment.
        shipment: ShipmentId,
        /// Who.
        by: Badge,
    },
    /// Take a carton off its shipment.
    UnloadCarton {
        /// Which.
        carton: CartonId,
        /// Why.
        reason: String,
        /// Who.
        by: Badge,
    },
    /// Take a unit off its shipment.
    UnloadUnit {
        /// Which.
        unit: UnitId,
        /// Why.
        reason: String,
        /// Who.
        by: Badge,
    },
    /// Close a shipment: all of it leaves.
    Dispatch {
        /// Which.
        shipment: ShipmentId,
        /// Who.
        by: Badge,
    },
    /// A unit that left came back, or is repaired in the field.
    Return {
        /// Which.
        unit: UnitId,
        /// Why.
        reason: String,
        /// Who.
        by: Badge,
    },
    /// A unit that was registered as returned stays outside.
    EndReturn {
        /// Which.
        unit: UnitId,
        /// Why.
        reason: String,
        /// Who.
        by: Badge,
    },
}

/// The number of a carton that is begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Number {
    /// This one: its label is there already.
    Given(CartonId),
    /// The next one of a stem, which is then printed.
    Next(Stem),
}

impl Packing {
    /// Who does it, where that is said.
    pub fn by(&self) -> Option<&Badge> {
        match self {
            Self::Begin { by, .. } | Self::TakeOut { by, .. } => by.as_ref(),
            Self::Put { by, .. }
            | Self::Close { by, .. }
            | Self::OpenShipment { by, .. }
            | Self::LoadCarton { by, .. }
            | Self::LoadUnit { by, .. }
            | Self::UnloadCarton { by, .. }
            | Self::UnloadUnit { by, .. }
            | Self::Dispatch { by, .. }
            | Self::Return { by, .. }
            | Self::EndReturn { by, .. } => Some(by),
        }
    }

    /// Why, where that is to be said.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::TakeOut { reason, .. }
            | Self::UnloadCarton { reason, .. }
            | Self::UnloadUnit { reason, .. }
            | Self::Return { reason, .. }
            | Self::EndReturn { reason, .. } => Some(reason),
            Self::Begin { .. }
            | Self::Put { .. }
            | Self::Close { .. }
            | Self::OpenShipment { .. }
            | Self::LoadCarton { .. }
            | Self::LoadUnit { .. }
            | Self::Dispatch { .. } => None,
        }
    }

    /// The unit that it names.
    pub fn unit(&self) -> Option<&UnitId> {
        match self {
            Self::Put { unit, .. }
            | Self::TakeOut { unit, .. }
            | Self::LoadUnit { unit, .. }
            | Self::UnloadUnit { unit, .. }
            | Self::Return { unit, .. }
            | Self::EndReturn { unit, .. } => Some(unit),
            Self::Begin { .. }
            | Self::Close { .. }
            | Self::OpenShipment { .. }
            | Self::LoadCarton { .. }
            | Self::UnloadCarton { .. }
            | Self::Dispatch { .. } => None,
        }
    }

    /// The carton that it names.
    pub fn carton(&self) -> Option<&CartonId> {
        match self {
            Self::Begin { number: Number::Given(carton), .. }
            | Self::Put { carton, .. }
            | Self::Close { carton, .. }
            | Self::LoadCarton { carton, .. }
            | Self::UnloadCarton { carton, .. } => Some(carton),
            Self::Begin { number: Number::Next(_), .. }
            | Self::TakeOut { .. }
            | Self::OpenShipment { .. }
            | Self::LoadUnit { .. }
            | Self::UnloadUnit { .. }
            | Self::Dispatch { .. }
            | Self::Return { .. }
            | Self::EndReturn { .. } => None,
        }
    }

    /// The shipment that it names.
    pub fn shipment(&self) -> Option<&ShipmentId> {
        match self {
            Self::OpenShipment { shipment, .. }
            | Self::LoadCarton { shipment, .. }
            | Self::LoadUnit { shipment, .. }
            | Self::Dispatch { shipment, .. } => Some(shipment),
            Self::Begin { .. }
            | Self::Put { .. }
            | Self::TakeOut { .. }
            | Self::Close { .. }
            | Self::UnloadCarton { .. }
            | Self::UnloadUnit { .. }
            | Self::Return { .. }
            | Self::EndReturn { .. } => None,
        }
    }
}
