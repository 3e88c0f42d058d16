//! What lies around the record of a unit: its events beside its fold, and numbers that say the same in two formats.

use rusqlite::OptionalExtension as _;

use crate::app::port::Fault;
use crate::domain::causal::History;
use crate::domain::event::Event;
use crate::domain::id::UnitId;
use crate::domain::traveller::Traveller;
use crate::domain::what::Fate;
use crate::ledger::named::Own;
use crate::ledger::reader::Reader;
use crate::ledger::sql;

/// Numbers without what people leave out or add: capitals, marks between the digits, the GTIN before a serial number.
/// The sorting is SQLite's, which goes to the disk where there is much.
const TWICE: &str = "WITH number (kind, name) AS (
        SELECT 'unit', name FROM unit
        UNION SELECT 'unit', serial FROM material WHERE serial IS NOT NULL AND out IS NOT 'voided'
        UNION SELECT 'lot', name FROM lot
    ), plain (kind, name, says) AS (
        SELECT kind, name, upper(replace(replace(replace(replace(replace(
            CASE WHEN name GLOB '(01)??????????????(21)?*' THEN substr(name, 23) ELSE name END,
            '-', ''), ' ', ''), '.', ''), '/', ''), '_', '')) FROM number
    )
    SELECT kind, min(name), max(name) FROM plain GROUP BY kind, says HAVING count(*) > 1 ORDER BY 1, 2 LIMIT ?1";

/// The last installation of a component, and what became of it; one that it is still in comes first.
const LAST_IN: &str = "SELECT out FROM material WHERE serial = ?1 AND out IS NOT 'voided'
    ORDER BY out IS NULL DESC, event DESC LIMIT 1";

/// Two numbers that say the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twice {
    /// `unit` (also of a component) or `lot`.
    pub kind: String,
    /// The one, the first of all in their order.
    pub one: String,
    /// The other, the last of all.
    pub other: String,
}

/// Everything on record about a unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Folded.
    pub traveller: Traveller,
    /// Event by event, without what each was decided on.
    pub events: Vec<Event>,
    /// The same events as they are stored.
    pub bodies: Vec<String>,
}

/// Where a component is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whereabouts {
    /// It was never in anything.
    Nowhere,
    /// In a unit.
    Inside,
    /// It was taken out, and that became of it.
    Out(Fate),
}

impl Reader {
    /// Where a component is, by the records of the units that it went into.
    pub fn whereabouts(&self, component: &UnitId) -> Result<Whereabouts, Fault> {
        let mut statement = self.conn.prepare_cached(LAST_IN)?;
        let out: Option<Option<String>> = statement.query_row([component], |row| row.get(0)).optional()?;
        Ok(match out {
            None => Whereabouts::Nowhere,
            Some(out) => out.as_deref().and_then(sql::fate).map_or(Whereabouts::Inside, Whereabouts::Out),
        })
    }

    /// A unit's history: folded, event by event, and as it is stored. None where it is not on record.
    pub fn record(&self, unit: &UnitId) -> Result<Option<Record>, Fault> {
        let _moment = self.moment()?;
        let own = Own::load(&self.conn)?;
        let mut fold = History::new(Traveller::unborn(unit.clone()));
        let (mut events, mut bodies) = (Vec::new(), Vec::new());
        for stored in self.history(unit)? {
            let event = stored.named(self, own.as_ref())?;
            fold.apply(&event);
            events.push(event);
            bodies.push(stored.body);
        }
        Ok((!events.is_empty()).then(|| Record { traveller: fold.told(), events, bodies }))
    }

    /// The numbers that are on record in two formats, at most so many.
    pub fn numbers_twice(&self, limit: u32) -> Result<Vec<Twice>, Fault> {
        let mut statement = self.conn.prepare_cached(TWICE)?;
        let rows = statement
            .query_map([limit], |row| Ok(Twice { kind: row.get(0)?, one: row.get(1)?, other: row.get(2)? }))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
