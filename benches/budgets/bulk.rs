//! Bulk work: a plant played through the gate, against the same rows inserted bare in transactions of the same size.
//!
//! After each commit of the play, the rows that it added are read, and inserted into a database of the same tables and
//! indexes in one transaction; so both meet the same moments of the machine.

use std::path::Path;
use std::sync::Arc;

use rusqlite::Connection;
use rusqlite::types::Value;
use traveller::app::port::{Fault, Head, Ledger};
use traveller::demo;
use traveller::domain::event::Event;
use traveller::domain::facts::{Ask, Facts};
use traveller::domain::id::{Revision, RouteId, StationId, UnitId};
use traveller::domain::route::Route;
use traveller::domain::station::Station;
use traveller::domain::traveller::Traveller;
use traveller::ledger::Writer;

use super::support::Outcome;
use super::support::bare::{self, TableOf, copy_schema, put, row_of};
use super::support::plant::{self, FilePins, Home, PAGE_CACHE_KIB};
use super::support::sample::timed;
use super::support::table::{Budget, Table};

/// Measures the rate of rows.
pub(crate) fn measure(table: &mut Table, units: u64) -> Outcome<()> {
    let home = Home::new("bulk")?;
    let path = home.file("ledger.db");
    let options = plant::options(units)?;
    let writer = plant::begin(&path, &options, PAGE_CACHE_KIB)?;
    let mut both = Both::new(writer, &path, &home.file("bare.db"))?;
    let mut pins = FilePins::at(&path);
    let (whole, played) = timed(|| demo::play(&mut both, &mut pins, &demo::examples(), &options));
    let played = played?;
    both.add_the_rest()?;
    let played_in = whole - both.aside;
    let rate = |nanos: u64| both.rows.saturating_mul(1_000_000_000) / nanos.max(1);
    let what = format!("bulk, {units} units, {} actions: rows", played.actions);
    table.line(&what, (rate(played_in), rate(both.bare_in)), "/s", Budget::Least(30));
    table.line("  of that, an action", (played_in / played.actions, both.bare_in / played.actions), "ns", Budget::None);
    Ok(())
}

/// The ledger, and the bare database beside it.
struct Both {
    writer: Writer,
    reads: Connection,
    bare: Connection,
    tables: Vec<TableOf>,
    /// The last event that the bare database has.
    last: i64,
    rows: u64,
    /// Time for bare inserts, and for everything that is no part of the play.
    bare_in: u64,
    aside: u64,
}

impl Both {
    fn new(writer: Writer, ledger: &Path, bare: &Path) -> Outcome<Self> {
        let (reads, bare) = (bare::open(ledger, PAGE_CACHE_KIB)?, bare::open(bare, PAGE_CACHE_KIB)?);
        copy_schema(&reads, &bare)?;
        let tables = bare::tables(&reads)?;
        Ok(Self { writer, reads, bare, tables, last: 0, rows: 0, bare_in: 0, aside: 0 })
    }

    /// Inserts what the last commit added.
    fn follow(&mut self) -> Outcome<()> {
        let added: Vec<(TableOf, String)> =
            self.tables.iter().filter_map(|t| added(t).map(|query| (t.clone(), query))).collect();
        self.insert(&added)?;
        self.last = self.reads.query_row("SELECT max(id) FROM event", [], |row| row.get(0))?;
        Ok(())
    }

    /// Inserts the rows of tables that have no order of their own: few, and changed all along.
    fn add_the_rest(&mut self) -> Outcome<()> {
        let others = self.tables.iter().filter(|t| added(t).is_none());
        let all = others.map(|t| (t.clone(), format!("SELECT {} FROM {} WHERE ?1 = ?1", t.columns.join(", "), t.name)));
        let all: Vec<_> = all.collect();
        self.insert(&all)
    }

    fn insert(&mut self, queries: &[(TableOf, String)]) -> Outcome<()> {
        let mut loads = Vec::new();
        for (table, query) in queries {
            let mut statement = self.reads.prepare_cached(query)?;
            let rows = statement.query_map([self.last], |row| row_of(row, table.columns.len()))?;
            loads.push((table.insert(), rows.collect::<Result<Vec<_>, _>>()?));
        }
        self.rows += loads.iter().map(|(_, rows)| u64::try_from(rows.len()).unwrap_or(0)).sum::<u64>();
        let (nanos, inserted) = timed(|| insert(&self.bare, &loads));
        self.bare_in += nanos;
        inserted
    }
}

/// The rows that a commit added to a table, in the order in which they arose; none where that cannot be told.
fn added(table: &TableOf) -> Option<String> {
    let columns: Vec<String> = table.columns.iter().map(|c| format!("t.{c}")).collect();
    let (name, columns) = (&table.name, columns.join(", "));
    let key: Vec<&str> = table.key.iter().map(String::as_str).collect();
    match key.as_slice() {
        ["id"] if name != "stream" => Some(format!("SELECT {columns} FROM {name} t WHERE id > ?1 ORDER BY id")),
        ["event"] => Some(format!("SELECT {columns} FROM {name} t WHERE event > ?1 ORDER BY event")),
        ["unit", "event"] => Some(format!(
            "SELECT {columns} FROM event e JOIN unit u ON u.name = json_extract(e.body, '$.unit')
            JOIN {name} t ON t.unit = u.id AND t.event = e.id WHERE e.id > ?1 ORDER BY e.id"
        )),
        _ => None,
    }
}

fn insert(to: &Connection, loads: &[(String, Vec<Vec<Value>>)]) -> Outcome<()> {
    to.execute_batch("BEGIN IMMEDIATE")?;
    for (insert, rows) in loads {
        let mut statement = to.prepare_cached(insert)?;
        for row in rows {
            put(&mut statement, row)?;
        }
    }
    Ok(to.execute_batch("COMMIT")?)
}

impl Ledger for Both {
    fn begin(&mut self) -> Result<(), Fault> {
        self.writer.begin()
    }

    fn head(&mut self) -> Result<Head, Fault> {
        Ledger::head(&mut self.writer)
    }

    fn station(&mut self, station: &StationId) -> Result<Station, Fault> {
        self.writer.station(station)
    }

    fn traveller(&mut self, unit: &UnitId) -> Result<Arc<Traveller>, Fault> {
        self.writer.traveller(unit)
    }

    fn route(&mut self, route: &RouteId, revision: &Revision) -> Result<Option<Arc<Route>>, Fault> {
        self.writer.route(route, revision)
    }

    fn answer(&mut self, ask: &Ask, facts: &mut Facts) -> Result<(), Fault> {
        self.writer.answer(ask, facts)
    }

    fn append(&mut self, events: &[Event]) -> Result<(), Fault> {
        self.writer.append(events)
    }

    fn commit(&mut self) -> Result<Head, Fault> {
        let head = self.writer.commit()?;
        let (nanos, followed) = timed(|| self.follow());
        self.aside += nanos;
        followed.map_err(|e| Fault::new(e.to_string(), "look at the bench"))?;
        Ok(head)
    }

    fn rollback(&mut self) {
        self.writer.rollback();
    }
}
