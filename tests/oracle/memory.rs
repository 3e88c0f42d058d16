//! A ledger in memory: a list of events, and what they fold to. As simple as the port allows.

use std::collections::BTreeMap;
use std::sync::Arc;

use traveller::app::port::{Fault, Head, Ledger};
use traveller::app::replay::History;
use traveller::domain::event::{Event, Link};
use traveller::domain::facts::{Ask, Facts};
use traveller::domain::id::{Badge, Epoch, LotId, OrderId, PermitId, Revision, RouteId, StationId, TerminalId, UnitId};
use traveller::domain::lot::Lot;
use traveller::domain::order::Order;
use traveller::domain::permit::Permit;
use traveller::domain::person::Person;
use traveller::domain::route::Route;
use traveller::domain::station::Station;
use traveller::domain::traveller::Traveller;

use super::folds::Folds;

/// A ledger in memory.
#[derive(Default)]
pub(crate) struct Memory {
    /// Every event, as it would be read back from its bytes.
    pub(crate) events: Vec<Event>,
    /// Routes by the SHA-256 of their text, which is all that a release keeps of them.
    texts: BTreeMap<String, Arc<Route>>,
    folds: Folds,
    before: Option<(usize, Folds)>,
}

impl Memory {
    /// Makes a route known by its text; a release names it.
    pub(crate) fn know(&mut self, sha256: &str, route: Arc<Route>) {
        self.texts.insert(sha256.to_owned(), route);
    }

    /// Every unit on record.
    pub(crate) fn travellers(&self) -> &BTreeMap<UnitId, Arc<Traveller>> {
        &self.folds.travellers
    }

    /// Every station where something was recorded.
    pub(crate) fn stations(&self) -> &BTreeMap<StationId, Station> {
        &self.folds.stations
    }

    /// Every person.
    pub(crate) fn people(&self) -> &BTreeMap<Badge, Person> {
        &self.folds.people
    }

    /// Every lot.
    pub(crate) fn lots(&self) -> &BTreeMap<LotId, Lot> {
        &self.folds.lots
    }

    /// Every permit.
    pub(crate) fn permits(&self) -> &BTreeMap<PermitId, Permit> {
        &self.folds.permits
    }

    /// Every order.
    pub(crate) fn orders(&self) -> &BTreeMap<OrderId, Order> {
        &self.folds.orders
    }
}

impl Ledger for Memory {
    fn unconfirmed(&mut self) -> Result<Option<Badge>, Fault> {
        // No PIN is recovered in a ledger that was not restored.
        Ok(None)
    }

    fn begin(&mut self) -> Result<(), Fault> {
        assert!(self.before.is_none(), "an action within an action");
        self.before = Some((self.events.len(), self.folds.clone()));
        Ok(())
    }

    fn head(&mut self) -> Result<Head, Fault> {
        let first = self.events.first().map(|e| e.stamp.clone());
        Ok(Head {
            terminal: first.as_ref().map_or_else(|| TerminalId::parse("T1").unwrap(), |s| s.terminal.clone()),
            epoch: first.map_or_else(|| Epoch::parse("0123456789abcdef").unwrap(), |s| s.epoch),
            seq: u64::try_from(self.events.len()).unwrap(),
            hash: "0".repeat(64),
            at: self.events.last().map(|e| e.stamp.at).max(self.folds.newest.as_ref().map(|n| n.at)),
        })
    }

    fn station(&mut self, station: &StationId) -> Result<Station, Fault> {
        Ok(self.folds.station(station))
    }

    fn traveller(&mut self, unit: &UnitId) -> Result<Arc<Traveller>, Fault> {
        Ok(self.folds.traveller(unit))
    }

    fn route(&mut self, route: &RouteId, revision: &Revision) -> Result<Option<Arc<Route>>, Fault> {
        Ok(self.folds.route(route, revision))
    }

    fn answer(&mut self, ask: &Ask, facts: &mut Facts) -> Result<(), Fault> {
        self.folds.answer(ask, facts);
        Ok(())
    }

    fn append(&mut self, events: &[Event]) -> Result<(), Fault> {
        for event in events {
            let read = Event::read(&event.body()).unwrap();
            self.folds.apply(&read, &self.texts);
            self.events.push(read);
        }
        Ok(())
    }

    fn commit(&mut self) -> Result<Head, Fault> {
        self.before = None;
        self.head()
    }

    fn rollback(&mut self) {
        if let Some((length, folds)) = self.before.take() {
            self.events.truncate(length);
            self.folds = folds;
        }
    }
}

impl History for Memory {
    fn of_unit(&mut self, unit: &UnitId) -> Result<Vec<Event>, Fault> {
        let outcome =
            |e: &Event| Event { stamp: e.stamp.clone(), about: e.about.clone(), what: e.what.clone(), cause: None };
        Ok(self.events.iter().filter(|e| e.about.unit.as_ref() == Some(unit)).map(outcome).collect())
    }

    fn action(&mut self, act: u64) -> Result<Vec<Event>, Fault> {
        let from = usize::try_from(act - 1).unwrap();
        Ok(self.events[from..].iter().take_while(|e| e.stamp.act == act).cloned().collect())
    }

    fn event(&mut self, link: &Link) -> Result<Option<Event>, Fault> {
        let Link::Here(seq) = link else { return Ok(None) };
        Ok(self.events.get(usize::try_from(seq - 1).unwrap()).cloned())
    }

    fn route(&mut self, route: &RouteId, revision: &Revision) -> Result<Option<Arc<Route>>, Fault> {
        Ledger::route(self, route, revision)
    }
}
