//! The tables, and how an older ledger becomes a newer one.
//!
//! `MIGRATIONS` only ever grows at its end: each entry brings a ledger from the version before it to its own, and
//! `user_version` counts those that were applied. A step that was released is never changed again, since ledgers exist
//! that have run it. All pending steps run in one EXCLUSIVE transaction: a ledger is of the old version or of the new.

use rusqlite::Connection;

use super::{labels, loads, lots, permits, recovered, second};
use crate::app::port::Fault;

/// Marks the file as a ledger: `TRVL`.
pub const APPLICATION_ID: i32 = 0x5452_564c;

/// A step from one version to the next.
struct Step {
    /// The tables and columns that it brings.
    sql: &'static str,
    /// Fills in what no SQL can.
    then: fn(&Connection) -> Result<(), Fault>,
}

/// Each step from one version to the next.
const MIGRATIONS: &[Step] = &[
    Step { sql: FIRST, then: |_empty| Ok(()) },
    Step { sql: SECOND, then: second::fill },
    Step { sql: THIRD, then: |_as_it_was| Ok(()) },
    Step { sql: PACKING, then: |_as_it_was| Ok(()) },
    Step { sql: permits::TABLES, then: |_none_yet| Ok(()) },
    Step { sql: "", then: recovered::fill },
    Step { sql: BATCHES, then: |_as_it_was| Ok(()) },
    Step { sql: labels::TABLES, then: |_none_yet| Ok(()) },
    Step { sql: loads::TABLES, then: loads::fill },
    Step { sql: lots::TABLES, then: lots::fill },
];

/// The log, and one row for each stream in it. Everything below follows from the log and can be made anew.
///
/// A unit's number is the place of the event that brought it into being. Keys are chosen so that what is written by
/// one action lies together, and every further index serves a question of people: a unit's name, units by state, units
/// that are due at a station, where a lot or a component was used, refusals by time.
pub(super) const FIRST: &str = "
CREATE TABLE stream (
    id INTEGER PRIMARY KEY,
    terminal TEXT NOT NULL,
    epoch TEXT NOT NULL,
    own INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL,
    at INTEGER,
    UNIQUE (terminal, epoch)
) STRICT;
CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    body TEXT NOT NULL,
    hash BLOB NOT NULL
) STRICT;

