//! What the gate asks of the ledger, and what the ledger answers. Each answer names the event it rests on and is
//! kept with the decision, so that the decision can be made again and the answers checked.

use std::sync::Arc;

pub use super::inside::Inside;

use serde::{Deserialize, Serialize};

use super::event::{Link, Purpose};
use super::gauge::Gauge;
use super::gs1::Gtin;
use super::id::{
    Badge, DeviceId, LotId, OrderId, PartId, PermitId, Revision, RouteId, Serial, StationId, StepId, UnitId,
};
use super::labelling::Tag;
use super::lot::Lot;
use super::order::{Order, SerialRange};
use super::overriding::Overrides;
use super::packing::{PackingAsk, PackingFacts};
use super::permit::Permit;
use super::person::Person;
use super::refusal::Code;
use super::route::Route;
use super::sampling::Sampling;
use super::station::Station;
use super::time::{At, Day};
use super::traveller::{State, Traveller};
use super::watch::Watched;
use super::what::Fate;

/// One thing that the gate must know before it decides.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ask {
    /// The person with that badge.
    Person(Badge),
    /// The lot of that number.
    Lot(LotId),
    /// The component of that number.
    Component(Serial),
    /// Another unit than the open one: its history and its route.
    Unit(UnitId),
    /// The released route whose pattern claims that text.
    Claim(String),
    /// The released route whose units have that GTIN, and the unit that it names with that serial number. Only where
    /// the plain text of the same label names none.
    Labelled {
        /// The GTIN.
        gtin: Gtin,
        /// The serial number, where the label has one.
        serial: Option<Serial>,
        /// The lot, where the label has one: it is the number of a batch.
        lot: Option<LotId>,
    },
    /// The newest released revision of a route, and the named one.
    Release(RouteId, Revision),
    /// How many people there are.
    Population,
    /// The gauge of that number.
    Gauge(DeviceId),
    /// The order of that number.
    Order(OrderId),
    /// The orders of a route that claim a unit's number by their range.
    OrderFor(RouteId, UnitId),
    /// The open orders that claim a number of that range.
    Overlaps(SerialRange),
    /// A released route revision itself.
    Route(RouteId, Revision),
    /// The newest released route that uses a part.
    Uses(PartId),
    /// A released route that loads a part at that class of stations.
    Loads(StationId, PartId),
    /// How far the sampling of a step is.
    Sampling(RouteId, StepId),
    /// The lot of a part that may be used from a day on, and that expires before the named one.
    Earlier {
        /// The part.
        part: PartId,
        /// The named lot.
        lot: LotId,
        /// The day.
        from: Day,
    },
    /// The unit that a unit is installed in, the one that has that, and so on.
    Holders(UnitId),
    /// The newest moment of the record that can be trusted.
    Newest,
    /// A unit's standing, without its history, and whether it is held for that already.
    Stand {
        /// The unit.
        unit: UnitId,
        /// What a hold would be of.
        of: String,
    },
    /// The units that a number is on a label of, where that is not their own number.
    Tag(UnitId),
    /// A second unit, beside the one that the command is about: its history and its route.
    Beside(UnitId),
    /// What waits at another station.
    Watch(StationId),
    /// The first unit on hold among those that a unit is made of, at any depth.
    Inside(UnitId),
    /// The deviation permit of that number.
    Permit(PermitId),
    /// The permits for a rule, those on other routes aside where one is named.
    Permits(Code, Option<RouteId>),
    /// The newest revision of a route that is not withdrawn.
    Current(RouteId),
    /// The overrides since a moment.
    Overrides(At),
    /// About cartons and shipments.
    Packing(PackingAsk),
}

/// Where a component is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Component {
    /// Its number.
    pub serial: Serial,
    /// The unit that has it; none where it was taken out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_unit: Option<UnitId>,
    /// The step that installed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<StepId>,
    /// What became of it when it was taken out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fate: Option<Fate>,
    /// The event that says so.
    pub event: Link,
}

