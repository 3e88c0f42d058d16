//! What the events of the ledger in memory fold to. Everything is folded by the domain; what is where is kept here.

use std::collections::BTreeMap;
use std::sync::Arc;

use traveller::domain::event::{Event, Link};
use traveller::domain::facts::{Component, Newest, Release};
use traveller::domain::gauge::Gauge;
use traveller::domain::id::{
    Badge, DeviceId, LotId, OrderId, PermitId, Revision, RouteId, Serial, StationId, StepId, UnitId,
};
use traveller::domain::labelling::Tag;
use traveller::domain::lot::Lot;
use traveller::domain::order::Order;
use traveller::domain::permit::Permit;
use traveller::domain::person::Person;
use traveller::domain::route::Route;
use traveller::domain::sampling::Sampling;
use traveller::domain::station::Station;
use traveller::domain::time::{At, Clock};
use traveller::domain::traveller::Traveller;
use traveller::domain::what::{Piece, Removed, Voided, What};

use super::packed::Packed;

/// What the events fold to.
#[derive(Clone, Default)]
pub(super) struct Folds {
    pub(super) travellers: BTreeMap<UnitId, Arc<Traveller>>,
    pub(super) stations: BTreeMap<StationId, Station>,
    pub(super) people: BTreeMap<Badge, Person>,
    pub(super) lots: BTreeMap<LotId, Lot>,
    pub(super) orders: BTreeMap<OrderId, Order>,
    pub(super) gauges: BTreeMap<DeviceId, Gauge>,
    pub(super) permits: BTreeMap<PermitId, Permit>,
    pub(super) overrides: Vec<(At, Link)>,
    pub(super) samplings: BTreeMap<(RouteId, StepId), Sampling>,
    /// Where each component is, and where it was before that.
    pub(super) components: BTreeMap<Serial, Vec<Component>>,
    pub(super) releases: Vec<(Release, Arc<Route>)>,
    pub(super) newest: Option<Newest>,
    pub(super) packing: Packed,
    /// Labels with other numbers than those of their units, in the order in which they were given.
    pub(super) tags: Vec<Tag>,
}

impl Folds {
    pub(super) fn apply(&mut self, event: &Event, texts: &BTreeMap<String, Arc<Route>>) {
        if let Some(unit) = event.about.unit.clone()
            && (self.travellers.contains_key(&unit) || !matches!(event.what, What::Refused(_)))
        {
            Arc::make_mut(self.travellers.entry(unit).or_default()).apply(event);
        }
        if let Some(place) = event.about.station.clone() {
            self.stations.entry(place.clone()).or_insert_with(|| Station::fresh(place)).apply(event);
        }
        if event.stamp.clock != Clock::Doubt {
            let here = Link::Here(event.stamp.seq);
            let later = self.newest.as_ref().is_none_or(|n| n.at <= event.stamp.at);
            self.newest = if later { Some(Newest { at: event.stamp.at, event: here }) } else { self.newest.take() };
        }
        self.follow_house(event);
        self.follow_samplings(event);
        self.follow_components(event);
        self.follow_releases(event, texts);
        self.packing.follow(event);
        if let (What::LabelReplaced(e), Some(unit)) = (&event.what, event.about.unit.clone())
            && e.label != unit
            && self.tags.iter().all(|tag| tag.label != e.label)
        {
            self.tags.push(Tag { label: e.label.clone(), unit, event: Link::Here(event.stamp.seq) });
        }
    }

    /// A station as it stands; a fresh one where nothing happened yet.
    pub(super) fn station(&self, station: &StationId) -> Station {
        self.stations.get(station).cloned().unwrap_or_else(|| Station::fresh(station.clone()))
    }

    /// A revision that was released.
    pub(super) fn route(&self, route: &RouteId, revision: &Revision) -> Option<Arc<Route>> {
        let found = self.releases.iter().find(|(r, _)| r.route == *route && r.revision == *revision);
        found.map(|(_, route)| Arc::clone(route))
    }

