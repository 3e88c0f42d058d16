//! A carton: how many units it has, and what they have in common.

use serde::{Deserialize, Serialize};

use super::rule::Same;
use crate::domain::event::{Event, Link};
use crate::domain::id::{CartonId, OrderId, Revision, RouteId, ShipmentId};
use crate::domain::what::What;

/// A carton. Folded from the events about it and about its units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carton {
    /// Its number, as its label reads.
    pub carton: CartonId,
    /// Units that it holds, where that is known: it was said when it was begun, or the route of its units says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holds: Option<u32>,
    /// What its units must have in common, whatever their route says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub same: Vec<Same>,
    /// What its units are, as the first of them is; none while it is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Contents>,
    /// Units in it. Of a carton that left: that it left with.
    pub units: u32,
    /// Whether its label was scanned back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
    /// The shipment that it is loaded on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipment: Option<ShipmentId>,
    /// The last event that changed the carton itself.
    pub event: Link,
}

/// What the units of a carton are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// The route that they run.
    pub route: RouteId,
    /// The revision of the first one.
    pub revision: Revision,
    /// The work order of the first one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderId>,
    /// Whom that is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<String>,
}

impl Carton {
    /// The carton after an event, or the carton that an event brings.
    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold reads the kinds that concern it")]
    pub fn apply(before: Option<Self>, name: &CartonId, event: &Event) -> Option<Self> {
        let link = event.stamp.link();
        if let (What::CartonBegun(e), None) = (&event.what, &before) {
            return Some(Self {
                carton: e.carton.clone(),
                holds: e.holds,
                same: e.same.clone(),
                of: None,
                units: 0,
                closed: false,
                shipment: None,
                event: link,
            })
            .filter(|carton| carton.carton == *name);
        }
        let mut carton = before?;
        match &event.what {
            What::UnitPacked(e) if e.carton == *name => {
                carton.units = carton.units.saturating_add(1);
                carton.holds = Some(e.holds);
                let (about, customer) = (&event.about, e.customer.clone());
                let pinned = about.route.clone().zip(about.revision.clone());
                let contents =
                    pinned.map(|(route, revision)| Contents { route, revision, order: about.order.clone(), customer });
                carton.of = carton.of.or(contents);
            }
            What::UnitUnpacked(e) if e.carton == *name => {
                carton.units = carton.units.saturating_sub(1);
                carton.of = carton.of.filter(|_| carton.units > 0);
            }
            What::CartonClosed(e) if e.carton == *name => carton.stands(true, None, link),
            What::CartonReopened(e) if e.carton == *name => carton.stands(false, None, link),
            What::CartonLoaded(e) if e.carton == *name => carton.stands(true, Some(e.shipment.clone()), link),
            What::CartonUnloaded(e) if e.carton == *name => carton.stands(true, None, link),
            _ => {}
        }
        Some(carton)
    }

    fn stands(&mut self, closed: bool, shipment: Option<ShipmentId>, event: Link) {
        self.closed = closed;
        self.shipment = shipment;
        self.event = event;
    }

    /// Whether it has as many units as it holds.
    pub fn is_full(&self) -> bool {
        self.holds.is_none_or(|holds| self.units >= holds)
    }
}