CREATE TABLE unit (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    route TEXT,
    revision TEXT,
    state TEXT NOT NULL,
    step TEXT,
    station TEXT,
    purpose TEXT NOT NULL,
    work_order TEXT,
    started INTEGER,
    changed INTEGER,
    head INTEGER,
    events INTEGER NOT NULL,
    open_station TEXT,
    open_by TEXT,
    open_at INTEGER
) STRICT;
CREATE INDEX unit_state ON unit (state);
CREATE INDEX unit_station ON unit (station) WHERE station IS NOT NULL;
CREATE TABLE unit_event (
    unit INTEGER NOT NULL,
    event INTEGER NOT NULL,
    PRIMARY KEY (unit, event)
) STRICT, WITHOUT ROWID;
CREATE TABLE station (
    name TEXT NOT NULL PRIMARY KEY,
    fold TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE person (
    badge TEXT NOT NULL PRIMARY KEY,
    lead INTEGER NOT NULL,
    fold TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE lot (
    name TEXT NOT NULL PRIMARY KEY,
    part TEXT NOT NULL,
    standing TEXT NOT NULL,
    fold TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE route (
    route TEXT NOT NULL,
    revision TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    released INTEGER NOT NULL REFERENCES event (id),
    withdrawn INTEGER REFERENCES event (id),
    PRIMARY KEY (route, revision)
) STRICT, WITHOUT ROWID;
CREATE TABLE step_result (
    event INTEGER PRIMARY KEY,
    unit INTEGER NOT NULL,
    step TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    passed INTEGER NOT NULL
) STRICT;
CREATE TABLE check_result (
    event INTEGER PRIMARY KEY,
    unit INTEGER NOT NULL,
    step TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    check_id TEXT NOT NULL,
    point TEXT,
    value TEXT NOT NULL,
    passed INTEGER NOT NULL,
    voided INTEGER
) STRICT;
CREATE TABLE material (
    unit INTEGER NOT NULL,
    event INTEGER NOT NULL,
    step TEXT NOT NULL,
    part TEXT NOT NULL,
    lot TEXT,
    serial TEXT,
    quantity INTEGER NOT NULL,
    out TEXT,
    out_event INTEGER,
    PRIMARY KEY (unit, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX material_lot ON material (lot) WHERE lot IS NOT NULL AND out IS NULL;
CREATE INDEX material_serial ON material (serial) WHERE serial IS NOT NULL;
CREATE TABLE hold (
    unit INTEGER NOT NULL,
    event INTEGER NOT NULL,
    ended INTEGER,
    PRIMARY KEY (unit, event)
) STRICT, WITHOUT ROWID;
CREATE TABLE refusal (
    event INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    code TEXT NOT NULL,
    station TEXT,
    unit TEXT,
    step TEXT,
    badge TEXT
) STRICT;
CREATE INDEX refusal_at ON refusal (at);
CREATE TABLE tally (
    quarter INTEGER NOT NULL,
    station TEXT NOT NULL,
    route TEXT NOT NULL,
    step TEXT NOT NULL,
    what TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (quarter, station, route, step, what)
) STRICT, WITHOUT ROWID;
";

/// What orders, gauges, samplings and the searches for material ask for.
///
/// An order is found by the form of its numbers, then by its first one: the index holds all that tells whether a
/// number lies within. A lot is found by its part and its last day, among those that may be used. A piece tells when,
/// by whom and how it went in, so that a tree of thousands is read without their events.
pub(super) const SECOND: &str = "
CREATE TABLE work_order (
    name TEXT NOT NULL PRIMARY KEY,
    route TEXT NOT NULL,
    revision TEXT NOT NULL,
    open INTEGER NOT NULL,
    form TEXT,
    first TEXT,
    last TEXT,
    fold TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX work_order_range ON work_order (form, open, first, last, route) WHERE form IS NOT NULL;
CREATE TABLE gauge (
    name TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    due TEXT NOT NULL,
    standing TEXT NOT NULL,
    fold TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE sampling (
    route TEXT NOT NULL,
    step TEXT NOT NULL,
    fold TEXT NOT NULL,
    PRIMARY KEY (route, step)
) STRICT, WITHOUT ROWID;
ALTER TABLE stream ADD COLUMN trusted INTEGER;
ALTER TABLE stream ADD COLUMN trusted_at INTEGER;
ALTER TABLE unit ADD COLUMN held INTEGER NOT NULL DEFAULT 0;
UPDATE unit SET held = 1 WHERE id IN (SELECT unit FROM hold WHERE ended IS NULL);
ALTER TABLE lot ADD COLUMN has_more INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lot ADD COLUMN expires TEXT;
ALTER TABLE lot ADD COLUMN supplier TEXT;
CREATE INDEX lot_part ON lot (part, expires) WHERE standing = 'free' AND has_more = 1;
CREATE INDEX lot_supplier ON lot (supplier) WHERE supplier IS NOT NULL;
ALTER TABLE material ADD COLUMN alternate TEXT;
ALTER TABLE material ADD COLUMN at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE material ADD COLUMN badge TEXT;
ALTER TABLE material ADD COLUMN how TEXT;
ALTER TABLE material ADD COLUMN out_at INTEGER;
";

/// What a ledger asks for that holds copies of other ledgers: whose record each of their events changes, so that a
/// subject of which several streams tell is made anew without the rest; and the order of a unit's events where their
/// places do not tell it. A ledger of one terminal has no rows in the one and no turns in the other.
pub(super) const THIRD: &str = "
CREATE TABLE subject_event (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    event INTEGER NOT NULL,
    PRIMARY KEY (kind, name, event)
) STRICT, WITHOUT ROWID;
ALTER TABLE unit_event ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;
";

/// What packing asks for: cartons and shipments, and of each unit where it is. A unit's carton stands in its own row,
/// so that a carton of thousands has nothing to rewrite.
pub(super) const PACKING: &str = "
CREATE TABLE carton (
    name TEXT NOT NULL PRIMARY KEY,
    closed INTEGER NOT NULL,
    shipment TEXT,
    fold TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX carton_shipment ON carton (shipment) WHERE shipment IS NOT NULL;
CREATE TABLE shipment (
    name TEXT NOT NULL PRIMARY KEY,
    customer TEXT NOT NULL,
    dispatched INTEGER NOT NULL,
    fold TEXT NOT NULL
) STRICT, WITHOUT ROWID;
ALTER TABLE unit ADD COLUMN carton TEXT;
ALTER TABLE unit ADD COLUMN shipment TEXT;
CREATE INDEX unit_carton ON unit (carton) WHERE carton IS NOT NULL;
CREATE INDEX unit_shipment ON unit (shipment) WHERE shipment IS NOT NULL;
";

/// Batches: how many pieces each has, and where the pieces come from. `event` is the one by which they came; all that
/// was in the other batch before it is in this one too.
pub(super) const BATCHES: &str = "
ALTER TABLE unit ADD COLUMN pieces INTEGER;
CREATE TABLE descent (
    unit INTEGER NOT NULL,
    event INTEGER NOT NULL,
    of TEXT NOT NULL,
    pieces INTEGER NOT NULL,
    PRIMARY KEY (unit, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX descent_of ON descent (of);
";

/// A table that follows from the events, and the columns that tell its rows apart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Projection {
    /// Its name.
    pub(super) table: &'static str,
    /// Its key; rows are read in this order.
    pub(super) key: &'static [&'static str],
}

/// Every table that follows from the events.
pub(super) const PROJECTIONS: &[Projection] = &[
    Projection { table: "unit", key: &["id"] },
    Projection { table: "unit_event", key: &["unit", "event"] },
    Projection { table: "subject_event", key: &["kind", "name", "event"] },
    Projection { table: "station", key: &["name"] },
    Projection { table: "person", key: &["badge"] },
    Projection { table: "lot", key: &["name"] },
    Projection { table: "work_order", key: &["name"] },
    Projection { table: "gauge", key: &["name"] },
    Projection { table: "carton", key: &["name"] },
    Projection { table: "shipment", key: &["name"] },
    Projection { table: "permit", key: &["name"] },
    Projection { table: "waived", key: &["event"] },
    Projection { table: "overridden", key: &["event"] },
    Projection { table: "sampling", key: &["route", "step"] },
    Projection { table: "route", key: &["route", "revision"] },
    Projection { table: "step_result", key: &["event"] },
    Projection { table: "check_result", key: &["event"] },
    Projection { table: "material", key: &["unit", "event"] },
    Projection { table: "descent", key: &["unit", "event"] },
    Projection { table: "load_event", key: &["load", "event"] },
    Projection { table: "lot_event", key: &["lot", "event"] },
    Projection { table: "tag", key: &["label", "unit", "event"] },
    Projection { table: "hold", key: &["unit", "event"] },
    Projection { table: "refusal", key: &["event"] },
    Projection { table: "tally", key: &["quarter", "station", "route", "step", "what"] },
];

/// The version that this program writes.
pub fn version() -> i32 {
    i32::try_from(MIGRATIONS.len()).unwrap_or(i32::MAX)
}

/// The version of a ledger: how many steps were applied.
pub(super) fn version_of(conn: &Connection) -> rusqlite::Result<i32> {
    conn.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Applies the steps that are missing. The caller holds an EXCLUSIVE transaction.
pub(super) fn migrate(conn: &Connection) -> Result<(), Fault> {
    let done = usize::try_from(version_of(conn)?).unwrap_or(0);
    for step in MIGRATIONS.iter().skip(done) {
        conn.execute_batch(step.sql)?;
        (step.then)(conn)?;
    }
    if done < MIGRATIONS.len() {
        conn.pragma_update(None, "application_id", APPLICATION_ID)?;
        conn.pragma_update(None, "user_version", version())?;
    }
    Ok(())
}

/// What one table or index looks like.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Shape {
    /// Its name.
    pub(super) name: String,
    /// `table`, `index`, `trigger` or `view`.
    pub(super) kind: String,
    /// The table it belongs to.
    pub(super) table: String,
    /// The text that made it; none for what SQLite made itself.
    pub(super) sql: Option<String>,
}

/// Every table and index of a database.
pub(super) fn shapes(conn: &Connection) -> rusqlite::Result<Vec<Shape>> {
    let mut rows = conn.prepare("SELECT name, type, tbl_name, sql FROM main.sqlite_schema ORDER BY name")?;
    let shapes = rows.query_map([], |row| {
        Ok(Shape { name: row.get(0)?, kind: row.get(1)?, table: row.get(2)?, sql: row.get(3)? })
    })?;
    // Statistics are the administrator's own business and change no answer.
    shapes.filter(|shape| shape.as_ref().map_or(true, |s| !s.name.starts_with("sqlite_stat"))).collect()
}

/// Every table and index as this program makes them.
pub(super) fn reference() -> Result<Vec<Shape>, Fault> {
    let empty = super::open::in_memory()?;
    migrate(&empty)?;
    Ok(shapes(&empty)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn migrating_twice_changes_nothing() {
        let conn = super::super::open::in_memory().unwrap();
        migrate(&conn).unwrap();
        let once = shapes(&conn).unwrap();
        migrate(&conn).unwrap();
        assert_eq!(shapes(&conn).unwrap(), once);
        assert_eq!(version_of(&conn).unwrap(), version());
    }

    #[test]
    fn every_table_but_the_log_is_listed_with_its_key() {
        let conn = super::super::open::in_memory().unwrap();
        migrate(&conn).unwrap();
        let mut tables: Vec<String> =
            shapes(&conn).unwrap().into_iter().filter(|s| s.kind == "table").map(|s| s.name).collect();
        tables.retain(|name| name != "stream" && name != "event");
        let mut listed: Vec<&str> = PROJECTIONS.iter().map(|p| p.table).collect();
        listed.sort_unstable();
        assert_eq!(tables, listed);
        for projection in PROJECTIONS {
            let keys: Vec<String> = conn
                .prepare("SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk")
                .unwrap()
                .query_map([projection.table], |row| row.get(0))
                .unwrap()
                .collect::<rusqlite::Result<_>>()
                .unwrap();
            assert_eq!(keys, projection.key, "{}", projection.table);
        }
    }
}
