//! The tables made anew beside the old ones: as temporary tables of the same names.
//!
//! SQLite finds a temporary table before one of the ledger, so the very code that keeps the tables fills them, while
//! the log is still read from the ledger. Nothing of the ledger is written; it is not even open for that.

use crate::app::port::Fault;
use crate::domain::event::Event;
use crate::ledger::fault::unreadable_event;
use crate::ledger::place::Place;
use crate::ledger::projector::Projector;
use crate::ledger::reader::Reader;
use crate::ledger::schema::{self, PROJECTIONS, Shape};

/// Events after which what waits is written.
pub(super) const EVENTS_A_TURN: u32 = 1_000;

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

/// Derives the rows of all tables from the log, in the order of the log; how many events there were.
pub(super) fn fill(reader: &Reader) -> Result<u64, Fault> {
    let conn = &reader.conn;
    let mut projector = Projector::new();
    let mut statement = conn.prepare("SELECT id, body FROM event ORDER BY id")?;
    let mut rows = statement.query([])?;
    let (mut events, mut turn) = (0, 0);
    while let Some(row) = rows.next()? {
        let place: Place = row.get(0)?;
        let body = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
        let event = Event::read_outcome(body).map_err(|e| unreadable_event(place.seq(), &e))?;
        projector.apply(conn, place, &event)?;
        events += 1;
        turn += 1;
        if turn == EVENTS_A_TURN {
            projector.settle(conn)?;
            turn = 0;
        }
    }
    projector.settle(conn)?;
    Ok(events)
}
