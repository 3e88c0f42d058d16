//! From drafts to events: number, time, and what each builds on.

use std::collections::BTreeMap;

use super::port::Head;
use crate::domain::ambient::Ambient;
use crate::domain::event::{Cause, Event, Link, Stamp};
use crate::domain::gate::decision::{Draft, Subject};
use crate::domain::id::{Badge, CartonId, DeviceId, LotId, OrderId, PermitId, RouteId, ShipmentId, UnitId};

/// The last event that changed each subject's record.
#[derive(Debug, Clone, Default)]
pub struct Heads {
    /// Of units.
    pub units: BTreeMap<UnitId, Link>,
    /// Of lots.
    pub lots: BTreeMap<LotId, Link>,
    /// Of people.
    pub people: BTreeMap<Badge, Link>,
    /// Of routes.
    pub routes: BTreeMap<RouteId, Link>,
    /// Of orders.
    pub orders: BTreeMap<OrderId, Link>,
    /// Of gauges.
    pub gauges: BTreeMap<DeviceId, Link>,
    /// Of permits.
    pub permits: BTreeMap<PermitId, Link>,
    /// Of cartons.
    pub cartons: BTreeMap<CartonId, Link>,
    /// Of shipments.
    pub shipments: BTreeMap<ShipmentId, Link>,
}

impl Heads {
    /// What an event about this subject builds on; from now on, that event.
    fn advance(&mut self, subject: &Subject, to: Link) -> Option<Link> {
        match subject {
            Subject::Unit(unit) => self.units.insert(unit.clone(), to),
            Subject::Lot(lot) => self.lots.insert(lot.clone(), to),
            Subject::Person(badge) => self.people.insert(badge.clone(), to),
            Subject::Route(route) => self.routes.insert(route.clone(), to),
            Subject::Order(order) => self.orders.insert(order.clone(), to),
            Subject::Gauge(gauge) => self.gauges.insert(gauge.clone(), to),
            Subject::Permit(permit) => self.permits.insert(permit.clone(), to),
            Subject::Carton(carton) => self.cartons.insert(carton.clone(), to),
            Subject::Shipment(shipment) => self.shipments.insert(shipment.clone(), to),
            Subject::Saw => None,
        }
    }
}

/// Gives the drafts of one action their numbers after `head`. The first keeps the cause.
pub fn stamp(head: &Head, now: &Ambient, drafts: Vec<Draft>, mut heads: Heads, cause: Cause) -> Vec<Event> {
    let act = head.seq + 1;
    let mut cause = Some(Box::new(cause));
    let mut events = Vec::with_capacity(drafts.len());
    for (seq, draft) in (act..).zip(drafts) {
        let mut about = draft.about;
        if draft.subject == Subject::Saw {
            about.saw = about.unit.as_ref().and_then(|u| heads.units.get(u)).cloned();
        } else {
            about.builds_on = heads.advance(&draft.subject, Link::Here(seq));
        }
        events.push(Event {
            stamp: Stamp {
                terminal: head.terminal.clone(),
                epoch: head.epoch.clone(),
                seq,
                act,
                at: now.at,
                clock: now.clock,
                boot: now.boot.clone(),
                mono: now.mono,
                elsewhere: None,
            },
            about,
            what: draft.what,
            cause: cause.take(),
        });
    }
    events
}
