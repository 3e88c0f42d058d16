//! The tables made anew beside the old ones: as temporary tables of the same names.
//!
//! SQLite finds a temporary table before one of the ledger, so the very code that keeps the tables fills them, while
//! the log is still read from the ledger. Nothing of the ledger is written; it is not even open for that.

use rusqlite::Connection;

use crate::app::port::Fault;
use crate::domain::event::Event;
use crate::ledger::chain::Hash;
use crate::ledger::intake::Intake;
use crate::ledger::named::{self, Lately, Own};
use crate::ledger::place::{Place, SEQ_MOST};
use crate::ledger::reader::{Reader, Stream};
use crate::ledger::schema::{self, PROJECTIONS, Shape};

/// Events after which what waits is written.
const EVENTS_A_TURN: u64 = 1_000;

/// KiB of pages of the temporary tables that are kept in memory.
const CACHE_KIB: u32 = 12_288;

/// Makes every table as an empty temporary one.
pub(super) fn empty(reader: &Reader) -> Result<(), Fault> {
    reader.conn.pragma_update(Some("temp"), "cache_size", -i64::from(CACHE_KIB))?;
    for shape in projections()? {
        if let Some(sql) = shape.sql.filter(|_| shape.kind == "table") {
            reader.conn.execute_batch(&sql.replacen("CREATE TABLE", "CREATE TEMP TABLE", 1))?;
        }
    }
    Ok(())
}

/// Everything that belongs to the tables that follow from the events, tables first.
pub(super) fn projections() -> Result<Vec<Shape>, Fault> {
    let mut shapes = schema::reference()?;
    shapes.retain(|shape| PROJECTIONS.iter().any(|p| p.table == shape.table));
    shapes.sort_by_key(|shape| shape.kind != "table");
    Ok(shapes)
}

/// The streams in the order in which their events are derived from: what other ledgers told comes first, then the own
/// stream, which knew of all of it.
pub(super) fn in_order(reader: &Reader) -> Result<Vec<Stream>, Fault> {
    let own = Own::load(&reader.conn)?;
    let mut streams = reader.streams()?;
    streams.sort_by_key(|s| own.as_ref().is_some_and(|own| own.id == s.id));
    Ok(streams)
}

/// Derives the rows of all tables from the log; how many events there were.
pub(super) fn fill(reader: &Reader) -> Result<u64, Fault> {
    let conn = &reader.conn;
    let mut filling = Filling::begin(reader)?;
    for stream in in_order(reader)? {
        let mut statement = conn.prepare("SELECT id, body, hash FROM event WHERE id >= ?1 AND id <= ?2 ORDER BY id")?;
        let mut rows = statement.query((Place::new(stream.id, 0), Place::new(stream.id, SEQ_MOST)))?;
        while let Some(row) = rows.next()? {
            let (place, hash): (Place, _) = (row.get(0)?, named::hash_in(row, 2)?);
            let body = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
            filling.apply(place, named::outcome(place, body)?, hash)?;
        }
    }
    filling.finish()
}

/// Tables that are being filled from the events of one stream after the other.
pub(super) struct Filling<'c> {
    conn: &'c Connection,
    own: Option<Own>,
    lately: Lately,
    intake: Intake,
    is_own: bool,
    events: u64,
}

impl<'c> Filling<'c> {
    /// Nothing yet.
    pub(super) fn begin(reader: &'c Reader) -> Result<Self, Fault> {
        let conn = &reader.conn;
        let own = Own::load(conn)?;
        Ok(Self { conn, intake: Intake::new(own.clone()), own, lately: Lately::default(), is_own: false, events: 0 })
    }

    /// Derives what follows from the next event.
    pub(super) fn apply(&mut self, at: Place, event: Event, hash: Hash) -> Result<(), Fault> {
        self.lately.note(at, hash);
        let event = named::called(self.conn, (self.own.as_ref(), &self.lately), at, event, hash)?;
        let is_own = self.own.as_ref().is_some_and(|own| own.id == at.stream());
        if is_own && !std::mem::replace(&mut self.is_own, true) {
            self.intake.finish(self.conn)?;
        }
        if is_own {
            self.intake.apply_own(self.conn, at, &event)?;
        } else {
            self.intake.apply(self.conn, at, &event)?;
        }
        self.events += 1;
        if self.events.is_multiple_of(EVENTS_A_TURN) {
            self.intake.settle(self.conn)?;
        }
        Ok(())
    }

    /// Writes what is left; how many events there were.
    pub(super) fn finish(mut self) -> Result<u64, Fault> {
        self.intake.finish(self.conn)?;
        Ok(self.events)
    }
}