/// A released route revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// The route.
    pub route: RouteId,
    /// The revision.
    pub revision: Revision,
    /// SHA-256 of its text, in lowercase hex.
    pub sha256: String,
    /// Whether no new unit starts under it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub withdrawn: bool,
    /// The event of its release or withdrawal.
    pub event: Link,
}

/// A released route revision, and the route that it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Released {
    /// The revision.
    pub release: Release,
    /// The route itself; on record in the event of its release, so not kept again.
    #[serde(skip)]
    pub route: Option<Arc<Route>>,
}

/// The newest moment of the record that can be trusted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Newest {
    /// When, by the wall clock.
    pub at: At,
    /// The event.
    pub event: Link,
}

/// A unit's standing, without its history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stand {
    /// The unit.
    pub unit: UnitId,
    /// The route that it runs.
    pub route: RouteId,
    /// The revision that it is pinned to.
    pub revision: Revision,
    /// Its work order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderId>,
    /// What it is made for.
    #[serde(default, skip_serializing_if = "is_production")]
    pub purpose: Purpose,
    /// How many pieces it has, where it is a batch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pieces: Option<u32>,
    /// Its state.
    pub state: State,
    /// Whether it is on hold, also beneath another state.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub held: bool,
    /// Whether one of its holds is of what this one would be of. Older records do not say.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub held_of: bool,
    /// Its last event that changed its record.
    pub head: Link,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_production(purpose: &Purpose) -> bool {
    *purpose == Purpose::Production
}

/// How many people there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Population {
    /// Ever enrolled.
    pub enrolled: u32,
    /// Leads whose badge counts.
    pub leads: u32,
    /// Whether the ledger was restored, and nothing of any lead was changed since: then no lead has a PIN in it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub recoverable: bool,
}

/// A unit and how far its history was known when something was decided about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The unit.
    pub unit: UnitId,
    /// Its last event that changed its record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<Link>,
}

/// Another unit than the open one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    /// Its history.
    pub traveller: Arc<Traveller>,
    /// The route it runs, or would begin.
    pub route: Option<Arc<Route>>,
}

/// What the ledger answered. What is absent was asked for and not found, or not asked.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// The station as it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub station: Option<Station>,
    /// The open unit, as far as its history was known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open: Option<Seen>,
    /// The units that are open in the nests of the station, as far as their histories were known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub nests_seen: Vec<Seen>,
    /// Those units themselves; on record as history, so not kept again.
    #[serde(skip)]
    pub nests: Vec<Other>,
    /// The other unit, as far as its history was known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_seen: Option<Seen>,
    /// The other unit itself; on record as history, so not kept again.
    #[serde(skip)]
    pub other: Option<Other>,
    /// The second unit, as far as its history was known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beside_seen: Option<Seen>,
    /// The second unit itself; on record as history, so not kept again.
    #[serde(skip)]
    pub beside: Option<Other>,
    /// The released route that claims the label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim: Option<Release>,
    /// People.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<Person>,
    /// Lots.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lots: Vec<Lot>,
    /// Components.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<Component>,
    /// Route revisions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub releases: Vec<Release>,
    /// How many people there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub population: Option<Population>,
    /// Gauges.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gauges: Vec<Gauge>,
    /// Orders.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub orders: Vec<Order>,
    /// Released routes, with what they say.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub routes: Vec<Released>,
    /// How far samplings are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub samplings: Vec<Sampling>,
    /// A lot that expires before the scanned one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub earlier: Option<Lot>,
    /// The newest moment of the record that can be trusted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub newest: Option<Newest>,
    /// Units, without their histories.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stands: Vec<Stand>,
    /// Units on hold within others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inside: Vec<Inside>,
    /// Deviation permits.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub permits: Vec<Permit>,
    /// The overrides of the shift.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overrides: Option<Overrides>,
    /// Labels with other numbers than those of their units.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
    /// What waits at other stations.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub watches: Vec<Watched>,
    /// Cartons and shipments.
    #[serde(skip_serializing_if = "PackingFacts::is_empty")]
    pub packing: PackingFacts,
}
