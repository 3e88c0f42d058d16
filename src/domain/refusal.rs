//! The gate's no: a code, the rule behind it, and the evidence it rests on. Never a sentence:
//! the words for people are in the catalogue of the screens.

use serde::{Deserialize, Serialize};

use super::event::Link;
use super::gs1::Gtin;
use super::id::{
    Badge, CartonId, CheckId, DeviceId, LotId, OrderId, PartId, Point, Revision, RouteId, Serial, ShipmentId,
    StationId, StepId, UnitId,
};
use super::label::Loss;
use super::let_go::Turned;
use super::number::Number;
use super::permit::Unhelpful;
use super::role::Role;
use super::self_test::SelfTest;
use super::time::{At, Day};

pub use super::code::{Code, Severity};

/// The reason of a wrong PIN in a restored record in which no lead has one yet.
pub const NO_PIN_YET: &str = "no-pin-yet";

/// What a refusal rests on. Only what applies is set; every text in it is an identifier, a number, or a value
/// as given, kept short.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Evidence {
    /// The unit it is about, where that is not the open one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// The route.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub route: Option<RouteId>,
    /// Its revision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<Revision>,
    /// The step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<StepId>,
    /// The step that is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_step: Option<StepId>,
    /// Where the unit is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_station: Option<StationId>,
    /// The station it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub station: Option<StationId>,
    /// The observation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check: Option<CheckId>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub point: Option<Point>,
    /// The value as given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// What the route asks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limits: Option<String>,
    /// The part that is needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<PartId>,
    /// The part that was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found_part: Option<PartId>,
    /// The lot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lot: Option<LotId>,
    /// The component.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial: Option<Serial>,
    /// The unit that has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_unit: Option<UnitId>,
    /// The carton it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carton: Option<CartonId>,
    /// The carton that the unit is in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_carton: Option<CartonId>,
    /// The shipment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipment: Option<ShipmentId>,
    /// The first piece that the others wait for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<UnitId>,
    /// How many are needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needed: Option<u32>,
    /// How many pieces a batch has, or would have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pieces: Option<u32>,
    /// How many are left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left: Option<Number>,
    /// Since when it is expired.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expired: Option<Day>,
    /// The qualification that is needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub qualification: Option<String>,
    /// The gauge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gauge: Option<DeviceId>,
    /// The kind of gauge that is needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The kind of gauge that was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found_kind: Option<String>,
    /// The order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderId>,
    /// The load.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub load: Option<String>,
    /// The step that time is measured from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<StepId>,
    /// The role that is needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// The person it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub badge: Option<Badge>,
    /// Until when to wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<At>,
    /// How many tries were made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tries: Option<u32>,
    /// How many are allowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed: Option<u32>,
    /// The reason on record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When that was recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<At>,
    /// Who recorded it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Badge>,
    /// The line of the paper.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The event it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<Link>,
    /// The events that are broken in a history.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<Link>,
    /// The label, shortened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The GTIN of the label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gtin: Option<Gtin>,
    /// Which rule of its standard the label breaks, as a word of `capture::label`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flaw: Option<String>,
    /// The field of the label that is to blame, or that it lacks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Why the scan was discarded before it was a label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lost: Option<Loss>,
    /// What the self-test says of the scanner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scanner: Option<SelfTest>,
    /// A deviation permit for this that does not help, and why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permit: Option<Unhelpful>,
    /// What turns it around, where something does. Never part of a record: then there is no refusal.
    #[serde(skip)]
    pub turned_by: Option<Box<Turned>>,
    /// What it fits.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fits: Vec<String>,
}

/// The gate's no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Why.
    pub code: Code,
    /// What it rests on; boxed, since a yes carries none.
    pub evidence: Box<Evidence>,
}

impl Refusal {
    /// A refusal with its evidence.
    pub fn new(code: Code, evidence: Evidence) -> Self {
        Self { code, evidence: Box::new(evidence) }
    }

    /// A refusal that needs no evidence.
    pub fn bare(code: Code) -> Self {
        Self::new(code, Evidence::default())
    }
}
