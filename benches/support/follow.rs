//! A bare database that follows a ledger: what was added to the ledger is read, and inserted by nothing but SQLite.

use std::collections::HashMap;
use std::path::Path;

use rusqlite::Connection;
use rusqlite::types::Value;

use super::Outcome;
use super::bare::{self, TableOf, copy_schema, put, row_of};
use super::sample::timed;

/// Rows of one table, and the statement that puts each in its place.
pub(crate) struct Load {
    put: String,
    rows: Vec<Vec<Value>>,
}

/// The ledger as it is read, and the bare database.
pub(crate) struct Follower {
    reads: Connection,
    bare: Connection,
    tables: Vec<TableOf>,
    /// The last event that was read.
    last: i64,
    /// What stood in the tables whose rows change, by key.
    known: HashMap<String, Vec<Vec<Value>>>,
}

impl Follower {
    /// Follows a ledger from its beginning, into an empty database.
    pub(crate) fn new(ledger: &Path, into: &Path, page_cache_kib: u32) -> Outcome<Self> {
        let (reads, bare) = (bare::open(ledger, page_cache_kib)?, bare::open(into, page_cache_kib)?);
        copy_schema(&reads, &bare)?;
        let tables = bare::tables(&reads)?;
        Ok(Self { reads, bare, tables, last: 0, known: HashMap::new() })
    }

    /// The rows that events added since the last time, in the order in which they arose; each once.
    pub(crate) fn added(&mut self) -> Outcome<Vec<Load>> {
        let mut loads = Vec::new();
        for table in &self.tables {
            if let Some(query) = added(table) {
                let put = table.insert();
                loads.push(Load { put, rows: read(&self.reads, table, &query, self.last)? });
            }
        }
        self.last = self.reads.query_row("SELECT max(id) FROM event", [], |row| row.get(0))?;
        Ok(loads)
    }

    /// The rows that were added or set since the last time.
    pub(crate) fn changed(&mut self) -> Outcome<Vec<Load>> {
        let before = self.last;
        let mut loads = self.added()?;
        for table in &self.tables {
            let columns = table.columns("t");
            let name = &table.name;
            let query = match name.as_str() {
                "unit" => format!(
                    "SELECT DISTINCT {columns} FROM event e JOIN unit t ON t.name = json_extract(e.body, '$.unit')
                    WHERE e.id > ?1 AND t.id <= ?1"
                ),
                "tally" => format!(
                    "SELECT {columns} FROM tally t WHERE quarter >= (SELECT max(quarter) FROM tally) AND ?1 = ?1"
                ),
                _ if added(table).is_none() => format!("SELECT {columns} FROM {name} t WHERE ?1 = ?1"),
                _ => continue,
            };
            let mut rows = read(&self.reads, table, &query, before)?;
            if name != "unit" {
                let known = self.known.entry(name.clone()).or_default();
                let all = rows.clone();
                rows.retain(|row| !known.contains(row));
                *known = all;
            }
            loads.push(Load { put: table.upsert(), rows });
        }
        Ok(loads)
    }

    /// The tables that have no order of their own: few rows, and changed all along.
    pub(crate) fn others(&self) -> Outcome<Vec<Load>> {
        let mut loads = Vec::new();
        for table in self.tables.iter().filter(|t| added(t).is_none()) {
            let query = format!("SELECT {} FROM {} t WHERE ?1 = ?1", table.columns("t"), table.name);
            loads.push(Load { put: table.insert(), rows: read(&self.reads, table, &query, 0)? });
        }
        Ok(loads)
    }

    /// Puts rows into the bare database in one transaction: how long it takes.
    pub(crate) fn put(&self, loads: &[Load]) -> Outcome<u64> {
        let (nanos, done) = timed(|| transaction(&self.bare, loads));
        done?;
        Ok(nanos)
    }
}

/// How many rows there are.
pub(crate) fn count(loads: &[Load]) -> u64 {
    loads.iter().map(|load| u64::try_from(load.rows.len()).unwrap_or(0)).sum()
}

/// The rows that events after `?1` added to a table; none where a row does not belong to one event.
fn added(table: &TableOf) -> Option<String> {
    let (name, columns) = (&table.name, table.columns("t"));
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

fn read(from: &Connection, table: &TableOf, query: &str, after: i64) -> Outcome<Vec<Vec<Value>>> {
    let mut statement = from.prepare_cached(query)?;
    let rows = statement.query_map([after], |row| row_of(row, table.columns.len()))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn transaction(to: &Connection, loads: &[Load]) -> Outcome<()> {
    to.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
    for load in loads.iter().filter(|load| !load.rows.is_empty()) {
        let mut statement = to.prepare_cached(&load.put)?;
        for row in &load.rows {
            put(&mut statement, row)?;
        }
    }
    to.prepare_cached("COMMIT")?.execute([])?;
    Ok(())
}
