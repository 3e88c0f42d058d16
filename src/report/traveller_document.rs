//! The traveller document: everything on record about one unit, step by step, and what the record lacks.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::deviations::{self, LetGoDocument, ReworkDocument};
use super::gaps::{self, Gap};
use super::label_document::LabelDocument;
use super::step_document::{self, StepDocument};
use crate::domain::batch::{Batch, Kin};
use crate::domain::event::{Link, Unreadable};
use crate::domain::id::{Badge, CartonId, OrderId, Revision, RouteId, ShipmentId, StepId, UnitId};
use crate::domain::moving::Moved;
use crate::domain::packing::Returned;
use crate::domain::route::Route;
use crate::domain::time::At;
use crate::domain::traveller::{Held, Traveller};
use crate::domain::what::Again;

/// Everything on record about one unit.
#[derive(Debug, Serialize)]
pub struct TravellerDocument {
    /// The unit.
    pub unit: UnitId,
    /// Its route.
    pub route: RouteId,
    /// The revision that it is pinned to.
    pub revision: Revision,
    /// Its work order.
    pub order: Option<OrderId>,
    /// The variant that it is.
    pub variant: Option<String>,
    /// What it is beyond a unit, where it is a batch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch: Option<BatchDocument>,
    /// Its labels, where the one that it began with was replaced or printed again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<LabelDocument>,
    /// Its state.
    pub state: &'static str,
    /// The oldest hold, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hold: Option<HoldDocument>,
    /// Every hold, the oldest first. The unit goes on when each has ended.
    pub holds: Vec<HoldDocument>,
    /// The rules that were let go for it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub let_go: Vec<LetGoDocument>,
    /// Each time that it went back.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rework: Vec<ReworkDocument>,
    /// The carton that it is in, or left in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carton: Option<CartonId>,
    /// The shipment that it is loaded on by itself, or left with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipment: Option<ShipmentId>,
    /// How it came back, while nobody has decided what becomes of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub returned: Option<ReturnDocument>,
    /// Its moves to other revisions, the oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub moves: Vec<MoveDocument>,
    /// The step that is due.
    pub step: Option<StepId>,
    /// Whether every step is done and the record lacks nothing.
    pub complete: bool,
    /// What the record lacks.
    pub gaps: Vec<Gap>,
    /// When the unit began.
    pub started: Option<At>,
    /// When its record last changed.
    pub changed: Option<At>,
    /// The steps of the route, in order.
    pub steps: Vec<StepDocument>,
    /// How many of its events were entered from paper.
    #[serde(skip_serializing_if = "is_none")]
    pub transcribed: usize,
    /// Every event about the unit, as it was stored.
    pub events: Vec<Box<RawValue>>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_none(count: &usize) -> bool {
    *count == 0
}

/// The part of an event that tells whether it is from paper.
#[derive(Deserialize)]
struct Happened {
    happened: Option<At>,
}

/// A hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HoldDocument {
    /// Why.
    pub reason: String,
    /// Who.
    pub by: Option<Badge>,
    /// When.
    pub at: At,
    /// What the units that were held with it have in common, such as a recalled lot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// The event: what a release names.
    pub event: Link,
}

/// How a unit came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReturnDocument {
    /// Why.
    pub reason: String,
    /// Who took it back.
    pub by: Option<Badge>,
    /// When.
    pub at: At,
    /// The shipment that it left with.
    pub shipment: Option<ShipmentId>,
}

impl ReturnDocument {
    fn new(back: &Returned) -> Self {
        let Returned { reason, by, at, shipment, .. } = back.clone();
        Self { reason, by, at, shipment }
    }
}

/// A move to another revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MoveDocument {
    /// The revision before.
    pub from: Revision,
    /// The revision since.
    pub to: Revision,
    /// What became due.
    pub again: Vec<Again>,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: Option<Badge>,
    /// When.
    pub at: At,
    /// Who acknowledged it at a bench; none yet.
    pub seen_by: Option<Badge>,
}

impl MoveDocument {
    fn new(moved: &Moved) -> Self {
        let Moved { from, to, again, reason, by, at, seen_by, event: _ } = moved.clone();
        Self { from, to, again, reason, by, at, seen_by }
    }
}

impl HoldDocument {
    fn new(held: &Held) -> Self {
        let Held { of, reason, by, at, event } = held.clone();
        Self { reason, by, at, of, event }
    }
}

/// The pieces of a batch, and the batches that they came from or went into.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BatchDocument {
    /// How many it has.
    pub pieces: u32,
    /// How many it began with.
    pub began: u32,
    /// The batch that it was split off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<KinDocument>,
    /// The batches that were split off it.
    pub split: Vec<KinDocument>,
    /// The batches that were merged into it.
    pub joined: Vec<KinDocument>,
    /// The batch that it was merged into.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub into: Option<UnitId>,
}

/// Another batch that has pieces of this one, or had them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KinDocument {
    /// The batch.
    pub unit: UnitId,
    /// How many pieces.
    pub pieces: u32,
    /// The event.
    pub event: Link,
}

impl BatchDocument {
    fn new(batch: &Batch) -> Self {
        let kin = |kin: &Kin| KinDocument { unit: kin.unit.clone(), pieces: kin.pieces, event: kin.event.clone() };
        Self {
            pieces: batch.pieces,
            began: batch.began,
            from: batch.from.as_ref().map(kin),
            split: batch.split.iter().map(kin).collect(),
            joined: batch.joined.iter().map(kin).collect(),
            into: batch.into.clone(),
        }
    }
}

impl TravellerDocument {
    /// The document of a unit, from its fold, its route and the stored bodies of its events. None where the unit
    /// never began.
    pub fn new(traveller: &Traveller, route: &Route, bodies: Vec<String>) -> Result<Option<Self>, Unreadable> {
        let Some(unit) = traveller.unit.clone().filter(|_| traveller.exists()) else { return Ok(None) };
        let from_paper = |body: &&String| serde_json::from_str(body).is_ok_and(|e: Happened| e.happened.is_some());
        let transcribed = bodies.iter().filter(from_paper).count();
        let raw = |body| RawValue::from_string(body).map_err(|e| Unreadable(e.to_string()));
        let gaps = gaps::gaps(traveller, route);
        Ok(Some(Self {
            label: LabelDocument::new(&unit, &traveller.labels),
            unit,
            route: route.id.clone(),
            revision: route.revision.clone(),
            order: traveller.order.clone(),
            variant: traveller.variant.clone(),
            batch: traveller.batch.as_deref().map(BatchDocument::new),
            state: traveller.state().word(),
            hold: traveller.holds.first().map(HoldDocument::new),
            holds: traveller.holds.iter().map(HoldDocument::new).collect(),
            let_go: deviations::let_go(traveller),
            rework: deviations::rework(traveller),
            carton: traveller.packed.carton.clone(),
            shipment: traveller.packed.shipment.clone(),
            returned: traveller.packed.returned.as_ref().map(ReturnDocument::new),
            moves: traveller.moves.iter().map(MoveDocument::new).collect(),
            step: traveller.due.as_ref().map(|due| due.step.clone()),
            complete: gaps::is_complete(traveller, &gaps),
            gaps,
            started: traveller.started,
            changed: traveller.changed,
            steps: route.steps.iter().map(|step| step_document::step(traveller, step)).collect(),
            transcribed,
            events: bodies.into_iter().map(raw).collect::<Result<_, _>>()?,
        }))
    }
}
