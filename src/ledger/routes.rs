//! Released routes: what was released when, and their texts read once.
//!
//! The text stands in the event of the release, exactly as it was. Reading it is somebody else's work: the ledger is
//! given a function for that when it is opened.

use std::collections::HashMap;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension as _};

use super::fault::unreadable_event;
use super::named::{Own, link_to};
use super::place::Place;
use crate::app::port::Fault;
use crate::domain::event::{Event, Link};
use crate::domain::facts::Release;
use crate::domain::gs1::Gtin;
use crate::domain::id::{Revision, RouteId};
use crate::domain::route::Route;
use crate::domain::what::What;

/// Reads a released route's text; none where this program cannot.
pub type ReadRoute = fn(&str) -> Option<Route>;

/// The rows of all released revisions, newest first.
const NEWEST_FIRST: &str = "SELECT route, revision, sha256, released, withdrawn FROM route ORDER BY released DESC";

/// A released revision, as its row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) route: RouteId,
    pub(super) revision: Revision,
    pub(super) sha256: String,
    pub(super) released: Place,
    pub(super) withdrawn: Option<Place>,
    /// The last of the two.
    pub(super) event: Link,
}

impl Row {
    /// The row as the gate is told of it.
    pub(super) fn release(&self) -> Release {
        Release {
            route: self.route.clone(),
            revision: self.revision.clone(),
            sha256: self.sha256.clone(),
            withdrawn: self.withdrawn.is_some(),
            event: self.event.clone(),
        }
    }
}

/// All released revisions, newest first.
pub(super) fn rows(conn: &Connection) -> Result<Vec<Row>, Fault> {
    let own = Own::load(conn)?;
    let mut statement = conn.prepare_cached(NEWEST_FIRST)?;
    let mut rows = statement.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let (released, withdrawn): (Place, Option<Place>) = (row.get(3)?, row.get(4)?);
        all.push(Row {
            route: row.get(0)?,
            revision: row.get(1)?,
            sha256: row.get(2)?,
            released,
            withdrawn,
            event: link_to(conn, own.as_ref(), withdrawn.unwrap_or(released))?,
        });
    }
    Ok(all)
}

/// The exact text that was released.
pub(super) fn text(conn: &Connection, released: Place) -> Result<String, Fault> {
    let mut statement = conn.prepare_cached("SELECT body FROM event WHERE id = ?1")?;
    let body: Option<String> = statement.query_row([released], |row| row.get(0)).optional()?;
    let event = body.as_deref().map(Event::read_outcome);
    match event.transpose().map_err(|e| unreadable_event(released.seq(), &e))?.map(|e| e.what) {
        Some(What::RouteReleased(e)) => Ok(e.text),
        _ => Err(unreadable_event(released.seq(), &"it is the release of no route")),
    }
}

/// Released revisions, remembered between actions. A release is one event for ever, so a text is read once.
#[derive(Debug)]
pub(super) struct Routes {
    read: ReadRoute,
    rows: Option<Arc<[Row]>>,
    texts: HashMap<Place, Option<Arc<Route>>>,
}

impl Routes {
    /// Nothing read yet.
    pub(super) fn new(read: ReadRoute) -> Self {
        Self { read, rows: None, texts: HashMap::new() }
    }

    /// Forgets which are released; texts stay.
    pub(super) fn forget(&mut self) {
        self.rows = None;
    }

    fn load(&mut self, conn: &Connection) -> Result<Arc<[Row]>, Fault> {
        if let Some(rows) = &self.rows {
            return Ok(Arc::clone(rows));
        }
        let rows: Arc<[Row]> = rows(conn)?.into();
        self.rows = Some(Arc::clone(&rows));
        Ok(rows)
    }

    fn compiled(&mut self, conn: &Connection, row: &Row) -> Result<Option<Arc<Route>>, Fault> {
        if let Some(known) = self.texts.get(&row.released) {
            return Ok(known.clone());
        }
        let route = (self.read)(&text(conn, row.released)?).map(Arc::new);
        self.texts.insert(row.released, route.clone());
        Ok(route)
    }

    /// The route of a released revision, withdrawn or not.
    pub(super) fn get(
        &mut self,
        conn: &Connection,
        route: &RouteId,
        revision: &Revision,
    ) -> Result<Option<Arc<Route>>, Fault> {
        let rows = self.load(conn)?;
        let Some(row) = rows.iter().find(|r| r.route == *route && r.revision == *revision) else { return Ok(None) };
        match self.compiled(conn, row)? {
            Some(route) => Ok(Some(route)),
            None => Err(Fault::new(
                format!("the released route {route} revision {revision} cannot be read by this program"),
                "update this program, or release a new revision",
            )),
        }
    }

    /// A released revision and its route, withdrawn or not.
    pub(super) fn named(
        &mut self,
        conn: &Connection,
        route: &RouteId,
        revision: &Revision,
    ) -> Result<Option<(Row, Arc<Route>)>, Fault> {
        let rows = self.load(conn)?;
        let row = rows.iter().find(|r| r.route == *route && r.revision == *revision);
        Ok(row.cloned().zip(self.get(conn, route, revision)?))
    }

    /// The newest revision of that kind that is not withdrawn.
    pub(super) fn in_force(
        &mut self,
        conn: &Connection,
        is_it: impl Fn(&Route) -> bool,
    ) -> Result<Option<(Row, Arc<Route>)>, Fault> {
        Ok(self.newest(conn, is_it)?.filter(|(row, _)| row.withdrawn.is_none()))
    }

    /// The newest revision whose units have numbers like that. One that is withdrawn only where no other claims them:
    /// so that it is said why no unit begins.
    pub(super) fn claim(&mut self, conn: &Connection, label: &str) -> Result<Option<(Row, Arc<Route>)>, Fault> {
        self.newest(conn, |route| route.claims(label))
    }

    /// The newest revision whose product has that GTIN; a withdrawn one in the same way.
    pub(super) fn of_gtin(&mut self, conn: &Connection, gtin: &Gtin) -> Result<Option<(Row, Arc<Route>)>, Fault> {
        self.newest(conn, |route| route.identifier.gtin.as_ref() == Some(gtin))
    }

    fn newest(
        &mut self,
        conn: &Connection,
        is_it: impl Fn(&Route) -> bool,
    ) -> Result<Option<(Row, Arc<Route>)>, Fault> {
        let rows = self.load(conn)?;
        let of = |withdrawn: bool| rows.iter().filter(move |row| row.withdrawn.is_some() == withdrawn);
        for row in of(false).chain(of(true)) {
            // One that this program cannot read claims nothing: the others must go on.
            if let Some(route) = self.compiled(conn, row)?
                && is_it(&route)
            {
                return Ok(Some((row.clone(), route)));
            }
        }
        Ok(None)
    }

    /// That revision, and the newest of that route.
    pub(super) fn releases(
        &mut self,
        conn: &Connection,
        route: &RouteId,
        revision: &Revision,
    ) -> Result<Vec<Release>, Fault> {
        let rows = self.load(conn)?;
        let mut newest = true;
        let of_route = rows.iter().filter(|r| r.route == *route);
        let asked = of_route.filter(|r| std::mem::take(&mut newest) || r.revision == *revision);
        Ok(asked.map(Row::release).collect())
    }
}
