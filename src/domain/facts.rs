//! What the gate asks of the ledger, and what the ledger answers. Each answer names the event it rests on and is
//! kept with the decision, so that the decision can be made again and the answers checked.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::event::Link;
use super::gs1::Gtin;
use super::id::{Badge, LotId, Revision, RouteId, Serial, StationId, StepId, UnitId};
use super::lot::Lot;
use super::person::Person;
use super::route::Route;
use super::station::Station;
use super::traveller::Traveller;
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
    },
    /// The newest released revision of a route, and the named one.
    Release(RouteId, Revision),
    /// How many people there are.
    Population,
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

/// How many people there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Population {
    /// Ever enrolled.
    pub enrolled: u32,
    /// Leads whose badge counts.
    pub leads: u32,
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
    /// The other unit, as far as its history was known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_seen: Option<Seen>,
    /// The other unit itself; on record as history, so not kept again.
    #[serde(skip)]
    pub other: Option<Other>,
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
}

impl Facts {
    /// The person with that badge.
    pub fn person(&self, badge: &str) -> Option<&Person> {
        self.people.iter().find(|p| p.badge.as_str() == badge)
    }

    /// The lot of that number.
    pub fn lot(&self, lot: &str) -> Option<&Lot> {
        self.lots.iter().find(|l| l.lot.as_str() == lot)
    }

    /// The component of that number.
    pub fn component(&self, serial: &str) -> Option<&Component> {
        self.components.iter().find(|c| c.serial.as_str() == serial)
    }

    /// The released revision of that name.
    pub fn release(&self, route: &RouteId, revision: &Revision) -> Option<&Release> {
        self.releases.iter().find(|r| r.route == *route && r.revision == *revision)
    }

    /// The other unit, where it has that number.
    pub fn other(&self, unit: &str) -> Option<&Other> {
        self.other.as_ref().filter(|o| o.traveller.unit.as_ref().is_some_and(|u| u.as_str() == unit))
    }

    /// Whether the other unit is on record, or a route would begin it.
    pub fn names_a_unit(&self) -> bool {
        self.other.as_ref().is_some_and(|o| o.traveller.exists() || o.route.is_some())
    }

    /// The station that the answers are about.
    pub fn station_name(&self) -> Option<&StationId> {
        self.station.as_ref().and_then(|s| s.station.as_ref())
    }
}
