//! Loads: which events tell of which, and what is asked of them.

use rusqlite::Connection;

use super::named::{each_outcome, outcome};
use super::place::Place;
use super::reader::Reader;
use crate::app::port::Fault;
use crate::domain::event::Event;
use crate::domain::load_record::LoadRecord;
use crate::domain::projection::{Change, changes};

/// The events of each load. The load itself follows from them.
pub(super) const TABLES: &str = "
CREATE TABLE load_event (
    load TEXT NOT NULL,
    event INTEGER NOT NULL,
    PRIMARY KEY (load, event)
) STRICT, WITHOUT ROWID;
";

const NEWEST: &str = "SELECT load FROM load_event GROUP BY load HAVING ?1 IS NULL OR min(event) < ?1
    ORDER BY min(event) DESC LIMIT ?2";
const FIRST: &str = "SELECT min(event) FROM load_event WHERE load = ?1";
const OF_LOAD: &str = "SELECT event.id, event.body FROM load_event JOIN event ON event.id = load_event.event
    WHERE load_event.load = ?1 ORDER BY load_event.event";
const OLDER: &str = "SELECT id, body FROM event WHERE instr(body, '\"load\":\"') ORDER BY id";

/// An event tells of a load.
pub(super) fn told(conn: &Connection, at: Place, load: &str) -> rusqlite::Result<usize> {
    conn.prepare_cached("INSERT INTO load_event (load, event) VALUES (?1, ?2)")?.execute((load, at))
}

/// Fills in what an older program did not keep.
pub(super) fn fill(conn: &Connection) -> Result<(), Fault> {
    each_outcome(conn, OLDER, |place, event| {
        for change in changes(event) {
            if let Change::Load(load) = change {
                told(conn, place, &load)?;
            }
        }
        Ok(())
    })
}

impl Reader {
    /// The load of that number.
    pub fn load(&self, load: &str) -> Result<Option<LoadRecord>, Fault> {
        let mut statement = self.conn.prepare_cached(OF_LOAD)?;
        let rows = statement.query_map([load], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let rows: Vec<(Place, String)> = rows.collect::<rusqlite::Result<_>>()?;
        let events = rows.iter().map(|(place, body)| outcome(*place, body)).collect::<Result<Vec<Event>, Fault>>()?;
        Ok(LoadRecord::of(load, &events))
    }

    /// Loads, the newest first, at most so many: from the beginning, or those before one.
    pub fn loads(&self, before: Option<&str>, limit: u32) -> Result<Vec<LoadRecord>, Fault> {
        let first =
            |load: &str| self.conn.prepare_cached(FIRST)?.query_row([load], |row| row.get::<_, Option<Place>>(0));
        let before = before.map(first).transpose()?.flatten();
        let mut statement = self.conn.prepare_cached(NEWEST)?;
        let names = statement.query_map((before, limit), |row| row.get(0))?;
        let names: Vec<String> = names.collect::<rusqlite::Result<_>>()?;
        names.iter().filter_map(|load| self.load(load).transpose()).collect()
    }
}
