//! Cartons and shipments of the ledger in memory: folded by the domain, found by looking at all of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use traveller::domain::event::{Event, Purpose};
use traveller::domain::facts::Release;
use traveller::domain::id::{CartonId, ShipmentId, UnitId};
use traveller::domain::packing::{Aboard, Carton, LastCarton, PackingAsk, PackingFacts, Shipment};
use traveller::domain::route::Route;
use traveller::domain::traveller::{State, Traveller};
use traveller::domain::what::What;

/// Cartons and shipments.
#[derive(Clone, Default)]
pub(super) struct Packed {
    pub(super) cartons: BTreeMap<CartonId, Carton>,
    pub(super) shipments: BTreeMap<ShipmentId, Shipment>,
}

impl Packed {
    pub(super) fn follow(&mut self, event: &Event) {
        for (name, carton) in &mut self.cartons {
            *carton = Carton::apply(Some(carton.clone()), name, event).unwrap();
        }
        for (name, shipment) in &mut self.shipments {
            *shipment = Shipment::apply(Some(shipment.clone()), name, event).unwrap();
        }
        match &event.what {
            What::CartonBegun(e) => {
                self.cartons.extend(Carton::apply(None, &e.carton, event).map(|c| (e.carton.clone(), c)));
            }
            What::ShipmentOpened(e) => {
                self.shipments.extend(Shipment::apply(None, &e.shipment, event).map(|s| (e.shipment.clone(), s)));
            }
            _ => {}
        }
    }

    pub(super) fn answer(
        &self,
        ask: &PackingAsk,
        units: &BTreeMap<UnitId, Arc<Traveller>>,
        releases: &[(Release, Arc<Route>)],
        facts: &mut PackingFacts,
    ) {
        match ask {
            PackingAsk::Carton(name) if facts.carton(name.as_str()).is_none() => {
                facts.cartons.extend(self.cartons.get(name).cloned());
            }
            PackingAsk::Shipment(name) if facts.shipment(name.as_str()).is_none() => {
                facts.shipments.extend(self.shipments.get(name).cloned());
            }
            PackingAsk::Carton(_) | PackingAsk::Shipment(_) => {}
            PackingAsk::Cargo(shipment) => {
                let on_it = |carton: &CartonId| self.cartons[carton].shipment.as_ref() == Some(shipment);
                let leaves = |t: &&Arc<Traveller>| match &t.packed.carton {
                    Some(carton) => on_it(carton),
                    None => t.packed.shipment.as_ref() == Some(shipment),
                };
                facts.cargo = units.values().filter(leaves).filter_map(|t| aboard(t)).collect();
            }
            PackingAsk::Last(stem) => {
                let is_of = |c: &&Carton| c.carton.as_str().len() == 18 && c.carton.as_str().starts_with(stem.as_str());
                let last = self.cartons.values().rfind(is_of);
                facts.last = last.map(|c| LastCarton { carton: c.carton.clone(), event: c.event.clone() });
            }
            PackingAsk::Packs(class) => {
                let packs = |route: &Route| route.steps.iter().any(|s| s.station == *class && s.pack.is_some());
                let found = releases.iter().rev().find(|(release, route)| !release.withdrawn && packs(route));
                facts.packs = found.map(|(release, _)| release.clone());
            }
        }
    }
}

fn aboard(t: &Traveller) -> Option<Aboard> {
    let (route, revision) = t.route.clone()?;
    Some(Aboard {
        unit: t.unit.clone()?,
        carton: t.packed.carton.clone(),
        route,
        revision,
        order: t.order.clone(),
        purpose: Some(t.purpose).filter(|p| *p != Purpose::Production),
        state: Some(t.state()).filter(|s| *s != State::Complete),
        head: t.head.clone()?,
    })
}
