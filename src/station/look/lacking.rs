//! What the records of units and of lots lack, with what is known around each: its route, its lots and components, what
//! it is part of, and how far replicas hold it.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use super::known_routes::KnownRoutes;
use crate::app::port::Fault;
use crate::domain::id::{Epoch, LotId, RouteId, TerminalId, UnitId};
use crate::domain::route::Route;
use crate::domain::traveller::{Standing, Traveller};
use crate::domain::what::Fate;
use crate::ledger::Reader;
use crate::ledger::read::around::{Record, Whereabouts};
use crate::report::gaps::finding::Finding;
use crate::report::gaps::kind::Kind;
use crate::report::gaps::lots::{LotCheck, drawn, is_told};
use crate::report::gaps::one::{Found, Known, Limits, look};
use crate::report::gaps::parts::asked;
use crate::station::config::Settings;
use crate::station::replicas::Replicas;

/// Lots that are kept in mind at once.
const LOTS_MOST: usize = 10_000;

/// Whoever looks for what records lack, and what is kept in mind from unit to unit.
pub struct Lacking {
    settings: Settings,
    held: Option<Vec<(TerminalId, Epoch, u64)>>,
    components: BTreeSet<RouteId>,
    routes: KnownRoutes,
    received: HashMap<LotId, bool>,
}

/// A unit that was looked at.
#[derive(Debug)]
pub enum Checked {
    /// None of its events says that it began.
    Unborn(Finding),
    /// Its history, its route, and what was found.
    Unit(Box<Traveller>, Rc<Route>, Found),
}

impl Lacking {
    /// Nothing was looked at yet.
    pub fn new(settings: Settings) -> Self {
        let (routes, received) = (KnownRoutes::default(), HashMap::new());
        Self { settings, held: None, components: BTreeSet::new(), routes, received }
    }

    /// Looks how routes, lots and replicas stand now.
    pub fn begin(&mut self, reader: &Reader) -> Result<(), Fault> {
        self.held = Replicas::of(&self.settings, reader.path()).held(&reader.streams()?);
        self.received.clear();
        self.components.clear();
        for listed in reader.routes()? {
            let route = self.routes.get(reader, &listed.release.route, &listed.release.revision)?;
            self.components.extend(route.parts.values().filter_map(|part| part.made_by.clone()));
        }
        Ok(())
    }

    /// Whether the configuration or a receipt tells of a replica.
    pub fn has_replica(&self) -> bool {
        self.held.is_some()
    }

    /// Looks at a unit; none where it is not on record.
    pub fn unit(&mut self, reader: &Reader, unit: &UnitId, limits: &Limits) -> Result<Option<Checked>, Fault> {
        let Some(Record { traveller, events, .. }) = reader.record(unit)? else { return Ok(None) };
        let Some((route, revision)) = traveller.route.clone() else {
            let what = "none of its events says that it began".to_owned();
            return Ok(Some(Checked::Unborn(Finding::of_unit(unit, Kind::Hole, None, what))));
        };
        let route = self.routes.get(reader, &route, &revision)?;
        let known = self.known(reader, unit, &traveller, &route)?;
        let found = look((&traveller, &events), &route, &known, (&self.settings.work.calendar, limits));
        Ok(Some(Checked::Unit(Box::new(traveller), route, found)))
    }

    /// Looks at a lot; whether anything tells of it.
    pub fn lot(&mut self, reader: &Reader, lot: &LotId, mut find: impl FnMut(Finding)) -> Result<bool, Fault> {
        let held = self.held.clone().unwrap_or_default();
        let mut check = LotCheck::new(lot, &held);
        let mut is_known = false;
        reader.each_of_lot(lot, |event, _body| {
            is_known = true;
            let run = drawn(&event, lot).and_then(|_| event.about.route.as_ref().zip(event.about.revision.as_ref()));
            let route = run.map(|(route, revision)| self.routes.get(reader, route, revision)).transpose()?;
            let suspects = check.take(&event, route.as_deref());
            // What else the action did is read only where there is something to explain.
            let action = if suspects.is_empty() { Vec::new() } else { reader.action_of(&event)? };
            let untold = suspects.into_iter().filter(|suspect| !is_told(suspect, &event, &action));
            untold.for_each(|suspect| find(suspect.finding));
            Ok::<_, Fault>(())
        })?;
        check.ended().into_iter().for_each(find);
        Ok(is_known)
    }

    fn known(&mut self, reader: &Reader, unit: &UnitId, traveller: &Traveller, route: &Route) -> Result<Known, Fault> {
        let asked = asked(traveller, route);
        let mut known = Known { held: self.held.clone().unwrap_or_default(), ..Known::default() };
        for lot in asked.lots {
            if self.was_received(reader, &lot)? {
                known.received.insert(lot);
            }
        }
        for component in asked.units {
            if reader.unit(&component)?.is_some() {
                known.units.insert(component);
            }
        }
        if traveller.standing == Standing::Complete && self.components.contains(&route.id) {
            // What was scrapped or waits in quarantine is accounted for.
            let at_large = [Whereabouts::Nowhere, Whereabouts::Out(Fate::Reuse)];
            known.has_parent = Some(!at_large.contains(&reader.whereabouts(unit)?));
        }
        Ok(known)
    }

    fn was_received(&mut self, reader: &Reader, lot: &LotId) -> Result<bool, Fault> {
        if let Some(known) = self.received.get(lot) {
            return Ok(*known);
        }
        if self.received.len() >= LOTS_MOST {
            self.received.clear();
        }
        let received = reader.lot(lot)?.is_some();
        self.received.insert(lot.clone(), received);
        Ok(received)
    }
}
