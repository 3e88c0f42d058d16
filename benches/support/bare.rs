//! The baseline: a database with the ledger's own tables and indexes, and rows inserted into it by nothing but SQLite.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::types::Value;
use rusqlite::{CachedStatement, Connection, params_from_iter};

use super::Outcome;

/// A table of the ledger.
#[derive(Debug, Clone)]
pub(crate) struct TableOf {
    /// Its name.
    pub(crate) name: String,
    /// Its columns.
    pub(crate) columns: Vec<String>,
    /// Those of its key.
    pub(crate) key: Vec<String>,
}

impl TableOf {
    /// Its columns, to select by an alias.
    pub(crate) fn columns(&self, alias: &str) -> String {
        self.columns.iter().map(|c| format!("{alias}.{c}")).collect::<Vec<_>>().join(", ")
    }

    /// Inserts a row.
    pub(crate) fn insert(&self) -> String {
        let holes: Vec<String> = (1..=self.columns.len()).map(|n| format!("?{n}")).collect();
        format!("INSERT INTO {} ({}) VALUES ({})", self.name, self.columns.join(", "), holes.join(", "))
    }

    /// Inserts a row, or sets the one that has its key.
    pub(crate) fn upsert(&self) -> String {
        let others = self.columns.iter().filter(|c| !self.key.contains(c));
        let set: Vec<String> = others.map(|c| format!("{c} = excluded.{c}")).collect();
        // Where all of a row is its key, one that is there is that row.
        let other = if set.is_empty() { "NOTHING".to_owned() } else { format!("UPDATE SET {}", set.join(", ")) };
        format!("{} ON CONFLICT ({}) DO {other}", self.insert(), self.key.join(", "))
    }
}

/// Opens a database as the ledger opens its own.
#[expect(clippy::disallowed_methods, reason = "the baseline is SQLite alone, with the ledger's settings")]
pub(crate) fn open(path: &Path, page_cache_kib: u32) -> Outcome<Connection> {
    let conn = Connection::open(path)?;
    conn.busy_timeout(Duration::from_secs(5))?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.query_row("PRAGMA journal_mode = WAL", [], |_row| Ok(()))?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.pragma_update(None, "cell_size_check", true)?;
    conn.pragma_update(None, "journal_size_limit", 8 << 20)?;
    conn.pragma_update(None, "cache_size", -i64::from(page_cache_kib))?;
    conn.set_prepared_statement_cache_capacity(96);
    Ok(conn)
}

/// Makes the ledger's tables and indexes, by its own DDL.
pub(crate) fn copy_schema(from: &Connection, to: &Connection) -> Outcome<()> {
    let mut statement = from.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid")?;
    let all: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(to.execute_batch(&all.join(";\n"))?)
}

/// Every table of the ledger.
pub(crate) fn tables(conn: &Connection) -> Outcome<Vec<TableOf>> {
    let mut statement = conn.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid")?;
    let names: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let about = |name: String| {
        let mut statement = conn.prepare("SELECT name, pk FROM pragma_table_info(?1) ORDER BY cid")?;
        let columns: Vec<(String, u32)> =
            statement.query_map([&name], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        let key = columns.iter().filter(|(_, pk)| *pk > 0).map(|(c, _)| c.clone()).collect();
        Ok(TableOf { name, columns: columns.into_iter().map(|(c, _)| c).collect(), key })
    };
    names.into_iter().map(about).collect()
}

/// Runs a statement with a row.
pub(crate) fn put(statement: &mut CachedStatement<'_>, row: &[Value]) -> rusqlite::Result<usize> {
    statement.execute(params_from_iter(row))
}

/// A row as it is stored.
pub(crate) fn row_of(row: &rusqlite::Row<'_>, columns: usize) -> rusqlite::Result<Vec<Value>> {
    (0..columns).map(|n| row.get(n)).collect()
}
