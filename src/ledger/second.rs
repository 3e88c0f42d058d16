//! What the second version of the tables keeps beside the first: filled in from the events of an older ledger.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension as _};

use super::fault::unreadable_event;
use super::folds::{self, Fold as _};
use super::place::{Place, SEQ_MOST};
use crate::app::port::Fault;
use crate::domain::event::Event;
use crate::domain::id::LotId;
use crate::domain::lot::Lot;
use crate::domain::time::Clock;
use crate::domain::what::What;

/// Pieces that are read before they are written: what is gone through does not change meanwhile.
const PIECES_A_TURN: u32 = 1_000;

/// Fills in the columns that the first version did not have. Orders, gauges and samplings it knew none.
pub(super) fn fill(conn: &Connection) -> Result<(), Fault> {
    lots(conn)?;
    pieces(conn)?;
    streams(conn)
}

/// A lot now tells who delivered it, which only the event of its receipt says.
fn lots(conn: &Connection) -> Result<(), Fault> {
    let mut suppliers: HashMap<LotId, Option<String>> = HashMap::new();
    let mut statement = conn.prepare("SELECT id, body FROM event WHERE instr(body, '\"lot-received\"') ORDER BY id")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (place, body): (Place, String) = (row.get(0)?, row.get(1)?);
        if let What::LotReceived(received) = read(place, &body)?.what {
            suppliers.insert(received.lot, received.supplier);
        }
    }
    let mut statement = conn.prepare("SELECT fold FROM lot")?;
    let kept: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    for text in kept {
        let mut lot: Lot = folds::read("", &text)?;
        lot.supplier = suppliers.get(&lot.lot).cloned().flatten();
        lot.write(conn, &lot.lot, &folds::written(&lot.lot, &lot)?)?;
    }
    Ok(())
}

/// A piece now tells when, by whom and how it went in, and when it came out.
fn pieces(conn: &Connection) -> Result<(), Fault> {
    let mut page = conn.prepare(
        "SELECT unit, event, out_event FROM material WHERE (unit, event) > (?1, ?2) ORDER BY unit, event LIMIT ?3",
    )?;
    let mut update =
        conn.prepare("UPDATE material SET at = ?3, badge = ?4, how = ?5, out_at = ?6 WHERE unit = ?1 AND event = ?2")?;
    let mut after = (Place::START, Place::START);
    loop {
        let rows = page.query_map((after.0, after.1, PIECES_A_TURN), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        let rows: Vec<(Place, Place, Option<Place>)> = rows?.collect::<rusqlite::Result<_>>()?;
        let Some(&(unit, event, _)) = rows.last() else { return Ok(()) };
        after = (unit, event);
        for (unit, place, out) in rows {
            let event = at(conn, place)?;
            let out_at = out.map(|out| at(conn, out)).transpose()?.map(|event| event.stamp.at);
            update.execute((unit, place, event.stamp.at, &event.about.by, super::sql::how(&event), out_at))?;
        }
    }
}

/// A stream now tells its newest moment that can be trusted. A trusted clock never went back behind the record, so
/// that moment is the last of its kind.
fn streams(conn: &Connection) -> Result<(), Fault> {
    let streams: Vec<u32> =
        conn.prepare("SELECT id FROM stream")?.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    for stream in streams {
        let mut newest_first =
            conn.prepare("SELECT id, body FROM event WHERE id >= ?1 AND id <= ?2 ORDER BY id DESC")?;
        let mut rows = newest_first.query((Place::new(stream, 0), Place::new(stream, SEQ_MOST)))?;
        while let Some(row) = rows.next()? {
            let (place, body): (Place, String) = (row.get(0)?, row.get(1)?);
            let stamp = read(place, &body)?.stamp;
            if stamp.clock != Clock::Doubt {
                conn.execute(
                    "UPDATE stream SET trusted = ?2, trusted_at = ?3 WHERE id = ?1",
                    (stream, place, stamp.at),
                )?;
                break;
            }
        }
    }
    Ok(())
}

fn at(conn: &Connection, place: Place) -> Result<Event, Fault> {
    let mut statement = conn.prepare_cached("SELECT body FROM event WHERE id = ?1")?;
    let body: Option<String> = statement.query_row([place], |row| row.get(0)).optional()?;
    read(place, &body.ok_or_else(|| unreadable_event(place.seq(), &"it is not in the log"))?)
}

fn read(place: Place, body: &str) -> Result<Event, Fault> {
    Event::read_outcome(body).map_err(|e| unreadable_event(place.seq(), &e))
}
