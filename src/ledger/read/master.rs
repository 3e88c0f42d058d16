//! What the floor works with: stations, people, lots and released routes.

use rusqlite::OptionalExtension as _;

use crate::app::port::Fault;
use crate::domain::facts::Release;
use crate::domain::gauge::Gauge;
use crate::domain::id::{Badge, DeviceId, LotId, Revision, RouteId, StationId};
use crate::domain::lot::Lot;
use crate::domain::order::Order;
use crate::domain::person::Person;
use crate::domain::station::Station;
use crate::ledger::folds::{self, Fold, Name as _};
use crate::ledger::place::Place;
use crate::ledger::reader::Reader;
use crate::ledger::routes::{self, Row};

/// A released route revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Released {
    /// What the gate is told of it.
    pub release: Release,
    /// The event of its release, which holds the text.
    pub released: Place,
    /// The event of its withdrawal.
    pub withdrawn: Option<Place>,
}

impl Reader {
    /// Every station where something was recorded, by name.
    pub fn stations(&self) -> Result<Vec<Station>, Fault> {
        self.all("SELECT name, fold FROM station ORDER BY name")
    }

    /// One station; a fresh one where nothing was recorded yet.
    pub fn station(&self, name: &StationId) -> Result<Station, Fault> {
        Ok(self.one(name)?.unwrap_or_else(|| Station::fresh(name.clone())))
    }

    /// Everybody ever enrolled, by badge.
    pub fn people(&self) -> Result<Vec<Person>, Fault> {
        self.all("SELECT badge, fold FROM person ORDER BY badge")
    }

    /// The person with a badge.
    pub fn person(&self, badge: &Badge) -> Result<Option<Person>, Fault> {
        self.one(badge)
    }

    /// Every lot, by number.
    pub fn lots(&self) -> Result<Vec<Lot>, Fault> {
        self.all("SELECT name, fold FROM lot ORDER BY name")
    }

    /// The lot of that number.
    pub fn lot(&self, lot: &LotId) -> Result<Option<Lot>, Fault> {
        self.one(lot)
    }

    /// Every order, by number.
    pub fn orders(&self) -> Result<Vec<Order>, Fault> {
        self.all("SELECT name, fold FROM work_order ORDER BY name")
    }

    /// Every gauge, by number.
    pub fn gauges(&self) -> Result<Vec<Gauge>, Fault> {
        self.all("SELECT name, fold FROM gauge ORDER BY name")
    }

    /// The gauge of that number.
    pub fn gauge(&self, gauge: &DeviceId) -> Result<Option<Gauge>, Fault> {
        self.one(gauge)
    }

    /// Every released route revision, newest first.
    pub fn routes(&self) -> Result<Vec<Released>, Fault> {
        let listed = |row: &Row| Released { release: row.release(), released: row.released, withdrawn: row.withdrawn };
        Ok(routes::rows(&self.conn)?.iter().map(listed).collect())
    }

    /// The exact text of a released route revision.
    pub fn route_text(&self, route: &RouteId, revision: &Revision) -> Result<Option<String>, Fault> {
        let _moment = self.moment()?;
        let rows = routes::rows(&self.conn)?;
        let row = rows.iter().find(|r| r.route == *route && r.revision == *revision);
        row.map(|row| routes::text(&self.conn, row.released)).transpose()
    }

    pub(in crate::ledger) fn one<F: Fold>(&self, name: &F::Name) -> Result<Option<F>, Fault> {
        let mut statement = self.conn.prepare_cached(F::SELECT)?;
        let fold: Option<String> = statement.query_row(name.key(), |row| row.get(0)).optional()?;
        fold.map(|text| folds::read(&name.text(), &text)).transpose()
    }

    pub(super) fn all<F: Fold>(&self, sql: &str) -> Result<Vec<F>, Fault> {
        self.some(sql, [])
    }
}
