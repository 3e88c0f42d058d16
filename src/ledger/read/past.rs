//! The past, for decisions that are made again: the own stream, and what was there before it began.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::events::Which;
use crate::app::port::Fault;
use crate::app::replay::History;
use crate::domain::event::{Event, Link};
use crate::domain::id::{Revision, RouteId, UnitId};
use crate::domain::route::Route;
use crate::ledger::named::{Own, place_of};
use crate::ledger::place::Place;
use crate::ledger::reader::Reader;
use crate::ledger::routes::ReadRoute;

/// Events that are read at once: most actions have fewer, and one that holds hundreds of units takes some pages.
const PAGE_EVENTS: u32 = 64;

/// One stream of a ledger, to decide again.
pub struct Past<'l> {
    reader: &'l Reader,
    own: Own,
    read_route: ReadRoute,
    routes: HashMap<(RouteId, Revision), Option<Arc<Route>>>,
}

impl Reader {
    /// The past of the ledger's own stream; none in a ledger that only holds copies.
    pub fn past(&self, read_route: ReadRoute) -> Result<Option<Past<'_>>, Fault> {
        let own = Own::load(&self.conn)?;
        Ok(own.map(|own| Past { reader: self, own, read_route, routes: HashMap::new() }))
    }
}

impl Past<'_> {
    /// Calls `visit` with the number of every action, in order.
    pub fn each_action(&self, mut visit: impl FnMut(u64) -> Result<(), Fault>) -> Result<(), Fault> {
        let mut last = 0;
        self.reader.each_event(&Which::All, |stored| {
            if stored.place.stream() == self.own.id {
                let act = stored.outcome()?.stamp.act;
                if act != last {
                    last = act;
                    visit(act)?;
                }
            }
            Ok(ControlFlow::Continue(()))
        })
    }
}

impl History for Past<'_> {
    fn of_unit(&mut self, unit: &UnitId) -> Result<Vec<Event>, Fault> {
        self.reader.history(unit)?.iter().map(|stored| stored.named(self.reader, Some(&self.own))).collect()
    }

    fn action(&mut self, act: u64) -> Result<Vec<Event>, Fault> {
        let Some(mut before) = Place::new(self.own.id, act.saturating_sub(1)) else { return Ok(Vec::new()) };
        let mut events = Vec::new();
        loop {
            let page = self.reader.events_after(before, PAGE_EVENTS)?;
            let Some(end) = page.last().map(|stored| stored.place) else { return Ok(events) };
            before = end;
            for stored in page {
                let event = stored.event()?;
                if stored.place.stream() != self.own.id || event.stamp.act != act {
                    return Ok(events);
                }
                events.push(event);
            }
        }
    }

    fn event(&mut self, link: &Link) -> Result<Option<Event>, Fault> {
        let Some(place) = place_of(&self.reader.conn, Some(&self.own), link)? else { return Ok(None) };
        self.reader.event_at(place)?.map(|stored| stored.named(self.reader, Some(&self.own))).transpose()
    }

    fn route(&mut self, route: &RouteId, revision: &Revision) -> Result<Option<Arc<Route>>, Fault> {
        let key = (route.clone(), revision.clone());
        if let Some(known) = self.routes.get(&key) {
            return Ok(known.clone());
        }
        let text = self.reader.route_text(route, revision)?;
        let read = text.and_then(|text| (self.read_route)(&text)).map(Arc::new);
        self.routes.insert(key, read.clone());
        Ok(read)
    }
}
