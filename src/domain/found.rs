//! What the ledger answered, looked up by name.

use super::facts::{Component, Facts, Inside, Other, Release, Released, Stand};
use super::gauge::Gauge;
use super::id::{PermitId, Revision, RouteId, StationId, StepId, UnitId};
use super::lot::Lot;
use super::order::Order;
use super::permit::Permit;
use super::person::Person;
use super::sampling::Sampling;
use super::time::At;

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

    /// The gauge of that number.
    pub fn gauge(&self, gauge: &str) -> Option<&Gauge> {
        self.gauges.iter().find(|g| g.gauge.as_str() == gauge)
    }

    /// The order of that number.
    pub fn order(&self, order: &str) -> Option<&Order> {
        self.orders.iter().find(|o| o.order.as_str() == order)
    }

    /// The route of a released revision.
    pub fn route(&self, route: &RouteId, revision: &Revision) -> Option<&Released> {
        self.routes.iter().find(|r| r.release.route == *route && r.release.revision == *revision)
    }

    /// How far the sampling of a step is; none where no unit came by.
    pub fn sampling(&self, route: &RouteId, step: &StepId) -> Option<&Sampling> {
        self.samplings.iter().find(|s| s.route == *route && s.step == *step)
    }

    /// The newest moment of the record that can be trusted.
    pub fn newest(&self) -> Option<At> {
        self.newest.as_ref().map(|n| n.at)
    }

    /// A unit's standing.
    pub fn stand(&self, unit: &UnitId) -> Option<&Stand> {
        self.stands.iter().find(|s| s.unit == *unit)
    }

    /// The unit on hold that a unit is made of.
    pub fn inside(&self, unit: &UnitId) -> Option<&Inside> {
        self.inside.iter().find(|i| i.path.first() == Some(unit))
    }

    /// The permit of that number.
    pub fn permit(&self, permit: &PermitId) -> Option<&Permit> {
        self.permits.iter().find(|p| p.permit == *permit)
    }

    /// The unit of that number, where it is open in a nest of the station.
    pub fn nest(&self, unit: &UnitId) -> Option<&Other> {
        self.nests.iter().find(|n| n.traveller.unit.as_ref() == Some(unit))
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
