//! The tables made anew beside the old ones: as temporary tables of the same names.
//!
//! SQLite finds a temporary table before one of the ledger, so the very code that keeps the tables fills them, while
//! the log is still read from the ledger. Nothing of the ledger is written; it is not even open for that.

use rusqlite::Connection;

use crate::app::port::Fault;
use crate::domain::event::Event;
use crate::ledger::intake::Intake;
use crate::ledger::named::{self, Own};
use crate::ledger::place::{Place, SEQ_MOST};
use crate::ledger::projector::Projector;
use crate::ledger::reader::Reader;
use crate::ledger::schema::{self, PROJECTIONS, Shape};

/// Events after which what waits is written.
const EVENTS_A_TURN: u64 = 1_000;

/// Makes every table anew as a temporary one.
pub(super) fn make_anew(reader: &Reader) -> Result<(), Fault> {
    for shape in projections()? {
        if let Some(sql) = shape.sql.filter(|_| shape.kind == "table") {
            reader.conn.execute_batch(&sql.replacen("CREATE TABLE", "CREATE TEMP TABLE", 1))?;
        }
    }
    fill(reader)?;
    Ok(())
}

/// Everything that belongs to the tables that follow from the events, tables first.
pub(super) fn projections() -> Result<Vec<Shape>, Fault> {
    let mut shapes = schema::reference()?;
    shapes.retain(|shape| PROJECTIONS.iter().any(|p| p.table == shape.table));
    shapes.sort_by_key(|shape| shape.kind != "table");
    Ok(shapes)
}

/// Derives the rows of all tables from the log; how many events there were. What other ledgers told comes first, then
/// the own stream, which knew of all of it.
pub(super) fn fill(reader: &Reader) -> Result<u64, Fault> {
    let conn = &reader.conn;
    let own = Own::load(conn)?;
    let mut intake = Intake::new(own.clone());
    let mut events = 0;
    for stream in reader.streams()?.iter().filter(|s| own.as_ref().is_none_or(|own| own.id != s.id)) {
        events += walk(conn, own.as_ref(), stream.id, &mut intake)?;
    }
    intake.finish(conn)?;
    let mut projector = intake.into_projector();
    if let Some(own) = &own {
        events += walk(conn, Some(own), own.id, &mut projector)?;
    }
    projector.settle(conn)?;
    Ok(events)
}

/// Who derives rows from events.
trait Derive {
    fn apply(&mut self, conn: &Connection, at: Place, event: &Event) -> Result<(), Fault>;
    fn settle(&mut self, conn: &Connection) -> Result<(), Fault>;
}

impl Derive for Intake {
    fn apply(&mut self, conn: &Connection, at: Place, event: &Event) -> Result<(), Fault> {
        Self::apply(self, conn, at, event)
    }

    fn settle(&mut self, conn: &Connection) -> Result<(), Fault> {
        Self::settle(self, conn)
    }
}

impl Derive for Projector {
    fn apply(&mut self, conn: &Connection, at: Place, event: &Event) -> Result<(), Fault> {
        Self::apply(self, conn, at, event)
    }

    fn settle(&mut self, conn: &Connection) -> Result<(), Fault> {
        Self::settle(self, conn)
    }
}

/// The events of one stream, in their order; how many there were.
fn walk(conn: &Connection, own: Option<&Own>, stream: u32, to: &mut impl Derive) -> Result<u64, Fault> {
    let mut statement = conn.prepare("SELECT id, body, hash FROM event WHERE id >= ?1 AND id <= ?2 ORDER BY id")?;
    let mut rows = statement.query((Place::new(stream, 0), Place::new(stream, SEQ_MOST)))?;
    let mut events = 0;
    while let Some(row) = rows.next()? {
        let place: Place = row.get(0)?;
        let body = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
        to.apply(conn, place, &named::read(conn, own, place, body, named::hash_in(row, 2)?)?)?;
        events += 1;
        if events % EVENTS_A_TURN == 0 {
            to.settle(conn)?;
        }
    }
    Ok(events)
}
