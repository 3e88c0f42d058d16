//! What the sheet of a recall says.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::domain::id::{CartonId, LotId, ShipmentId, UnitId};
use crate::domain::time::At;
use crate::domain::traveller::State;
use crate::ledger::read::packing::Sent;

/// A recall, or the drill of one.
#[derive(Debug, Serialize)]
pub struct RecallSheet {
    /// What the units have in common.
    pub of: String,
    /// When it was made.
    pub at: At,
    /// Whether nothing was held: it was tried out.
    pub drill: bool,
    /// Milliseconds from the question to the whole answer.
    pub took_ms: u64,
    /// The lots that are recalled, and whether each was held just now.
    pub lots: Vec<RecalledLot>,
    /// How many units, by what became of them.
    pub counts: Counts,
    /// What left, or is loaded to leave, shipment by shipment.
    pub shipments: Vec<ShipmentPart>,
    /// Every unit.
    pub units: Vec<RecalledUnit>,
}

/// A lot that is recalled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecalledLot {
    /// Which.
    pub lot: LotId,
    /// Whether it was held just now; else it was not to be used before.
    pub held: bool,
}

/// How many units, by what became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// All of them.
    pub units: usize,
    /// On hold now; of a drill, that would be.
    pub held: usize,
    /// On hold for it before.
    pub already: usize,
    /// No product any more.
    pub scrapped: usize,
    /// That left.
    pub dispatched: usize,
}

/// A unit that is concerned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecalledUnit {
    /// Which.
    pub unit: UnitId,
    /// Its state.
    #[serde(serialize_with = "word")]
    pub state: State,
    /// Whether it was held just now; of a drill, whether it would be.
    pub held: bool,
    /// What it is packed in, and what it left with.
    #[serde(flatten)]
    pub sent: Sent,
}

/// What of a shipment is concerned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShipmentPart {
    /// The shipment.
    pub shipment: ShipmentId,
    /// Whom it is for.
    pub customer: Option<String>,
    /// Whether it left.
    pub dispatched: bool,
    /// How many units of it.
    pub units: usize,
    /// In which cartons.
    pub cartons: Vec<CartonId>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn word<S: serde::Serializer>(state: &State, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(state.word())
}

impl Counts {
    /// Counts them.
    pub fn of(units: &[RecalledUnit]) -> Self {
        let count = |is_meant: fn(&&RecalledUnit) -> bool| units.iter().filter(is_meant).count();
        Self {
            units: units.len(),
            held: count(|unit| unit.held),
            already: count(|unit| !unit.held && unit.state != State::Scrapped),
            scrapped: count(|unit| unit.state == State::Scrapped),
            dispatched: count(|unit| unit.state == State::Dispatched),
        }
    }
}

/// What left, or is loaded to leave, by the number of the shipment.
pub fn shipments(units: &[RecalledUnit]) -> Vec<ShipmentPart> {
    let mut parts: BTreeMap<ShipmentId, ShipmentPart> = BTreeMap::new();
    for unit in units {
        let Some(shipment) = &unit.sent.shipment else { continue };
        let part = parts.entry(shipment.clone()).or_insert_with(|| ShipmentPart {
            shipment: shipment.clone(),
            customer: unit.sent.customer.clone(),
            dispatched: unit.sent.dispatched,
            units: 0,
            cartons: Vec::new(),
        });
        part.units += 1;
        part.cartons.extend(unit.sent.carton.clone());
    }
    for part in parts.values_mut() {
        part.cartons.sort();
        part.cartons.dedup();
    }
    parts.into_values().collect()
}
