//! Released routes, with what they say.

use std::sync::Arc;

use crate::app::port::Fault;
use crate::domain::facts::{Facts, Released};
use crate::domain::id::{PartId, Revision, RouteId, StationId};
use crate::domain::route::{Capture, Route};
use crate::ledger::routes::Row;
use crate::ledger::writer::Writer;

impl Writer {
    /// A released route revision, withdrawn or not.
    pub(super) fn released(&mut self, route: &RouteId, revision: &Revision, facts: &mut Facts) -> Result<(), Fault> {
        let found = self.routes.named(&self.reader.conn, route, revision)?;
        push(found, facts);
        Ok(())
    }

    /// The newest revision of a route that is not withdrawn.
    pub(super) fn current(&mut self, id: &RouteId, facts: &mut Facts) -> Result<(), Fault> {
        let found = self.routes.in_force(&self.reader.conn, |route| route.id == *id)?;
        push(found, facts);
        Ok(())
    }

    /// The newest route not withdrawn that declares a part.
    pub(super) fn uses(&mut self, part: &PartId, facts: &mut Facts) -> Result<(), Fault> {
        let found = self.routes.in_force(&self.reader.conn, |route| route.parts.contains_key(part))?;
        push(found, facts);
        Ok(())
    }

    /// The newest route not withdrawn that takes a part, or an alternate, from lots loaded at that class of stations.
    pub(super) fn loads(&mut self, class: &StationId, part: &PartId, facts: &mut Facts) -> Result<(), Fault> {
        let found = self.routes.in_force(&self.reader.conn, |route| loads(route, class, part))?;
        push(found, facts);
        Ok(())
    }
}

fn loads(route: &Route, class: &StationId, part: &PartId) -> bool {
    let is_loaded = |used: &PartId| route.parts.get(used).is_some_and(|p| p.capture == Capture::Loaded);
    let mut here = route.steps.iter().filter(|s| s.station == *class).flat_map(|s| s.uses.keys());
    here.any(|used| is_loaded(used) && route.takes(used, part))
}

fn push(found: Option<(Row, Arc<Route>)>, facts: &mut Facts) {
    if let Some((row, route)) = found
        && facts.route(&row.route, &row.revision).is_none()
    {
        facts.routes.push(Released { release: row.release(), route: Some(route) });
    }
}
