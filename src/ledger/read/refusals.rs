//! Refusals and holds: what was not let through, and what is kept back.

use rusqlite::Row;

use crate::app::port::Fault;
use crate::domain::event::Event;
use crate::domain::id::{Badge, StationId, StepId, UnitId};
use crate::domain::time::At;
use crate::ledger::fault::unreadable_event;
use crate::ledger::place::Place;
use crate::ledger::read::events::capped;
use crate::ledger::reader::Reader;

/// A refusal at a glance; its evidence is in the event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusalRow {
    /// The event; the key to page by.
    pub place: Place,
    /// When.
    pub at: At,
    /// The code, as the contract has it.
    pub code: String,
    /// Where.
    pub station: Option<StationId>,
    /// About which unit.
    pub unit: Option<UnitId>,
    /// At which step.
    pub step: Option<StepId>,
    /// Who was told.
    pub by: Option<Badge>,
}

/// A hold that nobody has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoldRow {
    /// The event.
    pub place: Place,
    /// The unit.
    pub unit: UnitId,
    /// When.
    pub at: At,
    /// Who.
    pub by: Option<Badge>,
    /// Why.
    pub reason: Option<String>,
}

impl Reader {
    /// The refusals from a moment on, oldest first, after the one named, at most so many.
    pub fn refusals(&self, since: At, after: Option<(At, Place)>, limit: u32) -> Result<Vec<RefusalRow>, Fault> {
        let (at, place) = after.unwrap_or((At(i64::MIN), Place::START));
        let mut statement = self.conn.prepare_cached(
            "SELECT event, at, code, station, unit, step, badge FROM refusal
            WHERE at >= ?1 AND (at, event) > (?2, ?3) ORDER BY at, event LIMIT ?4",
        )?;
        let rows = statement.query_map((since.max(at), at, place, capped(limit)), refusal)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The latest refusals, newest first.
    pub fn latest_refusals(&self, limit: u32) -> Result<Vec<RefusalRow>, Fault> {
        let mut statement = self.conn.prepare_cached(
            "SELECT event, at, code, station, unit, step, badge FROM refusal ORDER BY event DESC LIMIT ?1",
        )?;
        let rows = statement.query_map([capped(limit)], refusal)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The holds that nobody has ended, oldest first.
    pub fn holds(&self) -> Result<Vec<HoldRow>, Fault> {
        let mut statement = self.conn.prepare_cached(
            "SELECT hold.event, unit.name, event.body FROM hold
            JOIN unit ON unit.id = hold.unit JOIN event ON event.id = hold.event
            WHERE hold.ended IS NULL ORDER BY hold.event",
        )?;
        let mut rows = statement.query([])?;
        let mut holds = Vec::new();
        while let Some(row) = rows.next()? {
            let (place, unit, body): (Place, UnitId, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let event = Event::read_outcome(&body).map_err(|e| unreadable_event(place.seq(), &e))?;
            holds.push(HoldRow { place, unit, at: event.stamp.at, by: event.about.by, reason: event.about.reason });
        }
        Ok(holds)
    }
}

pub(super) fn refusal(row: &Row<'_>) -> rusqlite::Result<RefusalRow> {
    Ok(RefusalRow {
        place: row.get(0)?,
        at: row.get(1)?,
        code: row.get(2)?,
        station: row.get(3)?,
        unit: row.get(4)?,
        step: row.get(5)?,
        by: row.get(6)?,
    })
}