    /// People, lots, orders and gauges.
    fn follow_house(&mut self, event: &Event) {
        for person in self.people.values_mut() {
            *person = Person::apply(Some(person.clone()), event).unwrap();
        }
        for lot in self.lots.values_mut() {
            *lot = Lot::apply(Some(lot.clone()), event).unwrap();
        }
        for order in self.orders.values_mut() {
            *order = Order::apply(Some(order.clone()), event).unwrap();
        }
        for gauge in self.gauges.values_mut() {
            *gauge = Gauge::apply(Some(gauge.clone()), event).unwrap();
        }
        for permit in self.permits.values_mut() {
            *permit = Permit::apply(Some(permit.clone()), event).unwrap();
        }
        match &event.what {
            What::PermitOpened(e) => {
                self.permits.extend(Permit::apply(None, event).map(|p| (e.permit.clone(), p)));
            }
            What::RuleOverridden(_) => self.overrides.push((event.stamp.at, Link::Here(event.stamp.seq))),
            What::OperatorEnrolled(e) => {
                self.people.extend(Person::apply(None, event).map(|p| (e.badge.clone(), p)));
            }
            What::LotReceived(e) => self.lots.extend(Lot::apply(None, event).map(|l| (e.lot.clone(), l))),
            What::OrderOpened(e) => self.orders.extend(Order::apply(None, event).map(|o| (e.order.clone(), o))),
            What::GaugeRegistered(e) => self.gauges.extend(Gauge::apply(None, event).map(|g| (e.gauge.clone(), g))),
            _ => {}
        }
    }

    fn follow_samplings(&mut self, event: &Event) {
        let Some(route) = &event.about.route else { return };
        let named = if let What::StepPassed(e) = &event.what { e.samples.as_slice() } else { &[] };
        let known = self.samplings.keys().filter(|(of, _)| of == route).map(|(_, step)| step.clone());
        let mut steps: Vec<_> = known.chain(named.iter().map(|s| s.step.clone())).collect();
        steps.sort();
        steps.dedup();
        for step in steps {
            let name = (route.clone(), step.clone());
            let after = Sampling::apply(self.samplings.remove(&name), route, &step, event);
            self.samplings.extend(after.map(|s| (name, s)));
        }
    }

    fn follow_components(&mut self, event: &Event) {
        let here = Link::Here(event.stamp.seq);
        match &event.what {
            What::MaterialInstalled(m) => {
                if let Piece::Serial(serial) = &m.piece {
                    self.components.entry(serial.clone()).or_default().push(Component {
                        serial: serial.clone(),
                        in_unit: event.about.unit.clone(),
                        step: event.about.step.clone(),
                        fate: None,
                        event: here,
                    });
                }
            }
            What::Disposed(d) => self.take_out(&d.removed, &here),
            What::ComponentsRecovered(e) => self.take_out(&e.removed, &here),
            What::SentBack(e) => self.take_out(&e.removed, &here),
            What::ComponentJudged(e) => {
                let last = self.components.get_mut(&e.serial).and_then(|c| c.last_mut()).unwrap();
                *last = Component { fate: Some(e.fate), event: here, ..last.clone() };
            }
            What::ObservationVoided(v) => {
                if let Voided::Material { piece: Piece::Serial(serial), .. } = &v.of {
                    let was = |c: &mut Component| Some(&c.event) == event.about.corrects.as_ref();
                    self.components.get_mut(serial).unwrap().pop_if(was);
                }
            }
            _ => {}
        }
    }

    fn take_out(&mut self, removed: &[Removed], event: &Link) {
        for gone in removed {
            let last = self.components.get_mut(&gone.serial).and_then(|c| c.last_mut()).unwrap();
            let (fate, event) = (Some(gone.fate), event.clone());
            *last = Component { in_unit: None, step: None, fate, event, ..last.clone() };
        }
    }

    fn follow_releases(&mut self, event: &Event, texts: &BTreeMap<String, Arc<Route>>) {
        let (Some(route), Some(revision)) = (&event.about.route, &event.about.revision) else { return };
        let here = Link::Here(event.stamp.seq);
        if let What::RouteReleased(e) = &event.what {
            let (route, revision, sha256) = (route.clone(), revision.clone(), e.sha256.clone());
            let text = Arc::clone(&texts[&sha256]);
            self.releases.push((Release { route, revision, sha256, withdrawn: false, event: here }, text));
        } else if matches!(event.what, What::RouteWithdrawn(_)) {
            for (release, _) in &mut self.releases {
                if release.route == *route && release.revision == *revision {
                    (release.withdrawn, release.event) = (true, here.clone());
                }
            }
        }
    }
}
