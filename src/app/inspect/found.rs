//! What a search found, and how far it has looked.

use super::record::Logged;
use crate::app::settlement::EventId;
use crate::domain::id::{
    Badge, DeviceId, LotId, OrderId, PartId, Revision, RouteId, Serial, StationId, StepId, UnitId,
};
use crate::domain::time::At;
use crate::domain::traveller::State;

/// Hits that one search lists.
pub const HITS_MOST: usize = 200;

/// Something that was found.
#[derive(Debug, Clone, PartialEq)]
pub enum Hit {
    /// A unit.
    Unit(UnitHit),
    /// A lot.
    Lot {
        /// Its number.
        lot: LotId,
        /// What it is of.
        part: PartId,
        /// How it stands, as its row says.
        standing: String,
    },
    /// A load.
    Load {
        /// Its number.
        load: String,
    },
    /// A component in a unit, or that was in one.
    Component {
        /// Its number.
        serial: Serial,
        /// What it is.
        part: PartId,
        /// The unit.
        unit: UnitId,
        /// Whether it is still there.
        is_in: bool,
    },
    /// A work order.
    Order {
        /// Its number.
        order: OrderId,
        /// What it makes.
        route: RouteId,
        /// Whether it may be worked on.
        open: bool,
    },
    /// A person.
    Person {
        /// The badge.
        badge: Badge,
        /// The name.
        name: String,
    },
    /// A gauge.
    Gauge {
        /// Its number.
        gauge: DeviceId,
        /// What it measures.
        kind: String,
    },
    /// A refusal.
    Refusal(RefusalHit),
    /// Any event.
    Event(Box<Logged>),
}

/// A unit at a glance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitHit {
    /// Its number.
    pub unit: UnitId,
    /// Its state.
    pub state: State,
    /// Its route.
    pub route: Option<RouteId>,
    /// The revision that it is pinned to.
    pub revision: Option<Revision>,
    /// The step that is due.
    pub step: Option<StepId>,
    /// Where that is done, or where the unit is open.
    pub station: Option<StationId>,
    /// When its record last changed.
    pub changed: Option<At>,
}

/// A refusal at a glance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusalHit {
    /// The event.
    pub id: EventId,
    /// When.
    pub at: At,
    /// With which code.
    pub code: String,
    /// Where.
    pub station: Option<StationId>,
    /// About which unit.
    pub unit: Option<UnitId>,
    /// At which step.
    pub step: Option<StepId>,
    /// Who was told.
    pub by: Option<Badge>,
}

impl Hit {
    /// The number that it has, for copying, and for a search that names it whole.
    pub fn number(&self) -> String {
        match self {
            Self::Unit(hit) => hit.unit.to_string(),
            Self::Lot { lot, .. } => lot.to_string(),
            Self::Load { load } => load.clone(),
            Self::Component { serial, .. } => serial.to_string(),
            Self::Order { order, .. } => order.to_string(),
            Self::Person { badge, .. } => badge.to_string(),
            Self::Gauge { gauge, .. } => gauge.to_string(),
            Self::Refusal(hit) => event_name(&hit.id),
            Self::Event(logged) => event_name(&logged.id),
        }
    }

    /// Whether it is the same thing, however it stands now.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Unit(a), Self::Unit(b)) => a.unit == b.unit,
            (Self::Lot { lot: a, .. }, Self::Lot { lot: b, .. }) => a == b,
            (Self::Load { load: a }, Self::Load { load: b }) => a == b,
            (Self::Component { serial: a, unit: x, .. }, Self::Component { serial: b, unit: y, .. }) => {
                a == b && x == y
            }
            (Self::Order { order: a, .. }, Self::Order { order: b, .. }) => a == b,
            (Self::Person { badge: a, .. }, Self::Person { badge: b, .. }) => a == b,
            (Self::Gauge { gauge: a, .. }, Self::Gauge { gauge: b, .. }) => a == b,
            (Self::Refusal(a), Self::Refusal(b)) => a.id == b.id,
            (Self::Event(a), Self::Event(b)) => a.id == b.id,
            (
                Self::Unit(_)
                | Self::Lot { .. }
                | Self::Load { .. }
                | Self::Component { .. }
                | Self::Order { .. }
                | Self::Person { .. }
                | Self::Gauge { .. }
                | Self::Refusal(_)
                | Self::Event(_),
                _,
            ) => false,
        }
    }
}

/// An event as people write it: `T1/0123456789abcdef/4219`.
pub fn event_name(id: &EventId) -> String {
    format!("{}/{}/{}", id.terminal, id.epoch, id.seq)
}

/// How far a search has looked. What it did not look at is told, not left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// What it went through.
    pub through: Through,
    /// Whether it goes on.
    pub going: bool,
    /// Whether it ended early, with as many hits as are listed.
    pub full: bool,
}

/// What a search went through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Through {
    /// Only what begins like this: all of it was looked at.
    Beginnings,
    /// So many numbers, for those that have the parts anywhere.
    Numbers(u64),
    /// So many units, newest first.
    Units(u64),
    /// So many refusals, back to a moment.
    Refusals(u64, Option<At>),
    /// So many events, back to a moment.
    Events(u64, Option<At>),
}

/// The hits of a search so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Which search.
    pub request: u64,
    /// All hits so far.
    pub hits: Vec<Hit>,
    /// How far it has looked.
    pub reach: Reach,
}
