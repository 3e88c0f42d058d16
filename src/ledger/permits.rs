//! Deviation permits, what was made under them, and overrides: their tables, and what is asked of them.

use rusqlite::Connection;

use super::folds::Fold;
use super::place::Place;
use super::reader::Reader;
use super::writer::Writer;
use crate::app::port::Fault;
use crate::domain::code::Code;
use crate::domain::event::{Event, Link};
use crate::domain::facts::Facts;
use crate::domain::id::{PermitId, RouteId, StepId, UnitId};
use crate::domain::overriding::Overrides;
use crate::domain::permit::Permit;
use crate::domain::projection::Change;
use crate::domain::time::At;

/// Permits, each with its fold; the rules that were let go for units; the overrides.
pub(super) const TABLES: &str = "
CREATE TABLE permit (
    name TEXT NOT NULL PRIMARY KEY,
    rule TEXT NOT NULL,
    route TEXT,
    open INTEGER NOT NULL,
    until INTEGER NOT NULL,
    fold TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX permit_rule ON permit (rule, open, until);
CREATE TABLE waived (
    event INTEGER PRIMARY KEY,
    unit INTEGER NOT NULL,
    rule TEXT NOT NULL,
    permit TEXT,
    step TEXT
) STRICT;
CREATE INDEX waived_permit ON waived (permit, unit) WHERE permit IS NOT NULL;
CREATE TABLE overridden (
    event INTEGER PRIMARY KEY,
    unit INTEGER NOT NULL,
    at INTEGER NOT NULL,
    rule TEXT NOT NULL
) STRICT;
CREATE INDEX overridden_at ON overridden (at);
";

/// Permits that one rule is told of: those that are open and last longest come first.
const PERMITS_TOLD_MOST: u32 = 32;
const OF_RULE: &str = "SELECT name FROM permit WHERE rule = ?1 AND (route IS NULL OR ?2 IS NULL OR route = ?2)
    ORDER BY open DESC, until DESC, name LIMIT ?3";
const UNDER: &str = "SELECT unit.name, min(waived.step) FROM waived JOIN unit ON unit.id = waived.unit
    WHERE waived.permit = ?1 AND unit.name > ?2 GROUP BY unit.name ORDER BY unit.name LIMIT ?3";

impl Fold for Permit {
    type Name = PermitId;
    const TABLE: &'static str = "permit";
    const SELECT: &'static str = "SELECT fold FROM permit WHERE name = ?1";

    fn next(before: Option<Self>, _name: &PermitId, event: &Event) -> Option<Self> {
        Self::apply(before, event)
    }

    fn write(&self, conn: &Connection, name: &PermitId, fold: &str) -> rusqlite::Result<usize> {
        conn.prepare_cached(
            "INSERT INTO permit (name, rule, route, open, until, fold) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (name) DO UPDATE SET rule = excluded.rule, route = excluded.route, open = excluded.open,
            until = excluded.until, fold = excluded.fold",
        )?
        .execute((
            name,
            self.terms.waives.code().word(),
            &self.terms.route,
            !self.closed,
            self.terms.until,
            fold,
        ))
    }
}

/// A rule was let go for a unit, or a second person says that it may be.
pub(super) fn of_unit(
    conn: &Connection,
    (at, unit): (Place, Place),
    event: &Event,
    change: &Change,
) -> rusqlite::Result<usize> {
    if let Change::Waived { rule, permit, step, .. } = change {
        return conn
            .prepare_cached("INSERT INTO waived (event, unit, rule, permit, step) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute((at, unit, rule.word(), permit, step));
    }
    let Change::Overridden { rule, .. } = change else { return Ok(0) };
    conn.prepare_cached("INSERT INTO overridden (event, unit, at, rule) VALUES (?1, ?2, ?3, ?4)")?.execute((
        at,
        unit,
        event.stamp.at,
        rule.word(),
    ))
}

impl Writer {
    /// The permit of that number, into the facts.
    pub(super) fn permit(&mut self, permit: &PermitId, facts: &mut Facts) -> Result<(), Fault> {
        if facts.permit(permit).is_none() {
            facts.permits.extend(self.projector.permits.get(&self.reader.conn, permit)?);
        }
        Ok(())
    }

    /// The permits for a rule.
    pub(super) fn permits(&mut self, rule: Code, route: Option<&RouteId>, facts: &mut Facts) -> Result<(), Fault> {
        self.projector.permits.settle(&self.reader.conn)?;
        let mut statement = self.reader.conn.prepare_cached(OF_RULE)?;
        let rows = statement.query_map((rule.word(), route, PERMITS_TOLD_MOST), |row| row.get(0))?;
        let found: Vec<PermitId> = rows.collect::<rusqlite::Result<_>>()?;
        drop(statement);
        found.iter().try_for_each(|permit| self.permit(permit, facts))
    }

    /// How many overrides there were since a moment.
    pub(super) fn overrides(&self, since: At) -> Result<Overrides, Fault> {
        let (count, last) = self.reader.overrides_since(since)?;
        Ok(Overrides { since, count, last: last.map(|place| Link::Here(place.seq())) })
    }
}

/// A unit that is made under a permit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Under {
    /// The unit.
    pub unit: UnitId,
    /// The first step at which it was used.
    pub step: Option<StepId>,
}

impl Reader {
    /// How many overrides there were since a moment, and the last of them.
    pub fn overrides_since(&self, since: At) -> Result<(u32, Option<Place>), Fault> {
        let mut statement = self.conn.prepare_cached("SELECT count(*), max(event) FROM overridden WHERE at >= ?1")?;
        Ok(statement.query_row([since], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }

    /// Every permit, by number.
    pub fn permits(&self) -> Result<Vec<Permit>, Fault> {
        self.some("SELECT name, fold FROM permit ORDER BY name", [])
    }

    /// The permit of that number.
    pub fn permit(&self, permit: &PermitId) -> Result<Option<Permit>, Fault> {
        self.one(permit)
    }

    /// The units made under a permit after one of that number, so many.
    pub fn under(&self, permit: &PermitId, after: &str, limit: u32) -> Result<Vec<Under>, Fault> {
        let mut statement = self.conn.prepare_cached(UNDER)?;
        let rows =
            statement.query_map((permit, after, limit), |row| Ok(Under { unit: row.get(0)?, step: row.get(1)? }))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
